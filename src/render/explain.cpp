#include "render/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "actor/actor_stage.h"
#include "event/tables.h"
#include "render/json.h"
#include "render/records.h"

namespace biruni {

/// One field of an event: its value, the words that set it, the rule.
struct Explain::Item {
  std::string field, value, rule;
  Span words;
};

namespace {

std::string filler_value(const Engine& engine, const Analysis& a, const Filler& f) {
  std::string out;
  if (f.mention != kNone && a.mentions.rows[f.mention].entity.valid())
    out = entity_view(engine.world(), a.mentions, a.mentions.rows[f.mention].entity).id;
  if (f.country != kNone && out != engine.world().id(f.country)) out += (out.empty() ? "" : " ") + std::string(engine.world().id(f.country));
  if (f.sector) out += (out.empty() ? "" : " ") + std::string(engine.world().sector(f.sector));
  return out.empty() ? "words alone, no known actor" : out;
}

}  // namespace

std::string Explain::row_place(const Analysis& a, const Event& e) const {
  const auto& lang = engine_.languages()[a.text.sentences[e.sentence].lang];
  const auto rows = engine_.pack().section<EventRow>(lang + "/event_rows");
  return e.row < rows.size() ? std::string(engine_.pack().str(rows[e.row].origin)) : std::string();
}

std::vector<Explain::Item> Explain::items(const Analysis& a, uint32_t status_row) const {
  const EventStatus& s = a.stance.rows[status_row];
  const Event& e = a.events.rows[s.event];
  const Pack& pack = engine_.pack();
  const Ontology& o = engine_.ontology();
  std::vector<Item> out;
  auto name = [&](uint32_t id) { return id == kNone || id == 0 ? std::string() : std::string(pack.str(id)); };
  auto word = [&](uint32_t w) { return a.words.words[w].raw; };

  std::string type(o.type(e.type));
  if (e.mode) type += " / " + std::string(o.mode(e.mode));
  if (e.cameo != kNone) type += " (CAMEO " + name(e.cameo) + ")";
  out.push_back({"type", type, e.rules.empty() ? "" : name(e.rules[0]), word(e.trigger)});
  if (e.carrier != kNone) out.push_back({"carried by", "light verb", "", word(e.carrier)});
  if (e.content != kNone) out.push_back({"content", "the act that it is about, no event of its own", "", word(e.content)});
  for (size_t i = 1; i < e.rules.size(); ++i) out.push_back({"rule", name(e.rules[i]), name(e.rules[i]), {}});
  for (uint32_t i = e.actors_begin; i < e.actors_end; ++i) {
    const Filler& f = a.events.fillers[i];
    out.push_back({"actor", filler_value(engine_, a, f), name(f.why), a.span_of(f.words)});
  }
  for (uint32_t i = e.recipients_begin; i < e.recipients_end; ++i) {
    const Filler& f = a.events.fillers[i];
    out.push_back({"recipient", filler_value(engine_, a, f), name(f.why), a.span_of(f.words)});
  }
  if (e.place != kNone) {
    const Mention& m = a.mentions.rows[e.place];
    std::string value = m.entity.valid() ? std::string(entity_view(engine_.world(), a.mentions, m.entity).id) : "";
    if (m.country != kNone && value != engine_.world().id(m.country)) value += " " + std::string(engine_.world().id(m.country));
    out.push_back({"place", value, "", a.span_of(m.words)});
  }
  if (e.time != kNone) {
    const TimeExpression& t = a.times.rows[e.time];
    out.push_back({"time", t.resolved ? engine_.value_of(t) : "not resolved", name(t.rule), a.span_of(t.words)});
  }
  for (uint32_t i = e.magnitudes_begin; i < e.magnitudes_end; ++i) {
    const Magnitude& m = a.events.magnitudes[i];
    out.push_back({"magnitude", fmt::format("{} {:.10g}", o.magnitude(m.what), m.value), "", a.span_of(m.words)});
  }
  std::string status(factuality_name(s.factuality));
  status += s.happened ? ", happened" : ", not put forward as having happened";
  if (s.alleged) status += ", alleged";
  if (s.unsourced) status += ", no source";
  status += ", " + std::string(tense_name(s.tense)) + ", author " + std::string(factuality_name(s.author));
  std::string rules;
  for (uint32_t r : s.rules) rules += (rules.empty() ? "" : " ") + name(r);
  out.push_back({"status", status, rules, {}});
  for (uint32_t i = s.chain_begin; i < s.chain_end; ++i) {
    const Holder& h = a.stance.holders[i];
    if (h.author) continue;
    std::string value = h.mention != kNone && a.mentions.rows[h.mention].entity.valid()
                            ? std::string(entity_view(engine_.world(), a.mentions, a.mentions.rows[h.mention].entity).id) : std::string();
    if (h.stance != StanceKind::kNone) value += (value.empty() ? "" : ", ") + std::string(stance_name(h.stance));
    if (h.anonymous) value += ", unnamed";
    out.push_back({"holder", value, "", a.span_of(h.words)});
    if (h.cue != kNone) out.push_back({"cue", std::string(stance_name(h.stance)), "", word(h.cue)});
  }
  return out;
}

void Explain::write(const Analysis& a, const Trace& trace, std::string& out) {
  out += terminal_.paint(Ink::kBold, isolate(a.doc->title_end ? one_line(a.doc->title()) : a.doc->id)) + "\n";
  uint32_t number = 0;
  for (uint32_t s = 0; s < a.text.sentences.size(); ++s) {
    const Sentence& sentence = a.text.sentences[s];
    out += "\n" + terminal_.paint(Ink::kDim, sentence.in_title ? std::string("title") : fmt::format("sentence {}", number)) + " ";
    number += !sentence.in_title;
    out += wrap(isolate(one_line(a.raw(sentence.raw))), std::max(60u, terminal_.width()), 2, 12) + "\n";
    bool any = false;
    for (uint32_t i = 0; i < a.stance.rows.size(); ++i) {
      const Event& e = a.events.rows[a.stance.rows[i].event];
      if (e.sentence != s) continue;
      any = true;
      out += "  " + terminal_.paint(Ink::kBold, fmt::format("e{} {}", i + 1, engine_.ontology().type(e.type))) +
             fmt::format("  confidence {:.2f}", e.confidence) + terminal_.paint(Ink::kDim, "  row " + row_place(a, e)) + "\n";
      for (const Item& item : items(a, i)) {
        out += "    " + pad(item.field, 11) + pad(item.value, 34);
        if (!item.words.empty()) out += "  \"" + isolate(shorten(one_line(a.raw(item.words)), 60)) + "\"";
        if (!item.rule.empty()) out += terminal_.paint(Ink::kDim, "  [" + item.rule + "]");
        while (out.back() == ' ') out.pop_back();
        out += "\n";
      }
    }
    const WordRange words = s + 1 < a.words.first.size() ? a.words.of_sentence(s) : WordRange{};
    bool seen = false;
    for (const EventTrace& t : trace.events) {
      if (!words.contains(t.word) || t.outcome == "coded") continue;
      if (!seen) out += any ? "  seen and not coded:\n" : "  no event; seen:\n";
      seen = true;
      out += "    \"" + isolate(a.raw(a.words.words[t.word].raw)) + "\"  " + t.outcome;
      if (t.row) out += terminal_.paint(Ink::kDim, "  [" + std::string(engine_.pack().str(t.row)) + "]");
      out += "\n";
    }
    if (!any && !seen) out += "  no event: no word of it is in the event tables\n";
  }
  out += "\n";
}

void Explain::write_json(const Analysis& a, const Trace& trace, std::string& out) {
  Positions positions;
  positions.build(*a.doc);
  JsonWriter j(out);
  auto place = [&](Span s) {
    j.number("start", positions.code_point(s.begin));
    j.number("end", positions.code_point(s.end));
    if (positions.in_title(s.begin)) j.field("in", "title");
    j.field("text", a.raw(s));
  };
  uint32_t number = 0;
  for (uint32_t s = 0; s < a.text.sentences.size(); ++s) {
    const Sentence& sentence = a.text.sentences[s];
    j.open();
    j.field("kind", "explanation");
    j.field("doc", a.doc->id);
    if (!sentence.in_title) j.number("sentence", number++);
    place(sentence.raw);
    j.key("events");
    j.open_list();
    for (uint32_t i = 0; i < a.stance.rows.size(); ++i) {
      const Event& e = a.events.rows[a.stance.rows[i].event];
      if (e.sentence != s) continue;
      j.open();
      j.field("id", "e" + std::to_string(i + 1));
      j.field("type", engine_.ontology().type(e.type));
      j.number("confidence", std::round(e.confidence * 100) / 100.0);
      j.field("row", row_place(a, e));
      j.key("fields");
      j.open_list();
      for (const Item& item : items(a, i)) {
        j.open();
        j.field("field", item.field);
        if (!item.value.empty()) j.field("value", item.value);
        if (!item.words.empty()) place(item.words);
        if (!item.rule.empty()) j.field("rule", item.rule);
        j.close();
      }
      j.close_list();
      j.close();
    }
    j.close_list();
    j.key("seen");
    j.open_list();
    const WordRange words = s + 1 < a.words.first.size() ? a.words.of_sentence(s) : WordRange{};
    for (const EventTrace& t : trace.events) {
      if (!words.contains(t.word)) continue;
      j.open();
      place(a.words.words[t.word].raw);
      if (t.row) j.field("row", engine_.pack().str(t.row));
      j.field("outcome", t.outcome);
      j.close();
    }
    j.close_list();
    j.close();
    j.line();
  }
}

}  // namespace biruni
