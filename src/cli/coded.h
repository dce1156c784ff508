// What 'biruni code' makes of one input, from the worker that made it to the sink that writes it.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/pipeline.h"
#include "dedup/copy_index.h"
#include "render/records.h"

namespace biruni {

/// Hash of all that coding a document depends on but program, packs and options.
uint64_t content_fingerprint(const InputItem& item);

struct Coded {
  std::string id, source;             // id of the document; path, path:line or archive!member
  std::string reason;                 // why it failed
  uint64_t content = 0;               // content_fingerprint
  uint64_t text_bytes = 0;
  Sketch sketch{};                    // of the text, for near-duplicates
  bool has_sketch = false;
  int32_t day = 0;                    // of the document's date, days since 1970
  bool analyzed = false;              // false: passed over as unchanged, or failed
  std::vector<uint32_t> events;       // by type of the ontology
  std::vector<std::string> problems;  // codes
  std::string problem_lines;          // the same as JSON Lines, for the problems file
};

/// Hands on records of one document in Piece::text and a Coded in Piece::more.
class CodeWorker : public Worker {
 public:
  /// `sketcher`: null where near-duplicates are not looked for.
  CodeWorker(const Engine& engine, const Options& o, const Sketcher* sketcher) : engine_(engine), writer_(engine, o.filter), options_(o), sketcher_(sketcher) {}
  void work(const Analysis* a, InputItem& item, const Trace& trace, Piece& out) override;

 protected:
  virtual std::shared_ptr<Coded> make() { return std::make_shared<Coded>(); }
  /// What else is to be done with it; the records stand in `out.text`.
  virtual void finish(InputItem&, Piece&, Coded&) {}
  const Engine& engine_;

 private:
  RecordWriter writer_;
  const Options& options_;
  const Sketcher* sketcher_;
};

/// A line of the problems file for an input that gave no document.
std::string failure_line(const InputItem& item);

}  // namespace biruni
