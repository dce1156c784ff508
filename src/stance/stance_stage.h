// Stance stage: for each event, on whose word it stands, how certain that holder and the author are, whether it is put
// forward as having happened, and when. See docs/design/stance.md for the algorithm.
//
//   auto stage = StanceStage::open(pack, "en", world, &lexicon);
//   StanceMemory memory;                                   // one a workspace
//   memory.clear();
//   for each sentence: stage_of(sentence)->run(analysis, sentence, memory, layer);
//   main_stage->finish(analysis, memory, layer);           // genre, unsourced accusations
//
// Reads text, words, matches, times, clauses, mentions and ALL events of the document; writes StanceLayer. Immutable,
// thread-safe. Cost: per event the path from its trigger to the root, at most kMaxPath words.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "event/dependents.h"
#include "lexicon/lexicon.h"
#include "model/analysis.h"
#include "pack/pack.h"
#include "stance/cues.h"
#include "world/world.h"

namespace biruni {

/// What the document has said so far, and scratch that keeps its capacity.
struct StanceMemory {
  Holder last;                      // the last holder of a report, for "he added" and quotations that go on
  bool has_last = false;
  uint32_t last_sentence = kNone;
  uint32_t next_event = 0;          // first event not yet seen
  uint32_t first_person = 0, questions = 0, statements = 0, attributed = 0, allegations = 0, opinions = 0;
  CueScratch cues;
  std::vector<Argument> args;
  void clear() {
    last = {}; has_last = false; last_sentence = kNone; next_event = 0;
    first_person = questions = statements = attributed = allegations = opinions = 0;
  }
};

class StanceStage {
 public:
  static std::unique_ptr<StanceStage> open(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                                           const Lexicon* lexicon);
  virtual ~StanceStage() = default;
  /// Rows for the events of sentence `s`; sentences in text order.
  virtual void run(const Analysis& in, uint32_t s, StanceMemory& memory, StanceLayer& out) const = 0;
  /// First words of cues (ask::kCue) and of loaded phrases (ask::kEvaluative).
  virtual void declare(AskTable& asks) const = 0;
  /// Once a document, by the stage of its main language.
  virtual void finish(const Analysis& in, const StanceMemory& memory, StanceLayer& out) const = 0;
};

}  // namespace biruni
