// The commands that show documents one by one: read, check, explain.
#include <fmt/core.h>

#include <cstdio>

#include "cli/input_problems.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/pipeline.h"
#include "render/explain.h"
#include "render/report.h"
#include "render/terminal.h"

namespace biruni {
namespace {

/// Shows one document. One object a thread.
class DocumentView {
 public:
  virtual ~DocumentView() = default;
  virtual bool wants_trace() const { return false; }
  virtual void show(const Analysis& a, const InputItem& item, const Trace& trace, std::string& out) = 0;
};

class RecordsView final : public DocumentView {
 public:
  RecordsView(const Engine& engine, const Options& o) : writer_(engine, o.filter), layers_(o.layers) {}
  void show(const Analysis& a, const InputItem& item, const Trace&, std::string& out) override {
    writer_.write(a, layers_, out);
    append_input_problems(item.doc, item.problems, out);
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
    append_input_problems(item.doc, item.problems, out);
  }

 private:
  RecordWriter writer_;
  std::string all_;
};

class ReportView final : public DocumentView {
 public:
  ReportView(const Engine& engine, const Terminal& terminal, const EventFilter& filter, bool claims_only)
      : report_(engine, terminal, filter), claims_only_(claims_only) {}
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

class ViewWorker final : public Worker {
 public:
  ViewWorker(std::unique_ptr<DocumentView> view, bool quiet) : view_(std::move(view)), quiet_(quiet) {}
  bool wants_trace() const override { return view_->wants_trace(); }
  void work(const Analysis* a, InputItem& item, const Trace& trace, Piece& out) override {
    if (a) view_->show(*a, item, trace, out.text);
    else if (item.failed || !quiet_) out.message = fmt::format("biruni: {}: {}\n", item.name, item.reason);
  }

 private:
  std::unique_ptr<DocumentView> view_;
  bool quiet_;
};

class OutputSink final : public Sink {
 public:
  bool take(Piece& p) override {
    if (!p.message.empty()) std::fputs(p.message.c_str(), stderr);
    failed_ |= p.failed;
    return p.text.empty() || output_.write(p.text);
  }
  bool failed() const { return failed_; }
  Status finish() { return output_.finish(); }

 private:
  Output output_;
  bool failed_ = false;
};

using MakeView = std::function<std::unique_ptr<DocumentView>(const Engine&, const Terminal&)>;

int go_through(const Options& o, const MakeView& make) {
  auto engine = Engine::open({o.pack});
  if (!engine) {
    fmt::print(stderr, "biruni: {}\n", engine.error().text());
    return kExitSomeFailed;
  }
  const Terminal terminal = Terminal::of_output();
  InputReader reader(o.paths, o.input);
  OutputSink sink;
  Pipeline pipeline(**engine, o.job_count(), reader, [&] { return std::make_unique<ViewWorker>(make(**engine, terminal), o.quiet); }, sink);
  pipeline.run();
  if (const Status s = sink.finish(); !s) {
    fmt::print(stderr, "biruni: {}\n", s.error().text());
    return kExitSomeFailed;
  }
  return sink.failed() ? kExitSomeFailed : kExitDone;
}

}  // namespace

int run_read(const Options& o) {
  return go_through(o, [&](const Engine& engine, const Terminal& terminal) -> std::unique_ptr<DocumentView> {
    if (o.json) return std::make_unique<RecordsView>(engine, o);
    return std::make_unique<ReportView>(engine, terminal, o.filter, false);
  });
}

int run_check(const Options& o) {
  return go_through(o, [&](const Engine& engine, const Terminal& terminal) -> std::unique_ptr<DocumentView> {
    if (o.json) return std::make_unique<ClaimRecordsView>(engine);
    return std::make_unique<ReportView>(engine, terminal, EventFilter{}, true);
  });
}

int run_explain(const Options& o) {
  return go_through(o, [&](const Engine& engine, const Terminal& terminal) -> std::unique_ptr<DocumentView> {
    return std::make_unique<ExplainView>(engine, terminal, o.json);
  });
}

}  // namespace biruni
