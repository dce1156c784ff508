// Appends JSON to a string. No tree, no allocation but the string's own growth. Not thread-safe (one writer, one string).
//
//   JsonWriter j(out); j.open(); j.field("kind", "event"); j.number("sentence", 4); j.close();
#pragma once
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace biruni {

/// `s` quoted and escaped (control characters, line separators, quote, backslash); UTF-8 stays as it is.
inline void append_json_string(std::string& out, std::string_view s) {
  out += '"';
  size_t from = 0;
  for (size_t i = 0; i < s.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(s[i]);
    if (c == 0xC2 || c == 0xE2) {  // line separators (U+0085, U+2028, U+2029), at which some readers of lines break
      const auto follow = [&](size_t k) { return i + k < s.size() ? static_cast<unsigned char>(s[i + k]) : 0; };
      const bool next_line = c == 0xC2 && follow(1) == 0x85;
      const bool separator = c == 0xE2 && follow(1) == 0x80 && (follow(2) == 0xA8 || follow(2) == 0xA9);
      if (!next_line && !separator) continue;
      out.append(s, from, i - from);
      out += next_line ? "\\u0085" : follow(2) == 0xA8 ? "\\u2028" : "\\u2029";
      i += next_line ? 1 : 2;
      from = i + 1;
      continue;
    }
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(s, from, i - from);
    from = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
    }
  }
  out.append(s, from, s.size() - from);
  out += '"';
}

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  void open() { separate(); out_ += '{'; first_ = true; }
  void close() { out_ += '}'; first_ = false; }
  /// Ends a line of JSON Lines: the next record starts afresh.
  void line() { out_ += '\n'; first_ = true; }
  void open_list() { separate(); out_ += '['; first_ = true; }
  void close_list() { out_ += ']'; first_ = false; }
  void key(std::string_view name) {
    separate();
    out_ += '"';
    out_ += name;
    out_ += "\":";
    first_ = true;
  }
  void raw(std::string_view json) { separate(); out_ += json; first_ = false; }  // a value that is JSON already
  void value(std::string_view s) { separate(); append_json_string(out_, s); first_ = false; }
  void value(double v) {
    separate();
    if (v == std::floor(v) && std::fabs(v) < 1e15) fmt::format_to(std::back_inserter(out_), "{}", static_cast<int64_t>(v));
    else fmt::format_to(std::back_inserter(out_), "{:.10g}", v);
    first_ = false;
  }
  void value(bool b) { separate(); out_ += b ? "true" : "false"; first_ = false; }
  void field(std::string_view name, std::string_view s) { key(name); value(s); }
  void number(std::string_view name, double v) { key(name); value(v); }
  void boolean(std::string_view name, bool b) { key(name); value(b); }

 private:
  void separate() {
    if (!first_) out_ += ',';
    first_ = false;
  }
  std::string& out_;
  bool first_ = true;
};

}  // namespace biruni
