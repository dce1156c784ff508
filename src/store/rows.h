// The records of one document -> the rows that a store writes for it. Made by workers, in parallel; the writer only binds.
// The records are the one source: what the store says is what the records say.
//
//   RowMaker maker;                      // one a thread
//   maker.make(records, rows);           // JSON Lines of one document, with kRowPadding spare bytes behind them
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/schema.h"

namespace biruni {

/// Spare capacity that the string of records must have (simdjson reads in blocks).
inline constexpr size_t kRowPadding = 64;

/// A value: of its own, or relative to the number that the document gets from the writer.
struct Cell {
  enum class Kind : uint8_t { kNull, kInteger, kReal, kText, kDocument, kEvent } kind = Kind::kNull;
  union {
    int64_t integer = 0;  // kInteger; kEvent: number within the document
    double real;
    struct { uint32_t begin, size; } text;  // in DocumentRows::arena
  };
};

struct StoreRow { StoreTable table; uint32_t first_cell; };

struct DocumentRows {
  // of the document record
  std::string id, lang, genre, date, title, author, publisher, url;
  int64_t sentences = 0, events = 0;
  std::vector<StoreRow> rows;
  std::vector<Cell> cells;
  std::string arena;
  std::string packed;        // the records, zstd
  uint64_t record_bytes = 0;
  std::string_view text(const Cell& c) const { return std::string_view(arena).substr(c.text.begin, c.text.size); }
  void clear();
};

class RowMaker {
 public:
  RowMaker();
  ~RowMaker();
  void make(const std::string& records, DocumentRows& out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The records that make() packed; empty and false where the bytes are damaged.
bool unpack_records(std::string_view packed, uint64_t bytes, std::string& out);

}  // namespace biruni
