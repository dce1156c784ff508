// Arabic verbs: all finite forms and the participles and regular verbal nouns, as sounds (see spell.h), from root, form
// and vowels. Patterns come from packs/ar/morph/patterns.tsv; the rules for weak, doubled and hamzated roots are here.
//
//   VerbPatterns patterns; patterns.add("2", "perfect", "1a22a3"); ...
//   conjugate(patterns, {.root = "qdm", .form = "2"}, [](const VerbForm& f) { ... });
//
// Thread-safe: pure. Build time only.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace biruni::arabic {

class VerbPatterns {
 public:
  void add(const std::string& form, const std::string& slot, const std::string& pattern) { patterns_[{form, slot}] = pattern; }
  /// Empty if there is none.
  const std::string& get(const std::string& form, const std::string& slot) const;

 private:
  std::map<std::pair<std::string, std::string>, std::string> patterns_;
};

struct VerbSpec {
  std::string root;     // letter codes, weak letters w y, hamza '
  std::string form;     // 1..10 q1 q2 q4
  std::string vowels;   // form 1
  bool strong = false;  // second radical w/y kept (istaHwada)
  bool keeps_w = false; // first radical w kept in the imperfect although the vowels say otherwise
  bool drops_w = false; // ... dropped although the vowels say otherwise (yasaEu)
  bool passive = true;
  bool full_passive = true;  // else third person masculine singular only
};

struct VerbForm {
  std::string sounds;
  uint32_t feats = 0;
  int cost = 0;         // tenths: rarity in news
};

using VerbSink = std::function<void(const VerbForm&)>;

void conjugate(const VerbPatterns& patterns, const VerbSpec& verb, const VerbSink& sink);

/// A derived noun by its slot: "active", "passive", "masdar", "masdar2" ... Empty if the form has none.
/// Defective ones end in I (qADI) or Y (muSTafY); feminine ones in p.
std::string derive(const VerbPatterns& patterns, const VerbSpec& verb, const std::string& slot);

/// Third person masculine singular perfect: the lemma.
std::string citation(const VerbPatterns& patterns, const VerbSpec& verb);

}  // namespace biruni::arabic
