// Plain forms of other coders' inputs: TABARI's text blocks ("YYMMDD id", lines, an empty line) and Eventus ID's lines
// ("YYYYMMDD<TAB>id | text"). Thread-safe.
#pragma once
#include <string_view>
#include <vector>

#include "ingest/fields.h"

namespace biruni {

/// By the first lines: a date of six digits and an id of up to 31 characters above a line of text.
bool looks_like_tabari(std::string_view text);
bool looks_like_eventus(std::string_view text);
/// Blocks whose first character is no digit are comments and passed over, as TABARI does.
std::vector<InputFields> parse_tabari(std::string_view text);
std::vector<InputFields> parse_eventus(std::string_view text);

}  // namespace biruni
