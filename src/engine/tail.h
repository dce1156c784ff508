// The stages after events, one set a language: stance, rank, claims, checks, links. Kept apart from engine.cpp so that the
// order of the document-wide steps stands in one place.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "claim/claim_stage.h"
#include "lexicon/lexicon.h"
#include "link/link_stage.h"
#include "model/analysis.h"
#include "rank/rank_stage.h"
#include "stance/stance_stage.h"
#include "world/world.h"

namespace biruni {

struct TailState {
  StanceMemory stance;
  RankState rank;
  ClaimMemory claims;
  LinkMemory links;
};

class Tail {
 public:
  using Stages = std::vector<const Tail*>;
  static std::unique_ptr<Tail> open(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                                    std::shared_ptr<const Lexicon> lexicon);
  virtual ~Tail() = default;
  virtual void declare(AskTable& asks) const = 0;
  /// `rank`: unlikely events are dropped; `rejected`, if given, gets them.
  static void run(const Stages& stages, Analysis& a, TailState& state, bool rank, std::vector<RejectedEvent>* rejected);
};

}  // namespace biruni
