#include "store/days.h"

#include <fmt/format.h>

#include <chrono>

namespace biruni {
namespace {

using namespace std::chrono;

bool digits(std::string_view s, int& out) {
  if (s.empty()) return false;
  out = 0;
  for (const char c : s) {
    if (c < '0' || c > '9') return false;
    out = out * 10 + (c - '0');
  }
  return true;
}

std::string text(sys_days d) {
  const year_month_day ymd(d);
  return fmt::format("{:04}-{:02}-{:02}", int(ymd.year()), unsigned(ymd.month()), unsigned(ymd.day()));
}

bool range_of(std::string_view v, sys_days& first, sys_days& last) {
  int y = 0, m = 0, d = 0;
  if (v.size() < 4 || !digits(v.substr(0, 4), y) || y == 0) return false;
  if (v.size() == 4) {
    first = sys_days(year(y) / 1 / 1);
    last = sys_days(year(y) / 12 / 31);
    return true;
  }
  if (v[4] != '-') return false;
  if (v.size() == 8 && v[5] == 'W') {  // ISO 8601: week 1 holds January 4th
    int w = 0;
    if (!digits(v.substr(6), w) || w < 1 || w > 53) return false;
    const sys_days fourth = sys_days(year(y) / 1 / 4);
    first = fourth - days((weekday(fourth).iso_encoding() - 1)) + days(7 * (w - 1));
    last = first + days(6);
    return true;
  }
  if (v.size() < 7 || !digits(v.substr(5, 2), m) || m < 1 || m > 12) return false;
  if (v.size() == 7) {
    first = sys_days(year(y) / m / 1);
    last = sys_days(year(y) / m / std::chrono::last);
    return true;
  }
  if (v.size() < 10 || v[7] != '-' || !digits(v.substr(8, 2), d)) return false;
  const year_month_day ymd = year(y) / m / d;
  if (!ymd.ok()) return false;
  first = last = sys_days(ymd);
  return true;
}

}  // namespace

Days days_of(std::string_view value, std::string_view end, std::string_view granularity) {
  sys_days first, last;
  if (!range_of(value, first, last)) return {};
  if (value.size() == 4 && (granularity == "decade" || granularity == "century")) {
    const int span = granularity == "decade" ? 10 : 100, y = int(year_month_day(first).year()) / span * span;
    first = sys_days(year(y) / 1 / 1);
    last = sys_days(year(y + span - 1) / 12 / 31);
  }
  sys_days other_first, other_last;
  if (!end.empty() && range_of(end, other_first, other_last) && other_last >= first) last = other_last;
  return {text(first), text(last)};
}

}  // namespace biruni
