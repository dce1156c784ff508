#include "quantity/phrase_compile.h"

#include <algorithm>

#include "pack/tsv.h"

namespace biruni {

Result<std::string> read_article(const std::string& packs_dir, const std::string& lang) {
  auto table = read_tsv(packs_dir, lang + "/pack", {"key", "value", "note"});
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows)
    if (row["key"] == "article") return std::string(row["value"]);
  return std::string();
}

Tag tag_of_cell(std::string_view name) {
  if (name == "NUM") return Tag::kNum;
  if (name == "NOUN") return Tag::kNoun;
  if (name == "PROPN") return Tag::kPropn;
  if (name == "ADJ") return Tag::kAdj;
  if (name == "ADV") return Tag::kAdv;
  if (name == "DET") return Tag::kDet;
  return Tag::kX;
}

PhraseWord PhraseBuilder::word(std::string_view text) const {
  PhraseWord w;
  if (!text.empty() && text[0] == '=') {
    text.remove_prefix(1);
  } else if (!article_.empty() && text.size() >= article_.size() + 4 && text.substr(0, article_.size()) == article_) {
    text.remove_prefix(article_.size());
    w.definite = 1;
  }
  w.key = out_.intern(lexicon_.key_of(text));
  return w;
}

void PhraseBuilder::add(std::string_view forms, uint32_t cls, double value, Tag tag) {
  for (std::string_view form : split(forms, '|')) {
    const auto words = split(trim(form), ' ');
    if (words.empty()) continue;
    const PhraseWord first = word(words[0]);
    PhraseRow row;
    row.first = first.key;
    row.definite = static_cast<uint8_t>(first.definite);
    row.cls = cls;
    row.value = value;
    row.rest_begin = static_cast<uint32_t>(rest_.size());
    for (size_t i = 1; i < words.size(); ++i) rest_.push_back(word(words[i]));
    row.rest_count = static_cast<uint16_t>(words.size() - 1);
    rows_.push_back(row);
    if (tag == Tag::kX) continue;
    for (std::string_view w : words) {
      if (w.empty()) continue;
      if (w[0] == '=') w.remove_prefix(1);
      else if (word(w).definite) w.remove_prefix(article_.size());
      lexicon_.resolve(w, tag, lexicon_.resolve(w, Tag::kX, false).empty() || tag == Tag::kNum);
    }
  }
}

void PhraseBuilder::write(const std::string& name) {
  std::stable_sort(rows_.begin(), rows_.end(), [](const PhraseRow& a, const PhraseRow& b) {
    return a.first != b.first ? a.first < b.first : a.rest_count > b.rest_count;
  });
  out_.add(name, rows_);
  out_.add(name + "_rest", rest_);
}

}  // namespace biruni
