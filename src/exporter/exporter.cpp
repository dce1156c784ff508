#include "exporter/exporter.h"

#include <fmt/format.h>

#include <map>

#include "render/copy_mark.h"
#include "render/json.h"
#include "store/rows.h"

namespace biruni {
namespace {

const ExportFormat kFormats[] = {
    {"csv", "one row an event, with status, comma-separated, with a header", ExportUnit::kEvent, true, true, ',', csv_columns()},
    {"polecat", "POLECAT, 40 columns, tab-separated, with a header", ExportUnit::kEvent, false, true, '\t', polecat_columns()},
    {"icews", "ICEWS, 20 columns, tab-separated, with a header; a row a pair of parties", ExportUnit::kPair, false, true, '\t', icews_columns()},
    {"gdelt", "GDELT 2.0 events, 61 columns, tab-separated; a row a day, pair of parties, code and country", ExportUnit::kGroup, false, false, '\t', gdelt_columns()},
    {"gdelt-mentions", "GDELT 2.0 mentions of these, 16 columns, tab-separated", ExportUnit::kMention, false, false, '\t', gdelt_mention_columns()},
    {"phoenix", "Phoenix, 26 columns, tab-separated; a row a pair of parties", ExportUnit::kPair, false, false, '\t', phoenix_columns()},
    {"petrarch", "PETRARCH events, 8 columns, tab-separated; a row a story, date, source, target and code", ExportUnit::kStory, false, false, '\t', petrarch_columns()},
};

Error stopped() { return {ErrorCode::kIo, "", "", ""}; }  // the writer knows why

void append_cell(char separator, std::string_view cell, std::string& out) {
  if (separator == ',') {
    if (cell.find_first_of(",\"\n\r") == std::string_view::npos) {
      out += cell;
      return;
    }
    out += '"';
    for (const char c : cell) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
    return;
  }
  for (const char c : cell) out += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;  // tab-separated formats know no quoting
}

/// Calls `each` for the pairs of actor and recipient; a side that nobody is known of is null. False: nobody on either.
template <class Each>
bool for_pairs(ExportEvent& e, Each&& each) {
  if (e.actors.empty() && e.recipients.empty()) return false;
  const size_t actors = std::max<size_t>(1, e.actors.size()), recipients = std::max<size_t>(1, e.recipients.size());
  for (size_t i = 0; i < actors * recipients; ++i) {
    e.actor = e.actors.empty() ? nullptr : &e.actors[i / recipients];
    e.recipient = e.recipients.empty() ? nullptr : &e.recipients[i % recipients];
    each(i);
  }
  return true;
}

// Groups of pairs: the same day, code, parties and country of the place. A party is its entity, else its country and sector,
// else its words. An event of no known day is a group of its own. The number of a pair is that of for_pairs().
constexpr const char* kPairs = R"sql(
CREATE TEMP TABLE pair AS WITH p AS (
  SELECT e.event, e.day, e.cameo, e.place_country,
    coalesce(a.entity, a.country || ' ' || coalesce(a.sector, ''), a.sector, a.text) AS actor,
    coalesce(r.entity, r.country || ' ' || coalesce(r.sector, ''), r.sector, r.text) AS recipient,
    row_number() OVER (PARTITION BY e.event ORDER BY a.n, r.n) - 1 AS n
  FROM event e LEFT JOIN event_actor a ON a.event = e.event AND a.role = 'actor'
  LEFT JOIN event_actor r ON r.event = e.event AND r.role = 'recipient'
  WHERE e.cameo IS NOT NULL AND (a.event IS NOT NULL OR r.event IS NOT NULL){})
SELECT event * 100 + n AS id, min(event * 100 + n) OVER (PARTITION BY coalesce(day, event), cameo, actor, recipient, place_country) AS first
FROM p WHERE n < 100)sql";

}  // namespace

const ExportFormat* find_format(std::string_view name) {
  for (const ExportFormat& f : kFormats)
    if (name == f.name) return &f;
  return nullptr;
}

bool Exporter::knows(std::string_view format) { return format == "jsonl" || format == "geojson" || find_format(format); }

std::string Exporter::format_list() {
  std::string out = "jsonl, geojson";
  for (const ExportFormat& f : kFormats) (out += ", ") += f.name;
  return out;
}

std::string Exporter::dictionary(std::string_view format) {
  const ExportFormat* f = find_format(format == "geojson" ? "csv" : format);
  if (!f) return {};
  std::string out = "position,column,type,description\n";
  for (size_t i = 0; i < f->columns.size(); ++i) {
    const ExportColumn& c = f->columns[i];
    fmt::format_to(std::back_inserter(out), "{},", i + 1);
    for (const char* cell : {c.name, c.type, c.what}) {
      append_cell(',', cell, out);
      out += cell == c.what ? '\n' : ',';
    }
  }
  return out;
}

bool Exporter::spill(const Write& write, size_t from) {
  if (out_.size() < from) return true;
  const bool ok = write(out_);
  out_.clear();
  return ok;
}

std::string Exporter::event_filter(bool status) const { return status || options_.all_statuses ? "" : "e.happened AND NOT e.alleged"; }

Status Exporter::run(const Write& write) {
  // one snapshot, whatever is written meanwhile
  if (Status s = db_.execute("BEGIN"); !s) return s;
  Status done = loader_.open();
  if (done) {
    const ExportFormat* f = find_format(options_.format);
    if (options_.format == "jsonl") done = records(write);
    else if (options_.format == "geojson") done = geojson(write);
    else if (!f) done = Error{ErrorCode::kBadUsage, "no such format", options_.format, format_list()};
    else done = f->unit == ExportUnit::kGroup || f->unit == ExportUnit::kMention ? groups(*f, write) : rows(*f, write);
  }
  if (done && !spill(write, 0)) done = stopped();
  (void)db_.execute("COMMIT");
  return done;
}

Status Exporter::records(const Write& write) {
  auto s = db_.prepare("SELECT r.bytes, r.records, o.id, d.similarity, d.id FROM record r JOIN document d USING(doc) LEFT JOIN document o ON o.doc = d.duplicate_of ORDER BY r.doc");
  if (!s) return s.error();
  std::string text;
  while (s->step()) {
    if (!unpack_records(s->blob(1), static_cast<uint64_t>(s->integer(0)), text))
      return Error{ErrorCode::kBadFormat, "the records of document " + std::string(s->text(4)) + " are damaged", db_.path(), "code it again into a new store"};
    if (!s->null(2)) mark_copy(s->text(2), s->real(3), text);
    out_ += text;
    ++counts_.rows;
    if (!spill(write)) return stopped();
  }
  return s->ok() ? Status(Ok{}) : db_.error();
}

Status Exporter::geojson(const Write& write) {
  auto s = db_.prepare("SELECT event FROM event WHERE lat IS NOT NULL AND lon IS NOT NULL ORDER BY event");
  if (!s) return s.error();
  out_ = "{\"type\":\"FeatureCollection\",\"features\":[";
  while (s->step()) {
    if (auto got = loader_.load(s->integer(0)); !got) return got.error();
    const ExportEvent& e = loader_.event();
    out_ += counts_.rows++ ? ",\n" : "\n";
    JsonWriter json(out_);
    json.open();
    json.field("type", "Feature");
    json.key("geometry");
    json.open();
    json.field("type", "Point");
    json.key("coordinates");
    json.open_list();
    json.value(e.real(EventField::kLon));
    json.value(e.real(EventField::kLat));
    json.close_list();
    json.close();
    json.key("properties");
    json.open();
    for (const ExportColumn& c : csv_columns()) {
      cell_.clear();
      c.put(e, cell_);
      if (cell_.empty()) continue;
      const std::string_view type = c.type;
      json.key(c.name);
      if (type == "integer" || type == "real") json.raw(cell_);
      else json.value(cell_);
    }
    json.close();
    json.close();
    if (!spill(write)) return stopped();
  }
  if (!s->ok()) return db_.error();
  out_ += "\n]}\n";
  counts_.events = counts_.rows;
  auto rest = db_.integer("SELECT count(*) FROM event WHERE lat IS NULL OR lon IS NULL");
  if (!rest) return rest.error();
  counts_.no_coordinates = static_cast<uint64_t>(*rest);
  return Ok{};
}

void Exporter::row(const ExportFormat& f, const ExportEvent& e, std::string_view ids) {
  for (size_t i = 0; i < f.columns.size(); ++i) {
    if (i) out_ += f.separator;
    cell_.clear();
    if (!ids.empty() && std::string_view(f.columns[i].name) == "ids") cell_ = ids;
    else if (f.columns[i].put) f.columns[i].put(e, cell_);
    append_cell(f.separator, cell_, out_);
  }
  out_ += '\n';
  ++counts_.rows;
}

/// Formats of pairs are formats of CAMEO codes.
bool Exporter::fits(const ExportFormat& f, const ExportEvent& e) {
  if (f.unit == ExportUnit::kEvent) return true;
  if (!e.known(EventField::kCameo)) return ++counts_.no_code, false;
  if (e.actors.empty() && e.recipients.empty()) return ++counts_.no_parties, false;
  return true;
}

Status Exporter::rows(const ExportFormat& f, const Write& write) {
  const std::string filter = event_filter(f.status);
  auto s = db_.prepare("SELECT e.event FROM event e" + (filter.empty() ? "" : " WHERE " + filter) + " ORDER BY e.event");
  if (!s) return s.error();
  if (f.header)
    for (size_t i = 0; i < f.columns.size(); ++i) {
      if (i) out_ += f.separator;
      out_ += f.columns[i].name;
    }
  if (f.header) out_ += '\n';
  // kStory: rows of the story at hand, in the order of their first events, without their ids
  std::vector<std::pair<std::string, std::string>> story;
  std::map<std::string, size_t> in_story;
  int64_t doc = 0;
  auto end_story = [&] {
    for (const auto& [row, ids] : story) {
      const size_t at = row.find('\x01');
      out_.append(row, 0, at);
      out_ += ids;
      out_.append(row, at + 1);
      ++counts_.rows;
    }
    story.clear();
    in_story.clear();
  };
  while (s->step()) {
    if (auto got = loader_.load(s->integer(0)); !got) return got.error();
    ExportEvent& e = loader_.event();
    if (!fits(f, e)) continue;
    ++counts_.events;
    const int64_t event = e.id;
    if (f.unit == ExportUnit::kEvent) {
      row(f, e);
    } else if (f.unit == ExportUnit::kPair) {
      for_pairs(e, [&](size_t i) {
        e.id = event * 100 + static_cast<int64_t>(std::min<size_t>(i, 99));
        row(f, e);
      });
    } else {
      if (e.integer(EventField::kDoc) != doc) end_story();
      doc = e.integer(EventField::kDoc);
      for_pairs(e, [&](size_t) {
        const size_t from = out_.size();
        row(f, e, "\x01");
        --counts_.rows;
        std::string text = out_.substr(from), id;
        out_.resize(from);
        f.columns[5].put(e, id);
        const auto [it, fresh] = in_story.try_emplace(text, story.size());
        if (fresh) story.emplace_back(std::move(text), id);
        else if (std::string& ids = story[it->second].second; !(";" + ids + ";").ends_with(";" + id + ";")) (ids += ';') += id;
      });
    }
    if (!spill(write)) return stopped();
  }
  end_story();
  if (!s->ok()) return db_.error();
  if (!filter.empty()) {
    auto rest = db_.integer("SELECT count(*) FROM event e WHERE NOT (" + filter + ")");
    if (!rest) return rest.error();
    counts_.not_happened = static_cast<uint64_t>(*rest);
  }
  return Ok{};
}

Status Exporter::groups(const ExportFormat& f, const Write& write) {
  const std::string filter = event_filter(f.status), also = filter.empty() ? "" : " AND " + filter;
  if (Status s = db_.execute(fmt::format(fmt::runtime(kPairs), also)); !s) return s;
  const bool mentions = f.unit == ExportUnit::kMention;
  auto s = db_.prepare(mentions ? "SELECT id, first FROM pair ORDER BY first, id"
                                : "SELECT p.first, p.first, count(*), count(DISTINCT d.publisher), count(DISTINCT e.doc) FROM pair p JOIN event e ON "
                                  "e.event = p.id / 100 JOIN document d USING(doc) GROUP BY p.first ORDER BY p.first");
  if (!s) return s.error();
  while (s->step()) {
    const int64_t id = s->integer(0), event = id / 100;
    if (auto got = loader_.load(event); !got) return got.error();
    ExportEvent& e = loader_.event();
    for_pairs(e, [&](size_t i) {
      if (static_cast<int64_t>(i) != id % 100) return;
      e.id = s->integer(1);
      if (!mentions) {
        e.mentions = s->integer(2);
        e.sources = s->integer(3);
        e.articles = s->integer(4);
      }
      row(f, e);
    });
    if (!spill(write)) return stopped();
  }
  if (!s->ok()) return db_.error();
  auto count = [&](const char* sql, uint64_t& out) -> Status {
    auto n = db_.integer(sql + also);
    if (!n) return n.error();
    out = static_cast<uint64_t>(*n);
    return Ok{};
  };
  auto number = db_.integer("SELECT count(DISTINCT id / 100) FROM pair");
  if (!number) return number.error();
  counts_.events = static_cast<uint64_t>(*number);
  if (Status done = count("SELECT count(*) FROM event e WHERE e.cameo IS NULL", counts_.no_code); !done) return done;
  if (Status done = count("SELECT count(*) FROM event e WHERE e.cameo IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event_actor a WHERE a.event = e.event)", counts_.no_parties); !done) return done;
  if (filter.empty()) return Ok{};
  auto rest = db_.integer("SELECT count(*) FROM event e WHERE NOT (" + filter + ")");
  if (!rest) return rest.error();
  counts_.not_happened = static_cast<uint64_t>(*rest);
  return Ok{};
}

}  // namespace biruni
