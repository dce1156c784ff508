// SQLite as the store uses it: errors as Result with the file's name and what to do, statements prepared once.
// Not thread-safe: one connection a thread.
//
//   auto db = Database::open("out.db", Database::Mode::kRead);
//   auto s = (*db)->prepare("SELECT id FROM document WHERE doc = ?");
//   s->bind(1, int64_t{7}); while (s->step()) ... s->text(0) ...; if (!s->ok()) ... db->error()
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace biruni {

class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* s) : s_(s) {}
  ~Statement();
  Statement(Statement&& o) noexcept : s_(o.s_), ok_(o.ok_) { o.s_ = nullptr; }
  Statement& operator=(Statement&& o) noexcept;
  void bind(int at, int64_t v);
  void bind(int at, double v);
  void bind(int at, std::string_view v);       // must live until the step
  void bind_copy(int at, std::string_view v);
  void bind_blob(int at, std::string_view v);  // must live until the step
  void bind_null(int at);
  bool step();       // true: a row. At the end or on error false, and the statement may be run again
  bool run();        // steps to the end; false on error
  bool ok() const { return ok_; }
  void reset();
  int columns() const;
  std::string_view column_name(int i) const;
  int64_t integer(int i) const;
  double real(int i) const;
  std::string_view text(int i) const;   // empty for NULL
  std::string_view blob(int i) const;
  bool null(int i) const;
  bool is_text(int i) const;
  bool is_integer(int i) const;

 private:
  sqlite3_stmt* s_ = nullptr;
  bool ok_ = true;
};

class Database {
 public:
  enum class Mode : uint8_t { kRead, kWrite };
  static Result<std::unique_ptr<Database>> open(const std::string& path, Mode mode);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  Status execute(const std::string& sql);  // several statements, no rows
  Result<Statement> prepare(std::string_view sql);
  int64_t changes() const;
  /// First column of the first row; `otherwise` where there is none.
  Result<int64_t> integer(const std::string& sql, int64_t otherwise = 0);
  Error error() const;  // of the last call
  const std::string& path() const { return path_; }
  sqlite3* handle() const { return db_; }

 private:
  explicit Database(std::string path) : path_(std::move(path)) {}
  sqlite3* db_ = nullptr;
  std::string path_;
};

}  // namespace biruni
