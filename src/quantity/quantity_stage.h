// Quantity stage: words -> numbers with bounds, units and what they count ("at least 20 soldiers", "2.5 million barrels").
// Language data: packs/LANG/number/, units: packs/common/. Immutable, thread-safe, total; cost one table look-up for a
// word that is no part of a number. Does not decide what a number is about (event magnitudes, claims do that).
//
//   auto stage = QuantityStage::open(pack, "en");
//   stage->run(analysis, sentence, analysis.quantities);
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "model/analysis.h"
#include "morph/ask_table.h"
#include "pack/pack.h"
#include "quantity/tables.h"

namespace biruni {

/// Units of all languages: view over section common/units. Quantity::unit is an index into it.
class UnitTable {
 public:
  UnitTable() = default;
  explicit UnitTable(std::shared_ptr<const Pack> pack) : pack_(std::move(pack)), rows_(pack_->section<UnitRow>("common/units")) {}
  uint32_t size() const { return static_cast<uint32_t>(rows_.size()); }
  std::string_view id(uint32_t unit) const { return unit < rows_.size() ? pack_->str(rows_[unit].id) : std::string_view{}; }
  std::string_view dimension(uint32_t unit) const { return unit < rows_.size() ? pack_->str(rows_[unit].dimension) : std::string_view{}; }
  std::string_view base(uint32_t unit) const { return unit < rows_.size() ? pack_->str(rows_[unit].base) : std::string_view{}; }
  double factor(uint32_t unit) const { return unit < rows_.size() ? rows_[unit].factor : 0; }
  /// Index of the unit with this id, kNone if there is none. Not for hot paths.
  uint32_t find(std::string_view id) const;

 private:
  std::shared_ptr<const Pack> pack_;
  std::span<const UnitRow> rows_;
};

class QuantityStage {
 public:
  /// `relative_ordinals`: also rows for words such as last, next, previous (rule number.relative; value counts from the
  /// end: -1 last, -2 last but one; low = 1: counts from here instead: 1 next, 0 present, -1 previous). For evaluation.
  static std::unique_ptr<QuantityStage> open(std::shared_ptr<const Pack> pack, const std::string& lang, bool relative_ordinals = false);
  virtual ~QuantityStage() = default;
  /// Appends the quantities of one sentence, in text order; number_words of rows do not overlap.
  virtual void run(const Analysis& in, uint32_t sentence, QuantityLayer& out) const = 0;
  /// Number words (ask::kNumber).
  virtual void declare(AskTable& asks) const = 0;
};

/// Removes the quantities from row `first` on whose number lies inside a time expression (dates, hours, years). Durations
/// keep theirs out of the quantity layer too: they have a row of their own.
void drop_quantities_in_times(const TimeLayer& times, size_t first_time, QuantityLayer& quantities, size_t first);

}  // namespace biruni
