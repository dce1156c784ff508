// Inputs -> what is made of them, on several threads, taken by one writer in input order: the bytes that are written are the
// same for any number of jobs.
//
//   Pipeline pipeline(engine, jobs, reader, make_worker, sink);
//   pipeline.run();                      // the sink runs on the calling thread
//
// What is held back for order is bounded, in number and in bytes: a worker waits when it is too far ahead of the writer.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "engine/engine.h"
#include "ingest/input.h"
#include "render/explain.h"

namespace biruni {

/// What a worker made of one input.
struct Piece {
  std::string text;          // for the output
  std::string message;       // for the error output
  uint64_t input_bytes = 0;  // of the inputs read so far
  bool failed = false, document = false;
  std::shared_ptr<void> more;  // what else a worker hands to its sink
};

/// One object a thread.
class Worker {
 public:
  virtual ~Worker() = default;
  /// Under the reader's lock, in input order: false if the document needs no analysis (work() is called all the same).
  virtual bool wanted(InputItem&) { return true; }
  virtual bool wants_trace() const { return false; }
  /// `analysis` is null where wanted() said no or there is no document.
  virtual void work(const Analysis* analysis, InputItem& item, const Trace& trace, Piece& out) = 0;
};
using WorkerFactory = std::function<std::unique_ptr<Worker>()>;

/// Takes the pieces in input order, all on one thread.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual bool take(Piece& piece) = 0;  // false: nothing more can be written, stop
  virtual bool idle() { return true; }  // about every 0.2 s while there is nothing to take; false as above
};

class Pipeline {
 public:
  Pipeline(const Engine& engine, unsigned jobs, InputReader& reader, WorkerFactory make_worker, Sink& sink)
      : engine_(engine), jobs_(jobs), reader_(reader), make_worker_(std::move(make_worker)), sink_(sink) {}
  /// Until the inputs end, the sink refuses, or `stop` is set (what has been read is still worked off and taken).
  void run(const std::atomic<bool>* stop = nullptr);

 private:
  const Engine& engine_;
  unsigned jobs_;
  InputReader& reader_;
  WorkerFactory make_worker_;
  Sink& sink_;
};

}  // namespace biruni
