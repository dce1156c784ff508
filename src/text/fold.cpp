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
  fill_short();
}

void Fold::fill_short() {
  const auto bytes = [](std::string_view s) -> uint16_t {
    if (s.size() > 2 || (s.size() == 2 && static_cast<unsigned char>(s[0]) < 0x80)) return kSlow;
    uint16_t v = 0;
    for (size_t i = 0; i < s.size(); ++i) v = static_cast<uint16_t>(v | static_cast<unsigned char>(s[i]) << (8 * i));
    return v;
  };
  short_.resize(0x800);
  for (char32_t c = 1; c < 0x800; ++c) {
    std::string raw, normal, inner;
    utf8::append(raw, c);
    bool marks = false;
    norm(raw, normal, marks);
    Short& s = short_[c];
    s.norm = bytes(normal);
    if (s.norm == kSlow || s.norm == 0) continue;
    size_t at = 0;
    const char32_t n = utf8::next(normal, at);
    put(n, key_[n], inner);
    s.key = s.final = bytes(inner);
    if (final_[n]) {
      inner.clear();
      put(n, final_[n], inner);
      s.final = bytes(inner);
    }
    if (s.key == kSlow || s.final == kSlow) {
      s.norm = kSlow;
      continue;
    }
    const auto size = [](uint16_t v) { return v == 0 ? 0 : v > 0xFF ? 2 : 1; };
    const int width = c < 0x80 ? 1 : 2;
    if (size(s.norm) == width && size(s.key) == width && size(s.final) == width && c != '.') s.width = static_cast<uint16_t>(width);
  }
  short_[0].norm = kSlow;
}

Fold::Folded Fold::token(std::string_view raw, bool drop_dots, std::string& out) const {
  constexpr size_t kMost = 120;
  if (raw.size() > kMost) return slow_token(raw, drop_dots, out);
  char norm_bytes[4 * kMost + 8], key_bytes[2 * kMost + 8];
  char *n = norm_bytes, *k = key_bytes, *last = nullptr;
  const auto* p = reinterpret_cast<const unsigned char*>(raw.data());
  const auto* const end = p + raw.size();
  Folded r;
  uint32_t letters = 0;
  bool dropped = false;  // a letter that the key has not
  uint16_t final = 0;
  const auto write = [](char*& to, uint16_t v) {
    to[0] = static_cast<char>(v);
    to[1] = static_cast<char>(v >> 8);
    to += (v != 0) + (v > 0xFF);
  };
  while (p < end) {
    uint32_t c = *p;
    if (c >= 0x80) {  // a run of letters of two bytes
      const auto* const run = p;
      for (; p + 1 < end && *p >= 0xC2 && *p < 0xE0; p += 2, n += 2, k += 2) {
        const Short& s = short_[(p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu)];
        if (s.width != 2) break;
        __builtin_memcpy(n, &s.norm, 2);
        __builtin_memcpy(k, &s.key, 2);
      }
      if (p != run) {
        last = k - 2;
        final = short_[(p[-2] & 0x1Fu) << 6 | (p[-1] & 0x3Fu)].final;
        letters += static_cast<uint32_t>(p - run) / 2;
        continue;
      }
      if (c >= 0xE0) return slow_token(raw, drop_dots, out);
      c = (c & 0x1Fu) << 6 | (p[1] & 0x3Fu);
      p += 2;
    } else {  // of one byte
      const auto* const run = p;
      for (; p < end && *p < 0x80 && short_[*p].width == 1; ++p, ++n, ++k) {
        *n = static_cast<char>(short_[*p].norm);
        *k = static_cast<char>(short_[*p].key);
      }
      if (p != run) {
        last = k - 1;
        final = short_[p[-1]].final;
        letters += static_cast<uint32_t>(p - run);
        continue;
      }
      ++p;
    }
    const Short& s = short_[c];
    if (s.norm == 0) {
      r.marks = r.marks || (c >= 0x064B && c <= 0x0652);
      continue;
    }
    if (s.norm == kSlow) return slow_token(raw, drop_dots, out);
    write(n, s.norm);
    ++letters;
    if (drop_dots && s.norm == '.') {
      dropped = true;
      continue;
    }
    last = k;
    final = s.final;
    write(k, s.key);
    dropped = dropped || s.key == 0 || s.final == 0;
  }
  if (last) {
    k = last;
    write(k, final);
  }
  r.norm = static_cast<uint32_t>(n - norm_bytes);
  r.key = static_cast<uint32_t>(k - key_bytes);
  if (!dropped && r.norm == r.key && letters) r.width = r.norm == letters ? 1 : r.norm == 2 * letters ? 2 : 0;
  __builtin_memcpy(n, key_bytes, r.key);
  out.append(norm_bytes, r.norm + r.key);
  return r;
}

Fold::Folded Fold::slow_token(std::string_view raw, bool drop_dots, std::string& out) const {
  Folded r;
  const size_t begin = out.size();
  norm(raw, out, r.marks);
  r.norm = static_cast<uint32_t>(out.size() - begin);
  std::string copy = out.substr(begin);  // key() must not read from the string it appends to
  if (drop_dots) std::erase(copy, '.');
  key(copy, out);
  r.key = static_cast<uint32_t>(out.size() - begin - r.norm);
  return r;
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
