// Text tables -> one binary pack. Used by packc at build time, and by the program for a user's own rows (--pack DIR).
//
//   build_pack({"packs"}, {"ar", "en"}, "biruni.pack");             // built-in tables
//   build_pack({"packs", "mine"}, {"ar", "en"}, "mine.pack");       // with the tables of a user over them
//
// A user's folder has the layout of packs/ (world/entities.tsv, en/events/events.tsv ...), only the tables it needs. Its
// rows are read before the built-in ones: of an entity or place with the same id the user's row stands. Every row is
// checked as the built-in ones are; an error names file, line and remedy. A file that no table reads is an error too.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"

namespace biruni {

struct PackReport { std::vector<std::pair<std::string, uint32_t>> lemmas; uint32_t strings = 0; };

Result<PackReport> build_pack(const std::vector<std::string>& folders, const std::vector<std::string>& langs, const std::string& out_path);

/// The pack of a user's folder over the built-in tables: built where it is missing or older than a table, else the one
/// kept in the cache ($XDG_CACHE_HOME or ~/.cache, else the temporary folder). Path of the pack file.
Result<std::string> pack_over(const std::string& user_folder);

/// The folder of the built-in tables: $BIRUNI_PACKS, beside the program, one above it, ../share/biruni/packs. Empty: none.
std::string find_tables();

}  // namespace biruni
