// Rows of the compiled token patterns of one table (claims, links). Written by pattern/compile, read by pattern/matcher.
//   LANG/NAME_patterns PatternRow | _elements PatternElementRow | _alternatives AlternativeRow | _atoms uint32 (atom numbers)
//   _keys, _lemmas AtomEntry (sorted) | _classes ClassRow | _terms TermRow | _term_kinds ClassRow
#pragma once
#include <cstdint>

#include "pack/pack.h"

namespace biruni {

enum class ElementKind : uint8_t { kWords, kSlot, kGap, kWideGap, kNot, kStart, kEnd, kPause };

/// What a slot may hold.
enum class SlotKind : uint8_t {
  kCountry, kOrg, kBody, kEntity, kPerson, kPlace, kAdjective, kList, kBoth, kNumber, kOrdinal, kYear, kDay, kTerm, kPronoun, kPhrase, kCount
};
inline constexpr const char* kSlotNames[] = {"country", "org", "body", "entity", "person", "place", "adj", "list",
                                             "both", "number", "ordinal", "year", "day", "term", "pron", "np"};

struct PatternElementRow {
  ElementKind kind = ElementKind::kWords;
  uint8_t optional = 0;
  uint8_t slot = 0;            // letter of the slot
  SlotKind slot_kind = SlotKind::kCountry;
  uint32_t begin = 0, end = 0; // alternatives (kWords, kNot)
  uint32_t arg = 0;            // gap: most words; number: StrId of the dimension; list: least members; term: StrId of the kind
};

struct AlternativeRow { uint32_t begin = 0, end = 0; };          // atoms, one after the other
struct AtomEntry { uint32_t id = 0, atom = 0; };                 // key or lemma -> atom
struct ClassRow { StrId name = 0; uint32_t begin = 0, end = 0; };// alternatives, or terms
struct TermRow { StrId id = 0; StrId reference = 0; uint32_t alternative = 0; };

struct PatternRow {
  StrId id = 0, kind = 0, flags = 0;
  uint32_t begin = 0, end = 0;       // elements
  uint32_t anchor = 0;               // element that must be words; kNone: the pattern begins with ^
  uint32_t words = 0;                // how many of its elements are words: the more, the surer
};

}  // namespace biruni
