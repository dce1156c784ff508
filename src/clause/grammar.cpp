#include "clause/grammar.h"

#include <algorithm>

namespace biruni {
namespace {

uint32_t slot_of(StrId key, size_t size) { return static_cast<uint32_t>((key * 0x9E3779B1u) & (size - 1)); }

template <class Row, class Key>
std::vector<uint32_t> index_by(std::span<const Row> rows, Key key) {
  size_t size = 16;
  while (size < rows.size() * 2) size *= 2;
  std::vector<uint32_t> slots(size, 0);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i > 0 && key(rows[i]) == key(rows[i - 1])) continue;
    size_t at = slot_of(key(rows[i]), size);
    while (slots[at]) at = (at + 1) & (size - 1);
    slots[at] = static_cast<uint32_t>(i + 1);
  }
  return slots;
}

template <class Row, class Key>
uint32_t find_by(std::span<const Row> rows, const std::vector<uint32_t>& slots, StrId wanted, Key key) {
  for (size_t at = slot_of(wanted, slots.size());; at = (at + 1) & (slots.size() - 1)) {
    if (slots[at] == 0) return kNone;
    if (key(rows[slots[at] - 1]) == wanted) return slots[at] - 1;
  }
}

void merge(WordEntry& into, const WordEntry& from) {
  into.classes |= from.classes;
  if (into.prep < 0 && from.prep >= 0) {
    into.prep = from.prep;
    into.noun = from.noun;
    into.verb = from.verb;
  }
}

}  // namespace

GrammarTables::GrammarTables(std::shared_ptr<const Pack> pack, const std::string& lang)
    : pack_(std::move(pack)),
      entries_(pack_->section<WordEntry>(lang + "/grammar_entries")),
      keys_(pack_->section<KeyRow>(lang + "/grammar_keys")),
      subcats_(pack_->section<SubcatRow>(lang + "/grammar_subcat")),
      phrases_(pack_->section<GrammarPhraseRow>(lang + "/grammar_phrases")),
      phrase_words_(pack_->section<StrId>(lang + "/grammar_phrase_words")),
      lemma_rows_(pack_->section<LemmaEntryRow>(lang + "/grammar_lemmas")),
      expressions_(pack_->section<ExpressionRow>(lang + "/expressions")) {
  const auto settings = pack_->section<GrammarSettings>(lang + "/grammar_settings");
  if (!settings.empty()) settings_ = settings[0];
  for (StrId id : pack_->section<StrId>(lang + "/grammar_endings")) endings_.push_back(pack_->str(id));
  key_slots_ = index_by(keys_, [](const KeyRow& r) { return r.key; });
  phrase_slots_ = index_by(phrases_, [](const GrammarPhraseRow& r) { return r.first; });
  for (uint32_t i = 0; i < subcats_.size(); ++i) {
    if (subcats_[i].lemma >= lemma_subcat_.size()) lemma_subcat_.resize(subcats_[i].lemma + 1, 0);
    lemma_subcat_[subcats_[i].lemma] = i + 1;
  }
  const auto texts = pack_->section<KeyRow>(lang + "/grammar_expressions");
  expression_entry_.assign(expressions_.size(), kNone);
  for (size_t i = 0; i < expressions_.size(); ++i) {
    auto at = std::lower_bound(texts.begin(), texts.end(), expressions_[i].text, [](const KeyRow& r, StrId id) { return r.key < id; });
    for (; at != texts.end() && at->key == expressions_[i].text; ++at) {
      if (at->tags >> static_cast<uint32_t>(expressions_[i].tag) & 1) expression_entry_[i] = at->entry;
    }
  }
  for (uint32_t i = 0; i < lemma_rows_.size(); ++i) {
    if (lemma_rows_[i].lemma >= lemma_entry_.size()) lemma_entry_.resize(lemma_rows_[i].lemma + 1, 0);
    if (lemma_entry_[lemma_rows_[i].lemma] == 0) lemma_entry_[lemma_rows_[i].lemma] = i + 1;
  }
}

void GrammarTables::declare(AskTable& asks) const {
  asks.own(ask::kGrammar | ask::kPhrase);
  for (const KeyRow& r : keys_) asks.key(r.key, ask::kGrammar);
  for (const LemmaEntryRow& r : lemma_rows_) asks.lemma(r.lemma, ask::kGrammar);
  for (const GrammarPhraseRow& r : phrases_) asks.key(r.first, ask::kPhrase);
}

WordEntry GrammarTables::find_entry(const Word& w) const {
  WordEntry out;
  const uint32_t tag = 1u << static_cast<uint32_t>(w.tag);
  if (w.key != kNone && !keys_.empty()) {
    uint32_t row = find_by(keys_, key_slots_, w.key, [](const KeyRow& r) { return r.key; });
    for (; row < keys_.size() && keys_[row].key == w.key; ++row) {
      if (keys_[row].tags & tag) merge(out, entries_[keys_[row].entry]);
    }
  }
  if (w.lemma < lemma_entry_.size() && lemma_entry_[w.lemma]) {
    for (uint32_t row = lemma_entry_[w.lemma] - 1; row < lemma_rows_.size() && lemma_rows_[row].lemma == w.lemma; ++row) {
      if (lemma_rows_[row].tags & tag) merge(out, entries_[lemma_rows_[row].entry]);
    }
  }
  return out;
}

std::span<const GrammarPhraseRow> GrammarTables::phrases(StrId key) const {
  if (key == kNone || phrases_.empty()) return {};
  const uint32_t first = find_by(phrases_, phrase_slots_, key, [](const GrammarPhraseRow& r) { return r.first; });
  if (first == kNone) return {};
  uint32_t last = first;
  while (last < phrases_.size() && phrases_[last].first == key) ++last;
  return phrases_.subspan(first, last - first);
}

bool GrammarTables::expression_tag(uint32_t expression, Tag& tag) const {
  if (expression >= expressions_.size() || expressions_[expression].kind != 0) return false;
  tag = expressions_[expression].tag;
  return tag == Tag::kAdp || tag == Tag::kSconj || tag == Tag::kCconj || tag == Tag::kAdv || tag == Tag::kPart;
}

bool GrammarTables::no_construct(std::string_view key) const {
  for (std::string_view e : endings_) {
    if (key.size() > e.size() && key.ends_with(e)) return true;
  }
  return false;
}

}  // namespace biruni
