// Sections from the most to the least asked for. Every event line is: when, what, who to whom, where; below it on whose word
// it stands where it is not the writer's plain word.
#include "render/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "actor/actor_stage.h"
#include "render/records.h"

namespace biruni {
namespace {

constexpr unsigned kWhen = 12;           // columns of the date
constexpr unsigned kLeft = kWhen + 3 + 5;  // where the text of an event begins

std::string number_text(double v) { return v == std::floor(v) && std::fabs(v) < 1e15 ? fmt::format("{}", static_cast<int64_t>(v)) : fmt::format("{:.10g}", v); }

/// Type words for a person: the ontology's name in small letters.
std::string plain(std::string_view name) {
  std::string out(name);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '_' || c == '-' ? ' ' : c;
  return out;
}

std::string join(const std::vector<std::string>& v, std::string_view between) {
  std::string out;
  for (const auto& s : v) out += (out.empty() ? "" : std::string(between)) + s;
  return out;
}

const char* sureness(Factuality f) {
  switch (f) {
    case Factuality::kCtPlus: return "certain";
    case Factuality::kPrPlus: return "probable";
    case Factuality::kPsPlus: return "possible";
    case Factuality::kCtMinus: return "denied: did not happen";
    case Factuality::kPrMinus: return "probably not";
    case Factuality::kPsMinus: return "possibly not";
    default: return "left open";
  }
}

struct Label { std::string text; Ink ink; };

/// What became of the event, in a word.
Label label_of(const EventStatus& s) {
  if (s.happened && s.alleged) return {"alleged", Ink::kYellow};
  if (s.happened) return {"happened", Ink::kGreen};
  if (s.factuality == Factuality::kCtMinus) return {s.alleged ? "alleged not to have happened" : "denied", Ink::kRed};
  if (s.tense == Tense::kFuture) return {"planned", Ink::kBlue};
  if (s.factuality == Factuality::kPrMinus || s.factuality == Factuality::kPsMinus) return {"doubted", Ink::kRed};
  return {s.alleged ? "alleged, open" : "open", Ink::kYellow};
}

}  // namespace

void Report::heading(std::string_view text) {
  *out_ += "\n" + terminal_.paint(Ink::kBold, text) + "\n";
}
void Report::line(unsigned indent, std::string_view text) {
  out_->append(indent, ' ');
  *out_ += wrap(text, std::max(terminal_.width(), indent + 40), indent + 2, indent) + "\n";
}

std::string Report::piece(const Analysis& a, WordRange words, unsigned width) const {
  return isolate(shorten(one_line(a.raw(a.span_of(words))), width));
}

std::string Report::filler(const Analysis& a, const Filler& f) const {
  std::string_view name, code;
  if (f.mention != kNone && a.mentions.rows[f.mention].entity.valid()) {
    const EntityView v = entity_view(engine_.world(), a.mentions, a.mentions.rows[f.mention].entity);
    name = v.name;
    code = v.country;
  }
  if (f.country != kNone) code = engine_.world().id(f.country);
  const std::string words = one_line(a.raw(a.span_of(f.words)));
  const bool foreign = right_to_left(words);
  std::string out = !name.empty() ? isolate(name) : isolate(shorten(words, 48));
  if (!name.empty() && foreign && !right_to_left(name)) out += " " + isolate(shorten(words, 32));
  std::string more(code == name ? std::string_view{} : code);
  if (f.sector) more += (more.empty() ? "" : " ") + std::string(engine_.world().sector(f.sector));
  return more.empty() ? out : out + " (" + more + ")";
}

std::string Report::fillers(const Analysis& a, uint32_t begin, uint32_t end) const {
  std::vector<std::string> parts;
  for (uint32_t i = begin; i < end; ++i) parts.push_back(filler(a, a.events.fillers[i]));
  return join(parts, ", ");
}

std::string Report::holders(const Analysis& a, const std::vector<Holder>& list, uint32_t begin, uint32_t end) const {
  std::string out;
  for (uint32_t i = begin; i < end; ++i) {
    const Holder& h = list[i];
    if (h.author) continue;
    std::string name;
    if (h.mention != kNone && a.mentions.rows[h.mention].entity.valid())
      name = isolate(entity_view(engine_.world(), a.mentions, a.mentions.rows[h.mention].entity).name);
    if (!h.words.empty()) {
      const std::string words = piece(a, h.words, 40);
      name += name.empty() ? words : name == words ? "" : " " + words;
    }
    if (name.empty()) name = "an unnamed voice";
    else if (h.anonymous) name += " (unnamed)";
    out += out.empty() ? "" : ", who quotes ";
    out += name;
    if (h.cue != kNone) out += " (" + isolate(a.raw(a.words.words[h.cue].raw)) + ")";
  }
  return out;
}

std::string Report::event_words(const Analysis& a, uint32_t row) const {
  const Event& e = a.events.rows[a.stance.rows[row].event];
  const Ontology& o = engine_.ontology();
  std::string out = terminal_.paint(Ink::kBold, plain(o.type(e.type)));
  if (e.mode) out += " / " + plain(o.mode(e.mode));
  return out + " " + isolate(a.raw(a.words.words[e.trigger].raw));
}

void Report::head(const Analysis& a) {
  const Document& d = *a.doc;
  *out_ += terminal_.paint(Ink::kBold, isolate(d.title_end ? one_line(d.title()) : d.id)) + "\n";
  std::vector<std::string> facts;
  if (d.title_end) facts.push_back(d.id);
  if (!d.author.empty()) facts.push_back(isolate(d.author));
  if (!d.publisher.empty()) facts.push_back(isolate(d.publisher));
  if (d.date.year) facts.push_back(date_text(d.date));
  facts.push_back(engine_.languages()[a.lang]);
  const auto sentences = std::count_if(a.text.sentences.begin(), a.text.sentences.end(), [](const Sentence& s) { return !s.in_title; });
  facts.push_back(fmt::format("{} sentence{}", sentences, sentences == 1 ? "" : "s"));
  *out_ += terminal_.paint(Ink::kDim, join(facts, " | ")) + "\n";
  std::vector<std::string> reasons;
  for (uint32_t r : a.stance.genre_reasons) reasons.push_back(isolate(engine_.pack().str(r)));
  const std::string genre = !a.stance.genre_known ? "unknown" : a.stance.opinion ? "opinion" : "report";
  line(0, "Genre: " + genre + (reasons.empty() ? "" : " (" + join(reasons, "; ") + ")"));
  if (!d.date.year) line(0, "No publication date: relative times have no anchor (--date gives one).");
}

void Report::actors(const Analysis& a) {
  struct Named { EntityRef ref; unsigned count = 0; };
  std::vector<Named> list;
  for (const Mention& m : a.mentions.rows) {
    if (!m.entity.valid()) continue;
    const auto it = std::find_if(list.begin(), list.end(), [&](const Named& n) { return n.ref == m.entity; });
    if (it == list.end()) list.push_back({m.entity, 1});
    else ++it->count;
  }
  if (list.empty()) return;
  std::stable_sort(list.begin(), list.end(), [](const Named& x, const Named& y) { return x.count > y.count; });
  heading("Actors and places");
  std::vector<std::string> names, kinds;
  unsigned name_width = 0, kind_width = 0;
  for (const Named& n : list) {
    const EntityView v = entity_view(engine_.world(), a.mentions, n.ref);
    std::string what(entity_type_name(v.type));
    std::replace(what.begin(), what.end(), '_', ' ');
    if (!v.country.empty() && v.country != v.id) what += fmt::format("{}{}", what.empty() ? "" : ", ", v.country);
    if (!v.sector.empty()) what += fmt::format("{}{}", what.empty() ? "" : ", ", v.sector);
    std::string name = isolate(shorten(v.name, 40));
    if (v.world != kNone) {
      const auto own = engine_.world().name_in(v.world, engine_.languages()[a.lang]);
      if (!own.empty() && own != v.name && right_to_left(own)) name += " " + isolate(shorten(own, 28));
    }
    name_width = std::max(name_width, display_width(name));
    kind_width = std::max(kind_width, display_width(what));
    names.push_back(std::move(name));
    kinds.push_back(std::move(what));
  }
  for (size_t i = 0; i < list.size(); ++i)
    *out_ += "  " + pad(names[i], name_width) + "  " + pad(kinds[i], kind_width) + fmt::format("  {}x\n", list[i].count);
}

void Report::event(const Analysis& a, uint32_t row, std::string_view when) {
  const EventStatus& s = a.stance.rows[row];
  const Event& e = a.events.rows[s.event];
  std::string text = event_words(a, row);
  const std::string who = fillers(a, e.actors_begin, e.actors_end), whom = fillers(a, e.recipients_begin, e.recipients_end);
  if (!who.empty() || !whom.empty()) text += ": " + (who.empty() ? std::string("?") : who);
  if (!whom.empty()) text += " -> " + whom;
  if (e.place != kNone) {
    const Mention& m = a.mentions.rows[e.place];
    std::string place = m.entity.valid() ? isolate(entity_view(engine_.world(), a.mentions, m.entity).name) : piece(a, m.words, 30);
    text += ", in " + place;
  }
  for (uint32_t i = e.magnitudes_begin; i < e.magnitudes_end; ++i) {
    const Magnitude& m = a.events.magnitudes[i];
    text += fmt::format(", {} {}", number_text(m.value), engine_.ontology().magnitude(m.what));
    if (m.unit != kNone && engine_.units().id(m.unit) != "people") text += " " + std::string(engine_.units().id(m.unit));
  }
  const Label label = label_of(s);
  const std::string id = fmt::format("e{}", row + 1);
  const unsigned width = std::max(terminal_.width(), kLeft + 40);
  *out_ += "  " + pad(when, kWhen) + " " + terminal_.paint(Ink::kDim, pad(id, 5)) +
           wrap(text + "  [" + terminal_.paint(label.ink, label.text) + "]", width, kLeft + 2, kLeft) + "\n";
  const std::string by = holders(a, a.stance.holders, s.chain_begin, s.chain_end);
  std::vector<std::string> more;
  if (!by.empty()) more.push_back("says " + by);
  if (s.factuality != Factuality::kCtPlus) more.push_back(sureness(s.factuality));
  if (!by.empty() && s.author == Factuality::kCtPlus) more.push_back("the author takes it as true");
  if (!by.empty() && s.author == Factuality::kCtMinus) more.push_back("the author takes it as untrue");
  if (s.unsourced) more.push_back("no source is named");
  if (!more.empty()) {
    out_->append(kLeft + 2, ' ');
    *out_ += terminal_.paint(Ink::kDim, wrap(join(more, "; "), width, kLeft + 4, kLeft + 2)) + "\n";
  }
}

void Report::events(const Analysis& a) {
  if (a.stance.rows.empty()) {
    heading("Events");
    *out_ += "  none\n";
    return;
  }
  struct Dated { uint32_t row; std::string value; };
  std::vector<Dated> dated, undated;
  for (uint32_t i = 0; i < a.stance.rows.size(); ++i) {
    if (filter_.any() && !filter_.keeps(engine_, a, i)) continue;
    const uint32_t t = a.events.rows[a.stance.rows[i].event].time;
    if (t != kNone && a.times.rows[t].resolved) dated.push_back({i, engine_.value_of(a.times.rows[t])});
    else undated.push_back({i, t == kNone ? "" : piece(a, a.times.rows[t].words, kWhen - 1)});
  }
  if (filter_.any()) line(0, fmt::format("Events {}: {} of {}", filter_.text(), dated.size() + undated.size(), a.stance.rows.size()));
  std::stable_sort(dated.begin(), dated.end(), [](const Dated& x, const Dated& y) { return x.value < y.value; });
  if (!dated.empty()) heading("Events in time");
  for (const Dated& d : dated) event(a, d.row, d.value);
  if (!undated.empty()) heading(dated.empty() ? "Events (no dates)" : "Events without a date, in the order of the text");
  for (const Dated& d : undated) event(a, d.row, d.value);
}

void Report::claims(const Analysis& a) {
  if (a.claims.rows.empty()) return;
  heading("Claims");
  for (uint32_t i = 0; i < a.claims.rows.size(); ++i) {
    const Claim& c = a.claims.rows[i];
    std::string what = c.subject.valid() ? isolate(entity_view(engine_.world(), a.mentions, c.subject).name) : std::string();
    what += fmt::format("{}{}", what.empty() ? "" : ": ", plain(c.property));
    if (!c.object.empty()) what += " " + isolate(c.object);
    if (!c.direction.empty()) what += " (" + c.direction + ")";
    std::string value = c.has_number ? number_text(c.value) : !c.list_value.empty() ? join(c.list_value, ", ") : isolate(c.text_value);
    if (!value.empty()) what += fmt::format(" {} {}{}", c.comparator, value, c.unit.empty() ? "" : " " + c.unit);
    std::string verdict = "not checked";
    Ink ink = Ink::kYellow;
    std::string beside;
    if (i < a.claims.checks.size()) {
      const Check& k = a.claims.checks[i];
      verdict = verdict_name(k.verdict);
      ink = k.verdict == Verdict::kSupported ? Ink::kGreen : k.verdict == Verdict::kContradicted ? Ink::kRed : Ink::kYellow;
      if (k.has_reference) {
        beside = "reference: " + (k.reference_is_number ? number_text(k.reference_value) : !k.reference_list.empty() ? join(k.reference_list, ", ") : isolate(k.reference_text));
        if (!k.reference_unit.empty()) beside += " " + k.reference_unit;
        if (!k.reference_as_of.empty()) beside += " (" + k.reference_as_of + ")";
        if (k.has_deviation && k.deviation != 0) beside += fmt::format(", off by {:+.0f} %", k.deviation * 100);
        if (!k.reference_source.empty()) beside += "; " + k.reference_source;
      }
      if (!k.why.empty() && k.verdict != Verdict::kSupported) beside += (beside.empty() ? "" : ". ") + k.why;
    }
    *out_ += "  " + terminal_.paint(ink, pad(verdict, 13)) + " " + terminal_.paint(Ink::kDim, pad(fmt::format("c{}", i + 1), 5));
    *out_ += wrap(what, std::max(61u, terminal_.width()), 23, 21) + "\n";
    line(21, "\"" + piece(a, c.words, 90) + "\"");
    if (!beside.empty()) line(21, beside);
    const std::string by = holders(a, a.claims.holders, c.chain_begin, c.chain_end);
    if (!by.empty()) line(21, "says " + by);
  }
}

void Report::allegations(const Analysis& a) {
  bool first = true;
  for (uint32_t i = 0; i < a.stance.rows.size(); ++i) {
    if (!a.stance.rows[i].unsourced) continue;
    if (first) heading("Put forward without a source");
    first = false;
    const Event& e = a.events.rows[a.stance.rows[i].event];
    line(2, fmt::format("e{} {}: {}", i + 1, event_words(a, i), isolate(shorten(one_line(a.raw(a.text.sentences[e.sentence].raw)), 120))));
  }
}

void Report::links(const Analysis& a) {
  if (a.links.links.empty()) return;
  heading("What hangs together");
  std::vector<uint32_t> order(a.links.links.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t x, uint32_t y) {
    const Link &l = a.links.links[x], &m = a.links.links[y];
    return l.type != m.type ? l.type < m.type : l.type == LinkType::kPhase && l.order < m.order;
  });
  for (uint32_t i : order) {
    const Link& l = a.links.links[i];
    std::string text = pad(plain(link_name(l.type)), 11);
    if (l.order) text += fmt::format("{}. ", l.order);
    auto end = [&](uint32_t row) { return fmt::format("e{} {}", row + 1, event_words(a, row)); };
    if (l.from != kNone) text += end(l.from);
    if (l.to != kNone) text += " -> " + end(l.to);
    if (!l.words.empty()) text += (l.from == kNone && l.to == kNone ? "" : ": ") + piece(a, l.words, 110);
    if (!l.cases.empty()) text += " (like " + join(l.cases, ", ") + ")";
    line(2, text);
  }
}

void Report::questions(const Analysis& a) {
  if (a.links.questions.empty()) return;
  heading("Open questions");
  for (const Question& q : a.links.questions)
    line(2, "- " + piece(a, q.words, 160) + (q.about.empty() ? "" : " (about " + join(q.about, ", ") + ")"));
}

void Report::problems(const Analysis& a, const std::vector<Problem>& input_problems) {
  if (a.problems.empty() && input_problems.empty()) return;
  heading("Problems");
  for (const auto* list : {&input_problems, &a.problems})
    for (const Problem& p : *list) line(2, "- " + p.message);
}

void Report::write(const Analysis& a, const std::vector<Problem>& input_problems, std::string& out) {
  out_ = &out;
  head(a);
  if (filter_.any()) {
    events(a);
    problems(a, input_problems);
    out += "\n";
    return;
  }
  actors(a);
  events(a);
  claims(a);
  allegations(a);
  links(a);
  questions(a);
  problems(a, input_problems);
  out += "\n";
}

void Report::write_claims(const Analysis& a, std::string& out) {
  out_ = &out;
  out += terminal_.paint(Ink::kBold, isolate(a.doc->title_end ? one_line(a.doc->title()) : a.doc->id)) + "\n";
  if (a.claims.rows.empty()) out += "  no claim that can be checked\n";
  claims(a);
  out += "\n";
}

}  // namespace biruni
