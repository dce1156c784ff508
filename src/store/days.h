// Values of times as records write them -> first and last day. Thread-safe: pure functions.
#pragma once
#include <string>
#include <string_view>

namespace biruni {

struct Days {
  std::string first, last;  // YYYY-MM-DD; empty where the value is no calendar time
  bool known() const { return !first.empty(); }
  bool single() const { return known() && first == last; }
};

/// "2022-01-02", "2022-01-02T10:30", "2022-01", "2022", "2022-W01"; `granularity` widens a year to its decade or century.
/// `end` is the last value of a range, or empty.
Days days_of(std::string_view value, std::string_view end, std::string_view granularity);

}  // namespace biruni
