#include "morph/features.h"

#include <array>

namespace biruni {
namespace {

constexpr std::array<const char*, static_cast<size_t>(Tag::kCount)> kTagNames = {
    "X", "NOUN", "PROPN", "ADJ", "VERB", "AUX", "ADV", "PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART", "NUM", "PUNCT", "SYM", "INTJ"};

struct FeatureValue {
  const char* name;
  const char* value;
  feat::Field field;
  uint32_t number;
};

// One line a value; several spellings of one value may follow each other (the first is written).
constexpr FeatureValue kValues[] = {
    {"Number", "Sing", feat::kNumber, 1},
    {"Number", "Dual", feat::kNumber, 2},
    {"Number", "Plur", feat::kNumber, 3},
    {"Gender", "Masc", feat::kGender, 1},
    {"Gender", "Fem", feat::kGender, 2},
    {"Person", "1", feat::kPerson, 1},
    {"Person", "2", feat::kPerson, 2},
    {"Person", "3", feat::kPerson, 3},
    {"Aspect", "Perf", feat::kAspect, 1},
    {"Aspect", "Imp", feat::kAspect, 2},
    {"Tense", "Past", feat::kAspect, 1},
    {"Tense", "Pres", feat::kAspect, 2},
    {"Mood", "Imp", feat::kAspect, 3},
    {"VerbForm", "Fin", feat::kVerbForm, 1},
    {"VerbForm", "Inf", feat::kVerbForm, 2},
    {"VerbForm", "Vnoun", feat::kVerbForm, 2},
    {"VerbForm", "ActPart", feat::kVerbForm, 3},
    {"VerbForm", "Part", feat::kVerbForm, 4},
    {"VerbForm", "PassPart", feat::kVerbForm, 4},
    {"VerbForm", "Ger", feat::kVerbForm, 5},
    {"Voice", "Act", feat::kVoice, 1},
    {"Voice", "Pass", feat::kVoice, 2},
    {"Mood", "Ind", feat::kMood, 1},
    {"Mood", "Sub", feat::kMood, 2},
    {"Mood", "Jus", feat::kMood, 3},
    {"Case", "Nom", feat::kCase, 1},
    {"Case", "Obl", feat::kCase, 2},
    {"Case", "Gen", feat::kCase, 2},
    {"Case", "Acc", feat::kCase, 3},
    {"Degree", "Cmp", feat::kDegree, 1},
    {"Degree", "Sup", feat::kDegree, 2},
    {"Definite", "Def", feat::kDef, 1},
    {"Definite", "Cons", feat::kConstruct, 1},
    {"Def", "1", feat::kDef, 1},
    {"Construct", "1", feat::kConstruct, 1},
    {"Poss", "Yes", feat::kPoss, 1},
    {"Poss", "1", feat::kPoss, 1},
    {"Nisba", "1", feat::kNisba, 1},
    {"Human", "1", feat::kHuman, 1},
    {"Proper", "1", feat::kProper, 1},
    {"Future", "1", feat::kFuture, 1},
    {"Tense", "Fut", feat::kFuture, 1},
    {"PronType", "Int", feat::kWh, 1},
    {"Wh", "1", feat::kWh, 1},
    {"PronType", "Rel", feat::kRelative, 1},
    {"Relative", "1", feat::kRelative, 1},
    {"Tanwin", "1", feat::kTanwin, 1},
};

// Written in tables of function words for readers; nothing in the word layer keeps them.
constexpr const char* kIgnored[] = {"PronType", "Polarity", "NumType", "Definite", "Case", "AdpType", "Reflex", "Abbr", "Foreign", "VerbForm", "Mood", "Tense", "Type", "NumValue", "Polite", "Poss", "Degree", "Value"};

constexpr uint32_t field_mask(feat::Field f) { return ((1u << f.bits) - 1u) << f.shift; }

template <class Fn>
bool each_pair(std::string_view text, std::string& unknown, Fn fn) {
  bool known = true;
  size_t at = 0;
  while (at < text.size()) {
    size_t end = at;
    while (end < text.size() && text[end] != '|' && text[end] != ' ') ++end;
    const std::string_view pair = text.substr(at, end - at);
    at = end + 1;
    if (pair.empty() || pair == "_" || pair == "-") continue;
    const size_t equal = pair.find('=');
    const std::string_view name = pair.substr(0, equal);
    const std::string_view value = equal == std::string_view::npos ? std::string_view("1") : pair.substr(equal + 1);
    if (!fn(name, value)) {
      if (known) unknown = std::string(pair);
      known = false;
    }
  }
  return known;
}

bool set_value(std::string_view name, std::string_view value, uint32_t& feats) {
  for (const auto& row : kValues) {
    if (name == row.name && value == row.value) {
      feats = feat::set(feats, row.field, row.number);
      return true;
    }
  }
  for (const char* ignored : kIgnored)
    if (name == ignored) return true;
  return false;
}

}  // namespace

const char* tag_name(Tag tag) { return tag < Tag::kCount ? kTagNames[static_cast<size_t>(tag)] : "X"; }

bool parse_tag(std::string_view name, Tag& tag) {
  tag = Tag::kX;
  if (name.empty() || name == "_") return true;
  for (size_t i = 0; i < kTagNames.size(); ++i) {
    if (name == kTagNames[i]) {
      tag = static_cast<Tag>(i);
      return true;
    }
  }
  return false;
}

bool parse_features(std::string_view text, uint32_t& feats, std::string& unknown) {
  feats = 0;
  return each_pair(text, unknown, [&](std::string_view name, std::string_view value) { return set_value(name, value, feats); });
}

bool parse_condition(std::string_view text, uint32_t& mask, uint32_t& value, std::string& unknown) {
  mask = value = 0;
  return each_pair(text, unknown, [&](std::string_view name, std::string_view wanted) {
    for (const auto& row : kValues) {
      if (name != row.name || (wanted != row.value && wanted != "0")) continue;
      mask |= field_mask(row.field);
      if (wanted != "0") value = feat::set(value, row.field, row.number);
      return true;
    }
    return false;
  });
}

std::string features_text(uint32_t feats) {
  std::string out;
  uint32_t written = 0;
  for (const auto& row : kValues) {
    if ((written & field_mask(row.field)) || feat::get(feats, row.field) != row.number) continue;
    written |= field_mask(row.field);
    if (!out.empty()) out += '|';
    out += row.name;
    out += '=';
    out += row.value;
  }
  return out;
}

}  // namespace biruni
