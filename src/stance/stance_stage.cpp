// Rows for the events of a sentence, what the document remembers, and its genre.
#include "stance/stage.h"

#include <algorithm>

#include "model/phrase.h"

namespace biruni::stance_detail {

using namespace stance_flag;

void Stage::emit(Context& c, const StanceState& st) const {
  EventStatus row;
  row.event = c.event;
  row.chain_begin = static_cast<uint32_t>(c.out.holders.size());
  Holder author;
  author.author = true;
  c.out.holders.push_back(author);
  for (uint8_t i = st.holders; i-- > 0;) c.out.holders.push_back(st.holder[i]);
  row.chain_end = static_cast<uint32_t>(c.out.holders.size());
  row.factuality = st.factuality;
  row.author = st.author_view();
  row.tense = tense(c, st);
  row.happened = (st.factuality == Factuality::kCtPlus || st.factuality == Factuality::kPrPlus) && row.tense != Tense::kFuture;
  row.alleged = st.alleged;
  row.unsourced = st.unsourced;
  for (uint8_t i = 0; i < st.rules; ++i) row.rules.push_back(st.rule[i]);
  if (st.allegation && st.holders == 0) { row.alleged = true; row.unsourced = true; ++c.memory.allegations; }
  ++c.memory.statements;
  if (st.holders) ++c.memory.attributed;
  c.out.rows.push_back(std::move(row));
}

// "..., which Ankara denied", "but Islamabad denied it": a second word on the event before.
void Stage::echoes(Context& c) const {
  const ClauseLayer& cl = c.in.clauses;
  const auto hits = c.memory.cues.hits.size();
  for (size_t i = 0; i < hits; ++i) {
    const Hit h = c.memory.cues.hits[i];
    const StanceRow& r = finder_.row(h);
    if (r.kind != CueKind::kReport || r.tag != Tag::kVerb || (r.flags & (kPresuppose | kAccuse))) continue;
    const uint32_t at = h.first();
    if (!verbal(word(c, at))) continue;
    bool pronoun = false, content = false;
    for (const uint32_t* p = cl.children_begin(at); p != cl.children_end(at); ++p) {
      const Dep& d = cl.deps[*p];
      const Word& w = word(c, *p);
      if (d.rel == Rel::kObj || (d.rel == Rel::kMark && w.get(feat::kRelative))) {
        if (w.tag == Tag::kPron || w.tag == Tag::kDet || w.get(feat::kRelative)) pronoun = true;
        else content = true;
      } else if (d.rel == Rel::kComp) {
        content = true;
      }
    }
    if (!pronoun && cl.deps[at].rel == Rel::kAcl && r.stance == StanceKind::kDeny) pronoun = true;
    if (!pronoun || content) continue;
    if (r.stance != StanceKind::kDeny && !(r.stance == StanceKind::kAssert && cl.deps[at].rel == Rel::kAcl)) continue;
    // the nearest event before it that has a row and is no accusation itself
    const EventStatus* found = nullptr;
    for (uint32_t k = c.first_row; k < c.out.rows.size(); ++k) {
      const EventStatus& row = c.out.rows[k];
      const Event& e = c.in.events.rows[row.event];
      if (e.trigger >= at || (ontology_.flags(e.type) & type_flag::kAccuses)) continue;
      if (!found || e.trigger >= c.in.events.rows[found->event].trigger) found = &row;
    }
    if (!found) continue;
    StanceState st;
    c.event = found->event;
    const Tense t = found->tense;
    Holder holder;
    if (!find_holder(c, h, holder) || holder.words.empty()) continue;
    bool same = false;
    for (uint32_t k = found->chain_begin; k < found->chain_end; ++k) same |= c.out.holders[k].words == holder.words;
    if (same) continue;
    holder.stance = r.stance;
    holder.cue = at;
    const bool neg = negated(c, at);
    const Factuality value = neg ? (r.has_negated ? r.negated : Factuality::kUu) : r.value;
    st.content = Factuality::kCtPlus;
    st.factuality = under(Factuality::kCtPlus, value);
    add_holder(st, r, holder);
    emit(c, st);
    c.out.rows.back().tense = t;
    c.out.rows.back().happened = positive(st.factuality) && st.factuality != Factuality::kPsPlus && t != Tense::kFuture;
    c.out.rows.back().author = Factuality::kUu;
  }
}

void Stage::remember(Context& c) const {
  const ClauseLayer& cl = c.in.clauses;
  uint32_t best_depth = kNone;
  Holder best;
  for (size_t i = 0; i < c.memory.cues.hits.size(); ++i) {
    const Hit h = c.memory.cues.hits[i];
    const StanceRow& r = finder_.row(h);
    if (r.kind != CueKind::kReport || (r.flags & (kPresuppose | kNoHolder))) continue;
    if (r.tag != Tag::kVerb || !verbal(word(c, h.first()))) continue;
    uint32_t depth = 0;
    for (uint32_t w = h.first(); w != kNone && depth < kMaxPath; w = cl.deps[w].head) ++depth;
    if (depth > best_depth) continue;
    Holder holder;
    if (!find_holder(c, h, holder) || holder.words.empty()) continue;
    best = holder;
    best_depth = depth;
  }
  if (best_depth != kNone) {
    c.memory.last = best;
    c.memory.has_last = true;
    c.memory.last_sentence = c.sentence;
  }
}

void Stage::run(const Analysis& in, uint32_t s, StanceMemory& memory, StanceLayer& out) const {
  const WordRange range = in.words.of_sentence(s);
  const auto& events = in.events.rows;
  while (memory.next_event < events.size() && events[memory.next_event].sentence < s) ++memory.next_event;
  if (range.empty()) return;
  finder_.run(in, range, memory.cues);
  finder_.evaluative(in, s, range, out.evaluative);
  Context c{in, s, range, memory, out};
  c.first_row = static_cast<uint32_t>(out.rows.size());
  for (uint32_t i = memory.next_event; i < events.size() && events[i].sentence == s; ++i) {
    c.event = i;
    c.applied_count = 0;
    c.forked = false;
    StanceState st;
    walk(c, st);
    StanceState fork = c.fork;
    whole_sentence(c, st);
    emit(c, st);
    if (c.forked) emit(c, fork);
  }
  if (out.rows.size() > c.first_row) {
    echoes(c);
    std::stable_sort(out.rows.begin() + c.first_row, out.rows.end(), [](const EventStatus& a, const EventStatus& b) { return a.event < b.event; });
  }
  remember(c);
  const Sentence& sentence = in.text.sentences[s];
  const auto quoted = [&](uint32_t w) {
    const uint32_t t = in.words.words[w].token;
    for (const Quote& q : in.text.quotes)
      if (q.first_token <= t && t < q.last_token) return true;
    return false;
  };
  bool first_person = false;
  for (uint32_t w = range.first; w < range.last && !first_person; ++w) first_person = in.words.words[w].get(feat::kPerson) == 1 && !quoted(w);
  if (first_person && !sentence.in_title) ++memory.first_person;
  if (sentence.question && !quoted(range.first)) ++memory.questions;
  for (const Hit& h : memory.cues.hits)
    if (finder_.row(h).kind == CueKind::kOpinion || finder_.row(h).kind == CueKind::kAllegation) { ++memory.opinions; break; }
}

// The genre by simple votes; each vote is a reason that the record shows.
void Stage::finish(const Analysis& in, const StanceMemory& memory, StanceLayer& out) const {
  const auto sentences = static_cast<uint32_t>(in.text.sentences.size());
  int opinion = 0, report = 0;
  const auto reason = [&](GenreReason r) {
    const auto i = static_cast<size_t>(r);
    if (i < reasons_.size()) out.genre_reasons.push_back(reasons_[i]);
  };
  out.genre_reasons.clear();
  if (memory.first_person * 8 >= sentences && memory.first_person >= 2) { opinion += 2; reason(GenreReason::kFirstPerson); }
  else if (memory.first_person >= 1 && memory.first_person * 12 >= sentences) { opinion += 1; reason(GenreReason::kFirstPerson); }
  if (memory.questions >= 2 || (memory.questions == 1 && sentences <= 12)) { opinion += 1; reason(GenreReason::kQuestions); }
  if (out.evaluative.size() * 5 >= sentences && out.evaluative.size() >= 2) { opinion += 2; reason(GenreReason::kEvaluative); }
  if (memory.allegations + memory.opinions >= 1) { opinion += 1; reason(GenreReason::kAllegations); }
  if (memory.statements >= 4 && memory.attributed * 5 <= memory.statements) { opinion += 1; reason(GenreReason::kFewSources); }
  if (memory.statements >= 2 && (memory.attributed * 2 >= memory.statements || (memory.attributed >= 4 && memory.attributed * 4 >= memory.statements))) {
    report += 2;
    reason(GenreReason::kManySources);
  }
  out.genre_known = opinion + report >= 2 && opinion != report;
  out.opinion = opinion > report && opinion >= 2;
  if (out.genre_known && !out.opinion && opinion > report) out.genre_known = false;
  accuse_without_source(in, out);
}

// What an author charges others with in his own name: plots and schemes never stand as having happened; in opinion, plots
// and covert acts (class `covert`: funding, arming, plotting ...) without any source are allegations.
void Stage::accuse_without_source(const Analysis& in, StanceLayer& out) const {
  const auto covert = [&](uint32_t w) {
    if (w == kNone || in.words.words[w].lemma == kNone) return false;
    const uint32_t lemma = in.words.words[w].lemma;
    return lemmas_.has_class(lemma, covert_) || (lemmas_.row(lemma).base != kNone && lemmas_.has_class(lemmas_.row(lemma).base, covert_));
  };
  for (EventStatus& row : out.rows) {
    const Event& e = in.events.rows[row.event];
    const bool plot = e.carrier_aspect == static_cast<uint8_t>(Aspect::kPlan);
    if (plot && row.happened) {
      row.happened = false;
      if (row.factuality == Factuality::kCtPlus || row.factuality == Factuality::kPrPlus) row.factuality = row.author = Factuality::kUu;
    }
    const bool author_only = row.chain_end - row.chain_begin <= 1;
    if (!out.opinion || !author_only || row.tense == Tense::kHistorical) continue;
    if ((plot && covert(e.carrier)) || covert(e.trigger)) row.alleged = row.unsourced = true;
  }
}

}  // namespace biruni::stance_detail

namespace biruni {

std::unique_ptr<StanceStage> StanceStage::open(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                                               const Lexicon* lexicon) {
  return std::make_unique<stance_detail::Stage>(std::move(pack), lang, std::move(world), lexicon);
}

}  // namespace biruni
