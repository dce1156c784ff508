// Byte ranges and word ranges, the positions everything else refers to.
// All positions are bytes into the document's decoded buffer (valid UTF-8). Code points exist only in records
// (render counts them). Thread-safe: plain values.
#pragma once
#include <cstdint>

namespace biruni {

inline constexpr uint32_t kNone = 0xFFFFFFFFu;

/// Half-open byte range [begin, end) in the decoded document buffer.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t size() const { return end - begin; }
  bool empty() const { return end <= begin; }
  bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  bool operator==(const Span&) const = default;
};

/// Half-open range [first, last) of words of a document.
struct WordRange {
  uint32_t first = 0;
  uint32_t last = 0;
  uint32_t size() const { return last - first; }
  bool empty() const { return last <= first; }
  bool contains(uint32_t word) const { return first <= word && word < last; }
  bool operator==(const WordRange&) const = default;
};

}  // namespace biruni
