#include "lang_ar/decline.h"

#include <string_view>

#include "model/word.h"

namespace biruni::arabic {
namespace {

bool ends(const std::string& s, std::string_view tail) {
  return s.size() >= tail.size() && std::string_view(s).substr(s.size() - tail.size()) == tail;
}
std::string cut(const std::string& s, size_t n) { return s.substr(0, s.size() - n); }
bool joins(char letter) { return std::string_view("A><|&'dr*zwYp").find(letter) == std::string_view::npos; }
char last(const std::string& s) { return s.empty() ? char(0) : s.back(); }
char second(const std::string& s) { return s.size() < 2 ? char(0) : s[s.size() - 2]; }

uint32_t feats(uint32_t number, uint32_t gender, uint32_t case_ = 0) {
  uint32_t f = feat::set(0, feat::kNumber, number);
  f = feat::set(f, feat::kGender, gender);
  return feat::set(f, feat::kCase, case_);
}

// A form that also stands before pronouns, with its connected stems where they differ.
void put_open(const std::string& letters, uint32_t f, int cost, const NounSink& sink, bool same_stem = true) {
  const auto stems = connected_stems(letters);
  const bool same = stems.size() == 1 && stems[0] == letters;
  sink({letters, f, same ? uint8_t(0) : form_flag::kNoSuffix, cost, same_stem});
  if (same) return;
  for (const auto& stem : stems) sink({stem, f, form_flag::kNeedsSuffix, cost, same_stem});
}

void put_tanwin(const std::string& letters, uint32_t f, int cost, const NounSink& sink, bool same_stem = true) {
  const std::string t = add_tanwin(letters);
  if (t == letters) return;
  f = feat::set(f, feat::kTanwin, 1);
  f = feat::set(f, feat::kCase, 3);
  sink({t, f, form_flag::kNoSuffix | form_flag::kNoArticle, cost, same_stem});
}

constexpr uint8_t kBare = form_flag::kNoArticle;

void put_dual(const std::string& letters, uint32_t gender, const NounSink& sink) {
  const uint32_t nom = feats(2, gender, 1), obl = feats(2, gender, 2);
  sink({add_dual(letters, "An"), nom, form_flag::kNoSuffix, 4, true});
  sink({add_dual(letters, "yn"), obl, form_flag::kNoSuffix, 4, true});
  sink({add_dual(letters, "A"), feat::set(nom, feat::kConstruct, 1), kBare, 14, true});
  sink({add_dual(letters, "y"), feat::set(obl, feat::kConstruct, 1), kBare, 12, true});
}

// Sound masculine plural; stems ending in Y lose it.
void put_masculine_plural(const std::string& letters, bool defective, const NounSink& sink, int cost) {
  std::string stem = letters;
  std::string u = "w", i = "y";
  if (ends(stem, "Y") || (defective && ends(stem, "y"))) stem = cut(stem, 1);
  else if (ends(stem, "'") && second(stem) == 'A') { stem = cut(stem, 1); u = "&w"; i = "}y"; }
  else if (ends(stem, ">")) { stem = cut(stem, 1); u = "&w"; i = "}y"; }
  else if (ends(stem, "p")) stem = cut(stem, 1);
  const uint32_t nom = feats(3, 1, 1), obl = feats(3, 1, 2);
  sink({stem + u + "n", nom, form_flag::kNoSuffix, cost, true});
  sink({stem + i + "n", obl, form_flag::kNoSuffix, cost, true});
  sink({stem + u, feat::set(nom, feat::kConstruct, 1), kBare, cost + 3, true});
  sink({stem + i, feat::set(obl, feat::kConstruct, 1), kBare, cost + 6, true});
}

void put_singular(const std::string& letters, uint32_t gender, bool defective, uint32_t number, const NounSink& sink, bool same_stem) {
  const uint32_t f = feats(number, gender);
  if (defective && ends(letters, "y")) {
    sink({letters, f, 0, 0, same_stem});
    sink({cut(letters, 1), f, form_flag::kNoArticle | form_flag::kNoSuffix, 4, same_stem});
    put_tanwin(letters, f, 1, sink, same_stem);
    return;
  }
  put_open(letters, f, 0, sink, same_stem);
  put_tanwin(letters, f, 1, sink, same_stem);
}

bool diptote_plural(const std::string& s) {  // mafAEil, mafAEIl
  return s.size() >= 5 && s[2] == 'A' && s.back() != 'p';
}

}  // namespace

std::vector<std::string> connected_stems(const std::string& s) {
  const char c = last(s);
  if (c == 'p') return {cut(s, 1) + "t"};
  if (c == 'Y') return {cut(s, 1) + "A"};
  if (c == '>') return {s, cut(s, 1) + "&", cut(s, 1) + "}"};
  if (c == '\'') {
    const std::string stem = cut(s, 1);
    if (joins(second(s))) return {stem + "}"};
    return {s, stem + "&", stem + "}"};
  }
  return {s};
}

std::string add_dual(const std::string& s, const std::string& ending) {
  const char c = last(s);
  const bool alef = ending[0] == 'A';
  if (c == 'p') return cut(s, 1) + "t" + ending;
  if (c == 'Y') return cut(s, 1) + "y" + ending;
  if (c == '>') return alef ? cut(s, 1) + "|" + ending.substr(1) : s + ending;
  if (c == '\'' && joins(second(s))) return cut(s, 1) + "}" + ending;
  return s + ending;
}

std::string add_feminine_plural(const std::string& s) {
  const char c = last(s);
  if (c == 'p') {
    const std::string stem = cut(s, 1);
    if (last(stem) == '>') return cut(stem, 1) + "|t";
    if (last(stem) == 'A') return cut(stem, 1) + "yAt";
    return stem + "At";
  }
  if (c == 'Y') return cut(s, 1) + "yAt";
  if (c == '>') return cut(s, 1) + "|t";
  if (c == '\'' && joins(second(s))) return cut(s, 1) + "}At";
  return s + "At";
}

std::string add_tanwin(const std::string& s) {
  const char c = last(s);
  if (c == 'p' || c == 'Y' || c == '>' || c == 'A') return s;
  if (c == '\'') {
    if (second(s) == 'A') return s;
    if (joins(second(s))) return cut(s, 1) + "}A";
  }
  return s + "A";
}

void decline_noun(const NounSpec& noun, const NounSink& sink) {
  put_singular(noun.letters, noun.gender, noun.defective, noun.plural_only ? 3 : 1, sink, true);
  if (noun.dual && !noun.plural_only) put_dual(noun.letters, noun.gender, sink);
  for (const auto& plural : noun.plurals) {
    if (plural == "+At") {
      sink({add_feminine_plural(noun.letters), feats(3, noun.gender), 0, 0, true});
    } else if (plural == "+wn") {
      put_masculine_plural(noun.letters, noun.defective, sink, 0);
    } else if (!plural.empty()) {
      const bool defective = ends(plural, "y") && diptote_plural(plural);
      put_singular(plural, noun.gender, defective, 3, [&](const NounForm& f) {
        NounForm g = f;
        if (feat::get(f.feats, feat::kTanwin) && diptote_plural(plural) && !defective) return;
        g.same_stem = false;
        sink(g);
      }, false);
    }
  }
}

void decline_adjective(const AdjectiveSpec& adjective, const NounSink& sink) {
  const auto give = [&](const NounForm& f) {
    NounForm g = f;
    g.feats |= adjective.feats;
    sink(g);
  };
  put_singular(adjective.letters, 1, adjective.defective, 1, give, true);
  put_dual(adjective.letters, 1, give);
  std::string feminine = adjective.feminine;
  if (feminine.empty()) {
    feminine = ends(adjective.letters, "Y") ? cut(adjective.letters, 1) + "Ap"
               : ends(adjective.letters, "'") && second(adjective.letters) != 'A' && joins(second(adjective.letters)) ? cut(adjective.letters, 1) + "}p"
                                                                                                                    : adjective.letters + "p";
  }
  if (feminine != "-") {
    put_singular(feminine, 2, false, 1, give, adjective.feminine.empty());
    put_dual(feminine, 2, give);
    if (ends(feminine, "p")) give({add_feminine_plural(feminine), feats(3, 2), 0, 0, adjective.feminine.empty()});
  }
  put_masculine_plural(adjective.letters, adjective.defective, give, adjective.plurals.empty() ? 0 : 4);
  for (const auto& plural : adjective.plurals) {
    if (plural.empty() || plural[0] == '+') continue;
    put_singular(plural, 0, ends(plural, "y") && diptote_plural(plural), 3, [&](const NounForm& f) {
      if (feat::get(f.feats, feat::kTanwin) && diptote_plural(plural)) return;
      NounForm g = f;
      g.same_stem = false;
      give(g);
    }, false);
  }
}

}  // namespace biruni::arabic
