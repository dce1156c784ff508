// Build side of PhraseTable: collects phrases and writes sections NAME and NAME_rest. Used by packc.
//
// A form is written as in a newspaper. A word that begins with the language's attached article (key `article` of
// packs/LANG/pack.tsv) matches only words that carry it; a leading `=` keeps the form as it is.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "morph/builder.h"
#include "pack/writer.h"
#include "quantity/phrase_table.h"

namespace biruni {

/// The attached article of a language as packs/LANG/pack.tsv gives it, or empty.
Result<std::string> read_article(const std::string& packs_dir, const std::string& lang);

class PhraseBuilder {
 public:
  PhraseBuilder(LexiconBuilder& lexicon, PackWriter& out, std::string article) : lexicon_(lexicon), out_(out), article_(std::move(article)) {}
  /// Adds each form of `forms` (`|`-separated). `tag` kX: the lexicon is not told; else each single word is made known to it.
  void add(std::string_view forms, uint32_t cls, double value, Tag tag);
  void write(const std::string& name);

 private:
  PhraseWord word(std::string_view text) const;
  LexiconBuilder& lexicon_;
  PackWriter& out_;
  std::string article_;
  std::vector<PhraseRow> rows_;
  std::vector<PhraseWord> rest_;
};

/// UD name of a tag ("NUM"), kX if it is none or empty.
Tag tag_of_cell(std::string_view name);

}  // namespace biruni
