// Look-ups in the reference that several checks share. Pure functions over World.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "world/world.h"

namespace biruni {

/// A year of the reference row: its as_of, or the edition named in its source, 0 if none.
int year_of(const World& world, const FactRow& f);
/// Sovereign states: members and observers of the UN and the group "states outside the UN" of packs/common/claims. `strict`: members of the UN alone.
bool is_state(const World& world, uint32_t entity, bool strict);
std::vector<uint32_t> states(const World& world, bool strict);
/// Members of a group of packs/common/claims/groups.tsv or of an organisation on a date; empty if unknown.
std::vector<uint32_t> group_of(const World& world, std::string_view id, DateKey on);
/// Members of an organisation on a date (role member), unverified rows left out unless `all`.
std::vector<uint32_t> members_on(const World& world, uint32_t org, DateKey on, bool& unverified);
/// Value of a number fact (area: object total) of an entity; source_key: only rows whose source begins so.
/// Whether a group of groups.tsv has a member that is no country ("religion Christianity": roman catholic).
bool in_group(const World& world, std::string_view group, std::string_view member);
const FactRow* number_fact(const World& world, uint32_t entity, std::string_view property, std::string_view object, std::string_view source);
double great_circle_km(double lat1, double lon1, double lat2, double lon2);
/// 1,234,567 / 1460 / 19.4 million
std::string number_text(double v);
std::string ordinal_text(int n);

}  // namespace biruni
