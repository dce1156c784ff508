// Marks the records of a document as those of a near-duplicate: the document record, which comes first, says of what.
#pragma once
#include <string>
#include <string_view>

#include "render/json.h"

namespace biruni {

/// `records`: JSON Lines of one document. Adds "duplicate_of" (the id of the original) and "similarity" (0 to 1).
inline void mark_copy(std::string_view original, double similarity, std::string& records) {
  const size_t end = records.find('\n');
  if (end == std::string::npos || end == 0) return;
  std::string mark = ",\"duplicate_of\":";
  append_json_string(mark, original);
  fmt::format_to(std::back_inserter(mark), ",\"similarity\":{:.3g}", similarity);
  records.insert(end - 1, mark);
}

}  // namespace biruni
