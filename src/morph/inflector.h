// What a language adds to the lexicon builder: reading its lexicon tables and making all forms of a lemma.
// lang_ar and lang_en implement it; a language without one lists its forms in lexicon/forms.tsv (TableInflector).
//
// Not thread-safe (build time only).
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "morph/store.h"

namespace biruni {

class Inflector {
 public:
  virtual ~Inflector() = default;
  /// Reads packs_dir/LANG/lexicon and morph tables; adds lemmas with all their forms.
  virtual Status read(const std::string& packs_dir, const std::string& lang, LexiconStore& store) = 0;
  /// A lemma with regular inflection for a word that no table has. kNone if the text is none of the language.
  virtual uint32_t create(std::string_view text, Tag tag, LexiconStore& store) = 0;
  /// Lemmas that no table has but the machinery of the language can make (verbs of known roots), with their forms; their
  /// stems serve the guesser. Asked last, when all tables are read.
  using PossibleForm = std::function<void(uint32_t lemma, const std::string& spelling, Tag tag, uint32_t feats)>;
  virtual void possible(LexiconStore&, const PossibleForm&) {}
  /// The lemma text that a table cell or name word means, e.g. without article. Same text if there is nothing to cut.
  virtual std::string bare(std::string_view text, bool& definite) const {
    definite = false;
    return std::string(text);
  }
};

/// The inflector of a language. Defined where the languages are listed (engine/inflectors.cpp), so that morph/ knows none.
std::unique_ptr<Inflector> make_inflector(const std::string& lang);

/// Forms from lexicon/forms.tsv (#form lemma tag features origin): for toy languages and tests.
std::unique_ptr<Inflector> make_table_inflector();

}  // namespace biruni
