#include "pattern/matcher.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace biruni {
namespace {

constexpr uint32_t kBudget = 4000;   // steps a pattern and place
constexpr uint32_t kReach = 40;      // words before the anchor at which a pattern may begin

// What a sentence must have for a slot.
constexpr uint32_t kHasEntity = 1, kHasQuantity = 2;

}  // namespace

void PatternMatcher::AtomIndex::build(std::span<const AtomEntry> table) {
  table_ = table;
  uint32_t bits = 4;
  while ((size_t(1) << bits) < table.size() * 3) ++bits;
  slots_.assign(size_t(1) << bits, Slot{});
  shift_ = 32 - bits;
  mask_ = slots_.size() - 1;
  for (uint32_t i = 0; i < table.size();) {
    uint32_t end = i;
    while (end < table.size() && table[end].id == table[i].id) ++end;
    size_t at = (table[i].id * 0x9E3779B1u) >> shift_;
    while (slots_[at].id != kNone) at = (at + 1) & mask_;
    slots_[at] = {table[i].id, i, end};
    filter_[place(table[i].id) / 64] |= uint64_t(1) << (place(table[i].id) % 64);
    i = end;
  }
}

uint32_t PatternMatcher::add_set(const std::vector<uint32_t>& alternatives) {
  Set set;
  set.masks_begin = static_cast<uint32_t>(set_masks_.size());
  set.long_begin = static_cast<uint32_t>(set_long_.size());
  const auto note = [&](uint32_t from, uint32_t atom) {
    auto mask = std::find_if(set_masks_.begin() + from, set_masks_.end(), [&](const AtomMask& m) { return m.index == atom / 64; });
    if (mask == set_masks_.end()) mask = set_masks_.insert(mask, {atom / 64, 0});
    mask->bits |= uint64_t(1) << (atom % 64);
  };
  for (const uint32_t a : alternatives) {
    const AlternativeRow& row = alternatives_[a];
    if (row.begin != row.end) set.weight += atom_uses_[rarest_[a]];
    if (row.end - row.begin > 1) set_long_.push_back(a);
    if (row.end - row.begin == 1) note(set.masks_begin, atoms_[row.begin]);
  }
  set.masks_end = static_cast<uint32_t>(set_masks_.size());
  for (uint32_t i = set.long_begin; i < set_long_.size(); ++i) {
    note(set.masks_end, rarest_[set_long_[i]]);
  }
  set.long_masks_end = static_cast<uint32_t>(set_masks_.size());
  set.long_end = static_cast<uint32_t>(set_long_.size());
  sets_.push_back(set);
  return static_cast<uint32_t>(sets_.size() - 1);
}

uint32_t PatternMatcher::set_of_range(uint32_t begin, uint32_t end) {
  if (begin < set_of_begin_.size() && set_of_begin_[begin] != kNone && set_end_[begin] == end) return set_of_begin_[begin];
  std::vector<uint32_t> alternatives;
  for (uint32_t a = begin; a < end; ++a) alternatives.push_back(a);
  const uint32_t set = add_set(alternatives);
  if (begin < set_of_begin_.size() && set_of_begin_[begin] == kNone) {
    set_of_begin_[begin] = set;
    set_end_[begin] = end;
  }
  return set;
}

const PatternScratch::SetAt& PatternMatcher::set_at(uint32_t set, const PatternScratch& s) const {
  PatternScratch::SetAt& at = s.sets[set];
  if (at.stamp == s.stamp) return at;
  if (!s.placed) place_atoms(s);
  at.stamp = s.stamp;
  at.any = false;
  const auto mark = [&](uint32_t w) {
    if (!at.any) {
      at.any = true;
      at.bits = static_cast<uint32_t>(s.bits.size());
      s.bits.resize(s.bits.size() + s.range.size() / 64 + 1, 0);
    }
    const uint32_t local = w - s.range.first;
    s.bits[at.bits + local / 64] |= uint64_t(1) << (local % 64);
  };
  const Set& row = sets_[set];
  for (uint32_t i = row.masks_begin; i < row.masks_end; ++i)
    for (uint64_t there = s.have[set_masks_[i].index] & set_masks_[i].bits; there; there &= there - 1) {
      const uint32_t atom = set_masks_[i].index * 64 + static_cast<uint32_t>(std::countr_zero(there));
      for (uint32_t p = s.atom_first[atom]; p != kNone; p = s.next_of_atom[p]) mark(s.word_of_atom[p]);
    }
  if (!may_be_long(row, s)) return at;
  for (uint32_t i = row.long_begin; i < row.long_end; ++i) {
    if (!has_atoms(set_long_[i], s)) continue;
    for (uint32_t p = s.atom_first[atoms_[alternatives_[set_long_[i]].begin]]; p != kNone; p = s.next_of_atom[p])
      if (alternative_at(set_long_[i], s.word_of_atom[p], s)) mark(s.word_of_atom[p]);
  }
  return at;
}

PatternMatcher::PatternMatcher(std::shared_ptr<const Pack> pack, const std::string& lang, const std::string& section,
                               std::shared_ptr<const World> world, uint32_t bit)
    : pack_(pack), world_(std::move(world)), units_(pack), bit_(bit) {
  const std::string s = lang + "/" + section + "_";
  patterns_ = pack->section<PatternRow>(s + "patterns");
  elements_ = pack->section<PatternElementRow>(s + "elements");
  alternatives_ = pack->section<AlternativeRow>(s + "alternatives");
  atoms_ = pack->section<uint32_t>(s + "atoms");
  keys_ = pack->section<AtomEntry>(s + "keys");
  lemmas_ = pack->section<AtomEntry>(s + "lemmas");
  classes_ = pack->section<ClassRow>(s + "classes");
  terms_ = pack->section<TermRow>(s + "terms");
  term_kinds_ = pack->section<ClassRow>(s + "term_kinds");
  key_index_.build(keys_);
  lemma_index_.build(lemmas_);
  uint32_t most = 0;
  for (const AtomEntry& e : keys_) most = std::max(most, e.atom + 1);
  for (const AtomEntry& e : lemmas_) most = std::max(most, e.atom + 1);
  for (const uint32_t atom : atoms_) most = std::max(most, atom + 1);
  patterns_of_atom_.resize(most);
  atom_uses_.resize(most, 0);
  for (const uint32_t atom : atoms_) ++atom_uses_[atom];
  for (const AlternativeRow& row : alternatives_) {
    uint32_t best = row.begin;
    for (uint32_t i = row.begin; i < row.end; ++i)
      if (atom_uses_[atoms_[i]] < atom_uses_[atoms_[best]]) best = i;
    rarest_.push_back(row.begin == row.end ? 0 : atoms_[best]);
  }
  set_of_begin_.assign(alternatives_.size(), kNone);
  set_end_.assign(alternatives_.size(), 0);
  for (const ClassRow& c : classes_) set_of_range(c.begin, c.end);
  for (const PatternElementRow& e : elements_)
    set_of_element_.push_back(e.kind == ElementKind::kWords || e.kind == ElementKind::kNot ? set_of_range(e.begin, e.end) : kNone);
  for (size_t k = 0; k < term_kinds_.size(); ++k) {
    uint32_t set = kNone;
    for (size_t i = 0; i < k && set == kNone; ++i) if (term_kinds_[i].name == term_kinds_[k].name) set = set_of_kind_[i];
    if (set == kNone) {
      std::vector<uint32_t> alternatives;
      for (const ClassRow& c : term_kinds_)
        if (c.name == term_kinds_[k].name)
          for (uint32_t t = c.begin; t < c.end; ++t) alternatives.push_back(terms_[t].alternative);
      set = add_set(alternatives);
    }
    set_of_kind_.push_back(set);
  }
  for (size_t i = 0; i < elements_.size(); ++i)
    if (elements_[i].kind == ElementKind::kSlot && elements_[i].slot_kind == SlotKind::kTerm)
      for (size_t k = 0; k < term_kinds_.size(); ++k)
        if (term_kinds_[k].name == elements_[i].arg) set_of_element_[i] = set_of_kind_[k];
  for (uint32_t p = 0; p < patterns_.size(); ++p) {
    if (patterns_[p].anchor == kNone) { starters_.push_back(p); continue; }
    const PatternElementRow& e = elements_[patterns_[p].begin + patterns_[p].anchor];
    auto anchor_at = [&](uint32_t a) {
      if (alternatives_[a].begin == alternatives_[a].end) return;
      auto& list = patterns_of_atom_[atoms_[alternatives_[a].begin]];
      if (list.empty() || list.back() != p) list.push_back(p);
    };
    for (uint32_t a = e.begin; a < e.end; ++a) anchor_at(a);
    if (e.kind == ElementKind::kSlot)
      for (const ClassRow& c : term_kinds_)
        if (c.name == e.arg)
          for (uint32_t t = c.begin; t < c.end; ++t) anchor_at(terms_[t].alternative);
  }
  read_needs();
  skip_ = word_class("skip");
  and_ = word_class("and");
  dual_ = word_class("dual");
  country_ = word_class("country");
  list_join_ = word_class("list_join");
  people_ = pack->find("people");
  none_ = pack->find("none");
  direction_ = pack->find("direction");
  comma_ = pack->find(",");
  lang_ = world_->lang_index(lang);
}

void PatternMatcher::declare(AskTable& asks) const {
  asks.own(bit_);
  for (const AtomEntry& e : keys_) asks.key(e.id, bit_);
  for (const AtomEntry& e : lemmas_) asks.lemma(e.id, bit_);
}

ClassRow PatternMatcher::word_class(std::string_view name) const {
  for (const ClassRow& c : classes_) if (pack_->str(c.name) == name) return c;
  return {};
}

uint32_t PatternMatcher::alternative_at(uint32_t alternative, uint32_t w, const PatternScratch& s) const {
  const AlternativeRow& row = alternatives_[alternative];
  uint32_t at = w;
  for (uint32_t i = row.begin; i < row.end; ++i) {
    if (at >= s.range.last) return 0;
    uint32_t length = 0;
    const uint32_t local = at - s.range.first;
    for (uint32_t k = s.atoms_begin[local]; k < s.atoms_begin[local + 1]; ++k)
      if (s.atoms[k].atom == atoms_[i]) { length = s.atoms[k].length; break; }
    if (!length) return 0;
    at += length;
  }
  return at - w;
}

uint32_t PatternMatcher::at(const ClassRow& c, uint32_t w, const PatternScratch& s) const {
  uint32_t best = 0;
  if (w >= s.range.last) return 0;
  if (c.begin < set_of_begin_.size() && set_end_[c.begin] == c.end && set_of_begin_[c.begin] != kNone &&
      !in_set(set_of_begin_[c.begin], w, s)) return 0;
  for (uint32_t a = c.begin; a < c.end; ++a) best = std::max(best, alternative_at(a, w, s));
  return best;
}

uint32_t PatternMatcher::term_at(StrId kind, uint32_t w, const PatternScratch& s, uint32_t& length) const {
  uint32_t row = kNone;
  length = 0;
  if (w >= s.range.last) return row;
  for (size_t k = 0; k < term_kinds_.size(); ++k) {
    const ClassRow& c = term_kinds_[k];
    if (c.name != kind) continue;
    if (!in_set(set_of_kind_[k], w, s)) return row;
    for (uint32_t t = c.begin; t < c.end; ++t) {
      const uint32_t n = alternative_at(terms_[t].alternative, w, s);
      if (n > length) { length = n; row = t; }
    }
  }
  return row;
}

bool PatternMatcher::pause(const Analysis& in, uint32_t w) const {
  if (in.words.words[w].tag != Tag::kPunct) return false;
  switch (in.text.tokens[in.words.words[w].token].punct) {
    case ',': case ';': case ':': case '-': case '(': case ')': case 0x60C: case 0x61B: case 0x2013: case 0x2014: return true;
    default: return false;
  }
}

bool PatternMatcher::quote(const Analysis& in, uint32_t w) const {
  if (in.words.words[w].tag != Tag::kPunct) return false;
  switch (in.text.tokens[in.words.words[w].token].punct) {
    case '"': case '\'': case 0xAB: case 0xBB: case 0x2018: case 0x2019: case 0x201C: case 0x201D: case 0x201E: return true;
    default: return false;
  }
}

void PatternMatcher::read_needs() {
  for (const PatternRow& p : patterns_) {
    Needs needs;
    needs.begin = static_cast<uint32_t>(needed_sets_.size());
    for (uint32_t i = p.begin; i < p.end; ++i) {
      const PatternElementRow& e = elements_[i];
      if (e.optional) continue;
      if (e.kind == ElementKind::kWords || (e.kind == ElementKind::kSlot && e.slot_kind == SlotKind::kTerm)) {
        if (set_of_element_[i] == kNone) needs.never = true;
        else needed_sets_.push_back(set_of_element_[i]);
      } else if (e.kind == ElementKind::kSlot) {
        switch (e.slot_kind) {
          case SlotKind::kNumber: case SlotKind::kOrdinal:
            needs.rows |= kHasQuantity;
            break;
          case SlotKind::kCountry: case SlotKind::kOrg: case SlotKind::kBody: case SlotKind::kEntity: case SlotKind::kPerson:
          case SlotKind::kPlace: case SlotKind::kAdjective: case SlotKind::kList:
            needs.rows |= kHasEntity;
            break;
          default: break;
        }
      }
    }
    std::stable_sort(needed_sets_.begin() + needs.begin, needed_sets_.end(), [&](uint32_t a, uint32_t b) { return sets_[a].weight < sets_[b].weight; });
    needs.end = static_cast<uint32_t>(needed_sets_.size());
    needs_.push_back(needs);
  }
}

// Which atoms each word is, which the sentence has, and where an anchor may begin.
void PatternMatcher::find_atoms(const Analysis& in, uint32_t sentence, PatternScratch& s) const {
  s.range = in.words.of_sentence(sentence);
  s.placed = false;
  s.matches.clear();
  s.items.clear();
  s.tries.clear();
  s.anchors.clear();
  s.atoms.clear();
  if (++s.stamp == 0) {  // after four thousand million sentences
    s.stamp = 1;
    std::fill(s.pattern_stamp.begin(), s.pattern_stamp.end(), 0);
    std::fill(s.sets.begin(), s.sets.end(), PatternScratch::SetAt{});
  }
  s.have.assign(patterns_of_atom_.size() / 64 + 1, 0);
  if (s.sets.size() < sets_.size()) s.sets.resize(sets_.size());
  if (s.pattern_stamp.size() < patterns_.size()) {
    s.pattern_stamp.resize(patterns_.size(), 0);
    s.pattern_possible.resize(patterns_.size(), 0);
  }
  s.atoms_begin.resize(s.range.size() + 1);
  uint32_t* begins = s.atoms_begin.data();
  for (uint32_t w = s.range.first; w < s.range.last; ++w) {
    const size_t begin = s.atoms.size();
    *begins++ = static_cast<uint32_t>(begin);
    const Word& word = in.words.words[w];
    if (!(word.asks & bit_) && word.tag != Tag::kPunct) continue;
    const auto add = [&](std::span<const AtomEntry> entries, uint32_t length) {
      for (const AtomEntry& e : entries) {
        size_t k = begin;
        while (k < s.atoms.size() && s.atoms[k].atom != e.atom) ++k;
        if (k < s.atoms.size()) {
          s.atoms[k].length = std::max(s.atoms[k].length, length);
          continue;
        }
        s.atoms.push_back({e.atom, length});
        s.have[e.atom / 64] |= uint64_t(1) << (e.atom % 64);
        if (!patterns_of_atom_[e.atom].empty()) s.anchors.emplace_back(e.atom, w);
      }
    };
    if (word.key != kNone && key_index_.may_have(word.key)) add(key_index_.find(word.key), 1);
    if (word.tag == Tag::kPunct && comma_ != kNone && pause(in, w)) add(key_index_.find(comma_), 1);
    if (word.lemma != kNone && lemma_index_.may_have(word.lemma)) add(lemma_index_.find(word.lemma), 1);
    const Token& token = in.text.tokens[word.token];
    if (word.raw.begin != token.raw.begin) continue;
    const StrId key = word.token < in.words.token_keys.size() ? in.words.token_keys[word.token] : pack_->find(in.text.key_of(token));
    if (key == kNone || key == word.key || !key_index_.may_have(key)) continue;
    uint32_t n = 1;
    while (w + n < s.range.last && in.words.words[w + n].token == word.token) ++n;
    add(key_index_.find(key), n);
  }
  *begins = static_cast<uint32_t>(s.atoms.size());
}

// The words of each atom: where a pattern is left, or a class is asked for.
void PatternMatcher::place_atoms(const PatternScratch& s) const {
  s.placed = true;
  s.bits.clear();
  s.atom_first.resize(patterns_of_atom_.size());
  s.next_of_atom.resize(s.atoms.size());
  s.word_of_atom.resize(s.atoms.size());
  for (const PatternScratch::AtomAt& a : s.atoms) s.atom_first[a.atom] = kNone;
  for (uint32_t local = s.range.size(); local-- > 0;)
    for (uint32_t k = s.atoms_begin[local]; k < s.atoms_begin[local + 1]; ++k) {
      s.word_of_atom[k] = s.range.first + local;
      s.next_of_atom[k] = s.atom_first[s.atoms[k].atom];
      s.atom_first[s.atoms[k].atom] = k;
    }
}

// Which row of other layers begins at each word; what there is at all.
uint32_t PatternMatcher::enter_rows(const Analysis& in, PatternScratch& s) const {
  uint32_t have = 0;
  const size_t n = s.range.size();
  s.mention_from.assign(n, kNone);
  s.quantity_from.assign(n, kNone);
  s.time_from.assign(n, kNone);
  // rows stand in text order by head; a phrase may begin a little before its head
  auto m = std::lower_bound(in.mentions.rows.begin(), in.mentions.rows.end(), s.range.first, [](const Mention& row, uint32_t w) { return row.head < w; });
  for (; m != in.mentions.rows.end() && m->head < s.range.last; ++m) {
    if (!s.range.contains(m->words.first)) continue;
    have |= kHasEntity;
    uint32_t& at = s.mention_from[m->words.first - s.range.first];
    if (at == kNone || in.mentions.rows[at].words.last < m->words.last) at = static_cast<uint32_t>(m - in.mentions.rows.begin());
  }
  auto q = std::lower_bound(in.quantities.rows.begin(), in.quantities.rows.end(), s.range.first, [](const Quantity& row, uint32_t w) { return row.words.first < w; });
  for (; q != in.quantities.rows.end() && q->words.first < s.range.last; ++q) {
    have |= kHasQuantity;
    const uint32_t row = static_cast<uint32_t>(q - in.quantities.rows.begin());
    s.quantity_from[q->words.first - s.range.first] = row;
    if (s.range.contains(q->number_words.first)) s.quantity_from[q->number_words.first - s.range.first] = row;
  }
  auto t = std::lower_bound(in.times.rows.begin(), in.times.rows.end(), s.range.first, [](const TimeExpression& row, uint32_t w) { return row.words.first < w; });
  for (; t != in.times.rows.end() && t->words.first < s.range.last; ++t)
    s.time_from[t->words.first - s.range.first] = static_cast<uint32_t>(t - in.times.rows.begin());
  for (uint32_t w = s.range.first; w < s.range.last && !(have & kHasEntity) && w < in.matches.name_at.size(); ++w)
    if (in.matches.name_at[w] != kNone) have |= kHasEntity;
  return have;
}

// Each element that must be there may be somewhere in the sentence.
bool PatternMatcher::possible(uint32_t pattern, const PatternScratch& s) const {
  const Needs& needs = needs_[pattern];
  if (needs.never) return false;
  for (uint32_t i = needs.begin; i < needs.end; ++i)
    if (!may_be(sets_[needed_sets_[i]], s)) return false;
  return true;
}

bool PatternMatcher::may_begin(const Analysis& in, const PatternRow& p, uint32_t w, const PatternScratch& s) const {
  const uint32_t local = w - s.range.first;
  for (uint32_t i = p.begin; i < p.end; ++i) {
    const PatternElementRow& e = elements_[i];
    switch (e.kind) {
      case ElementKind::kWords:
        if (in_set(set_of_element_[i], w, s)) return true;
        break;
      case ElementKind::kSlot:
        if (e.slot_kind == SlotKind::kPronoun) {
          const Tag tag = in.words.words[w].tag;
          if (tag == Tag::kPron || tag == Tag::kDet) return true;
          break;
        }
        if (at(skip_, w, s)) return true;
        switch (e.slot_kind) {
          case SlotKind::kTerm:
            if (set_of_element_[i] != kNone && in_set(set_of_element_[i], w, s)) return true;
            break;
          case SlotKind::kNumber: case SlotKind::kOrdinal:
            if (s.quantity_from[local] != kNone) return true;
            break;
          case SlotKind::kYear: case SlotKind::kDay:
            if (s.time_from[local] != kNone || in.text.tokens[in.words.words[w].token].kind == TokenKind::kNumber) return true;
            break;
          case SlotKind::kCountry: case SlotKind::kOrg: case SlotKind::kBody: case SlotKind::kEntity: case SlotKind::kPerson:
          case SlotKind::kPlace: case SlotKind::kAdjective: case SlotKind::kList:
            if (s.mention_from[local] != kNone || (w < in.matches.name_at.size() && in.matches.name_at[w] != kNone)) return true;
            break;
          default: return true;
        }
        break;
      case ElementKind::kStart:
        if (w != s.range.first) return false;
        continue;
      case ElementKind::kPause:
        if (pause(in, w)) return true;
        break;
      case ElementKind::kNot:
        if (in_set(set_of_element_[i], w, s)) return false;
        continue;
      case ElementKind::kEnd:
        continue;
      default: return true;
    }
    if (!e.optional) return false;
  }
  return true;
}

void PatternMatcher::scan(const Analysis& in, uint32_t sentence, PatternScratch& s) const {
  find_atoms(in, sentence, s);
  const auto attempt = [&](uint32_t p, uint32_t w) {
    if (s.pattern_stamp[p] != s.stamp) {
      s.pattern_stamp[p] = s.stamp;
      s.pattern_possible[p] = possible(p, s);
    }
    if (s.pattern_possible[p]) s.tries.emplace_back(p, w);
  };
  for (const auto& [atom, w] : s.anchors)
    for (const uint32_t p : patterns_of_atom_[atom]) attempt(p, w);
  if (!s.range.empty())
    for (const uint32_t p : starters_) attempt(p, s.range.first);
  if (s.tries.empty()) return;
  const uint32_t have = enter_rows(in, s);
  std::erase_if(s.tries, [&](const auto& t) { return (needs_[t.first].rows & ~have) != 0; });
  std::sort(s.tries.begin(), s.tries.end());
  uint32_t last_pattern = kNone, next_start = 0;
  for (const auto& [p, anchor] : s.tries) {
    const PatternRow& row = patterns_[p];
    if (p != last_pattern) { last_pattern = p; next_start = s.range.first; }  // no start is tried twice
    uint32_t start = std::max(next_start, anchor > s.range.first + kReach ? anchor - kReach : s.range.first);
    if (row.anchor == 0) start = std::max(start, anchor);
    for (; start <= anchor; ++start) {
      next_start = start + 1;
      if (!may_begin(in, row, start, s) || quote(in, start)) continue;
      s.budget = kBudget;
      s.current = PatternMatch{};
      s.current.pattern = p;
      s.current.words = {start, start};
      if (!step(in, row, 0, start, s)) continue;
      s.matches.push_back(s.current);
      next_start = std::max(s.current.words.last, start + 1);
      break;
    }
  }
}

bool PatternMatcher::step(const Analysis& in, const PatternRow& p, uint32_t element, uint32_t w, PatternScratch& s) const {
  if (s.budget == 0) return false;
  --s.budget;
  if (p.begin + element == p.end) {
    s.current.words.last = w;
    return w > s.current.words.first;
  }
  const PatternElementRow& e = elements_[p.begin + element];
  switch (e.kind) {
    case ElementKind::kStart:
      return w == s.range.first && step(in, p, element + 1, w, s);
    case ElementKind::kEnd:
      return (w >= s.range.last || in.words.words[w].tag == Tag::kPunct) && step(in, p, element + 1, w, s);
    case ElementKind::kNot: {
      if (w < s.range.last && in_set(set_of_element_[p.begin + element], w, s)) return false;
      return step(in, p, element + 1, w, s);
    }
    case ElementKind::kPause:
      if (w < s.range.last && pause(in, w) && step(in, p, element + 1, w + 1, s)) return true;
      return e.optional && step(in, p, element + 1, w, s);
    case ElementKind::kGap:
    case ElementKind::kWideGap:
      for (uint32_t n = 0; n <= e.arg; ++n) {
        if (step(in, p, element + 1, w + n, s)) return true;
        if (w + n >= s.range.last) return false;
        if (e.kind == ElementKind::kGap && in.words.words[w + n].tag == Tag::kPunct && !quote(in, w + n)) return false;
      }
      return false;
    case ElementKind::kWords:
      return words_step(in, p, element, w, s);
    case ElementKind::kSlot:
      return slot_step(in, p, element, w, s);
  }
  return false;
}

bool PatternMatcher::words_step(const Analysis& in, const PatternRow& p, uint32_t element, uint32_t w, PatternScratch& s) const {
  const PatternElementRow& e = elements_[p.begin + element];
  uint32_t from = w;
  if (from < s.range.last && from > s.current.words.first && quote(in, from)) ++from;
  uint32_t lengths[4];
  int found = 0;
  if (from < s.range.last && in_set(set_of_element_[p.begin + element], from, s)) {
    for (uint32_t a = e.begin; a < e.end; ++a) {
      const uint32_t n = alternative_at(a, from, s);
      if (!n) continue;
      bool known = false;
      for (int k = 0; k < found; ++k) known = known || lengths[k] == n;
      if (!known && found < 4) lengths[found++] = n;
    }
  }
  for (int i = 1; i < found; ++i)  // longest first
    for (int k = i; k > 0 && lengths[k] > lengths[k - 1]; --k) std::swap(lengths[k], lengths[k - 1]);
  for (int k = 0; k < found; ++k) if (step(in, p, element + 1, from + lengths[k], s)) return true;
  return e.optional && step(in, p, element + 1, w, s);
}

bool PatternMatcher::slot_step(const Analysis& in, const PatternRow& p, uint32_t element, uint32_t w, PatternScratch& s) const {
  const PatternElementRow& e = elements_[p.begin + element];
  SlotValue v;
  v.slot = static_cast<char>(e.slot);
  v.kind = e.slot_kind;
  uint32_t from = w;
  bool ok = false;
  for (int skips = 0; skips < 3 && from < s.range.last; ++skips) {
    if (read_slot(in, e, from, s, v)) { ok = true; break; }
    const uint32_t n = quote(in, from) ? 1 : e.slot_kind == SlotKind::kPronoun ? 0 : at(skip_, from, s);
    if (!n) break;
    from += n;
  }
  if (ok && s.current.slots < kMaxSlots) {
    s.current.slot[s.current.slots++] = v;
    uint32_t after = v.words.last;
    if (step(in, p, element + 1, after, s)) return true;
    if (after < s.range.last && quote(in, after) && step(in, p, element + 1, after + 1, s)) return true;
    --s.current.slots;
  }
  return e.optional && step(in, p, element + 1, w, s);
}

bool PatternMatcher::read_slot(const Analysis& in, const PatternElementRow& e, uint32_t w, PatternScratch& s, SlotValue& out) const {
  switch (e.slot_kind) {
    case SlotKind::kCountry: case SlotKind::kOrg: case SlotKind::kBody: case SlotKind::kEntity: case SlotKind::kPerson:
    case SlotKind::kPlace: case SlotKind::kAdjective:
      return entity_slot(in, e, w, s, out);
    case SlotKind::kList:
      return list_at(in, w, s, out) && out.list_end - out.list_begin >= std::max(e.arg, 1u);
    case SlotKind::kBoth:
      return both_slot(in, w, s, out);
    case SlotKind::kNumber: case SlotKind::kOrdinal:
      return number_slot(in, e, w, s, out);
    case SlotKind::kYear: case SlotKind::kDay:
      return date_slot(in, e, w, s, out);
    case SlotKind::kTerm: {
      uint32_t length = 0;
      out.term = term_at(e.arg, w, s, length);
      out.words = {w, w + length};
      return out.term != kNone;
    }
    case SlotKind::kPronoun: {
      const Word& word = in.words.words[w];
      if (word.tag != Tag::kPron && word.tag != Tag::kDet) return false;
      if (!word.clitic && !word.get(feat::kPoss) && word.get(feat::kPerson) == 0) return false;
      out.words = {w, w + 1};
      return true;
    }
    case SlotKind::kPhrase: {
      const Word& word = in.words.words[w];
      if (word.tag == Tag::kPunct || word.tag == Tag::kVerb) return false;
      out.words = {w, w + 1};
      // "np:rest": all that follows up to a pause
      while (e.arg && out.words.last < s.range.last && out.words.size() < 12 && in.words.words[out.words.last].tag != Tag::kPunct &&
             in.words.words[out.words.last].tag != Tag::kVerb) ++out.words.last;
      return true;
    }
    default:
      return false;
  }
}

bool PatternMatcher::fits(const World& world, EntityRef ref, const Analysis& in, SlotKind kind) const {
  if (!ref.valid()) return false;
  if (ref.local) {
    const EntityType t = in.mentions.locals[ref.index].type;
    switch (kind) {
      case SlotKind::kOrg: return t == EntityType::kOrganization;
      case SlotKind::kBody: return t != EntityType::kPlace && t != EntityType::kCountry && t != EntityType::kPerson;
      case SlotKind::kPerson: return t == EntityType::kPerson;
      case SlotKind::kPlace: return t == EntityType::kPlace;
      case SlotKind::kEntity: return true;
      default: return false;
    }
  }
  const WorldType t = world.entity(ref.index).type;
  switch (kind) {
    case SlotKind::kCountry: return t == WorldType::kCountry;
    case SlotKind::kOrg: return t == WorldType::kOrganization;
    case SlotKind::kBody: return t != WorldType::kCountry && t != WorldType::kRegion && t != WorldType::kPerson && t != WorldType::kPlace;
    case SlotKind::kPerson: return t == WorldType::kPerson;
    case SlotKind::kPlace: return t == WorldType::kPlace;
    default: return true;
  }
}

bool PatternMatcher::entity_slot(const Analysis& in, const PatternElementRow& e, uint32_t w, const PatternScratch& s, SlotValue& out) const {
  const uint32_t m = s.mention_from[w - s.range.first];
  if (e.slot_kind == SlotKind::kAdjective) {
    if (m == kNone || in.mentions.rows[m].form != MentionForm::kAdjective) return false;
    out.entity = in.mentions.rows[m].entity;
    out.mention = m;
    out.words = in.mentions.rows[m].words;
    return fits(*world_, out.entity, in, SlotKind::kCountry);
  }
  // the names written here first: a mention may have been understood otherwise (a capital as its government)
  const uint32_t n = w < in.matches.name_at.size() ? in.matches.name_at[w] : kNone;
  if (n != kNone && in.matches.names[n].words.first == w) {
    for (uint32_t c = n; c < n + in.matches.names[n].candidates && c < in.matches.names.size(); ++c) {
      const NameRow& name = world_->names()[in.matches.names[c].name];
      if (name.kind == NameKind::kDemonym || name.kind == NameKind::kEvaluative || name.kind == NameKind::kMetonym) continue;
      const EntityRef ref{name.entity, false};
      if (!fits(*world_, ref, in, e.slot_kind)) continue;
      // among several bodies of one name the mention has chosen
      if (m != kNone && in.mentions.rows[m].entity.valid() && in.matches.names[n].candidates > 1 && !(in.mentions.rows[m].entity == ref) &&
          fits(*world_, in.mentions.rows[m].entity, in, e.slot_kind)) continue;
      out.entity = ref;
      out.words = in.matches.names[n].words;
      out.mention = m;
      return true;
    }
  }
  if (m == kNone) return false;
  const Mention& row = in.mentions.rows[m];
  if (row.form == MentionForm::kAdjective || row.form == MentionForm::kPronoun) return false;
  if (e.slot_kind == SlotKind::kCountry && (row.form == MentionForm::kRole || row.metonym || row.plural)) return false;
  if (!fits(*world_, row.entity, in, e.slot_kind)) return false;
  // of common nouns only those that mean such a thing: "the country", not "the unit" of a country
  if (row.form == MentionForm::kCommon && e.slot_kind == SlotKind::kCountry && !at(country_, row.head, s)) return false;
  out.entity = row.entity;
  out.mention = m;
  out.words = row.words;
  return true;
}

bool PatternMatcher::country_at(const Analysis& in, uint32_t w, const PatternScratch& s, SlotValue& out) const {
  PatternElementRow e;
  e.slot_kind = SlotKind::kCountry;
  return entity_slot(in, e, w, s, out);
}

// Countries joined by commas and conjunctions; each, or several together, may be followed by a direction.
bool PatternMatcher::list_at(const Analysis& in, uint32_t w, PatternScratch& s, SlotValue& out) const {
  const uint32_t first_item = static_cast<uint32_t>(s.items.size());
  uint32_t undirected = first_item;
  uint32_t at_word = w, end = w;
  while (at_word < s.range.last) {
    SlotValue v;
    uint32_t from = at_word;
    while (from < s.range.last) {
      const uint32_t n = at(skip_, from, s);
      if (!n || country_at(in, from, s, v)) break;
      from += n;
    }
    if (from >= s.range.last || !country_at(in, from, s, v)) break;
    s.items.push_back({v.entity.index, 0, v.words});
    end = v.words.last;
    at_word = end;
    uint32_t length = 0;
    const uint32_t t = at_word < s.range.last ? term_at(direction_, at_word, s, length) : kNone;
    if (t != kNone) {
      for (; undirected < s.items.size(); ++undirected) s.items[undirected].direction = terms_[t].id;
      end = at_word += length;
    }
    // what may stand between two of the list
    uint32_t next = at_word;
    bool joined = false;
    for (int k = 0; k < 3 && next < s.range.last; ++k) {
      const uint32_t n = pause(in, next) ? 1 : std::max(at(and_, next, s), at(list_join_, next, s));
      if (!n) break;
      joined = true;
      next += n;
    }
    if (!joined) break;
    at_word = next;
  }
  out.words = {w, end};
  out.list_begin = first_item;
  out.list_end = static_cast<uint32_t>(s.items.size());
  return out.list_end > first_item;
}

bool PatternMatcher::both_slot(const Analysis& in, uint32_t w, PatternScratch& s, SlotValue& out) const {
  const uint32_t length = at(dual_, w, s);
  const uint32_t first_item = static_cast<uint32_t>(s.items.size());
  auto take = [&](uint32_t m) {
    const EntityRef ref = in.mentions.rows[m].entity;
    if (!fits(*world_, ref, in, SlotKind::kCountry)) return;
    for (uint32_t i = first_item; i < s.items.size(); ++i) if (s.items[i].entity == ref.index) return;
    s.items.push_back({ref.index, 0, in.mentions.rows[m].words});
  };
  uint32_t m = w < in.mentions.of_word.size() ? in.mentions.of_word[w] : kNone;
  if (m == kNone) m = s.mention_from[w - s.range.first];
  if (length && m != kNone && in.mentions.rows[m].form != MentionForm::kName) {
    const uint32_t head = in.mentions.rows[m].head;
    out.words = {w, std::max(w + 1, in.mentions.rows[m].words.last)};
    for (uint32_t k = m; k < in.mentions.rows.size() && in.mentions.rows[k].head == head; ++k) take(k);
  }
  if (s.items.size() < first_item + 2 && length) {
    // the two countries of this sentence or of one of the three before; else the two named most often so far
    out.words = {w, w + length};
    const uint32_t sentence = in.text.tokens[in.words.words[w].token].sentence;
    for (uint32_t back = 0; back < 4 && back <= sentence && s.items.size() != first_item + 2; ++back) {
      s.items.resize(first_item);
      const WordRange range = in.words.of_sentence(sentence - back);
      auto m = std::lower_bound(in.mentions.rows.begin(), in.mentions.rows.end(), range.first, [](const Mention& row, uint32_t word) { return row.head < word; });
      for (; m != in.mentions.rows.end() && m->head < std::min(range.last, w); ++m)
        if (m->form == MentionForm::kName && !m->metonym) take(static_cast<uint32_t>(m - in.mentions.rows.begin()));
    }
    if (s.items.size() != first_item + 2) {
      s.items.resize(first_item);
      std::vector<std::pair<uint32_t, uint32_t>> counts;  // how often, entity
      for (const Mention& m : in.mentions.rows) {
        if (m.head >= w) break;
        if (m.form != MentionForm::kName || !fits(*world_, m.entity, in, SlotKind::kCountry)) continue;
        auto it = std::find_if(counts.begin(), counts.end(), [&](auto& c) { return c.second == m.entity.index; });
        if (it == counts.end()) counts.emplace_back(1, m.entity.index);
        else ++it->first;
      }
      std::stable_sort(counts.begin(), counts.end(), [](auto& a, auto& b) { return a.first > b.first; });
      for (size_t i = 0; i < counts.size() && i < 2; ++i) s.items.push_back({counts[i].second, 0, {w, w + length}});
    }
  }
  if (s.items.size() < first_item + 2) { s.items.resize(first_item); return false; }
  out.list_begin = first_item;
  out.list_end = static_cast<uint32_t>(s.items.size());
  return true;
}

bool PatternMatcher::number_slot(const Analysis& in, const PatternElementRow& e, uint32_t w, const PatternScratch& s, SlotValue& out) const {
  const uint32_t q = s.quantity_from[w - s.range.first];
  if (q == kNone) return false;
  const Quantity& row = in.quantities.rows[q];
  if (row.number_words.last <= w) return false;
  if (e.slot_kind == SlotKind::kOrdinal) {
    if (row.kind != QuantityKind::kOrdinal || row.value < 1) return false;
  } else {
    if (row.kind != QuantityKind::kNumber && !(e.arg == 0)) return false;
    if (row.kind == QuantityKind::kOrdinal) return false;
    const std::string_view dimension = row.unit == kNone ? std::string_view("none") : units_.dimension(row.unit);
    if (e.arg == people_ && people_ != kNone) {
      if (dimension != "count" && dimension != "none") return false;
    } else if (e.arg && pack_->str(e.arg) != dimension) {
      return false;
    }
  }
  out.quantity = q;
  out.words = {w, row.words.last};
  return true;
}

bool PatternMatcher::date_slot(const Analysis& in, const PatternElementRow& e, uint32_t w, const PatternScratch& s, SlotValue& out) const {
  const uint32_t t = s.time_from[w - s.range.first];
  if (t != kNone) {
    const TimeExpression& row = in.times.rows[t];
    if (row.kind != TimeKind::kDate || !row.resolved || row.begin.year == 0) return false;
    if (e.slot_kind == SlotKind::kDay && row.begin.day == 0) return false;
    if (row.relative) return false;
    out.time = t;
    out.date = row.begin;
    out.words = row.words;
    return true;
  }
  if (e.slot_kind == SlotKind::kDay) return false;
  const Word& word = in.words.words[w];
  const auto text = in.text.norm_of(in.text.tokens[word.token]);
  if (in.text.tokens[word.token].kind != TokenKind::kNumber || text.size() != 4) return false;
  int year = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return false;
    year = year * 10 + (c - '0');
  }
  if (year < 1000 || year > 2100) return false;
  out.date = {static_cast<int16_t>(year), 0, 0};
  out.words = {w, w + 1};
  return true;
}

}  // namespace biruni
