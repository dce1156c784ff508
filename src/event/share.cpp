#include "event/share.h"

#include <array>

#include "event/tables.h"

namespace biruni {
namespace {

constexpr int kMaxSteps = 5;          // from the means up to the word it belongs to
constexpr uint32_t kMaxFillers = 8;

struct Range { uint32_t begin, end; };

uint32_t top_of(const Event& e) { return e.carrier != kNone ? e.carrier : e.trigger; }

// The event of the sentence whose trigger is the first word of a filler that is nobody's name.
uint32_t event_of(const EventLayer& out, uint32_t first, const Filler& f) {
  if (f.mention != kNone) return kNone;
  for (uint32_t k = first; k < out.rows.size(); ++k)
    if (f.words.contains(out.rows[k].trigger) && out.rows[k].trigger <= f.words.first + 1) return k;
  return kNone;
}

// Puts two ranges of fillers, which may lie anywhere, behind each other at the end and gives them to the event.
void give(EventLayer& out, Event& e, Range actors, Range recipients) {
  std::array<Filler, 2 * kMaxFillers> copy;
  uint32_t n = 0;
  for (uint32_t i = actors.begin; i < actors.end && n < kMaxFillers; ++i) copy[n++] = out.fillers[i];
  const uint32_t split = n;
  for (uint32_t i = recipients.begin; i < recipients.end && n < split + kMaxFillers; ++i) {
    bool twice = false;
    for (uint32_t k = 0; k < split; ++k) twice |= copy[k].words == out.fillers[i].words || (copy[k].mention != kNone && copy[k].mention == out.fillers[i].mention);
    if (!twice) copy[n++] = out.fillers[i];
  }
  e.actors_begin = static_cast<uint32_t>(out.fillers.size());
  out.fillers.insert(out.fillers.end(), copy.begin(), copy.begin() + n);
  e.actors_end = e.recipients_begin = e.actors_begin + split;
  e.recipients_end = static_cast<uint32_t>(out.fillers.size());
}

// Does event `a` stand under `b` by a preposition of means, through nouns only?
bool means_of(const Analysis& in, const LemmaTable& lemmas, ClassId means, const Event& a, const Event& b) {
  uint32_t w = top_of(a);
  const Dep& own = in.clauses.deps[a.trigger];
  if (means == kNoClass || own.case_word == kNone || !lemmas.has_class(in.lemma_at(own.case_word), means)) {
    const Dep& carried = in.clauses.deps[w];
    if (means == kNoClass || carried.case_word == kNone || !lemmas.has_class(in.lemma_at(carried.case_word), means)) return false;
  } else {
    w = a.trigger;
  }
  for (int steps = 0; steps < kMaxSteps; ++steps) {
    w = in.clauses.deps[w].head;
    if (w == kNone) return false;
    if (w == b.trigger || w == b.carrier) return true;
    const Tag tag = in.words.words[w].tag;
    if (tag == Tag::kVerb || tag == Tag::kAux) return false;
  }
  return false;
}

}  // namespace

void share_parties(const Analysis& in, const LemmaTable& lemmas, const Ontology& ontology, ClassId means, uint32_t first, EventLayer& out) {
  const uint32_t last = static_cast<uint32_t>(out.rows.size());
  if (last < first + 2) return;
  const auto share = [&](uint32_t a, uint32_t b) {
    Event &x = out.rows[a], &y = out.rows[b];
    const auto actors = [](const Event& e) { return Range{e.actors_begin, e.actors_end}; };
    const auto recipients = [](const Event& e) { return Range{e.recipients_begin, e.recipients_end}; };
    const auto none = [](Range r) { return r.begin == r.end; };
    if (none(actors(x)) != none(actors(y)) || none(recipients(x)) != none(recipients(y))) {
      const Range who = none(actors(x)) ? actors(y) : actors(x), whom = none(recipients(x)) ? recipients(y) : recipients(x);
      const Range own_x[2] = {actors(x), recipients(x)}, own_y[2] = {actors(y), recipients(y)};
      give(out, x, none(own_x[0]) ? who : own_x[0], none(own_x[1]) ? whom : own_x[1]);
      give(out, y, none(own_y[0]) ? who : own_y[0], none(own_y[1]) ? whom : own_y[1]);
    }
  };
  for (uint32_t e = first; e < last; ++e) {
    Event& event = out.rows[e];
    for (uint32_t i = event.actors_begin; i < event.actors_end; ++i) {
      const uint32_t k = event_of(out, first, out.fillers[i]);
      if (k == kNone || k == e) continue;
      const Event& inner = out.rows[k];
      give(out, event, {inner.actors_begin, inner.actors_end}, {event.recipients_begin, event.recipients_end});
      if (inner.type == event.type) share(e, k);
      break;
    }
  }
  for (uint32_t a = first; a < last; ++a) {
    if (!(ontology.flags(out.rows[a].type) & type_flag::kMaterial)) continue;
    for (uint32_t b = first; b < last; ++b) {
      if (a == b || out.rows[a].type != out.rows[b].type) continue;
      const bool outcome = a == b + 1 && out.rows[a].carrier_aspect == static_cast<uint8_t>(Aspect::kCause);
      if (outcome || means_of(in, lemmas, means, out.rows[a], out.rows[b])) share(a, b);
    }
  }
}

}  // namespace biruni
