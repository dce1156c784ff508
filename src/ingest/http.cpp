#include "ingest/http.h"

#include <algorithm>
#include <charconv>

#include "ingest/archive.h"

namespace biruni {
namespace {

std::string lower(std::string_view s) {
  std::string out(s);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(c < 128 ? tolower(c) : c); });
  return out;
}

std::string_view trim(std::string_view s) {
  const size_t from = s.find_first_not_of(" \t\r");
  return from == std::string_view::npos ? std::string_view() : s.substr(from, s.find_last_not_of(" \t\r") - from + 1);
}

/// RFC 9112, section 7.1. A body cut off ends where it is cut.
std::string join_chunks(std::string_view body) {
  std::string out;
  for (;;) {
    const size_t end = body.find('\n');
    if (end == std::string_view::npos) return out;
    size_t size = 0;
    const std::string_view line = trim(body.substr(0, end));
    const auto [stop, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    if (error != std::errc() || size == 0) return out;
    body.remove_prefix(end + 1);
    out += body.substr(0, size);
    if (size >= body.size()) return out;
    body.remove_prefix(size);
    if (body.starts_with("\r\n")) body.remove_prefix(2);
  }
}

}  // namespace

bool read_http(std::string block, uint64_t limit, HttpBody& out, std::string& reason) {
  out = HttpBody{};
  if (!block.starts_with("HTTP/")) {
    out.bytes = std::move(block);
    return true;
  }
  bool chunked = false, packed = false;
  std::string_view rest = block;
  for (bool first = true;; first = false) {
    const size_t end = rest.find('\n');
    const std::string_view line = trim(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.empty() || rest.empty()) break;
    if (first) {
      if (const size_t space = line.find(' '); space != std::string_view::npos) std::from_chars(line.data() + space + 1, line.data() + line.size(), out.status);
      continue;
    }
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string key = lower(line.substr(0, colon)), value = lower(trim(line.substr(colon + 1)));
    if (key == "content-type") {
      out.type = trim(std::string_view(value).substr(0, value.find(';')));
      if (const size_t at = value.find("charset="); at != std::string::npos) {
        out.charset = value.substr(at + 8, value.find_first_of("; ", at) == std::string::npos ? std::string::npos : value.find_first_of("; ", at) - at - 8);
        std::erase(out.charset, '"');
      }
    } else if (key == "transfer-encoding") {
      chunked = value.find("chunked") != std::string::npos;
    } else if (key == "content-encoding") {
      packed = value != "identity" && !value.empty();
    }
  }
  out.bytes = chunked ? join_chunks(rest) : std::string(rest);
  return !packed || unpack(out.bytes, limit, reason);
}

}  // namespace biruni
