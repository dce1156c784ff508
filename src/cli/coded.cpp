#include "cli/coded.h"

#include <fmt/core.h>

#include "base/hash.h"
#include "cli/input_problems.h"

namespace biruni {

uint64_t content_fingerprint(const InputItem& item) {
  const Document& d = item.doc;
  uint64_t h = fingerprint(d.buffer, (uint64_t(d.title_end) << 32) | uint32_t(d.date.year * 512 + d.date.month * 32 + d.date.day));
  for (const std::string* s : {&d.lang, &d.author, &d.publisher, &d.url}) h = fingerprint(*s, h);
  for (const Problem& p : item.problems) h = fingerprint(p.code, h);
  return h;
}

std::string failure_line(const InputItem& item) {
  std::string out;
  JsonWriter json(out);
  json.open();
  json.field("kind", "failure");
  json.field("input", item.name);
  json.field("message", item.reason);
  json.close();
  json.line();
  return out;
}

void CodeWorker::work(const Analysis* a, InputItem& item, const Trace&, Piece& out) {
  auto coded = make();
  Coded& c = *coded;
  out.more = coded;
  c.source = item.name;
  if (item.failed || item.note) {
    c.reason = item.reason;
    if (item.failed) c.problem_lines = failure_line(item);
    if (item.failed || !options_.quiet) out.message = fmt::format("biruni: {}: {}\n", item.name, item.reason);
    return;
  }
  c.id = item.doc.id;
  c.text_bytes = item.doc.buffer.size();
  c.content = content_fingerprint(item);
  c.analyzed = a != nullptr;
  const CivilDate date = item.doc.date;
  if (date.year && date.month && date.day) c.day = day_number(date.year, unsigned(date.month), unsigned(date.day));
  if (sketcher_) c.has_sketch = sketcher_->make(std::string_view(item.doc.buffer).substr(item.doc.text_begin), c.sketch);
  if (a) {
    writer_.write(*a, options_.layers, out.text);
    append_input_problems(item.doc, item.problems, out.text);
    c.events.assign(engine_.ontology().type_count(), 0);
    for (uint32_t i = 0; i < a->stance.rows.size(); ++i)
      if (!options_.filter.any() || options_.filter.keeps(engine_, *a, i)) ++c.events[a->events.rows[a->stance.rows[i].event].type];
    for (const Problem& p : a->problems) c.problems.push_back(p.code);
    for (const Problem& p : item.problems) c.problems.push_back(p.code);
    if (!c.problems.empty()) {  // they stand last
      const size_t at = out.text.find("{\"kind\":\"problem\"");
      c.problem_lines = out.text.substr(at);
    }
  }
  finish(item, out, c);
}

}  // namespace biruni
