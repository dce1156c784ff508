// Main loop of the clause parser: punctuation, small words, prenominal noun phrases.
#include "clause/parser.h"

namespace biruni {
using namespace word_class;

void SentenceParser::run() {
  load();
  levels_ = 1;
  level_[0] = Level{};
  for (cursor_ = dateline(); cursor_ < n_;) {
    const int i = cursor_;
    cursor_ = next(i);
    // a unit is handled at its head
    int h = i;
    if (v_[i].inner && v_[i].head >= 0) h = v_[i].head;
    step(h);
    if (cursor_ <= i) cursor_ = i + 1;
  }
  finish_sentence();}

void SentenceParser::step(int i) {
  switch (v_[i].cat) {
    case Cat::kPunct: punctuation(i); return;
    case Cat::kPrep: preposition(i); return;
    case Cat::kMarker:
      if (v_[i].is(kOpener) && root_ < 0 && levels_ == 1 && p_ == 0 && f_ == 0) adverb(i); else marker(i);
      return;
    case Cat::kRelative: relative(i); return;
    case Cat::kCc:
      comma_before_cc_ = comma_;
      if (cc_ >= 0) waiting_list_[waiting_++] = static_cast<int16_t>(cc_);
      cc_ = i;
      return;
    case Cat::kAdverb: adverb(i); return;
    case Cat::kParticle: particle(i); return;
    case Cat::kAux: auxiliary(i); return;
    case Cat::kVerb: verb(i); return;
    case Cat::kAdjective:
    case Cat::kNominal:
    case Cat::kNumber:
    case Cat::kDet: {
      const int h = chunk(i);
      if (h < 0) return;
      v_[h].comma_before = comma_;
      if (v_[h].cat == Cat::kAdjective && prep_ < 0) adjective(h); else nominal(h);
      comma_ = false;
      return;
    }
    case Cat::kPossessive: {
      const int t = top();
      if (t >= 0) attach(i, t, Rel::kCase);
      return;
    }
    case Cat::kSkip: {
      const int t = top();
      if (t >= 0) attach(i, t, Rel::kDep); else pend(i);
      return;
    }
  }
}

// Prenominal noun phrase from i on. Returns its head with everything inside attached and cursor_ behind it.
int SentenceParser::chunk(int i) {
  if (set_.noun_first) {
    Node& x = v_[i];
    const int after = cursor_;
    const bool more = after < n_ && !v_[after].inner;
    const auto follows = [&](int k) {
      return k < n_ && (v_[k].cat == Cat::kNominal || v_[k].cat == Cat::kNumber || (v_[k].cat == Cat::kAdjective && x.cat == Cat::kDet));
    };
    const bool clitic_next = more && in_.words.words[base_ + after].clitic && v_[after].tag == Tag::kPron;
    if (x.cat == Cat::kNumber && x.counted >= 0 && !v_[x.counted].inner && x.counted != i) {
      attach(i, x.counted, Rel::kNum);
      while (cursor_ < n_ && cursor_ < x.counted && v_[cursor_].cat == Cat::kPrep) { attach(cursor_, x.counted, Rel::kCase); cursor_ = next(cursor_); }
      return -1;
    }
    if (x.cat == Cat::kDet && x.is(kDemonstrative) && more && !v_[after].get(feat::kDef)) return i;
    if (x.cat == Cat::kDet && x.is(kAttributive) && !x.is(kQuantifier) && top() >= 0 && !v_[top()].predicate) return i;
    if (x.cat == Cat::kDet && more && follows(after) && !clitic_next) { waiting_list_[waiting_++] = static_cast<int16_t>(i); return -1; }
    if (x.cat == Cat::kAdjective && more && !clitic_next && !x.get(feat::kDef) && !x.get(feat::kTanwin) && (x.get(feat::kDegree) || x.is(kQuantifier)) &&
        v_[after].cat == Cat::kNominal && !v_[after].get(feat::kTanwin) && v_[after].tag != Tag::kPron) {
      waiting_list_[waiting_++] = static_cast<int16_t>(i);
      return -1;
    }
    if (x.is(kDemonstrative) && more && v_[after].get(feat::kDef) && (v_[after].cat == Cat::kNominal || v_[after].cat == Cat::kAdjective)) {
      waiting_list_[waiting_++] = static_cast<int16_t>(i);
      return -1;
    }
    if ((x.is(kQuantifier)) && more && !clitic_next && v_[after].cat == Cat::kNominal && !x.get(feat::kDef) && !x.get(feat::kTanwin)) {
      waiting_list_[waiting_++] = static_cast<int16_t>(i);
      return -1;
    }
    if (x.cat == Cat::kNumber && more && !x.get(feat::kDef) && v_[after].cat == Cat::kAdjective && !v_[after].get(feat::kDef) && !v_[after].get(feat::kDegree) &&
        !(top() >= 0 && v_[top()].time && v_[top()].end == i)) {
      v_[after].cat = Cat::kNominal;
      waiting_list_[waiting_++] = static_cast<int16_t>(i);
      return -1;
    }
    if (x.cat == Cat::kNumber && more && !x.get(feat::kDef) && (v_[after].cat == Cat::kNumber || (v_[after].cat == Cat::kNominal && !v_[after].get(feat::kDef) && !v_[after].name && !v_[after].time))) {
      waiting_list_[waiting_++] = static_cast<int16_t>(i);
      return -1;
    }
    return i;
  }
  // noun-last: scan
  int last = -1, k = i, lone = -1, cc_at = -1;
  int item[64];
  int items = 0;
  while (k < n_ && items < 60) {
    int h = k;
    if (v_[k].inner && v_[k].head >= 0) h = v_[k].head;
    const Node& x = v_[h];
    const int after = v_[k].end > v_[h].end ? v_[k].end : v_[h].end;
    bool take = false;
    const bool possessive = x.tag == Tag::kPron && (x.get(feat::kPoss) || (x.is(kAttributive) && after < n_ &&
                            (v_[after].cat == Cat::kNominal || v_[after].cat == Cat::kAdjective || v_[after].cat == Cat::kNumber)));
    if (possessive) {
      if (last >= 0) break;
      item[items++] = h;
      lone = h;
      k = after;
      continue;
    }
    if (x.cat == Cat::kNominal) {
      if (last >= 0 && (x.tag == Tag::kPron || (x.time && !v_[last].time))) break;
      if (last >= 0 && v_[last].tag == Tag::kPron) break;
      take = true;
    } else if (x.cat == Cat::kNumber || x.cat == Cat::kAdjective) {
      if (last >= 0 && x.cat == Cat::kAdjective) {
        // noun + adjective: only inside a name or compound (noun again after it)
        if (!(after < n_ && v_[after].cat == Cat::kNominal && v_[after].tag != Tag::kPron && !v_[after].time)) break;
        if (v_[last].tag != Tag::kPropn && v_[last].tag != Tag::kNoun) break;
      }
      take = true;
    } else if (x.cat == Cat::kDet) {
      if (items > 0 && v_[item[items - 1]].tag == Tag::kPron) break;
      if (items > 0 && v_[item[items - 1]].cat != Cat::kDet && v_[item[items - 1]].cat != Cat::kAdverb) break;
      take = true;
    } else if (x.cat == Cat::kPossessive && last >= 0) {
      attach(h, last, Rel::kCase);
      // possessor: the next noun is its head
      const bool more = after < n_ && (v_[after].cat == Cat::kNominal || v_[after].cat == Cat::kAdjective || v_[after].cat == Cat::kNumber ||
                                       (v_[after].cat == Cat::kVerb && !v_[after].finite) || v_[after].cat == Cat::kAdverb);
      if (!more) { k = after; break; }
      for (int m = 0; m < items; ++m) {
        if (item[m] == last) continue;
        const Cat c = v_[item[m]].cat;
        attach(item[m], last, c == Cat::kDet ? Rel::kDet : c == Cat::kNumber ? Rel::kNum : c == Cat::kAdjective || c == Cat::kVerb ? Rel::kAdj : c == Cat::kAdverb ? Rel::kAdv : Rel::kNmod);
      }
      v_[last].rel = Rel::kGen;
      v_[last].case_node = static_cast<int16_t>(h);
      item[0] = last;
      items = 1;
      v_[last].closed = true;  // marks a possessor
      k = after;
      continue;
    } else if (x.cat == Cat::kAdverb) {
      // adverb before an adjective or number
      if (!(after < n_ && (v_[after].cat == Cat::kAdjective || v_[after].cat == Cat::kNumber || (v_[after].cat == Cat::kVerb && !v_[after].finite))) || last >= 0) break;
      take = true;
    } else if (x.cat == Cat::kVerb && !x.finite && x.get(feat::kVerbForm) >= 3) {
      // participle before its noun, after a determiner or adjective (or in noun position)
      const bool before = after < n_ && (v_[after].cat == Cat::kNominal || v_[after].cat == Cat::kAdjective) && v_[after].tag != Tag::kPron;
      if (items == 0 || !before || (last >= 0 && !v_[last].closed)) break;
      take = true;
    } else if (x.cat == Cat::kCc && items > 0 && last < 0 && v_[item[items - 1]].cat == Cat::kAdjective && after < n_ &&
               v_[after].cat == Cat::kAdjective) {
      cc_at = h;
      k = after;
      continue;
    } else if (x.cat == Cat::kPunct && items > 0 && after < n_ && in_.text.tokens[in_.words.words[base_ + h].token].punct == U'-' &&
               (v_[after].cat == Cat::kNominal || v_[after].cat == Cat::kAdjective || v_[after].cat == Cat::kNumber || v_[after].cat == Cat::kVerb) &&
               !(in_.text.tokens[in_.words.words[base_ + h].token].flags & token_flag::kSpaceBefore)) {
      attach(h, item[items - 1], Rel::kPunct);
      k = after;
      if (v_[after].cat == Cat::kVerb) { item[items++] = after; k = next(after); }
      continue;
    } else if (x.cat == Cat::kPunct && items > 0 && last < 0 && v_[item[items - 1]].cat == Cat::kAdjective && after < n_ &&
               v_[after].cat == Cat::kAdjective && in_.text.tokens[in_.words.words[base_ + h].token].punct == U',') {
      int m = after;
      while (m < n_ && v_[m].cat == Cat::kAdjective) m = next(m);
      if (!(m < n_ && v_[m].cat == Cat::kNominal)) break;
      attach(h, after, Rel::kPunct);
      k = after;
      continue;
    }
    if (!take) break;
    if (cc_at >= 0 && x.cat == Cat::kAdjective) {
      attach(cc_at, h, Rel::kCc);
      attach(h, item[items - 1], Rel::kConj);
      cc_at = -1;
      k = after;
      continue;
    }
    item[items++] = h;
    if (x.cat == Cat::kNominal) last = h; else lone = h;
    k = after;
  }
  if (items == 0) return i;
  if (cc_at >= 0) k = cc_at;  // the coordinator does not belong here
  int head = last >= 0 && !(v_[last].closed && v_[last].case_node >= 0 && lone > last) ? last : lone;
  if (head < 0) head = item[items - 1];
  int run = items - 1;
  while (run > 0 && item[run] == head - (item[items - 1] - item[run]) && v_[item[run]].tag == Tag::kPropn && v_[item[run - 1]].tag == Tag::kPropn && !v_[item[run - 1]].is(kTitle) &&
         !v_[item[run - 1]].closed && !v_[item[run - 1]].time && v_[item[run]].end == item[run] + 1) --run;
  if (item[items - 1] == head && run < items - 1 && v_[item[0]].cat != Cat::kDet && !v_[head].name && !v_[head].time) {
    const int first = item[run];
    for (int m = run + 1; m < items; ++m) attach(item[m], first, Rel::kFlat);
    items = run + 1;
    v_[first].end = v_[head].end;
    head = first;
  }
  for (int m = 0; m < items; ++m) {
    const int c = item[m];
    if (c == head) continue;
    if (c > head) {
      attach(c, head, v_[c].cat == Cat::kNumber ? Rel::kNum : Rel::kAdj);
      continue;
    }
    Rel rel = Rel::kNmod;
    switch (v_[c].cat) {
      case Cat::kDet: rel = Rel::kDet; break;
      case Cat::kNumber: rel = Rel::kNum; break;
      case Cat::kAdjective: case Cat::kVerb: rel = Rel::kAdj; break;
      case Cat::kAdverb: rel = Rel::kAdv; break;
      default:
        if (v_[c].closed && v_[c].case_node >= 0) rel = Rel::kGen;
        else if (v_[c].tag == Tag::kPron) rel = Rel::kGen;
        break;
    }
    int to = head;
    if (rel == Rel::kAdv && m + 1 < items) to = item[m + 1];
    attach(c, to, rel);
    if (rel == Rel::kDet || rel == Rel::kGen) v_[head].definite = true;
  }
  cursor_ = k;
  if (v_[head].cat == Cat::kAdjective && items > 1 && (v_[item[0]].cat == Cat::kDet || v_[item[0]].tag == Tag::kPron || (v_[item[0]].closed && v_[item[0]].case_node >= 0)))
    v_[head].cat = Cat::kNominal;
  return head;
}

// Does a finite verb follow the noun phrase (and its prepositional modifiers) that begins at `from`?
bool SentenceParser::finite_ahead(int from, bool nominal) const {
  for (int k = from, steps = 0; k < n_ && steps < 24; k = next(k), ++steps) {
    const int h = v_[k].inner && v_[k].head >= 0 ? v_[k].head : k;
    const Node& x = v_[h];
    switch (x.cat) {
      case Cat::kVerb:
        if (x.finite || (nominal && looks_past(h))) return nominal;
        continue;
      case Cat::kAux: return nominal;
      case Cat::kNominal: case Cat::kNumber: nominal = true; continue;
      case Cat::kDet: if (!nominal) nominal = next(k) < n_ && (v_[next(k)].cat == Cat::kVerb || v_[next(k)].cat == Cat::kAux); continue;
      case Cat::kAdjective: case Cat::kPossessive: case Cat::kAdverb: continue;
      case Cat::kPrep: continue;
      case Cat::kParticle: if (x.is(kInfinitive)) return false; continue;
      case Cat::kPunct: {
        const char32_t p = in_.text.tokens[in_.words.words[base_ + h].token].punct;
        if (set_.noun_first && nominal && (p == U',' || p == 0x060C) && next(k) < n_ && v_[next(k)].cat == Cat::kVerb) continue;
        if (p == U'-' || p == U'"' || p == 0x201C || p == 0x201D || p == 0xAB || p == 0xBB) continue;
        return false;
      }
      default: return false;
    }
  }
  return false;
}

// Past and participle are often spelled alike and told apart by what follows: an object, or what somebody said.
bool SentenceParser::looks_past(int i) const {
  const Node& x = v_[i];
  if (set_.noun_first || x.cat != Cat::kVerb || x.finite || x.get(feat::kVerbForm) != 4) return false;
  if (x.sub & subcat_flag::kSay) return true;
  int a = next(i);
  // "carried out strikes", "lifted long-standing sanctions": a particle or adverb comes before the object
  for (int steps = 0; a < n_ && steps < 2 && !v_[a].time && (v_[a].cat == Cat::kAdverb || (v_[a].is(kParticle) && a == next(i))); ++steps) {
    a = next(a);
    if (a < n_ && v_[a].cat == Cat::kPunct && in_.text.tokens[in_.words.words[base_ + a].token].punct == U'-') a = next(a);
  }
  if (a >= n_) return false;
  const int h = v_[a].inner && v_[a].head >= 0 ? v_[a].head : a;
  return (v_[h].cat == Cat::kNominal || v_[h].cat == Cat::kDet || v_[h].cat == Cat::kNumber || v_[h].cat == Cat::kAdjective) && !v_[h].time;
}

// The other way round: no object where there must be one, and after its phrase another verb without a subject.
bool SentenceParser::looks_reduced(int i) const {
  const Node& x = v_[i];
  if (set_.noun_first || !x.finite || x.get(feat::kAspect) != 1 || auxes_ > 0 || cc_ >= 0 || prep_ >= 0 || comma_) return false;
  if (!(x.sub & subcat_flag::kObject) || (x.sub & (subcat_flag::kNoObject | subcat_flag::kSay | subcat_flag::kClause))) return false;
  if (!open() || current_predicate() >= 0 || !subject_waits()) return false;
  if (cursor_ >= n_ || v_[cursor_].cat != Cat::kPrep) return false;
  bool nominal = false;
  for (int k = cursor_, steps = 0; k < n_ && steps < 12; k = next(k), ++steps) {
    const int h = v_[k].inner && v_[k].head >= 0 ? v_[k].head : k;
    switch (v_[h].cat) {
      case Cat::kVerb: return nominal && v_[h].finite;
      case Cat::kAux: return nominal && v_[h].finite;
      case Cat::kNominal: case Cat::kNumber: if (v_[h].tag == Tag::kPron) return false; nominal = true; continue;
      case Cat::kDet: case Cat::kAdjective: case Cat::kPossessive: case Cat::kPrep: continue;
      default: return false;
    }
  }
  return false;
}

bool SentenceParser::subject_waits() const {
  for (int k = level_[levels_ - 1].pending; k < p_; ++k) {
    const Node& n = v_[pending_[k]];
    if (n.head < 0 && n.case_node < 0 && !n.time && !n.predicate && (n.cat == Cat::kNominal || n.cat == Cat::kNumber || n.cat == Cat::kDet)) return true;
  }
  return false;
}

// Finite verbs from `from` to the end of the sentence, but for one after each subordinator; at most two are counted.
int SentenceParser::finite_count(int from) const {
  int count = 0, subordinate = 0;
  bool aux = false;
  for (int k = from, steps = 0; k < n_ && steps < 60 && count < 2; k = next(k), ++steps) {
    const Cat c = v_[k].cat;
    const bool found = !aux && (c == Cat::kAux || (c == Cat::kVerb && (v_[k].finite || looks_past(k))));
    if (found) { if (subordinate > 0) --subordinate; else ++count; }
    if (c == Cat::kMarker || c == Cat::kRelative) ++subordinate;
    if (c == Cat::kAux) aux = true;
    else if (c == Cat::kVerb || c == Cat::kNominal || c == Cat::kMarker || c == Cat::kRelative) aux = false;
  }
  return count;
}

// Does a list go on: noun phrase at `from`, perhaps more after commas, then a coordinator?
bool SentenceParser::list_ahead(int from) const {
  int commas = 0;
  for (int k = from, steps = 0; k < n_ && steps < 20; k = next(k), ++steps) {
    const int h = v_[k].inner && v_[k].head >= 0 ? v_[k].head : k;
    switch (v_[h].cat) {
      case Cat::kNominal: case Cat::kNumber: case Cat::kDet: case Cat::kAdjective: case Cat::kPossessive: case Cat::kPrep: continue;
      case Cat::kCc: {
        const int a = next(k);
        return a < n_ && (v_[a].cat == Cat::kNominal || v_[a].cat == Cat::kDet || v_[a].cat == Cat::kAdjective || v_[a].cat == Cat::kNumber || v_[a].cat == Cat::kPrep);
      }
      case Cat::kPunct:
        if (++commas > 4) return false;
        continue;
      default: return false;
    }
  }
  return false;
}

void SentenceParser::punctuation(int i) {
  const char32_t p = in_.text.tokens[in_.words.words[base_ + i].token].punct;
  const int t = top();
  switch (p) {
    case U',': case 0x060C: case 0x2013: case 0x2014:
      comma_ = true;
      if (t >= 0) attach(i, t, Rel::kPunct);
      return;
    case U'-':
      if (in_.text.tokens[in_.words.words[base_ + i].token].flags & token_flag::kSpaceBefore) comma_ = true;
      if (t >= 0) attach(i, t, Rel::kPunct);
      return;
    case U';': case 0x061B:
      comma_ = true;
      while (open() && levels_ > 1 && resolve_nominal()) {}
      if (t >= 0) attach(i, t, Rel::kPunct);
      return;
    case U':': {
      comma_ = true;
      while (open() && resolve_nominal()) {}
      if (t >= 0) attach(i, t, Rel::kPunct);
      if (root_ < 0 || levels_ > 1 || cursor_ >= n_) return;
      // what follows a verb of saying is its complement; what follows a heading or a speaker is the sentence proper
      const int p = current_predicate();
      const bool says = p >= 0 && (v_[p].sub & (subcat_flag::kSay | subcat_flag::kClause));
      int noun = -1;
      for (int k = f_ - 1, s = 0; !says && k >= floor() && s < 3 && noun < 0; --k, ++s) {
        const int c = frontier_[k];
        if (v_[c].predicate) break;
        if (v_[c].cat == Cat::kNominal && c != root_) noun = c;
      }
      open_level(says ? LevelKind::kBare : LevelKind::kHeading, -1, -1);
      level().list = static_cast<int16_t>(noun);
      return;
    }
    case U'(': case U'[': {
      if (levels_ >= kMaxLevels - 1) return;
      open_level(LevelKind::kParen, i, t >= 0 ? t : (f_ > 0 ? frontier_[f_ - 1] : -1));
      return;
    }
    case U')': case U']': {
      for (int k = levels_ - 1; k > 0; --k) {
        if (level_[k].kind != LevelKind::kParen) continue;
        const int keep = level_[k].frontier;
        while (levels_ > k && resolve_nominal()) {}
        if (levels_ > k) levels_ = k;
        if (f_ > keep) f_ = keep;
        break;
      }
      const int now = top();
      if (now >= 0) attach(i, now, Rel::kPunct);
      comma_ = false;
      return;
    }
    default:
      if (t >= 0) attach(i, t, Rel::kPunct);
      return;
  }
}

void SentenceParser::flush_waiting(int head, bool nominal) {
  int keep = 0;
  for (int k = 0; k < waiting_; ++k) {
    const int w = waiting_list_[k];
    Node& x = v_[w];
    if (x.cat == Cat::kAdjective && nominal) {
      attach(w, head, Rel::kAdj);
    } else if (x.cat == Cat::kDet || x.is(kQuantifier | kDemonstrative)) {
      if (nominal) attach(w, head, Rel::kDet); else waiting_list_[keep++] = static_cast<int16_t>(w);
    } else if (x.cat == Cat::kNumber || x.is(kMeasure)) {
      if (nominal) { attach(w, head, Rel::kNum); v_[head].numbered = true; } else waiting_list_[keep++] = static_cast<int16_t>(w);
    } else if (x.cat == Cat::kPrep) {
      attach(w, head, Rel::kCase);
    } else if (x.is(kNegation)) {
      attach(w, head, Rel::kNeg);
      v_[head].negated = true;
    } else if (x.cat == Cat::kCc) {
      attach(w, head, Rel::kCc);
    } else {
      attach(w, head, x.cat == Cat::kParticle ? Rel::kMark : Rel::kAdv);
    }
  }
  waiting_ = keep;
}

int SentenceParser::take_cc(int child) {
  const int c = cc_;
  if (c >= 0) attach(c, child, Rel::kCc);
  cc_ = -1;
  return c;
}

void SentenceParser::preposition(int i) {
  const int a = cursor_;
  const int h = a < n_ && v_[a].inner && v_[a].head >= 0 ? v_[a].head : a;
  const bool end = a >= n_;
  // preposition that introduces a clause (after the army attacked)
  if (!end && set_.complement_bare && v_[i].is(kTemporal | kCause | kConcession | kCondition | kPurpose) && finite_ahead(a)) { marker(i); return; }
  const Cat c = end ? Cat::kPunct : v_[h].cat;
  const int before = top();
  const bool particle = set_.particle_verbs && v_[i].is(kParticle) && before >= 0 && v_[before].predicate && v_[before].end == i;
  if (particle && (end || c != Cat::kPrep)) { attach(i, before, Rel::kPrt); v_[before].end = v_[i].end; return; }
  const bool complement = !end && (c == Cat::kNominal || c == Cat::kNumber || c == Cat::kDet || c == Cat::kAdjective || c == Cat::kPrep || c == Cat::kMarker ||
                                   c == Cat::kRelative || c == Cat::kAdverb || c == Cat::kParticle || (c == Cat::kVerb && (!v_[h].finite || !set_.particle_verbs)) ||
                                   (c == Cat::kAux && !v_[h].finite) || (c == Cat::kPunct && next(a) < n_ && !set_.particle_verbs));
  const bool quote_next = !end && c == Cat::kPunct && next(a) < n_ &&
                          in_.text.tokens[in_.words.words[base_ + h].token].punct != U',' && in_.text.tokens[in_.words.words[base_ + h].token].punct != U'.';
  if (!complement && !quote_next) {
    const int p = current_predicate();
    if (p >= 0) attach(i, p, set_.particle_verbs ? Rel::kPrt : Rel::kAdv); else pend(i);
    return;
  }
  if (prep_ >= 0) { waiting_list_[waiting_++] = static_cast<int16_t>(i); if (v_[prep_].prep < 0 || v_[i].is(kAgent)) v_[prep_].prep = v_[i].prep; return; }
  prep_ = i;
}

void SentenceParser::adverb(int i) {
  const int a = cursor_;
  const int h = a < n_ && v_[a].inner && v_[a].head >= 0 ? v_[a].head : a;
  if (v_[i].time && prep_ >= 0) { v_[i].cat = Cat::kNominal; nominal(i); comma_ = false; return; }
  if (prep_ >= 0 && !(a < n_ && (v_[h].cat == Cat::kNumber || v_[h].cat == Cat::kAdjective || v_[h].cat == Cat::kNominal || v_[h].cat == Cat::kDet || v_[h].cat == Cat::kVerb))) {
    v_[i].cat = Cat::kNominal;  // from here, until now
    nominal(i);
    comma_ = false;
    return;
  }
  const int p = current_predicate();
  if (a < n_ && !v_[i].time) {
    if (v_[h].cat == Cat::kAdjective || v_[h].cat == Cat::kNumber || v_[h].cat == Cat::kVerb || v_[h].cat == Cat::kAux ||
        (v_[h].cat == Cat::kAdverb && !set_.noun_first) || (v_[h].cat == Cat::kDet && p < 0)) {
      if (!(set_.noun_first && p >= 0 && v_[h].cat != Cat::kAdjective && v_[h].cat != Cat::kNumber)) {
        waiting_list_[waiting_++] = static_cast<int16_t>(i);
        return;
      }
    }
  }
  if (v_[i].is(kExistential) && p < 0) { pend(i); return; }
  if (p >= 0) attach(i, p, v_[i].time ? Rel::kTime : Rel::kAdv); else pend(i);
}

void SentenceParser::particle(int i) {
  if (v_[i].is(kPossessive)) return;
  if (v_[i].is(kResult) && comma_ && root_ >= 0 && cursor_ < n_ && v_[cursor_].cat == Cat::kVerb && !v_[cursor_].is(kPhase | kCopula)) {
    v_[i].cls = kResult | kComparison;
    marker(i);
    return;
  }
  if (v_[i].is(kNegation) && auxes_ > 0) { aux_list_[auxes_++] = static_cast<int16_t>(i); return; }
  if (v_[i].is(kNegation) && !set_.noun_first && top() >= 0 && v_[top()].predicate && v_[top()].is(kCopula | kAuxiliary) && v_[top()].pred < 0) {
    attach(i, top(), Rel::kNeg);
    v_[top()].negated = true;
    return;
  }
  waiting_list_[waiting_++] = static_cast<int16_t>(i);
}

// The verb that an auxiliary at i belongs to, or -1 if it is the predicate itself.
int SentenceParser::verb_after_aux(int i) const {
  const bool inverted = !set_.noun_first && p_ == level_[levels_ - 1].pending;
  bool nominal = false;
  for (int k = next(i), steps = 0; k < n_ && steps < 14; k = next(k), ++steps) {
    const int h = v_[k].inner && v_[k].head >= 0 ? v_[k].head : k;
    const Node& x = v_[h];
    if (x.cat == Cat::kAdverb && !x.is(kExistential)) continue;
    if (x.cat == Cat::kParticle && x.is(kNegation)) continue;
    if (x.cat == Cat::kVerb) {
      if (set_.noun_first) return k == next(i) ? h : -1;
      if (nominal && x.finite && x.get(feat::kAspect) == 1) return -1;
      const uint32_t form = x.get(feat::kVerbForm);
      if (nominal && form >= 3 && !v_[i].is(kPerfectAux | kCopula)) return -1;
      return h;
    }
    if (x.cat == Cat::kAux) {
      if (set_.noun_first) return -1;
      return (x.finite && nominal) ? -1 : h;
    }
    if (set_.noun_first) return -1;
    if (x.cat == Cat::kParticle && x.is(kInfinitive) && !v_[i].is(kCopula) && v_[i].is(kPerfectAux)) return -1;
    if (inverted && !nominal && (x.cat == Cat::kNominal || x.cat == Cat::kDet || x.cat == Cat::kNumber || x.cat == Cat::kAdjective)) {
      while (k < n_ && (v_[k].cat == Cat::kDet || v_[k].cat == Cat::kAdjective || v_[k].cat == Cat::kNumber)) {
        const int m = next(k);
        if (m < n_ && (nominal_like(m) || v_[m].cat == Cat::kAdjective)) k = m; else break;
      }
      while (next(k) < n_ && v_[next(k)].cat == Cat::kNominal && v_[k].tag != Tag::kPron) k = next(k);
      nominal = true;
      continue;
    }
    return -1;
  }
  return -1;
}

void SentenceParser::auxiliary(int i) {
  if (set_.noun_first && !v_[i].is(kCopula) && v_[i].tag != Tag::kAux) { verb(i); return; }
  const int v = verb_after_aux(i);
  if (v >= 0 && v != i) { aux_list_[auxes_++] = static_cast<int16_t>(i); return; }
  verb(i);
}

}  // namespace biruni
