// Word analysis: writing rules, conjugation and declension of Arabic (in letter codes), the builder and the analyser on
// the toy pack.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "lang_ar/conjugate.h"
#include "lang_ar/decline.h"
#include "lang_ar/spell.h"
#include "model/analysis.h"
#include "morph/analyzer.h"
#include "morph/builder.h"
#include "morph/features.h"
#include "pack/tsv.h"
#include "text/compile.h"
#include "text/text_stage.h"

namespace biruni {
namespace {

using namespace arabic;

struct SpellCase { const char* sounds; bool connected; const char* letters; };

TEST(Spell, WritesHamzaVowelsAndDoubling) {
  const SpellCase cases[] = {
      {"muqAtilUna", false, "mqAtlwn"}, {"katabUW", false, "ktbwA"}, {"katabUW", true, "ktbw"},      {"ramY", false, "rmY"},        {"ramY", true, "rmA"},
      {"qara'a", false, "qr>"},         {"yaqra'u", true, "yqr&"},   {"su'ila", false, "s}l"},       {"tasA'ala", false, "tsA'l"},  {"tasA'ul", false, "tsA&l"},
      {"'a'mana", false, "|mn"},        {"'i'mAn", false, "<ymAn"},  {"@i'tilAf", false, "A}tlAf"},  {"mas'Ul", false, "ms&wl"},    {"hay'ap", false, "hy}p"},
      {"mas'alap", false, "ms>lp"},     {"juz'", false, "jz'"},      {"juz'F", false, "jz'A"},       {"$ay'F", false, "$y}A"},      {"mA'F", false, "mA'"},
      {"kunna", false, "kn"},           {"sakattu", false, "skt"},   {"@iwSAl", false, "AySAl"},     {"'iwSAl", false, "<ySAl"},    {"yuysiru", false, "ywsr"},
      {"madrasap", true, "mdrst"},      {"'aHyY", false, ">HyA"},    {"jA'UW", false, "jA&wA"},
  };
  for (const auto& c : cases) EXPECT_EQ(spell(c.sounds, c.connected).letters, c.letters) << c.sounds;
}

VerbPatterns patterns() {
  VerbPatterns p;
  auto table = read_tsv(std::string(BIRUNI_SOURCE_DIR) + "/packs", "ar/morph/patterns", {"form", "slot", "pattern", "origin"});
  if (table)
    for (const TsvRow& row : (*table)->rows) p.add(row["form"], row["slot"], row["pattern"]);
  return p;
}

std::set<std::string> forms_of(const VerbSpec& verb) {
  std::set<std::string> out;
  conjugate(patterns(), verb, [&](const VerbForm& f) { out.insert(spell(f.sounds, false).letters); });
  return out;
}

struct VerbCase { const char *root, *form, *vowels, *citation, *present, *first_person, *masdar; };

TEST(Conjugate, AllRootTypes) {
  const VerbCase cases[] = {
      {"ktb", "1", "au", "ktb", "yktb", "ktbt", ""},      {"qwl", "1", "au", "qAl", "yqwl", "qlt", ""},        {"xwf", "1", "ia", "xAf", "yxAf", "xft", ""},
      {"wSl", "1", "ai", "wSl", "ySl", "wSlt", ""},       {"mdd", "1", "au", "md", "ymd", "mddt", ""},         {"rmy", "1", "ai", "rmY", "yrmy", "rmyt", ""},
      {"dEw", "1", "au", "dEA", "ydEw", "dEwt", ""},      {"bqy", "1", "ia", "bqy", "ybqY", "bqyt", ""},       {"r'y", "1", "aa", "r>Y", "yrY", "r>yt", ""},
      {"qdm", "2", "", "qdm", "yqdm", "qdmt", "tqdym"},   {"rbw", "2", "", "rbY", "yrby", "rbyt", "trbyp"},    {"qtl", "3", "", "qAtl", "yqAtl", "qAtlt", "mqAtlp"},
      {"qwm", "4", "", ">qAm", "yqym", ">qmt", "<qAmp"},  {"wSl", "4", "", ">wSl", "ywSl", ">wSlt", "<ySAl"},  {"'mn", "4", "", "|mn", "y&mn", "|mnt", "<ymAn"},
      {"Hdw", "5", "", "tHdY", "ytHdY", "tHdyt", "tHdy"}, {"wSl", "8", "", "AtSl", "ytSl", "AtSlt", "AtSAl"},  {"zhr", "8", "", "Azdhr", "yzdhr", "Azdhrt", "AzdhAr"},
      {"Drr", "8", "", "ADTr", "yDTr", "ADTrrt", "ADTrAr"}, {"HyT", "4", "", ">HAT", "yHyT", ">HTt", "<HATp"}, {"qwm", "10", "", "AstqAm", "ystqym", "Astqmt", "AstqAmp"},
      {"Hmr", "9", "", "AHmr", "yHmr", "AHmrrt", "AHmrAr"}, {"dHrj", "q1", "", "dHrj", "ydHrj", "dHrjt", "dHrjp"}, {"Tm'n", "q4", "", "ATm>n", "yTm}n", "ATm>nnt", "ATm}nAn"},
  };
  for (const auto& c : cases) {
    const VerbSpec verb{.root = c.root, .form = c.form, .vowels = c.vowels};
    const auto forms = forms_of(verb);
    EXPECT_EQ(spell(citation(patterns(), verb), false).letters, c.citation) << c.root << c.form;
    EXPECT_TRUE(forms.count(c.present)) << c.present;
    EXPECT_TRUE(forms.count(c.first_person)) << c.first_person;
    if (*c.masdar) { EXPECT_EQ(spell(derive(patterns(), verb, "masdar"), false).letters, c.masdar) << c.root << c.form; }
  }
}

TEST(Conjugate, WeakEndingsAndPassive) {
  const auto call = forms_of({.root = "dEw", .form = "1", .vowels = "au"});
  for (const char* form : {"dEt", "dEwA", "ydEwn", "ydE", "dEy", "ydEY", "AdE", "tdEyn"}) EXPECT_TRUE(call.count(form)) << form;
  const auto say = forms_of({.root = "qwl", .form = "1", .vowels = "au"});
  for (const char* form : {"qyl", "yqAl", "yql", "ql", "qln", "yqwlwA"}) EXPECT_TRUE(say.count(form)) << form;
}

TEST(Decline, NounsAndAdjectives) {
  std::set<std::string> forms;
  decline_noun({.letters = "mdrsp", .gender = 2, .plurals = {"mdArs"}}, [&](const NounForm& f) { forms.insert(f.letters); });
  for (const char* form : {"mdrsp", "mdrst", "mdrstAn", "mdrstyn", "mdArs"}) EXPECT_TRUE(forms.count(form)) << form;
  EXPECT_FALSE(forms.count("mdArsA"));  // no accusative alef on mafaAil
  forms.clear();
  decline_noun({.letters = "m&tmr", .gender = 1, .plurals = {"+At"}}, [&](const NounForm& f) { forms.insert(f.letters); });
  for (const char* form : {"m&tmrA", "m&tmrAt", "m&tmryn"}) EXPECT_TRUE(forms.count(form)) << form;
  forms.clear();
  decline_adjective({.letters = "syAsy"}, [&](const NounForm& f) { forms.insert(f.letters); });
  for (const char* form : {"syAsyp", "syAsywn", "syAsyyn", "syAsyAt", "syAsyA"}) EXPECT_TRUE(forms.count(form)) << form;
  EXPECT_EQ(connected_stems("$rkA'"), (std::vector<std::string>{"$rkA'", "$rkA&", "$rkA}"}));
  EXPECT_EQ(add_feminine_plural("mfAj>p"), "mfAj|t");
}

TEST(Features, ReadAndWrite) {
  uint32_t f = 0;
  std::string unknown;
  EXPECT_TRUE(parse_features("Number=Plur Gender=Fem|Def=1", f, unknown));
  EXPECT_EQ(feat::get(f, feat::kNumber), 3u);
  EXPECT_EQ(features_text(f), "Number=Plur|Gender=Fem|Definite=Def");
  EXPECT_FALSE(parse_features("Number=Many Colour=Red", f, unknown));
  Tag tag;
  EXPECT_TRUE(parse_tag("PROPN", tag));
  EXPECT_EQ(tag, Tag::kPropn);
  EXPECT_FALSE(parse_tag("FOO", tag));
}

class ToyPack : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string packs = std::string(BIRUNI_SOURCE_DIR) + "/packs";
    PackWriter out;
    ASSERT_TRUE(compile_text(packs, "mini", out));
    auto builder = LexiconBuilder::read(packs, "mini", out);
    ASSERT_TRUE(builder) << builder.error().text();
    resolved_ = (*builder)->resolve("kitab", Tag::kNoun, false);
    by_form_ = (*builder)->resolve("kutub", Tag::kNoun, false);
    created_ = (*builder)->resolve("zork", Tag::kNoun, true);
    ASSERT_FALSE(created_.empty());
    (*builder)->add_class(created_[0], "toy");
    (*builder)->add_name_word("Lugano");
    ASSERT_TRUE((*builder)->finish());
    const std::string path = ::testing::TempDir() + "morph_test.pack";
    ASSERT_TRUE(out.write(path));
    auto pack = Pack::open(path);
    ASSERT_TRUE(pack);
    analyzer_ = Analyzer::open(*pack, "mini");
    stage_ = TextStage::open(*pack, {"mini"});
  }

  // "form/TAG" of every word.
  std::string analyze(const std::string& text) {
    Document doc;
    doc.buffer = text;
    Analysis a;
    stage_->run(doc, 0, a);
    auto scratch = analyzer_->new_scratch();
    for (uint32_t s = 0; s < a.text.sentences.size(); ++s) analyzer_->analyze(text, a.text, s, *scratch, a.words);
    std::string out;
    for (const Word& w : a.words.words) {
      if (!out.empty()) out += ' ';
      out += text.substr(w.raw.begin, w.raw.size()) + "/" + tag_name(w.tag);
      if (w.get(feat::kDef)) out += "+def";
      last_ = w;
    }
    return out;
  }

  std::unique_ptr<Analyzer> analyzer_;
  std::unique_ptr<TextStage> stage_;
  std::vector<uint32_t> resolved_, by_form_, created_;
  Word last_;
};

TEST_F(ToyPack, CutsClitics) {
  EXPECT_EQ(analyze("wakitabhu"), "wa/CCONJ kitab/NOUN hu/PRON");
  EXPECT_EQ(analyze("alkutub"), "alkutub/NOUN+def");
  EXPECT_EQ(analyze("lilkitab"), "li/ADP lkitab/NOUN+def");
  EXPECT_EQ(analyze("lilard"), "li/ADP lard/NOUN");
  EXPECT_EQ(analyze("lihu"), "li/ADP hu/PRON");
  EXPECT_EQ(analyze("canwe"), "can/VERB we/PRON");
}

TEST_F(ToyPack, ChoosesByContext) {
  EXPECT_EQ(analyze("sa run"), "sa/PART run/VERB");
  EXPECT_EQ(analyze("li run"), "li/ADP run/NOUN");
}

TEST_F(ToyPack, GuessesUnknownWords) {
  EXPECT_EQ(analyze("blorped"), "blorped/VERB");
  EXPECT_EQ(last_.source, WordSource::kGuess);
  EXPECT_EQ(last_.lemma, kNone);
  EXPECT_EQ(analyze("lugano"), "lugano/PROPN");
  EXPECT_EQ(last_.source, WordSource::kName);
  EXPECT_EQ(analyze("42 !"), "42/NUM !/PUNCT");
  EXPECT_EQ(analyze(""), "");
}

TEST_F(ToyPack, ResolvesLemmas) {
  ASSERT_EQ(resolved_.size(), 1u);
  EXPECT_EQ(by_form_, resolved_);
  const LemmaTable& lemmas = analyzer_->lemmas();
  EXPECT_EQ(lemmas.text(resolved_[0]), "kitab");
  EXPECT_TRUE(lemmas.has_class(created_[0], lemmas.class_id("toy")));
  EXPECT_FALSE(lemmas.has_class(resolved_[0], lemmas.class_id("toy")));
  EXPECT_EQ(analyze("zork"), "zork/NOUN");
}

}  // namespace
}  // namespace biruni
