// A terminal as the report sees it: colours or none, a width, and how wide a text stands in it. Immutable.
//
//   Terminal t = Terminal::of_output();
//   out += t.paint(Ink::kBold, "KAZ");  out += t.pad(isolate(arabic), 30);
//
// Right-to-left pieces in a left-to-right line stand between isolate marks (U+2068, U+2069), so that punctuation and
// numbers beside them keep their places. Marks, combining characters and controls are of no width, East Asian ones of two.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace biruni {

enum class Ink : uint8_t { kNone, kBold, kDim, kRed, kGreen, kYellow, kBlue, kCyan };

class Terminal {
 public:
  Terminal(bool colour, unsigned width) : colour_(colour), width_(width) {}
  /// Of standard output: colour where it is a terminal and NO_COLOR is not set; its width, else 100.
  static Terminal of_output();
  bool colour() const { return colour_; }
  unsigned width() const { return width_; }
  std::string paint(Ink ink, std::string_view text) const;

 private:
  bool colour_;
  unsigned width_;
};

/// Columns that a text takes.
unsigned display_width(std::string_view text);
/// Whether the first letter with a direction is right-to-left.
bool right_to_left(std::string_view text);
/// Between isolate marks where it holds right-to-left letters; as it is elsewhere.
std::string isolate(std::string_view text);
/// Filled up with blanks to a width.
std::string pad(std::string_view text, unsigned width);
/// Cut to a width at a character, with an ellipsis.
std::string shorten(std::string_view text, unsigned width);
/// Line breaks and runs of blanks to one blank: a piece of a text in a line.
std::string one_line(std::string_view text);
/// Broken at blanks into lines of `width`; the first begins at column `start`, the others with `indent` blanks.
std::string wrap(std::string_view text, unsigned width, unsigned indent, unsigned start = 0);

}  // namespace biruni
