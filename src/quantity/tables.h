// Row types of the quantity sections of a pack, shared by compiler and stage.
//
//   common/units                 UnitRow
//   LANG/number_words            PhraseRow, cls = NumberKind
//   LANG/number_units            PhraseRow, cls = index into common/units, value = unit_place
//   LANG/number_bounds           PhraseRow, cls = place * 16 + Bound, value = bound_flag
//   LANG/number_settings         NumberSettings
//   LANG/number_rules            StrId per QuantityRule
#pragma once
#include <cstdint>

#include "pack/pack.h"

namespace biruni {

struct UnitRow {
  StrId id = 0;         // as printed in records: km, km2, people, USD, percent
  StrId dimension = 0;  // length area mass volume money count temperature ratio time speed energy
  StrId base = 0;       // base unit of the dimension
  uint32_t unused = 0;
  double factor = 1;    // value * factor = value in the base unit; 0: not convertible
};

enum class BoundPlace : uint32_t { kBefore, kAfter, kBetween, kFrom, kTo };
inline constexpr const char* kBoundPlaces[] = {"before", "after", "between", "from", "to"};
inline constexpr const char* kBoundNames[] = {"exact", "about", "at_least", "more_than", "at_most", "less_than", "range"};
inline constexpr double kBoundIsVerb = 1;  // the word is the clause's verb: sets the bound, is no part of the phrase

inline constexpr double kUnitMayPrecede = 1;  // "$ 20"

enum class QuantityRule : uint32_t { kCardinal, kOrdinal, kFraction, kPercent, kRange, kVague, kDual, kRelative, kCount };
inline constexpr const char* kQuantityRules[] = {"number.cardinal", "number.ordinal", "number.fraction", "number.percent",
                                                 "number.range", "number.vague", "number.dual", "number.relative"};

}  // namespace biruni
