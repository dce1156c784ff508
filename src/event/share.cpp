#include "event/share.h"

#include <array>

#include "event/tables.h"

namespace biruni {
namespace {

constexpr int kMaxSteps = 5;          // from the means up to the word it belongs to
constexpr uint32_t kMaxFillers = 8;

struct Range { uint32_t begin, end; bool taken = false; };  // taken: from another event

uint32_t top_of(const Event& e) { return e.carrier != kNone ? e.carrier : e.trigger; }

// The event of the sentence whose trigger is the first word of a filler that is nobody's name.
uint32_t event_of(const EventLayer& out, uint32_t first, const Filler& f) {
  if (f.mention != kNone) return kNone;
  for (uint32_t k = first; k < out.rows.size(); ++k)
    if (f.words.contains(out.rows[k].trigger) && out.rows[k].trigger <= f.words.first + 1) return k;
  return kNone;
}

// Puts two ranges of fillers, which may lie anywhere, behind each other at the end and gives them to the event.
void give(EventLayer& out, Event& e, Range actors, Range recipients, StrId why) {
  std::array<Filler, 2 * kMaxFillers> copy;
  uint32_t n = 0;
  const auto put = [&](uint32_t i, bool taken) {
    copy[n] = out.fillers[i];
    if (taken) copy[n].why = why;
    ++n;
  };
  for (uint32_t i = actors.begin; i < actors.end && n < kMaxFillers; ++i) put(i, actors.taken);
  const uint32_t split = n;
  for (uint32_t i = recipients.begin; i < recipients.end && n < split + kMaxFillers; ++i) {
    bool twice = false;
    for (uint32_t k = 0; k < split; ++k) twice |= copy[k].words == out.fillers[i].words || (copy[k].mention != kNone && copy[k].mention == out.fillers[i].mention);
    if (!twice) put(i, recipients.taken);
  }
  e.actors_begin = static_cast<uint32_t>(out.fillers.size());
  out.fillers.insert(out.fillers.end(), copy.begin(), copy.begin() + n);
  e.actors_end = e.recipients_begin = e.actors_begin + split;
  e.recipients_end = static_cast<uint32_t>(out.fillers.size());
}

// Takes the magnitudes of `from` that `e` has none of its own for.
void add_magnitudes(EventLayer& out, Event& e, const Event& from) {
  const uint32_t own_begin = e.magnitudes_begin, own_end = e.magnitudes_end;
  bool moved = false;
  for (uint32_t i = from.magnitudes_begin; i < from.magnitudes_end; ++i) {
    bool has = false;
    for (uint32_t k = own_begin; k < own_end; ++k) has |= out.magnitudes[k].what == out.magnitudes[i].what;
    if (has) continue;
    if (!moved) {  // a range of its own at the end
      e.magnitudes_begin = static_cast<uint32_t>(out.magnitudes.size());
      for (uint32_t k = own_begin; k < own_end; ++k) out.magnitudes.push_back(Magnitude(out.magnitudes[k]));
      moved = true;
    }
    out.magnitudes.push_back(Magnitude(out.magnitudes[i]));
  }
  if (moved) e.magnitudes_end = static_cast<uint32_t>(out.magnitudes.size());
}

// "two killed and four wounded": are the two triggers or their carriers coordinated, or the nouns under one verb?
bool coordinated(const Analysis& in, const Event& a, const Event& b) {
  for (uint32_t x : {a.trigger, top_of(a)}) {
    const Dep& d = in.clauses.deps[x];
    if (d.rel == Rel::kConj && (d.head == b.trigger || d.head == top_of(b))) return true;
  }
  return a.carrier != kNone && a.carrier == b.carrier;
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

// Does the word stand under the other within a few steps?
bool under(const Analysis& in, uint32_t w, uint32_t top) {
  for (int steps = 0; steps < kMaxSteps && w != kNone; ++steps) {
    w = in.clauses.deps[w].head;
    if (w == top) return true;
  }
  return false;
}

// "A march that called on the government", "demonstrators raised signs and demanded of the minister": the party that the
// words are meant for is the one that the act is meant for.
bool speaks_for(const Analysis& in, const EventLayer& out, const Event& words, const Event& act) {
  const uint32_t w = top_of(words);
  if (under(in, w, act.trigger) || under(in, w, top_of(act))) return true;
  for (uint32_t i = act.actors_begin; i < act.actors_end; ++i) {
    const Filler& f = out.fillers[i];
    if (f.mention == kNone) continue;
    if (under(in, w, in.mentions.rows[f.mention].head)) return true;
    for (uint32_t k = words.actors_begin; k < words.actors_end; ++k)
      if (out.fillers[k].mention == f.mention) return true;
  }
  return false;
}

}  // namespace

void share_parties(const Analysis& in, const LemmaTable& lemmas, const Ontology& ontology, ClassId means, StrId why, uint32_t first, EventLayer& out) {
  const uint32_t last = static_cast<uint32_t>(out.rows.size());
  if (last < first + 2) return;
  const auto share = [&](uint32_t a, uint32_t b) {
    Event &x = out.rows[a], &y = out.rows[b];
    const auto actors = [](const Event& e) { return Range{e.actors_begin, e.actors_end}; };
    const auto recipients = [](const Event& e) { return Range{e.recipients_begin, e.recipients_end}; };
    const auto none = [](Range r) { return r.begin == r.end; };
    if (none(actors(x)) != none(actors(y)) || none(recipients(x)) != none(recipients(y))) {
      Range who = none(actors(x)) ? actors(y) : actors(x), whom = none(recipients(x)) ? recipients(y) : recipients(x);
      who.taken = whom.taken = true;
      const Range own_x[2] = {actors(x), recipients(x)}, own_y[2] = {actors(y), recipients(y)};
      give(out, x, none(own_x[0]) ? who : own_x[0], none(own_x[1]) ? whom : own_x[1], why);
      give(out, y, none(own_y[0]) ? who : own_y[0], none(own_y[1]) ? whom : own_y[1], why);
    }
  };
  for (uint32_t e = first; e < last; ++e) {
    Event& event = out.rows[e];
    for (uint32_t i = event.actors_begin; i < event.actors_end; ++i) {
      const uint32_t k = event_of(out, first, out.fillers[i]);
      if (k == kNone || k == e) continue;
      const Event& inner = out.rows[k];
      give(out, event, {inner.actors_begin, inner.actors_end, true}, {event.recipients_begin, event.recipients_end}, why);
      if (inner.type == event.type) share(e, k);
      break;
    }
  }
  for (uint32_t a = first; a < last; ++a) {
    Event& act = out.rows[a];
    if (!(ontology.flags(act.type) & type_flag::kMaterial) || act.recipients_begin != act.recipients_end) continue;
    for (uint32_t b = first; b < last; ++b) {
      const Event& words = out.rows[b];
      if (a == b || (!(ontology.flags(words.type) & type_flag::kAgainst) && words.type != act.type) || words.recipients_begin == words.recipients_end) continue;
      if (out.fillers[words.recipients_begin].mention == kNone || !speaks_for(in, out, words, act)) continue;
      give(out, act, {act.actors_begin, act.actors_end}, {words.recipients_begin, words.recipients_end, true}, why);
      break;
    }
  }
  for (uint32_t a = first; a < last; ++a) {
    if (!(ontology.flags(out.rows[a].type) & type_flag::kMaterial)) continue;
    for (uint32_t b = first; b < last; ++b) {
      if (a == b || out.rows[a].type != out.rows[b].type) continue;
      const bool outcome = a == b + 1 && out.rows[a].carrier_aspect == static_cast<uint8_t>(Aspect::kCause);
      const bool joined = coordinated(in, out.rows[a], out.rows[b]);
      const bool means_or_outcome = outcome || means_of(in, lemmas, means, out.rows[a], out.rows[b]);
      if (means_or_outcome) share(a, b);
      if (joined || means_or_outcome) {
        add_magnitudes(out, out.rows[a], out.rows[b]);
        add_magnitudes(out, out.rows[b], out.rows[a]);
      }
    }
  }
}

}  // namespace biruni
