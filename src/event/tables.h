// Compiled rows of packs/LANG/events (see docs/formats/packs.md). Written by event/compile, read by event/coder.
#pragma once
#include <cstdint>

#include "model/clause.h"
#include "morph/lemma.h"
#include "pack/pack.h"

namespace biruni {

/// A relation as frames name it: a Rel, or an oblique with a preposition key.
struct RelSpec {
  Rel rel = Rel::kNone;
  uint8_t context = 0;       // 1: any word of the sentence (ctx)
  uint8_t negated = 0;       // !REL
  uint8_t pad = 0;
  StrId prep = 0;            // key of the preposition for Rel::kObl
};

/// role: N names the recipient inside it, A actor, R recipient, P place, C content, I instrument, V object of the act, E event noun of a light verb, H holder, T addressee.
struct FrameItem { RelSpec rel; uint8_t role = 0; uint8_t pad[3] = {}; };

enum class CondKind : uint8_t { kPresent, kClass, kLemma, kActor, kCountry, kPerson, kOrg, kArmed, kPlace, kNumber, kEvent, kClause, kInfinitive, kDuty, kOfficial, kNegated };

/// One condition: any of values[begin, end) fulfils it.
struct Condition { RelSpec rel; uint32_t values_begin = 0, values_end = 0; };
struct ConditionValue { CondKind kind = CondKind::kPresent; uint8_t pad[3] = {}; uint32_t value = 0; };  // class id, key StrId, type index

struct EventRow {
  StrId id = 0;
  StrId cameo = 0;
  StrId origin = 0;
  uint64_t contexts = 0;
  uint32_t frame_begin = 0, frame_end = 0;
  uint32_t need_begin = 0, need_end = 0;
  uint32_t not_begin = 0, not_end = 0;
  uint32_t idiom_begin = 0, idiom_end = 0;        // keys of the other words, in event_keys
  uint32_t magnitude_begin = 0, magnitude_end = 0;
  StrId look_alike = 0;                           // reason, for rows of type `-`
  uint8_t type = 0, mode = 0;
  Tag tag = Tag::kX;
  uint8_t swallow = 0;
};
struct MagnitudeSpec { RelSpec rel; uint8_t what = 0; uint8_t pad[3] = {}; };

enum class Aspect : uint8_t { kNone, kBegin, kContinue, kEnd, kPrevent, kPlan, kCause, kRepeat, kResume };

struct LightRow {
  StrId id = 0;
  RelSpec event;
  uint32_t frame_begin = 0, frame_end = 0;
  uint32_t idiom_begin = 0, idiom_end = 0;
  Tag tag = Tag::kX;
  Aspect aspect = Aspect::kNone;
  uint16_t pad = 0;
};

/// rows_of_lemma[lemma] = range in an index list (sections LANG/events_of, LANG/light_of).
struct IndexRange { uint32_t begin = 0, end = 0; };

}  // namespace biruni
