// Shared by the files that hold the makers: what they read from a match and the common shapes of values. Internal to time/.
#pragma once
#include <cstdint>

#include "time/calendar.h"
#include "time/makers.h"

namespace biruni::makers {

using C = TimeClass;

bool known(CivilDate c);
bool full(CivilDate c);
int64_t round_to(double v);
double unit_days(TimeUnit u);
Grain grain_of(TimeUnit u);
TimeUnit unit_of(const Capture* c);
CivilDate last_day(CivilDate c);
CivilDate first_day(CivilDate c);
void set_week(CivilDate day, TimeValue& v);
void set_years(int first, int count, Grain grain, TimeValue& v);
void set_months(int year, int first, int count, Grain grain, TimeValue& v);
TimeClass class_of(Grain g);
bool set_unit(TimeUnit u, CivilDate base, int n, MadeValue& out);
int year_number(const MakeInput& in);
const Capture* month_capture(const MakeInput& in);
int day_number(const MakeInput& in, int nth = 0);
bool from_islamic(int year, int month, int day, TimeValue& v);
int weekday_of(const MakeInput& in);
void pick_weekday(CivilDate base, int wd, int rel, TimeValue& v);

// The makers, by file: dates, durations, weekdays, periods, clock and combinations.
bool make_date(const MakeInput& in, MadeValue& out);
bool make_month(const MakeInput& in, MadeValue& out);
bool make_numeric(const MakeInput& in, MadeValue& out);
bool make_year(const MakeInput& in, MadeValue& out);
bool make_rel_unit(const MakeInput& in, MadeValue& out);
bool make_duration(const MakeInput& in, MadeValue& out);
bool make_duration_sum(const MakeInput& in, MadeValue& out);
bool make_shift(const MakeInput& in, MadeValue& out);
bool make_shift_last(const MakeInput& in, MadeValue& out);
bool make_span(const MakeInput& in, MadeValue& out);
bool make_dayword(const MakeInput& in, MadeValue& out);
bool make_now(const MakeInput& in, MadeValue& out);
bool make_weekday(const MakeInput& in, MadeValue& out);
bool make_rel_weekday(const MakeInput& in, MadeValue& out);
bool make_weekday_in(const MakeInput& in, MadeValue& out);
bool make_weekday_day(const MakeInput& in, MadeValue& out);
bool make_nth_weekday(const MakeInput& in, MadeValue& out);
bool make_nth_unit(const MakeInput& in, MadeValue& out);
bool make_week_of(const MakeInput& in, MadeValue& out);
bool make_decade(const MakeInput& in, MadeValue& out);
bool make_century(const MakeInput& in, MadeValue& out);
bool make_season(const MakeInput& in, MadeValue& out);
bool make_edge(const MakeInput& in, MadeValue& out);
bool make_rest(const MakeInput& in, MadeValue& out);
bool make_range(const MakeInput& in, MadeValue& out);
bool make_day_range(const MakeInput& in, MadeValue& out);
bool make_year_range(const MakeInput& in, MadeValue& out);
bool make_clock(const MakeInput& in, MadeValue& out);
bool make_daypart(const MakeInput& in, MadeValue& out);
bool make_at(const MakeInput& in, MadeValue& out);
bool make_same(const MakeInput& in, MadeValue& out);
bool make_month_pair(const MakeInput& in, MadeValue& out);
bool make_vague(const MakeInput& in, MadeValue& out);
bool make_set(const MakeInput& in, MadeValue& out);
bool make_holiday(const MakeInput& in, MadeValue& out);
bool make_monthday(const MakeInput& in, MadeValue& out);
bool make_clock_range(const MakeInput& in, MadeValue& out);

}  // namespace biruni::makers
