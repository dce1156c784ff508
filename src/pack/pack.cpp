// File layout: header (magic, format, section count, directory hash), directory (name, offset, size), sections at
// 16-byte borders. Strings are three sections: offsets, bytes, open-addressing slots.
#include "pack/pack.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "pack/format.h"

namespace biruni {

namespace {
Error bad(const std::string& path, const std::string& what) {
  return Error{ErrorCode::kBadFormat, "not a usable pack: " + what, path, "run `make` to build it again"};
}
}  // namespace

Result<std::shared_ptr<const Pack>> Pack::open(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return Error{ErrorCode::kNotFound, std::string("cannot open the pack: ") + std::strerror(errno), path,
                 "run `make` to build it, or set BIRUNI_PACK to its path"};
  }
  struct stat st {};
  if (::fstat(fd, &st) != 0 || st.st_size < static_cast<off_t>(sizeof(PackHeader))) {
    ::close(fd);
    return bad(path, "too short");
  }
  const size_t size = static_cast<size_t>(st.st_size);
  void* map = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  ::close(fd);
  if (map == MAP_FAILED) return Error{ErrorCode::kUnreadable, "cannot map the pack", path, ""};
  std::shared_ptr<Pack> pack(new Pack());
  pack->map_ = map;
  pack->map_size_ = size;
  const char* base = static_cast<const char*>(map);
  PackHeader head;
  std::memcpy(&head, base, sizeof head);
  if (std::memcmp(head.magic, kPackMagic, sizeof head.magic) != 0) return bad(path, "wrong signature");
  if (head.format != kPackFormat) return bad(path, "format " + std::to_string(head.format) + ", expected " + std::to_string(kPackFormat));
  if (head.directory_end > size || head.directory_end < sizeof head) return bad(path, "directory out of bounds");
  const std::string_view directory(base + sizeof head, head.directory_end - sizeof head);
  if (hash_bytes(directory) != head.directory_hash) return bad(path, "directory damaged");
  size_t pos = 0;
  for (uint32_t i = 0; i < head.sections; ++i) {
    DirectoryEntry entry;
    if (pos + sizeof entry > directory.size()) return bad(path, "directory truncated");
    std::memcpy(&entry, directory.data() + pos, sizeof entry);
    pos += sizeof entry;
    if (pos + entry.name_size > directory.size()) return bad(path, "directory truncated");
    std::string name(directory.substr(pos, entry.name_size));
    pos += entry.name_size;
    if (entry.offset > size || entry.size > size - entry.offset || entry.offset % 16) return bad(path, "section '" + name + "' out of bounds");
    pack->sections_.push_back({std::move(name), {entry.offset, entry.size}});
  }
  const auto offsets = pack->section<uint32_t>("strings/offsets");
  const auto bytes = pack->section<char>("strings/bytes");
  const auto slots = pack->section<uint64_t>("strings/slots");
  if (offsets.empty() || slots.empty() || (slots.size() & (slots.size() - 1)) || offsets.back() > bytes.size()) {
    return bad(path, "string table damaged");
  }
  pack->string_offset_ = offsets.data();
  pack->string_count_ = static_cast<uint32_t>(offsets.size() - 1);
  pack->string_bytes_ = bytes.data();
  pack->slots_ = slots.data();
  pack->slot_mask_ = slots.size() - 1;
  if (const auto filter = pack->section<uint64_t>("strings/filter"); !(filter.size() & (filter.size() - 1))) pack->filter_ = HashFilter(filter);
  char hex[17];
  std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(head.content_hash));
  pack->version_ = hex;
  return std::shared_ptr<const Pack>(pack);
}

Pack::~Pack() {
  if (map_) ::munmap(map_, map_size_);
}

std::pair<const void*, size_t> Pack::raw_section(std::string_view name) const {
  for (const auto& [n, at] : sections_) {
    if (n == name) return {static_cast<const char*>(map_) + at.first, at.second};
  }
  return {nullptr, 0};
}

std::vector<std::string> Pack::names() const {
  std::vector<std::string> out;
  for (const auto& s : sections_) out.push_back(s.first);
  return out;
}

std::vector<uint64_t> HashFilter::make(std::span<const uint64_t> hashes) {
  size_t words = 1;
  while (words * 64 < hashes.size() * 8) words *= 2;
  std::vector<uint64_t> out(words, 0);
  const int shift = 64 - std::bit_width(words * 64 - 1);
  for (const uint64_t h : hashes) out[h >> shift >> 6] |= uint64_t(1) << (h >> shift & 63);
  return out;
}

StrId Pack::find(std::string_view s, uint64_t h) const {
  if (!filter_.may_have(h)) return kNone;
  const uint64_t tag = h >> 32;
  for (uint64_t i = h & slot_mask_;; i = (i + 1) & slot_mask_) {
    const uint64_t slot = slots_[i];
    if (slot == 0) return kNone;
    if ((slot >> 32) == tag) {
      const StrId id = static_cast<StrId>(slot & 0xFFFFFFFFu) - 1;
      if (str(id) == s) return id;
    }
  }
}

}  // namespace biruni
