// Time stage: words -> dates, ranges, durations, times of day, resolved against the publication date and the last date
// that the document named. Rules and words are data (packs/LANG/time/); the functions that make values are a closed
// list (makers.cpp). Immutable, thread-safe, total; one table look-up for a word that is no part of a time.
//
//   auto stage = TimeStage::open(pack, "en");
//   TimeContext seen;
//   stage->run(analysis, sentence, doc.date, seen, analysis.times);
//
// Does not decide which event happened when.
#pragma once
#include <memory>
#include <string>

#include "model/analysis.h"
#include "morph/ask_table.h"
#include "pack/pack.h"

namespace biruni {

/// What relative expressions lean on besides the publication date. One per document.
struct TimeContext {
  CivilDate last;  // last date named; month and day 0 when only a year or month was
};

class TimeStage {
 public:
  static std::unique_ptr<TimeStage> open(std::shared_ptr<const Pack> pack, const std::string& lang);
  virtual ~TimeStage() = default;
  /// Appends the times of one sentence in text order, without overlaps. `anchor` year 0: unknown.
  virtual void run(const Analysis& in, uint32_t sentence, CivilDate anchor, TimeContext& context, TimeLayer& out) const = 0;
  /// Time words (ask::kTime); those that are no mere connector (ask::kTimeStrong).
  virtual void declare(AskTable& asks) const = 0;
};

/// 2022-01-02, 2022-01, 2022, 2022-W01, T20:30; empty if there is none. Durations: ISO 8601 (P3D, PT3H).
std::string value_of(const TimeExpression& t);
/// End of a range, inclusive, in the same forms; empty if there is none.
std::string end_value_of(const TimeExpression& t);
/// Name of the granularity of value_of: day, week, month, season, quarter, year, decade, century, minute, hour, "".
std::string granularity_of(const TimeExpression& t);

}  // namespace biruni
