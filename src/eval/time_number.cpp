#include "eval/time_number.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/utf8.h"
#include "time/time_stage.h"

namespace biruni::eval {
namespace {

using nlohmann::json;

struct Found {
  Span span;
  const TimeExpression* time = nullptr;
  const Quantity* quantity = nullptr;
};

bool edge_char(char32_t c) {
  return c <= ' ' || c == '.' || c == ',' || c == '!' || c == '?' || c == 0x060C || c == 0xA0 || (c >= 0x200B && c <= 0x200F) || c == 0x202A || c == 0x202C;
}

/// Byte span of code points [start, start + length), trimmed.
Span byte_span(const std::string& text, int start, int length) {
  std::vector<uint32_t> at;
  std::vector<char32_t> cp;
  for (size_t i = 0; i < text.size();) {
    at.push_back(static_cast<uint32_t>(i));
    cp.push_back(utf8::next(text, i));
  }
  at.push_back(static_cast<uint32_t>(text.size()));
  int b = std::max(0, start), e = std::min<int>(static_cast<int>(cp.size()), start + length);
  while (b < e && edge_char(cp[static_cast<size_t>(b)])) ++b;
  while (e > b && edge_char(cp[static_cast<size_t>(e - 1)])) --e;
  if (b >= e) return {};
  return {at[static_cast<size_t>(b)], at[static_cast<size_t>(e)]};
}

int words_between(const std::string& text, uint32_t a, uint32_t b) {
  if (a > b) std::swap(a, b);
  int n = 0;
  bool inside = false;
  for (uint32_t i = a; i < b; ++i) {
    const bool blank = text[i] == ' ';
    if (!blank && !inside) ++n;
    inside = !blank;
  }
  return n;
}

bool core_equal(const std::string& text, Span a, Span b) {
  if (a.end != b.end) return false;
  return a.begin == b.begin || words_between(text, a.begin, b.begin) <= 2;
}

std::string date_part(const std::string& s) { return s.substr(0, 10); }

/// Expected values of a result in comparable form: dates, "begin..end", seconds, numbers.
void collect(const json& v, std::set<std::string>& out) {
  if (v.is_string()) out.insert(v.get<std::string>());
  if (v.is_number()) out.insert(std::to_string(v.get<double>()));
  if (v.is_array()) for (const auto& x : v) collect(x, out);
  if (!v.is_object()) return;
  if (v.contains("startDate") && v.contains("endDate")) out.insert(v["startDate"].get<std::string>() + ".." + v["endDate"].get<std::string>());
  for (const char* k : {"date", "duration", "value", "time"})
    if (v.contains(k)) collect(v[k], out);
}

std::set<std::string> expected_values(const json& r) {
  std::set<std::string> out;
  for (const char* k : {"Value", "Resolution"}) {
    if (!r.contains(k)) continue;
    const json& v = r[k];
    if (v.contains("PastResolution")) collect(v["PastResolution"], out);
    if (v.contains("FutureResolution")) collect(v["FutureResolution"], out);
    if (v.contains("values")) collect(v["values"], out);
    if (v.contains("value")) collect(v["value"], out);
  }
  return out;
}

bool same_number(double a, const std::string& expected) {
  char* end = nullptr;
  const double b = std::strtod(expected.c_str(), &end);
  return end != expected.c_str() && std::fabs(a - b) <= 1e-6 * std::max(1.0, std::fabs(b));
}

bool value_right(const json& r, const std::string& type, const Found& f) {
  const std::set<std::string> expected = expected_values(r);
  if (f.quantity) {
    const Quantity& q = *f.quantity;
    if (type == "ordinal.relative") {
      if (q.kind != QuantityKind::kOrdinal || !r["Resolution"].contains("value")) return false;
      const std::string v = r["Resolution"]["value"].get<std::string>();
      const bool from_end = v.rfind("end", 0) == 0;
      const int offset = std::atoi(v.c_str() + (from_end ? 3 : 7));
      return from_end ? q.value == offset - 1 && q.low != 1 : q.value == offset && q.low == 1;
    }
    if ((type == "ordinal") != (q.kind == QuantityKind::kOrdinal)) return false;
    for (const std::string& e : expected)
      if (same_number(q.value, e)) return true;
    return false;
  }
  const TimeExpression& t = *f.time;
  const std::string value = value_of(t);
  if (type == "duration") {
    for (const std::string& e : expected)
      if (t.kind == TimeKind::kDuration && same_number(t.duration_days * 86400, e)) return true;
    return false;
  }
  for (const std::string& e : expected) {
    if (date_part(e) == value) return true;
    if (e.rfind("0001-01-01", 0) == 0 && value.empty()) return true;  // no such day
  }
  return false;
}

int day_of(const std::string& s, size_t at, size_t n) { return s.size() >= at + n ? std::atoi(s.substr(at, n).c_str()) : 0; }

void score_case(const json& c, int index, const AnalyzeText& analyze, TimeNumberFile& file) {
  const std::string text = c.value("Input", "");
  CivilDate date;
  if (c.contains("Context") && c["Context"].contains("ReferenceDateTime")) {
    const std::string s = c["Context"]["ReferenceDateTime"].get<std::string>();
    date = {static_cast<int16_t>(day_of(s, 0, 4)), static_cast<int8_t>(day_of(s, 5, 2)), static_cast<int8_t>(day_of(s, 8, 2))};
  }
  const bool by_value = !c.contains("IgnoreResolution") && !c.contains("NotSupported");
  const std::string name = file.name;
  const bool times = name.find("Date") != std::string::npos || name.find("Duration") != std::string::npos || name.find("Merged") != std::string::npos;
  Analysis a;
  analyze(text, date, a);
  std::vector<Found> found;
  if (times) for (const auto& t : a.times.rows) found.push_back({a.span_of(t.words), &t, nullptr});
  else for (const auto& q : a.quantities.rows) {
    const bool percent = name.find("Percent") != std::string::npos;
    if (percent != (q.kind == QuantityKind::kPercent)) continue;
    if (name.find("Number") != std::string::npos && q.kind == QuantityKind::kOrdinal) continue;
    found.push_back({a.span_of(percent ? q.words : q.number_words), nullptr, &q});
  }
  bool right = true, core = true, exact = true, relative = false;
  const json results = c.value("Results", json::array());
  std::vector<bool> used(found.size(), false);
  for (const json& r : results) {
    std::string type = r.value("TypeName", r.value("Type", ""));
    if (type.rfind("datetimeV2.", 0) == 0) type.erase(0, 11);
    relative = relative || type == "ordinal.relative";
    const int start = r.value("Start", 0);
    const int length = r.contains("Length") ? r["Length"].get<int>() : r.value("End", start - 1) - start + 1;
    const Span want = byte_span(text, start, length);
    bool value_found = false, core_found = false, exact_found = false;
    for (size_t i = 0; i < found.size(); ++i) {
      const Found& f = found[i];
      if (!used[i] && value_right(r, type, f) && !value_found) { value_found = true; used[i] = true; }
      exact_found = exact_found || (f.span.begin == want.begin && f.span.end == want.end);
      core_found = core_found || core_equal(text, f.span, want);
    }
    right = right && value_found;
    core = core && core_found;
    exact = exact && exact_found;
  }
  if (results.empty()) right = core = exact = found.empty();
  if (by_value) {
    ++file.value_cases;
    file.value_right += right;
    if (relative) { ++file.relative_cases; file.relative_right += right; }
    if (!right) file.value_wrong.push_back(index);
  } else {
    ++file.span_cases;
    file.span_exact += exact;
    file.span_core += core;
    if (!core) file.span_wrong.push_back(index);
  }
}

}  // namespace

Result<TimeNumberReport> score_time_number(const std::vector<std::string>& paths, const AnalyzeText& analyze) {
  TimeNumberReport report;
  for (const std::string& path : paths) {
    std::ifstream in(path);
    if (!in) return Error{ErrorCode::kNotFound, "cannot read gold file", path, ""};
    if (in.peek() == 0xEF) in.ignore(3);
    const json cases = json::parse(in, nullptr, false);
    if (!cases.is_array()) return Error{ErrorCode::kBadFormat, "expected a JSON array of cases", path, ""};
    TimeNumberFile file;
    const size_t slash = path.find_last_of('/');
    file.name = slash == std::string::npos ? path : path.substr(slash + 1);
    int index = 0;
    for (const json& c : cases) score_case(c, index++, analyze, file);
    report.files.push_back(std::move(file));
  }
  return report;
}

}  // namespace biruni::eval
