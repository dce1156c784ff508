#include "quantity/compile.h"

#include <cstdlib>
#include <map>

#include "pack/tsv.h"
#include "quantity/number_reader.h"
#include "quantity/phrase_compile.h"
#include "quantity/tables.h"

namespace biruni {
namespace {

template <size_t N>
int index_of(const char* const (&names)[N], std::string_view name) {
  for (size_t i = 0; i < N; ++i)
    if (name == names[i]) return static_cast<int>(i);
  return -1;
}

Error bad(const TsvRow& row, const std::string& message) { return Error{ErrorCode::kBadValue, message, row.where(), ""}; }

/// Units then currencies, in file order.
Result<std::vector<std::pair<std::string, const TsvRow*>>> unit_ids(const TsvTable& units, const TsvTable& currencies) {
  std::vector<std::pair<std::string, const TsvRow*>> ids;
  std::map<std::string, int> seen;
  for (const TsvTable* t : {&units, &currencies})
    for (const TsvRow& row : t->rows) {
      if (seen[row["id"]]++) return bad(row, "unit id '" + row["id"] + "' stands twice");
      ids.emplace_back(row["id"], &row);
    }
  return ids;
}

struct UnitTables {
  std::shared_ptr<const TsvTable> units, currencies;
  std::vector<std::pair<std::string, const TsvRow*>> ids;
};

Result<UnitTables> read_units(const std::string& packs_dir) {
  UnitTables t;
  auto units = read_tsv(packs_dir, "common/units", {"id", "dimension", "base", "factor", "origin"});
  if (!units) return units.error();
  auto currencies = read_tsv(packs_dir, "common/currencies", {"id", "country", "name", "origin"});
  if (!currencies) return currencies.error();
  t.units = *units;
  t.currencies = *currencies;
  auto ids = unit_ids(*t.units, *t.currencies);
  if (!ids) return ids.error();
  t.ids = *ids;
  return t;
}

Status compile_settings(const std::string& packs_dir, const std::string& lang, PackWriter& out) {
  auto table = read_tsv(packs_dir, lang + "/number/settings", {"key", "value", "note", "origin"});
  if (!table) return table.error();
  NumberSettings s;
  for (const TsvRow& row : (*table)->rows) {
    const uint8_t on = row["value"] == "yes";
    if (row["key"] == "units_first") s.units_first = on;
    else if (row["key"] == "and_required") s.and_required = on;
    else if (row["key"] == "hyphen") s.hyphen = on;
    else if (row["key"] == "counted_before") s.counted_before = on;
    else return bad(row, "unknown key '" + row["key"] + "', expected units_first, and_required, hyphen or counted_before");
  }
  out.add(lang + "/number_settings", std::vector<NumberSettings>{s});
  return Ok{};
}

}  // namespace

Status compile_units(const std::string& packs_dir, PackWriter& out) {
  auto tables = read_units(packs_dir);
  if (!tables) return tables.error();
  std::vector<UnitRow> rows;
  for (const auto& [id, row] : tables->ids) {
    UnitRow u;
    u.id = out.intern(id);
    const bool money = row->columns == &tables->currencies->columns;
    u.dimension = out.intern(money ? "money" : (*row)["dimension"]);
    u.base = out.intern(money ? id : (*row)["base"]);
    u.factor = money ? 1 : std::strtod((*row)["factor"].c_str(), nullptr);
    rows.push_back(u);
  }
  out.add("common/units", rows);
  return Ok{};
}

Status compile_quantity(const std::string& packs_dir, const std::string& lang, LexiconBuilder& lexicon, PackWriter& out) {
  auto article = read_article(packs_dir, lang);
  if (!article) return article.error();
  if (Status s = compile_settings(packs_dir, lang, out); !s) return s;

  auto words = read_tsv(packs_dir, lang + "/number/words", {"forms", "kind", "value", "tag", "origin"});
  if (!words) return words.error();
  PhraseBuilder number_words(lexicon, out, *article);
  for (const TsvRow& row : (*words)->rows) {
    const int kind = index_of(kNumberKinds, row["kind"]);
    if (kind < 0) return bad(row, "unknown kind '" + row["kind"] + "' of number word");
    number_words.add(row["forms"], static_cast<uint32_t>(kind), std::strtod(row["value"].c_str(), nullptr), tag_of_cell(row["tag"]));
  }
  number_words.write(lang + "/number_words");

  auto tables = read_units(packs_dir);
  if (!tables) return tables.error();
  std::map<std::string, uint32_t> ids;
  for (const auto& [id, row] : tables->ids) ids.emplace(id, static_cast<uint32_t>(ids.size()));
  PhraseBuilder units(lexicon, out, *article);
  auto unit_table = read_tsv(packs_dir, lang + "/number/units", {"forms", "unit", "tag", "flags", "origin"});
  if (!unit_table) return unit_table.error();
  for (const TsvRow& row : (*unit_table)->rows) {
    const auto id = ids.find(row["unit"]);
    if (id == ids.end()) return bad(row, "unit '" + row["unit"] + "' is not in common/units.tsv or common/currencies.tsv");
    units.add(row["forms"], id->second, row["flags"] == "precedes" ? kUnitMayPrecede : 0, tag_of_cell(row["tag"]));
  }
  auto currencies = read_tsv(packs_dir, lang + "/number/currencies", {"noun", "nisba", "unit", "order", "origin"});
  if (!currencies) return currencies.error();
  for (const TsvRow& row : (*currencies)->rows) {
    const auto id = ids.find(row["unit"]);
    if (id == ids.end()) return bad(row, "currency '" + row["unit"] + "' is not in common/currencies.tsv");
    std::string forms;
    for (auto noun : split(row["noun"], '|')) {
      if (row["nisba"].empty()) forms += std::string(noun) + "|";
      for (auto nisba : split(row["nisba"], '|'))
        forms += row["order"] == "before" ? std::string(nisba) + " " + std::string(noun) + "|" : std::string(noun) + " " + std::string(nisba) + "|";
      lexicon.resolve(noun, Tag::kNoun, lexicon.resolve(noun, Tag::kX, false).empty());
    }
    if (!forms.empty()) forms.pop_back();
    units.add(forms, id->second, 0, Tag::kX);
  }
  units.write(lang + "/number_units");

  auto bounds = read_tsv(packs_dir, lang + "/number/bounds", {"forms", "place", "bound", "flags", "example", "counter", "origin"});
  if (!bounds) return bounds.error();
  PhraseBuilder bound_words(lexicon, out, *article);
  for (const TsvRow& row : (*bounds)->rows) {
    const int place = index_of(kBoundPlaces, row["place"]);
    const int bound = index_of(kBoundNames, row["bound"]);
    if (place < 0) return bad(row, "unknown place '" + row["place"] + "', expected before, after, between, from or to");
    if (bound < 0) return bad(row, "unknown bound '" + row["bound"] + "'");
    bound_words.add(row["forms"], static_cast<uint32_t>(place * 16 + bound), row["flags"] == "verb" ? kBoundIsVerb : 0, Tag::kX);
  }
  bound_words.write(lang + "/number_bounds");

  std::vector<StrId> rules;
  for (const char* name : kQuantityRules) rules.push_back(out.intern(name));
  out.add(lang + "/number_rules", rules);
  return Ok{};
}

}  // namespace biruni
