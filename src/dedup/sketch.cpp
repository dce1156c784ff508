#include "dedup/sketch.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "base/hash.h"
#include "base/utf8.h"

namespace biruni {
namespace {
constexpr char32_t kTatweel = 0x640;
constexpr uint64_t kEmpty = ~0ull;
}  // namespace

Sketcher::Sketcher() : letter_(0x10000, 0) {
  for (UChar32 c = 0; c < 0x10000; ++c) {
    const int8_t type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_FORMAT_CHAR || c == static_cast<UChar32>(kTatweel)) letter_[c] = 1;
    else if (u_isalnum(c)) letter_[c] = static_cast<uint16_t>(std::max<UChar32>(2, u_tolower(c)));
  }
}

bool Sketcher::make(std::string_view text, Sketch& out) const {
  std::array<uint64_t, kSketchBytes> least;
  least.fill(kEmpty);
  uint64_t word = 0, last[4] = {};
  unsigned words = 0;
  auto end_word = [&] {
    if (!word) return;
    last[words++ & 3] = mix64(word);
    word = 0;
    if (words < 4) return;
    uint64_t shingle = 0;
    for (unsigned i = 0; i < 4; ++i) shingle = (shingle ^ last[(words + i) & 3]) * 0x9FB21C651E98DF25ull + i;
    shingle = mix64(shingle);
    uint64_t& bin = least[shingle >> 58];
    bin = std::min(bin, shingle << 6);
  };
  for (size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    const uint16_t letter = c < 0x10000 ? letter_[c] : 2;
    if (letter == 0) end_word();
    else if (letter != 1) word = (word ^ letter) * 0x9E3779B97F4A7C15ull + 1;
  }
  end_word();
  if (words < kMinShingles + 3) return false;
  for (size_t i = 0; i < kSketchBytes; ++i) {
    size_t from = i, distance = 0;
    while (least[from] == kEmpty) from = (from + 1) % kSketchBytes, ++distance;
    out[i] = static_cast<uint8_t>(mix64(least[from] + distance) >> 56);
  }
  return true;
}

double similarity(const Sketch& a, const Sketch& b) {
  unsigned same = 0;
  for (size_t i = 0; i < kSketchBytes; ++i) same += a[i] == b[i];
  const double chance = 1.0 / 256;  // of two bins that differ
  return std::max(0.0, (double(same) / kSketchBytes - chance) / (1 - chance));
}

}  // namespace biruni
