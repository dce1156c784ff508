// LexiconBuilder: collects the lemmas of one language while the pack is compiled, generates all their forms, and writes
// the sections LANG/lemmas, LANG/lemma_classes, LANG/class_names, LANG/forms ... Used by packc only.
//
// Order of use: read() -> other compilers call resolve()/add_class()/add_name_word() for the words of their tables ->
// finish(). Not thread-safe.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "morph/lemma.h"
#include "pack/writer.h"

namespace biruni {

class LexiconBuilder {
 public:
  virtual ~LexiconBuilder() = default;

  /// Reads packs_dir/LANG/lexicon, text and morph tables.
  static Result<std::unique_ptr<LexiconBuilder>> read(const std::string& packs_dir, const std::string& lang, PackWriter& out);

  /// Lemmas that a table cell means: `text` in newspaper spelling, several if ambiguous. tag kX: any part of speech.
  /// Exact spelling (shadda and hamza as written) wins over folded. If there is none and `create` is set, a lemma with
  /// regular inflection is made (nouns: sound plural; Arabic verbs: root and form guessed from the spelling) and marked
  /// kAuto. Empty result: none and not created.
  virtual std::vector<uint32_t> resolve(std::string_view text, Tag tag, bool create) = 0;

  /// A word of a name (kNameWord): analysed as PROPN in addition to what it otherwise is.
  /// `inner`: not the first word of its name; left out if it is a known word with a particle attached. `strong`: a name
  /// that is commoner than any noun or verb spelt like it.
  virtual void add_name_word(std::string_view text, bool inner = false, bool strong = false) = 0;

  /// Adds a meaning class to a lemma; creates the class if new.
  virtual ClassId add_class(uint32_t lemma, std::string_view class_name) = 0;

  /// The folded look-up key of a text (same as Token::key at run time).
  virtual std::string key_of(std::string_view text) const = 0;

  virtual const LemmaRow& row(uint32_t lemma) const = 0;
  virtual uint32_t size() const = 0;

  /// Generates forms and writes the sections.
  virtual Status finish() = 0;
};

}  // namespace biruni
