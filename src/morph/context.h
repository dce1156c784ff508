// Context features of the chooser: what the letters of a token and its neighbours say about its state, beyond the costs
// of lemmas and transitions. Each template gives a token one value; value and state of a reading are hashed into one
// table of learnt costs (LANG/context, from context.ud.tsv). The trainer and the analyser share this code.
//
// Hashed features: Ganchev and Dredze 2008, Small statistical models by random feature mixing.
// Thread-safe: pure functions. No allocation.
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "model/text.h"
#include "pack/pack.h"

namespace biruni {

inline constexpr int kContextBits = 16;
inline constexpr size_t kContextSize = size_t(1) << kContextBits;
inline constexpr size_t kContextTemplates = 15;

/// What the templates use of one token.
struct ContextToken {
  uint32_t word = 0;    // hash of its letters
  uint32_t tags = 0;    // bit per Tag of its readings; bit 31: guessed
  uint32_t begin = 0, end = 0, long_end = 0;  // its first two, last two and last three letters
  uint32_t shape = 0;   // kind, capital
};

/// Fills all but tags. `norm_hash`: hash_bytes(norm).
inline ContextToken context_token(const Token& token, std::string_view norm, uint64_t norm_hash) {
  ContextToken out;
  out.word = static_cast<uint32_t>(norm_hash >> 32);
  const size_t letter = token.script == Script::kLatin || token.kind != TokenKind::kWord ? 1 : 2;  // bytes
  const auto part = [&](size_t from, size_t n) {
    uint64_t bits = 0;
    std::memcpy(&bits, norm.data() + from, n);
    return static_cast<uint32_t>((bits * 0x9E3779B97F4A7C15ull) >> 32);
  };
  const size_t two = std::min(norm.size(), 2 * letter), three = std::min(norm.size(), 3 * letter);
  out.begin = part(0, two);
  out.end = part(norm.size() - two, two);
  out.long_end = part(norm.size() - three, three);
  constexpr uint16_t kFlags = token_flag::kCapital | token_flag::kAllCaps | token_flag::kSentenceStart | token_flag::kHasDigit;
  out.shape = static_cast<uint32_t>(token.kind) << 16 | (token.flags & kFlags);
  return out;
}

/// `before`, `after`: a default ContextToken at the borders of the sentence.
inline void context_values(const ContextToken& before, const ContextToken& t, const ContextToken& after, uint32_t (&v)[kContextTemplates]) {
  v[0] = t.end;
  v[1] = t.long_end;
  v[2] = t.begin;
  v[3] = before.word;
  v[4] = after.word;
  v[5] = before.tags;
  v[6] = after.tags;
  v[7] = t.tags * 31 + after.tags;
  v[8] = t.tags * 31 + before.tags;
  v[9] = (t.shape * 31 + before.shape) * 31 + after.shape;
  v[10] = before.tags * 31 + after.tags;
  v[11] = before.end;
  v[12] = after.begin;
  v[13] = t.begin * 31 + after.begin;
  v[14] = after.end;
  for (uint32_t i = 0; i < kContextTemplates; ++i) v[i] = (v[i] ^ (i * 0x27D4EB2Fu)) * 0x85EBCA6Bu;
}

/// Row of the table of costs.
inline uint32_t context_index(uint32_t value, uint8_t state) {
  return ((value ^ (value >> 15)) + state * 0x9E3779B1u) * 0xC2B2AE35u >> (32 - kContextBits);
}

}  // namespace biruni
