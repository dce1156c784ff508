// Candidate readings of one token, made by CandidateMaker from the tables of form.h: clitic chain x stem x attached
// pronoun, from the lexicon, else guessed. Internal to morph/.
//
// Thread-safe: CandidateMaker is immutable; TokenLetters and the output vector belong to the caller. No allocation once
// these are warm.
#pragma once
#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/text.h"
#include "model/word.h"
#include "morph/cut.h"
#include "morph/form.h"
#include "text/fold.h"

namespace biruni {

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
  uint8_t gate = 0;            // row of the token's gates (analyzer)
  uint8_t inner = 0;           // state of the stem, where exit is that of the suffix
  WordSource source = WordSource::kGuess;
};

class CandidateMaker {
 public:
  CandidateMaker(std::shared_ptr<const Pack> pack, const std::string& lang);

  /// Borders in key and norm (and marks, if the token has any).
  void letters(std::string_view raw, const TextLayer& text, const Token& token, TokenLetters& out) const;
  /// Fills out.raw_at; called for tokens that are split.
  void raw_borders(std::string_view raw_token, TokenLetters& out) const;
  /// Appends all readings of a token. `wide`: also those of verbs that no table has, beside the readings that tables give.
  /// `beam`: readings costlier than the cheapest by more than this may be left out.
  void make(std::string_view raw, const TextLayer& text, const Token& token, TokenLetters& letters, std::vector<Candidate>& out, bool wide = false,
            int beam = 10000) const;

  int transition(uint8_t from, uint8_t to) const { return transitions_.empty() ? 0 : transitions_[from * states_.size() + to]; }
  /// The costs of the transitions to a state, by the state before.
  const int16_t* transitions_to(uint8_t to) const { return &into_[to * std::max<size_t>(states_.size(), 1)]; }
  const Fold& fold() const { return *fold_; }
  const ClitRow& prefix(uint8_t i) const { return cuts_.prefixes()[i]; }
  const ClitRow& suffix(uint8_t i) const { return cuts_.suffixes()[i]; }
  const ChainRow& chain(uint16_t i) const { return cuts_.chains()[i]; }
  bool has_state(uint8_t state) const { return state < states_.size(); }
  std::string_view state_name(uint8_t state) const { return pack_->str(states_[state].name); }

 private:
  struct Guess {
    std::string_view prefix, suffix;
    uint8_t state = 0;
    bool fits(std::string_view stem) const {
      // the second byte tells letters of two bytes apart
      if (!prefix.empty() && (stem.size() < prefix.size() || stem[prefix.size() > 1] != prefix[prefix.size() > 1] || !stem.starts_with(prefix))) return false;
      return suffix.empty() || stem.ends_with(suffix);
    }
  };
  /// The look-up of a stretch of the key.
  struct Stretch { uint64_t hash; const FormSlot* slot; };
  using Stretches = std::array<Stretch, Cuts::kBegins * Cuts::kEnds>;
  static void read_marks(std::string_view raw_token, TokenLetters& out);
  void make_word(const Token& token, TokenLetters& letters, std::vector<Candidate>& out, bool wide, int beam) const;
  void look_up(const Token& token, const TokenLetters& letters, const CutFrame& cut, const FormSlot& slot, std::vector<Candidate>& out) const;
  void capital(const Token& token, const TokenLetters& letters, size_t first, std::vector<Candidate>& out) const;
  /// Slot of a key with this hash, null if it has no forms.
  const FormSlot* slot_of(uint64_t hash) const;
  StrId id_of(std::string_view key, uint64_t hash, const FormSlot* slot) const { return slot ? slot->key : pack_->find(key, hash); }
  void guess(const Token& token, const TokenLetters& letters, const CutFrame& cut, bool stems_only, std::vector<Candidate>& out) const;
  void guess_stem(size_t guess, const TokenLetters& letters, const CutFrame& cut, Candidate c, std::vector<Candidate>& out) const;
  void splits(const TokenLetters& letters, std::vector<Candidate>& out) const;
  void single(Tag tag, WordSource source, const TokenLetters& letters, const FormSlot* slot, std::vector<Candidate>& out) const;
  bool verb_fits(const CutFrame& cut, uint32_t feats) const;
  void place(const CutFrame& cut, uint8_t row_state, Candidate& c) const;
  int spelling_cost(StrId spelling, const FormSlot& slot, const TokenLetters& letters, const CutFrame& cut) const;
  int marks_cost(const FormRow& form, const TokenLetters& letters, const CutFrame& cut, uint32_t& feats) const;
  uint8_t state_of(Tag tag, uint32_t feats) const;
  std::span<const FormRow> forms_of(const FormSlot* slot) const { return slot ? forms_.subspan(slot->begin, slot->count) : std::span<const FormRow>{}; }

  std::shared_ptr<const Pack> pack_;
  std::unique_ptr<Fold> fold_;
  std::span<const FormSlot> slots_;
  std::span<const FormRow> forms_;
  std::span<const SplitRow> splits_;
  std::span<const GuessRow> guesses_;
  std::span<const StemRow> stems_;
  std::span<const StateRow> states_;
  std::span<const int16_t> transitions_;
  std::vector<int16_t> into_;      // transitions_ the other way round
  HashFilter filter_;              // of slots_
  CutTable cuts_;
  std::vector<Guess> guess_;       // per row of guesses_
  int least_guess_ = 0;            // cost of the cheapest
  std::array<std::vector<uint16_t>, 256> guesses_by_byte_;  // by the last byte of the stem; rows without GuessRow::stem
  std::array<std::vector<uint16_t>, 256> stem_rows_by_byte_;  // by that of its key; rows with it
  HashFilter stem_filter_;         // of stems_
  std::array<std::vector<uint8_t>, static_cast<size_t>(Tag::kCount)> states_of_tag_;
};

}  // namespace biruni
