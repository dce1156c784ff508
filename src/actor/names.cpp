// Names that are in no table: runs of capitalised words, runs of words that no dictionary knows, names in quotation marks
// after a body. What they are: by what stands before (title, place noun, preposition), by known given names, by words
// that bodies have in their names. They become local entities with a slug, and aliases for the rest of the document.
#include <algorithm>

#include "actor/sentence.h"

namespace biruni {
using namespace actor_class;

namespace {
constexpr uint32_t kMaxRun = 6;
}

uint64_t SentenceActors::hash_of(WordRange words) {
  st_.text.clear();
  uint32_t last_token = kNone;
  for (uint32_t w = words.first; w < words.last; ++w) {
    if (punct(w) || word(w).token == last_token) continue;
    last_token = word(w).token;
    if (!st_.text.empty()) st_.text += ' ';
    const StrId key_id = word(w).key;
    st_.text += word(w).clitic || key_id == kNone || key_id == 0 ? std::string_view(key(w)) : t_.pack().str(key_id);
  }
  return hash_bytes(st_.text);
}

const ActorState::Alias* SentenceActors::alias_of(WordRange words) const {
  if (st_.aliases.empty()) return nullptr;
  const uint64_t h = const_cast<SentenceActors*>(this)->hash_of(words);
  for (size_t i = st_.aliases.size(); i-- > 0;)
    if (st_.aliases[i].hash == h) return &st_.aliases[i];
  return nullptr;
}

EntityRef SentenceActors::make_local(WordRange words, EntityType type, uint32_t country, uint8_t sector) {
  const uint32_t begin = word(words.first).raw.begin, end = word(words.last - 1).raw.end;
  st_.text.clear();
  append_slug(t_, in_.raw({begin, end}), st_.text);
  if (st_.text.empty()) st_.text = "name";
  for (uint32_t i = 0; i < out_.locals.size(); ++i)
    if (out_.locals[i].id == st_.text) return {i, true};
  LocalEntity e;
  e.id = st_.text;
  e.name = std::string(in_.raw({begin, end}));
  e.type = type;
  e.country = country;
  e.sector = sector;
  out_.locals.push_back(std::move(e));
  return {static_cast<uint32_t>(out_.locals.size() - 1), true};
}

// Full name and, of persons, its last part.
void SentenceActors::remember(const Unit& u) {
  ActorState::Alias a;
  a.entity = u.entity;
  a.country = u.country;
  a.type = u.type;
  a.sector = u.sector;
  a.gender = u.gender;
  const auto put = [&](WordRange r) {
    a.hash = hash_of(r);
    for (auto& old : st_.aliases) {
      if (old.hash != a.hash) continue;
      old = a;
      return;
    }
    if (st_.aliases.size() < 1000) st_.aliases.push_back(a);
  };
  put(u.words);
  if (u.type != EntityType::kPerson || u.words.size() < 2) return;
  uint32_t w = u.words.last - 1;
  while (w > u.words.first && (punct(w) || (word(w).clitic && !starts_token(w)))) --w;
  // a surname in two parts: hyphen or name part before it
  uint32_t first = w;
  while (first > u.words.first + 1 && (token(first - 1).punct == '-' || (classes(first - 1) & kNamePart))) {
    first -= token(first - 1).punct == '-' ? 2 : 1;
  }
  put({w, w + 1});
  if (first != w) put({first, w + 1});
}

void SentenceActors::acronym_after(Unit& u) {
  const uint32_t w = u.words.last;
  if (w + 2 >= range_.last || token(w).punct != '(' || token(w + 2).punct != ')') return;
  const uint32_t a = w + 1;
  if (a < in_.matches.name_at.size() && in_.matches.name_at[a] != kNone) return;
  if (token(a).kind != TokenKind::kWord || (token(a).script == Script::kLatin && !(token(a).flags & token_flag::kAllCaps))) return;
  ActorState::Alias alias;
  alias.entity = u.entity;
  alias.country = u.country;
  alias.type = u.type;
  alias.sector = u.sector;
  alias.hash = hash_of({a, a + 1});
  if (st_.aliases.size() < 1000) st_.aliases.push_back(alias);
}

// Latin script: capitalised words from w. `known` counts those that the dictionary has as ordinary words.
uint32_t SentenceActors::capital_run(uint32_t w, uint32_t& known) const {
  known = 0;
  uint32_t end = w;
  for (uint32_t i = w; i < range_.last && i < w + 2 * kMaxRun;) {
    const Token& t = token(i);
    const uint32_t c = classes(i);
    if (t.punct == '-' && i > w && !(t.flags & token_flag::kSpaceBefore) && i + 1 < range_.last &&
        (token(i + 1).flags & token_flag::kCapital) && !(token(i + 1).flags & token_flag::kSpaceBefore)) { ++i; continue; }
    if (i > w && (c & kNamePart) && i + 1 < range_.last && (token(i + 1).flags & token_flag::kCapital) && !punct(i + 1)) { ++i; continue; }
    if (t.kind != TokenKind::kWord || t.script != Script::kLatin || !(t.flags & token_flag::kCapital)) break;
    if ((c & kNotName) || timed(i) || word(i).tag == Tag::kPron || word(i).tag == Tag::kAdp || word(i).tag == Tag::kAux || word(i).tag == Tag::kDet || word(i).tag == Tag::kCconj || word(i).tag == Tag::kSconj) break;
    if (demonym_at(i) != kNone && i == w) break;
    if (in_.matches.name_at[i] != kNone) {
      // part of somebody else's name: only a one-word name at the end of a run
      const NameMatch& m = in_.matches.names[in_.matches.name_at[i]];
      if (i == w || m.words.size() > 1) break;
      const NameKind kind = world_.names()[m.name].kind;
      if (kind != NameKind::kShort && kind != NameKind::kAmbiguous && world_.entity(world_.names()[m.name].entity).type != WorldType::kPlace) break;
    }
    if (i < in_.matches.expression_at.size() && in_.matches.expression_at[i] != kNone) break;
    const uint32_t role = role_at(i);
    if (role != kNone) {
      if (i == w || c_.lexicon->roles()[role].type == static_cast<uint8_t>(EntityType::kPerson)) break;
    }
    if (c & kHonorific) break;
    if (word(i).source == WordSource::kLexicon && word(i).tag != Tag::kPropn) ++known;
    ++i;
    while (i < range_.last && word(i).token == word(i - 1).token && word(i).tag != Tag::kPart && !word(i).clitic) ++i;
    end = i;
  }
  return end;
}

bool SentenceActors::name_like(uint32_t w, bool after_title) const {
  const Word& x = word(w);
  const bool unknown = x.source == WordSource::kGuess && x.tag != Tag::kVerb;
  if (!(x.asks & ask::kActor) && x.tag != Tag::kPropn && x.source != WordSource::kName && !unknown) return false;
  const Token& t = token(w);
  if (t.kind != TokenKind::kWord || x.tag == Tag::kPron || x.tag == Tag::kAdp || x.tag == Tag::kCconj || x.tag == Tag::kSconj || x.tag == Tag::kPart) return false;
  const uint32_t c = classes(w);
  if (c & (kNotName | kPlaceNoun | kCountryNoun | kOrgNoun | kSource)) return false;
  if (c & (kGiven | kNamePart)) return true;
  if (x.source == WordSource::kName && ordinary(w)) return after_title;
  return x.tag == Tag::kPropn || x.source == WordSource::kName || unknown;
}

// A name of the tables that cannot be the last part of a person's name.
bool SentenceActors::table_name(uint32_t w) const {
  if (in_.matches.name_at[w] == kNone) return false;
  const NameMatch& m = in_.matches.names[in_.matches.name_at[w]];
  const NameRow& n = world_.names()[m.name];
  return m.words.size() > 1 || world_.entity(n.entity).type != WorldType::kPerson;
}

bool SentenceActors::known_otherwise(uint32_t w) const {
  return demonym_at(w) != kNone || (role_at(w) != kNone && word(w).source != WordSource::kGuess);
}

// What the first word of a name that no table has must fulfil in a script without capitals.
bool SentenceActors::may_be_name(uint32_t w) const {
  return !word(w).get(feat::kDef) && name_like(w, true) && !punct(w) && !timed(w) && !known_otherwise(w);
}

// Scripts without capitals: words that no dictionary knows, and names.
uint32_t SentenceActors::guess_run(uint32_t w, bool after_title) const {
  uint32_t end = w;
  for (uint32_t i = w; i < range_.last && i < w + kMaxRun; ++i) {
    if (i > w && !starts_token(i)) break;
    if (punct(i) && token(i).punct == '-' && i > w && !(token(i).flags & token_flag::kSpaceBefore)) continue;
    if (i == w ? !may_be_name(i) : punct(i) || timed(i) || table_name(i) || known_otherwise(i)) break;
    if (!name_like(i, after_title || (i > w && (classes(w) & kGiven)))) break;
    end = i + 1;
    if (word(i).get(feat::kDef) && !(classes(i) & kNamePart)) break;  // a surname with its article is the last part
    if (i + 1 < range_.last && word(i + 1).token == word(i).token) break;  // a suffix ends it
  }
  return end;
}

uint32_t SentenceActors::take_unknown(uint32_t w) {
  const bool latin = token(w).script == Script::kLatin;
  if (latin ? !(token(w).flags & token_flag::kCapital) : token(w).script == Script::kOther || !may_be_name(w)) return w;
  // a name that was refused here
  if (!latin && w < in_.matches.name_at.size() && in_.matches.name_at[w] != kNone && !titled(w)) return w;
  const bool first_of_sentence = (token(w).flags & token_flag::kSentenceStart) != 0;
  uint32_t last = w, known = 0;
  if (latin) last = capital_run(w, known);
  else last = guess_run(w, titled(w));
  if (last == w) return w;
  uint32_t count = 0;
  for (uint32_t i = w; i < last; ++i) count += !punct(i);
  bool title = titled(w);
  const bool given = (classes(w) & kGiven) != 0;
  if (const auto* a = alias_of({w, last})) {
    const ActorState::Alias found = *a;
    Unit& u = add({w, last}, ActorUnitKind::kAlias);
    u.entity = found.entity; u.type = found.type; u.country = found.country; u.sector = found.sector;
    if (found.gender) u.gender = found.gender;
    u.definite = true;
    return last;
  }
  if (latin) {
    const bool headline = in_.text.sentences[s_].in_title;
    if (known == count && (count == 1 || first_of_sentence || headline) && !title) return w;
    if (first_of_sentence && count == 1 && word(w).source == WordSource::kLexicon && word(w).tag != Tag::kPropn && !given) return w;
    if ((token(w).flags & token_flag::kAllCaps) && count > 3) return w;
    // words before a title belong to it: "Deputy Regional Development Minister"
    if (last < range_.last && !punct(last) && (token(last).flags & token_flag::kCapital)) {
      const uint32_t role = c_.lexicon->role_of(in_.lemma_at(last));
      if (role != kNone && known > 0) return w;
    }
  } else if (!title && !(count >= 2 && (given || word(w).source != WordSource::kLexicon))) {
    return w;
  } else if (!title && count >= 2 && !given) {
    // two unknown words need one sign more: both look foreign, or a verb of saying takes them as subject
    uint32_t unknown = 0;
    for (uint32_t i = w; i < last; ++i) unknown += word(i).source == WordSource::kGuess;
    if (unknown < 1 || word(w).get(feat::kDef)) return w;
  }
  EntityType type = EntityType::kNone;
  uint8_t sector = 0;
  bool org = false, square = false;
  for (uint32_t i = w; i < last; ++i) {
    if (punct(i)) continue;
    if (classes(i) & kOrgName) org = true;
    if (i > w && (classes(i) & kPlaceNoun) && !org) square = true;
    const uint32_t role = role_at(i);
    if (role != kNone && c_.lexicon->roles()[role].type == static_cast<uint8_t>(EntityType::kOrganization)) {
      if (c_.is_state(c_.lexicon->roles()[role].sector)) return w;  // "Interior Ministry" is a role with its country
      org = true;
      sector = c_.lexicon->roles()[role].sector;
    }
  }
  if (title) type = EntityType::kPerson;
  else if (org) type = EntityType::kOrganization;
  else if (square) type = EntityType::kPlace;
  else if (locative_before(w) || (w > range_.first + 1 && (classes(w - 1) & kOf) && (classes(w - 2) & kPlaceNoun)) ||
           (last < range_.last && (classes(last) & kPlaceNoun))) type = EntityType::kPlace;
  else if (const uint32_t f = first_conjunct(in_.clauses, w); f < w && f >= range_.first && unit_at(f) != kNone && st_.units[unit_at(f)].type == EntityType::kPlace) type = EntityType::kPlace;
  else if (given && count >= 2) type = EntityType::kPerson;
  else if (count >= 2 && count <= 4 && known == 0) type = EntityType::kPerson;
  else if (given) type = EntityType::kPerson;
  else type = EntityType::kOrganization;
  Unit& u = add({w, last}, ActorUnitKind::kUnknown);
  u.type = type;
  u.sector = sector;
  u.definite = true;
  u.number = 1;
  u.gender = (classes(w) & kGivenFemale) && !(classes(w) & kGivenMale) ? 2 : (classes(w) & kGivenMale) ? 1 : 0;
  if (!title && type == EntityType::kPerson && !given) u.doubt = 60;
  if (type == EntityType::kOrganization && !org) u.doubt = 90;
  return last;
}

// A name in quotation marks after the noun for a body: the movement "..." (w is the opening mark).
uint32_t SentenceActors::take_quoted(uint32_t w) {
  if (!phrase_detail::quote_mark(in_, w) || w == range_.first) return w;
  uint32_t before = w - 1;
  for (int steps = 0; steps < 2 && before > range_.first && unit_at(before) == kNone && word(before).tag == Tag::kAdj; ++steps) --before;
  const uint32_t b = unit_at(before);
  if (b == kNone) return w;
  const Unit body = st_.units[b];
  const bool org = (body.kind == ActorUnitKind::kRole && body.type == EntityType::kOrganization) || (body.classes & (kOrgNoun | kArmedNoun));
  if (!org || (body.kind == ActorUnitKind::kRole && c_.is_state(body.sector)) || (body.classes & (kSource | kCountryNoun))) return w;
  uint32_t last = w + 1;
  while (last < range_.last && last < w + 9 && !punct(last)) ++last;
  if (last >= range_.last || last == w + 1 || !phrase_detail::quote_mark(in_, last)) return w;
  if (in_.matches.name_at[w + 1] != kNone) return w;  // a known name: its own unit
  Unit& u = add({w + 1, last}, ActorUnitKind::kQuoted);
  u.type = body.kind == ActorUnitKind::kRole && (body.sector && body.sector != c_.unk) ? EntityType::kOrganization
           : (body.classes & kArmedNoun) ? EntityType::kGroup : EntityType::kOrganization;
  u.sector = body.sector == c_.unk ? 0 : body.sector;
  u.definite = true;
  u.number = 1;
  u.gender = body.gender;
  u.title = b;
  const uint32_t index = unit_at(w + 1);
  st_.units[b].into = index;
  return last + 1;
}

}  // namespace biruni
