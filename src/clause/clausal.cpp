// Verbs, markers, levels: which clause a predicate heads and what that clause depends on.
#include "clause/parser.h"

namespace biruni {
using namespace word_class;

void SentenceParser::open_level(LevelKind kind, int marker, int noun) {
  if (levels_ >= kMaxLevels) return;
  Level& l = level_[levels_++];
  l = Level{};
  l.kind = kind;
  l.marker = static_cast<int16_t>(marker);
  l.frontier = static_cast<int16_t>(f_);
  l.pending = static_cast<int16_t>(p_);
  l.noun = static_cast<int16_t>(noun);
  if (kind == LevelKind::kMarked || kind == LevelKind::kRelative) {
    l.prep = static_cast<int16_t>(prep_);
    l.cc = static_cast<int16_t>(cc_);
    prep_ = -1;
    cc_ = -1;
  }
  comma_ = false;
}

void SentenceParser::marker(int i) {
  if (levels_ >= kMaxLevels - 1) { pend(i); return; }
  // a clause without a verb that is complete, before a subordinate one
  if (set_.nominal_clause && open() && p_ - level().pending >= 2 && f_ > level().frontier && current_predicate() < 0) {
    const int last = pending_[p_ - 1];
    if (v_[last].cat == Cat::kAdjective || v_[last].case_node >= 0) resolve_nominal();
  }
  if (set_.nominal_clause && open() && v_[i].is(kComplementizer) && prep_ < 0 && !comma_ && p_ > level().pending && current_predicate() < 0) {
    const int last = pending_[p_ - 1];
    if (last == top() && v_[last].case_node >= 0 && v_[last].end == i) resolve_nominal();
  }
  flush_waiting(i, false);
  open_level(LevelKind::kMarked, i, -1);
}

void SentenceParser::relative(int i) {
  int noun = -1;
  const bool free = v_[i].is(kFollowed) || (v_[i].is(kComplementizer) && v_[i].is(kQuestion) && v_[i].tag != Tag::kAdv && v_[i].tag != Tag::kSconj);
  if (top() >= 0 && !free) {
    for (int k = f_ - 1, s = 0; k >= floor() && s < 8; --k, ++s) {
      const int c = frontier_[k];
      if (v_[c].predicate || v_[c].cat == Cat::kAdjective) { if (v_[c].predicate && set_.noun_first == 0) break; continue; }
      if (v_[c].cat != Cat::kNominal && v_[c].cat != Cat::kNumber && v_[c].cat != Cat::kDet) continue;
      if (set_.agreement) {
        const uint32_t rg = v_[i].get(feat::kGender), ng = v_[c].get(feat::kGender), rn = v_[i].get(feat::kNumber), nn = v_[c].get(feat::kNumber);
        if (rn == 3 && nn && nn != 3) continue;
        if (rn == 2 && nn && nn != 2) continue;
        if (rn == 1 && nn == 2) continue;
        if (rn == 1 && nn == 3 && rg == 1) continue;
        if (rn == 1 && nn <= 1 && rg && ng && rg != ng) continue;
        if (!v_[c].definite) { if (noun < 0) noun = c; continue; }
      } else if (v_[c].time && k > floor()) {
        continue;
      }
      noun = c;
      break;
    }
  }
  if (noun < 0 || v_[i].is(kComplementizer)) {
    // free relative or indirect question
    if (noun < 0 && set_.noun_first && !v_[i].is(kComplementizer)) { v_[i].cat = Cat::kNominal; noun = i; nominal(i); open_level(LevelKind::kRelative, -1, i); return; }
    if (noun < 0) {
      if (!open() || levels_ > 1 || current_predicate() >= 0 || prep_ >= 0 || v_[i].tag == Tag::kSconj) { marker(i); return; }
      v_[i].cat = Cat::kNominal;
      v_[i].definite = true;
      flush_waiting(i, true);
      pend(i);
      push(i);
      return;
    }
  }
  flush_waiting(i, false);
  open_level(LevelKind::kRelative, i, noun);
}

void SentenceParser::verb(int i) {
  Node& x = v_[i];
  if (looks_reduced(i)) {
    x.finite = false;
    x.feats = feat::set(x.feats, feat::kVerbForm, 4);
  }
  bool finite = x.finite;
  const uint32_t form = x.get(feat::kVerbForm);
  if (x.get(feat::kVoice) == 2 || (form == 4 && auxes_ == 0)) x.passive = true;
  for (int k = 0; k < auxes_; ++k) {
    const int a = aux_list_[k];
    if (v_[a].is(kNegation)) { attach(a, i, Rel::kNeg); x.negated = true; continue; }
    attach(a, i, Rel::kAux);
    finite = finite || v_[a].finite;
    if (v_[a].is(kPassiveAux) && form == 4) x.passive = true;
    if (a < i && p_ == level().pending) x.question = x.question || in_.text.sentences[in_.text.tokens[in_.words.words[base_ + i].token].sentence].question;
  }
  if (!finite && auxes_ == 0 && form == 4 && prep_ < 0) {
    // a past that was read as a participle: it has its subject before it and no other verb claims that
    const bool resumes = open() && comma_ && current_predicate() >= 0 && subject_waits() && finite_count(cursor_) == 0;  // after an inserted clause
    const bool waits = open() && current_predicate() < 0 && (subject_waits() || level().kind == LevelKind::kRelative) && !comma_;
    const Word& end = in_.words.words[base_ + n_ - 1];
    const bool full_stop = end.tag == Tag::kPunct && in_.text.tokens[end.token].punct == U'.';  // a sentence; headlines have none
    const bool agent_next = cursor_ < n_ && v_[cursor_].is(kAgent);
    const bool bare_past = waits && !agent_next && !looks_past(i) && finite_count(cursor_) == 0 &&
                           (full_stop || ((x.sub & subcat_flag::kNoObject) && !(x.sub & subcat_flag::kObject)));
    if ((waits && looks_past(i)) || bare_past || resumes || (cc_ >= 0 && looks_past(i) && current_predicate() >= 0 && v_[current_predicate()].finite)) {
      finite = true;
      x.passive = false;
    }
  }
  auxes_ = 0;
  x.finite = finite;
  x.predicate = true;
  if (x.is(kNegation)) x.negated = true;
  const bool infinitive = [&] { for (int k = 0; k < waiting_; ++k) if (v_[waiting_list_[k]].is(kInfinitive)) return true; return false; }();
  if (infinitive) x.kind = ClauseKind::kInfinitive;
  flush_waiting(i, false);
  if (!finite || infinitive) { x.finite = false; nonfinite(i); comma_ = false; return; }
  if (prep_ >= 0) {
    attach(prep_, i, Rel::kMark);
    if (levels_ < kMaxLevels - 1 && !open()) open_level(LevelKind::kMarked, prep_, -1);
    else { x.marker = static_cast<int16_t>(prep_); prep_ = -1; }
  }
  const int p = current_predicate();
  if (cc_ >= 0 && p >= 0 && coordinate_verb(i)) { comma_ = false; return; }
  if (open()) {
    const bool merges = p >= 0 && set_.noun_first && v_[p].is(kCopula) && v_[p].pred < 0 && !comma_;
    const int t = top();
    const bool relative = p >= 0 && set_.bare_relative && !comma_ && t >= 0 && !v_[t].predicate && !v_[t].definite && v_[t].tag == Tag::kNoun &&
                          v_[t].end == x.unit_first && subject_agrees(t, i);
    if (merges || relative) extra(i); else {
      if (cc_ >= 0 && set_.nominal_clause && p_ - level().pending >= 2 && p < 0) {
        resolve_nominal();
        if (!(current_predicate() >= 0 && coordinate_verb(i))) { if (open()) fill(i); else extra(i); }
      } else {
        fill(i);
      }
    }
  } else {
    extra(i);
  }
  comma_ = false;
}

void SentenceParser::take_pending(int v, int from) {
  Node& x = v_[v];
  int subject = -1, other = -1;
  for (int k = p_ - 1; k >= from; --k) {
    const int c = pending_[k];
    const Node& n = v_[c];
    if (c == v || n.head >= 0 || n.predicate || n.case_node >= 0 || n.time) continue;
    if (n.cat != Cat::kNominal && n.cat != Cat::kNumber && n.cat != Cat::kDet && n.cat != Cat::kAdjective && n.cat != Cat::kRelative) continue;
    if (x.subj >= 0) break;
    if (n.is(kExistential)) { x.expletive = true; continue; }
    if (!subject_agrees(c, v) && x.tag == Tag::kVerb) { if (other < 0) other = c; continue; }
    subject = c;
    break;
  }
  if (subject < 0 && other >= 0 && v_[other].definite && v_[other].cat == Cat::kNominal && x.get(feat::kPerson) != 1 && x.get(feat::kPerson) != 2) subject = other;
  if (set_.noun_first && subject >= 0 && v_[subject].tag == Tag::kPron && !in_.words.words[base_ + subject].clitic) {
    for (int k = from; k < p_ && pending_[k] != subject; ++k) {
      const Node& n = v_[pending_[k]];
      if (n.head >= 0 || n.case_node >= 0 || n.time || n.predicate || n.cat != Cat::kNominal || !n.definite) continue;
      attach(subject, v, Rel::kAux);
      subject = pending_[k];
      break;
    }
  }
  for (int k = from; k < p_; ++k) {
    const int c = pending_[k];
    Node& n = v_[c];
    if (c == v || n.head >= 0) continue;
    Rel rel = Rel::kDep;
    if (c == subject) { rel = Rel::kSubj; x.subj = static_cast<int16_t>(c); }
    else if (n.predicate) { rel = Rel::kAdvcl; if (n.kind == ClauseKind::kComplement && subject < 0 && x.subj < 0) { rel = Rel::kSubj; x.subj = static_cast<int16_t>(c); } }
    else if (n.time) rel = Rel::kTime;
    else if (n.case_node >= 0) rel = v_[n.case_node].is(kAgent) && x.passive ? Rel::kAgent : Rel::kObl;
    else if (n.cat == Cat::kAdverb || n.is(kExistential)) rel = Rel::kAdv;
    else if (n.cat == Cat::kMarker || n.cat == Cat::kParticle) rel = Rel::kMark;
    else if (subject >= 0 && n.tag == Tag::kPron && !x.finite) rel = Rel::kAux;
    attach(c, v, rel);
  }
  p_ = from;
}

void SentenceParser::fill(int v) {
  const Level l = level();
  if (l.kind == LevelKind::kRoot) {
    take_pending(v, 0);
    f_ = 0;
    root_ = v;
    v_[v].head = -1;
    v_[v].rel = Rel::kRoot;
    if (cc_ >= 0) take_cc(v);
    push(v);
    return;
  }
  --levels_;
  take_pending(v, l.pending);
  f_ = l.frontier;
  close_level(v, l);
}

// Attaches the predicate v of a finished level to what the level stands under.
void SentenceParser::close_level(int v, const Level& l) {
  Node& x = v_[v];
  if (l.marker >= 0 && l.kind != LevelKind::kParen) {
    x.marker = l.marker;
    if (l.kind == LevelKind::kMarked) {
      const Node& m = v_[l.marker];
      const bool argument = (m.tag == Tag::kPron || m.tag == Tag::kDet) && m.is(kQuestion) && !m.is(kTemporal);
      attach(l.marker, v, !argument ? Rel::kMark : x.subj < 0 ? Rel::kSubj : Rel::kObj);
    }
  }
  if (l.kind == LevelKind::kRelative) {
    x.has_rel = true;
    if (l.marker >= 0) {
      const bool object = !set_.verb_first && x.subj >= 0;
      attach(l.marker, v, l.prep >= 0 ? Rel::kObl : object ? Rel::kObj : Rel::kSubj);
      if (l.prep >= 0) { attach(l.prep, l.marker, Rel::kCase); v_[l.marker].case_node = l.prep; }
      if (object && l.prep < 0 && x.obj < 0) x.obj = l.marker;
      if (!object && l.prep < 0 && !set_.verb_first) x.subj = l.marker;
    }
    x.kind = ClauseKind::kRelative;
    attach(v, l.noun, Rel::kAcl);
    if (l.cc >= 0) attach(l.cc, v, Rel::kCc);
    push(v);
    return;
  }
  if (l.kind == LevelKind::kParen) {
    if (l.noun >= 0) attach(v, l.noun, x.finite ? Rel::kParataxis : Rel::kAppos);
    else { pend(v); x.rel = Rel::kParataxis; }
    if (l.marker >= 0) attach(l.marker, v, Rel::kPunct);
    push(v);
    return;
  }
  if (l.kind == LevelKind::kCoordinate) {
    cc_ = l.cc;
    if (coordinate_verb(v)) return;
    if (cc_ >= 0) take_cc(v);
  }
  if (l.kind == LevelKind::kBare && l.noun >= 0) {
    attach(v, l.noun, Rel::kAcl);
    x.kind = ClauseKind::kRelative;
    push(v);
    return;
  }
  if (l.kind == LevelKind::kHeading && v_[root_].tag != Tag::kVerb && v_[root_].cat != Cat::kAux && x.tag == Tag::kVerb) {
    attach(root_, v, Rel::kParataxis);
    root_ = v;
    x.head = -1;
    x.rel = Rel::kRoot;
    f_ = 0;
    push(v);
    return;
  }
  const int low = floor();
  if (l.list >= 0 && x.cat == Cat::kNominal && x.subj < 0 && x.case_node < 0) {
    x.predicate = false;
    attach(v, l.list, Rel::kAppos);
    cut_after(l.list);
    push(v);
    return;
  }
  if (l.kind == LevelKind::kHeading || l.kind == LevelKind::kParataxis || l.kind == LevelKind::kCoordinate) {
    if (l.kind != LevelKind::kHeading && (x.sub & subcat_flag::kSay) && root_ >= 0 && levels_ == 1) {
      attach(root_, v, Rel::kComp);
      v_[root_].kind = ClauseKind::kComplement;
      root_ = v;
      x.head = -1;
      x.rel = Rel::kRoot;
      f_ = 0;
      push(v);
      return;
    }
    for (int k = low; k < f_; ++k) {
      if (!v_[frontier_[k]].predicate) continue;
      attach(v, frontier_[k], Rel::kParataxis);
      f_ = k + 1;
      push(v);
      return;
    }
  }
  const uint64_t mc = l.marker >= 0 ? v_[l.marker].cls : 0;
  const bool adverbial = (mc & (kCondition | kPurpose | kTemporal | kCause | kConcession | kComparison)) != 0;
  if (mc & kCondition) x.kind = ClauseKind::kConditional;
  else if (mc & kPurpose) x.kind = ClauseKind::kPurpose;
  else if (mc & kCause) x.kind = ClauseKind::kCause;
  else if (mc & kConcession) x.kind = ClauseKind::kConcessive;
  else if (mc & kTemporal) x.kind = ClauseKind::kTemporal;
  else if (mc & (kQuestion)) x.kind = ClauseKind::kQuestion;
  else if (mc & kComparison) x.kind = ClauseKind::kAdverbial;
  else x.kind = ClauseKind::kComplement;
  uint64_t prep_class = 0;
  int prep_bit = -1;
  if (l.prep >= 0) {
    attach(l.prep, v, Rel::kCase);
    x.case_node = l.prep;
    prep_class = v_[l.prep].cls;
    prep_bit = v_[l.prep].prep;
    if (prep_class & kTemporal) x.kind = ClauseKind::kTemporal;
    else if (prep_class & kCause) x.kind = ClauseKind::kCause;
    else if (prep_class & kConcession) x.kind = ClauseKind::kConcessive;
    else if (prep_class & kPurpose) x.kind = ClauseKind::kPurpose;
  }
  const bool adverb_prep = (prep_class & (kTemporal | kCause | kConcession | kPurpose | kCondition)) != 0;
  if (l.cc >= 0) {
    attach(l.cc, v, Rel::kCc);
    for (int k = f_ - 1; k >= low && k >= f_ - 2 * kLookBack; --k) {
      const int c = frontier_[k];
      if (!v_[c].predicate || v_[c].marker < 0) continue;
      if ((v_[v_[c].marker].cls & kSubordinator) == (mc & kSubordinator) && mc) {
        attach(v, c, Rel::kConj);
        x.kind = v_[c].kind;
        f_ = k + 1;
        push(v);
        return;
      }
    }
  }
  int best = -1, best_score = -1000, depth = 0;
  for (int k = f_ - 1; k >= low && depth < kLookBack; --k, ++depth) {
    const int c = frontier_[k];
    const Node& n = v_[c];
    int score = -depth;
    if (adverbial || adverb_prep) {
      if (!n.predicate) { if (!(n.sub & subcat_flag::kEvent) || !adverb_prep) continue; score -= 3; }
      if ((mc & kComparison) && n.cat == Cat::kAdjective) score += 2;
    } else {
      const bool takes = (n.sub & (subcat_flag::kClause | subcat_flag::kSay)) != 0;
      if (prep_bit >= 0 && (n.gov >> prep_bit & 1)) score += 6;
      if (n.predicate) score += takes ? 5 : 2;
      else if (n.cat == Cat::kNominal && n.tag == Tag::kNoun) score += takes ? 5 : (depth == 0 ? 0 : -3);
      else if (n.cat == Cat::kAdjective) score += 1;
      else score -= 5;
    }
    if (score > best_score) { best_score = score; best = c; }
  }
  if (best < 0) {
    // nothing to depend on yet: waits for the main predicate; a bare complementizer opens the sentence itself
    if (!adverbial && !adverb_prep && open() && level().kind == LevelKind::kRoot && l.kind == LevelKind::kMarked && l.prep < 0) {
      x.kind = ClauseKind::kMain;
      fill(v);
      return;
    }
    if (open()) { pend(v); push(v); return; }
    best = root_;
  }
  const bool adv = (adverbial || adverb_prep);
  attach(v, best, adv ? Rel::kAdvcl : Rel::kComp);
  if (v_[best].is(kCopula) && !adv && v_[best].pred < 0 && !v_[best].is(kExistential)) {
    // the clause is what the copula says of its subject; the copula stays the head
  }
  cut_after(best);
  push(v);
}

bool SentenceParser::coordinate_verb(int v) {
  Node& x = v_[v];
  int best = -1, best_score = -1000, depth = 0;
  for (int k = f_ - 1, s = 0; k >= floor() && s < 2 * kLookBack; --k, ++s) {
    const int c = frontier_[k];
    const Node& n = v_[c];
    if (!n.predicate) continue;
    int score = -2 * depth;
    if (n.finite == x.finite) score += 4;
    if (!x.finite && n.get(feat::kVerbForm) == x.get(feat::kVerbForm)) score += 4;
    if (n.get(feat::kAspect) == x.get(feat::kAspect)) score += 2;
    if (n.get(feat::kMood) == x.get(feat::kMood)) score += 1;
    if (x.finite && n.get(feat::kVerbForm) == x.get(feat::kVerbForm)) score += 1;
    if ((n.sub & subcat_flag::kSay) && (x.sub & subcat_flag::kSay)) score += 3;
    if (n.tag != x.tag) score -= 2;
    if (n.subj >= 0 && x.subj < 0) score += subject_agrees(n.subj, v) ? 1 : -1;
    if (x.subj >= 0 && n.subj >= 0) score += 1;
    if (comma_before_cc_) score += 2 * depth;
    if (comma_before_cc_ && n.rel == Rel::kAdvcl && n.finite && n.marker >= 0 && n.marker > 0 && v_[n.marker].is(kComparison | kTemporal) && v_[n.head].end <= n.marker) {
      const int m = v_[n.marker].unit_first - 1;
      if (m >= 0 && v_[m].cat == Cat::kPunct) score -= 6;  // a parenthesis between commas: closed
    }
    ++depth;
    if (score > best_score) { best_score = score; best = c; }
  }
  if (best < 0) return false;
  take_cc(v);
  attach(v, best, Rel::kConj);
  x.kind = v_[best].kind;
  if (v_[best].has_rel) x.has_rel = true;
  cut_after(best);
  push(v);
  return true;
}

// A finite verb while the sentence already has its predicate.
void SentenceParser::extra(int v) {
  Node& x = v_[v];
  const int p = current_predicate();
  if (p < 0) { attach(v, root_, Rel::kParataxis); push(v); return; }
  if (cc_ >= 0) take_cc(v);
  if (set_.noun_first && v_[p].is(kCopula) && v_[p].pred < 0 && !comma_) {
    v_[p].pred = static_cast<int16_t>(v);
    attach(v, p, Rel::kComp);
    cut_after(p);
    push(v);
    return;
  }
  if (set_.bare_relative && !comma_) {
    for (int k = f_ - 1, s = 0; k >= floor() && s < 5; --k, ++s) {
      const int c = frontier_[k];
      if (v_[c].predicate) break;
      if (v_[c].cat == Cat::kAdjective) continue;
      if (v_[c].definite || v_[c].tag != Tag::kNoun || !subject_agrees(c, v)) continue;
      attach(v, c, Rel::kAcl);
      x.kind = ClauseKind::kRelative;
      x.has_rel = true;
      cut_after(c);
      push(v);
      return;
    }
  }
  for (int k = f_ - 1; k >= floor() && k >= f_ - 2 * kLookBack; --k) {
    const int c = frontier_[k];
    if (!v_[c].predicate || !(v_[c].sub & subcat_flag::kSay)) continue;
    attach(v, c, Rel::kComp);
    x.kind = ClauseKind::kComplement;
    cut_after(c);
    push(v);
    return;
  }
  if ((x.sub & subcat_flag::kSay) && comma_ && levels_ == 1 && !set_.noun_first) {
    attach(root_, v, Rel::kComp);
    v_[root_].kind = ClauseKind::kComplement;
    root_ = v;
    x.rel = Rel::kRoot;
    x.head = -1;
    f_ = 0;
    push(v);
    return;
  }
  if (!comma_ && (v_[p].is(kPhase) || (v_[p].sub & (subcat_flag::kClause | subcat_flag::kInfinitive)) || (set_.noun_first && x.get(feat::kAspect) == 2))) {
    const bool comp = !set_.noun_first || v_[p].is(kPhase) || (v_[p].sub & subcat_flag::kClause);
    attach(v, p, comp ? Rel::kComp : Rel::kAdvcl);
    x.kind = comp ? ClauseKind::kComplement : ClauseKind::kAdverbial;
    cut_after(p);
    push(v);
    return;
  }
  int to = p;
  for (int k = floor(); k < f_; ++k) if (v_[frontier_[k]].predicate) { to = frontier_[k]; break; }
  attach(v, to, Rel::kParataxis);
  cut_after(to);
  push(v);
}

// Headline: participle or infinitive as the only predicate (three killed in blast; minister to visit X).
bool SentenceParser::take_headline(int v) {
  if (set_.noun_first || !open() || levels_ > 1 || current_predicate() >= 0) return false;
  bool subject = false;
  for (int k = 0; k < p_; ++k) subject = subject || (v_[pending_[k]].case_node < 0 && v_[pending_[k]].cat != Cat::kAdverb);
  if (!subject || comma_) return false;
  for (int k = next(v), s = 0; k < n_ && s < 80; k = next(k), ++s) {
    if (v_[k].cat == Cat::kAux || (v_[k].cat == Cat::kVerb && v_[k].finite)) return false;
  }
  v_[v].finite = true;
  fill(v);
  return true;
}

void SentenceParser::nonfinite(int v) {
  Node& x = v_[v];
  const int p = current_predicate();
  const int t = top();
  const uint32_t form = x.get(feat::kVerbForm);
  const bool infinitive = x.kind == ClauseKind::kInfinitive || form == 2 || form == 1 || form == 0;
  if (!infinitive) x.kind = ClauseKind::kParticipial;
  const auto hang = [&](int to, Rel rel) { attach(v, to, rel); cut_after(to); push(v); };
  if (prep_ >= 0) {
    const int prep = prep_;
    prep_ = -1;
    x.marker = static_cast<int16_t>(prep);
    x.case_node = static_cast<int16_t>(prep);
    attach(prep, v, Rel::kMark);
    int best = -1, best_score = -1000, nouns = 0, verbs = 0;
    for (int k = f_ - 1, s = 0; k >= floor() && s < kLookBack; --k, ++s) {
      const int c = frontier_[k];
      const Node& n = v_[c];
      const bool governs = v_[prep].prep >= 0 && (n.gov >> v_[prep].prep & 1);
      int score = governs ? 6 : 0;
      if (n.predicate) {
        if (governs && verbs == 0 && n.obj >= 0 && (n.sub & subcat_flag::kObjectAndPrep)) score += 6;
        score += v_[prep].verb_score + 1 - 3 * verbs;
        ++verbs;
      }
      else { score += v_[prep].noun_score - 2 * nouns - (comma_ ? 4 : 0) - 3 * verbs - (n.tag == Tag::kPropn || n.tag == Tag::kPron || n.time ? 5 : 0); ++nouns; }
      if (score > best_score) { best_score = score; best = c; }
    }
    if (cc_ >= 0) take_cc(v);
    if (best < 0 || (p < 0 && v_[prep].verb_score > best_score)) { pend(v); push(v); return; }
    const bool governs = v_[prep].prep >= 0 && (v_[best].gov >> v_[prep].prep & 1);
    hang(best, governs ? Rel::kComp : v_[best].predicate ? Rel::kAdvcl : Rel::kAcl);
    return;
  }
  if (cc_ >= 0 && p >= 0 && coordinate_verb(v)) return;
  if (open() && levels_ > 1 && current_predicate() < 0 && (level().kind == LevelKind::kMarked || level().kind == LevelKind::kRelative) &&
      !(!infinitive && p_ > level().pending && finite_ahead(cursor_, true))) { fill(v); return; }
  if (take_headline(v)) return;
  if (infinitive) {
    if (t < 0) { if (open()) { pend(v); push(v); } else hang(root_, Rel::kAdvcl); return; }
    if (v_[t].predicate || v_[t].cat == Cat::kAdjective) {
      const bool purpose = comma_;
      if (v_[t].is(kCopula) && v_[t].pred < 0) v_[t].pred = static_cast<int16_t>(v);
      hang(t, purpose ? Rel::kAdvcl : Rel::kComp);
      return;
    }
    const bool noun_takes = (v_[t].sub & (subcat_flag::kInfinitive | subcat_flag::kClause)) != 0;
    if (p < 0 || (noun_takes && !comma_)) { hang(t, noun_takes ? Rel::kComp : Rel::kAcl); return; }
    const bool verb_takes = (v_[p].sub & (subcat_flag::kInfinitive | subcat_flag::kClause)) != 0;
    hang(p, verb_takes && !comma_ ? Rel::kComp : Rel::kAdvcl);
    return;
  }
  if (t < 0) { if (open()) { pend(v); push(v); } else hang(root_, Rel::kAdvcl); return; }
  if (v_[t].predicate) {
    if (v_[t].is(kCopula) && v_[t].pred < 0) { v_[t].pred = static_cast<int16_t>(v); hang(t, Rel::kComp); return; }
    hang(t, comma_ ? Rel::kAdvcl : Rel::kComp);
    return;
  }
  if (comma_ && p >= 0) {
    int to = p;
    for (int k = f_ - 1; k >= floor(); --k) {
      if (v_[frontier_[k]].predicate && v_[frontier_[k]].rel != Rel::kAcl) { to = frontier_[k]; break; }
    }
    hang(form == 4 ? t : to, form == 4 ? Rel::kAcl : Rel::kAdvcl);
    return;
  }
  hang(t, Rel::kAcl);
}

}  // namespace biruni
