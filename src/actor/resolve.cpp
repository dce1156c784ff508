// Units -> mentions, in the order of their head words; what refers back takes its entity from an earlier mention.
#include <algorithm>

#include "actor/sentence.h"

namespace biruni {
using namespace actor_class;

namespace {
bool same_actor(const Mention& a, const Mention& b) { return a.entity == b.entity && a.country == b.country && a.sector == b.sector; }
}  // namespace

uint32_t SentenceActors::role_lemma(const Unit& u) const { return u.role == kNone ? word(u.head).lemma : c_.lexicon->roles()[u.role].lemma; }

uint32_t SentenceActors::push(const Unit& u, Mention m) {
  const uint32_t row = static_cast<uint32_t>(out_.rows.size());
  m.words = u.phrase;
  m.head = u.head;
  m.raw = in_.span_of(m.words);
  m.plural = m.plural || u.number == 3 || u.number == 2;
  m.evaluative = m.evaluative || u.evaluative;
  m.doubt = std::max(m.doubt, u.doubt);
  out_.rows.push_back(m);
  ActorState::Trait t;
  t.sentence = s_;
  t.number = u.number ? u.number : 1;
  t.gender = u.gender;
  t.human = m.type == EntityType::kPerson || (m.type == EntityType::kGroup && m.form == MentionForm::kRole);
  t.lemma = u.title != kNone && u.kind != ActorUnitKind::kRole ? role_lemma(st_.units[u.title])
            : u.kind == ActorUnitKind::kRole || u.kind == ActorUnitKind::kCommon ? role_lemma(u) : kNone;
  t.possible = m.form != MentionForm::kAdjective;
  const Rel rel = dep(first_conjunct(in_.clauses, u.head)).rel;
  t.subject = rel == Rel::kSubj || rel == Rel::kAgent || rel == Rel::kRoot;
  const uint32_t governor = dep(first_conjunct(in_.clauses, u.head)).head;
  t.main = rel == Rel::kSubj && governor != kNone && (dep(governor).rel == Rel::kRoot || dep(governor).head == kNone);
  if (m.form == MentionForm::kPronoun && m.antecedent != kNone) {
    const ActorState::Trait& a = st_.traits[m.antecedent];
    t.human = a.human; t.number = a.number; t.gender = a.gender; t.lemma = a.lemma;
  }
  st_.traits.push_back(t);
  const auto claim = [&](uint32_t w) { if (w < out_.of_word.size() && out_.of_word[w] == kNone) out_.of_word[w] = row; };
  if (out_.of_word[u.head] == kNone || out_.rows[out_.of_word[u.head]].head != u.head) out_.of_word[u.head] = row;
  claim(u.words.first);
  claim(head_of(u.words));
  if (u.title != kNone && u.kind != ActorUnitKind::kRole) {
    for (const Unit& title : st_.units)
      if (title.into != kNone && &st_.units[title.into] == &u) claim(title.head);
  }
  if (m.country != kNone && m.form != MentionForm::kPronoun && !m.place) st_.last_country = m.country;
  if (m.country != kNone && m.type == EntityType::kCountry) st_.last_country = m.country;
  return row;
}

void SentenceActors::place_or_actor(const Unit& u, Mention& m) const {
  const uint32_t w = first_conjunct(in_.clauses, u.head);
  const Dep d = dep(w);
  const uint32_t prep = d.case_word == kNone ? 0 : classes(d.case_word);
  const bool locative = (prep & kLocative) || (u.words.first > range_.first && (classes(u.words.first - 1) & (kLocative | kPlaceNoun)));
  const bool capital = u.type == EntityType::kPlace && u.country != kNone && u.place_row != kNone && c_.capital_of[u.country] == u.place_row;
  m.place = true;
  // a dateline
  if (u.words.first == range_.first && (token(u.words.first).flags & token_flag::kAllCaps) && u.type == EntityType::kPlace) return;
  if (u.type == EntityType::kCountry || u.type == EntityType::kRegion) {
    m.actor = !locative;
    if (m.actor && u.type == EntityType::kCountry) m.sector = u.sector ? u.sector : c_.gov;
    if (u.type == EntityType::kCountry && u.entity.valid() && !u.entity.local) {  // a state that few recognise lies in another
      const uint32_t parent = world_.entity(u.entity.index).country;
      if (parent != kNone && parent != u.entity.index && u.sector) m.country = parent;
    }
    return;
  }
  if (!capital || locative) return;
  const uint32_t governor = d.head == kNone ? 0 : classes(d.head);
  bool stands = false, sure = true;
  switch (d.rel) {
    case Rel::kSubj: case Rel::kAgent: {
      const bool passive = d.clause < in_.clauses.clauses.size() && in_.clauses.clauses[d.clause].passive;
      stands = !(passive && (governor & kPlaceVerb));
      break;
    }
    case Rel::kObl: stands = (prep & kPartner) != 0; break;
    case Rel::kObj: case Rel::kObj2: stands = !(governor & kPlaceVerb); sure = false; break;
    case Rel::kGen: case Rel::kNmod: case Rel::kAdj: stands = !(governor & (kPlaceNoun | kCapitalNoun)); sure = false; break;
    default: break;
  }
  if (!stands) return;
  m.actor = true;
  m.metonym = true;
  m.place = !sure;
  m.entity = {u.country, false};
  m.type = EntityType::kCountry;
  m.sector = c_.gov;
  if (!sure) m.doubt = std::max<uint8_t>(m.doubt, 80);
}

// Of a deputy, head or spokesman: the sector of what is between the title and the name.
uint8_t SentenceActors::title_sector(const Unit& u) const {
  const Unit& title = st_.units[u.title];
  if (title.classes & kDelegate) {
    for (uint32_t w = title.words.last; w < u.words.first; ++w) {
      const uint32_t i = unit_at(w);
      if (i == kNone) continue;
      const Unit& x = st_.units[i];
      if ((x.kind == ActorUnitKind::kRole || x.type == EntityType::kOrganization || x.type == EntityType::kArmedGroup) && x.sector && x.sector != c_.unk) return x.sector;
    }
  }
  return title.sector;
}

void SentenceActors::emit_name(Unit& u) {
  Mention m;
  m.entity = u.entity;
  m.type = u.type;
  m.country = u.country;
  m.sector = u.sector;
  m.name = u.name;
  m.place_row = u.place_row;
  const EntityRow& e = world_.entity(u.entity.index);
  bool in_office = false;
  switch (u.type) {
    case EntityType::kCountry: case EntityType::kRegion: case EntityType::kPlace:
      place_or_actor(u, m);
      u.number = 1;
      u.gender = token(u.words.first).script == Script::kLatin ? 0 : (classes(u.words.first) & kMasculine) ? 1 : 2;
      break;
    case EntityType::kPerson: {
      m.actor = true;
      u.number = 1;
      bool past = false;
      bool& now = in_office;
      for (const OfficeRow& o : world_.offices_of(u.entity.index)) {
        if (valid_on(o.from, o.to, st_.on)) now = true;
        else if (o.to && st_.on && o.to < st_.on) past = true;
      }
      if (past && !now && m.sector == c_.gov) m.sector = c_.eli;
      in_office = now && m.sector == c_.gov;
      break;
    }
    default:
      m.actor = true;
      if (e.type == WorldType::kOrganization && m.sector == 0) m.sector = m.country == kNone ? c_.igo : c_.unk;
      if (m.country != kNone && c_.is_state(m.sector)) {
        // a building or seat that stands for its state; an organ that is named by what it is and whose
        const bool seat = e.side && world_.find(t_.pack().str(e.side)) == m.country;
        if (seat || described_organ(u)) { m.entity = {m.country, false}; m.metonym = seat; }
      }
      if (m.sector == c_.igo || (c_.is_outside(m.sector) && e.type != WorldType::kOrganization)) m.country = kNone;
      break;
  }
  if (u.type == EntityType::kPerson && u.title != kNone) {
    m.role = st_.units[u.title].role;
    const uint8_t sector = title_sector(u);
    if (sector && sector != c_.unk && !in_office && !(u.classes & kFormer) && (c_.is_outside(sector) == c_.is_outside(m.sector) || !m.sector)) m.sector = sector;
    if (m.sector == c_.igo) m.country = kNone;
  }
  if ((u.classes & kFormer) && m.sector == c_.gov) m.sector = c_.eli;
  u.mention = push(u, m);
}

void SentenceActors::emit_local(Unit& u) {
  Mention m;
  m.entity = u.entity;
  m.type = u.type;
  m.country = u.country;
  m.sector = u.sector;
  m.actor = u.type != EntityType::kPlace;
  m.place = u.type == EntityType::kPlace;
  if (u.title != kNone) {
    m.role = st_.units[u.title].role;
    if ((u.classes & kFormer) && m.sector == c_.gov) m.sector = c_.eli;
  }
  u.mention = push(u, m);
}

void SentenceActors::emit_demonym(Unit& u) {
  Mention m;
  m.entity = u.entity;
  m.country = u.country;
  m.type = u.type;
  m.actor = true;
  if (u.attributive) {
    m.form = MentionForm::kAdjective;
    m.sector = u.type == EntityType::kCountry ? c_.gov : 0;
  } else {
    // Russians, the French: people, not their government
    m.form = MentionForm::kRole;
    m.type = word(u.head).get(feat::kNumber) == 1 && word(u.head).tag == Tag::kNoun ? EntityType::kPerson : EntityType::kGroup;
    m.entity = {};
    m.sector = world_.sector_index("CVL");
  }
  u.mention = push(u, m);
}

bool SentenceActors::unnamed_source(const Unit& u) const {
  if (u.classes & kSource) return true;
  if (u.type != EntityType::kPerson && u.type != EntityType::kGroup) return false;
  const bool latin = token(u.head).script == Script::kLatin;
  bool definite = latin ? u.definite : word(u.head).get(feat::kDef) != 0;
  if (!latin && u.words.last < range_.last && word(u.words.last).tag == Tag::kNoun && word(u.words.last).get(feat::kDef)) definite = true;
  if ((u.classes & kUnnamedRole) && !definite) return true;
  if (definite) return false;
  for (uint32_t w = u.phrase.last; w < range_.last && w < u.phrase.last + 16; ++w)
    if (classes(w) & kUnnamed) return true;
  return false;
}

// Several countries of one phrase: two adjectives, or names after "of" or "from" that are joined.
int SentenceActors::countries_of(Unit& u, uint32_t* found, int limit) {
  int n = adjective_countries(u, found, limit);
  if (n) {
    for (uint32_t w = u.phrase.first; w < u.phrase.last && n < limit; ++w) {  // Kyrgyz and Tajik leaders
      const uint32_t i = unit_at(w);
      if (i == kNone || st_.units[i].kind != ActorUnitKind::kDemonym) continue;
      for_each_conjunct(in_.clauses, w, [&](uint32_t x) {
        const uint32_t k = unit_at(x);
        if (n < limit && k != kNone && st_.units[k].kind == ActorUnitKind::kDemonym && st_.units[k].attributive && st_.units[k].country != kNone &&
            std::find(found, found + n, st_.units[k].country) == found + n) found[n++] = st_.units[k].country;
      });
    }
    return n;
  }
  if (u.number != 3 && u.number != 2) return 0;
  if (u.head + 1 >= in_.clauses.child_begin.size()) return 0;
  for (const uint32_t* p = in_.clauses.children_begin(u.head); p != in_.clauses.children_end(u.head); ++p) {
    const Dep d = dep(*p);
    const bool of = d.rel == Rel::kGen || (d.rel == Rel::kObl && d.case_word != kNone && (classes(d.case_word) & kOf));
    if (!of) continue;
    for_each_conjunct(in_.clauses, *p, [&](uint32_t x) {
      const uint32_t k = unit_at(x);
      if (n < limit && k != kNone && st_.units[k].kind == ActorUnitKind::kName && st_.units[k].type == EntityType::kCountry &&
          std::find(found, found + n, st_.units[k].country) == found + n) found[n++] = st_.units[k].country;
    });
  }
  return n;
}

void SentenceActors::copy_back(Mention& m, uint32_t antecedent) const {
  uint32_t root = antecedent;
  for (int steps = 0; steps < 8 && out_.rows[root].antecedent != kNone; ++steps) root = out_.rows[root].antecedent;
  const Mention& a = out_.rows[root];
  m.entity = a.entity;
  m.country = a.country;
  m.type = a.type;
  m.sector = a.sector;
  m.actor = true;
  m.place = a.place && (a.type == EntityType::kCountry || a.type == EntityType::kPlace);
  if (a.type == EntityType::kCountry && !m.sector) m.sector = c_.gov;
  if (a.type == EntityType::kPlace) m.actor = false;
  m.place_row = a.place_row;
  m.name = a.name;
  m.role = a.role;
  m.anonymous = a.anonymous;
  m.antecedent = root;
}

bool SentenceActors::counted_pair(const Unit& u) const {
  for (uint32_t w = u.phrase.first; w < u.words.first; ++w)
    if (classes(w) & kPair) return true;
  return false;
}

bool SentenceActors::emit_pair(Unit& u, uint8_t sector, EntityType type) {
  // the two countries (or organisations) spoken of last
  uint32_t first = kNone, second = kNone;
  uint32_t said[3];
  int n = 0;
  look_back(1, [&](uint32_t i) {  // exactly two countries by name, here or in the sentence before
    const Mention& m = out_.rows[i];
    const bool by_name = m.country != kNone && m.doubt < 70 && (m.form == MentionForm::kName || m.form == MentionForm::kAdjective) &&
                         (m.type == EntityType::kCountry || m.metonym);
    if (!by_name || m.words.contains(u.head) || (m.place && !m.actor)) return false;
    for (int k = 0; k < n; ++k)
      if (out_.rows[said[k]].country == m.country) return false;
    said[n++] = i;
    return n == 3;
  });
  float total = 0;
  for (const auto& w : st_.weights) total += w.weight;
  if (n == 2) {
    first = said[0];
    second = said[1];
  } else if (st_.weights.size() > 1 && st_.weights[1].weight > 0.35f * st_.weights[0].weight && st_.weights[0].weight + st_.weights[1].weight > 0.5f * total) {
    for (int k = 0; k < 2; ++k) {  // the two that the document is about
      Mention m;
      m.country = st_.weights[k].country;
      m.entity = {m.country, false};
      m.type = EntityType::kCountry;
      m.sector = sector ? sector : c_.gov;
      m.form = MentionForm::kCommon;
      m.actor = m.plural = true;
      m.doubt = 90;
      const uint32_t row = push(u, m);
      if (u.mention == kNone) u.mention = row;
    }
    return true;
  } else look_back(4, [&](uint32_t i) {
    const Mention& m = out_.rows[i];
    if (!m.entity.valid() && m.country == kNone) return false;
    if (m.type == EntityType::kPlace || (m.place && !m.actor)) return false;
    if (type == EntityType::kCountry && m.country == kNone) return false;
    if (m.words.contains(u.head)) return false;
    if (first == kNone) { first = i; return false; }
    const Mention& f = out_.rows[first];
    if (m.entity.valid() && m.entity == f.entity) return false;
    const auto body = [](const Mention& x) { return x.form == MentionForm::kName && (x.type == EntityType::kArmedGroup || x.type == EntityType::kOrganization); };
    if (m.country != kNone && m.country == f.country && (type == EntityType::kCountry || !body(m) || !body(f))) return false;
    if (type == EntityType::kCountry && m.type == EntityType::kRegion) return false;
    second = i;
    return true;
  });
  if (second == kNone) return false;
  for (const uint32_t i : {second, first}) {
    Mention m;
    copy_back(m, i);
    if (m.country != kNone && (type == EntityType::kCountry || sector)) {
      m.entity = {m.country, false};
      m.type = EntityType::kCountry;
      m.sector = sector ? sector : c_.gov;
    }
    m.form = MentionForm::kCommon;
    m.plural = true;
    m.doubt = std::max<uint8_t>(m.doubt, 60);
    const uint32_t row = push(u, m);
    if (u.mention == kNone) u.mention = row;
  }
  return true;
}

void SentenceActors::emit_role(Unit& u) {
  Mention m;
  m.form = MentionForm::kRole;
  m.role = u.role;
  m.type = u.type;
  m.sector = u.sector;
  m.actor = true;
  m.anonymous = unnamed_source(u);
  const bool back_word = (u.sector == c_.unk || u.sector == 0) && (u.classes & kRefers) && u.definite;
  // an organisation in the phrase: its fighters, its envoy
  uint32_t org = kNone;
  for (uint32_t w = u.phrase.first; w < u.phrase.last; ++w) {
    const uint32_t i = unit_at(w);
    if (i == kNone || u.words.contains(w)) continue;
    const Unit& x = st_.units[i];
    if ((x.kind == ActorUnitKind::kName || x.kind == ActorUnitKind::kAlias || x.kind == ActorUnitKind::kQuoted) &&
        (x.type == EntityType::kOrganization || x.type == EntityType::kArmedGroup || x.type == EntityType::kGroup)) { org = i; break; }
  }
  if (u.classes & kDelegate) {  // deputy of, head of, spokesman for: as that is
    for (uint32_t w = u.words.last; w < u.phrase.last + 3 && w < range_.last; ++w) {
      const uint32_t i = unit_at(w);
      if (i == kNone || st_.units[i].kind == ActorUnitKind::kDemonym || st_.units[i].kind == ActorUnitKind::kPronoun) {
        if (w >= u.phrase.last && !(classes(w) & kOf)) break;
        continue;
      }
      const Unit& x = st_.units[i];
      if ((x.kind == ActorUnitKind::kRole || x.type == EntityType::kOrganization || x.type == EntityType::kArmedGroup) && x.sector && x.sector != c_.unk &&
          x.type != EntityType::kGroup) m.sector = x.sector;
      break;
    }
  }
  if (u.title != kNone) {  // in apposition to a name
    const Unit& name = st_.units[u.title];
    m.entity = name.entity;
    m.country = name.country;
    m.type = name.type;
    if (m.sector == c_.unk) m.sector = name.sector;
    if (c_.is_outside(m.sector)) m.country = kNone;
    m.antecedent = name.mention;
    m.anonymous = false;
    if ((u.classes & kFormer) && m.sector == c_.gov) m.sector = c_.eli;
    u.mention = push(u, m);
    return;
  }
  if (org != kNone && adjective_countries(u, &m.country, 1) == 0) {
    const Unit& x = st_.units[org];
    m.entity = x.entity;
    m.country = x.country;
    const bool armed = x.type == EntityType::kArmedGroup || (c_.lexicon->roles()[u.role].flags & role_flag::kArmed);
    if (c_.is_outside(x.sector) || armed || m.sector == c_.unk || !m.sector) m.sector = x.sector ? x.sector : m.sector;
    if (c_.is_outside(m.sector)) m.country = kNone;
    if (!x.entity.local)
      if (const uint32_t person = holder(u, x.entity.index); person != kNone) m.entity = {person, false};
    u.mention = push(u, m);
    return;
  }
  uint32_t found[6];
  const int n = countries_of(u, found, 6);
  if (n >= 2) {
    for (int i = 0; i < n; ++i) {
      Mention x = m;
      x.country = found[i];
      if (c_.is_state(x.sector)) x.entity = {found[i], false};
      const uint32_t row = push(u, x);
      if (u.mention == kNone) u.mention = row;
    }
    return;
  }
  uint32_t explicit_country = n == 1 ? found[0] : country_of(u, 1);
  if (explicit_country == kNone && ((u.number == 2 && u.phrase == u.words && u.definite) || (u.definite && ((u.classes & kPair) || counted_pair(u)))) && c_.is_state(u.sector)) {
    if (emit_pair(u, u.sector, EntityType::kCountry)) return;
  }
  if (explicit_country == kNone && back_word) { emit_common(u); if (u.mention != kNone) return; }
  // a possessor that is an organisation: its fighters
  if (n == 0) {
    for (uint32_t w = u.phrase.first; w < u.phrase.last; ++w) {
      const uint32_t i = unit_at(w);
      if (i == kNone || st_.units[i].kind != ActorUnitKind::kPronoun) continue;
      const uint32_t a = antecedent_of_word(w);
      if (a == kNone) continue;
      const Mention& x = out_.rows[a];
      if (x.type == EntityType::kArmedGroup || x.type == EntityType::kOrganization || x.type == EntityType::kGroup) {
        m.entity = x.entity;
        if (x.form == MentionForm::kRole || c_.is_state(x.sector)) continue;
        if (x.sector && (c_.is_outside(x.sector) || x.type == EntityType::kArmedGroup || m.sector == c_.gov || m.sector == c_.unk)) m.sector = x.sector;
        m.antecedent = kNone;
        m.country = c_.is_outside(m.sector) ? kNone : x.country;
        u.mention = push(u, m);
        return;
      }
    }
  }
  if (explicit_country == kNone && u.definite && !m.anonymous && u.number != 3) {
    const uint32_t lemma = role_lemma(u);
    const bool person = u.type == EntityType::kPerson;
    const uint32_t a = look_back(person ? 12 : 20, [&](uint32_t i) {
      const Mention& x = out_.rows[i];
      if (lemma == kNone || st_.traits[i].lemma != lemma || x.words.contains(u.head)) return false;
      if (u.sector == c_.unk) return false;
      return person ? x.type == EntityType::kPerson && x.entity.valid() && x.form != MentionForm::kPronoun : x.country != kNone || x.entity.valid();
    });
    if (a != kNone) {
      const uint8_t sector = m.sector;
      copy_back(m, a);
      if (sector && sector != c_.unk) m.sector = sector;
      m.form = MentionForm::kCommon;
      m.role = u.role;
      m.place = false;
      u.mention = push(u, m);
      return;
    }
  }
  if (explicit_country != kNone) m.country = explicit_country;
  else { m.country = context_country(u); if (m.country != kNone) m.doubt = 70; }
  if (c_.is_outside(m.sector)) m.country = kNone;
  if ((u.classes & kFormer) && m.sector == c_.gov) m.sector = c_.eli;
  if (m.country != kNone && c_.is_state(m.sector)) m.entity = {m.country, false};
  if (explicit_country != kNone) {  // the office by the date of the text
    if (const uint32_t person = holder(u, explicit_country); person != kNone) m.entity = {person, false};
  }
  u.mention = push(u, m);
}

void SentenceActors::emit_common(Unit& u) {
  Mention m;
  m.form = MentionForm::kCommon;
  m.actor = true;
  const uint32_t c = u.classes;
  if (c & kSource) {
    m.anonymous = true;
    m.type = EntityType::kGroup;
    m.sector = c_.unk;
    m.country = country_of(u, 1);
    if (u.kind == ActorUnitKind::kRole) { m.form = MentionForm::kRole; m.role = u.role; }
    for (uint32_t w = u.phrase.first; w < u.phrase.last; ++w) {  // a military source
      const uint32_t role = word(w).tag == Tag::kAdj ? c_.lexicon->role_of(word(w).lemma) : kNone;
      if (role != kNone && c_.is_state(c_.lexicon->roles()[role].sector)) m.sector = c_.lexicon->roles()[role].sector;
    }
    u.mention = push(u, m);
    return;
  }
  uint32_t found[6];
  const int n = countries_of(u, found, 6);
  if (c & kCounterpart) {
    m.type = EntityType::kPerson;
    m.country = n ? found[0] : country_of(u, 1);
    const uint32_t a = look_back(2, [&](uint32_t i) { return out_.rows[i].type == EntityType::kPerson && c_.is_state(out_.rows[i].sector); });
    m.sector = a == kNone ? c_.gov : out_.rows[a].sector;
    if (!n && a != kNone && m.country == out_.rows[a].country) m.country = kNone;
    if (m.country != kNone) m.entity = {m.country, false};
    u.mention = push(u, m);
    return;
  }
  bool paired = u.number == 2 || (c & kPair);
  for (uint32_t w = u.phrase.first; w < u.words.first && !paired; ++w) paired = (classes(w) & kPair) != 0;
  if ((c & kPairNoun) && paired) { emit_pair(u, 0, (c & kCountryNoun) ? EntityType::kCountry : EntityType::kNone); return; }
  if (c & kCountryNoun) {
    if (u.number == 3 || u.number == 2) return;
    if (n == 1) {  // the Kazakh state
      m.country = found[0];
    } else {
      if (!u.definite) return;
      m.country = country_of(u, 1);
      if (m.country == kNone) m.country = st_.dominance >= 0.45f ? st_.dominant : st_.last_country != kNone ? st_.last_country : st_.dominant;
      m.doubt = 60;
    }
    if (m.country == kNone) return;
    m.entity = {m.country, false};
    m.type = EntityType::kCountry;
    Unit shape = u;
    shape.type = EntityType::kCountry;
    place_or_actor(shape, m);
    u.number = 1;
    u.mention = push(u, m);
    return;
  }
  if (c & (kPlaceNoun | kCapitalNoun)) {  // the city of N: N
    for (uint32_t w = u.phrase.first; w < u.phrase.last; ++w) {
      const uint32_t i = unit_at(w);
      if (i == kNone || st_.units[i].type != EntityType::kPlace || !st_.units[i].entity.valid()) continue;
      if (c & kCapitalNoun) return;  // of a province
      const Unit& x = st_.units[i];
      m.entity = x.entity;
      m.country = x.country;
      m.type = x.type;
      m.place_row = x.place_row;
      m.name = x.name;
      m.place = true;
      m.actor = false;
      u.mention = push(u, m);
      return;
    }
  }
  if (!u.definite || u.indefinite) return;
  if (c & kCapitalNoun) {
    m.country = n == 1 ? found[0] : country_of(u, 1);
    if (m.country == kNone) m.country = st_.dominance >= 0.4f ? st_.dominant : st_.last_country;
    if (m.country == kNone || c_.capital_of[m.country] == kNone) return;
    m.place_row = c_.capital_of[m.country];
    m.entity = {world_.places()[m.place_row].entity, false};
    m.type = EntityType::kPlace;
    m.place = true;
    m.actor = false;
    u.mention = push(u, m);
    return;
  }
  if (n) {  // a movement with a country: its own
    m.country = found[0];
    m.type = (c & kArmedNoun) ? EntityType::kArmedGroup : (c & kPersonNoun) ? EntityType::kPerson : EntityType::kOrganization;
    if (c & kPlaceNoun) { m.place = true; m.actor = false; m.type = EntityType::kPlace; }
    if (u.kind == ActorUnitKind::kRole) return;
    u.mention = push(u, m);
    return;
  }
  // a qualified noun is something else: "the opposition movement", unless the word before it only points back
  bool bare = true;
  for (uint32_t w = u.phrase.first; w < u.phrase.last && bare; ++w) {
    if (u.words.contains(w) || punct(w)) continue;
    if (!(classes(w) & (kDefinite | kGeneral)) && word(w).tag != Tag::kDet) bare = false;
  }
  if (!bare) return;
  uint32_t a = kNone;
  const StrId own = word(u.head).key;
  if (!(c & (kPlaceNoun | kPersonNoun))) {  // the same word stands in its name: the Organisation, the Movement
    a = look_back(24, [&](uint32_t i) {
      const Mention& x = out_.rows[i];
      if (!x.entity.valid() || x.form != MentionForm::kName || x.type == EntityType::kPerson || x.words.contains(u.head)) return false;
      for (uint32_t w = x.words.first; w < x.words.last; ++w)
        if (word(w).key == own) return true;
      return false;
    });
  }
  if (a == kNone) a = look_back((c & kPlaceNoun) ? 4 : 14, [&](uint32_t i) {
    const Mention& x = out_.rows[i];
    if (!x.entity.valid() || x.form == MentionForm::kAdjective || x.words.contains(u.head)) return false;
    if (c & kPlaceNoun) return x.type == EntityType::kPlace && x.place;
    if (c & kPersonNoun) return x.type == EntityType::kPerson && (!u.gender || !st_.traits[i].gender || u.gender == st_.traits[i].gender);
    const EntityType t = x.type;
    if (x.form == MentionForm::kName && word(x.head).key != own && (classes(x.head) & (kOrgNoun | kArmedNoun))) return false;
    if ((c & kArmedNoun) && (t == EntityType::kArmedGroup || t == EntityType::kGroup)) return true;
    if ((c & kOrgNoun) && (t == EntityType::kOrganization || (t == EntityType::kGroup && x.form != MentionForm::kRole))) return !c_.is_state(x.sector) || x.entity.local;
    return false;
  });
  if (a == kNone) return;
  copy_back(m, a);
  m.doubt = 50;
  u.mention = push(u, m);
}

uint32_t SentenceActors::find_pronoun(const PronounRow& p, uint32_t w) const {
  const Dep d = dep(w);
  const bool possessive = p.kind == pronoun_kind::kPossessive || d.rel == Rel::kGen;
  const bool subject = d.rel == Rel::kSubj || word(w).tag == Tag::kVerb;
  int best = 1000;
  uint32_t found = kNone;
  int rank = 0;
  look_back(subject ? 2 : 1, [&](uint32_t i) {
    const Mention& m = out_.rows[i];
    const ActorState::Trait& t = st_.traits[i];
    if (m.head >= w || !t.possible || m.words.contains(w)) return false;
    if (!m.entity.valid() && m.country == kNone && !t.human && m.type == EntityType::kNone) return false;
    ++rank;
    if (p.human == 1 && !t.human && !(p.number == 3 && m.type == EntityType::kGroup)) return false;
    if (p.human == 2 && t.human) return false;
    const bool things = t.number == 3 && !t.human;
    if (p.number == 1) {
      if (t.number == 2 || (t.number == 3 && !(things && p.gender == 2 && p.human != 1))) return false;
    } else if (p.number == 3) {
      const bool many = t.number == 3 || m.plural || m.type == EntityType::kGroup || m.type == EntityType::kArmedGroup || (!p.gender && m.type == EntityType::kOrganization);
      if (!many || (p.gender == 1 && things && !m.sector)) return false;
    }
    if (p.gender && t.gender && p.gender != t.gender && !(things && p.gender == 2) && p.number != 3) return false;
    if (!possessive && !subject && t.subject && t.sentence == s_ && dep(m.head).clause == d.clause && p.kind != pronoun_kind::kReflexive) return false;
    int score = 2 * rank + (s_ - t.sentence ? 4 + 4 * static_cast<int>(s_ - t.sentence) : 0);
    if (t.subject) score -= subject ? 6 : 4;
    if (t.main) score -= subject ? 4 : 2;
    if (m.place && !m.actor) score += 7;
    if (m.anonymous) score += 2;
    if (possessive && t.sentence == s_ && dep(m.head).clause == d.clause && t.subject) score -= 3;
    if (t.gender && p.gender == t.gender) score -= 1;
    if (score < best) { best = score; found = i; }
    return rank > 24;
  });
  return found;
}

uint32_t SentenceActors::antecedent_of_word(uint32_t w) const {
  if (w < out_.of_word.size() && out_.of_word[w] != kNone && out_.rows[out_.of_word[w]].head == w) return out_.of_word[w];
  const PronounRow* p = t_.pronoun(word(w).key);
  return p ? find_pronoun(*p, w) : kNone;
}

void SentenceActors::emit_pronoun(Unit& u) {
  const PronounRow* p = t_.pronoun(word(u.head).key);
  if (!p) return;
  u.number = p->number;
  u.gender = p->gender;
  if (p->number == 2) { emit_pair(u, 0, EntityType::kNone); return; }
  const uint32_t a = find_pronoun(*p, u.head);
  if (a == kNone) return;
  Mention m;
  m.form = MentionForm::kPronoun;
  copy_back(m, a);
  m.form = MentionForm::kPronoun;
  m.plural = p->number == 3;
  m.doubt = 60;
  // the several entities of one phrase: "they" for both
  const Mention root = out_.rows[m.antecedent];  // a copy: push() moves the rows
  u.mention = push(u, m);
  if (p->number != 3) return;
  const uint32_t head = root.head;
  for (uint32_t i = m.antecedent + 1, last = u.mention; i < last && out_.rows[i].head == head && !same_actor(out_.rows[i], root); ++i) {
    Mention other;
    copy_back(other, i);
    other.form = MentionForm::kPronoun;
    other.plural = true;
    other.doubt = 60;
    push(u, other);
  }
}

void SentenceActors::emit(uint32_t index) {
  Unit& u = st_.units[index];
  switch (u.kind) {
    case ActorUnitKind::kName: emit_name(u); break;
    case ActorUnitKind::kDemonym: emit_demonym(u); break;
    case ActorUnitKind::kRole: emit_role(u); break;
    case ActorUnitKind::kCommon: emit_common(u); break;
    case ActorUnitKind::kUnknown: case ActorUnitKind::kAlias: case ActorUnitKind::kQuoted: emit_local(u); break;
    case ActorUnitKind::kPronoun: emit_pronoun(u); break;
  }
}

// A name and a role with a comma between them: "the lead prosecutor, N. N.,", "N, a firm".
void SentenceActors::appositions() {
  auto& units = st_.units;
  for (uint32_t r = 0; r < units.size(); ++r) {
    Unit& role = units[r];
    if (role.kind != ActorUnitKind::kRole || role.into != kNone || role.number == 3) continue;
    uint32_t n = kNone;
    if (role.phrase.first > range_.first + 1 && punct(role.phrase.first - 1)) {
      const uint32_t at = unit_at(role.phrase.first - 2);
      if (at != kNone && units[at].words.last == role.phrase.first - 1) n = at;
    }
    if (n == kNone && role.phrase.last + 1 < range_.last && punct(role.phrase.last)) n = unit_at(role.phrase.last + 1);
    if (n == kNone || n == r) continue;
    if (n > r && role.type == EntityType::kPerson) {  // "a lawyer for the mayor, N": the lawyer
      uint32_t top = r;
      for (int steps = 0; steps < 4; ++steps) {
        const Dep d = dep(units[top].head);
        if ((d.rel != Rel::kObl && d.rel != Rel::kGen && d.rel != Rel::kNmod) || d.head == kNone) break;
        const uint32_t up = unit_at(d.head);
        if (up == kNone || up == top || units[up].kind != ActorUnitKind::kRole || units[up].type != EntityType::kPerson || units[up].into != kNone) break;
        top = up;
      }
      if (top != r) {
        Unit& holder = units[top];
        Unit& name = units[n];
        if (name.kind != ActorUnitKind::kUnknown) continue;
        name.type = EntityType::kPerson;
        name.sector = holder.sector;
        if (name.country == kNone) name.country = country_of(holder, 0);
        holder.title = n;
        continue;
      }
    }
    const uint32_t w = n < r ? role.phrase.first - 1 : role.phrase.last;
    const char32_t mark = token(w).punct;
    if (mark != ',' && mark != 0x60C) continue;
    Unit& name = units[n];
    if (name.kind != ActorUnitKind::kName && name.kind != ActorUnitKind::kUnknown && name.kind != ActorUnitKind::kAlias) continue;
    if (name.type == EntityType::kPlace || name.type == EntityType::kCountry || name.type == EntityType::kRegion) continue;
    const bool unsure = name.kind == ActorUnitKind::kUnknown;
    const bool person = role.type == EntityType::kPerson;
    if (n < r && name.words.first > range_.first && punct(name.words.first - 1) && token(name.words.first - 1).punct == mark && !unsure) continue;  // a list
    if (!unsure && person != (name.type == EntityType::kPerson)) continue;
    if (n > r) {  // the name must close the apposition
      const uint32_t after = name.words.last;
      if (after < range_.last && !punct(after)) continue;
      if (!role.definite && !unsure) continue;
    }
    if (unsure) {
      name.type = person ? EntityType::kPerson : EntityType::kOrganization;
      name.doubt = 0;
    }
    if (!name.sector || unsure) name.sector = role.sector;
    if (name.country == kNone) name.country = country_of(role, 0);
    role.title = n;
  }
}

void SentenceActors::locals() {
  for (Unit& u : st_.units) {
    if (u.into != kNone) continue;
    if (u.kind == ActorUnitKind::kQuoted || u.kind == ActorUnitKind::kUnknown) {
      if (u.title != kNone) {
        Unit& title = st_.units[u.title];
        if (!u.sector) u.sector = title_sector(u) == c_.unk ? 0 : title_sector(u);
        if (u.country == kNone) {
          const WordRange keep = title.phrase;
          title.phrase = u.phrase;
          u.country = country_of(title, 0);
          title.phrase = keep;
        }
        if ((u.classes | title.classes) & kFemale) u.gender = 2;
        if (u.type == EntityType::kPerson && !u.gender) u.gender = static_cast<uint8_t>(word(title.head).get(feat::kGender));
      } else if (u.country == kNone && st_.dominance >= 0.55f) {
        u.country = st_.dominant;
        u.doubt = std::max<uint8_t>(u.doubt, 80);
      }
      if (c_.is_outside(u.sector)) u.country = kNone;
      if (u.type == EntityType::kNone) u.type = EntityType::kOrganization;
      u.entity = make_local(u.words, u.type, u.country, u.sector);
      remember(u);
      acronym_after(u);
    } else if (u.kind == ActorUnitKind::kAlias) {
      if (u.title != kNone) {
        const Unit& title = st_.units[u.title];
        if (title.sector && title.sector != c_.unk) u.sector = title_sector(u);
      }
    } else if (u.kind == ActorUnitKind::kName && u.type != EntityType::kPlace && u.type != EntityType::kCountry) {
      acronym_after(u);
      if (u.type == EntityType::kPerson && u.words.size() > 1) remember(u);  // by the last name from now on
    }
  }
}

// "a trader called N"
void SentenceActors::called() {
  for (uint32_t n = 0; n < st_.units.size(); ++n) {
    Unit& name = st_.units[n];
    if (name.kind != ActorUnitKind::kUnknown || name.into != kNone || name.words.first == range_.first || !(classes(name.words.first - 1) & kCalled)) continue;
    for (uint32_t r = n; r-- > 0;) {
      Unit& role = st_.units[r];
      if (role.words.last + 6 < name.words.first) break;
      if (role.number == 3) break;
      if (role.kind != ActorUnitKind::kRole || role.into != kNone) continue;
      name.type = role.type == EntityType::kOrganization ? EntityType::kOrganization : EntityType::kPerson;
      name.sector = role.sector;
      if (!name.gender) name.gender = role.gender;
      role.title = n;
      break;
    }
  }
}

// Clauses without a subject of their own, where the verb says who: the mention that is understood.
void SentenceActors::subjects() {
  const auto& clauses = in_.clauses.clauses;
  if (out_.of_clause.size() < clauses.size()) out_.of_clause.resize(clauses.size(), kNone);
  while (st_.clause_cursor < clauses.size()) {
    const uint32_t i = st_.clause_cursor;
    const Clause& c = clauses[i];
    if (c.predicate != kNone && c.predicate >= range_.last) break;
    ++st_.clause_cursor;
    if (c.predicate == kNone || !range_.contains(c.predicate) || c.subject != kNone) continue;
    const Word& v = word(c.predicate);
    if (v.tag != Tag::kVerb || v.get(feat::kVerbForm) > 1 || v.get(feat::kPerson) != 3) continue;
    PronounRow p;
    p.kind = pronoun_kind::kPersonal;
    p.number = static_cast<uint8_t>(v.get(feat::kNumber));
    p.gender = static_cast<uint8_t>(v.get(feat::kGender));
    if (p.number == 2) p.number = 3;
    if (p.number == 3) p.human = 1;
    out_.of_clause[i] = find_pronoun(p, c.predicate);
  }
}

void SentenceActors::run() {
  if (range_.empty()) { subjects(); return; }
  collect();
  join_titles();
  phrases();
  appositions();
  called();
  locals();
  auto& order = st_.order;
  order.clear();
  for (uint32_t i = 0; i < st_.units.size(); ++i)
    if (st_.units[i].into == kNone) order.push_back(i);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    const Unit& x = st_.units[a];
    const Unit& y = st_.units[b];
    return x.head != y.head ? x.head < y.head : x.words.first < y.words.first;
  });
  for (uint32_t i : order) emit(i);
  subjects();
}

}  // namespace biruni
