// Actor stage: phrases on a hand-built tree, tables and slugs from a pack of four rows, and the whole stage on short
// sentences of the built pack (skipped where the pack is not built).
#include <gtest/gtest.h>

#include <filesystem>

#include "actor/actor_stage.h"
#include "actor/tables.h"
#include "engine/engine.h"
#include "model/phrase.h"
#include "pack/writer.h"

namespace biruni {
namespace {

// "the Russian foreign minister of X , Y": heads and relations by hand.
struct Tree {
  Analysis a;
  explicit Tree(std::vector<std::tuple<Tag, uint32_t, Rel, char32_t>> words) {
    for (auto [tag, head, rel, punct] : words) {
      Token t;
      t.kind = tag == Tag::kPunct ? TokenKind::kPunct : TokenKind::kWord;
      t.punct = punct;
      Word w;
      w.token = static_cast<uint32_t>(a.text.tokens.size());
      w.tag = tag;
      a.text.tokens.push_back(t);
      a.words.words.push_back(w);
      Dep d;
      d.head = head;
      d.rel = rel;
      a.clauses.deps.push_back(d);
    }
    const uint32_t n = static_cast<uint32_t>(a.clauses.deps.size());
    a.clauses.child_begin.assign(n + 1, 0);
    for (uint32_t h = 0; h < n; ++h) {
      a.clauses.child_begin[h] = static_cast<uint32_t>(a.clauses.child_list.size());
      for (uint32_t w = 0; w < n; ++w)
        if (a.clauses.deps[w].head == h) a.clauses.child_list.push_back(w);
    }
    a.clauses.child_begin[n] = static_cast<uint32_t>(a.clauses.child_list.size());
  }
};

TEST(Phrase, KeepsModifiersAndGenitivesDropsTheRest) {
  Tree t({{Tag::kDet, 3, Rel::kDet, 0}, {Tag::kAdj, 3, Rel::kAdj, 0}, {Tag::kAdj, 3, Rel::kAdj, 0}, {Tag::kNoun, kNone, Rel::kRoot, 0},
          {Tag::kAdp, 5, Rel::kCase, 0}, {Tag::kPropn, 3, Rel::kGen, 0}, {Tag::kPunct, 3, Rel::kPunct, ','}, {Tag::kPropn, 3, Rel::kAppos, 0}});
  t.a.clauses.deps[5].case_word = 4;
  EXPECT_EQ(noun_phrase(t.a, 3), (WordRange{0, 6}));
  EXPECT_EQ(noun_phrase(t.a, 5), (WordRange{5, 6}));
}

TEST(Phrase, ConjunctsInOrder) {
  Tree t({{Tag::kNoun, kNone, Rel::kRoot, 0}, {Tag::kCconj, 2, Rel::kCc, 0}, {Tag::kNoun, 0, Rel::kConj, 0}, {Tag::kNoun, 0, Rel::kConj, 0}});
  std::vector<uint32_t> seen;
  for_each_conjunct(t.a.clauses, 0, [&](uint32_t w) { seen.push_back(w); });
  EXPECT_EQ(seen, (std::vector<uint32_t>{0, 2, 3}));
  EXPECT_EQ(noun_phrase(t.a, 0), (WordRange{0, 1}));
  EXPECT_EQ(first_conjunct(t.a.clauses, 3), 0u);
}

TEST(ActorTables, SlugsAreStableAscii) {
  PackWriter out;
  std::vector<LetterRow> letters = {{0xE9, "e"}, {0x62D, "h"}, {0x645, "m"}};
  out.add("xx/actor_letters", letters);
  const std::string path = (std::filesystem::temp_directory_path() / "biruni_actor_test.pack").string();
  ASSERT_TRUE(out.write(path));
  auto pack = Pack::open(path);
  ASSERT_TRUE(pack);
  const ActorTables tables(*pack, "xx");
  const auto slug = [&](std::string_view s) { std::string o; append_slug(tables, s, o); return o; };
  EXPECT_EQ(slug("Ren\u00E9 O'Hara-Smith"), "rene-ohara-smith");
  EXPECT_EQ(slug("\u0645\u062D\u0645 \u0645"), "mhm-m");
  EXPECT_EQ(slug("  A.  B "), "a-b");
  std::filesystem::remove(path);
}

class Actors : public ::testing::Test {
 protected:
  void SetUp() override {
    auto e = Engine::open({std::string(BIRUNI_BINARY_DIR) + "/biruni.pack"});
    if (!e) GTEST_SKIP() << e.error().text();
    engine = std::move(*e);
    ws = engine->new_workspace();
  }
  const Analysis& read(const std::string& text, const std::string& lang) {
    doc.buffer = text;
    doc.lang = lang;
    doc.date = {2022, 1, 11};
    return engine->analyze(doc, *ws);
  }
  std::string show(const Analysis& a, uint32_t row) {
    const Mention& m = a.mentions.rows[row];
    return std::string(a.raw(m.raw)) + "|" + std::string(entity_view(engine->world(), a.mentions, m.entity).id) + "|" +
           std::string(country_code(engine->world(), m.country)) + "|" + std::string(engine->world().sector(m.sector));
  }
  std::string all(const Analysis& a) {
    std::string out;
    for (uint32_t i = 0; i < a.mentions.rows.size(); ++i) out += show(a, i) + "\n";
    return out;
  }
  std::unique_ptr<Engine> engine;
  WorkspacePtr ws;
  Document doc;
};

TEST_F(Actors, TitleAndNameAreOneMention) {
  const Analysis& a = read("President Kassym-Jomart Tokayev met Vladimir Putin. Tokayev thanked Moscow.", "en");
  EXPECT_NE(all(a).find("President Kassym-Jomart Tokayev|kassym-jomart-tokayev|KAZ|GOV"), std::string::npos) << all(a);
  EXPECT_NE(all(a).find("\nTokayev|kassym-jomart-tokayev|KAZ|GOV"), std::string::npos) << all(a);
}

TEST_F(Actors, EveryWordPointsAtItsMention) {
  const Analysis& a = read("Russian forces left Kazakhstan. The Kremlin said the mission was over.", "en");
  for (uint32_t i = 0; i < a.mentions.rows.size(); ++i) {
    const Mention& m = a.mentions.rows[i];
    ASSERT_TRUE(m.words.contains(m.head));
    const uint32_t first = a.mentions.of_word[m.head];
    ASSERT_NE(first, kNone);
    EXPECT_EQ(a.mentions.rows[first].head, m.head);
    if (m.antecedent != kNone) {
      EXPECT_LT(m.antecedent, i);
    }
  }
}

TEST_F(Actors, EmptyAndOddTextsAreHarmless) {
  for (const char* text : {"", " ", "...", "((( )))", "\"\"", "A", "- - -", "The the the", "of of of"}) {
    read(text, "en");
    read(text, "ar");
  }
}

}  // namespace
}  // namespace biruni
