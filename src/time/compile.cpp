#include "time/compile.h"

#include <algorithm>
#include <cstdlib>

#include "pack/tsv.h"
#include "quantity/phrase_compile.h"
#include "time/makers.h"
#include "time/tables.h"

namespace biruni {
namespace {

Error bad(const TsvRow& row, const std::string& message, const std::string& hint = "") {
  return Error{ErrorCode::kBadValue, message, row.where(), hint};
}

int class_of(std::string_view name) {
  for (size_t i = 0; i < std::size(kTimeClasses); ++i)
    if (name == kTimeClasses[i]) return static_cast<int>(i);
  return -1;
}

/// A number, the name of a unit, or same/following/previous.
bool parse_value(std::string_view text, double& value) {
  if (text.empty()) { value = 0; return true; }
  for (size_t i = 0; i < std::size(kTimeUnits); ++i)
    if (text == kTimeUnits[i]) { value = static_cast<double>(i); return true; }
  if (text == "same") { value = kRelSame; return true; }
  if (text == "following") { value = kRelFollowing; return true; }
  if (text == "previous") { value = kRelPrevious; return true; }
  char* end = nullptr;
  const std::string copy(text);
  value = std::strtod(copy.c_str(), &end);
  return end && *end == 0;
}

Result<ElementRow> parse_element(std::string_view text, const TsvRow& row) {
  ElementRow e;
  if (text.size() > 1 && text.back() == '?') { e.flags |= element_flag::kOptional; text.remove_suffix(1); }
  for (bool more = true; more && !text.empty();) {
    switch (text[0]) {
      case '<': e.flags |= element_flag::kLeft; break;
      case '>': e.flags |= element_flag::kRight; break;
      case '!': e.flags |= element_flag::kNot; break;
      case '+': e.flags |= element_flag::kDefinite; break;
      case '-': e.flags |= element_flag::kIndefinite; break;
      default: more = false;
    }
    if (more) text.remove_prefix(1);
  }
  for (std::string_view alternative : split(text, '|')) {
    if (e.alternatives == std::size(e.alt)) return bad(row, "more than six alternatives in an element");
    const size_t eq = alternative.find('=');
    const int cls = class_of(alternative.substr(0, eq));
    if (cls < 0) return bad(row, "unknown class '" + std::string(alternative.substr(0, eq)) + "' in pattern");
    Alternative a;
    a.cls = static_cast<uint8_t>(cls);
    if (eq != std::string_view::npos) {
      double v = 0;
      if (!parse_value(alternative.substr(eq + 1), v)) return bad(row, "unknown value '" + std::string(alternative.substr(eq + 1)) + "' in pattern");
      a.has_value = 1;
      a.value = static_cast<int16_t>(v);
    }
    e.alt[e.alternatives++] = a;
    e.mask.set(static_cast<TimeClass>(cls));
  }
  if (!e.alternatives) return bad(row, "empty element in pattern");
  return e;
}

Status compile_rule(const TsvRow& row, PackWriter& out, std::vector<RuleRow>& rules, std::vector<ElementRow>& elements) {
  RuleRow rule;
  rule.id = out.intern(row["id"]);
  rule.pass = static_cast<uint8_t>(std::atoi(row["pass"].c_str()));
  rule.elements = static_cast<uint32_t>(elements.size());
  std::string_view make = row["make"];
  const size_t colon = make.find(':');
  if (colon != std::string_view::npos) rule.argument = std::atoi(std::string(make.substr(colon + 1)).c_str());
  const int maker = find_maker(make.substr(0, colon));
  if (maker < 0) {
    std::string known;
    for (auto n : maker_names()) known += std::string(known.empty() ? "" : ", ") + std::string(n);
    return bad(row, "unknown maker '" + std::string(make) + "'", "one of " + known);
  }
  rule.make = static_cast<uint8_t>(maker);
  bool open = true;  // further elements may still begin the match
  for (std::string_view text : split(row["pattern"], ' ')) {
    if (text.empty()) continue;
    auto e = parse_element(text, row);
    if (!e) return e.error();
    const bool context = e->flags & (element_flag::kLeft | element_flag::kRight);
    if (!context && open) {
      rule.first.bits[0] |= e->mask.bits[0];
      rule.first.bits[1] |= e->mask.bits[1];
      open = e->flags & element_flag::kOptional;
    }
    elements.push_back(*e);
    ++rule.count;
  }
  if (rule.count == 0 || rule.count > 16 || open) return bad(row, "a pattern needs 1 to 16 elements, one of them required");
  rules.push_back(rule);
  return Ok{};
}

}  // namespace

Status compile_time(const std::string& packs_dir, const std::string& lang, LexiconBuilder& lexicon, PackWriter& out) {
  auto article = read_article(packs_dir, lang);
  if (!article) return article.error();
  auto settings = read_tsv(packs_dir, lang + "/time/settings", {"key", "value", "note", "origin"});
  if (!settings) return settings.error();
  TimeSettings set;
  for (const TsvRow& row : (*settings)->rows) {
    if (row["key"] != "month_first") return bad(row, "unknown key '" + row["key"] + "', expected month_first");
    set.month_first = row["value"] == "yes";
  }
  out.add(lang + "/time_settings", std::vector<TimeSettings>{set});

  auto words = read_tsv(packs_dir, lang + "/time/words", {"forms", "class", "value", "tag", "origin"});
  if (!words) return words.error();
  PhraseBuilder builder(lexicon, out, *article);
  for (const TsvRow& row : (*words)->rows) {
    const int cls = class_of(row["class"]);
    double value = 0;
    if (cls < static_cast<int>(TimeClass::kMonth)) return bad(row, "unknown class '" + row["class"] + "' of time word");
    if (!parse_value(row["value"], value)) return bad(row, "unknown value '" + row["value"] + "'");
    builder.add(row["forms"], static_cast<uint32_t>(cls), value, tag_of_cell(row["tag"]));
  }
  builder.write(lang + "/time_words");

  auto table = read_tsv(packs_dir, lang + "/time/rules", {"id", "pass", "pattern", "make", "ok", "no", "origin"});
  if (!table) return table.error();
  std::vector<RuleRow> rules;
  std::vector<ElementRow> elements;
  uint32_t of_pass[256] = {};
  for (const TsvRow& row : (*table)->rows) {
    if (Status s = compile_rule(row, out, rules, elements); !s) return s;
    if (++of_pass[rules.back().pass] > kMaxTimeRules) return bad(row, "too many rules in one pass", "at most " + std::to_string(kMaxTimeRules));
  }
  std::stable_sort(rules.begin(), rules.end(), [](const RuleRow& a, const RuleRow& b) { return a.pass < b.pass; });
  out.add(lang + "/time_rules", rules);
  out.add(lang + "/time_elements", elements);
  return Ok{};
}

}  // namespace biruni
