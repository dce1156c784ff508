// The actor tables of one language (sections LANG/actor_*): word classes, pronouns, given names, letters for slugs.
// What each class means stands in docs/formats/actors.md. Immutable view, thread-safe.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/word.h"
#include "morph/ask_table.h"
#include "pack/pack.h"

namespace biruni {

/// Classes of packs/LANG/actors/words.tsv; same order as kActorClassNames.
namespace actor_class {
inline constexpr uint32_t kLocative = 1u << 0, kPartner = 1u << 1, kOf = 1u << 2, kDefinite = 1u << 3, kIndefinite = 1u << 4,
    kPlaceNoun = 1u << 5, kCapitalNoun = 1u << 6, kCountryNoun = 1u << 7, kOrgNoun = 1u << 8, kArmedNoun = 1u << 9,
    kPersonNoun = 1u << 10, kPair = 1u << 11, kPairNoun = 1u << 12, kFormer = 1u << 13, kSource = 1u << 14, kUnnamed = 1u << 15,
    kUnnamedRole = 1u << 16, kHonorific = 1u << 17, kFemale = 1u << 18, kNamePart = 1u << 19, kNotName = 1u << 20,
    kPlaceVerb = 1u << 21, kOrgName = 1u << 22, kMasculine = 1u << 23, kGivenMale = 1u << 24, kGivenFemale = 1u << 25,
    kNameJoin = 1u << 26, kGeneral = 1u << 27, kCalled = 1u << 28, kCounterpart = 1u << 29, kDelegate = 1u << 30, kNoRole = 1u << 31;
inline constexpr uint32_t kRefers = kPlaceNoun | kCapitalNoun | kCountryNoun | kOrgNoun | kArmedNoun | kPersonNoun | kPairNoun;
inline constexpr uint32_t kGiven = kGivenMale | kGivenFemale;
}  // namespace actor_class
inline constexpr const char* kActorClassNames[] = {
    "locative", "partner", "of", "definite", "indefinite", "place_noun", "capital_noun", "country_noun", "org_noun",
    "armed_noun", "person_noun", "pair", "pair_noun", "former", "source", "unnamed", "unnamed_role", "honorific", "female",
    "name_part", "not_name", "place_verb", "org_name", "masculine", "given_m", "given_f", "name_join", "general", "called",
    "counterpart", "delegate", "no_role"};
inline constexpr int kActorClasses = 32;

namespace pronoun_kind {
inline constexpr uint8_t kPersonal = 1, kPossessive = 2, kReflexive = 3;
}

/// Section LANG/actor_pronouns; number, gender as in feat, 0 = any; human: 0 any, 1 persons and groups of them, 2 no person.
struct PronounRow {
  StrId key = 0;
  uint8_t number = 0, gender = 0, human = 0, kind = 0;
};
struct ActorKeyRow { uint32_t id = 0; uint32_t classes = 0; };   // LANG/actor_keys (StrId), LANG/actor_lemmas, sorted by id
struct LetterRow { uint32_t letter = 0; char text[4] = {}; };    // LANG/actor_letters, sorted; text NUL-padded

class ActorTables {
 public:
  ActorTables(std::shared_ptr<const Pack> pack, const std::string& lang);
  void declare(AskTable& asks) const {
    asks.own(ask::kActor);
    for (const ActorKeyRow& r : key_rows_) asks.key(r.id, ask::kActor);
    for (const ActorKeyRow& r : lemma_rows_) asks.lemma(r.id, ask::kActor);
  }
  uint32_t classes(const Word& w) const {
    if (!(w.asks & ask::kActor)) return 0;
    return (w.key < by_key_.size() ? by_key_[w.key] : 0) | (w.lemma < by_lemma_.size() ? by_lemma_[w.lemma] : 0);
  }
  uint32_t key_classes(StrId key) const { return key < by_key_.size() ? by_key_[key] : 0; }
  const PronounRow* pronoun(StrId key) const;
  /// Latin letters for a letter; nullptr if the table has none.
  const char* letter(char32_t c) const;
  const Pack& pack() const { return *pack_; }

 private:
  std::shared_ptr<const Pack> pack_;
  std::span<const ActorKeyRow> key_rows_, lemma_rows_;
  std::vector<uint32_t> by_key_, by_lemma_;
  std::span<const PronounRow> pronouns_;
  std::span<const LetterRow> letters_;
};

/// Lower-case ASCII words joined by hyphens: the stable id of a name. Appends to `out`.
void append_slug(const ActorTables& tables, std::string_view text, std::string& out);

}  // namespace biruni
