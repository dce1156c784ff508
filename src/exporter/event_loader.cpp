#include "exporter/event_loader.h"

namespace biruni {
namespace {

constexpr const char* kMain = R"sql(
SELECT e.event, e.doc, e.sentence, e.type, e.mode, e.cameo, e.contexts, e."trigger", e.trigger_start, e.trigger_end, e.day, e.day_from, e.first_day,
  e.last_day, e.time, e.time_value, e.time_end, e.granularity, e.place, e.place_entity, e.place_name, e.place_country, e.lat, e.lon,
  e.factuality, e.happened, e.alleged, e.author_factuality, e.tense, e.holder, e.holder_entity, e.stance, e.anonymous, e.unsourced, e.evaluative,
  e.confidence, d.id, d.date, d.publisher, d.lang, d.title, d.author, d.url, (SELECT o.id FROM document o WHERE o.doc = d.duplicate_of),
  d.characters, t.quad, coalesce(m.score, t.score), c.goldstein, c.label, c.quad, p.name, p.gec, (SELECT type FROM entity WHERE entity = e.place_entity)
FROM event e JOIN document d USING(doc)
LEFT JOIN event_type t ON t.type = e.type AND t.mode = '' LEFT JOIN event_type m ON m.type = e.type AND m.mode = e.mode
LEFT JOIN cameo c ON c.cameo = e.cameo LEFT JOIN country p ON p.country = e.place_country WHERE e.event = ?)sql";

constexpr const char* kParties = R"sql(
SELECT a.role, a.text, a.start, a.entity, a.name, a.country, c.name, c.cow, a.sector, s.cameo FROM event_actor a
LEFT JOIN country c ON c.country = a.country LEFT JOIN sector s ON s.sector = a.sector WHERE a.event = ? ORDER BY a.role, a.n)sql";

void join(std::string& list, std::string_view s) {
  if (!list.empty()) list += ';';
  list += s;
}

}  // namespace

Status EventLoader::open() {
  for (auto [statement, sql] : std::initializer_list<std::pair<Statement*, const char*>>{
           {&main_, kMain},
           {&parties_, kParties},
           {&entities_, "SELECT e.type, e.name FROM document_entity d JOIN entity e USING(entity) WHERE d.doc = ? ORDER BY e.entity"},
           {&run_, "SELECT r.program || '+' || r.pack, r.started FROM document d JOIN run r USING(run) WHERE d.doc = ?"}}) {
    auto s = db_.prepare(sql);
    if (!s) return s.error();
    *statement = std::move(*s);
  }
  event_.row = &main_;
  return Ok{};
}

Status EventLoader::load_document(int64_t doc) {
  doc_ = doc;
  ExportEvent& e = event_;
  for (std::string* s : {&e.people, &e.organizations, &e.places, &e.program, &e.started}) s->clear();
  entities_.bind(1, doc);
  while (entities_.step()) {
    const auto type = entities_.text(0), name = entities_.text(1);
    if (type == "person") join(e.people, name);
    else if (type == "country" || type == "region" || type == "place") join(e.places, name);
    else join(e.organizations, name);
  }
  run_.bind(1, doc);
  if (run_.step()) {
    e.program = run_.text(0);
    e.started = run_.text(1);
  }
  const bool ok = entities_.ok() && run_.ok();
  run_.reset();
  if (!ok) return db_.error();
  return Ok{};
}

Result<bool> EventLoader::load(int64_t event) {
  ExportEvent& e = event_;
  e.actors.clear();
  e.recipients.clear();
  e.actor = e.recipient = nullptr;
  main_.reset();
  main_.bind(1, event);
  if (!main_.step()) {
    if (!main_.ok()) return db_.error();
    return false;
  }
  e.id = event;
  parties_.bind(1, event);
  while (parties_.step()) {
    Party& p = parties_.text(0) == "actor" ? e.actors.emplace_back() : e.recipients.emplace_back();
    p.text = parties_.text(1);
    p.start = parties_.null(2) ? -1 : parties_.integer(2);
    int at = 3;
    for (std::string* s : {&p.entity, &p.name, &p.country, &p.country_name, &p.cow, &p.sector, &p.role}) *s = parties_.text(at++);
  }
  if (!parties_.ok()) return db_.error();
  if (const int64_t doc = e.integer(EventField::kDoc); doc != doc_)
    if (Status s = load_document(doc); !s) return s.error();
  return true;
}

}  // namespace biruni
