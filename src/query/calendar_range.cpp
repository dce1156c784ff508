#include "query/calendar_range.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

namespace biruni {
namespace {

using namespace std::chrono;

year_month_day read(std::string_view s) {
  auto number = [&](size_t at, size_t n, int otherwise) { return s.size() >= at + n ? std::atoi(std::string(s.substr(at, n)).c_str()) : otherwise; };
  return year(number(0, 4, 1)) / month(static_cast<unsigned>(number(5, 2, 1))) / day(static_cast<unsigned>(number(8, 2, 1)));
}

}  // namespace

std::vector<std::string> time_units(std::string_view first, std::string_view last, char unit) {
  constexpr size_t kMost = 100000;
  std::vector<std::string> out;
  year_month_day at = read(first);
  const year_month_day end = read(last);
  if (!at.ok() || !end.ok()) return out;
  if (unit != 'd') at = at.year() / (unit == 'm' ? at.month() : January) / 1;
  while (at <= end && out.size() < kMost) {
    const int y = int(at.year());
    const unsigned m = unsigned(at.month()), d = unsigned(at.day());
    out.push_back(unit == 'd' ? fmt::format("{:04}-{:02}-{:02}", y, m, d) : unit == 'm' ? fmt::format("{:04}-{:02}", y, m) : fmt::format("{:04}", y));
    if (unit == 'd') at = sys_days(at) + days(1);
    else if (unit == 'm') at += months(1);
    else at += years(1);
  }
  return out;
}

}  // namespace biruni
