#include "store/reader.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "store/schema.h"

namespace biruni {

Result<std::unique_ptr<StoreReader>> StoreReader::open(const std::string& path) {
  struct stat st {};
  if (::stat(path.c_str(), &st) != 0) return Error{ErrorCode::kNotFound, "no such file", path, ""};
  auto db = Database::open(path, Database::Mode::kRead);
  if (!db) return db.error();
  auto application = (*db)->integer("PRAGMA application_id"), version = (*db)->integer("PRAGMA user_version");
  if (!application) return application.error();
  if (!version) return version.error();
  if (*application != kStoreApplication) return Error{ErrorCode::kBadFormat, "is no store of this program", path, "'biruni code ... -o NAME.db' makes one"};
  if (*version != kStoreVersion)
    return Error{ErrorCode::kBadFormat, fmt::format("is a store of version {}, this program reads version {}", *version, kStoreVersion), path, "code into a new store"};
  if (auto s = (*db)->execute("PRAGMA cache_size=-32768; PRAGMA temp_store=FILE"); !s) return s.error();
  return std::unique_ptr<StoreReader>(new StoreReader(std::move(*db)));
}

}  // namespace biruni
