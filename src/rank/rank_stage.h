// Rank stage: how sure each coded event is, and which are none. A linear model (logistic) over the features of
// rank/features.h with weights learnt by tools/dev/train_ranker.sh; events below the limit of their type leave the layers.
// A language without weights keeps its events and the confidence that the event stage gave them. See docs/design/ranker.md.
//
//   auto stage = RankStage::open(pack, "ar");
//   stage->run(analysis, s, scratch);                           // each sentence; sets Event::confidence, marks rejected events
//   RankStage::drop_rejected(analysis, trace);                  // once a document
//
// Immutable, thread-safe. Cost: some fifty look-ups an event, no allocation once scratch has grown.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "model/analysis.h"
#include "pack/pack.h"
#include "rank/features.h"

namespace biruni {

struct RankState {
  RankScratch scratch;
  std::vector<uint8_t> rejected;     // by event row
  uint32_t next_event = 0, next_status = 0;
  void clear() { rejected.clear(); next_event = next_status = 0; }
};

/// For explain: an event that was coded and rejected.
struct RejectedEvent { uint32_t word = kNone; StrId row = 0; float confidence = 0; std::string reasons; };

class RankStage {
 public:
  static std::unique_ptr<RankStage> open(std::shared_ptr<const Pack> pack, const std::string& lang);
  virtual ~RankStage() = default;
  /// Sentences in text order. `rejected`, if given, gets a row for each event that will be dropped.
  virtual void run(Analysis& a, uint32_t s, RankState& state, std::vector<RejectedEvent>* rejected) const = 0;
  /// Removes rejected events and their stance rows; other rows keep their order.
  static void drop_rejected(Analysis& a, const RankState& state);
};

}  // namespace biruni
