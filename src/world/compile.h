// Compiles packs/world/*.tsv and packs/common/sectors.tsv into sections world/*. Used by packc.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "pack/writer.h"
#include "world/world.h"

namespace biruni {

/// What later compilers need of the world: ids, names by language, demonyms.
struct WorldTables {
  std::vector<EntityRow> entities;
  std::vector<NameRow> names;
  struct Demonym { uint32_t entity; std::string lang, adjective, noun_plural, where; };
  std::vector<Demonym> demonyms;
  std::unordered_map<std::string, uint32_t> by_id;
  std::vector<std::string> sectors;   // [0] empty
  std::vector<std::string> langs;
  uint8_t sector(std::string_view code) const;
};

Result<WorldTables> compile_world(const std::string& packs_dir, const std::vector<std::string>& langs, PackWriter& out);

}  // namespace biruni
