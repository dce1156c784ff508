// Where 'biruni code' writes to. A target takes what is coded in input order, on one thread; what it reports as committed
// survives the end of the process at any moment. Not thread-safe.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "cli/coded.h"
#include "cli/options.h"

namespace biruni {

/// What a run has done, for the summary.
struct CodeTotals {
  uint64_t documents = 0;    // coded and committed in this run
  uint64_t unchanged = 0;    // there before
  uint64_t changed = 0;      // of `documents`: in place of an earlier coding
  uint64_t copies = 0;       // of `documents`: near-duplicates of an earlier document
  uint64_t failed = 0, bytes = 0;
  std::map<std::string, uint64_t> events, problems;
};

class CodeTarget {
 public:
  virtual ~CodeTarget() = default;
  /// Ready to go on where an earlier run stopped; may read `reader` forward or put another in its place.
  virtual Status open(std::unique_ptr<InputReader>& reader, std::string& note) = 0;
  virtual std::unique_ptr<CodeWorker> new_worker() = 0;
  virtual Status take(Piece& piece, Coded& coded) = 0;
  /// Commits when it is time to.
  virtual Status idle() = 0;
  /// Of what take() was given: how much is committed. Only this is reported as done.
  virtual const CodeTotals& committed() const = 0;
  /// `whole`: all inputs were taken. Else the output is left so that the same command goes on.
  virtual Status finish(bool whole) = 0;
};

/// Hash of what all documents of a run depend on: program, packs, options. The same for the same build.
uint64_t run_stamp(const Engine& engine, const Options& o);
std::string run_version(const Engine& engine);

std::unique_ptr<CodeTarget> lines_target(const Engine& engine, const Options& o);
std::unique_ptr<CodeTarget> store_target(const Engine& engine, const Options& o);

/// Adds what was coded to the totals.
void count(const Engine& engine, const Coded& coded, const Piece& piece, CodeTotals& totals);

}  // namespace biruni
