// A sentence becomes a row of items (words with classes, numbers, signs). Rules run in passes over it; each pass goes
// from left to right, takes the longest match (then the earlier rule), and puts one item in its place, which later
// passes match again: month and year make a date, two dates a range. What is left of made items becomes rows.
#include "time/time_stage.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>

#include "quantity/number_reader.h"
#include "quantity/phrase_table.h"
#include "time/calendar.h"
#include "time/makers.h"
#include "time/tables.h"

namespace biruni {
namespace {

using C = TimeClass;
constexpr uint32_t kMaxElements = 16;
constexpr int kMaxSteps = 400;  // of one match, against explosive optional elements

bool is_result(C c) { return c >= C::kDate && c <= C::kUnits; }

struct Match {
  std::array<Capture, kMaxElements> captures;  // `count` of them are set
  uint32_t count = 0;
  uint32_t last = 0;  // item after the match
};

class Stage final : public TimeStage {
 public:
  Stage(const std::shared_ptr<const Pack>& pack, const std::string& lang)
      : pack_(pack), numbers_(pack, lang), words_(pack, lang + "/time_words"), rules_(pack->section<RuleRow>(lang + "/time_rules")),
        elements_(pack->section<ElementRow>(lang + "/time_elements")) {
    const auto s = pack->section<TimeSettings>(lang + "/time_settings");
    if (!s.empty()) settings_ = s[0];
    telling_.assign(words_.size(), 0);
    for (uint32_t i = 0; i < words_.size(); ++i)
      if (!is_connector(static_cast<C>(words_.row(i).cls))) telling_[words_.find(words_.row(i).first)] = 1;
    for (uint32_t r = 0; r < rules_.size();) {
      Pass pass{r, r, {}};
      for (; pass.end < rules_.size() && rules_[pass.end].pass == rules_[r].pass; ++pass.end) pass.first.join(rules_[pass.end].first);
      r = pass.end;
      passes_.push_back(pass);
    }
    ClassMask taken;
    for (const RuleRow& rule : rules_) {
      Need need;
      for (uint32_t k = 0; k < rule.count; ++k) {
        const ElementRow& e = elements_[rule.elements + k];
        if (e.flags & (element_flag::kLeft | element_flag::kRight)) continue;
        taken.join(e.mask);
        if (e.flags & element_flag::kOptional) continue;
        if (std::popcount(e.mask.bits[0]) + std::popcount(e.mask.bits[1]) == 1) need.all.join(e.mask);
        else if (need.count < need.any.size()) need.any[need.count++] = e.mask;
      }
      needs_.push_back(need);
    }
    nouns_pass_ = !taken.has(C::kNoun) && !taken.has(C::kDefNoun);
  }

  void declare(AskTable& asks) const override {
    asks.own(ask::kTime | ask::kTimeStrong);
    words_.declare(asks, ask::kTime);
    for (uint32_t i = 0; i < words_.size(); ++i)
      if (telling_[words_.find(words_.row(i).first)]) asks.key(words_.row(i).first, ask::kTimeStrong);
  }

  void run(const Analysis& in, uint32_t sentence, CivilDate anchor, TimeContext& context, TimeLayer& out) const override {
    const WordRange range = in.words.of_sentence(sentence);
    if (!promising(in, range)) return;
    std::vector<TimeItem> items;
    std::vector<TimeValue> values;
    items.reserve(range.size());
    lex(in, range, items);
    bool future = false;
    for (uint32_t i = range.first; i < range.last; ++i) future = future || in.words.words[i].get(feat::kFuture);
    for (const TimeItem& item : items) future = future || item.mask.has(C::kFuture);
    MakeInput base;
    base.anchor = anchor;
    base.last = context.last;
    base.future = future;
    base.month_first = settings_.month_first;
    apply(base, items, values);
    emit(items, values, base, context, out);
  }

 private:
  /// Rules that run together, and the classes with which one of them may begin.
  struct Pass {
    uint32_t begin = 0, end = 0;
    ClassMask first;
  };

  /// What the items of a sentence must have for a rule: all of these classes, and one of each of those.
  struct Need {
    ClassMask all;
    std::array<ClassMask, 6> any;
    uint32_t count = 0;
  };

  // Most sentences without digits or time words stop here, after one look-up a word.
  bool promising(const Analysis& in, WordRange range) const {
    for (uint32_t i = range.first; i < range.last; ++i) {
      const Word& w = in.words.words[i];
      if (in.text.tokens[w.token].flags & token_flag::kHasDigit) return true;
      if (!(w.asks & ask::kTimeStrong)) continue;
      if (const uint32_t r = words_.find(w.key); r != kNone && telling_[r]) return true;
    }
    return false;
  }

  static bool is_connector(C c) {
    switch (c) {
      case C::kIn: case C::kFrom: case C::kTo: case C::kBetween: case C::kAnd: case C::kOf: case C::kFor: case C::kDuring: case C::kSkip:
      case C::kOne: case C::kFuture: case C::kLess: case C::kBefore: case C::kAfter: case C::kSince: case C::kFull: case C::kEvery: case C::kRel:
      case C::kEdge: case C::kFrac: case C::kNth: case C::kFew: case C::kRest:
        return true;
      default:
        return false;
    }
  }

  // A word that no rule can take, though the rules beside it may look whether it is a noun.
  static TimeItem plain(const Word& w, uint32_t i) {
    TimeItem item;
    item.first = i;
    item.last = i + 1;
    item.definite = w.get(feat::kDef) != 0;
    const bool noun = w.tag == Tag::kNoun || w.tag == Tag::kAdj || w.tag == Tag::kPropn;
    if (noun && !item.definite) item.mask.set(C::kNoun);
    if ((noun || w.tag == Tag::kX) && item.definite) item.mask.set(C::kDefNoun);
    return item;
  }

  void lex(const Analysis& in, WordRange range, std::vector<TimeItem>& items) const {
    uint32_t run = 0;  // plain words before this one: the first and the last of them are enough
    for (uint32_t i = range.first; i < range.last;) {
      const Word& w = in.words.words[i];
      const uint32_t kinds = numbers_.kinds(in, i);
      if (nouns_pass_ && !(w.asks & ask::kTime) && !NumberReader::may_begin(in, i, kinds) && !NumberReader::punct(in, i)) {
        if (!run++) items.push_back(plain(w, i));
        ++i;
        continue;
      }
      if (run > 1) items.push_back(plain(in.words.words[i - 1], i - 1));
      run = 0;
      TimeItem item;
      item.first = i;
      uint32_t length = 0;
      if (w.asks & ask::kTime) words_.at(in, i, range.last, [&](const PhraseRow& r) {
        if (length && r.rest_count + 1u < length) return;
        const C c = static_cast<C>(r.cls);
        if (c == C::kUnit && r.rest_count == 0 && w.tag == Tag::kAdj) return;  // "general", not "year"
        length = r.rest_count + 1u;
        item.add(c, r.value);
      });
      NumberMatch m;
      const char32_t p = NumberReader::punct(in, i);
      if (!p && NumberReader::may_begin(in, i, kinds) && numbers_.read(in, i, range.last, NumberReader::kNoFractions, m) && m.kind != QuantityKind::kFraction && !m.vague) {
        const uint32_t n = m.last - i;
        if (n >= length) {
          if (n > length) { item = TimeItem{}; item.first = i; length = n; }
          number(m, item);
          item.last = m.last;
          item.definite = m.definite;
          items.push_back(item);
          if (m.suffix != kNone) suffix(m.suffix, i, items);
          i = m.last;
          continue;
        }
      }
      if (item.mask.has(C::kSkip)) { i += std::max(1u, length); continue; }
      sign(p, item);
      item.definite = w.get(feat::kDef) != 0;
      if (!p && !item.mask.any()) item.mask = plain(w, i).mask;
      item.last = i + std::max(1u, length);
      items.push_back(item);
      i = item.last;
    }
    if (run > 1) items.push_back(plain(in.words.words[range.last - 1], range.last - 1));
  }

  static void number(const NumberMatch& m, TimeItem& item) {
    item.num = m.value;
    item.digits = m.digits ? m.digit_count : 0;
    const double v = m.value;
    const bool integer = v == std::floor(v) && v >= 0;
    if (m.kind == QuantityKind::kOrdinal) {
      item.mask.set(C::kOrd);
      if (integer && v >= 1 && v <= 31) item.mask.set(C::kOday);
      return;
    }
    item.mask.set(C::kNum);
    if (!integer) return;
    if (m.digits && m.digit_count) item.mask.set(C::kPlain);
    if (v >= 1 && v <= 31 && m.digit_count <= 2) item.mask.set(C::kDay);
    if (v >= 1 && v <= 12) item.mask.set(C::kMon12);
    if (v >= 1000 && v <= 2199 && (!m.digits || m.digit_count == 4)) item.mask.set(C::kYear);
    if (m.digits && m.digit_count == 2) item.mask.set(C::kY2);
    if (v <= 24) item.mask.set(C::kHour24);
    if (v <= 59) item.mask.set(C::kMin);
    if (m.definite && v >= 20) { item.mask.set(C::kOrd); if (v <= 31) item.mask.set(C::kOday); }
  }

  void suffix(StrId key, uint32_t word, std::vector<TimeItem>& items) const {
    TimeItem item;
    item.first = word;
    item.last = word + 1;
    for (uint32_t r = words_.find(key); r != kNone && r < words_.size() && words_.row(r).first == key; ++r)
      if (words_.row(r).rest_count == 0) item.add(static_cast<C>(words_.row(r).cls), words_.row(r).value);
    if (item.mask.any()) items.push_back(item);
  }

  static void sign(char32_t p, TimeItem& item) {
    switch (p) {
      case 0: return;
      case '/': item.mask.set(C::kSlash); break;
      case '-': case 0x2013: case 0x2014: case 0x2212: item.mask.set(C::kDash); break;
      case '.': item.mask.set(C::kDot); item.mask.set(C::kEnd); break;
      case ',': case 0x060C: item.mask.set(C::kComma); item.mask.set(C::kEnd); break;
      case ':': item.mask.set(C::kColon); break;
      case '(': case '[': item.mask.set(C::kOpen); break;
      case ')': case ']': item.mask.set(C::kClose); item.mask.set(C::kEnd); break;
      default: item.mask.set(C::kEnd);
    }
  }

  void apply(const MakeInput& base, std::vector<TimeItem>& items, std::vector<TimeValue>& values) const {
    ClassMask here;  // classes of all items
    for (const TimeItem& item : items) here.join(item.mask);
    for (const Pass& p : passes_)
      if (here.meets(p.first)) pass(p, base, items, values, here);
  }

  // Every element that must be there is of a class that some item has.
  static bool possible(const Need& need, const ClassMask& here) {
    if (!here.covers(need.all)) return false;
    for (uint32_t k = 0; k < need.count; ++k)
      if (!here.meets(need.any[k])) return false;
    return true;
  }

  /// The rules of a pass that are possible, and how one of them may begin.
  struct Possible {
    std::array<uint16_t, kMaxTimeRules> rules;
    uint32_t count = 0;
    ClassMask first;
  };
  void collect_possible(const Pass& p, const ClassMask& here, Possible& out) const {
    out.count = 0;
    out.first = {};
    for (uint32_t r = p.begin; r < p.end; ++r) {
      if (out.count == kMaxTimeRules || !here.meets(rules_[r].first) || !possible(needs_[r], here)) continue;
      out.rules[out.count++] = static_cast<uint16_t>(r);
      out.first.join(rules_[r].first);
    }
  }

  void pass(const Pass& p, const MakeInput& base, std::vector<TimeItem>& items, std::vector<TimeValue>& values, ClassMask& here) const {
    Possible active;
    collect_possible(p, here, active);
    if (!active.count) return;
    for (uint32_t i = 0; i < items.size(); ++i) {
      if (!items[i].mask.meets(active.first)) continue;
      Match best;
      MadeValue made;
      uint32_t best_end = 0;
      size_t best_rule = 0;
      for (uint32_t a = 0; a < active.count; ++a) {
        const uint32_t r = active.rules[a];
        if (!items[i].mask.meets(rules_[r].first)) continue;
        Match m;
        int steps = kMaxSteps;
        if (!match(rules_[r], 0, i, i, items, m, steps) || m.last <= best_end || m.last == i) continue;
        MakeInput input = base;
        input.captures = m.captures.data();
        input.count = m.count;
        input.argument = rules_[r].argument;
        input.values = &values;
        MadeValue v;
        if (!maker_at(rules_[r].make)(input, v)) continue;
        best_end = m.last;
        best_rule = r;
        made = v;
      }
      if (!best_end) continue;
      replace(i, best_end, rules_[best_rule].id, made, items, values);
      if (here.covers(items[i].mask)) continue;
      here.join(items[i].mask);
      collect_possible(p, here, active);
    }
  }

  static void replace(uint32_t first, uint32_t end, StrId rule, const MadeValue& made, std::vector<TimeItem>& items, std::vector<TimeValue>& values) {
    TimeItem item;
    item.first = items[first].first;
    item.last = items[end - 1].last;
    item.rule = rule;
    item.definite = items[first].definite;
    if (is_result(made.cls)) {
      item.value = static_cast<int32_t>(values.size());
      item.mask.set(made.cls);
      values.push_back(made.value);
      values.back().e.rule = rule;
    } else {
      item.add(made.cls, made.value.count);
    }
    items[first] = item;
    items.erase(items.begin() + first + 1, items.begin() + end);
  }

  static bool fits(const ElementRow& e, const TimeItem& item, Capture& capture) {
    if (!item.mask.meets(e.mask)) return false;
    if ((e.flags & element_flag::kDefinite) && !item.definite) return false;
    if ((e.flags & element_flag::kIndefinite) && item.definite) return false;
    for (uint8_t a = 0; a < e.alternatives; ++a) {
      const C c = static_cast<C>(e.alt[a].cls);
      if (!item.mask.has(c)) continue;
      capture = {&item, c, 0};
      bool listed = false;
      for (uint8_t k = 0; k < item.n; ++k) {
        if (item.entry[k].cls != c) continue;
        listed = true;
        capture.value = item.entry[k].value;
        if (!e.alt[a].has_value || e.alt[a].value == item.entry[k].value) return true;
      }
      if (!listed && !e.alt[a].has_value) return true;
    }
    return false;
  }

  bool match(const RuleRow& rule, uint32_t k, uint32_t at, uint32_t start, const std::vector<TimeItem>& items, Match& m, int& steps) const {
    if (k == rule.count) { m.last = at; return true; }
    if (--steps < 0) return false;
    const ElementRow& e = elements_[rule.elements + k];
    Capture capture;
    if (e.flags & (element_flag::kLeft | element_flag::kRight)) {
      bool ok = false;
      if (e.flags & element_flag::kLeft) ok = start > 0 ? fits(e, items[start - 1], capture) : (e.mask.has(C::kEnd));
      else ok = at < items.size() ? fits(e, items[at], capture) : e.mask.has(C::kEnd);
      if (e.flags & element_flag::kNot) ok = (e.flags & element_flag::kLeft ? start == 0 : at >= items.size()) ? true : !ok;
      return ok && match(rule, k + 1, at, start, items, m, steps);
    }
    if (at < items.size() && fits(e, items[at], capture)) {
      const uint32_t count = m.count;
      m.captures[m.count++] = capture;
      if (match(rule, k + 1, at + 1, start, items, m, steps)) return true;
      m.count = count;
    }
    return (e.flags & element_flag::kOptional) && match(rule, k + 1, at, start, items, m, steps);
  }

  void emit(const std::vector<TimeItem>& items, std::vector<TimeValue>& values, const MakeInput& base, TimeContext& context, TimeLayer& out) const {
    for (const TimeItem& item : items) {
      if (item.value < 0 || item.mask.has(C::kUnits)) continue;
      TimeValue& v = values[static_cast<size_t>(item.value)];
      complete(v, base.anchor, context.last, base.future);
      v.e.words = {item.first, item.last};
      v.e.rule = item.rule;
      if (v.e.kind == TimeKind::kTimeOfDay) v.e.resolved = v.e.hour >= 0;
      if (v.e.begin.year == 0) v.e.end = {};
      if (v.e.resolved && v.e.begin.year) context.last = v.e.begin;
      out.rows.push_back(v.e);
    }
  }

  std::shared_ptr<const Pack> pack_;
  NumberReader numbers_;
  PhraseTable words_;
  std::vector<uint8_t> telling_;  // per row that is the first of its word: one of its rows is no mere connector
  std::vector<Pass> passes_;
  std::vector<Need> needs_;
  bool nouns_pass_ = false;       // no rule takes a word only because it is a noun
  std::span<const RuleRow> rules_;
  std::span<const ElementRow> elements_;
  TimeSettings settings_;
};

std::string text_of(CivilDate c) {
  char s[24];
  if (!c.year) return {};
  if (!c.month) std::snprintf(s, sizeof s, "%04d", c.year);
  else if (!c.day) std::snprintf(s, sizeof s, "%04d-%02d", c.year, c.month);
  else std::snprintf(s, sizeof s, "%04d-%02d-%02d", c.year, c.month, c.day);
  return s;
}

std::string week_of(CivilDate day, int week) {
  int year = 0;
  calendar::iso_week(day, year);
  char s[24];
  std::snprintf(s, sizeof s, "%04d-W%02d", year, week);
  return s;
}

std::string duration_text(const TimeExpression& t) {
  double n = t.duration_days;
  const char* form = "P%.10gD";
  switch (t.grain) {
    case Grain::kSecond: n *= 86400; form = "PT%.10gS"; break;
    case Grain::kMinute: n *= 1440; form = "PT%.10gM"; break;
    case Grain::kHour: n *= 24; form = "PT%.10gH"; break;
    case Grain::kWeek: n /= 7; form = "P%.10gW"; break;
    case Grain::kMonth: n /= 30; form = "P%.10gM"; break;
    case Grain::kYear: n /= 365; form = "P%.10gY"; break;
    default: break;
  }
  n = std::round(n * 1e9) / 1e9;
  char s[40];
  std::snprintf(s, sizeof s, form, n);
  return s;
}

}  // namespace

std::unique_ptr<TimeStage> TimeStage::open(std::shared_ptr<const Pack> pack, const std::string& lang) {
  return std::make_unique<Stage>(pack, lang);
}

std::string value_of(const TimeExpression& t) {
  if (t.kind == TimeKind::kDuration) return duration_text(t);
  if (t.kind == TimeKind::kTimeOfDay && t.begin.year == 0) {
    if (t.hour < 0) return {};
    char s[16];
    std::snprintf(s, sizeof s, "T%02d:%02d", t.hour, t.minute < 0 ? 0 : t.minute);
    return s;
  }
  if (!t.resolved) return {};
  if (t.grain == Grain::kWeek && t.week) return week_of(t.begin, t.week);
  return text_of(t.begin);
}

std::string end_value_of(const TimeExpression& t) {
  if (!t.resolved || t.kind != TimeKind::kRange || (t.grain == Grain::kWeek && t.week)) return {};
  return text_of(t.end);
}

std::string granularity_of(const TimeExpression& t) {
  switch (t.grain) {
    case Grain::kSecond: return "second";
    case Grain::kMinute:
    case Grain::kHour:
    case Grain::kDayPart:
      if (t.begin.year) return "day";
      return t.grain == Grain::kMinute ? "minute" : t.grain == Grain::kHour ? "hour" : "";
    case Grain::kDay: return "day";
    case Grain::kWeek: return "week";
    case Grain::kMonth: return "month";
    case Grain::kSeason: return "season";
    case Grain::kQuarter: return "quarter";
    case Grain::kYear: return "year";
    case Grain::kDecade: return "decade";
    case Grain::kCentury: return "century";
    default: return "";
  }
}

}  // namespace biruni
