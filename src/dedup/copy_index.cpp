#include "dedup/copy_index.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>

#include "base/hash.h"

namespace biruni {

uint64_t CopyIndex::band_hash(const Sketch& s, unsigned band) {
  const uint8_t* p = s.data() + band * kBandBytes;
  return mix64(uint64_t(p[0]) | uint64_t(p[1]) << 8 | uint64_t(p[2]) << 16 | uint64_t(band + 1) << 24);
}

Copy CopyIndex::find_or_add(int64_t doc, int32_t day, const Sketch& sketch) {
  Copy best;
  for (unsigned b = 0; b < kBands; ++b) {
    for (size_t at = band_hash(sketch, b) & (slots_.size() - 1); slots_[at]; at = (at + 1) & (slots_.size() - 1)) {
      const Entry& e = entries_[slots_[at] - 1];
      if (e.day == kGone || std::memcmp(e.sketch.data() + b * kBandBytes, sketch.data() + b * kBandBytes, kBandBytes) != 0) continue;
      if (day && e.day && std::abs(day - e.day) > kMaxDays) continue;
      const double s = similarity(sketch, e.sketch);
      if (s >= kLeast && (s > best.similarity || (s == best.similarity && e.doc < best.original))) best = {e.doc, s};
    }
  }
  if (!best.original) add(doc, day, sketch);
  return best;
}

void CopyIndex::add(int64_t doc, int32_t day, const Sketch& sketch) {
  if ((used_ + kBands) * 10 > slots_.size() * 6) grow();
  if (sorted_ == entries_.size() && (entries_.empty() || entries_.back().doc < doc)) ++sorted_;
  entries_.push_back({doc, day, sketch});
  enter(static_cast<uint32_t>(entries_.size() - 1));
}

void CopyIndex::enter(uint32_t entry) {
  const Sketch& sketch = entries_[entry].sketch;
  for (unsigned b = 0; b < kBands; ++b) {
    unsigned same = 0;
    size_t at = band_hash(sketch, b) & (slots_.size() - 1);
    for (; slots_[at]; at = (at + 1) & (slots_.size() - 1)) {
      same += std::memcmp(entries_[slots_[at] - 1].sketch.data() + b * kBandBytes, sketch.data() + b * kBandBytes, kBandBytes) == 0;
      if (same == kMaxSame) break;
    }
    if (same == kMaxSame) continue;
    slots_[at] = entry + 1;
    ++used_;
  }
}

void CopyIndex::grow() {
  slots_.assign(slots_.size() * 2, 0);
  used_ = 0;
  for (uint32_t i = 0; i < entries_.size(); ++i) enter(i);
}

void CopyIndex::forget(int64_t doc) {
  const auto end = entries_.begin() + static_cast<std::ptrdiff_t>(sorted_);
  const auto it = std::lower_bound(entries_.begin(), end, doc, [](const Entry& e, int64_t d) { return e.doc < d; });
  if (it != end && it->doc == doc) it->day = kGone;
}

int32_t day_number(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day ymd{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  return ymd.ok() ? static_cast<int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count()) : 0;
}

}  // namespace biruni
