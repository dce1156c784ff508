// Who held an office of a state or body on a day. Built once from the offices of the world; look-ups allocate nothing and
// cost one binary search and the holders of that body (a few dozen at most).
#pragma once
#include <algorithm>
#include <string_view>
#include <vector>

#include "world/world.h"

namespace biruni {

/// Offices that a role word may name (flag office= of roles.tsv), in this order from 1.
enum class OfficeKind : uint8_t { kNone, kPresident, kMonarch, kPremier, kForeign, kDefence, kSecretaryGeneral, kCrownPrince, kSupremeLeader };

class OfficeIndex {
 public:
  OfficeIndex() = default;
  explicit OfficeIndex(const World& world);
  /// The person who held it on `on` (yyyymmdd; 0: unknown, nobody is named); kNone if none or if two held it.
  uint32_t holder(uint32_t country_or_body, OfficeKind kind, DateKey on) const;

 private:
  enum class Row : uint8_t { kPresident, kHeadOfState, kHeadOfGovernment, kMonarch, kForeign, kDefence, kSecretaryGeneral, kCrownPrince, kLeader };
  struct Term { uint32_t body = kNone, person = kNone; Row office = Row::kPresident; DateKey from = 0, to = 0; };
  uint32_t on_day(uint32_t body, Row office, DateKey on) const;
  std::vector<Term> terms_;  // sorted by body
};

}  // namespace biruni
