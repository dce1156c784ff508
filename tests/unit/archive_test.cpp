// Pieces of coding an archive: days, known documents, sketches and copies, marks, calendar ranges.
#include <gtest/gtest.h>

#include "dedup/copy_index.h"
#include "query/calendar_range.h"
#include "render/copy_mark.h"
#include "store/days.h"
#include "store/known.h"
#include "store/rows.h"

namespace biruni {
namespace {

std::string words(int from, int to) {
  std::string out;
  for (int i = from; i < to; ++i) out += "word" + std::to_string(i * 7919LL % 1000000007) + " ";
  return out;
}

TEST(Days, OfValues) {
  struct Case { const char *value, *end, *grain, *first, *last; };
  for (const Case& c : {Case{"2022-01-02", "", "day", "2022-01-02", "2022-01-02"}, {"2022-02", "", "month", "2022-02-01", "2022-02-28"},
                        {"2024-02", "", "month", "2024-02-01", "2024-02-29"}, {"2022", "", "year", "2022-01-01", "2022-12-31"},
                        {"2022-W01", "", "week", "2022-01-03", "2022-01-09"}, {"2020-W53", "", "week", "2020-12-28", "2021-01-03"},
                        {"2022-01-02T10:30", "", "minute", "2022-01-02", "2022-01-02"}, {"2022-01-02", "2022-01-09", "day", "2022-01-02", "2022-01-09"},
                        {"1990", "", "decade", "1990-01-01", "1999-12-31"}, {"1900", "", "century", "1900-01-01", "1999-12-31"},
                        {"2022-13", "", "month", "", ""}, {"2022-02-30", "", "day", "", ""}, {"", "", "", "", ""}, {"soon", "", "day", "", ""}}) {
    const Days d = days_of(c.value, c.end, c.grain);
    EXPECT_EQ(d.first, c.first) << c.value;
    EXPECT_EQ(d.last, c.last) << c.value;
  }
}

TEST(Known, AnswersByIdContentAndRun) {
  using A = KnownDocuments::Answer;
  KnownDocuments k;
  k.load("old", 1, 7);
  EXPECT_EQ(k.check("old", 1, 7), A::kUnchanged);
  EXPECT_EQ(k.check("old", 1, 7), A::kRepeated);
  EXPECT_EQ(k.check("old", 2, 7), A::kClash);
  EXPECT_EQ(k.check("new", 1, 7), A::kNew);
  EXPECT_EQ(k.check("new", 2, 7), A::kClash);
  KnownDocuments again;
  again.load("old", 1, 7);
  EXPECT_EQ(again.check("old", 1, 8), A::kChanged);  // another program, pack or options
  for (int i = 0; i < 5000; ++i) EXPECT_EQ(again.check("n" + std::to_string(i), 1, 8), A::kNew);
  EXPECT_EQ(again.size(), 5001u);
}

TEST(Sketch, IgnoresLayoutMarksAndCase) {
  const Sketcher sketcher;
  Sketch a, b;
  ASSERT_TRUE(sketcher.make(words(0, 100), a));
  std::string other = "  " + words(0, 100);
  for (char& c : other) c = c == ' ' ? '\n' : c == 'w' ? 'W' : c;
  ASSERT_TRUE(sketcher.make(other + "!", b));
  EXPECT_EQ(a, b);
  EXPECT_FALSE(sketcher.make(words(0, 14), a));
  EXPECT_FALSE(sketcher.make("", a));
}

TEST(Sketch, EstimatesTheShareInCommon) {
  const Sketcher sketcher;
  Sketch whole, part, none;
  ASSERT_TRUE(sketcher.make(words(0, 500), whole));
  ASSERT_TRUE(sketcher.make(words(0, 400), part));
  ASSERT_TRUE(sketcher.make(words(5000, 5500), none));
  EXPECT_NEAR(similarity(whole, part), 0.8, 0.19);  // three standard errors
  EXPECT_LT(similarity(whole, none), 0.1);
  EXPECT_EQ(similarity(whole, whole), 1.0);
}

TEST(Copies, NameTheOriginal) {
  const Sketcher sketcher;
  CopyIndex index;
  Sketch s;
  const int32_t day = day_number(2022, 1, 9);
  for (int i = 1; i <= 3000; ++i) {  // far more than the first table holds
    ASSERT_TRUE(sketcher.make(words(i * 1000, i * 1000 + 60), s));
    EXPECT_EQ(index.find_or_add(i, day, s).original, 0);
  }
  ASSERT_TRUE(sketcher.make(words(7000, 7057), s));
  EXPECT_EQ(index.find_or_add(4000, day + 2, s).original, 7);
  EXPECT_EQ(index.size(), 3000u);  // the copy was not entered
  EXPECT_EQ(index.find_or_add(4001, day + 30, s).original, 0);  // a month later it is none
  index.forget(8);
  ASSERT_TRUE(sketcher.make(words(8000, 8060), s));
  EXPECT_EQ(index.find_or_add(4002, day, s).original, 0);
  EXPECT_EQ(day_number(1970, 1, 2), 1);
  EXPECT_EQ(day_number(2022, 2, 30), 0);
}

TEST(Copies, MarkStandsInTheDocumentRecord) {
  std::string records = "{\"kind\":\"document\",\"doc\":\"b\"}\n{\"kind\":\"event\"}\n";
  mark_copy("a\"", 0.9375, records);
  EXPECT_EQ(records, "{\"kind\":\"document\",\"doc\":\"b\",\"duplicate_of\":\"a\\\"\",\"similarity\":0.938}\n{\"kind\":\"event\"}\n");
}

TEST(Rows, OfRecordsAndBack) {
  RowMaker maker;
  DocumentRows rows;
  std::string records = "{\"kind\":\"document\",\"doc\":\"d\",\"date\":\"2022-01-09\",\"sentences\":3}\n"
                        "{\"kind\":\"problem\",\"doc\":\"d\",\"code\":\"x\",\"message\":\"y\"}\nno json\n{\"kind\":\"event\"}\n";
  records.reserve(records.size() + kRowPadding);
  maker.make(records, rows);
  EXPECT_EQ(rows.id, "d");
  EXPECT_EQ(rows.sentences, 3);
  EXPECT_EQ(rows.events, 1);  // an event without fields hurts nobody
  std::string back;
  ASSERT_TRUE(unpack_records(rows.packed, rows.record_bytes, back));
  EXPECT_EQ(back, records);
  EXPECT_FALSE(unpack_records(rows.packed.substr(0, rows.packed.size() / 2), rows.record_bytes, back));
  EXPECT_FALSE(unpack_records(rows.packed, rows.record_bytes - 1, back));
}

TEST(Calendar, Ranges) {
  EXPECT_EQ(time_units("2021-11", "2022-02-01", 'm'), (std::vector<std::string>{"2021-11", "2021-12", "2022-01", "2022-02"}));
  EXPECT_EQ(time_units("2020-02-28", "2020-03-01", 'd'), (std::vector<std::string>{"2020-02-28", "2020-02-29", "2020-03-01"}));
  EXPECT_EQ(time_units("2019", "2021", 'y').size(), 3u);
  EXPECT_TRUE(time_units("2022-13-01", "2023", 'm').empty());
}

}  // namespace
}  // namespace biruni
