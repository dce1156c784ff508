#include "render/terminal.h"

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

#include "base/utf8.h"

namespace biruni {
namespace {

constexpr char32_t kFirstStrongIsolate = 0x2068, kPopIsolate = 0x2069, kEllipsis = 0x2026;

unsigned width_of(char32_t c) {
  if (c == 0 || c == '\n') return 0;
  const auto u = static_cast<UChar32>(c);
  switch (u_charType(u)) {
    case U_NON_SPACING_MARK: case U_ENCLOSING_MARK: case U_FORMAT_CHAR: case U_CONTROL_CHAR: return 0;
    default: break;
  }
  const int east = u_getIntPropertyValue(u, UCHAR_EAST_ASIAN_WIDTH);
  return east == U_EA_FULLWIDTH || east == U_EA_WIDE ? 2 : 1;
}

bool rtl_letter(char32_t c) {
  const auto d = u_charDirection(static_cast<UChar32>(c));
  return d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC;
}

}  // namespace

Terminal Terminal::of_output() {
  if (!isatty(STDOUT_FILENO)) return {false, 100};
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40;
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool dumb = term && std::string_view(term) == "dumb";
  return {!(no_colour && *no_colour) && !dumb, known ? size.ws_col : 100u};
}

std::string Terminal::paint(Ink ink, std::string_view text) const {
  static constexpr const char* kCodes[] = {"", "1", "2", "31", "32", "33", "34", "36"};
  if (!colour_ || ink == Ink::kNone || text.empty()) return std::string(text);
  std::string out = "\033[";
  out += kCodes[static_cast<int>(ink)];
  out += 'm';
  out += text;
  out += "\033[0m";
  return out;
}

unsigned display_width(std::string_view text) {
  unsigned width = 0;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\033') {  // a colour
      const size_t end = text.find('m', at);
      at = end == std::string_view::npos ? text.size() : end + 1;
      continue;
    }
    width += width_of(utf8::next(text, at));
  }
  return width;
}

bool right_to_left(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    if (rtl_letter(c)) return true;
    if (u_charDirection(static_cast<UChar32>(c)) == U_LEFT_TO_RIGHT) return false;
  }
  return false;
}

std::string isolate(std::string_view text) {
  bool any = false;
  for (size_t at = 0; at < text.size() && !any;) any = rtl_letter(utf8::next(text, at));
  if (!any) return std::string(text);
  std::string out;
  utf8::append(out, kFirstStrongIsolate);
  out += text;
  utf8::append(out, kPopIsolate);
  return out;
}

std::string pad(std::string_view text, unsigned width) {
  std::string out(text);
  const unsigned have = display_width(text);
  if (have < width) out.append(width - have, ' ');
  return out;
}

std::string shorten(std::string_view text, unsigned width) {
  if (display_width(text) <= width) return std::string(text);
  unsigned used = 0;
  size_t end = 0;
  for (size_t at = 0; at < text.size();) {
    const unsigned w = width_of(utf8::next(text, at));
    if (used + w + 1 > width) break;
    used += w;
    end = at;
  }
  std::string out(text.substr(0, end));
  while (!out.empty() && out.back() == ' ') out.pop_back();
  utf8::append(out, kEllipsis);
  return out;
}

std::string one_line(std::string_view text) {
  std::string out;
  bool blank = false;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || (static_cast<unsigned char>(c) < 0x20)) {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += c;
  }
  return out;
}

std::string wrap(std::string_view text, unsigned width, unsigned indent, unsigned start) {
  std::string out;
  unsigned used = start;
  bool first = true;
  unsigned open = 0;  // isolates, closed before a line ends and opened again after
  std::string opener, closer;
  utf8::append(opener, kFirstStrongIsolate);
  utf8::append(closer, kPopIsolate);
  for (size_t at = 0; at <= text.size();) {
    size_t end = text.find(' ', at);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view word = text.substr(at, end - at);
    const unsigned w = display_width(word);
    if (!first && used + 1 + w > width) {
      while (!out.empty() && out.back() == ' ') out.pop_back();
      for (unsigned i = 0; i < open; ++i) out += closer;
      out += '\n';
      out.append(indent, ' ');
      for (unsigned i = 0; i < open; ++i) out += opener;
      used = indent;
    } else if (!first) {
      out += ' ';
      ++used;
    }
    out += word;
    used += w;
    for (size_t i = 0; i < word.size();) {
      const char32_t c = utf8::next(word, i);
      if (c == kFirstStrongIsolate) ++open;
      else if (c == kPopIsolate && open) --open;
    }
    first = false;
    at = end + 1;
  }
  return out;
}

}  // namespace biruni
