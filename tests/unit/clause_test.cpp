// The clause stage on hand-built words: the toy language (packs/mini, modifiers before the noun) and a second toy whose
// tables are written here (verb first, modifiers after the noun, agreement, clauses without a verb).
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "../../tools/dev/gold_lexicon.h"
#include "clause/clause_stage.h"
#include "clause/compile.h"
#include "pack/tsv.h"

namespace biruni {
namespace {

// A sentence is words `form/TAG` with features after a colon: n plural, d definite, f feminine, m masculine, t
// accusative, p participle passive, v passive voice, i infinitive, g gerund, 2 second aspect, c attached pronoun.
Tag tag_of(char c) {
  switch (c) {
    case 'N': return Tag::kNoun;
    case 'P': return Tag::kPropn;
    case 'J': return Tag::kAdj;
    case 'V': return Tag::kVerb;
    case 'X': return Tag::kAux;
    case 'R': return Tag::kAdv;
    case 'O': return Tag::kPron;
    case 'I': return Tag::kAdp;
    case 'C': return Tag::kCconj;
    case 'S': return Tag::kSconj;
    case 'T': return Tag::kPart;
    case 'M': return Tag::kNum;
    case 'D': return Tag::kDet;
    default: return Tag::kPunct;
  }
}

const char* const kRels[] = {"none", "root", "subj", "obj", "obj2", "agent", "gen", "adj", "nmod", "comp", "appos", "obl", "advcl", "acl", "conj",
                             "aux", "neg", "mark", "case", "cc", "det", "num", "adv", "time", "flat", "fixed", "prt", "punct", "parataxis", "dep"};

class ClauseTest : public ::testing::Test {
 protected:
  void parse(const std::string& packs, const std::string& lang, const std::string& sentence) {
    a_ = Analysis{};
    doc_ = Document{};
    PackWriter out;
    GoldLexicon lexicon(out);
    std::vector<std::string> forms;
    std::stringstream in(sentence);
    for (std::string item; in >> item;) {
      const size_t slash = item.rfind('/');
      forms.push_back(item.substr(0, slash));
      const std::string tag = item.substr(slash + 1);
      Token t;
      t.raw.begin = static_cast<uint32_t>(doc_.buffer.size());
      doc_.buffer += forms.back();
      t.raw.end = static_cast<uint32_t>(doc_.buffer.size());
      t.key = {static_cast<uint32_t>(a_.text.norm.size()), static_cast<uint32_t>(a_.text.norm.size() + forms.back().size())};
      a_.text.norm += forms.back();
      t.norm = t.key;
      t.flags = token_flag::kSpaceBefore;
      Word w;
      w.raw = t.raw;
      w.token = static_cast<uint32_t>(a_.text.tokens.size());
      w.tag = tag_of(tag[0]);
      if (w.tag == Tag::kPunct) { t.kind = TokenKind::kPunct; t.punct = static_cast<unsigned char>(forms.back()[0]); }
      uint32_t f = w.tag == Tag::kVerb || w.tag == Tag::kAux ? feat::set(feat::set(0, feat::kAspect, 1), feat::kPerson, 3) : feat::set(0, feat::kNumber, 1);
      for (size_t i = 2; i < tag.size(); ++i) {
        switch (tag[i]) {
          case 'n': f = feat::set(f, feat::kNumber, 3); break;
          case 'd': f = feat::set(f, feat::kDef, 1); break;
          case 'f': f = feat::set(f, feat::kGender, 2); break;
          case 'm': f = feat::set(f, feat::kGender, 1); break;
          case 't': f = feat::set(f, feat::kTanwin, 1); break;
          case 'p': f = feat::set(f, feat::kVerbForm, 4); break;
          case 'i': f = feat::set(f, feat::kVerbForm, 2); break;
          case 'g': f = feat::set(f, feat::kVerbForm, 5); break;
          case '2': f = feat::set(f, feat::kAspect, 2); break;
          case 'v': f = feat::set(f, feat::kVoice, 2); break;
          case 'h': f = feat::set(f, feat::kHuman, 1); break;
          case 'c': w.clitic = true; a_.words.words.back().feats = feat::set(a_.words.words.back().feats, feat::kPoss, 1); break;
          default: break;
        }
      }
      w.feats = f;
      w.lemma = lexicon.add(forms.back(), w.tag);
      a_.words.words.push_back(w);
      a_.text.tokens.push_back(t);
      out.intern(lexicon.key_of(forms.back()));
    }
    Sentence s;
    s.last_token = static_cast<uint32_t>(a_.text.tokens.size());
    a_.text.sentences.push_back(s);
    a_.words.first = {0, static_cast<uint32_t>(a_.words.words.size())};
    a_.doc = &doc_;
    for (WordRange r : names_) a_.matches.names.push_back({r, 0, 1});
    for (WordRange r : times_) {
      TimeExpression t;
      t.words = r;
      a_.times.rows.push_back(t);
    }
    const auto done = compile_grammar(packs, lang, lexicon, out);
    ASSERT_TRUE(done.has_value()) << (done ? "" : done.error().text());
    const std::string path = (std::filesystem::temp_directory_path() / ("clause_test_" + lang + std::to_string(::getpid()) + ".pack")).string();
    ASSERT_TRUE(out.write(path).has_value());
    auto pack = Pack::open(path);
    ASSERT_TRUE(pack.has_value());
    for (size_t i = 0; i < forms.size(); ++i) a_.words.words[i].key = (*pack)->find(forms[i]);
    ClauseStage::open(*pack, lang)->run(a_, 0, a_.clauses);
    ClauseStage::finish(a_.words, a_.clauses);
    std::filesystem::remove(path);
  }
  void mini(const std::string& sentence) { parse(std::string(BIRUNI_SOURCE_DIR) + "/packs", "mini", sentence); }
  void verb_first(const std::string& sentence) {
    const auto dir = std::filesystem::temp_directory_path() / ("clause_test_packs" + std::to_string(::getpid()));
    std::filesystem::create_directories(dir / "vf" / "grammar");
    std::ofstream(dir / "vf/grammar/settings.tsv") << "#key\tvalue\tnote\torigin\nnoun_first\t1\t\town\nverb_first\t1\t\town\nagreement\t1\t\town\npro_drop\t1\t\town\n"
                                                   << "bare_relative\t1\t\town\nnominal_clause\t1\t\town\ngenitive_bare\t1\t\town\n";
    std::ofstream(dir / "vf/grammar/words.tsv") << "#form\ttags\tclasses\toptions\torigin\nala\tADP\tpreposition\tnoun=3 verb=3\town\nbi\tADP\tpreposition\tnoun=2 verb=3\town\n"
                                                << "ala yad\tADP\tpreposition|agent|followed\tnoun=2 verb=4\town\nanna\tSCONJ\tcomplementizer\t\town\nbad\tADP\tpreposition|temporal\tnoun=-1 verb=4\town\n"
                                                << "idha\tSCONJ\tcondition\t\town\nlam\tPART\tnegation\t\town\nwa\tCCONJ\tcoordinator\t\town\nalladhi\tPRON\trelative\t\town\n"
                                                << "kana\tAUX\tcopula\tlemma\town\nyawm\tNOUN\ttime_noun\t\town\nrais\tNOUN\ttitle\tlemma\town\n";
    std::ofstream(dir / "vf/grammar/subcat.tsv") << "#lemmas\ttag\tframe\torigin\nqala\tVERB\tC=comp say\town\nqatala|qasafa\tVERB\tR=obj\town\nhujum\tNOUN\tR=obj|ala\town\n";
    parse(dir.string(), "vf", sentence);
    std::filesystem::remove_all(dir);
  }
  /// "rel:head" of word i; head is the word's form.
  std::string at(uint32_t i) const {
    const Dep& d = a_.clauses.deps[i];
    return std::string(kRels[static_cast<int>(d.rel)]) + (d.head == kNone ? "" : ":" + std::string(a_.raw(a_.words.words[d.head].raw)));
  }
  std::string word(uint32_t w) const { return w == kNone ? "-" : std::string(a_.raw(a_.words.words[w].raw)); }
  const Clause& clause_of(uint32_t w) const { return a_.clauses.clauses[a_.clauses.deps[w].clause]; }
  Analysis a_;
  Document doc_;
  std::vector<WordRange> names_, times_;
};

TEST_F(ClauseTest, SubjectObjectAndObliqueOfAVerb) {
  mini("big/J man/N run/V kitab/N na/I lard/N ./.");
  EXPECT_EQ(at(0), "adj:man");
  EXPECT_EQ(at(1), "subj:run");
  EXPECT_EQ(at(2), "root");
  EXPECT_EQ(at(3), "obj:run");
  EXPECT_EQ(at(4), "case:lard");
  EXPECT_EQ(at(5), "obl:run");
  EXPECT_EQ(word(a_.clauses.deps[5].case_word), "na");
}

TEST_F(ClauseTest, GenitivePrepositionAndFrameOfANounBeatTheVerb) {
  mini("man/N run/V kitab/N di/I lard/N ./.");
  EXPECT_EQ(at(4), "gen:kitab");
  mini("man/N run/V rag/N kon/I lard/N ./.");
  EXPECT_EQ(at(4), "obl:rag");
}

TEST_F(ClauseTest, PassiveWithAgent) {
  mini("man/N bi/X hit/V:p bai/I dog/N ./.");
  EXPECT_EQ(at(0), "subj:hit");
  EXPECT_EQ(at(1), "aux:hit");
  EXPECT_EQ(at(4), "agent:hit");
  EXPECT_TRUE(clause_of(2).passive);
}

TEST_F(ClauseTest, ComplementClauseWithNegation) {
  mini("man/N sai/V dat/S dog/N no/T run/V kitab/N ./.");
  EXPECT_EQ(at(5), "comp:sai");
  EXPECT_EQ(at(3), "subj:run");
  EXPECT_EQ(at(4), "neg:run");
  EXPECT_TRUE(clause_of(5).negated);
  EXPECT_EQ(word(clause_of(5).marker), "dat");
  EXPECT_EQ(a_.clauses.clauses[clause_of(5).parent].predicate, 1u);
  EXPECT_FALSE(clause_of(1).negated);
}

TEST_F(ClauseTest, RelativeClauseUnderstandsItsSubject) {
  mini("man/N hu/O hit/V dog/N run/V kitab/N ./.");
  EXPECT_EQ(at(2), "acl:man");
  EXPECT_EQ(at(4), "root");
  EXPECT_EQ(at(0), "subj:run");
  EXPECT_EQ(at(3), "obj:hit");
  EXPECT_EQ(clause_of(2).kind, ClauseKind::kRelative);
  EXPECT_EQ(word(clause_of(2).subject), "man");
}

TEST_F(ClauseTest, ConditionalClauseBeforeAndAfterTheMainClause) {
  for (const char* s : {"ef/S dog/N run/V ,/, man/N hit/V dog/N ./.", "man/N hit/V dog/N ef/S dog/N run/V ./."}) {
    mini(s);
    uint32_t run = 0, hit = 0;
    for (uint32_t i = 0; i < a_.words.words.size(); ++i) {
      if (word(i) == "run") run = i;
      if (word(i) == "hit") hit = i;
    }
    EXPECT_EQ(at(run), "advcl:hit") << s;
    EXPECT_EQ(at(hit), "root") << s;
    EXPECT_EQ(clause_of(run).kind, ClauseKind::kConditional) << s;
  }
}

TEST_F(ClauseTest, CoordinationOfNounsAndOfVerbsThatShareTheSubject) {
  mini("man/N en/C dog/N hit/V lard/N en/C run/V kitab/N ./.");
  EXPECT_EQ(at(0), "subj:hit");
  EXPECT_EQ(at(2), "conj:man");
  EXPECT_EQ(at(6), "conj:hit");
  EXPECT_EQ(word(clause_of(6).subject), "man");
  EXPECT_TRUE(clause_of(6).coordinated);
}

TEST_F(ClauseTest, InfinitiveHasTheObjectOrElseTheSubjectAsItsOwnSubject) {
  mini("man/N wan/V tu/T hit/V:i dog/N ./.");
  EXPECT_EQ(at(3), "comp:wan");
  EXPECT_EQ(word(clause_of(3).subject), "man");
  EXPECT_EQ(at(4), "obj:hit");
}

TEST_F(ClauseTest, HeadlineWithParticipleOnly) {
  mini("ten/M man/N hit/V:p na/I lard/N");
  EXPECT_EQ(at(2), "root");
  EXPECT_EQ(at(1), "subj:hit");
  EXPECT_TRUE(clause_of(2).passive);
}

TEST_F(ClauseTest, NamesAndTimesActAsOneWord) {
  names_ = {{4, 6}};
  times_ = {{6, 8}};
  mini("man/N hit/V dog/N na/I red/J sea/N old/J lun/N ./.");
  EXPECT_EQ(at(4), "obl:hit");
  EXPECT_EQ(at(5), "flat:red");
  EXPECT_EQ(at(7), "time:hit");
  EXPECT_EQ(at(6), "flat:lun");
}

TEST_F(ClauseTest, VerbFirstSubjectThenObject) {
  verb_first("qatala/V:m jundi/N:m rajul/N:mt ala/I bab/N:md ./.");
  EXPECT_EQ(at(1), "subj:qatala");
  EXPECT_EQ(at(2), "obj:qatala");
  verb_first("qatala/V:m jundi/N:md rajul/N:md ./.");
  EXPECT_EQ(at(1), "subj:qatala");
  EXPECT_EQ(at(2), "obj:qatala");
}

TEST_F(ClauseTest, DisagreeingNounAfterTheVerbIsItsObject) {
  verb_first("qasafa/V:m madina/N:fd ./.");
  EXPECT_EQ(at(1), "obj:qasafa");
}

TEST_F(ClauseTest, GenitiveChainWithAdjectiveOfItsHead) {
  verb_first("zara/V:m wazir/N:m kharijiya/N:fd rusi/J:md bab/N:md ./.");
  EXPECT_EQ(at(1), "subj:zara");
  EXPECT_EQ(at(2), "gen:wazir");
  EXPECT_EQ(at(3), "adj:wazir");
  EXPECT_EQ(at(4), "obj:zara");
}

TEST_F(ClauseTest, EventNounWithGenitiveAndAgentPhrase) {
  verb_first("hujum/N:m jaysh/N:md ala/I madina/N:fd");
  EXPECT_EQ(at(1), "gen:hujum");
  EXPECT_EQ(at(3), "obl:hujum");
  verb_first("qutila/V:mv rajul/N:m ala/I yad/N:f jundi/N:m ./.");
  EXPECT_EQ(at(4), "agent:qutila");
  EXPECT_EQ(at(3), "fixed:ala");
}

TEST_F(ClauseTest, AuxiliaryCopulaStepsDown) {
  verb_first("kana/X:m rais/N:md qatala/V:m2 rajul/N:mt ./.");
  EXPECT_EQ(at(0), "aux:qatala");
  EXPECT_EQ(at(1), "subj:qatala");
  EXPECT_EQ(at(2), "root");
  EXPECT_EQ(at(3), "obj:qatala");
  verb_first("kana/X:m rais/N:md marid/J:mt ./.");
  EXPECT_EQ(at(2), "root");
  EXPECT_EQ(at(1), "subj:marid");
}

TEST_F(ClauseTest, ClauseWithoutVerb) {
  verb_first("bab/N:md kabir/J:m ./.");
  EXPECT_EQ(at(1), "root");
  EXPECT_EQ(at(0), "subj:kabir");
}

TEST_F(ClauseTest, ComplementWithFrontedSubjectAndNegation) {
  verb_first("qala/V:m rais/N:md anna/S jaysh/N:md lam/T qasafa/V:m2 madina/N:fd ./.");
  EXPECT_EQ(at(5), "comp:qala");
  EXPECT_EQ(at(3), "subj:qasafa");
  EXPECT_EQ(at(6), "obj:qasafa");
  EXPECT_TRUE(clause_of(5).negated);
}

TEST_F(ClauseTest, RelativeClauseWithoutPronounAfterIndefiniteNoun) {
  verb_first("qasafa/V:m jaysh/N:md bab/N:m faqada/V:m rajul/N:mt ./.");
  EXPECT_EQ(at(3), "acl:bab");
  EXPECT_EQ(word(clause_of(3).subject), "bab");
}

TEST_F(ClauseTest, AttachedPronouns) {
  verb_first("qatala/V:m hu/O:mc jundi/N:m ./.");
  EXPECT_EQ(at(1), "obj:qatala");
  EXPECT_EQ(at(2), "subj:qatala");
  verb_first("zara/V:m rajul/N:md bayt/N:m hu/O:mc ./.");
  EXPECT_EQ(at(3), "gen:bayt");
  EXPECT_EQ(at(2), "obj:zara");
}

TEST_F(ClauseTest, SpeakerBeforeColonIsParataxisOfTheSentence) {
  verb_first("rais/N:md :/. qatala/V:m jundi/N:md rajul/N:mt ./.");
  EXPECT_EQ(at(2), "root");
  EXPECT_EQ(at(0), "parataxis:qatala");
}

TEST_F(ClauseTest, CoordinatedTransitiveVerbSharesTheSubject) {
  verb_first("qasafa/V:m jaysh/N:md madina/N:fd wa/C qatala/V:m jundi/N:m ./.");
  EXPECT_EQ(at(4), "conj:qasafa");
  EXPECT_EQ(at(5), "obj:qatala");
  EXPECT_EQ(word(clause_of(4).subject), "jaysh");
  verb_first("qasafa/V:m jaysh/N:md madina/N:fd wa/C dakhala/V:m bab/N:md wa/C qatala/V:m jundi/N:m ./.");
  EXPECT_EQ(at(8), "obj:qatala");
  // two noun phrases: the first is the subject
  verb_first("qasafa/V:m jaysh/N:md madina/N:fd wa/C qatala/V:m harith/N:md rajul/N:mt ./.");
  EXPECT_EQ(at(5), "subj:qatala");
  EXPECT_EQ(at(6), "obj:qatala");
}

TEST_F(ClauseTest, ListAfterAColonSpellsOutTheNounBeforeIt) {
  verb_first("zara/V:m rais/N:md dawla/N:ft :/. masr/P wa/C urdun/P ./.");
  EXPECT_EQ(at(4), "appos:dawla");
  EXPECT_EQ(at(6), "conj:masr");
}

TEST_F(ClauseTest, AnyWordSequenceGivesOneTree) {
  const std::string tags = "NPJVXROICSTMD.";
  uint32_t seed = 12345;
  for (int round = 0; round < 60; ++round) {
    std::string s;
    const int n = 1 + static_cast<int>(seed % 40);
    for (int i = 0; i < n; ++i) {
      seed = seed * 1664525u + 1013904223u;
      const char t = tags[(seed >> 16) % tags.size()];
      s += std::string(t == '.' ? (seed & 1024 ? "," : seed & 2048 ? "(" : seed & 4096 ? ")" : ":") : std::string(1, static_cast<char>('a' + (seed >> 20) % 20))) + "/" + t + " ";
    }
    if (round % 2) mini(s); else verb_first(s);
    int roots = 0;
    for (uint32_t i = 0; i < a_.clauses.deps.size(); ++i) {
      uint32_t k = i;
      int steps = 0;
      while (a_.clauses.deps[k].head != kNone && steps <= 64) { k = a_.clauses.deps[k].head; ++steps; }
      EXPECT_LE(steps, 64) << s;
      roots += a_.clauses.deps[i].head == kNone;
      EXPECT_LT(a_.clauses.deps[i].clause, a_.clauses.clauses.size());
    }
    EXPECT_EQ(roots, 1) << s;
  }
}

TEST_F(ClauseTest, VeryLongSentenceIsParsedInPieces) {
  std::string s;
  for (int i = 0; i < 1300; ++i) s += i % 3 == 0 ? "man/N " : i % 3 == 1 ? "run/V " : "en/C ";
  mini(s);
  EXPECT_EQ(a_.clauses.deps.size(), 1300u);
  for (const Dep& d : a_.clauses.deps) EXPECT_LT(d.clause, a_.clauses.clauses.size());
}

}  // namespace
}  // namespace biruni
