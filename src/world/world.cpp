#include "world/world.h"

#include <algorithm>

namespace biruni {
namespace {

template <class Row, class Key>
std::span<const Row> range_of(std::span<const Row> rows, uint32_t value, Key key) {
  const auto lo = std::lower_bound(rows.begin(), rows.end(), value, [&](const Row& r, uint32_t v) { return key(r) < v; });
  auto hi = lo;
  while (hi != rows.end() && key(*hi) == value) ++hi;
  return {lo, hi};
}

}  // namespace

World::World(std::shared_ptr<const Pack> pack)
    : pack_(std::move(pack)),
      entities_(pack_->section<EntityRow>("world/entities")),
      by_id_(pack_->section<uint32_t>("world/by_id")),
      names_(pack_->section<NameRow>("world/names")),
      members_(pack_->section<MemberRow>("world/members")),
      offices_(pack_->section<OfficeRow>("world/offices")),
      places_(pack_->section<PlaceRow>("world/places")),
      facts_(pack_->section<FactRow>("world/facts")),
      sectors_(pack_->section<StrId>("world/sectors")),
      langs_(pack_->section<StrId>("world/langs")) {}

uint32_t World::find(std::string_view id) const {
  const auto it = std::lower_bound(by_id_.begin(), by_id_.end(), id,
                                   [&](uint32_t e, std::string_view v) { return this->id(e) < v; });
  return it != by_id_.end() && this->id(*it) == id ? *it : kNone;
}

std::string_view World::name_in(uint32_t entity, std::string_view lang) const {
  const uint32_t l = lang_index(lang);
  for (const NameRow& n : names_of(entity))
    if (n.lang == l && (n.kind == NameKind::kName || n.kind == NameKind::kCapital || n.kind == NameKind::kPlace)) return pack_->str(n.text);
  for (const NameRow& n : names_of(entity))
    if (n.lang == l && n.kind != NameKind::kEvaluative) return pack_->str(n.text);
  return {};
}

std::span<const NameRow> World::names_of(uint32_t e) const {
  return range_of(names_, e, [](const NameRow& r) { return r.entity; });
}
std::span<const MemberRow> World::members_of(uint32_t org) const {
  return range_of(members_, org, [](const MemberRow& r) { return r.org; });
}
std::span<const OfficeRow> World::offices_of(uint32_t person) const {
  return range_of(offices_, person, [](const OfficeRow& r) { return r.person; });
}
std::span<const FactRow> World::facts_of(uint32_t subject) const {
  return range_of(facts_, subject, [](const FactRow& r) { return r.subject; });
}

bool World::is_member(uint32_t org, uint32_t member, DateKey on) const {
  for (const MemberRow& m : members_of(org)) {
    const auto role = pack_->str(m.role);
    if (m.member == member && (role == "member" || role == "founder") && valid_on(m.from, m.to, on)) return true;
  }
  return false;
}

uint32_t World::holder(uint32_t country_or_body, std::string_view office, DateKey on) const {
  uint32_t best = kNone;
  DateKey best_from = -1;
  for (const OfficeRow& o : offices_) {
    if (o.country != country_or_body && o.body != country_or_body) continue;
    if (pack_->str(o.office) != office || !valid_on(o.from, o.to, on)) continue;
    if (o.from > best_from) { best = o.person; best_from = o.from; }
  }
  return best;
}

uint8_t World::sector_index(std::string_view code) const {
  for (size_t i = 1; i < sectors_.size(); ++i)
    if (pack_->str(sectors_[i]) == code) return static_cast<uint8_t>(i);
  return 0;
}

uint32_t World::lang_index(std::string_view lang) const {
  for (size_t i = 0; i < langs_.size(); ++i)
    if (pack_->str(langs_[i]) == lang) return static_cast<uint32_t>(i);
  return kNone;
}

EntityType World::record_type(WorldType t) {
  switch (t) {
    case WorldType::kCountry: return EntityType::kCountry;
    case WorldType::kRegion: return EntityType::kRegion;
    case WorldType::kOrganization: case WorldType::kMedia: return EntityType::kOrganization;
    case WorldType::kArmedGroup: return EntityType::kArmedGroup;
    case WorldType::kPerson: return EntityType::kPerson;
    case WorldType::kParty: case WorldType::kMovement: case WorldType::kGroup: return EntityType::kGroup;
    case WorldType::kPlace: return EntityType::kPlace;
  }
  return EntityType::kNone;
}

}  // namespace biruni
