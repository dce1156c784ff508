#include "ingest/fields.h"

#include <simdjson.h>

namespace biruni {

struct FieldParser::Impl { simdjson::dom::parser parser; };
FieldParser::FieldParser() : impl_(std::make_unique<Impl>()) {}
FieldParser::~FieldParser() = default;

bool FieldParser::parse(std::string_view json, InputFields& out, std::string& reason) {
  out = InputFields{};
  simdjson::dom::element root;
  const simdjson::padded_string padded(json);
  if (const auto error = impl_->parser.parse(padded).get(root)) {
    reason = std::string("is not JSON: ") + simdjson::error_message(error);
    return false;
  }
  simdjson::dom::object object;
  if (root.get(object)) {
    reason = "is no JSON object";
    return false;
  }
  // What other coders' lines (NGEC, the PETRARCH pipeline) call the same; the contract's own keys go before them.
  struct Other { std::string_view key; std::string InputFields::*to; };
  constexpr Other kOthers[] = {{"event_text", &InputFields::text}, {"content", &InputFields::text}, {"headline", &InputFields::title}, {"pub_date", &InputFields::date},
                               {"source", &InputFields::publisher}, {"story_id", &InputFields::id}, {"_id", &InputFields::id}};
  for (const Other& other : kOthers) {
    std::string_view text;
    if ((out.*other.to).empty() && !object[other.key].get(text)) out.*other.to = text;
  }
  out.has_text = !out.text.empty();
  out.has_id = !out.id.empty();
  for (const auto& [key, value] : object) {
    std::string* to = nullptr;
    if (key == "id") to = &out.id;
    else if (key == "text") to = &out.text;
    else if (key == "lang") to = &out.lang;
    else if (key == "date") to = &out.date;
    else if (key == "title") to = &out.title;
    else if (key == "author") to = &out.author;
    else if (key == "publisher") to = &out.publisher;
    else if (key == "url") to = &out.url;
    if (!to || value.is_null()) continue;
    std::string_view text;
    int64_t number = 0;
    if (!value.get(text)) {
      *to = text;
    } else if (key == "id" && !value.get(number)) {
      *to = std::to_string(number);
    } else {
      out.odd.emplace_back(key);
      continue;
    }
    if (key == "id") out.has_id = true;
    if (key == "text") out.has_text = true;
  }
  return true;
}

}  // namespace biruni
