#include "cli/output.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace biruni {

Output::~Output() {
  if (file_ != stdout && file_) std::fclose(file_);
  if (!part_.empty()) ::unlink(part_.c_str());
}

Error Output::failure() const {
  return {ErrorCode::kIo, std::string("cannot be written: ") + std::strerror(error_), path_.empty() ? "standard output" : path_, ""};
}

Status Output::open(const std::string& path) {
  if (path == "-") return Ok{};
  path_ = path;
  struct stat st {};
  const bool direct = ::stat(path.c_str(), &st) == 0 && !S_ISREG(st.st_mode);  // a device or a pipe
  const std::string target = direct ? path : path + ".part";
  file_ = std::fopen(target.c_str(), "wb");
  if (!file_) {
    error_ = errno;
    return failure();
  }
  if (!direct) part_ = target;
  return Ok{};
}

bool Output::write(std::string_view text) {
  if (error_) return false;
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) error_ = errno ? errno : EIO;
  return !error_;
}

Status Output::finish() {
  if (!error_ && std::fflush(file_) != 0) error_ = errno;
  if (file_ != stdout) {
    if (std::fclose(file_) != 0 && !error_) error_ = errno;
    file_ = nullptr;
  }
  if (!error_ && !part_.empty()) {
    if (std::rename(part_.c_str(), path_.c_str()) != 0) error_ = errno;
    else part_.clear();
  }
  if (error_) return failure();
  return Ok{};
}

}  // namespace biruni
