#include "text/fold.h"

#include <cstdlib>

#include "base/utf8.h"
#include "pack/tsv.h"

namespace biruni {
namespace {

// A cell is characters as they stand or U+XXXX values, blank-separated.
Result<std::vector<uint32_t>> code_points(const TsvRow& row, std::string_view cell) {
  std::vector<uint32_t> out;
  if (cell.starts_with("U+")) {
    for (std::string_view piece : split(cell, ' ')) {
      char* end = nullptr;
      const std::string hex(piece.substr(2));
      out.push_back(static_cast<uint32_t>(std::strtoul(hex.c_str(), &end, 16)));
      if (*end || hex.empty()) return Error{ErrorCode::kBadValue, "'" + std::string(piece) + "' is no code point", row.where(), "write U+0640"};
    }
  } else {
    for (size_t at = 0; at < cell.size();) out.push_back(utf8::next(cell, at));
  }
  return out;
}

Status read_level(const std::string& packs_dir, const std::string& table, bool norm_level, std::vector<FoldRow>& rows) {
  auto read = read_tsv(packs_dir, table, {"from", "to", "where", "reason", "origin"}, norm_level);
  if (!read) return read.error();
  for (const TsvRow& row : (*read)->rows) {
    // `from` may be a range U+064B..U+0652 (only for removal).
    const std::string& from = row["from"];
    std::vector<uint32_t> sources;
    const size_t dots = from.find("..");
    if (dots != std::string::npos) {
      auto a = code_points(row, std::string_view(from).substr(0, dots));
      auto b = code_points(row, std::string_view(from).substr(dots + 2));
      if (!a) return a.error();
      if (!b) return b.error();
      for (uint32_t c = (*a)[0]; c <= (*b)[0]; ++c) sources.push_back(c);
    } else {
      auto a = code_points(row, from);
      if (!a) return a.error();
      sources = *a;
    }
    auto to = code_points(row, row["to"]);
    if (!to) return to.error();
    if (to->size() > 3) return Error{ErrorCode::kBadValue, "replacement longer than three code points", row.where(), ""};
    // A range with a one-point replacement counts up with it (digits).
    const bool count_up = dots != std::string::npos && to->size() == 1;
    for (size_t i = 0; i < sources.size(); ++i) {
      if (sources[i] > 0xFFFF) return Error{ErrorCode::kBadValue, "only code points up to U+FFFF can be folded", row.where(), ""};
      FoldRow f;
      f.from = sources[i];
      f.level = norm_level ? 0 : row["where"] == "end" ? 2 : 1;
      f.count = static_cast<uint32_t>(to->size());
      for (size_t k = 0; k < to->size(); ++k) f.to[k] = (*to)[k] + (count_up ? static_cast<uint32_t>(i) : 0);
      rows.push_back(f);
    }
  }
  return Ok{};
}

}  // namespace

Fold::Fold(std::vector<FoldRow> rows) : rows_(std::move(rows)), norm_(65536, 0), key_(65536, 0), final_(65536, 0) {
  for (size_t i = 0; i < rows_.size(); ++i) {
    const FoldRow& r = rows_[i];
    auto& table = r.level == 0 ? norm_ : r.level == 1 ? key_ : final_;
    table[r.from] = r.count == 0 ? 1 : static_cast<uint16_t>(i + 2);
  }
}

Result<std::unique_ptr<Fold>> Fold::from_tsv(const std::string& packs_dir, const std::string& lang) {
  std::vector<FoldRow> rows;
  if (auto s = read_level(packs_dir, "common/text/norm", true, rows); !s) return s.error();
  if (auto s = read_level(packs_dir, lang + "/text/fold", false, rows); !s) return s.error();
  return std::unique_ptr<Fold>(new Fold(std::move(rows)));
}

std::unique_ptr<Fold> Fold::from_pack(const Pack& pack, const std::string& lang) {
  const auto rows = pack.section<FoldRow>(lang + "/fold");
  return std::unique_ptr<Fold>(new Fold({rows.begin(), rows.end()}));
}

void Fold::write(PackWriter& out, const std::string& lang) const { out.add(lang + "/fold", rows_); }

void Fold::put(char32_t from, uint32_t value, std::string& out) const {
  if (value == 0) {
    utf8::append(out, from);
  } else if (value > 1) {
    const FoldRow& r = rows_[value - 2];
    for (uint32_t i = 0; i < r.count; ++i) utf8::append(out, r.to[i]);
  }
}

void Fold::norm(std::string_view raw, std::string& out, bool& marks) const {
  for (size_t at = 0; at < raw.size();) {
    const size_t begin = at;
    const char32_t c = utf8::next(raw, at);
    const uint32_t v = c < 0x10000 ? norm_[c] : 0;
    if (v == 0) {
      out.append(raw, begin, at - begin);
    } else {
      if (v == 1 && c >= 0x064B && c <= 0x0652) marks = true;
      put(c, v, out);
    }
  }
}

void Fold::key(std::string_view norm, std::string& out) const {
  for (size_t at = 0; at < norm.size();) {
    const size_t begin = at;
    const char32_t c = utf8::next(norm, at);
    uint32_t v = c < 0x10000 ? key_[c] : 0;
    if (at == norm.size() && c < 0x10000 && final_[c]) v = final_[c];
    if (v == 0) out.append(norm, begin, at - begin);
    else put(c, v, out);
  }
}

std::string Fold::key_of(std::string_view raw) const {
  std::string n, k;
  bool marks = false;
  norm(raw, n, marks);
  key(n, k);
  return k;
}

}  // namespace biruni
