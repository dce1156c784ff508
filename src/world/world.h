// The world store: who is who, what is where, what the reference says. A read-only view over sections world/* of the
// pack, compiled from packs/world/*.tsv (docs/formats/packs.md). Immutable, thread-safe; look-ups allocate nothing.
//
//   World world(pack);
//   uint32_t kaz = world.find("KAZ");                     // entity index or kNone
//   for (const FactRow& f : world.facts_of(kaz)) ...       // sorted by property
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "model/mention.h"
#include "pack/pack.h"

namespace biruni {

/// Dates in rows: yyyymmdd with zero for missing parts; 0 = open.
using DateKey = int32_t;

/// True if `on` (yyyymmdd, 0 = unknown) lies in [from, to]; open ends and unknown dates do not exclude.
inline bool valid_on(DateKey from, DateKey to, DateKey on) {
  if (on == 0) return to == 0;
  if (from && from / 10000 * 10000 == from ? on / 10000 * 10000 < from : on < from) return false;
  if (to == 0) return true;
  if (to % 10000 == 0) return on / 10000 <= to / 10000;
  if (to % 100 == 0) return on / 100 <= to / 100;
  return on <= to;
}

enum class WorldType : uint8_t { kCountry, kRegion, kOrganization, kArmedGroup, kParty, kMovement, kMedia, kPerson, kGroup, kPlace };

struct EntityRow {
  StrId id = 0;              // as printed in records
  StrId name = 0;            // usual English name
  uint32_t country = kNone;  // entity index
  DateKey from = 0, to = 0;
  WorldType type = WorldType::kCountry;
  uint8_t sector = 0;        // index into sectors
  uint16_t flags = 0;
  uint32_t place = kNone;    // row of places, for places
  StrId side = 0;
  StrId origin = 0;
};

enum class NameKind : uint8_t { kName, kOfficial, kShort, kAcronym, kOld, kMetonym, kEvaluative, kAmbiguous, kCapital, kPlace, kDemonym };

struct NameRow {
  StrId text = 0;            // as written in the table
  uint32_t entity = 0;
  uint8_t lang = 0;          // order of languages in section world/langs
  NameKind kind = NameKind::kName;
  uint8_t capital = 0;       // 1: must be written with a capital, 2: all capitals
  uint8_t pad = 0;
  DateKey from = 0, to = 0;
};

/// A demonym: adjective lemma of a language -> entity.
struct DemonymRow { uint32_t lemma = 0; uint32_t entity = 0; };

struct MemberRow { uint32_t org = 0, member = 0; DateKey from = 0, to = 0; StrId role = 0; uint32_t unverified = 0; };
struct OfficeRow { uint32_t person = 0; StrId office = 0; uint32_t body = kNone, country = kNone; DateKey from = 0, to = 0; uint32_t unverified = 0; };
struct PlaceRow { uint32_t entity = 0; StrId kind = 0; uint32_t country = kNone; float lat = 0, lon = 0; float population = 0; };
struct FactRow {
  uint32_t subject = 0;
  StrId property = 0, object = 0;   // object: entity id, mineral ... as text
  StrId value = 0;
  double number = 0;                // value as a number, NaN if it is none
  StrId unit = 0, as_of = 0, source = 0;
  uint32_t unverified = 0;          // never decides a verdict
};

class World {
 public:
  explicit World(std::shared_ptr<const Pack> pack);
  uint32_t find(std::string_view id) const;  // entity by id, kNone
  const EntityRow& entity(uint32_t i) const { return entities_[i]; }
  std::span<const EntityRow> entities() const { return entities_; }
  std::string_view id(uint32_t entity) const { return pack_->str(entities_[entity].id); }
  std::string_view name(uint32_t entity) const { return pack_->str(entities_[entity].name); }
  /// Usual name in a language ("ar"), empty if none.
  std::string_view name_in(uint32_t entity, std::string_view lang) const;
  std::span<const NameRow> names() const { return names_; }           // sorted by entity
  std::span<const NameRow> names_of(uint32_t entity) const;
  std::span<const MemberRow> members() const { return members_; }     // sorted by org
  std::span<const MemberRow> members_of(uint32_t org) const;
  bool is_member(uint32_t org, uint32_t member, DateKey on) const;
  std::span<const OfficeRow> offices() const { return offices_; }     // sorted by person
  std::span<const OfficeRow> offices_of(uint32_t person) const;
  /// Holder of an office of a country (or body) on a date, kNone if unknown.
  uint32_t holder(uint32_t country_or_body, std::string_view office, DateKey on) const;
  std::span<const PlaceRow> places() const { return places_; }
  std::span<const FactRow> facts() const { return facts_; }           // sorted by subject, property
  std::span<const FactRow> facts_of(uint32_t subject) const;
  std::span<const StrId> sectors() const { return sectors_; }
  std::string_view sector(uint8_t s) const { return s ? pack_->str(sectors_[s]) : std::string_view{}; }
  uint8_t sector_index(std::string_view code) const;
  uint32_t lang_index(std::string_view lang) const;
  /// Entity types of records: parties, movements are groups; media organisations.
  static EntityType record_type(WorldType t);
  const Pack& pack() const { return *pack_; }

 private:
  std::shared_ptr<const Pack> pack_;
  std::span<const EntityRow> entities_;
  std::span<const uint32_t> by_id_;   // entity indices sorted by id text
  std::span<const NameRow> names_;
  std::span<const MemberRow> members_;
  std::span<const OfficeRow> offices_;
  std::span<const PlaceRow> places_;
  std::span<const FactRow> facts_;
  std::span<const StrId> sectors_;
  std::span<const StrId> langs_;
};

}  // namespace biruni
