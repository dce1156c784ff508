// The article of a page: its paragraphs without menus, links of other stories and forms; title, date, author, publisher,
// address and language from JSON-LD, meta elements and the page's own marks. Parsed by gumbo as browsers parse; the
// article's place is found by scoring the parents of paragraphs by text and by links (after Arc90's Readability).
// Thread-safe; damaged pages give what they have.
#pragma once
#include <string>
#include <string_view>

#include "ingest/fields.h"

namespace biruni {

/// `page` is UTF-8. Paragraphs are parted by an empty line. False where the page has no text.
bool parse_page(std::string_view page, InputFields& out);

/// A fragment as feeds carry it -> plain text, all of it.
std::string page_text(std::string_view fragment);

}  // namespace biruni
