// Result<T>: a value or an Error with place and remedy. Configuration can fail, text cannot: analysis never
// returns a Result. Same member names as std::expected (C++23), so that moving there is an alias.
#pragma once
#include <string>
#include <utility>
#include <variant>

namespace biruni {

enum class ErrorCode {
  kNotFound,      // a file or entry does not exist
  kUnreadable,    // it exists and cannot be read
  kBinary,        // bytes that are no text
  kBadFormat,     // a file is not what its format says
  kBadValue,      // one value in it is wrong
  kBadUsage,      // the command line
  kIo,            // writing failed, disk full
  kTooLarge,      // past a stated limit
};

struct Error {
  ErrorCode code = ErrorCode::kBadFormat;
  std::string message;  // the thing, what was expected
  std::string where;    // file:line[:column] or empty
  std::string hint;     // what to do, or empty
  std::string text() const {
    std::string out = where.empty() ? message : where + ": " + message;
    if (!hint.empty()) out += " (" + hint + ")";
    return out;
  }
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}
  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& value() { return std::get<0>(state_); }
  const T& value() const { return std::get<0>(state_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

struct Ok {};
using Status = Result<Ok>;

}  // namespace biruni
