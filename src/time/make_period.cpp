// Makers of periods: parts and numbers of larger units, decades, seasons, ranges.
#include "time/makers_detail.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace biruni::makers {

using namespace calendar;

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

}  // namespace biruni::makers
