// render/ and ingest/ without a pack: positions, JSON, terminal, input bytes and fields.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "ingest/fields.h"
#include "ingest/input.h"
#include "ingest/stream.h"
#include "render/json.h"
#include "render/positions.h"
#include "render/terminal.h"

namespace biruni {
namespace {

const std::string kArabic = "\xD9\x83\xD8\xAA\xD8\xA7\xD8\xA8";  // four letters

TEST(Positions, CountsCodePointsOfTitleAndText) {
  Document d;
  set_text(d, kArabic, "a" + kArabic + "\xF0\x9F\x98\x80" + "b");
  EXPECT_EQ(d.title(), kArabic);
  Positions p;
  p.build(d);
  EXPECT_TRUE(p.in_title(0));
  EXPECT_EQ(p.code_point(4), 2u);
  EXPECT_FALSE(p.in_title(d.text_begin));
  EXPECT_EQ(p.code_point(d.text_begin), 0u);
  EXPECT_EQ(p.code_point(d.text_begin + 1), 1u);
  EXPECT_EQ(p.code_point(d.text_begin + 9), 5u);
  EXPECT_EQ(p.code_point(d.text_begin + 13), 6u);
}

TEST(Positions, AgreesWithCountingInLongText) {
  Document d;
  std::string text;
  for (int i = 0; i < 500; ++i) text += i % 3 ? kArabic + " " : "word, ";
  set_text(d, "t", text);
  Positions p;
  p.build(d);
  uint32_t count = 0;
  for (uint32_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    ASSERT_EQ(p.code_point(d.text_begin + i), count) << i;
    ++count;
  }
}

TEST(Json, EscapesWhatBreaksLines) {
  std::string out;
  append_json_string(out, "a\"\\\n\x01 \xE2\x80\xA8 \xC2\x85 \xE2\x80\x94 \xC2\xAB");
  EXPECT_EQ(out, "\"a\\\"\\\\\\n\\u0001 \\u2028 \\u0085 \xE2\x80\x94 \xC2\xAB\"");
}

TEST(Terminal, WidthsOfMarksAndWideLetters) {
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width(kArabic), 4u);
  EXPECT_EQ(display_width("\xD9\x83\xD9\x8E"), 1u);              // a letter with a vowel mark
  EXPECT_EQ(display_width("\xE4\xB8\xAD\xE6\x96\x87"), 4u);      // two wide letters
  EXPECT_EQ(display_width(isolate(kArabic)), 4u);
  EXPECT_EQ(display_width("\033[1mab\033[0m"), 2u);
  EXPECT_EQ(pad(kArabic, 6), kArabic + "  ");
}

TEST(Terminal, IsolatesOnlyRightToLeft) {
  EXPECT_EQ(isolate("abc"), "abc");
  EXPECT_EQ(isolate(kArabic), "\xE2\x81\xA8" + kArabic + "\xE2\x81\xA9");
  EXPECT_TRUE(right_to_left(kArabic + " abc"));
  EXPECT_FALSE(right_to_left("abc " + kArabic));
}

TEST(Terminal, ShortensAndWraps) {
  EXPECT_EQ(shorten("abcdef", 6), "abcdef");
  EXPECT_EQ(shorten("abcdefg", 6), "abcde\xE2\x80\xA6");
  EXPECT_EQ(wrap("aa bb cc", 5, 2), "aa bb\n  cc");
  EXPECT_EQ(wrap(isolate(kArabic + " " + kArabic), 5, 1), isolate(kArabic) + "\n " + isolate(kArabic));  // each line closes its isolates
  EXPECT_EQ(one_line(" a \n\t b\r\n"), "a b");
  EXPECT_EQ(Terminal(false, 80).paint(Ink::kRed, "x"), "x");
  EXPECT_EQ(Terminal(true, 80).paint(Ink::kRed, "x"), "\033[31mx\033[0m");
}

TEST(Input, Dates) {
  CivilDate d;
  EXPECT_TRUE(parse_date("2022-01-09", d));
  EXPECT_EQ(d, (CivilDate{2022, 1, 9}));
  EXPECT_TRUE(parse_date("2024-02-29T10:00:00Z", d));
  for (const char* bad : {"", "2022", "2022-13-01", "2023-02-29", "2022-1-9", "2022-01-00", "2022-01-09x", "20a2-01-09"}) EXPECT_FALSE(parse_date(bad, d)) << bad;
}

TEST(Input, BinaryIsToldFromText) {
  EXPECT_TRUE(looks_binary(std::string_view("ab\0c", 4)));
  EXPECT_TRUE(looks_binary("%PDF-1.7 ..."));
  EXPECT_TRUE(looks_binary("\x01\x02\x03\x04"));
  EXPECT_FALSE(looks_binary(""));
  EXPECT_FALSE(looks_binary("a\tb\r\n\f" + kArabic));
  EXPECT_FALSE(looks_binary("\xC7\xE1\xE4\xD5"));  // another encoding: broken, and no binary
}

TEST(Fields, ReadsWhatTheContractNames) {
  FieldParser p;
  InputFields f;
  std::string reason;
  ASSERT_TRUE(p.parse(R"({"id":7,"text":"a\u0628","lang":"ar","date":null,"title":5,"other":[1]})", f, reason));
  EXPECT_EQ(f.id, "7");
  EXPECT_EQ(f.text, "a\xD8\xA8");
  EXPECT_EQ(f.odd, std::vector<std::string>{"title"});
  EXPECT_FALSE(p.parse("[1]", f, reason));
  EXPECT_FALSE(p.parse("{\"text\":", f, reason));
  EXPECT_FALSE(p.parse("", f, reason));
  ASSERT_TRUE(p.parse("{}", f, reason));
  EXPECT_FALSE(f.has_text);
}

TEST(Stream, LinesOfAnyLengthAndEnd) {
  for (const auto& [bytes, want] : std::vector<std::pair<std::string, std::vector<std::string>>>{
           {"", {}}, {"a", {"a"}}, {"a\n", {"a"}}, {"a\n\nb", {"a", "", "b"}}, {"\n", {""}}}) {
    ByteStream s;
    s.open_memory(bytes);
    std::vector<std::string> have;
    for (std::string line; s.read_line(line, 100) == LineRead::kLine;) have.push_back(line);
    EXPECT_EQ(have, want) << bytes;
  }
}

TEST(Stream, PassesOverALongLine) {
  const std::string path = testing::TempDir() + "biruni_lines.txt";
  std::ofstream(path) << std::string(300000, 'x') << "\nshort\n";
  ByteStream s;
  std::string reason, line;
  ASSERT_TRUE(s.open(path, reason));
  EXPECT_EQ(s.read_line(line, 1000), LineRead::kTooLong);
  EXPECT_EQ(s.read_line(line, 1000), LineRead::kLine);
  EXPECT_EQ(line, "short");
  EXPECT_EQ(s.read_line(line, 1000), LineRead::kEnd);
  std::filesystem::remove(path);
}

TEST(Input, OneBadInputDoesNotStopTheRest) {
  const std::string folder = testing::TempDir();
  std::ofstream(folder + "/biruni_a.jsonl") << "{\"id\":\"1\",\"text\":\"x\"}\nbad\n{\"id\":\"2\",\"text\":\"y\"}\n";
  InputReader reader({folder + "/none.txt", folder + "/biruni_a.jsonl", folder}, {});
  std::vector<std::string> seen;
  for (InputItem item; reader.next(item);) seen.push_back(item.failed ? "!" : item.doc.id);
  EXPECT_EQ(seen, (std::vector<std::string>{"!", "1", "!", "2", "!"}));
  std::filesystem::remove(folder + "/biruni_a.jsonl");
}

}  // namespace
}  // namespace biruni
