#include "check/facts.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <fmt/core.h>

namespace biruni {
namespace {
struct GroupRow { StrId group = 0, member = 0; };  // section claim/groups
constexpr std::string_view kOtherStates = "states outside the UN";
}

int year_of(const World& world, const FactRow& f) {
  const auto as_of = world.pack().str(f.as_of);
  if (as_of.size() >= 4) return std::atoi(std::string(as_of.substr(0, 4)).c_str());
  const auto source = world.pack().str(f.source);
  for (size_t i = 0; i + 4 <= source.size(); ++i) {
    if (source[i] != '1' && source[i] != '2') continue;
    bool digits = (i == 0 || source[i - 1] == ' ') && (i + 4 == source.size() || source[i + 4] < '0' || source[i + 4] > '9');
    for (size_t k = i; digits && k < i + 4; ++k) digits = source[k] >= '0' && source[k] <= '9';
    if (digits) return std::atoi(std::string(source.substr(i, 4)).c_str());
  }
  return 0;
}

bool is_state(const World& world, uint32_t entity, bool strict) {
  const EntityRow& e = world.entity(entity);
  if (e.type != WorldType::kCountry || e.to != 0) return false;
  const uint32_t un = world.find("UN");
  for (const MemberRow& m : world.members_of(un)) {
    if (m.member != entity || m.to != 0) continue;
    if (!strict || world.pack().str(m.role) == "member") return true;
  }
  if (strict) return false;
  const auto others = group_of(world, kOtherStates, 0);
  return std::find(others.begin(), others.end(), entity) != others.end();
}

std::vector<uint32_t> states(const World& world, bool strict) {
  std::vector<uint32_t> out;
  std::vector<bool> in(world.entities().size(), false);
  for (const MemberRow& m : world.members_of(world.find("UN")))
    if (m.to == 0 && (!strict || world.pack().str(m.role) == "member") && world.entity(m.member).type == WorldType::kCountry) in[m.member] = true;
  if (!strict)
    for (uint32_t e : group_of(world, kOtherStates, 0)) in[e] = true;
  for (uint32_t e = 0; e < in.size(); ++e)
    if (in[e] && world.entity(e).to == 0) out.push_back(e);
  return out;
}

std::vector<uint32_t> members_on(const World& world, uint32_t org, DateKey on, bool& unverified) {
  std::vector<uint32_t> out;
  for (const MemberRow& m : world.members_of(org)) {
    const auto role = world.pack().str(m.role);
    if ((role != "member" && role != "founder" && role != "suspended") || !valid_on(m.from, m.to, on)) continue;
    unverified = unverified || m.unverified;
    out.push_back(m.member);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<uint32_t> group_of(const World& world, std::string_view id, DateKey on) {
  std::vector<uint32_t> out;
  for (const GroupRow& g : world.pack().section<GroupRow>("claim/groups")) {
    if (world.pack().str(g.group) != id) continue;
    if (const uint32_t e = world.find(world.pack().str(g.member)); e != kNone) out.push_back(e);
  }
  if (!out.empty()) return out;
  bool unverified = false;
  const uint32_t org = world.find(id);
  return org == kNone ? out : members_on(world, org, on, unverified);
}

bool in_group(const World& world, std::string_view group, std::string_view member) {
  for (const GroupRow& g : world.pack().section<GroupRow>("claim/groups"))
    if (world.pack().str(g.group) == group && member.starts_with(world.pack().str(g.member))) return true;
  return false;
}

const FactRow* number_fact(const World& world, uint32_t entity, std::string_view property, std::string_view object, std::string_view source) {
  const FactRow* best = nullptr;
  for (const FactRow& f : world.facts_of(entity)) {
    const Pack& p = world.pack();
    if (p.str(f.property) != property || std::isnan(f.number) || f.unverified) continue;
    if (!object.empty() && p.str(f.object) != object) continue;
    if (!source.empty() && !p.str(f.source).starts_with(source)) continue;
    if (!best) best = &f;
  }
  return best;
}

double great_circle_km(double lat1, double lon1, double lat2, double lon2) {
  constexpr double kRad = M_PI / 180, kEarthKm = 6371.0088;
  const double a = std::pow(std::sin((lat2 - lat1) * kRad / 2), 2) +
                   std::cos(lat1 * kRad) * std::cos(lat2 * kRad) * std::pow(std::sin((lon2 - lon1) * kRad / 2), 2);
  return 2 * kEarthKm * std::asin(std::sqrt(a));
}

std::string number_text(double v) {
  if (v != std::floor(v)) return fmt::format("{:.10g}", v);
  std::string digits = fmt::format("{:.0f}", std::fabs(v)), out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return v < 0 ? "-" + out : out;
}

std::string ordinal_text(int n) {
  const int t = n % 100;
  const char* suffix = t >= 11 && t <= 13 ? "th" : n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
  return std::to_string(n) + suffix;
}

}  // namespace biruni
