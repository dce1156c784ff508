// Clause stage: words + matches + quantities + times -> dependency tree and clauses. One parser for all languages, set
// by the grammar tables of the pack (packs/LANG/grammar/). Immutable, thread-safe, total, linear in sentence length
// but for bounded look-ups.
#pragma once
#include <memory>
#include <string>

#include "model/analysis.h"
#include "morph/ask_table.h"
#include "morph/lemma.h"
#include "pack/pack.h"

namespace biruni {

class ClauseStage {
 public:
  static std::unique_ptr<ClauseStage> open(std::shared_ptr<const Pack> pack, const std::string& lang);
  virtual ~ClauseStage() = default;
  /// Parses sentence `s` of `in` (reads text, words, matches, quantities, times), appends to `out`. deps is already
  /// sized for all words of the document; clauses are appended; child lists are built once by finish().
  virtual void run(const Analysis& in, uint32_t s, ClauseLayer& out) const = 0;
  /// Words with function classes (ask::kGrammar), first words of fixed phrases (ask::kPhrase).
  virtual void declare(AskTable& asks) const = 0;
  static void finish(const WordLayer& words, ClauseLayer& out);
};

}  // namespace biruni
