// What tells a reported event from a mere reference to one, as indexed features of an event row: its row and form, what
// governs it, what was found beside it, on whose word it stands, and the words of its sentence. No strings at run time: a
// feature is a template and a value (a number, a string id of the pack, a class id).
//
//   FeatureMaker maker(pack, "ar");
//   maker.sentence(analysis, s, scratch);             // once a sentence with events
//   maker.event(analysis, e, scratch);                // scratch.features: of event row e
//
// Reads words, matches, quantities, times, clauses, mentions, events, stance. Immutable, thread-safe; scratch is the caller's.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"
#include "morph/lemma.h"
#include "pack/pack.h"

namespace biruni {

enum class RankTemplate : uint8_t {
  kBias, kRow, kForm, kShape, kRel, kCase, kHead, kHeadClass, kRoot, kCarrier, kAspect, kDepth, kClause, kActor, kRecipient, kPlace,
  kTime, kMagnitude, kFactuality, kTense, kHolder, kStance, kSame, kOther, kOuter, kQuote, kDeterminer, kAdjective, kGenitive, kOblique,
  kSeen, kClass, kWord, kCount
};
enum class RankValue : uint8_t { kNumber, kString, kClass };

struct RankFeature {
  RankTemplate name = RankTemplate::kBias;
  uint32_t value = 0;
  bool operator==(const RankFeature&) const = default;
};

std::string_view rank_template_name(RankTemplate t);
RankTemplate rank_template(std::string_view name);  // kCount if unknown
RankValue rank_value(RankTemplate t);

struct RankScratch {
  std::vector<RankFeature> features;   // of the event asked for last
  std::vector<RankFeature> words;      // of its sentence: classes and words, sorted, each once
  uint32_t first_event = 0, last_event = 0, sentence = 0;
};

class FeatureMaker {
 public:
  FeatureMaker(std::shared_ptr<const Pack> pack, const std::string& lang) : lemmas_(pack, lang), shared_(pack->find("event.shared")) {}
  /// Words and classes of sentence `s`, whose events are [first, last) of the event layer.
  void sentence(const Analysis& in, uint32_t s, uint32_t first, uint32_t last, RankScratch& scratch) const;
  /// Features of event row `e`, whose stance rows are [status_first, status_last).
  void event(const Analysis& in, uint32_t e, uint32_t status_first, uint32_t status_last, RankScratch& scratch) const;
  const LemmaTable& lemmas() const { return lemmas_; }

 private:
  StrId key_at(const Analysis& in, uint32_t w) const;
  void around(const Analysis& in, const Event& e, RankScratch& scratch) const;
  void parties(const Analysis& in, const Event& e, RankScratch& scratch) const;
  LemmaTable lemmas_;
  StrId shared_;   // Filler::why of parties taken over from another event
};

}  // namespace biruni
