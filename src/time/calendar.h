// Calendar arithmetic on CivilDate: day numbers, weekdays, ISO weeks, month lengths, and the civil (tabular) Islamic
// calendar, which may differ by a day or two from the one observed. Thread-safe: pure functions.
#pragma once
#include <cstdint>

#include "model/quantity.h"

namespace biruni::calendar {

inline bool leap(int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }

inline int month_length(int y, int m) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return m == 2 && leap(y) ? 29 : kDays[m - 1];
}

inline bool valid(int y, int m, int d) { return y >= 1 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 && d <= month_length(y, m); }

/// Days since 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, days_from_civil).
inline int64_t to_days(CivilDate c) {
  int y = c.year;
  const unsigned m = static_cast<unsigned>(c.month), d = static_cast<unsigned>(c.day);
  y -= m <= 2;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const unsigned yoe = static_cast<unsigned>(y - era * 400);
  const unsigned doy = (153 * (m + (m > 2 ? static_cast<unsigned>(-3) : 9)) + 2) / 5 + d - 1;
  const unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return static_cast<int64_t>(era) * 146097 + static_cast<int64_t>(doe) - 719468;
}

inline CivilDate from_days(int64_t z) {
  z += 719468;
  const int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const unsigned doe = static_cast<unsigned>(z - era * 146097);
  const unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const unsigned mp = (5 * doy + 2) / 153;
  CivilDate c;
  c.day = static_cast<int8_t>(doy - (153 * mp + 2) / 5 + 1);
  c.month = static_cast<int8_t>(mp < 10 ? mp + 3 : mp - 9);
  c.year = static_cast<int16_t>(static_cast<int64_t>(yoe) + era * 400 + (c.month <= 2));
  return c;
}

/// 1 Monday .. 7 Sunday.
inline int weekday(CivilDate c) { return static_cast<int>(((to_days(c) + 3) % 7 + 7) % 7) + 1; }

inline CivilDate add_days(CivilDate c, int64_t n) { return from_days(to_days(c) + n); }

/// The same day n months on, at most the last of its month.
inline CivilDate add_months(CivilDate c, int n) {
  const int at = c.year * 12 + c.month - 1 + n;
  CivilDate r;
  r.year = static_cast<int16_t>(at / 12);
  r.month = static_cast<int8_t>(at % 12 + 1);
  r.day = c.day;
  if (r.day > month_length(r.year, r.month)) r.day = static_cast<int8_t>(month_length(r.year, r.month));
  return r;
}

/// ISO 8601 week; year of the week in `year`.
inline int iso_week(CivilDate c, int& year) {
  const CivilDate thursday = add_days(c, 4 - weekday(c));
  year = thursday.year;
  return static_cast<int>((to_days(thursday) - to_days({thursday.year, 1, 1})) / 7) + 1;
}

/// Tabular Islamic calendar, civil epoch (leap years 2 5 7 10 13 16 18 21 24 26 29 of thirty).
inline CivilDate from_hijri(int y, int m, int d) {
  const int64_t jd = (11LL * y + 3) / 30 + 354LL * y + 30LL * m - (m - 1) / 2 + d + 1948440 - 385;
  return from_days(jd - 2440588);
}

/// The Islamic year in which a date falls.
inline int hijri_year(CivilDate c) {
  int y = static_cast<int>((to_days(c) + 2440588 - 1948440) * 30 / 10631) + 1;
  while (to_days(from_hijri(y + 1, 1, 1)) <= to_days(c)) ++y;
  while (to_days(from_hijri(y, 1, 1)) > to_days(c)) --y;
  return y;
}

}  // namespace biruni::calendar
