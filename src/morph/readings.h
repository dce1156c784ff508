// Readings of tokens as the chooser wants them, and those of function words, made once at opening. Internal to morph/.
//
// The chooser asks of a reading its state at either end and, of a noun and an adjective after it, whether they agree in
// gender. Readings that begin alike share a gate, those that also end alike a way: only the cheapest reading of a way can be
// on the best path, so the search looks at ways.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "morph/candidate.h"

namespace biruni {

inline constexpr int kBeam = 50;  // tenths; readings costlier than the token's best by more are dropped

struct ReadingPool {
  struct Gate { uint8_t entry = 0, gender = 0; };
  struct Way { int cost = 0; uint32_t candidate = 0; uint8_t gate = 0, exit = 0, gender = 0; };
  /// One token.
  struct Part {
    uint32_t begin = 0, end = 0;    // candidates
    uint32_t way = 0, ways = 0;     // first way and number of them
    uint32_t gate = 0, gates = 0;
    StrId key = kNone;
  };
  std::vector<Candidate> candidates;
  std::vector<Way> ways;
  std::vector<Gate> gates;

  void clear() { candidates.clear(); ways.clear(); gates.clear(); }
  /// The candidates from row `begin` on are those of one token: drops hopeless ones (all stay if `wide`) and groups them.
  Part close(uint32_t begin, StrId key, bool wide);
};

/// Function words in their usual spelling, alone and behind an attached conjunction (section LANG/closed_words): the most
/// frequent tokens of any text. Immutable after opening, thread-safe.
class ClosedWords {
 public:
  ClosedWords(const CandidateMaker& maker, const Pack& pack, const std::string& lang);
  /// Readings of a token, null if it is none of them. Precondition: no vowel marks were removed from it.
  const ReadingPool::Part* find(const Token& token, std::string_view norm) const {
    if (norm.size() > longest_) return nullptr;
    const uint64_t hash = hash_of(token, norm);
    for (size_t at = hash & (slots_.size() - 1); slots_[at]; at = (at + 1) & (slots_.size() - 1)) {
      const Row& row = rows_[slots_[at] - 1];
      if (row.hash == hash && row.kind == kind_of(token) && std::string_view(norms_).substr(row.norm, row.size) == norm) return &row.part;
    }
    return nullptr;
  }
  const ReadingPool& pool() const { return pool_; }

 private:
  struct Row { uint64_t hash = 0; uint32_t kind = 0, norm = 0, size = 0; ReadingPool::Part part; };
  /// What the readings of a token depend on beside its letters.
  static uint32_t kind_of(const Token& t) {
    constexpr uint16_t kFlags = token_flag::kCapital | token_flag::kAllCaps | token_flag::kSentenceStart | token_flag::kHasDigit;
    return static_cast<uint32_t>(t.kind) << 24 | static_cast<uint32_t>(t.script) << 16 | (t.flags & kFlags);
  }
  static uint64_t hash_of(const Token& t, std::string_view norm) { return hash_bytes(norm) ^ (kind_of(t) * 0x9E3779B97F4A7C15ull >> 7); }
  void add(const CandidateMaker& maker, const std::string& text, uint16_t flags);

  ReadingPool pool_;
  std::vector<Row> rows_;
  std::vector<uint32_t> slots_;   // hash table, row + 1
  std::string norms_;
  size_t longest_ = 0;
};

}  // namespace biruni
