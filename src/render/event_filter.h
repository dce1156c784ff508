// Which events a user asks for: by what became of them and by who says so. For `read` and `code`.
//
//   EventFilter filter; filter.denied = true; filter.holder = "Iran";
//   if (filter.keeps(engine, analysis, row)) ...            // row of the stance layer
//
// Of happened, alleged, denied and unsourced, any that is asked for suffices; the holder narrows. Immutable while used,
// thread-safe.
#pragma once
#include <cstdint>
#include <string>

#include "engine/engine.h"

namespace biruni {

struct EventFilter {
  bool happened = false;   // put forward as having taken place or going on, and not alleged
  bool alleged = false;    // stands only on a claiming, accusing or doubting word
  bool denied = false;     // somebody other than the author says it is not so
  bool unsourced = false;  // no source is named
  std::string holder;      // code or name of one of those on whose word it stands, or part of the words that name him; 'author': the author alone

  bool any() const { return happened || alleged || denied || unsourced || !holder.empty(); }
  bool keeps(const Engine& engine, const Analysis& a, uint32_t row) const;
  /// Is the one asked for in this chain of holders?
  bool names(const Engine& engine, const Analysis& a, const std::vector<Holder>& holders, uint32_t begin, uint32_t end) const;
  /// In words, for a heading: "denied, on the word of Iran".
  std::string text() const;
};

}  // namespace biruni
