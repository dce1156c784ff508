// Runs packs/LANG/number/cases.tsv and the examples of bounds.tsv.
#include "quantity/quantity_stage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "pack/tsv.h"
#include "simple_words.h"

namespace biruni {
namespace {

const std::string kPacks = std::string(BIRUNI_SOURCE_DIR) + "/packs";
constexpr const char* kKinds[] = {"number", "ordinal", "fraction", "percent"};

bool near(double a, const std::string& text) {
  const double b = std::strtod(text.c_str(), nullptr);
  return std::fabs(a - b) <= 1e-6 * std::max(1.0, std::fabs(b));
}

class QuantityCases : public testing::TestWithParam<const char*> {};

TEST_P(QuantityCases, Cases) {
  const std::string lang = GetParam();
  test::NumberTime t(kPacks, lang, testing::TempDir() + "quantity." + lang + ".pack");
  ASSERT_EQ(t.error, "");
  const UnitTable units(t.pack);
  auto table = read_tsv(kPacks, lang + "/number/cases", {"text", "value", "low", "high", "kind", "bound", "unit", "origin"});
  ASSERT_TRUE(table) << table.error().text();
  for (const TsvRow& row : (*table)->rows) {
    SCOPED_TRACE(row.where() + " " + row["text"]);
    t.run(row["text"], {});
    if (row["value"] == "none") { EXPECT_TRUE(t.a.quantities.rows.empty()); continue; }
    ASSERT_FALSE(t.a.quantities.rows.empty());
    const Quantity& q = t.a.quantities.rows[0];
    EXPECT_TRUE(near(q.value, row["value"])) << q.value;
    if (!row["low"].empty()) { EXPECT_TRUE(near(q.low, row["low"])) << q.low; }
    if (!row["high"].empty()) { EXPECT_TRUE(near(q.high, row["high"])) << q.high; }
    if (!row["kind"].empty()) { EXPECT_EQ(kKinds[static_cast<int>(q.kind)], row["kind"]); }
    if (!row["bound"].empty()) { EXPECT_EQ(kBoundNames[static_cast<int>(q.bound)], row["bound"]); }
    EXPECT_EQ(std::string(units.id(q.unit)), row["unit"]);
    EXPECT_LE(q.words.first, q.number_words.first);
    EXPECT_GE(q.words.last, q.number_words.last);
  }
}

TEST_P(QuantityCases, BoundExamples) {
  const std::string lang = GetParam();
  test::NumberTime t(kPacks, lang, testing::TempDir() + "bounds." + lang + ".pack");
  ASSERT_EQ(t.error, "");
  auto table = read_tsv(kPacks, lang + "/number/bounds", {"forms", "place", "bound", "flags", "example", "counter", "origin"});
  ASSERT_TRUE(table) << table.error().text();
  for (const TsvRow& row : (*table)->rows) {
    if (row["place"] == "from" || row["place"] == "after") continue;  // `after` needs the counted noun, hence the analyser
    SCOPED_TRACE(row.where() + " " + row["example"]);
    t.run(row["example"], {});
    bool found = false;
    for (const Quantity& q : t.a.quantities.rows) found = found || row["bound"] == kBoundNames[static_cast<int>(q.bound)];
    EXPECT_TRUE(found);
    t.run(row["counter"], {});
    for (const Quantity& q : t.a.quantities.rows) EXPECT_NE(row["bound"], kBoundNames[static_cast<int>(q.bound)]) << row["counter"];
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, QuantityCases, testing::Values("ar", "en"));

}  // namespace
}  // namespace biruni
