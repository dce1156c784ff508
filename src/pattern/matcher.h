// Finds the token patterns of one table (pattern/compile) in a sentence.
//
//   PatternMatcher matcher(pack, "en", "claim", world);
//   PatternScratch scratch;
//   matcher.scan(analysis, sentence, scratch);
//   for (const PatternMatch& m : scratch.matches) ...  // every pattern at every place, in order of pattern, then place
//
// Reads words, names, quantities, times and mentions; no clauses. Matcher: immutable, thread-safe. Cost: one table look-up
// a word; a pattern is tried only where its rarest word stands, with a budget of steps. It does not choose between
// matches that overlap, nor say what they mean.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"
#include "morph/ask_table.h"
#include "pattern/tables.h"
#include "quantity/quantity_stage.h"
#include "world/world.h"

namespace biruni {

struct ListItem { uint32_t entity = kNone; StrId direction = 0; WordRange words; };

struct SlotValue {
  char slot = 0;
  SlotKind kind = SlotKind::kCountry;
  WordRange words;
  EntityRef entity;              // countries, bodies, persons, places, adjectives
  uint32_t mention = kNone;
  uint32_t quantity = kNone, time = kNone;
  CivilDate date;                // year, day
  uint32_t term = kNone;         // row of the terms
  uint32_t list_begin = 0, list_end = 0;  // in PatternScratch::items
};

inline constexpr int kMaxSlots = 6;
struct PatternMatch {
  uint32_t pattern = 0;
  WordRange words;
  int slots = 0;
  SlotValue slot[kMaxSlots];
  const SlotValue* get(char name) const {
    for (int i = 0; i < slots; ++i) if (slot[i].slot == name) return &slot[i];
    return nullptr;
  }
};

struct PatternScratch {
  struct AtomAt { uint32_t atom = 0, length = 1; };
  std::vector<PatternMatch> matches;
  std::vector<ListItem> items;
  // working memory
  WordRange range;
  std::vector<AtomAt> atoms;
  std::vector<uint32_t> atoms_begin;                             // per word of the sentence, one more at the end
  std::vector<uint64_t> have;                                    // one bit an atom: it is in the sentence
  std::vector<std::pair<uint32_t, uint32_t>> anchors;            // atom with which an anchor may begin, word
  std::vector<uint32_t> mention_from, quantity_from, time_from;  // per word: row that begins there
  std::vector<std::pair<uint32_t, uint32_t>> tries;              // pattern, word of the anchor
  PatternMatch current;
  uint32_t budget = 0;
  uint32_t stamp = 0;
  std::vector<uint32_t> pattern_stamp;
  std::vector<uint8_t> pattern_possible;
  // Answers that hold for the sentence of the last scan(), filled when first asked for.
  mutable bool placed = false;
  mutable std::vector<uint32_t> atom_first;                      // per atom that is there: row of atoms, and onwards by next_of_atom
  mutable std::vector<uint32_t> next_of_atom, word_of_atom;      // per row of atoms
  struct SetAt { uint32_t stamp = 0, bits = 0; bool any = false; };
  mutable std::vector<SetAt> sets;                               // valid where the stamp is `stamp`
  mutable std::vector<uint64_t> bits;
};

class PatternMatcher {
 public:
  /// `bit`: the ask bit of its words.
  PatternMatcher(std::shared_ptr<const Pack> pack, const std::string& lang, const std::string& section, std::shared_ptr<const World> world, uint32_t bit);
  void declare(AskTable& asks) const;
  /// Fills scratch.matches and scratch.items.
  void scan(const Analysis& in, uint32_t sentence, PatternScratch& scratch) const;
  const PatternRow& pattern(uint32_t i) const { return patterns_[i]; }
  std::span<const PatternRow> patterns() const { return patterns_; }
  const TermRow& term(uint32_t i) const { return terms_[i]; }
  std::string_view str(StrId id) const { return pack_->str(id); }

  /// Alternatives of a class of words.tsv; empty row if the table has none. Look up once.
  ClassRow word_class(std::string_view name) const;
  /// Length in words of the longest alternative of the class at `w`, 0: none. After scan() of that sentence.
  uint32_t at(const ClassRow& c, uint32_t w, const PatternScratch& scratch) const;
  /// Term of a kind at `w`: its row, kNone; `length` in words. After scan() of that sentence.
  uint32_t term_at(StrId kind, uint32_t w, const PatternScratch& scratch, uint32_t& length) const;
  /// Country named at `w` (not an adjective); kNone. After a scan() that found a match.
  bool country_at(const Analysis& in, uint32_t w, const PatternScratch& scratch, SlotValue& out) const;
  bool list_at(const Analysis& in, uint32_t w, PatternScratch& scratch, SlotValue& out) const;

 private:
  void find_atoms(const Analysis& in, uint32_t sentence, PatternScratch& s) const;
  void place_atoms(const PatternScratch& s) const;
  uint32_t enter_rows(const Analysis& in, PatternScratch& s) const;
  uint32_t alternative_at(uint32_t alternative, uint32_t w, const PatternScratch& s) const;
  bool step(const Analysis& in, const PatternRow& p, uint32_t element, uint32_t w, PatternScratch& s) const;
  bool words_step(const Analysis& in, const PatternRow& p, uint32_t element, uint32_t w, PatternScratch& s) const;
  bool slot_step(const Analysis& in, const PatternRow& p, uint32_t element, uint32_t w, PatternScratch& s) const;
  bool read_slot(const Analysis& in, const PatternElementRow& e, uint32_t w, PatternScratch& s, SlotValue& out) const;
  bool entity_slot(const Analysis& in, const PatternElementRow& e, uint32_t w, const PatternScratch& s, SlotValue& out) const;
  bool number_slot(const Analysis& in, const PatternElementRow& e, uint32_t w, const PatternScratch& s, SlotValue& out) const;
  bool date_slot(const Analysis& in, const PatternElementRow& e, uint32_t w, const PatternScratch& s, SlotValue& out) const;
  bool both_slot(const Analysis& in, uint32_t w, PatternScratch& s, SlotValue& out) const;
  bool pause(const Analysis& in, uint32_t w) const;
  bool quote(const Analysis& in, uint32_t w) const;
  bool fits(const World& world, EntityRef ref, const Analysis& in, SlotKind kind) const;
  /// Cheap conditions without which step() cannot succeed: of words, of rows of other layers.
  bool possible(uint32_t pattern, const PatternScratch& s) const;
  bool may_begin(const Analysis& in, const PatternRow& p, uint32_t w, const PatternScratch& s) const;

  /// Hash table id -> its rows of a table sorted by id.
  class AtomIndex {
   public:
    void build(std::span<const AtomEntry> table);
    /// False: find() gives nothing.
    bool may_have(uint32_t id) const { return filter_[place(id) / 64] >> (place(id) % 64) & 1; }
    std::span<const AtomEntry> find(uint32_t id) const {
      for (size_t i = (id * 0x9E3779B1u) >> shift_;; i = (i + 1) & mask_) {
        const Slot& slot = slots_[i];
        if (slot.id == id) return table_.subspan(slot.begin, slot.end - slot.begin);
        if (slot.id == kNone) return {};
      }
    }
   private:
    static constexpr uint32_t kFilterBits = 13;
    static uint32_t place(uint32_t id) { return id * 0x85EBCA6Bu >> (32 - kFilterBits); }
    struct Slot { uint32_t id = kNone, begin = 0, end = 0; };
    uint64_t filter_[(1u << kFilterBits) / 64] = {};
    std::span<const AtomEntry> table_;
    std::vector<Slot> slots_;
    uint32_t shift_ = 31;
    size_t mask_ = 1;
  };
  /// Sets of alternatives that elements, classes and kinds of terms ask for; in a sentence each becomes a bit a word.
  struct Set {
    uint32_t masks_begin = 0, masks_end = 0;  // in set_masks_: alternatives of one atom
    uint32_t long_masks_end = 0;              // from masks_end on: the rarest atom of each alternative of several
    uint32_t long_begin = 0, long_end = 0;    // in set_long_: those
    uint32_t weight = 0;                      // how often its atoms are used by any alternative: what is rare there fails soonest
  };
  struct AtomMask { uint32_t index = 0; uint64_t bits = 0; };  // atoms 64 * index ...
  void read_needs();
  uint32_t set_of_range(uint32_t begin, uint32_t end);
  uint32_t add_set(const std::vector<uint32_t>& alternatives);
  bool has_atom(uint32_t atom, const PatternScratch& s) const { return s.have[atom / 64] >> (atom % 64) & 1; }
  bool has_atoms(uint32_t alternative, const PatternScratch& s) const {
    if (!has_atom(rarest_[alternative], s)) return false;
    for (uint32_t i = alternatives_[alternative].begin; i < alternatives_[alternative].end; ++i)
      if (!has_atom(atoms_[i], s)) return false;
    return true;
  }
  /// Some alternative of the set has all its atoms in the sentence.
  bool may_be(const Set& set, const PatternScratch& s) const {
    for (uint32_t i = set.masks_begin; i < set.masks_end; ++i)
      if (s.have[set_masks_[i].index] & set_masks_[i].bits) return true;
    if (!may_be_long(set, s)) return false;
    for (uint32_t i = set.long_begin; i < set.long_end; ++i)
      if (has_atoms(set_long_[i], s)) return true;
    return false;
  }
  bool may_be_long(const Set& set, const PatternScratch& s) const {
    for (uint32_t i = set.masks_end; i < set.long_masks_end; ++i)
      if (s.have[set_masks_[i].index] & set_masks_[i].bits) return true;
    return false;
  }
  const PatternScratch::SetAt& set_at(uint32_t set, const PatternScratch& s) const;
  bool in_set(uint32_t set, uint32_t w, const PatternScratch& s) const {
    const PatternScratch::SetAt& at = set_at(set, s);
    const uint32_t local = w - s.range.first;
    return at.any && (s.bits[at.bits + local / 64] >> (local % 64) & 1);
  }

  std::shared_ptr<const Pack> pack_;
  std::shared_ptr<const World> world_;
  UnitTable units_;
  uint32_t lang_ = 0;
  uint32_t bit_ = ask::kAll;
  std::span<const PatternRow> patterns_;
  std::span<const PatternElementRow> elements_;
  std::span<const AlternativeRow> alternatives_;
  std::span<const uint32_t> atoms_;
  std::span<const AtomEntry> keys_, lemmas_;
  std::span<const ClassRow> classes_, term_kinds_;
  std::span<const TermRow> terms_;
  std::vector<std::vector<uint32_t>> patterns_of_atom_;  // patterns whose anchor may begin with the atom
  std::vector<uint32_t> starters_;                       // patterns without an anchor: tried where a sentence begins
  AtomIndex key_index_, lemma_index_;
  std::vector<Set> sets_;
  std::vector<AtomMask> set_masks_;
  std::vector<uint32_t> set_long_;
  std::vector<uint32_t> rarest_;                         // per alternative: the atom that the fewest alternatives hold
  std::vector<uint32_t> atom_uses_;                      // how many alternatives hold the atom
  struct Needs { uint32_t begin = 0, end = 0, rows = 0; bool never = false; };
  std::vector<Needs> needs_;                             // per pattern: sets that must be there, rarest first; kHas...
  std::vector<uint32_t> needed_sets_;
  std::vector<uint32_t> set_of_begin_;                   // set of the range of alternatives that begins there, kNone
  std::vector<uint32_t> set_end_;                        // where that range ends
  std::vector<uint32_t> set_of_element_;
  std::vector<uint32_t> set_of_kind_;                    // per row of term_kinds_: that of all rows of its name
  ClassRow skip_, and_, dual_, country_, list_join_;
  StrId people_ = kNone, none_ = kNone, direction_ = kNone, comma_ = kNone;
};

}  // namespace biruni
