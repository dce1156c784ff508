#include "eval/score.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "render/json.h"
#include "render/terminal.h"

namespace biruni::eval {

std::string print(const Scores& s, int misses) {
  std::string out, set;
  for (const Measure& m : s.measures) {
    if (m.set != set) {
      set = m.set;
      out += fmt::format("{}{}\n", out.empty() ? "" : "\n", set);
    }
    const std::string name = pad("  " + m.name, 36);
    if (m.has_prf) out += fmt::format("{} P {:.3f}  R {:.3f}  F1 {:.3f}  n {}\n", name, m.precision, m.recall, m.value, m.items);
    else if (m.shown_only) out += fmt::format("{} {:.3g}  n {}\n", name, m.value, m.items);
    else out += fmt::format("{} {:.3f}  n {}\n", name, m.value, m.items);
  }
  if (misses >= 0) {
    std::map<std::string, int> shown;
    for (const Miss& m : s.misses) {
      if (misses > 0 && shown[m.set]++ >= misses) continue;
      out += fmt::format("\n{} {} {}: {}\n", m.set, m.id, m.kind, isolate(m.what));
      if (!m.text.empty()) out += "    " + isolate(one_line(m.text)) + "\n";
      if (!m.why.empty()) out += "    why: " + m.why + "\n";
    }
  }
  for (const auto& n : s.notes) out += "note: " + n + "\n";
  return out;
}

std::string print_json(const Scores& s, int misses) {
  std::string out;
  JsonWriter j(out);
  auto rounded = [](double v) { return std::round(v * 10000) / 10000; };
  for (const Measure& m : s.measures) {
    j.open();
    j.field("kind", "measure");
    j.field("set", m.set);
    j.field("name", m.name);
    if (m.has_prf) {
      j.number("precision", rounded(m.precision));
      j.number("recall", rounded(m.recall));
      j.number("f1", rounded(m.value));
    } else {
      j.number("value", rounded(m.value));
    }
    j.number("items", static_cast<double>(m.items));
    j.close();
    j.line();
  }
  std::map<std::string, int> shown;
  for (const Miss& m : s.misses) {
    if (misses < 0 || (misses > 0 && shown[m.set]++ >= misses)) continue;
    j.open();
    j.field("kind", "miss");
    j.field("set", m.set);
    j.field("id", m.id);
    j.field("miss", m.kind);
    j.field("what", m.what);
    if (!m.text.empty()) j.field("text", m.text);
    if (!m.why.empty()) j.field("why", m.why);
    j.close();
    j.line();
  }
  for (const auto& n : s.notes) {
    j.open();
    j.field("kind", "note");
    j.field("message", n);
    j.close();
    j.line();
  }
  return out;
}

Status ratchet(const Scores& s, const std::string& path, bool update, std::vector<std::string>& fallen) {
  using Json = nlohmann::ordered_json;
  Json stored = Json::object();
  if (std::ifstream in(path); in) {
    stored = Json::parse(in, nullptr, false);
    if (stored.is_discarded() || !stored.is_object()) return Error{ErrorCode::kBadFormat, "is no ratchet file (a JSON object)", path, "see docs/formats/eval.md"};
  } else if (!update) {
    return Error{ErrorCode::kNotFound, "no such file", path, "--update writes it"};
  }
  const double usual = stored.value("tolerance", 0.005);
  stored["tolerance"] = usual;
  Json& figures = stored["figures"];
  if (!figures.is_object()) figures = Json::object();
  for (const Measure& m : s.measures) {
    if (m.shown_only) continue;
    const std::string key = m.set + "/" + m.name;
    const double value = std::round(m.value * 10000) / 10000;
    if (!figures.contains(key)) {
      if (update) figures[key] = {{"value", value}};
      continue;
    }
    Json& f = figures[key];
    const double before = f.value("value", 0.0), tolerance = f.value("tolerance", usual);
    if (value < before - tolerance) fallen.push_back(fmt::format("{} fell from {:.4f} to {:.4f} (tolerance {:.4f})", key, before, value, tolerance));
    else if (update && value > before) f["value"] = value;
  }
  if (update && fallen.empty()) {
    std::ofstream out(path, std::ios::binary);
    out << stored.dump(1) << "\n";
    out.flush();
    if (!out) return Error{ErrorCode::kIo, "cannot be written", path, ""};
  }
  return Ok{};
}

}  // namespace biruni::eval
