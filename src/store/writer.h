// The writing side of a store (docs/formats/store.md). One writer a store at a time, held by a lock file beside it; readers
// may read at any moment and see what is committed.
//
//   auto w = StoreWriter::open("out.db");
//   (*w)->begin_run(run); ... (*w)->put(document) ... (*w)->commit() ... (*w)->finish("done")
//
// Documents are written within a transaction that put() opens and commit() ends: what is not committed is gone when the
// process dies, what is committed is there. Not thread-safe.
#pragma once
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "store/database.h"
#include "store/known.h"
#include "store/rows.h"

namespace biruni {

struct RunInfo {
  std::string program, pack, options, inputs;
  uint64_t stamp = 0;  // hash of program, pack and options: what a document's coding depends on besides itself
};

/// A document to be written. Texts and rows must live until put() returns.
struct StoredDocument {
  const DocumentRows* rows = nullptr;
  std::string_view id, source, title, text;
  bool keep_text = true;
  int64_t doc = 0;            // its number: new_doc(), or doc_of() where it is written anew
  bool changed = false;       // there is one of this number: replace it
  uint64_t content = 0;
  int64_t duplicate_of = 0;   // doc, 0 none
  double similarity = 0;
  std::string_view sketch;    // for finding copies in later runs; empty: none
};

/// A table of the code book: all its rows, cells in the order of the columns, empty where there is no value.
struct CodeTable { std::string name; std::vector<std::vector<std::string>> rows; };

class StoreWriter {
 public:
  /// Makes the store if there is none. Refused: another writer, a file that is no store, a store of another version.
  static Result<std::unique_ptr<StoreWriter>> open(const std::string& path);
  ~StoreWriter();

  Status begin_run(const RunInfo& run, const std::vector<CodeTable>& code_book);
  /// Calls `each(id, content, stamp, doc, date, sketch)` for the documents that are there; sketch is empty for copies.
  template <class Each>
  Status for_known(Each&& each);
  Status put(const StoredDocument& d);
  Status put_failure(std::string_view source, std::string_view message);
  Status commit();
  bool in_transaction() const { return in_transaction_; }
  int64_t new_doc() { return next_doc_++; }
  int64_t doc_of(std::string_view id);  // 0 if there is none
  /// Counts for the row of the run; written at the next commit.
  void set_counts(uint64_t documents, uint64_t unchanged, uint64_t failed);
  /// Full-text index over what `normalise` makes of titles and texts, of the documents that are not in it yet, after loading:
  /// a batch of documents a transaction, so that a killed run goes on where it was.
  Status build_search();
  /// Called as normalise(text, out): appends to `out`. Set before documents are replaced or indexed.
  void set_normaliser(std::function<void(std::string_view, std::string&)> normalise) { normalise_ = std::move(normalise); }
  /// Indexes where they are missing; statistics for the planner.
  Status build_indexes();
  /// Commits, writes the run's state ("done", "stopped", "failed"), puts all into the one file.
  Status finish(const std::string& state);
  Database& database() { return *db_; }

 private:
  StoreWriter() = default;
  Status lock(const std::string& path);
  Status check_or_create();
  Status prepare();
  Status begin();
  Status remove(int64_t doc);
  Status open_search();
  Status search_row(int64_t doc, bool in);  // enters or takes out a document
  bool seen(uint64_t hash);
  void bind(Statement& s, int at, const DocumentRows& rows, const Cell& c, int64_t doc);

  int lock_fd_ = -1;
  std::string lock_path_;
  std::unique_ptr<Database> db_;
  std::array<Statement, static_cast<size_t>(StoreTable::kCount)> insert_;
  Statement document_, text_, record_, failure_, no_failure_, doc_of_, counts_, begin_, commit_;
  std::vector<Statement> delete_;
  std::vector<uint64_t> seen_;  // entities written lately: their rows need not be tried again
  Statement search_in_, search_out_, search_text_;
  std::function<void(std::string_view, std::string&)> normalise_;
  int64_t search_to_ = 0;  // documents up to this one are in the index
  int64_t run_ = 0, next_doc_ = 1;
  bool in_transaction_ = false, failures_ = false, id_index_ = false, counts_set_ = false;
};

template <class Each>
Status StoreWriter::for_known(Each&& each) {
  auto s = db_->prepare("SELECT d.id, d.content, r.stamp, d.doc, d.date, d.sketch FROM document d JOIN run r USING(run) ORDER BY d.doc");
  if (!s) return s.error();
  while (s->step())
    each(s->text(0), static_cast<uint64_t>(s->integer(1)), static_cast<uint64_t>(s->integer(2)), s->integer(3), s->text(4), s->blob(5));
  if (!s->ok()) return db_->error();
  return Ok{};
}

}  // namespace biruni
