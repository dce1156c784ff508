// Figures and misses, and how they are printed and kept. docs/formats/eval.md defines each measure.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"

namespace biruni::eval {

/// True positives, false positives, false negatives.
struct Counts {
  size_t tp = 0, fp = 0, fn = 0;
  double precision() const { return tp + fp ? double(tp) / double(tp + fp) : 0; }
  double recall() const { return tp + fn ? double(tp) / double(tp + fn) : 0; }
  double f1() const { return 2 * tp + fp + fn ? 2.0 * double(tp) / double(2 * tp + fp + fn) : 0; }
};

struct Measure {
  std::string set, name;
  bool has_prf = false;   // else `value` alone
  bool shown_only = false;  // a count or rate that is no score: not kept by the ratchet
  double precision = 0, recall = 0;
  double value = 0;       // F1, or a share, or a count
  size_t items = 0;       // how many it was measured on
};

struct Miss { std::string set, id, kind, what, text, why; };

struct Scores {
  std::vector<Measure> measures;
  std::vector<Miss> misses;
  std::vector<std::string> notes;   // sets that were passed over, and why
  std::vector<std::string> failed;  // sets that could not be scored
  void prf(const std::string& set, const std::string& name, const Counts& c) {
    measures.push_back({set, name, true, false, c.precision(), c.recall(), c.f1(), c.tp + c.fn});
  }
  void share(const std::string& set, const std::string& name, size_t right, size_t of) {
    measures.push_back({set, name, false, false, 0, 0, of ? double(right) / double(of) : 0, of});
  }
  void shown(const std::string& set, const std::string& name, double value, size_t items) {
    measures.push_back({set, name, false, true, 0, 0, value, items});
  }
};

/// Tables for a person; `misses`: -1 none, 0 all, N so many a set.
std::string print(const Scores& s, int misses);
std::string print_json(const Scores& s, int misses);

/// Compares with the stored figures of the sets that were scored. Lines of what fell go to `fallen`. With `update`, higher
/// figures and new ones are written.
Status ratchet(const Scores& s, const std::string& path, bool update, std::vector<std::string>& fallen);

}  // namespace biruni::eval
