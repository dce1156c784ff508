// The compiled pack: one file, mapped read-only, that holds a string table and named sections of plain rows.
//
//   auto pack = Pack::open("build/biruni.pack");              // Result<Pack>
//   std::span<const VerbRow> rows = pack->section<VerbRow>("ar/verbs");
//   uint32_t id = pack->find("kitab");                         // StrId or kNone
//   std::string_view s = pack->str(id);
//
// Thread-safe after opening (immutable). Opening costs no parsing: sections are read in place. The file is trusted
// only as far as its header, section bounds and hash of the section directory go; a damaged file is an Error.
#pragma once
#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/span.h"

namespace biruni {

using StrId = uint32_t;

/// 64-bit hash used by the string table (FNV-1a folded with a multiply; order of bytes as written by packc).
inline uint64_t hash_bytes(std::string_view s) {
  uint64_t h = 0x9E3779B97F4A7C15ull ^ s.size();
  const char* p = s.data();
  size_t n = s.size();
  while (n >= 8) {
    uint64_t w;
    __builtin_memcpy(&w, p, 8);
    h = (h ^ w) * 0xD6E8FEB86659FD93ull;
    h ^= h >> 32;
    p += 8;
    n -= 8;
  }
  uint64_t w = 0;
  if (n) __builtin_memcpy(&w, p, n);
  h = (h ^ w) * 0xD6E8FEB86659FD93ull;
  h ^= h >> 29;
  h *= 0xD6E8FEB86659FD93ull;
  return h ^ (h >> 32);
}

/// One bit for each of 2^bits values of the upper end of a hash: whether a table has a key of such a hash. Small enough for the
/// cache, where the table is not. Written by packc as a section.
class HashFilter {
 public:
  HashFilter() = default;
  explicit HashFilter(std::span<const uint64_t> words) : words_(words), shift_(words.empty() ? 0 : 64 - std::bit_width(words.size() * 64 - 1)) {}
  /// False: no key of the table has this hash. An absent filter says true of all.
  bool may_have(uint64_t hash) const { return words_.empty() || (words_[hash >> shift_ >> 6] >> (hash >> shift_ & 63) & 1); }
  /// The section for these hashes, a power of two bits of which at most about one in eight is set.
  static std::vector<uint64_t> make(std::span<const uint64_t> hashes);

 private:
  std::span<const uint64_t> words_;
  int shift_ = 0;
};

class Pack {
 public:
  static Result<std::shared_ptr<const Pack>> open(const std::string& path);
  ~Pack();
  Pack(const Pack&) = delete;
  Pack& operator=(const Pack&) = delete;

  /// Rows of a section; empty if the pack has no such section.
  template <class T>
  std::span<const T> section(std::string_view name) const {
    const auto [ptr, bytes] = raw_section(name);
    return {static_cast<const T*>(ptr), bytes / sizeof(T)};
  }
  StrId find(std::string_view s) const { return find(s, hash_bytes(s)); }  // one hash look-up, no allocation
  StrId find(std::string_view s, uint64_t hash) const;                     // where hash_bytes(s) is known
  std::string_view str(StrId id) const {
    if (id == kNone || id >= string_count_) return {};
    return {string_bytes_ + string_offset_[id], string_offset_[id + 1] - string_offset_[id]};
  }
  uint32_t string_count() const { return string_count_; }
  /// Version of the pack: a hash of its content, in hex.
  const std::string& version() const { return version_; }
  /// Section names, in file order (for tests and `--version`).
  std::vector<std::string> names() const;

 private:
  Pack() = default;
  std::pair<const void*, size_t> raw_section(std::string_view name) const;
  void* map_ = nullptr;
  size_t map_size_ = 0;
  std::vector<std::pair<std::string, std::pair<uint64_t, uint64_t>>> sections_;
  const uint32_t* string_offset_ = nullptr;
  const char* string_bytes_ = nullptr;
  const uint64_t* slots_ = nullptr;  // (tag << 32) | (id + 1), 0 = empty
  uint64_t slot_mask_ = 0;
  HashFilter filter_;
  uint32_t string_count_ = 0;
  std::string version_;
};

}  // namespace biruni
