// Compiled rows of packs/LANG/stance (docs/formats/packs.md): words that put what follows on somebody's word (reports),
// words that change whether it happened (cues), loaded phrases (evaluative). Written by stance/compile.
#pragma once
#include <cstdint>

#include "event/tables.h"
#include "model/event.h"
#include "pack/pack.h"

namespace biruni {

enum class CueKind : uint8_t {
  kReport, kNeg, kModal, kCond, kCounterfactual, kPurpose, kPlan, kWish, kDuty, kAsk, kQuestion, kBegin, kContinue, kEnd,
  kAlmost, kExceptive, kPresuppose, kPrevent, kFail, kSucceed, kLooksLike, kAllegation, kOpinion,
};

namespace stance_flag {
inline constexpr uint64_t kDistance = 1ull << 0, kAccuse = 1ull << 1, kAnonymous = 1ull << 2, kPresuppose = 1ull << 3, kWant = 1ull << 4,
    kFuture = 1ull << 5, kPassive = 1ull << 6, kClause = 1ull << 7, kNeedReport = 1ull << 8, kNeedQuote = 1ull << 9, kBackground = 1ull << 10,
    kPerfect = 1ull << 11, kImperfect = 1ull << 12, kSubjunctive = 1ull << 13, kJussive = 1ull << 14, kNeedEvent = 1ull << 15,
    kWithNeg = 1ull << 16, kPast = 1ull << 17, kHistorical = 1ull << 18, kPresent = 1ull << 19, kNoun = 1ull << 20, kPermit = 1ull << 21,
    kEvenIf = 1ull << 22, kConcessive = 1ull << 23, kHolderSelf = 1ull << 24, kUnsourced = 1ull << 25, kNeedAgree = 1ull << 26,
    kNeedAsk = 1ull << 27, kAttempt = 1ull << 28, kMasdar = 1ull << 29, kNoHolder = 1ull << 30, kPostpone = 1ull << 31,
    kDeny = 1ull << 32, kInfinitive = 1ull << 33, kGerund = 1ull << 34, kActive = 1ull << 35, kClitic = 1ull << 36, kPerforms = 1ull << 37, kComplementizer = 1ull << 38, kNeedCond = 1ull << 39, kInverted = 1ull << 40;
}  // namespace stance_flag

namespace stance_scope {
inline constexpr uint8_t kVerb = 1, kHead = 2, kClause = 4, kConsequence = 8;
}

/// Sections LANG/stance_rows: reports and cues alike. Frame items (role C: what it governs; H holder; T addressee; S its
/// source) lie in LANG/stance_frames, the keys of its words in LANG/stance_keys.
struct StanceRow {
  StrId id = 0;
  uint32_t keys_begin = 0, keys_end = 0;
  uint32_t frame_begin = 0, frame_end = 0;
  uint32_t pad2 = 0;
  uint64_t flags = 0;
  Tag tag = Tag::kX;
  CueKind kind = CueKind::kReport;
  StanceKind stance = StanceKind::kNone;
  Factuality value = Factuality::kCtPlus;   // commit of a report, value of a cue
  Factuality author = Factuality::kUu;      // reports
  Factuality negated = Factuality::kUu;     // value under negation, if has_negated
  uint8_t has_negated = 0;
  uint8_t scope = 0;                        // stance_scope bits
};

/// LANG/stance_spellings: the words as written in the table, parallel to stance_keys.
/// LANG/stance_by_key: row by the key of its first word; several rows of a key follow each other (sorted by key).
struct StanceKeyRow {
  StrId key = 0;
  uint32_t row = 0;
  uint32_t fallback = 0;  // 1: only where the lemma of the word has no rows (a homograph was chosen)
};

/// LANG/stance_evaluative.
struct EvaluativeRow { StrId first = 0; uint32_t keys_begin = 0, keys_end = 0; StrId kind = 0; };

/// Reasons of the genre, in the order of section stance/reasons.
enum class GenreReason : uint8_t { kFirstPerson, kQuestions, kEvaluative, kFewSources, kManySources, kDateline, kAllegations, kCount };

}  // namespace biruni
