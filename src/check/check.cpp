#include "check/check.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <fmt/core.h>

#include "check/facts.h"

namespace biruni {
namespace {

constexpr double kAbout = 0.10;         // "about", "nearly", "barely"
constexpr double kArea = 0.01;          // sources differ by what water they count
constexpr double kBorder = 0.05;        // sources differ by the scale at which they measure
constexpr double kPopulation = 0.03;    // estimates differ
constexpr double kYearly = 0.01;        // and for every year between claim and reference
constexpr int kOldest = 1950;           // areas and borders of earlier years are other areas and borders
constexpr int kRankYears = 12;          // for which who ranks first in a mineral speaks against another
constexpr int kRankMoves = 5;            // years after which neighbours in a ranking may have changed places
constexpr int kRecent = 3;              // years that a rank of another year may stand for

DateKey key_of(CivilDate d) { return d.year * 10000 + d.month * 100 + d.day; }

/// Half a unit of the last digit that was said, relative: 2.5 million -> 0.02, 1460 -> 0.003. In any unit that it may
/// have been said in before conversion.
double rounding(double v, std::string_view unit) {
  auto of = [](double x) {
    x = std::fabs(x);
    if (x == 0) return 0.0;
    const double power = std::floor(std::log10(x));
    for (int digits = 1; digits <= 9; ++digits) {
      const double step = std::pow(10, power - digits + 1);
      const double n = x / step;
      if (std::fabs(n - std::round(n)) < 1e-4) return step / 2 / x;
    }
    return 0.0;
  };
  double r = of(v);
  if (unit == "km") r = std::max(r, of(v / 1.609344));
  if (unit == "km2") r = std::max({r, of(v / 2.589988), of(v * 100)});
  // a bare power of ten says little of its zeros, but a claim is not loose for that
  return std::min(r, 0.05);
}

/// Whether a stated number agrees with a reference. `slack`: how far honest sources lie apart.
bool agrees(char comparator, double said, double reference, double slack, std::string_view unit) {
  const double scale = std::max(std::fabs(reference), 1e-9);
  switch (comparator) {
    case '>': return reference >= said * (1 - slack);
    case '<': return reference <= said * (1 + slack);
    case '~': return std::fabs(said - reference) <= std::max(kAbout, slack) * scale;
    default: return std::fabs(said - reference) <= std::max(rounding(said, unit), slack) * scale + 1e-9;
  }
}

std::string bound_text(char comparator) {
  switch (comparator) {
    case '>': return "more than ";
    case '<': return "less than ";
    case '~': return "about ";
    default: return "";
  }
}

std::string list_text(const World& world, const std::vector<uint32_t>& list, size_t limit = 12) {
  std::string out;
  for (size_t i = 0; i < list.size(); ++i) {
    if (i == limit) { out += fmt::format(" and {} more", list.size() - limit); break; }
    if (i) out += ", ";
    out += world.name(list[i]);
  }
  return out;
}

/// Lower-case words of a name without short ones; of a word its first five letters (Petroleum, Petroleums).
std::vector<std::string> name_words(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  auto end = [&] {
    size_t letters = 0, cut = word.size();
    for (size_t i = 0; i < word.size(); ++i)
      if ((static_cast<unsigned char>(word[i]) & 0xC0) != 0x80 && ++letters == 6) cut = i;
    if (letters > 2) out.push_back(word.substr(0, cut));
    word.clear();
  };
  for (char ch : text) {
    if (std::isalnum(static_cast<unsigned char>(ch)) || static_cast<unsigned char>(ch) > 127) word += static_cast<char>(std::tolower(static_cast<unsigned char>(ch)));
    else end();
  }
  end();
  return out;
}

class Checker {
 public:
  Checker(const Claim& c, const World& w, CivilDate date) : c_(c), w_(w), p_(w.pack()), date_(date) {
    year_ = c.as_of.size() >= 4 ? std::atoi(c.as_of.substr(0, 4).c_str()) : date.year;
    on_ = c.as_of.size() == 4 || c.as_of.empty() ? (date.year == year_ && date.year ? key_of(date) : year_ * 10000) : 0;
    if (c.as_of.size() == 10) on_ = std::atoi(c.as_of.substr(0, 4).c_str()) * 10000 + std::atoi(c.as_of.substr(5, 2).c_str()) * 100 + std::atoi(c.as_of.substr(8, 2).c_str());
  }
  Check run();

 private:
  void number(std::string_view property, std::string_view object, std::string_view what, double slack);
  bool compared(std::string_view property);
  void coast();
  void population();
  void rank(std::string_view fact, std::string_view measure, bool descending_area);
  void stored_rank(std::string_view what);
  void borders();
  void capital();
  void member_of();
  void members();
  void member_count();
  void dates(std::string_view property, std::string_view what);
  void leader();
  void hosts();
  void word_list(std::string_view property, std::string_view what);
  void weekday();
  void distance();
  void date_of();
  void name();
  void given_name();
  std::string fact_key(std::string_view object) const;
  void reference(const FactRow& f);
  void decide(bool ok) { k_.verdict = ok ? Verdict::kSupported : Verdict::kContradicted; }
  void missing(std::string why) { k_.verdict = Verdict::kUnverifiable; k_.why = std::move(why); }
  void deviation(double reference) {
    if (reference == 0) return;
    k_.has_deviation = true;
    k_.deviation = (c_.value - reference) / reference;
  }
  std::string subject() const { return std::string(w_.name(c_.subject.index)); }
  std::string object() const {
    const uint32_t e = w_.find(c_.object);
    return e == kNone ? c_.object : std::string(w_.name(e));
  }
  std::string said() const { return bound_text(c_.comparator) + number_text(c_.value) + (c_.unit.empty() ? "" : " " + c_.unit); }

  const Claim& c_;
  const World& w_;
  const Pack& p_;
  CivilDate date_;
  int year_ = 0;
  DateKey on_ = 0;
  Check k_;
};

void Checker::reference(const FactRow& f) {
  k_.has_reference = true;
  if (!std::isnan(f.number)) { k_.reference_is_number = true; k_.reference_value = f.number; }
  else k_.reference_text = std::string(p_.str(f.value));
  k_.reference_unit = std::string(p_.str(f.unit));
  k_.reference_as_of = std::string(p_.str(f.as_of));
  k_.reference_source = std::string(p_.str(f.source));
}

// Several sources side by side: it is enough that one that can be cited agrees; otherwise the nearest is shown.
void Checker::number(std::string_view property, std::string_view object_key, std::string_view what, double slack) {
  const FactRow* best = nullptr;
  double best_gap = 0;
  bool ok = false, uncited = false;
  for (const FactRow& f : w_.facts_of(c_.subject.index)) {
    if (p_.str(f.property) != property || std::isnan(f.number)) continue;
    const auto o = p_.str(f.object);
    if (property == "area" ? o != "total" && o != "land" : o != object_key) continue;
    if (f.unverified) { uncited = true; continue; }
    const bool fits = agrees(c_.comparator, c_.value, f.number, slack, c_.unit);
    const double gap = std::fabs(c_.value - f.number);
    // the land area alone may save a claim, but is not the one to show against it
    if (property == "area" && o == "land" && (!fits || c_.comparator != '=')) continue;
    if (!best || (fits && !ok) || (fits == ok && gap < best_gap)) { best = &f; best_gap = gap; }
    ok = ok || fits;
  }
  if (!best) {
    missing(uncited ? fmt::format("The only figure for {} has no source that can be cited.", what)
                    : fmt::format("The reference has no figure for {}.", what));
    return;
  }
  reference(*best);
  deviation(best->number);
  decide(ok);
  k_.why = fmt::format("The text gives {} for {}; {} gives {} {}{}.", said(), what, p_.str(best->source), number_text(best->number),
                       p_.str(best->unit), ok ? "" : fmt::format(", a difference of {:+.0f} per cent", k_.deviation * 100));
}

// Two countries beside each other: "larger than", "twice the size of". For each source that has both.
bool Checker::compared(std::string_view property) {
  const uint32_t other = c_.object.empty() ? kNone : w_.find(c_.object);
  if (other == kNone || (c_.has_number && c_.unit != "times")) return false;
  const bool area = property == "area";
  bool ok = false, any = false;
  const double times = c_.has_number ? c_.value : 1;
  for (const char* source : {"World Factbook", "mledoze"}) {
    const FactRow* a = number_fact(w_, c_.subject.index, property, area ? "total" : "", source);
    const FactRow* b = number_fact(w_, other, property, area ? "total" : "", source);
    if (!a || !b || b->number <= 0) continue;
    const double ratio = a->number / b->number;
    // said without a bound, "twice" is a round number
    const bool fits = c_.comparator == '>' ? ratio > times * 0.995 : c_.comparator == '<' ? ratio < times * 1.005
                                            : std::fabs(ratio - times) <= 0.2 * times;
    if (any && !(fits && !ok)) continue;
    any = true;
    ok = ok || fits;
    reference(*a);
    k_.reference_value = std::round(ratio * 100) / 100;
    k_.reference_unit = "times";
    k_.why = fmt::format("{} has {} {}{}, {} {}: {} times as {} ({}).", subject(), number_text(a->number), p_.str(a->unit), area ? " of area" : "", object(),
                         number_text(b->number), number_text(k_.reference_value), area ? "large" : "many", p_.str(a->source));
  }
  if (!any) missing(fmt::format("The reference has no {} of both {} and {}.", property, subject(), object()));
  else decide(ok);
  return true;
}

// States on a sea: the table lists all of a sea that it has at all.
void Checker::coast() {
  const FactRow* row = nullptr;
  std::vector<uint32_t> all;
  for (const FactRow& f : w_.facts()) {
    if (p_.str(f.property) != "coast" || p_.str(f.object) != c_.object || f.unverified) continue;
    all.push_back(f.subject);
    if (f.subject == c_.subject.index || !row) row = &f;
  }
  if (!row) { missing(fmt::format("The reference does not know which states lie on the {}.", c_.object)); return; }
  k_.has_reference = true;
  k_.reference_source = std::string(p_.str(row->source));
  for (uint32_t e : all) k_.reference_list.emplace_back(w_.id(e));
  const bool ok = row->subject == c_.subject.index;
  decide(ok);
  k_.why = fmt::format("{} {} on the {}; the states on it are {}.", subject(), ok ? "lies" : "does not lie", c_.object, list_text(w_, all, 30));
}

// The year decides: between two references by interpolation, outside them the nearest with a margin for each year.
void Checker::population() {
  std::vector<const FactRow*> rows;
  for (const FactRow& f : w_.facts_of(c_.subject.index))
    if (p_.str(f.property) == "population" && !std::isnan(f.number) && !f.unverified && year_of(w_, f)) rows.push_back(&f);
  if (rows.empty()) { missing(fmt::format("The reference has no population of {} that can be cited.", subject())); return; }
  const FactRow *before = nullptr, *after = nullptr, *nearest = nullptr;
  for (const FactRow* f : rows) {
    const int y = year_of(w_, *f);
    if (y <= year_ && (!before || y > year_of(w_, *before))) before = f;
    if (y >= year_ && (!after || y < year_of(w_, *after))) after = f;
    if (!nearest || std::abs(y - year_) < std::abs(year_of(w_, *nearest) - year_)) nearest = f;
  }
  if (!year_) nearest = rows.front();
  double value = nearest->number;
  double slack = kPopulation;
  const int gap = year_ ? std::abs(year_of(w_, *nearest) - year_) : 0;
  if (before && after && before != after) {
    const double y0 = year_of(w_, *before), y1 = year_of(w_, *after);
    value = before->number + (after->number - before->number) * (year_ - y0) / (y1 - y0);
    slack += kYearly * gap / 2;
  } else {
    slack += kYearly * gap * 1.5;
  }
  reference(*nearest);
  deviation(nearest->number);
  const bool ok = agrees(c_.comparator, c_.value, value, slack, c_.unit) || agrees(c_.comparator, c_.value, nearest->number, slack, c_.unit);
  if (gap > 15) {
    k_ = Check{};
    missing(fmt::format("The nearest population of {} in the reference is of {}, too far from {} to decide.", subject(), year_of(w_, *nearest), year_));
    return;
  }
  decide(ok);
  k_.why = fmt::format("The text gives {} people for {}{}; {} gives {} ({}){}.", bound_text(c_.comparator) + number_text(c_.value), subject(),
                       year_ ? fmt::format(" in {}", year_) : "", p_.str(nearest->source), number_text(nearest->number), year_of(w_, *nearest),
                       ok ? "" : fmt::format(", a difference of {:+.0f} per cent", k_.deviation * 100));
}

// Ranks by area and population are computed, once over the members of the UN and once with other states, for each source.
void Checker::rank(std::string_view fact, std::string_view measure, bool by_area) {
  std::vector<uint32_t> group;
  std::string among = "the states of the world";
  if (!c_.object.empty()) {
    group = group_of(w_, c_.object, on_);
    if (group.empty()) { missing(fmt::format("The reference does not know which countries '{}' are.", c_.object)); return; }
    among = w_.find(c_.object) != kNone ? "the members of " + std::string(w_.name(w_.find(c_.object))) : fmt::format("the {} countries", c_.object);
  }
  struct Way { const char* source; bool strict; };
  const Way ways[] = {{"World Factbook", true}, {"World Factbook", false}, {"mledoze", true}};
  bool ok = false;
  int shown = 0;
  const FactRow* own_shown = nullptr;
  for (const Way& way : ways) {
    const FactRow* own = number_fact(w_, c_.subject.index, fact, by_area ? "total" : "", way.source);
    if (!own) continue;
    int r = 1;
    for (uint32_t e : group.empty() ? states(w_, way.strict) : group) {
      if (e == c_.subject.index) continue;
      const FactRow* f = number_fact(w_, e, fact, by_area ? "total" : "", way.source);
      if (f && f->number > own->number) ++r;
    }
    const bool fits = c_.comparator == '<' ? r <= c_.value : c_.comparator == '~' ? std::fabs(r - c_.value) <= 1 : r == static_cast<int>(c_.value);
    if (!own_shown || (fits && !ok)) { own_shown = own; shown = r; }
    ok = ok || fits;
  }
  if (!own_shown) { missing(fmt::format("The reference has no {} of {} to rank.", measure, subject())); return; }
  if (!group.empty() && std::find(group.begin(), group.end(), c_.subject.index) == group.end()) {
    k_.why = fmt::format("{} is not one of {}.", subject(), among);
    k_.has_reference = true;
    k_.reference_text = "not among them";
    k_.reference_source = "members of the group in the reference";
    decide(false);
    return;
  }
  if (const int gap = year_ && year_of(w_, *own_shown) ? std::abs(year_of(w_, *own_shown) - year_) : 0; !ok && !by_area && gap > kRankMoves && std::fabs(shown - c_.value) <= 2) {
    missing(fmt::format("By population {} ranks {} in {}; the reference has no ranks of {}.", subject(), ordinal_text(shown), year_of(w_, *own_shown), year_));
    return;
  }
  k_.has_reference = true;
  k_.reference_is_number = true;
  k_.reference_value = shown;
  k_.reference_as_of = std::string(p_.str(own_shown->as_of));
  k_.reference_source = fmt::format("rank by {} computed over {} from {}", measure, among, p_.str(own_shown->source).substr(0, p_.str(own_shown->source).find(',')));
  decide(ok);
  k_.why = fmt::format("By {} {} ranks {} among {}{}.", measure, subject(), ordinal_text(shown), among,
                       ok ? "" : fmt::format(", not {}", ordinal_text(static_cast<int>(c_.value))));
}

std::string Checker::fact_key(std::string_view object) const {
  if (object == "natural gas") return "gas";
  return std::string(object);
}

void Checker::stored_rank(std::string_view what) {
  const std::string key = fact_key(c_.object);
  const FactRow *best = nullptr, *first = nullptr;
  bool ok = false, uncited = false;
  for (const FactRow& f : w_.facts_of(c_.subject.index)) {
    if (p_.str(f.property) != c_.property || p_.str(f.object) != key || std::isnan(f.number)) continue;
    if (f.unverified) { uncited = true; continue; }
    const int gap = year_ ? std::abs(year_of(w_, f) - year_) : 0;
    const bool fits = c_.comparator == '<' ? f.number <= c_.value : f.number == c_.value;
    if (!best || (fits && !ok) || (fits == ok && gap < std::abs(year_of(w_, *best) - year_))) best = &f;
    ok = ok || fits;
  }
  // who holds that rank instead
  std::string holder;
  for (const FactRow& f : w_.facts()) {
    if (p_.str(f.property) != c_.property || p_.str(f.object) != key || f.unverified || f.number != c_.value) continue;
    if (f.subject == c_.subject.index) continue;
    if (!first || std::abs(year_of(w_, f) - year_) < std::abs(year_of(w_, *first) - year_)) first = &f;
  }
  if (first) holder = std::string(w_.name(first->subject));
  if (!best) {
    if (first && c_.comparator == '=' && (!year_ || std::abs(year_of(w_, *first) - year_) <= kRankYears)) {
      reference(*first);
      k_.reference_is_number = false;
      k_.reference_text = fmt::format("{}: {}", ordinal_text(static_cast<int>(c_.value)), holder);
      decide(false);
      k_.why = fmt::format("{} ranks {} in {} of {} ({}); the reference has no such rank for {}.", holder, ordinal_text(static_cast<int>(c_.value)),
                           what, c_.object, p_.str(first->source), subject());
      return;
    }
    missing(uncited ? fmt::format("The only row on {} of {} of {} has no source that can be cited.", what, c_.object, subject())
                    : fmt::format("The reference has no rank of {} in {} of {}.", subject(), what, c_.object));
    return;
  }
  reference(*best);
  decide(ok);
  k_.why = fmt::format("{} ranks {} in {} of {} according to {}{}.", subject(), ordinal_text(static_cast<int>(best->number)), what, c_.object,
                       p_.str(best->source), ok || holder.empty() ? "" : fmt::format("; {} ranks {}", holder, ordinal_text(static_cast<int>(c_.value))));
}

void Checker::borders() {
  const uint32_t other = w_.find(c_.object);
  if (other == kNone || w_.entity(other).type == WorldType::kPlace) { coast(); return; }
  const FactRow *row = nullptr, *any = nullptr;
  std::vector<uint32_t> all;
  for (const FactRow& f : w_.facts_of(c_.subject.index)) {
    if (p_.str(f.property) != "borders" || f.unverified) continue;
    any = any ? any : &f;
    if (p_.str(f.object) == c_.object) row = row ? row : &f;
    const uint32_t e = w_.find(p_.str(f.object));
    if (e != kNone && std::find(all.begin(), all.end(), e) == all.end()) all.push_back(e);
  }
  if (other == kNone || (!any && number_fact(w_, c_.subject.index, "area", "", "") == nullptr)) {
    missing(fmt::format("The reference has no land borders of {}.", subject()));
    return;
  }
  k_.has_reference = true;
  k_.reference_source = row ? std::string(p_.str(row->source)) : any ? std::string(p_.str(any->source)) : "no land boundaries in the reference";
  for (uint32_t e : all) k_.reference_list.emplace_back(w_.id(e));
  if (all.empty()) k_.reference_text = "none";
  decide(row != nullptr);
  k_.why = row ? fmt::format("{} and {} have a land border ({}).", subject(), object(), k_.reference_source)
               : fmt::format("{} has no land border with {}; its neighbours are {}.", subject(), object(), all.empty() ? "none" : list_text(w_, all, 16));
  if (!row || c_.direction.empty()) return;
  static constexpr const char* kNames[] = {"north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"};
  static constexpr const char* kCodes[] = {"N", "NE", "E", "SE", "S", "SW", "W", "NW"};
  int said = -1;
  for (int i = 0; i < 8; ++i) if (c_.direction == kNames[i]) said = i;
  std::string found;
  int least = 8;
  for (const FactRow& f : w_.facts_of(c_.subject.index)) {
    if (p_.str(f.property) != "neighbour_direction" || p_.str(f.object) != c_.object || f.unverified) continue;
    for (int i = 0; i < 8; ++i) {
      if (p_.str(f.value) != kCodes[i]) continue;
      found += (found.empty() ? "" : "/") + std::string(kNames[i]);
      const int d = std::abs(i - said) % 8;
      least = std::min(least, std::min(d, 8 - d));
    }
  }
  if (said < 0 || found.empty()) { k_.why += " The direction is not in the reference."; return; }
  // directions are those between the middles of two countries: only the opposite side speaks against a text
  if (least >= 3) {
    decide(false);
    k_.reference_text = found;
    k_.reference_list.clear();
    k_.why = fmt::format("{} and {} have a land border, but {} lies to the {}, not to the {}.", subject(), object(), object(), found, c_.direction);
  } else {
    k_.why += fmt::format(" {} lies to the {}.", object(), found);
  }
}

// A capital of the year of the text; an older or later name of the same town counts.
void Checker::capital() {
  auto same = [](std::string_view a, std::string_view b) {
    auto norm = [](std::string_view s) {
      std::string o;
      for (char ch : s) if (std::isalnum(static_cast<unsigned char>(ch)) || static_cast<unsigned char>(ch) > 127) o += static_cast<char>(std::tolower(static_cast<unsigned char>(ch)));
      return o;
    };
    return norm(a) == norm(b);
  };
  const FactRow *hit = nullptr, *now = nullptr;
  for (const FactRow& f : w_.facts_of(c_.subject.index)) {
    if (p_.str(f.property) != "capital" || f.unverified) continue;
    const int until = std::atoi(std::string(p_.str(f.as_of)).c_str());
    if (until && year_ && until < year_) {
      if (same(p_.str(f.value), c_.text_value) || p_.str(f.object) == c_.text_value) hit = hit ? hit : &f;
      continue;
    }
    now = now ? now : &f;
    bool fits = same(p_.str(f.value), c_.text_value) || same(p_.str(f.object), c_.text_value);
    const uint32_t place = w_.find(p_.str(f.object));
    if (!fits && place != kNone) {
      fits = same(w_.name(place), c_.text_value);
      for (const NameRow& n : w_.names_of(place)) fits = fits || same(p_.str(n.text), c_.text_value);
    }
    if (fits) {
      reference(f);
      decide(true);
      k_.why = fmt::format("{} is the capital of {} ({}).", p_.str(f.value), subject(), p_.str(f.source));
      return;
    }
  }
  if (!now) { missing(fmt::format("The reference has no capital of {}.", subject())); return; }
  reference(*now);
  decide(false);
  k_.why = hit ? fmt::format("{} was the capital of {} until {}; it is {}.", c_.text_value, subject(), p_.str(hit->as_of), p_.str(now->value))
               : fmt::format("The capital of {} is {}, not {} ({}).", subject(), p_.str(now->value), c_.text_value, p_.str(now->source));
}

void Checker::member_of() {
  const uint32_t org = w_.find(c_.object);
  if (org == kNone || w_.members_of(org).empty()) { missing(fmt::format("The reference has no list of members of {}.", object())); return; }
  const MemberRow *row = nullptr, *other = nullptr;
  bool complete = true;
  for (const MemberRow& m : w_.members_of(org)) {
    if (m.unverified) { complete = false; continue; }
    if (m.member != c_.subject.index) continue;
    const auto role = p_.str(m.role);
    const bool member = role == "member" || role == "founder" || role == "suspended";
    if (member && (valid_on(m.from, m.to, on_) || valid_on(m.from, m.to, year_ * 10000))) row = row ? row : &m;
    else other = other ? other : &m;
  }
  // a year beside it is the year of joining
  k_.has_reference = true;
  k_.reference_source = fmt::format("members of {} with dates, published list of the organisation", w_.name(org));
  if (row) {
    const int from = row->from / 10000;
    k_.reference_text = from ? std::to_string(from) : "member";
    const int said = c_.text_value.size() >= 4 ? std::atoi(c_.text_value.substr(0, 4).c_str()) : 0;
    if (said && from && said != from) {
      decide(false);
      k_.why = fmt::format("{} has been a member of {} since {}, not {}.", subject(), w_.name(org), from, said);
      return;
    }
    decide(true);
    k_.why = fmt::format("{} is a member of {}{}.", subject(), w_.name(org), from ? fmt::format(" since {}", from) : "");
    return;
  }
  if (!complete) { k_ = Check{}; missing(fmt::format("The list of members of {} in the reference is not complete.", w_.name(org))); return; }
  decide(false);
  if (other) {
    k_.reference_text = std::string(p_.str(other->role)) + (other->to ? fmt::format(" until {}", other->to / 10000) : "");
    k_.why = fmt::format("{} is not a member of {} at the time: {} {}.", subject(), w_.name(org), p_.str(other->role), other->to ? fmt::format("until {}", other->to / 10000) : "only");
  } else {
    k_.reference_text = "not a member";
    k_.why = fmt::format("{} is not among the members of {}.", subject(), w_.name(org));
  }
}

// What is listed must be among the members; a full list must be the whole set.
void Checker::members() {
  bool unverified = false;
  const auto members = members_on(w_, c_.subject.index, on_, unverified);
  if (members.empty()) { missing(fmt::format("The reference has no list of members of {}.", subject())); return; }
  std::vector<uint32_t> wrong;
  for (const std::string& id : c_.list_value) {
    const uint32_t e = w_.find(id);
    if (e == kNone || !std::binary_search(members.begin(), members.end(), e)) wrong.push_back(e);
  }
  if (!wrong.empty() && unverified) { missing(fmt::format("The list of members of {} in the reference is not complete.", subject())); return; }
  k_.has_reference = true;
  for (uint32_t m : members) k_.reference_list.emplace_back(w_.id(m));
  k_.reference_source = fmt::format("members of {} with dates, published list of the organisation", subject());
  k_.reference_as_of = year_ ? std::to_string(year_) : "";
  decide(wrong.empty());
  if (!wrong.empty()) k_.why = fmt::format("{} {} not among the members of {}.", list_text(w_, wrong), wrong.size() == 1 ? "is" : "are", subject());
  else if (c_.list_value.size() == members.size()) k_.why = fmt::format("These are all {} members of {} at the time.", members.size(), subject());
  else k_.why = fmt::format("All {} named are among the {} members of {} at the time.", c_.list_value.size(), members.size(), subject());
}

void Checker::member_count() {
  bool unverified = false;
  const auto members = members_on(w_, c_.subject.index, on_, unverified);
  if (members.empty()) { missing(fmt::format("The reference has no list of members of {}.", subject())); return; }
  const double n = static_cast<double>(members.size());
  bool ok = c_.comparator == '=' ? n == c_.value : agrees(c_.comparator, c_.value, n, 0, "");
  if (!ok && unverified) { missing(fmt::format("The list of members of {} in the reference is not complete.", subject())); return; }
  k_.has_reference = true;
  k_.reference_is_number = true;
  k_.reference_value = n;
  k_.reference_as_of = year_ ? std::to_string(year_) : "";
  k_.reference_source = fmt::format("members of {} with dates, published list of the organisation", subject());
  deviation(n);
  decide(ok);
  k_.why = fmt::format("{} has {} members{}: {}.", subject(), members.size(), year_ ? fmt::format(" in {}", year_) : "", list_text(w_, members, 10));
}

// Treaty, entry into force and the body itself: any date supports; a year is enough unless the text says more.
void Checker::dates(std::string_view property, std::string_view what) {
  const FactRow *first = nullptr, *hit = nullptr;
  std::string all;
  bool uncited = false;
  const size_t n = c_.text_value.size();
  auto consider = [&](const FactRow& f) {
    if (std::isnan(f.number) && p_.str(f.value).empty()) return;
    if (f.unverified) { uncited = true; return; }
    const auto value = p_.str(f.value);
    const auto kind = p_.str(f.object);
    all += (all.empty() ? "" : ", ") + std::string(value) + (kind.empty() ? "" : fmt::format(" ({})", kind));
    first = first ? first : &f;
    const size_t shared = std::min(n, value.size());
    if (!hit && shared >= 4 && value.substr(0, shared) == std::string_view(c_.text_value).substr(0, shared)) hit = &f;
  };
  for (const FactRow& f : w_.facts_of(c_.subject.index)) if (p_.str(f.property) == property) consider(f);
  if (property == "founded" && !first)
    for (const FactRow& f : w_.facts_of(c_.subject.index)) if (p_.str(f.property) == "independence") consider(f);
  const EntityRow& e = w_.entity(c_.subject.index);
  if (!first) {
    if (property == "founded" && e.from && std::to_string(e.from / 10000) == c_.text_value.substr(0, 4)) {
      missing(fmt::format("The entity table agrees ({}), but has no source that can be cited for when {} was {}.", e.from / 10000, subject(), what));
      return;
    }
    missing(uncited ? fmt::format("The only date on which {} was {} has no source that can be cited.", subject(), what)
                    : fmt::format("The reference does not say when {} was {}.", subject(), what));
    return;
  }
  const FactRow& shown = hit ? *hit : *first;
  reference(shown);
  k_.reference_is_number = false;
  k_.reference_text = std::string(p_.str(shown.value));
  decide(hit != nullptr);
  k_.why = hit ? fmt::format("{} was {} on {}{} ({}).", subject(), what, p_.str(shown.value), all.find(',') != all.npos ? fmt::format(" (all dates: {})", all) : "", p_.str(shown.source))
               : fmt::format("{} was {} on {}, not {} ({}).", subject(), what, all, c_.text_value, p_.str(shown.source));
  if (hit && property == "independence" && !c_.object.empty()) k_.why += " The reference row does not say from whom.";
}

void Checker::leader() {
  const EntityRow& e = w_.entity(c_.subject.index);
  std::vector<std::pair<const OfficeRow*, bool>> rows;
  const bool country = e.type == WorldType::kCountry;
  const OfficeRow *hit = nullptr, *now = nullptr, *once = nullptr;
  const DateKey on = on_ ? on_ : key_of(date_);
  for (const OfficeRow& o : w_.offices()) {
    if (o.unverified) continue;
    if (country ? o.country != c_.subject.index || o.body != kNone : o.body != c_.subject.index) continue;
    const auto office = p_.str(o.office);
    if (country && office != "head_of_state" && office != "head_of_government" && office != "monarch" && office != "leader") continue;
    // a year alone: some time of it
    const bool valid = on % 10000 ? valid_on(o.from, o.to, on) : o.from / 10000 <= on / 10000 && (!o.to || o.to / 10000 >= on / 10000);
    const bool same = w_.name(o.person) == c_.text_value;
    if (same && valid) hit = &o;
    if (same && !valid) once = &o;
    if (valid && !now) now = &o;
  }
  if (!hit && !once) {  // a name that no row of the reference has cannot be compared: it may be a spelling
    bool known = false;
    for (const OfficeRow& o : w_.offices()) known = known || w_.name(o.person) == c_.text_value;
    if (!known) { missing(fmt::format("The reference does not know {}.", c_.text_value)); return; }
  }
  if (!hit && !now && !once) { missing(fmt::format("The reference does not say who led {} then.", subject())); return; }
  k_.has_reference = true;
  k_.reference_source = "offices with dates: REIGN, World Factbook";
  const OfficeRow* shown = hit ? hit : now;
  if (shown) { k_.reference_text = std::string(w_.name(shown->person)); k_.reference_as_of = shown->from ? std::to_string(shown->from / 10000) : ""; }
  if (hit) {
    decide(true);
    k_.why = fmt::format("{} is {} of {}{}.", c_.text_value, p_.str(hit->office), subject(), hit->from ? fmt::format(" since {}", hit->from / 10000) : "");
  } else if (now) {
    decide(false);
    k_.why = fmt::format("At the time {} is {} of {}, not {}.", w_.name(now->person), p_.str(now->office), subject(), c_.text_value);
  } else {
    k_ = Check{};
    missing(fmt::format("{} led {} at another time; who did then is not in the reference.", c_.text_value, subject()));
  }
}

void Checker::hosts() {
  const FactRow *hit = nullptr, *elsewhere = nullptr;
  bool uncited = false;
  for (const FactRow& f : w_.facts()) {
    if (p_.str(f.property) != "hosts" || p_.str(f.object) != c_.object) continue;
    if (f.unverified) { uncited = uncited || f.subject == c_.subject.index; continue; }
    if (f.subject == c_.subject.index) hit = &f; else elsewhere = &f;
  }
  if (!hit && c_.object.ends_with("military base")) {
    // "hosts Russian military bases": any base that its name or note gives to that country
    const std::string whose = c_.object.substr(0, c_.object.find(' '));
    for (const FactRow& f : w_.facts_of(c_.subject.index)) {
      if (p_.str(f.property) != "hosts") continue;
      const std::string text = std::string(p_.str(f.object)) + " " + std::string(p_.str(f.value));
      if (text.find(whose) == text.npos) continue;
      if (f.unverified) uncited = true; else hit = &f;
    }
  }
  const FactRow* shown = hit ? hit : elsewhere;
  if (!shown) {
    missing(uncited ? fmt::format("The row on {} in {} has no source that can be cited.", c_.object, subject())
                    : fmt::format("The reference does not know {}.", c_.object.empty() ? "it" : c_.object));
    return;
  }
  k_.has_reference = true;
  k_.reference_text = fmt::format("{} ({})", p_.str(shown->object), w_.id(shown->subject));
  k_.reference_as_of = std::string(p_.str(shown->as_of));
  k_.reference_source = std::string(p_.str(shown->source));
  decide(hit != nullptr);
  const auto note = p_.str(shown->value);
  k_.why = fmt::format("{} is in {}{}.", p_.str(shown->object), w_.name(shown->subject), note.empty() ? "" : fmt::format(" ({})", note));
}

// Languages, currencies, religions: any row of the reference with the word.
void Checker::word_list(std::string_view property, std::string_view what) {
  const FactRow *hit = nullptr, *first = nullptr;
  std::string all;
  auto lower = [](std::string_view s) {
    std::string o(s);
    for (char& ch : o) ch = static_cast<char>(std::tolower(static_cast<unsigned char>(ch)));
    return o;
  };
  const std::string said = lower(c_.text_value);
  // patterns speak of official languages and of the religion of most people
  const bool official = property == "language";
  double most = -1, share = -1, parts = 0;
  std::string top;
  bool named_official = false;
  for (const FactRow& f : w_.facts_of(c_.subject.index)) {
    if (p_.str(f.property) != property || f.unverified) continue;
    first = first ? first : &f;
    const std::string object = lower(p_.str(f.object)), value = lower(p_.str(f.value));
    const std::string& shown = property == "currency" ? value : object;
    if (all.find(shown) == all.npos) all += (all.empty() ? "" : ", ") + shown;
    bool fits = object == said || object.starts_with(said) || said.starts_with(object);
    if (property == "currency") fits = value == said || value.find(said) != value.npos || object == said;
    if (property == "language" && value == "official") named_official = true;
    if (fits && (!hit || value == "official")) hit = &f;
    if (property == "religion" && !std::isnan(f.number)) {
      // branches of one religion count together only by the larger row: the reference gives shares as it finds them
      if (f.number > most) { most = f.number; top = p_.str(f.object); }
      if (fits) share = std::max(share, f.number);
      else if (in_group(w_, "religion " + c_.text_value, object)) { parts += f.number; hit = hit ? hit : &f; }
    }
  }
  if (!first) { missing(fmt::format("The reference does not give the {} of {}.", what, subject())); return; }
  bool ok = hit != nullptr;
  if (parts > 0) share = std::max(share, 0.0) + parts;
  if (ok && property == "religion" && share >= 0) ok = share >= 50 || share >= most;
  if (ok && official && named_official && p_.str(hit->value) != "official") {
    missing(fmt::format("The reference names {} among the languages of {}, but not as official.", c_.text_value, subject()));
    return;
  }
  const FactRow& shown = hit ? *hit : *first;
  reference(shown);
  k_.reference_is_number = property == "religion" && !std::isnan(shown.number);
  if (!k_.reference_is_number) k_.reference_text = property == "currency" ? std::string(p_.str(shown.value)) : hit ? std::string(p_.str(shown.object)) : all;
  decide(ok);
  k_.why = ok ? fmt::format("{} is given as {} of {} ({}).", c_.text_value, what, subject(), p_.str(shown.source))
              : fmt::format("The {} of {} in the reference: {}; not {}.", what, subject(), all, c_.text_value);
}

void Checker::weekday() {
  static constexpr const char* kDays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  int y = 0, m = 0, d = 0;
  if (std::sscanf(c_.as_of.c_str(), "%d-%d-%d", &y, &m, &d) != 3) { missing("The date of the day is not known."); return; }
  // Sakamoto's method
  static constexpr int kShift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
  const int yy = m < 3 ? y - 1 : y;
  const int sunday0 = (yy + yy / 4 - yy / 100 + yy / 400 + kShift[m - 1] + d) % 7;
  const char* day = kDays[(sunday0 + 6) % 7];
  k_.has_reference = true;
  k_.reference_text = day;
  k_.reference_as_of = c_.as_of;
  k_.reference_source = "Gregorian calendar, computed";
  decide(c_.text_value == day);
  k_.why = c_.text_value == day ? fmt::format("{} was a {}.", c_.as_of, day) : fmt::format("{} was a {}, not a {}.", c_.as_of, day, c_.text_value);
}

// No road atlas: the straight line is a lower bound, and a road is seldom twice as long.
void Checker::distance() {
  auto place_of = [&](uint32_t e) -> const PlaceRow* {
    if (e == kNone || w_.entity(e).place == kNone) return nullptr;
    return &w_.places()[w_.entity(e).place];
  };
  const PlaceRow *a = c_.subject.local ? nullptr : place_of(c_.subject.index), *b = place_of(w_.find(c_.object));
  if (!a || !b || !c_.has_number) { missing("The reference has no coordinates of both places."); return; }
  const double line = great_circle_km(a->lat, a->lon, b->lat, b->lon);
  k_.has_reference = true;
  k_.reference_is_number = true;
  k_.reference_value = std::round(line);
  k_.reference_unit = "km";
  k_.reference_source = "straight line computed from coordinates (World Factbook; own)";
  deviation(line);
  const double slack = line < 100 ? 0.35 : 0.15;  // coordinates are good to about 0.1 degree
  const bool ok = c_.value >= line * (1 - slack) && c_.value <= line * 1.7 + 15;
  decide(c_.comparator == '>' ? line * 1.7 >= c_.value : c_.comparator == '<' ? line * (1 - slack) <= c_.value : ok);
  k_.why = fmt::format("From {} to {} it is {} km in a straight line; the text gives {}.", subject(), object(), number_text(std::round(line)), said());
}

void Checker::date_of() {
  const uint32_t e = c_.subject.local ? kNone : c_.subject.index;
  const FactRow* row = nullptr;
  bool uncited = false;
  if (e != kNone)
    for (const FactRow& f : w_.facts_of(e)) {
      if (p_.str(f.property) != "date_of") continue;
      if (f.unverified) uncited = true; else row = row ? row : &f;
    }
  if (!row) {
    missing(uncited ? fmt::format("The only date of '{}' has no source that can be cited.", subject()) : fmt::format("The reference has no date of '{}'.", subject()));
    return;
  }
  reference(*row);
  k_.reference_is_number = false;
  const auto value = p_.str(row->value);
  k_.reference_text = std::string(value);
  const size_t shared = std::min(value.size(), c_.text_value.size());
  bool ok = shared >= 4 && value.substr(0, shared) == std::string_view(c_.text_value).substr(0, shared);
  // of what lasted for years, any of them
  const auto end = p_.str(row->as_of);
  const int said = std::atoi(c_.text_value.substr(0, 4).c_str()), first = std::atoi(std::string(value.substr(0, 4)).c_str());
  if (!ok && !end.empty() && said >= first && (end == "-" ? !date_.year || said <= date_.year : said <= std::atoi(std::string(end).c_str()))) {
    decide(true);
    k_.why = fmt::format("{} lasted from {} to {} ({}).", subject(), value, end == "-" ? std::string("now") : std::string(end), p_.str(row->source));
    return;
  }
  decide(ok);
  k_.why = ok ? fmt::format("The date agrees: {} ({}).", value, p_.str(row->source)) : fmt::format("It was on {}, not {} ({}).", value, c_.text_value, p_.str(row->source));
}

// A name that the text itself gives to a state or body ("stands for", "changed its name to").
void Checker::given_name() {
  const auto said = name_words(c_.text_value);
  double best = 0;
  std::string nearest;
  for (const NameRow& n : w_.names_of(c_.subject.index)) {
    const auto have = name_words(p_.str(n.text));
    if (said.empty() || have.empty() || n.kind == NameKind::kAcronym) continue;
    size_t shared = 0;
    for (const auto& word : said) shared += std::find(have.begin(), have.end(), word) != have.end();
    const double share = double(shared) / double(std::max(said.size(), have.size()));
    if (share > best || nearest.empty()) { best = std::max(best, share); nearest = std::string(p_.str(n.text)); }
  }
  if (nearest.empty()) { missing(fmt::format("The reference has no other name of {}.", subject())); return; }
  k_.has_reference = true;
  k_.reference_text = best >= 0.6 ? nearest : subject();
  k_.reference_source = "names of states and organisations in the reference";
  if (best > 0.5 && best < 0.6) { k_ = Check{}; missing(fmt::format("'{}' is near to a name of {} and not the same.", c_.text_value, subject())); return; }
  decide(best >= 0.6);
  k_.why = best >= 0.6 ? fmt::format("'{}' is a name of {}.", nearest, subject()) : fmt::format("'{}' is no name of {}.", c_.text_value, subject());
}

void Checker::name() {
  k_.has_reference = true;
  const bool ascii = !c_.text_value.empty() && static_cast<unsigned char>(c_.text_value[0]) < 128;
  std::string usual = subject();
  for (const NameRow& n : w_.names_of(c_.subject.index)) {
    const auto text = p_.str(n.text);
    if (n.kind == NameKind::kName && !text.empty() && (static_cast<unsigned char>(text[0]) < 128) == ascii) { usual = std::string(text); break; }
  }
  k_.reference_text = usual;
  k_.reference_source = "names of organisations in the reference";
  decide(false);
  k_.why = fmt::format("What is said of this body (members, their number, year) fits the {}; '{}' is not its name.", subject(), c_.text_value);
}

Check Checker::run() {
  if (c_.property == "weekday") { weekday(); return k_; }
  if (c_.property == "date_of") { date_of(); return k_; }
  if (!c_.subject.valid() || c_.subject.local) {
    missing("The reference has no entry on the one that this is about.");
    return k_;
  }
  const auto& p = c_.property;
  if ((p == "area" || p == "population") && compared(p)) return k_;
  if ((p == "area" || p == "border_length") && year_ && year_ < kOldest && c_.as_of.size() == 4) {
    missing(fmt::format("The reference has no {} of {}.", p == "area" ? "areas" : "lengths of borders", c_.as_of));
    return k_;
  }
  if (p == "area") number("area", "", fmt::format("the area of {}", subject()), kArea);
  else if (p == "border_length")
    number("border_length", c_.object, c_.object.empty() ? fmt::format("the length of the borders of {}", subject())
                                                          : fmt::format("the border of {} and {}", subject(), object()), kBorder);
  else if (p == "population") population();
  else if (p == "area_rank") rank("area", "area", true);
  else if (p == "population_rank") rank("population", "population", false);
  else if (p == "production_rank") stored_rank("production");
  else if (p == "reserves_rank") stored_rank("reserves");
  else if (p == "borders") borders();
  else if (p == "capital") capital();
  else if (p == "member_of") member_of();
  else if (p == "members") members();
  else if (p == "member_count") member_count();
  else if (p == "founded") dates("founded", "founded");
  else if (p == "independence") dates("independence", "independent");
  else if (p == "leader") leader();
  else if (p == "hosts") hosts();
  else if (p == "language") word_list("language", "language");
  else if (p == "currency") word_list("currency", "currency");
  else if (p == "religion") word_list("religion", "religion");
  else if (p == "distance") distance();
  else if (p == "name" && c_.rule == p_.find("claim.described")) name();
  else if (p == "name") given_name();
  else missing("There is no check for this property.");
  if (c_.negated) k_.why += " The text itself denies it.";
  return k_;
}

}  // namespace

Check check_claim(const Claim& claim, const World& world, CivilDate doc_date) { return Checker(claim, world, doc_date).run(); }

void check_claims(const World& world, CivilDate doc_date, ClaimLayer& layer) {
  layer.checks.clear();
  for (const Claim& c : layer.rows) layer.checks.push_back(check_claim(c, world, doc_date));
}

}  // namespace biruni
