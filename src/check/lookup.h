// The reference for a person: facts of an entity and property, members and offices on a date. For `biruni fact`.
//
//   FactQuery q{"KAZ", "area", {}};
//   Result<std::vector<FactLine>> lines = look_up(world, q);   // error: unknown entity, with near names
//   fact_text(lines) / fact_json(lines)
//
// Thread-safe, pure over World. Not for hot paths.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/quantity.h"
#include "world/world.h"

namespace biruni {

struct FactQuery {
  std::string entity;      // id or a name in any language of the pack, any case
  std::string property;    // empty: all; `members`, `member_of`, `leader` are answered from members and offices
  CivilDate on;            // members and offices: who was then; year 0: now
};

struct FactLine {
  std::string subject, name, property, object, value, unit, as_of, source;
  bool citable = true;     // a row without a source never decides a verdict
};

Result<std::vector<FactLine>> look_up(const World& world, const FactQuery& query);
std::string fact_text(const std::vector<FactLine>& lines);
/// One JSON object a line: {"kind":"fact","subject","property","object","value","unit","as_of","source","citable"}.
std::string fact_json(const std::vector<FactLine>& lines);

}  // namespace biruni
