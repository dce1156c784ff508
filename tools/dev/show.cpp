// Developer's view of one text: words with tags, heads and relations, mentions, events and why words were not coded.
// Usage: show [--date YYYY-MM-DD] [--lang xx] 'text'   (or - for standard input, one text a line)
#include <fmt/core.h>

#include <cstdio>
#include <iostream>
#include <string>

#include "engine/engine.h"
#include "event/tables.h"
#include "morph/features.h"
#include "render/records.h"
#include "text/text_stage.h"

using namespace biruni;

static const char* kRelNames[] = {"-", "root", "subj", "obj", "obj2", "agent", "gen", "adj", "nmod", "comp", "appos", "obl", "advcl", "acl",
                                  "conj", "aux", "neg", "mark", "case", "cc", "det", "num", "adv", "time", "flat", "fixed", "prt", "punct", "parataxis", "dep"};

static void show(const Engine& engine, Workspace& ws, const std::string& text, CivilDate date, const std::string& lang) {
  Document doc;
  doc.id = "text";
  doc.buffer = text;
  doc.date = date;
  doc.lang = lang;
  Trace trace;
  const Analysis& a = engine.analyze(doc, ws, &trace);
  for (uint32_t s = 0; s < a.text.sentences.size(); ++s) {
    const auto& lemmas = engine.lemmas(a.text.sentences[s].lang);
    fmt::print("== sentence {}\n", s);
    const WordRange r = a.words.of_sentence(s);
    for (uint32_t w = r.first; w < r.last; ++w) {
      const Word& word = a.words.words[w];
      const Dep& d = a.clauses.deps[w];
      const uint32_t m = a.mentions.of_word.size() > w ? a.mentions.of_word[w] : kNone;
      std::string mention;
      if (m != kNone) {
        const Mention& x = a.mentions.rows[m];
        mention = fmt::format("  [{} {} {}{}{}]", entity_view(engine.world(), a.mentions, x.entity).id, x.country == kNone ? "" : engine.world().id(x.country),
                              engine.world().sector(x.sector), x.actor ? " actor" : "", x.place ? " place" : "");
      }
      fmt::print("{:4} {:14} {:14} {:5} def{} vf{} v{} asp{} head {:4} {:8} case {:4} cl {}{}{}\n", w, a.raw(word.raw), lemmas.text(word.lemma),
                 tag_name(word.tag), word.get(feat::kDef), word.get(feat::kVerbForm), word.get(feat::kVoice), word.get(feat::kAspect),
                 d.head == kNone ? -1 : static_cast<int>(d.head), kRelNames[static_cast<int>(d.rel)],
                 d.case_word == kNone ? "" : std::string(a.raw(a.words.words[d.case_word].raw)), d.clause == kNone ? -1 : static_cast<int>(d.clause),
                 a.matches.name_at[w] != kNone ? " N" : a.matches.expression_at[w] != kNone ? " X" : "", mention);
    }
  }
  for (uint32_t c = 0; c < a.clauses.clauses.size(); ++c) {
    const Clause& k = a.clauses.clauses[c];
    fmt::print("clause {} kind {} pred {} subj {} parent {} {}{}\n", c, static_cast<int>(k.kind), static_cast<int>(k.predicate), static_cast<int>(k.subject),
               static_cast<int>(k.parent), k.passive ? "passive " : "", k.negated ? "neg" : "");
  }
  for (const auto& t : trace.events) fmt::print("word {} {}: {} -> {}\n", t.word, a.raw(a.words.words[t.word].raw), engine.pack().str(t.row), t.outcome);
  std::string out;
  RecordWriter(engine).write(a, {}, out);
  fmt::print("{}", out);
}

int main(int argc, char** argv) {
  auto engine = Engine::open({});
  if (!engine) { fmt::print(stderr, "{}\n", engine.error().text()); return 1; }
  auto ws = (*engine)->new_workspace();
  CivilDate date;
  std::string lang;
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    if (arg == "--date") { std::sscanf(argv[++i], "%hd-%hhd-%hhd", &date.year, &date.month, &date.day); continue; }
    if (arg == "--lang") { lang = argv[++i]; continue; }
    if (arg == "-") { std::string line; while (std::getline(std::cin, line)) show(**engine, *ws, line, date, lang); continue; }
    show(**engine, *ws, arg, date, lang);
  }
}
