#include "rank/compile.h"

#include <cmath>
#include <cstdlib>
#include <map>
#include <vector>

#include "pack/tsv.h"
#include "rank/tables.h"

namespace biruni {

Status compile_rank(const std::string& packs_dir, const std::string& lang, LexiconBuilder& builder, PackWriter& out) {
  auto ontology = read_tsv(packs_dir, "common/ontology", {"type", "mode", "quad", "score", "flags"});
  if (!ontology) return ontology.error();
  std::map<std::string, uint8_t> types{{"*", 0}};
  for (const TsvRow& row : (*ontology)->rows)
    if (row["mode"].empty()) types.emplace(row["type"], static_cast<uint8_t>(types.size()));
  auto table = read_tsv(packs_dir, lang + "/events/rank", {"type", "feature", "value", "weight", "origin"}, false);
  if (!table) return table.error();
  std::vector<float> limits;
  std::vector<RankWeight> rows;
  for (const TsvRow& row : (*table)->rows) {
    auto bad = [&](const std::string& what) { return Error{ErrorCode::kBadValue, what, row.where(), "the file is written by tools/dev/train_ranker.sh"}; };
    const auto type = types.find(row["type"]);
    if (type == types.end()) return bad("unknown type '" + row["type"] + "'");
    char* end = nullptr;
    const float weight = std::strtof(row["weight"].c_str(), &end);
    if (end == row["weight"].c_str() || !std::isfinite(weight)) return bad("'" + row["weight"] + "' is no number");
    if (row["feature"] == "limit") {
      if (limits.empty()) limits.assign(types.size(), 0.0f);
      limits[type->second] = weight;
      continue;
    }
    RankFeature f;
    f.name = rank_template(row["feature"]);
    if (f.name == RankTemplate::kCount) return bad("unknown feature '" + row["feature"] + "'");
    switch (rank_value(f.name)) {
      case RankValue::kNumber: f.value = static_cast<uint32_t>(std::strtoul(row["value"].c_str(), nullptr, 10)); break;
      case RankValue::kString: f.value = out.intern(row["value"]); break;
      case RankValue::kClass: f.value = builder.add_class(kNone, row["value"]); break;
    }
    rows.push_back({rank_key(type->second, f), weight, 0});
  }
  size_t size = 1;
  while (size < rows.size() * 2) size *= 2;
  std::vector<RankWeight> slots(rows.empty() ? 0 : size);
  for (const RankWeight& r : rows) {
    size_t i = rank_hash(r.key) & (size - 1);
    while (slots[i].key && slots[i].key != r.key) i = (i + 1) & (size - 1);
    slots[i] = r;
  }
  out.add(lang + "/rank_weights", slots);
  out.add(lang + "/rank_limits", limits);
  return Ok{};
}

}  // namespace biruni
