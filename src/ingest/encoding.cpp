#include "ingest/encoding.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "text/text_stage.h"

namespace biruni {
namespace {

/// How much of the bytes beyond ASCII is UTF-8, and how much of it stands in runs of three or more, as no Latin text in
/// a one-byte encoding has them.
struct Shape {
  size_t good = 0, bad = 0, high = 0, in_runs = 0;
  bool typographic = true;  // all bad bytes are the curly quotes, dashes and dots of Windows-125x
};

Shape shape_of(std::string_view bytes) {
  Shape s;
  size_t run = 0;
  for (size_t i = 0; i < bytes.size();) {
    const unsigned char c = bytes[i];
    if (c < 0x80) {
      s.in_runs += run >= 3 ? run : 0;
      run = 0;
      ++i;
      continue;
    }
    const size_t length = c >= 0xC2 && c <= 0xDF ? 2 : c >= 0xE0 && c <= 0xEF ? 3 : c >= 0xF0 && c <= 0xF4 ? 4 : 0;
    bool good = length && i + length <= bytes.size();
    for (size_t k = 1; good && k < length; ++k) good = (static_cast<unsigned char>(bytes[i + k]) & 0xC0) == 0x80;
    const size_t step = good ? length : 1;
    ++(good ? s.good : s.bad);
    if (!good && !(c == 0x85 || (c >= 0x91 && c <= 0x97))) s.typographic = false;
    s.high += step;
    run += step;
    i += step;
  }
  s.in_runs += run >= 3 ? run : 0;
  return s;
}

/// Below this many bytes beyond ASCII the letters say nothing about their encoding.
constexpr size_t kEnoughLetters = 20;

bool convert(std::string_view bytes, const std::string& charset, std::string& out) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(charset.c_str(), &status), ucnv_close);
  if (U_FAILURE(status)) return false;
  const icu::UnicodeString wide(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(), status);
  if (U_FAILURE(status)) return false;
  out.clear();
  wide.toUTF8String(out);
  return true;
}

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

/// Pages labelled Latin-1 are Windows-1252 (WHATWG Encoding Standard, section 4.2).
std::string usual_name(std::string_view label) {
  const std::string name = lower(label);
  if (name == "iso-8859-1" || name == "latin1" || name == "us-ascii" || name == "ascii") return "windows-1252";
  return name;
}

bool is_latin(const std::string& charset) {
  return charset == "windows-1252" || charset == "iso-8859-15" || charset == "windows-1250" || charset == "windows-1254" || charset == "iso-8859-2" || charset == "iso-8859-9";
}

/// The likeliest encoding of the shape seen. Of a text that is not in Latin letters only the bytes beyond ASCII count: else
/// the markup and style of a page drown its words.
std::string detect(std::string_view bytes, bool latin_shape) {
  std::string sample;
  for (size_t i = 0; i < bytes.size() && sample.size() < (1 << 16); ++i)
    if (latin_shape || static_cast<unsigned char>(bytes[i]) >= 0x80 || bytes[i] == ' ') sample += bytes[i];
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status), ucsdet_close);
  if (U_FAILURE(status)) return {};
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &status);
  int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
  for (int32_t i = 0; U_SUCCESS(status) && i < count; ++i) {
    const std::string name = usual_name(ucsdet_getName(matches[i], &status));
    if (!name.starts_with("utf-") && is_latin(name) == latin_shape) return name;
  }
  return {};
}

}  // namespace

bool has_wide_mark(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") || bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4));
}

std::string named_charset(std::string_view bytes) {
  const std::string head = lower(bytes.substr(0, 4096));
  for (const std::string_view key : {"charset=", "encoding="}) {
    for (size_t at = head.find(key); at != std::string::npos; at = head.find(key, at + 1)) {
      size_t from = at + key.size();
      while (from < head.size() && (head[from] == '"' || head[from] == '\'' || head[from] == ' ')) ++from;
      size_t to = from;
      while (to < head.size() && (isalnum(static_cast<unsigned char>(head[to])) || head[to] == '-' || head[to] == '_')) ++to;
      if (to > from) return head.substr(from, to - from);
    }
  }
  return {};
}

std::string to_utf8(std::string_view bytes, std::string_view label, std::vector<Problem>& problems) {
  std::string out;
  auto read_as = [&](const std::string& charset, const char* why) {
    if (charset.empty() || !convert(bytes, charset, out)) return false;
    problems.push_back({"encoding", fmt::format("read as {} ({})", charset, why), {}});
    return true;
  };
  if (has_wide_mark(bytes)) {
    const bool wide4 = bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4)) || bytes[0] == '\0';
    if (read_as(wide4 ? "UTF-32" : "UTF-16", "by its byte order mark")) return out;
  }
  const Shape s = shape_of(bytes);
  if (s.bad == 0 || s.bad <= s.good) return decode_document(bytes, problems);
  if (s.good == 0 && s.typographic && read_as("windows-1252", "by its quotation marks and dashes")) return out;
  const std::string named = usual_name(label);
  const bool labelled = !named.empty() && named != "utf-8" && named != "utf8" && !named.starts_with("utf-16");
  if (s.high < kEnoughLetters) {
    if (labelled && read_as(named, "as labelled")) return out;
    return decode_document(bytes, problems);
  }
  const bool latin_shape = s.in_runs * 2 < s.high;
  if (labelled && is_latin(named) == latin_shape && read_as(named, "as labelled")) return out;
  const std::string found = detect(bytes, latin_shape);
  if (read_as(found, labelled ? "by its letters; the label is wrong" : "by its letters")) return out;
  if (labelled && read_as(named, "as labelled")) return out;
  return decode_document(bytes, problems);
}

}  // namespace biruni
