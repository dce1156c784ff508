// Measures word analysis against a CoNLL-U file, or lists the readings of words.
//
//   ud_morph ar FILE.conllu [--errors N] [--pack FILE] [--packs DIR]
//   ud_morph ar --words WORD...
//   ud_morph ar --forms FILE      lines "form<TAB>lemma": is the lemma among the readings of the form?
//   --half 0|1 measures every second sentence only (see morph_train.cpp)
//
// Without --pack it compiles text, morphology, and the words of world/names of one language on the fly.
// Prints: F1 of borders inside words, accuracy of tags on words with right borders (strict, and with tags that treebanks
// treat differently taken as one), accuracy of verb lemmas without vowels, share of guessed words, time per token.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "base/utf8.h"
#include "eval/conllu.h"
#include "morph/analyzer.h"
#include "morph/builder.h"
#include "morph/features.h"
#include "pack/tsv.h"
#include "text/compile.h"
#include "text/fold.h"
#include "text/text_stage.h"

using namespace biruni;
using eval::GoldSentence;
using eval::GoldWord;

namespace {

std::string strict_or_class(const std::string& tag, bool strict) { return strict ? tag : eval::tag_class(tag, true); }

std::shared_ptr<const Pack> compile(const std::string& packs, const std::string& lang) {
  PackWriter out;
  if (auto s = compile_text(packs, lang, out); !s) { std::fprintf(stderr, "%s\n", s.error().text().c_str()); std::exit(1); }
  auto builder = LexiconBuilder::read(packs, lang, out);
  if (!builder) { std::fprintf(stderr, "%s\n", builder.error().text().c_str()); std::exit(1); }
  if (auto names = read_tsv(packs, "world/names", {"id", "lang", "name", "kind", "from", "to", "origin"}, false); names) {
    for (const TsvRow& row : (*names)->rows)
      if (row["lang"] == lang) for (const auto word : split(row["name"], ' ')) (*builder)->add_name_word(word);
  }
  if (auto s = (*builder)->finish(); !s) { std::fprintf(stderr, "%s\n", s.error().text().c_str()); std::exit(1); }
  std::fprintf(stderr, "%u lemmas, %u strings\n", (*builder)->size(), out.string_count());
  const std::string path = "/tmp/ud_morph." + lang + ".pack";
  if (auto s = out.write(path); !s) { std::fprintf(stderr, "%s\n", s.error().text().c_str()); std::exit(1); }
  auto pack = Pack::open(path);
  if (!pack) { std::fprintf(stderr, "%s\n", pack.error().text().c_str()); std::exit(1); }
  return *pack;
}

struct Counts {
  long gold_borders = 0, our_borders = 0, same_borders = 0;
  long words = 0, strict = 0, loose = 0, verbs = 0, verb_lemmas = 0, guessed = 0, tokens = 0;
  double seconds = 0;
  std::map<std::string, int> tag_errors, border_errors, lemma_errors, guesses;
};

void show(const char* title, const std::map<std::string, int>& errors, size_t n) {
  std::vector<std::pair<int, std::string>> list;
  for (const auto& [k, v] : errors) list.push_back({v, k});
  std::sort(list.rbegin(), list.rend());
  std::printf("-- %s\n", title);
  for (size_t i = 0; i < list.size() && i < n; ++i) std::printf("%5d %s\n", list[i].first, list[i].second.c_str());
}

void measure(const Analyzer& analyzer, const TextStage& stage, const Fold& fold, std::vector<GoldSentence>& gold, Counts& n) {
  auto scratch = analyzer.new_scratch();
  Analysis a;
  for (GoldSentence& s : gold) {
    Document doc;
    doc.buffer = s.text;
    stage.run(doc, 0, a);
    a.words.clear();
    const auto start = std::chrono::steady_clock::now();
    for (uint32_t i = 0; i < a.text.sentences.size(); ++i) analyzer.analyze(doc.buffer, a.text, i, *scratch, a.words);
    n.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    n.tokens += static_cast<long>(a.text.tokens.size());
    std::map<std::pair<uint32_t, uint32_t>, const Word*> ours;
    std::set<uint32_t> our_cuts, gold_cuts;
    std::set<uint32_t> letters;  // places inside a run of letters
    const auto is_letter = [&](uint32_t at) { const auto c = static_cast<unsigned char>(s.text[at]); return c >= 0x80 || std::isalnum(c) || c == '\''; };
    for (const Word& w : a.words.words) {
      ours[{w.raw.begin, w.raw.end}] = &w;
      if (w.raw.begin > 0 && s.text[w.raw.begin - 1] != ' ' && is_letter(w.raw.begin) && is_letter(w.raw.begin - 1) && w.tag != Tag::kPunct) our_cuts.insert(w.raw.begin);
    }
    for (size_t i = 0; i < s.words.size(); ++i) {
      const GoldWord& w = s.words[i];
      if (i && s.words[i - 1].end == w.begin && w.tag != "PUNCT" && s.words[i - 1].tag != "PUNCT" && is_letter(w.begin) && is_letter(w.begin - 1)) gold_cuts.insert(w.begin);
    }
    const auto word_at = [&](uint32_t at) {
      uint32_t b = at, e = at;
      while (b && s.text[b - 1] != ' ') --b;
      while (e < s.text.size() && s.text[e] != ' ') ++e;
      return s.text.substr(b, at - b) + "+" + s.text.substr(at, e - at);
    };
    for (const uint32_t c : gold_cuts) { if (our_cuts.count(c)) ++n.same_borders; else ++n.border_errors["missed " + word_at(c)]; }
    for (const uint32_t c : our_cuts) if (!gold_cuts.count(c)) ++n.border_errors["false  " + word_at(c)];
    n.gold_borders += static_cast<long>(gold_cuts.size());
    n.our_borders += static_cast<long>(our_cuts.size());
    for (const GoldWord& w : s.words) {
      const auto it = ours.find({w.begin, w.end});
      if (it == ours.end()) continue;
      const Word& o = *it->second;
      if (w.tag == "PUNCT" || w.tag == "_") continue;
      ++n.words;
      const std::string tag = tag_name(analyzer.lemmas().shown_tag(o, &o == &a.words.words[0]));
      if (o.source == WordSource::kGuess) { ++n.guessed; ++n.guesses[w.form + " " + w.tag + " as " + tag]; }
      const bool same = strict_or_class(w.tag, false) == strict_or_class(tag, false);
      n.strict += tag == w.tag;
      n.loose += same;
      if (tag != w.tag) ++n.tag_errors[(same ? std::string("~") : std::string("")) + w.form + "  gold " + w.tag + " ours " + tag + " " + std::string(analyzer.lemmas().text(o.lemma))];
      if (w.tag == "VERB" || w.tag == "AUX") {
        ++n.verbs;
        const bool right = o.lemma != kNone && fold.key_of(analyzer.lemmas().text(o.lemma)) == fold.key_of(w.lemma);
        n.verb_lemmas += right;
        if (!right) ++n.lemma_errors[w.form + "  gold " + w.lemma + " ours " + (o.lemma == kNone ? "?" : std::string(analyzer.lemmas().text(o.lemma))) + " " + tag];
      }
    }
  }
}

int words(const Analyzer& analyzer, const TextStage& stage, int argc, char** argv, int from) {
  Analysis a;
  for (int i = from; i < argc; ++i) {
    Document doc;
    doc.buffer = argv[i];
    stage.run(doc, 0, a);
    for (uint32_t t = 0; t < a.text.tokens.size(); ++t) {
      std::printf("%s\n", std::string(doc.buffer.substr(a.text.tokens[t].raw.begin, a.text.tokens[t].raw.size())).c_str());
      for (const Reading& r : analyzer.readings(doc.buffer, a.text, t)) {
        std::printf("  %4d ", r.cost);
        for (const Word& w : r.words)
          std::printf(" [%s %s %s %s%s]", doc.buffer.substr(w.raw.begin, w.raw.size()).c_str(), tag_name(w.tag),
                      std::string(analyzer.lemmas().text(w.lemma)).c_str(), features_text(w.feats).c_str(), w.source == WordSource::kGuess ? " guess" : "");
        std::printf("\n");
      }
    }
    auto scratch = analyzer.new_scratch();
    a.words.clear();
    for (uint32_t s = 0; s < a.text.sentences.size(); ++s) analyzer.analyze(doc.buffer, a.text, s, *scratch, a.words);
    std::printf("= ");
    for (const Word& w : a.words.words)
      std::printf("%s/%s/%s%s ", doc.buffer.substr(w.raw.begin, w.raw.size()).c_str(), tag_name(w.tag), std::string(analyzer.lemmas().text(w.lemma)).c_str(), w.clitic ? "*" : "");
    std::printf("\n");
  }
  return 0;
}

int forms(const Analyzer& analyzer, const TextStage& stage, const Fold& fold, const std::string& path, size_t show_errors) {
  std::ifstream in(path);
  std::string line;
  long all = 0, found = 0, known = 0, known_found = 0;
  std::set<std::string> lemma_keys;
  for (uint32_t i = 0; i < analyzer.lemmas().size(); ++i)
    if (analyzer.lemmas().row(i).tag == Tag::kVerb) lemma_keys.insert(fold.key_of(analyzer.lemmas().text(i)));
  Analysis a;
  while (std::getline(in, line)) {
    const auto c = split(line, '\t');
    if (c.size() < 2) continue;
    Document doc;
    doc.buffer = std::string(c[0]);
    stage.run(doc, 0, a);
    if (a.text.tokens.empty()) continue;
    bool hit = false;
    for (const Reading& r : analyzer.readings(doc.buffer, a.text, 0))
      for (const Word& w : r.words) hit = hit || (w.tag == Tag::kVerb && w.lemma != kNone && fold.key_of(analyzer.lemmas().text(w.lemma)) == fold.key_of(c[1]));
    const bool in_table = lemma_keys.count(fold.key_of(c[1])) > 0;
    ++all;
    found += hit;
    known += in_table;
    known_found += in_table && hit;
    if (!hit && (in_table || show_errors > 900) && show_errors) std::printf("  missed %s lemma %s%s\n", std::string(c[0]).c_str(), std::string(c[1]).c_str(), in_table ? "" : " (no such verb)");
  }
  std::printf("forms %ld, lemma among readings %.4f; verb in our tables %ld, of these found %.4f\n", all, double(found) / std::max(1l, all), known, double(known_found) / std::max(1l, known));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) { std::fprintf(stderr, "usage: ud_morph LANG FILE.conllu [--errors N] | LANG --words W...\n"); return 2; }
  const std::string lang = argv[1];
  std::string file, pack_path, packs = "packs", forms_path;
  size_t errors = 0;
  int word_from = 0, half = -1;
  for (int i = 2; i < argc && !word_from; ++i) {
    if (!std::strcmp(argv[i], "--errors") && i + 1 < argc) errors = static_cast<size_t>(std::atoi(argv[++i]));
    else if (!std::strcmp(argv[i], "--pack") && i + 1 < argc) pack_path = argv[++i];
    else if (!std::strcmp(argv[i], "--packs") && i + 1 < argc) packs = argv[++i];
    else if (!std::strcmp(argv[i], "--forms") && i + 1 < argc) forms_path = argv[++i];
    else if (!std::strcmp(argv[i], "--half") && i + 1 < argc) half = std::atoi(argv[++i]);
    else if (!std::strcmp(argv[i], "--words")) word_from = i + 1;
    else file = argv[i];
  }
  std::shared_ptr<const Pack> pack;
  if (pack_path.empty()) pack = compile(packs, lang);
  else if (auto opened = Pack::open(pack_path); opened) pack = *opened;
  else return std::fprintf(stderr, "%s\n", opened.error().text().c_str()), 1;
  const auto analyzer = Analyzer::open(pack, lang);
  const auto stage = TextStage::open(pack, {lang});
  const auto fold = Fold::from_pack(*pack, lang);
  if (word_from) return words(*analyzer, *stage, argc, argv, word_from);
  if (!forms_path.empty()) return forms(*analyzer, *stage, *fold, forms_path, errors);
  auto gold = eval::read_conllu(file);
  if (half >= 0) {
    std::vector<GoldSentence> kept;
    for (size_t i = 0; i < gold.size(); ++i) if (static_cast<int>(i % 2) == half) kept.push_back(gold[i]);
    gold = std::move(kept);
  }
  Counts n;
  measure(*analyzer, *stage, *fold, gold, n);
  const double p = double(n.same_borders) / std::max(1l, n.our_borders), r = double(n.same_borders) / std::max(1l, n.gold_borders);
  std::printf("sentences %zu  inner borders P %.4f R %.4f F1 %.4f  (gold %ld)\n", gold.size(), p, r, 2 * p * r / std::max(1e-9, p + r), n.gold_borders);
  std::printf("tags strict %.4f  loose %.4f  (of %ld words)  verb lemmas %.4f (of %ld)  guessed %.4f\n", double(n.strict) / std::max(1l, n.words), double(n.loose) / std::max(1l, n.words), n.words,
              double(n.verb_lemmas) / std::max(1l, n.verbs), n.verbs, double(n.guessed) / std::max(1l, n.words));
  std::printf("%.3f us a token\n", n.seconds * 1e6 / std::max(1l, n.tokens));
  if (errors) {
    show("borders", n.border_errors, errors);
    show("tags", n.tag_errors, errors);
    show("verb lemmas", n.lemma_errors, errors);
    show("guesses", n.guesses, errors);
  }
  return 0;
}
