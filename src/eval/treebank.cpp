#include "eval/treebank.h"

#include <cctype>
#include <map>
#include <memory>
#include <set>

#include "eval/conllu.h"
#include "morph/features.h"
#include "text/fold.h"

namespace biruni::eval {
namespace {

struct Tally {
  Counts borders;
  size_t words = 0, exact = 0, guideline = 0, verbs = 0, verb_lemmas = 0, guessed = 0;
};

/// Places between two letters where a syntactic word ends and the next begins.
bool inside_word(const std::string& text, uint32_t at) {
  const auto letter = [&](uint32_t i) { const auto c = static_cast<unsigned char>(text[i]); return c >= 0x80 || std::isalnum(c) || c == '\''; };
  return at > 0 && at < text.size() && letter(at - 1) && letter(at);
}

void score_sentence(const GoldSentence& gold, const Analysis& a, const Engine& engine, Tally& n) {
  if (a.text.sentences.empty()) return;
  const LemmaTable& lemmas = engine.lemmas(a.lang);
  const auto fold = Fold::from_pack(engine.pack(), engine.languages()[a.lang]);
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> ours;
  std::set<uint32_t> our_cuts, gold_cuts;
  for (uint32_t i = 0; i < a.words.words.size(); ++i) {
    const Word& w = a.words.words[i];
    ours[{w.raw.begin, w.raw.end}] = i;
    if (w.tag != Tag::kPunct && inside_word(gold.text, w.raw.begin)) our_cuts.insert(w.raw.begin);
  }
  for (size_t i = 1; i < gold.words.size(); ++i) {
    const GoldWord &w = gold.words[i], &before = gold.words[i - 1];
    if (before.end == w.begin && w.tag != "PUNCT" && before.tag != "PUNCT" && inside_word(gold.text, w.begin)) gold_cuts.insert(w.begin);
  }
  for (const uint32_t c : gold_cuts) ++(our_cuts.count(c) ? n.borders.tp : n.borders.fn);
  for (const uint32_t c : our_cuts) n.borders.fp += !gold_cuts.count(c);
  for (const GoldWord& w : gold.words) {
    const auto it = ours.find({w.begin, w.end});
    if (it == ours.end() || w.tag == "PUNCT" || w.tag == "_") continue;
    const Word& o = a.words.words[it->second];
    const std::string tag = tag_name(lemmas.shown_tag(o, it->second == 0));
    ++n.words;
    n.exact += tag == w.tag;
    n.guideline += tag_class(tag, false) == tag_class(w.tag, false);
    n.guessed += o.source == WordSource::kGuess;
    if (w.tag != "VERB" && w.tag != "AUX") continue;
    ++n.verbs;
    n.verb_lemmas += o.lemma != kNone && fold->key_of(lemmas.text(o.lemma)) == fold->key_of(w.lemma);
  }
}

}  // namespace

void score_treebank(const std::string& path, const Engine& engine, const std::string& set, Scores& out) {
  const WorkspacePtr ws = engine.new_workspace();
  Tally n;
  for (const GoldSentence& gold : read_conllu(path)) {
    Document doc;
    doc.buffer = gold.text;
    score_sentence(gold, engine.analyze(doc, *ws), engine, n);
  }
  if (!n.words) {
    out.failed.push_back(path + ": no sentence whose words fit its text");
    return;
  }
  out.prf(set, "borders inside words", n.borders);
  out.share(set, "tags", n.exact, n.words);
  out.share(set, "tags, guideline classes as one", n.guideline, n.words);
  out.share(set, "verb lemmas", n.verb_lemmas, n.verbs);
  out.shown(set, "guessed words", double(n.guessed) / double(n.words), n.words);
}

}  // namespace biruni::eval
