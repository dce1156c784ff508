// Members of an archive (zip, tar and its compressions, 7z), streamed one at a time by libarchive;
// and single files packed by gzip, zstd, xz or bzip2. Nothing is written to disk and no member's name is used as a path.
// Not thread-safe.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

struct archive;

namespace biruni {

class Archive {
 public:
  enum class Read : uint8_t { kMember, kTooLarge, kEnd, kError };
  Archive() = default;
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;
  bool open(const std::string& path, std::string& reason);
  /// The next regular file. A member above `limit` is passed over (kTooLarge).
  /// `ending`, if not empty: members of another ending are passed over unread.
  Read next(std::string& member, std::string& bytes, uint64_t limit, std::string& reason, std::string_view ending = {});
  uint64_t bytes() const { return bytes_; }

 private:
  struct archive* archive_ = nullptr;
  uint64_t bytes_ = 0;
};

/// One packed file, unpacked as it is read.
class Unpacked {
 public:
  Unpacked() = default;
  ~Unpacked();
  Unpacked(const Unpacked&) = delete;
  Unpacked& operator=(const Unpacked&) = delete;
  bool open(const std::string& path, std::string& reason);
  /// Bytes read, 0 at the end, below 0 on damage (reason).
  long read(char* to, size_t size, std::string& reason);

 private:
  struct archive* archive_ = nullptr;
};

/// Packed bytes -> what they were. Bytes that are not packed stay as they are.
bool unpack(std::string& bytes, uint64_t limit, std::string& reason);

}  // namespace biruni
