// When it is: from the forms of verbs and auxiliaries, what governs them, and dates.
#include "stance/stage.h"

#include <algorithm>

#include "model/phrase.h"

namespace biruni::stance_detail {

using namespace stance_flag;

namespace {

long days(const CivilDate& d) {
  if (!d.year) return 0;
  const int y = d.year - (d.month && d.month <= 2), m = d.month ? d.month : 7, dd = d.day ? d.day : 1;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const unsigned yoe = static_cast<unsigned>(y - era * 400);
  const unsigned doy = static_cast<unsigned>((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + dd - 1);
  return era * 146097L + static_cast<long>(yoe * 365 + yoe / 4 - yoe / 100 + doy);
}

}  // namespace

Tense Stage::verb_tense(const Context& c, uint32_t v, bool& fixed) const {
  const ClauseLayer& cl = c.in.clauses;
  const Word& w = word(c, v);
  fixed = false;
  if (w.get(feat::kFuture)) { fixed = true; return Tense::kFuture; }
  bool future = false, past = false, present = false, aux = false, modal = false, neg_past = false;
  const auto look = [&](uint32_t x) {
    c.memory.cues.for_each(x, [&](const Hit& h) {
      const StanceRow& r = finder_.row(h);
      if (h.has(v)) return;
      if ((r.scope & stance_scope::kVerb) == 0 && (r.scope & stance_scope::kClause) == 0) return;
      if (r.kind == CueKind::kReport) return;
      if ((r.flags & kFuture) && r.kind != CueKind::kPurpose) future = true;
      if ((r.flags & kPast) && r.kind == CueKind::kNeg) neg_past = true;
      if (r.kind == CueKind::kModal && r.value != Factuality::kCtPlus && r.value != Factuality::kUu) modal = true;
    });
  };
  bool perfect = false;
  for (const uint32_t* p = cl.children_begin(v); p != cl.children_end(v); ++p) {
    const Dep& d = cl.deps[*p];
    if (d.rel != Rel::kAux && d.rel != Rel::kNeg && d.rel != Rel::kMark && d.rel != Rel::kAdv) continue;
    look(*p);
    if (d.rel != Rel::kAux) continue;
    const Word& a = word(c, *p);
    aux = true;
    if (a.get(feat::kFuture)) future = true;
    if (a.get(feat::kAspect) == 1) past = true;
    else if (a.get(feat::kAspect) == 2) present = true;
    else if (a.get(feat::kVerbForm) == 2) perfect = true;  // "have" behind a modal
  }
  for (uint32_t back = 1; back <= 2 && v >= c.range.first + back; ++back) {
    const Word& before = word(c, v - back);
    if (before.tag == Tag::kPunct || before.tag == Tag::kNoun || before.tag == Tag::kVerb) break;
    look(v - back);
  }
  const uint32_t aspect = w.get(feat::kAspect), form = w.get(feat::kVerbForm);
  if (aspect == 1 && form != 4) { fixed = true; return Tense::kPast; }
  if (neg_past) { fixed = true; return Tense::kPast; }
  if (form == 4) {
    fixed = !future;
    if (future && !perfect) return Tense::kFuture;
    return Tense::kPast;
  }
  if (future) { fixed = true; return Tense::kFuture; }
  if (aspect == 2) {
    if (past) { fixed = true; return Tense::kPast; }
    return modal ? Tense::kFuture : Tense::kPresent;
  }
  if (aux) {
    if (past) { fixed = true; return Tense::kPast; }
    if (modal) return perfect ? Tense::kPast : Tense::kFuture;
    if (present) return Tense::kPresent;
  }
  return Tense::kPast;
}

bool Stage::long_ago(const Context& c, uint32_t event) const {
  const Event& e = c.in.events.rows[event];
  if (e.time == kNone || !c.in.doc->date.year) return false;
  const TimeExpression& t = c.in.times.rows[e.time];
  if (!t.resolved) return false;
  // only a date of its own
  uint32_t w = t.words.last - 1;
  for (uint32_t k = t.words.first; k < t.words.last; ++k)
    if (c.in.clauses.deps[k].head != kNone && !t.words.contains(c.in.clauses.deps[k].head)) { w = k; break; }
  for (int i = 0; i < 5 && w != kNone; ++i) {
    w = c.in.clauses.deps[w].head;
    if (w == e.trigger || (e.carrier != kNone && w == e.carrier)) break;
    if (w == kNone || is_event(c, w)) return false;
  }
  const CivilDate& at = t.end.year ? t.end : t.begin;
  if (t.grain >= Grain::kYear || !at.month) return at.year + 1 < c.in.doc->date.year || (at.year < c.in.doc->date.year && t.grain > Grain::kYear);
  return days(c.in.doc->date) - days(at) > kHistoricalDays;
}

Tense Stage::tense(Context& c, const StanceState& st) const {
  const Event& e = c.in.events.rows[c.event];
  const ClauseLayer& cl = c.in.clauses;
  bool fixed = false;
  Tense t = Tense::kPast;
  uint32_t v = kNone;
  if (verbal(word(c, e.trigger))) v = e.trigger;
  else if (e.carrier != kNone && verbal(word(c, e.carrier))) v = e.carrier;
  bool governed = false, subordinate = false;
  if (v != kNone) {
    t = verb_tense(c, v, fixed);
    const Word& w = word(c, v);
    if (w.get(feat::kAspect) == 0 && !fixed) {
      // infinitive or gerund: as what governs it has it
      bool aux = false;
      for (const uint32_t* p = cl.children_begin(v); p != cl.children_end(v); ++p) aux |= cl.deps[*p].rel == Rel::kAux;
      if (!aux) governed = true;
    }
    const Clause* k = clause_of(c, v);
    uint32_t after = k && k->predicate == v ? k->marker : kNone;  // the word behind the marker and what is one with it
    if (after != kNone)
      for (++after; after < v && (cl.deps[after].rel == Rel::kFixed || cl.deps[after].rel == Rel::kMark);) ++after;
    if (after == v && w.get(feat::kAspect) == 2 && !fixed) governed = subordinate = true;
  } else {
    governed = true;
  }
  if (governed && !st.future) {
    uint32_t p = v != kNone ? v : e.trigger;
    for (int i = 0; i < 4 && p != kNone; ++i) {
      p = cl.deps[p].head;
      if (p == kNone || !c.range.contains(p)) break;
      if (is_event(c, p)) break;
      if (!verbal(word(c, p))) continue;
      bool report = false;
      c.memory.cues.for_each(p, [&](const Hit& h) { report |= finder_.row(h).kind == CueKind::kReport; });
      if (report) break;
      bool ignored = false;
      const Tense up = verb_tense(c, p, ignored);
      if (st.open || up == Tense::kPast) t = up;
      if (up == Tense::kPast) fixed = false;
      break;
    }
  }
  if (st.conditional && !st.counterfactual && st.factuality == Factuality::kUu) t = Tense::kFuture;  // whatever the form of its verb
  else if (st.past && t != Tense::kPast) t = Tense::kPast;
  else if (st.future && !(fixed && t == Tense::kPast)) t = Tense::kFuture;
  else if (st.modal && t == Tense::kPresent && st.factuality != Factuality::kCtPlus && st.factuality != Factuality::kPrPlus && st.factuality != Factuality::kCtMinus) t = Tense::kFuture;
  else if (st.modal && subordinate) t = Tense::kFuture;
  if (t == Tense::kPast && st.holders == 0 && (st.historical || long_ago(c, c.event))) t = Tense::kHistorical;
  return t;
}

}  // namespace biruni::stance_detail
