// Finds the words of a sentence that report, negate, weaken or otherwise govern an event: rows of packs/LANG/stance.
//
//   CueFinder finder(pack, "en", lemmas);
//   finder.run(analysis, range, scratch);                 // scratch.hits, and hits_at(word)
//   scratch.for_each(word, [&](const Hit& h) { finder.row(h); });
//
// A row of several words matches them in sequence (verbs: within a few words) and silences the shorter rows inside it.
// Immutable, thread-safe; scratch keeps its capacity. Cost: one look-up by lemma and one by key a word.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "model/analysis.h"
#include "morph/ask_table.h"
#include "morph/lemma.h"
#include "stance/tables.h"

namespace biruni {

struct Hit {
  static constexpr uint32_t kMaxWords = 6;
  uint32_t row = kNone;
  uint32_t words[kMaxWords] = {};
  uint8_t count = 0;
  bool dead = false;
  uint32_t first() const { return words[0]; }
  uint32_t last() const { return words[count - 1]; }
  bool has(uint32_t w) const {
    for (uint8_t i = 0; i < count; ++i)
      if (words[i] == w) return true;
    return false;
  }
};

struct CueScratch {
  struct Link { uint32_t hit = 0, next = 0; };
  std::vector<Hit> hits;
  std::vector<uint32_t> first;   // per word of the sentence: first link + 1, 0 none
  std::vector<Link> links;
  uint32_t base = 0;
  void clear() { hits.clear(); first.clear(); links.clear(); }
  template <class Fn>
  void for_each(uint32_t w, Fn&& fn) const {
    if (w < base || w - base >= first.size()) return;
    for (uint32_t l = first[w - base]; l; l = links[l - 1].next) fn(hits[links[l - 1].hit]);
  }
};

class CueFinder {
 public:
  CueFinder(std::shared_ptr<const Pack> pack, const std::string& lang, const LemmaTable& lemmas);
  void run(const Analysis& in, WordRange range, CueScratch& out) const;
  void declare(AskTable& asks) const;
  const StanceRow& row(const Hit& h) const { return rows_[h.row]; }
  std::span<const FrameItem> frame(const StanceRow& r) const { return frames_.subspan(r.frame_begin, r.frame_end - r.frame_begin); }
  /// Loaded phrases of the sentence, appended to `out`.
  void evaluative(const Analysis& in, uint32_t sentence, WordRange range, std::vector<Evaluative>& out) const;
  std::string_view id(const StanceRow& r) const { return pack_->str(r.id); }

 private:
  /// Which strings are among the keys of a sentence: "no" is sure.
  struct KeySet {
    uint64_t bits[16] = {};
    static uint32_t place(StrId key) { return key * 0x9E3779B1u >> 22; }
    void add(StrId key) { bits[place(key) / 64] |= uint64_t(1) << (place(key) % 64); }
    bool may_have(StrId key) const { return bits[place(key) / 64] >> (place(key) % 64) & 1; }
  };
  /// Pairs of strings: "no" is sure.
  struct PairSet {
    static constexpr uint32_t kBits = 14;
    uint64_t bits[(1u << kBits) / 64] = {};
    static uint32_t place(StrId a, StrId b) { return (a * 0x85EBCA6Bu ^ b) * 0x9E3779B1u >> (32 - kBits); }
    void add(StrId a, StrId b) { bits[place(a, b) / 64] |= uint64_t(1) << (place(a, b) % 64); }
    bool may_have(StrId a, StrId b) const { return bits[place(a, b) / 64] >> (place(a, b) % 64) & 1; }
  };
  /// Sixty-four classes of strings: which of them the two words behind a word are (key, lemma, base). A row whose second
  /// word must stand right behind its first one is passed over where they share none. kAlone: rows that ask for nothing.
  static constexpr uint64_t kAlone = 1;
  static uint64_t near_bit(StrId key) { return uint64_t{1} << (1 + (key * 0x9E3779B1u >> 16) % 63); }
  static uint32_t gap(const StanceRow& r);
  uint64_t second_mask(const StanceRow& r) const;
  uint64_t near_mask(const Analysis& in, uint32_t w, uint32_t limit) const;
  /// A word of the tables as two words of a text, the first a clitic.
  struct Split { StrId head = kNone, rest = kNone; };
  void note_keys(const Analysis& in, WordRange range, KeySet& keys) const;
  bool possible(const StanceRow& r, const KeySet& keys) const;
  uint32_t word_matches(const Analysis& in, uint32_t w, uint32_t limit, uint32_t part, bool verb) const;
  bool other_spelling(const Analysis& in, uint32_t w, uint32_t part) const;
  bool match(const Analysis& in, uint32_t w, uint32_t limit, uint32_t row, Hit& hit) const;
  bool reads_as_verb(const Analysis& in, uint32_t w, WordRange range) const;
  bool form_fits(const Analysis& in, const Hit& h, uint32_t limit) const;
  bool token_part(const Analysis& in, uint32_t w, std::string_view part) const;

  std::shared_ptr<const Pack> pack_;
  const LemmaTable& lemmas_;
  std::span<const StanceRow> rows_;
  std::span<const FrameItem> frames_;
  std::span<const StrId> keys_, spellings_;
  std::span<const IndexRange> of_;
  std::span<const uint32_t> of_list_;
  std::span<const StanceKeyRow> by_key_;
  std::span<const EvaluativeRow> evaluative_;
  std::vector<uint32_t> key_slot_;          // StrId -> first row of by_key_ + 1
  std::vector<uint32_t> evaluative_slot_;
  std::vector<StrId> rest_of_key_;          // per row of by_key_: what follows its key in its first word; kWhole, kNone
  std::vector<uint32_t> next_whole_;        // per row of by_key_: the first from it on, of its key, that is a whole word; kNone
  PairSet begun_;                           // of the others: key, and what must follow it or the whole first word
  std::vector<uint64_t> second_of_key_, second_of_list_;  // per row of by_key_, of of_list_: second_mask()
  std::vector<Split> splits_;
  std::vector<uint32_t> splits_of_part_;    // per word of keys_, one more at the end
};

}  // namespace biruni
