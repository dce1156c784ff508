// biruni query: questions to a store, as a table for a person, CSV or JSON.
#include <fmt/core.h>

#include <algorithm>

#include "cli/options.h"
#include "cli/output.h"
#include "cli/search_text.h"
#include "query/query.h"
#include "render/json.h"
#include "render/terminal.h"

namespace biruni {
namespace {

int fail(const Error& e) {
  fmt::print(stderr, "biruni: {}\n", e.text());
  return e.code == ErrorCode::kBadUsage ? kExitUsage : kExitSomeFailed;
}

std::string text_of(const AnswerCell& c) {
  if (const auto* s = std::get_if<std::string>(&c)) return *s;
  if (const auto* i = std::get_if<int64_t>(&c)) return fmt::format("{}", *i);
  if (const auto* d = std::get_if<double>(&c)) return fmt::format("{}", *d);
  return {};
}

std::string as_csv(const Answer& a) {
  std::string out;
  auto line = [&](auto&& cells, auto&& text) {
    bool first = true;
    for (const auto& c : cells) {
      if (!first) out += ',';
      first = false;
      const std::string s = text(c);
      if (s.find_first_of(",\"\r\n") == std::string::npos) {
        out += s;
        continue;
      }
      out += '"';
      for (const char x : s) {
        if (x == '"') out += '"';
        out += x;
      }
      out += '"';
    }
    out += '\n';
  };
  line(a.columns, [](const std::string& s) { return s; });
  for (const auto& row : a.rows) line(row, text_of);
  return out;
}

std::string as_json(const Answer& a) {
  std::string out = "[";
  for (size_t r = 0; r < a.rows.size(); ++r) {
    out += r ? ",\n" : "\n";
    JsonWriter json(out);
    json.open();
    for (size_t i = 0; i < a.columns.size(); ++i) {
      const AnswerCell& c = a.rows[r][i];
      if (std::holds_alternative<std::monostate>(c)) continue;  // fields without a value are left out
      json.key(a.columns[i]);
      if (const auto* s = std::get_if<std::string>(&c)) json.value(*s);
      else json.raw(text_of(c));
    }
    json.close();
  }
  return out + "\n]\n";
}

std::string as_table(const Answer& a) {
  constexpr size_t kWidest = 36;
  std::vector<size_t> widths;
  std::vector<std::vector<std::string>> rows{a.columns};
  for (const auto& row : a.rows) {
    auto& cells = rows.emplace_back();
    for (const auto& c : row) cells.push_back(shorten(one_line(text_of(c)), kWidest));
  }
  widths.assign(a.columns.size(), 0);
  for (const auto& row : rows)
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max<size_t>(widths[i], display_width(row[i]));
  std::string out;
  for (size_t r = 0; r < rows.size(); ++r)
    for (size_t i = 0; i < widths.size(); ++i) {
      const bool last = i + 1 == widths.size(), number = r > 0 && !std::holds_alternative<std::string>(a.rows[r - 1][i]);
      const std::string cell = isolate(rows[r][i]);
      const std::string gap(widths[i] - display_width(rows[r][i]), ' ');
      out += number ? gap + cell : last ? cell : cell + gap;
      out += last ? "\n" : "  ";
    }
  return out;
}

}  // namespace

int run_query(const Options& o) {
  auto store = StoreReader::open(o.store);
  if (!store) return fail(store.error());
  Query q = o.query;
  if (!o.search_words.empty()) {
    auto engine = Engine::open({o.pack});
    if (!engine) return fail(engine.error());
    q.search = SearchText((*engine)->pack(), (*engine)->languages()).query(o.search_words);
  }
  if (!q.limit && q.count_by.empty() && o.format == "table") q.limit = 100;
  auto answer = answer_of(**store, q);
  if (!answer) return fail(answer.error());
  Output out;
  if (const Status s = out.open(o.output.empty() ? "-" : o.output); !s) return fail(s.error());
  out.write(o.format == "csv" ? as_csv(*answer) : o.format == "json" ? as_json(*answer) : as_table(*answer));
  if (const Status s = out.finish(); !s) return fail(s.error());
  if ((*answer).more && !o.quiet) fmt::print(stderr, "the first {} rows; --limit N for more\n", q.limit);
  return kExitDone;
}

}  // namespace biruni
