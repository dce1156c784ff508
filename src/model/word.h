// The word layer: syntactic words. A token may hold several (clitics: w+b+AlHkwmp, do+n't), each with its own span.
// Written by morph/, read by all. The article is a feature (kDef), not a word.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace biruni {

/// Universal parts of speech (universaldependencies.org/u/pos).
enum class Tag : uint8_t { kX, kNoun, kPropn, kAdj, kVerb, kAux, kAdv, kPron, kDet, kAdp, kCconj, kSconj, kPart, kNum, kPunct, kSym, kIntj, kCount };

/// Morphological features packed in 32 bits: get<feat::Number>(f). 0 always means "not said".
namespace feat {
struct Field { int shift; int bits; };
inline constexpr Field kNumber{0, 2};    // 1 singular 2 dual 3 plural
inline constexpr Field kGender{2, 2};    // 1 masculine 2 feminine
inline constexpr Field kPerson{4, 2};    // 1 2 3
inline constexpr Field kAspect{6, 2};    // 1 perfect/past 2 imperfect/present 3 imperative
inline constexpr Field kVerbForm{8, 3};  // 1 finite 2 infinitive or masdar 3 active participle 4 passive participle 5 gerund (-ing)
inline constexpr Field kVoice{11, 2};    // 1 active 2 passive
inline constexpr Field kMood{13, 2};     // 1 indicative 2 subjunctive 3 jussive
inline constexpr Field kCase{15, 2};     // 1 nominative 2 accusative/genitive (where the spelling shows it) 3 accusative
inline constexpr Field kDegree{17, 2};   // 1 comparative/elative 2 superlative
inline constexpr Field kDef{19, 1};      // carries the article
inline constexpr Field kPoss{20, 1};     // has an attached possessive/object pronoun (a word of its own after it)
inline constexpr Field kNisba{21, 1};    // relational adjective
inline constexpr Field kHuman{22, 1};    // denotes persons
inline constexpr Field kConstruct{23, 1};// must be in construct state (dual or sound plural without n)
inline constexpr Field kProper{24, 1};   // name
inline constexpr Field kFuture{25, 1};   // carries a future prefix
inline constexpr Field kWh{26, 1};       // interrogative
inline constexpr Field kRelative{27, 1}; // relative pronoun
inline constexpr Field kTanwin{28, 1};   // visible accusative indefinite (-an alef)
constexpr uint32_t get(uint32_t f, Field x) { return (f >> x.shift) & ((1u << x.bits) - 1u); }
constexpr uint32_t set(uint32_t f, Field x, uint32_t v) {
  const uint32_t mask = ((1u << x.bits) - 1u) << x.shift;
  return (f & ~mask) | ((v << x.shift) & mask);
}
}  // namespace feat

/// Tables of later stages that a word is in, one bit each (Word::asks). A bit that is not set says: no row of that table
/// begins with this word, do not look. A set bit is a hint only. Who owns a bit declares its words to morph/ask_table.h.
namespace ask {
inline constexpr uint32_t kName = 1u << 0;        // begins a name or expression (lexicon)
inline constexpr uint32_t kNumber = 1u << 1;      // number words
inline constexpr uint32_t kQuantity = 1u << 2;    // units, bounds and other words about numbers
inline constexpr uint32_t kTime = 1u << 3;        // time words
inline constexpr uint32_t kTimeStrong = 1u << 4;  // time words that may be an expression alone
inline constexpr uint32_t kGrammar = 1u << 5;     // function classes
inline constexpr uint32_t kPhrase = 1u << 6;      // begins a fixed phrase of the grammar
inline constexpr uint32_t kActor = 1u << 7;       // actor classes
inline constexpr uint32_t kRole = 1u << 8;        // roles, demonyms
inline constexpr uint32_t kEvent = 1u << 9;       // triggers
inline constexpr uint32_t kCue = 1u << 10;        // stance cues
inline constexpr uint32_t kEvaluative = 1u << 11; // begins an evaluative phrase
inline constexpr uint32_t kClaim = 1u << 12;      // words of claim patterns
inline constexpr uint32_t kLink = 1u << 13;       // words of link patterns
inline constexpr uint32_t kFree = 1u << 14;       // this bit and those above it: not given out
inline constexpr uint32_t kAll = ~0u;
}  // namespace ask

enum class WordSource : uint8_t { kLexicon, kName, kGuess, kNumber, kPunct };

/// One syntactic word in its chosen reading.
struct Word {
  Span raw;                  // its own bytes (a clitic's own letters; an assimilated article belongs to the stem)
  uint32_t token = 0;        // the token it is part of
  uint32_t lemma = kNone;    // index into the language's lemma table, kNone if guessed
  uint32_t key = kNone;      // StrId of the folded form without clitics and article, kNone if the pack has no such string
  uint32_t feats = 0;
  Tag tag = Tag::kX;
  WordSource source = WordSource::kGuess;
  uint8_t margin = 0;        // 0 sure .. 255: cost distance to the second reading, inverted
  bool clitic = false;       // attached to its neighbour
  uint32_t asks = ask::kAll; // ask bits; all set where nobody filled them in
  uint32_t get(feat::Field x) const { return feat::get(feats, x); }
};

/// Words of the document; sentence s has words [first[s], first[s+1]).
struct WordLayer {
  std::vector<Word> words;
  std::vector<uint32_t> first;
  std::vector<uint32_t> token_keys;  // per token: StrId of its whole key, kNone if the pack has no such string
  WordRange of_sentence(uint32_t s) const { return {first[s], first[s + 1]}; }
  void clear() { words.clear(); first.clear(); token_keys.clear(); }
};

}  // namespace biruni
