// Measures the clause stage on a treebank with gold words: unlabelled attachment and F1 of the edges that matter.
//
//   UD_PARSE_PACK=build/biruni.pack ud_parse packs ar /path/ar_pud.conllu [-v | -e GROUP | -c | -p]
//
// UD_PARSE_PACK: where transitivity and derivation of the lemmas come from (optional).
//
// -v prints each tree with its faults; -e GROUP prints only sentences with a fault in that group (subj, obj, ...).
// Treebanks are read, never kept. Not part of the product.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "clause/clause_stage.h"
#include "clause/compile.h"
#include "gold_lexicon.h"
#include "base/utf8.h"

using namespace biruni;

struct Row { int id; std::string form, lemma, upos, xpos, feats, rel, misc; int head; };
using Sent = std::vector<Row>;

static std::vector<Sent> read(const char* path) {
  std::ifstream in(path);
  std::vector<Sent> out(1);
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty()) { if (!out.back().empty()) out.emplace_back(); continue; }
    if (line[0] == '#') continue;
    std::vector<std::string> c;
    std::stringstream ss(line);
    for (std::string x; std::getline(ss, x, '\t');) c.push_back(x);
    if (c.size() < 10 || c[0].find_first_of("-.") != std::string::npos) continue;
    out.back().push_back({atoi(c[0].c_str()), c[1], c[2], c[3], c[4], c[5], c[7], c[9], atoi(c[6].c_str())});
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

static Tag tag_of(const std::string& u) {
  static const std::map<std::string, Tag> m = {{"NOUN", Tag::kNoun}, {"PROPN", Tag::kPropn}, {"ADJ", Tag::kAdj}, {"VERB", Tag::kVerb}, {"AUX", Tag::kAux}, {"ADV", Tag::kAdv}, {"PRON", Tag::kPron}, {"DET", Tag::kDet}, {"ADP", Tag::kAdp}, {"CCONJ", Tag::kCconj}, {"CONJ", Tag::kCconj}, {"SCONJ", Tag::kSconj}, {"PART", Tag::kPart}, {"NUM", Tag::kNum}, {"PUNCT", Tag::kPunct}, {"SYM", Tag::kSym}, {"INTJ", Tag::kIntj}};
  const auto it = m.find(u);
  return it == m.end() ? Tag::kX : it->second;
}

static const std::string kAl = "\xD8\xA7\xD9\x84", kLam = "\xD9\x84", kAlef = "\xD8\xA7";
static bool arabic = false;

static uint32_t feats_of(const Row& r, const Row* before) {
  uint32_t f = 0;
  const auto has = [&](const char* s) { return ("|" + r.feats + "|").find("|" + std::string(s) + "|") != std::string::npos; };
  const auto set = [&](feat::Field x, uint32_t v) { f = feat::set(f, x, v); };
  if (has("Number=Sing")) set(feat::kNumber, 1);
  if (has("Number=Dual")) set(feat::kNumber, 2);
  if (has("Number=Plur")) set(feat::kNumber, 3);
  if (has("Gender=Masc")) set(feat::kGender, 1);
  if (has("Gender=Fem")) set(feat::kGender, 2);
  for (int p = 1; p <= 3; ++p) if (has(("Person=" + std::to_string(p)).c_str())) set(feat::kPerson, p);
  if (has("Aspect=Perf") || has("Tense=Past")) set(feat::kAspect, 1);
  else if (has("Aspect=Imp") || has("Tense=Pres")) set(feat::kAspect, 2);
  if (has("VerbForm=Fin")) set(feat::kVerbForm, 1);
  if (has("VerbForm=Inf")) set(feat::kVerbForm, 2);
  if (has("VerbForm=Ger")) set(feat::kVerbForm, 5);
  if (has("VerbForm=Part")) set(feat::kVerbForm, has("Tense=Pres") ? 5 : 4);
  if (arabic && r.upos == "VERB") set(feat::kVerbForm, 1);
  if (!arabic && has("Poss=Yes")) set(feat::kPoss, 1);
  if (has("Voice=Pass") && arabic) set(feat::kVoice, 2);
  if (has("Mood=Sub")) set(feat::kMood, 2);
  if (has("Mood=Jus")) set(feat::kMood, 3);
  if (arabic) {
    const std::string k = GoldLexicon::fold(r.form);
    const bool nominal = r.upos == "NOUN" || r.upos == "ADJ" || r.upos == "PROPN" || r.upos == "NUM" || r.upos == "DET" || r.upos == "X";
    if (nominal && k.rfind(kAl, 0) == 0 && k.size() > 6) set(feat::kDef, 1);
    if (nominal && before && before->misc.find("SpaceAfter=No") != std::string::npos && GoldLexicon::fold(before->form) == kLam && k.rfind(kLam, 0) == 0 && has("Definite=Def")) set(feat::kDef, 1);
    if (nominal && (has("Definite=Ind")) && (has("Case=Acc")) && k.size() > 4 && k.substr(k.size() - 2) == kAlef) set(feat::kTanwin, 1);
    if (r.xpos == "REL") set(feat::kRelative, 1);
    if (has("Degree=Cmp") || has("Degree=Sup")) set(feat::kDegree, 1);
  }
  return f;
}

static std::string group_gold(const Sent& s, const Row& r) {
  const std::string rel = r.rel.substr(0, r.rel.find(':'));
  bool cased = false;
  for (const Row& c : s) if (c.head == r.id && c.rel.rfind("case", 0) == 0 && c.upos != "PART") cased = true;
  if (rel == "nsubj" || rel == "nsubjpass") return "subj";
  if (rel == "obj" || rel == "dobj") return "obj";
  if (rel == "obl" || rel == "nmod" || rel == "iobj") return cased ? "prep" : r.rel == "obl:tmod" || r.rel == "obl:unmarked" || rel == "obl" ? "bare_obl" : "gen";
  if (rel == "amod") return "adj";
  if (rel == "ccomp" || rel == "xcomp" || rel == "csubj") return "comp";
  if (rel == "acl") return "acl";
  if (rel == "advcl") return "advcl";
  if (rel == "conj") return "conj";
  if (rel == "appos") return "appos";
  return "";
}

static const char* kRelNames[] = {"none", "root", "subj", "obj", "obj2", "agent", "gen", "adj", "nmod", "comp", "appos", "obl", "advcl", "acl", "conj", "aux", "neg", "mark", "case", "cc", "det", "num", "adv", "time", "flat", "fixed", "prt", "punct", "parataxis", "dep"};

static std::string group_mine(const Dep& d, const WordLayer& w) {
  const bool cased = d.case_word != kNone && w.words[d.case_word].tag != Tag::kPart;
  switch (d.rel) {
    case Rel::kSubj: return "subj";
    case Rel::kObj: return "obj";
    case Rel::kObj2: return cased ? "prep" : "obj2";
    case Rel::kAgent: case Rel::kObl: case Rel::kTime: return cased ? "prep" : "bare_obl";
    case Rel::kGen: return cased ? "prep" : "gen";
    case Rel::kAdj: return "adj";
    case Rel::kComp: return "comp";
    case Rel::kAcl: return "acl";
    case Rel::kAdvcl: return "advcl";
    case Rel::kConj: return "conj";
    case Rel::kAppos: return "appos";
    default: return "";
  }
}

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const std::string packs = argv[1], lang = argv[2];
  arabic = lang == "ar";
  const bool verbose = argc > 4 && !strcmp(argv[4], "-v");
  const std::string wanted = argc > 5 ? argv[5] : "";
  const auto sents = read(argv[3]);
  PackWriter out;
  GoldLexicon lex(out);
  if (const char* real = getenv("UD_PARSE_PACK")) {
    auto p = Pack::open(real);
    if (p) lex.know(**p, lang);
  }
  for (const auto& s : sents) for (const Row& r : s) { lex.add(r.lemma == "_" ? r.form : r.lemma, tag_of(r.upos)); out.intern(lex.key_of(r.form)); }
  auto st = compile_grammar(packs, lang, lex, out);
  if (!st) { std::cerr << st.error().text() << "\n"; return 1; }
  const std::string path = "/tmp/ud_parse_" + lang + ".pack";
  if (auto w = out.write(path); !w) { std::cerr << w.error().text() << "\n"; return 1; }
  auto pack = Pack::open(path);
  if (!pack) { std::cerr << pack.error().text() << "\n"; return 1; }
  auto stage = ClauseStage::open(*pack, lang);
  long right = 0, total = 0;
  std::map<std::string, std::array<long, 3>> f1;  // tp, gold, mine
  std::map<std::string, long> wrong_by_rel, all_by_rel;
  std::map<std::string, std::map<std::string, long>> preps, confusion;
  double seconds = 0;
  long words = 0;
  for (const Sent& s : sents) {
    Document doc;
    Analysis a;
    a.doc = &doc;
    a.words.first = {0, static_cast<uint32_t>(s.size())};
    Sentence sent;
    for (size_t i = 0; i < s.size(); ++i) {
      const Row& r = s[i];
      Token t;
      t.raw.begin = static_cast<uint32_t>(doc.buffer.size());
      doc.buffer += r.form;
      t.raw.end = static_cast<uint32_t>(doc.buffer.size());
      const std::string key = lex.key_of(r.form);
      t.key.begin = static_cast<uint32_t>(a.text.norm.size());
      a.text.norm += key;
      t.key.end = static_cast<uint32_t>(a.text.norm.size());
      t.norm = t.key;
      const bool glued = i > 0 && s[i - 1].misc.find("SpaceAfter=No") != std::string::npos;
      if (!glued) t.flags |= token_flag::kSpaceBefore;
      size_t pos = 0;
      if (r.upos == "PUNCT" || r.upos == "SYM") { t.kind = TokenKind::kPunct; t.punct = utf8::next(r.form, pos); if (r.upos == "SYM") t.kind = TokenKind::kSymbol; }
      if (r.form == "?" || r.form == "\xD8\x9F") sent.question = true;
      a.text.tokens.push_back(t);
      Word w;
      w.raw = t.raw;
      w.token = static_cast<uint32_t>(i);
      w.tag = tag_of(r.upos);
      w.feats = feats_of(r, i > 0 ? &s[i - 1] : nullptr);
      const auto clitic = [&](const Row& x) { return arabic && x.upos == "PRON" && utf8::length(lex.key_of(x.form)) <= 3 && (x.xpos == "PRP" || x.xpos[0] == 'S') && x.form != "\xD9\x87\xD9\x88" && x.form != "\xD9\x87\xD9\x8A"; };
      if (i > 0 && clitic(r)) w.clitic = true;
      if (i + 1 < s.size() && clitic(s[i + 1])) w.feats = feat::set(w.feats, feat::kPoss, 1);
      std::string k = key;
      if (arabic && w.get(feat::kDef)) k = key.rfind(kAl, 0) == 0 ? key.substr(4) : key.substr(2);
      w.key = (*pack)->find(k);
      w.lemma = lex.add(r.lemma == "_" ? r.form : r.lemma, w.tag);
      a.words.words.push_back(w);
    }
    sent.last_token = static_cast<uint32_t>(s.size());
    a.text.sentences.push_back(sent);
    const auto t0 = std::chrono::steady_clock::now();
    stage->run(a, 0, a.clauses);
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - t0).count();
    ClauseStage::finish(a.words, a.clauses);
    words += static_cast<long>(s.size());
    // an elative or ordinal before its noun: its head in the treebank, its modifier here
    if (arabic) {
      auto& deps = a.clauses.deps;
      for (uint32_t i = 0; i < deps.size(); ++i) {
        const uint32_t h = deps[i].head;
        if (deps[i].rel != Rel::kAdj || h == kNone || h <= i || s[i].upos != "ADJ") continue;
        const Dep was = deps[h];
        for (uint32_t k = 0; k < deps.size(); ++k) if (deps[k].head == h && k < i) deps[k].head = i;
        deps[i].head = was.head; deps[i].rel = was.rel; deps[i].case_word = was.case_word;
        deps[h].head = i; deps[h].rel = Rel::kGen; deps[h].case_word = kNone;
        if (was.head == kNone) { deps[i].head = kNone; }
      }
    }
    bool show = verbose;
    std::set<std::string> faults;
    for (size_t i = 0; i < s.size(); ++i) {
      if (s[i].upos == "PUNCT") continue;
      const Dep& d = a.clauses.deps[i];
      const int head = d.head == kNone ? 0 : static_cast<int>(d.head) + 1;
      const std::string gg = group_gold(s, s[i]), gm = group_mine(d, a.words);
      ++total;
      ++all_by_rel[s[i].rel];
      const bool ok = head == s[i].head;
      if (ok) ++right; else ++wrong_by_rel[s[i].rel];
      if (!gg.empty()) ++f1[gg][1];
      if (!gm.empty()) ++f1[gm][2];
      if (!gg.empty() && !(ok && gg == gm)) ++confusion[gg][std::string(ok ? "=" : "x") + (gm.empty() ? kRelNames[static_cast<int>(d.rel)] : gm) + "/" + s[i].upos];
      if (gg == "prep") {
        std::string c;
        for (const Row& x : s) if (x.head == s[i].id && x.rel.rfind("case", 0) == 0) { c = lex.fold(x.lemma); break; }
        const auto kind = [&](int h) { return h <= 0 ? std::string("root") : s[h - 1].upos == "VERB" || s[h - 1].upos == "AUX" ? std::string("V") : s[h - 1].upos == "ADJ" ? std::string("A") : std::string("N"); };
        ++preps[c][ok ? "ok" + kind(s[i].head) : kind(s[i].head) + ">" + kind(head)];
      }
      if (ok && gg == gm && !gg.empty()) ++f1[gg][0];
      else { faults.insert(gg); faults.insert(gm); }
    }
    if (!wanted.empty() && faults.count(wanted)) show = true;
    if (show && s.size() < 45) {
      for (size_t i = 0; i < s.size(); ++i) {
        const Dep& d = a.clauses.deps[i];
        const int head = d.head == kNone ? 0 : static_cast<int>(d.head) + 1;
        printf("%2zu %-16s %-6s %2d %-9s | %2d %-10s %s\n", i + 1, s[i].form.c_str(), s[i].upos.c_str(), head, kRelNames[static_cast<int>(d.rel)], s[i].head, s[i].rel.c_str(), s[i].upos == "PUNCT" || head == s[i].head ? (group_gold(s, s[i]) == group_mine(d, a.words) ? "" : "~") : "<<<");
      }
      printf("\n");
    }
  }
  printf("UAS %.4f (%ld/%ld)  %.3f us/word\n", double(right) / total, right, total, seconds * 1e6 / words);
  for (auto& [k, v] : f1) {
    const double p = v[2] ? double(v[0]) / v[2] : 0, r = v[1] ? double(v[0]) / v[1] : 0;
    printf("%-9s P %.3f R %.3f F1 %.3f  gold %ld mine %ld\n", k.c_str(), p, r, p + r > 0 ? 2 * p * r / (p + r) : 0, v[1], v[2]);
  }
  if (argc > 4 && !strcmp(argv[4], "-c")) {
    for (auto& [k, m] : confusion) {
      std::vector<std::pair<long, std::string>> order;
      for (auto& [x, c] : m) order.push_back({c, x});
      std::sort(order.rbegin(), order.rend());
      printf("%s: ", k.c_str());
      for (size_t i = 0; i < order.size() && i < 16; ++i) printf("%s %ld  ", order[i].second.c_str(), order[i].first);
      printf("\n");
    }
  }
  if (argc > 4 && !strcmp(argv[4], "-p")) {
    for (auto& [k, m] : preps) {
      long n = 0;
      for (auto& [x, c] : m) n += c;
      if (n < 15) continue;
      printf("%-8s %ld: ", k.c_str(), n);
      for (auto& [x, c] : m) printf("%s %ld  ", x.c_str(), c);
      printf("\n");
    }
  }
  if (wanted.empty()) {
    std::vector<std::pair<long, std::string>> order;
    for (auto& [k, v] : wrong_by_rel) order.push_back({v, k});
    std::sort(order.rbegin(), order.rend());
    for (size_t i = 0; i < order.size() && i < 24; ++i) printf("%s %ld/%ld  ", order[i].second.c_str(), order[i].first, all_by_rel[order[i].second]);
    printf("\n");
  }
}
