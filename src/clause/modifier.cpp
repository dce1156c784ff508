// Where prepositional phrases and adjectives attach.
#include "clause/parser.h"

namespace biruni {
using namespace word_class;

void SentenceParser::prepositional(int h) {
  const int prep = prep_;
  prep_ = -1;
  Node& x = v_[h];
  const Node& pr = v_[prep];
  attach(prep, h, Rel::kCase);
  x.case_node = static_cast<int16_t>(prep);
  const bool governed_bit = pr.prep >= 0;
  if (cc_ >= 0) {
    int best = -1;
    for (int k = f_ - 1; k >= floor() && k >= f_ - kLookBack; --k) {
      const int c = frontier_[k];
      if (v_[c].case_node < 0 || v_[c].predicate) continue;
      const Node& cp = v_[v_[c].case_node];
      if (cp.prep == pr.prep && pr.prep >= 0) { best = c; break; }
    }
    if (best < 0 && set_.noun_first && current_predicate() >= 0 && finite_ahead(cursor_, true) && levels_ < kMaxLevels - 1) {
      open_level(LevelKind::kCoordinate, -1, -1);
      level().cc = static_cast<int16_t>(cc_);
      cc_ = -1;
      pend(h);
      push(h);
      return;
    }
    if (best >= 0) {
      take_cc(h);
      attach(h, best, Rel::kConj);
      cut_after(best);
      push(h);
      return;
    }
    take_cc(h);
  }
  int best = -1, best_score = -1000, nouns = 0, verbs = 0;
  const bool comma = comma_;
  int seen = 0;
  const int low = floor();
  for (int k = f_ - 1; k >= low && seen < kLookBack; --k, ++seen) {
    const int c = frontier_[k];
    const Node& n = v_[c];
    const bool governs = governed_bit && (n.gov >> pr.prep & 1);
    int score;
    if (n.predicate) {
      score = pr.verb_score + (governs ? 5 : 0) - 3 * verbs;
      // accuse X of Y: the frame has both, and its object is there
      if (!set_.noun_first && governs && verbs == 0 && n.obj >= 0 && (n.sub & subcat_flag::kObjectAndPrep) &&
          (v_[n.obj].tag == Tag::kPron || v_[n.obj].tag == Tag::kPropn || (x.sub & subcat_flag::kEvent) || !same_preposition_ahead(prep))) {
        score += pr.is(kGenitive) ? 6 : 2;
      }
      if (pr.is(kAgent)) score += n.passive ? 8 : pr.is(kFollowed) ? -5 : 0;
      if (n.tag == Tag::kAdj || n.tag == Tag::kNoun) score -= 1;
      ++verbs;
    } else {
      const bool person = n.get(feat::kHuman) || (set_.noun_first && n.get(feat::kVerbForm) == 3 && !(n.sub & subcat_flag::kEvent));
      // the doers' own verb asks for it: demonstrators shouted against X
      const bool claimed = governs && person && n.rel == Rel::kSubj && n.head >= 0 && (v_[n.head].gov >> pr.prep & 1);
      score = pr.noun_score + (governs && !claimed ? 6 : 0) - 2 * nouns - (comma ? 4 : 0) - 3 * verbs;
      if (n.sub & subcat_flag::kEvent) score += 2;
      if (pr.is(kAgent)) score += person ? -5 : (n.sub & subcat_flag::kEvent) || n.get(feat::kVerbForm) == 4 ? 4 : 0;
      if (n.tag == Tag::kPron) score -= 6;
      else if (n.tag == Tag::kPropn || n.name) score -= pr.is(kGenitive) ? 0 : 4;
      else if (set_.agreement && !n.definite) score += 1;
      if (n.rel == Rel::kSubj && k > low && !pr.is(kGenitive)) score -= 1;
      if (n.time) score -= 6;
      if (x.time && !pr.is(kGenitive)) score -= 3;
      if (n.cat == Cat::kAdjective && !governs) score -= n.get(feat::kVerbForm) >= 3 ? 0 : 2;
      if (n.sub & subcat_flag::kReciprocal) score += 1;
      if (n.cat != Cat::kAdjective && n.tag != Tag::kPron) ++nouns;
    }
    if (score > best_score) { best_score = score; best = c; }
  }
  const bool waiting = open() && (current_predicate() < 0 || v_[current_predicate()].head < 0);
  if (best < 0 || (waiting && current_predicate() < 0 && pr.verb_score - (comma ? 0 : 2) > best_score)) {
    pend(h);
    x.rel = Rel::kObl;
    if (best >= 0 && !v_[best].predicate) {
      // keep what waits below on the frontier, so that it can still be modified
    }
    push(h);
    return;
  }
  Rel rel = Rel::kObl;
  const Node& b = v_[best];
  if (pr.is(kAgent) && (b.passive || !b.predicate || pr.is(kFollowed))) rel = Rel::kAgent;
  else if (pr.is(kGenitive) && !b.predicate && b.cat != Cat::kAdjective) rel = Rel::kGen;
  if (x.time && rel != Rel::kGen && (!pr.is(kAgent) || !x.get(feat::kHuman))) rel = Rel::kTime;
  attach(h, best, rel);
  if (governed_bit) v_[best].gov &= ~(1ull << pr.prep);
  if (x.tag == Tag::kPron && v_[best].predicate) v_[best].resumptive = true;
  cut_after(best);
  push(h);
}

// The preposition comes again before the phrase ends: then the first one may belong to the noun before it.
bool SentenceParser::same_preposition_ahead(int prep) const {
  for (int k = cursor_, steps = 0; k < n_ && steps < 8; k = next(k), ++steps) {
    const Cat c = v_[k].cat;
    if (c == Cat::kPrep) { if (v_[k].prep == v_[prep].prep) return true; continue; }
    if (c != Cat::kNominal && c != Cat::kNumber && c != Cat::kDet && c != Cat::kAdjective && c != Cat::kPossessive) return false;
  }
  return false;
}

// An accusative participle after its sentence (adding that ...): a clause of its own with the same subject.
bool SentenceParser::circumstance(int a) {
  Node& x = v_[a];
  if (!set_.noun_first || prep_ >= 0 || x.name || x.time) return false;
  const uint32_t form = x.get(feat::kVerbForm);
  const bool participle = form == 3 || form == 4, marked = x.get(feat::kTanwin) != 0;
  if (!marked && (!participle || x.definite || x.get(feat::kPoss) || x.get(feat::kGender) != 2 || x.get(feat::kNumber) > 1)) return false;
  const int p = current_predicate();
  if (p < 0) return false;
  const Cat after = cursor_ < n_ ? v_[cursor_].cat : Cat::kPunct;
  const bool complement = after == Cat::kPrep || after == Cat::kMarker;
  if (cc_ >= 0) {
    // one more of them
    for (int k = f_ - 1; (marked || complement) && participle && k >= floor() && k >= f_ - kLookBack; --k) {
      const int c = frontier_[k];
      if (!v_[c].predicate || v_[c].kind != ClauseKind::kParticipial || v_[c].cat == Cat::kVerb) continue;
      take_cc(a);
      x.predicate = true;
      x.kind = ClauseKind::kParticipial;
      attach(a, c, Rel::kConj);
      cut_after(c);
      push(a);
      return true;
    }
    return false;
  }
  if (!participle && !(x.sub & subcat_flag::kClause)) return false;
  if (v_[p].is(kCopula) && v_[p].pred < 0) return false;
  const int t = top();
  const bool modifies = t >= 0 && !v_[t].predicate && agrees(a, t) > 1;
  if (!marked) {
    // no ending shows it: it has a complement, stands after a comma and agrees with the subject, not with what is beside it
    if (!comma_ || !complement) return false;
    for (int k = f_ - 1, steps = 0; k >= floor() && steps < 4 && !v_[frontier_[k]].predicate; --k, ++steps) {
      const int c = frontier_[k];
      if (v_[c].cat != Cat::kAdjective && v_[c].tag != Tag::kPron && !v_[c].definite && agrees(a, c) > 1) return false;
    }
    if (v_[p].subj < 0 && v_[p].get(feat::kGender) == 1) return false;
  } else if (!comma_ && !(x.sub & subcat_flag::kClause)) {
    const bool opens = complement || after == Cat::kNominal;
    if (form != 3 || !opens || x.tag != Tag::kAdj || v_[p].subj < 0 || v_[p].is(kPhase | kCopula) || (v_[p].sub & subcat_flag::kPredicative)) return false;
    if (modifies) return false;
  }
  int to = p;
  if (comma_) {
    for (int k = floor(); k < f_; ++k) {
      const int c = frontier_[k];
      if (v_[c].predicate && (v_[c].sub & subcat_flag::kSay)) { to = c; break; }
      if (v_[c].predicate && v_[c].rel != Rel::kAcl) to = c;
    }
  }
  x.predicate = true;
  x.kind = ClauseKind::kParticipial;
  attach(a, to, Rel::kAdvcl);
  cut_after(to);
  push(a);
  return true;
}

void SentenceParser::adjective(int a) {
  Node& x = v_[a];
  flush_waiting(a, false);
  if (circumstance(a)) return;
  const int t = top();
  const int p = current_predicate();
  if (cc_ >= 0) {
    for (int k = f_ - 1, s = 0; k >= floor() && s < 4; --k, ++s) {
      const int c = frontier_[k];
      if (v_[c].cat != Cat::kAdjective) continue;
      if (set_.agreement && v_[c].get(feat::kDef) != x.get(feat::kDef)) continue;
      take_cc(a);
      attach(a, v_[c].rel == Rel::kConj ? v_[c].head : c, Rel::kConj);
      cut_after(c);
      push(a);
      return;
    }
    take_cc(a);
  }
  if (set_.noun_first) {
    if (comma_ && !x.get(feat::kDef)) {
      for (int k = f_ - 1, s = 0; k >= floor() && s < kLookBack; --k, ++s) {
        const int c = frontier_[k];
        if (!v_[c].predicate || !v_[c].is(kCopula) || v_[c].pred >= 0) continue;
        v_[c].pred = static_cast<int16_t>(a);
        attach(a, c, Rel::kComp);
        cut_after(c);
        push(a);
        return;
      }
    }
    int best = -1, best_score = -1, steps = 0;
    for (int k = f_ - 1; k >= floor() && steps < 6; --k, ++steps) {
      const int c = frontier_[k];
      if (v_[c].predicate) break;
      if (v_[c].cat == Cat::kAdjective || v_[c].tag == Tag::kPron) continue;
      const int s = agrees(a, c);
      if (s < 0) continue;
      const int score = 4 * s + 4 - 3 * steps - (comma_ ? 3 : 0);
      if (score > best_score) { best_score = score; best = c; }
    }
    if (best >= 0) {
      attach(a, best, Rel::kAdj);
      // an adjective keeps its noun chain open below it
      cut_after(best);
      if (v_[best].end == x.unit_first) v_[best].end = x.end;
      push(a);
      return;
    }
    if (p >= 0 && !x.get(feat::kDef)) {
      if (v_[p].is(kCopula) && v_[p].pred < 0) { v_[p].pred = static_cast<int16_t>(a); attach(a, p, Rel::kComp); }
      else if (x.get(feat::kTanwin) || v_[p].subj >= 0) attach(a, p, Rel::kAdv);
      else { v_[a].tag = Tag::kNoun; bare(a); return; }
      cut_after(p);
      push(a);
      return;
    }
    if (p >= 0) { bare(a); return; }
    pend(a);
    push(a);
    return;
  }
  if (comma_ && t >= 0 && v_[t].cat == Cat::kAdjective && v_[t].rel != Rel::kAdj) {
    attach(a, v_[t].rel == Rel::kConj ? v_[t].head : t, Rel::kConj);
    push(a);
    return;
  }
  if (p >= 0 && (t == p || v_[p].pred < 0)) {
    if (v_[p].is(kCopula) && v_[p].pred < 0) {
      v_[p].pred = static_cast<int16_t>(a);
      attach(a, p, Rel::kComp);
      cut_after(p);
      push(a);
      return;
    }
    if (t == p || (v_[p].sub & subcat_flag::kPredicative)) {
      attach(a, p, Rel::kComp);
      cut_after(p);
      push(a);
      return;
    }
  }
  if (t >= 0 && !v_[t].predicate && !comma_ && v_[t].cat == Cat::kNominal) { attach(a, t, Rel::kAdj); push(a); return; }
  if (p >= 0) { attach(a, p, Rel::kComp); cut_after(p); push(a); return; }
  pend(a);
  push(a);
}

}  // namespace biruni
