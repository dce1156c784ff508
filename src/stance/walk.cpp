#include "stance/walk.h"

namespace biruni {

using namespace stance_flag;

void StanceState::cue(const StanceRow& r, bool negated) {
  if (r.kind == CueKind::kAllegation) { allegation = true; note(r.id); return; }
  if (r.kind == CueKind::kOpinion || r.kind == CueKind::kLooksLike || r.kind == CueKind::kExceptive) return;
  if (r.kind == CueKind::kPresuppose && negated && r.has_negated) {
    if (open && !reported()) factuality = under(factuality, r.negated);
    note(r.id);
    return;
  }
  if (r.kind == CueKind::kPresuppose) {
    if (r.flags & kHistorical) historical = true;
    if ((r.flags & kPast) && !reported()) past = true;
    open = false;
    note(r.id);
    return;
  }
  if (!open) return;
  if (reported()) {
    // what governs the reporting word itself: only refusing to report touches the content
    if (voice && holders == 0 && r.kind == CueKind::kNeg && (r.flags & kDeny) && !negated) {
      factuality = under(content, Factuality::kCtMinus);
      alleged = false;
      denied = true;
      note(r.id);
      return;
    }
    const bool refuses = (r.kind == CueKind::kNeg || r.kind == CueKind::kFail) && !negated;
    if (refuses && holders == 1 && report) factuality = report->has_negated ? under(content, report->negated) : Factuality::kUu;
    return;
  }
  note(r.id);
  if (r.flags & kPast) past = true;
  if (r.flags & kFuture) future = true;
  switch (r.kind) {
    case CueKind::kNeg:
      if ((r.flags & kDeny) && !negated) denied = true;
      factuality = r.value == Factuality::kUu ? Factuality::kUu : negated ? factuality : factuality == Factuality::kUu && (r.tag == Tag::kVerb || r.tag == Tag::kNoun) ? Factuality::kCtMinus : flip(factuality);
      break;
    case CueKind::kModal:
      if (r.value == Factuality::kUu) {  // before, until, will: no doubt about it
        if (negated && r.has_negated) factuality = under(factuality, r.negated);
        break;
      }
      if (negated && r.has_negated) factuality = under(factuality, r.negated);
      else if (negated && r.value == Factuality::kPsPlus) factuality = under(factuality, Factuality::kCtMinus);
      else if (negated && r.value == Factuality::kCtPlus) factuality = Factuality::kUu;
      else factuality = negated ? flip(under(factuality, r.value)) : under(factuality, r.value);
      if (r.value != Factuality::kCtPlus) modal = true;
      break;
    case CueKind::kCond:
      if (counterfactual) break;
      if (r.flags & (kConcessive)) break;
      conditional = true;
      factuality = Factuality::kUu;
      modal = true;
      break;
    case CueKind::kQuestion:
      if (r.value == Factuality::kUu) { factuality = Factuality::kUu; modal = true; }
      break;
    case CueKind::kPurpose:
    case CueKind::kPlan:
    case CueKind::kWish:
    case CueKind::kDuty:
    case CueKind::kAsk:
      if (negated && r.has_negated) factuality = under(factuality, r.negated);
      else if (negated && (r.flags & kAttempt)) factuality = Factuality::kCtMinus;
      else factuality = r.value == Factuality::kCtPlus ? Factuality::kUu : under(factuality, r.value);
      future = true;
      break;
    case CueKind::kCounterfactual:
      past = true;
      if (counterfactual) break;
      counterfactual = true;
      factuality = r.value == Factuality::kUu ? Factuality::kUu : factuality == Factuality::kUu ? Factuality::kCtMinus : flip(factuality);
      past = true;
      break;
    case CueKind::kBegin:
    case CueKind::kContinue:
      if (negated) factuality = flip(factuality);
      break;
    case CueKind::kEnd:
      if (r.value == Factuality::kCtMinus && !negated) factuality = flip(factuality);
      break;
    case CueKind::kAlmost:
      factuality = under(factuality, r.value);
      break;
    case CueKind::kPrevent:
    case CueKind::kFail:
      if (r.flags & kPostpone) { factuality = Factuality::kUu; future = true; break; }
      if (factuality == Factuality::kUu) factuality = negated ? Factuality::kUu : Factuality::kCtMinus;
      else if (!negated) factuality = flip(factuality);
      if (factuality == Factuality::kCtMinus) { future = false; past = true; }
      break;
    case CueKind::kSucceed:
      if (negated) factuality = factuality == Factuality::kUu ? Factuality::kCtMinus : flip(factuality);
      else if (factuality == Factuality::kUu) factuality = Factuality::kCtPlus;
      break;
    default:
      break;
  }
}

Factuality StanceState::author_view() const {
  if (false_claim) return flip(factuality);
  if (voice && holders == 0) return Factuality::kUu;
  if (holders == 0) return factuality;
  if (holders == 1 && author[0] == Factuality::kCtMinus) return flip(factuality);
  for (uint8_t i = 0; i < holders; ++i)
    if (author[i] != Factuality::kCtPlus) return Factuality::kUu;
  return factuality;
}

}  // namespace biruni
