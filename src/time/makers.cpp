// Makers build values from what the rule matched; `complete` closes them at the end, when the sentence is known. News
// speaks of the past unless a future word says otherwise.
#include "time/makers.h"

#include <iterator>

#include "time/makers_detail.h"

namespace biruni {
namespace {

using namespace makers;

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
        const bool exists = day <= calendar::month_length(m.year, m.month);
        const CivilDate c{m.year, m.month, static_cast<int8_t>(day)};
        const bool side = !full(base) || k > 0 || (direction < 0 ? calendar::to_days(c) <= calendar::to_days(base) : calendar::to_days(c) >= calendar::to_days(base));
        if (exists && side && (!e.weekday || calendar::weekday(c) == e.weekday)) b = c;
        m = calendar::add_months(m, direction);
      }
    }
  } else if (!b.year && e.weekday && !e.approximate) {  // Thursday
    if (full(anchor)) {
      const int back = (calendar::weekday(anchor) - e.weekday + 7) % 7;
      b = direction < 0 ? calendar::add_days(anchor, -back) : calendar::add_days(anchor, back ? 7 - back : 7);
    }
  }
  if (b.year && b.month && b.day && !calendar::valid(b.year, b.month, b.day)) { b = {}; e.approximate = true; }
  e.resolved = b.year != 0;
}

}  // namespace biruni
