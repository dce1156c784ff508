#include "claim/claim_stage.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "claim/compile.h"
#include "claim/subject.h"
#include "pack/tsv.h"
#include "time/calendar.h"

namespace biruni {
namespace {

struct PropertyInfo { std::string_view name; Need need; bool changes; };
// `changes`: the value depends on the year, so that the claim is as of the year of the text unless it names one.
constexpr PropertyInfo kProperties[] = {
    {"area", Need::kCountry, false}, {"area_rank", Need::kCountry, false}, {"population", Need::kCountry, true},
    {"population_rank", Need::kCountry, true}, {"border_length", Need::kCountry, false}, {"borders", Need::kCountry, false},
    {"capital", Need::kCountry, true}, {"member_of", Need::kCountry, true}, {"members", Need::kOrg, true},
    {"member_count", Need::kOrg, true}, {"founded", Need::kBody, false}, {"independence", Need::kCountry, false},
    {"leader", Need::kCountry, true}, {"production_rank", Need::kCountry, true}, {"reserves_rank", Need::kCountry, true},
    {"hosts", Need::kCountry, true}, {"language", Need::kCountry, false}, {"currency", Need::kCountry, false},
    {"religion", Need::kCountry, false}, {"distance", Need::kAny, false}, {"date_of", Need::kAny, false},
    {"name", Need::kBody, false}, {"weekday", Need::kAny, false}};

const PropertyInfo* property_info(std::string_view name) {
  for (const PropertyInfo& p : kProperties) if (p.name == name) return &p;
  return nullptr;
}

constexpr std::string_view kWeekdays[] = {"", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

std::string date_text(CivilDate d) {
  char buffer[24];
  if (d.day) std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", d.year, d.month, d.day);
  else if (d.month) std::snprintf(buffer, sizeof buffer, "%04d-%02d", d.year, d.month);
  else std::snprintf(buffer, sizeof buffer, "%04d", d.year);
  return buffer;
}

/// What the flags of a row say, read once.
struct Rule {
  const PropertyInfo* property = nullptr;
  std::string_view after;      // only after a claim of this property in the sentence
  std::string_view text, object, unit;
  bool near = false, each = false, swap = false, kin = false, adjacent = false, directed = false;
  bool has_value = false;
  double value = 0;
  char comparator = 0;
};

std::string_view family(const Rule& r);

class Stage final : public ClaimStage {
 public:
  Stage(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world, std::shared_ptr<const Lexicon> lexicon)
      : pack_(pack), world_(world), lexicon_(std::move(lexicon)), units_(pack), matcher_(pack, lang, "claim", world, ask::kClaim), lang_(lang),
        reports_(pack->section<ReportWord>(lang + "/claim_reports")) {
    for (const PatternRow& p : matcher_.patterns()) rules_.push_back(read_rule(p));
    negation_ = matcher_.word_class("neg");
    one_of_ = matcher_.word_class("one_of");
    regional_ = matcher_.word_class("regional");
    skip_ = matcher_.word_class("skip");
    according_ = matcher_.word_class("according");
    org_ = matcher_.word_class("org");
    more_ = matcher_.word_class("more_verb");
    less_ = matcher_.word_class("less_verb");
    reach_ = matcher_.word_class("reach_verb");
    about_ = matcher_.word_class("about_verb");
    barely_ = matcher_.word_class("barely");
    mineral_word_ = matcher_.word_class("mineral_word");
    cond_ = matcher_.word_class("cond");
    was_ = matcher_.word_class("was");
    anniversary_ = matcher_.word_class("anniv");
    mineral_ = pack->find("mineral");
  }
  void declare(AskTable& asks) const override { matcher_.declare(asks); }
  void run(const Analysis& in, uint32_t sentence, ClaimMemory& memory, ClaimLayer& out) const override;
  void finish(const Analysis& in, ClaimMemory& memory, ClaimLayer& out) const override;

 private:
  Rule read_rule(const PatternRow& p) const;
  void choose(const Analysis& in, ClaimMemory& memory) const;
  void weekdays(const Analysis& in, uint32_t sentence, const ClaimMemory& memory, ClaimLayer& out) const;
  void make(const Analysis& in, uint32_t sentence, const PatternMatch& m, ClaimMemory& memory, ClaimLayer& out) const;
  bool fill_value(const Analysis& in, const PatternMatch& m, const Rule& r, ClaimMemory& memory, Claim& c) const;
  bool fill_number(const Analysis& in, const SlotValue& v, Claim& c) const;
  bool negated(const Analysis& in, const Claim& c, const PatternMatch& m, const ClaimMemory& memory) const;
  void verb_bound(const PatternMatch& m, const ClaimMemory& memory, Claim& c) const;
  void chain(const Analysis& in, uint32_t word, Claim& c, const ClaimMemory& memory, ClaimLayer& out) const;
  void push(const Analysis& in, Claim c, const Found& subject, uint32_t anchor, ClaimMemory& memory, ClaimLayer& out) const;
  bool plausible(const Claim& c) const;
  Found kin(const Analysis& in, uint32_t sentence, uint32_t before, const EntityRow& town, Found otherwise) const;
  bool one_of_several(const PatternMatch& m, const ClaimMemory& memory) const;
  bool close(const Analysis& in, const PatternMatch& m, const Found& subject, const ClaimMemory& memory) const;
  bool hypothetical(const Analysis& in, const PatternMatch& m, const ClaimMemory& memory) const;
  void as_of_beside(const Analysis& in, const PatternMatch& m, Claim& c) const;
  const ReportWord* report(uint32_t lemma) const;
  std::string item_id(uint32_t entity) const { return std::string(world_->id(entity)); }
  std::string last_mineral(const Analysis& in, uint32_t w, ClaimMemory& memory) const;

  std::shared_ptr<const Pack> pack_;
  std::shared_ptr<const World> world_;
  std::shared_ptr<const Lexicon> lexicon_;
  UnitTable units_;
  PatternMatcher matcher_;
  std::string lang_;
  std::span<const ReportWord> reports_;
  std::vector<Rule> rules_;
  ClassRow negation_, more_, less_, about_, reach_, one_of_, according_, regional_, skip_, org_, barely_, mineral_word_, cond_, anniversary_, was_;
  StrId mineral_ = kNone;
};

Rule Stage::read_rule(const PatternRow& p) const {
  Rule r;
  r.property = property_info(pack_->str(p.kind));
  for (auto flag : split(pack_->str(p.flags), ' ')) {
    const size_t eq = flag.find('=');
    const auto key = flag.substr(0, eq), value = eq == flag.npos ? std::string_view{} : flag.substr(eq + 1);
    if (key == "after") r.after = value;
    else if (key == "near") r.near = true;
    else if (key == "each") r.each = true;
    else if (key == "swap") r.swap = true;
    else if (key == "text") r.text = value;
    else if (key == "object") r.object = value;
    else if (key == "unit") r.unit = value;
    else if (key == "cmp" && !value.empty()) r.comparator = value[0];
    else if (key == "kin") r.kin = true;
    else if (key == "adjacent") r.adjacent = true;
    else if (key == "directed") r.directed = true;
    else if (key == "value") { r.has_value = true; r.value = std::atof(std::string(value).c_str()); }
  }
  return r;
}

// Properties that say the same of one place in the text: a border with its length, a member and its organisation.
std::string_view family(const Rule& r) {
  if (!r.property) return "";
  if (r.property->name == "border_length") return "borders";
  if (r.property->name == "members") return "member_of";
  return r.property->name;
}

// Of two readings of the same words the one with more of its own words, then the longer, then the earlier row.
void Stage::choose(const Analysis&, ClaimMemory& memory) const {
  auto& list = memory.scratch.matches;
  std::stable_sort(list.begin(), list.end(), [&](const PatternMatch& a, const PatternMatch& b) {
    auto weight = [&](const PatternMatch& m) {
      // a row that leans on an earlier claim gives way: that claim may not come about
      return matcher_.pattern(m.pattern).words + static_cast<uint32_t>(m.slots) + (rules_[m.pattern].after.empty() ? 4u : 0u) + (m.get('N') ? 3u : 0u) +
             (rules_[m.pattern].property && rules_[m.pattern].property->name == "border_length" ? 2u : 0u);
    };
    const uint32_t wa = weight(a), wb = weight(b);
    return wa != wb ? wa > wb : a.words.size() > b.words.size();
  });
  std::vector<PatternMatch> kept;
  for (const PatternMatch& m : list) {
    bool clash = false;
    for (const PatternMatch& k : kept) {
      const bool overlap = m.words.first < k.words.last && k.words.first < m.words.last;
      if (!overlap) continue;
      const Rule &rm = rules_[m.pattern], &rk = rules_[k.pattern];
      // "the most populous member of the EU": the rank, not the membership
      if (family(rm) == "member_of" && rk.property && rk.property->name.ends_with("_rank")) { clash = true; break; }
      if (rm.property && rk.property && rm.property->name.ends_with("_rank") && rk.property->name.ends_with("_rank")) { clash = true; break; }
      if (rm.property == rk.property || family(rm) == family(rk)) { clash = true; break; }
      // one number, one list, one date means one thing
      for (char name : {'V', 'O', 'N'}) {
        const SlotValue *a = m.get(name), *b = k.get(name);
        if (a && b && a->words.first < b->words.last && b->words.first < a->words.last && a->kind == b->kind) clash = true;
      }
      if (rm.has_value && rk.has_value) clash = true;
    }
    if (!clash) kept.push_back(m);
  }
  std::sort(kept.begin(), kept.end(), [](const PatternMatch& a, const PatternMatch& b) { return a.words.first < b.words.first; });
  list.swap(kept);
}

// A day of the week beside a full date: computed from the calendar.
void Stage::weekdays(const Analysis& in, uint32_t sentence, const ClaimMemory& memory, ClaimLayer& out) const {
  const WordRange range = in.words.of_sentence(sentence);
  auto t = std::lower_bound(in.times.rows.begin(), in.times.rows.end(), range.first, [](const TimeExpression& row, uint32_t w) { return row.words.first < w; });
  for (; t != in.times.rows.end() && t->words.first < range.last; ++t) {
    if (!t->weekday || !t->resolved || !t->begin.day || t->kind != TimeKind::kDate) continue;
    bool digits = false, year = false;
    for (uint32_t w = t->words.first; w < t->words.last; ++w) {
      const Token& token = in.text.tokens[in.words.words[w].token];
      const auto norm = in.text.norm_of(token);
      if (!(token.flags & token_flag::kHasDigit) && in.words.words[w].tag != Tag::kNum) continue;
      digits = true;
      size_t run = 0;
      for (char c : norm) {
        run = c >= '0' && c <= '9' ? run + 1 : 0;
        year = year || run == 4;
      }
    }
    if (!digits || (!year && t->relative)) continue;
    Claim c;
    c.sentence = sentence;
    c.words = t->words;
    c.property = "weekday";
    c.text_value = kWeekdays[t->weekday];
    c.as_of = date_text(t->begin);
    c.rule = pack_->find("time.weekday");
    chain(in, t->words.first, c, memory, out);
    out.rows.push_back(std::move(c));
  }
}

const ReportWord* Stage::report(uint32_t lemma) const {
  const auto it = std::lower_bound(reports_.begin(), reports_.end(), lemma, [](const ReportWord& r, uint32_t l) { return r.lemma < l; });
  return it != reports_.end() && it->lemma == lemma ? &*it : nullptr;
}

// The author, then whoever says the clause in which the claim stands, from outside in.
void Stage::chain(const Analysis& in, uint32_t word, Claim& c, const ClaimMemory& memory, ClaimLayer& out) const {
  std::vector<Holder> holders;
  const auto& deps = in.clauses.deps;
  auto holder_of = [&](uint32_t who, uint32_t cue, uint8_t stance) {
    Holder h;
    h.words = noun_phrase(in, who);
    h.cue = cue;
    h.stance = static_cast<StanceKind>(stance);
    h.mention = who < in.mentions.of_word.size() ? in.mentions.of_word[who] : kNone;
    if (h.mention != kNone) {
      h.anonymous = in.mentions.rows[h.mention].anonymous;
      if (!in.mentions.rows[h.mention].words.empty()) h.words = in.mentions.rows[h.mention].words;
    }
    holders.push_back(h);
  };
  uint32_t w = word;
  for (int steps = 0; steps < 24 && w != kNone && w < deps.size(); ++steps) {
    // "according to X" at this word
    if (w + 1 < in.clauses.child_begin.size()) {
      for (const uint32_t* k = in.clauses.children_begin(w); k != in.clauses.children_end(w); ++k) {
        const uint32_t mark = deps[*k].case_word;
        if (deps[*k].rel != Rel::kObl || mark == kNone || in.words.of_sentence(c.sentence).first > mark) continue;
        const ReportWord* r = report(in.lemma_at(mark));
        if (r && r->adposition && !c.words.contains(*k)) holder_of(*k, mark, r->stance);
      }
    }
    const uint32_t head = deps[w].head;
    if (head == kNone || head >= deps.size()) break;
    const Rel rel = deps[w].rel;
    if (rel == Rel::kComp || rel == Rel::kObj || rel == Rel::kObl || rel == Rel::kParataxis) {
      const ReportWord* r = report(in.words.words[head].lemma);
      if (r && !r->adposition && !c.words.contains(head)) {
        uint32_t who = kNone;
        const uint32_t clause = deps[head].clause;
        for (const uint32_t* k = in.clauses.children_begin(head); k != in.clauses.children_end(head); ++k)
          if (deps[*k].rel == Rel::kSubj) who = *k;
        if (who == kNone && clause != kNone && in.clauses.clauses[clause].predicate == head) who = in.clauses.clauses[clause].subject;
        if (who != kNone && who != w) holder_of(who, head, r->stance);
      }
    }
    w = head;
  }
  if (holders.empty()) {  // "according to X" anywhere in the sentence, where the tree does not show it
    const WordRange range = in.words.of_sentence(c.sentence);
    for (uint32_t k = range.first; k < range.last && holders.empty() && range == memory.scratch.range; ++k) {
      const uint32_t length = c.words.contains(k) ? 0 : matcher_.at(according_, k, memory.scratch);
      if (!length) continue;
      const uint32_t after = k + length;
      // it stands first, or just before the claim, or closes the sentence that holds it
      bool closes = k >= c.words.last;
      for (uint32_t w = after; w + 1 < range.last && closes; ++w) {
        const char32_t p = in.words.words[w].tag == Tag::kPunct ? in.text.tokens[in.words.words[w].token].punct : 0;
        closes = p != ',' && p != 0x60C;
      }
      if (k > range.first + 1 && !closes && (k >= c.words.first || k + 16 < c.words.first)) continue;
      for (uint32_t who = after; who < std::min(after + 5, range.last) && holders.empty(); ++who) {
        if (in.words.words[who].tag == Tag::kPunct || c.words.contains(who)) break;
        const uint32_t m = who < in.mentions.of_word.size() ? in.mentions.of_word[who] : kNone;
        if (m != kNone && in.mentions.rows[m].form != MentionForm::kAdjective) holder_of(who, k, static_cast<uint8_t>(StanceKind::kAssert));
      }
    }
  }
  c.chain_begin = static_cast<uint32_t>(out.holders.size());
  Holder author;
  author.author = true;
  out.holders.push_back(author);
  for (size_t i = holders.size(); i-- > 0;) out.holders.push_back(holders[i]);
  c.chain_end = static_cast<uint32_t>(out.holders.size());
}

bool Stage::fill_number(const Analysis& in, const SlotValue& v, Claim& c) const {
  const Quantity& q = in.quantities.rows[v.quantity];
  c.has_number = true;
  c.value = q.value;
  switch (q.bound) {
    case Bound::kAbout: case Bound::kRange: c.comparator = '~'; break;
    case Bound::kAtLeast: case Bound::kMoreThan: c.comparator = '>'; break;
    case Bound::kAtMost: case Bound::kLessThan: c.comparator = '<'; break;
    default: break;
  }
  if (q.bound == Bound::kRange && std::isfinite(q.low) && std::isfinite(q.high)) c.value = (q.low + q.high) / 2;
  if (q.unit == kNone) return true;
  const auto dimension = units_.dimension(q.unit);
  // one unit a dimension, so that values and references can be compared: km, km2, people
  if (dimension == "length" && units_.id(q.unit) != "km") c.value = c.value * units_.factor(q.unit) / 1000;
  if (dimension == "area") c.value *= units_.factor(q.unit);
  if (dimension == "length") c.unit = "km";
  else if (dimension == "area") c.unit = "km2";
  else if (dimension == "count") c.unit = "people";
  else c.unit = std::string(units_.id(q.unit));
  c.value = std::round(c.value * 1e6) / 1e6;
  return true;
}

std::string Stage::last_mineral(const Analysis& in, uint32_t w, ClaimMemory& memory) const {
  const uint32_t first = memory.scratch.range.first;
  (void)in;
  for (uint32_t k = w; k-- > first;) {
    uint32_t length = 0;
    const uint32_t t = matcher_.term_at(mineral_, k, memory.scratch, length);
    if (t != kNone) return std::string(matcher_.str(matcher_.term(t).id));
  }
  return {};
}

bool Stage::fill_value(const Analysis& in, const PatternMatch& m, const Rule& r, ClaimMemory& memory, Claim& c) const {
  if (r.has_value) { c.has_number = true; c.value = r.value; }
  if (!r.text.empty()) c.text_value = std::string(r.text);
  if (!r.object.empty()) c.object = std::string(r.object);
  for (int i = 0; i < m.slots; ++i) {
    const SlotValue& s = m.slot[i];
    switch (s.slot) {
      case 'N':  // ordinal of a rank
        c.has_number = true;
        c.value = in.quantities.rows[s.quantity].value;
        break;
      case 'O':
        if (s.kind == SlotKind::kTerm) c.object = std::string(matcher_.str(matcher_.term(s.term).id));
        else if (s.entity.valid() && !s.entity.local) c.object = item_id(s.entity.index);
        break;
      case 'X':  // among whom
        if (s.kind == SlotKind::kTerm) c.object = std::string(matcher_.str(matcher_.term(s.term).reference));
        else if (s.entity.valid() && !s.entity.local) c.object = item_id(s.entity.index);
        break;
      case 'D':
        c.direction = std::string(matcher_.str(matcher_.term(s.term).id));
        break;
      case 'Y':
        c.as_of = date_text(s.date);
        break;
      case 'V':
        switch (s.kind) {
          case SlotKind::kNumber: fill_number(in, s, c); break;
          case SlotKind::kYear: case SlotKind::kDay: c.text_value = date_text(s.date); break;
          case SlotKind::kTerm: c.text_value = std::string(matcher_.str(matcher_.term(s.term).id)); break;
          case SlotKind::kList: case SlotKind::kBoth:
            for (uint32_t k = s.list_begin; k < s.list_end; ++k) c.list_value.push_back(item_id(memory.scratch.items[k].entity));
            break;
          case SlotKind::kPhrase: c.text_value = std::string(in.raw(in.span_of(s.words))); break;
          default:
            if (!s.entity.valid()) return false;
            c.text_value = s.entity.local ? in.mentions.locals[s.entity.index].name : std::string(world_->name(s.entity.index));
        }
        break;
      default: break;
    }
  }
  for (uint32_t w = m.words.first; w < m.words.last; ++w) if (matcher_.at(barely_, w, memory.scratch)) c.comparator = '~';
  if (r.comparator) c.comparator = r.comparator;
  else if (c.comparator == '=' && m.get('V') && m.get('V')->quantity != kNone) verb_bound(m, memory, c);
  return true;
}

// "its population exceeds", with the noun between the verb and the number.
void Stage::verb_bound(const PatternMatch& m, const ClaimMemory& memory, Claim& c) const {
  const uint32_t first = memory.scratch.range.first;
  bool negative = false;
  for (uint32_t w = m.words.first > first + 4 ? m.words.first - 4 : first; w < m.get('V')->words.first; ++w) {
    if (matcher_.at(negation_, w, memory.scratch)) negative = true;
    if (matcher_.at(more_, w, memory.scratch)) c.comparator = negative ? '<' : '>';
    else if (matcher_.at(less_, w, memory.scratch)) c.comparator = negative ? '>' : '<';
    else if (negative && matcher_.at(reach_, w, memory.scratch)) c.comparator = '<';
    else if (matcher_.at(about_, w, memory.scratch)) c.comparator = '~';
  }
}

bool Stage::negated(const Analysis& in, const Claim& c, const PatternMatch& m, const ClaimMemory& memory) const {
  // "does not reach 20 million" is a bound, no denial
  if (const SlotValue* v = m.get('V'); v && v->quantity != kNone && c.comparator != '=') return false;
  const WordRange range = in.words.of_sentence(c.sentence);
  const uint32_t from = m.words.first > range.first + 2 ? m.words.first - 2 : range.first;
  for (uint32_t w = from; w < m.words.last; ++w)
    if (matcher_.at(negation_, w, memory.scratch)) return true;
  for (uint32_t w = m.words.first; w < m.words.last; ++w) {
    const uint32_t k = in.clauses.deps[w].clause;
    if (k != kNone && k < in.clauses.clauses.size() && in.clauses.clauses[k].negated && m.words.contains(in.clauses.clauses[k].predicate)) return true;
  }
  return false;
}

Found Stage::kin(const Analysis& in, uint32_t sentence, uint32_t before, const EntityRow& town, Found otherwise) const {
  auto capital = [&](uint32_t country) {
    for (const FactRow& f : world_->facts_of(country))
      if (pack_->str(f.property) == "capital" && (f.object == town.id || (town.name && pack_->str(f.value).find(pack_->str(town.name)) != std::string_view::npos))) return true;
    return false;
  };
  if (otherwise.entity.valid() && !otherwise.entity.local && capital(otherwise.entity.index)) return otherwise;
  const WordRange range = in.words.of_sentence(sentence);
  for (size_t i = in.mentions.rows.size(); i-- > 0;) {
    const Mention& m = in.mentions.rows[i];
    if (m.head >= before) continue;
    if (m.head < range.first) break;
    if (m.country != kNone && capital(m.country)) return {{m.country, false}, {}, false};
  }
  return otherwise;
}

// A number that is off by a factor of ten is not about what the text spoke of last, unless the pattern names it.
bool Stage::plausible(const Claim& c) const {
  if (!c.has_number || !c.subject.valid() || c.subject.local) return true;
  if (c.property != "area" && c.property != "population" && c.property != "border_length") return true;
  for (const FactRow& f : world_->facts_of(c.subject.index)) {
    if (pack_->str(f.property) != c.property || !(f.number > 0)) continue;
    if (c.property == "area" && pack_->str(f.object) != "total") continue;
    if (c.property == "border_length" && pack_->str(f.object) != c.object) continue;
    if (c.value > f.number * 10 || c.value < f.number / 10) return false;
  }
  return true;
}

// "one of the largest producers" is no rank.
bool Stage::one_of_several(const PatternMatch& m, const ClaimMemory& memory) const {
  const uint32_t first = memory.scratch.range.first;
  for (uint32_t w = m.words.first > first + 5 ? m.words.first - 5 : first; w < m.words.first; ++w) {
    uint32_t end = w + matcher_.at(one_of_, w, memory.scratch);
    if (end == w) continue;
    while (end < m.words.first) {
      const uint32_t n = matcher_.at(skip_, end, memory.scratch);
      if (!n) break;
      end += n;
    }
    if (end >= m.words.first) return true;
  }
  return false;
}

// "If X were a member": nothing is claimed.
bool Stage::hypothetical(const Analysis& in, const PatternMatch& m, const ClaimMemory& memory) const {
  const uint32_t first = memory.scratch.range.first;
  for (uint32_t w = m.words.first + 1, n = 0; w-- > first && n < 9; ++n) {
    if (in.words.words[w].tag == Tag::kPunct && w != m.words.first) return false;
    if (matcher_.at(cond_, w, memory.scratch)) return true;
  }
  return false;
}

// "In 1832 the border was ...", "... long in 1640": a year that frames the claim and is no part of it.
void Stage::as_of_beside(const Analysis& in, const PatternMatch& m, Claim& c) const {
  const WordRange range = in.words.of_sentence(c.sentence);
  auto t = std::lower_bound(in.times.rows.begin(), in.times.rows.end(), range.first, [](const TimeExpression& row, uint32_t w) { return row.words.first < w; });
  for (; t != in.times.rows.end() && t->words.first < range.last; ++t) {
    if (t->kind != TimeKind::kDate || !t->resolved || t->relative || !t->begin.year || t->begin.day) continue;
    const bool behind = t->words.first >= m.words.last && t->words.first <= m.words.last + 3, front = t->words.first <= range.first + 2 && t->words.last <= m.words.first;
    const bool inside = m.words.first <= t->words.first && t->words.last <= m.words.last &&
                        (c.property == "population" || c.property == "area" || c.property == "border_length");
    if (!behind && !front && !inside) continue;
    bool free = true;
    for (int i = 0; i < m.slots; ++i) free = free && !(m.slot[i].words.first < t->words.last && t->words.first < m.slot[i].words.last);
    for (uint32_t w = m.words.last; behind && w < t->words.first; ++w) free = free && in.words.words[w].tag != Tag::kPunct && in.words.words[w].tag != Tag::kVerb;
    if (free) c.as_of = date_text({t->begin.year, 0, 0});
  }
}

// For things that anybody may do in any sentence (be founded): the subject must stand just before, or what stands
// between is a common noun for it ("..., an alliance that was set up in 2002").
bool Stage::close(const Analysis& in, const PatternMatch& m, const Found& subject, const ClaimMemory& memory) const {
  if (subject.sure) return true;
  if (subject.words.empty()) return memory.body.sentence == in.text.tokens[in.words.words[m.words.first].token].sentence;
  const WordRange words = subject.words;
  if (words.first < memory.scratch.range.first) {  // "the bloc, founded in": the body that was spoken of
    for (uint32_t w = std::max(memory.scratch.range.first, m.words.first > 4 ? m.words.first - 4 : 0); w < m.words.first; ++w)
      if (matcher_.at(org_, w, memory.scratch)) return true;
    return false;
  }
  if (words.last > m.words.first) return false;
  uint32_t content = 0;
  for (uint32_t w = words.last; w < m.words.first; ++w) {
    const Tag t = in.words.words[w].tag;
    if (matcher_.at(org_, w, memory.scratch)) return true;
    if (t == Tag::kNoun || t == Tag::kPropn || t == Tag::kVerb || t == Tag::kAdj) ++content;
  }
  if (content == 0) return true;
  // already spoken of in this sentence
  return memory.body.entity == subject.entity && memory.body.sentence == in.text.tokens[in.words.words[m.words.first].token].sentence &&
         memory.last_claim != kNone && content <= 6;
}

void Stage::push(const Analysis& in, Claim c, const Found& subject, uint32_t anchor, ClaimMemory& memory, ClaimLayer& out) const {
  for (const Claim& k : out.rows)
    if (k.sentence == c.sentence && k.words == c.words && k.property == c.property && k.object == c.object && k.subject == c.subject) return;
  chain(in, anchor, c, memory, out);
  memory.last_claim = static_cast<uint32_t>(out.rows.size());
  memory.named.resize(out.rows.size());
  memory.named.push_back({subject.words, subject.common});
  const ClaimMemory::Topic topic{c.subject, c.sentence, c.words.last, subject.words, subject.common, true};
  if (meets(*world_, in, c.subject, Need::kCountry)) memory.country = topic;
  else memory.body = topic;
  out.rows.push_back(std::move(c));
}

void Stage::make(const Analysis& in, uint32_t sentence, const PatternMatch& m, ClaimMemory& memory, ClaimLayer& out) const {
  const Rule& r = rules_[m.pattern];
  if (!r.property) return;
  const Claim* last = memory.last_claim != kNone && memory.last_claim < out.rows.size() ? &out.rows[memory.last_claim] : nullptr;
  if (!r.after.empty() && (!last || last->sentence != sentence || last->property != r.after)) return;
  Claim c;
  c.sentence = sentence;
  c.words = m.words;
  c.property = std::string(r.property->name);
  c.rule = matcher_.pattern(m.pattern).id;
  if ((r.has_value || m.get('N')) && one_of_several(m, memory)) return;
  if ((r.has_value || m.get('N')) && !m.get('X'))  // a rank within a region that is not named: not the world's
    for (uint32_t w = m.words.first; w < m.words.last; ++w) if (matcher_.at(regional_, w, memory.scratch)) return;
  if (hypothetical(in, m, memory)) return;
  if (!fill_value(in, m, r, memory, c)) return;
  if (!r.unit.empty()) c.unit = std::string(r.unit);
  if (!r.after.empty() && c.unit.empty()) c.unit = last->unit;
  if (c.property == "population" && c.unit.empty()) c.unit = "people";
  if (c.object == "-" || ((c.property == "production_rank" || c.property == "reserves_rank") && c.object.empty())) {
    c.object = last_mineral(in, m.words.first, memory);
    if (c.object.empty()) return;
  }
  if (c.property == "member_of" && c.object.empty() && m.get('O')) return;
  if (c.property == "member_of" && !c.object.empty()) {  // parliaments and clubs have members too: bodies of states only
    const uint32_t org = world_->find(c.object);
    if (org == kNone || world_->entity(org).country != kNone) return;
  }
  // whom it is about
  Found subject;
  bool given = false;
  std::vector<uint32_t> subjects;  // several: "A and B border each other", "both belong to"
  if (const SlotValue* s = m.get('S')) {
    given = true;
    if (s->kind == SlotKind::kList || s->kind == SlotKind::kBoth)
      for (uint32_t k = s->list_begin; k < s->list_end; ++k) subjects.push_back(memory.scratch.items[k].entity);
    else subject = {s->entity, s->words, s->mention != kNone && in.mentions.rows[s->mention].form != MentionForm::kName && in.mentions.rows[s->mention].entity == s->entity && in.matches.name_at[s->words.first] == kNone};
  } else if (!r.after.empty() && meets(*world_, in, last->subject, r.property->need)) {
    subject = {last->subject, memory.named[memory.last_claim].words, memory.named[memory.last_claim].common};
  } else {
    subject = SubjectFinder(*world_, in, sentence, memory).find(m.words, r.property->need, r.near);
  }
  if (!given && subject.entity.local && r.property->need != Need::kBody) return;
  // "a Palestinian state with Jerusalem as its capital": of the country that the sentence names and that the town lies in
  if (r.kin && !given)
    if (const SlotValue* v = m.get('V'); v && v->entity.valid() && !v->entity.local) subject = kin(in, sentence, m.words.first, world_->entity(v->entity.index), subject);
  if (!given && (c.property == "members" || c.property == "member_count") && subject.entity.valid() && !subject.entity.local &&
      world_->members_of(subject.entity.index).empty()) return;  // no body of states
  if (!subjects.empty()) subject.entity = {subjects[0], false};
  if (c.property == "date_of") {
    // "since the war", "the anniversary of": the date is that of something else
    for (uint32_t w = m.words.first > memory.scratch.range.first + 4 ? m.words.first - 4 : memory.scratch.range.first; w < m.words.first; ++w)
      if (matcher_.at(anniversary_, w, memory.scratch)) return;
    subject = {{world_->find(c.object), false}, {}, false};
  }
  if (!subject.entity.valid()) return;
  c.subject = subject.entity;
  if (subjects.size() == 2 && r.swap) c.object = item_id(subjects[1]);  // A and B share a border
  const bool dated = r.property->changes || c.property == "border_length" || c.property == "area";
  if (dated && c.property != "member_of" && c.as_of.empty()) as_of_beside(in, m, c);
  // "was the capital", "the former president": of another time that is not named
  if ((c.property == "leader" || c.property == "capital") && c.as_of.empty())
    for (uint32_t w = m.words.first > memory.scratch.range.first ? m.words.first - 1 : m.words.first; w < std::min(m.words.last + 1, memory.scratch.range.last); ++w)
      if (matcher_.at(was_, w, memory.scratch)) return;
  if (r.property->changes && c.as_of.empty() && in.doc->date.year) c.as_of = date_text({in.doc->date.year, 0, 0});
  c.negated = negated(in, c, m, memory);
  if (!given && !plausible(c)) return;
  if (r.adjacent && !given && !close(in, m, subject, memory)) return;
  uint32_t anchor = m.words.first;
  for (uint32_t w = m.words.first; w < m.words.last; ++w)
    if (in.words.words[w].tag == Tag::kVerb || in.words.words[w].tag == Tag::kNoun) { anchor = w; break; }
  // a list of objects is one claim each
  const SlotValue* o = m.get('O');
  if (o && (o->kind == SlotKind::kList || o->kind == SlotKind::kBoth)) {
    const std::vector<ListItem> items(memory.scratch.items.begin() + o->list_begin, memory.scratch.items.begin() + o->list_end);
    if (r.directed && std::any_of(items.begin(), items.end(), [](const ListItem& i) { return i.direction == 0; })) return;
    for (const ListItem& item : items) {
      if (item.entity == c.subject.index && !c.subject.local) continue;
      Claim one = c;
      one.object = item_id(item.entity);
      if (item.direction) one.direction = std::string(pack_->str(item.direction));
      if (items.size() > 1) one.words = item.words;
      if (&item == &items.front()) one.words.first = std::min(m.words.first, one.words.first);
      if (items.size() == 1) one.words = m.words;
      push(in, std::move(one), subject, anchor, memory, out);
    }
    return;
  }
  if (r.each && !c.list_value.empty()) {  // members named one by one: each is a member of
    const EntityRef org = c.subject;
    for (const std::string& id : c.list_value) {
      Claim one = c;
      one.list_value.clear();
      one.property = "member_of";
      one.subject = {world_->find(id), false};
      one.object = org.local ? std::string() : item_id(org.index);
      push(in, std::move(one), Found{}, anchor, memory, out);
    }
    return;
  }
  if (!subjects.empty() && !r.swap) {
    for (uint32_t e : subjects) {
      Claim one = c;
      one.subject = {e, false};
      push(in, std::move(one), Found{}, anchor, memory, out);
    }
    return;
  }
  if (c.property == "date_of") c.object.clear();
  if ((c.property == "capital" || c.property == "leader") && c.object.empty()) c.object = c.text_value;
  if (!c.object.empty() && !c.subject.local && c.object == world_->id(c.subject.index)) return;
  push(in, std::move(c), subject, anchor, memory, out);
}

void Stage::run(const Analysis& in, uint32_t sentence, ClaimMemory& memory, ClaimLayer& out) const {
  memory.named.resize(out.rows.size());
  if (!memory.counted) {
    memory.counted = true;
    std::map<uint32_t, uint32_t> names;
    uint32_t all = 0;
    for (const Mention& m : in.mentions.rows) {
      if (m.country == kNone || m.form == MentionForm::kPronoun || m.form == MentionForm::kCommon) continue;
      ++names[m.country];
      ++all;
    }
    for (const auto& [country, n] : names)
      if (n * 3 >= all && (memory.main_country == kNone || n > names[memory.main_country])) memory.main_country = country;
  }
  matcher_.scan(in, sentence, memory.scratch);
  weekdays(in, sentence, memory, out);
  memory.named.resize(out.rows.size());
  const uint32_t before = memory.last_claim;
  if (!memory.scratch.matches.empty() && !in.text.sentences[sentence].question && !in.text.sentences[sentence].in_title) {
    choose(in, memory);
    const std::vector<PatternMatch> matches = memory.scratch.matches;
    for (const PatternMatch& m : matches) make(in, sentence, m, memory, out);
  }
  if (memory.last_claim != before) return;
  // what the sentence is about, for the claims of the next ones
  const WordRange range = in.words.of_sentence(sentence);
  auto m = std::lower_bound(in.mentions.rows.begin(), in.mentions.rows.end(), range.first, [](const Mention& row, uint32_t w) { return row.head < w; });
  bool country = false, body = false;
  for (; m != in.mentions.rows.end() && m->head < range.last; ++m) {
    if (m->form != MentionForm::kName || m->metonym || in.clauses.deps[m->head].rel != Rel::kSubj) continue;
    const ClaimMemory::Topic topic{m->entity, sentence, m->words.last, m->words, false, false};
    if (!country && meets(*world_, in, m->entity, Need::kCountry)) { memory.country = topic; country = true; }
    else if (!body && meets(*world_, in, m->entity, Need::kOrg)) { memory.body = topic; body = true; }
  }
}

// A body whose name does not fit what is said of it: if the members, their number or the year are another's, it is that one.
void Stage::finish(const Analysis& in, ClaimMemory& memory, ClaimLayer& out) const {
  struct Described { EntityRef entity; WordRange words; bool common; std::vector<uint32_t> claims; };
  std::vector<Described> bodies;
  memory.named.resize(out.rows.size());
  for (uint32_t i = 0; i < out.rows.size(); ++i) {
    const Claim& c = out.rows[i];
    if (c.negated || (c.property != "members" && c.property != "member_count" && c.property != "founded")) continue;
    if (!meets(*world_, in, c.subject, Need::kBody)) continue;
    auto it = std::find_if(bodies.begin(), bodies.end(), [&](const Described& d) { return d.entity == c.subject; });
    if (it == bodies.end()) { bodies.push_back({c.subject, memory.named[i].words, memory.named[i].common, {}}); it = bodies.end() - 1; }
    if (it->words.empty()) { it->words = memory.named[i].words; it->common = memory.named[i].common; }
    it->claims.push_back(i);
  }
  for (const Described& d : bodies) {
    if (d.words.empty() || d.claims.empty()) continue;
    const DateKey on = in.doc->date.year ? in.doc->date.year * 10000 + in.doc->date.month * 100 + in.doc->date.day : 0;
    // a body called by a name that is its own alone is believed, unless the full list of members is another's
    bool sure = false;
    if (const uint32_t n = d.words.first < in.matches.name_at.size() ? in.matches.name_at[d.words.first] : kNone; n != kNone && !d.entity.local)
      for (uint32_t k = n; k < in.matches.names.size() && k < n + in.matches.names[n].candidates; ++k) {
        const NameRow& name = world_->names()[in.matches.names[k].name];
        sure = sure || (name.entity == d.entity.index && name.kind != NameKind::kAmbiguous);
      }
    auto score = [&](uint32_t org, bool& exact) {
      int fit = 0;
      exact = false;
      std::vector<std::string> members;
      for (const MemberRow& row : world_->members_of(org))
        if (const auto role = pack_->str(row.role); (role == "member" || role == "founder" || role == "suspended") && valid_on(row.from, row.to, on))
          members.emplace_back(world_->id(row.member));
      std::sort(members.begin(), members.end());
      members.erase(std::unique(members.begin(), members.end()), members.end());
      for (uint32_t i : d.claims) {
        const Claim& c = out.rows[i];
        if (c.property == "members") {
          auto list = c.list_value;
          std::sort(list.begin(), list.end());
          const bool subset = std::includes(members.begin(), members.end(), list.begin(), list.end());
          exact = exact || (list.size() >= 3 && list == members);
          if (list.size() >= 3) fit += list == members ? 3 : subset ? 1 : -2;
        } else if (c.property == "member_count") {
          if (!members.empty()) fit += static_cast<double>(members.size()) == c.value ? 2 : -1;
        } else {
          bool any = false, known = false;
          for (const FactRow& f : world_->facts_of(org)) {
            if (pack_->str(f.property) != "founded") continue;
            known = true;
            any = any || pack_->str(f.value).substr(0, 4) == c.text_value.substr(0, 4);
          }
          if (known) fit += any ? 1 : -1;
        }
      }
      return fit;
    };
    bool exact = false;
    const int own = d.entity.local ? -1 : score(d.entity.index, exact);
    uint32_t best = d.entity.local ? kNone : d.entity.index;
    int best_score = own;
    for (uint32_t e = 0; e < world_->entities().size(); ++e) {
      if (world_->entity(e).type != WorldType::kOrganization || world_->members_of(e).empty()) continue;
      const int s = score(e, exact);
      // "the group" without a name: any body that the document names and that fits better
      const bool named = d.common && own < 0 && s >= 1 &&
                         std::any_of(in.mentions.rows.begin(), in.mentions.rows.end(), [&](const Mention& m) { return m.entity == EntityRef{e, false}; });
      if (s > best_score && ((s >= 3 && (exact || !sure)) || named)) { best_score = s; best = e; }
    }
    if (best == kNone) continue;
    const bool moved = d.entity.local || best != d.entity.index;
    if (moved)
      for (uint32_t i : d.claims) out.rows[i].subject = {best, false};
    // is the name written one of the body's own?
    WordRange words = d.words;
    bool own_name = false, ambiguous = false;
    const uint32_t n = words.first < in.matches.name_at.size() ? in.matches.name_at[words.first] : kNone;
    if (n != kNone) {
      words = in.matches.names[n].words;
      for (uint32_t k = n; k < in.matches.names.size() && k < n + in.matches.names[n].candidates; ++k) {
        const NameRow& name = world_->names()[in.matches.names[k].name];
        if (name.entity != best) continue;
        if (name.kind == NameKind::kAmbiguous) ambiguous = true;
        else own_name = true;
      }
    }
    if (own_name || d.common || (!moved && !ambiguous) || best_score < 3) continue;
    Claim c;
    c.sentence = in.text.tokens[in.words.words[words.first].token].sentence;
    c.words = words;
    c.property = "name";
    c.subject = {best, false};
    c.text_value = std::string(in.raw(in.span_of(words)));
    c.rule = pack_->find("claim.described");
    chain(in, words.first, c, memory, out);
    out.rows.push_back(std::move(c));
  }
}

}  // namespace

std::unique_ptr<ClaimStage> ClaimStage::open(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                                             std::shared_ptr<const Lexicon> lexicon) {
  return std::make_unique<Stage>(std::move(pack), lang, std::move(world), std::move(lexicon));
}

}  // namespace biruni
