// Documents -> text, on several threads, written in input order: the bytes are the same for any number of jobs.
//
//   Pipeline pipeline(engine, jobs, [&] { return std::make_unique<RecordsView>(engine, layers); }, output);
//   const RunTotals totals = pipeline.run(reader);
//
// What is held back for order is bounded: a thread waits when it is too far ahead of the one that is written.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "cli/output.h"
#include "engine/engine.h"
#include "ingest/input.h"

namespace biruni {

/// Shows one document. One object a thread.
class DocumentView {
 public:
  virtual ~DocumentView() = default;
  virtual bool wants_trace() const { return false; }
  virtual void show(const Analysis& a, const InputItem& item, const Trace& trace, std::string& out) = 0;
};
using ViewFactory = std::function<std::unique_ptr<DocumentView>()>;

struct RunTotals {
  uint64_t documents = 0, failed = 0;
  bool written = true;  // false: the output could not be written
};

class Pipeline {
 public:
  Pipeline(const Engine& engine, unsigned jobs, ViewFactory make_view, Output& out, bool quiet, bool progress)
      : engine_(engine), jobs_(jobs), make_view_(std::move(make_view)), out_(out), quiet_(quiet), progress_(progress) {}
  RunTotals run(InputReader& reader);

 private:
  const Engine& engine_;
  unsigned jobs_;
  ViewFactory make_view_;
  Output& out_;
  bool quiet_, progress_;
};

}  // namespace biruni
