// A stand-in for the morphological analyser in the unit tests of the quantity and time stages: words are tokens; a token
// is cut only where the rest is a string of the pack (prefix letters, article). Also a lexicon that only folds. So these
// tests need the number and time tables alone. Slow; tests only.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "model/analysis.h"
#include "morph/builder.h"
#include "pack/pack.h"
#include "quantity/compile.h"
#include "quantity/quantity_stage.h"
#include "text/compile.h"
#include "text/fold.h"
#include "text/text_stage.h"
#include "time/compile.h"
#include "time/time_stage.h"

namespace biruni::test {

class FoldLexicon final : public LexiconBuilder {
 public:
  explicit FoldLexicon(std::unique_ptr<Fold> fold) : fold_(std::move(fold)) {}
  std::vector<uint32_t> resolve(std::string_view, Tag, bool) override { return {}; }
  void add_name_word(std::string_view, bool, bool) override {}
  ClassId add_class(uint32_t, std::string_view) override { return 0; }
  std::string key_of(std::string_view text) const override { return fold_->key_of(text); }
  const LemmaRow& row(uint32_t) const override { return row_; }
  uint32_t size() const override { return 0; }
  Status finish() override { return Ok{}; }

 private:
  std::unique_ptr<Fold> fold_;
  LemmaRow row_;
};

inline void simple_words(const Pack& pack, Analysis& a) {
  const std::string article = "\u0627\u0644", lam = "\u0644";
  const std::vector<std::string> prefixes = {"\u0648", "\u0641", "\u0628", "\u0644", "\u0643", "\u0633"};
  a.words.clear();
  auto push = [&](uint32_t token, uint32_t begin, uint32_t end, StrId key, bool def, bool clitic) {
    Word w;
    w.raw = {begin, end};
    w.token = token;
    w.key = key;
    w.clitic = clitic;
    if (def) w.feats = feat::set(w.feats, feat::kDef, 1);
    a.words.words.push_back(w);
  };
  for (uint32_t s = 0; s < a.text.sentences.size(); ++s) {
    a.words.first.push_back(static_cast<uint32_t>(a.words.words.size()));
    for (uint32_t t = a.text.sentences[s].first_token; t < a.text.sentences[s].last_token; ++t) {
      const Token& token = a.text.tokens[t];
      std::string key(a.text.key_of(token));
      uint32_t begin = token.raw.begin;
      const uint32_t end = token.raw.end;
      bool def = false;
      StrId id = pack.find(key);
      if (token.script == Script::kArabic) {
        for (int step = 0; step < 3 && id == kNone; ++step) {
          if (key.rfind(article, 0) == 0 && key.size() > 5) {  // unknown words, too, lose their article
            def = true;
            key.erase(0, 4);
            id = pack.find(key);
            break;
          }
          if (key.size() > 7 && key.rfind(lam + lam, 0) == 0) {
            push(t, begin, begin + 2, pack.find(lam), false, true);
            begin += 2;
            key.erase(0, 4);
            def = true;
            id = pack.find(key);
            break;
          }
          bool cut = false;
          for (const std::string& p : prefixes) {
            if (key.size() < 6 || key.rfind(p, 0) != 0) continue;
            const std::string rest = key.substr(2);
            bool known = pack.find(rest) != kNone || (rest.rfind(article, 0) == 0 && pack.find(rest.substr(4)) != kNone);
            for (const std::string& q : prefixes) known = known || (rest.rfind(q, 0) == 0 && rest.size() > 6 && pack.find(rest.substr(2)) != kNone);
            if (!known) continue;
            push(t, begin, begin + 2, pack.find(p), false, true);
            begin += 2;
            key = rest;
            id = pack.find(key);
            cut = true;
            break;
          }
          if (!cut) break;
        }
      }
      push(t, begin, end, id, def, false);
    }
  }
  a.words.first.push_back(static_cast<uint32_t>(a.words.words.size()));
}

/// Text, quantity and time stages over a small pack made of the real number and time tables.
struct NumberTime {
  std::string error;  // not empty: could not be built
  std::shared_ptr<const Pack> pack;
  std::unique_ptr<TextStage> text;
  std::unique_ptr<QuantityStage> quantity;
  std::unique_ptr<TimeStage> time;
  Document doc;
  Analysis a;

  NumberTime(const std::string& packs, const std::string& lang, const std::string& file, bool relative = false) {
    PackWriter out;
    auto fold = Fold::from_tsv(packs, lang);
    if (!fold) { error = fold.error().text(); return; }
    FoldLexicon lexicon(std::move(*fold));
    for (Status s : {compile_text(packs, lang, out), compile_units(packs, out), compile_quantity(packs, lang, lexicon, out),
                     compile_time(packs, lang, lexicon, out), out.write(file)})
      if (!s) { error = s.error().text(); return; }
    auto opened = Pack::open(file);
    if (!opened) { error = opened.error().text(); return; }
    pack = *opened;
    text = TextStage::open(pack, {lang});
    quantity = QuantityStage::open(pack, lang, relative);
    time = TimeStage::open(pack, lang);
  }
  void run(const std::string& s, CivilDate date) {
    doc = Document{};
    doc.buffer = s;
    a.clear();
    a.doc = &doc;
    text->run(doc, 0, a);
    simple_words(*pack, a);
    TimeContext context;
    for (uint32_t i = 0; i < a.text.sentences.size(); ++i) {
      quantity->run(a, i, a.quantities);
      time->run(a, i, date, context, a.times);
    }
  }
};

}  // namespace biruni::test
