// Makers build values from what the rule matched; `complete` closes them at the end, when the sentence is known. News
// speaks of the past unless a future word says otherwise.
#include "time/makers.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "time/calendar.h"

namespace biruni {
namespace {

using C = TimeClass;
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

int day_number(const MakeInput& in, int nth = 0) {
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

// day? month year? in any order
bool make_date(const MakeInput& in, MadeValue& out) {
  TimeValue& v = out.value;
  const int day = day_number(in);
  int year = year_number(in);
  if (in.value(C::kYearV) && !year) v.e.relative = true;
  if (const Capture* wd = in.get(C::kWeekday)) v.e.weekday = static_cast<int8_t>(wd->value);
  if (const TimeValue* wd = in.value(C::kWday)) v.e.weekday = wd->e.weekday;
  if (const Capture* h = in.get(C::kHmonth)) {
    if (year > 1600) return false;
    if (!year) {
      const CivilDate base = known(in.anchor) ? in.anchor : in.last;
      v.e.relative = true;
      out.cls = day ? C::kDate : C::kMonthV;
      v.e.grain = day ? Grain::kDay : Grain::kMonth;
      if (!full(base)) return true;
      year = hijri_year(base);
      if (to_days(from_hijri(year, static_cast<int>(h->value), day ? day : 1)) > to_days(base) && !in.future) --year;
    }
    out.cls = day ? C::kDate : C::kPeriod;
    return from_islamic(year, static_cast<int>(h->value), day, v);
  }
  v.e.kind = TimeKind::kDate;
  v.e.begin.year = static_cast<int16_t>(year);
  v.e.begin.day = static_cast<int8_t>(day);
  if (const Capture* m = month_capture(in)) v.e.begin.month = static_cast<int8_t>(m->value);
  else if (const TimeValue* mv = in.value(C::kMonthV)) {
    v.e.begin.month = mv->e.begin.month;
    if (!year) v.e.begin.year = mv->e.begin.year;
    v.e.relative = v.e.relative || mv->e.relative;
    v.direction = mv->direction;
    if (!mv->e.begin.month && mv->e.relative) { v.e.grain = Grain::kDay; v.e.begin = {}; return true; }
  }
  if (v.e.begin.month && day > month_length(v.e.begin.year ? v.e.begin.year : 2000, v.e.begin.month)) {
    if (day > 31) return false;
    v.e.begin = {};
    v.e.grain = Grain::kDay;
    v.e.approximate = true;  // a day that the month has not: kept without value
    return true;
  }
  v.e.grain = day ? Grain::kDay : Grain::kMonth;
  out.cls = class_of(v.e.grain);
  return true;
}

// January (of) last year, March 2011
bool make_month(const MakeInput& in, MadeValue& out) {
  if (!make_date(in, out)) return false;
  if (const Capture* r = in.get(C::kRel)) {
    TimeValue& v = out.value;
    const int rel = static_cast<int>(r->value);
    v.e.relative = true;
    const CivilDate base = rel >= kRelPrevious ? in.last : in.anchor;
    if (!known(base)) { v.e.begin.month = 0; return true; }
    const int m = v.e.begin.month;
    int year = base.year;
    if (rel < 0 && base.month && m >= base.month) --year;
    if (rel > 0 && rel < kRelPrevious && base.month && m <= base.month) ++year;
    if (rel == kRelFollowing && base.month && m <= base.month) ++year;
    v.e.begin.year = static_cast<int16_t>(year);
  }
  return true;
}

// 2/1/2022  2022-01-02  18-9-15  4/22
bool make_numeric(const MakeInput& in, MadeValue& out) {
  const TimeItem* n[3] = {};
  int count = 0;
  for (uint32_t i = 0; i < in.count; ++i)
    if (in.captures[i].cls == C::kPlain && count < 3) n[count++] = in.captures[i].item;
  for (int i = 0; i < count; ++i)
    if (!n[i]->digits) return false;
  C mark = C::kCount;  // one kind of mark throughout, but for a comma before the year
  for (uint32_t i = 0; i < in.count; ++i) {
    const C c = in.captures[i].cls;
    if (c != C::kSlash && c != C::kDash && c != C::kDot) continue;
    if (mark != C::kCount && mark != c) return false;
    mark = c;
  }
  TimeValue& v = out.value;
  const auto num = [&](int i) { return static_cast<int>(n[i]->num); };
  int y = 0, m = 0, d = 0;
  if (count == 3) {
    if (n[0]->digits == 4) { y = num(0); m = num(1); d = num(2); if (m > 12) std::swap(m, d); }
    else if (n[2]->digits == 4 || (n[2]->digits == 2 && n[0]->digits <= 2)) {
      y = num(2);
      d = num(0);
      m = num(1);
      if (in.month_first) std::swap(d, m);
      if (n[2]->digits == 2) y += y < 50 ? 2000 : 1900;
      if (m > 12 && d <= 12) std::swap(d, m);
    } else return false;
    if (n[1]->digits > 2 || y < 1000) return false;
    if (m < 1 || m > 12 || d < 1 || d > 31) return false;
    if (!valid(y, m, d)) {
      v.e.grain = Grain::kDay;
      v.e.approximate = true;
      return true;
    }
  } else {
    if (n[0]->digits == 4 && n[1]->digits <= 2) { y = num(0); m = num(1); }
    else if (n[1]->digits == 4 && n[0]->digits <= 2) { y = num(1); m = num(0); }
    else if (n[0]->digits <= 2 && n[1]->digits <= 2) {
      d = num(0);
      m = num(1);
      if (in.month_first) std::swap(d, m);
      if (m > 12 && d <= 12) std::swap(d, m);
      if (d < 1 || d > 31) return false;
      if (in.argument == 0 && num(0) < num(1) && num(1) <= 10) return false;  // a fraction
    } else return false;
    if (m < 1 || m > 12 || (y && (y < 1000 || y > 2200))) return false;
    if (d && d > month_length(2000, m)) return false;
  }
  v.e.kind = TimeKind::kDate;
  v.e.begin = {static_cast<int16_t>(y), static_cast<int8_t>(m), static_cast<int8_t>(d)};
  v.e.grain = d ? Grain::kDay : Grain::kMonth;
  out.cls = class_of(v.e.grain);
  return true;
}

bool make_year(const MakeInput& in, MadeValue& out) {
  TimeValue& v = out.value;
  int year = year_number(in);
  if (!year)
    if (const Capture* n = in.get(C::kNum)) year = n->item->num >= 100 || in.get(C::kEra) ? static_cast<int>(n->item->num) : 0;
  if (year < 1 || year > 2200) return false;
  if (const Capture* era = in.get(C::kEra)) {
    if (era->value == 1) { out.cls = C::kPeriod; return from_islamic(year, 0, 0, v); }
    if (era->value == 2) { out.cls = C::kVague; v.e.kind = TimeKind::kVague; return true; }  // before the common era
  }
  v.e.kind = TimeKind::kDate;
  v.e.grain = Grain::kYear;
  v.e.begin = {static_cast<int16_t>(year), 0, 0};
  out.cls = C::kYearV;
  return true;
}

// this week, last year, the following month, the same day
bool make_rel_unit(const MakeInput& in, MadeValue& out) {
  const Capture* r = in.get(C::kRel);
  const Capture* u = in.get(C::kUnit);
  if (!u) return false;
  const int rel = r ? static_cast<int>(r->value) : in.argument;
  const bool from_text = rel == kRelSame || rel == kRelFollowing || rel == kRelPrevious;
  TimeUnit unit = unit_of(u);
  if (from_text) {
    const CivilDate base = known(in.last) ? in.last : in.anchor;
    if (unit == TimeUnit::kDay && known(in.last) && !in.last.day) return false;
    return set_unit(unit, base, rel - kRelSame, out);
  }
  if (unit == TimeUnit::kDay && rel < 0 && r && r->item->mask.has(C::kEdge)) return false;
  out.value.direction = static_cast<int8_t>(rel < 0 ? -1 : rel > 0 ? 1 : 0);
  if (unit == TimeUnit::kHour || unit == TimeUnit::kMinute || unit == TimeUnit::kSecond) return false;
  return set_unit(unit, in.anchor, rel, out);
}

double number_of(const MakeInput& in) {
  if (const Capture* n = in.get(C::kNum)) return n->item->num;
  if (const Capture* f = in.get(C::kFew)) return f->value;
  if (in.get(C::kDual)) return 2;
  if (const TimeValue* d = in.value(C::kDur)) return d->count;
  if (const TimeValue* d = in.value(C::kUnits)) return d->count;
  return 1;
}

bool make_duration(const MakeInput& in, MadeValue& out) {
  TimeValue& v = out.value;
  double n = number_of(in);
  TimeUnit unit = unit_of(in.get(C::kUnit));
  if (unit == TimeUnit::kNone) unit = unit_of(in.get(C::kDual));
  double extra = 0;
  for (int k = 0; const Capture* f = in.get(C::kFrac, k); ++k) extra += f->value;
  if (extra > 0 && !in.get(C::kNum) && !in.get(C::kDual) && in.argument == 0) n = 0;
  n += extra;
  if (n <= 0 || unit == TimeUnit::kNone || n > 1e6) return false;
  if (in.get(C::kFew)) v.e.approximate = true;
  v.e.kind = TimeKind::kDuration;
  v.e.grain = grain_of(unit);
  v.unit = unit;
  v.count = n;
  v.e.duration_days = n * unit_days(unit);
  out.cls = C::kDur;
  return true;
}

bool make_duration_sum(const MakeInput& in, MadeValue& out) {
  const TimeValue* a = in.value(C::kDur, 0);
  const TimeValue* b = in.value(C::kDur, 1);
  if (!a || !b || a->unit == b->unit) return false;
  out.value = *a;
  out.value.e.duration_days += b->e.duration_days;
  out.value.unit = TimeUnit::kDay;  // mixed
  out.value.e.grain = Grain::kDay;
  out.value.count = out.value.e.duration_days;
  auto months = [](const TimeValue* d) { return d->months ? d->months : d->unit == TimeUnit::kYear ? static_cast<int>(d->count * 12) : d->unit == TimeUnit::kMonth ? static_cast<int>(d->count) : 0; };
  out.value.months = months(a) + months(b);
  out.cls = C::kDur;
  return true;
}

bool shift(CivilDate base, const TimeValue& d, int direction, MadeValue& out) {
  TimeValue& v = out.value;
  v.e.relative = true;
  v.e.kind = TimeKind::kDate;
  v.e.approximate = d.e.approximate;
  v.direction = static_cast<int8_t>(direction);
  TimeUnit unit = d.unit;
  const double n = d.count;
  Grain grain = Grain::kDay;
  if (d.months) grain = Grain::kDay;
  else if (unit == TimeUnit::kMonth) grain = Grain::kMonth;
  else if (unit == TimeUnit::kYear) grain = Grain::kYear;
  else if (unit == TimeUnit::kDecade) grain = Grain::kDecade;
  else if (unit == TimeUnit::kCentury) grain = Grain::kCentury;
  v.e.grain = grain;
  out.cls = class_of(grain);
  if (out.cls == C::kPeriod) out.cls = C::kYearV;
  if (!known(base)) return true;
  if (n != std::floor(n) && grain != Grain::kDay) { v.e.approximate = true; }
  const CivilDate day = first_day(base);
  switch (grain) {
    case Grain::kMonth: {
      const CivilDate m = add_months({day.year, day.month, 1}, direction * static_cast<int>(round_to(n)));
      v.e.begin = {m.year, m.month, 0};
      break;
    }
    case Grain::kYear: v.e.begin = {static_cast<int16_t>(day.year + direction * round_to(n)), 0, 0}; break;
    case Grain::kDecade:
    case Grain::kCentury:
      v.e.begin = {static_cast<int16_t>(day.year + direction * round_to(n * (grain == Grain::kDecade ? 10 : 100))), 0, 0};
      v.e.grain = Grain::kYear;
      v.e.approximate = true;
      break;
    default:
      if (d.months) v.e.begin = add_days(add_months(day, direction * d.months), direction * round_to(d.e.duration_days - d.months / 12 * 365 - d.months % 12 * 30));
      else v.e.begin = add_days(day, direction * round_to(std::floor(d.e.duration_days + 0.001)));
  }
  return true;
}

const TimeValue* duration_of(const MakeInput& in, TimeValue& local) {
  if (const TimeValue* d = in.value(C::kDur)) return d;
  MadeValue made;
  if (!make_duration(in, made)) return nullptr;
  local = made.value;
  return &local;
}

// two days ago (argument -1), in two days (+1)
bool make_shift(const MakeInput& in, MadeValue& out) {
  TimeValue local;
  const TimeValue* d = duration_of(in, local);
  return d && shift(in.anchor, *d, in.argument, out);
}

// two days later: from the last date named, else from publication
bool make_shift_last(const MakeInput& in, MadeValue& out) {
  TimeValue local;
  const TimeValue* d = duration_of(in, local);
  if (!d) return false;
  const bool from_text = known(in.last) && !in.future && (in.last.day || d->unit >= TimeUnit::kMonth);
  return shift(from_text ? in.last : in.anchor, *d, in.argument, out);
}

// the last three days, the next two years
bool make_span(const MakeInput& in, MadeValue& out) {
  TimeValue& v = out.value;
  TimeValue local;
  const TimeValue* d = duration_of(in, local);
  if (!d) return false;
  const Capture* r = in.get(C::kRel);
  const int rel = r ? static_cast<int>(r->value) : in.argument;
  if (rel == 0 || rel > 2) return false;
  const int dir = rel < 0 ? -1 : 1;
  v.e.kind = TimeKind::kRange;
  v.e.relative = true;
  v.e.approximate = d->e.approximate;
  v.direction = static_cast<int8_t>(dir);
  v.e.grain = grain_of(d->unit);
  v.e.duration_days = d->e.duration_days;
  out.cls = C::kPeriod;
  if (!full(in.anchor)) return true;
  const int n = static_cast<int>(std::max<int64_t>(1, round_to(d->count)));
  const CivilDate a = in.anchor;
  auto years = [&](int step) {
    v.e.begin = {static_cast<int16_t>(dir < 0 ? a.year - n * step : a.year), 0, 0};
    v.e.end = {static_cast<int16_t>(dir < 0 ? a.year : a.year + n * step), 0, 0};
    v.e.grain = Grain::kYear;
  };
  switch (d->unit) {
    case TimeUnit::kYear: years(1); break;
    case TimeUnit::kDecade: years(10); break;
    case TimeUnit::kCentury: years(100); break;
    case TimeUnit::kMonth: {
      const CivilDate m = add_months({a.year, a.month, 1}, dir * n);
      const CivilDate other{m.year, m.month, 0}, here{a.year, a.month, 0};
      v.e.begin = dir < 0 ? other : here;
      v.e.end = dir < 0 ? here : other;
      break;
    }
    default: {
      const int64_t days = std::max<int64_t>(0, round_to(std::floor(d->e.duration_days + 0.001)));
      v.e.grain = Grain::kDay;
      v.e.begin = dir < 0 ? add_days(a, -days) : add_days(a, days ? 1 : 0);
      v.e.end = dir < 0 ? a : add_days(a, days);
    }
  }
  return true;
}

// today, yesterday, tomorrow: value = days from publication
bool make_dayword(const MakeInput& in, MadeValue& out) {
  const Capture* d = in.get(C::kDayword);
  if (!set_unit(TimeUnit::kDay, in.anchor, d ? static_cast<int>(d->value) : in.argument, out)) return false;
  out.value.direction = static_cast<int8_t>(d && d->value > 0 ? 1 : -1);
  return true;
}

bool make_now(const MakeInput& in, MadeValue& out) {
  if (!set_unit(TimeUnit::kDay, in.anchor, 0, out)) return false;
  out.value.e.approximate = true;
  return true;
}

bool make_weekday(const MakeInput& in, MadeValue& out) {
  const Capture* w = in.get(C::kWeekday);
  if (!w) return false;
  TimeValue& v = out.value;
  v.e.weekday = static_cast<int8_t>(w->value);
  v.e.kind = TimeKind::kDate;
  v.e.grain = Grain::kDay;
  v.e.relative = true;
  out.cls = C::kWday;
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

bool make_rel_weekday(const MakeInput& in, MadeValue& out) {
  const Capture* r = in.get(C::kRel);
  const int wd = weekday_of(in);
  if (!wd || !r) return false;
  TimeValue& v = out.value;
  v.e.weekday = static_cast<int8_t>(wd);
  v.e.grain = Grain::kDay;
  v.e.kind = TimeKind::kDate;
  v.e.relative = true;
  const int rel = static_cast<int>(r->value);
  CivilDate base = in.anchor;
  int step = rel;
  if (rel >= kRelPrevious) { base = full(in.last) ? in.last : in.anchor; step = rel == kRelSame ? 0 : rel == kRelFollowing ? 1 : -1; }
  v.direction = static_cast<int8_t>(step);
  if (full(base)) {
    if (rel == 2 || rel == -2) { pick_weekday(base, wd, step, v); v.e.begin = add_days(v.e.begin, rel == 2 ? 7 : -7); }
    else pick_weekday(base, wd, step, v);
  }
  return true;
}

bool make_weekday_in(const MakeInput& in, MadeValue& out) {
  const TimeValue* w = in.value(C::kWeekV);
  const int wd = weekday_of(in);
  if (!w || !wd) return false;
  TimeValue& v = out.value;
  v.e.weekday = static_cast<int8_t>(wd);
  v.e.grain = Grain::kDay;
  v.e.kind = TimeKind::kDate;
  v.e.relative = true;
  if (full(w->e.begin)) v.e.begin = add_days(w->e.begin, wd - 1);
  return true;
}

// Thursday the 21st: a day of the month, checked later
bool make_weekday_day(const MakeInput& in, MadeValue& out) {
  TimeValue& v = out.value;
  v.e.weekday = static_cast<int8_t>(weekday_of(in));
  v.e.begin.day = static_cast<int8_t>(day_number(in));
  v.e.kind = TimeKind::kDate;
  v.e.grain = Grain::kDay;
  v.e.relative = true;
  return true;
}

// the second Sunday (of a month)
bool make_nth_weekday(const MakeInput& in, MadeValue& out) {
  const Capture* o = in.get(C::kOrd);
  const Capture* last = in.get(C::kNth);
  const int wd = weekday_of(in);
  if ((!o && !last) || !wd) return false;
  const int n = o ? static_cast<int>(o->item->num) : -1;
  if (n > 5) return false;
  TimeValue& v = out.value;
  v.e.weekday = static_cast<int8_t>(wd);
  v.e.grain = Grain::kDay;
  v.e.kind = TimeKind::kDate;
  CivilDate m = in.anchor;
  if (const TimeValue* mv = in.value(C::kMonthV)) {
    TimeValue copy = *mv;
    complete(copy, in.anchor, in.last, in.future);
    m = copy.e.begin;
  } else {
    v.e.relative = true;
  }
  if (!m.year || !m.month) return true;
  const CivilDate first{m.year, m.month, 1};
  int day = 1 + (wd - weekday(first) + 7) % 7 + (n - 1) * 7;
  if (n == -1) { day = 1 + (wd - weekday(first) + 7) % 7; while (day + 7 <= month_length(m.year, m.month)) day += 7; }
  if (day <= month_length(m.year, m.month)) v.e.begin = {m.year, m.month, static_cast<int8_t>(day)};
  else v.e.approximate = true;
  return true;
}

// the third week of March, the first quarter of 2016, the second half of the year
bool make_nth_unit(const MakeInput& in, MadeValue& out) {
  const Capture* o = in.get(C::kOrd);
  const Capture* u = in.get(C::kUnit);
  const Capture* f = in.get(C::kFrac);
  const Capture* nth = in.get(C::kNth);
  if ((!o && !nth) || (!u && !f)) return false;
  int n = o ? static_cast<int>(o->item->num) : -1;
  TimeValue whole;
  bool have = false;
  for (C c : {C::kYearV, C::kMonthV, C::kPeriod})
    if (const TimeValue* p = in.value(c)) { whole = *p; have = true; }
  if (const Capture* y = in.get(C::kYear)) { whole.e.begin = {static_cast<int16_t>(y->item->num), 0, 0}; whole.e.grain = Grain::kYear; have = true; }
  if (!have) { whole.e.begin = {in.anchor.year, 0, 0}; whole.e.grain = Grain::kYear; out.value.e.relative = true; }
  complete(whole, in.anchor, in.last, in.future);
  TimeValue& v = out.value;
  v.e.relative = v.e.relative || whole.e.relative;
  out.cls = C::kPeriod;
  const CivilDate b = whole.e.begin;
  const TimeUnit unit = f ? (f->value == 0.5 ? TimeUnit::kSeason : TimeUnit::kQuarter) : unit_of(u);
  v.e.grain = unit == TimeUnit::kWeek ? Grain::kWeek : unit == TimeUnit::kDay ? Grain::kDay : Grain::kQuarter;
  if (!b.year) return have;
  if (f && f->value == 0.5) {  // half a year
    if (b.month || n > 2 || n < 1) return false;
    set_months(b.year, n == 1 ? 1 : 7, 6, Grain::kQuarter, v);
    return true;
  }
  if (unit == TimeUnit::kQuarter) {
    if (b.month || n > 4) return false;
    if (n == -1) n = 4;
    set_months(b.year, n * 3 - 2, 3, Grain::kQuarter, v);
    return true;
  }
  if (!have) return false;
  const CivilDate first = first_day(b), end = last_day(b);
  if (unit == TimeUnit::kDay) {
    v.e.kind = TimeKind::kDate;
    v.e.begin = n == -1 ? end : add_days(first, n - 1);
    out.cls = C::kDate;
    return to_days(v.e.begin) <= to_days(end);
  }
  if (unit != TimeUnit::kWeek) return false;
  // week n of a month or year: the n-th whose Thursday lies in it
  CivilDate thursday = add_days(first, (4 - weekday(first) + 7) % 7);
  if (n == -1) { while (to_days(thursday) + 7 <= to_days(end)) thursday = add_days(thursday, 7); }
  else thursday = add_days(thursday, 7 * (n - 1));
  if (to_days(thursday) > to_days(end)) return false;
  set_week(thursday, v);
  out.cls = C::kWeekV;
  return true;
}

// week of 16 September
bool make_week_of(const MakeInput& in, MadeValue& out) {
  const TimeValue* d = in.value(C::kDate);
  if (!d) return false;
  TimeValue copy = *d;
  complete(copy, in.anchor, in.last, in.future);
  out.cls = C::kWeekV;
  out.value.e.relative = copy.e.relative;
  out.value.e.grain = Grain::kWeek;
  if (full(copy.e.begin)) set_week(copy.e.begin, out.value);
  return true;
}

bool make_decade(const MakeInput& in, MadeValue& out) {
  TimeValue& v = out.value;
  out.cls = C::kPeriod;
  const Capture* d = in.get(C::kDecade);
  int first = 0;
  if (const Capture* n = in.get(C::kNum)) {  // 1990s, 90s
    first = static_cast<int>(n->item->num);
    if (n->item->digits == 2) first += 1900;
    if (first % 10 || (n->item->digits != 2 && n->item->digits != 4)) return false;
  } else if (d && d->value > 0) {
    const TimeValue* century = in.value(C::kPeriod);
    if (century && century->e.grain != Grain::kCentury) return false;
    first = static_cast<int>(d->value) + (century && century->e.begin.year ? century->e.begin.year - 1 : d->value >= 20 && d->value < 30 && known(in.anchor) ? 2000 : 1900);
    if (!century) v.e.approximate = true;
  } else {
    return false;
  }
  if (first < 1000 || first > 2100) return false;
  set_years(first, 10, Grain::kDecade, v);
  return true;
}

bool make_century(const MakeInput& in, MadeValue& out) {
  const Capture* o = in.get(C::kOrd);
  if (!o) o = in.get(C::kNum);
  if (!o) return false;
  const int n = static_cast<int>(o->item->num);
  if (n < 1 || n > 22) return false;
  out.cls = C::kPeriod;
  if (const Capture* era = in.get(C::kEra); era && era->value == 2) { out.value.e.kind = TimeKind::kVague; return true; }
  set_years((n - 1) * 100 + 1, 100, Grain::kCentury, out.value);
  return true;
}

bool make_season(const MakeInput& in, MadeValue& out) {
  const Capture* s = in.get(C::kSeason);
  TimeValue& v = out.value;
  out.cls = C::kPeriod;
  v.e.grain = Grain::kSeason;
  v.e.kind = TimeKind::kRange;
  int year = year_number(in);
  const int month = static_cast<int>(s->value);
  if (const TimeValue* y = in.value(C::kYearV)) v.e.relative = y->e.relative;
  if (!year && !in.value(C::kYearV)) {
    v.e.relative = true;
    v.e.approximate = true;
    const Capture* r = in.get(C::kRel);
    const int rel = r ? static_cast<int>(r->value) : 0;
    if (rel > 2 || !known(in.anchor)) return true;
    year = in.anchor.year;
    if (rel < 0 && month + 2 >= in.anchor.month) --year;
    if (rel > 0 && month <= in.anchor.month) ++year;
    if (!r && month > in.anchor.month && !in.future) --year;
  }
  if (year) set_months(year, month, 3, Grain::kSeason, v);
  return true;
}

// beginning, middle, end of something
bool make_edge(const MakeInput& in, MadeValue& out) {
  const Capture* e = in.get(C::kEdge);
  const TimeValue* p = nullptr;
  for (C c : {C::kYearV, C::kMonthV, C::kWeekV, C::kPeriod, C::kDate})
    if (!p) p = in.value(c);
  TimeValue year;
  if (const Capture* y = in.get(C::kYear); y && !p) {
    year.e.kind = TimeKind::kDate;
    year.e.grain = Grain::kYear;
    year.e.begin = {static_cast<int16_t>(y->item->num), 0, 0};
    p = &year;
  }
  MadeValue current;
  if (!p && in.get(C::kUnit) && set_unit(unit_of(in.get(C::kUnit)), in.anchor, 0, current)) p = &current.value;
  if (!e || !p) return false;
  out.value = *p;
  complete(out.value, in.anchor, in.last, in.future);
  TimeValue& v = out.value;
  v.e.approximate = true;
  out.cls = C::kPeriod;
  const CivilDate b = v.e.begin;
  const int part = static_cast<int>(e->value);  // 1 beginning 2 middle 3 end
  if (!b.year) return true;
  if (v.e.grain == Grain::kYear && v.e.kind == TimeKind::kDate) set_months(b.year, part == 1 ? 1 : part == 2 ? 5 : 9, 4, Grain::kMonth, v);
  else if (v.e.grain == Grain::kMonth && b.month && !b.day) {
    const int length = month_length(b.year, b.month);
    v.e.kind = TimeKind::kRange;
    v.e.grain = Grain::kDay;
    v.e.begin = {b.year, b.month, static_cast<int8_t>(part == 1 ? 1 : part == 2 ? 11 : 21)};
    v.e.end = {b.year, b.month, static_cast<int8_t>(part == 1 ? 10 : part == 2 ? 20 : length)};
  } else if (v.e.grain == Grain::kWeek && full(b)) {
    v.e.kind = TimeKind::kRange;
    v.e.grain = Grain::kDay;
    v.e.week = 0;
    v.e.begin = add_days(b, part == 1 ? 0 : part == 2 ? 2 : 4);
    v.e.end = add_days(b, part == 1 ? 2 : part == 2 ? 4 : 6);
  } else if (v.e.grain == Grain::kDecade) {
    set_years(b.year + (part == 1 ? 0 : part == 2 ? 4 : 7), 3, Grain::kDecade, v);
  } else if (v.e.grain == Grain::kCentury) {
    set_years(b.year + (part == 1 ? 0 : part == 2 ? 33 : 66), 33, Grain::kCentury, v);
  }
  return true;
}

bool make_rest(const MakeInput& in, MadeValue& out) {
  const TimeValue* p = nullptr;
  for (C c : {C::kYearV, C::kMonthV, C::kWeekV})
    if (!p) p = in.value(c);
  if (!p && in.get(C::kUnit)) {
    MadeValue made;
    if (!set_unit(unit_of(in.get(C::kUnit)), in.anchor, 0, made)) return false;
    out = made;
  } else if (p) {
    out.value = *p;
  } else {
    return false;
  }
  complete(out.value, in.anchor, in.last, in.future);
  out.cls = C::kPeriod;
  TimeValue& v = out.value;
  v.direction = 1;
  if (!v.e.begin.year || !full(in.anchor)) return true;
  v.e.end = v.e.end.year ? last_day(v.e.end) : last_day(v.e.begin);
  v.e.begin = in.anchor;
  v.e.kind = TimeKind::kRange;
  v.e.grain = Grain::kDay;
  v.e.week = 0;
  return true;
}

const TimeValue* point(const MakeInput& in, int nth) {
  for (uint32_t i = 0; i < in.count; ++i) {
    const Capture& c = in.captures[i];
    if (c.item->value >= 0 && c.cls != C::kTod && nth-- == 0) return &(*in.values)[static_cast<size_t>(c.item->value)];
  }
  return nullptr;
}

// from A to B, where A may leave out what B says
bool make_range(const MakeInput& in, MadeValue& out) {
  const TimeValue* pa = point(in, 0);
  const TimeValue* pb = point(in, 1);
  if (!pa || !pb) return false;
  TimeValue a = *pa, b = *pb;
  if (!b.e.begin.year && a.e.begin.year && !b.e.weekday && b.e.begin.month) b.e.begin.year = static_cast<int16_t>(a.e.begin.year + (b.e.begin.month < a.e.begin.month));
  complete(b, in.anchor, in.last, in.future);
  if (!a.e.begin.year && b.e.begin.year && a.e.begin.month) {
    a.e.begin.year = b.e.begin.year;
    if (a.e.begin.month > b.e.begin.month && b.e.begin.month) --a.e.begin.year;
  }
  if (!a.e.begin.year && a.e.weekday && full(b.e.begin) && !a.e.begin.day) pick_weekday(b.e.begin, a.e.weekday, -1, a);
  complete(a, in.anchor, in.last, in.future);
  TimeValue& v = out.value;
  out.cls = C::kPeriod;
  v.e.kind = TimeKind::kRange;
  v.e.grain = std::max(a.e.grain, b.e.grain);
  v.e.relative = a.e.relative || b.e.relative;
  v.e.approximate = a.e.approximate || b.e.approximate;
  if (!a.e.begin.year || !b.e.begin.year) { v.e.begin = v.e.end = {}; return v.e.relative; }
  v.e.begin = a.e.begin;
  v.e.end = b.e.end.year ? b.e.end : b.e.begin;
  return to_days(first_day(v.e.begin)) <= to_days(last_day(v.e.end));
}

// from 4 to 22 March (of) 2016; between 1980 and 1988
bool make_day_range(const MakeInput& in, MadeValue& out) {
  MadeValue made;
  if (!make_date(in, made)) return false;
  TimeValue b = made.value;
  const int first = day_number(in, 0), second = day_number(in, 1);
  if (!second || first >= second) return false;
  b.e.begin.day = static_cast<int8_t>(second);
  if (b.e.begin.month && second > month_length(b.e.begin.year ? b.e.begin.year : 2000, b.e.begin.month)) return false;
  complete(b, in.anchor, in.last, in.future);
  out.cls = C::kPeriod;
  TimeValue& v = out.value;
  v.e.kind = TimeKind::kRange;
  v.e.grain = Grain::kDay;
  v.e.relative = b.e.relative;
  if (!full(b.e.begin)) return true;
  v.e.end = b.e.begin;
  v.e.begin = b.e.begin;
  v.e.begin.day = static_cast<int8_t>(first);
  return true;
}

bool make_year_range(const MakeInput& in, MadeValue& out) {
  int y[2] = {};
  int n = 0;
  for (uint32_t i = 0; i < in.count && n < 2; ++i) {
    const Capture& c = in.captures[i];
    if (c.cls == C::kYear || c.cls == C::kNum || c.cls == C::kY2) y[n++] = static_cast<int>(c.item->num);
    else if (c.cls == C::kYearV && c.item->value >= 0) y[n++] = (*in.values)[static_cast<size_t>(c.item->value)].e.begin.year;
  }
  if (n < 2) return false;
  if (y[1] < 100) y[1] += y[0] / 100 * 100;  // 2011-14
  if (y[0] < 1 || y[1] <= y[0] || y[1] - y[0] > 1500) return false;
  set_years(y[0], y[1] - y[0] + 1, Grain::kYear, out.value);
  out.cls = C::kPeriod;
  return true;
}

bool clock(int hour, int minute, const MakeInput& in, MadeValue& out) {
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59) return false;
  if (const Capture* a = in.get(C::kAmpm)) {
    if (hour > 12) return false;
    if (a->value == 2 && hour < 12) hour += 12;
    if (a->value == 1 && hour == 12) hour = 0;
  } else if (const Capture* p = in.get(C::kDaypart)) {  // 1 morning 2 noon 3 afternoon 4 evening 5 night 6 dawn 7 midnight
    const int part = static_cast<int>(p->value);
    if ((part == 3 || part == 4) && hour < 12) hour += 12;
    if (part == 2 && hour < 6) hour += 12;
    if (part == 5 && hour >= 5 && hour < 12) hour += 12;
    if (part == 5 && hour == 12) hour = 0;
  }
  TimeValue& v = out.value;
  v.e.kind = TimeKind::kTimeOfDay;
  v.e.hour = static_cast<int8_t>(hour % 24);
  v.e.minute = static_cast<int8_t>(minute);
  v.e.grain = minute ? Grain::kMinute : Grain::kHour;
  out.cls = C::kTod;
  return true;
}

// 8:30, eight o'clock, half past; argument 1: the fraction or minutes are taken off (a quarter to)
bool make_clock(const MakeInput& in, MadeValue& out) {
  int hour = -1, minute = 0;
  const Capture* h = in.get(C::kHour24);
  if (!h) h = in.get(C::kOrd);
  if (!h) h = in.get(C::kNum);
  if (const TimeValue* t = in.value(C::kTod)) { hour = t->e.hour; minute = t->e.minute; }
  if (h) hour = static_cast<int>(h->item->num);
  if (hour < 0 || (h && h->item->num != hour)) return false;
  if (in.get(C::kOrd) && hour > 12) return false;
  if (const Capture* m = in.get(C::kMin)) {
    if (m->item->digits == 1) return false;
    minute = static_cast<int>(m->item->num);
  }
  int extra = 0;
  if (const Capture* f = in.get(C::kFrac)) extra = static_cast<int>(60 * f->value);
  if (const TimeValue* d = in.value(C::kDur)) extra = static_cast<int>(round_to(d->e.duration_days * 1440));
  if (in.get(C::kLess) || in.argument == 1) { minute = 60 - extra; hour = hour == 0 ? 23 : hour - 1; }
  else minute += extra;
  return clock(hour, minute, in, out);
}

// from 5 to 6 pm: the hour of the first, the half of the day of the second
bool make_clock_range(const MakeInput& in, MadeValue& out) {
  const TimeValue* b = in.value(C::kTod, 1);
  const TimeValue* a = b ? in.value(C::kTod, 0) : nullptr;
  if (!b) b = in.value(C::kTod, 0);
  if (!b || b->e.hour < 0) return false;
  const Capture* h = in.get(C::kHour24);
  if (!h) h = in.get(C::kOrd);
  if (!a && !h) return false;
  int hour = a ? a->e.hour : static_cast<int>(h->item->num);
  if (hour < 0 || hour > 24) return false;
  if (!a && b->e.hour > 12 && hour + 12 <= b->e.hour) hour += 12;
  out.value = *b;
  out.value.e.hour = static_cast<int8_t>(hour % 24);
  out.value.e.minute = a ? a->e.minute : int8_t{0};
  out.cls = C::kTod;
  return true;
}

bool make_daypart(const MakeInput& in, MadeValue& out) {
  const Capture* p = in.get(C::kDaypart);
  TimeValue& v = out.value;
  v.e.kind = TimeKind::kTimeOfDay;
  v.e.grain = Grain::kDayPart;
  if (p && p->value == 2) { v.e.hour = 12; v.e.minute = 0; }
  if (p && p->value == 7) { v.e.hour = 0; v.e.minute = 0; }
  out.cls = C::kTod;
  return true;
}

// a date with a time or part of the day, in either order; argument: days from publication when no date is said
bool make_at(const MakeInput& in, MadeValue& out) {
  const TimeValue* d = in.value(C::kDate);
  if (!d) d = in.value(C::kWday);
  const TimeValue* t = in.value(C::kTod);
  if (d) out.value = *d;
  else if (!set_unit(TimeUnit::kDay, in.anchor, in.argument, out)) return false;
  out.cls = C::kDate;
  TimeValue& v = out.value;
  if (t) { v.e.hour = t->e.hour; v.e.minute = t->e.minute; v.e.grain = t->e.grain; }
  else { v.e.grain = Grain::kDayPart; }
  return true;
}

// the same value with more words: day of, on the date of, weekday before a date
bool make_same(const MakeInput& in, MadeValue& out) {
  for (uint32_t i = 0; i < in.count; ++i) {
    const Capture& c = in.captures[i];
    if (c.item->value < 0 || c.cls == C::kWday) continue;
    out.cls = c.cls;
    out.value = (*in.values)[static_cast<size_t>(c.item->value)];
    if (const TimeValue* w = in.value(C::kWday)) out.value.e.weekday = w->e.weekday;
    if (const Capture* w = in.get(C::kWeekday)) out.value.e.weekday = static_cast<int8_t>(w->value);
    if (const TimeValue* y = in.value(C::kYearV); y && c.cls != C::kYearV && !out.value.e.begin.year) { out.value.e.begin.year = y->e.begin.year; out.value.e.relative = y->e.relative; }
    return true;
  }
  return false;
}

// two names of one month: the same value or nothing
bool make_month_pair(const MakeInput& in, MadeValue& out) {
  const Capture* a = nullptr;
  const Capture* b = nullptr;
  for (uint32_t i = 0; i < in.count; ++i)
    if (in.captures[i].cls == C::kMonth || in.captures[i].cls == C::kAmonth) (a ? b : a) = &in.captures[i];
  if (!a || !b || a->value != b->value) return false;
  out.cls = C::kMonth;
  out.value.count = a->value;
  return true;
}

bool make_vague(const MakeInput&, MadeValue& out) {
  out.cls = C::kVague;
  out.value.e.kind = TimeKind::kVague;
  return true;
}

bool make_set(const MakeInput&, MadeValue& out) {
  out.cls = C::kSet;
  out.value.e.kind = TimeKind::kSet;
  return true;
}

bool make_holiday(const MakeInput& in, MadeValue& out) {
  const Capture* h = in.get(C::kHoliday);
  TimeValue& v = out.value;
  const int code = static_cast<int>(h->value);  // month * 100 + day; 0: moves, no value
  out.cls = C::kDate;
  if (!code) { out.cls = C::kVague; v.e.kind = TimeKind::kVague; return true; }
  v.e.kind = TimeKind::kDate;
  v.e.grain = Grain::kDay;
  v.e.begin = {static_cast<int16_t>(year_number(in)), static_cast<int8_t>(code / 100), static_cast<int8_t>(code % 100)};
  return true;
}

// the day of the month alone: on the 15th
bool make_monthday(const MakeInput& in, MadeValue& out) {
  TimeValue& v = out.value;
  v.e.kind = TimeKind::kDate;
  v.e.grain = Grain::kDay;
  v.e.relative = true;
  v.e.begin.day = static_cast<int8_t>(day_number(in));
  return true;
}

struct NamedMaker { const char* name; Maker make; };
constexpr NamedMaker kMakers[] = {
    {"date", make_date}, {"month", make_month}, {"numeric", make_numeric}, {"year", make_year}, {"rel_unit", make_rel_unit},
    {"duration", make_duration}, {"duration_sum", make_duration_sum}, {"shift", make_shift}, {"shift_last", make_shift_last},
    {"span", make_span}, {"dayword", make_dayword}, {"now", make_now}, {"weekday", make_weekday}, {"rel_weekday", make_rel_weekday},
    {"weekday_in", make_weekday_in}, {"weekday_day", make_weekday_day}, {"nth_weekday", make_nth_weekday}, {"nth_unit", make_nth_unit},
    {"week_of", make_week_of}, {"decade", make_decade}, {"century", make_century}, {"season", make_season}, {"edge", make_edge},
    {"rest", make_rest}, {"range", make_range}, {"day_range", make_day_range}, {"year_range", make_year_range}, {"clock", make_clock},
    {"daypart", make_daypart}, {"at", make_at}, {"same", make_same}, {"month_pair", make_month_pair}, {"vague", make_vague},
    {"set", make_set}, {"holiday", make_holiday}, {"monthday", make_monthday}, {"clock_range", make_clock_range}};

}  // namespace

int find_maker(std::string_view name) {
  for (size_t i = 0; i < std::size(kMakers); ++i)
    if (name == kMakers[i].name) return static_cast<int>(i);
  return -1;
}

Maker maker_at(int index) { return kMakers[index].make; }

std::vector<std::string_view> maker_names() {
  std::vector<std::string_view> names;
  for (const auto& m : kMakers) names.push_back(m.name);
  return names;
}

void complete(TimeValue& v, CivilDate anchor, CivilDate last, bool future) {
  TimeExpression& e = v.e;
  if (e.kind == TimeKind::kDuration || e.kind == TimeKind::kTimeOfDay || e.kind == TimeKind::kVague || e.kind == TimeKind::kSet) return;
  const int direction = v.direction ? v.direction : future ? 1 : -1;
  CivilDate& b = e.begin;
  if (!b.year && b.month) {  // 5 January, January
    e.relative = true;
    if (known(anchor)) {
      b.year = anchor.year;
      const bool later = b.month > anchor.month || (b.month == anchor.month && b.day > anchor.day);
      const bool earlier = b.month < anchor.month || (b.month == anchor.month && b.day && b.day < anchor.day);
      if (direction < 0 && later) --b.year;
      if (direction > 0 && earlier) ++b.year;
      if (e.end.month && !e.end.year) e.end.year = static_cast<int16_t>(b.year + (e.end.month < b.month));
    } else if (known(last)) {
      b.year = last.year;
    } else {
      b = {};
    }
  } else if (!b.year && b.day) {  // the 15th, Thursday the 21st
    const CivilDate base = full(anchor) ? anchor : last;
    const int day = b.day;
    b = {};
    if (base.year && base.month) {
      CivilDate m{base.year, base.month, 1};
      for (int k = 0; k < 12 && !b.year; ++k) {  // the nearest month in that direction where the weekday fits
        const bool exists = day <= month_length(m.year, m.month);
        const CivilDate c{m.year, m.month, static_cast<int8_t>(day)};
        const bool side = !full(base) || k > 0 || (direction < 0 ? to_days(c) <= to_days(base) : to_days(c) >= to_days(base));
        if (exists && side && (!e.weekday || weekday(c) == e.weekday)) b = c;
        m = add_months(m, direction);
      }
    }
  } else if (!b.year && e.weekday && !e.approximate) {  // Thursday
    if (full(anchor)) {
      const int back = (weekday(anchor) - e.weekday + 7) % 7;
      b = direction < 0 ? add_days(anchor, -back) : add_days(anchor, back ? 7 - back : 7);
    }
  }
  if (b.year && b.month && b.day && !valid(b.year, b.month, b.day)) { b = {}; e.approximate = true; }
  e.resolved = b.year != 0;
}

}  // namespace biruni
