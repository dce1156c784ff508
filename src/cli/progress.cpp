#include "cli/progress.h"

#include <fmt/core.h>

#include <cstdio>
#include <filesystem>

namespace biruni {
namespace fs = std::filesystem;

uint64_t input_size(const std::vector<std::string>& paths) {
  uint64_t total = 0;
  std::error_code ec;
  for (const auto& path : paths) {
    if (path == "-") return 0;
    if (fs::is_directory(path, ec)) {
      for (fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, ec), end; !ec && it != end; it.increment(ec))
        if (it->is_regular_file(ec)) total += it->file_size(ec);
    } else if (fs::is_regular_file(path, ec)) {
      total += fs::file_size(path, ec);
    }
  }
  return total;
}

std::string clock_text(double seconds) {
  const auto s = static_cast<uint64_t>(seconds + 0.5);
  return s >= 3600 ? fmt::format("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60) : fmt::format("{}:{:02}", s / 60, s % 60);
}

void Progress::show(uint64_t documents, uint64_t failed, uint64_t bytes) {
  if (!on_) return;
  const auto now = Clock::now();
  if (now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  shown_ = true;
  const double t = seconds();
  std::string line = fmt::format("{} documents  {:.0f}/s  {:.1f} MB/s", documents, double(documents) / t, double(bytes) / 1e6 / t);
  if (total_ && bytes && bytes <= total_) {
    const double share = double(bytes) / double(total_);
    line += fmt::format("  {:3.0f} %  {} left", share * 100, clock_text(t / share - t));
  }
  if (failed) line += fmt::format("  {} failed", failed);
  fmt::print(stderr, "\r\033[K{}", line);
  std::fflush(stderr);
}

void Progress::clear() {
  if (shown_) std::fputs("\r\033[K", stderr);
  shown_ = false;
}

}  // namespace biruni
