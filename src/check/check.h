// Checks one claim against the reference facts of the pack. Pure function of claim, world and date; thread-safe.
//
//   Check k = check_claim(claim, world, document_date);   // verdict, reference, deviation, why
//
// A row without a source that can be cited never decides: then the verdict is unverifiable and `why` says so. A claim
// that the text itself denies is judged as it stands (the proposition, not the denial); `why` says that it is denied.
// Tolerances: docs/formats/claims.md. Cost: a few look-ups; ranks and groups walk all states.
#pragma once
#include <span>
#include <string>

#include "model/analysis.h"
#include "world/world.h"

namespace biruni {

Check check_claim(const Claim& claim, const World& world, CivilDate doc_date);

/// All claims of a layer, in order.
void check_claims(const World& world, CivilDate doc_date, ClaimLayer& layer);

}  // namespace biruni
