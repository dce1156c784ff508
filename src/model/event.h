// Events, what stands behind them (attribution, factuality), claims, links, questions, problems.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/span.h"
#include "model/mention.h"
#include "model/quantity.h"

namespace biruni {

/// A filler of a role: a mention, or words without a mention (a plain noun phrase that is no known actor).
struct Filler {
  uint32_t mention = kNone;
  WordRange words;       // the span to print when there is no mention
  uint32_t country = kNone;
  uint8_t sector = 0;
  uint32_t why = kNone;  // StrId: what put it there (rule id)
};

struct Magnitude {
  uint8_t what = 0;      // index into magnitude names: killed wounded arrested participants troops money
  double value = 0, low = 0, high = 0;
  uint32_t unit = kNone;
  WordRange words;
};

/// One event as coded from its trigger. Lists are ranges in EventLayer::fillers / magnitudes.
struct Event {
  uint32_t trigger = kNone;     // word index
  uint32_t sentence = 0;
  uint32_t clause = kNone;
  uint32_t row = kNone;         // row of the language's event table
  uint8_t type = 0, mode = 0;   // indices into the ontology (mode 0 = none)
  uint32_t cameo = kNone;       // StrId
  uint64_t contexts = 0;        // bit i = context i of the ontology
  uint32_t actors_begin = 0, actors_end = 0;
  uint32_t recipients_begin = 0, recipients_end = 0;
  uint32_t magnitudes_begin = 0, magnitudes_end = 0;
  uint32_t place = kNone;       // mention index
  uint32_t time = kNone;        // time expression index
  uint32_t carrier = kNone;     // light verb word that carries it, kNone
  uint32_t content = kNone;     // word of its content (embedded act)
  uint8_t carrier_aspect = 0;   // of the light-verb row: 0 none, see pack
  float confidence = 0;
  std::vector<uint32_t> rules;  // StrIds, for explain and the record
};

struct EventLayer {
  std::vector<Event> rows;
  std::vector<Filler> fillers;
  std::vector<Magnitude> magnitudes;
  void clear() { rows.clear(); fillers.clear(); magnitudes.clear(); }
};

enum class Factuality : uint8_t { kUu, kCtPlus, kPrPlus, kPsPlus, kCtMinus, kPrMinus, kPsMinus };
enum class StanceKind : uint8_t { kNone, kAssert, kClaim, kDeny, kDoubt, kDeduce, kFear, kHope, kQuote, kAsk, kThreaten, kPromise };
enum class Tense : uint8_t { kPast, kPresent, kFuture, kHistorical };

/// One link of an attribution chain; the author comes first and has no words.
struct Holder {
  bool author = false;
  uint32_t mention = kNone;
  WordRange words;
  uint32_t cue = kNone;         // word
  StanceKind stance = StanceKind::kNone;
  bool anonymous = false;
};

/// What stands behind an event. One row per event and last holder: an event may have several rows.
struct EventStatus {
  uint32_t event = 0;
  uint32_t chain_begin = 0, chain_end = 0;  // in StanceLayer::holders, author first
  Factuality factuality = Factuality::kCtPlus;
  Factuality author = Factuality::kCtPlus;
  bool happened = true;
  bool alleged = false;
  bool unsourced = false;
  Tense tense = Tense::kPast;
  std::vector<uint32_t> rules;              // StrIds
};

struct Evaluative { WordRange words; uint32_t kind = kNone; uint32_t sentence = 0; };

struct StanceLayer {
  std::vector<EventStatus> rows;       // sorted by event
  std::vector<Holder> holders;
  std::vector<Evaluative> evaluative;  // in the order of sentences
  bool opinion = false;           // genre as judged
  bool genre_known = false;
  std::vector<uint32_t> genre_reasons;  // StrIds
  void clear() { rows.clear(); holders.clear(); evaluative.clear(); genre_reasons.clear(); opinion = genre_known = false; }
};

enum class Verdict : uint8_t { kSupported, kContradicted, kUnverifiable };

/// A checkable claim. String values (capital, weekday, name, date) are in `text_value`, lists in `list_value` (entity ids).
struct Claim {
  uint32_t sentence = 0;
  WordRange words;
  EntityRef subject;
  std::string property;
  std::string object;               // entity id, mineral, weekday ...; empty = none
  std::string direction;
  char comparator = '=';            // = < > ~
  bool has_number = false;
  double value = 0;
  std::string unit;
  std::string text_value;
  std::vector<std::string> list_value;
  std::string as_of;
  bool negated = false;
  uint32_t status_event = kNone;    // not used by most: claims have their own chain
  uint32_t chain_begin = 0, chain_end = 0;  // in ClaimLayer::holders
  uint32_t rule = kNone;
};

struct Check {
  Verdict verdict = Verdict::kUnverifiable;
  bool has_reference = false;
  bool reference_is_number = false;
  double reference_value = 0;
  std::string reference_text;
  std::vector<std::string> reference_list;
  std::string reference_unit, reference_as_of, reference_source;
  bool has_deviation = false;
  double deviation = 0;
  std::string why;
};

struct ClaimLayer {
  std::vector<Claim> rows;
  std::vector<Holder> holders;
  std::vector<Check> checks;        // parallel to rows, written by check/
  void clear() { rows.clear(); holders.clear(); checks.clear(); }
};

enum class LinkType : uint8_t { kCause, kPurpose, kMotive, kPhase, kBefore, kAnalogy, kPartOf, kSameEvent };

/// from/to are rows of StanceLayer (one event record each); kNone where only text stands.
struct Link {
  LinkType type = LinkType::kCause;
  uint32_t from = kNone, to = kNone;
  uint32_t order = 0;               // 0 = none
  WordRange words;
  std::vector<std::string> cases;   // entity ids, for analogies
  uint32_t rule = kNone;
};

struct Question {
  uint32_t sentence = 0;
  WordRange words;
  std::vector<std::string> about;   // entity ids
};

struct LinkLayer {
  std::vector<Link> links;
  std::vector<Question> questions;
  void clear() { links.clear(); questions.clear(); }
};

struct Problem { std::string code, message; Span raw; };

}  // namespace biruni
