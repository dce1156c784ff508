// Where bare noun phrases attach: arguments, genitives, appositions, lists. Agreement.
#include "clause/parser.h"

namespace biruni {
using namespace word_class;

bool SentenceParser::definite(int noun) const { return v_[noun].definite; }

bool SentenceParser::can_construct(int noun) const {
  const Node& x = v_[noun];
  if (!set_.genitive_bare || x.gen >= 0 || x.inner) return false;
  if (x.tag != Tag::kNoun && x.tag != Tag::kAdj && x.tag != Tag::kNum && x.tag != Tag::kDet && x.tag != Tag::kAdv) return false;
  if (x.time && x.tag == Tag::kAdv) return false;  // yesterday, now
  if (x.get(feat::kDef) || x.get(feat::kPoss) || x.get(feat::kTanwin) || x.name || x.is(kNoGenitive)) return false;
  if (x.get(feat::kConstruct)) return true;
  if (x.get(feat::kNumber) >= 2) {
    const Word& w = in_.words.words[base_ + noun];
    if (g_.no_construct(in_.text.key_of(in_.text.tokens[w.token]))) return false;
  }
  return true;
}

int SentenceParser::agrees(int adjective, int noun) const {
  const Node& a = v_[adjective];
  const Node& x = v_[noun];
  if (!set_.agreement) return 0;
  int points = 0;
  if ((a.get(feat::kDef) != 0) != x.definite) {
    if (!(x.tag == Tag::kPropn && !x.get(feat::kDef) && x.name)) return -1;
  } else {
    points += 1;
  }
  const uint32_t an = a.get(feat::kNumber), nn = x.get(feat::kNumber), ag = a.get(feat::kGender), ng = x.get(feat::kGender);
  if (nn == 3) {
    if (an == 2) return -1;
    if (an == 3) points += 2;
    else if (ag == 2) points += x.get(feat::kHuman) ? 0 : 2;
    else if (ag == 1 && an == 1) return -1;
  } else if (nn == 2) {
    if (an == 2) points += 2; else if (an) return -1;
  } else {
    if (an == 3) points -= 2;
    if (an == 2) return -1;
    if (ag && ng) { if (ag == ng) points += 2; else return -1; }
  }
  return points;
}

bool SentenceParser::subject_agrees(int noun, int verb) const {
  if (!set_.agreement) return true;
  const Node& s = v_[noun];
  const Node& v = v_[verb];
  const uint32_t person = v.get(feat::kPerson);
  if ((person == 1 || person == 2) && s.tag != Tag::kPron) return false;
  const uint32_t vg = v.get(feat::kGender), sg = s.get(feat::kGender), sn = s.get(feat::kNumber);
  const bool after = noun > verb;
  if (after && v.get(feat::kNumber) >= 2) return false;
  if (!after && v.get(feat::kNumber) == 3 && sn == 1 && s.tag != Tag::kPropn && !s.is(kMeasure | kQuantifier) && !counted(noun)) return false;
  if (!vg || !sg) return true;
  if (sn == 3) {
    if (v.get(feat::kNumber) == 3) return vg == sg || vg == 1;
    return vg == 2 || after || s.get(feat::kHuman);
  }
  if (vg == sg || s.tag == Tag::kPropn || s.is(kMeasure)) return true;
  // masculine singular verb before a feminine noun some way off is allowed by the grammar, and rare
  return false;
}

void SentenceParser::nominal(int h) {
  if (v_[h].counted >= 0 && prep_ < 0 && v_[h].counted > h && !v_[v_[h].counted].inner) {
    attach(h, v_[h].counted, Rel::kNum);
    v_[v_[h].counted].numbered = true;
    while (cursor_ < n_ && cursor_ < v_[h].counted && v_[cursor_].cat == Cat::kPrep) { attach(cursor_, v_[h].counted, Rel::kCase); cursor_ = next(cursor_); }
    return;
  }
  const Word& w = in_.words.words[base_ + h];
  if (set_.noun_first && w.clitic && v_[h].tag == Tag::kPron && prep_ < 0 && h > 0) {
    const int b = h - 1;
    const int host = v_[b].inner && v_[b].head >= 0 ? v_[b].head : b;
    const Cat c = v_[host].cat;
    if (c == Cat::kVerb || (c == Cat::kAux && v_[host].predicate)) {
      attach(h, host, v_[host].obj >= 0 ? Rel::kObj2 : Rel::kObj);
      if (v_[host].obj < 0) v_[host].obj = static_cast<int16_t>(h);
      return;
    }
    if (c == Cat::kNominal || c == Cat::kAdjective || c == Cat::kNumber || c == Cat::kDet || c == Cat::kAdverb) {
      attach(h, host, Rel::kGen);
      v_[host].definite = true;
      v_[host].gen = static_cast<int16_t>(h);
      return;
    }
  }
  if (v_[h].cat == Cat::kAdjective && set_.noun_first) v_[h].cat = Cat::kNominal;  // an adjective in a noun's place
  flush_waiting(h, true);
  if (prep_ >= 0) { prepositional(h); return; }
  if (cc_ >= 0 && coordinate_nominal(h)) return;
  bare(h);
}

void SentenceParser::bare(int h) {
  if (set_.noun_first) bare_head_first(h); else bare_head_last(h);
}

// h as argument of predicate p; false if it has no room for it.
bool SentenceParser::argument(int h, int p) {
  Node& v = v_[p];
  Node& x = v_[h];
  const auto give = [&](Rel rel) { attach(h, p, rel); return true; };
  if (x.is(kExistential) && !set_.noun_first) { v.expletive = true; return give(Rel::kAdv); }
  if (x.time && !(set_.noun_first && v.is(kCopula))) return give(Rel::kTime);
  if (v.is(kCopula)) {
    if (v.subj < 0 && (set_.verb_first || v.question || v.expletive)) { v.subj = static_cast<int16_t>(h); return give(Rel::kSubj); }
    if (v.pred < 0) { v.pred = static_cast<int16_t>(h); return give(Rel::kComp); }
    return false;
  }
  if (set_.verb_first) {
    // behind its number a noun's case says nothing of its role
    const bool numbered = counted(h);
    const bool nominative = x.get(feat::kCase) == 1;
    // verb, noun, noun: the first one was the subject after all
    if (v.subj < 0 && v.shared && v.obj >= 0 && !comma_ && !nominative && !v_[v.obj].get(feat::kTanwin) && v_[v.obj].get(feat::kCase) < 2 &&
        !(v.sub & subcat_flag::kObject2)) {
      v.shared = false;
      v.subj = v.obj;
      v_[v.subj].rel = Rel::kSubj;
      v.obj = static_cast<int16_t>(h);
      return give(Rel::kObj);
    }
    bool shared = false;
    bool subject = v.subj < 0 && (subject_agrees(h, p) || nominative) && (numbered || (!x.get(feat::kTanwin) && x.get(feat::kCase) < 2));
    // a clause whose subject is understood: relative, infinitive-like, coordinated; the noun is then the object
    if (subject && !nominative && v.obj < 0 && !v.passive && v.head >= 0 && !(v.sub & subcat_flag::kSay)) {
      const Node& host = v_[v.head];
      const bool transitive = (v.sub & subcat_flag::kObject) != 0, unknown = !(v.sub & subcat_flag::kNoObject);
      if (v.rel == Rel::kAcl) subject = v.resumptive || !((transitive || unknown) && subject_agrees(v.head, p));
      else if (v.rel == Rel::kConj) {
        // a coordinated verb shares the subject of the verbs before it
        const int s = transitive ? understood(p) : -1;
        shared = s >= 0 && subject_agrees(s, p);
        subject = !shared;
      }
      else if (host.predicate && host.subj >= 0 && subject_agrees(host.subj, p)) {
        const bool direct = v.marker >= 0 && v_[v.marker].end >= v.unit_first && v.rel == Rel::kComp;
        if (host.is(kCopula | kPhase) && v.rel == Rel::kComp) subject = false;
        else if (v.rel == Rel::kComp) subject = !(transitive || (unknown && direct));
        else if (v.kind == ClauseKind::kPurpose) subject = !transitive;
      }
    }
    if (subject) { v.subj = static_cast<int16_t>(h); return give(Rel::kSubj); }
    if (v.obj < 0 && !v.passive && (!(v.sub & subcat_flag::kNoObject) || (v.sub & subcat_flag::kObject))) { v.obj = static_cast<int16_t>(h); v.shared = shared; return give(Rel::kObj); }
    if (v.obj >= 0 && (v.sub & subcat_flag::kObject2)) return give(Rel::kObj2);
    if (x.get(feat::kTanwin)) return give(Rel::kAdv);
    const bool impersonal = v.rel != Rel::kAcl && v.get(feat::kPerson) != 1 && v.get(feat::kPerson) != 2 && v.get(feat::kNumber) < 2;
    const bool raised = v.rel == Rel::kComp && v.head >= 0 && v_[v.head].is(kCopula | kPhase) && v_[v.head].subj >= 0;  // its subject stands there
    if (v.subj < 0 && impersonal && !raised) { v.subj = static_cast<int16_t>(h); return give(Rel::kSubj); }
    return false;
  }
  if (v.obj < 0) {
    if (v.subj < 0 && v.finite && (v.sub & subcat_flag::kSay) && v.head < 0) { v.subj = static_cast<int16_t>(h); return give(Rel::kSubj); }
    v.obj = static_cast<int16_t>(h);
    return give(Rel::kObj);
  }
  if (v.sub & subcat_flag::kObject2 && v_[v.obj].rel == Rel::kObj) {
    v_[v.obj].rel = Rel::kObj2;
    v.obj = static_cast<int16_t>(h);
    return give(Rel::kObj);
  }
  return false;
}

// Must the predicate have an object, and has none yet?
bool SentenceParser::wants_object(int p) const {
  const Node& v = v_[p];
  return v.obj < 0 && !v.passive && (v.sub & subcat_flag::kObject) && !(v.sub & subcat_flag::kNoObject);
}

void SentenceParser::bare_head_first(int h) {
  Node& x = v_[h];
  const int t = top();
  int start = x.unit_first;
  while (start > 0 && v_[start - 1].head == h && v_[start - 1].end == start) --start;
  const bool adjacent = t >= 0 && !comma_ && v_[t].end == start;
  const bool nominal_top = t >= 0 && !v_[t].predicate;
  if (circumstance(h)) return;
  const bool free_pronoun = x.tag == Tag::kPron && !x.get(feat::kDef) && !in_.words.words[base_ + h].clitic && !x.is(kQuestion);
  const int p = current_predicate();
  if (adjacent && nominal_top && v_[t].tag == Tag::kPropn && x.tag == Tag::kPropn && !v_[t].name && !x.name && v_[t].cat == Cat::kNominal) {
    attach(h, t, Rel::kFlat);
    v_[t].end = x.end;
    return;
  }
  if (adjacent && nominal_top && x.cat == Cat::kNumber) {
    attach(h, t, Rel::kNum);
    v_[t].end = x.end;
    return;
  }
  if (adjacent && nominal_top && can_construct(t) && (!x.get(feat::kTanwin) || counted(h)) && !free_pronoun && !(x.time && p >= 0 && !v_[t].time)) {
    attach(h, t, Rel::kGen);
    v_[t].gen = static_cast<int16_t>(h);
    for (int k = f_ - 1, c = t; k >= floor() && frontier_[k] == c; --k) {
      v_[c].definite = x.definite;
      if (v_[c].rel != Rel::kGen || v_[c].case_node >= 0) break;
      c = v_[c].head;
    }
    push(h);
    return;
  }
  if (adjacent && nominal_top && x.is(kAttributive) && x.get(feat::kPoss)) { attach(h, t, Rel::kAppos); return; }
  if (adjacent && nominal_top && x.is(kAttributive) && x.tag == Tag::kDet && !x.is(kQuantifier)) { attach(h, t, Rel::kAdj); push(h); return; }
  // title before a name: the president X, the minister of Y X
  if (x.tag == Tag::kPropn && nominal_top && !comma_) {
    for (int k = f_ - 1, steps = 0; k >= floor() && steps < 4; --k, ++steps) {
      const int c = frontier_[k];
      if (v_[c].predicate) break;
      if ((v_[c].is(kTitle) || (v_[c].get(feat::kHuman) && v_[c].get(feat::kNumber) == 1)) && v_[c].tag != Tag::kPropn && v_[c].definite) {
        attach(h, c, Rel::kAppos);
        cut_after(c);
        push(h);
        return;
      }
    }
  }
  if (p < 0) {
    if (comma_ && nominal_top && p_ > level().pending && !x.time) {
      if (list_ahead(cursor_) && coordinate_nominal(h)) return;
      if (v_[t].definite && x.definite) { attach(h, t, Rel::kAppos); push(h); return; }
    }
    if (x.time) x.rel = Rel::kTime;
    pend(h);
    push(h);
    return;
  }
  if (comma_ && nominal_top && !x.time) {
    if (list_ahead(cursor_) && !(v_[p].subj < 0 && p == t)) {
      if (coordinate_nominal(h)) return;
    }
    if (v_[t].definite == x.definite && (v_[p].subj >= 0 || v_[p].obj >= 0) && !x.get(feat::kTanwin)) { attach(h, t, Rel::kAppos); push(h); return; }
  }
  // object of an event noun that has its agent as genitive
  const int low = std::max(floor(), f_ - kLookBack);
  for (int k = f_ - 1, verbs = 0; k >= low && verbs < 2; --k) {
    const int c = frontier_[k];
    Node& n = v_[c];
    if (n.predicate) {
      const bool late = verbs > 0;
      ++verbs;
      if (late && (n.subj >= 0 && n.obj >= 0)) continue;
      if (argument(h, c)) {
        cut_after(c);
        push(h);
        return;
      }
      if (n.rel != Rel::kAcl) break;
    } else if ((n.sub & subcat_flag::kEvent) && n.gen >= 0 && n.obj < 0 && k < f_ - 1 && v_[p].subj >= 0 && (n.sub & subcat_flag::kObject) && !wants_object(p)) {
      n.obj = static_cast<int16_t>(h);
      attach(h, c, Rel::kObj);
      cut_after(c);
      push(h);
      return;
    }
  }
  if (x.get(feat::kTanwin)) { attach(h, p, Rel::kAdv); cut_after(p); push(h); return; }
  if (nominal_top && v_[t].definite && x.definite && !comma_) { attach(h, t, Rel::kAppos); push(h); return; }
  attach(h, p, Rel::kDep);
  cut_after(p);
  push(h);
}

void SentenceParser::bare_head_last(int h) {
  Node& x = v_[h];
  int t = top();
  const int p = current_predicate();
  const bool clause_next = finite_ahead(cursor_, true);
  if (p < 0) {
    if (t >= 0 && comma_ && p_ > level().pending && !x.time) {
      if (list_ahead(cursor_) && v_[t].tag == x.tag && coordinate_nominal(h)) return;
      bool has_subject = false;
      for (int k = level().pending; k < p_; ++k) has_subject = has_subject || (v_[pending_[k]].case_node < 0 && !v_[pending_[k]].time && v_[pending_[k]].cat == Cat::kNominal);
      if (has_subject) { attach(h, t, Rel::kAppos); push(h); return; }
      // a fronted prepositional phrase, then the subject
    } else if (t >= 0 && !comma_ && !x.time && v_[t].cat == Cat::kNominal && !v_[t].time && p_ > level().pending) {
      const bool bare_top = v_[t].case_node < 0 || v_[t].head >= 0;
      if (bare_top && clause_next && levels_ < kMaxLevels - 1 && (x.tag == Tag::kPron || v_[h].unit_first > v_[t].end - 1)) {
        open_level(LevelKind::kBare, -1, t);
        pend(h);
        push(h);
        return;
      }
    }
    if (x.time) x.rel = Rel::kTime;
    pend(h);
    push(h);
    return;
  }
  const Node& pv = v_[p];
  int lead = p;
  for (int k = floor(); k < f_; ++k) if (v_[frontier_[k]].predicate) { lead = frontier_[k]; break; }
  const bool floating = v_[lead].head < 0 && lead != root_;
  if (comma_ && open() && clause_next && floating) {
    f_ = floor();
    pend(h);
    push(h);
    return;
  }
  if (clause_next && levels_ < kMaxLevels - 1) {
    const bool takes = (pv.sub & (subcat_flag::kClause | subcat_flag::kSay)) && pv.obj < 0;
    bool waits = false;  // the level still needs its own verb
    if (open()) for (int k = level().pending; k < p_; ++k) waits = waits || (v_[pending_[k]].case_node < 0 && v_[pending_[k]].cat == Cat::kNominal && !v_[pending_[k]].time);
    // right after a verb that wants one: its object, whatever verb comes later ("launched an inquiry over how it was run")
    const bool object = !takes && !comma_ && t == p && pv.obj < 0 && !x.time && x.tag != Tag::kPron && (pv.sub & subcat_flag::kObject);
    if (object) {
    } else if (waits && finite_count(cursor_) < 2) {
      // the verb ahead belongs to the subject that waits
    } else if (!open() || takes || comma_ || x.tag == Tag::kPron) {
      if (!takes && !comma_ && t >= 0 && !v_[t].predicate && v_[t].cat == Cat::kNominal && v_[t].tag != Tag::kPron) open_level(LevelKind::kBare, -1, t);
      else if (takes && !comma_) open_level(LevelKind::kBare, -1, -1);
      else open_level(comma_ || !takes ? LevelKind::kParataxis : LevelKind::kBare, -1, -1);
      pend(h);
      push(h);
      return;
    }
  }
  if (comma_ && t >= 0 && !x.time) {
    if (list_ahead(cursor_) && !(v_[t].tag == Tag::kPropn && x.tag == Tag::kNoun) && coordinate_nominal(h)) return;
    if (!v_[t].predicate) {
      int best = t;
      for (int k = f_ - 1, steps = 0; k >= floor() && steps < 4; --k, ++steps) {
        const int c = frontier_[k];
        if (v_[c].predicate) break;
        if (v_[c].time) continue;
        best = c;
        break;
      }
      attach(h, best, Rel::kAppos);
      cut_after(best);
      push(h);
      return;
    }
  }
  if (argument(h, p)) { cut_after(p); push(h); return; }
  if (t >= 0 && !v_[t].predicate && !v_[t].time) { attach(h, t, x.tag == Tag::kPropn || v_[t].tag == Tag::kPropn ? Rel::kAppos : Rel::kDep); push(h); return; }
  attach(h, p, Rel::kDep);
  cut_after(p);
  push(h);
}

bool SentenceParser::coordinate_nominal(int h) {
  const Node& x = v_[h];
  const int p = current_predicate();
  if (cc_ >= 0 && p >= 0 && levels_ < kMaxLevels - 1) {
    bool clause = set_.noun_first && (v_[cc_].is(kContrast) || (x.tag == Tag::kPron && x.get(feat::kPerson) && !in_.words.words[base_ + h].clitic));
    if (!set_.noun_first) {
      clause = finite_ahead(cursor_, true);
    } else if (!clause && x.definite && cursor_ < n_) {
      int k = cursor_;
      for (int s = 0; s < 3 && k < n_ && (v_[k].cat == Cat::kNominal || v_[k].cat == Cat::kAdjective); ++s) k = next(k);
      clause = k < n_ && v_[k].cat == Cat::kVerb && v_[k].finite && subject_agrees(h, k) && (v_[p].subj >= 0 || v_[p].rel != Rel::kNone) && comma_before_cc_;
    }
    if (clause) {
      open_level(LevelKind::kCoordinate, -1, -1);
      level().cc = static_cast<int16_t>(cc_);
      cc_ = -1;
      pend(h);
      push(h);
      return true;
    }
  }
  int best = -1;
  int best_score = -1000;
  int depth = 0;
  for (int k = f_ - 1; k >= floor() && depth < 2 * kLookBack; --k) {
    const int c = frontier_[k];
    const Node& n = v_[c];
    if (n.predicate && n.finite) {
      depth += 3;
      continue;
    }
    int score = -2 * depth;
    if (n.cat == Cat::kAdjective || (n.predicate && n.tag != Tag::kNoun && n.tag != Tag::kPropn)) { depth += 1; score -= 4; }
    if (n.tag == x.tag) score += 3;
    if (n.time != x.time) score -= 6;
    if (set_.agreement && n.definite == x.definite) score += 1;
    if ((n.get(feat::kNumber) == 3) == (x.get(feat::kNumber) == 3)) score += 1;
    const bool event = (x.sub & subcat_flag::kEvent) != 0;
    if (((n.sub & subcat_flag::kEvent) != 0) == event) score += event ? 3 : 1;
    else if (event && n.get(feat::kHuman)) score -= 2;
    if (n.get(feat::kHuman) == x.get(feat::kHuman)) score += 1;
    if (n.name && x.name) score += 2;
    if (n.tag == Tag::kPron && x.tag != Tag::kPron) score -= 2;
    if (n.rel == Rel::kConj && v_[n.head].tag == x.tag) score += 0;
    if (score > best_score) { best_score = score; best = c; }
    depth += 1;
  }
  if (best < 0) {
    take_cc(h);
    return false;
  }
  take_cc(h);
  int to = best;
  if (v_[best].rel == Rel::kConj && v_[best].head >= 0 && !v_[v_[best].head].predicate && position(v_[best].head) >= floor()) to = v_[best].head;
  attach(h, to, Rel::kConj);
  cut_after(best);
  push(h);
  return true;
}

}  // namespace biruni
