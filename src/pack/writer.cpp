#include "pack/writer.h"

#include <cstdio>

#include "pack/format.h"

namespace biruni {

PackWriter::PackWriter() { intern(""); }

StrId PackWriter::intern(std::string_view s) {
  const auto it = ids_.find(s);
  if (it != ids_.end()) return it->second;
  const StrId id = static_cast<StrId>(strings_.size());
  strings_.emplace_back(s);
  ids_.emplace(strings_.back(), id);
  return id;
}

StrId PackWriter::lookup(std::string_view s) const {
  const auto it = ids_.find(s);
  return it == ids_.end() ? kNone : it->second;
}

void PackWriter::add_bytes(const std::string& name, std::string bytes) { sections_.emplace_back(name, std::move(bytes)); }

Status PackWriter::write(const std::string& path) const {
  std::vector<uint32_t> offsets;
  std::string bytes;
  for (const auto& s : strings_) {
    offsets.push_back(static_cast<uint32_t>(bytes.size()));
    bytes += s;
  }
  offsets.push_back(static_cast<uint32_t>(bytes.size()));
  uint64_t capacity = 16;
  while (capacity < strings_.size() * 2) capacity *= 2;
  std::vector<uint64_t> slots(capacity, 0), hashes;
  for (size_t id = 0; id < strings_.size(); ++id) {
    const uint64_t h = hash_bytes(strings_[id]);
    hashes.push_back(h);
    uint64_t i = h & (capacity - 1);
    while (slots[i]) i = (i + 1) & (capacity - 1);
    slots[i] = ((h >> 32) << 32) | (id + 1);
  }
  auto sections = sections_;
  auto as_bytes = [](const auto& rows) {
    return std::string(reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(rows[0]));
  };
  sections.emplace_back("strings/offsets", as_bytes(offsets));
  sections.emplace_back("strings/bytes", bytes);
  sections.emplace_back("strings/slots", as_bytes(slots));
  sections.emplace_back("strings/filter", as_bytes(HashFilter::make(hashes)));

  uint64_t directory_size = 0;
  for (const auto& [name, body] : sections) directory_size += sizeof(DirectoryEntry) + name.size();
  PackHeader head{};
  std::memcpy(head.magic, kPackMagic, sizeof head.magic);
  head.format = kPackFormat;
  head.sections = static_cast<uint32_t>(sections.size());
  head.directory_end = sizeof head + directory_size;
  std::string directory;
  uint64_t at = (head.directory_end + 15) / 16 * 16;
  head.content_hash = 0;
  for (const auto& [name, body] : sections) {
    DirectoryEntry entry{at, body.size(), name.size()};
    directory.append(reinterpret_cast<const char*>(&entry), sizeof entry);
    directory += name;
    at = (at + body.size() + 15) / 16 * 16;
    head.content_hash = head.content_hash * 0x9E3779B97F4A7C15ull + (hash_bytes(name) ^ hash_bytes(body));
  }
  head.directory_hash = hash_bytes(directory);
  const std::string part = path + ".part";
  std::FILE* f = std::fopen(part.c_str(), "wb");
  if (!f) return Error{ErrorCode::kIo, "cannot write the pack", part, "is the folder writable?"};
  uint64_t written = 0;
  bool ok = true;
  auto put = [&](const void* p, size_t n) {
    ok = ok && std::fwrite(p, 1, n, f) == n;
    written += n;
  };
  auto pad = [&] {
    static const char zeros[16] = {};
    if (written % 16) put(zeros, 16 - written % 16);
  };
  put(&head, sizeof head);
  put(directory.data(), directory.size());
  pad();
  for (const auto& [name, body] : sections) {
    put(body.data(), body.size());
    pad();
  }
  ok = std::fclose(f) == 0 && ok;
  if (!ok || std::rename(part.c_str(), path.c_str()) != 0) {
    std::remove(part.c_str());
    return Error{ErrorCode::kIo, "cannot write the pack", path, "is the disk full?"};
  }
  return Ok{};
}

}  // namespace biruni
