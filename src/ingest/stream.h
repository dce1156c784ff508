// Bytes of a file, standard input or memory: whole up to a limit, or line by line. A longer line is passed over, never
// held. Not thread-safe.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace biruni {

class Unpacked;

enum class LineRead : uint8_t { kLine, kTooLong, kEnd, kError };

class ByteStream {
 public:
  ByteStream();
  ~ByteStream();
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  bool open(const std::string& path, std::string& reason);  // "-": standard input
  bool open_packed(const std::string& path, std::string& reason);  // gzip, zstd, xz, bzip2
  void open_memory(std::string bytes);
  /// The first bytes (up to 64 kB, as far as one read gives them), without moving on.
  std::string_view peek();
  /// False: unreadable (reason) or above the limit (too_large()).
  bool read_all(std::string& out, uint64_t limit, std::string& reason);
  LineRead read_line(std::string& out, uint64_t limit);
  /// The next `size` bytes, fewer at the end; beyond `limit` they are passed over and `out` stays empty.
  bool read_bytes(std::string& out, uint64_t size, uint64_t limit);
  bool too_large() const { return too_large_; }
  const std::string& error() const { return error_; }
  uint64_t bytes() const { return bytes_; }

 private:
  bool fill();  // false at the end or on error
  int fd_ = -1;
  std::unique_ptr<Unpacked> unpacked_;
  bool own_ = false, eof_ = false, too_large_ = false, reported_ = false;
  uint64_t size_ = 0, bytes_ = 0;  // size of a regular file, 0 unknown
  size_t at_ = 0;
  std::string buffer_, error_;
};

}  // namespace biruni
