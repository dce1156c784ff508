#include <cstdlib>
#include <string_view>
#include <vector>

#include "codebook/codebook.h"
#include "pack/tsv.h"

namespace biruni {
namespace {

constexpr std::string_view kQuads[] = {"neutral", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"};

bool is_number(const std::string& s) {
  char* end = nullptr;
  std::strtod(s.c_str(), &end);
  return !s.empty() && !*end;
}
Error bad(const TsvRow& row, const std::string& value, const char* what) { return {ErrorCode::kBadValue, "'" + value + "' is no " + what, row.where(), ""}; }

}  // namespace

Status compile_codebook(const std::string& packs_dir, PackWriter& out) {
  auto types = read_tsv(packs_dir, "common/ontology", {"type", "mode", "quad", "score", "flags"});
  if (!types) return types.error();
  std::vector<TypeCode> type_rows;
  for (const TsvRow& row : (*types)->rows) {
    TypeCode t{out.intern(row["type"]), out.intern(row["mode"]), out.intern(row["score"]), 5};
    for (uint32_t q = 0; q < 5; ++q)
      if (row["quad"] == kQuads[q]) t.quad = q;
    if (t.quad == 5) return bad(row, row["quad"], "quad class");
    if (!is_number(row["score"])) return bad(row, row["score"], "score");
    type_rows.push_back(t);
  }
  auto cameo = read_tsv(packs_dir, "common/cameo", {"cameo", "type", "mode", "context", "goldstein", "quad", "label", "origin"});
  if (!cameo) return cameo.error();
  std::vector<CameoCode> cameo_rows;
  for (const TsvRow& row : (*cameo)->rows) {
    if (!row["goldstein"].empty() && !is_number(row["goldstein"])) return bad(row, row["goldstein"], "number");
    if (row["quad"].size() > 1 || (!row["quad"].empty() && (row["quad"][0] < '0' || row["quad"][0] > '4'))) return bad(row, row["quad"], "quad class");
    cameo_rows.push_back({out.intern(row["cameo"]), out.intern(row["type"]), out.intern(row["mode"]), out.intern(row["context"]), out.intern(row["goldstein"]),
                          out.intern(row["label"]), row["quad"].empty() ? 0u : static_cast<uint32_t>(row["quad"][0] - '0')});
  }
  auto sectors = read_tsv(packs_dir, "common/sector_codes", {"sector", "cameo", "origin"});
  if (!sectors) return sectors.error();
  std::vector<SectorCode> sector_rows;
  for (const TsvRow& row : (*sectors)->rows) sector_rows.push_back({out.intern(row["sector"]), out.intern(row["cameo"])});
  auto countries = read_tsv(packs_dir, "common/country_codes", {"country", "iso2", "gec", "cow", "origin"});
  if (!countries) return countries.error();
  std::vector<CountryCode> country_rows;
  for (const TsvRow& row : (*countries)->rows) {
    if (!row["cow"].empty() && !is_number(row["cow"])) return bad(row, row["cow"], "number");
    country_rows.push_back({out.intern(row["country"]), out.intern(row["iso2"]), out.intern(row["gec"]), out.intern(row["cow"])});
  }
  auto prefixes = read_tsv(packs_dir, "common/search_prefixes", {"prefix", "origin"});
  if (!prefixes) return prefixes.error();
  std::vector<StrId> prefix_rows;
  for (const TsvRow& row : (*prefixes)->rows) prefix_rows.push_back(out.intern(row["prefix"]));
  out.add("codebook/search_prefixes", prefix_rows);
  out.add("codebook/types", type_rows);
  out.add("codebook/cameo", cameo_rows);
  out.add("codebook/sectors", sector_rows);
  out.add("codebook/countries", country_rows);
  return Ok{};
}

}  // namespace biruni
