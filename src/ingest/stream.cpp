#include "ingest/stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "ingest/archive.h"

namespace biruni {

ByteStream::ByteStream() = default;
ByteStream::~ByteStream() {
  if (own_ && fd_ >= 0) ::close(fd_);
}

bool ByteStream::open(const std::string& path, std::string& reason) {
  if (path == "-") {
    fd_ = 0;
    return true;
  }
  fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd_ < 0) {
    reason = errno == ENOENT ? "no such file" : std::string("cannot be read: ") + std::strerror(errno);
    return false;
  }
  own_ = true;
  struct stat st {};
  if (::fstat(fd_, &st) == 0 && S_ISREG(st.st_mode)) size_ = static_cast<uint64_t>(st.st_size);
  return true;
}

bool ByteStream::open_packed(const std::string& path, std::string& reason) {
  unpacked_ = std::make_unique<Unpacked>();
  return unpacked_->open(path, reason);
}

void ByteStream::open_memory(std::string bytes) {
  buffer_ = std::move(bytes);
  bytes_ = buffer_.size();
  eof_ = true;
}

bool ByteStream::fill() {
  if (eof_) return false;
  if (at_ > 0) {
    buffer_.erase(0, at_);
    at_ = 0;
  }
  constexpr size_t kMost = 1 << 16, kAfterEnd = 1 << 12;
  // of a file no more than it has left: room is cleared before it is read into
  const size_t step = !size_ ? kMost : size_ > bytes_ ? std::min<size_t>(size_ - bytes_ + 1, kMost) : kAfterEnd;
  const size_t had = buffer_.size();
  buffer_.resize(had + step);
  ssize_t n;
  do n = unpacked_ ? unpacked_->read(buffer_.data() + had, step, error_) : ::read(fd_, buffer_.data() + had, step);
  while (n < 0 && !unpacked_ && errno == EINTR);
  buffer_.resize(had + static_cast<size_t>(std::max<ssize_t>(n, 0)));
  if (n < 0 && !unpacked_) error_ = std::string("cannot be read: ") + std::strerror(errno);
  if (n <= 0) {
    eof_ = true;
    return false;
  }
  bytes_ += static_cast<uint64_t>(n);
  return true;
}

std::string_view ByteStream::peek() {
  while (buffer_.size() - at_ < (1 << 16) && buffer_.find('\n', at_) == std::string::npos && fill()) {}
  return std::string_view(buffer_).substr(at_);
}

bool ByteStream::read_all(std::string& out, uint64_t limit, std::string& reason) {
  out.clear();
  if (size_ > limit) {
    too_large_ = true;
    return false;
  }
  if (size_) out.reserve(size_ + 1);
  for (;;) {
    out.append(buffer_, at_);
    buffer_.clear();
    at_ = 0;
    if (out.size() > limit) {
      too_large_ = true;
      return false;
    }
    if (!fill()) break;
  }
  if (error_.empty()) return true;
  reason = error_;
  return false;
}

LineRead ByteStream::read_line(std::string& out, uint64_t limit) {
  out.clear();
  bool any = false, long_line = false;
  for (;;) {
    const size_t end = buffer_.find('\n', at_);
    const size_t stop = end == std::string::npos ? buffer_.size() : end;
    any = any || stop > at_ || end != std::string::npos;
    if (out.size() + (stop - at_) > limit) {
      long_line = true;
      std::string().swap(out);
    }
    if (!long_line) out.append(buffer_, at_, stop - at_);
    at_ = end == std::string::npos ? stop : end + 1;
    if (end != std::string::npos) return long_line ? LineRead::kTooLong : LineRead::kLine;
    if (!fill()) {
      if (!error_.empty()) {
        const bool told = reported_;
        reported_ = true;
        return told ? LineRead::kEnd : LineRead::kError;
      }
      if (long_line) return LineRead::kTooLong;
      return any ? LineRead::kLine : LineRead::kEnd;
    }
  }
}

bool ByteStream::read_bytes(std::string& out, uint64_t size, uint64_t limit) {
  out.clear();
  const bool keep = size <= limit;
  while (size > 0) {
    if (at_ == buffer_.size() && !fill()) return false;
    const size_t step = static_cast<size_t>(std::min<uint64_t>(size, buffer_.size() - at_));
    if (keep) out.append(buffer_, at_, step);
    at_ += step;
    size -= step;
  }
  return true;
}

}  // namespace biruni
