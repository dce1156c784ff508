#include <cmath>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "codebook/codebook.h"
#include "pack/tsv.h"

namespace biruni {
namespace {

constexpr std::string_view kQuads[] = {"neutral", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"};

bool number(const std::string& s, float& out) {
  char* end = nullptr;
  out = std::strtof(s.c_str(), &end);
  return !s.empty() && !*end;
}

}  // namespace

Status compile_codebook(const std::string& packs_dir, PackWriter& out) {
  auto types = read_tsv(packs_dir, "common/ontology", {"type", "mode", "quad", "score", "flags"});
  if (!types) return types.error();
  std::vector<TypeCode> type_rows;
  for (const TsvRow& row : (*types)->rows) {
    TypeCode t{out.intern(row["type"]), out.intern(row["mode"]), 0, 5};
    for (uint32_t q = 0; q < 5; ++q)
      if (row["quad"] == kQuads[q]) t.quad = q;
    if (t.quad == 5) return Error{ErrorCode::kBadValue, "'" + row["quad"] + "' is no quad class", row.where(), ""};
    if (!number(row["score"], t.score)) return Error{ErrorCode::kBadValue, "'" + row["score"] + "' is no score", row.where(), ""};
    type_rows.push_back(t);
  }
  auto cameo = read_tsv(packs_dir, "common/cameo", {"cameo", "type", "mode", "context", "goldstein", "quad", "origin"});
  if (!cameo) return cameo.error();
  std::vector<CameoCode> cameo_rows;
  for (const TsvRow& row : (*cameo)->rows) {
    CameoCode c{out.intern(row["cameo"]), out.intern(row["type"]), out.intern(row["mode"]), out.intern(row["context"]), std::nanf(""), 0};
    if (!row["goldstein"].empty() && !number(row["goldstein"], c.goldstein))
      return Error{ErrorCode::kBadValue, "'" + row["goldstein"] + "' is no number", row.where(), ""};
    c.quad = row["quad"].empty() ? 0 : static_cast<uint32_t>(row["quad"][0] - '0');
    if (c.quad > 4) return Error{ErrorCode::kBadValue, "'" + row["quad"] + "' is no quad class", row.where(), "0 to 4"};
    cameo_rows.push_back(c);
  }
  out.add("codebook/types", type_rows);
  out.add("codebook/cameo", cameo_rows);
  return Ok{};
}

}  // namespace biruni
