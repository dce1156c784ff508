// One sentence on its way to mentions: units (units.cpp, names.cpp) -> titles, phrases, countries (link.cpp) -> rows
// (resolve.cpp). Used by the actor stage only.
#pragma once
#include <memory>
#include <vector>

#include "actor/actor_stage.h"
#include "actor/office.h"
#include "actor/tables.h"
#include "model/phrase.h"

namespace biruni {

/// What does not change from sentence to sentence.
struct ActorContext {
  std::shared_ptr<const World> world;
  std::shared_ptr<const Lexicon> lexicon;
  ActorTables tables;
  uint8_t gov = 0, igo = 0, eli = 0, unk = 0, mil = 0;
  uint64_t state_sectors = 0;     // organs of a state
  uint64_t outside_sectors = 0;   // of no state: IGO NGO IMG ISM MNC
  StrId capital_kind = kNone;
  std::vector<uint32_t> role_of_key; // StrId of a folded role word -> role, kNone: for readings as a name
  std::vector<uint32_t> demonym_of_key;  // the same of demonyms -> entity
  std::vector<bool> ordinary_key;        // StrId -> it is also the dictionary form of an ordinary word
  OfficeIndex offices;
  std::vector<uint32_t> capital_of;  // per entity index: row of places of its capital, kNone
  bool is_state(uint8_t sector) const { return (state_sectors >> sector) & 1; }
  bool is_outside(uint8_t sector) const { return (outside_sectors >> sector) & 1; }
};

class SentenceActors {
 public:
  SentenceActors(const ActorContext& c, const Analysis& in, uint32_t s, ActorState& state, MentionLayer& out)
      : c_(c), t_(c.tables), world_(*c.world), in_(in), s_(s), range_(in.words.of_sentence(s)), st_(state), out_(out) {}
  void run();

 private:
  using Unit = ActorUnit;
  // units.cpp
  void collect();
  uint32_t take_name(uint32_t w);       // next word, or w if no name is taken here
  uint32_t take_role(uint32_t w);
  uint32_t take_demonym(uint32_t w);
  uint32_t take_common(uint32_t w);
  uint32_t take_pronoun(uint32_t w);
  Unit& add(WordRange words, ActorUnitKind kind);
  float rank(const NameMatch& m, const NameRow& n) const;
  bool qualified(const NameMatch& m) const;
  bool of_another_country(const NameMatch& m, const EntityRow& e) const;
  bool described_organ(const Unit& u) const;
  uint32_t holder(const Unit& u, uint32_t country_or_body) const;
  bool homonym(const NameMatch& m, const NameRow& n) const;
  bool titled(uint32_t w) const;        // a title stands before word w
  bool locative_before(uint32_t w) const;
  // names.cpp
  uint32_t take_unknown(uint32_t w);
  uint32_t take_quoted(uint32_t w);
  uint32_t capital_run(uint32_t w, uint32_t& known) const;
  uint32_t guess_run(uint32_t w, bool after_title) const;
  bool table_name(uint32_t w) const;
  bool name_like(uint32_t w, bool after_title) const;
  bool may_be_name(uint32_t w) const;
  bool known_otherwise(uint32_t w) const;
  const ActorState::Alias* alias_of(WordRange words) const;
  uint64_t hash_of(WordRange words);
  EntityRef make_local(WordRange words, EntityType type, uint32_t country, uint8_t sector);
  void remember(const Unit& u);
  void acronym_after(Unit& u);
  // link.cpp
  void join_titles();
  bool title_reaches(const Unit& title, uint32_t first) const;
  void phrases();
  void fit(WordRange& r, WordRange keep) const;  // trims, but not into `keep`
  uint32_t country_of(Unit& u, int depth);
  int adjective_countries(const Unit& u, uint32_t* found, int limit) const;
  uint32_t context_country(const Unit& u) const;
  // resolve.cpp
  void emit(uint32_t unit);
  uint32_t push(const Unit& u, Mention m);
  void emit_name(Unit& u);
  void emit_demonym(Unit& u);
  void emit_role(Unit& u);
  void emit_common(Unit& u);
  void emit_pronoun(Unit& u);
  void emit_local(Unit& u);
  bool counted_pair(const Unit& u) const;
  bool emit_pair(Unit& u, uint8_t sector, EntityType type);
  void copy_back(Mention& m, uint32_t antecedent) const;
  uint32_t find_pronoun(const PronounRow& p, uint32_t w) const;
  uint32_t antecedent_of_word(uint32_t w) const;
  template <class Fn> uint32_t look_back(uint32_t sentences, Fn&& fits) const;
  void place_or_actor(const Unit& u, Mention& m) const;
  void appositions();
  void called();
  void locals();
  void subjects();
  int countries_of(Unit& u, uint32_t* found, int limit);
  uint32_t role_lemma(const Unit& u) const;
  uint8_t title_sector(const Unit& u) const;
  bool unnamed_source(const Unit& u) const;
  void note(uint32_t row, const Unit& u);

  const Word& word(uint32_t w) const { return in_.words.words[w]; }
  const Token& token(uint32_t w) const { return in_.text.tokens[word(w).token]; }
  std::string_view key(uint32_t w) const { return in_.text.key_of(token(w)); }
  Dep dep(uint32_t w) const { return w < in_.clauses.deps.size() ? in_.clauses.deps[w] : Dep{}; }
  uint32_t classes(uint32_t w) const { return t_.classes(word(w)); }
  bool punct(uint32_t w) const { return word(w).tag == Tag::kPunct || token(w).kind == TokenKind::kPunct; }
  bool starts_token(uint32_t w) const { return w == range_.first || word(w - 1).token != word(w).token; }
  void note_times();
  bool timed(uint32_t w) const { return st_.timed[w - range_.first]; }  // part of a time; w of this sentence
  bool ordinary(uint32_t w) const { return word(w).key < c_.ordinary_key.size() && c_.ordinary_key[word(w).key]; }
  uint32_t role_at(uint32_t w) const;     // role of a single word, kNone
  uint32_t demonym_at(uint32_t w) const;  // entity of a demonym, kNone
  uint32_t head_of(WordRange r) const;
  uint32_t& unit_at(uint32_t w) { return st_.unit_of[w - range_.first]; }
  uint32_t unit_at(uint32_t w) const { return range_.contains(w) ? st_.unit_of[w - range_.first] : kNone; }
  bool actor_position(uint32_t head) const;
  float weight(uint32_t country) const;
  bool named(uint32_t entity) const;

  const ActorContext& c_;
  const ActorTables& t_;
  const World& world_;
  const Analysis& in_;
  uint32_t s_;
  WordRange range_;
  ActorState& st_;
  MentionLayer& out_;
};

template <class Fn>
uint32_t SentenceActors::look_back(uint32_t sentences, Fn&& fits) const {
  uint32_t steps = 0;
  for (uint32_t i = static_cast<uint32_t>(out_.rows.size()); i-- > 0 && steps < 48; ++steps) {
    if (st_.traits[i].sentence + sentences < s_) break;
    if (fits(i)) return i;
  }
  return kNone;
}

}  // namespace biruni
