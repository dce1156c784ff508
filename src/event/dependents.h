// What stands around a trigger: its dependents by relation, with passives, participles, shared dependents of coordinated
// words and understood subjects made explicit. The one place where syntax becomes arguments.
#pragma once
#include <vector>

#include "event/tables.h"
#include "lexicon/lexicon.h"
#include "model/analysis.h"

namespace biruni {

struct Argument {
  Rel rel = Rel::kNone;
  StrId prep = 0;          // key of the preposition for kObl, kGen (of), kAgent
  uint32_t word = kNone;   // head word
  bool understood = false; // not a dependent of the trigger itself
};

/// Key of the preposition that governs a dependent, 0 if none.
StrId case_key(const Analysis& in, const LemmaTable& lemmas, const Dep& dep);

/// Arguments of `w`. `as_verb`: w is a masdar or gerund whose row is the verb's: genitives become subject or object.
/// `agentive`: the meaning class of prepositions that name the agent of a passive (kNoClass if the language has none).
void collect_arguments(const Analysis& in, const LemmaTable& lemmas, ClassId agentive, uint32_t w, bool as_verb, bool transitive,
                       std::vector<Argument>& out);

/// Is the verb (or passive participle) at w passive as far as the clause stage knows?
bool is_passive(const Analysis& in, uint32_t w);

inline bool matches(const RelSpec& spec, const Argument& arg) {
  if (spec.rel == Rel::kObl) return spec.prep == arg.prep && (arg.rel == Rel::kObl || arg.rel == Rel::kAgent || arg.rel == Rel::kGen);
  return spec.rel == arg.rel;
}

}  // namespace biruni
