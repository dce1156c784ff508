// Word analysis: tokens -> syntactic words in their chosen reading. One object per language, immutable, thread-safe;
// scratch is the caller's.
//
// Per token: cut clitics by the language's clitic table, look the stems up in the form table (section LANG/forms),
// guess if nothing fits; then one Viterbi pass a sentence over the candidates with lexical and transition costs
// (LANG/morph tables). No allocation per token once scratch is warm.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "model/text.h"
#include "model/word.h"
#include "morph/lemma.h"
#include "pack/pack.h"

namespace biruni {

struct MorphScratch;  // opaque, reused between sentences
struct MorphScratchDeleter { void operator()(MorphScratch*) const; };
using MorphScratchPtr = std::unique_ptr<MorphScratch, MorphScratchDeleter>;

/// One candidate reading of a token, for explain, tests and coverage measures.
struct Reading {
  std::vector<Word> words;
  int cost = 0;
};

class Analyzer {
 public:
  virtual ~Analyzer() = default;
  static std::unique_ptr<Analyzer> open(std::shared_ptr<const Pack> pack, const std::string& lang);
  virtual MorphScratchPtr new_scratch() const = 0;
  /// Appends the words of sentence `s` to `out.words` (out.first is kept by the caller). `raw` is the document buffer.
  virtual void analyze(std::string_view raw, const TextLayer& text, uint32_t s, MorphScratch& scratch, WordLayer& out) const = 0;
  /// All readings of one token, best first (not for hot paths).
  virtual std::vector<Reading> readings(std::string_view raw, const TextLayer& text, uint32_t token) const = 0;
  virtual const LemmaTable& lemmas() const = 0;
};

}  // namespace biruni
