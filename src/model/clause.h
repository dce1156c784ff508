// The clause layer: a dependency tree over words and the clauses in it. Written by clause/.
#pragma once
#include <cstdint>
#include <vector>

#include "base/span.h"

namespace biruni {

/// Relation of a word to its head. Frames of packs name the first group; see docs/formats/packs.md.
enum class Rel : uint8_t {
  kNone, kRoot,
  kSubj, kObj, kObj2, kAgent, kGen, kAdj, kNmod, kComp, kAppos,
  kObl,      // governed by a preposition: Dep::case_word / case_expression say which
  kAdvcl,    // adverbial clause; Clause::marker says which
  kAcl,      // relative clause or participial modifier of a noun
  kConj,     // coordinated with its head (same relation as the head's own)
  kAux, kNeg, kMark, kCase, kCc, kDet, kNum, kAdv, kTime, kFlat, kFixed, kPrt, kPunct, kParataxis, kDep,
};

struct Dep {
  uint32_t head = kNone;             // word index; kNone for a root
  Rel rel = Rel::kNone;
  uint32_t case_word = kNone;        // for kObl/kAgent/kGen: the preposition word (first word of it)
  uint32_t clause = kNone;           // the clause this word belongs to
};

enum class ClauseKind : uint8_t { kMain, kComplement, kRelative, kAdverbial, kConditional, kPurpose, kCause, kTemporal, kConcessive, kParticipial, kInfinitive, kQuestion };

struct Clause {
  uint32_t predicate = kNone;  // word index of its head predicate (verb, or nominal predicate)
  uint32_t subject = kNone;    // head word of the subject; for a control/relative/participial clause the understood one
  uint32_t parent = kNone;     // index of the clause it depends on
  uint32_t marker = kNone;     // complementizer / subordinator word
  WordRange words;             // extent (may contain child clauses)
  ClauseKind kind = ClauseKind::kMain;
  bool negated = false;        // a negation governs the predicate
  bool passive = false;
  bool question = false;
  bool coordinated = false;    // joined to `parent` by coordination, same level
};

/// deps[w] is the row of word w. Children of a word: use children(w) (sorted by position).
struct ClauseLayer {
  std::vector<Dep> deps;
  std::vector<Clause> clauses;
  std::vector<uint32_t> child_begin;  // size words+1, offsets into child_list
  std::vector<uint32_t> child_list;
  const uint32_t* children_begin(uint32_t w) const { return child_list.data() + child_begin[w]; }
  const uint32_t* children_end(uint32_t w) const { return child_list.data() + child_begin[w + 1]; }
  void clear() { deps.clear(); clauses.clear(); child_begin.clear(); child_list.clear(); }
};

}  // namespace biruni
