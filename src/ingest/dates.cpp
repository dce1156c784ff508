#include "ingest/dates.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace biruni {
namespace {

bool number(std::string_view s, int& out) {
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), out);
  return error == std::errc() && end == s.data() + s.size();
}

bool digits(std::string_view s) { return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos; }

std::string day_of(int y, int m, int d) {
  const std::chrono::year_month_day day{std::chrono::year(y), std::chrono::month(static_cast<unsigned>(m)), std::chrono::day(static_cast<unsigned>(d))};
  return m > 0 && d > 0 && day.ok() ? fmt::format("{:04}-{:02}-{:02}", y, m, d) : std::string();
}

}  // namespace

int full_year(int two_digits) { return two_digits + (two_digits < 69 ? 2000 : 1900); }

std::string iso_day(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\t' || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  int y = 0, m = 0, d = 0;
  if (text.size() >= 10 && text[4] == '-' && text[7] == '-' && number(text.substr(0, 4), y) && number(text.substr(5, 2), m) && number(text.substr(8, 2), d))
    return day_of(y, m, d);
  if (text.size() >= 8 && digits(text.substr(0, 8)) && (text.size() == 8 || !digits(text.substr(8, 1)))) {
    number(text.substr(0, 4), y);
    number(text.substr(4, 2), m);
    number(text.substr(6, 2), d);
    return day_of(y, m, d);
  }
  if (digits(text) && text.size() >= 9 && text.size() <= 13) {  // seconds or milliseconds since 1970
    long long seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.size() > 10) seconds /= 1000;
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(seconds)))};
    return day_of(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())), static_cast<int>(static_cast<unsigned>(day.day())));
  }
  // RFC 822, section 5: [day,] dd Mon [yy]yy
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (const size_t comma = text.find(','); comma != std::string_view::npos && comma < 10) text.remove_prefix(comma + 1);
  std::string_view part[3];
  for (auto& p : part) {
    const size_t from = text.find_first_not_of(' ');
    if (from == std::string_view::npos) return {};
    const size_t to = std::min(text.find(' ', from), text.size());
    p = text.substr(from, to - from);
    text.remove_prefix(to);
  }
  if (!number(part[0], d) || part[1].size() < 3 || !number(part[2], y)) return {};
  const size_t at = kMonths.find(part[1].substr(0, 3));
  if (at == std::string_view::npos || at % 3) return {};
  return day_of(part[2].size() == 2 ? full_year(y) : y, static_cast<int>(at / 3) + 1, d);
}

}  // namespace biruni
