// The ways to cut a token into clitics and stem, found by walking its first letters through a tree of the clitic chains.
// What a chain or suffix asks of the stem and what it costs is added up once, at opening. Internal to morph/.
//
// Thread-safe: CutTable is immutable; Cuts belongs to the caller. No allocation.
#pragma once
#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/text.h"
#include "model/word.h"
#include "morph/form.h"

namespace biruni {

inline constexpr uint16_t kNoChain = 0xFFFF;
inline constexpr uint8_t kNoClitic = 0xFF;
inline constexpr size_t kMaxLetters = 48;

constexpr uint32_t tag_bit(Tag t) { return 1u << static_cast<unsigned>(t); }

/// Letter borders of a token in key and norm, and the marks of the raw text.
struct TokenLetters {
  uint32_t count = 0;
  bool aligned = false;        // norm has as many letters as key
  bool marked = false;
  std::string_view key, norm;
  StrId key_id = kNone;        // of the whole key, kNone if the pack has no such string; set by make()
  std::array<uint16_t, kMaxLetters + 1> key_at{}, norm_at{}, raw_at{};
  std::array<uint8_t, kMaxLetters> vowel{};    // 0 none given, 1 a 2 u 3 i 4 none, 5-7 with tanwin (an un in)
  std::array<bool, kMaxLetters> doubled{};
  std::string_view key_part(uint32_t from, uint32_t to) const { return key.substr(key_at[from], key_at[to] - key_at[from]); }
  std::string_view norm_part(uint32_t from, uint32_t to) const { return norm.substr(norm_at[from], norm_at[to] - norm_at[from]); }
  /// The bytes of a letter of the key as one number.
  uint32_t letter(uint32_t i) const {
    const auto* p = reinterpret_cast<const unsigned char*>(key.data()) + key_at[i];
    const uint32_t size = key_at[i + 1] - key_at[i];
    uint32_t v = p[0];
    for (uint32_t k = 1; k < size; ++k) v |= static_cast<uint32_t>(p[k]) << (8 * k);
    return v;
  }
};

/// What holds for all readings of one cut.
struct CutFrame {
  uint16_t chain = kNoChain;
  uint8_t suffix = kNoClitic;
  uint8_t begin = 0, end = 0;     // letters of the stem without article
  uint8_t word_begin = 0;         // of the stem with article
  bool article = false;
  bool verb_condition = false;    // a clitic asks something of verbs
  bool led = false;               // a clitic that is a word stands before the stem: `entry` and `before` are its states
  uint8_t forbidden = 0;          // form flags that do not fit
  uint8_t entry = 0, before = 0;  // states of the first clitic and of that before the stem
  uint8_t after = 0;              // state of a suffix that is a word for its neighbour, else 0
  uint32_t attach = ~0u;          // tags the stem may have
  uint32_t feats = 0;             // features given to the stem
  int cost = 0;                   // of the clitics and of the transitions between those before the stem
};

/// Where a token can be cut. A stretch is a pair of borders; cuts with the same borders share its look-up.
struct Cuts {
  static constexpr size_t kBegins = 10, kEnds = 8;
  struct Begin { uint8_t letters; uint16_t first, last; };   // chains, rows of CutTable::order
  uint8_t begins, ends, suffixes;
  std::array<Begin, kBegins> begin;
  std::array<uint8_t, kEnds> end;                       // letters
  std::array<std::pair<uint8_t, uint8_t>, 32> suffix;   // row of the suffixes, row of `end`
};

class CutTable {
 public:
  CutTable(const Pack& pack, const std::string& lang, std::span<const StateRow> states, std::span<const int16_t> transitions);

  std::span<const ClitRow> prefixes() const { return prefixes_; }
  std::span<const ClitRow> suffixes() const { return suffixes_; }
  std::span<const ChainRow> chains() const { return chains_; }

  /// Borders at which the token can be cut; begin[0] is that without a chain, end[0] that without a suffix.
  void find(const TokenLetters& letters, Cuts& out) const;
  /// Calls fn(frame, row of begin, row of end) for each cut: chains in order of their length, each first without a suffix.
  template <class Fn>
  void each(const TokenLetters& l, const Cuts& cuts, Fn fn) const {
    for (uint8_t b = 0; b < cuts.begins; ++b) {
      for (uint32_t i = cuts.begin[b].first; i < cuts.begin[b].last; ++i) {
        const uint16_t chain = order_[i];
        const Chain& info = frames_[chain == kNoChain ? chains_.size() : chain];
        if (info.stem_letter && info.stem_letter != l.letter(cuts.begin[b].letters)) continue;
        CutFrame frame = info.frame;
        frame.end = static_cast<uint8_t>(l.count);
        if (frame.end > frame.begin) fn(static_cast<const CutFrame&>(frame), b, uint8_t(0));
        for (uint8_t s = 0; s < cuts.suffixes; ++s) {
          const auto [suffix, e] = cuts.suffix[s];
          if (cuts.end[e] <= frame.begin) continue;
          fn(static_cast<const CutFrame&>(with_suffix(info.frame, suffix, cuts.end[e])), b, e);
        }
      }
    }
  }

  /// The token as it stands.
  CutFrame whole(const TokenLetters& l) const {
    CutFrame frame = frames_.back().frame;
    frame.end = static_cast<uint8_t>(l.count);
    return frame;
  }

 private:
  struct Chain { CutFrame frame; uint32_t stem_letter = 0; };
  struct Node { uint32_t letter = 0; uint16_t child = 0, children = 0, first = 0, last = 0; };
  CutFrame with_suffix(CutFrame frame, uint8_t suffix, uint8_t end) const;
  uint32_t stem_letter(const Pack& pack, const ChainRow& chain) const;
  void build_tree(const Pack& pack);

  std::span<const ClitRow> prefixes_, suffixes_;
  std::span<const ChainRow> chains_;
  std::vector<Chain> frames_;      // per chain; the last is that of no chain
  std::vector<Node> nodes_;        // root first, children beside each other
  std::vector<uint16_t> order_;    // chains of the nodes
  std::vector<std::string_view> suffix_form_, suffix_norm_;
  std::vector<uint8_t> suffix_after_;
  std::array<std::vector<uint8_t>, 256> suffixes_by_byte_;   // by the last byte
};

}  // namespace biruni
