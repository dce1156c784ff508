#include "packer/packer.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/utf8.h"
#include "clause/compile.h"
#include "codebook/codebook.h"
#include "lexicon/compile.h"
#include "morph/builder.h"
#include "pack/tsv.h"
#include "pack/writer.h"
#include "packer/stages.h"
#include "text/compile.h"
#include "world/compile.h"

namespace biruni {
namespace fs = std::filesystem;

namespace {

// A table of the user's folder: a built-in one has the same folder and the same name up to its first dot.
Status known_tables(const std::string& base, const std::string& user) {
  std::error_code ec;
  for (const auto& entry : fs::recursive_directory_iterator(user, ec)) {
    if (!entry.is_regular_file(ec)) continue;
    const fs::path rel = fs::relative(entry.path(), user, ec);
    if (entry.path().extension() != ".tsv") continue;  // notes, licences
    const std::string file = rel.filename().string(), stem = file.substr(0, file.find('.'));
    bool known = false;
    std::string beside;
    std::error_code none;
    for (const auto& other : fs::directory_iterator(fs::path(base) / rel.parent_path(), none)) {
      const std::string name = other.path().filename().string(), table = name.substr(0, name.find('.'));
      if (other.path().extension() != ".tsv") continue;
      known = known || table == stem;
      if (beside.find(" " + table) == std::string::npos) beside += " " + table;
    }
    if (!known) return Error{ErrorCode::kBadFormat, "is no table that is known", entry.path().string(),
                             beside.empty() ? "folders are world, common, and those of the languages (en/lexicon, ar/events ...)" : "tables of this folder:" + beside};
  }
  if (ec) return Error{ErrorCode::kUnreadable, "cannot be read", user, ""};
  return Ok{};
}

std::string cache_file(const std::string& user, const std::string& base, std::string& key) {
  std::error_code ec;
  std::vector<std::string> seen;
  for (const std::string& folder : {base, user})
    for (const auto& entry : fs::recursive_directory_iterator(folder, ec))
      if (entry.is_regular_file(ec) && entry.path().extension() == ".tsv")
        seen.push_back(entry.path().string() + " " + std::to_string(fs::file_size(entry.path(), ec)) + " " +
                       std::to_string(fs::last_write_time(entry.path(), ec).time_since_epoch().count()));
  std::sort(seen.begin(), seen.end());
  key.clear();
  for (const auto& s : seen) key += s + "\n";
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  const fs::path folder = cache && *cache ? fs::path(cache) : home && *home ? fs::path(home) / ".cache" : fs::temp_directory_path(ec);
  fs::create_directories(folder / "biruni", ec);
  std::ostringstream name;
  name << std::hex << hash_bytes(key) << ".pack";
  return (folder / "biruni" / name.str()).string();
}

}  // namespace

Result<PackReport> build_pack(const std::vector<std::string>& folders, const std::vector<std::string>& langs, const std::string& out_path) {
  std::string packs;
  for (const auto& f : folders) packs += (packs.empty() ? "" : "\n") + f;
  for (size_t i = 1; i < folders.size(); ++i)
    if (auto s = known_tables(folders[0], folders[i]); !s) return s.error();
  PackReport report;
  PackWriter out;
  auto world = compile_world(packs, langs, out);
  if (!world) return world.error();
  if (auto s = compile_ontology(packs, out); !s) return s.error();
  if (auto s = compile_codebook(packs, out); !s) return s.error();
  if (auto s = compile_units(packs, out); !s) return s.error();
  if (auto s = compile_claim_groups(packs, out); !s) return s.error();
  for (const char* rule : {"event.promise", "event.refusal", "event.threat", "event.shared"}) out.intern(rule);
  for (const auto& lang : langs) {
    if (auto s = compile_text(packs, lang, out); !s) return s.error();
    auto builder = LexiconBuilder::read(packs, lang, out);
    if (!builder) return builder.error();
    if (auto s = compile_stages(packs, lang, *world, **builder, out); !s) return s.error();
    if (auto s = compile_lexicon(packs, lang, *world, **builder, out); !s) return s.error();
    if (auto s = (*builder)->finish(); !s) return s.error();
    report.lemmas.emplace_back(lang, (*builder)->size());
  }
  std::vector<StrId> order;
  for (const auto& lang : langs) order.push_back(out.intern(lang));
  out.add("langs", order);
  report.strings = out.string_count();
  if (auto s = out.write(out_path); !s) return s.error();
  return report;
}

std::string find_tables() {
  std::error_code ec;
  if (const char* env = std::getenv("BIRUNI_PACKS")) return env;
  const fs::path self = fs::read_symlink("/proc/self/exe", ec).parent_path();
  for (const fs::path& p : {self / "packs", self / ".." / "packs", self / ".." / "share" / "biruni" / "packs"})
    if (fs::exists(p / "world", ec)) return p.lexically_normal().string();
  return {};
}

Result<std::string> pack_over(const std::string& user) {
  const std::string base = find_tables();
  if (base.empty()) return Error{ErrorCode::kNotFound, "the built-in tables (folder packs) are not beside the program", user, "set BIRUNI_PACKS to their folder"};
  std::vector<std::string> langs;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(base, ec))
    if (fs::exists(entry.path() / "lexicon", ec) && entry.path().filename() != "mini") langs.push_back(entry.path().filename().string());
  std::sort(langs.begin(), langs.end());
  std::string key;
  const std::string path = cache_file(user, base, key);
  if (fs::exists(path, ec)) return path;
  const std::string fresh = path + "." + std::to_string(::getpid());
  auto built = build_pack({base, user}, langs, fresh);
  if (!built) return built.error();
  fs::rename(fresh, path, ec);
  if (ec) return Error{ErrorCode::kIo, "cannot be written", path, "set XDG_CACHE_HOME to a folder that can"};
  return path;
}

}  // namespace biruni
