// Appends JSON to a string. No tree, no allocation but the string's own growth. Not thread-safe (one writer, one string).
//
//   JsonWriter j(out); j.open(); j.field("kind", "event"); j.number("sentence", 4); j.close(); j.line();
//
// While an outermost object or list is open the string is longer than what is in it; its close makes it exact.
#pragma once
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace biruni {

/// Whether one of the eight bytes may have to be escaped: below 0x20, quote, backslash, first byte of a line separator.
inline bool json_special(uint64_t w) {
  constexpr uint64_t kEach = 0x0101010101010101ull, kHigh = 0x80 * kEach;
  const auto has = [&](uint64_t byte) { return ((w ^ byte * kEach) - kEach) & ~(w ^ byte * kEach); };
  return ((((w - 0x20 * kEach) & ~w) | has('"') | has('\\') | has(0xC2) | has(0xE2)) & kHigh) != 0;
}

/// Most bytes that a byte becomes.
inline constexpr size_t kJsonGrowth = 6;

/// Writes `s` escaped (control characters, line separators, quote, backslash; other UTF-8 stays as it is) to `to`, which has
/// room for kJsonGrowth times its size. Returns the end.
inline char* escape_json(char* to, std::string_view s) {
  const auto put = [&](std::string_view text) {
    std::memcpy(to, text.data(), text.size());
    to += text.size();
  };
  for (size_t i = 0; i < s.size();) {
    if (i + 8 <= s.size()) {
      uint64_t w;
      std::memcpy(&w, s.data() + i, 8);
      if (!json_special(w)) {
        std::memcpy(to, &w, 8);
        to += 8;
        i += 8;
        continue;
      }
    }
    const unsigned char c = static_cast<unsigned char>(s[i++]);
    const auto follow = [&](size_t k) { return i + k < s.size() ? static_cast<unsigned char>(s[i + k]) : 0; };
    if (c >= 0x20 && c != '"' && c != '\\' && c != 0xC2 && c != 0xE2) {
      *to++ = static_cast<char>(c);
    } else if (c == 0xC2 && follow(0) == 0x85) {  // line separators, at which some readers of lines break
      put("\\u0085");
      i += 1;
    } else if (c == 0xE2 && follow(0) == 0x80 && (follow(1) == 0xA8 || follow(1) == 0xA9)) {
      put(follow(1) == 0xA8 ? "\\u2028" : "\\u2029");
      i += 2;
    } else if (c >= 0x80) {
      *to++ = static_cast<char>(c);
    } else {
      switch (c) {
        case '"': put("\\\""); break;
        case '\\': put("\\\\"); break;
        case '\n': put("\\n"); break;
        case '\r': put("\\r"); break;
        case '\t': put("\\t"); break;
        default: to = fmt::format_to(to, "\\u{:04x}", c);
      }
    }
  }
  return to;
}

/// `s` quoted and escaped.
inline void append_json_string(std::string& out, std::string_view s) {
  const size_t begin = out.size();
  out.resize(begin + kJsonGrowth * s.size() + 2);
  char* at = out.data() + begin;
  *at++ = '"';
  at = escape_json(at, s);
  *at++ = '"';
  out.resize(static_cast<size_t>(at - out.data()));
}

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  ~JsonWriter() { if (depth_) out_.resize(at_); }  // left open by an exception
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void open() { begin('{'); }
  void close() { end('}'); }
  void open_list() { begin('['); }
  void close_list() { end(']'); }
  /// Ends a line of JSON Lines: the next record starts afresh.
  void line() { out_ += '\n'; first_ = true; }
  void key(std::string_view name) {
    char* const begin = room(name.size() + 4);
    char* p = separate(begin);
    *p++ = '"';
    std::memcpy(p, name.data(), name.size());
    p += name.size();
    *p++ = '"';
    *p++ = ':';
    at_ += static_cast<size_t>(p - begin);
    first_ = true;
  }
  /// A value that is JSON already.
  void raw(std::string_view json) {
    char* const begin = room(json.size() + 1);
    char* p = separate(begin);
    std::memcpy(p, json.data(), json.size());
    at_ += static_cast<size_t>(p + json.size() - begin);
  }
  void value(std::string_view s) {
    char* const begin = room(kJsonGrowth * s.size() + 3);
    char* p = separate(begin);
    *p++ = '"';
    p = escape_json(p, s);
    *p++ = '"';
    at_ += static_cast<size_t>(p - begin);
  }
  void value(double v) {
    char* const begin = room(64);
    char* p = separate(begin);
    if (std::fabs(v) < 1e15 && v == static_cast<double>(static_cast<int64_t>(v))) p = std::to_chars(p, begin + 64, static_cast<int64_t>(v)).ptr;
    else p = fmt::format_to(p, "{:.10g}", v);
    at_ += static_cast<size_t>(p - begin);
  }
  void value(bool b) {
    const std::string_view text = b ? "true" : "false";
    char* const begin = room(8);
    char* p = separate(begin);
    std::memcpy(p, text.data(), text.size());
    at_ += static_cast<size_t>(p + text.size() - begin);
  }
  void field(std::string_view name, std::string_view s) { key(name); value(s); }
  void number(std::string_view name, double v) { key(name); value(v); }
  void boolean(std::string_view name, bool b) { key(name); value(b); }

 private:
  static constexpr size_t kStep = 512;
  /// At least `n` bytes to write at.
  char* room(size_t n) {
    if (out_.size() - at_ < n) out_.resize(at_ + (n > kStep ? n : kStep));
    return out_.data() + at_;
  }
  char* separate(char* p) {
    if (!first_) *p++ = ',';
    first_ = false;
    return p;
  }
  void begin(char c) {
    if (depth_++ == 0) at_ = out_.size();
    char* const begin = room(2);
    char* p = separate(begin);
    *p++ = c;
    at_ += static_cast<size_t>(p - begin);
    first_ = true;
  }
  void end(char c) {
    *room(1) = c;
    ++at_;
    first_ = false;
    if (--depth_ == 0) out_.resize(at_);
  }
  std::string& out_;
  size_t at_ = 0;      // bytes written, of a string that may be longer; holds while depth_ is not 0
  uint32_t depth_ = 0; // open objects and lists
  bool first_ = true;
};

}  // namespace biruni
