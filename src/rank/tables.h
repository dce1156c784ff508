// Compiled weights of the ranker (packs/LANG/events/rank.tsv). Written by rank/compile, read by rank/rank_stage.
#pragma once
#include <cstdint>

#include "rank/features.h"

namespace biruni {

/// One slot of the open-addressing table LANG/rank_weights; key 0 is an empty slot.
struct RankWeight { uint64_t key = 0; float weight = 0; uint32_t pad = 0; };

/// type 0: the weight holds for all types.
inline uint64_t rank_key(uint8_t type, RankFeature f) {
  return (uint64_t{1} << 63) | (uint64_t{type} << 40) | (uint64_t{static_cast<uint8_t>(f.name)} << 32) | f.value;
}
inline uint64_t rank_hash(uint64_t key) {
  key *= 0xD6E8FEB86659FD93ull;
  return key ^ (key >> 32);
}

}  // namespace biruni
