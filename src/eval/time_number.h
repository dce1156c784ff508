// Scores dates, durations, numbers, ordinals and percentages against gold files in the form of Recognizers-Text specs
// (an array of {Input, Context.ReferenceDateTime, Results[], IgnoreResolution?, NotSupported?}).
//
//   auto report = eval::score_time_number(paths, [&](const std::string& text, CivilDate date, Analysis& out) { ... });
//
// Cases not marked IgnoreResolution or NotSupported are scored by value: each expected result must be there with its
// value (past or future reading), and a text without expected results must give none. The others are scored by span:
// each expected span must be found; exact = same letters but for white space and punctuation at the ends, core = same
// end, and a start that differs by at most two words (leading preposition or noun such as "day", which the sets give
// now with and now without). Not thread-safe.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"

namespace biruni::eval {

/// Analyses `text` with publication date `date` (year 0: none), filling text, words, quantities and times.
using AnalyzeText = std::function<void(const std::string& text, CivilDate date, Analysis& out)>;

struct TimeNumberFile {
  std::string name;
  int value_cases = 0, value_right = 0;
  int span_cases = 0, span_exact = 0, span_core = 0;
  int relative_cases = 0, relative_right = 0;  // of value_cases: ordinals relative to an end or the present
  std::vector<int> value_wrong, span_wrong;    // indexes of cases
};

struct TimeNumberReport {
  std::vector<TimeNumberFile> files;
  int value_cases() const { int n = 0; for (const auto& f : files) n += f.value_cases; return n; }
  int value_right() const { int n = 0; for (const auto& f : files) n += f.value_right; return n; }
  int span_cases() const { int n = 0; for (const auto& f : files) n += f.span_cases; return n; }
  int span_core() const { int n = 0; for (const auto& f : files) n += f.span_core; return n; }
  int span_exact() const { int n = 0; for (const auto& f : files) n += f.span_exact; return n; }
};

Result<TimeNumberReport> score_time_number(const std::vector<std::string>& paths, const AnalyzeText& analyze);

}  // namespace biruni::eval
