// Reads one number at a word: digits in any of the folded digit sets, number words of the pack, and mixtures
// ("3 million and 200 thousand"). Knows no language: which word means what, and in which order, is in
// packs/LANG/number/{words,settings}.tsv. Shared by the quantity and time stages.
//
//   NumberReader r(pack, "en");
//   NumberMatch m;
//   if (r.read(in, first, sentence_end, NumberReader::kAll, m)) ...   // m.value, m.kind, m.last
//
// Thread-safe, total. Cost: one table look-up for a word that begins no number.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "model/analysis.h"
#include "quantity/phrase_table.h"

namespace biruni {

/// What a number word does. Names in kNumberKinds, same order.
enum class NumberKind : uint32_t {
  kZero, kUnit, kTen, kTeen, kTens, kHundred, kScale, kScalePlural, kDualScale, kFraction, kFractionPlural, kFractionDual,
  kOrdinal, kVague, kAnd, kSign, kPoint, kOver, kOutOf, kIndefinite, kOf, kOrdinalSuffix, kPercent, kDegree, kRelative, kNever, kCount
};
inline constexpr const char* kNumberKinds[] = {
    "zero", "unit", "ten", "teen", "tens", "hundred", "scale", "scale_plural", "dual_scale", "fraction", "fraction_plural",
    "fraction_dual", "ordinal", "vague", "and", "sign", "point", "over", "out_of", "indefinite", "of", "ordinal_suffix",
    "percent", "degree", "relative", "never"};

constexpr uint32_t number_bit(NumberKind kind) { return 1u << static_cast<uint32_t>(kind); }
/// A number begins with one of these, with digits or with a sign before digits.
inline constexpr uint32_t kNumberBegins =
    ~(number_bit(NumberKind::kAnd) | number_bit(NumberKind::kPoint) | number_bit(NumberKind::kOver) | number_bit(NumberKind::kOutOf) |
      number_bit(NumberKind::kOf) | number_bit(NumberKind::kOrdinalSuffix) | number_bit(NumberKind::kPercent) | number_bit(NumberKind::kDegree) |
      number_bit(NumberKind::kRelative) | number_bit(NumberKind::kNever));

struct NumberSettings {
  uint8_t units_first = 0;    // 1: twenty-one is said one and twenty
  uint8_t and_required = 0;   // 1: parts are joined by `and`
  uint8_t hyphen = 0;         // 1: parts may be joined by a hyphen
  uint8_t counted_before = 0; // 1: a definite noun before a definite number is what is counted
  uint8_t unused[4] = {};
};

struct NumberMatch {
  uint32_t last = 0;          // word after the number
  double value = 0;
  double scale = 1;           // last scale word (1e6 in "2 million"), 1 if none
  QuantityKind kind = QuantityKind::kNumber;
  bool digits = false;        // a single digit token without a scale
  uint8_t digit_count = 0;    // digits of that token when it has no separators, else 0
  bool vague = false;         // value is a lower bound
  bool definite = false;      // first word carries the article
  StrId suffix = kNone;       // letters that follow the digits in the same token and are no scale
};

class NumberReader {
 public:
  static constexpr uint32_t kAll = 0, kNoFractions = 1;  // options: kNoFractions: 2/4 is not a fraction, nor is "3 on 4"
  NumberReader(std::shared_ptr<const Pack> pack, const std::string& lang);
  bool read(const Analysis& in, uint32_t at, uint32_t end, uint32_t options, NumberMatch& out) const;
  /// The row of kind `kind` at this word, or null.
  const PhraseRow* word(const Analysis& in, uint32_t at, uint32_t end, NumberKind kind) const {
    if (at >= end || !(in.words.words[at].asks & ask::kNumber)) return nullptr;
    const uint32_t first = words_.find(in.words.words[at].key);
    return first == kNone || !(kinds_[first] & number_bit(kind)) ? nullptr : row(in, at, end, first, kind);
  }
  /// Kinds of the rows that begin with this word (number_bit() each), whether or not their further words follow.
  uint32_t kinds(const Analysis& in, uint32_t at) const {
    const Word& w = in.words.words[at];
    const uint32_t first = w.asks & ask::kNumber ? words_.find(w.key) : kNone;
    return first == kNone ? 0 : kinds_[first];
  }
  /// A test without which read() cannot succeed; `kinds` of the same word.
  static bool may_begin(const Analysis& in, uint32_t at, uint32_t kinds) {
    const Token& t = in.text.tokens[in.words.words[at].token];
    return (kinds & kNumberBegins) || (t.flags & token_flag::kHasDigit) || t.kind == TokenKind::kNumber || t.punct == '-' || t.punct == '.' || t.punct == 0x2212;
  }
  void declare(AskTable& asks) const {
    asks.own(ask::kNumber);
    words_.declare(asks, ask::kNumber);
  }
  const NumberSettings& settings() const { return settings_; }
  /// Is the word a digit token (or begins with digits)?
  static bool starts_with_digit(const Analysis& in, uint32_t at) {
    const Token& t = in.text.tokens[in.words.words[at].token];
    if (t.kind == TokenKind::kNumber) return true;
    if (t.kind != TokenKind::kWord || !(t.flags & token_flag::kHasDigit) || t.norm.empty()) return false;
    const char c = in.text.norm[t.norm.begin];
    return c >= '0' && c <= '9';
  }
  static char32_t punct(const Analysis& in, uint32_t at) { return in.text.tokens[in.words.words[at].token].punct; }
  /// No white space between word at-1 and word at.
  static bool tight(const Analysis& in, uint32_t at);

 private:
  friend struct NumberParse;
  const PhraseRow* row(const Analysis& in, uint32_t at, uint32_t end, uint32_t first, NumberKind kind) const;
  bool digits(const Analysis& in, uint32_t at, uint32_t end, NumberMatch& out) const;
  std::shared_ptr<const Pack> pack_;
  PhraseTable words_;
  std::vector<uint32_t> kinds_;  // per row that is the first of its word: kinds of all of them
  NumberSettings settings_;
};

}  // namespace biruni
