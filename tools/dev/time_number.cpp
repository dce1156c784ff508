// Development tool: shows quantities and times of lines of text, or scores gold files.
//   time_number LANG [--date YYYY-MM-DD] [--packs DIR] < lines
//   time_number LANG --gold FILE...  [--verbose]
//   time_number LANG --speed FILE
// Words come from the analyser if --pack FILE names a compiled pack, else from the simple words of the unit tests.
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>

#include "../../tests/unit/simple_words.h"
#include "eval/time_number.h"
#include "morph/analyzer.h"
#include "pack/tsv.h"
#include "quantity/compile.h"
#include "quantity/quantity_stage.h"
#include "text/compile.h"
#include "text/text_stage.h"
#include "time/compile.h"
#include "time/time_stage.h"

using namespace biruni;

int main(int argc, char** argv) {
  std::string lang = argc > 1 ? argv[1] : "ar", packs = "packs", pack_file, date_text, speed;
  std::vector<std::string> gold;
  bool verbose = false, relative = false;
  for (int i = 2; i < argc; ++i) {
    const std::string a = argv[i];
    if (a == "--date") date_text = argv[++i];
    else if (a == "--packs") packs = argv[++i];
    else if (a == "--pack") pack_file = argv[++i];
    else if (a == "--verbose") verbose = true;
    else if (a == "--speed") speed = argv[++i];
    else if (a == "--gold") { relative = true; while (i + 1 < argc && argv[i + 1][0] != '-') gold.push_back(argv[++i]); }
  }
  if (pack_file.empty()) {
    PackWriter out;
    auto fold = Fold::from_tsv(packs, lang);
    if (!fold) { std::fprintf(stderr, "%s\n", fold.error().text().c_str()); return 1; }
    test::FoldLexicon lexicon(std::move(*fold));
    if (auto s = compile_text(packs, lang, out); !s) { std::fprintf(stderr, "%s\n", s.error().text().c_str()); return 1; }
    if (auto s = compile_units(packs, out); !s) { std::fprintf(stderr, "%s\n", s.error().text().c_str()); return 1; }
    if (auto s = compile_quantity(packs, lang, lexicon, out); !s) { std::fprintf(stderr, "%s\n", s.error().text().c_str()); return 1; }
    if (auto s = compile_time(packs, lang, lexicon, out); !s) { std::fprintf(stderr, "%s\n", s.error().text().c_str()); return 1; }
    pack_file = "/tmp/time_number." + lang + ".pack";
    if (auto s = out.write(pack_file); !s) { std::fprintf(stderr, "%s\n", s.error().text().c_str()); return 1; }
    pack_file.clear();
  }
  auto pack = Pack::open(pack_file.empty() ? "/tmp/time_number." + lang + ".pack" : pack_file);
  if (!pack) { std::fprintf(stderr, "%s\n", pack.error().text().c_str()); return 1; }
  auto text_stage = TextStage::open(*pack, {lang});
  auto quantity = QuantityStage::open(*pack, lang, relative);
  auto time = TimeStage::open(*pack, lang);
  std::unique_ptr<Analyzer> analyzer;
  MorphScratchPtr scratch;
  if (!pack_file.empty()) { analyzer = Analyzer::open(*pack, lang); scratch = analyzer->new_scratch(); }
  Document doc;
  auto prepare = [&](const std::string& text, Analysis& a) {
    doc = Document{};
    doc.buffer = text;
    a.clear();
    a.doc = &doc;
    text_stage->run(doc, 0, a);
    if (!analyzer) { test::simple_words(**pack, a); return; }
    for (uint32_t s = 0; s < a.text.sentences.size(); ++s) {
      a.words.first.push_back(static_cast<uint32_t>(a.words.words.size()));
      analyzer->analyze(doc.buffer, a.text, s, *scratch, a.words);
    }
    a.words.first.push_back(static_cast<uint32_t>(a.words.words.size()));
  };
  auto stages = [&](CivilDate date, Analysis& a) {
    a.quantities.clear();
    a.times.clear();
    TimeContext context;
    for (uint32_t s = 0; s < a.text.sentences.size(); ++s) {
      quantity->run(a, s, a.quantities);
      time->run(a, s, date, context, a.times);
    }
  };
  auto show = [&](const Analysis& a) {
    for (const auto& q : a.quantities.rows)
      std::printf("    Q [%s] num=[%s] %.10g (%g..%g) kind=%d bound=%d unit=%s counted=%s %s\n", std::string(a.raw(a.span_of(q.words))).c_str(), std::string(a.raw(a.span_of(q.number_words))).c_str(), q.value, q.low, q.high,
                  static_cast<int>(q.kind), static_cast<int>(q.bound), std::string(UnitTable(*pack).id(q.unit)).c_str(), q.counted == kNone ? "" : std::string(a.raw(a.words.words[q.counted].raw)).c_str(), std::string((*pack)->str(q.rule)).c_str());
    for (const auto& t : a.times.rows)
      std::printf("    T [%s] %s%s%s %s %s%s%s\n", std::string(a.raw(a.span_of(t.words))).c_str(), value_of(t).c_str(), end_value_of(t).empty() ? "" : "..", end_value_of(t).c_str(), granularity_of(t).c_str(), std::string((*pack)->str(t.rule)).c_str(), t.relative ? " rel" : "", t.approximate ? " approx" : "");
  };
  CivilDate date;
  if (!date_text.empty()) { const int k = parse_date_key(date_text); date = {static_cast<int16_t>(k / 10000), static_cast<int8_t>(k / 100 % 100), static_cast<int8_t>(k % 100)}; }
  if (!gold.empty()) {
    auto report = eval::score_time_number(gold, [&](const std::string& text, CivilDate d, Analysis& a) { prepare(text, a); stages(d, a); });
    if (!report) { std::fprintf(stderr, "%s\n", report.error().text().c_str()); return 1; }
    for (const auto& f : report->files) {
      std::printf("%-24s value %d/%d (relative ordinals %d/%d)  span core %d/%d exact %d\n", f.name.c_str(), f.value_right, f.value_cases, f.relative_right, f.relative_cases, f.span_core, f.span_cases, f.span_exact);
      if (verbose) {
        std::printf("  value wrong:"); for (int i : f.value_wrong) std::printf(" %d", i);
        std::printf("\n  span wrong:"); for (int i : f.span_wrong) std::printf(" %d", i);
        std::printf("\n");
      }
    }
    std::printf("all: value %d/%d = %.1f %%  span core %d/%d = %.1f %% exact %d\n", report->value_right(), report->value_cases(), 100.0 * report->value_right() / std::max(1, report->value_cases()),
                report->span_core(), report->span_cases(), 100.0 * report->span_core() / std::max(1, report->span_cases()), report->span_exact());
    return 0;
  }
  if (!speed.empty()) {
    std::ifstream in(speed);
    std::stringstream all;
    all << in.rdbuf();
    Analysis a;
    prepare(all.str(), a);
    for (int k = 0; k < 3; ++k) {
      a.quantities.clear(); a.times.clear();
      TimeContext context;
      const auto t0 = std::chrono::steady_clock::now();
      for (uint32_t s = 0; s < a.text.sentences.size(); ++s) quantity->run(a, s, a.quantities);
      const auto t1 = std::chrono::steady_clock::now();
      for (uint32_t s = 0; s < a.text.sentences.size(); ++s) time->run(a, s, date, context, a.times);
      const auto t2 = std::chrono::steady_clock::now();
      const double n = static_cast<double>(a.words.words.size());
      std::printf("%zu words: quantity %.3f us/word (%zu rows), time %.3f us/word (%zu rows)\n", a.words.words.size(), std::chrono::duration<double>(t1 - t0).count() * 1e6 / n, a.quantities.rows.size(), std::chrono::duration<double>(t2 - t1).count() * 1e6 / n, a.times.rows.size());
    }
    return 0;
  }
  std::string line;
  while (std::getline(std::cin, line)) {
    Analysis a;
    prepare(line, a);
    stages(date, a);
    std::printf("%s\n", line.c_str());
    show(a);
  }
  return 0;
}
