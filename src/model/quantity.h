// Quantities and times found in the text. Written by quantity/ and time/.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/span.h"

namespace biruni {

enum class Bound : uint8_t { kExact, kAbout, kAtLeast, kMoreThan, kAtMost, kLessThan, kRange };
enum class QuantityKind : uint8_t { kNumber, kOrdinal, kFraction, kPercent };

/// value in `unit` after scaling (thousands, millions applied); low/high as the words bound it.
struct Quantity {
  WordRange words;            // whole phrase, bound words and unit included
  WordRange number_words;     // the number alone
  double value = 0, low = 0, high = 0;
  Bound bound = Bound::kExact;
  QuantityKind kind = QuantityKind::kNumber;
  uint32_t unit = kNone;      // index into the unit table, kNone for a plain number
  uint32_t counted = kNone;   // word index of the counted noun, kNone if none
  uint32_t rule = kNone;      // StrId of the rule that made it
};

enum class Grain : uint8_t { kNone, kSecond, kMinute, kHour, kDayPart, kDay, kWeek, kMonth, kSeason, kQuarter, kYear, kDecade, kCentury };
enum class TimeKind : uint8_t { kDate, kRange, kDuration, kTimeOfDay, kVague, kSet };

/// A calendar point as far as it is known; 0 = not said. Hijri dates are converted and marked approximate.
struct CivilDate {
  int16_t year = 0;
  int8_t month = 0;
  int8_t day = 0;
  bool operator==(const CivilDate&) const = default;
};

struct TimeExpression {
  WordRange words;
  TimeKind kind = TimeKind::kVague;
  Grain grain = Grain::kNone;
  CivilDate begin, end;       // resolved; end only for ranges (inclusive)
  int16_t week = 0;           // ISO week when grain is kWeek
  int8_t weekday = 0;         // 1 Monday .. 7 Sunday, as said (kept for the weekday claim), 0 none
  int8_t hour = -1, minute = -1;
  bool resolved = false;      // begin holds a value
  bool relative = false;      // needed an anchor
  bool approximate = false;
  double duration_days = 0;   // kDuration
  uint32_t rule = kNone;      // StrId of the rule that made it
};

struct QuantityLayer { std::vector<Quantity> rows; void clear() { rows.clear(); } };
struct TimeLayer { std::vector<TimeExpression> rows; void clear() { rows.clear(); } };

}  // namespace biruni
