// fact: look-ups in the reference tables. Also the version text, which needs the pack.
#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "cli/options.h"
#include "engine/engine.h"
#include "render/json.h"
#include "render/terminal.h"

namespace biruni {

std::string version_text(const std::string& pack) {
  std::string out = fmt::format("biruni {}\n", BIRUNI_VERSION);
  auto engine = Engine::open({pack});
  if (!engine) return out + "pack: " + engine.error().text() + "\n";
  out += fmt::format("pack {} (", (*engine)->pack().version());
  bool first = true;
  for (const auto& lang : (*engine)->languages()) {
    out += (first ? "" : ", ") + lang;
    first = false;
  }
  return out + ")\n";
}

namespace {

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

uint32_t find_subject(const World& world, const std::string& text) {
  uint32_t found = world.find(text);
  if (found != kNone) return found;
  const std::string key = lower(text);
  for (uint32_t i = 0; i < world.entities().size(); ++i)
    if (lower(world.id(i)) == key || lower(world.name(i)) == key) return i;
  for (const NameRow& n : world.names())
    if (lower(world.pack().str(n.text)) == key) return n.entity;
  return kNone;
}

struct Row { std::string property, object, value, unit, as_of, source; bool unverified = false; };

std::string date_of(DateKey d) {
  if (!d) return {};
  if (d % 10000 == 0) return fmt::format("{:04}", d / 10000);
  if (d % 100 == 0) return fmt::format("{:04}-{:02}", d / 10000, d / 100 % 100);
  return fmt::format("{:04}-{:02}-{:02}", d / 10000, d / 100 % 100, d % 100);
}
std::string period(DateKey from, DateKey to) {
  if (!from && !to) return {};
  return date_of(from) + ".." + date_of(to);
}

std::vector<Row> rows_of(const World& world, uint32_t subject, DateKey on) {
  std::vector<Row> out;
  auto str = [&](StrId s) { return std::string(world.pack().str(s)); };
  for (const FactRow& f : world.facts_of(subject))
    out.push_back({str(f.property), str(f.object), str(f.value), str(f.unit), str(f.as_of), str(f.source), f.unverified != 0});
  auto valid = [&](DateKey from, DateKey to) { return !on || valid_on(from, to, on); };
  for (const MemberRow& m : world.members()) {
    if (!valid(m.from, m.to)) continue;
    if (m.org == subject) out.push_back({"members", std::string(world.id(m.member)), std::string(world.name(m.member)), "", period(m.from, m.to), "", m.unverified != 0});
    if (m.member == subject) out.push_back({"member_of", std::string(world.id(m.org)), std::string(world.name(m.org)), "", period(m.from, m.to), "", m.unverified != 0});
  }
  for (const OfficeRow& r : world.offices()) {
    if (!valid(r.from, r.to)) continue;
    if (r.person == subject) out.push_back({"office", r.country != kNone ? std::string(world.id(r.country)) : "", str(r.office), "", period(r.from, r.to), "", r.unverified != 0});
    else if (r.country == subject || r.body == subject) out.push_back({"leader", str(r.office), std::string(world.name(r.person)), "", period(r.from, r.to), "", r.unverified != 0});
  }
  return out;
}

}  // namespace

int run_fact(const Options& o) {
  auto engine = Engine::open({o.pack});
  if (!engine) {
    fmt::print(stderr, "biruni: {}\n", engine.error().text());
    return kExitSomeFailed;
  }
  const World& world = (*engine)->world();
  const uint32_t subject = find_subject(world, o.subject);
  if (subject == kNone) {
    fmt::print(stderr, "biruni: the reference has no '{}' (a code like KAZ, or a name)\n", o.subject);
    return kExitSomeFailed;
  }
  const CivilDate d = o.input.date;
  std::vector<Row> rows = rows_of(world, subject, d.year * 10000 + d.month * 100 + d.day);
  std::set<std::string> known;
  for (const Row& r : rows) known.insert(r.property);
  if (!o.property.empty()) std::erase_if(rows, [&](const Row& r) { return r.property != o.property; });
  if (rows.empty() && !o.property.empty()) {
    fmt::print(stderr, "biruni: nothing on '{}' of {} (there is: {})\n", o.property, world.name(subject), fmt::join(known, ", "));
    return kExitSomeFailed;
  }
  std::string out;
  if (o.json) {
    JsonWriter j(out);
    for (const Row& r : rows) {
      j.open();
      j.field("kind", "fact");
      j.field("subject", world.id(subject));
      j.field("property", r.property);
      if (!r.object.empty()) j.field("object", r.object);
      j.field("value", r.value);
      if (!r.unit.empty()) j.field("unit", r.unit);
      if (!r.as_of.empty()) j.field("as_of", r.as_of);
      if (!r.source.empty()) j.field("source", r.source);
      if (r.unverified) j.boolean("unverified", true);
      j.close();
      j.line();
    }
  } else {
    const Terminal t = Terminal::of_output();
    out += t.paint(Ink::kBold, world.name(subject)) + "  " + t.paint(Ink::kDim, world.id(subject)) + "\n";
    for (const Row& r : rows) {
      out += "  " + pad(r.property, 18) + pad(r.object, 14) + " " + isolate(r.value) + (r.unit.empty() ? "" : " " + r.unit);
      std::string more = r.as_of;
      if (!r.source.empty()) more += (more.empty() ? "" : "; ") + r.source;
      if (r.unverified) more += more.empty() ? "unverified" : "; unverified";
      if (!more.empty()) out += t.paint(Ink::kDim, "  (" + more + ")");
      out += "\n";
    }
  }
  if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0) {
    fmt::print(stderr, "biruni: standard output cannot be written\n");
    return kExitSomeFailed;
  }
  return kExitDone;
}

}  // namespace biruni
