#include "actor/office.h"

#include "actor/sentence.h"

namespace biruni {
using namespace actor_class;

OfficeIndex::OfficeIndex(const World& world) {
  static constexpr std::pair<std::string_view, Row> kNames[] = {
      {"president", Row::kPresident}, {"head_of_state", Row::kHeadOfState}, {"head_of_government", Row::kHeadOfGovernment},
      {"monarch", Row::kMonarch}, {"foreign_minister", Row::kForeign}, {"defence_minister", Row::kDefence},
      {"secretary_general", Row::kSecretaryGeneral}, {"crown_prince", Row::kCrownPrince}, {"leader", Row::kLeader}};
  for (const OfficeRow& o : world.offices()) {
    const uint32_t body = o.body != kNone ? o.body : o.country;
    if (body == kNone) continue;
    for (const auto& [name, row] : kNames)
      if (world.pack().str(o.office) == name) terms_.push_back({body, o.person, row, o.from, o.to});
  }
  std::stable_sort(terms_.begin(), terms_.end(), [](const Term& a, const Term& b) { return a.body < b.body; });
}

// Of terms that overlap (sources end some too late) the one that began last.
uint32_t OfficeIndex::on_day(uint32_t body, Row office, DateKey on) const {
  auto it = std::lower_bound(terms_.begin(), terms_.end(), body, [](const Term& t, uint32_t b) { return t.body < b; });
  uint32_t person = kNone;
  DateKey from = -1;
  for (; it != terms_.end() && it->body == body; ++it)
    if (it->office == office && it->from > from && it->from <= on && valid_on(it->from, it->to, on)) { person = it->person; from = it->from; }
  return person;
}

uint32_t OfficeIndex::holder(uint32_t body, OfficeKind kind, DateKey on) const {
  if (!on) return kNone;
  auto first_of = [&](std::initializer_list<Row> offices) {
    for (const Row office : offices)
      if (const uint32_t p = on_day(body, office, on); p != kNone) return p;
    return kNone;
  };
  switch (kind) {
    case OfficeKind::kPresident: return first_of({Row::kPresident, Row::kHeadOfState});
    case OfficeKind::kMonarch: return first_of({Row::kMonarch, Row::kHeadOfState});
    case OfficeKind::kPremier: return first_of({Row::kHeadOfGovernment});
    case OfficeKind::kForeign: return first_of({Row::kForeign});
    case OfficeKind::kDefence: return first_of({Row::kDefence});
    case OfficeKind::kSecretaryGeneral: return first_of({Row::kSecretaryGeneral});
    case OfficeKind::kCrownPrince: return first_of({Row::kCrownPrince});
    case OfficeKind::kSupremeLeader: return first_of({Row::kLeader, Row::kHeadOfState});
    case OfficeKind::kNone: break;
  }
  return kNone;
}

// The person whom an office without a name means: one holder, not a former, future or indefinite one.
uint32_t SentenceActors::holder(const Unit& u, uint32_t country_or_body) const {
  if (u.role == kNone || u.number == 3 || u.number == 2 || u.indefinite || (u.classes & (kFormer | kDelegate))) return kNone;
  const auto kind = static_cast<OfficeKind>(c_.lexicon->roles()[u.role].flags >> role_flag::kOfficeShift);
  if (kind == OfficeKind::kNone) return kNone;
  for (uint32_t w = u.phrase.first; w < u.phrase.last; ++w)  // the former president, the next president
    if (!u.words.contains(w) && (word(w).tag == Tag::kAdj || (classes(w) & kFormer)) && unit_at(w) == kNone) return kNone;
  return c_.offices.holder(country_or_body, kind, st_.on);
}

// "the Syrian army", "the Ukrainian parliament": the words themselves are the kind of organ and the state.
bool SentenceActors::described_organ(const Unit& u) const {
  bool role = false, country = false;
  for (uint32_t w = u.words.first; w < u.words.last; ++w) {
    if (punct(w)) continue;
    const uint32_t entity = demonym_at(w);
    country = country || (entity != kNone && entity == u.country);
    role = role || role_at(w) != kNone;
  }
  return role && (country || u.words.size() == 1 || u.phrase.size() > u.words.size());
}

}  // namespace biruni
