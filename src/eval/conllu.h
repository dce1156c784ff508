// Reads CoNLL-U files, with the place of each syntactic word in its sentence's text. Not thread-safe; a sentence whose
// words do not fit its text is skipped.
#pragma once
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "pack/tsv.h"

namespace biruni::eval {

struct GoldWord {
  std::string form, lemma, tag;
  uint32_t begin = 0, end = 0;
};
struct GoldSentence {
  std::string text;
  std::vector<GoldWord> words;
};

/// Places the words in the text; false if they do not fit (the sentence is then skipped).
inline bool place(GoldSentence& s) {
  uint32_t at = 0;
  for (GoldWord& w : s.words) {
    while (at < s.text.size() && s.text[at] == ' ') ++at;
    if (s.text.compare(at, w.form.size(), w.form) != 0) return false;
    w.begin = at;
    at += static_cast<uint32_t>(w.form.size());
    w.end = at;
  }
  return true;
}

inline std::vector<GoldSentence> read_conllu(const std::string& path) {
  std::vector<GoldSentence> out;
  std::ifstream in(path);
  std::string line;
  GoldSentence s;
  const auto flush = [&] {
    if (!s.words.empty() && place(s)) out.push_back(s);
    s = {};
  };
  while (std::getline(in, line)) {
    if (line.empty()) { flush(); continue; }
    if (line.starts_with("# text = ")) { s.text = line.substr(9); continue; }
    if (line[0] == '#') continue;
    const auto c = split(line, '\t');
    if (c.size() < 10 || c[0].find_first_of(".-") != std::string_view::npos) continue;
    s.words.push_back({std::string(c[1]), std::string(c[2]), std::string(c[3]), 0, 0});
  }
  flush();
  return out;
}

/// Tags that treebanks draw differently, as one class: function words, pronouns and determiners, verbs and auxiliaries.
inline std::string tag_class(const std::string& tag, bool names_are_nouns) {
  if (tag == "SCONJ" || tag == "ADP" || tag == "CCONJ" || tag == "PART") return "function";
  if (tag == "DET" || tag == "PRON") return "pronoun";
  if (tag == "AUX") return "VERB";
  if (names_are_nouns && tag == "PROPN") return "NOUN";
  if (tag == "SYM" || tag == "PUNCT") return "PUNCT";
  return tag;
}

}  // namespace biruni::eval
