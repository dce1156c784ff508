// The noun phrase of a head word, and the words coordinated with it. Read by actor/, event/, stance/, claim/.
//
//   WordRange np = noun_phrase(a, head);              // "the Russian foreign minister" of "minister"
//   for_each_conjunct(a.clauses, head, [&](uint32_t w) { ... });   // head, then what is joined to it
//
// A phrase is contiguous: flat and fixed parts, determiners, numbers, adjectives, compounds and genitives, with the case
// words of the genitives. It ends before a relative clause, an apposition after a comma, a coordinated part, a bracket.
// A proclitic is a word of its own before the phrase and therefore outside. Quotation marks inside it count with it.
// Pure functions, no allocation; cost: the words of the phrase. Needs ClauseLayer with child lists (finish() was run).
#pragma once
#include <cstdint>

#include "model/analysis.h"

namespace biruni {

namespace phrase_detail {

inline constexpr int kMaxDepth = 8;

/// Whether a dependent belongs to the phrase of its head.
inline bool inside(const Analysis& a, uint32_t head, uint32_t child) {
  const Dep& d = a.clauses.deps[child];
  switch (d.rel) {
    case Rel::kFlat: case Rel::kFixed: case Rel::kDet: case Rel::kNum: case Rel::kAdj: case Rel::kNmod: case Rel::kGen:
      return true;
    case Rel::kAdv:  // "very high official"
      return a.words.words[head].tag == Tag::kAdj || a.words.words[head].tag == Tag::kNum;
    case Rel::kConj: case Rel::kCc:  // "political and military leaders"
      return a.words.words[head].tag == Tag::kAdj && a.words.words[child].tag != Tag::kNoun &&
             a.words.words[child].tag != Tag::kPropn && a.words.words[child].tag != Tag::kVerb &&
             a.clauses.deps[head].rel == Rel::kAdj;
    case Rel::kAppos:  // a name beside its title, nothing between them
      return a.words.words[child].tag == Tag::kPropn || a.words.words[head].tag == Tag::kPropn;
    default:
      return false;
  }
}

/// Marks that may stand inside a phrase: quotation marks, hyphens, apostrophes, slash.
inline bool soft_mark(const Analysis& a, uint32_t w) {
  if (a.words.words[w].tag != Tag::kPunct) return false;
  switch (a.text.tokens[a.words.words[w].token].punct) {
    case '"': case '\'': case '-': case '/': case 0xAB: case 0xBB: case 0x2018: case 0x2019: case 0x201C: case 0x201D:
    case 0x2010: case 0x2011: case 0x201E:
      return true;
    default:
      return false;
  }
}
inline bool quote_mark(const Analysis& a, uint32_t w) {
  const char32_t p = a.text.tokens[a.words.words[w].token].punct;
  return soft_mark(a, w) && p != '-' && p != '/' && p != 0x2010 && p != 0x2011;
}
inline bool soft_gap(const Analysis& a, uint32_t first, uint32_t last) {
  if (last > first + 1) return false;
  return first >= last || soft_mark(a, first);
}

inline WordRange build(const Analysis& a, uint32_t head, int depth) {
  WordRange r{head, head + 1};
  const ClauseLayer& c = a.clauses;
  if (depth >= kMaxDepth || head + 1 >= c.child_begin.size()) return r;
  const uint32_t* begin = c.children_begin(head);
  const uint32_t* end = c.children_end(head);
  const uint32_t* right = begin;
  while (right != end && *right < head) ++right;
  for (const uint32_t* p = right; p != begin;) {  // leftwards
    const uint32_t child = *--p;
    if (!inside(a, head, child)) {
      if (c.deps[child].rel == Rel::kPunct || c.deps[child].rel == Rel::kCase) continue;
      break;
    }
    WordRange sub = build(a, child, depth + 1);
    const uint32_t mark = c.deps[child].case_word;
    if (mark != kNone && mark >= sub.last && mark < r.first && mark <= sub.last + 1) sub.last = mark + 1;
    if (sub.last > r.first || !soft_gap(a, sub.last, r.first)) break;
    r.first = sub.first;
    if (mark != kNone && mark < r.first && mark + 2 >= r.first) r.first = mark;
  }
  for (const uint32_t* p = right; p != end; ++p) {
    const uint32_t child = *p;
    if (!inside(a, head, child)) {
      if (c.deps[child].rel == Rel::kPunct || c.deps[child].rel == Rel::kCase) continue;
      break;
    }
    WordRange sub = build(a, child, depth + 1);
    const uint32_t mark = c.deps[child].case_word;
    if (mark != kNone && mark < sub.first && mark >= r.last) sub.first = mark;
    if (mark != kNone && mark == sub.last && c.deps[child].rel == Rel::kGen) sub.last = mark + 1;
    if (sub.first < r.last) {
      if (sub.last > r.last) r.last = sub.last;
      continue;
    }
    if (!soft_gap(a, r.last, sub.first)) break;
    const bool opened = sub.first > r.last && quote_mark(a, r.last);
    r.last = sub.last;
    if (opened && r.last < a.words.words.size() && quote_mark(a, r.last)) ++r.last;
  }
  return r;
}

}  // namespace phrase_detail

/// The noun phrase that `head` heads. At least the head itself; never ends in punctuation except a closing quote.
inline WordRange noun_phrase(const Analysis& a, uint32_t head) {
  if (head >= a.clauses.deps.size()) return {head, head + 1};
  return phrase_detail::build(a, head, 0);
}

/// The word that stands for a whole coordination: the first conjunct.
inline uint32_t first_conjunct(const ClauseLayer& c, uint32_t w) {
  for (int steps = 0; steps < 16 && w < c.deps.size() && c.deps[w].rel == Rel::kConj && c.deps[w].head != kNone; ++steps) {
    w = c.deps[w].head;
  }
  return w;
}

/// Calls fn(word) for `head` and for every word coordinated with it below it (A, B and C: called with A, B, C).
template <class Fn>
inline void for_each_conjunct(const ClauseLayer& c, uint32_t head, Fn&& fn, int depth = 0) {
  fn(head);
  if (depth >= 16 || head + 1 >= c.child_begin.size()) return;
  for (const uint32_t* p = c.children_begin(head); p != c.children_end(head); ++p) {
    if (c.deps[*p].rel == Rel::kConj) for_each_conjunct(c, *p, fn, depth + 1);
  }
}

}  // namespace biruni
