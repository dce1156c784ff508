// Where results go: standard output or a file. A file is written beside its name and put in place when it is whole, so
// that a broken run leaves no half of one. Not thread-safe.
#pragma once
#include <cstdio>
#include <string>
#include <string_view>

#include "base/result.h"

namespace biruni {

class Output {
 public:
  Output() = default;  // standard output
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  Status open(const std::string& path);  // "-": standard output
  bool write(std::string_view text);     // false once anything failed
  /// Everything is on its way to the disk; the file gets its name.
  Status finish();

 private:
  Error failure() const;
  FILE* file_ = stdout;
  std::string path_, part_;
  int error_ = 0;
};

}  // namespace biruni
