// Makers of times of day, of combinations of values, and of what has no value.
#include "time/makers_detail.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace biruni::makers {

using namespace calendar;

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

}  // namespace biruni::makers
