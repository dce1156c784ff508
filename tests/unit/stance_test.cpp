// Stance stage: the algebra of operators, the compiler's complaints, and short sentences of the built pack (skipped where
// the pack is not built).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "engine/engine.h"
#include "stance/stance_stage.h"
#include "stance/walk.h"

namespace biruni {
namespace {

using F = Factuality;

TEST(StanceAlgebra, FlipAndUnder) {
  EXPECT_EQ(flip(F::kCtPlus), F::kCtMinus);
  EXPECT_EQ(flip(flip(F::kPsMinus)), F::kPsMinus);
  EXPECT_EQ(flip(F::kUu), F::kUu);
  EXPECT_EQ(under(F::kCtPlus, F::kPrPlus), F::kPrPlus);
  EXPECT_EQ(under(F::kCtMinus, F::kCtMinus), F::kCtPlus);
  EXPECT_EQ(under(F::kPsPlus, F::kPrMinus), F::kPsMinus);
  EXPECT_EQ(under(F::kCtPlus, F::kUu), F::kUu);
}

StanceRow cue(CueKind kind, F value, uint64_t flags = 0) {
  StanceRow r;
  r.kind = kind;
  r.value = value;
  r.flags = flags;
  r.tag = Tag::kVerb;
  return r;
}

TEST(StanceAlgebra, CuesCompose) {
  StanceState failed_to_prevent;
  failed_to_prevent.cue(cue(CueKind::kPrevent, F::kCtMinus), false);
  failed_to_prevent.cue(cue(CueKind::kFail, F::kCtMinus), false);
  EXPECT_EQ(failed_to_prevent.factuality, F::kCtPlus);

  StanceState foiled_plan;
  foiled_plan.cue(cue(CueKind::kPlan, F::kUu), false);
  EXPECT_EQ(foiled_plan.factuality, F::kUu);
  foiled_plan.cue(cue(CueKind::kPrevent, F::kCtMinus), false);
  EXPECT_EQ(foiled_plan.factuality, F::kCtMinus);

  StanceState stopped;
  stopped.cue(cue(CueKind::kEnd, F::kCtPlus), false);
  EXPECT_EQ(stopped.factuality, F::kCtPlus);

  StanceState counterfactual;
  counterfactual.cue(cue(CueKind::kCounterfactual, F::kCtMinus), false);
  counterfactual.cue(cue(CueKind::kCounterfactual, F::kCtMinus), false);
  EXPECT_EQ(counterfactual.factuality, F::kCtMinus) << "two marks of one counterfactual flip once";

  StanceState after;
  after.cue(cue(CueKind::kPresuppose, F::kCtPlus), false);
  after.negate();
  after.cue(cue(CueKind::kModal, F::kPsPlus), false);
  EXPECT_EQ(after.factuality, F::kCtPlus) << "what is presupposed is out of reach";
}

TEST(StanceAlgebra, AuthorBehindHolders) {
  StanceState st;
  EXPECT_EQ(st.author_view(), F::kCtPlus);
  st.holders = 1;
  st.author[0] = F::kUu;
  EXPECT_EQ(st.author_view(), F::kUu);
  st.author[0] = F::kCtPlus;
  EXPECT_EQ(st.author_view(), F::kCtPlus);
  st.author[0] = F::kCtMinus;
  EXPECT_EQ(st.author_view(), F::kCtMinus);
  st.holders = 2;
  st.author[0] = F::kCtPlus;
  st.author[1] = F::kUu;
  EXPECT_EQ(st.author_view(), F::kUu) << "an inner factive does not bind the author";
}

class StanceSentences : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string pack = std::string(BIRUNI_BINARY_DIR) + "/biruni.pack";
    if (!std::filesystem::exists(pack)) GTEST_SKIP() << "the pack is not built";
    auto engine = Engine::open({pack});
    ASSERT_TRUE(engine) << engine.error().text();
    engine_ = std::move(*engine);
    ws_ = engine_->new_workspace();
    for (uint8_t i = 0; i < engine_->languages().size(); ++i)
      if (engine_->languages()[i] == "en") lang_ = i;
    stage_ = StanceStage::open(engine_->pack_ptr(), "en", engine_->world_ptr(), &engine_->lexicon(lang_));
  }
  // The row of the event whose trigger is `trigger`, as "FACT holder/holder", and flags.
  std::string read(const std::string& text, const std::string& trigger) {
    Document doc;
    doc.buffer = text;
    doc.lang = "en";
    doc.date = {2023, 5, 1};
    auto& a = const_cast<Analysis&>(engine_->analyze(doc, *ws_));
    a.stance.clear();
    memory_.clear();
    for (uint32_t s = 0; s < a.text.sentences.size(); ++s) stage_->run(a, s, memory_, a.stance);
    stage_->finish(a, memory_, a.stance);
    std::string out;
    static const char* kNames[] = {"Uu", "CT+", "PR+", "PS+", "CT-", "PR-", "PS-"};
    for (const EventStatus& row : a.stance.rows) {
      const Span t = a.words.words[a.events.rows[row.event].trigger].raw;
      if (a.raw(t) != trigger) continue;
      if (!out.empty()) out += " | ";
      out += kNames[static_cast<int>(row.factuality)];
      for (uint32_t h = row.chain_begin + 1; h < row.chain_end; ++h) out += "/" + std::string(a.raw(a.span_of(a.stance.holders[h].words)));
      if (row.alleged) out += " alleged";
      if (!row.happened) out += " not";
    }
    return out;
  }
  std::unique_ptr<Engine> engine_;
  WorkspacePtr ws_;
  std::unique_ptr<StanceStage> stage_;
  StanceMemory memory_;
  uint8_t lang_ = 0;
};

TEST_F(StanceSentences, PlainAndNegated) {
  EXPECT_EQ(read("The army attacked the village.", "attacked"), "CT+");
  EXPECT_EQ(read("The army did not attack the village.", "attack"), "CT- not");
}

TEST_F(StanceSentences, ReportedClaimedDenied) {
  EXPECT_EQ(read("The minister said that the army attacked the village.", "attacked"), "CT+/The minister");
  EXPECT_EQ(read("The rebels claimed that the army attacked the village.", "attacked"), "CT+/The rebels alleged");
  EXPECT_EQ(read("The minister denied that the army attacked the village.", "attacked"), "CT-/The minister not");
  EXPECT_EQ(read("The army attacked the village, according to the ministry.", "attacked"), "CT+/the ministry");
}

TEST_F(StanceSentences, ModalsAndFuture) {
  EXPECT_EQ(read("The army may attack the village.", "attack"), "PS+ not");
  EXPECT_EQ(read("The army will attack the village.", "attack"), "CT+ not");
}

TEST_F(StanceSentences, AllegedWithoutHolder) {
  EXPECT_EQ(read("The guards allegedly attacked the village.", "attacked"), "CT+ alleged");
}

TEST_F(StanceSentences, EmptyDocument) {
  EXPECT_EQ(read("", "x"), "");
  EXPECT_EQ(read(":", "x"), "");
}

}  // namespace
}  // namespace biruni
