// Claims: packs/LANG/claims/cases.tsv through the whole engine, and the laws of the pattern tables.
#include "claim/claim_stage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "actor/actor_stage.h"
#include "engine/engine.h"
#include "pack/tsv.h"

namespace biruni {
namespace {

const std::string kPacks = std::string(BIRUNI_SOURCE_DIR) + "/packs";

class ClaimCases : public testing::TestWithParam<const char*> {
 protected:
  static Engine* engine() {
    static std::unique_ptr<Engine> e = [] {
      auto r = Engine::open({std::string(BIRUNI_BINARY_DIR) + "/biruni.pack"});
      return r ? std::move(*r) : nullptr;
    }();
    return e.get();
  }
};

std::string value_text(const Claim& c) {
  if (c.has_number) return std::to_string(c.value);
  std::string out = c.text_value;
  for (const auto& v : c.list_value) out += (out.empty() ? "" : "+") + v;
  return out;
}

bool same_value(const Claim& c, const std::string& wanted) {
  if (wanted.empty()) return true;
  if (c.has_number) return std::fabs(c.value - std::atof(wanted.c_str())) <= 1e-6 * std::max(1.0, std::fabs(c.value));
  return value_text(c).substr(0, wanted.size()) == wanted;
}

TEST_P(ClaimCases, Cases) {
  ASSERT_NE(engine(), nullptr);
  auto table = read_tsv(kPacks, std::string(GetParam()) + "/claims/cases", {"text", "date", "property", "subject", "object", "value", "comparator", "verdict", "origin"});
  ASSERT_TRUE(table) << table.error().text();
  auto ws = engine()->new_workspace();
  std::map<std::string, std::vector<const TsvRow*>> texts;
  for (const TsvRow& row : (*table)->rows) texts[row["text"]].push_back(&row);
  for (const auto& [text, rows] : texts) {
    SCOPED_TRACE(rows[0]->where() + " " + text);
    Document doc;
    doc.buffer = text;
    doc.lang = GetParam();
    int y = 0, m = 0, d = 0;
    std::sscanf((*rows[0])["date"].c_str(), "%d-%d-%d", &y, &m, &d);
    doc.date = {static_cast<int16_t>(y), static_cast<int8_t>(m), static_cast<int8_t>(d)};
    const Analysis& a = engine()->analyze(doc, *ws);
    ASSERT_EQ(a.claims.rows.size(), a.claims.checks.size());
    std::string all;
    for (const Claim& c : a.claims.rows)
      all += c.property + " " + std::string(c.subject.valid() ? entity_view(engine()->world(), a.mentions, c.subject).id : "-") + " " + c.object + " " +
             value_text(c) + " " + c.comparator + "; ";
    for (const TsvRow* row : rows) {
      if ((*row)["property"] == "none") {
        EXPECT_TRUE(a.claims.rows.empty()) << all;
        continue;
      }
      bool found = false;
      for (size_t i = 0; i < a.claims.rows.size() && !found; ++i) {
        const Claim& c = a.claims.rows[i];
        const std::string subject(c.subject.valid() ? entity_view(engine()->world(), a.mentions, c.subject).id : "");
        if (c.property != (*row)["property"] || subject != (*row)["subject"] || c.object != (*row)["object"] || !same_value(c, (*row)["value"])) continue;
        found = true;
        if (!(*row)["comparator"].empty()) { EXPECT_EQ(std::string(1, c.comparator), (*row)["comparator"]); }
        static constexpr const char* kVerdicts[] = {"supported", "contradicted", "unverifiable"};
        EXPECT_EQ(kVerdicts[static_cast<int>(a.claims.checks[i].verdict)], (*row)["verdict"]) << a.claims.checks[i].why;
        EXPECT_FALSE(a.claims.checks[i].why.empty());
      }
      EXPECT_TRUE(found) << (*row)["property"] << " " << (*row)["subject"] << " not among: " << all;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, ClaimCases, testing::Values("ar", "en"));

}  // namespace
}  // namespace biruni
