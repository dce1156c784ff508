// A reporting word on the path: what it commits its holder and the author to, and whom it names.
#include "stance/stage.h"

#include <algorithm>

#include "model/phrase.h"

namespace biruni::stance_detail {

using namespace stance_flag;

void Stage::add_holder(StanceState& st, const StanceRow& r, const Holder& h) const {
  if (st.holders >= StanceState::kMaxHolders) return;
  for (uint8_t i = 0; i < st.holders; ++i)
    if (st.holder[i].words == h.words && !h.words.empty()) return;
  st.holder[st.holders] = h;
  if (st.denied && st.holders == 0 && (h.stance == StanceKind::kAssert || h.stance == StanceKind::kQuote)) st.holder[0].stance = StanceKind::kDeny;
  st.author[st.holders] = r.author;
  ++st.holders;
  st.note(r.id);
}

// Is the subject of the verb an actor of the event? Then saying it may be doing it ("announced a ceasefire").
bool Stage::acts(const Context& c, uint32_t verb) const {
  const Event& e = c.in.events.rows[c.event];
  if (e.actors_begin == e.actors_end && e.recipients_begin == e.recipients_end) return true;  // a curfew: whose but his
  for (const uint32_t* p = c.in.clauses.children_begin(verb); p != c.in.clauses.children_end(verb); ++p)
    if (c.in.clauses.deps[*p].rel == Rel::kSubj)
      for (uint32_t i = e.actors_begin; i < e.actors_end; ++i)
        if (c.in.events.fillers[i].words.contains(*p)) return true;
  return false;
}

// "the paper quoted an officer, his saying that ...": whose word it is, the verb of passing on says.
bool Stage::quoted_source(Context& c, uint32_t noun, Holder& out) const {
  if (verbal(word(c, noun))) return false;
  bool found = false;
  for (uint32_t p = c.in.clauses.deps[noun].head, i = 0; p != kNone && i < 4 && !found; p = c.in.clauses.deps[p].head, ++i) {
    if (!verbal(word(c, p))) continue;
    c.memory.cues.for_each(p, [&](const Hit& h) {
      const StanceRow& r = finder_.row(h);
      bool passes_on = false;
      for (const FrameItem& f : finder_.frame(r)) passes_on |= f.role == 'S';
      if (!found && r.kind == CueKind::kReport && passes_on) found = find_role(c, h, 'H', out);
    });
    break;
  }
  if (found && out.words.contains(noun) && noun > out.words.first) out.words.last = noun;
  return found;
}

void Stage::report(Context& c, StanceState& st, const Hit& h, uint32_t at) const {
  const StanceRow& r = finder_.row(h);
  const bool neg = (verbal(word(c, at)) || predicate(c, at)) && negated(c, at);
  if (((r.flags & kPresuppose) && st.factuality != Factuality::kUu) || (neg && r.has_negated && r.negated == Factuality::kCtPlus && r.author == Factuality::kCtPlus)) {
    st.open = false;
    st.note(r.id);
    return;
  }
  Factuality value = r.value;
  if (neg) value = r.has_negated ? r.negated : r.author == Factuality::kCtPlus ? r.value : Factuality::kUu;
  const bool committed = value == Factuality::kCtPlus || value == Factuality::kPrPlus;
  if (!st.open && !(committed && (r.stance == StanceKind::kAssert || r.stance == StanceKind::kClaim || r.stance == StanceKind::kQuote))) return;
  if ((r.flags & kBackground)) return;
  const Word& own = word(c, h.first());
  bool asks_holder = (r.flags & kHolderSelf) != 0;
  for (const FrameItem& f : finder_.frame(r)) asks_holder |= f.role == 'H' || f.role == 'S';
  Holder holder;
  bool found = asks_holder && !(r.flags & kNoHolder) && (quoted_source(c, at, holder) || find_holder(c, h, holder));
  if (found && holder.mention == kNone)
    for (uint32_t k = holder.words.first; k < holder.words.last && k < holder.words.first + 4 && found; ++k)
      c.memory.cues.for_each(k, [&](const Hit& x) {
        // rumours and news say nothing themselves
        const StanceRow& n = finder_.row(x);
        if (n.kind != CueKind::kReport || n.tag != Tag::kNoun || word(c, k).tag != Tag::kNoun || (n.flags & kHolderSelf)) return;
        bool of_somebody = false;
        for (const FrameItem& f : finder_.frame(n)) of_somebody |= f.role == 'H' && f.rel.rel == Rel::kGen;
        if (!of_somebody) found = false;
      });
  if (!found && !st.reported() && !(r.flags & kAnonymous) && (r.stance == StanceKind::kDeduce || r.stance == StanceKind::kFear || r.stance == StanceKind::kAsk || r.stance == StanceKind::kHope || (r.stance == StanceKind::kAssert && r.author != Factuality::kUu && r.value != Factuality::kCtPlus))) {
    // nobody else's guess: the author's own
    if (st.open) st.factuality = under(st.factuality, value);
    st.modal = true;
    if (r.flags & kPast) st.past = true;
    else if ((r.flags & (kFuture | kWant)) || r.stance == StanceKind::kFear || r.stance == StanceKind::kHope) st.future = true;
    st.note(r.id);
    return;
  }
  const bool denies = r.stance == StanceKind::kDeny || r.stance == StanceKind::kDoubt;
  if (denies && st.holders == 1 && st.noun_report && found) {
    // the claim by X that ..., which Y denies: both have their row
    if (!c.forked) { c.fork = st; c.forked = true; }
    st.factuality = st.content;
    st.holders = 0;
    st.alleged = false;
  } else if (st.voice && st.holders == 0 && found) {
    st.voice = st.unsourced = false;
    if (denies || !committed) { st.factuality = st.content; st.alleged = false; }
  } else if (st.voice && st.holders == 0 && denies && st.open) {
    st.factuality = under(st.content, value);
    st.alleged = false;
  }
  if (!found && r.stance == StanceKind::kDeny && !neg) st.denied = true;
  if (neg && (r.flags & kAccuse)) {
    if (st.open) st.factuality = Factuality::kUu;
    st.voice = true;
    st.note(r.id);
    return;
  }
  if (st.holders == 0 && !st.voice) {
    st.content = st.factuality;
    if (st.open) st.factuality = under(st.factuality, value);
    if (value == Factuality::kPsPlus || value == Factuality::kUu || (r.flags & (kFuture | kWant)) || r.stance == StanceKind::kFear || r.stance == StanceKind::kHope) {
      if (r.flags & (kFuture | kWant)) st.future = true;
      else if (r.stance == StanceKind::kFear || r.stance == StanceKind::kHope) st.future = true;
    }
    if (r.stance == StanceKind::kDeduce || r.stance == StanceKind::kDeny) st.modal = true;
  }
  if (r.stance == StanceKind::kClaim || r.stance == StanceKind::kDoubt) st.alleged = true;
  if (r.stance == StanceKind::kAsk || r.stance == StanceKind::kDoubt) st.conditional = false;  // the if of whether
  // an adverb beside the report that calls it false
  for (const uint32_t* p = c.in.clauses.children_begin(at); p != c.in.clauses.children_end(at); ++p)
    c.memory.cues.for_each(*p, [&](const Hit& x) {
      const StanceRow& cue = finder_.row(x);
      if (cue.kind == CueKind::kNeg && (cue.flags & kDeny) && cue.tag == Tag::kAdv) st.false_claim = true;
    });
  st.report = &r;
  st.report_word = at;
  if (!found) {
    st.note(r.id);
    if (st.holders == 0) {
      const bool somebody = asks_holder && verbal(word(c, at)) && !passive(c, at);  // one who is not named here
      if (r.author == Factuality::kCtPlus && !(r.flags & (kDistance | kAnonymous))) {
        st.open = false;  // it emerged that, it is known that
        return;
      }
      st.voice = true;
      st.unsourced = !somebody || (r.flags & kAnonymous) != 0;
    }
    return;
  }
  Holder passed_on;
  const bool chained = find_role(c, h, 'S', passed_on) && !(passed_on.words == holder.words);
  if (st.holders == 0) st.noun_report = r.tag == Tag::kNoun && own.tag == Tag::kNoun;
  holder.stance = neg && r.stance == StanceKind::kDeny && value == Factuality::kPsPlus ? StanceKind::kDeduce : r.stance;
  if (chained && holder.stance == StanceKind::kQuote) holder.stance = StanceKind::kAssert;  // who is quoted says it
  holder.cue = h.first();
  if (r.flags & kAnonymous) holder.anonymous = true;
  add_holder(st, r, holder);
  if (chained) {
    passed_on.stance = StanceKind::kQuote;
    passed_on.cue = h.first();
    add_holder(st, r, passed_on);
  }
}

}  // namespace biruni::stance_detail
