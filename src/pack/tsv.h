// Reads the tab-separated tables of packs/ for the pack compiler, with file and line in each error.
//
//   auto table = read_tsv(dir, "lexicon/verbs", {"root","form","vowels","masdar","flags","gloss","origin"});
//   for (const TsvRow& row : table->rows) row["root"] ...
//
// Reads NAME.tsv and every NAME.*.tsv (sorted), so that a table may be split. Checks the header line against `columns`
// (a table may have more columns at the end), UTF-8, and that `origin`, where it is a column, is not empty.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace biruni {

struct TsvRow {
  std::string file;  // path relative to the packs folder
  int line = 0;
  std::vector<std::string> cells;
  const std::vector<std::string>* columns = nullptr;
  /// The cell of a column; empty if the line is short. The column must be one of the table's.
  const std::string& operator[](std::string_view column) const;
  std::string where() const { return file + ":" + std::to_string(line); }
};

struct TsvTable {
  std::vector<std::string> columns;
  std::vector<TsvRow> rows;
};

/// `required`: the table must exist. Otherwise a missing table is an empty one.
Result<std::shared_ptr<const TsvTable>> read_tsv(const std::string& packs_dir, const std::string& name,
                                                 std::vector<std::string> columns, bool required = true);

std::vector<std::string_view> split(std::string_view s, char separator);  // "a|b" -> a, b; empty string -> none
std::string_view trim(std::string_view s);
/// "YYYY", "YYYY-MM", "YYYY-MM-DD" -> days-comparable integer yyyymmdd with 0 for missing parts; empty -> 0; -1 if bad.
int parse_date_key(std::string_view s);

}  // namespace biruni
