// Makers of calendar dates, years and units relative to publication or to the last date named.
#include "time/makers_detail.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace biruni::makers {

using namespace calendar;

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

}  // namespace biruni::makers
