// A number is a sum of groups, each a value below a thousand times a scale. The reader walks the words and asks of each
// whether it still fits: units after tens (or before them), hundreds before both, scales descending. What does not fit
// ends the number and is not consumed, nor is the "and" before it.
#include "quantity/number_reader.h"

#include <cmath>
#include <limits>

namespace biruni {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

std::string_view norm_of(const Analysis& in, uint32_t at) {
  return in.text.norm_of(in.text.tokens[in.words.words[at].token]);
}

}  // namespace

bool NumberReader::tight(const Analysis& in, uint32_t at) {
  const auto& words = in.words.words;
  return at > 0 && at < words.size() && words[at].raw.begin <= words[at - 1].raw.end + 3 &&
         !(in.text.tokens[words[at].token].flags & token_flag::kSpaceBefore);
}

NumberReader::NumberReader(std::shared_ptr<const Pack> pack, const std::string& lang)
    : pack_(pack), words_(pack, lang + "/number_words") {
  const auto s = pack->section<NumberSettings>(lang + "/number_settings");
  if (!s.empty()) settings_ = s[0];
  static_assert(static_cast<uint32_t>(NumberKind::kCount) <= 32);
  kinds_.assign(words_.size(), 0);
  for (uint32_t i = 0; i < words_.size(); ++i) kinds_[words_.find(words_.row(i).first)] |= 1u << words_.row(i).cls;
}

const PhraseRow* NumberReader::row(const Analysis& in, uint32_t at, uint32_t end, uint32_t first, NumberKind kind) const {
  const PhraseRow* found = nullptr;
  words_.at(in, at, end, first, [&](const PhraseRow& r) {
    if (!found && r.cls == static_cast<uint32_t>(kind)) found = &r;
  });
  return found;
}

// 1,460  4,8  1.234.567  1 234 567  20k  3rd. Comma: thousands if every group after it has three digits and the first
// is not 0; otherwise a decimal mark. Two kinds of marks: the last is the decimal one.
bool NumberReader::digits(const Analysis& in, uint32_t at, uint32_t end, NumberMatch& out) const {
  char text[64];
  uint32_t n = 0;
  auto put = [&](std::string_view s) {
    for (char c : s)
      if (n < sizeof text) text[n++] = c;
  };
  const std::string_view first = norm_of(in, at);
  size_t stop = 0;
  while (stop < first.size() && (digit(first[stop]) || first[stop] == '.' || first[stop] == ',')) ++stop;
  const bool suffixed = stop < first.size();
  while (stop > 0 && !digit(first[stop - 1])) --stop;
  if (stop == 0 || stop > 40) return false;
  put(first.substr(0, stop));
  uint32_t i = at + 1;
  bool grouped = false;
  auto group3 = [&](uint32_t k) {
    if (k >= end || in.text.tokens[in.words.words[k].token].kind != TokenKind::kNumber) return false;
    const std::string_view s = norm_of(in, k);
    return s.size() >= 3 && digit(s[0]) && digit(s[1]) && digit(s[2]) && (s.size() == 3 || !digit(s[3]));
  };
  if (!suffixed) {
    const bool plain = first.find_first_of(".,") == std::string_view::npos;
    if (plain && first.size() <= 3 && first[0] != '0') {  // groups separated by blanks
      while (group3(i) && !tight(in, i) && i < at + 6) {
        const std::string_view s = norm_of(in, i);
        if (s.find(',') != std::string_view::npos) break;
        put(s);
        grouped = true;
        ++i;
        if (s.size() > 3) break;
      }
    }
    // a separator that the tokenizer left alone: another script's comma, or one with a direction mark beside it
    while (i + 1 < end && (punct(in, i) == 0x060C || punct(in, i) == ',' || punct(in, i) == '.') && tight(in, i) && tight(in, i + 1) &&
           in.text.tokens[in.words.words[i + 1].token].kind == TokenKind::kNumber && norm_of(in, i).size() <= 2) {
      put(punct(in, i) == '.' ? "." : ",");
      put(norm_of(in, i + 1));
      i += 2;
    }
  }
  uint32_t commas = 0, dots = 0, last_mark = n, digit_count = 0;
  bool thousands = true;
  for (uint32_t k = 0, run = 0; k <= n; ++k) {
    if (k < n && digit(text[k])) { ++run; ++digit_count; continue; }
    if (commas + dots > 0 && run != 3) thousands = false;
    if (commas + dots == 0 && (run > 3 || (text[0] == '0'))) thousands = false;
    if (k < n) { (text[k] == ',' ? commas : dots)++; last_mark = k; }
    run = 0;
  }
  bool decimal = false;
  if (commas + dots) {
    if (commas && dots) decimal = true;
    else if (commas) decimal = !thousands;
    else decimal = dots == 1;
  }
  double value = 0, unit = 1;
  for (uint32_t k = 0; k < n; ++k) {
    if (!digit(text[k])) continue;
    if (decimal && k > last_mark) { unit /= 10; value += (text[k] - '0') * unit; }
    else value = value * 10 + (text[k] - '0');
  }
  if (decimal) {  // exact decimal: integer over a power of ten
    double whole = 0, power = 1;
    for (uint32_t k = 0; k < n; ++k) {
      if (!digit(text[k])) continue;
      whole = whole * 10 + (text[k] - '0');
      if (k > last_mark) power *= 10;
    }
    value = whole / power;
  }
  out = NumberMatch{};
  out.value = value;
  out.last = i;
  out.digits = true;
  out.digit_count = commas + dots == 0 && !grouped ? static_cast<uint8_t>(digit_count) : 0;
  if (suffixed) {
    std::string_view s = in.text.key_of(in.text.tokens[in.words.words[at].token]);
    size_t k = 0;
    while (k < s.size() && (digit(s[k]) || s[k] == ',' || s[k] == '.')) ++k;
    s.remove_prefix(k);
    out.suffix = pack_->find(s);
    const uint32_t row = words_.find(out.suffix);
    if (row != kNone) {
      const PhraseRow& r = words_.row(row);
      if (r.cls == static_cast<uint32_t>(NumberKind::kOrdinalSuffix)) { out.kind = QuantityKind::kOrdinal; out.suffix = kNone; out.digits = false; }
      else if (r.cls == static_cast<uint32_t>(NumberKind::kScale) || r.cls == static_cast<uint32_t>(NumberKind::kScalePlural)) {
        out.value *= r.value;
        out.scale = r.value;
        out.digits = false;
        out.suffix = kNone;
      }
    }
  }
  return true;
}

namespace {
constexpr double kHuge = std::numeric_limits<double>::infinity();
enum class Atom : uint8_t { kNothing, kDigits, kUnit, kTens, kHundred, kScale, kFraction };
}  // namespace

/// State of one number being read.
struct NumberParse {
  const NumberReader* reader;
  const Analysis* analysis;
  uint32_t end;
  double total = 0, group = 0, last_scale = kHuge, last_term = 0, last_unit = 0;
  Atom last = Atom::kNothing;
  bool ordinal = false, fraction = false, vague = false;
  bool seen() const { return last != Atom::kNothing; }
  int rest100() const { return static_cast<int>(std::fmod(group, 100)); }
  bool whole() const { return group == std::floor(group); }
  bool add_scale(double s, bool joined);
  bool add(const PhraseRow& row, bool joined, uint32_t at);
  bool add_fraction(const PhraseRow& row, bool joined, uint32_t at);
  bool definite_noun_next(uint32_t at) const;
};

bool NumberParse::definite_noun_next(uint32_t at) const {
  if (at + 1 >= end || analysis->words.words[at].get(feat::kDef)) return false;
  const Word& w = analysis->words.words[at + 1];
  return w.get(feat::kDef) && w.get(feat::kNumber) != 3 && NumberReader::punct(*analysis, at + 1) == 0;
}

bool NumberParse::add_scale(double s, bool joined) {
  if (joined || (group == 0 && !seen())) {
    if (group != 0 && joined) {  // "hundred and a thousand" is two numbers; "5 million and thousand" one
      if (last != Atom::kScale) return false;
    }
    if (s >= last_scale) return false;
    total += s;
    last_term = s;
  } else if (group > 0) {
    if (s >= last_scale) return false;
    last_term = group * s;
    total += last_term;
    group = 0;
  } else if (last == Atom::kScale) {  // thousand million
    total += last_term * (s - 1);
    last_term *= s;
  } else {
    return false;
  }
  last_scale = s;
  last = Atom::kScale;
  fraction = false;
  return true;
}

bool NumberParse::add_fraction(const PhraseRow& row, bool joined, uint32_t at) {
  const auto kind = static_cast<NumberKind>(row.cls);
  if (ordinal) return false;
  const double part = (kind == NumberKind::kFractionDual ? 2.0 : 1.0) / row.value;
  if (!seen()) {
    if (kind == NumberKind::kFractionPlural) return false;
    group = part;
    fraction = true;
  } else if (kind == NumberKind::kFractionPlural) {
    if (last == Atom::kUnit && last_unit > 0) group += last_unit / row.value - last_unit;
    else if ((last == Atom::kDigits || last == Atom::kTens) && !joined) group /= row.value;
    else return false;
    fraction = total == 0;
  } else if (joined) {
    // a bare fraction word that is also a unit is not added: "three and a fifth" needs the article of that language
    const double base = last == Atom::kScale && last_scale >= 1000 ? last_term > 0 ? last_scale : 1 : 1;
    if (base > 1) total += base * part;
    else group += part;
  } else {
    return false;
  }
  last = Atom::kFraction;
  (void)at;
  return true;
}

bool NumberParse::add(const PhraseRow& row, bool joined, uint32_t at) {
  const NumberSettings& set = reader->settings();
  const double v = row.value;
  const bool glue = joined || !set.and_required;
  const int rest = rest100();
  switch (static_cast<NumberKind>(row.cls)) {
    case NumberKind::kZero:
      if (seen()) return false;
      last = Atom::kUnit;
      last_unit = 0;
      last_scale = 0;
      return true;
    case NumberKind::kUnit:
      if (!seen() || (group == 0 && last == Atom::kScale && glue)) { group = v; }
      else if (glue && whole() && rest % 10 == 0 && rest != 10 && last_scale > 1 && (last == Atom::kTens || last == Atom::kHundred)) { group += v; }
      else return false;
      last = Atom::kUnit;
      last_unit = v;
      return true;
    case NumberKind::kTen:
      if (!joined && last == Atom::kUnit && rest > 0 && rest < 10) { group += 10; last = Atom::kTens; last_unit = 0; return true; }
      [[fallthrough]];
    case NumberKind::kTeen:
      if (seen() && !(glue && rest == 0 && whole() && (last == Atom::kScale || last == Atom::kHundred))) return false;
      group += v;
      last = Atom::kTens;
      last_unit = 0;
      return true;
    case NumberKind::kTens:
      if (!seen() || (glue && rest == 0 && whole() && (last == Atom::kScale || last == Atom::kHundred))) group += v;
      else if (set.units_first && joined && last == Atom::kUnit && rest > 0 && rest < 10 && (!ordinal || analysis->words.words[at].get(feat::kDef))) group += v;
      else return false;
      last = Atom::kTens;
      last_unit = 0;
      return true;
    case NumberKind::kHundred:
      if (v == 100 && group > 0 && !joined && (last == Atom::kUnit || last == Atom::kDigits || last == Atom::kTens || last == Atom::kFraction)) group *= 100;
      else if (group == 0 && (!seen() || (last == Atom::kScale && glue))) group = v;
      else return false;
      last = Atom::kHundred;
      fraction = false;
      return true;
    case NumberKind::kScale:
      return add_scale(v, joined);
    case NumberKind::kScalePlural:
      if (seen()) return add_scale(v, joined);
      vague = true;
      total = 2 * v;
      last_term = 2 * v;
      last_scale = v;
      last = Atom::kScale;
      return true;
    case NumberKind::kDualScale:
      if (group != 0 ? last_scale < kHuge || !joined : seen() && !joined) return false;
      if (v >= last_scale) return false;
      total += group + 2 * v;
      group = 0;
      last_term = 2 * v;
      last_scale = v;
      last = Atom::kScale;
      return true;
    case NumberKind::kFraction:
    case NumberKind::kFractionPlural:
    case NumberKind::kFractionDual:
      return add_fraction(row, joined, at);
    case NumberKind::kOrdinal:
      if (!seen()) { group = v; last = v < 10 ? Atom::kUnit : Atom::kTens; }
      else if (v < 10 && whole() && rest >= 20 && rest % 10 == 0 && !set.units_first && !joined && last == Atom::kTens) group += v;
      else if (v < 100 && glue && rest == 0 && (last == Atom::kHundred || last == Atom::kScale)) group += v;
      else if (v >= 100 && !joined && group > 0 && !ordinal) group *= v;
      else return false;
      ordinal = true;
      last = v < 10 ? Atom::kUnit : Atom::kTens;
      last_unit = 0;
      return true;
    case NumberKind::kVague:
      if (seen()) return false;
      vague = true;
      group = v;
      last = Atom::kHundred;
      return true;
    default:
      return false;
  }
}

bool NumberReader::read(const Analysis& in, uint32_t at, uint32_t end, uint32_t options, NumberMatch& out) const {
  const uint32_t row = words_.find(in.words.words[at].key);
  const bool leading_digit = starts_with_digit(in, at);
  if (!leading_digit && row != kNone && !(kinds_[row] & kNumberBegins)) return false;
  if (!leading_digit && row == kNone) {
    // .25 and -3
    const char32_t p = punct(in, at);
    if ((p != '-' && p != 0x2212 && p != '.') || at + 1 >= end || !tight(in, at + 1) || !starts_with_digit(in, at + 1)) return false;
    if (at > 0 && !(in.text.tokens[in.words.words[at].token].flags & token_flag::kSpaceBefore)) return false;
    if (!read(in, at + 1, end, options, out)) return false;
    if (p != '.') out.value = -out.value;
    else if (!out.digit_count) return false;
    else for (int k = out.digit_count; k > 0; --k) out.value /= 10;
    out.digits = false;
    out.digit_count = 0;
    return true;
  }
  const uint32_t start = at;
  NumberParse p{this, &in, end};
  out = NumberMatch{};
  out.definite = in.words.words[at].get(feat::kDef) != 0;
  double sign = 1;
  bool mixed = false;
  uint32_t i = at;
  const uint32_t kinds = row == kNone ? 0 : kinds_[row];
  if ((kinds & number_bit(NumberKind::kNever)) && word(in, i, end, NumberKind::kNever)) return false;
  if (at > 0 && word(in, at - 1, at, NumberKind::kNever)) return false;
  if ((kinds & number_bit(NumberKind::kSign)) && word(in, i, end, NumberKind::kSign)) {
    if (i + 1 >= end) return false;
    sign = -1;
    ++i;
  }
  if (const PhraseRow* a = word(in, i, end, NumberKind::kIndefinite)) {  // a million, a quarter, a dozen
    if (i + 1 >= end) return false;
    bool fits = false;
    words_.at(in, i + 1, end, [&](const PhraseRow& row) {
      const auto k = static_cast<NumberKind>(row.cls);
      fits = fits || k == NumberKind::kScale || k == NumberKind::kFraction || (k == NumberKind::kHundred && row.value == 100);
    });
    (void)a;
    if (!fits) {  // "a third of"
      const PhraseRow* o = word(in, i + 1, end, NumberKind::kOrdinal);
      if (!o || o->value < 3 || o->value > 10 || !word(in, i + 2, end, NumberKind::kOf)) return false;
      out.value = 1 / o->value;
      out.kind = QuantityKind::kFraction;
      out.last = i + 2;
      return true;
    }
    ++i;
  }
  while (i < end) {
    uint32_t j = i;
    bool joined = false, skipped_of = false;
    if (p.seen()) {
      if (word(in, j, end, NumberKind::kAnd)) { joined = true; ++j; }
      else if (settings_.hyphen && j + 1 < end && punct(in, j) == '-' && tight(in, j) && tight(in, j + 1)) ++j;
      else if (p.vague && word(in, j, end, NumberKind::kOf)) { ++j; skipped_of = true; }
      if (j >= end) break;
      if (p.ordinal && !settings_.units_first) break;
      if (joined && word(in, j, end, NumberKind::kIndefinite) && word(in, j + 1, end, NumberKind::kFraction)) ++j;
      else if (p.fraction && word(in, j, end, NumberKind::kIndefinite)) {  // half a million
        bool scale = false;
        if (j + 1 < end) words_.at(in, j + 1, end, [&](const PhraseRow& row) { scale = scale || row.cls == static_cast<uint32_t>(NumberKind::kScale); });
        if (!scale) break;
        ++j;
      }
    }
    if (starts_with_digit(in, j)) {
      NumberMatch d;
      if (!digits(in, j, end, d)) break;
      if (!p.seen()) {
        p.group = d.value;
        p.last = Atom::kDigits;
        out = d;
        i = d.last;
        if (d.kind == QuantityKind::kOrdinal || d.suffix != kNone || d.scale > 1) {
          out.value *= sign;
          return true;
        }
        // 3/4 and 2 1/4
        if (!(options & kNoFractions) && d.digit_count && i + 1 < end && punct(in, i) == '/' && tight(in, i) && tight(in, i + 1)) {
          NumberMatch den;
          if (starts_with_digit(in, i + 1) && digits(in, i + 1, end, den) && den.digit_count && den.value > d.value && den.value <= 10 && den.value != 7 && den.value != 9 &&
              !(den.last + 1 < end && punct(in, den.last) == '/') && !(i >= 2 && i - 1 == start && start > 0 && punct(in, start - 1) == '/')) {
            p.group = d.value / den.value;
            p.fraction = true;
            p.last = Atom::kFraction;
            i = den.last;
            out.digits = false;
          }
        } else if (!(options & kNoFractions) && d.digit_count && i + 2 < end && starts_with_digit(in, i) && punct(in, i + 1) == '/' && tight(in, i + 1) && tight(in, i + 2)) {
          NumberMatch num, den;
          if (digits(in, i, end, num) && starts_with_digit(in, i + 2) && digits(in, i + 2, end, den) && num.digit_count && den.digit_count && den.value > num.value && den.value <= 10 &&
              !(den.last + 1 < end && punct(in, den.last) == '/')) {
            p.group = d.value + num.value / den.value;
            mixed = true;
            i = den.last;
            out.digits = false;
          }
        }
        continue;
      }
      const bool fits = joined && p.group == 0 && p.last == Atom::kScale && d.value < p.last_scale;
      const bool after_hundred = joined && p.last == Atom::kHundred && d.value < 100 && p.rest100() == 0 && !p.vague;
      if (!fits && !after_hundred) break;
      p.group += d.value;
      p.last = Atom::kDigits;
      p.last_unit = 0;
      i = d.last;
      continue;
    }
    if (word(in, j, end, NumberKind::kPoint) && p.seen() && !joined && j + 1 < end) {
      NumberMatch d;
      const PhraseRow* next = nullptr;
      words_.at(in, j + 1, end, [&](const PhraseRow& row) { if (!next && row.cls <= static_cast<uint32_t>(NumberKind::kTens)) next = &row; });
      if (!next || p.last == Atom::kScale) break;
      double power = 10;
      uint32_t k = j + 1;
      for (int digits_read = 0; k < end && digits_read < 8; ++digits_read) {
        const PhraseRow* u = word(in, k, end, NumberKind::kUnit);
        if (!u) u = word(in, k, end, NumberKind::kZero);
        if (!u) break;
        p.group += u->value / power;
        power *= 10;
        ++k;
      }
      if (k == j + 1) break;
      i = k;
      p.last = Atom::kFraction;
      continue;
    }
    // the longest row that fits; a word may be both unit and fraction
    const PhraseRow* best = nullptr;
    NumberParse after = p;
    words_.at(in, j, end, [&](const PhraseRow& row) {
      if (best && (row.rest_count < best->rest_count)) return;
      const auto kind = static_cast<NumberKind>(row.cls);
      if (row.rest_count == 0 && kind == NumberKind::kFraction && best && static_cast<NumberKind>(best->cls) == NumberKind::kUnit &&
          !( !p.seen() && p.definite_noun_next(j))) return;
      if (skipped_of && kind != NumberKind::kScalePlural && kind != NumberKind::kScale) return;
      NumberParse trial = p;
      if (!trial.add(row, joined, j)) return;
      best = &row;
      after = trial;
    });
    if (!best) {
      // one third, two fifths
      const PhraseRow* o = !joined && p.last == Atom::kUnit && p.total == 0 && !settings_.units_first ? word(in, j, end, NumberKind::kOrdinal) : nullptr;
      if (o && p.group == 1 && o->value >= 3 && o->value <= 10) {
        p.group = 1 / o->value;
        p.fraction = true;
        p.last = Atom::kFraction;
        i = j + 1;
      }
      break;
    }
    p = after;
    i = j + 1 + best->rest_count;
    out.digits = false;
    // a repeated scale after "and a half": two million and half the million
    if (p.last == Atom::kFraction && p.last_scale < kHuge && i < end) {
      const PhraseRow* again = word(in, i, end, NumberKind::kScale);
      if (again && again->value == p.last_scale && in.words.words[i].get(feat::kDef)) ++i;
    }
  }
  if (!p.seen()) return false;
  out.value = sign * (p.total + p.group);
  out.last = i;
  out.scale = p.last_scale < kHuge && p.last_scale >= 1000 && p.group == 0 ? p.last_scale : 1;
  out.vague = p.vague;
  out.kind = p.ordinal ? QuantityKind::kOrdinal : p.fraction ? QuantityKind::kFraction : QuantityKind::kNumber;
  if (mixed) out.kind = QuantityKind::kNumber;
  if (out.digits && (out.value < 0 || p.total > 0)) out.digits = false;
  if (!(options & kNoFractions) && out.kind == QuantityKind::kNumber && i + 1 < end && std::fabs(out.value) == 1) {
    // one in a thousand: "1 on 20", "one of a million"
    const bool over = word(in, i, end, NumberKind::kOver) != nullptr;
    const bool out_of = word(in, i, end, NumberKind::kOutOf) != nullptr;
    NumberMatch d;
    if ((over || out_of) && read(in, i + 1, end, kNoFractions, d) && d.kind == QuantityKind::kNumber && d.value > 1 && (over || d.value >= 1000) && !d.vague) {
      out.value /= d.value;
      out.last = d.last;
      out.kind = QuantityKind::kFraction;
      out.digits = false;
    }
  }
  return true;
}

}  // namespace biruni
