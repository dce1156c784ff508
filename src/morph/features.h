// Reading and writing of tags and features as the pack tables name them (Universal Dependencies names).
//
//   Tag t; parse_tag("NOUN", t);
//   uint32_t f; std::string bad; parse_features("Number=Plur|Gender=Fem", f, bad);
//
// Thread-safe: pure functions. Not for hot paths.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "model/word.h"

namespace biruni {

const char* tag_name(Tag tag);
/// False if `name` is no tag. "X", "_" and "" give kX.
bool parse_tag(std::string_view name, Tag& tag);

/// Parses `Name=Value` pairs separated by blanks or '|'; "_" and "-" mean none. Unknown names or values are put into
/// `unknown` (first one) and skipped; the result says whether all were known.
bool parse_features(std::string_view text, uint32_t& feats, std::string& unknown);

/// Feature mask and value for "state" conditions: a value `0` means "not said".
bool parse_condition(std::string_view text, uint32_t& mask, uint32_t& value, std::string& unknown);

std::string features_text(uint32_t feats);

}  // namespace biruni
