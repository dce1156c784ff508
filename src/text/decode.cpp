// Valid text is the rule and costs one vectorised pass; only broken text is walked byte by byte.
#include <simdjson.h>

#include "text/text_stage.h"

namespace biruni {
namespace {

// Length of the well-formed sequence at p (RFC 3629), 0 if there is none.
size_t sequence_length(const unsigned char* p, size_t n) {
  const unsigned char c = p[0];
  auto cont = [&](size_t i, unsigned char low = 0x80, unsigned char high = 0xBF) { return i < n && p[i] >= low && p[i] <= high; };
  if (c < 0x80) return 1;
  if (c >= 0xC2 && c <= 0xDF) return cont(1) ? 2 : 0;
  if (c == 0xE0) return cont(1, 0xA0) && cont(2) ? 3 : 0;
  if (c == 0xED) return cont(1, 0x80, 0x9F) && cont(2) ? 3 : 0;
  if (c >= 0xE1 && c <= 0xEF) return cont(1) && cont(2) ? 3 : 0;
  if (c == 0xF0) return cont(1, 0x90) && cont(2) && cont(3) ? 4 : 0;
  if (c >= 0xF1 && c <= 0xF3) return cont(1) && cont(2) && cont(3) ? 4 : 0;
  if (c == 0xF4) return cont(1, 0x80, 0x8F) && cont(2) && cont(3) ? 4 : 0;
  return 0;
}

}  // namespace

std::string decode_document(std::string_view bytes, std::vector<Problem>& problems) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (simdjson::validate_utf8(bytes.data(), bytes.size())) return std::string(bytes);
  std::string out;
  out.reserve(bytes.size() + 64);
  size_t bad = 0;
  uint32_t first = 0;
  for (size_t at = 0; at < bytes.size();) {
    const size_t n = sequence_length(reinterpret_cast<const unsigned char*>(bytes.data()) + at, bytes.size() - at);
    if (n) {
      out.append(bytes, at, n);
      at += n;
    } else {
      if (bad++ == 0) first = static_cast<uint32_t>(out.size());
      out += "\xEF\xBF\xBD";
      ++at;
    }
  }
  if (bad) {
    problems.push_back({"invalid_utf8", std::to_string(bad) + (bad == 1 ? " byte is" : " bytes are") +
                        " not UTF-8; each was replaced by U+FFFD", {first, first + 3}});
  }
  return out;
}

}  // namespace biruni
