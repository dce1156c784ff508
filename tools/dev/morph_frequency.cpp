// Estimates how frequent each lemma is from raw text, and writes packs/LANG/morph/frequency.tsv.
//
//   morph_frequency ar biruni.pack < corpus.txt > packs/ar/morph/frequency.tsv
//
// No annotation is used: word types are counted, each type's count is shared out among its readings in proportion to
// prior(lemma) x likelihood(form cost), and the priors are estimated anew (EM, 12 rounds). Forms that have one reading
// teach the priors that decide ambiguous ones. The pack must be built without frequency.tsv. cost = -10 log10(p) - 20,
// so that a word of one in a hundred has cost 0; lemmas never met keep the default row (*).
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <map>
#include <string>
#include <unordered_map>

#include "morph/analyzer.h"
#include "morph/features.h"
#include "text/text_stage.h"

using namespace biruni;

int main(int argc, char** argv) {
  if (argc < 3) return std::fprintf(stderr, "usage: morph_frequency LANG PACK < TEXT\n"), 2;
  const std::string lang = argv[1];
  const char* origin = argc > 3 ? argv[3] : "antcorpus";
  auto pack = Pack::open(argv[2]);
  if (!pack) return std::fprintf(stderr, "%s\n", pack.error().text().c_str()), 1;
  const auto analyzer = Analyzer::open(*pack, lang);
  const auto stage = TextStage::open(*pack, {lang});

  std::unordered_map<std::string, long> types;
  std::string chunk, line;
  Analysis a;
  const auto flush = [&] {
    Document doc;
    doc.buffer = chunk;
    stage->run(doc, 0, a);
    for (const Token& t : a.text.tokens)
      if (t.kind == TokenKind::kWord && (lang != "ar" || t.script == Script::kArabic)) ++types[std::string(a.text.norm_of(t))];
    chunk.clear();
  };
  while (std::getline(std::cin, line)) {
    if (!line.empty() && line[0] == '<') continue;
    chunk += line + "\n";
    if (chunk.size() > 60000) flush();
  }
  flush();

  struct Option { std::string lemma; double likelihood; };
  struct Type { long count; std::vector<Option> options; };
  std::vector<Type> list;
  double total = 0;
  std::vector<std::pair<std::string, long>> sorted(types.begin(), types.end());
  std::sort(sorted.begin(), sorted.end());
  for (const auto& [form, count] : sorted) {
    Document doc;
    doc.buffer = form;
    stage->run(doc, 0, a);
    if (a.text.tokens.size() != 1) continue;
    Type type{count, {}};
    for (const Reading& r : analyzer->readings(doc.buffer, a.text, 0)) {
      const Word* stem = nullptr;
      for (const Word& w : r.words) if (!w.clitic) stem = &w;
      if (!stem) stem = &r.words[0];
      const std::string lemma = stem->lemma == kNone || stem->source == WordSource::kGuess ? std::string("?") : std::string(tag_name(stem->tag)) + "\t" + std::string(analyzer->lemmas().text(stem->lemma));
      const double likelihood = std::pow(10.0, -std::min(r.cost, 120) / 10.0);
      bool merged = false;
      for (Option& o : type.options) if (o.lemma == lemma) { o.likelihood = std::max(o.likelihood, likelihood); merged = true; }
      if (!merged) type.options.push_back({lemma, likelihood});
    }
    total += static_cast<double>(count);
    list.push_back(std::move(type));
  }
  // Function words explain the commonest forms: without this start, rare verbs spelled like them share their count.
  const auto closed = [](const std::string& lemma) {
    for (const char* tag : {"ADP", "PRON", "SCONJ", "CCONJ", "PART", "DET", "AUX", "ADV", "NUM"})
      if (lemma.starts_with(std::string(tag) + "\t")) return true;
    return false;
  };
  std::unordered_map<std::string, double> prior, next;
  for (int round = 0; round < 12; ++round) {
    next.clear();
    for (const Type& type : list) {
      double sum = 0;
      const auto weight = [&](const Option& o) {
        if (o.lemma == "?") return 1e-6 * o.likelihood;
        if (!round) return o.likelihood * (closed(o.lemma) ? 300.0 : 1.0);
        const auto it = prior.find(o.lemma);
        return (it == prior.end() ? 1e-9 : it->second) * o.likelihood;
      };
      for (const Option& o : type.options) sum += weight(o);
      if (sum <= 0) continue;
      for (const Option& o : type.options) next[o.lemma] += static_cast<double>(type.count) * weight(o) / sum;
    }
    prior.clear();
    for (const auto& [lemma, n] : next) prior[lemma] = n / total;
  }
  std::printf("#lemma\ttag\tcost\torigin\n# Rarity of lemmas in tenths of an order of magnitude, estimated by tools/dev/morph_frequency.cpp; do not edit.\n*\t*\t45\town\n");
  std::map<std::string, double> ordered(prior.begin(), prior.end());
  for (const auto& [lemma, p] : ordered) {
    if (lemma == "?" || p * total < 0.4) continue;
    const int cost = std::clamp(static_cast<int>(std::lround(-10 * std::log10(p) - 20)), 0, 45);
    const size_t tab = lemma.find('\t');
    std::printf("%s\t%s\t%d\t%s\n", lemma.substr(tab + 1).c_str(), lemma.substr(0, tab).c_str(), cost, origin);
  }
  std::fprintf(stderr, "%zu types, %.0f tokens, %zu lemmas\n", list.size(), total, ordered.size());
  return 0;
}
