// Problems that stand in the input itself, as records: the record writer knows those of the analysis. Not thread-safe.
#pragma once
#include <string>
#include <vector>

#include "model/analysis.h"
#include "render/json.h"
#include "render/positions.h"

namespace biruni {

inline void append_input_problems(const Document& doc, const std::vector<Problem>& problems, std::string& out) {
  if (problems.empty()) return;
  Positions positions;
  positions.build(doc);
  JsonWriter json(out);
  for (const Problem& p : problems) {
    json.open();
    json.field("kind", "problem");
    json.field("doc", doc.id);
    json.field("code", p.code);
    json.field("message", p.message);
    if (!p.raw.empty()) {
      json.number("start", positions.code_point(p.raw.begin));
      json.number("end", positions.code_point(p.raw.end));
      if (positions.in_title(p.raw.begin)) json.field("in", "title");
    }
    json.close();
    json.line();
  }
}

}  // namespace biruni
