// Makers of durations, and of dates and spans a duration away.
#include "time/makers_detail.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace biruni::makers {

using namespace calendar;

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
  if (d.e.duration_days >= 365.0 * (day.year - 1)) return true;  // before the calendar begins: kept without value
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
  if (!full(in.anchor) || d->e.duration_days >= 365.0 * (in.anchor.year - 1)) return true;
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

}  // namespace biruni::makers
