#include "render/records.h"

#include "morph/features.h"

#include <algorithm>

namespace biruni {

std::string_view factuality_name(Factuality f) {
  static constexpr std::string_view k[] = {"Uu", "CT+", "PR+", "PS+", "CT-", "PR-", "PS-"};
  return k[static_cast<int>(f)];
}
std::string_view stance_name(StanceKind s) {
  static constexpr std::string_view k[] = {"", "assert", "claim", "deny", "doubt", "deduce", "fear", "hope", "quote", "ask", "threaten", "promise"};
  return k[static_cast<int>(s)];
}
std::string_view tense_name(Tense t) {
  static constexpr std::string_view k[] = {"past", "present", "future", "historical"};
  return k[static_cast<int>(t)];
}
std::string_view link_name(LinkType t) {
  static constexpr std::string_view k[] = {"cause", "purpose", "motive", "phase", "before", "analogy", "part_of", "same_event"};
  return k[static_cast<int>(t)];
}
std::string_view verdict_name(Verdict v) {
  static constexpr std::string_view k[] = {"supported", "contradicted", "unverifiable"};
  return k[static_cast<int>(v)];
}
std::string_view entity_type_name(EntityType t) {
  static constexpr std::string_view k[] = {"", "country", "region", "organization", "armed_group", "person", "group", "place"};
  return k[static_cast<int>(t)];
}
std::string_view grain_name(Grain g) {
  static constexpr std::string_view k[] = {"", "second", "minute", "hour", "daypart", "day", "week", "month", "season", "quarter", "year", "decade", "century"};
  return k[static_cast<int>(g)];
}
std::string_view polarity_name(Factuality f) {
  return f == Factuality::kCtMinus || f == Factuality::kPrMinus || f == Factuality::kPsMinus ? "negative" : "positive";
}
std::string_view modality_name(Factuality f) {
  switch (f) {
    case Factuality::kCtPlus: case Factuality::kCtMinus: return "certain";
    case Factuality::kPrPlus: case Factuality::kPrMinus: return "probable";
    case Factuality::kPsPlus: case Factuality::kPsMinus: return "possible";
    default: return "unknown";
  }
}
std::string date_text(CivilDate d) {
  if (!d.year) return {};
  if (!d.month) return fmt::format("{:04}", d.year);
  if (!d.day) return fmt::format("{:04}-{:02}", d.year, d.month);
  return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day);
}

void RecordWriter::begin(const Analysis& a, std::string_view kind) {
  json_->open();
  json_->field("kind", kind);
  json_->field("doc", a.doc->id);
}

void RecordWriter::span(const Analysis& a, Span s) {
  json_->number("start", positions_.code_point(s.begin));
  json_->number("end", positions_.code_point(s.end));
  if (positions_.in_title(s.begin)) json_->field("in", "title");
  json_->field("text", a.raw(s));
}

void RecordWriter::sentence(const Analysis&, uint32_t s) {
  if (s < sentence_number_.size() && sentence_number_[s] != kNone) json_->number("sentence", sentence_number_[s]);
}

void RecordWriter::document(const Analysis& a) {
  begin(a, "document");
  json_->field("lang", engine_.languages()[a.lang]);
  json_->field("genre", a.stance.genre_known ? (a.stance.opinion ? "opinion" : "report") : "unknown");
  json_->key("genre_reasons");
  json_->open_list();
  for (uint32_t r : a.stance.genre_reasons) json_->value(engine_.pack().str(r));
  json_->close_list();
  if (a.doc->date.year) json_->field("date", date_text(a.doc->date));
  if (a.doc->title_end) json_->field("title", a.doc->title());
  if (!a.doc->author.empty()) json_->field("author", a.doc->author);
  if (!a.doc->publisher.empty()) json_->field("publisher", a.doc->publisher);
  if (!a.doc->url.empty()) json_->field("url", a.doc->url);
  uint32_t count = 0;
  for (const Sentence& s : a.text.sentences) count += !s.in_title;
  json_->number("sentences", count);
  json_->field("version", std::string(BIRUNI_VERSION) + "+" + engine_.pack().version());
  end();
}

void RecordWriter::entities(const Analysis& a) {
  const World& world = engine_.world();
  size_t slots = 16;
  while (slots < a.mentions.rows.size() * 2) slots *= 2;
  entity_slots_.assign(slots, 0);
  mentioned_.clear();
  next_mention_.assign(a.mentions.rows.size(), kNone);
  for (uint32_t m = 0; m < a.mentions.rows.size(); ++m) {
    const EntityRef ref = a.mentions.rows[m].entity;
    if (!ref.valid()) continue;
    size_t at = ((ref.index * 2 + (ref.local ? 1u : 0u)) * 0x9E3779B1u >> 8) & (slots - 1);
    const auto same = [&](uint32_t row) { return mentioned_[row].ref.index == ref.index && mentioned_[row].ref.local == ref.local; };
    while (entity_slots_[at] && !same(entity_slots_[at] - 1)) at = (at + 1) & (slots - 1);
    if (!entity_slots_[at]) {
      mentioned_.push_back({ref, m, m});
      entity_slots_[at] = static_cast<uint32_t>(mentioned_.size());
      continue;
    }
    Mentioned& e = mentioned_[entity_slots_[at] - 1];
    next_mention_[e.last] = m;
    e.last = m;
  }
  for (const Mentioned& entity : mentioned_) {
    const EntityRef ref = entity.ref;
    const EntityView v = entity_view(engine_.world(), a.mentions, ref);
    begin(a, "entity");
    json_->field("id", v.id);
    json_->field("type", entity_type_name(v.type));
    json_->field("name", v.name);
    if (!ref.local) {
      json_->key("names");
      json_->open();
      for (const auto& lang : engine_.languages()) {
        const auto n = world.name_in(ref.index, lang);
        if (!n.empty()) json_->field(lang, n);
      }
      json_->close();
    }
    if (!v.country.empty()) json_->field("country", v.country);
    json_->key("mentions");
    json_->open_list();
    for (uint32_t m = entity.first; m != kNone; m = next_mention_[m]) {
      const Mention& mention = a.mentions.rows[m];
      json_->open();
      sentence(a, a.text.tokens[a.words.words[mention.head].token].sentence);
      span(a, a.span_of(mention.words));
      json_->close();
    }
    json_->close_list();
    end();
  }
}

void RecordWriter::fillers(const Analysis& a, std::string_view name, uint32_t begin, uint32_t end) {
  const World& world = engine_.world();
  json_->key(name);
  json_->open_list();
  for (uint32_t i = begin; i < end; ++i) {
    const Filler& f = a.events.fillers[i];
    json_->open();
    span(a, a.span_of(f.words));
    if (f.mention != kNone) {
      const Mention& m = a.mentions.rows[f.mention];
      if (m.entity.valid()) {
        const EntityView v = entity_view(engine_.world(), a.mentions, m.entity);
        json_->field("entity", v.id);
        json_->field("name", v.name);
      }
      if (m.anonymous) json_->boolean("anonymous", true);
    }
    if (f.country != kNone) json_->field("country", world.id(f.country));
    if (f.sector) json_->field("sector", world.sector(f.sector));
    json_->close();
  }
  json_->close_list();
}

void RecordWriter::chain(const Analysis& a, const std::vector<Holder>& holders, uint32_t begin, uint32_t end) {
  json_->key("attribution");
  json_->open_list();
  if (begin == end) {
    json_->open();
    json_->field("holder", "author");
    json_->close();
  }
  for (uint32_t i = begin; i < end; ++i) {
    const Holder& h = holders[i];
    json_->open();
    if (h.author) {
      json_->field("holder", "author");
      json_->close();
      continue;
    }
    const Span s = a.span_of(h.words);
    const Mention* m = h.mention != kNone ? &a.mentions.rows[h.mention] : nullptr;
    if (m && m->entity.valid()) {
      const EntityView v = entity_view(engine_.world(), a.mentions, m->entity);
      json_->field("holder", v.name);
      json_->field("entity", v.id);
    } else {
      json_->field("holder", s.empty() ? std::string_view("unknown") : a.raw(s));
    }
    if (!s.empty()) span(a, s);
    if (h.cue != kNone) json_->field("cue", a.raw(a.words.words[h.cue].raw));
    if (h.stance != StanceKind::kNone) json_->field("stance", stance_name(h.stance));
    json_->boolean("anonymous", h.anonymous);
    json_->close();
  }
  json_->close_list();
}

void RecordWriter::event(const Analysis& a, uint32_t row) {
  const EventStatus& status = a.stance.rows[row];
  const Event& e = a.events.rows[status.event];
  const World& world = engine_.world();
  const Pack& pack = engine_.pack();
  const Ontology& ontology = engine_.ontology();
  begin(a, "event");
  json_->field("id", "e" + std::to_string(row + 1));
  sentence(a, e.sentence);
  json_->field("type", ontology.type(e.type));
  if (e.mode) json_->field("mode", ontology.mode(e.mode));
  json_->key("contexts");
  json_->open_list();
  for (size_t c = 0; c < ontology.context_count(); ++c)
    if (e.contexts >> c & 1) json_->value(ontology.context(c));
  json_->close_list();
  if (e.cameo != kNone && !pack.str(e.cameo).empty()) json_->field("cameo", pack.str(e.cameo));
  json_->key("trigger");
  json_->open();
  span(a, a.words.words[e.trigger].raw);
  json_->close();
  fillers(a, "actors", e.actors_begin, e.actors_end);
  fillers(a, "recipients", e.recipients_begin, e.recipients_end);
  if (e.place != kNone) {
    const Mention& m = a.mentions.rows[e.place];
    json_->key("place");
    json_->open();
    span(a, a.span_of(m.words));
    if (m.entity.valid()) {
      const EntityView v = entity_view(engine_.world(), a.mentions, m.entity);
      json_->field("entity", v.id);
      json_->field("name", v.name);
    }
    if (m.country != kNone) json_->field("country", world.id(m.country));
    if (m.place_row != kNone) {
      json_->number("lat", std::round(world.places()[m.place_row].lat * 1e4) / 1e4);
      json_->number("lon", std::round(world.places()[m.place_row].lon * 1e4) / 1e4);
    }
    json_->close();
  }
  if (e.time != kNone) {
    const TimeExpression& t = a.times.rows[e.time];
    json_->key("time");
    json_->open();
    words(a, t.words);
    if (t.resolved) {
      json_->field("value", engine_.value_of(t));
      if (t.kind == TimeKind::kRange && t.end.year) json_->field("end_value", date_text(t.end));
    }
    if (t.grain != Grain::kNone) json_->field("granularity", grain_name(t.grain));
    json_->close();
  }
  json_->key("status");
  json_->open();
  json_->field("factuality", factuality_name(status.factuality));
  json_->boolean("happened", status.happened);
  json_->boolean("alleged", status.alleged);
  json_->field("author", factuality_name(status.author));
  json_->field("tense", tense_name(status.tense));
  json_->field("polarity", polarity_name(status.factuality));
  json_->field("modality", modality_name(status.factuality));
  json_->close();
  chain(a, a.stance.holders, status.chain_begin, status.chain_end);
  json_->boolean("unsourced", status.unsourced);
  json_->key("evaluative");
  json_->open_list();
  const auto& loaded = a.stance.evaluative;  // in the order of sentences
  for (auto v = std::lower_bound(loaded.begin(), loaded.end(), e.sentence, [](const Evaluative& x, uint32_t s) { return x.sentence < s; });
       v != loaded.end() && v->sentence == e.sentence; ++v) {
    json_->open();
    words(a, v->words);
    if (v->kind != kNone) json_->field("kind", pack.str(v->kind));
    json_->close();
  }
  json_->close_list();
  if (e.magnitudes_end > e.magnitudes_begin) {
    json_->key("magnitudes");
    json_->open_list();
    for (uint32_t i = e.magnitudes_begin; i < e.magnitudes_end; ++i) {
      const Magnitude& m = a.events.magnitudes[i];
      json_->open();
      json_->field("what", ontology.magnitude(m.what));
      json_->number("value", m.value);
      if (std::isfinite(m.low)) json_->number("low", m.low);
      if (std::isfinite(m.high)) json_->number("high", m.high);
      if (m.unit != kNone) json_->field("unit", engine_.units().id(m.unit));
      json_->field("text", a.raw(a.span_of(m.words)));
      json_->close();
    }
    json_->close_list();
  }
  json_->number("confidence", std::round(e.confidence * 100) / 100.0);
  json_->key("rules");
  json_->open_list();
  for (uint32_t r : e.rules) json_->value(pack.str(r));
  for (uint32_t r : status.rules) json_->value(pack.str(r));
  json_->close_list();
  end();
}

void RecordWriter::claim(const Analysis& a, uint32_t row) {
  const Claim& c = a.claims.rows[row];
  begin(a, "claim");
  json_->field("id", "c" + std::to_string(row + 1));
  sentence(a, c.sentence);
  words(a, c.words);
  if (c.subject.valid()) json_->field("subject", entity_view(engine_.world(), a.mentions, c.subject).id);
  json_->field("property", c.property);
  if (!c.object.empty()) json_->field("object", c.object);
  if (!c.direction.empty()) json_->field("direction", c.direction);
  json_->field("comparator", std::string_view(&c.comparator, 1));
  if (c.has_number) json_->number("value", c.value);
  else if (!c.list_value.empty()) {
    json_->key("value");
    json_->open_list();
    for (const auto& v : c.list_value) json_->value(v);
    json_->close_list();
  } else if (!c.text_value.empty()) {
    json_->field("value", c.text_value);
  }
  if (!c.unit.empty()) json_->field("unit", c.unit);
  if (!c.as_of.empty()) json_->field("as_of", c.as_of);
  if (c.negated) json_->boolean("negated", true);
  chain(a, a.claims.holders, c.chain_begin, c.chain_end);
  if (row < a.claims.checks.size()) {
    const Check& k = a.claims.checks[row];
    json_->field("verdict", verdict_name(k.verdict));
    if (k.has_reference) {
      json_->key("reference");
      json_->open();
      if (k.reference_is_number) json_->number("value", k.reference_value);
      else if (!k.reference_list.empty()) {
        json_->key("value");
        json_->open_list();
        for (const auto& v : k.reference_list) json_->value(v);
        json_->close_list();
      } else if (!k.reference_text.empty()) {
        json_->field("value", k.reference_text);
      }
      if (!k.reference_unit.empty()) json_->field("unit", k.reference_unit);
      if (!k.reference_as_of.empty()) json_->field("as_of", k.reference_as_of);
      json_->field("source", k.reference_source);
      json_->close();
    }
    if (k.has_deviation) json_->number("deviation", std::round(k.deviation * 1000) / 1000);
    json_->field("why", k.why);
  }
  end();
}

void RecordWriter::link(const Analysis& a, const Link& l) {
  begin(a, "link");
  json_->field("type", link_name(l.type));
  if (l.from != kNone) json_->field("from", "e" + std::to_string(l.from + 1));
  if (l.to != kNone) json_->field("to", "e" + std::to_string(l.to + 1));
  if (l.order) json_->number("order", l.order);
  if (!l.words.empty()) words(a, l.words);
  if (!l.cases.empty()) {
    json_->key("cases");
    json_->open_list();
    for (const auto& c : l.cases) json_->value(c);
    json_->close_list();
  }
  end();
}

void RecordWriter::question(const Analysis& a, const Question& q) {
  begin(a, "question");
  sentence(a, q.sentence);
  words(a, q.words);
  json_->key("about");
  json_->open_list();
  for (const auto& id : q.about) json_->value(id);
  json_->close_list();
  end();
}

void RecordWriter::layers(const Analysis& a, const Layers& l) {
  if (l.sentences) {
    for (uint32_t s = 0; s < a.text.sentences.size(); ++s) {
      begin(a, "sentence");
      sentence(a, s);
      span(a, a.text.sentences[s].raw);
      json_->field("lang", engine_.languages()[a.text.sentences[s].lang]);
      end();
    }
  }
  if (l.tokens) {
    uint32_t w = 0;
    for (uint32_t t = 0; t < a.text.tokens.size(); ++t) {
      const Token& token = a.text.tokens[t];
      uint32_t last = w;
      while (last < a.words.words.size() && a.words.words[last].token == t) ++last;
      begin(a, "token");
      sentence(a, token.sentence);
      span(a, token.raw);
      const LemmaTable& lemmas = engine_.lemmas(a.text.sentences[token.sentence].lang);
      // the stem decides lemma and tag of the token: the first word that is no clitic
      uint32_t stem = w;
      for (uint32_t k = w; k < last; ++k)
        if (!a.words.words[k].clitic) { stem = k; break; }
      auto describe = [&](const Word& word) {
        const auto lemma = word.lemma != kNone ? lemmas.text(word.lemma)
                           : word.key != kNone ? engine_.pack().str(word.key) : a.raw(word.raw);
        json_->field("lemma", lemma);
        const bool first = a.words.first[token.sentence] == static_cast<uint32_t>(&word - a.words.words.data());
        json_->field("tag", tag_name(lemmas.shown_tag(word, first)));
      };
      if (stem < last) describe(a.words.words[stem]);
      if (last - w > 1) {
        json_->key("segments");
        json_->open_list();
        for (uint32_t k = w; k < last; ++k) {
          json_->open();
          span(a, a.words.words[k].raw);
          describe(a.words.words[k]);
          json_->close();
        }
        json_->close_list();
      }
      end();
      w = last;
    }
  }
  if (l.mentions) {
    static constexpr std::string_view kForms[] = {"name", "adjective", "role", "pronoun", "common"};
    for (const Mention& m : a.mentions.rows) {
      begin(a, "mention");
      sentence(a, a.text.tokens[a.words.words[m.head].token].sentence);
      span(a, a.span_of(m.words));
      if (m.entity.valid()) {
        const EntityView v = entity_view(engine_.world(), a.mentions, m.entity);
        json_->field("entity", v.id);
        json_->field("name", v.name);
      }
      if (m.type != EntityType::kNone) json_->field("type", entity_type_name(m.type));
      if (m.country != kNone) json_->field("country", engine_.world().id(m.country));
      if (m.sector) json_->field("sector", engine_.world().sector(m.sector));
      json_->field("form", kForms[static_cast<int>(m.form)]);
      if (m.doubt) json_->number("doubt", std::round(m.doubt / 2.55) / 100);
      end();
    }
  }
  if (l.times) {
    for (const TimeExpression& t : a.times.rows) {
      begin(a, "time");
      words(a, t.words);
      if (t.resolved) {
        json_->field("value", engine_.value_of(t));
        if (t.kind == TimeKind::kRange && t.end.year) json_->field("end_value", date_text(t.end));
      }
      if (t.grain != Grain::kNone) json_->field("granularity", grain_name(t.grain));
      if (t.approximate) json_->boolean("approximate", true);
      if (t.duration_days > 0) json_->number("days", t.duration_days);
      end();
    }
  }
  if (l.quantities) {
    for (const Quantity& q : a.quantities.rows) {
      begin(a, "quantity");
      words(a, q.words);
      json_->number("value", q.value);
      if (q.low != q.value && std::isfinite(q.low)) json_->number("low", q.low);
      if (q.high != q.value && std::isfinite(q.high)) json_->number("high", q.high);
      if (q.unit != kNone) json_->field("unit", engine_.units().id(q.unit));
      end();
    }
  }
}

void RecordWriter::write(const Analysis& a, const Layers& l, std::string& out) {
  JsonWriter json(out);
  json_ = &json;
  positions_.build(*a.doc);
  sentence_number_.clear();
  uint32_t n = 0;
  for (const Sentence& s : a.text.sentences) sentence_number_.push_back(s.in_title ? kNone : n++);
  document(a);
  entities(a);
  const auto rows = static_cast<uint32_t>(a.stance.rows.size());
  kept_.assign(rows, true);
  for (uint32_t i = 0; i < rows && filter_.any(); ++i) kept_[i] = filter_.keeps(engine_, a, i);
  for (uint32_t i = 0; i < rows; ++i)
    if (kept_[i]) event(a, i);
  for (uint32_t i = 0; i < a.claims.rows.size(); ++i) claim(a, i);
  for (const Link& x : a.links.links)
    if ((x.from == kNone || kept_[x.from]) && (x.to == kNone || kept_[x.to])) link(a, x);
  for (const Question& q : a.links.questions) question(a, q);
  layers(a, l);
  for (const Problem& p : a.problems) {
    begin(a, "problem");
    json_->field("code", p.code);
    json_->field("message", p.message);
    json_->number("start", positions_.code_point(p.raw.begin));
    json_->number("end", positions_.code_point(p.raw.end));
    end();
  }
}

}  // namespace biruni
