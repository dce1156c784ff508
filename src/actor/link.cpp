// Titles join names, phrases get their extent, role words get the country of the state they belong to: from an adjective,
// a name in the phrase, what the office is of, a possessor, the place, and last the context of the document.
#include <algorithm>

#include "actor/sentence.h"

namespace biruni {
using namespace actor_class;

// Only words that can belong to a title stand between it and the name.
bool SentenceActors::title_reaches(const Unit& title, uint32_t first) const {
  if (first < title.words.last || first > title.words.last + 9) return false;
  bool noun_after_of = true;
  for (uint32_t w = title.words.last; w < first; ++w) {
    if (punct(w)) { if (token(w).punct != '-') return false; continue; }
    const Word& x = word(w);
    if (timed(w)) return false;
    const uint32_t u = unit_at(w);
    if (u != kNone) {
      const Unit& inner = st_.units[u];
      if (inner.type == EntityType::kPerson && inner.kind != ActorUnitKind::kDemonym && inner.kind != ActorUnitKind::kPronoun) return false;
      if (inner.kind == ActorUnitKind::kPronoun && !word(w).clitic) return false;
      noun_after_of = true;
      continue;
    }
    switch (x.tag) {
      case Tag::kAdj: case Tag::kNoun: case Tag::kPropn: case Tag::kX: noun_after_of = true; break;
      case Tag::kDet: case Tag::kPron: break;
      case Tag::kAdp: case Tag::kPart:
        if (!(classes(w) & kOf)) return false;
        noun_after_of = false;
        break;
      default: return false;
    }
  }
  return noun_after_of;
}

void SentenceActors::join_titles() {
  auto& units = st_.units;
  for (uint32_t i = 0; i < units.size(); ++i) {
    const bool nameish = units[i].kind == ActorUnitKind::kName || units[i].kind == ActorUnitKind::kUnknown || units[i].kind == ActorUnitKind::kAlias;
    if (!nameish) continue;
    const bool could = units[i].type == EntityType::kPerson || (units[i].kind == ActorUnitKind::kUnknown && units[i].type != EntityType::kPlace);
    if (!could) continue;
    uint32_t reach = units[i].words.first;
    for (uint32_t j = i, chain = 0; j-- > 0 && chain < 3;) {
      Unit& t = units[j];
      if (t.words.last + 10 < units[i].words.first) break;
      if (t.kind != ActorUnitKind::kRole || t.type != EntityType::kPerson || t.into != kNone) continue;
      if (t.number == 3 || t.number == 2) break;
      if (!title_reaches(t, reach)) break;
      const bool title_flag = (c_.lexicon->roles()[t.role].flags & role_flag::kTitle) != 0;
      bool adjectives = true;
      for (uint32_t w = t.words.last; w < reach; ++w) adjectives = adjectives && word(w).tag == Tag::kAdj;
      if (!title_flag && !adjectives && !c_.is_state(t.sector) && t.sector != c_.eli && t.sector != c_.igo) break;
      uint32_t found[2];
      t.phrase = noun_phrase(in_, t.head);
      t.phrase.last = std::max(t.phrase.last, reach);
      if (units[i].country != kNone && adjective_countries(t, found, 1) == 1 && found[0] != units[i].country &&
          units[i].kind == ActorUnitKind::kName) break;
      t.into = i;
      units[i].title = j;
      units[i].type = EntityType::kPerson;
      reach = t.words.first;
      ++chain;
    }
  }
}

void SentenceActors::fit(WordRange& r, WordRange keep) const {
  r.first = std::max(r.first, range_.first);
  r.last = std::min(r.last, range_.last);
  while (r.size() > 1 && r.first < keep.first) {
    const Tag t = word(r.first).tag;
    if (t != Tag::kAdp && t != Tag::kCconj && t != Tag::kSconj && !(punct(r.first) && !phrase_detail::quote_mark(in_, r.first)) && t != Tag::kAux) break;
    ++r.first;
  }
  int quotes = 0;
  for (uint32_t w = r.first; w < r.last; ++w) quotes += phrase_detail::quote_mark(in_, w);
  while (r.size() > 1 && r.last > keep.last) {
    const uint32_t w = r.last - 1;
    const Tag t = word(w).tag;
    if (punct(w) && phrase_detail::quote_mark(in_, w) && quotes % 2 == 0) break;
    if (!punct(w) && t != Tag::kAdp && t != Tag::kCconj) break;
    if (punct(w) && phrase_detail::quote_mark(in_, w)) --quotes;
    --r.last;
  }
  if (r.size() > 1 && punct(r.first) && quotes % 2 == 1) ++r.first;
}

void SentenceActors::phrases() {
  for (Unit& u : st_.units) {
    if (u.into != kNone) continue;
    if (u.kind == ActorUnitKind::kDemonym && u.attributive) { u.phrase = u.words; continue; }
    if (u.kind == ActorUnitKind::kPronoun) { u.phrase = u.words; continue; }
    WordRange r = u.words;
    if (u.title != kNone) {
      uint32_t first = u.words.first;
      for (uint32_t t = u.title;; --t) {  // the outermost title in the chain
        if (st_.units[t].into != kNone && &st_.units[st_.units[t].into] == &u) {
          const Unit& title = st_.units[t];
          first = std::min({first, title.words.first, noun_phrase(in_, title.head).first});
        }
        if (t == 0 || st_.units[t].words.last + 12 < u.words.first) break;
      }
      r.first = first;
      u.head = head_of({r.first, u.words.last});
      r.first = std::min(r.first, std::max(noun_phrase(in_, u.head).first, first > 6 ? first - 6 : 0));
      if (u.kind == ActorUnitKind::kQuoted && u.words.last < range_.last && phrase_detail::quote_mark(in_, u.words.last)) ++r.last;
    } else if (u.kind == ActorUnitKind::kRole || u.kind == ActorUnitKind::kCommon || u.kind == ActorUnitKind::kDemonym) {
      const WordRange np = noun_phrase(in_, u.head);
      r.first = std::min(r.first, np.first);
      r.last = std::max(r.last, np.last);
      for (const Unit& other : st_.units) {  // a name behind it is somebody or something else
        if (other.into == kNone && (other.kind == ActorUnitKind::kName || other.kind == ActorUnitKind::kUnknown || other.kind == ActorUnitKind::kAlias) && other.words.first >= u.words.last && other.words.first < r.last &&
            dep(other.head).rel == Rel::kAppos) r.last = other.words.first;
      }
      // an adjective of nationality beside it that the parser left elsewhere
      for (uint32_t w = r.last; w < range_.last && w < r.last + 3; ++w) {
        const uint32_t d = unit_at(w);
        if (d != kNone && st_.units[d].kind == ActorUnitKind::kDemonym && st_.units[d].attributive &&
            word(w).get(feat::kDef) == word(u.head).get(feat::kDef) && word(w).tag == Tag::kAdj && token(w).script != Script::kLatin) { r.last = w + 1; break; }
        if (word(w).tag != Tag::kAdj || word(w).get(feat::kDef) != word(u.head).get(feat::kDef)) break;
      }
      for (uint32_t w = r.first, n = 0; w > range_.first && n < 3; ++n) {
        --w;
        const uint32_t d = unit_at(w);
        if (token(w).script != Script::kLatin || punct(w)) break;
        if (d != kNone && st_.units[d].kind == ActorUnitKind::kDemonym) { r.first = w; break; }
        if (word(w).tag != Tag::kAdj && !(word(w).tag == Tag::kNoun && dep(w).rel == Rel::kNmod)) break;
      }
    }
    for (uint32_t w = r.first, n = 0; w > range_.first && n < 2 && u.kind != ActorUnitKind::kRole; ++n) {  // Mr, the
      --w;
      if (punct(w) || (!(classes(w) & kHonorific) && !((classes(w) & kDefinite) && word(w).tag == Tag::kDet))) break;
      r.first = w;
    }
    fit(r, u.words);
    u.phrase = r;
    // definite or not
    if (u.kind == ActorUnitKind::kRole || u.kind == ActorUnitKind::kCommon) {
      if (word(u.head).get(feat::kDef)) u.definite = true;
      bool by_word = false;  // the two officers
      for (uint32_t w = r.first; w < r.last; ++w) {
        const uint32_t c = classes(w);
        if (w < u.words.first && (c & kIndefinite)) { u.indefinite = true; continue; }
        if (w < u.words.first && (c & kDefinite)) u.definite = by_word = true;
        if (w >= u.words.last && (word(w).get(feat::kDef) || word(w).tag == Tag::kPropn || word(w).tag == Tag::kPron)) u.definite = true;
        if (c & kFormer) u.classes |= kFormer;
        const PronounRow* p = word(w).tag == Tag::kPron || word(w).tag == Tag::kDet ? t_.pronoun(word(w).key) : nullptr;
        if (p && p->kind == pronoun_kind::kPossessive) u.definite = true;
      }
      if (by_word) u.indefinite = false;
      if (u.indefinite) u.definite = false;
    } else if (u.title != kNone) {
      for (uint32_t w = r.first; w < u.words.first; ++w)
        if (classes(w) & (kFormer | kFemale)) u.classes |= classes(w) & (kFormer | kFemale);
    }
  }
}

int SentenceActors::adjective_countries(const Unit& u, uint32_t* found, int limit) const {
  int n = 0;
  for (uint32_t w = u.phrase.first; w < u.phrase.last && n < limit; ++w) {
    const uint32_t i = unit_at(w);
    if (i == kNone || st_.units[i].kind != ActorUnitKind::kDemonym || st_.units[i].country == kNone || u.words.contains(w)) continue;
    if (std::find(found, found + n, st_.units[i].country) == found + n) found[n++] = st_.units[i].country;
    w = st_.units[i].words.last - 1;
  }
  return n;
}

uint32_t SentenceActors::country_of(Unit& u, int depth) {
  uint32_t found[1];
  if (adjective_countries(u, found, 1)) return found[0];
  // names in the phrase: president of X, X's president, Moscow police
  for (uint32_t w = u.phrase.first; w < u.phrase.last; ++w) {
    const uint32_t i = unit_at(w);
    if (i == kNone || u.words.contains(w)) continue;
    const Unit& other = st_.units[i];
    if (&other == &u || other.into == unit_at(u.words.first)) continue;
    if ((other.kind == ActorUnitKind::kName || other.kind == ActorUnitKind::kAlias) && other.country != kNone) return other.country;
    if (other.kind == ActorUnitKind::kPronoun && depth < 2) {
      const uint32_t a = antecedent_of_word(w);
      if (a != kNone && out_.rows[a].country != kNone) return out_.rows[a].country;
    }
    if (other.kind == ActorUnitKind::kCommon && (other.classes & kCountryNoun) && other.mention == kNone) {
      const uint32_t ctx = st_.dominance >= 0.4f ? st_.dominant : st_.last_country;
      if (ctx != kNone) return ctx;
    }
  }
  // what the office is of or for; where it is
  uint32_t place = kNone;
  if (u.head + 1 < in_.clauses.child_begin.size()) {
    for (const uint32_t* p = in_.clauses.children_begin(u.head); p != in_.clauses.children_end(u.head); ++p) {
      const Dep d = dep(*p);
      if (d.rel != Rel::kObl && d.rel != Rel::kGen) continue;
      const uint32_t i = unit_at(*p);
      if (i == kNone || &st_.units[i] == &u || st_.units[i].into != kNone) continue;
      Unit& other = st_.units[i];
      const uint32_t c = d.case_word == kNone ? 0 : classes(d.case_word);
      if (c & kLocative) {
        if (place == kNone && other.kind == ActorUnitKind::kName) place = other.country;
        continue;
      }
      if (!(c & kOf) && d.rel != Rel::kGen) continue;
      if (other.country != kNone) return other.country;
      if (other.kind == ActorUnitKind::kRole && depth < 2) {
        const uint32_t x = country_of(other, depth + 1);
        if (x != kNone) return x;
      }
    }
  }
  if (place == kNone && u.phrase.last + 1 < range_.last && (classes(u.phrase.last) & kLocative)) {
    const uint32_t i = unit_at(u.phrase.last + 1);
    if (i != kNone && st_.units[i].kind == ActorUnitKind::kName) place = st_.units[i].country;
  }
  if (place != kNone) return place;
  return depth ? kNone : context_country(u);
}

uint32_t SentenceActors::context_country(const Unit& u) const {
  if (c_.is_outside(u.sector) || u.sector == c_.unk || u.sector == 0) return kNone;
  if (u.indefinite && u.number != 3 && u.type == EntityType::kPerson && !c_.is_state(u.sector)) return kNone;
  for (uint32_t w = u.phrase.first; w < u.phrase.last; ++w) {  // Western governments
    const uint32_t i = unit_at(w);
    if (i != kNone && st_.units[i].kind == ActorUnitKind::kDemonym && st_.units[i].country == kNone) return kNone;
  }
  // "In Moscow, the foreign ministry said": the place in front
  if (c_.is_state(u.sector)) {
    for (const Unit& other : st_.units) {
      if (other.words.first > range_.first + 4 || other.words.first >= u.words.first) break;
      if (other.kind == ActorUnitKind::kName && other.type == EntityType::kPlace && other.country != kNone && other.place_row != kNone &&
          c_.capital_of[other.country] == other.place_row && locative_before(other.words.first)) return other.country;
    }
  }
  for (uint32_t w = u.phrase.first; w < u.phrase.last; ++w)  // leaders of the states: of none in particular
    if (!u.words.contains(w) && (classes(w) & kCountryNoun) && word(w).get(feat::kNumber) >= 2) return kNone;
  if (!u.definite && u.number != 3 && u.type != EntityType::kGroup && !c_.is_state(u.sector)) return kNone;
  if (st_.dominance >= (c_.is_state(u.sector) ? 0.45f : 0.42f)) return st_.dominant;
  if (st_.last_country != kNone) return st_.last_country;
  return st_.dominance >= 0.25f ? st_.dominant : kNone;
}

}  // namespace biruni
