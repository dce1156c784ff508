// Scores the stance stage on the attribution and factuality corpus: events found by the place of their trigger and, of
// those found, each field; by language and phenomenon.
//
//   stance_eval PACK GOLD.jsonl [--lang ar|en] [-v] [--id ID] [--field NAME] [--tree] [--time]
//
// -v prints each fault; --field only faults of that field; --tree the dependency tree of the sentences printed.
// Not part of the product. Never run with -v on locked files.
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>

#include "base/utf8.h"
#include "engine/engine.h"
#include "render/records.h"
#include "stance/stance_stage.h"

using namespace biruni;
using nlohmann::json;

static const char* kRelNames[] = {"none", "root", "subj", "obj", "obj2", "agent", "gen", "adj", "nmod", "comp", "appos", "obl", "advcl", "acl", "conj", "aux", "neg", "mark", "case", "cc", "det", "num", "adv", "time", "flat", "fixed", "prt", "punct", "parataxis", "dep"};
static const char* kKinds[] = {"main", "complement", "relative", "adverbial", "conditional", "purpose", "cause", "temporal", "concessive", "participial", "infinitive", "question"};

// Holder texts are compared without the article, case, vowel marks and quotation marks.
static std::string plain(const std::string& s) {
  std::string out;
  for (size_t pos = 0; pos < s.size();) {
    char32_t c = utf8::next(s, pos);
    if (c >= 0x64B && c <= 0x652) continue;
    if (c == 0xAB || c == 0xBB || c == '"' || c == 0x201C || c == 0x201D || c == 0x640) continue;
    if (c == 0x2019) c = '\'';
    if (c < 128) c = static_cast<char32_t>(tolower(static_cast<int>(c)));
    if (c == 0x622 || c == 0x623 || c == 0x625) c = 0x627;
    utf8::append(out, c);
  }
  for (const char* art : {"the ", "a ", "an "})
    if (out.rfind(art, 0) == 0) { out = out.substr(strlen(art)); break; }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

struct Score { long right = 0, all = 0; };

static void tree(const Analysis& a, const LemmaTable& lemmas, const Pack& pack, const CueFinder* finder, const CueScratch* cues) {
  for (uint32_t w = 0; w < a.words.words.size(); ++w) {
    const Word& x = a.words.words[w];
    const Dep& d = a.clauses.deps[w];
    const std::string head = d.head == kNone ? "-" : std::string(a.raw(a.words.words[d.head].raw)) + "/" + std::to_string(d.head);
    printf("    %2u %-16s %-12s %2d a%u v%u m%u %-9s -> %-16s", w, std::string(a.raw(x.raw)).c_str(), std::string(lemmas.text(x.lemma)).c_str(), int(x.tag), x.get(feat::kAspect), x.get(feat::kVerbForm), x.get(feat::kMood),
           kRelNames[int(d.rel)], head.c_str());
    if (d.case_word != kNone) printf(" case=%s", std::string(a.raw(a.words.words[d.case_word].raw)).c_str());
    if (d.clause != kNone && a.clauses.clauses[d.clause].predicate == w) {
      const Clause& k = a.clauses.clauses[d.clause];
      printf(" [%s%s%s%s%s]", kKinds[int(k.kind)], k.negated ? " neg" : "", k.passive ? " pass" : "", k.question ? " ?" : "", k.marker != kNone ? " m" : "");
    }
    if (w < a.mentions.of_word.size() && a.mentions.of_word[w] != kNone) printf(" <m>");
    for (const Event& e : a.events.rows) if (e.trigger == w) printf(" *EVENT carrier=%d", int(e.carrier));
    (void)finder; (void)cues; (void)pack;
    printf("\n");
  }
}

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  std::string lang, id, field;
  bool verbose = false, trees = false, timing = false;
  for (int i = 3; i < argc; ++i) {
    if (!strcmp(argv[i], "--lang")) lang = argv[++i];
    else if (!strcmp(argv[i], "-v")) verbose = true;
    else if (!strcmp(argv[i], "--id")) { id = argv[++i]; verbose = true; trees = true; }
    else if (!strcmp(argv[i], "--field")) { field = argv[++i]; verbose = true; }
    else if (!strcmp(argv[i], "--tree")) trees = true;
    else if (!strcmp(argv[i], "--time")) timing = true;
  }
  auto engine = Engine::open({argv[1]});
  if (!engine) { std::cerr << engine.error().text() << "\n"; return 1; }
  auto ws = (*engine)->new_workspace();
  std::map<std::string, std::unique_ptr<StanceStage>> stages;
  const auto& langs = (*engine)->languages();
  for (uint8_t i = 0; i < langs.size(); ++i) stages[langs[i]] = StanceStage::open((*engine)->pack_ptr(), langs[i], (*engine)->world_ptr(), &(*engine)->lexicon(i));
  std::ifstream in(argv[2]);
  std::map<std::string, std::map<std::string, Score>> scores, phenomena;
  StanceMemory memory;
  double seconds = 0;
  long words = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    const json g = json::parse(line);
    const std::string l = g["lang"];
    if ((!lang.empty() && l != lang) || (!id.empty() && g["id"] != id)) continue;
    Document doc;
    doc.buffer = g["text"];
    doc.id = g["id"];
    doc.lang = l;
    const std::string date = g.value("date", "");
    if (date.size() == 10) doc.date = {int16_t(std::stoi(date.substr(0, 4))), int8_t(std::stoi(date.substr(5, 2))), int8_t(std::stoi(date.substr(8, 2)))};
    auto& a = const_cast<Analysis&>((*engine)->analyze(doc, *ws));
    const StanceStage& stage = *stages[l];
    const auto t0 = std::chrono::steady_clock::now();
    for (int round = 0; round < (timing ? 50 : 1); ++round) {
      a.stance.clear();
      memory.clear();
      for (uint32_t s = 0; s < a.text.sentences.size(); ++s) stage.run(a, s, memory, a.stance);
      stage.finish(a, memory, a.stance);
    }
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - t0).count();
    words += long(a.words.words.size()) * (timing ? 50 : 1);
    const LemmaTable& lemmas = (*engine)->lemmas(l == langs[0] ? 0 : 1);
    auto& sc = scores[l];
    auto& ph = phenomena[l + " " + g.value("phenomenon", "article")];
    std::set<uint32_t> used;
    bool printed = false;
    const auto complain = [&](const std::string& f, const std::string& text) {
      if (!verbose || (!field.empty() && field != f)) return;
      if (!printed) { printf("%s [%s] %s\n", g["id"].get<std::string>().c_str(), g.value("phenomenon", "").c_str(), g["text"].get<std::string>().c_str()); printed = true; }
      printf("   %-9s %s\n", f.c_str(), text.c_str());
    };
    bool pair_ok = true;
    long needed = 0;
    for (const json& e : g["events"]) {
      const bool optional = e.value("optional", false);
      std::vector<std::pair<std::string, int>> near{{e["near"], e.value("occurrence", 1)}};
      if (e.contains("near_any")) for (const json& n : e["near_any"]) near.push_back({n, 1});
      // all rows at that trigger; the best one by fields counts
      int best = -1;
      uint32_t best_row = kNone;
      std::map<std::string, bool> best_ok;
      std::map<std::string, std::string> best_text;
      for (uint32_t r = 0; r < a.stance.rows.size(); ++r) {
        if (used.count(r)) continue;
        const EventStatus& row = a.stance.rows[r];
        const Event& ev = a.events.rows[row.event];
        Span t = a.words.words[ev.trigger].raw;
        bool at = false;
        for (auto& [n, occ] : near) {
          size_t pos = std::string::npos, from = 0;
          for (int k = 0; k < occ; ++k) { pos = doc.buffer.find(n, from); if (pos == std::string::npos) break; from = pos + 1; }
          if (pos == std::string::npos) continue;
          at |= t.begin < pos + n.size() && pos < t.end;
        }
        if (!at) continue;
        const auto any = [&](const char* f, const char* alt, const std::string& got) {
          if (e.contains(alt)) { for (const json& x : e[alt]) if (x == got) return true; return false; }
          return e.contains(f) && e[f] == got;
        };
        std::map<std::string, bool> ok;
        std::map<std::string, std::string> text;
        std::string chain, gold_chain;
        std::vector<std::string> mine, gold;
        for (uint32_t k = row.chain_begin; k < row.chain_end; ++k) {
          const Holder& h = a.stance.holders[k];
          const Span s = h.words.empty() ? Span{} : a.span_of(h.words);
          mine.push_back(h.author ? "author" : std::string(a.raw(s)));
        }
        for (const json& h : e["chain"]) gold.push_back(h);
        bool same = mine.size() == gold.size();
        for (size_t k = 0; same && k < mine.size(); ++k) same = plain(mine[k]) == plain(gold[k]);
        for (auto& m : mine) chain += "/" + m;
        for (auto& m : gold) gold_chain += "/" + m;
        ok["chain"] = same; text["chain"] = chain + "  GOLD " + gold_chain;
        const bool last = plain(mine.back()) == plain(gold.back());
        ok["holder"] = last; text["holder"] = mine.back() + "  GOLD " + gold.back();
        const std::string f(factuality_name(row.factuality));
        ok["factual"] = any("factuality", "factuality_any", f); text["factual"] = f + "  GOLD " + e["factuality"].get<std::string>();
        const std::string au(factuality_name(row.author));
        ok["author"] = e["author"] == au; text["author"] = au + "  GOLD " + e["author"].get<std::string>();
        ok["happened"] = e["happened"] == row.happened; text["happened"] = row.happened ? "yes GOLD no" : "no GOLD yes";
        ok["alleged"] = e["alleged"] == row.alleged; text["alleged"] = row.alleged ? "yes GOLD no" : "no GOLD yes";
        const std::string tn(tense_name(row.tense));
        ok["tense"] = any("tense", "tense_any", tn); text["tense"] = tn + "  GOLD " + e["tense"].get<std::string>();
        const StanceKind sk = row.chain_end - row.chain_begin > 1 ? a.stance.holders[row.chain_end - 1].stance : StanceKind::kNone;
        if (e.contains("stance") || sk != StanceKind::kNone) {
          const std::string sn(sk == StanceKind::kNone ? "none" : stance_name(sk));
          ok["stance"] = any("stance", "stance_any", sn); text["stance"] = sn + "  GOLD " + e.value("stance", "none");
        }
        if (e.contains("anonymous")) { const bool an = row.chain_end - row.chain_begin > 1 && a.stance.holders[row.chain_end - 1].anonymous; ok["anon"] = an; text["anon"] = "no GOLD yes"; }
        if (e.value("unsourced", false)) { ok["unsourced"] = row.unsourced; text["unsourced"] = "no GOLD yes"; }
        int n = 0;
        for (auto& [k, v] : ok) n += v;
        n += 3 * ok["holder"];
        if (n > best) { best = n; best_row = r; best_ok = ok; best_text = text; }
      }
      if (!optional) { ++needed; ++sc["found"].all; ++ph["found"].all; }
      if (best_row == kNone) {
        if (!optional) { pair_ok = false; complain("found", "missing: " + e["near"].get<std::string>() + " (" + e["type"].get<std::string>() + ")"); }
        continue;
      }
      used.insert(best_row);
      if (optional) continue;
      ++sc["found"].right;
      ++ph["found"].right;
      bool all = true;
      for (auto& [k, v] : best_ok) {
        ++sc[k].all; sc[k].right += v;
        ++ph[k].all; ph[k].right += v;
        if (!v) {
          std::string rules;
          for (uint32_t r : a.stance.rows[best_row].rules) rules += " " + std::string((*engine)->pack().str(r));
          complain(k, e["near"].get<std::string>() + ": " + best_text[k] + (k == "factual" || k == "chain" ? "  {" + rules + " }" : ""));
          all = false;
        }
        if (!v && (k == "holder" || k == "factual" || k == "happened" || k == "alleged" || k == "chain")) pair_ok = false;
      }
      ++sc["all_fields"].all; sc["all_fields"].right += all;
      ++ph["all_fields"].all; ph["all_fields"].right += all;
    }
    if (g.value("pair", false)) { ++sc["pairs"].all; sc["pairs"].right += pair_ok; }
    if (g["events"].empty()) {
      ++sc["quiet"].all; sc["quiet"].right += a.stance.rows.empty();
      if (!a.stance.rows.empty()) complain("quiet", "spurious event: " + std::string(a.raw(a.words.words[a.events.rows[a.stance.rows[0].event].trigger].raw)));
    }
    if (trees && (printed || !id.empty())) {
      tree(a, lemmas, (*engine)->pack(), nullptr, nullptr);
      for (const EventStatus& row : a.stance.rows) {
        printf("    row %s: %s", std::string(a.raw(a.words.words[a.events.rows[row.event].trigger].raw)).c_str(), std::string(factuality_name(row.factuality)).c_str());
        for (uint32_t r : row.rules) printf(" %s", std::string((*engine)->pack().str(r)).c_str());
        printf("\n");
      }
    }
  }
  for (auto& [l, m] : scores) {
    printf("%s:", l.c_str());
    for (auto& [k, s] : m) printf("  %s %ld/%ld %.1f%%", k.c_str(), s.right, s.all, s.all ? 100.0 * s.right / s.all : 0.0);
    printf("\n");
  }
  if (!verbose)
    for (auto& [l, m] : phenomena) {
      printf("  %-28s", l.c_str());
      for (const char* k : {"found", "chain", "factual", "happened", "alleged", "tense", "stance", "all_fields"}) printf(" %s %ld/%ld", k, m[k].right, m[k].all);
      printf("\n");
    }
  printf("%.3f us a word\n", words ? 1e6 * seconds / words : 0.0);
}
