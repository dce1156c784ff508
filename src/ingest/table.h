// Tables with named columns, CSV (RFC 4180; comma or semicolon, as the header has it) and TSV, one document a row, streamed.
// Not thread-safe.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/fields.h"
#include "ingest/stream.h"

namespace biruni {

/// Field -> name of the column that has it, as --column says.
using ColumnNames = std::map<std::string, std::string>;

class TableReader {
 public:
  enum class Row : uint8_t { kRow, kBad, kEnd, kError };
  /// `tabs`: TSV. `limit`: bytes of a row.
  TableReader(ByteStream& stream, bool tabs, ColumnNames columns, uint64_t limit);
  /// kBad: this row cannot be read (reason); the next may. kError: nothing can (no header, no column of texts).
  Row next(InputFields& out, std::string& reason);
  /// The line on which the last row began, from 1.
  uint64_t line() const { return first_line_; }

 private:
  bool read_header(std::string& reason);
  LineRead record(std::string& reason);  // into fields_
  ByteStream& stream_;
  ColumnNames columns_;
  uint64_t limit_, line_ = 0, first_line_ = 0;
  bool tabs_, started_ = false;
  char delimiter_;
  std::vector<std::string> fields_;
  std::vector<std::string InputFields::*> to_;  // by column; null: passed over
  size_t width_ = 0;
};

}  // namespace biruni
