// The dates of metadata: ISO 8601 in long and short form, RFC 822 as feeds write it, epoch seconds.
#pragma once
#include <string>
#include <string_view>

namespace biruni {

/// "Sun, 09 Jan 2022 10:00:00 GMT", "20220109T1000Z", "2022-01-09T10:00:00+03:00", "1641722400" -> "2022-01-09"; the day as
/// written, in the zone written. Empty where it is none of these.
std::string iso_day(std::string_view text);

/// A year of two digits, as POSIX reads it: 69-99 are of the last century, 00-68 of this one.
int full_year(int two_digits);

}  // namespace biruni
