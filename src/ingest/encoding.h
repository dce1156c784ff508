// Bytes in whatever encoding -> UTF-8. Byte order marks first, then UTF-8 wherever the bytes are that (whatever a label
// says: labels lie), then the label, then what the letters look like (ICU's character set detector). Text in UTF-8 with
// single bad bytes stays UTF-8: each bad byte one U+FFFD. Thread-safe.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"

namespace biruni {

/// `label`: the character set that a header, a meta element or an XML declaration names, or empty. `problems` gets
/// "broken_utf8" rows as decode_document gives them, or one "encoding" row where another encoding was read.
std::string to_utf8(std::string_view bytes, std::string_view label, std::vector<Problem>& problems);

/// Whether bytes begin with the mark of UTF-16 or UTF-32, which are full of NUL bytes and no binaries for that.
bool has_wide_mark(std::string_view bytes);

/// The encoding that the first bytes of a page or an XML file name themselves: `charset=...`, `encoding="..."`.
std::string named_charset(std::string_view bytes);

}  // namespace biruni
