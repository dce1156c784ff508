// The grammar tables of one language as the clause parser reads them (sections LANG/grammar*), and their row types,
// shared with the compiler. See docs/formats/grammar.md for what each class and setting means.
//
//   GrammarTables g(pack, "mini");
//   WordEntry e = g.entry(word);          // classes of a word, by folded form and by lemma
//   Subcat s = g.subcat(word.lemma);      // governed prepositions, clausal complement, reciprocity
//
// Thread-safe: immutable view. Cost: one array and one hash look-up a word.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/lexicon.h"
#include "model/word.h"
#include "morph/ask_table.h"
#include "pack/pack.h"

namespace biruni {

/// Function classes of words; a word may have several. Names in word_class::kNames, same order.
namespace word_class {
inline constexpr uint64_t kNegation = 1ull << 0, kComplementizer = 1ull << 1, kRelative = 1ull << 2, kCondition = 1ull << 3,
    kPurpose = 1ull << 4, kTemporal = 1ull << 5, kCause = 1ull << 6, kConcession = 1ull << 7, kAssertion = 1ull << 8,
    kAuxiliary = 1ull << 9, kCopula = 1ull << 10, kPassiveAux = 1ull << 11, kPerfectAux = 1ull << 12, kSay = 1ull << 13,
    kQuestion = 1ull << 14, kCoordinator = 1ull << 15, kAgent = 1ull << 16, kTopic = 1ull << 17, kInfinitive = 1ull << 18,
    kPossessive = 1ull << 19, kExistential = 1ull << 20, kTimeNoun = 1ull << 21, kMeasure = 1ull << 22, kParticle = 1ull << 23,
    kVocative = 1ull << 24, kTitle = 1ull << 25, kPreposition = 1ull << 26, kAdverbial = 1ull << 27, kComparison = 1ull << 28,
    kGenitive = 1ull << 29, kAttributive = 1ull << 30, kQuantifier = 1ull << 31, kFollowed = 1ull << 32, kContrast = 1ull << 33,
    kNoGenitive = 1ull << 34, kPlaceNoun = 1ull << 35, kPhase = 1ull << 36, kIgnore = 1ull << 37,
    kDemonstrative = 1ull << 38, kResult = 1ull << 39, kOpener = 1ull << 40;
inline constexpr const char* kNames[] = {
    "negation", "complementizer", "relative", "condition", "purpose", "temporal", "cause", "concession", "assertion",
    "auxiliary", "copula", "passive_aux", "perfect_aux", "say", "question", "coordinator", "agent", "topic", "infinitive",
    "possessive", "existential", "time_noun", "measure", "particle", "vocative", "title", "preposition", "adverbial",
    "comparison", "genitive", "attributive", "quantifier", "followed", "contrast", "no_genitive", "place_noun", "phase",
    "ignore", "demonstrative", "result", "opener"};
inline constexpr uint64_t kSubordinator = kComplementizer | kCondition | kPurpose | kTemporal | kCause | kConcession |
                                          kComparison | kTopic;
}  // namespace word_class

struct WordEntry {
  uint64_t classes = 0;
  int8_t prep = -1;  // index of the preposition, -1 if none
  int8_t noun = 0;   // how well it attaches to a noun, to a verb (points, see attach scores)
  int8_t verb = 0;
  uint8_t unused = 0;
  uint32_t unused2 = 0;
};

namespace subcat_flag {
inline constexpr uint32_t kClause = 1, kReciprocal = 2, kObject2 = 4, kInfinitive = 8, kNoObject = 16, kObject = 32, kEvent = 64,
    kSay = 128, kGerund = 256, kPredicative = 512, kObjectAndPrep = 1024;
}
struct Subcat {
  uint64_t preps = 0;  // bit = preposition index
  uint32_t flags = 0;
  uint32_t unused = 0;
};

/// What kind of language it is: every difference in behaviour that is not a word list.
struct GrammarSettings {
  uint8_t noun_first = 0;       // 1: modifiers follow the noun (and bare genitives), 0: they precede it
  uint8_t verb_first = 0;       // 1: the subject may follow its verb without more ado
  uint8_t agreement = 0;        // 1: adjectives and verbs agree with nouns in gender and definiteness
  uint8_t pro_drop = 0;         // 1: a verb needs no overt subject
  uint8_t bare_relative = 0;    // 1: an indefinite noun takes a relative clause without a pronoun
  uint8_t nominal_clause = 0;   // 1: clauses without a verb
  uint8_t genitive_bare = 0;    // 1: noun + noun is a genitive
  uint8_t plural_feminine = 0;  // 1: plurals of things agree as feminine singular
  uint8_t particle_verbs = 0;   // 1: a preposition without complement belongs to the verb
  uint8_t complement_bare = 0;  // 1: clausal complement without complementizer
  uint8_t unused[6] = {};
};

struct KeyRow { StrId key; uint32_t tags; uint32_t entry; };         // sorted by key
struct LemmaEntryRow { uint32_t lemma; uint32_t tags; uint32_t entry; };
struct SubcatRow { uint32_t lemma; uint32_t unused; Subcat subcat; };
struct GrammarPhraseRow { StrId first; uint32_t begin, count; uint32_t entry; uint32_t tag; };  // sorted by first, longest first

class GrammarTables {
 public:
  GrammarTables(std::shared_ptr<const Pack> pack, const std::string& lang);
  void declare(AskTable& asks) const;
  WordEntry entry(const Word& w) const { return w.asks & ask::kGrammar ? find_entry(w) : WordEntry{}; }
  WordEntry entry_of(uint32_t index) const { return entries_[index]; }
  Subcat subcat(uint32_t lemma) const {
    if (lemma >= lemma_subcat_.size() || lemma_subcat_[lemma] == 0) return {};
    return subcats_[lemma_subcat_[lemma] - 1].subcat;
  }
  /// Fixed phrases that begin with `key`, longest first.
  std::span<const GrammarPhraseRow> phrases(StrId key) const;
  std::span<const StrId> phrase_words(const GrammarPhraseRow& p) const { return phrase_words_.subspan(p.begin, p.count); }
  const GrammarSettings& settings() const { return settings_; }
  /// A construct state is excluded by the spelling of `key` (endings in the pack).
  bool no_construct(std::string_view key) const;
  /// Tag of an expression that the grammar folds (particles), false for roles and the like.
  bool expression_tag(uint32_t expression, Tag& tag) const;
  WordEntry expression_entry(uint32_t expression) const {
    const uint32_t row = expression_entry_[expression];
    return row == kNone ? WordEntry{} : entries_[row];
  }
  const Pack& pack() const { return *pack_; }

 private:
  WordEntry find_entry(const Word& w) const;
  std::shared_ptr<const Pack> pack_;
  std::span<const WordEntry> entries_;
  std::span<const KeyRow> keys_;
  std::span<const SubcatRow> subcats_;
  std::span<const GrammarPhraseRow> phrases_;
  std::span<const StrId> phrase_words_;
  std::span<const LemmaEntryRow> lemma_rows_;
  std::span<const ExpressionRow> expressions_;
  std::vector<uint32_t> key_slots_;     // open addressing over keys_, value = first row + 1
  std::vector<uint32_t> phrase_slots_;  // the same over phrases_
  std::vector<uint32_t> lemma_entry_;   // lemma -> first row of lemma_rows_ + 1
  std::vector<uint32_t> lemma_subcat_;  // lemma -> row of subcats_ + 1
  std::vector<uint32_t> expression_entry_;  // expression -> entry or kNone
  std::vector<std::string_view> endings_;
  GrammarSettings settings_;
};

}  // namespace biruni
