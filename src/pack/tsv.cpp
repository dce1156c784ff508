#include "pack/tsv.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace biruni {
namespace fs = std::filesystem;

const std::string& TsvRow::operator[](std::string_view column) const {
  static const std::string kEmpty;
  for (size_t i = 0; i < columns->size(); ++i) {
    if ((*columns)[i] == column) return i < cells.size() ? cells[i] : kEmpty;
  }
  return kEmpty;
}

std::vector<std::string_view> split(std::string_view s, char separator) {
  std::vector<std::string_view> out;
  if (s.empty()) return out;
  size_t at = 0;
  while (true) {
    const size_t end = s.find(separator, at);
    out.push_back(s.substr(at, end == std::string_view::npos ? end : end - at));
    if (end == std::string_view::npos) return out;
    at = end + 1;
  }
}

std::string_view trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\r')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\r')) s.remove_suffix(1);
  return s;
}

int parse_date_key(std::string_view s) {
  if (s.empty()) return 0;
  int part[3] = {0, 0, 0};
  int n = 0;
  for (std::string_view piece : split(s, '-')) {
    if (n == 3 || piece.empty() || piece.size() > 4) return -1;
    for (char c : piece) {
      if (c < '0' || c > '9') return -1;
      part[n] = part[n] * 10 + (c - '0');
    }
    ++n;
  }
  if (part[1] > 12 || part[2] > 31) return -1;
  return part[0] * 10000 + part[1] * 100 + part[2];
}

Result<std::shared_ptr<const TsvTable>> read_tsv(const std::string& packs_dir, const std::string& name,
                                                 std::vector<std::string> columns, bool required) {
  std::vector<fs::path> files;
  std::error_code ec;
  // several folders, one a line: those of users are read first, so that their rows stand
  const auto folders = split(packs_dir, '\n');
  const fs::path stem = fs::path(folders[0]) / name;
  const std::string base = stem.filename().string();
  for (size_t i = folders.size(); i-- > 0;) {
    const size_t first = files.size();
    for (const auto& entry : fs::directory_iterator((fs::path(folders[i]) / name).parent_path(), ec)) {
      const std::string f = entry.path().filename().string();
      if (f == base + ".tsv") files.push_back(entry.path());
      else if (f.starts_with(base + ".") && f.ends_with(".tsv")) files.push_back(entry.path());
    }
    std::sort(files.begin() + static_cast<std::ptrdiff_t>(first), files.end());
  }
  if (files.empty() && required) {
    return Error{ErrorCode::kNotFound, "table is missing", stem.string() + ".tsv", "write it, see docs/formats/packs.md"};
  }
  auto table = std::make_shared<TsvTable>();
  table->columns = std::move(columns);
  const bool wants_origin = std::find(table->columns.begin(), table->columns.end(), "origin") != table->columns.end();
  for (const auto& file : files) {
    const bool own = folders.size() > 1 && !file.string().starts_with(std::string(folders[0]) + "/");
    const std::string shown = own ? file.string() : fs::relative(file, fs::path(folders[0]), ec).string();
    std::ifstream in(file);
    if (!in) return Error{ErrorCode::kUnreadable, "cannot read", shown, ""};
    std::string line;
    int number = 0;
    bool header = false;
    while (std::getline(in, line)) {
      ++number;
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (line.empty()) continue;
      if (line[0] == '#') {
        if (!header) {
          header = true;
          std::string_view rest(line);
          rest.remove_prefix(1);
          const auto got = split(rest, '\t');
          for (size_t i = 0; i < table->columns.size(); ++i) {
            if (i >= got.size() || trim(got[i]) != table->columns[i]) {
              return Error{ErrorCode::kBadFormat, "header: column " + std::to_string(i + 1) + " is '" +
                           (i < got.size() ? std::string(got[i]) : "") + "', expected '" + table->columns[i] + "'",
                           shown + ":" + std::to_string(number), "see docs/formats/packs.md"};
            }
          }
        }
        continue;
      }
      if (!header) return Error{ErrorCode::kBadFormat, "first line must be '#' and the column names", shown + ":1", ""};
      TsvRow row;
      row.file = shown;
      row.line = number;
      for (auto cell : split(line, '\t')) row.cells.emplace_back(trim(cell));
      row.columns = &table->columns;
      if (row.cells.size() > table->columns.size()) {
        return Error{ErrorCode::kBadFormat, std::to_string(row.cells.size()) + " columns, expected " +
                     std::to_string(table->columns.size()), row.where(), "one tab between columns"};
      }
      if (wants_origin && row["origin"].empty()) {
        return Error{ErrorCode::kBadValue, "the row has no origin", row.where(), "name where it is from; 'own' if written here"};
      }
      table->rows.push_back(std::move(row));
    }
  }
  return std::shared_ptr<const TsvTable>(table);
}

}  // namespace biruni
