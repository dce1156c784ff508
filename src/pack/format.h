// Byte layout of a pack file, shared by reader and writer. Little-endian, as every machine the project builds on.
#pragma once
#include <cstdint>

namespace biruni {

inline constexpr char kPackMagic[8] = {'B', 'I', 'R', 'U', 'N', 'I', 'P', 'K'};
inline constexpr uint32_t kPackFormat = 1;

struct PackHeader {
  char magic[8];
  uint32_t format;
  uint32_t sections;
  uint64_t directory_end;   // bytes from the start of the file
  uint64_t directory_hash;  // hash_bytes of the directory
  uint64_t content_hash;    // hash over all sections; the pack's version
};

struct DirectoryEntry {
  uint64_t offset;
  uint64_t size;
  uint64_t name_size;  // the name follows
};

}  // namespace biruni
