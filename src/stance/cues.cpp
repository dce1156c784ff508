#include "stance/cues.h"

#include <algorithm>

#include "event/dependents.h"

namespace biruni {
namespace {

constexpr uint32_t kVerbGap = 6;   // words between a verb and the rest of its idiom
constexpr uint32_t kAuxGap = 2;    // negations and adverbs inside a chain of auxiliaries
constexpr uint32_t kReach = 3;     // words between a particle and the verb whose form it asks for
constexpr StrId kWhole = kNone - 1;    // nothing must follow
constexpr StrId kNothing = kNone - 2;  // no word follows in the same token

using namespace stance_flag;

template <class Row>
void index(std::span<const Row> rows, StrId Row::*key, std::vector<uint32_t>& slots) {
  StrId top = 0;
  for (const Row& r : rows) top = std::max(top, r.*key);
  slots.assign(rows.empty() ? 0 : top + 1, 0);
  for (size_t i = rows.size(); i-- > 0;) slots[rows[i].*key] = static_cast<uint32_t>(i + 1);
}

}  // namespace

CueFinder::CueFinder(std::shared_ptr<const Pack> pack, const std::string& lang, const LemmaTable& lemmas)
    : pack_(pack),
      lemmas_(lemmas),
      rows_(pack->section<StanceRow>(lang + "/stance_rows")),
      frames_(pack->section<FrameItem>(lang + "/stance_frames")),
      keys_(pack->section<StrId>(lang + "/stance_keys")),
      spellings_(pack->section<StrId>(lang + "/stance_spellings")),
      of_(pack->section<IndexRange>(lang + "/stance_of")),
      of_list_(pack->section<uint32_t>(lang + "/stance_of_list")),
      by_key_(pack->section<StanceKeyRow>(lang + "/stance_by_key")),
      evaluative_(pack->section<EvaluativeRow>(lang + "/stance_evaluative")) {
  index(by_key_, &StanceKeyRow::key, key_slot_);
  index(evaluative_, &EvaluativeRow::first, evaluative_slot_);
  for (const StanceKeyRow& k : by_key_) {
    const std::string_view whole = pack_->str(keys_[rows_[k.row].keys_begin]), head = pack_->str(k.key);
    rest_of_key_.push_back(k.key == keys_[rows_[k.row].keys_begin]                     ? kWhole
                           : whole.size() > head.size() && whole.starts_with(head) ? pack_->find(whole.substr(head.size()))
                                                                                   : kNone);
  }
  next_whole_.assign(by_key_.size(), kNone);
  for (size_t i = by_key_.size(); i-- > 0;) {
    const bool follows = i + 1 < by_key_.size() && by_key_[i + 1].key == by_key_[i].key;
    if (rest_of_key_[i] == kWhole) next_whole_[i] = static_cast<uint32_t>(i);
    else if (follows) next_whole_[i] = next_whole_[i + 1];
    if (rest_of_key_[i] == kWhole) continue;
    begun_.add(by_key_[i].key, rest_of_key_[i]);
    begun_.add(by_key_[i].key, keys_[rows_[by_key_[i].row].keys_begin]);
  }
  std::vector<bool> asked(keys_.size(), false);
  for (const StanceRow& r : rows_)
    for (uint32_t part = r.keys_begin + 1; part < r.keys_end; ++part) asked[part] = true;
  for (size_t part = 0; part < keys_.size(); ++part) {
    splits_of_part_.push_back(static_cast<uint32_t>(splits_.size()));
    const std::string_view whole = asked[part] ? pack_->str(keys_[part]) : std::string_view();
    for (size_t at = 1; at < whole.size(); ++at) {
      if ((static_cast<unsigned char>(whole[at]) & 0xC0) == 0x80) continue;  // inside a letter
      const StrId head = pack_->find(whole.substr(0, at)), rest = head == kNone ? kNone : pack_->find(whole.substr(at));
      if (rest != kNone) splits_.push_back({head, rest});
    }
  }
  splits_of_part_.push_back(static_cast<uint32_t>(splits_.size()));
  for (const StanceKeyRow& k : by_key_) second_of_key_.push_back(second_mask(rows_[k.row]));
  for (const uint32_t row : of_list_) second_of_list_.push_back(second_mask(rows_[row]));
}

uint32_t CueFinder::gap(const StanceRow& r) { return r.tag == Tag::kVerb && r.kind == CueKind::kReport ? kVerbGap : r.tag == Tag::kAux ? kAuxGap : 0; }

uint64_t CueFinder::second_mask(const StanceRow& r) const {
  if (r.keys_end - r.keys_begin < 2 || gap(r)) return ~uint64_t{0};
  const uint32_t part = r.keys_begin + 1;
  uint64_t mask = near_bit(keys_[part]);
  for (uint32_t i = splits_of_part_[part]; i < splits_of_part_[part + 1]; ++i) mask |= near_bit(splits_[i].head);
  return mask;
}

uint64_t CueFinder::near_mask(const Analysis& in, uint32_t w, uint32_t limit) const {
  uint64_t mask = kAlone;
  for (uint32_t k = w + 1; k < limit && k <= w + 2; ++k) {
    const Word& word = in.words.words[k];
    mask |= near_bit(word.key);
    if (word.lemma == kNone) continue;
    const LemmaRow& lemma = lemmas_.row(word.lemma);
    mask |= near_bit(lemma.key);
    if (lemma.base != kNone) mask |= near_bit(lemmas_.row(lemma.base).key);
  }
  return mask;
}

void CueFinder::declare(AskTable& asks) const {
  asks.own(ask::kCue | ask::kEvaluative);
  for (uint32_t i = 0; i < of_.size(); ++i)
    if (of_[i].begin != of_[i].end) asks.lemma(i, ask::kCue);
  for (const StanceKeyRow& k : by_key_) asks.key(k.key, ask::kCue);
  for (const EvaluativeRow& r : evaluative_) asks.key(r.first, ask::kEvaluative);
}

void CueFinder::note_keys(const Analysis& in, WordRange range, KeySet& keys) const {
  for (uint32_t w = range.first; w < range.last; ++w) {
    const Word& word = in.words.words[w];
    if (word.key != kNone) keys.add(word.key);
    if (word.lemma == kNone) continue;
    const LemmaRow& lemma = lemmas_.row(word.lemma);
    keys.add(lemma.key);
    if (lemma.base != kNone) keys.add(lemmas_.row(lemma.base).key);
  }
}

// The words behind the first one are somewhere in the sentence, each whole or cut in two.
bool CueFinder::possible(const StanceRow& r, const KeySet& keys) const {
  for (uint32_t part = r.keys_begin + 1; part < r.keys_end; ++part) {
    bool there = keys.may_have(keys_[part]);
    for (uint32_t i = splits_of_part_[part]; i < splits_of_part_[part + 1] && !there; ++i)
      there = keys.may_have(splits_[i].head) && keys.may_have(splits_[i].rest);
    if (!there) return false;
  }
  return true;
}

// The text spells out what folding hides, and spells it otherwise than the table.
bool CueFinder::other_spelling(const Analysis& in, uint32_t w, uint32_t part) const {
  if (keys_[part] == spellings_[part]) return false;
  const std::string_view raw = in.raw(in.words.words[w].raw), key = pack_->str(keys_[part]), own = pack_->str(spellings_[part]);
  return raw != own && raw != key && own != key && raw.size() == own.size();
}

// How many words, from w, spell the part: 1, or 2 where a clitic was cut off; 0 none.
uint32_t CueFinder::word_matches(const Analysis& in, uint32_t w, uint32_t limit, uint32_t at, bool verb) const {
  const Word& word = in.words.words[w];
  const StrId key = keys_[at];
  if (word.key == key) return other_spelling(in, w, at) ? 0 : 1;
  if (word.lemma != kNone) {
    const LemmaRow& lemma = lemmas_.row(word.lemma);
    if (lemma.key == key) return 1;
    if (verb && lemma.base != kNone && lemmas_.row(lemma.base).key == key) return 1;
  }
  if (w + 1 < limit && in.words.words[w + 1].token == word.token && word.key != kNone) {
    const std::string_view part = pack_->str(key), head = pack_->str(word.key);
    const Word& next = in.words.words[w + 1];
    if (part.size() > head.size() && part.substr(0, head.size()) == head) {
      if (next.key != kNone && pack_->str(next.key) == part.substr(head.size())) return 2;
      if (next.lemma != kNone && pack_->str(lemmas_.row(next.lemma).key) == part.substr(head.size())) return 2;
    }
  }
  return 0;
}

bool CueFinder::match(const Analysis& in, uint32_t w, uint32_t limit, uint32_t row, Hit& hit) const {
  const StanceRow& r = rows_[row];
  const bool verb = r.tag == Tag::kVerb;
  hit = Hit{};
  hit.row = row;
  uint32_t at = w;
  const uint32_t parts = r.keys_end - r.keys_begin;
  for (uint32_t i = 0; i < parts; ++i) {
    const StrId key = keys_[r.keys_begin + i];
    const uint32_t reach = i == 0 ? 0 : gap(r);
    uint32_t used = 0;
    if (i == 0 && parts == 1 && r.tag != Tag::kX) {
      // found by lemma or key already; a joined clitic is the one thing left to look at
      used = word_matches(in, w, limit, r.keys_begin, true);
      if (!used && in.words.words[w].key == key && r.tag != Tag::kVerb && r.tag != Tag::kNoun && other_spelling(in, w, r.keys_begin)) return false;
      if (!used) used = 1;
      if (in.words.words[w].key != kNone && in.words.words[w].lemma != kNone && used == 1) {
        const std::string_view part = pack_->str(key), head = pack_->str(in.words.words[w].key);
        if (head.size() < part.size() && head.size() <= 2 && head.size() > 0 && static_cast<unsigned char>(head[0]) >= 0x80 &&
            pack_->str(lemmas_.row(in.words.words[w].lemma).key) == head) return false;  // only the clitic is there
      }
    } else {
      for (uint32_t skip = 0; skip <= reach && at + skip < limit; ++skip) {
        if (skip && in.words.words[at + skip - 1].tag == Tag::kPunct) break;
        if (skip && r.tag == Tag::kAux && in.words.words[at + skip - 1].tag != Tag::kPart && in.words.words[at + skip - 1].tag != Tag::kAdv) break;
        used = word_matches(in, at + skip, limit, r.keys_begin + i, verb);
        if (used) { at += skip; break; }
      }
      if (!used) return false;
    }
    for (uint32_t k = 0; k < used && hit.count < Hit::kMaxWords; ++k) hit.words[hit.count++] = at + k;
    at += used;
  }
  return hit.count > 0;
}

bool CueFinder::form_fits(const Analysis& in, const Hit& h, uint32_t limit) const {
  const StanceRow& r = row(h);
  const Word& own = in.words.words[h.first()];
  if (r.kind == CueKind::kReport && h.count == 1) {
    if (r.tag == Tag::kNoun && own.tag != Tag::kNoun && own.tag != Tag::kPropn) return false;
    if (r.tag == Tag::kVerb && own.tag != Tag::kVerb && own.tag != Tag::kAux && own.tag != Tag::kNoun && own.tag != Tag::kAdj) return false;
    if (r.tag == Tag::kAdj && own.tag != Tag::kAdj && own.tag != Tag::kVerb && own.tag != Tag::kNoun) return false;
  }
  if (r.tag == Tag::kAux && own.tag != Tag::kAux && own.tag != Tag::kVerb) return false;
  if (r.tag == Tag::kVerb && (r.flags & kPassive) && own.tag == Tag::kNoun) return false;  // a verbal noun has no voice
  if (r.tag == Tag::kVerb && (r.flags & (kPassive | kActive)) && (own.tag == Tag::kVerb || own.tag == Tag::kAux || own.tag == Tag::kAdj)) {
    bool passive = is_passive(in, h.first());
    if (passive && own.get(feat::kVerbForm) == 4) {
      passive = own.tag == Tag::kAdj;
      for (const uint32_t* p = in.clauses.children_begin(h.first()); p != in.clauses.children_end(h.first()); ++p)
        passive |= in.clauses.deps[*p].rel == Rel::kAux || in.clauses.deps[*p].rel == Rel::kAgent;
    }
    if (passive != ((r.flags & kPassive) != 0)) return false;
  }
  if (r.flags & kNeedAgree) return false;
  const uint64_t form = r.flags & (kPerfect | kImperfect | kSubjunctive | kJussive | kInfinitive | kGerund);
  if (!form) return true;
  uint32_t v = kNone;
  const Tag last = in.words.words[h.last()].tag;
  if (r.tag == Tag::kVerb && (h.count == 1 || last == Tag::kVerb || last == Tag::kAux)) v = h.last();
  for (uint32_t w = h.last() + 1; v == kNone && w < limit && w <= h.last() + kReach; ++w) {
    if (in.words.words[w].tag == Tag::kPunct) break;
    if (in.words.words[w].tag == Tag::kVerb || in.words.words[w].tag == Tag::kAux) v = w;
  }
  if (v == kNone)  // a perfect spelt like its verbal noun and read as one
    return (form & kPerfect) && (r.scope & stance_scope::kClause) && h.last() + 1 < limit && in.words.words[h.last() + 1].get(feat::kVerbForm) == 2;
  const Word& verb = in.words.words[v];
  const uint32_t aspect = verb.get(feat::kAspect), mood = verb.get(feat::kMood);
  if (form & kPerfect) {
    bool past = aspect == 1;
    for (uint32_t w = h.last() + 1; w < v; ++w) past |= in.words.words[w].tag == Tag::kPart && in.words.words[w].get(feat::kAspect) == 1;  // "did not"
    return past;
  }
  if (form & kImperfect) return aspect == 2;
  if (form & kSubjunctive) return aspect == 2 && mood != 1 && mood != 3;
  if (form & kJussive) return aspect == 2 && mood != 1 && mood != 2;
  if (form & kInfinitive) return verb.get(feat::kVerbForm) == 2;
  return verb.get(feat::kVerbForm) == 5;
}

// A saying verb taken for a noun or adjective: at the head of its sentence, with a clause of what is said, or before a colon.
bool CueFinder::reads_as_verb(const Analysis& in, uint32_t w, WordRange range) const {
  const Word& word = in.words.words[w];
  if ((word.tag != Tag::kNoun && word.tag != Tag::kAdj) || word.get(feat::kDef)) return false;
  for (uint32_t k = range.first; k < w; ++k)
    if (in.words.words[k].tag != Tag::kCconj && in.words.words[k].tag != Tag::kPunct) return false;
  if (w + 1 < range.last && in.text.tokens[in.words.words[w + 1].token].punct == ':') return true;
  for (const uint32_t* p = in.clauses.children_begin(w); p != in.clauses.children_end(w); ++p)
    if (in.clauses.deps[*p].rel == Rel::kComp && in.words.words[*p].tag == Tag::kVerb) return true;
  return false;
}

void CueFinder::run(const Analysis& in, WordRange range, CueScratch& out) const {
  out.clear();
  out.base = range.first;
  out.first.assign(range.size(), 0);
  Hit hit;
  KeySet keys;
  note_keys(in, range, keys);
  for (uint32_t w = range.first; w < range.last; ++w) {
    const Word& word = in.words.words[w];
    if (word.tag == Tag::kPunct || !(word.asks & ask::kCue)) continue;
    const uint64_t near = near_mask(in, w, range.last);
    const auto try_row = [&](uint32_t row) {
      if (!possible(rows_[row], keys) || !match(in, w, range.last, row, hit) || !form_fits(in, hit, range.last)) return;
      for (const Hit& h : out.hits)
        if (h.row == row && h.first() == w) return;
      out.hits.push_back(hit);
    };
    const auto by_lemma = [&](uint32_t lemma, bool own) {
      if (lemma >= of_.size()) return;
      for (uint32_t i = of_[lemma].begin; i < of_[lemma].end; ++i)
        if ((second_of_list_[i] & near) && (own || rows_[of_list_[i]].tag == Tag::kVerb)) try_row(of_list_[i]);
    };
    const auto has_rows = [&](uint32_t lemma) { return lemma < of_.size() && of_[lemma].begin != of_[lemma].end; };
    const bool known = word.lemma != kNone && has_rows(word.lemma);
    const StrId lemma_key = word.lemma == kNone ? kNone : lemmas_.row(word.lemma).key;
    StrId next_key = kNothing, next_lemma_key = kNothing;
    if (w + 1 < range.last && in.words.words[w + 1].token == word.token) {
      const Word& next = in.words.words[w + 1];
      if (next.key != kNone) next_key = next.key;
      if (next.lemma != kNone && lemmas_.row(next.lemma).key != kNone) next_lemma_key = lemmas_.row(next.lemma).key;
    }
    const auto by_key = [&](StrId key) {
      if (key >= key_slot_.size() || !key_slot_[key]) return;
      const bool own = key == word.key;
      // of the rows that a clitic begins, nearly all are completed by another word than the one that follows
      const bool whole_only = own && !begun_.may_have(key, next_key) && !begun_.may_have(key, next_lemma_key) && !begun_.may_have(key, lemma_key);
      for (uint32_t i = key_slot_[key] - 1; i < by_key_.size() && by_key_[i].key == key; ++i) {
        if (whole_only && (i = next_whole_[i]) == kNone) break;
        if (!(second_of_key_[i] & near)) continue;
        const StrId rest = rest_of_key_[i];
        // found by its first letters: the rest must follow as a word of the same token
        if (rest != kWhole && own && rest != next_key && rest != next_lemma_key && keys_[rows_[by_key_[i].row].keys_begin] != lemma_key) continue;
        const StanceRow& r = rows_[by_key_[i].row];
        const bool content = r.tag == Tag::kVerb || r.tag == Tag::kNoun || r.tag == Tag::kAdj;
        const bool attribute = r.tag == Tag::kAdj && word.tag == Tag::kVerb && word.get(feat::kVerbForm) == 4 && in.clauses.deps[w].rel == Rel::kAdj;
        if (by_key_[i].fallback && !attribute && !(r.tag == Tag::kVerb && r.kind == CueKind::kReport && reads_as_verb(in, w, range)) &&
            (known || (content ? r.tag != word.tag || !(r.kind == CueKind::kReport || (r.flags & kNeedEvent)) : word.lemma != kNone))) continue;
        if (rest != kWhole && !(own && keys_[r.keys_begin] != lemma_key) && word_matches(in, w, range.last, r.keys_begin, false) == 0) continue;
        try_row(by_key_[i].row);
      }
    };
    if (word.lemma != kNone) {
      by_lemma(word.lemma, true);
      const LemmaRow& lemma = lemmas_.row(word.lemma);
      const bool participle = lemma.derivation == Derivation::kActiveParticiple || lemma.derivation == Derivation::kPassiveParticiple;
      if (lemma.base != kNone && lemma.derivation != Derivation::kNisba && (!participle || word.tag == Tag::kVerb || word.get(feat::kTanwin))) by_lemma(lemma.base, false);
      if (lemma.key != word.key) by_key(lemma.key);  // also the homograph of an inflected form
    }
    if (word.key != kNone) by_key(word.key);
  }
  for (Hit& h : out.hits) {
    if ((rows_[h.row].flags & kInverted) && h.first() != range.first) { h.dead = true; continue; }
    const uint64_t needs = rows_[h.row].flags & (kNeedAsk | kNeedCond);
    if (!needs) continue;
    h.dead = true;
    for (const Hit& x : out.hits) {
      const StanceRow& r = rows_[x.row];
      const bool there = needs & kNeedAsk ? r.kind == CueKind::kReport && r.stance == StanceKind::kAsk : r.kind == CueKind::kCounterfactual && r.tag == Tag::kSconj;
      h.dead &= !(x.first() < h.first() && there);
    }
  }
  std::erase_if(out.hits, [](const Hit& h) { return h.dead; });
  // longer rows silence the shorter ones inside them
  for (Hit& shorter : out.hits) {
    for (const Hit& longer : out.hits) {
      if (longer.count <= shorter.count || longer.dead) continue;
      bool inside = true;
      for (uint8_t i = 0; i < shorter.count && inside; ++i) inside = longer.has(shorter.words[i]);
      if (inside) shorter.dead = true;
    }
  }
  // a row for the passive silences the general one of the same word
  for (Hit& h : out.hits) {
    if (rows_[h.row].flags & kPassive) continue;
    for (const Hit& x : out.hits)
      if (x.first() == h.first() && x.count == h.count && x.row != h.row && (rows_[x.row].flags & kPassive) && rows_[x.row].kind == rows_[h.row].kind) h.dead = true;
  }
  std::erase_if(out.hits, [](const Hit& h) { return h.dead; });
  for (uint32_t i = static_cast<uint32_t>(out.hits.size()); i-- > 0;) {
    const Hit& h = out.hits[i];
    for (uint8_t k = 0; k < h.count; ++k) {
      uint32_t& first = out.first[h.words[k] - range.first];
      out.links.push_back({i, first});
      first = static_cast<uint32_t>(out.links.size());
    }
  }
}

// A word of a phrase with its article but without the clitics before it.
bool CueFinder::token_part(const Analysis& in, uint32_t w, std::string_view part) const {
  const Word& word = in.words.words[w];
  const std::string_view token = in.text.key_of(in.text.tokens[word.token]);
  if (token == part) return true;
  if (token.size() < part.size() || token.substr(token.size() - part.size()) != part) return false;
  return w > 0 && in.words.words[w - 1].token == word.token;
}

void CueFinder::evaluative(const Analysis& in, uint32_t sentence, WordRange range, std::vector<Evaluative>& out) const {
  for (uint32_t w = range.first; w < range.last; ++w) {
    const Word& word = in.words.words[w];
    // a phrase that is listed with its article may stand behind clitics
    const bool cut_off = word.get(feat::kDef) && w > range.first && in.words.words[w - 1].token == word.token;
    if (word.tag == Tag::kPunct || !((word.asks & ask::kEvaluative) || cut_off)) continue;
    uint32_t best = 0;
    StrId kind = 0;
    const std::string_view token = in.text.key_of(in.text.tokens[word.token]);
    const auto look = [&](StrId key) {
      if (key >= evaluative_slot_.size() || !evaluative_slot_[key]) return;
      for (uint32_t i = evaluative_slot_[key] - 1; i < evaluative_.size() && evaluative_[i].first == key; ++i) {
        const EvaluativeRow& r = evaluative_[i];
        uint32_t at = w, k = r.keys_begin;
        for (; k < r.keys_end && at < range.last; ++k, ++at) {
          while (at < range.last && in.words.words[at].tag == Tag::kPunct && k > r.keys_begin && at == w + 1) ++at;  // so-called "X"
          if (at >= range.last) break;
          const Word& x = in.words.words[at];
          const bool same = (x.get(feat::kDef) == 0 && x.key == keys_[k]) || token_part(in, at, pack_->str(keys_[k])) ||
                            (x.lemma != kNone && x.get(feat::kDef) == 0 && lemmas_.row(x.lemma).key == keys_[k]);
          if (!same) break;
        }
        if (k == r.keys_end && at - w > best) { best = at - w; kind = r.kind; }
      }
    };
    if (word.key != kNone) look(word.key);
    if (word.lemma != kNone && lemmas_.row(word.lemma).key != word.key) look(lemmas_.row(word.lemma).key);
    if (word.get(feat::kDef)) {
      // the phrase is listed with its article: the token, or what is left of it behind the clitics
      uint32_t cut = 0;
      for (uint32_t b = w; b > range.first && in.words.words[b - 1].token == word.token; --b) cut += in.words.words[b - 1].raw.size();
      if (cut == 0 && word.token < in.words.token_keys.size()) look(in.words.token_keys[word.token]);
      else if (cut < token.size()) look(pack_->find(token.substr(cut)));
    }
    if (best) {
      out.push_back({{w, w + best}, kind, sentence});
      w += best - 1;
    }
  }
}

}  // namespace biruni
