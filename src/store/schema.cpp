#include "store/schema.h"

namespace biruni {

// Foreign keys are declared for readers and for PRAGMA foreign_key_check; the writer keeps them by the order in which it
// writes and deletes, and does not ask SQLite to test each row.
const char* const kCreateTables = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY NOT NULL, value TEXT) WITHOUT ROWID;
CREATE TABLE run(
  run INTEGER PRIMARY KEY, program TEXT NOT NULL, pack TEXT NOT NULL, options TEXT NOT NULL, stamp INTEGER NOT NULL,
  inputs TEXT NOT NULL, started TEXT NOT NULL, finished TEXT, state TEXT NOT NULL,
  documents INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE event_type(
  type TEXT NOT NULL, mode TEXT NOT NULL, quad INTEGER NOT NULL, score REAL NOT NULL, PRIMARY KEY(type, mode)) WITHOUT ROWID;
CREATE TABLE cameo(
  cameo TEXT PRIMARY KEY NOT NULL, type TEXT, mode TEXT, contexts TEXT, goldstein REAL, quad INTEGER, label TEXT) WITHOUT ROWID;
CREATE TABLE sector(sector TEXT PRIMARY KEY NOT NULL, cameo TEXT) WITHOUT ROWID;
CREATE TABLE country(country TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, iso2 TEXT, gec TEXT, cow INTEGER) WITHOUT ROWID;
CREATE TABLE entity(
  entity TEXT PRIMARY KEY NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, country TEXT) WITHOUT ROWID;
CREATE TABLE entity_name(
  entity TEXT NOT NULL REFERENCES entity, lang TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY(entity, lang)) WITHOUT ROWID;
CREATE TABLE document(
  doc INTEGER PRIMARY KEY, id TEXT NOT NULL, run INTEGER NOT NULL REFERENCES run, source TEXT NOT NULL,
  content INTEGER NOT NULL, lang TEXT, genre TEXT, date TEXT, title TEXT, author TEXT, publisher TEXT, url TEXT,
  sentences INTEGER NOT NULL, characters INTEGER NOT NULL, events INTEGER NOT NULL,
  duplicate_of INTEGER REFERENCES document, similarity REAL, sketch BLOB);
CREATE TABLE text(doc INTEGER PRIMARY KEY REFERENCES document, title TEXT, text TEXT NOT NULL);
CREATE TABLE record(doc INTEGER PRIMARY KEY REFERENCES document, bytes INTEGER NOT NULL, records BLOB NOT NULL);
CREATE TABLE document_entity(
  doc INTEGER NOT NULL REFERENCES document, entity TEXT NOT NULL REFERENCES entity, mentions INTEGER NOT NULL,
  PRIMARY KEY(doc, entity)) WITHOUT ROWID;
CREATE TABLE event(
  event INTEGER PRIMARY KEY, doc INTEGER NOT NULL REFERENCES document, sentence INTEGER,
  type TEXT NOT NULL, mode TEXT, cameo TEXT, contexts TEXT,
  "trigger" TEXT NOT NULL, trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL,
  day TEXT, day_from TEXT, first_day TEXT, last_day TEXT,
  time TEXT, time_value TEXT, time_end TEXT, granularity TEXT,
  place TEXT, place_entity TEXT REFERENCES entity, place_name TEXT, place_country TEXT, lat REAL, lon REAL,
  factuality TEXT NOT NULL, happened INTEGER NOT NULL, alleged INTEGER NOT NULL, author_factuality TEXT, tense TEXT,
  holder TEXT NOT NULL, holder_entity TEXT REFERENCES entity, stance TEXT, anonymous INTEGER,
  unsourced INTEGER NOT NULL, evaluative INTEGER NOT NULL, confidence REAL NOT NULL,
  actor TEXT REFERENCES entity, actor_country TEXT, actor_sector TEXT,
  recipient TEXT REFERENCES entity, recipient_country TEXT, recipient_sector TEXT);
CREATE TABLE event_actor(
  event INTEGER NOT NULL REFERENCES event, role TEXT NOT NULL, n INTEGER NOT NULL, text TEXT, start INTEGER, "end" INTEGER,
  entity TEXT REFERENCES entity, name TEXT, country TEXT, sector TEXT, PRIMARY KEY(event, role, n)) WITHOUT ROWID;
CREATE TABLE event_holder(
  event INTEGER NOT NULL REFERENCES event, n INTEGER NOT NULL, holder TEXT NOT NULL, entity TEXT REFERENCES entity,
  cue TEXT, stance TEXT, anonymous INTEGER, text TEXT, start INTEGER, "end" INTEGER, PRIMARY KEY(event, n)) WITHOUT ROWID;
CREATE TABLE event_magnitude(
  event INTEGER NOT NULL REFERENCES event, n INTEGER NOT NULL, what TEXT NOT NULL, value REAL, low REAL, high REAL,
  unit TEXT, text TEXT, PRIMARY KEY(event, n)) WITHOUT ROWID;
CREATE TABLE claim(
  claim INTEGER PRIMARY KEY, doc INTEGER NOT NULL REFERENCES document, sentence INTEGER, start INTEGER, "end" INTEGER, text TEXT,
  subject TEXT, property TEXT NOT NULL, object TEXT, direction TEXT, comparator TEXT, value, unit TEXT, as_of TEXT,
  negated INTEGER NOT NULL, holder TEXT, verdict TEXT, reference_value, reference_unit TEXT, reference_as_of TEXT,
  reference_source TEXT, deviation REAL, why TEXT);
CREATE TABLE link(
  doc INTEGER NOT NULL REFERENCES document, n INTEGER NOT NULL, type TEXT NOT NULL, from_event INTEGER REFERENCES event,
  to_event INTEGER REFERENCES event, "order" INTEGER, start INTEGER, "end" INTEGER, text TEXT, cases TEXT,
  PRIMARY KEY(doc, n)) WITHOUT ROWID;
CREATE TABLE question(
  doc INTEGER NOT NULL REFERENCES document, n INTEGER NOT NULL, sentence INTEGER, start INTEGER, "end" INTEGER, text TEXT,
  about TEXT, PRIMARY KEY(doc, n)) WITHOUT ROWID;
CREATE TABLE problem(
  doc INTEGER NOT NULL REFERENCES document, n INTEGER NOT NULL, code TEXT NOT NULL, message TEXT, start INTEGER, "end" INTEGER,
  PRIMARY KEY(doc, n)) WITHOUT ROWID;
CREATE TABLE failure(
  source TEXT PRIMARY KEY NOT NULL, run INTEGER NOT NULL REFERENCES run, message TEXT NOT NULL) WITHOUT ROWID;
)sql";

const char* const kCreateViews = R"sql(
CREATE VIEW happened_event AS SELECT * FROM event WHERE happened AND NOT alleged;
CREATE VIEW event_document AS
  SELECT e.*, 'e' || (e.event % 1000000) AS event_id, d.id AS document, d.date AS published, d.publisher, d.lang, d.title, d.url,
    d.duplicate_of, t.quad, coalesce(m.score, t.score) AS score, c.goldstein
  FROM event e JOIN document d USING(doc)
  LEFT JOIN event_type t ON t.type = e.type AND t.mode = ''
  LEFT JOIN event_type m ON m.type = e.type AND m.mode = e.mode
  LEFT JOIN cameo c ON c.cameo = e.cameo;
CREATE VIEW event_dyad AS
  SELECT a.event, a.n AS actor_n, r.n AS recipient_n, a.entity AS actor, a.country AS actor_country, a.sector AS actor_sector,
    r.entity AS recipient, r.country AS recipient_country, r.sector AS recipient_sector
  FROM event_actor a JOIN event_actor r ON r.event = a.event AND r.role = 'recipient' WHERE a.role = 'actor';
CREATE VIEW document_month AS
  SELECT substr(date, 1, 7) AS month, count(*) AS documents, sum(duplicate_of IS NULL) AS originals
  FROM document WHERE date IS NOT NULL GROUP BY 1;
CREATE VIEW country_month AS
  SELECT e.type, e.country, substr(e.first_day, 1, 7) AS month, count(*) AS events, count(DISTINCT e.doc) AS documents
  FROM (SELECT DISTINCT h.event, h.doc, h.type, h.first_day, h.last_day, a.country FROM happened_event h
        JOIN event_actor a ON a.event = h.event WHERE a.country IS NOT NULL) e
  WHERE substr(e.first_day, 1, 7) = substr(e.last_day, 1, 7) GROUP BY 1, 2, 3;
CREATE VIEW dyad_month AS
  SELECT e.type, e.actor_country, e.recipient_country, substr(e.first_day, 1, 7) AS month, count(*) AS events,
    count(DISTINCT e.doc) AS documents
  FROM (SELECT DISTINCT h.event, h.doc, h.type, h.first_day, h.last_day, d.actor_country, d.recipient_country
        FROM happened_event h JOIN event_dyad d ON d.event = h.event
        WHERE d.actor_country IS NOT NULL AND d.recipient_country IS NOT NULL) e
  WHERE substr(e.first_day, 1, 7) = substr(e.last_day, 1, 7) GROUP BY 1, 2, 3, 4;
CREATE VIEW event_day AS
  SELECT e.day, e.type, coalesce(e.mode, '') AS mode,
    coalesce(e.actor, nullif(trim(coalesce(e.actor_country, '') || ' ' || coalesce(e.actor_sector, '')), '')) AS actor,
    coalesce(e.recipient, nullif(trim(coalesce(e.recipient_country, '') || ' ' || coalesce(e.recipient_sector, '')), '')) AS recipient,
    e.place_country AS country, min(e.event) AS event, count(*) AS mentions, count(DISTINCT e.doc) AS documents,
    count(DISTINCT coalesce(d.duplicate_of, d.doc)) AS originals, count(DISTINCT d.publisher) AS sources,
    count(DISTINCT CASE WHEN e.holder <> 'author' THEN coalesce(e.holder_entity, e.holder)
                        ELSE 'author of ' || coalesce(o.publisher, d.publisher, coalesce(d.duplicate_of, d.doc)) END) AS holders
  FROM happened_event e JOIN document d USING(doc) LEFT JOIN document o ON o.doc = d.duplicate_of
  WHERE e.day IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5, 6, CASE WHEN coalesce(e.actor, e.actor_country, e.actor_sector, e.recipient, e.recipient_country,
    e.recipient_sector, e.place_country) IS NULL THEN e.event END;
)sql";

// Contentless: the index alone, over normalised texts (the texts themselves are in `text`). No sizes of documents are kept, as
// answers are not ranked.
const char* const kCreateSearch = R"sql(
CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(title, text, content='', columnsize=0, tokenize='unicode61 remove_diacritics 0');
INSERT INTO search(search, rank) VALUES('hashsize', 16777216);
)sql";

const char* const kDocumentIdIndex = "CREATE UNIQUE INDEX IF NOT EXISTS document_id ON document(id)";

const char* const kCreateIndexes = R"sql(
CREATE INDEX IF NOT EXISTS document_date ON document(date);
CREATE INDEX IF NOT EXISTS document_publisher ON document(publisher);
CREATE INDEX IF NOT EXISTS document_duplicate ON document(duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX IF NOT EXISTS document_entity_entity ON document_entity(entity);
CREATE INDEX IF NOT EXISTS event_doc ON event(doc);
CREATE INDEX IF NOT EXISTS event_type_day ON event(type, day);
CREATE INDEX IF NOT EXISTS event_first_day ON event(first_day);
CREATE INDEX IF NOT EXISTS event_place_country ON event(place_country, first_day);
CREATE INDEX IF NOT EXISTS event_actor_entity ON event_actor(entity) WHERE entity IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_actor_country ON event_actor(country, role, sector) WHERE country IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_holder_entity ON event_holder(entity) WHERE entity IS NOT NULL;
CREATE INDEX IF NOT EXISTS claim_doc ON claim(doc);
CREATE INDEX IF NOT EXISTS claim_subject ON claim(subject, property);
)sql";

const char* const kInsertInto[] = {
    "INSERT OR IGNORE INTO entity VALUES(?,?,?,?)",
    "INSERT OR IGNORE INTO entity_name VALUES(?,?,?)",
    "INSERT INTO document_entity VALUES(?,?,?) ON CONFLICT(doc, entity) DO UPDATE SET mentions = mentions + excluded.mentions",
    "INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    "INSERT INTO event_actor VALUES(?,?,?,?,?,?,?,?,?,?)",
    "INSERT INTO event_holder VALUES(?,?,?,?,?,?,?,?,?,?)",
    "INSERT INTO event_magnitude VALUES(?,?,?,?,?,?,?,?)",
    "INSERT INTO claim VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    "INSERT INTO link VALUES(?,?,?,?,?,?,?,?,?,?)",
    "INSERT INTO question VALUES(?,?,?,?,?,?,?)",
    "INSERT INTO problem VALUES(?,?,?,?,?,?)",
};

const char* const kDeleteDocument[] = {
    "DELETE FROM problem WHERE doc = ?1",
    "DELETE FROM question WHERE doc = ?1",
    "DELETE FROM link WHERE doc = ?1",
    "DELETE FROM claim WHERE claim >= ?2 AND claim < ?3 AND doc = ?1",
    "DELETE FROM event_magnitude WHERE event >= ?2 AND event < ?3 AND ?1",
    "DELETE FROM event_holder WHERE event >= ?2 AND event < ?3 AND ?1",
    "DELETE FROM event_actor WHERE event >= ?2 AND event < ?3 AND ?1",
    "DELETE FROM event WHERE event >= ?2 AND event < ?3 AND ?1",
    "DELETE FROM document_entity WHERE doc = ?1",
    "DELETE FROM record WHERE doc = ?1",
    "DELETE FROM text WHERE doc = ?1",
    "DELETE FROM document WHERE doc = ?1",
    nullptr,
};

}  // namespace biruni
