// Words -> nodes: classes and subcategorisation of each word; names, times, quantities and fixed phrases as units.
#include "clause/parser.h"

#include <new>

#include "lexicon/lexicon.h"

namespace biruni {

void SentenceParser::make_unit(int first, int last, int head, Rel inner) {
  if (first < 0 || last > n_ || first >= last || head < first || head >= last) return;
  for (int i = first; i < last; ++i) {
    if (v_[i].inner || v_[i].end != i + 1) return;  // overlaps an earlier unit
  }
  for (int i = first; i < last; ++i) {
    if (i == head) continue;
    v_[i].inner = true;
    attach(i, head, inner);
  }
  v_[first].end = static_cast<int16_t>(last);
  v_[head].end = static_cast<int16_t>(last);
  v_[head].unit_first = static_cast<int16_t>(first);
}

void SentenceParser::load() {
  for (int i = 0; i < n_; ++i) {
    Node& x = *new (&v_[i]) Node{};
    const Word& w = in_.words.words[base_ + i];
    x.end = static_cast<int16_t>(i + 1);
    x.unit_first = static_cast<int16_t>(i);
    x.tag = w.tag;
    x.feats = w.feats;
    const WordEntry e = g_.entry(w);
    x.cls = e.classes;
    x.prep = e.prep;
    x.noun_score = e.noun;
    x.verb_score = e.verb;
    if (w.tag == Tag::kAdp && e.prep < 0) { x.noun_score = 1; x.verb_score = 3; }
    const Subcat s = g_.subcat(w.lemma);
    x.gov = s.preps;
    x.sub = s.flags;
    if (x.get(feat::kVerbForm) == 2 && (w.tag == Tag::kNoun)) x.sub |= subcat_flag::kEvent;
    x.time = x.is(word_class::kTimeNoun);
    x.definite = x.get(feat::kDef) || w.tag == Tag::kPropn || w.tag == Tag::kPron || x.get(feat::kPoss);
    const uint32_t form = x.get(feat::kVerbForm);
    x.finite = (w.tag == Tag::kVerb || w.tag == Tag::kAux) && form < 2;
  }
  fold_matches();
  fold_expressions();
  fold_phrases();
  for (int i = 0; i < n_; ++i) {
    if (!v_[i].inner) v_[i].cat = category(i);
  }
  if (!set_.noun_first) mend_categories();
  // a dual that only stands before its genitive, without one: spelled like the accusative singular
  for (int i = 0; set_.genitive_bare && i < n_; ++i) {
    Node& x = v_[i];
    if (x.inner || x.cat != Cat::kNominal || x.name || x.get(feat::kNumber) != 2 || !x.get(feat::kConstruct) || x.get(feat::kCase) != 1) continue;
    const int a = next(i);
    if (a < n_ && (v_[a].inner || v_[a].cat == Cat::kNominal || v_[a].cat == Cat::kNumber || v_[a].cat == Cat::kDet ||
                   (v_[a].cat == Cat::kAdjective && v_[a].definite))) continue;
    x.feats = feat::set(feat::set(x.feats, feat::kConstruct, 0), feat::kNumber, 1);
    x.feats = feat::set(feat::set(x.feats, feat::kCase, 3), feat::kTanwin, 1);
  }
}

// Where a report was sent from, with agency and date, before a dash: names, numbers, times and brackets only, a place
// among them, and no second dash that would close a parenthesis.
int SentenceParser::dateline() const {
  int names = 0, brackets = 0;
  bool shouted = false, marked = false;
  for (int i = 0; i < n_ && i < kMaxDateline; ++i) {
    const Word& w = in_.words.words[base_ + i];
    const Token& t = in_.text.tokens[w.token];
    const Node& x = v_[i];
    if (t.kind == TokenKind::kPunct) {
      const char32_t p = t.punct;
      const bool dash = (p == U'-' && (t.flags & token_flag::kSpaceBefore)) || p == 0x2013 || p == 0x2014;
      if (dash) {
        if (names == 0 || brackets || i + 4 > n_) return 0;
        const bool begins = (in_.text.tokens[in_.words.words[base_ + i + 1].token].flags & token_flag::kCapital) != 0;
        if (!shouted && !marked && !begins) return 0;
        for (int k = i + 1; k < n_ && k < i + kMaxDateline; ++k) {
          const Token& other = in_.text.tokens[in_.words.words[base_ + k].token];
          if (other.kind == TokenKind::kPunct && other.punct == p && (p != U'-' || (other.flags & token_flag::kSpaceBefore))) return 0;
        }
        return i + 1;
      }
      if (p == U'(') ++brackets;
      else if (p == U')') --brackets;
      if (p == U'(' || p == U',' || p == 0x060C) marked = marked || names > 0;
      else if (p != U')' && p != U'/' && p != U'.' && p != U':') return 0;
      continue;
    }
    const bool capital = (t.flags & token_flag::kCapital) != 0;
    if (t.flags & token_flag::kAllCaps) shouted = true;
    if (x.name || (capital && (x.tag == Tag::kPropn || x.tag == Tag::kNoun || x.tag == Tag::kX || (t.flags & token_flag::kAllCaps)))) { ++names; continue; }
    if (x.time || x.tag == Tag::kNum || (x.inner && x.rel == Rel::kFlat) || brackets > 0) continue;
    return 0;
  }
  return 0;
}

// Verb forms where only a noun can stand: between an article or possessive and what follows (a military base), and
// where a subject is due, right before a verb of saying in the past.
void SentenceParser::mend_categories() {
  const auto joined = [&](int i) {  // no space before it
    return i < n_ && !(in_.text.tokens[in_.words.words[base_ + i].token].flags & token_flag::kSpaceBefore);
  };
  for (int i = 0; i < n_; ++i) {
    Node& x = v_[i];
    if (x.cat != Cat::kVerb || x.inner) continue;
    // the second half of a compound before its noun: a rebel-held town
    if (i >= 2 && v_[i - 1].cat == Cat::kPunct && in_.text.tokens[in_.words.words[base_ + i - 1].token].punct == U'-' && joined(i) && joined(i - 1) &&
        (x.get(feat::kVerbForm) >= 3 || x.get(feat::kAspect) == 1)) {
      x.cat = Cat::kAdjective;
      x.finite = false;
      continue;
    }
    if (!x.finite) continue;
    int b = i - 1;
    while (b >= 0 && v_[b].cat == Cat::kAdjective && !v_[b].inner) --b;
    const bool determined = b >= 0 && (v_[b].cat == Cat::kPossessive || (v_[b].is(word_class::kAttributive) && !v_[b].inner));
    const int a = next(i);
    bool subject = false;
    if (a < n_ && v_[a].cat == Cat::kVerb && (v_[a].sub & subcat_flag::kSay) && x.get(feat::kAspect) != 1 &&
        (v_[a].get(feat::kAspect) == 1 || v_[a].get(feat::kVerbForm) == 4)) {
      subject = b == i - 1 && (b < 0 || v_[b].cat == Cat::kPunct || v_[b].cat == Cat::kMarker || v_[b].cat == Cat::kCc);
    }
    if (!determined && !subject) continue;
    x.cat = Cat::kNominal;
    x.tag = Tag::kNoun;
    x.finite = false;
    x.feats = feat::set(x.feats, feat::kVerbForm, 0);
  }
}

void SentenceParser::fold_expressions() {
  const auto& rows = in_.matches.expressions;
  size_t lo = 0, hi = rows.size();
  while (lo < hi) {
    const size_t mid = (lo + hi) / 2;
    if (rows[mid].words.first < base_) lo = mid + 1; else hi = mid;
  }
  for (; lo < rows.size() && rows[lo].words.last <= base_ + n_; ++lo) {
    const int a = static_cast<int>(rows[lo].words.first - base_), b = static_cast<int>(rows[lo].words.last - base_);
    Tag tag = Tag::kX;
    if (!g_.expression_tag(rows[lo].expression, tag) || b - a < 2 || v_[a].inner || v_[a].end != a + 1) continue;
    make_unit(a, b, a, Rel::kFixed);
    if (v_[a].end != b) continue;
    const WordEntry e = g_.expression_entry(rows[lo].expression);
    Node& x = v_[a];
    x.cls = e.classes;
    x.prep = e.prep;
    x.noun_score = e.noun;
    x.verb_score = e.verb;
    x.tag = tag;
    x.feats = 0;
    x.gov = 0;
    x.sub = 0;
    x.finite = false;
    x.time = false;
    x.name = false;
    // a preposition that ends in an attached one governs by that one
    if (tag == Tag::kAdp && x.prep < 0) {
      const WordEntry last = g_.entry(in_.words.words[base_ + b - 1]);
      x.prep = last.prep;
      x.noun_score = 1;
      x.verb_score = 3;
      x.cls |= word_class::kPreposition;
    }
    if (tag == Tag::kSconj && !(x.cls & word_class::kSubordinator)) x.cls |= word_class::kTemporal;
  }
}

void SentenceParser::fold_phrases() {
  for (int i = 0; i < n_; ++i) {
    if (!(in_.words.words[base_ + i].asks & ask::kPhrase) || v_[i].inner || v_[i].end != i + 1) continue;
    for (const GrammarPhraseRow& p : g_.phrases(in_.words.words[base_ + i].key)) {
      if (i + static_cast<int>(p.count) > n_) continue;
      const auto words = g_.phrase_words(p);
      bool same = true;
      for (uint32_t k = 1; k < p.count && same; ++k) {
        same = in_.words.words[base_ + i + k].key == words[k] && !v_[i + k].inner;
      }
      if (!same) continue;
      make_unit(i, i + static_cast<int>(p.count), i, Rel::kFixed);
      const WordEntry e = g_.entry_of(p.entry);
      Node& x = v_[i];
      x.cls = e.classes;
      x.prep = e.prep;
      x.noun_score = e.noun;
      x.verb_score = e.verb;
      x.tag = static_cast<Tag>(p.tag);
      x.gov = 0;
      x.sub = 0;
      x.finite = false;
      break;
    }
  }
}

namespace {
template <class Row>
size_t first_row(const std::vector<Row>& rows, uint32_t word) {
  size_t lo = 0, hi = rows.size();
  while (lo < hi) {
    const size_t mid = (lo + hi) / 2;
    if (rows[mid].words.first < word) lo = mid + 1; else hi = mid;
  }
  return lo;
}
}  // namespace

void SentenceParser::fold_matches() {
  const uint32_t last = base_ + n_;
  const auto local = [&](uint32_t w) { return static_cast<int>(w - base_); };
  const auto& names = in_.matches.names;
  for (size_t k = first_row(names, base_); k < names.size() && names[k].words.last <= last; ++k) {
    const int a = local(names[k].words.first), b = local(names[k].words.last);
    if (a < 0 || a >= n_ || v_[a].name) continue;
    int h = a;
    while (h < b - 1 && v_[h].tag == Tag::kDet) ++h;  // an article inside the name
    if (b - a > 1) make_unit(a, b, h, Rel::kFlat);
    if (v_[h].inner) continue;
    v_[h].name = true;
    if (v_[h].tag != Tag::kAdj || b - a > 1) { v_[h].tag = Tag::kPropn; v_[h].definite = true; v_[h].finite = false; }
  }
  const auto& times = in_.times.rows;
  for (size_t k = first_row(times, base_); k < times.size() && times[k].words.last <= last; ++k) {
    int a = local(times[k].words.first);
    const int b = local(times[k].words.last);
    while (a < b - 1 && v_[a].tag == Tag::kAdp) ++a;
    if (a >= b) continue;
    int head = a;
    for (int i = a; i < b; ++i) {
      const Tag t = v_[i].tag;
      const bool nominal = t == Tag::kNoun || t == Tag::kPropn;
      if (nominal && (!set_.noun_first || v_[head].tag == Tag::kNum || v_[head].tag == Tag::kDet)) {
        head = i;
        if (set_.noun_first) break;
      }
    }
    make_unit(a, b, head, Rel::kFlat);
    if (v_[head].tag != Tag::kAdv) v_[head].tag = Tag::kNoun;
    v_[head].time = true;
    v_[head].finite = false;
  }
  const auto& quantities = in_.quantities.rows;
  for (size_t k = first_row(quantities, base_); k < quantities.size() && quantities[k].words.last <= last; ++k) {
    const Quantity& q = quantities[k];
    int a = local(q.words.first);
    const int b = local(q.words.last);
    const auto fixed = [&](int i) {  // "at least six": no preposition of its own
      const auto& at = in_.matches.expression_at;
      return base_ + i + 1 < at.size() && at[base_ + i] != kNone && at[base_ + i] == at[base_ + i + 1];
    };
    // a preposition before the number governs it, unless it bounds it ("some five hundred")
    const auto bounds = [&](int i) { return q.bound == Bound::kAbout && !in_.words.words[base_ + i].clitic; };
    while (a < b - 1 && v_[a].tag == Tag::kAdp && v_[a].is(word_class::kPreposition) && q.number_words.first > base_ + a && !bounds(a) && !fixed(a)) ++a;
    if (q.kind == QuantityKind::kOrdinal || a >= b) continue;
    int head = local(q.number_words.first);
    if (q.counted != kNone && q.words.contains(q.counted)) head = local(q.counted);
    else if (q.unit != kNone && q.words.last > q.number_words.last) head = set_.noun_first ? local(q.number_words.last) : b - 1;
    if (v_[head].tag == Tag::kAdp || v_[head].tag == Tag::kPunct) head = a;
    const bool free = v_[a].end == a + 1 && !v_[a].inner;
    make_unit(a, b, head, Rel::kNum);
    if (!free || head < 0 || head >= n_) continue;
    if (v_[head].tag != Tag::kNoun) v_[head].tag = q.unit != kNone ? Tag::kNoun : Tag::kNum;
    if (q.counted != kNone && q.counted >= base_ && q.counted < last && !q.words.contains(q.counted) && q.unit == kNone) {
      v_[head].counted = static_cast<int16_t>(local(q.counted));
    }
  }
}

Cat SentenceParser::category(int i) const {
  const Node& x = v_[i];
  const Token& t = in_.text.tokens[in_.words.words[base_ + i].token];
  if (x.tag == Tag::kPunct || (t.kind == TokenKind::kPunct && x.tag != Tag::kPart)) return Cat::kPunct;
  if (x.name || x.time) return x.tag == Tag::kAdj ? Cat::kAdjective : (x.tag == Tag::kAdv && !set_.noun_first ? Cat::kAdverb : Cat::kNominal);
  if (x.is(word_class::kIgnore)) return Cat::kSkip;
  if (x.is(word_class::kPossessive)) return Cat::kPossessive;
  if (x.is(word_class::kRelative)) return Cat::kRelative;
  if (x.is(word_class::kCoordinator | word_class::kContrast)) return Cat::kCc;
  if (x.is(word_class::kPreposition) && x.tag != Tag::kSconj) return Cat::kPrep;
  if (x.is(word_class::kSubordinator)) return Cat::kMarker;
  if (x.is(word_class::kNegation | word_class::kAssertion | word_class::kInfinitive | word_class::kQuestion) &&
      (x.tag == Tag::kPart || x.tag == Tag::kAdp || x.tag == Tag::kSconj || x.tag == Tag::kCconj || x.tag == Tag::kX)) return Cat::kParticle;
  if (x.is(word_class::kAuxiliary | word_class::kCopula) && (x.tag == Tag::kVerb || x.tag == Tag::kAux)) return Cat::kAux;
  switch (x.tag) {
    case Tag::kNoun: case Tag::kPropn: case Tag::kX: case Tag::kSym: return Cat::kNominal;
    case Tag::kPron: return Cat::kNominal;
    case Tag::kNum: return Cat::kNumber;
    case Tag::kDet: return Cat::kDet;
    case Tag::kAdj: return Cat::kAdjective;
    case Tag::kVerb: return Cat::kVerb;
    case Tag::kAux: return Cat::kAux;
    case Tag::kAdp: return Cat::kPrep;
    case Tag::kSconj: return Cat::kMarker;
    case Tag::kCconj: return Cat::kAdverb;  // sentence adverbs (therefore); coordinators have their class
    case Tag::kPart: return Cat::kParticle;
    case Tag::kAdv: case Tag::kIntj: return Cat::kAdverb;
    default: return Cat::kSkip;
  }
}

}  // namespace biruni
