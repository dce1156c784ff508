#include "store/database.h"

#include <sqlite3.h>

namespace biruni {

Statement::~Statement() { sqlite3_finalize(s_); }
Statement& Statement::operator=(Statement&& o) noexcept {
  std::swap(s_, o.s_);
  std::swap(ok_, o.ok_);
  return *this;
}
void Statement::bind(int at, int64_t v) { sqlite3_bind_int64(s_, at, v); }
void Statement::bind(int at, double v) { sqlite3_bind_double(s_, at, v); }
void Statement::bind(int at, std::string_view v) { sqlite3_bind_text(s_, at, v.data() ? v.data() : "", static_cast<int>(v.size()), SQLITE_STATIC); }
void Statement::bind_copy(int at, std::string_view v) { sqlite3_bind_text(s_, at, v.data() ? v.data() : "", static_cast<int>(v.size()), SQLITE_TRANSIENT); }
void Statement::bind_blob(int at, std::string_view v) { sqlite3_bind_blob64(s_, at, v.data() ? v.data() : "", v.size(), SQLITE_STATIC); }
void Statement::bind_null(int at) { sqlite3_bind_null(s_, at); }
bool Statement::step() {
  const int r = sqlite3_step(s_);
  if (r == SQLITE_ROW) return true;
  ok_ = r == SQLITE_DONE;
  sqlite3_reset(s_);
  return false;
}
bool Statement::run() {
  while (step()) {
  }
  return ok_;
}
void Statement::reset() { sqlite3_reset(s_); }
int Statement::columns() const { return sqlite3_column_count(s_); }
std::string_view Statement::column_name(int i) const { return sqlite3_column_name(s_, i); }
int64_t Statement::integer(int i) const { return sqlite3_column_int64(s_, i); }
double Statement::real(int i) const { return sqlite3_column_double(s_, i); }
std::string_view Statement::text(int i) const {
  const auto* p = reinterpret_cast<const char*>(sqlite3_column_text(s_, i));
  return p ? std::string_view(p, static_cast<size_t>(sqlite3_column_bytes(s_, i))) : std::string_view{};
}
std::string_view Statement::blob(int i) const {
  const auto* p = static_cast<const char*>(sqlite3_column_blob(s_, i));
  return p ? std::string_view(p, static_cast<size_t>(sqlite3_column_bytes(s_, i))) : std::string_view{};
}
bool Statement::null(int i) const { return sqlite3_column_type(s_, i) == SQLITE_NULL; }
bool Statement::is_text(int i) const { return sqlite3_column_type(s_, i) == SQLITE_TEXT; }
bool Statement::is_integer(int i) const { return sqlite3_column_type(s_, i) == SQLITE_INTEGER; }

Database::~Database() { sqlite3_close_v2(db_); }

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Mode mode) {
  std::unique_ptr<Database> db(new Database(path));
  const int flags = (mode == Mode::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(path.c_str(), &db->db_, flags, nullptr) != SQLITE_OK) return db->error();
  sqlite3_extended_result_codes(db->db_, 1);
  sqlite3_busy_timeout(db->db_, 10000);
  return db;
}

Error Database::error() const {
  if (!db_) return {ErrorCode::kIo, "not enough memory to open it", path_, ""};
  const int extended = sqlite3_extended_errcode(db_), code = extended & 0xFF;
  const std::string text = sqlite3_errmsg(db_);
  switch (code) {
    case SQLITE_FULL: return {ErrorCode::kIo, "no space left", path_, "what was committed is kept; make room and run the same command again"};
    case SQLITE_IOERR: return {ErrorCode::kIo, "cannot be written or read: " + text, path_, "what was committed is kept; the disk may be full"};
    case SQLITE_BUSY: case SQLITE_LOCKED: return {ErrorCode::kIo, "another program is writing it", path_, "wait for it to end"};
    case SQLITE_NOTADB: return {ErrorCode::kBadFormat, "is no store (no SQLite file)", path_, ""};
    case SQLITE_CORRUPT: return {ErrorCode::kBadFormat, "is damaged: " + text, path_, ""};
    case SQLITE_CANTOPEN: return {ErrorCode::kNotFound, "cannot be opened", path_, "is the path right, and may the folder be written?"};
    case SQLITE_READONLY: return {ErrorCode::kIo, "may not be written", path_, ""};
    default: return {ErrorCode::kIo, text, path_, ""};
  }
}

Status Database::execute(const std::string& sql) {
  if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return error();
  return Ok{};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* s = nullptr;
  if (sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &s, nullptr) != SQLITE_OK) return error();
  return Statement(s);
}

int64_t Database::changes() const { return sqlite3_changes64(db_); }

Result<int64_t> Database::integer(const std::string& sql, int64_t otherwise) {
  auto s = prepare(sql);
  if (!s) return s.error();
  int64_t value = otherwise;
  if (s->step() && !s->null(0)) value = s->integer(0);
  if (!s->ok()) return error();
  return value;
}

}  // namespace biruni
