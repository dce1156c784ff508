// The state of one event on its way from the trigger to the root, and the operators that change it. Pure values.
#pragma once
#include <algorithm>
#include <cstdint>

#include "stance/cues.h"
#include "stance/tables.h"

namespace biruni {

inline bool positive(Factuality f) { return f == Factuality::kCtPlus || f == Factuality::kPrPlus || f == Factuality::kPsPlus; }

/// Change of polarity; what nobody commits to stays so.
inline Factuality flip(Factuality f) {
  switch (f) {
    case Factuality::kCtPlus: return Factuality::kCtMinus;
    case Factuality::kPrPlus: return Factuality::kPrMinus;
    case Factuality::kPsPlus: return Factuality::kPsMinus;
    case Factuality::kCtMinus: return Factuality::kCtPlus;
    case Factuality::kPrMinus: return Factuality::kPrPlus;
    case Factuality::kPsMinus: return Factuality::kPsPlus;
    case Factuality::kUu: return Factuality::kUu;
  }
  return f;
}

/// What is left of `f` under an operator of value `v`: the lower certainty; a negative value turns the polarity.
inline Factuality under(Factuality f, Factuality v) {
  if (v == Factuality::kUu || f == Factuality::kUu) return Factuality::kUu;
  const auto rank = [](Factuality x) {
    switch (x) {
      case Factuality::kCtPlus: case Factuality::kCtMinus: return 3;
      case Factuality::kPrPlus: case Factuality::kPrMinus: return 2;
      default: return 1;
    }
  };
  const bool plus = positive(f) == positive(v);
  switch (std::min(rank(f), rank(v))) {
    case 3: return plus ? Factuality::kCtPlus : Factuality::kCtMinus;
    case 2: return plus ? Factuality::kPrPlus : Factuality::kPrMinus;
    default: return plus ? Factuality::kPsPlus : Factuality::kPsMinus;
  }
}

struct StanceState {
  static constexpr uint8_t kMaxHolders = 4;
  static constexpr uint8_t kMaxRules = 12;

  Factuality factuality = Factuality::kCtPlus;
  Factuality content = Factuality::kCtPlus;   // before the innermost report
  bool open = true;          // still in the scope of what governs its words; false once it is presupposed
  bool voice = false;        // on somebody's word who is not named at all
  bool alleged = false;
  bool unsourced = false;
  bool future = false;       // something on the way puts it in the future
  bool past = false;
  bool historical = false;
  bool present = false;
  bool modal = false;        // only possible or probable: with a form that is not past it is to come
  bool allegation = false;
  bool conditional = false;  // in a condition, or on one
  bool counterfactual = false;
  bool denied = false;       // the content was called untrue by a word without a holder: who says so denies it
  bool false_claim = false;  // the author calls the report false
  bool noun_report = false;  // the innermost holder came with a noun: "the claim by X that"
  uint8_t holders = 0;       // innermost first
  Holder holder[kMaxHolders];
  Factuality author[kMaxHolders] = {};
  const StanceRow* report = nullptr;   // the last report passed
  uint32_t report_word = kNone;
  uint8_t rules = 0;
  StrId rule[kMaxRules] = {};

  bool reported() const { return holders > 0 || voice; }
  void note(StrId id) {
    if (rules < kMaxRules) rule[rules++] = id;
  }
  /// A cue that is not a report governs the event.
  void cue(const StanceRow& r, bool negated);
  /// A negation that belongs to no cue.
  void negate() {
    if (open && !reported()) factuality = flip(factuality);
  }
  Factuality author_view() const;
};

}  // namespace biruni
