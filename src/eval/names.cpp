// Whether two names are one: gold writes holders as the text does and persons in their usual English spelling.
#include <algorithm>
#include <set>

#include "eval/sets.h"

namespace biruni::eval {
namespace {

std::string lower(std::string s) {
  for (char& c : s)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return s;
}

std::vector<std::string> words(const std::string& text) {
  static const std::set<std::string> kArticles = {"the", "a", "an"};
  std::vector<std::string> out;
  for (auto& t : tokens_of(text)) {
    std::string w = lower(t.text);
    if (w.ends_with("'s")) w.resize(w.size() - 2);
    if (!kArticles.count(w)) out.push_back(std::move(w));
  }
  return out;
}

bool half_of_words(const std::string& gold, const std::string& have) {
  const auto g = words(gold), h = words(have);
  if (g.empty() || h.empty()) return false;
  size_t shared = 0;
  for (const auto& w : g) shared += std::find(h.begin(), h.end(), w) != h.end();
  return 2 * shared >= std::max(g.size(), h.size()) || (shared && (shared == g.size() || shared == h.size()));
}

/// Consonants of a Latin word, so that transliterations of one name agree.
std::string skeleton(const std::string& word) {
  std::string out;
  for (char c : lower(word)) {
    if (c < 'a' || c > 'z' || std::string_view("aeiouywh").find(c) != std::string_view::npos) continue;
    if (c == 'q' || c == 'c' || c == 'x') c = 'k';
    if (c == 'g') c = 'j';
    if (c == 'v') c = 'f';
    if (c == 'p') c = 'b';
    if (c == 'z') c = 's';
    if (out.empty() || out.back() != c) out += c;
  }
  return out;
}

std::vector<std::string> skeletons(std::string name) {
  std::replace(name.begin(), name.end(), '-', ' ');
  std::vector<std::string> out;
  for (const auto& w : words(name)) {
    std::string s = skeleton(w);
    if (s.size() >= 2) out.push_back(std::move(s));
  }
  return out;
}

}  // namespace

bool same_name(const std::string& gold, const PredictedHolder& h) {
  if (gold == "author") return h.holder == "author";
  if (h.holder == "author") return false;
  if (gold == h.entity || gold == h.holder || gold == h.text) return true;
  return half_of_words(gold, h.text) || half_of_words(gold, h.holder);
}

bool same_person(const std::string& gold, const PredictedActor& a) {
  if (gold.empty()) return false;
  if (lower(gold) == lower(a.name) || half_of_words(gold, a.name) || half_of_words(gold, a.text)) return true;
  const auto g = skeletons(gold);
  if (g.empty()) return false;
  for (const auto& text : {a.name, a.entity}) {
    const auto h = skeletons(text);
    if (h.empty()) continue;
    size_t shared = 0;
    for (const auto& w : g) shared += std::find(h.begin(), h.end(), w) != h.end();
    if (2 * shared >= g.size() && std::find(h.begin(), h.end(), g.back()) != h.end()) return true;
  }
  return false;
}

bool alike(const std::string& gold, const std::string& have) {
  if (gold == have) return true;
  if (gold.empty() || have.empty()) return false;
  auto code = [](const std::string& s) {
    return s.size() == 3 && std::all_of(s.begin(), s.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  };
  if (code(gold) || code(have)) return false;
  PredictedActor a;
  a.name = a.entity = have;
  std::replace(a.name.begin(), a.name.end(), '-', ' ');
  return same_person(gold, a);
}

}  // namespace biruni::eval
