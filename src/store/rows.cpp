#include "store/rows.h"

#include <simdjson.h>
#include <zstd.h>

#include "store/days.h"

namespace biruni {
namespace {

namespace dom = simdjson::dom;
constexpr int kPackLevel = 1;  // higher ones cost more than they save: records repeat their keys

std::string_view string_of(const dom::object& o, std::string_view key) {
  std::string_view v;
  return o[key].get(v) == simdjson::SUCCESS ? v : std::string_view{};
}
bool object_of(const dom::object& o, std::string_view key, dom::object& out) { return o[key].get(out) == simdjson::SUCCESS; }
bool flag_of(const dom::object& o, std::string_view key) {
  bool v = false;
  return o[key].get(v) == simdjson::SUCCESS && v;
}
/// "e12" -> 12
int64_t number_of(std::string_view id) {
  int64_t n = 0;
  for (size_t i = 1; i < id.size(); ++i) n = n * 10 + (id[i] - '0');
  return n;
}

}  // namespace

void DocumentRows::clear() {
  for (std::string* s : {&id, &lang, &genre, &date, &title, &author, &publisher, &url, &arena, &packed}) s->clear();
  sentences = events = 0;
  record_bytes = 0;
  rows.clear();
  cells.clear();
}

struct RowMaker::Impl {
  dom::parser parser;
  ZSTD_CCtx* context = ZSTD_createCCtx();
  DocumentRows* out = nullptr;
  int64_t claims = 0, links = 0, questions = 0, problems = 0;

  dom::parser empty_parser;
  dom::array empty = empty_parser.parse(std::string_view("[]")).value().get_array().value();

  ~Impl() { ZSTD_freeCCtx(context); }
  dom::array list_of(const dom::object& o, std::string_view key) const {
    dom::array v;
    return o[key].get(v) == simdjson::SUCCESS ? v : empty;
  }

  // Cells of the row begun last, in the order of the table's columns.
  void row(StoreTable t) { out->rows.push_back({t, static_cast<uint32_t>(out->cells.size())}); }
  void null() { out->cells.emplace_back(); }
  void integer(int64_t v, Cell::Kind kind = Cell::Kind::kInteger) {
    Cell c;
    c.kind = kind;
    c.integer = v;
    out->cells.push_back(c);
  }
  void document() { integer(0, Cell::Kind::kDocument); }
  void event(int64_t n) { integer(n, Cell::Kind::kEvent); }
  void real(double v) {
    Cell c;
    c.kind = Cell::Kind::kReal;
    c.real = v;
    out->cells.push_back(c);
  }
  void text(std::string_view v) {  // empty: NULL
    if (v.empty()) return null();
    put_text(v);
  }
  void put_text(std::string_view v) {
    Cell c;
    c.kind = Cell::Kind::kText;
    c.text = {static_cast<uint32_t>(out->arena.size()), static_cast<uint32_t>(v.size())};
    out->arena += v;
    out->cells.push_back(c);
  }
  void text(const dom::object& o, std::string_view key) { text(string_of(o, key)); }
  /// A number, a text, or a list of texts joined by semicolons; NULL where there is none.
  void value(const dom::object& o, std::string_view key) {
    dom::element e;
    if (o[key].get(e) != simdjson::SUCCESS) return null();
    int64_t i = 0;
    double d = 0;
    if (e.get(i) == simdjson::SUCCESS) return integer(i);
    if (e.get(d) == simdjson::SUCCESS) return real(d);
    dom::array list;
    if (e.get(list) == simdjson::SUCCESS) return joined(list);
    std::string_view s;
    text(e.get(s) == simdjson::SUCCESS ? s : std::string_view{});
  }
  void joined(const dom::array& list) {
    std::string all;
    for (const dom::element& e : list) {
      std::string_view s;
      if (e.get(s) != simdjson::SUCCESS) continue;
      if (!all.empty()) all += ';';
      all += s;
    }
    text(all);
  }

  void entity_record(const dom::object& o) {
    const auto id = string_of(o, "id");
    row(StoreTable::kEntity);
    put_text(id);
    put_text(string_of(o, "type"));
    put_text(string_of(o, "name"));
    text(o, "country");
    dom::object names;
    if (object_of(o, "names", names))
      for (const auto& [lang, name] : names) {
        std::string_view s;
        if (name.get(s) != simdjson::SUCCESS) continue;
        row(StoreTable::kEntityName);
        put_text(id);
        put_text(lang);
        put_text(s);
      }
    row(StoreTable::kDocumentEntity);
    document();
    put_text(id);
    integer(static_cast<int64_t>(list_of(o, "mentions").size()));
  }

  void filler(int64_t n, const char* role, int64_t at, const dom::object& f) {
    row(StoreTable::kActor);
    event(n);
    put_text(role);
    integer(at);
    text(f, "text");
    value(f, "start");
    value(f, "end");
    text(f, "entity");
    text(f, "name");
    text(f, "country");
    text(f, "sector");
  }
  void first_filler(const dom::array& list) {
    dom::object f;
    if (list.size() == 0 || list.at(0).get(f) != simdjson::SUCCESS) {
      null(), null(), null();
      return;
    }
    text(f, "entity");
    text(f, "country");
    text(f, "sector");
  }

  void event_record(const dom::object& o) {
    const int64_t n = number_of(string_of(o, "id"));
    dom::object trigger, place, time, status;
    row(StoreTable::kEvent);
    event(n);
    document();
    value(o, "sentence");
    put_text(string_of(o, "type"));
    text(o, "mode");
    text(o, "cameo");
    joined(list_of(o, "contexts"));
    if (object_of(o, "trigger", trigger)) put_text(string_of(trigger, "text")), value(trigger, "start"), value(trigger, "end");
    else put_text(""), integer(0), integer(0);
    const bool has_time = object_of(o, "time", time), has_status = object_of(o, "status", status);
    const auto tense = has_status ? string_of(status, "tense") : std::string_view{};
    if (has_time) {
      const Days d = days_of(string_of(time, "value"), string_of(time, "end_value"), string_of(time, "granularity"));
      text(d.single() ? d.first : std::string());
      text(d.single() ? "text" : "");
      text(d.first);
      text(d.last);
      text(time, "text");
      text(time, "value");
      text(time, "end_value");
      text(time, "granularity");
    } else {  // news without a time is of the day it is published; background and plans are of no known day
      const bool today = tense == "past" || tense == "present";
      const std::string_view day = today ? std::string_view(out->date) : std::string_view{};
      text(day);
      text(day.empty() ? "" : "document");
      text(day);
      text(day);
      null(), null(), null(), null();
    }
    if (object_of(o, "place", place)) {
      for (const char* key : {"text", "entity", "name", "country"}) text(place, key);
      value(place, "lat");
      value(place, "lon");
    } else {
      for (int i = 0; i < 6; ++i) null();
    }
    put_text(has_status ? string_of(status, "factuality") : "Uu");
    integer(has_status && flag_of(status, "happened"));
    integer(has_status && flag_of(status, "alleged"));
    text(has_status ? string_of(status, "author") : std::string_view{});
    text(tense);
    const dom::array chain = list_of(o, "attribution");
    dom::object last;
    if (chain.size() > 0 && chain.at(chain.size() - 1).get(last) == simdjson::SUCCESS) {
      put_text(string_of(last, "holder"));
      text(last, "entity");
      text(last, "stance");
      if (chain.size() > 1) integer(flag_of(last, "anonymous"));
      else null();
    } else {
      put_text("author"), null(), null(), null();
    }
    integer(flag_of(o, "unsourced"));
    integer(static_cast<int64_t>(list_of(o, "evaluative").size()));
    value(o, "confidence");
    const dom::array actors = list_of(o, "actors"), recipients = list_of(o, "recipients");
    first_filler(actors);
    first_filler(recipients);
    int64_t at = 0;
    dom::object f;
    for (const dom::element& e : actors)
      if (e.get(f) == simdjson::SUCCESS) filler(n, "actor", at++, f);
    at = 0;
    for (const dom::element& e : recipients)
      if (e.get(f) == simdjson::SUCCESS) filler(n, "recipient", at++, f);
    at = 0;
    for (const dom::element& e : chain) {
      if (e.get(f) != simdjson::SUCCESS || at++ == 0) continue;  // the author always comes first
      row(StoreTable::kHolder);
      event(n);
      integer(at - 1);
      put_text(string_of(f, "holder"));
      for (const char* key : {"entity", "cue", "stance"}) text(f, key);
      integer(flag_of(f, "anonymous"));
      text(f, "text");
      value(f, "start");
      value(f, "end");
    }
    at = 0;
    for (const dom::element& e : list_of(o, "magnitudes")) {
      if (e.get(f) != simdjson::SUCCESS) continue;
      row(StoreTable::kMagnitude);
      event(n);
      integer(at++);
      put_text(string_of(f, "what"));
      for (const char* key : {"value", "low", "high"}) value(f, key);
      text(f, "unit");
      text(f, "text");
    }
    ++out->events;
  }

  void span(const dom::object& o) {
    value(o, "start");
    value(o, "end");
    text(o, "text");
  }

  void claim_record(const dom::object& o) {
    row(StoreTable::kClaim);
    event(number_of(string_of(o, "id")));  // claims are numbered as events are, in a table of their own
    document();
    value(o, "sentence");
    span(o);
    text(o, "subject");
    put_text(string_of(o, "property"));
    for (const char* key : {"object", "direction", "comparator"}) text(o, key);
    value(o, "value");
    text(o, "unit");
    text(o, "as_of");
    integer(flag_of(o, "negated"));
    const dom::array chain = list_of(o, "attribution");
    dom::object last, reference;
    text(chain.size() > 0 && chain.at(chain.size() - 1).get(last) == simdjson::SUCCESS ? string_of(last, "holder") : std::string_view{});
    text(o, "verdict");
    if (object_of(o, "reference", reference)) {
      value(reference, "value");
      for (const char* key : {"unit", "as_of", "source"}) text(reference, key);
    } else {
      for (int i = 0; i < 4; ++i) null();
    }
    value(o, "deviation");
    text(o, "why");
  }

  void link_record(const dom::object& o) {
    row(StoreTable::kLink);
    document();
    integer(links++);
    put_text(string_of(o, "type"));
    for (const char* key : {"from", "to"}) {
      const auto id = string_of(o, key);
      if (id.empty()) null();
      else event(number_of(id));
    }
    value(o, "order");
    span(o);
    joined(list_of(o, "cases"));
  }

  void record(const dom::object& o) {
    const auto kind = string_of(o, "kind");
    if (kind == "event") return event_record(o);
    if (kind == "entity") return entity_record(o);
    if (kind == "claim") return claim_record(o);
    if (kind == "link") return link_record(o);
    if (kind == "document") {
      out->id = string_of(o, "doc");
      out->lang = string_of(o, "lang");
      out->genre = string_of(o, "genre");
      out->date = string_of(o, "date");
      out->title = string_of(o, "title");
      out->author = string_of(o, "author");
      out->publisher = string_of(o, "publisher");
      out->url = string_of(o, "url");
      int64_t n = 0;
      if (o["sentences"].get(n) == simdjson::SUCCESS) out->sentences = n;
    } else if (kind == "question") {
      row(StoreTable::kQuestion);
      document();
      integer(questions++);
      value(o, "sentence");
      span(o);
      joined(list_of(o, "about"));
    } else if (kind == "problem") {
      row(StoreTable::kProblem);
      document();
      integer(problems++);
      put_text(string_of(o, "code"));
      text(o, "message");
      value(o, "start");
      value(o, "end");
    }
  }
};

RowMaker::RowMaker() : impl_(std::make_unique<Impl>()) {}
RowMaker::~RowMaker() = default;

void RowMaker::make(const std::string& records, DocumentRows& out) {
  out.clear();
  Impl& m = *impl_;
  m.out = &out;
  m.claims = m.links = m.questions = m.problems = 0;
  for (size_t at = 0; at < records.size();) {
    const size_t end = std::min(records.find('\n', at), records.size());
    dom::object o;
    // the last line has kRowPadding bytes of capacity behind it, the others the next lines
    if (m.parser.parse(records.data() + at, end - at, records.capacity() < end + kRowPadding).get(o) == simdjson::SUCCESS) m.record(o);
    at = end + 1;
  }
  out.record_bytes = records.size();
  out.packed.resize(ZSTD_compressBound(records.size()));
  const size_t n = ZSTD_compressCCtx(m.context, out.packed.data(), out.packed.size(), records.data(), records.size(), kPackLevel);
  out.packed.resize(ZSTD_isError(n) ? 0 : n);
}

bool unpack_records(std::string_view packed, uint64_t bytes, std::string& out) {
  if (bytes > (4ull << 30)) return false;
  out.resize(bytes);
  const size_t n = ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size());
  if (ZSTD_isError(n) || n != bytes) {
    out.clear();
    return false;
  }
  return true;
}

}  // namespace biruni
