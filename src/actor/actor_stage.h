// Actor stage: words + names + clauses -> mentions of actors and places, each resolved to an entity as far as possible.
//
//   auto stage = ActorStage::open(pack, "en", world, lexicon);
//   ActorState state;                                  // one a workspace; keeps its capacity
//   stage->begin(analysis, date, state, layer);        // once a document, by the stage of its main language
//   for each sentence: stage_of(sentence)->run(analysis, sentence, state, layer);
//
// Memory of the document (who was named, countries spoken of, aliases, local entities) is in ActorState, so sentences of
// several languages share it. Stage: immutable, thread-safe. Cost: linear in words; pronouns and definite nouns look back
// at most 48 mentions. It does not decide who takes part in which event (event/), nor who says what (stance/).
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/lexicon.h"
#include "model/analysis.h"
#include "pack/pack.h"
#include "world/world.h"

namespace biruni {

enum class ActorUnitKind : uint8_t { kName, kDemonym, kRole, kCommon, kUnknown, kAlias, kQuoted, kPronoun };

/// A word or words of the sentence that name or describe an actor or place, before it becomes a mention. Scratch.
struct ActorUnit {
  WordRange words;
  WordRange phrase;              // noun phrase, with title
  uint32_t head = kNone;
  ActorUnitKind kind = ActorUnitKind::kName;
  EntityRef entity;
  EntityType type = EntityType::kNone;
  uint32_t country = kNone;
  uint32_t name = kNone, role = kNone, place_row = kNone;
  uint32_t classes = 0;          // actor_class of the head
  uint32_t into = kNone;         // merged into that unit
  uint32_t title = kNone;        // its title: a role unit merged into this one
  uint32_t mention = kNone;      // row made of it
  uint8_t sector = 0, number = 0, gender = 0, doubt = 0;
  bool definite = false, indefinite = false, evaluative = false, attributive = false;
};

/// What the document has told so far.
struct ActorState {
  /// A name by which something is known in this document: full local names, surnames, acronyms in brackets.
  struct Alias {
    uint64_t hash = 0;
    EntityRef entity;
    uint32_t country = kNone;
    EntityType type = EntityType::kNone;
    uint8_t sector = 0;
    uint8_t gender = 0;
  };
  /// Agreement and salience of the mention of the same index.
  struct Trait {
    uint32_t sentence = 0;
    uint32_t lemma = kNone;      // of the role or common noun
    uint8_t number = 0, gender = 0;
    bool human = false, subject = false, main = false, possible = true;
  };
  struct Weight { uint32_t country = kNone; float weight = 0; };

  CivilDate date;
  DateKey on = 0;
  std::vector<Weight> weights;     // countries of the document, heaviest first
  uint32_t dominant = kNone;       // the country that the document is about, kNone
  float dominance = 0;             // its share
  std::vector<uint32_t> named;     // entities named in full somewhere in the document, sorted
  std::vector<Alias> aliases;
  std::vector<Trait> traits;
  uint32_t last_country = kNone;   // of the last country, government or state body mentioned
  uint32_t clause_cursor = 0;      // clauses of earlier sentences
  std::vector<ActorUnit> units;    // scratch of one sentence
  std::vector<uint32_t> unit_of;   // word of the sentence -> unit
  std::vector<uint8_t> timed;      // word of the sentence: part of a time
  std::vector<uint32_t> order;
  std::string text;
  void clear() {
    date = {}; on = 0; weights.clear(); dominant = kNone; dominance = 0; named.clear(); aliases.clear(); traits.clear();
    last_country = kNone; clause_cursor = 0; units.clear(); unit_of.clear();
    order.clear(); text.clear();
  }
};

class ActorStage {
 public:
  static std::unique_ptr<ActorStage> open(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                                          std::shared_ptr<const Lexicon> lexicon);
  virtual ~ActorStage() = default;
  /// Clears state and layer, sizes the layer, weighs the countries of the document. All matches must be there.
  virtual void begin(const Analysis& in, CivilDate doc_date, ActorState& state, MentionLayer& out) const = 0;
  /// Words with actor classes (ask::kActor).
  virtual void declare(AskTable& asks) const = 0;
  /// Mentions of sentence `s`; sentences in order. Reads text, words, matches, times, clauses (finished).
  virtual void run(const Analysis& in, uint32_t s, ActorState& state, MentionLayer& out) const = 0;
};

/// What a record needs to know about an entity.
struct EntityView {
  std::string_view id;
  std::string_view name;       // usual English name; of a local entity as written
  EntityType type = EntityType::kNone;
  std::string_view country;    // alpha-3, empty if none
  std::string_view sector;
  uint32_t world = kNone;      // entity index, kNone for a local one: World::name_in gives names by language
};
EntityView entity_view(const World& world, const MentionLayer& mentions, EntityRef ref);
/// The code of a country's entity index, empty for kNone.
inline std::string_view country_code(const World& world, uint32_t country) {
  return country == kNone ? std::string_view{} : world.id(country);
}

}  // namespace biruni
