#include "store/writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/hash.h"
#include "base/utf8.h"

namespace biruni {
namespace {

std::string now_text() {
  char out[32];
  const time_t t = ::time(nullptr);
  tm parts{};
  ::gmtime_r(&t, &parts);
  ::strftime(out, sizeof out, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return out;
}

constexpr size_t kSeen = 1 << 16;

}  // namespace

StoreWriter::~StoreWriter() {
  for (auto& s : insert_) s = Statement();
  for (Statement* s : {&document_, &text_, &record_, &failure_, &no_failure_, &doc_of_, &counts_, &begin_, &commit_}) *s = Statement();
  for (Statement* s : {&search_in_, &search_out_, &search_text_}) *s = Statement();
  delete_.clear();
  db_.reset();
  if (lock_fd_ >= 0) {
    ::unlink(lock_path_.c_str());  // still held: whoever waits for this file sees that it has gone
    ::close(lock_fd_);
  }
}

/// The lock is a file of its own: SQLite's locks come and go with its transactions.
Status StoreWriter::lock(const std::string& path) {
  lock_path_ = path + "-lock";
  for (int i = 0; i < 10; ++i) {
    lock_fd_ = ::open(lock_path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock_fd_ < 0) return Error{ErrorCode::kIo, std::string("cannot be written: ") + std::strerror(errno), lock_path_, ""};
    struct stat held {}, named {};
    const bool got = ::flock(lock_fd_, LOCK_EX | LOCK_NB) == 0;
    if (got && ::fstat(lock_fd_, &held) == 0 && ::stat(lock_path_.c_str(), &named) == 0 && held.st_ino == named.st_ino) return Ok{};
    ::close(lock_fd_);
    lock_fd_ = -1;
    if (!got) break;
  }
  return Error{ErrorCode::kIo, "another run is writing it", path, "wait for it to end, or write to another store"};
}

Result<std::unique_ptr<StoreWriter>> StoreWriter::open(const std::string& path) {
  std::unique_ptr<StoreWriter> w(new StoreWriter);
  if (Status s = w->lock(path); !s) return s.error();
  auto db = Database::open(path, Database::Mode::kWrite);
  if (!db) return db.error();
  w->db_ = std::move(*db);
  if (Status s = w->check_or_create(); !s) return s.error();
  if (Status s = w->prepare(); !s) return s.error();
  return w;
}

Status StoreWriter::check_or_create() {
  // WAL: a commit appends to a log and waits for no disk; the log is complete for whoever opens the store after a kill.
  if (Status s = db_->execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=4000;"); !s)
    return s;
  auto tables = db_->integer("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  if (*tables == 0) {
    if (Status s = db_->execute("BEGIN IMMEDIATE"); !s) return s;
    Status made = db_->execute(kCreateTables);
    if (made) made = db_->execute(kCreateViews);
    if (made) made = db_->execute(fmt::format("PRAGMA application_id={}; PRAGMA user_version={}; COMMIT", kStoreApplication, kStoreVersion));
    return made;
  }
  auto application = db_->integer("PRAGMA application_id"), version = db_->integer("PRAGMA user_version");
  if (!application) return application.error();
  if (!version) return version.error();
  if (*application != kStoreApplication) return Error{ErrorCode::kBadFormat, "is a database of another program", db_->path(), "name another output"};
  if (*version != kStoreVersion)
    return Error{ErrorCode::kBadFormat, fmt::format("is a store of version {}, this program writes version {}", *version, kStoreVersion), db_->path(), "code into a new store"};
  return Ok{};
}

Status StoreWriter::prepare() {
  Error failed;
  bool ok = true;
  auto make = [&](Statement& s, const char* sql) {
    auto got = db_->prepare(sql);
    if (got) s = std::move(*got);
    else if (ok) failed = got.error(), ok = false;
  };
  for (size_t i = 0; i < insert_.size(); ++i) make(insert_[i], kInsertInto[i]);
  make(document_, "INSERT INTO document VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  make(text_, "INSERT INTO text VALUES(?,?,?)");
  make(record_, "INSERT INTO record VALUES(?,?,?)");
  make(failure_, "INSERT OR REPLACE INTO failure VALUES(?,?,?)");
  make(no_failure_, "DELETE FROM failure WHERE source = ?");
  make(doc_of_, "SELECT doc FROM document WHERE id = ?");
  make(counts_, "UPDATE run SET documents = ?, unchanged = ?, failed = ? WHERE run = ?");
  make(begin_, "BEGIN IMMEDIATE");
  make(commit_, "COMMIT");
  for (const char* const* sql = kDeleteDocument; *sql; ++sql) make(delete_.emplace_back(), *sql);
  seen_.assign(kSeen, 0);
  if (!ok) return failed;
  auto last = db_->integer("SELECT max(doc) FROM document"), failures = db_->integer("SELECT count(*) FROM failure");
  if (!last) return last.error();
  if (!failures) return failures.error();
  next_doc_ = *last + 1;
  failures_ = *failures > 0;
  auto search = db_->integer("SELECT count(*) FROM sqlite_schema WHERE name = 'search'");
  if (!search) return search.error();
  if (*search)
    if (Status s = open_search(); !s) return s;
  if (*last > 0) {
    if (Status s = db_->execute(kDocumentIdIndex); !s) return s;
    id_index_ = true;
  }
  return Ok{};
}

Status StoreWriter::begin_run(const RunInfo& run, const std::vector<CodeTable>& code_book) {
  if (Status s = begin(); !s) return s;
  if (Status s = db_->execute("UPDATE run SET state = 'killed' WHERE state = 'running'"); !s) return s;
  auto s = db_->prepare("INSERT INTO run(program, pack, options, stamp, inputs, started, state) VALUES(?,?,?,?,?,?,'running')");
  if (!s) return s.error();
  const std::string started = now_text();
  s->bind(1, run.program);
  s->bind(2, run.pack);
  s->bind(3, run.options);
  s->bind(4, static_cast<int64_t>(run.stamp));
  s->bind(5, run.inputs);
  s->bind(6, started);
  if (!s->run()) return db_->error();
  run_ = sqlite3_last_insert_rowid(db_->handle());
  for (const CodeTable& table : code_book) {
    if (table.rows.empty()) continue;
    std::string marks = "?";
    for (size_t i = 1; i < table.rows[0].size(); ++i) marks += ",?";
    if (Status done = db_->execute("DELETE FROM " + table.name); !done) return done;
    auto insert = db_->prepare("INSERT INTO " + table.name + " VALUES(" + marks + ")");
    if (!insert) return insert.error();
    for (const auto& row : table.rows) {
      for (size_t i = 0; i < row.size(); ++i) {
        if (row[i].empty() && !(table.name == "event_type" && i == 1)) insert->bind_null(static_cast<int>(i) + 1);
        else insert->bind(static_cast<int>(i) + 1, row[i]);
      }
      if (!insert->run()) return db_->error();
    }
  }
  return commit();
}

Status StoreWriter::begin() {
  if (in_transaction_) return Ok{};
  if (!begin_.run()) return db_->error();
  in_transaction_ = true;
  return Ok{};
}

Status StoreWriter::commit() {
  if (!in_transaction_) return Ok{};
  if (counts_set_ && !counts_.run()) return db_->error();
  if (!commit_.run()) return db_->error();
  in_transaction_ = false;
  return Ok{};
}

void StoreWriter::set_counts(uint64_t documents, uint64_t unchanged, uint64_t failed) {
  counts_.bind(1, static_cast<int64_t>(documents));
  counts_.bind(2, static_cast<int64_t>(unchanged));
  counts_.bind(3, static_cast<int64_t>(failed));
  counts_.bind(4, run_);
  counts_set_ = true;
}

int64_t StoreWriter::doc_of(std::string_view id) {
  doc_of_.bind(1, id);
  const int64_t doc = doc_of_.step() ? doc_of_.integer(0) : 0;
  doc_of_.reset();
  return doc;
}

Status StoreWriter::remove(int64_t doc) {
  for (Statement& s : delete_) {
    s.bind(1, doc);
    s.bind(2, doc * kEventsPerDocument);
    s.bind(3, (doc + 1) * kEventsPerDocument);
    if (!s.run()) return db_->error();
  }
  return Ok{};
}

bool StoreWriter::seen(uint64_t hash) {
  uint64_t& slot = seen_[hash % kSeen];
  if (slot == hash) return true;
  slot = hash;
  return false;
}

void StoreWriter::bind(Statement& s, int at, const DocumentRows& rows, const Cell& c, int64_t doc) {
  switch (c.kind) {
    case Cell::Kind::kNull: return s.bind_null(at);
    case Cell::Kind::kInteger: return s.bind(at, c.integer);
    case Cell::Kind::kReal: return s.bind(at, c.real);
    case Cell::Kind::kText: return s.bind(at, rows.text(c));
    case Cell::Kind::kDocument: return s.bind(at, doc);
    case Cell::Kind::kEvent: return s.bind(at, doc * kEventsPerDocument + c.integer);
  }
}

Status StoreWriter::put(const StoredDocument& d) {
  if (Status s = begin(); !s) return s;
  const DocumentRows& r = *d.rows;
  const int64_t doc = d.doc;
  const bool searched = d.changed && doc <= search_to_ && normalise_;  // a contentless index is told what it held
  if (searched)
    if (Status s = search_row(doc, false); !s) return s;
  if (d.changed)
    if (Status s = remove(doc); !s) return s;
  auto text_or_null = [](Statement& s, int at, std::string_view v) {
    if (v.empty()) s.bind_null(at);
    else s.bind(at, v);
  };
  document_.bind(1, doc);
  document_.bind(2, d.id);
  document_.bind(3, run_);
  document_.bind(4, d.source);
  document_.bind(5, static_cast<int64_t>(d.content));
  int at = 6;
  for (const std::string* s : {&r.lang, &r.genre, &r.date, &r.title, &r.author, &r.publisher, &r.url}) text_or_null(document_, at++, *s);
  document_.bind(13, r.sentences);
  document_.bind(14, static_cast<int64_t>(utf8::length(d.text)));
  document_.bind(15, r.events);
  if (d.duplicate_of) {
    document_.bind(16, d.duplicate_of);
    document_.bind(17, d.similarity);
  } else {
    document_.bind_null(16);
    document_.bind_null(17);
  }
  if (d.sketch.empty() || d.duplicate_of) document_.bind_null(18);
  else document_.bind_blob(18, d.sketch);
  if (!document_.run()) return db_->error();
  if (d.keep_text) {
    text_.bind(1, doc);
    text_or_null(text_, 2, d.title);
    text_.bind(3, d.text);
    if (!text_.run()) return db_->error();
  }
  if (searched)
    if (Status s = search_row(doc, true); !s) return s;
  record_.bind(1, doc);
  record_.bind(2, static_cast<int64_t>(r.record_bytes));
  record_.bind_blob(3, r.packed);
  if (!record_.run()) return db_->error();
  for (size_t i = 0; i < r.rows.size(); ++i) {
    const StoreRow& row = r.rows[i];
    const size_t end = i + 1 < r.rows.size() ? r.rows[i + 1].first_cell : r.cells.size();
    if (row.table == StoreTable::kEntity && seen(fingerprint(r.text(r.cells[row.first_cell])))) continue;
    if (row.table == StoreTable::kEntityName && seen(fingerprint(r.text(r.cells[row.first_cell + 1]), fingerprint(r.text(r.cells[row.first_cell]))))) continue;
    Statement& s = insert_[static_cast<size_t>(row.table)];
    for (size_t c = row.first_cell; c < end; ++c) bind(s, static_cast<int>(c - row.first_cell) + 1, r, r.cells[c], doc);
    if (!s.run()) return db_->error();
  }
  if (failures_) {
    no_failure_.bind(1, d.source);
    if (!no_failure_.run()) return db_->error();
  }
  return Ok{};
}

Status StoreWriter::put_failure(std::string_view source, std::string_view message) {
  if (Status s = begin(); !s) return s;
  failure_.bind(1, source);
  failure_.bind(2, run_);
  failure_.bind(3, message);
  if (!failure_.run()) return db_->error();
  failures_ = true;
  return Ok{};
}

Status StoreWriter::search_row(int64_t doc, bool in) {
  search_text_.bind(1, doc);
  if (!search_text_.step()) return search_text_.ok() ? Status(Ok{}) : db_->error();
  std::string title, text;
  normalise_(search_text_.text(0), title);
  normalise_(search_text_.text(1), text);
  search_text_.reset();
  Statement& s = in ? search_in_ : search_out_;
  s.bind(1, doc);
  s.bind(2, title);
  s.bind(3, text);
  return s.run() ? Status(Ok{}) : db_->error();
}

Status StoreWriter::open_search() {
  for (auto [statement, sql] : std::initializer_list<std::pair<Statement*, const char*>>{
           {&search_in_, "INSERT INTO search(rowid, title, text) VALUES(?,?,?)"},
           {&search_out_, "INSERT INTO search(search, rowid, title, text) VALUES('delete',?,?,?)"},
           {&search_text_, "SELECT title, text FROM text WHERE doc = ?"}}) {
    auto s = db_->prepare(sql);
    if (!s) return s.error();
    *statement = std::move(*s);
  }
  auto to = db_->integer("SELECT value FROM meta WHERE key = 'search_to'");
  if (!to) return to.error();
  search_to_ = *to;
  return Ok{};
}

Status StoreWriter::build_search() {
  constexpr int64_t kBatch = 20000;
  if (Status s = commit(); !s) return s;
  if (Status s = db_->execute(kCreateSearch); !s) return s;
  if (Status s = open_search(); !s) return s;
  while (search_to_ + 1 < next_doc_) {
    const int64_t to = std::min(search_to_ + kBatch, next_doc_ - 1);
    if (Status s = db_->execute("BEGIN IMMEDIATE"); !s) return s;
    for (int64_t doc = search_to_ + 1; doc <= to; ++doc)
      if (Status s = search_row(doc, true); !s) {
        (void)db_->execute("ROLLBACK");
        return s;
      }
    if (Status s = db_->execute(fmt::format("INSERT OR REPLACE INTO meta VALUES('search_to', {}); COMMIT", to)); !s) return s;
    search_to_ = to;
  }
  return Ok{};
}

Status StoreWriter::build_indexes() {
  if (Status s = commit(); !s) return s;
  if (Status s = db_->execute("BEGIN IMMEDIATE"); !s) return s;
  Status made = db_->execute(kDocumentIdIndex);
  if (made) made = db_->execute(kCreateIndexes);
  if (made) made = db_->execute("COMMIT");
  if (!made) {
    (void)db_->execute("ROLLBACK");
    return made;
  }
  return db_->execute("PRAGMA analysis_limit=1000; ANALYZE;");
}

Status StoreWriter::finish(const std::string& state) {
  if (Status s = commit(); !s) return s;
  auto s = db_->prepare("UPDATE run SET state = ?, finished = ? WHERE run = ?");
  if (!s) return s.error();
  const std::string finished = now_text();
  s->bind(1, state);
  s->bind(2, finished);
  s->bind(3, run_);
  if (!s->run()) return db_->error();
  *s = Statement();
  if (Status done = db_->execute("PRAGMA wal_checkpoint(TRUNCATE)"); !done) return done;
  (void)db_->execute("PRAGMA busy_timeout=0; PRAGMA journal_mode=DELETE");  // one plain file; refused while somebody reads, which does no harm
  return Ok{};
}

}  // namespace biruni
