// The ranker's features and how rejected events leave the layers.
#include <gtest/gtest.h>

#include <set>

#include "rank/rank_stage.h"
#include "rank/tables.h"

namespace biruni {
namespace {

TEST(Rank, TemplatesHaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (int i = 0; i < static_cast<int>(RankTemplate::kCount); ++i) {
    const auto t = static_cast<RankTemplate>(i);
    EXPECT_FALSE(rank_template_name(t).empty());
    EXPECT_EQ(rank_template(rank_template_name(t)), t);
    names.insert(rank_template_name(t));
  }
  EXPECT_EQ(names.size(), static_cast<size_t>(RankTemplate::kCount));
  EXPECT_EQ(rank_template("nothing"), RankTemplate::kCount);
}

TEST(Rank, KeysTellTypeTemplateAndValueApart) {
  const RankFeature a{RankTemplate::kRow, 7}, b{RankTemplate::kHead, 7}, c{RankTemplate::kRow, 8};
  EXPECT_NE(rank_key(0, a), rank_key(0, b));
  EXPECT_NE(rank_key(0, a), rank_key(0, c));
  EXPECT_NE(rank_key(0, a), rank_key(1, a));
  EXPECT_NE(rank_key(0, {RankTemplate::kBias, 0}), 0u);  // 0 marks an empty slot
}

TEST(Rank, RejectedEventsTakeTheirStanceRowsAlong) {
  Analysis a;
  for (uint32_t e = 0; e < 4; ++e) {
    a.events.rows.emplace_back();
    a.events.rows.back().trigger = 10 + e;
  }
  for (uint32_t e : {0u, 1u, 1u, 2u, 3u}) {
    a.stance.rows.emplace_back();
    a.stance.rows.back().event = e;
  }
  RankState state;
  state.rejected = {0, 1, 0, 1};
  RankStage::drop_rejected(a, state);
  ASSERT_EQ(a.events.rows.size(), 2u);
  EXPECT_EQ(a.events.rows[0].trigger, 10u);
  EXPECT_EQ(a.events.rows[1].trigger, 12u);
  ASSERT_EQ(a.stance.rows.size(), 2u);
  EXPECT_EQ(a.stance.rows[0].event, 0u);
  EXPECT_EQ(a.stance.rows[1].event, 1u);
}

TEST(Rank, NothingRejectedChangesNothing) {
  Analysis a;
  a.events.rows.resize(2);
  a.stance.rows.resize(1);
  a.stance.rows[0].event = 1;
  RankState state;
  state.rejected = {0, 0};
  RankStage::drop_rejected(a, state);
  EXPECT_EQ(a.events.rows.size(), 2u);
  EXPECT_EQ(a.stance.rows[0].event, 1u);
}

}  // namespace
}  // namespace biruni
