// Analysis -> the records of the contract (docs/formats/records.md), one JSON object a line.
//
//   RecordWriter writer(engine);
//   writer.write(analysis, {}, out);     // appends lines to `out`
//
// One RecordWriter a thread (it keeps scratch).
#pragma once
#include <string>
#include <vector>

#include "actor/actor_stage.h"
#include "engine/engine.h"
#include "render/event_filter.h"
#include "render/json.h"
#include "render/positions.h"

namespace biruni {

struct Layers { bool sentences = false, tokens = false, times = false, quantities = false, mentions = false; };

/// The spelling of values in records.
std::string_view factuality_name(Factuality f);
std::string_view stance_name(StanceKind s);
std::string_view tense_name(Tense t);
std::string_view link_name(LinkType t);
std::string_view verdict_name(Verdict v);
std::string_view entity_type_name(EntityType t);
std::string_view grain_name(Grain g);
/// kCt... -> "positive"/"negative", "certain"/"probable"/"possible"/"unknown"
std::string_view polarity_name(Factuality f);
std::string_view modality_name(Factuality f);
std::string date_text(CivilDate d);


class RecordWriter {
 public:
  /// With a filter: only the events it keeps, and the links among them; the other records stay.
  explicit RecordWriter(const Engine& engine, EventFilter filter = {}) : engine_(engine), filter_(std::move(filter)) {}
  void write(const Analysis& a, const Layers& layers, std::string& out);

 private:
  void document(const Analysis& a);
  void entities(const Analysis& a);
  void event(const Analysis& a, uint32_t row);
  void fillers(const Analysis& a, std::string_view name, uint32_t begin, uint32_t end);
  void chain(const Analysis& a, const std::vector<Holder>& holders, uint32_t begin, uint32_t end);
  void claim(const Analysis& a, uint32_t row);
  void link(const Analysis& a, const Link& l);
  void question(const Analysis& a, const Question& q);
  void layers(const Analysis& a, const Layers& l);
  void span(const Analysis& a, Span s);
  void words(const Analysis& a, WordRange r) { span(a, a.span_of(r)); }
  void sentence(const Analysis& a, uint32_t s);
  void begin(const Analysis& a, std::string_view kind);
  void end() { json_->close(); json_->line(); }

  const Engine& engine_;
  const EventFilter filter_;
  std::vector<bool> kept_;
  Positions positions_;
  struct Mentioned { EntityRef ref; uint32_t first = kNone, last = kNone; };  // mentions, linked by next_mention_
  JsonWriter* json_ = nullptr;
  std::vector<uint32_t> sentence_number_;
  std::vector<Mentioned> mentioned_;
  std::vector<uint32_t> next_mention_, entity_slots_;  // the slots: hash table over mentioned_, row + 1
};

}  // namespace biruni
