// Shows the clause layer of raw text: one word a line with tag, lemma, head, relation; then the clauses.
//
//   parse_text biruni.pack ar < text.txt
#include <chrono>
#include <cstdio>
#include <iostream>
#include <iterator>

#include "clause/clause_stage.h"
#include "lexicon/lexicon.h"
#include "morph/analyzer.h"
#include "quantity/quantity_stage.h"
#include "text/text_stage.h"
#include "time/time_stage.h"

using namespace biruni;

static const char* kRelNames[] = {"none", "root", "subj", "obj", "obj2", "agent", "gen", "adj", "nmod", "comp", "appos", "obl", "advcl", "acl", "conj", "aux", "neg", "mark", "case", "cc", "det", "num", "adv", "time", "flat", "fixed", "prt", "punct", "parataxis", "dep"};
static const char* kTagNames[] = {"X", "NOUN", "PROPN", "ADJ", "VERB", "AUX", "ADV", "PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART", "NUM", "PUNCT", "SYM", "INTJ"};
static const char* kKinds[] = {"main", "complement", "relative", "adverbial", "conditional", "purpose", "cause", "temporal", "concessive", "participial", "infinitive", "question"};

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  auto opened = Pack::open(argv[1]);
  if (!opened) { std::cerr << opened.error().text() << "\n"; return 1; }
  const auto pack = *opened;
  const std::string lang = argv[2];
  auto text = TextStage::open(pack, {lang});
  auto morph = Analyzer::open(pack, lang);
  auto lexicon = Lexicon::open(pack, lang);
  auto quantity = QuantityStage::open(pack, lang);
  auto time = TimeStage::open(pack, lang);
  auto clause = ClauseStage::open(pack, lang);
  auto scratch = morph->new_scratch();
  Document doc;
  doc.lang = lang;
  doc.buffer.assign(std::istreambuf_iterator<char>(std::cin), {});
  doc.date = {2024, 3, 12};
  Analysis a;
  a.doc = &doc;
  text->run(doc, 0, a);
  for (uint32_t s = 0; s < a.text.sentences.size(); ++s) {
    a.words.first.push_back(static_cast<uint32_t>(a.words.words.size()));
    morph->analyze(doc.buffer, a.text, s, *scratch, a.words);
  }
  a.words.first.push_back(static_cast<uint32_t>(a.words.words.size()));
  a.matches.name_at.assign(a.words.words.size(), kNone);
  a.matches.expression_at.assign(a.words.words.size(), kNone);
  a.clauses.deps.assign(a.words.words.size(), Dep{});
  TimeContext context;
  const LemmaTable& lemmas = morph->lemmas();
  double seconds = 0;
  for (uint32_t s = 0; s < a.text.sentences.size(); ++s) {
    lexicon->run(a, s, a.matches);
    quantity->run(a, s, a.quantities);
    time->run(a, s, doc.date, context, a.times);
    const auto t0 = std::chrono::steady_clock::now();
    clause->run(a, s, a.clauses);
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - t0).count();
  }
  ClauseStage::finish(a.words, a.clauses);
  if (argc > 3) { printf("%zu words, %.3f us/word\n", a.words.words.size(), seconds * 1e6 / a.words.words.size()); return 0; }
  for (uint32_t s = 0; s < a.text.sentences.size(); ++s) {
    const WordRange r = a.words.of_sentence(s);
    for (uint32_t w = r.first; w < r.last; ++w) {
      const Word& x = a.words.words[w];
      const Dep& d = a.clauses.deps[w];
      printf("%3u %-14s %-6s %-12s %3d %-9s c%u", w - r.first, std::string(a.raw(x.raw)).c_str(), kTagNames[static_cast<int>(x.tag)], std::string(lemmas.text(x.lemma)).c_str(),
             d.head == kNone ? -1 : static_cast<int>(d.head - r.first), kRelNames[static_cast<int>(d.rel)], d.clause);
      if (d.case_word != kNone) printf(" [%s]", std::string(a.raw(a.words.words[d.case_word].raw)).c_str());
      printf("\n");
    }
    for (uint32_t c = 0; c < a.clauses.clauses.size(); ++c) {
      const Clause& x = a.clauses.clauses[c];
      if (x.predicate == kNone || x.predicate < r.first || x.predicate >= r.last) continue;
      const auto word = [&](uint32_t w) { return w == kNone ? std::string("-") : std::string(a.raw(a.words.words[w].raw)); };
      printf("  c%u %s pred=%s subj=%s parent=%d marker=%s%s%s%s%s\n", c, kKinds[static_cast<int>(x.kind)], word(x.predicate).c_str(), word(x.subject).c_str(),
             x.parent == kNone ? -1 : static_cast<int>(x.parent), word(x.marker).c_str(), x.negated ? " neg" : "", x.passive ? " pass" : "", x.question ? " ?" : "", x.coordinated ? " &" : "");
    }
    printf("\n");
  }
}
