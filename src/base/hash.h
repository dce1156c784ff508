// 64-bit hashes of bytes for fingerprints of documents: not cryptographic; two different texts share one with a chance of
// 2^-64. The values are stored in files (docs/formats/store.md): the functions may not change. Thread-safe: pure functions.
// The step is the finalizer of SplitMix64 (Steele, Lea, Flood 2014) over eight bytes at a time.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace biruni {

inline uint64_t mix64(uint64_t x) {
  x ^= x >> 30;
  x *= 0xBF58476D1CE4E5B9ull;
  x ^= x >> 27;
  x *= 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

/// Hash of `bytes` behind `seed`: chain calls to hash several fields, each with its length.
inline uint64_t fingerprint(std::string_view bytes, uint64_t seed = 0) {
  uint64_t h = mix64(seed + 0x9E3779B97F4A7C15ull + bytes.size());
  const char* p = bytes.data();
  size_t n = bytes.size();
  for (; n >= 8; n -= 8, p += 8) {
    uint64_t w;
    std::memcpy(&w, p, 8);
    h = (h ^ w) * 0x9FB21C651E98DF25ull;
    h ^= h >> 28;
  }
  uint64_t w = 0;
  std::memcpy(&w, p, n);
  return mix64(h ^ w);
}

}  // namespace biruni
