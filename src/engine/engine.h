// The engine: wires the stages. Immutable after open() and shared by threads; each thread has a Workspace of its own.
//
//   auto engine = Engine::open({});                    // Result: finds build/biruni.pack beside the program
//   Workspace ws = (*engine)->new_workspace();
//   const Analysis& a = (*engine)->analyze(document, ws);   // never fails; valid until ws is used again
//
// Adding a language: a folder under packs/ and its name in the pack compiler's list; no change here.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "event/event_stage.h"
#include "event/ontology.h"
#include "lexicon/lexicon.h"
#include "model/analysis.h"
#include "pack/pack.h"
#include "quantity/quantity_stage.h"
#include "time/time_stage.h"
#include "world/world.h"

namespace biruni {

struct EngineOptions {
  std::string pack_path;  // empty: $BIRUNI_PACK, then beside the program, then ../share/biruni/
  bool rank = true;       // drop events that the ranker finds unlikely; off for its training
};

/// What a document's analysis needs besides the document; reused between documents. Not thread-safe.
struct Workspace;
struct WorkspaceDeleter { void operator()(Workspace*) const; };
using WorkspacePtr = std::unique_ptr<Workspace, WorkspaceDeleter>;

/// For explain: what each candidate word became.
struct Trace { std::vector<EventTrace> events; };

class Engine {
 public:
  static Result<std::unique_ptr<Engine>> open(const EngineOptions& options);
  virtual ~Engine() = default;
  virtual WorkspacePtr new_workspace() const = 0;
  virtual const Analysis& analyze(const Document& doc, Workspace& ws, Trace* trace = nullptr) const = 0;

  virtual const Pack& pack() const = 0;
  virtual std::shared_ptr<const Pack> pack_ptr() const = 0;
  virtual const World& world() const = 0;
  virtual std::shared_ptr<const World> world_ptr() const = 0;
  virtual const Ontology& ontology() const = 0;
  virtual const std::vector<std::string>& languages() const = 0;  // codes, in pack order
  virtual bool right_to_left(uint8_t lang) const = 0;
  virtual const LemmaTable& lemmas(uint8_t lang) const = 0;
  virtual const Lexicon& lexicon(uint8_t lang) const = 0;
  virtual const UnitTable& units() const = 0;
  virtual std::string value_of(const TimeExpression& t) const = 0;
};

/// Path of the pack: the option, $BIRUNI_PACK, beside the running program, ../share/biruni.
std::string find_pack(const std::string& given);

}  // namespace biruni
