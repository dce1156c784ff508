// Event stage: finds the words that are events, chooses their sense, and fills actors, recipients, place, time and
// magnitudes by the frames of the pack. What it decides about a word it can tell (explain). Immutable, thread-safe.
//
// Reads words, matches, quantities, times, clauses, mentions; writes EventLayer. Whether an event happened and on whose
// word it stands is the stance stage's business.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "lexicon/lexicon.h"
#include "model/analysis.h"
#include "world/world.h"

namespace biruni {

/// For explain: a word that could have been an event, and what became of it.
struct EventTrace {
  uint32_t word = kNone;
  StrId row = 0;              // best row of the tables
  std::string outcome;        // "coded", "looks like an event only: sport", "needs ...", "content of ..."
};

class EventStage {
 public:
  static std::unique_ptr<EventStage> open(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                                          std::shared_ptr<const Lexicon> lexicon);
  virtual ~EventStage() = default;
  /// Words with rows, or whose base lemma has rows (ask::kEvent).
  virtual void declare(AskTable& asks) const = 0;
  /// Codes sentence `s` and appends to `out`; `trace`, if given, gets one row per candidate word.
  virtual void run(const Analysis& in, uint32_t s, EventLayer& out, std::vector<EventTrace>* trace) const = 0;
};

}  // namespace biruni
