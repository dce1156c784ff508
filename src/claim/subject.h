// Who or what a claim is about when its pattern does not name it. Used by the claim stage only.
#pragma once
#include "claim/claim_stage.h"
#include "model/phrase.h"

namespace biruni {

/// What kind of thing a property is of.
enum class Need : uint8_t { kCountry, kOrg, kBody, kAny };

inline bool meets(const World& world, const Analysis& in, EntityRef ref, Need need) {
  if (!ref.valid()) return false;
  if (ref.local) {
    const EntityType t = in.mentions.locals[ref.index].type;
    if (need == Need::kCountry) return false;
    if (need == Need::kOrg) return t == EntityType::kOrganization;
    return t != EntityType::kPlace && t != EntityType::kCountry && t != EntityType::kPerson;
  }
  const WorldType t = world.entity(ref.index).type;
  switch (need) {
    case Need::kCountry: return t == WorldType::kCountry;
    case Need::kOrg: return t == WorldType::kOrganization;
    case Need::kBody:
      return t != WorldType::kCountry && t != WorldType::kRegion && t != WorldType::kPerson && t != WorldType::kPlace;
    default: return t != WorldType::kPerson && t != WorldType::kPlace;
  }
}

/// `words`: where it is named, empty if nowhere; `common`: by a common noun ("the group").
/// `sure`: the grammatical subject of the clause.
struct Found { EntityRef entity; WordRange words; bool common = false; bool sure = false; };

class SubjectFinder {
 public:
  SubjectFinder(const World& world, const Analysis& in, uint32_t sentence, const ClaimMemory& memory)
      : world_(world), in_(in), sentence_(sentence), range_(in.words.of_sentence(sentence)), memory_(memory) {}
  /// `match`: words of the claim; `last_claim_end`: where an earlier claim of the sentence with a subject that fits ended.
  Found find(WordRange match, Need need, bool nearest) const;
  /// Nearest mention before word `w` that fits; `oblique`: also those governed by a preposition.
  Found before(uint32_t w, Need need, bool oblique, uint32_t from) const;
  /// Country of anything named before word `w`.
  Found country_near(uint32_t w) const;

 private:
  bool usable(const Mention& m, Need need) const;
  bool oblique(const Mention& m) const;
  Found by_name(uint32_t w, Need need, uint32_t from, Found otherwise) const;
  Found relative(WordRange match, Need need) const;
  Found clause_subject(WordRange match, Need need) const;

  const World& world_;
  const Analysis& in_;
  uint32_t sentence_;
  WordRange range_;
  const ClaimMemory& memory_;
};

}  // namespace biruni
