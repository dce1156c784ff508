// Candidate readings of one token, made by CandidateMaker from the tables of form.h: clitic chain x stem x attached
// pronoun, from the lexicon, else guessed. Internal to morph/.
//
// Thread-safe: CandidateMaker is immutable; TokenLetters and the output vector belong to the caller. No allocation once
// these are warm.
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
#include "text/fold.h"

namespace biruni {

inline constexpr uint16_t kNoChain = 0xFFFF;
inline constexpr uint8_t kNoClitic = 0xFF;
inline constexpr size_t kMaxLetters = 48;

struct Candidate {
  uint32_t lemma = kNone;
  uint32_t feats = 0;
  StrId key = kNone;
  StrId key2 = kNone;          // of the second part of a split token
  uint32_t lemma2 = kNone;
  uint32_t feats2 = 0;
  int cost = 0;
  uint16_t chain = kNoChain;
  uint8_t suffix = kNoClitic;
  uint8_t stem_begin = 0;      // letters
  uint8_t stem_end = 0;        // the suffix, or the second part, begins here
  uint8_t entry = 0, exit = 0; // chooser states
  Tag tag = Tag::kX;
  Tag tag2 = Tag::kX;
  bool is_split = false;
  bool name_too = false;       // a capitalised ordinary word taken as part of a name
  uint8_t inner = 0;           // state of the stem, where exit is that of the suffix
  WordSource source = WordSource::kGuess;
};

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
};

class CandidateMaker {
 public:
  CandidateMaker(std::shared_ptr<const Pack> pack, const std::string& lang);

  /// Borders in key and norm (and marks, if the token has any).
  void letters(std::string_view raw, const TextLayer& text, const Token& token, TokenLetters& out) const;
  /// Fills out.raw_at; called for tokens that are split.
  void raw_borders(std::string_view raw_token, TokenLetters& out) const;
  /// Appends all readings of a token. `wide`: also those of verbs that no table has, beside the readings that tables give.
  void make(std::string_view raw, const TextLayer& text, const Token& token, TokenLetters& letters, std::vector<Candidate>& out, bool wide = false) const;

  int transition(uint8_t from, uint8_t to) const { return transitions_.empty() ? 0 : transitions_[from * states_.size() + to]; }
  const ClitRow& prefix(uint8_t i) const { return prefixes_[i]; }
  const ClitRow& suffix(uint8_t i) const { return suffixes_[i]; }
  const ChainRow& chain(uint16_t i) const { return chains_[i]; }
  bool has_state(uint8_t state) const { return state < states_.size(); }
  std::string_view state_name(uint8_t state) const { return pack_->str(states_[state].name); }

 private:
  struct Cut;
  void make_word(const Token& token, const TokenLetters& letters, std::vector<Candidate>& out, bool wide) const;
  void look_up(const Token& token, const TokenLetters& letters, const Cut& cut, const FormSlot& slot, std::vector<Candidate>& out) const;
  /// Whether a key of this hash may have forms; most cuts end here.
  bool may_have_forms(uint64_t hash) const { return filter_[hash >> (64 - kFilterBits) >> 6] >> (hash >> (64 - kFilterBits) & 63) & 1; }
  const FormSlot* slot_of(uint64_t hash) const;
  void guess(const Token& token, const TokenLetters& letters, const Cut& cut, size_t first, bool stems_only, std::vector<Candidate>& out) const;
  void guess_stem(const GuessRow& row, const TokenLetters& letters, const Cut& cut, Candidate c, std::vector<Candidate>& out) const;
  void splits(const TokenLetters& letters, std::vector<Candidate>& out) const;
  void single(Tag tag, WordSource source, const TokenLetters& letters, std::vector<Candidate>& out) const;
  bool fits(const Cut& cut, Tag tag, uint32_t feats, uint8_t form_flags) const;
  void finish(const Cut& cut, const TokenLetters& letters, uint8_t row_state, Candidate& c) const;
  uint8_t exit_state(uint8_t suffix) const;
  int spelling_cost(const FormRow& form, StrId key, const TokenLetters& letters, uint32_t from, uint32_t to) const;
  int marks_cost(const FormRow& form, const TokenLetters& letters, const Cut& cut, uint32_t& feats) const;
  uint8_t state_of(Tag tag, uint32_t feats) const;
  /// Forms of a folded key; `key` gets its string id.
  std::span<const FormRow> forms_of(std::string_view text, StrId& key) const;
  static constexpr int kFilterBits = 22;
  template <class Fn>
  void each_cut(const TokenLetters& letters, Fn fn) const;

  std::shared_ptr<const Pack> pack_;
  std::unique_ptr<Fold> fold_;
  std::span<const FormSlot> slots_;
  std::span<const FormRow> forms_;
  std::span<const ClitRow> prefixes_, suffixes_;
  std::span<const ChainRow> chains_;
  std::span<const SplitRow> splits_;
  std::span<const GuessRow> guesses_;
  std::span<const StemRow> stems_;
  std::span<const StateRow> states_;
  std::span<const int16_t> transitions_;
  std::vector<uint64_t> filter_;   // one bit a hash of a key that has forms: most cuts have none, and it fits into the cache
  std::array<std::vector<uint16_t>, 256> chains_by_byte_;    // by the last byte of the first letter
  std::array<std::vector<uint8_t>, 256> suffixes_by_byte_;   // by the last byte
  std::array<std::vector<uint8_t>, static_cast<size_t>(Tag::kCount)> states_of_tag_;
};

}  // namespace biruni
