// Analysis -> what a document says, for a person: actors, events in time, who says so, checked claims, allegations without
// a source, links, open questions. Text, with colour where the terminal has it. One object a thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "render/event_filter.h"
#include "render/terminal.h"

namespace biruni {

class Report {
 public:
  /// With a filter: the document's head and the events asked for, nothing else.
  Report(const Engine& engine, const Terminal& terminal, EventFilter filter = {}) : engine_(engine), terminal_(terminal), filter_(std::move(filter)) {}
  void write(const Analysis& a, const std::vector<Problem>& input_problems, std::string& out);
  void write_claims(const Analysis& a, std::string& out);  // with the name of the document above

 private:
  void head(const Analysis& a);
  void actors(const Analysis& a);
  void events(const Analysis& a);
  void event(const Analysis& a, uint32_t row, std::string_view when);
  void claims(const Analysis& a);
  void allegations(const Analysis& a);
  void links(const Analysis& a);
  void questions(const Analysis& a);
  void problems(const Analysis& a, const std::vector<Problem>& input_problems);
  void heading(std::string_view text);
  void line(unsigned indent, std::string_view text);
  std::string piece(const Analysis& a, WordRange words, unsigned width = 60) const;
  std::string filler(const Analysis& a, const Filler& f) const;
  std::string fillers(const Analysis& a, uint32_t begin, uint32_t end) const;
  std::string holders(const Analysis& a, const std::vector<Holder>& list, uint32_t begin, uint32_t end) const;
  std::string event_words(const Analysis& a, uint32_t row) const;

  const Engine& engine_;
  const Terminal& terminal_;
  const EventFilter filter_;
  std::string* out_ = nullptr;
};

}  // namespace biruni
