// Finds for each document that comes in an earlier one that it is a near-duplicate of: wire copies. Candidates share at
// least one of eight bands of three bytes of the sketch; what decides is the similarity of the whole sketches and the
// days between the two. Copies are not entered: each copy names an original.
//
// A pair of similarity s becomes a candidate with 1 - (1 - s^3)^8: 0.6: 0.85, 0.7: 0.97, 0.8: 0.997.
// Memory: 80 bytes an original and 8 slots of 4 bytes in a table between three and six tenths full: at most 190 bytes an
// original, a third more for a moment when the table grows. A band that many texts share (a standing phrase) is entered at
// most kMaxSame times, so that a look-up is bounded. Not thread-safe; depends on the order of what comes in, on nothing else.
#pragma once
#include <cstdint>
#include <deque>
#include <vector>

#include "dedup/sketch.h"

namespace biruni {

struct Copy { int64_t original = 0; double similarity = 0; };  // original 0: none

class CopyIndex {
 public:
  static constexpr double kLeast = 0.6;  // similarity from which a document counts as a copy
  static constexpr int kMaxDays = 7;     // between the dates of a copy and its original, where both are known

  CopyIndex() : slots_(1 << 12) {}
  /// An original of which it is a copy; else it is entered as an original itself. `day`: days since 1970, 0 unknown.
  Copy find_or_add(int64_t doc, int32_t day, const Sketch& sketch);
  void add(int64_t doc, int32_t day, const Sketch& sketch);
  /// The document has changed or gone: nothing is a copy of it any more. For documents added in the order of `doc`.
  void forget(int64_t doc);
  size_t size() const { return entries_.size(); }

 private:
  static constexpr unsigned kBands = 8, kBandBytes = 3, kMaxSame = 16;
  static constexpr int32_t kGone = INT32_MIN;
  struct Entry { int64_t doc; int32_t day; Sketch sketch; };
  static uint64_t band_hash(const Sketch& s, unsigned band);
  void enter(uint32_t entry);
  void grow();
  std::deque<Entry> entries_;
  std::vector<uint32_t> slots_;  // index of an entry + 1; 0 empty
  size_t used_ = 0, sorted_ = 0;  // the first sorted_ entries stand in the order of their documents
};

/// Days since 1970-01-01 of "YYYY-MM-DD"; 0 where it is none.
int32_t day_number(int year, unsigned month, unsigned day);

}  // namespace biruni
