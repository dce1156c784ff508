#include "render/event_filter.h"

#include <string_view>

#include "actor/actor_stage.h"

namespace biruni {
namespace {

std::string small(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool negative(Factuality f) { return f == Factuality::kCtMinus || f == Factuality::kPrMinus || f == Factuality::kPsMinus; }

}  // namespace

bool EventFilter::names(const Engine& engine, const Analysis& a, const std::vector<Holder>& holders, uint32_t begin, uint32_t end) const {
  const std::string asked = small(holder);
  if (asked == "author") return end - begin == 1;
  for (uint32_t i = begin; i < end; ++i) {
    const Holder& h = holders[i];
    if (h.author) continue;
    if (!h.words.empty() && small(a.raw(a.span_of(h.words))).find(asked) != std::string::npos) return true;
    if (h.mention == kNone || !a.mentions.rows[h.mention].entity.valid()) continue;
    const EntityView v = entity_view(engine.world(), a.mentions, a.mentions.rows[h.mention].entity);
    if (small(v.id) == asked || small(v.country) == asked || small(v.name).find(asked) != std::string::npos) return true;
    if (v.world == kNone) continue;
    for (const auto& lang : engine.languages())
      if (small(engine.world().name_in(v.world, lang)) == asked) return true;
  }
  return false;
}

bool EventFilter::keeps(const Engine& engine, const Analysis& a, uint32_t row) const {
  const EventStatus& s = a.stance.rows[row];
  const bool reported = s.chain_end - s.chain_begin > 1;
  const bool denies = reported && a.stance.holders[s.chain_end - 1].stance == StanceKind::kDeny;
  const bool is_denied = reported && negative(s.factuality) && (denies || s.tense != Tense::kFuture);
  const bool status = !(happened || alleged || denied || unsourced) || (happened && s.happened && !s.alleged) || (alleged && s.alleged) ||
                      (denied && is_denied) || (unsourced && s.unsourced);
  return status && (holder.empty() || names(engine, a, a.stance.holders, s.chain_begin, s.chain_end));
}

std::string EventFilter::text() const {
  std::string out;
  const auto add = [&](bool on, std::string_view word) {
    if (on) out += (out.empty() ? "" : " or ") + std::string(word);
  };
  add(happened, "happened");
  add(alleged, "alleged");
  add(denied, "denied");
  add(unsourced, "without a source");
  if (!holder.empty()) out += (out.empty() ? "" : ", ") + (small(holder) == "author" ? std::string("on the author's own word") : "on the word of " + holder);
  return out;
}

}  // namespace biruni
