// Link stage: how events hang together (cause, purpose, motive, phase, before, part_of, analogy, same_event) and what the
// text asks. Cue patterns are data (packs/LANG/links). Runs after stance: `from` and `to` are rows of StanceLayer.
//
//   auto stage = LinkStage::open(pack, "en", world, lexicon);
//   LinkMemory memory;                                    // one a document; keeps its capacity
//   for each sentence: stage->run(analysis, s, memory, layer);
//   finish_links(analysis, layer);                        // once, after all sentences
//
// Immutable, thread-safe. A link needs a cue in the text: nothing is inferred from order or from knowledge.
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

struct LinkMemory {
  uint32_t phases_at = kNone;     // sentence that announced or had the last phase
  uint32_t phase = 0;             // order of the last phase
  std::vector<uint32_t> row_of;   // event -> first row of StanceLayer
  std::vector<std::string> last_entities;  // of the last sentence that had any
  PatternScratch scratch;
  void clear() { phases_at = kNone; phase = 0; row_of.clear(); last_entities.clear(); }
};

class LinkStage {
 public:
  static std::unique_ptr<LinkStage> open(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                                         std::shared_ptr<const Lexicon> lexicon);
  virtual ~LinkStage() = default;
  virtual void run(const Analysis& in, uint32_t sentence, LinkMemory& memory, LinkLayer& out) const = 0;
  /// Words of the patterns (ask::kLink).
  virtual void declare(AskTable& asks) const = 0;
};

/// What one holder claims and another denies: rows of one event are joined (from the denial). Drops a phase that stands alone.
void finish_links(const Analysis& in, LinkLayer& out);

}  // namespace biruni
