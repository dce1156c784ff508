#include "check/lookup.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include <fmt/core.h>

#include "check/facts.h"

namespace biruni {
namespace {

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// By id, else by any name; several entities of one name: the first that is no place, then the first.
uint32_t resolve(const World& world, const std::string& text) {
  if (const uint32_t e = world.find(text); e != kNone) return e;
  const std::string wanted = lower(text);
  uint32_t found = kNone;
  for (uint32_t e = 0; e < world.entities().size(); ++e)
    if (lower(world.id(e)) == wanted) return e;
  for (const NameRow& n : world.names()) {
    if (lower(world.pack().str(n.text)) != wanted) continue;
    if (found == kNone || (world.entity(found).type == WorldType::kPlace && world.entity(n.entity).type != WorldType::kPlace)) found = n.entity;
  }
  return found;
}

std::string date_of(DateKey d) {
  if (!d) return {};
  if (d % 10000 == 0) return fmt::format("{:04}", d / 10000);
  if (d % 100 == 0) return fmt::format("{:04}-{:02}", d / 10000, d / 100 % 100);
  return fmt::format("{:04}-{:02}-{:02}", d / 10000, d / 100 % 100, d % 100);
}

std::string span_of(DateKey from, DateKey to) { return date_of(from) + ".." + date_of(to); }

std::string escape(std::string_view s) {
  std::string out;
  for (char c : s) {
    if (c == '"' || c == '\\') { out += '\\'; out += c; }
    else if (static_cast<unsigned char>(c) < 32) out += fmt::format("\\u{:04x}", static_cast<int>(c));
    else out += c;
  }
  return out;
}

}  // namespace

Result<std::vector<FactLine>> look_up(const World& world, const FactQuery& q) {
  const uint32_t e = resolve(world, q.entity);
  if (e == kNone)
    return Error{ErrorCode::kNotFound, "nothing is known under the name '" + q.entity + "'", "", "an id (KAZ, CSTO) or a name in a language of the pack"};
  const Pack& p = world.pack();
  const DateKey on = q.on.year * 10000 + q.on.month * 100 + q.on.day;
  std::vector<FactLine> out;
  FactLine base;
  base.subject = std::string(world.id(e));
  base.name = std::string(world.name(e));
  auto wanted = [&](std::string_view property) { return q.property.empty() || q.property == property; };
  for (const FactRow& f : world.facts_of(e)) {
    if (!wanted(p.str(f.property))) continue;
    FactLine l = base;
    l.property = std::string(p.str(f.property));
    l.object = std::string(p.str(f.object));
    l.value = std::isnan(f.number) ? std::string(p.str(f.value)) : number_text(f.number);
    l.unit = std::string(p.str(f.unit));
    l.as_of = std::string(p.str(f.as_of));
    l.source = std::string(p.str(f.source));
    l.citable = !f.unverified;
    out.push_back(std::move(l));
  }
  if (wanted("members"))
    for (const MemberRow& m : world.members_of(e)) {
      if (!valid_on(m.from, m.to, on)) continue;
      FactLine l = base;
      l.property = "members";
      l.object = std::string(world.id(m.member));
      l.value = std::string(p.str(m.role));
      l.as_of = span_of(m.from, m.to);
      l.source = "members with dates";
      l.citable = !m.unverified;
      out.push_back(std::move(l));
    }
  if (wanted("member_of"))
    for (const MemberRow& m : world.members()) {
      if (m.member != e || !valid_on(m.from, m.to, on)) continue;
      FactLine l = base;
      l.property = "member_of";
      l.object = std::string(world.id(m.org));
      l.value = std::string(p.str(m.role));
      l.as_of = span_of(m.from, m.to);
      l.source = "members with dates";
      l.citable = !m.unverified;
      out.push_back(std::move(l));
    }
  if (wanted("leader"))
    for (const OfficeRow& o : world.offices()) {
      if ((o.body != kNone ? o.body : o.country) != e || !valid_on(o.from, o.to, on)) continue;
      FactLine l = base;
      l.property = "leader";
      l.object = std::string(p.str(o.office));
      l.value = std::string(world.name(o.person));
      l.as_of = span_of(o.from, o.to);
      l.source = "offices with dates";
      l.citable = !o.unverified;
      out.push_back(std::move(l));
    }
  return out;
}

std::string fact_text(const std::vector<FactLine>& lines) {
  std::string out;
  for (const FactLine& l : lines) {
    out += fmt::format("{} ({})  {}", l.name, l.subject, l.property);
    if (!l.object.empty()) out += "  " + l.object;
    if (!l.value.empty()) out += "  " + l.value;
    if (!l.unit.empty()) out += " " + l.unit;
    if (!l.as_of.empty()) out += fmt::format("  [{}]", l.as_of);
    out += l.citable ? "  - " + l.source : "  - no source that can be cited: never decides a verdict";
    out += '\n';
  }
  if (lines.empty()) out = "The reference has no such fact.\n";
  return out;
}

std::string fact_json(const std::vector<FactLine>& lines) {
  std::string out;
  for (const FactLine& l : lines) {
    out += R"({"kind":"fact")";
    for (const auto& [key, value] : {std::pair{"subject", &l.subject}, {"name", &l.name}, {"property", &l.property}, {"object", &l.object},
                                     {"value", &l.value}, {"unit", &l.unit}, {"as_of", &l.as_of}, {"source", &l.source}})
      if (!value->empty()) out += fmt::format(R"(,"{}":"{}")", key, escape(*value));
    out += l.citable ? ",\"citable\":true}\n" : ",\"citable\":false}\n";
  }
  return out;
}

}  // namespace biruni
