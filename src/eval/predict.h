// The program's answer to a text, as its records give it: eval reads what a user reads. Positions are code points of the
// text (of the title where `title`).
//
//   Predictor predictor(engine, jobs);
//   std::vector<Prediction> p = predictor.run(documents);     // in order
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace biruni::eval {

struct Extent {
  uint32_t start = 0, end = 0;
  bool title = false;
  bool empty() const { return end <= start; }
  bool overlaps(const Extent& o) const { return title == o.title && start < o.end && o.start < end; }
};

struct PredictedActor { Extent at; std::string text, entity, name, country, sector; };
struct PredictedHolder { Extent at; std::string holder, entity, text, cue, stance; bool anonymous = false; };
struct PredictedMagnitude { std::string what; double value = 0; };

struct PredictedEvent {
  std::string id, type, mode;
  Extent trigger, extent;  // extent: trigger and all fillers of the same field (text or title)
  std::string trigger_text;
  std::vector<PredictedActor> actors, recipients;
  std::string place, place_entity, time, time_end;
  std::string factuality, author, tense;
  bool happened = false, alleged = false, unsourced = false;
  std::vector<PredictedHolder> chain;
  std::vector<PredictedMagnitude> magnitudes;
  std::vector<std::string> rules;
  double confidence = 0;
  bool counts() const { return happened && !alleged; }  // what a user counts as having happened
};

struct PredictedClaim {
  Extent at;
  std::string subject, property, object, verdict, text;
  std::string comparator, unit, direction, as_of, text_value, why;
  std::vector<std::string> list;
  double value = 0;
  bool has_number = false, negated = false;
};
struct PredictedMention { Extent at; std::string text, entity, name, country, sector, form; };
struct PredictedLink { Extent at; std::string type, from, to; std::vector<std::string> cases; uint32_t order = 0; };
struct Seen { Extent at; std::string text, row, outcome; };  // of the trace

struct Prediction {
  std::string lang, genre;
  std::vector<PredictedEvent> events;
  std::vector<PredictedClaim> claims;
  std::vector<PredictedMention> mentions;
  std::vector<PredictedLink> links;
  std::vector<Extent> questions;
  std::vector<Seen> seen;
};

class Predictor {
 public:
  Predictor(const Engine& engine, unsigned jobs) : engine_(engine), jobs_(jobs) {}
  std::vector<Prediction> run(const std::vector<Document>& documents) const;
  const Engine& engine() const { return engine_; }

 private:
  const Engine& engine_;
  unsigned jobs_;
};

/// Where `piece` stands in `text`, in code points; the n-th time (from 1). Empty if it does not.
Extent find_piece(std::string_view text, std::string_view piece, unsigned occurrence = 1);
/// Words parted by white space, with their places; punctuation at their ends is left off `text` but not off the place.
struct TextToken { Extent at; std::string text; };
std::vector<TextToken> tokens_of(std::string_view text);
/// What the trace says of the words in a place, in one line; empty if nothing was seen.
std::string why(const Prediction& p, Extent near);

}  // namespace biruni::eval
