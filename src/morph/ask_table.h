// Which words the tables of later stages know at all, so that a stage passes over most words by one test of Word::asks.
//
//   AskTable asks(pack, "en");                     // engine, once a language
//   asks.own(ask::kCue);                           // a stage, at opening: from here on the bit means what it says
//   asks.key(id, ask::kCue);                       //   a folded form in its table
//   asks.lemma(lemma, ask::kCue);                  //   a lemma in its table
//   asks.close();                                  // engine, when all stages have declared
//   asks.fill(words, token_keys, from);            // engine, per sentence
//
// A word gets the bits of its key, of the whole key of its token, of its lemma, of its lemma's key, and of the lemma from
// which that one comes (LemmaRow::base) with its key: whichever of these a stage looks up by, declaring it is enough.
// Bits that nobody owns are always set, and so are all bits of words that were never filled (hand-made in tests), so a
// test may always be made. Thread-safe once closed.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/word.h"
#include "morph/lemma.h"
#include "pack/pack.h"

namespace biruni {

class AskTable {
 public:
  AskTable() = default;
  AskTable(std::shared_ptr<const Pack> pack, const std::string& lang);

  void own(uint32_t bits) { open_ &= ~bits; }
  void key(StrId key, uint32_t bits) { if (key < keys_.size()) keys_[key] |= bits; }
  void lemma(uint32_t lemma, uint32_t bits) { if (lemma < lemmas_.size()) lemmas_[lemma] |= bits; }
  /// After the last declaration: bits of keys are added to lemmas.
  void close();

  uint32_t of(const Word& w, StrId token_key) const {
    uint32_t bits = open_;
    if (w.key < keys_.size()) bits |= keys_[w.key];
    if (token_key != w.key && token_key < keys_.size()) bits |= keys_[token_key];
    if (w.lemma < lemmas_.size()) bits |= lemmas_[w.lemma];
    return bits;
  }
  /// Sets Word::asks of the words from row `first` on.
  void fill(WordLayer& words, uint32_t first) const;

 private:
  std::shared_ptr<const Pack> pack_;
  LemmaTable table_;
  std::vector<uint32_t> keys_, lemmas_;  // per string, per lemma
  uint32_t open_ = ask::kAll;
};

}  // namespace biruni
