// Runs the ok and no examples of packs/LANG/time/rules.tsv, and checks the calendar.
#include "time/time_stage.h"

#include <gtest/gtest.h>

#include "pack/tsv.h"
#include "simple_words.h"
#include "time/calendar.h"

namespace biruni {
namespace {

const std::string kPacks = std::string(BIRUNI_SOURCE_DIR) + "/packs";

std::string shown(const TimeExpression& t) {
  const std::string end = end_value_of(t);
  return value_of(t) + (end.empty() ? "" : ".." + end);
}

class TimeRules : public testing::TestWithParam<const char*> {};

TEST_P(TimeRules, Examples) {
  const std::string lang = GetParam();
  test::NumberTime t(kPacks, lang, testing::TempDir() + "time." + lang + ".pack");
  ASSERT_EQ(t.error, "");
  auto table = read_tsv(kPacks, lang + "/time/rules", {"id", "pass", "pattern", "make", "ok", "no", "origin"});
  ASSERT_TRUE(table) << table.error().text();
  for (const TsvRow& row : (*table)->rows) {
    SCOPED_TRACE(row.where() + " " + row["id"]);
    const std::string& ok = row["ok"];
    const size_t eq = ok.rfind(" =");
    ASSERT_NE(eq, std::string::npos) << "example without value";
    const std::string want(trim(std::string_view(ok).substr(eq + 2)));
    std::string text = ok.substr(0, eq);
    CivilDate date;
    if (const size_t at = text.rfind(" @"); at != std::string::npos) {
      const int k = parse_date_key(std::string_view(text).substr(at + 2));
      date = {static_cast<int16_t>(k / 10000), static_cast<int8_t>(k / 100 % 100), static_cast<int8_t>(k % 100)};
      text.erase(at);
    }
    t.run(text, date);
    bool found = false;
    std::string got;
    for (const TimeExpression& e : t.a.times.rows) { found = found || shown(e) == want; got += shown(e) + " (" + std::string(t.pack->str(e.rule)) + ") "; }
    EXPECT_TRUE(found) << text << " gives " << got << "not " << want;
    t.run(row["no"], date);
    for (const TimeExpression& e : t.a.times.rows) EXPECT_NE(std::string(t.pack->str(e.rule)), row["id"]) << row["no"];
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, TimeRules, testing::Values("ar", "en"));

TEST(Calendar, Laws) {
  using namespace calendar;
  EXPECT_EQ(weekday({2022, 1, 6}), 4);
  for (int64_t d = -200000; d < 100000; d += 37) EXPECT_EQ(to_days(from_days(d)), d);
  int year = 0;
  EXPECT_EQ(iso_week({2021, 1, 1}, year), 53);
  EXPECT_EQ(year, 2020);
  EXPECT_EQ(from_hijri(1443, 1, 1), (CivilDate{2021, 8, 10}));
  EXPECT_EQ(hijri_year({2021, 8, 9}), 1442);
  EXPECT_EQ(add_months({2022, 1, 31}, 1), (CivilDate{2022, 2, 28}));
}

TEST(TimeStage, LastDateOfTheDocument) {
  test::NumberTime t(kPacks, "en", testing::TempDir() + "last.pack");
  ASSERT_EQ(t.error, "");
  t.run("It began on 3 March 2011. A day later it ended. That same year, in June, it began again.", {2022, 1, 9});
  ASSERT_GE(t.a.times.rows.size(), 2u);
  EXPECT_EQ(value_of(t.a.times.rows[0]), "2011-03-03");
  EXPECT_EQ(value_of(t.a.times.rows[1]), "2011-03-04");
  t.run("It happened on Thursday.", {});
  ASSERT_EQ(t.a.times.rows.size(), 1u);
  EXPECT_EQ(value_of(t.a.times.rows[0]), "");  // no anchor, no value
  EXPECT_EQ(t.a.times.rows[0].weekday, 4);
}

}  // namespace
}  // namespace biruni
