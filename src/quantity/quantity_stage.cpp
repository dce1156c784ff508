// Around each number that NumberReader finds: a second number (range), a percent sign or unit, the noun counted, and
// words that bound it on either side.
#include "quantity/quantity_stage.h"

#include <algorithm>
#include <limits>

#include "quantity/number_reader.h"

namespace biruni {
namespace {

constexpr uint32_t kMaxBoundWords = 7;
constexpr uint8_t kUnsureMargin = 128;  // a definite "dual" is often a noun that only looks like one
constexpr uint32_t kMaxModifiers = 4;  // words between a number and its noun

class Stage final : public QuantityStage {
 public:
  Stage(const std::shared_ptr<const Pack>& pack, const std::string& lang, bool relative)
      : reader_(pack, lang), units_(pack, lang + "/number_units"), bounds_(pack, lang + "/number_bounds"),
        unit_rows_(pack->section<UnitRow>("common/units")), rules_(pack->section<StrId>(lang + "/number_rules")), relative_(relative) {
    UnitTable table(pack);
    percent_ = table.find("percent");
  }

  void declare(AskTable& asks) const override { reader_.declare(asks); }

  void run(const Analysis& in, uint32_t sentence, QuantityLayer& out) const override {
    const WordRange range = in.words.of_sentence(sentence);
    uint32_t free_from = range.first;  // words before it belong to an earlier quantity
    for (uint32_t i = range.first; i < range.last;) {
      const uint32_t kinds = reader_.kinds(in, i);
      if (kinds & number_bit(NumberKind::kPercent))
        if (const PhraseRow* pct = reader_.word(in, i, range.last, NumberKind::kPercent)) { i += pct->rest_count + 1u; continue; }
      NumberMatch m;
      if (const PhraseRow* phrase = relative_ ? reader_.word(in, i, range.last, NumberKind::kRelative) : nullptr; phrase && phrase->rest_count) {  // the second to last
        i = relative(in, i, range.last, out) + 1;
        continue;
      }
      if (NumberReader::may_begin(in, i, kinds) && reader_.read(in, i, range.last, NumberReader::kAll, m) && !url(in, i)) {
        Quantity q = number(in, i, m, range, free_from);
        out.rows.push_back(q);
        i = std::max({q.number_words.last, q.words.last, i + 1});
        free_from = i;
        continue;
      }
      if (dual_noun(in, i)) { out.rows.push_back(dual(in, i, range.last)); free_from = i + 1; }
      else if (relative_ && (kinds & number_bit(NumberKind::kRelative))) i = relative(in, i, range.last, out);
      ++i;
    }
  }

 private:
  uint32_t rule(QuantityRule r) const { return static_cast<size_t>(r) < rules_.size() ? rules_[static_cast<size_t>(r)] : kNone; }
  static bool url(const Analysis& in, uint32_t i) { return in.text.tokens[in.words.words[i].token].kind == TokenKind::kUrl; }

  const PhraseRow* bound(const Analysis& in, uint32_t at, uint32_t end, BoundPlace place) const {
    const PhraseRow* found = nullptr;
    if (at >= end) return nullptr;
    bounds_.at(in, at, end, [&](const PhraseRow& r) {
      if (!found && r.cls / 16 == static_cast<uint32_t>(place)) found = &r;
    });
    return found;
  }

  const PhraseRow* unit(const Analysis& in, uint32_t at, uint32_t end) const {
    const PhraseRow* found = nullptr;
    if (at >= end) return nullptr;
    units_.at(in, at, end, [&](const PhraseRow& r) { if (!found) found = &r; });
    return found;
  }

  Quantity number(const Analysis& in, uint32_t at, const NumberMatch& m, WordRange range, uint32_t free_from) const {
    Quantity q;
    q.words = q.number_words = {at, m.last};
    q.value = q.low = q.high = m.value;
    q.kind = m.kind;
    q.rule = rule(m.kind == QuantityKind::kOrdinal ? QuantityRule::kOrdinal : m.kind == QuantityKind::kFraction ? QuantityRule::kFraction : QuantityRule::kCardinal);
    if (m.vague) {
      q.bound = Bound::kAtLeast;
      q.high = std::numeric_limits<double>::infinity();
      q.rule = rule(QuantityRule::kVague);
    }
    if (ordinal_by_place(in, at, m, range.first)) { q.kind = QuantityKind::kOrdinal; q.rule = rule(QuantityRule::kOrdinal); }
    if (q.kind != QuantityKind::kOrdinal) {
      second_number(in, at, m, range, q);
      percent_or_unit(in, m, range, free_from, q);
    }
    counted(in, m, range, q);
    bounds(in, range, free_from, q);
    return q;
  }

  // A definite ten, hundred or scale word after a definite singular noun counts it off: "the twentieth century".
  bool ordinal_by_place(const Analysis& in, uint32_t at, const NumberMatch& m, uint32_t begin) const {
    if (!reader_.settings().counted_before || !m.definite || m.kind != QuantityKind::kNumber || m.vague || at == begin) return false;
    if (m.value < 20 && m.value != 0 && m.last - at > 1) return false;
    if (m.value < 20) return false;
    const Word& before = in.words.words[at - 1];
    return before.get(feat::kDef) && before.get(feat::kNumber) != 3 && NumberReader::punct(in, at - 1) == 0;
  }

  void second_number(const Analysis& in, uint32_t at, const NumberMatch& m, WordRange range, Quantity& q) const {
    const uint32_t i = q.number_words.last;
    if (i + 1 >= range.last) return;
    const PhraseRow* between = at > range.first ? bound(in, at - 1, at, BoundPlace::kBetween) : nullptr;
    const PhraseRow* from = at > range.first ? bound(in, at - 1, at, BoundPlace::kFrom) : nullptr;
    const char32_t p = NumberReader::punct(in, i);
    uint32_t next = kNone;
    if (between && reader_.word(in, i, range.last, NumberKind::kAnd)) next = i + 1;
    else if (const PhraseRow* to = bound(in, i, range.last, BoundPlace::kTo)) next = i + 1 + to->rest_count;
    else if ((p == '-' || p == 0x2013 || p == 0x2014) && m.digits && in.words.words[i].raw.size() <= 3 &&
             (NumberReader::tight(in, i) == NumberReader::tight(in, i + 1)) && NumberReader::starts_with_digit(in, i + 1)) next = i + 1;
    NumberMatch b;
    if (next == kNone || next >= range.last || !reader_.read(in, next, range.last, NumberReader::kAll, b)) return;
    if (b.kind == QuantityKind::kOrdinal || b.vague || m.vague) return;
    if (next == i + 1 && p && b.last < range.last && NumberReader::punct(in, b.last) == p) return;  // 18-9-15
    if (next == i + 1 && p && at > range.first && NumberReader::punct(in, at - 1) == p) return;
    double low = m.value;
    if (b.scale > 1 && m.scale == 1 && low < b.value / b.scale * 10 && low * b.scale <= b.value * 1.0001) low *= b.scale;  // 5 to 7 million
    if (low > b.value) return;
    q.low = low;
    q.high = b.value;
    q.value = (low + b.value) / 2;
    q.bound = Bound::kRange;
    q.kind = b.kind;
    q.rule = rule(QuantityRule::kRange);
    q.number_words.last = b.last;
    q.words.last = b.last;
    if (between || from) q.words.first = at - 1;
  }

  void percent_or_unit(const Analysis& in, const NumberMatch& m, WordRange range, uint32_t free_from, Quantity& q) const {
    const uint32_t i = q.number_words.last;
    if (m.suffix != kNone && q.number_words.last == m.last) {
      const uint32_t row = units_.find(m.suffix);
      if (row != kNone) q.unit = units_.row(row).cls;
    } else if (const PhraseRow* pct = reader_.word(in, i, range.last, NumberKind::kPercent)) {
      q.unit = percent_;
      q.words.last = i + 1 + pct->rest_count;
    } else if (i < range.last && (NumberReader::punct(in, i) == '%' || NumberReader::punct(in, i) == 0x066A)) {
      q.unit = percent_;
      q.words.last = i + 1;
    } else if (const PhraseRow* u = unit(in, i, range.last)) {
      q.unit = u->cls;
      q.words.last = i + 1 + u->rest_count;
      if (in.words.words[i].tag != Tag::kSym && in.words.words[i].tag != Tag::kPunct) q.counted = i;
    } else if (const PhraseRow* joined = i + 1 < range.last && NumberReader::punct(in, i) == '-' && NumberReader::tight(in, i) && NumberReader::tight(in, i + 1) ? unit(in, i + 1, range.last) : nullptr;
               joined && joined->value != kUnitMayPrecede) {  // a 400-kilometre border
      q.unit = joined->cls;
      q.words.last = i + 2 + joined->rest_count;
      q.counted = i + 1;
    } else if (q.words.first > free_from) {
      const uint32_t b = q.number_words.first - 1;
      if (b >= free_from && NumberReader::tight(in, q.number_words.first)) {
        const PhraseRow* sign = unit(in, b, b + 1);
        if (sign && sign->value == kUnitMayPrecede) { q.unit = sign->cls; q.words.first = std::min(q.words.first, b); }
        if (!sign && b > free_from && (sign = unit(in, b - 1, b + 1)) && sign->rest_count == 1 && sign->value == kUnitMayPrecede) {
          q.unit = sign->cls;  // US$20
          q.words.first = std::min(q.words.first, b - 1);
        }
      }
      for (uint32_t k = 1; q.unit == kNone && k <= 3 && q.number_words.first >= range.first + k; ++k) {  // in the hundred 10
        const uint32_t at = q.number_words.first - k;
        const PhraseRow* pct = at >= free_from ? reader_.word(in, at, range.last, NumberKind::kPercent) : nullptr;
        if (pct && pct->rest_count + 1u == k) { q.unit = percent_; q.words.first = at; }
      }
    }
    if (q.unit == percent_ && percent_ != kNone) { q.kind = QuantityKind::kPercent; q.rule = rule(QuantityRule::kPercent); }
  }

  void counted(const Analysis& in, const NumberMatch& m, WordRange range, Quantity& q) const {
    const auto& words = in.words.words;
    const uint32_t first = q.number_words.first;
    if (q.counted != kNone) return;
    const bool noun_before = reader_.settings().counted_before && first > range.first && words[first - 1].tag == Tag::kNoun && !words[first - 1].clitic;
    if (noun_before && (m.definite || q.kind == QuantityKind::kOrdinal || q.value == 1) &&
        (m.definite == (words[first - 1].get(feat::kDef) != 0) || words[first - 1].get(feat::kPoss))) {
      q.counted = first - 1;
      return;
    }
    if (q.unit != kNone) {
      if (q.kind != QuantityKind::kPercent) return;
    }
    uint32_t i = q.words.last;
    if (i < range.last && (reader_.word(in, i, range.last, NumberKind::kOutOf) || reader_.word(in, i, range.last, NumberKind::kOf))) {
      ++i;
      while (i < range.last && words[i].tag == Tag::kDet) ++i;
      if (i < range.last && is_noun(words[i])) q.counted = i;
      return;
    }
    uint32_t best = kNone;
    for (uint32_t k = 0; i < range.last && k < kMaxModifiers; ++i, ++k) {
      const Word& w = words[i];
      if (is_noun(w)) {
        // after a plain number only an indefinite noun is counted where definiteness is marked on the noun
        if (reader_.settings().counted_before && w.get(feat::kDef) && !m.vague && q.kind == QuantityKind::kNumber) break;
        if (best != kNone && (w.get(feat::kDef) || reader_.settings().counted_before)) break;
        best = i;
        if (reader_.settings().counted_before) break;
      } else if (w.tag == Tag::kPropn || w.tag == Tag::kAdj || w.tag == Tag::kNum) {
        if (best != kNone || reader_.settings().counted_before) break;
      } else if (NumberReader::punct(in, i) == '-' && NumberReader::tight(in, i)) {
        if (best != kNone) break;
      } else {
        break;
      }
    }
    if (best != kNone && q.kind != QuantityKind::kPercent) q.counted = best;
  }

  static bool is_noun(const Word& w) { return w.tag == Tag::kNoun && !w.clitic; }

  void bounds(const Analysis& in, WordRange range, uint32_t free_from, Quantity& q) const {
    if (q.kind == QuantityKind::kOrdinal) return;
    const uint32_t first = q.words.first;
    const PhraseRow* before = nullptr;
    uint32_t begin = first;
    for (uint32_t k = 1; k <= kMaxBoundWords && first >= free_from + k; ++k) {
      bounds_.at(in, first - k, first, [&](const PhraseRow& r) {
        if (r.cls / 16 == static_cast<uint32_t>(BoundPlace::kBefore) && r.rest_count + 1u == k) { before = &r; begin = first - k; }
      });
    }
    if (before) {
      set_bound(static_cast<Bound>(before->cls % 16), q);
      if (before->value != kBoundIsVerb) q.words.first = begin;
    }
    uint32_t i = q.words.last;
    for (int step = 0; step < 2; ++step) {
      if (const PhraseRow* after = bound(in, i, range.last, BoundPlace::kAfter)) {
        set_bound(static_cast<Bound>(after->cls % 16), q);
        q.words.last = i + 1 + after->rest_count;
        return;
      }
      if (q.counted == kNone || q.counted < i) return;
      i = q.counted + 1;  // at least may follow the noun
    }
  }

  static void set_bound(Bound b, Quantity& q) {
    const double inf = std::numeric_limits<double>::infinity();
    if (q.bound == Bound::kRange) return;
    const double v = q.value;
    q.bound = b;
    switch (b) {
      case Bound::kAbout: q.low = v * 0.9; q.high = v * 1.1; break;
      case Bound::kAtLeast:
      case Bound::kMoreThan: q.low = v; q.high = inf; break;
      case Bound::kAtMost:
      case Bound::kLessThan: q.low = 0; q.high = v; break;
      default: break;
    }
  }

  static bool in_name(const Analysis& in, uint32_t i) { return i < in.matches.name_at.size() && in.matches.name_at[i] != kNone; }

  static bool dual_noun(const Analysis& in, uint32_t i) {
    const Word& w = in.words.words[i];
    return w.tag == Tag::kNoun && w.get(feat::kNumber) == 2 && !w.clitic && !w.get(feat::kProper) && w.source == WordSource::kLexicon &&
           ((!w.get(feat::kDef) && !w.get(feat::kConstruct)) || w.margin < kUnsureMargin) && !in_name(in, i);
  }

  Quantity dual(const Analysis& in, uint32_t i, uint32_t end) const {
    Quantity q;
    q.words = q.number_words = {i, i + 1};
    q.value = q.low = q.high = 2;
    q.counted = i;
    q.rule = rule(QuantityRule::kDual);
    if (const PhraseRow* u = unit(in, i, end)) { q.unit = u->cls; q.words.last = i + 1 + u->rest_count; }
    return q;
  }

  uint32_t relative(const Analysis& in, uint32_t i, uint32_t end, QuantityLayer& out) const {
    const PhraseRow* row = reader_.word(in, i, end, NumberKind::kRelative);
    if (!row) return i;
    Quantity q;
    q.words = q.number_words = {i, i + 1 + row->rest_count};
    q.kind = QuantityKind::kOrdinal;
    q.low = row->value >= 50 ? 1 : 0;               // 100 + n: counted from here
    q.value = row->value >= 50 ? row->value - 100 : row->value;
    q.rule = rule(QuantityRule::kRelative);
    out.rows.push_back(q);
    return i + row->rest_count;
  }

  NumberReader reader_;
  PhraseTable units_, bounds_;
  std::span<const UnitRow> unit_rows_;
  std::span<const StrId> rules_;
  uint32_t percent_ = kNone;
  bool relative_;
};

}  // namespace

uint32_t UnitTable::find(std::string_view id) const {
  for (uint32_t i = 0; i < rows_.size(); ++i)
    if (pack_->str(rows_[i].id) == id) return i;
  return kNone;
}

std::unique_ptr<QuantityStage> QuantityStage::open(std::shared_ptr<const Pack> pack, const std::string& lang, bool relative_ordinals) {
  return std::make_unique<Stage>(pack, lang, relative_ordinals);
}

void drop_quantities_in_times(const TimeLayer& times, size_t first_time, QuantityLayer& quantities, size_t first) {
  auto inside = [&](const Quantity& q) {
    for (size_t t = first_time; t < times.rows.size(); ++t) {
      const WordRange r = times.rows[t].words;
      if (r.first < q.number_words.last && q.number_words.first < r.last) return true;
    }
    return false;
  };
  quantities.rows.erase(std::remove_if(quantities.rows.begin() + static_cast<std::ptrdiff_t>(std::min(first, quantities.rows.size())), quantities.rows.end(), inside), quantities.rows.end());
}

}  // namespace biruni
