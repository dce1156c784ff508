// Analysis and trace -> why each event was coded: the rule, the lexicon row with its file and line, the words that set
// each field; of a sentence without an event, what was seen and why nothing came of it. One object a thread.
#pragma once
#include <string>

#include "engine/engine.h"
#include "render/positions.h"
#include "render/terminal.h"

namespace biruni {

class Explain {
 public:
  Explain(const Engine& engine, const Terminal& terminal) : engine_(engine), terminal_(terminal) {}
  void write(const Analysis& a, const Trace& trace, std::string& out);
  /// One object a sentence: {"kind":"explanation","doc","sentence","text","events":[...],"seen":[...]}.
  void write_json(const Analysis& a, const Trace& trace, std::string& out);

 private:
  struct Item;
  std::vector<Item> items(const Analysis& a, uint32_t status_row) const;
  std::string row_place(const Analysis& a, const Event& e) const;

  const Engine& engine_;
  const Terminal& terminal_;
};

}  // namespace biruni
