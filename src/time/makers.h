// The closed list of functions that rules may name: they turn matched items into a value or refuse. Used by the time
// stage (run time) and the rule compiler (names). Thread-safe: pure functions of their arguments.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/quantity.h"
#include "time/tables.h"
#include "time/time_stage.h"

namespace biruni {

/// A value under construction: the expression plus what later rules need.
struct TimeValue {
  TimeExpression e;
  TimeUnit unit = TimeUnit::kNone;  // of a duration
  double count = 0;
  int months = 0;                   // a duration in whole months, the rest in e.duration_days
  int8_t direction = 0;             // -1 past, +1 future, 0 not said
  bool month_only_day = false;      // end of a range that has only a day yet
};

struct TimeItem {
  uint32_t first = 0, last = 0;     // words
  ClassMask mask;
  double num = 0;
  uint8_t digits = 0;               // number of digits if it is a bare digit token
  uint8_t n = 0;
  bool definite = false;
  struct Entry { TimeClass cls; double value; } entry[6];  // `n` of them are set
  int32_t value = -1;               // index into values, results only
  uint32_t rule = kNone;
  void add(TimeClass c, double v) {
    if (n == 6) return;
    entry[n++] = {c, v};
    mask.set(c);
  }
};

/// One matched item and the alternative that matched.
struct Capture {
  const TimeItem* item;
  TimeClass cls;
  double value;
};

struct MakeInput {
  const Capture* captures = nullptr;
  uint32_t count = 0;
  int argument = 0;
  CivilDate anchor;                 // year 0 unknown
  CivilDate last;                   // last date named
  bool future = false;              // the sentence speaks of the future
  bool month_first = false;
  const std::vector<TimeValue>* values = nullptr;

  const Capture* get(TimeClass c, int nth = 0) const {
    for (uint32_t i = 0; i < count; ++i)
      if (captures[i].cls == c && nth-- == 0) return &captures[i];
    return nullptr;
  }
  const TimeValue* value(TimeClass c, int nth = 0) const {
    const Capture* k = get(c, nth);
    return k && k->item->value >= 0 ? &(*values)[static_cast<size_t>(k->item->value)] : nullptr;
  }
};

struct MadeValue {
  TimeClass cls = TimeClass::kDate;
  TimeValue value;
};

using Maker = bool (*)(const MakeInput&, MadeValue&);

/// Index of the maker called `name`, -1 if there is none.
int find_maker(std::string_view name);
Maker maker_at(int index);
std::vector<std::string_view> maker_names();

/// Fills what was left open (year of "5 January", date of "on Thursday") and checks it.
void complete(TimeValue& v, CivilDate anchor, CivilDate last, bool future);

}  // namespace biruni
