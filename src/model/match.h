// The match layer: names and fixed expressions found by the lexicon matcher. Written by lexicon/.
#pragma once
#include <cstdint>
#include <vector>

#include "base/span.h"

namespace biruni {

/// A name of the world tables. `name` is a row of the name table (several rows may match one range: ambiguity).
struct NameMatch {
  WordRange words;
  uint32_t name = kNone;      // index into World names; candidates of one range stand together, best first
  uint16_t candidates = 1;    // how many follow for the same range, this one included
};

/// A fixed expression of the language (multi-word preposition, subordinator, role title ...): `expression` indexes the
/// language's expression table, which gives its tag and classes.
/// `lemma`: the expression's own row of the lemma table, so that frames and classes can name it ("according to").
struct ExpressionMatch {
  WordRange words;
  uint32_t expression = kNone;
  uint32_t lemma = kNone;
};

struct MatchLayer {
  std::vector<NameMatch> names;              // in text order; longest match wins, no overlaps except same-range candidates
  std::vector<ExpressionMatch> expressions;  // in text order, no overlaps
  std::vector<uint32_t> name_at;             // per word: index into `names` of the match that begins or covers it, kNone
  std::vector<uint32_t> expression_at;       // per word: index into `expressions` that covers it, kNone
  void clear() { names.clear(); expressions.clear(); name_at.clear(); expression_at.clear(); }
};

}  // namespace biruni
