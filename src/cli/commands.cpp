// The commands that go through documents one by one: read, check, explain, code.
#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <thread>

#include "cli/options.h"
#include "cli/pipeline.h"
#include "render/explain.h"
#include "render/json.h"
#include "render/positions.h"
#include "render/report.h"
#include "render/terminal.h"

namespace biruni {
namespace {

/// Problems that stand in the input itself: the record writer knows those of the analysis.
void append_input_problems(const InputItem& item, std::string& out) {
  if (item.problems.empty()) return;
  Positions positions;
  positions.build(item.doc);
  JsonWriter json(out);
  for (const Problem& p : item.problems) {
    json.open();
    json.field("kind", "problem");
    json.field("doc", item.doc.id);
    json.field("code", p.code);
    json.field("message", p.message);
    if (!p.raw.empty()) {
      json.number("start", positions.code_point(p.raw.begin));
      json.number("end", positions.code_point(p.raw.end));
      if (positions.in_title(p.raw.begin)) json.field("in", "title");
    }
    json.close();
    json.line();
  }
}

class RecordsView final : public DocumentView {
 public:
  RecordsView(const Engine& engine, Layers layers) : writer_(engine), layers_(layers) {}
  void show(const Analysis& a, const InputItem& item, const Trace&, std::string& out) override {
    writer_.write(a, layers_, out);
    append_input_problems(item, out);
  }

 private:
  RecordWriter writer_;
  Layers layers_;
};

/// The records of one kind.
class ClaimRecordsView final : public DocumentView {
 public:
  explicit ClaimRecordsView(const Engine& engine) : writer_(engine) {}
  void show(const Analysis& a, const InputItem& item, const Trace&, std::string& out) override {
    all_.clear();
    writer_.write(a, {}, all_);
    for (size_t at = 0; at < all_.size();) {
      const size_t end = all_.find('\n', at) + 1;
      const auto line = std::string_view(all_).substr(at, end - at);
      if (line.starts_with("{\"kind\":\"claim\"") || line.starts_with("{\"kind\":\"problem\"")) out += line;
      at = end;
    }
    append_input_problems(item, out);
  }

 private:
  RecordWriter writer_;
  std::string all_;
};

class ReportView final : public DocumentView {
 public:
  ReportView(const Engine& engine, const Terminal& terminal, bool claims_only) : report_(engine, terminal), claims_only_(claims_only) {}
  void show(const Analysis& a, const InputItem& item, const Trace&, std::string& out) override {
    if (claims_only_) report_.write_claims(a, out);
    else report_.write(a, item.problems, out);
  }

 private:
  Report report_;
  bool claims_only_;
};

class ExplainView final : public DocumentView {
 public:
  ExplainView(const Engine& engine, const Terminal& terminal, bool json) : explain_(engine, terminal), json_(json) {}
  bool wants_trace() const override { return true; }
  void show(const Analysis& a, const InputItem&, const Trace& trace, std::string& out) override {
    if (json_) explain_.write_json(a, trace, out);
    else explain_.write(a, trace, out);
  }

 private:
  Explain explain_;
  bool json_;
};

unsigned jobs_of(const Options& o) { return o.jobs ? o.jobs : std::max(1u, std::thread::hardware_concurrency()); }

using MakeView = std::function<std::unique_ptr<DocumentView>(const Engine&, const Terminal&)>;

int go_through(const Options& o, Output& out, bool progress, const MakeView& make) {
  auto engine = Engine::open({o.pack});
  if (!engine) {
    fmt::print(stderr, "biruni: {}\n", engine.error().text());
    return kExitSomeFailed;
  }
  const Terminal terminal = Terminal::of_output();
  InputReader reader(o.paths, o.input);
  Pipeline pipeline(**engine, jobs_of(o), [&] { return make(**engine, terminal); }, out, o.quiet, progress);
  const RunTotals totals = pipeline.run(reader);
  if (const Status s = out.finish(); !s) {
    fmt::print(stderr, "biruni: {}\n", s.error().text());
    return kExitSomeFailed;
  }
  if (progress) fmt::print(stderr, "{} documents{}\n", totals.documents, totals.failed ? fmt::format(", {} failed", totals.failed) : "");
  return totals.failed || !totals.written ? kExitSomeFailed : kExitDone;
}

}  // namespace

int run_read(const Options& o) {
  Output out;
  return go_through(o, out, false, [&](const Engine& engine, const Terminal& terminal) -> std::unique_ptr<DocumentView> {
    if (o.json) return std::make_unique<RecordsView>(engine, o.layers);
    return std::make_unique<ReportView>(engine, terminal, false);
  });
}

int run_check(const Options& o) {
  Output out;
  return go_through(o, out, false, [&](const Engine& engine, const Terminal& terminal) -> std::unique_ptr<DocumentView> {
    if (o.json) return std::make_unique<ClaimRecordsView>(engine);
    return std::make_unique<ReportView>(engine, terminal, true);
  });
}

int run_explain(const Options& o) {
  Output out;
  return go_through(o, out, false, [&](const Engine& engine, const Terminal& terminal) -> std::unique_ptr<DocumentView> {
    return std::make_unique<ExplainView>(engine, terminal, o.json);
  });
}

int run_code(const Options& o) {
  const bool known = o.output == "-" || o.output.ends_with(".jsonl") || o.output.ends_with(".ndjson") || o.output.starts_with("/dev/");
  if (!known) {
    fmt::print(stderr, "biruni: {}: the output is named by its ending: .jsonl\n", o.output);
    return kExitUsage;
  }
  Output out;
  if (const Status s = out.open(o.output); !s) {
    fmt::print(stderr, "biruni: {}\n", s.error().text());
    return kExitSomeFailed;
  }
  return go_through(o, out, !o.quiet && isatty(2), [&](const Engine& engine, const Terminal&) -> std::unique_ptr<DocumentView> {
    return std::make_unique<RecordsView>(engine, o.layers);
  });
}

}  // namespace biruni
