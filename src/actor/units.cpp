// Words -> units: names of the tables (the best candidate of each range), demonyms, roles, common nouns, pronouns.
#include <algorithm>

#include "actor/sentence.h"

namespace biruni {
using namespace actor_class;

ActorUnit& SentenceActors::add(WordRange words, ActorUnitKind kind) {
  const uint32_t index = static_cast<uint32_t>(st_.units.size());
  st_.units.emplace_back();
  Unit& u = st_.units.back();
  u.words = u.phrase = words;
  u.kind = kind;
  u.head = head_of(words);
  u.classes = classes(u.head);
  u.number = static_cast<uint8_t>(word(u.head).get(feat::kNumber));
  u.gender = static_cast<uint8_t>(word(u.head).get(feat::kGender));
  for (uint32_t w = words.first; w < words.last; ++w) unit_at(w) = index;
  return u;
}

uint32_t SentenceActors::head_of(WordRange r) const {
  for (uint32_t w = r.first; w < r.last; ++w) {
    const Dep d = dep(w);
    if (!r.contains(d.head) && d.rel != Rel::kNone && !punct(w) && d.rel != Rel::kCase && d.rel != Rel::kDet) return w;
  }
  return r.first;
}

uint32_t SentenceActors::role_at(uint32_t w) const {
  const Word& x = word(w);
  if (!(x.asks & ask::kRole)) return kNone;
  const uint32_t role = x.lemma == kNone ? kNone : c_.lexicon->role_of(x.lemma);
  if (role != kNone || x.tag != Tag::kPropn) return role;
  return x.key < c_.role_of_key.size() ? c_.role_of_key[x.key] : kNone;
}

uint32_t SentenceActors::demonym_at(uint32_t w) const {
  const uint32_t entity = c_.lexicon->demonym_of(in_.lemma_at(w));
  const Word& x = word(w);
  if (entity != kNone) return entity;
  if (x.tag == Tag::kNoun && x.lemma != kNone && token(w).script == Script::kLatin && (token(w).flags & token_flag::kCapital)) {  // Italians
    const StrId key = c_.lexicon->lemmas().row(x.lemma).key;
    return key < c_.demonym_of_key.size() ? c_.demonym_of_key[key] : kNone;
  }
  if (x.tag != Tag::kPropn) return entity;
  return x.key < c_.demonym_of_key.size() ? c_.demonym_of_key[x.key] : kNone;
}

void SentenceActors::note_times() {
  st_.timed.assign(range_.size(), 0);
  const auto& rows = in_.times.rows;
  auto it = std::lower_bound(rows.begin(), rows.end(), range_.first, [](const TimeExpression& t, uint32_t w) { return t.words.first < w; });
  for (; it != rows.end() && it->words.first < range_.last; ++it)
    std::fill(st_.timed.begin() + (it->words.first - range_.first), st_.timed.begin() + (std::min(it->words.last, range_.last) - range_.first), 1);
}

float SentenceActors::weight(uint32_t country) const {
  for (const auto& w : st_.weights)
    if (w.country == country) return w.weight;
  return 0;
}

bool SentenceActors::named(uint32_t entity) const { return std::binary_search(st_.named.begin(), st_.named.end(), entity); }

bool SentenceActors::locative_before(uint32_t w) const {
  for (int steps = 0; steps < 2 && w > range_.first; ++steps) {
    --w;
    const uint32_t c = classes(w);
    if (c & (kLocative | kPlaceNoun | kCapitalNoun)) return true;
    if (word(w).tag != Tag::kDet && word(w).tag != Tag::kAdj) return false;
  }
  return false;
}

bool SentenceActors::titled(uint32_t w) const {
  for (int steps = 0; steps < 3 && w > range_.first; ++steps) {
    --w;
    if (classes(w) & kHonorific) return true;
    const uint32_t u = unit_at(w);
    if (u != kNone) {
      const Unit& unit = st_.units[u];
      if (unit.kind == ActorUnitKind::kRole) {
        if (unit.type != EntityType::kPerson || unit.number == 3) return false;
        // "an official", "a diplomat" is no title; "the doctor", "foreign minister" are
        return token(w).script == Script::kLatin || unit.words.size() > 1 || word(unit.head).get(feat::kDef) || steps > 0;
      }
      if (unit.kind == ActorUnitKind::kDemonym) continue;
      return false;
    }
    if (word(w).tag != Tag::kAdj) return false;
  }
  return false;
}

// A name of one word that is also an ordinary word, and nothing that speaks for the name.
bool SentenceActors::homonym(const NameMatch& m, const NameRow& n) const {
  const uint32_t w = m.words.first;
  if (m.words.size() > 1) return false;
  const EntityRow& e = world_.entity(n.entity);
  const bool person = e.type == WorldType::kPerson;
  if (!person && e.type != WorldType::kPlace && n.kind != NameKind::kShort && n.kind != NameKind::kAmbiguous) return false;
  if (classes(w) & (kPlaceNoun | kCountryNoun | kOrgNoun)) return e.type == WorldType::kPlace || person;
  const Word& x = word(w);
  const bool latin = token(w).script == Script::kLatin;
  const bool capital = (token(w).flags & token_flag::kCapital) != 0;
  if (latin && !capital) return true;
  if (latin && !(token(w).flags & token_flag::kSentenceStart)) return false;
  if (latin && (x.tag == Tag::kPropn || x.source == WordSource::kName || x.source == WordSource::kGuess || x.lemma == kNone)) return false;
  if (!latin && !ordinary(w)) return false;
  if (named(n.entity) && n.kind != NameKind::kAmbiguous && (person || e.type != WorldType::kPlace)) return false;
  if (person) return !titled(w);
  return !locative_before(w) && !(x.get(feat::kDef) && e.country != kNone && e.country == st_.dominant);
}

// A short name of a body with a further adjective behind it is another body: the Security Council, the Collective one.
bool SentenceActors::qualified(const NameMatch& m) const {
  const uint32_t w = m.words.last;
  if (m.words.size() < 2 || w >= range_.last || punct(w) || !starts_token(w)) return false;
  const Word& x = word(w);
  if (x.tag != Tag::kAdj || !x.get(feat::kDef) || (classes(w) & (kFormer | kGeneral)) || timed(w)) return false;
  if (x.lemma != kNone && c_.lexicon->demonym_of(x.lemma) != kNone) return false;
  const Dep d = dep(w);
  return d.rel == Rel::kAdj && m.words.contains(d.head);
}

// "The Brazilian Senate": a name of a body of one country beside the adjective of another.
bool SentenceActors::of_another_country(const NameMatch& m, const EntityRow& e) const {
  if (e.country == kNone || (e.type != WorldType::kOrganization && e.type != WorldType::kParty)) return false;
  const bool latin = token(m.words.first).script == Script::kLatin;
  const uint32_t w = latin ? (m.words.first > range_.first ? m.words.first - 1 : kNone) : m.words.last < range_.last ? m.words.last : kNone;
  if (w == kNone || punct(w) || (!latin && (word(w).tag != Tag::kAdj || !word(w).get(feat::kDef)))) return false;
  if (latin && !(token(w).flags & token_flag::kCapital)) return false;
  const uint32_t entity = demonym_at(w);
  return entity != kNone && world_.entity(entity).type == WorldType::kCountry && entity != e.country;
}

float SentenceActors::rank(const NameMatch& m, const NameRow& n) const {
  static constexpr float kByKind[] = {10, 10, 7, 9, 5, 9, 8, 3, 8, 6, 2};  // order of NameKind
  const EntityRow& e = world_.entity(n.entity);
  float score = kByKind[static_cast<int>(n.kind)];
  switch (e.type) {
    case WorldType::kCountry: score += 4; break;
    case WorldType::kOrganization: case WorldType::kArmedGroup: case WorldType::kRegion: score += 3; break;
    case WorldType::kPlace: score += locative_before(m.words.first) ? 4.f : 0.f; break;
    default: score += 2; break;
  }
  if (e.type == WorldType::kPerson && titled(m.words.first)) score += 6;
  const uint32_t country = e.type == WorldType::kCountry ? n.entity : e.country;
  if (country != kNone && weight(country) > 0) score += country == st_.dominant ? 5.f : 3.f;
  if (named(n.entity)) score += 4;
  if (!valid_on(n.from, n.to, st_.on) || !valid_on(e.from, e.to, st_.on)) score -= st_.on ? 4.f : 1.f;
  if (e.place != kNone && world_.places()[e.place].population > 0) score += 0.5f;
  if (e.type == WorldType::kPerson) {
    for (const OfficeRow& o : world_.offices_of(n.entity))
      if (st_.on && valid_on(o.from, o.to, st_.on)) { score += 3; break; }
  }
  return score;
}

uint32_t SentenceActors::take_name(uint32_t w) {
  if (w >= in_.matches.name_at.size()) return w;
  const uint32_t first = in_.matches.name_at[w];
  if (first == kNone || in_.matches.names[first].words.first != w) return w;
  const NameMatch& m = in_.matches.names[first];
  if (m.words.size() == 1 && word(w).tag == Tag::kAdj && c_.lexicon->demonym_of(in_.lemma_at(w)) != kNone) return w;
  float best = -1, second = -1;
  uint32_t chosen = kNone;
  for (uint32_t i = first; i < first + std::min<uint32_t>(m.candidates, 12); ++i) {
    const NameRow& n = world_.names()[in_.matches.names[i].name];
    if (homonym(m, n)) continue;
    if (qualified(m)) {
      const WorldType type = world_.entity(n.entity).type;
      if (type == WorldType::kOrganization || type == WorldType::kParty || type == WorldType::kMovement) continue;
    }
    if (of_another_country(m, world_.entity(n.entity))) continue;
    if (n.kind == NameKind::kAmbiguous && !named(n.entity)) {
      const EntityRow& e = world_.entity(n.entity);
      const uint32_t country = e.type == WorldType::kCountry ? n.entity : e.country;
      const bool proper = word(w).tag == Tag::kPropn || (token(w).flags & token_flag::kCapital);
      if ((country == kNone || weight(country) == 0) && !proper) continue;
    }
    const float r = rank(m, n);
    if (chosen != kNone && world_.names()[chosen].entity == n.entity) { best = std::max(best, r); continue; }
    if (r > best) { second = best; best = r; chosen = in_.matches.names[i].name; }
    else second = std::max(second, r);
  }
  if (chosen == kNone) return w;
  const NameRow& n = world_.names()[chosen];
  const EntityRow& e = world_.entity(n.entity);
  if (e.type == WorldType::kPerson && n.kind == NameKind::kShort && !named(n.entity)) {
    const ActorState::Alias* a = alias_of(m.words);  // somebody else of that name is already in the document
    if (a && a->type == EntityType::kPerson && !(a->entity == EntityRef{n.entity, false}) && !titled(w)) return w;
  }
  Unit& u = add(m.words, ActorUnitKind::kName);
  u.name = chosen;
  u.entity = {n.entity, false};
  u.type = World::record_type(e.type);
  u.country = e.type == WorldType::kCountry ? n.entity : e.country;
  u.sector = e.sector;
  u.place_row = e.place;
  u.evaluative = n.kind == NameKind::kEvaluative;
  u.definite = true;
  if (second >= 0) u.doubt = static_cast<uint8_t>(best - second >= 6 ? 0 : 150 - 25 * (best - second));
  if (n.kind == NameKind::kAmbiguous) u.doubt = std::max<uint8_t>(u.doubt, named(n.entity) || weight(u.country) > 2 ? 40 : 128);
  u.attributive = dep(u.head).rel == Rel::kAdj || dep(u.head).rel == Rel::kNmod;
  return m.words.last;
}

uint32_t SentenceActors::take_demonym(uint32_t w) {
  const Word& x = word(w);
  const bool several = w < in_.matches.expression_at.size() && in_.matches.expression_at[w] != kNone &&  // South African
                       in_.matches.expressions[in_.matches.expression_at[w]].words.first == w;
  if (x.tag != Tag::kAdj && x.tag != Tag::kNoun && x.tag != Tag::kPropn && !several) return w;
  const uint32_t entity = demonym_at(w);
  if (entity == kNone) return w;
  const Token& t = token(w);
  if (t.script == Script::kLatin && !(t.flags & token_flag::kCapital)) return w;
  uint32_t last = w + 1;
  if (w < in_.matches.expression_at.size() && in_.matches.expression_at[w] != kNone) {
    const ExpressionMatch& e = in_.matches.expressions[in_.matches.expression_at[w]];
    if (e.words.first == w) last = e.words.last;
  }
  Unit& u = add({w, last}, ActorUnitKind::kDemonym);
  const EntityRow& e = world_.entity(entity);
  u.entity = {entity, false};
  u.type = World::record_type(e.type);
  u.country = e.type == WorldType::kCountry ? entity : e.country;
  const Rel rel = dep(u.head).rel;
  const bool noun_place = rel == Rel::kSubj || rel == Rel::kObj || rel == Rel::kObl || rel == Rel::kAgent || rel == Rel::kGen || rel == Rel::kRoot;
  const bool plural = u.number == 3 || x.tag == Tag::kNoun;
  u.attributive = rel == Rel::kAdj || rel == Rel::kNmod || rel == Rel::kFlat || !(noun_place && plural) || ((x.tag == Tag::kAdj || x.tag == Tag::kPropn) && u.number <= 1);
  return last;
}

uint32_t SentenceActors::take_role(uint32_t w) {
  uint32_t last = w + 1;
  uint32_t role = kNone;
  if (w < in_.matches.expression_at.size() && in_.matches.expression_at[w] != kNone) {
    const ExpressionMatch& e = in_.matches.expressions[in_.matches.expression_at[w]];
    const ExpressionRow& row = c_.lexicon->expressions()[e.expression];
    if (e.words.first == w && (row.kind == 1 || row.role != kNone)) {
      role = row.role != kNone ? row.role : c_.lexicon->role_of(e.lemma);
      last = e.words.last;
    } else if (row.tag != Tag::kNoun && row.tag != Tag::kAdj) {
      return w;
    }
  }
  if (role == kNone) {
    last = w + 1;
    const Word& x = word(w);
    if (x.tag != Tag::kNoun && x.tag != Tag::kPropn && x.tag != Tag::kAdj) return w;
    if (x.tag == Tag::kAdj && (dep(w).rel == Rel::kAdj || dep(w).rel == Rel::kComp || dep(w).rel == Rel::kAdv || dep(w).rel == Rel::kRoot)) return w;
    if (classes(w) & kNoRole) return w;
    role = role_at(w);
    if (role == kNone) return w;
    if ((classes(w) & kPlaceNoun) && !c_.is_state(c_.lexicon->roles()[role].sector)) return w;  // a village is a place
    // a district or a governorate that is named: the place
    if ((classes(w) & kPlaceNoun) && w + 1 < range_.last && in_.matches.name_at[w + 1] != kNone) return w;
    // definite after definite: an adjective of that noun
    if (token(w).script != Script::kLatin && x.get(feat::kDef) && w > range_.first && word(w - 1).get(feat::kDef) && !punct(w - 1) &&
        unit_at(w - 1) == kNone && (word(w - 1).tag == Tag::kNoun || word(w - 1).tag == Tag::kPropn)) return w;
    // the state as such is a country, not one of its bodies
    if (classes(w) & kCountryNoun) return w;
    // an adjective that follows its noun
    if (token(w).script != Script::kLatin && x.tag == Tag::kAdj && w > range_.first && word(w - 1).tag == Tag::kNoun &&
        starts_token(w) && word(w - 1).get(feat::kDef) == x.get(feat::kDef)) return w;
    // a definite word that repeats the article of its noun is an adjective
    if (token(w).script != Script::kLatin && x.get(feat::kDef) && w > range_.first && word(w - 1).get(feat::kDef) && !punct(w - 1) &&
        c_.lexicon->roles()[role].type != static_cast<uint8_t>(EntityType::kPerson) && dep(w).head != kNone && dep(w).head < w && dep(w).rel != Rel::kSubj && dep(w).rel != Rel::kObj) return w;
  }
  const RoleRow& r = c_.lexicon->roles()[role];
  Unit& u = add({w, last}, ActorUnitKind::kRole);
  u.role = role;
  u.type = static_cast<EntityType>(r.type);
  u.sector = r.sector;
  if (r.flags & role_flag::kPlural) u.number = 3;
  else if (last > w + 1 && token(w).script != Script::kLatin) {
    // an expression as the table writes it, not its plural
    const std::string_view text = t_.pack().str(r.text), norm = in_.text.norm_of(token(w));
    const size_t at = text.find(norm.substr(0, norm.size()));
    if (at == 0 || (norm.size() > 4 && text.find(norm.substr(4)) == 0)) u.number = 1;
  }
  else if (word(w).lemma != kNone && c_.lexicon->lemmas().row(word(w).lemma).key == word(w).key) u.number = 1;  // as the dictionary has it
  if (!u.gender && r.lemma != kNone && u.number != 3) u.gender = c_.lexicon->lemmas().row(r.lemma).gender;
  for (uint32_t i = w; i < last; ++i) u.classes |= classes(i);
  if (u.number != 2 && u.head + 1 < in_.clauses.child_begin.size()) {
    for (const uint32_t* p = in_.clauses.children_begin(u.head); p != in_.clauses.children_end(u.head); ++p)
      if (dep(*p).rel == Rel::kNum && word(*p).tag == Tag::kNum) u.number = 3;
  }
  return last;
}

uint32_t SentenceActors::take_common(uint32_t w) {
  const Word& x = word(w);
  const uint32_t c = classes(w);
  const bool possessed = (c & kCounterpart) && w + 1 < range_.last && word(w + 1).token == x.token && word(w + 1).tag == Tag::kPron;
  if (!possessed && x.tag != Tag::kNoun && x.tag != Tag::kPropn && x.tag != Tag::kAdj && x.tag != Tag::kPron && x.tag != Tag::kNum && x.tag != Tag::kDet) return w;
  if (!(c & (kRefers | kSource | kCounterpart))) return w;
  add({w, w + 1}, ActorUnitKind::kCommon);
  return w + 1;
}

uint32_t SentenceActors::take_pronoun(uint32_t w) {
  const Word& x = word(w);
  if (x.tag != Tag::kPron && x.tag != Tag::kDet) return w;
  if (x.get(feat::kRelative) || x.get(feat::kWh)) return w;
  if (!t_.pronoun(x.key)) return w;
  add({w, w + 1}, ActorUnitKind::kPronoun);
  return w + 1;
}

void SentenceActors::collect() {
  st_.units.clear();
  st_.unit_of.assign(range_.size(), kNone);
  note_times();
  const auto& name_at = in_.matches.name_at;
  const auto& expression_at = in_.matches.expression_at;
  for (uint32_t w = range_.first; w < range_.last;) {
    const Word& x = word(w);
    uint32_t next = w;
    if (punct(w)) {
      next = take_quoted(w);
    } else {
      if (w < name_at.size() && name_at[w] != kNone) next = take_name(w);
      if (next == w && !timed(w)) {
        const bool role = (x.asks & ask::kRole) || (w < expression_at.size() && expression_at[w] != kNone);
        if (x.tag == Tag::kPron || x.tag == Tag::kDet) next = take_pronoun(w);
        if (next == w && role) next = take_demonym(w);
        if (next == w) next = take_unknown(w);
        if (next == w && role) next = take_role(w);
        if (next == w && (x.asks & ask::kActor)) next = take_common(w);
      }
    }
    w = next > w ? next : w + 1;
  }
}

}  // namespace biruni
