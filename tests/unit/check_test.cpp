// Checks: one claim against the reference, by hand.
#include "check/check.h"

#include <gtest/gtest.h>

#include <memory>

#include "check/facts.h"
#include "check/lookup.h"

namespace biruni {
namespace {

class CheckTest : public testing::Test {
 protected:
  void SetUp() override {
    auto pack = Pack::open(std::string(BIRUNI_BINARY_DIR) + "/biruni.pack");
    ASSERT_TRUE(pack) << pack.error().text();
    world_ = std::make_unique<World>(*pack);
  }
  Claim claim(const char* subject, const char* property) {
    Claim c;
    c.subject = {world_->find(subject), false};
    c.property = property;
    return c;
  }
  Check number(const char* subject, const char* property, const char* object, char comparator, double value, const char* unit, const char* as_of = "") {
    Claim c = claim(subject, property);
    c.object = object;
    c.comparator = comparator;
    c.has_number = true;
    c.value = value;
    c.unit = unit;
    c.as_of = as_of;
    return check_claim(c, *world_, date_);
  }
  Check text(const char* subject, const char* property, const char* value) {
    Claim c = claim(subject, property);
    c.text_value = value;
    return check_claim(c, *world_, date_);
  }
  std::unique_ptr<World> world_;
  CivilDate date_{2022, 1, 9};
};

TEST_F(CheckTest, RoundedNumbersAgreeWithinTheirLastDigit) {
  EXPECT_EQ(number("IRQ", "area", "", '=', 438000, "km2").verdict, Verdict::kSupported);
  EXPECT_EQ(number("IRQ", "area", "", '=', 500000, "km2").verdict, Verdict::kContradicted);
  EXPECT_EQ(number("KAZ", "area", "", '~', 2700000, "km2").verdict, Verdict::kSupported);
}

TEST_F(CheckTest, BoundsAndDeviation) {
  const Check more = number("KAZ", "area", "", '>', 2500000, "km2");
  EXPECT_EQ(more.verdict, Verdict::kSupported);
  EXPECT_EQ(more.reference_value, 2724900);
  const Check wrong = number("KAZ", "border_length", "CHN", '=', 1460, "km");
  EXPECT_EQ(wrong.verdict, Verdict::kContradicted);
  EXPECT_TRUE(wrong.has_reference);
  EXPECT_NEAR(wrong.deviation, -0.173, 0.001);
  EXPECT_EQ(number("TUR", "border_length", "IRN", '>', 900, "km").verdict, Verdict::kContradicted);
}

TEST_F(CheckTest, BordersOfSourcesDifferByUpToFivePerCent) {
  EXPECT_EQ(number("KAZ", "border_length", "RUS", '=', 7591, "km").verdict, Verdict::kSupported);
  EXPECT_EQ(number("KAZ", "border_length", "RUS", '=', 6467, "km").verdict, Verdict::kContradicted);
}

TEST_F(CheckTest, PopulationOfTheYear) {
  EXPECT_EQ(number("KAZ", "population", "", '<', 20000000, "people", "2022").verdict, Verdict::kSupported);
  EXPECT_EQ(number("KAZ", "population", "", '<', 20000000, "people", "2025").verdict, Verdict::kSupported);  // within 3 per cent
  EXPECT_EQ(number("KAZ", "population", "", '=', 15000000, "people", "2022").verdict, Verdict::kContradicted);
  EXPECT_EQ(number("KAZ", "population", "", '=', 15000000, "people", "1990").verdict, Verdict::kUnverifiable);
}

TEST_F(CheckTest, RanksAreComputedOverStates) {
  EXPECT_EQ(number("KAZ", "area_rank", "", '=', 9, "").verdict, Verdict::kSupported);
  EXPECT_EQ(number("KAZ", "area_rank", "landlocked", '=', 1, "").verdict, Verdict::kSupported);
  const Check k = number("KAZ", "area_rank", "", '=', 5, "");
  EXPECT_EQ(k.verdict, Verdict::kContradicted);
  EXPECT_EQ(k.reference_value, 9);
  EXPECT_EQ(number("SAU", "area_rank", "GCC", '=', 1, "").verdict, Verdict::kSupported);
}

TEST_F(CheckTest, FoundedByAnyOfItsDates) {
  EXPECT_EQ(text("CSTO", "founded", "2002").verdict, Verdict::kSupported);
  EXPECT_EQ(text("CSTO", "founded", "1992").verdict, Verdict::kSupported);
  EXPECT_EQ(text("CSTO", "founded", "1999").verdict, Verdict::kContradicted);
}

TEST_F(CheckTest, MembersOnTheDate) {
  Claim c = claim("CSTO", "members");
  c.list_value = {"RUS", "KAZ", "BLR", "ARM", "TJK", "KGZ"};
  EXPECT_EQ(check_claim(c, *world_, date_).verdict, Verdict::kSupported);
  c.list_value.push_back("UZB");
  EXPECT_EQ(check_claim(c, *world_, date_).verdict, Verdict::kContradicted);
  EXPECT_EQ(check_claim(c, *world_, {2010, 5, 1}).verdict, Verdict::kSupported);
  EXPECT_EQ(number("CSTO", "member_count", "", '=', 6, "").verdict, Verdict::kSupported);
}

TEST_F(CheckTest, RowsWithoutSourceNeverDecide) {
  int rows = 0;
  for (const FactRow& f : world_->facts()) {
    if (!f.unverified || world_->pack().str(f.property) != "hosts") continue;
    Claim c;
    c.subject = {f.subject, false};
    c.property = "hosts";
    c.object = std::string(world_->pack().str(f.object));
    EXPECT_EQ(check_claim(c, *world_, date_).verdict, Verdict::kUnverifiable) << c.object;
    ++rows;
  }
  EXPECT_GT(rows, 0);
}

TEST_F(CheckTest, ContradictedAlwaysShowsTheReference) {
  for (const char* property : {"area", "population", "capital", "founded", "independence", "language", "currency", "religion", "member_count", "area_rank"}) {
    for (uint32_t e = 0; e < world_->entities().size(); e += 7) {
      Claim c;
      c.subject = {e, false};
      c.property = property;
      c.has_number = true;
      c.value = 3;
      c.text_value = "none such";
      const Check k = check_claim(c, *world_, date_);
      EXPECT_FALSE(k.why.empty());
      if (k.verdict == Verdict::kContradicted) { EXPECT_TRUE(k.has_reference && !k.reference_source.empty()) << property << " " << world_->id(e); }
    }
  }
}

TEST_F(CheckTest, WeekdaysAndDirections) {
  Claim c;
  c.property = "weekday";
  c.text_value = "Thursday";
  c.as_of = "2022-01-06";
  EXPECT_EQ(check_claim(c, *world_, date_).verdict, Verdict::kSupported);
  c.text_value = "Friday";
  EXPECT_EQ(check_claim(c, *world_, date_).reference_text, "Thursday");
  Claim b = claim("KAZ", "borders");
  b.object = "CHN";
  b.direction = "east";
  EXPECT_EQ(check_claim(b, *world_, date_).verdict, Verdict::kSupported);
  b.direction = "west";
  EXPECT_EQ(check_claim(b, *world_, date_).verdict, Verdict::kContradicted);
}

TEST_F(CheckTest, LookUpByIdAndName) {
  auto byId = look_up(*world_, {"KAZ", "area", {}});
  auto byName = look_up(*world_, {"kazakhstan", "area", {}});
  ASSERT_TRUE(byId && byName);
  EXPECT_EQ(byId->size(), byName->size());
  EXPECT_NE(fact_text(*byId).find("2,724,900"), std::string::npos);
  auto members = look_up(*world_, {"CSTO", "members", {2022, 1, 9}});
  ASSERT_TRUE(members);
  EXPECT_EQ(std::count_if(members->begin(), members->end(), [](const FactLine& l) { return l.value == "member"; }), 6);
  EXPECT_NE(fact_json(*members).find("\"object\":\"BLR\""), std::string::npos);
  EXPECT_FALSE(look_up(*world_, {"no such thing", "", {}}));
}

}  // namespace
}  // namespace biruni
