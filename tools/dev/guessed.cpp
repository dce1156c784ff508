// Share of the words of a text that no table explains, and the most frequent of them.
//
//   guessed ar PACK [N] < TEXT      prints "count form part-of-speech" of N forms (default 300)
//
// Counted are tokens that begin with a letter of the language's script; a token is guessed if its stem is.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "morph/analyzer.h"
#include "morph/features.h"
#include "text/compile.h"
#include "text/text_stage.h"

using namespace biruni;

int main(int argc, char** argv) {
  if (argc < 3) return std::fprintf(stderr, "usage: guessed LANG PACK [N] < TEXT\n"), 2;
  const std::string lang = argv[1];
  const size_t n = argc > 3 ? static_cast<size_t>(std::atoi(argv[3])) : 300;
  auto pack = Pack::open(argv[2]);
  if (!pack) return std::fprintf(stderr, "%s\n", pack.error().text().c_str()), 1;
  const auto analyzer = Analyzer::open(*pack, lang);
  const auto stage = TextStage::open(*pack, {lang});
  const auto profile = (*pack)->section<LangProfile>(lang + "/profile");
  const auto script = profile.empty() ? Script::kLatin : static_cast<Script>(profile[0].script);
  auto scratch = analyzer->new_scratch();
  std::map<std::pair<std::string, std::string>, long> forms;
  long words = 0, guessed = 0, names = 0;
  Analysis a;
  std::string chunk, line;
  const auto flush = [&] {
    Document doc;
    doc.buffer = chunk;
    stage->run(doc, 0, a);
    a.words.clear();
    for (uint32_t s = 0; s < a.text.sentences.size(); ++s) analyzer->analyze(doc.buffer, a.text, s, *scratch, a.words);
    for (const Word& w : a.words.words) {
      const Token& t = a.text.tokens[w.token];
      if (w.clitic || t.kind != TokenKind::kWord || t.script != script) continue;
      ++words;
      if (w.source != WordSource::kGuess) continue;
      ++guessed;
      names += w.tag == Tag::kPropn;
      ++forms[{doc.buffer.substr(w.raw.begin, w.raw.size()), tag_name(w.tag)}];
    }
    chunk.clear();
  };
  while (std::getline(std::cin, line)) {
    if (!line.empty() && line[0] == '<') continue;
    chunk += line + "\n";
    if (chunk.size() > 60000) flush();
  }
  flush();
  std::vector<std::pair<long, std::pair<std::string, std::string>>> sorted;
  for (const auto& [form, count] : forms) sorted.push_back({-count, form});
  std::sort(sorted.begin(), sorted.end());
  std::printf("# words %ld, of these explained by tables %.4f; guessed %.4f (as names %.4f)\n", words, 1 - double(guessed) / double(std::max(1l, words)),
              double(guessed) / double(std::max(1l, words)), double(names) / double(std::max(1l, words)));
  for (size_t i = 0; i < sorted.size() && i < n; ++i) std::printf("%ld\t%s\t%s\n", -sorted[i].first, sorted[i].second.first.c_str(), sorted[i].second.second.c_str());
  return 0;
}
