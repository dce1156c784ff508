// Questions to a store: events that fit a filter, or counts of them by up to five dimensions. All values are bound as
// parameters. Not thread-safe.
//
//   Query q;
//   q.countries = {"KAZ"}; q.count_by = {"dyad", "month"}; q.zeros = true;
//   auto table = answer_of(store, q);                 // Result<Answer>: columns and rows
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "store/reader.h"

namespace biruni {

using Values = std::vector<std::string>;  // any of these; empty: all

enum class Tri : uint8_t { kAny, kYes, kNo };

struct Query {
  Values types, modes, contexts, cameo;
  Values actors, recipients, parties;         // entity: id or name in any language; parties: in either role
  Values countries, actor_countries, recipient_countries;  // of parties: code or name
  Values sectors;
  Values dyads;                               // "USA:IRN", countries or entities, actor first
  Values places, place_countries;
  Values holders;                             // "author", entity or words
  Values factualities, languages, publishers;
  std::string from, to;                       // YYYY-MM-DD, the event's time lies within
  Tri happened = Tri::kYes, alleged = Tri::kNo;
  double confidence = 0;                      // at least
  bool originals = false;                     // no events of near-duplicates
  std::string search;                         // an FTS5 query over normalised text; empty: none

  Values count_by;                            // dimensions(); empty: list the events
  bool zeros = false;                         // every combination seen, for every day, month or year of the period
  bool one_a_day = false;                     // what one day, type, mode, pair and country hold counts once
  int64_t limit = 0;                          // 0: all
};

using AnswerCell = std::variant<std::monostate, int64_t, double, std::string>;

struct Answer {
  std::vector<std::string> columns;
  std::vector<std::vector<AnswerCell>> rows;
  bool more = false;  // there were more than the limit
};

struct Dimension { std::string_view name, about; };
std::span<const Dimension> dimensions();

Result<Answer> answer_of(StoreReader& store, const Query& query);

}  // namespace biruni
