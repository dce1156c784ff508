// All days, months or years from one to another, as texts. Thread-safe: pure function.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace biruni {

/// `unit`: d YYYY-MM-DD, m YYYY-MM, y YYYY. `first` and `last` may be longer than the unit; at most 100,000 units.
std::vector<std::string> time_units(std::string_view first, std::string_view last, char unit);

}  // namespace biruni
