// Makers of weekdays: bare ones stay open until the sentence is complete.
#include "time/makers_detail.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace biruni::makers {

using namespace calendar;

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

}  // namespace biruni::makers
