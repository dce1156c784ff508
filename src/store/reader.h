// The reading side of a store. Sees what is committed, also while a run writes it. Not thread-safe: one a thread.
#pragma once
#include <memory>
#include <string>

#include "store/database.h"

namespace biruni {

class StoreReader {
 public:
  /// Refused: a file that is no store, a store of another version.
  static Result<std::unique_ptr<StoreReader>> open(const std::string& path);
  Database& database() { return *db_; }
  const std::string& path() const { return db_->path(); }

 private:
  explicit StoreReader(std::unique_ptr<Database> db) : db_(std::move(db)) {}
  std::unique_ptr<Database> db_;
};

}  // namespace biruni
