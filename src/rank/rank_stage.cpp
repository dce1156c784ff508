#include "rank/rank_stage.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "rank/tables.h"

namespace biruni {
namespace {

constexpr size_t kFilterBits = 1 << 15;
constexpr size_t kReasons = 4;   // strongest features against an event that explain shows

class Stage final : public RankStage {
 public:
  Stage(std::shared_ptr<const Pack> pack, const std::string& lang)
      : pack_(pack), maker_(pack, lang), slots_(pack->section<RankWeight>(lang + "/rank_weights")), limits_(pack->section<float>(lang + "/rank_limits")) {
    filter_.assign(kFilterBits / 64, 0);
    for (const RankWeight& w : slots_)
      if (w.key) {
        const uint64_t bit = filter_bit(w.key);
        filter_[bit / 64] |= uint64_t{1} << (bit % 64);
        typed_ |= uint64_t{1} << ((w.key >> 40) & 63);
      }
  }

  void run(Analysis& a, uint32_t s, RankState& state, std::vector<RejectedEvent>* rejected) const override {
    const uint32_t first = state.next_event;
    uint32_t last = first;
    while (last < a.events.rows.size() && a.events.rows[last].sentence == s) ++last;
    state.next_event = last;
    if (first == last) return;
    state.rejected.resize(last, 0);
    if (slots_.empty() || limits_.empty()) return;
    maker_.sentence(a, s, first, last, state.scratch);
    for (uint32_t e = first; e < last; ++e) {
      const uint32_t status_first = state.next_status;
      while (state.next_status < a.stance.rows.size() && a.stance.rows[state.next_status].event == e) ++state.next_status;
      maker_.event(a, e, status_first, state.next_status, state.scratch);
      Event& event = a.events.rows[e];
      float z = 0;
      for (const auto* list : {&state.scratch.features, &state.scratch.words})
        for (const RankFeature& f : *list) z += weight(event.type, f);
      event.confidence = 1 / (1 + std::exp(-z));
      bool counts = status_first == state.next_status;
      for (uint32_t i = status_first; i < state.next_status; ++i) counts |= a.stance.rows[i].happened && !a.stance.rows[i].alleged;
      // what is not put forward as having happened misleads no count and stays
      const float limit = !counts ? 0 : event.type < limits_.size() && limits_[event.type] > 0 ? limits_[event.type] : limits_[0];
      if (event.confidence >= limit) continue;
      state.rejected[e] = 1;
      if (rejected) rejected->push_back({event.trigger, event.rules.front(), event.confidence, reasons(event.type, state.scratch)});
    }
  }

 private:
  // type and generic rows of one feature share a bit, so that one test answers for both
  static uint64_t filter_bit(uint64_t key) { return rank_hash(key & 0x800000FFFFFFFFFFull) & (kFilterBits - 1); }

  float weight(uint8_t type, const RankFeature& f) const {
    const uint64_t key = rank_key(0, f), bit = filter_bit(key);
    if (!(filter_[bit / 64] >> (bit % 64) & 1)) return 0;
    float w = find(key);
    if (typed_ >> type & 1) w += find(rank_key(type, f));
    return w;
  }
  float find(uint64_t key) const {
    const size_t mask = slots_.size() - 1;
    for (size_t i = rank_hash(key) & mask; slots_[i].key; i = (i + 1) & mask)
      if (slots_[i].key == key) return slots_[i].weight;
    return 0;
  }

  std::string reasons(uint8_t type, const RankScratch& scratch) const {
    std::vector<std::pair<float, RankFeature>> against;
    for (const auto* list : {&scratch.features, &scratch.words})
      for (const RankFeature& f : *list)
        if (const float w = weight(type, f); w < 0 && f.name != RankTemplate::kBias) against.emplace_back(w, f);
    std::stable_sort(against.begin(), against.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (against.size() > kReasons) against.resize(kReasons);
    std::string out;
    for (const auto& [w, f] : against) {
      out += (out.empty() ? "" : ", ") + std::string(rank_template_name(f.name)) + " ";
      switch (rank_value(f.name)) {
        case RankValue::kNumber: out += std::to_string(f.value); break;
        case RankValue::kString: out += pack_->str(f.value); break;
        case RankValue::kClass: out += maker_.lemmas().class_name(static_cast<ClassId>(f.value)); break;
      }
    }
    return out;
  }

  std::shared_ptr<const Pack> pack_;
  FeatureMaker maker_;
  std::span<const RankWeight> slots_;
  std::span<const float> limits_;     // by type; 0 of them: that of row 0
  std::vector<uint64_t> filter_;
  uint64_t typed_ = 0;                // types with weights of their own
};

}  // namespace

std::unique_ptr<RankStage> RankStage::open(std::shared_ptr<const Pack> pack, const std::string& lang) {
  return std::make_unique<Stage>(std::move(pack), lang);
}

void RankStage::drop_rejected(Analysis& a, const RankState& state) {
  if (std::find(state.rejected.begin(), state.rejected.end(), 1) == state.rejected.end()) return;
  std::vector<uint32_t> moved(a.events.rows.size(), kNone);
  uint32_t kept = 0;
  for (uint32_t e = 0; e < a.events.rows.size(); ++e) {
    if (e < state.rejected.size() && state.rejected[e]) continue;
    if (kept != e) a.events.rows[kept] = std::move(a.events.rows[e]);
    moved[e] = kept++;
  }
  a.events.rows.resize(kept);
  size_t rows = 0;
  for (size_t i = 0; i < a.stance.rows.size(); ++i) {
    const uint32_t to = moved[a.stance.rows[i].event];
    if (to == kNone) continue;
    if (rows != i) a.stance.rows[rows] = std::move(a.stance.rows[i]);
    a.stance.rows[rows++].event = to;
  }
  a.stance.rows.resize(rows);
}

}  // namespace biruni
