#include "world/compile.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include "pack/tsv.h"

namespace biruni {
namespace {

Error bad(const TsvRow& row, const std::string& what, const std::string& hint = "") {
  return Error{ErrorCode::kBadValue, what, row.where(), hint};
}

bool ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }

// 1 if the first letter is a capital, 2 if it is written in capitals alone (an acronym).
uint8_t capital_of(std::string_view text) {
  int upper = 0, lower = 0;
  for (char c : text) {
    upper += ascii_upper(c);
    lower += c >= 'a' && c <= 'z';
  }
  if (upper >= 2 && lower == 0) return 2;
  return !text.empty() && (ascii_upper(text[0]) || static_cast<unsigned char>(text[0]) == 0xC3) ? 1 : 0;
}

class Compiler {
 public:
  Compiler(const std::string& dir, PackWriter& out) : dir_(dir), out_(out) {}
  Result<WorldTables> run(const std::vector<std::string>& langs);

 private:
  Status sectors();
  Status entities();
  Status places();
  Status names();
  Status demonyms();
  Status members();
  Status offices();
  Status facts();
  Result<uint32_t> ref(const TsvRow& row, const std::string& id) const;
  Result<DateKey> date(const TsvRow& row, std::string_view column) const;

  std::string dir_;
  PackWriter& out_;
  WorldTables t_;
  std::vector<PlaceRow> places_;
};

Result<uint32_t> Compiler::ref(const TsvRow& row, const std::string& id) const {
  const auto it = t_.by_id.find(id);
  if (it == t_.by_id.end()) return bad(row, "unknown id '" + id + "'", "add it to packs/world/entities.tsv");
  return it->second;
}

Result<DateKey> Compiler::date(const TsvRow& row, std::string_view column) const {
  const int key = parse_date_key(row[column]);
  if (key < 0) return bad(row, "'" + row[column] + "' is not a date", "YYYY, YYYY-MM or YYYY-MM-DD; leave empty if unknown");
  return key;
}

Status Compiler::sectors() {
  auto table = read_tsv(dir_, "common/sectors", {"sector", "meaning"});
  t_.sectors = {""};
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) t_.sectors.push_back(row["sector"]);
  return Ok{};
}

Status Compiler::entities() {
  static const std::map<std::string, WorldType> kTypes = {
      {"country", WorldType::kCountry}, {"region", WorldType::kRegion}, {"organization", WorldType::kOrganization},
      {"armed_group", WorldType::kArmedGroup}, {"party", WorldType::kParty}, {"movement", WorldType::kMovement},
      {"media", WorldType::kMedia}, {"person", WorldType::kPerson}, {"group", WorldType::kGroup}, {"place", WorldType::kPlace}};
  auto table = read_tsv(dir_, "world/entities", {"id", "type", "sector", "country", "name", "from", "to", "side", "origin"});
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    if (t_.by_id.count(row["id"])) continue;  // the first row of an id wins; check_world.py reports the second
    t_.by_id[row["id"]] = static_cast<uint32_t>(t_.entities.size());
    const auto type = kTypes.find(row["type"]);
    if (type == kTypes.end()) return bad(row, "unknown entity type '" + row["type"] + "'");
    EntityRow e;
    e.id = out_.intern(row["id"]);
    e.name = out_.intern(row["name"]);
    e.type = type->second;
    e.sector = t_.sector(row["sector"]);
    if (!row["sector"].empty() && e.sector == 0) return bad(row, "unknown sector '" + row["sector"] + "'", "see packs/common/sectors.tsv");
    const auto from = date(row, "from"), to = date(row, "to");
    if (!from) return from.error();
    if (!to) return to.error();
    e.from = *from;
    e.to = *to;
    e.side = out_.intern(row["side"]);
    e.origin = out_.intern(row["origin"]);
    t_.entities.push_back(e);
  }
  for (const TsvRow& row : (*table)->rows) {
    if (row["country"].empty()) continue;
    auto country = ref(row, row["country"]);
    if (!country) return country.error();
    t_.entities[t_.by_id[row["id"]]].country = *country;
  }
  return Ok{};
}

Status Compiler::places() {
  auto table = read_tsv(dir_, "world/places", {"id", "name_en", "name_ar", "kind", "country", "lat", "lon", "population", "origin"});
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    if (t_.by_id.count(row["id"])) continue;
    const uint32_t index = static_cast<uint32_t>(t_.entities.size());
    EntityRow e;
    e.id = out_.intern(row["id"]);
    const auto english = split(row["name_en"], '|');
    e.name = out_.intern(english.empty() ? std::string_view(row["id"]) : trim(english[0]));
    e.type = WorldType::kPlace;
    if (!row["country"].empty()) {
      auto country = ref(row, row["country"]);
      if (!country) return country.error();
      e.country = *country;
    }
    e.origin = out_.intern(row["origin"]);
    e.place = static_cast<uint32_t>(places_.size());
    PlaceRow p;
    p.entity = index;
    p.kind = out_.intern(row["kind"]);
    p.country = e.country;
    p.lat = std::strtof(row["lat"].c_str(), nullptr);
    p.lon = std::strtof(row["lon"].c_str(), nullptr);
    p.population = std::strtof(row["population"].c_str(), nullptr);
    if (std::fabs(p.lat) > 90 || std::fabs(p.lon) > 180) return bad(row, "coordinates out of range");
    places_.push_back(p);
    t_.by_id[row["id"]] = index;
    t_.entities.push_back(e);
    const NameKind kind = row["kind"] == "capital" ? NameKind::kCapital : NameKind::kPlace;
    for (size_t l = 0; l < t_.langs.size(); ++l) {
      const std::string column = "name_" + t_.langs[l];
      if (column != "name_en" && column != "name_ar") continue;
      for (auto text : split(row[column], '|')) {
        text = trim(text);
        if (text.empty()) continue;
        t_.names.push_back({out_.intern(text), index, static_cast<uint8_t>(l), kind, capital_of(text), 0, 0, 0});
      }
    }
  }
  return Ok{};
}

Status Compiler::names() {
  static const std::map<std::string, NameKind> kKinds = {
      {"name", NameKind::kName}, {"official", NameKind::kOfficial}, {"short", NameKind::kShort}, {"acronym", NameKind::kAcronym},
      {"old", NameKind::kOld}, {"metonym", NameKind::kMetonym}, {"evaluative", NameKind::kEvaluative}, {"ambiguous", NameKind::kAmbiguous}};
  auto table = read_tsv(dir_, "world/names", {"id", "lang", "name", "kind", "from", "to", "origin"});
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    auto entity = ref(row, row["id"]);
    if (!entity) return entity.error();
    const auto lang = std::find(t_.langs.begin(), t_.langs.end(), row["lang"]);
    if (lang == t_.langs.end()) continue;  // a language without a pack yet
    const auto kind = kKinds.find(row["kind"]);
    if (kind == kKinds.end()) return bad(row, "unknown kind of name '" + row["kind"] + "'");
    const auto from = date(row, "from"), to = date(row, "to");
    if (!from) return from.error();
    if (!to) return to.error();
    t_.names.push_back({out_.intern(row["name"]), *entity, static_cast<uint8_t>(lang - t_.langs.begin()), kind->second,
                        capital_of(row["name"]), 0, *from, *to});
  }
  // The usual English name of an entity is a name in English even without a row.
  const auto en = std::find(t_.langs.begin(), t_.langs.end(), "en");
  if (en != t_.langs.end()) {
    const auto l = static_cast<uint8_t>(en - t_.langs.begin());
    for (uint32_t i = 0; i < t_.entities.size(); ++i) {
      if (t_.entities[i].type == WorldType::kPlace) continue;
      t_.names.push_back({t_.entities[i].name, i, l, NameKind::kName, capital_of(out_.str(t_.entities[i].name)), 0, 0, 0});
    }
  }
  std::stable_sort(t_.names.begin(), t_.names.end(), [](const NameRow& a, const NameRow& b) { return a.entity < b.entity; });
  return Ok{};
}

Status Compiler::demonyms() {
  auto table = read_tsv(dir_, "world/demonyms", {"id", "lang", "adjective", "noun_pl", "origin"});
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    auto entity = ref(row, row["id"]);
    if (!entity) return entity.error();
    t_.demonyms.push_back({*entity, row["lang"], row["adjective"], row["noun_pl"], row.where()});
  }
  return Ok{};
}

Status Compiler::members() {
  auto table = read_tsv(dir_, "world/members", {"org", "member", "from", "to", "role", "origin"});
  if (!table) return table.error();
  std::vector<MemberRow> rows;
  for (const TsvRow& row : (*table)->rows) {
    auto org = ref(row, row["org"]), member = ref(row, row["member"]);
    if (!org) return org.error();
    if (!member) return member.error();
    const auto from = date(row, "from"), to = date(row, "to");
    if (!from) return from.error();
    if (!to) return to.error();
    rows.push_back({*org, *member, *from, *to, out_.intern(row["role"]), row["origin"] == "unverified"});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const MemberRow& a, const MemberRow& b) { return a.org < b.org; });
  out_.add("world/members", rows);
  return Ok{};
}

Status Compiler::offices() {
  auto table = read_tsv(dir_, "world/offices", {"person", "office", "body", "country", "from", "to", "origin"});
  if (!table) return table.error();
  std::vector<OfficeRow> rows;
  for (const TsvRow& row : (*table)->rows) {
    OfficeRow o;
    auto person = ref(row, row["person"]);
    if (!person) return person.error();
    o.person = *person;
    o.office = out_.intern(row["office"]);
    for (auto [column, target] : {std::pair{"body", &o.body}, std::pair{"country", &o.country}}) {
      if (row[column].empty()) continue;
      auto id = ref(row, row[column]);
      if (!id) return id.error();
      *target = *id;
    }
    const auto from = date(row, "from"), to = date(row, "to");
    if (!from) return from.error();
    if (!to) return to.error();
    o.from = *from;
    o.to = *to;
    o.unverified = row["origin"] == "unverified";
    rows.push_back(o);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const OfficeRow& a, const OfficeRow& b) { return a.person < b.person; });
  out_.add("world/offices", rows);
  return Ok{};
}

Status Compiler::facts() {
  auto table = read_tsv(dir_, "world/facts", {"subject", "property", "object", "value", "unit", "as_of", "source", "origin"});
  if (!table) return table.error();
  std::vector<FactRow> rows;
  for (const TsvRow& row : (*table)->rows) {
    FactRow f;
    auto subject = ref(row, row["subject"]);
    if (!subject) {
      // date_of facts are about events, which are no entities: they become groups of their own
      if (row["property"] != "date_of") return subject.error();
      EntityRow e;
      e.id = out_.intern(row["subject"]);
      e.name = out_.intern(row["object"].empty() ? row["subject"] : row["object"]);
      e.type = WorldType::kGroup;
      e.flags = 1;
      t_.by_id[row["subject"]] = static_cast<uint32_t>(t_.entities.size());
      t_.entities.push_back(e);
      subject = ref(row, row["subject"]);
    }
    f.subject = *subject;
    f.property = out_.intern(row["property"]);
    f.object = out_.intern(row["object"]);
    f.value = out_.intern(row["value"]);
    char* end = nullptr;
    f.number = std::strtod(row["value"].c_str(), &end);
    if (row["value"].empty() || *end) f.number = std::nan("");
    f.unit = out_.intern(row["unit"]);
    f.as_of = out_.intern(row["as_of"]);
    f.source = out_.intern(row["source"]);
    f.unverified = row["origin"] == "unverified" || row["source"].empty();
    rows.push_back(f);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const FactRow& a, const FactRow& b) {
    return a.subject != b.subject ? a.subject < b.subject : a.property < b.property;
  });
  out_.add("world/facts", rows);
  return Ok{};
}

Result<WorldTables> Compiler::run(const std::vector<std::string>& langs) {
  t_.langs = langs;
  if (auto s = sectors(); !s) return s.error();
  if (auto s = entities(); !s) return s.error();
  if (auto s = places(); !s) return s.error();
  if (auto s = facts(); !s) return s.error();
  if (auto s = names(); !s) return s.error();
  if (auto s = demonyms(); !s) return s.error();
  if (auto s = members(); !s) return s.error();
  if (auto s = offices(); !s) return s.error();
  std::vector<uint32_t> by_id(t_.entities.size());
  for (uint32_t i = 0; i < by_id.size(); ++i) by_id[i] = i;
  std::sort(by_id.begin(), by_id.end(), [&](uint32_t a, uint32_t b) { return out_.str(t_.entities[a].id) < out_.str(t_.entities[b].id); });
  auto ids = [&](const std::vector<std::string>& texts) {
    std::vector<StrId> out;
    for (const auto& s : texts) out.push_back(out_.intern(s));
    return out;
  };
  out_.add("world/entities", t_.entities);
  out_.add("world/by_id", by_id);
  out_.add("world/names", t_.names);
  out_.add("world/places", places_);
  out_.add("world/sectors", ids(t_.sectors));
  out_.add("world/langs", ids(t_.langs));
  return std::move(t_);
}

}  // namespace

uint8_t WorldTables::sector(std::string_view code) const {
  for (size_t i = 1; i < sectors.size(); ++i)
    if (sectors[i] == code) return static_cast<uint8_t>(i);
  return 0;
}

Result<WorldTables> compile_world(const std::string& packs_dir, const std::vector<std::string>& langs, PackWriter& out) {
  return Compiler(packs_dir, out).run(langs);
}

}  // namespace biruni
