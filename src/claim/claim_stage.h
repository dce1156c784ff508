// Claim stage: finds what a text says that a reference can check (area, borders, members, dates, ranks ...) and who says it.
//
//   auto stage = ClaimStage::open(pack, "en", world, lexicon);
//   ClaimMemory memory;                                   // one a document; keeps its capacity
//   for each sentence: stage->run(analysis, s, memory, layer);
//   stage->finish(analysis, memory, layer);               // bodies that are described and misnamed
//
// Patterns are data (packs/LANG/claims, docs/formats/claims.md); the subject is the slot of the pattern, or the antecedent
// of a relative, or what the sentence and the document speak of. Immutable, thread-safe. It does not judge: check/ does.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "lexicon/lexicon.h"
#include "model/analysis.h"
#include "pack/pack.h"
#include "pattern/matcher.h"
#include "world/world.h"

namespace biruni {

/// What the document has spoken of so far.
struct ClaimMemory {
  struct Topic { EntityRef entity; uint32_t sentence = kNone; uint32_t word = 0; WordRange words; bool common = false, of_claim = false; };
  Topic country, body;
  uint32_t last_claim = kNone;      // row of the layer
  struct Named { WordRange words; bool common = false; };
  std::vector<Named> named;         // claim row -> where its subject is named
  uint32_t main_country = kNone;    // named most, by at least a third of the names of countries
  bool counted = false;
  PatternScratch scratch;
  void clear() { country = {}; body = {}; last_claim = kNone; named.clear(); main_country = kNone; counted = false; }
};

class ClaimStage {
 public:
  static std::unique_ptr<ClaimStage> open(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                                          std::shared_ptr<const Lexicon> lexicon);
  virtual ~ClaimStage() = default;
  virtual void run(const Analysis& in, uint32_t sentence, ClaimMemory& memory, ClaimLayer& out) const = 0;
  /// Words of the patterns (ask::kClaim).
  virtual void declare(AskTable& asks) const = 0;
  virtual void finish(const Analysis& in, ClaimMemory& memory, ClaimLayer& out) const = 0;
};

}  // namespace biruni
