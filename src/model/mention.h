// Actors and places: mentions in the text and the entities they resolve to. Written by actor/.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/span.h"

namespace biruni {

enum class EntityType : uint8_t { kNone, kCountry, kRegion, kOrganization, kArmedGroup, kPerson, kGroup, kPlace };

/// Reference to an entity: a row of the world's entity table, or (local = true) a row of MentionLayer::locals.
struct EntityRef {
  uint32_t index = kNone;
  bool local = false;
  bool valid() const { return index != kNone; }
  bool operator==(const EntityRef&) const = default;
};

/// An entity that only this document names (a person or group in no table).
struct LocalEntity {
  std::string id;       // stable slug
  std::string name;     // as first named (transliterated slug for the id; the name as written)
  EntityType type = EntityType::kNone;
  uint32_t country = kNone;  // entity index of the country
  uint8_t sector = 0;
};

enum class MentionForm : uint8_t { kName, kAdjective, kRole, kPronoun, kCommon };

struct Mention {
  WordRange words;            // maximal noun phrase with title and name: no relative clause, apposition, attached preposition
  uint32_t head = kNone;      // head word
  Span raw;                   // bytes of `words`
  EntityRef entity;           // what it is; invalid for a plain common noun group
  uint32_t country = kNone;   // entity index of the country it belongs to, kNone unknown or international
  EntityType type = EntityType::kNone;
  uint8_t sector = 0;         // index into the sector table, 0 none
  MentionForm form = MentionForm::kName;
  bool actor = false;         // can act: country, government, body, person, group
  bool place = false;         // can be a place
  bool plural = false;
  bool evaluative = false;    // named by a loaded name
  bool anonymous = false;     // unnamed source or person
  bool metonym = false;       // a capital or building that stands for its government
  uint32_t name = kNone;      // row of the name table that matched
  uint32_t role = kNone;      // row of the role table that matched
  uint32_t antecedent = kNone;// mention index it refers back to
  uint32_t place_row = kNone; // row of the place table
  uint8_t doubt = 0;          // 0 sure .. 255: how ambiguous the resolution was
};

/// Rows of one head word that follow each other are the several entities of one phrase ("Kyrgyz and Tajik leaders", "the
/// two countries"): of_word gives the first of them.
struct MentionLayer {
  std::vector<Mention> rows;            // in text order by head word
  std::vector<uint32_t> of_word;        // mention whose head (or name) is this word, kNone
  std::vector<LocalEntity> locals;
  uint32_t main_country = kNone;        // the country that the document is about, kNone if none stands out
  std::vector<uint32_t> of_clause;      // clause without a subject of its own: mention it is understood to be, kNone
  void clear() { rows.clear(); of_word.clear(); locals.clear(); of_clause.clear(); main_country = kNone; }
};

}  // namespace biruni
