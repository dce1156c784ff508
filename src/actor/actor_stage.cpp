#include "actor/actor_stage.h"

#include <algorithm>

#include "actor/sentence.h"

namespace biruni {
namespace {

class TableActorStage final : public ActorStage {
 public:
  TableActorStage(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                  std::shared_ptr<const Lexicon> lexicon)
      : c_{std::move(world), std::move(lexicon), ActorTables(pack, lang), 0, 0, 0, 0, 0, 0, 0, kNone, {}, {}, {}, {}, {}} {
    c_.gov = c_.world->sector_index("GOV");
    c_.igo = c_.world->sector_index("IGO");
    c_.eli = c_.world->sector_index("ELI");
    c_.unk = c_.world->sector_index("UNK");
    c_.mil = c_.world->sector_index("MIL");
    for (const char* s : {"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
      if (const uint8_t i = c_.world->sector_index(s)) c_.state_sectors |= 1ull << i;
    for (const char* s : {"IGO", "NGO", "IMG", "ISM", "MNC"})
      if (const uint8_t i = c_.world->sector_index(s)) c_.outside_sectors |= 1ull << i;
    for (uint32_t i = 0; i < c_.lexicon->roles().size(); ++i) {
      const RoleRow& r = c_.lexicon->roles()[i];
      if (r.lemma == kNone || pack->str(r.text).find(' ') != std::string_view::npos) continue;
      const StrId key = c_.lexicon->lemmas().row(r.lemma).key;
      if (key == kNone) continue;
      if (key >= c_.role_of_key.size()) c_.role_of_key.resize(key + 1, kNone);
      if (c_.role_of_key[key] == kNone) c_.role_of_key[key] = i;
    }
    for (uint32_t l = 0; l < c_.lexicon->lemmas().size(); ++l) {
      const LemmaRow& row = c_.lexicon->lemmas().row(l);
      if (row.key != kNone && !(row.flags & (lemma_flag::kNameWord | lemma_flag::kAuto)) &&
          (row.tag == Tag::kNoun || row.tag == Tag::kAdj || row.tag == Tag::kAdv || row.tag == Tag::kAdp || row.tag == Tag::kNum)) {
        if (row.key >= c_.ordinary_key.size()) c_.ordinary_key.resize(row.key + 1, false);
        c_.ordinary_key[row.key] = true;
      }
      const uint32_t entity = c_.lexicon->demonym_of(l);
      const StrId key = entity == kNone ? kNone : c_.lexicon->lemmas().row(l).key;
      if (key == kNone) continue;
      if (key >= c_.demonym_of_key.size()) c_.demonym_of_key.resize(key + 1, kNone);
      c_.demonym_of_key[key] = entity;
    }
    c_.offices = OfficeIndex(*c_.world);
    c_.capital_kind = pack->find("capital");
    c_.capital_of.assign(c_.world->entities().size(), kNone);
    const auto places = c_.world->places();
    for (uint32_t i = 0; i < places.size(); ++i) {
      if (places[i].kind != c_.capital_kind || places[i].country == kNone) continue;
      if (c_.capital_of[places[i].country] == kNone) c_.capital_of[places[i].country] = i;
    }
  }

  void declare(AskTable& asks) const override { c_.tables.declare(asks); }
  void begin(const Analysis& in, CivilDate doc_date, ActorState& state, MentionLayer& out) const override;
  void run(const Analysis& in, uint32_t s, ActorState& state, MentionLayer& out) const override {
    SentenceActors(c_, in, s, state, out).run();
  }

 private:
  void weigh(ActorState& state, uint32_t country, float weight) const {
    if (country == kNone) return;
    for (auto& w : state.weights) {
      if (w.country != country) continue;
      w.weight += weight;
      return;
    }
    state.weights.push_back({country, weight});
  }
  ActorContext c_;
};

// First pass over the whole document: which countries it speaks of, and who is named in full.
void TableActorStage::begin(const Analysis& in, CivilDate doc_date, ActorState& state, MentionLayer& out) const {
  state.clear();
  out.clear();
  state.date = doc_date;
  state.on = doc_date.year ? doc_date.year * 10000 + doc_date.month * 100 + doc_date.day : 0;
  out.of_word.assign(in.words.words.size(), kNone);
  out.of_clause.assign(in.clauses.clauses.size(), kNone);
  const World& world = *c_.world;
  for (size_t i = 0; i < in.matches.names.size(); ++i) {
    const NameMatch& m = in.matches.names[i];
    const NameRow& n = world.names()[m.name];
    const EntityRow& e = world.entity(n.entity);
    const bool full = n.kind == NameKind::kName || n.kind == NameKind::kOfficial || n.kind == NameKind::kAcronym;
    if (full && (e.type != WorldType::kPerson || m.words.size() > 1) && e.type != WorldType::kPlace) state.named.push_back(n.entity);
    const bool first = i == 0 || !(in.matches.names[i - 1].words == m.words);
    if (!first || n.kind == NameKind::kAmbiguous || (m.candidates > 1 && e.type == WorldType::kPlace)) continue;
    const Word& w = in.words.words[m.words.first];
    if (n.kind == NameKind::kShort && m.words.size() == 1 && w.source == WordSource::kLexicon && w.tag != Tag::kPropn) continue;
    float weight = e.type == WorldType::kCountry ? 2.f : e.type == WorldType::kPlace ? 1.f : 1.5f;
    if (e.type == WorldType::kPlace && m.words.size() == 1 && w.source == WordSource::kLexicon && w.tag != Tag::kPropn) continue;
    if (e.type == WorldType::kMedia) weight = 0.3f;
    if (in.text.sentences[in.text.tokens[w.token].sentence].in_title) weight *= 2;
    weigh(state, e.type == WorldType::kCountry ? n.entity : e.country, weight);
  }
  for (uint32_t i = 0; i < in.words.words.size(); ++i) {
    const Word& w = in.words.words[i];
    if (!(w.asks & ask::kRole) || w.lemma == kNone || (i < in.matches.name_at.size() && in.matches.name_at[i] != kNone)) continue;
    const Token& t = in.text.tokens[w.token];
    if (in.text.sentences[t.sentence].lang != in.lang) continue;  // its lemma is of another table
    if (t.script == Script::kLatin && !(t.flags & token_flag::kCapital)) continue;
    const uint32_t entity = c_.lexicon->demonym_of(w.lemma);
    if (entity != kNone && world.entity(entity).type == WorldType::kCountry) weigh(state, entity, 1.5f);
  }
  std::sort(state.named.begin(), state.named.end());
  state.named.erase(std::unique(state.named.begin(), state.named.end()), state.named.end());
  std::sort(state.weights.begin(), state.weights.end(), [](const auto& a, const auto& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.country < b.country;
  });
  float total = 0;
  for (const auto& w : state.weights) total += w.weight;
  if (!state.weights.empty() && total > 0) {
    state.dominant = state.weights.front().country;
    out.main_country = state.dominant;
    const float second = state.weights.size() > 1 ? state.weights[1].weight : 0;
    state.dominance = std::max(state.weights[0].weight / (state.weights[0].weight + second) - 0.1f, state.weights[0].weight / total);
  }
}

}  // namespace

std::unique_ptr<ActorStage> ActorStage::open(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                                             std::shared_ptr<const Lexicon> lexicon) {
  return std::make_unique<TableActorStage>(std::move(pack), lang, std::move(world), std::move(lexicon));
}

}  // namespace biruni
