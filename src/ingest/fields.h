// The keys of an input object (a line of JSON Lines, NAME.meta.json) -> the fields of a document. Not thread-safe: one
// parser an object of this class.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"

namespace biruni {

struct InputFields {
  std::string id, text, lang, date, title, author, publisher, url;
  bool has_id = false, has_text = false;
  std::vector<std::string> odd;  // keys whose value is not what it should be
};

class FieldParser {
 public:
  FieldParser();
  ~FieldParser();
  /// False: `reason` says what is wrong with it.
  bool parse(std::string_view json, InputFields& out, std::string& reason);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace biruni
