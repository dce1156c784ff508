// Parties that stand with another word of the same act, once all events of a sentence are coded: "four soldiers were
// killed in an attack that gunmen carried out" names the doer at the attack and the victims at the killing.
#pragma once
#include "event/ontology.h"
#include "model/analysis.h"
#include "morph/lemma.h"

namespace biruni {

/// Events [first, end) of `out` are those of one sentence.
/// 1. A filler that is the trigger of another event ("the shelling killed five") gives way to that event's actors.
/// 2. Of two acts on the ground of one type, one of which is means or outcome of the other, each takes the actors or
///    recipients that only the other has. `means`: class of the prepositions that join them (kNoClass: only outcomes). `why` marks what was taken over (Filler::why).
/// 3. Coordinated acts of one type count together: two killed and four wounded.
void share_parties(const Analysis& in, const LemmaTable& lemmas, const Ontology& ontology, ClassId means, StrId why, uint32_t first, EventLayer& out);

}  // namespace biruni
