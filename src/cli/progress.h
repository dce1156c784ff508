// One line on a terminal that says how far a run is: documents, rate, share of the input, time left. Not thread-safe.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace biruni {

/// Bytes of the files and folders given, for the share that is done; 0 where that is not known (standard input).
uint64_t input_size(const std::vector<std::string>& paths);

/// "1:02:03", "4:05"
std::string clock_text(double seconds);

class Progress {
 public:
  Progress(bool on, uint64_t total_bytes) : on_(on), total_(total_bytes) {}
  ~Progress() { clear(); }
  void show(uint64_t documents, uint64_t failed, uint64_t bytes);  // at most five times a second
  void clear();
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  bool on_, shown_ = false;
  uint64_t total_;
  Clock::time_point start_ = Clock::now(), last_ = start_;
};

}  // namespace biruni
