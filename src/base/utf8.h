// UTF-8 decoding and encoding, one code point at a time. The buffer given to decode must be valid UTF-8
// (text::decode_document makes it so). Thread-safe: pure functions.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace biruni::utf8 {

/// Code point at `pos`, which moves past it. Precondition: pos < s.size(), s valid UTF-8.
inline char32_t next(std::string_view s, size_t& pos) {
  const auto* p = reinterpret_cast<const unsigned char*>(s.data());
  const unsigned char c = p[pos];
  if (c < 0x80) { pos += 1; return c; }
  if (c < 0xE0) { char32_t r = ((c & 0x1Fu) << 6) | (p[pos + 1] & 0x3Fu); pos += 2; return r; }
  if (c < 0xF0) {
    char32_t r = ((c & 0x0Fu) << 12) | ((p[pos + 1] & 0x3Fu) << 6) | (p[pos + 2] & 0x3Fu);
    pos += 3;
    return r;
  }
  char32_t r = ((c & 0x07u) << 18) | ((p[pos + 1] & 0x3Fu) << 12) | ((p[pos + 2] & 0x3Fu) << 6) | (p[pos + 3] & 0x3Fu);
  pos += 4;
  return r;
}

inline void append(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

/// Number of code points in a valid UTF-8 text: bytes that do not continue one, eight at a time.
inline size_t length(std::string_view s) {
  const char* p = s.data();
  size_t n = s.size(), continuing = 0;
  constexpr uint64_t kEach = 0x0101010101010101ull;
  for (; n >= 8; n -= 8, p += 8) {
    uint64_t w;
    __builtin_memcpy(&w, p, 8);
    continuing += ((w >> 7 & ~(w >> 6) & kEach) * kEach) >> 56;
  }
  for (; n; --n, ++p) continuing += (static_cast<unsigned char>(*p) & 0xC0) == 0x80;
  return s.size() - continuing;
}

}  // namespace biruni::utf8
