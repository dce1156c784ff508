#include "query/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "query/calendar_range.h"

namespace biruni {
namespace {

/// A dimension: its columns as SQL, and what must be joined for them.
enum Join : unsigned { kNoJoin = 0, kActor = 1, kRecipient = 2, kAnyParty = 4, kDocument = 8 };
struct DimensionSql {
  Dimension dimension;
  std::vector<std::pair<const char*, const char*>> columns;  // name, expression
  unsigned joins;
  char time;  // d, m, y: filled without gaps by `zeros`; else 0
};

const std::vector<DimensionSql>& table() {
  static const std::vector<DimensionSql> rows = {
      {{"type", "PLOVER type"}, {{"type", "e.type"}}, kNoJoin, 0},
      {{"mode", "type and mode"}, {{"type", "e.type"}, {"mode", "e.mode"}}, kNoJoin, 0},
      {{"cameo", "CAMEO code"}, {{"cameo", "e.cameo"}}, kNoJoin, 0},
      {{"actor", "entity of an actor"}, {{"actor", "a.entity"}}, kActor, 0},
      {{"recipient", "entity of a recipient"}, {{"recipient", "r.entity"}}, kRecipient, 0},
      {{"party", "entity of an actor or recipient"}, {{"party", "p.entity"}}, kAnyParty, 0},
      {{"country", "country of an actor or recipient"}, {{"country", "p.country"}}, kAnyParty, 0},
      {{"actor-country", "country of an actor"}, {{"actor_country", "a.country"}}, kActor, 0},
      {{"recipient-country", "country of a recipient"}, {{"recipient_country", "r.country"}}, kRecipient, 0},
      {{"sector", "sector of an actor or recipient"}, {{"sector", "p.sector"}}, kAnyParty, 0},
      {{"dyad", "countries of an actor and a recipient"}, {{"actor_country", "a.country"}, {"recipient_country", "r.country"}}, kActor | kRecipient, 0},
      {{"place", "place"}, {{"place", "coalesce(e.place_name, e.place)"}, {"place_country", "e.place_country"}}, kNoJoin, 0},
      {{"place-country", "country of the place"}, {{"place_country", "e.place_country"}}, kNoJoin, 0},
      {{"day", "day of the event"}, {{"day", "e.day"}}, kNoJoin, 'd'},
      {{"month", "month of the event"}, {{"month", "CASE WHEN substr(e.first_day, 1, 7) = substr(e.last_day, 1, 7) THEN substr(e.first_day, 1, 7) END"}}, kNoJoin, 'm'},
      {{"year", "year of the event"}, {{"year", "CASE WHEN substr(e.first_day, 1, 4) = substr(e.last_day, 1, 4) THEN substr(e.first_day, 1, 4) END"}}, kNoJoin, 'y'},
      {{"holder", "last holder"}, {{"holder", "e.holder"}}, kNoJoin, 0},
      {{"factuality", "factuality"}, {{"factuality", "e.factuality"}}, kNoJoin, 0},
      {{"happened", "whether it happened"}, {{"happened", "e.happened"}}, kNoJoin, 0},
      {{"confidence", "confidence, in tenths"}, {{"confidence", "CAST(e.confidence * 10 AS INTEGER) / 10.0"}}, kNoJoin, 0},
      {{"language", "language of the document"}, {{"language", "d.lang"}}, kDocument, 0},
      {{"publisher", "publisher of the document"}, {{"publisher", "d.publisher"}}, kDocument, 0},
  };
  return rows;
}

// What counts once with one_a_day, as the view event_day has it.
constexpr const char* kDayKey =
    "CASE WHEN e.day IS NULL OR coalesce(e.actor, e.actor_country, e.actor_sector, e.recipient, e.recipient_country, e.recipient_sector, "
    "e.place_country) IS NULL THEN e.event ELSE e.day || '|' || e.type || '|' || coalesce(e.mode, '') || '|' || coalesce(e.actor, "
    "coalesce(e.actor_country, '') || ' ' || coalesce(e.actor_sector, '')) || '|' || coalesce(e.recipient, coalesce(e.recipient_country, '') || ' ' || "
    "coalesce(e.recipient_sector, '')) || '|' || coalesce(e.place_country, '') END";

class Asker {
 public:
  Asker(Database& db, const Query& q) : db_(db), q_(q) {}

  Result<Answer> run() {
    if (Status s = filter(); !s) return s.error();
    return q_.count_by.empty() ? list() : count();
  }

 private:
  struct Condition { std::string sql; Values values; };

  static std::string marks(size_t n) {
    std::string out;
    for (size_t i = 0; i < n; ++i) out += i ? ",?" : "?";
    return out;
  }
  void add(const std::string& sql, const Values& values) {
    where_ += (where_.empty() ? " WHERE " : " AND ") + sql;
    bound_.insert(bound_.end(), values.begin(), values.end());
  }
  void any_of(const char* column, const Values& values) {
    if (!values.empty()) add(fmt::format("{} IN ({})", column, marks(values.size())), values);
  }

  /// Ids of entities by id or by name in any language.
  Result<Values> entities(const Values& given) {
    Values out;
    auto s = db_.prepare("SELECT entity FROM entity WHERE entity = ?1 COLLATE NOCASE OR name = ?1 COLLATE NOCASE UNION SELECT entity FROM entity_name WHERE name = ?1 COLLATE NOCASE");
    if (!s) return s.error();
    for (const auto& g : given) {
      s->bind(1, std::string_view(g));
      const size_t before = out.size();
      while (s->step()) out.emplace_back(s->text(0));
      if (!s->ok()) return db_.error();
      if (out.size() == before) return Error{ErrorCode::kNotFound, "nobody and nothing of this id or name is in the store", g, ""};
    }
    return out;
  }
  /// Codes of countries by code or by name in any language.
  Result<Values> codes(const Values& given) {
    Values out;
    auto s = db_.prepare(
        "SELECT country FROM country WHERE country = ?1 COLLATE NOCASE OR name = ?1 COLLATE NOCASE UNION "
        "SELECT entity FROM entity_name JOIN entity USING(entity) WHERE entity_name.name = ?1 COLLATE NOCASE AND type = 'country'");
    if (!s) return s.error();
    for (const auto& g : given) {
      s->bind(1, std::string_view(g));
      const size_t before = out.size();
      while (s->step()) out.emplace_back(s->text(0));
      if (!s->ok()) return db_.error();
      if (out.size() == before) return Error{ErrorCode::kNotFound, "is no country (a code of three letters or a name)", g, ""};
    }
    return out;
  }

  Status party(const char* column, const char* role, const Result<Values>& values) {
    if (!values) return values.error();
    if (values.value().empty()) return Ok{};
    add(fmt::format("EXISTS (SELECT 1 FROM event_actor x WHERE x.event = e.event{}{} AND x.{} IN ({}))", *role ? " AND x.role = " : "", role, column,
                    marks(values.value().size())),
        values.value());
    return Ok{};
  }

  Status dyads() {
    if (q_.dyads.empty()) return Ok{};
    const bool joined = std::find(q_.count_by.begin(), q_.count_by.end(), "dyad") != q_.count_by.end();
    std::string any;
    Values values;
    for (const auto& dyad : q_.dyads) {
      const size_t colon = dyad.find(':');
      if (colon == std::string::npos) return Error{ErrorCode::kBadUsage, "is no dyad (ACTOR:RECIPIENT, as USA:IRN)", dyad, ""};
      std::string sides[2];
      for (int i = 0; i < 2; ++i) {
        const Values side{i ? dyad.substr(colon + 1) : dyad.substr(0, colon)};
        const char name = i ? 'r' : 'a';  // of the joined event_actor
        if (auto country = codes(side)) {
          sides[i] = fmt::format("{}.country IN ({})", name, marks((*country).size()));
          values.insert(values.end(), (*country).begin(), (*country).end());
        } else if (auto entity = entities(side)) {
          sides[i] = fmt::format("{}.entity IN ({})", name, marks((*entity).size()));
          values.insert(values.end(), (*entity).begin(), (*entity).end());
        } else {
          return entity.error();
        }
      }
      any += fmt::format("{}({} AND {})", any.empty() ? "" : " OR ", sides[0], sides[1]);
    }
    if (joined) add("(" + any + ")", values);
    else add("EXISTS (SELECT 1 FROM event_actor a JOIN event_actor r ON r.event = a.event AND r.role = 'recipient' WHERE a.event = e.event AND a.role = 'actor' AND (" + any + "))", values);
    return Ok{};
  }

  Status filter() {
    any_of("e.type", q_.types);
    any_of("e.mode", q_.modes);
    any_of("e.factuality", q_.factualities);
    for (const auto& c : q_.contexts) add("instr(';' || e.contexts || ';', ?) > 0", {";" + c + ";"});
    if (!q_.cameo.empty()) {  // a code and all below it
      std::string any;
      for (size_t i = 0; i < q_.cameo.size(); ++i) any += i ? " OR e.cameo GLOB ? || '*'" : "e.cameo GLOB ? || '*'";
      add("(" + any + ")", q_.cameo);
    }
    if (Status s = party("entity", "'actor'", entities(q_.actors)); !s) return s;
    if (Status s = party("entity", "'recipient'", entities(q_.recipients)); !s) return s;
    if (Status s = party("entity", "", entities(q_.parties)); !s) return s;
    if (Status s = party("country", "", codes(q_.countries)); !s) return s;
    if (Status s = party("country", "'actor'", codes(q_.actor_countries)); !s) return s;
    if (Status s = party("country", "'recipient'", codes(q_.recipient_countries)); !s) return s;
    if (Status s = party("sector", "", q_.sectors); !s) return s;
    if (Status s = dyads(); !s) return s;
    auto place_countries = codes(q_.place_countries);
    if (!place_countries) return place_countries.error();
    any_of("e.place_country", *place_countries);
    if (!q_.places.empty()) {
      auto ids = entities(q_.places);
      if (!ids) return ids.error();
      any_of("e.place_entity", *ids);
    }
    if (!q_.holders.empty()) {
      Values ids;
      for (const auto& h : q_.holders)
        if (auto got = entities({h})) ids.insert(ids.end(), (*got).begin(), (*got).end());
      Values all = q_.holders;
      all.insert(all.end(), ids.begin(), ids.end());
      add(fmt::format("(e.holder IN ({}) OR e.holder_entity IN ({}))", marks(q_.holders.size()), marks(ids.size())), all);
    }
    if (!q_.from.empty()) add("e.first_day >= ?", {q_.from});
    if (!q_.to.empty()) add("e.last_day <= ?", {q_.to});
    if (q_.happened != Tri::kAny) add(q_.happened == Tri::kYes ? "e.happened" : "NOT e.happened", {});
    if (q_.alleged != Tri::kAny) add(q_.alleged == Tri::kYes ? "e.alleged" : "NOT e.alleged", {});
    if (q_.confidence > 0) add("e.confidence >= CAST(? AS REAL)", {fmt::format("{}", q_.confidence)});
    if (!q_.search.empty()) {
      auto there = db_.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'search'");
      if (!there) return there.error();
      if (!*there) return Error{ErrorCode::kNotFound, "has no full-text index", db_.path(), "code into it again without --no-text and --no-search"};
      add("e.doc IN (SELECT rowid FROM search WHERE search MATCH ?)", {q_.search});
    }
    document_filter();
    if (!document_sql_.empty()) {
      add("EXISTS (SELECT 1 FROM document d WHERE d.doc = e.doc AND " + document_sql_ + ")", document_values_);
    }
    return Ok{};
  }

  /// Filters of documents, which hold for the denominator too.
  void document_filter() {
    auto also = [&](const std::string& sql, const Values& values) {
      document_sql_ += (document_sql_.empty() ? "" : " AND ") + sql;
      document_values_.insert(document_values_.end(), values.begin(), values.end());
    };
    if (!q_.languages.empty()) also(fmt::format("d.lang IN ({})", marks(q_.languages.size())), q_.languages);
    if (!q_.publishers.empty()) also(fmt::format("d.publisher IN ({})", marks(q_.publishers.size())), q_.publishers);
    if (q_.originals) also("d.duplicate_of IS NULL", {});
  }

  static AnswerCell cell(const Statement& s, int i) {
    if (s.null(i)) return {};
    if (s.is_integer(i)) return s.integer(i);
    if (s.is_text(i)) return std::string(s.text(i));
    return s.real(i);
  }

  Result<Answer> rows(const std::string& sql, const Values& values) {
    auto s = db_.prepare(sql);
    if (!s) return s.error();
    int at = 1;
    for (const auto& v : values) s->bind(at++, std::string_view(v));
    Answer out;
    for (int i = 0; i < s->columns(); ++i) out.columns.emplace_back(s->column_name(i));
    while (s->step()) {
      if (q_.limit && static_cast<int64_t>(out.rows.size()) == q_.limit && q_.count_by.empty()) {
        out.more = true;
        break;
      }
      auto& row = out.rows.emplace_back();
      for (int i = 0; i < s->columns(); ++i) row.push_back(cell(*s, i));
    }
    if (!out.more && !s->ok()) {
      Error e = db_.error();
      if (!q_.search.empty() && e.message.find("fts5") != std::string::npos) e = {ErrorCode::kBadUsage, "is no query of full text: " + e.message, q_.search, ""};
      return e;
    }
    return out;
  }

  Result<Answer> list() {
    return rows(
        "SELECT e.event, d.id AS document, e.first_day, e.last_day, e.type, e.mode, "
        "(SELECT group_concat(coalesce(name, text), '; ') FROM event_actor x WHERE x.event = e.event AND role = 'actor') AS actors, "
        "(SELECT group_concat(coalesce(name, text), '; ') FROM event_actor x WHERE x.event = e.event AND role = 'recipient') AS recipients, "
        "coalesce(e.place_name, e.place) AS place, e.place_country, e.holder, e.factuality, e.happened, e.alleged, e.\"trigger\", e.confidence "
        "FROM event e JOIN document d USING(doc)" + where_ + " ORDER BY e.event",
        bound_);
  }

  Result<Answer> count() {
    unsigned joins = 0;
    std::vector<const DimensionSql*> dims;
    for (const auto& name : q_.count_by) {
      const auto it = std::find_if(table().begin(), table().end(), [&](const DimensionSql& d) { return d.dimension.name == name; });
      if (it == table().end()) {
        std::string all;
        for (const auto& d : table()) all += (all.empty() ? "" : ", ") + std::string(d.dimension.name);
        return Error{ErrorCode::kBadUsage, "is no dimension (" + all + ")", name, ""};
      }
      dims.push_back(&*it);
      joins |= it->joins;
    }
    std::string columns, by;
    size_t n = 0;
    for (const auto* d : dims)
      for (const auto& [name, sql] : d->columns) {
        columns += fmt::format("{} AS {}, ", sql, name);
        by += fmt::format("{}{}", n ? ", " : "", n + 1);
        ++n;
      }
    std::string from = " FROM event e";
    if (joins & kActor) from += " JOIN event_actor a ON a.event = e.event AND a.role = 'actor'";
    if (joins & kRecipient) from += " JOIN event_actor r ON r.event = e.event AND r.role = 'recipient'";
    if (joins & kAnyParty) from += " JOIN event_actor p ON p.event = e.event";
    if (joins & kDocument) from += " JOIN document d ON d.doc = e.doc";
    std::string where = where_;  // a party whose country (entity, sector) is not known is none to count by
    for (const auto* d : dims)
      for (const auto& [name, sql] : d->columns)
        if (d->joins & (kActor | kRecipient | kAnyParty)) where += fmt::format("{}{} IS NOT NULL", where.empty() ? " WHERE " : " AND ", sql);
    auto answer = rows(fmt::format("SELECT {}count(DISTINCT {}) AS events, count(DISTINCT e.doc) AS documents{}{} GROUP BY {} ORDER BY {}", columns,
                                   q_.one_a_day ? kDayKey : "e.event", from, where, by, by),
                       bound_);
    if (!answer) return answer;
    if (q_.zeros) fill(dims, n, *answer);
    if (Status s = denominators(dims, n, *answer); !s) return s.error();
    if (q_.limit && static_cast<int64_t>((*answer).rows.size()) > q_.limit) {
      (*answer).rows.resize(static_cast<size_t>(q_.limit));
      (*answer).more = true;
    }
    return answer;
  }

  /// Column of the first time dimension; kNoTime if there is none.
  static constexpr size_t kNoTime = ~size_t{0};
  static size_t time_column(const std::vector<const DimensionSql*>& dims, char& unit) {
    size_t at = 0;
    for (const auto* d : dims) {
      if (d->time) {
        unit = d->time;
        return at;
      }
      at += d->columns.size();
    }
    return kNoTime;
  }

  /// A row for every combination of the other dimensions that was seen and every unit of time of the period. Rows of no
  /// known time stay.
  void fill(const std::vector<const DimensionSql*>& dims, size_t n, Answer& a) const {
    char unit = 0;
    const size_t t = time_column(dims, unit);
    if (t == kNoTime) return;
    std::string first = q_.from, last = q_.to;
    std::set<std::vector<AnswerCell>> seen;
    std::map<std::vector<AnswerCell>, std::vector<AnswerCell>> have;
    for (auto& row : a.rows) {
      std::vector<AnswerCell> key(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(n)), rest = key;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(t));
      seen.insert(rest);
      if (const auto* s = std::get_if<std::string>(&row[t])) {
        if (q_.from.empty() && (first.empty() || *s < first)) first = *s;
        if (q_.to.empty() && *s > last) last = *s;
      }
      have.emplace(std::move(key), std::move(row));
    }
    if (first.empty() || last.empty()) return;
    for (const std::string& time : time_units(first, last, unit))
      for (const auto& rest : seen) {
        auto key = rest;
        key.insert(key.begin() + static_cast<std::ptrdiff_t>(t), time);
        auto row = key;
        row.resize(a.columns.size(), int64_t{0});
        have.try_emplace(std::move(key), std::move(row));
      }
    a.rows.clear();
    for (auto& [key, row] : have) a.rows.push_back(std::move(row));
  }

  /// Adds how many documents of the store (of the languages, publishers asked for) were published in the time of the row, or
  /// in the period where no time is counted by.
  Status denominators(const std::vector<const DimensionSql*>& dims, size_t, Answer& a) {
    char unit = 0;
    const size_t t = time_column(dims, unit);
    const int length = unit == 'd' ? 10 : unit == 'm' ? 7 : 4;
    std::string sql = t == kNoTime ? "SELECT '', count(*) FROM document d" : fmt::format("SELECT substr(d.date, 1, {}), count(*) FROM document d", length);
    Values values = document_values_;
    std::string where = document_sql_;
    auto also = [&](const char* condition, const std::string& value) {
      if (value.empty()) return;
      where += (where.empty() ? "" : " AND ") + std::string(condition);
      values.push_back(value);
    };
    if (t == kNoTime) also("d.date >= ?", q_.from), also("d.date <= ?", q_.to);
    if (!where.empty()) sql += " WHERE " + where;
    sql += " GROUP BY 1";
    auto s = db_.prepare(sql);
    if (!s) return s.error();
    int at = 1;
    for (const auto& v : values) s->bind(at++, std::string_view(v));
    std::map<std::string, int64_t> published;
    while (s->step()) published[std::string(s->text(0))] = s->integer(1);
    if (!s->ok()) return db_.error();
    a.columns.emplace_back("published");
    for (auto& row : a.rows) {
      if (t != kNoTime && std::holds_alternative<std::monostate>(row[t])) {
        row.emplace_back();
        continue;
      }
      const auto it = published.find(t == kNoTime ? std::string() : std::get<std::string>(row[t]));
      row.emplace_back(it == published.end() ? int64_t{0} : it->second);
    }
    return Ok{};
  }

  Database& db_;
  const Query& q_;
  std::string where_, document_sql_;
  Values bound_, document_values_;
};

}  // namespace

std::span<const Dimension> dimensions() {
  static const std::vector<Dimension> names = [] {
    std::vector<Dimension> out;
    for (const auto& d : table()) out.push_back(d.dimension);
    return out;
  }();
  return names;
}

Result<Answer> answer_of(StoreReader& store, const Query& query) { return Asker(store.database(), query).run(); }

}  // namespace biruni
