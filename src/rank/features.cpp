#include "rank/features.h"

#include <algorithm>
#include <array>

namespace biruni {
namespace {

struct TemplateRow { std::string_view name; RankValue value; };
constexpr std::array<TemplateRow, static_cast<size_t>(RankTemplate::kCount)> kTemplates = {{
    {"bias", RankValue::kNumber},      {"row", RankValue::kString},      {"form", RankValue::kNumber},      {"shape", RankValue::kNumber},
    {"rel", RankValue::kNumber},       {"case", RankValue::kString},     {"head", RankValue::kString},      {"head_class", RankValue::kClass},
    {"root", RankValue::kString},      {"carrier", RankValue::kString},  {"aspect", RankValue::kNumber},    {"depth", RankValue::kNumber},
    {"clause", RankValue::kNumber},    {"actor", RankValue::kNumber},    {"recipient", RankValue::kNumber}, {"place", RankValue::kNumber},
    {"time", RankValue::kNumber},      {"magnitude", RankValue::kNumber},{"factuality", RankValue::kNumber},{"tense", RankValue::kNumber},
    {"holder", RankValue::kNumber},    {"stance", RankValue::kNumber},   {"same", RankValue::kNumber},      {"other", RankValue::kNumber},
    {"outer", RankValue::kNumber},     {"quote", RankValue::kNumber},    {"determiner", RankValue::kNumber},{"adjective", RankValue::kString},
    {"genitive", RankValue::kString},  {"oblique", RankValue::kString},  {"seen", RankValue::kNumber},      {"class", RankValue::kClass},
    {"word", RankValue::kString},
}};

constexpr int kMaxSteps = 30;

bool verbal(const Word& w) { return w.tag == Tag::kVerb || w.tag == Tag::kAux; }

// verb, masdar, participle, other noun; bare, with article, with possessive or genitive
uint32_t form_of(const Analysis& in, uint32_t w) {
  const Word& word = in.words.words[w];
  if (verbal(word)) return word.get(feat::kAspect) == 2 ? 1 : 0;
  uint32_t kind = 2;
  if (word.get(feat::kVerbForm) == 3 || word.get(feat::kVerbForm) == 4) kind = 5;
  uint32_t state = word.get(feat::kDef) ? 1 : 0;
  for (const uint32_t* it = in.clauses.children_begin(w); it != in.clauses.children_end(w); ++it)
    if (in.clauses.deps[*it].rel == Rel::kGen) state = in.words.words[*it].tag == Tag::kPron ? 3 : 2;
  const uint32_t plural = word.get(feat::kNumber) == 3 ? 1 : 0;
  return kind + 8 * state + 32 * plural;
}

}  // namespace

std::string_view rank_template_name(RankTemplate t) { return kTemplates[static_cast<size_t>(t)].name; }
RankValue rank_value(RankTemplate t) { return kTemplates[static_cast<size_t>(t)].value; }
RankTemplate rank_template(std::string_view name) {
  for (size_t i = 0; i < kTemplates.size(); ++i)
    if (kTemplates[i].name == name) return static_cast<RankTemplate>(i);
  return RankTemplate::kCount;
}

StrId FeatureMaker::key_at(const Analysis& in, uint32_t w) const {
  const uint32_t lemma = in.lemma_at(w);
  return lemma == kNone ? in.words.words[w].key : lemmas_.row(lemma).key;
}

void FeatureMaker::sentence(const Analysis& in, uint32_t s, uint32_t first, uint32_t last, RankScratch& scratch) const {
  scratch.first_event = first;
  scratch.last_event = last;
  scratch.sentence = s;
  scratch.words.clear();
  const WordRange range = in.words.of_sentence(s);
  for (uint32_t w = range.first; w < range.last; ++w) {
    const Word& word = in.words.words[w];
    if (word.lemma == kNone || word.tag == Tag::kPunct || word.tag == Tag::kPropn) continue;
    scratch.words.push_back({RankTemplate::kWord, lemmas_.row(word.lemma).key});
    lemmas_.for_each_class(word.lemma, [&](ClassId c) { scratch.words.push_back({RankTemplate::kClass, c}); });
  }
  std::sort(scratch.words.begin(), scratch.words.end(),
            [](const RankFeature& a, const RankFeature& b) { return a.name != b.name ? a.name < b.name : a.value < b.value; });
  scratch.words.erase(std::unique(scratch.words.begin(), scratch.words.end()), scratch.words.end());
}

// What governs the event and what hangs on it.
void FeatureMaker::around(const Analysis& in, const Event& e, RankScratch& scratch) const {
  auto add = [&](RankTemplate t, uint32_t v) { scratch.features.push_back({t, v}); };
  const auto& deps = in.clauses.deps;
  uint32_t top = e.carrier != kNone ? e.carrier : e.trigger;
  for (int steps = 0; steps < kMaxSteps && deps[top].rel == Rel::kConj && deps[top].head != kNone; ++steps) top = deps[top].head;
  add(RankTemplate::kRel, static_cast<uint32_t>(deps[top].rel) + (e.carrier != kNone ? 64 : 0));
  if (deps[top].case_word != kNone) add(RankTemplate::kCase, key_at(in, deps[top].case_word));
  if (deps[top].head != kNone) {
    const uint32_t head = deps[top].head;
    add(RankTemplate::kHead, key_at(in, head));
    if (const uint32_t lemma = in.words.words[head].lemma; lemma != kNone)
      lemmas_.for_each_class(lemma, [&](ClassId c) { add(RankTemplate::kHeadClass, c); });
  }
  uint32_t depth = 0, root = top;
  bool outer[256] = {};
  for (int steps = 0; steps < kMaxSteps && deps[root].head != kNone; ++steps) {
    if (deps[root].rel != Rel::kConj && deps[root].rel != Rel::kComp && deps[root].rel != Rel::kParataxis) ++depth;
    root = deps[root].head;
    for (uint32_t k = scratch.first_event; k < scratch.last_event; ++k) {
      const Event& other = in.events.rows[k];
      if (other.trigger != e.trigger && (other.trigger == root || other.carrier == root) && !outer[other.type]) {
        outer[other.type] = true;
        add(RankTemplate::kOuter, other.type);
      }
    }
  }
  add(RankTemplate::kDepth, std::min(depth, 5u));
  if (root != top) add(RankTemplate::kRoot, key_at(in, root));
  const uint32_t clause = deps[top].clause;
  if (clause != kNone) add(RankTemplate::kClause, static_cast<uint32_t>(in.clauses.clauses[clause].kind) + (in.clauses.clauses[clause].predicate == top ? 16 : 0));
  for (const uint32_t* it = in.clauses.children_begin(e.trigger); it != in.clauses.children_end(e.trigger); ++it) {
    const Dep& d = deps[*it];
    if (d.rel == Rel::kAdj) add(RankTemplate::kAdjective, key_at(in, *it));
    else if (d.rel == Rel::kGen) add(RankTemplate::kGenitive, key_at(in, *it));
    else if (d.rel == Rel::kDet) add(RankTemplate::kDeterminer, 1);
    else if (d.rel == Rel::kObl && d.case_word != kNone) add(RankTemplate::kOblique, key_at(in, d.case_word));
  }
}

// Who, where, when, how many.
void FeatureMaker::parties(const Analysis& in, const Event& e, RankScratch& scratch) const {
  auto add = [&](RankTemplate t, uint32_t v) { scratch.features.push_back({t, v}); };
  auto kind = [&](uint32_t from, uint32_t to, RankTemplate t) {
    bool any = false;
    for (uint32_t i = from; i < to; ++i) {
      const Filler& f = in.events.fillers[i];
      if (f.why == shared_) continue;  // another event's, which has its own say
      any = true;
      if (f.mention == kNone) {
        add(t, 1);
        continue;
      }
      const Mention& m = in.mentions.rows[f.mention];
      add(t, 2 + static_cast<uint32_t>(m.form) + 8 * static_cast<uint32_t>(m.type));
    }
    if (!any) add(t, 0);
    return any;
  };
  const bool actor = kind(e.actors_begin, e.actors_end, RankTemplate::kActor);
  const bool recipient = kind(e.recipients_begin, e.recipients_end, RankTemplate::kRecipient);
  const WordRange range = in.words.of_sentence(scratch.sentence);
  bool place = false;
  if (e.place != kNone) {
    const Mention& m = in.mentions.rows[e.place];
    place = range.contains(m.head);
    add(RankTemplate::kPlace, 1 + (place ? 1 : 0) + (place && in.clauses.deps[m.head].case_word != kNone ? 2 : 0) + (m.type == EntityType::kCountry ? 4 : 0));
  } else {
    add(RankTemplate::kPlace, 0);
  }
  if (e.time != kNone) {
    const TimeExpression& t = in.times.rows[e.time];
    add(RankTemplate::kTime, 1 + static_cast<uint32_t>(t.grain) + (t.relative ? 32 : 0));
  } else {
    add(RankTemplate::kTime, 0);
  }
  for (uint32_t i = e.magnitudes_begin; i < e.magnitudes_end; ++i) add(RankTemplate::kMagnitude, in.events.magnitudes[i].what);
  const uint32_t form = form_of(in, e.trigger);
  add(RankTemplate::kForm, form);
  add(RankTemplate::kShape, (form % 8) + 8 * (actor ? 1 : 0) + 16 * (recipient ? 1 : 0) + 32 * (place ? 1 : 0) + 64 * (e.time != kNone ? 1 : 0));
}

void FeatureMaker::event(const Analysis& in, uint32_t index, uint32_t status_first, uint32_t status_last, RankScratch& scratch) const {
  const Event& e = in.events.rows[index];
  scratch.features.clear();
  auto add = [&](RankTemplate t, uint32_t v) { scratch.features.push_back({t, v}); };
  add(RankTemplate::kBias, 0);
  add(RankTemplate::kRow, e.rules.front());
  if (e.carrier != kNone && e.rules.size() > 1) add(RankTemplate::kCarrier, e.rules[1]);
  add(RankTemplate::kAspect, e.carrier_aspect);
  around(in, e, scratch);
  parties(in, e, scratch);
  if (status_first < status_last) {
    const EventStatus& s = in.stance.rows[status_first];
    add(RankTemplate::kFactuality, static_cast<uint32_t>(s.factuality));
    add(RankTemplate::kTense, static_cast<uint32_t>(s.tense));
    const uint32_t chain = s.chain_end - s.chain_begin;
    const Holder& last = in.stance.holders[s.chain_end - 1];
    add(RankTemplate::kHolder, std::min(chain, 3u) + (last.anonymous ? 4 : 0));
    add(RankTemplate::kStance, static_cast<uint32_t>(last.stance));
  }
  uint32_t same = 0;
  bool other[256] = {};
  for (uint32_t k = scratch.first_event; k < scratch.last_event; ++k) {
    const Event& o = in.events.rows[k];
    if (k == index) continue;
    if (o.type == e.type) {
      ++same;
    } else if (!other[o.type]) {
      other[o.type] = true;
      add(RankTemplate::kOther, o.type);
    }
  }
  add(RankTemplate::kSame, std::min(same, 3u));
  const uint32_t token = in.words.words[e.trigger].token;
  auto quote = std::partition_point(in.text.quotes.begin(), in.text.quotes.end(), [&](const Quote& q) { return q.last_token <= token; });
  if (quote != in.text.quotes.end() && quote->first_token <= token) add(RankTemplate::kQuote, 1);
  for (uint32_t k = index; k-- > 0 && index - k < 12;) {
    const Event& o = in.events.rows[k];
    if (o.sentence == e.sentence || o.type != e.type) continue;
    add(RankTemplate::kSeen, in.words.words[o.trigger].lemma == in.words.words[e.trigger].lemma ? 2 : 1);
    break;
  }
}

}  // namespace biruni
