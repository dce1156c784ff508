// Common shapes of values: a unit that contains a day, spans of months and years, converted Islamic dates.
#include "time/makers_detail.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace biruni::makers {

using namespace calendar;

bool known(CivilDate c) { return c.year != 0; }
bool full(CivilDate c) { return c.year && c.month && c.day; }

int64_t round_to(double v) { return static_cast<int64_t>(std::llround(v)); }

double unit_days(TimeUnit u) {
  switch (u) {
    case TimeUnit::kSecond: return 1.0 / 86400;
    case TimeUnit::kMinute: return 1.0 / 1440;
    case TimeUnit::kHour: return 1.0 / 24;
    case TimeUnit::kDay: case TimeUnit::kNight: return 1;
    case TimeUnit::kWeek: return 7;
    case TimeUnit::kWeekend: return 2;
    case TimeUnit::kMonth: return 30;
    case TimeUnit::kQuarter: return 91;
    case TimeUnit::kSeason: return 91;
    case TimeUnit::kYear: return 365;
    case TimeUnit::kDecade: return 3650;
    case TimeUnit::kCentury: return 36500;
    default: return 0;
  }
}

Grain grain_of(TimeUnit u) {
  switch (u) {
    case TimeUnit::kSecond: return Grain::kSecond;
    case TimeUnit::kMinute: return Grain::kMinute;
    case TimeUnit::kHour: return Grain::kHour;
    case TimeUnit::kWeek: return Grain::kWeek;
    case TimeUnit::kMonth: return Grain::kMonth;
    case TimeUnit::kQuarter: return Grain::kQuarter;
    case TimeUnit::kSeason: return Grain::kSeason;
    case TimeUnit::kYear: return Grain::kYear;
    case TimeUnit::kDecade: return Grain::kDecade;
    case TimeUnit::kCentury: return Grain::kCentury;
    default: return Grain::kDay;
  }
}

TimeUnit unit_of(const Capture* c) { return c ? static_cast<TimeUnit>(static_cast<int>(c->value)) : TimeUnit::kNone; }

CivilDate last_day(CivilDate c) {
  if (!c.month) return {c.year, 12, 31};
  if (!c.day) return {c.year, c.month, static_cast<int8_t>(month_length(c.year, c.month))};
  return c;
}

CivilDate first_day(CivilDate c) { return {c.year, static_cast<int8_t>(c.month ? c.month : 1), static_cast<int8_t>(c.day ? c.day : 1)}; }

void set_week(CivilDate day, TimeValue& v) {
  const CivilDate monday = add_days(day, 1 - weekday(day));
  v.e.kind = TimeKind::kRange;
  v.e.grain = Grain::kWeek;
  v.e.begin = monday;
  v.e.end = add_days(monday, 6);
  int year = 0;
  v.e.week = static_cast<int16_t>(iso_week(day, year));
}

void set_years(int first, int count, Grain grain, TimeValue& v) {
  v.e.kind = TimeKind::kRange;
  v.e.grain = grain;
  v.e.begin = {static_cast<int16_t>(first), 0, 0};
  v.e.end = {static_cast<int16_t>(first + count - 1), 0, 0};
}

void set_months(int year, int first, int count, Grain grain, TimeValue& v) {
  v.e.kind = TimeKind::kRange;
  v.e.grain = grain;
  v.e.begin = {static_cast<int16_t>(year), static_cast<int8_t>(first), 0};
  const CivilDate end = add_months({static_cast<int16_t>(year), static_cast<int8_t>(first), 1}, count - 1);
  v.e.end = {end.year, end.month, 0};
}

TimeClass class_of(Grain g) {
  switch (g) {
    case Grain::kWeek: return C::kWeekV;
    case Grain::kMonth: return C::kMonthV;
    case Grain::kYear: return C::kYearV;
    case Grain::kDay: return C::kDate;
    default: return C::kPeriod;
  }
}

/// The unit that contains `base`, moved by n.
bool set_unit(TimeUnit u, CivilDate base, int n, MadeValue& out) {
  TimeValue& v = out.value;
  v.e.relative = true;
  if (!known(base)) { out.cls = class_of(grain_of(u)); v.e.grain = grain_of(u); return true; }
  const CivilDate day = first_day(base);
  switch (u) {
    case TimeUnit::kDay: case TimeUnit::kNight:
      v.e.kind = TimeKind::kDate;
      v.e.grain = Grain::kDay;
      v.e.begin = add_days(day, n);
      break;
    case TimeUnit::kWeek: set_week(add_days(day, 7 * n), v); break;
    case TimeUnit::kWeekend: {
      const CivilDate saturday = add_days(day, 6 - weekday(day) + 7 * n);
      v.e.kind = TimeKind::kRange;
      v.e.grain = Grain::kDay;
      v.e.begin = saturday;
      v.e.end = add_days(saturday, 1);
      out.cls = C::kPeriod;
      return true;
    }
    case TimeUnit::kMonth: {
      const CivilDate m = add_months({day.year, day.month, 1}, n);
      v.e.kind = TimeKind::kDate;
      v.e.grain = Grain::kMonth;
      v.e.begin = {m.year, m.month, 0};
      break;
    }
    case TimeUnit::kYear:
      v.e.kind = TimeKind::kDate;
      v.e.grain = Grain::kYear;
      v.e.begin = {static_cast<int16_t>(day.year + n), 0, 0};
      break;
    case TimeUnit::kQuarter: {
      const int q = day.year * 4 + (day.month - 1) / 3 + n;
      set_months(q / 4, q % 4 * 3 + 1, 3, Grain::kQuarter, v);
      break;
    }
    case TimeUnit::kDecade: set_years((day.year / 10 + n) * 10, 10, Grain::kDecade, v); break;
    case TimeUnit::kCentury: set_years(((day.year - 1) / 100 + n) * 100 + 1, 100, Grain::kCentury, v); break;
    default: return false;
  }
  out.cls = class_of(v.e.grain);
  return true;
}

int year_number(const MakeInput& in) {
  if (const Capture* y = in.get(C::kYear)) return static_cast<int>(y->item->num);
  if (const TimeValue* y = in.value(C::kYearV)) return y->e.begin.year;
  if (const Capture* y = in.get(C::kY2)) return static_cast<int>(y->item->num) + (y->item->num < 50 ? 2000 : 1900);
  return 0;
}

const Capture* month_capture(const MakeInput& in) {
  if (const Capture* m = in.get(C::kMonth)) return m;
  return in.get(C::kAmonth);
}

int day_number(const MakeInput& in, int nth) {
  for (uint32_t i = 0; i < in.count; ++i)
    if ((in.captures[i].cls == C::kDay || in.captures[i].cls == C::kOday) && nth-- == 0) return static_cast<int>(in.captures[i].item->num);
  return 0;
}

bool from_islamic(int year, int month, int day, TimeValue& v) {
  v.e.approximate = true;
  v.e.kind = TimeKind::kDate;
  if (day) {
    v.e.begin = from_hijri(year, month, day);
    v.e.grain = Grain::kDay;
  } else if (month) {
    v.e.kind = TimeKind::kRange;
    v.e.grain = Grain::kMonth;
    v.e.begin = from_hijri(year, month, 1);
    v.e.end = add_days(from_hijri(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1), -1);
  } else {
    v.e.kind = TimeKind::kRange;
    v.e.grain = Grain::kYear;
    v.e.begin = from_hijri(year, 1, 1);
    v.e.end = add_days(from_hijri(year + 1, 1, 1), -1);
  }
  return true;
}

int weekday_of(const MakeInput& in) {
  const TimeValue* w = in.value(C::kWday);
  return w ? w->e.weekday : 0;
}

void pick_weekday(CivilDate base, int wd, int rel, TimeValue& v) {
  const int back = (weekday(base) - wd + 7) % 7;
  if (rel == 0) v.e.begin = add_days(base, wd - weekday(base));           // of this week
  else if (rel < 0) v.e.begin = add_days(base, -(back ? back : 7));
  else v.e.begin = add_days(base, back ? 7 - back : 7);
}

}  // namespace biruni::makers
