// The PLOVER ontology as the pack holds it (packs/common/ontology.tsv, contexts.tsv): types, modes, contexts, quad class,
// score. No type is known to the code by name but through `role_of_type` marks in the table. Immutable, thread-safe.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "pack/pack.h"

namespace biruni {

/// Section event/types: row 0 is the empty type. A row with mode is a mode of its type.
struct OntologyRow { StrId name = 0; StrId quad = 0; float score = 0; uint32_t flags = 0; };

namespace type_flag {
inline constexpr uint32_t kSwallowsContent = 1;   // its complement is no event of its own
inline constexpr uint32_t kCooperative = 2;       // in the future tense it is a promise
inline constexpr uint32_t kPromise = 4;           // the type that promises are coded as
inline constexpr uint32_t kNeedsRecipient = 8;
inline constexpr uint32_t kAccuses = 16;          // its complement is an event of its own, on the accuser's word
inline constexpr uint32_t kMaterial = 32;         // an act on the ground: it has a place
inline constexpr uint32_t kYields = 64;           // announced by its doer it is a promise, refused a refusal
inline constexpr uint32_t kRefusal = 128;         // the type that refusals are coded as
inline constexpr uint32_t kThreat = 256;          // the type that threats are coded as
inline constexpr uint32_t kHostile = 512;         // announced by its doer it is a threat
inline constexpr uint32_t kGrounded = 1024;       // where no recipient is named the place stands for it
inline constexpr uint32_t kAgainst = 2048;         // words against somebody
}  // namespace type_flag

class Ontology {
 public:
  explicit Ontology(std::shared_ptr<const Pack> pack)
      : pack_(std::move(pack)),
        types_(pack_->section<OntologyRow>("event/types")),
        modes_(pack_->section<OntologyRow>("event/modes")),
        contexts_(pack_->section<StrId>("event/contexts")),
        magnitudes_(pack_->section<StrId>("event/magnitudes")) {}
  std::string_view type(uint8_t t) const { return pack_->str(types_[t].name); }
  std::string_view mode(uint8_t m) const { return m ? pack_->str(modes_[m].name) : std::string_view{}; }
  std::string_view context(size_t c) const { return pack_->str(contexts_[c]); }
  std::string_view magnitude(uint8_t m) const { return pack_->str(magnitudes_[m]); }
  std::string_view quad(uint8_t t) const { return pack_->str(types_[t].quad); }
  uint32_t flags(uint8_t t) const { return types_[t].flags; }
  size_t type_count() const { return types_.size(); }
  size_t context_count() const { return contexts_.size(); }
  /// First type with that flag, 0 if there is none.
  uint8_t first_with(uint32_t flag) const {
    for (size_t i = 1; i < types_.size(); ++i)
      if (types_[i].flags & flag) return static_cast<uint8_t>(i);
    return 0;
  }
  uint8_t type_index(std::string_view name) const {
    for (size_t i = 1; i < types_.size(); ++i)
      if (pack_->str(types_[i].name) == name) return static_cast<uint8_t>(i);
    return 0;
  }

 private:
  std::shared_ptr<const Pack> pack_;
  std::span<const OntologyRow> types_, modes_;
  std::span<const StrId> contexts_, magnitudes_;
};

}  // namespace biruni
