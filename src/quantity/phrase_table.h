// A table of words and fixed phrases with a class and a value each, looked up by the folded key of the first word.
// Used for number words, units, bounds and time words. The compiler writes it (phrase_compile.h), stages read it in place.
//
//   PhraseTable t(pack, "en/time_words");
//   t.at(in, word, sentence_end, [&](const PhraseRow& row) { ... });   // every row that matches here, longest first
//
// Thread-safe: immutable view. Cost: one probe of a small hash table for a word that begins no phrase.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model/analysis.h"
#include "morph/ask_table.h"
#include "pack/pack.h"

namespace biruni {

/// One way to write a word or phrase. Sorted by (first, longer first, order in the file).
struct PhraseRow {
  StrId first = 0;
  uint32_t rest_begin = 0;   // further words, in section NAME_rest
  uint16_t rest_count = 0;
  uint8_t definite = 0;      // first word: 1 must carry the article
  uint8_t unused = 0;
  uint32_t cls = 0;          // class id, meaning given by the owner of the table
  double value = 0;
};

struct PhraseWord {
  StrId key = 0;
  uint32_t definite = 0;
};

class PhraseTable {
 public:
  PhraseTable() = default;
  PhraseTable(const std::shared_ptr<const Pack>& pack, const std::string& name)
      : rows_(pack->section<PhraseRow>(name)), rest_(pack->section<PhraseWord>(name + "_rest")) {
    size_t size = 16;
    while (size < rows_.size() * 2 + 2) size *= 2;
    slots_.assign(size, kNone);
    for (uint32_t i = 0; i < rows_.size(); ++i) {
      if (i && rows_[i].first == rows_[i - 1].first) continue;
      size_t at = slot(rows_[i].first);
      while (slots_[at] != kNone) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = i;
    }
  }

  /// First row whose first word is `key`, or kNone.
  uint32_t find(StrId key) const {
    if (key == kNone || slots_.empty()) return kNone;
    for (size_t at = slot(key); slots_[at] != kNone; at = (at + 1) & (slots_.size() - 1))
      if (rows_[slots_[at]].first == key) return slots_[at];
    return kNone;
  }

  /// Calls f(row) for each row that matches the words from `at`, not past `end`; longest first.
  template <class F>
  void at(const Analysis& in, uint32_t word, uint32_t end, F&& f) const {
    at(in, word, end, find(in.words.words[word].key), f);
  }
  /// The same where find() of the word's key is known.
  template <class F>
  void at(const Analysis& in, uint32_t word, uint32_t end, uint32_t i, F&& f) const {
    const Word& w = in.words.words[word];
    if (i == kNone) return;
    for (; i < rows_.size() && rows_[i].first == w.key; ++i) {
      const PhraseRow& row = rows_[i];
      if (row.definite && !w.get(feat::kDef)) continue;
      if (word + 1 + row.rest_count > end) continue;
      bool same = true;
      for (uint32_t k = 0; k < row.rest_count && same; ++k) {
        const PhraseWord& p = rest_[row.rest_begin + k];
        const Word& v = in.words.words[word + 1 + k];
        same = v.key == p.key && (!p.definite || v.get(feat::kDef));
      }
      if (same) f(row);
    }
  }
  /// The first words of all rows.
  void declare(AskTable& asks, uint32_t bit) const {
    for (const PhraseRow& r : rows_) asks.key(r.first, bit);
  }
  const PhraseRow& row(uint32_t i) const { return rows_[i]; }
  size_t size() const { return rows_.size(); }

 private:
  size_t slot(StrId key) const { return (key * 0x9E3779B1u >> 7) & (slots_.size() - 1); }
  std::span<const PhraseRow> rows_;
  std::span<const PhraseWord> rest_;
  std::vector<uint32_t> slots_;
};

}  // namespace biruni
