// PDF by way of the program `pdftotext` (Debian's poppler-utils), started without a shell. Thread-safe.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace biruni {

/// The text of the PDF in `bytes`, in reading order, UTF-8. False: not installed, or not readable (reason).
bool pdf_text(const std::string& bytes, uint64_t limit, std::string& out, std::string& reason);

/// Lines of a printed page -> paragraphs: a full line that ends no sentence is joined with the next; marks of direction
/// that pdftotext sets around lines are taken out.
std::string join_lines(std::string_view text);

}  // namespace biruni
