// Rows of the morphological sections of a pack, as the builder writes and the analyser reads them.
//
//   LANG/form_slots   FormSlot, a hash table: folded key -> its rows in LANG/forms (one cache line a look-up)
//   LANG/form_filter  HashFilter of the same keys: most cuts of a token have no form
//   LANG/forms        FormRow, sorted by key
//   LANG/closed_words StrId, spellings of function words, whose readings are made at opening
//   LANG/prefixes, LANG/suffixes, LANG/splits   ClitRow chains (see clitics.tsv)
//   LANG/guesses      GuessRow            LANG/states, LANG/transitions   the cost table of the chooser
#pragma once
#include <cstdint>

#include "model/word.h"
#include "pack/pack.h"

namespace biruni {

namespace form_flag {
inline constexpr uint8_t kNeedsSuffix = 1;   // stem that exists only before an attached pronoun
inline constexpr uint8_t kNoSuffix = 2;      // takes no attached pronoun
inline constexpr uint8_t kNoArticle = 4;
inline constexpr uint8_t kNeedsArticle = 8;
inline constexpr uint8_t kAlsoNoun = 16;     // adjective that may stand as a noun
inline constexpr uint8_t kCommonToo = 32;    // name word whose key is also an ordinary word
inline constexpr uint8_t kNoClitics = 64;    // stands alone
}  // namespace form_flag

/// Vowels of the first three letters (3 bits each: 0 unknown 1 a 2 u 3 i 4 none) and the place of the first doubled
/// letter (bits 12-15: 0 none, 1..14 the letter, 15 unknown). Compared only with marks that stand in the text.
using Marks = uint16_t;
inline constexpr Marks kMarksUnknown = 15u << 12;

struct FormRow {
  StrId spelling = 0;     // unfolded
  uint32_t lemma = kNone;
  uint32_t feats = 0;
  Marks marks = kMarksUnknown;
  Tag tag = Tag::kX;
  uint8_t flags = 0;
  int16_t cost = 0;       // tenths: how unusual this form or lemma is
  uint8_t state = 0;      // chooser state without article
  uint8_t unused = 0;
};

/// Open addressing, capacity a power of two. `check`: upper half of hash_bytes(key); with the slot that is about 50 bits,
/// so the string itself is not compared. count 0 = empty.
struct FormSlot {
  uint32_t check = 0;
  StrId key = 0;
  uint32_t begin = 0;
  uint32_t count = 0;
};

/// What a clitic may stand next to: tags (bit per Tag) and, for verbs, a feature condition.
struct ClitRow {
  StrId form = 0;         // as written in keys
  StrId norm = 0;         // as written unfolded (empty: no check)
  uint32_t lemma = kNone;
  uint32_t feats = 0;
  uint32_t attach = 0;    // bit per Tag of the stem
  uint32_t verb_mask = 0, verb_value = 0;
  uint32_t stem_feats = 0;  // features given to the stem (article, future)
  Tag tag = Tag::kX;
  uint8_t state = 0;
  uint8_t letters = 0;    // code points of form
  uint8_t flags = 0;      // clitic_flag
  int16_t cost = 0;
  int16_t guess_cost = 0; // more, before or after a guessed stem
  uint8_t group = 0;      // order class: chains must ascend
  uint8_t unused[3] = {};
};

namespace clitic_flag {
inline constexpr uint8_t kArticle = 1;     // no word of its own
inline constexpr uint8_t kAbsorbs = 2;     // before it the article is written without its first letter
inline constexpr uint8_t kFeature = 4;     // no word of its own: only stem_feats
inline constexpr uint8_t kLexiconOnly = 8; // does not attach to guessed stems
}  // namespace clitic_flag

/// A chain of up to four clitics at the start of a token.
struct ChainRow {
  StrId key = 0;
  uint8_t letters = 0;
  uint8_t count = 0;
  uint8_t clitic[4] = {};
  uint8_t absorbed = 0;   // the article's first letter is not written
  uint8_t article = 0;
  int16_t cost = 0;
  uint32_t attach = 0;    // tags that all clitics of the chain allow
};

/// A token that is split as a whole (cannot, gonna).
struct SplitRow {
  StrId key = 0;
  StrId part[3] = {};     // keys looked up as forms
  uint8_t letters[3] = {};
  uint8_t count = 0;
};

/// Guess for unknown stems: by first and last letters.
struct GuessRow {
  StrId prefix = 0, suffix = 0;
  uint32_t feats = 0;
  uint32_t attach = 0;    // unused
  Tag tag = Tag::kX;
  uint8_t min_letters = 0, max_letters = 0;
  uint8_t flags = 0;      // guess_flag
  int16_t cost = 0;
  uint8_t stem = 0;       // 0, or number of the row among those that need a known stem between prefix and suffix (from 1)
  uint8_t affix_letters = 0;  // of prefix and suffix, where stem is set
};

/// A stem of a word that no table has but whose root is known (LANG/guess_stems, sorted by hash, with the HashFilter
/// LANG/guess_stem_filter; asked for guesses only).
struct StemRow {
  uint64_t hash = 0;      // hash_bytes of its key
  uint32_t lemma = kNone;
  uint32_t rows = 0;      // bit GuessRow::stem - 1: fits that row
};
inline constexpr size_t kMaxStemRows = 32;

namespace guess_flag {
inline constexpr uint8_t kCapital = 1;      // only capitalised tokens
inline constexpr uint8_t kLower = 2;        // only tokens without capital
inline constexpr uint8_t kNeedsSuffix = 4;  // only with an attached pronoun
inline constexpr uint8_t kNoSuffix = 8;
inline constexpr uint8_t kArticle = 16;     // only with article
inline constexpr uint8_t kNoArticle = 32;
inline constexpr uint8_t kLatin = 64;       // token in a script that is not the language's own
inline constexpr uint8_t kNotStart = 128;   // not the first word of its sentence
}  // namespace guess_flag

/// A state of the chooser: tag + feature condition (+ lemma, given in FormRow.state / ClitRow.state directly).
struct StateRow {
  StrId name = 0;
  uint32_t mask = 0, value = 0;
  Tag tag = Tag::kX;
  uint8_t lexical = 0;    // chosen by lemma list only
  uint16_t unused = 0;
};

}  // namespace biruni
