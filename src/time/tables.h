// Classes of items, row types of the time sections, shared by compiler and stage.
//
//   LANG/time_words       PhraseRow, cls = TimeClass
//   LANG/time_rules       RuleRow in order of pass, then file
//   LANG/time_elements    ElementRow
//   LANG/time_settings    TimeSettings
//
// Rule language: docs/formats/number_time.md.
#pragma once
#include <cstdint>

#include "pack/pack.h"

namespace biruni {

enum class TimeClass : uint8_t {
  // numbers and signs, found by code
  kNum, kDay, kMon12, kYear, kY2, kOrd, kOday, kHour24, kMin, kPlain, kSlash, kDash, kDot, kComma, kColon, kOpen, kClose, kEnd, kNoun, kDefNoun,
  // made by rules
  kDate, kMonthV, kYearV, kWeekV, kPeriod, kDur, kTod, kWday, kSeasonV, kVague, kSet, kUnits,
  // words of the pack
  kMonth, kAmonth, kHmonth, kWeekday, kUnit, kDual, kSeason, kDaypart, kRel, kDayword, kIn, kFrom, kTo, kBetween, kAnd, kOf, kBefore,
  kAfter, kSince, kAgo, kLater, kFor, kDuring, kEdge, kDecade, kAmpm, kEra, kHoliday, kRest, kFrac, kLess, kEvery, kSetword, kVagueword,
  kNow, kFew, kOne, kFull, kSkip, kFuture, kPlural, kNth, kCount
};
inline constexpr const char* kTimeClasses[] = {
    "num", "day", "mon12", "year", "y2", "ord", "oday", "hour24", "min", "plain", "slash", "dash", "dot", "comma", "colon", "open", "close", "end", "noun", "defnoun",
    "date", "monthv", "yearv", "weekv", "period", "dur", "tod", "wday", "seasonv", "vague", "set", "units",
    "month", "amonth", "hmonth", "weekday", "unit", "dual", "season", "daypart", "rel", "dayword", "in", "from", "to", "between", "and", "of", "before",
    "after", "since", "ago", "later", "for", "during", "edge", "decade", "ampm", "era", "holiday", "rest", "frac", "less", "every", "setword", "vagueword",
    "now", "few", "one", "full", "skip", "future", "plural", "nth"};

struct ClassMask {
  uint64_t bits[2] = {};
  void set(TimeClass c) { bits[static_cast<int>(c) >> 6] |= 1ull << (static_cast<int>(c) & 63); }
  bool has(TimeClass c) const { return bits[static_cast<int>(c) >> 6] >> (static_cast<int>(c) & 63) & 1; }
  bool meets(const ClassMask& o) const { return (bits[0] & o.bits[0]) || (bits[1] & o.bits[1]); }
  bool covers(const ClassMask& o) const { return !(o.bits[0] & ~bits[0]) && !(o.bits[1] & ~bits[1]); }
  void join(const ClassMask& o) { bits[0] |= o.bits[0]; bits[1] |= o.bits[1]; }
  bool any() const { return bits[0] || bits[1]; }
};

/// Values of class `unit`, `dual` and of results of class `dur`; names for the data files.
enum class TimeUnit : uint8_t { kNone, kSecond, kMinute, kHour, kDay, kWeek, kMonth, kYear, kDecade, kCentury, kQuarter, kWeekend, kSeason, kNight };
inline constexpr const char* kTimeUnits[] = {"none", "second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "quarter", "weekend", "season", "night"};

/// Values of class `rel`. From publication: -2 .. 2; from the last date named: kSame, kFollowing, kPrevious.
inline constexpr int kRelSame = 10, kRelFollowing = 11, kRelPrevious = 9;

namespace element_flag {
inline constexpr uint8_t kOptional = 1, kDefinite = 2, kIndefinite = 4, kLeft = 8, kRight = 16, kNot = 32;
}

struct Alternative {
  uint8_t cls = 0;
  uint8_t has_value = 0;
  int16_t value = 0;
};

struct ElementRow {
  ClassMask mask;
  Alternative alt[6];
  uint8_t alternatives = 0;
  uint8_t flags = 0;
  uint8_t unused[6] = {};
};

struct RuleRow {
  StrId id = 0;
  uint32_t elements = 0;
  uint8_t count = 0;
  uint8_t pass = 0;
  uint8_t make = 0;       // index of the maker
  uint8_t unused = 0;
  int32_t argument = 0;   // make=name:argument
  ClassMask first;        // classes that may begin a match
};

inline constexpr uint32_t kMaxTimeRules = 256;  // of one pass

struct TimeSettings {
  uint8_t month_first = 0;    // 2/1/2022 is 1 February
  uint8_t unused[7] = {};
};

}  // namespace biruni
