// Links and questions through the whole engine, on short texts of packs/LANG/links/cases.tsv.
#include "link/link_stage.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "engine/engine.h"
#include "pack/tsv.h"

namespace biruni {
namespace {

const std::string kPacks = std::string(BIRUNI_SOURCE_DIR) + "/packs";
constexpr const char* kTypes[] = {"cause", "purpose", "motive", "phase", "before", "analogy", "part_of", "same_event"};

class LinkCases : public testing::TestWithParam<const char*> {};

TEST_P(LinkCases, Cases) {
  auto engine = Engine::open({std::string(BIRUNI_BINARY_DIR) + "/biruni.pack"});
  ASSERT_TRUE(engine) << engine.error().text();
  auto table = read_tsv(kPacks, std::string(GetParam()) + "/links/cases", {"text", "type", "order", "span", "cases", "origin"});
  ASSERT_TRUE(table) << table.error().text();
  auto ws = (*engine)->new_workspace();
  for (const TsvRow& row : (*table)->rows) {
    SCOPED_TRACE(row.where() + " " + row["text"]);
    Document doc;
    doc.buffer = row["text"];
    doc.lang = GetParam();
    doc.date = {2022, 6, 1};
    const Analysis& a = (*engine)->analyze(doc, *ws);
    bool found = false;
    std::string all;
    if (row["type"] == "question") {
      for (const Question& q : a.links.questions) {
        const std::string span(a.raw(a.span_of(q.words)));
        all += span + " | ";
        found = found || span == row["span"];
      }
    } else {
      for (const Link& l : a.links.links) {
        const std::string type = kTypes[static_cast<int>(l.type)], span(a.raw(a.span_of(l.words)));
        std::string cases;
        for (const auto& c : l.cases) cases += (cases.empty() ? "" : "+") + c;
        all += type + " " + std::to_string(l.order) + " " + span + " " + cases + " | ";
        if (type == row["type"] && span.find(row["span"]) != std::string::npos && static_cast<int>(l.order) == std::atoi(row["order"].c_str()) && cases == row["cases"]) found = true;
      }
    }
    if (row["type"] == "none") EXPECT_TRUE(a.links.links.empty()) << all;
    else EXPECT_TRUE(found) << all;
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, LinkCases, testing::Values("ar", "en"));

}  // namespace
}  // namespace biruni
