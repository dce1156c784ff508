// A pattern is filled with the radicals, each symbol keeping the number of its radical; a person ending is joined; then
// the rules for weak letters rewrite the symbols, in this order: dropped first w, infixed t, defective ending, hollow
// middle, doubled radical. What is left (hamza seats, long vowels, doubling) is the business of spell().
#include "lang_ar/conjugate.h"

#include <vector>

#include "lang_ar/spell.h"
#include "model/word.h"

namespace biruni::arabic {
namespace {

struct Sound {
  char c = 0;
  int radical = 0;  // 1..4, 0 = of the pattern
};
using Sounds = std::vector<Sound>;

bool weak(char c) { return c == 'w' || c == 'y'; }

enum class Slot { kPerfect, kPerfectPassive, kImperfect, kImperfectPassive, kImperative, kNominal };

struct Stem {
  Slot slot = Slot::kNominal;
  std::string ending;    // person ending, "" = vowelless
  bool case_follows = false;  // nominal: a vowel follows in speech
};

class VerbMaker {
 public:
  VerbMaker(const VerbPatterns& patterns, const VerbSpec& verb) : patterns_(patterns), verb_(verb), last_(static_cast<int>(verb.root.size())) {}

  std::string make(const std::string& pattern, const std::string& person, const Stem& stem, bool open_double = false) const {
    Sounds s = fill(pattern, person, stem.slot);
    if (drops_first(stem.slot)) erase_radical(s, 1);
    assimilate(s);
    if (!irregular_see(s, stem.slot)) hollow_hamza(s);
    const size_t join = s.size();
    if (defective() && stem.slot != Slot::kNominal) {
      defective_ending(s, stem);
    } else {
      if (defective() && stem.slot == Slot::kNominal) defective_noun(s);
      for (char c : stem.ending) s.push_back({c, 0});
    }
    if (hollow()) hollow_middle(s, stem);
    if (doubled()) doubled_end(s, stem, join, open_double);
    if (last_doubled_pattern()) doubled_pattern(s, stem, join, open_double);
    std::string out;
    for (const Sound& x : s) out += x.c;
    return out;
  }

  char radical(int n) const { return n <= last_ ? verb_.root[static_cast<size_t>(n - 1)] : char(0); }
  bool defective() const { return weak(radical(last_)); }
  bool hollow() const {
    const std::string& f = verb_.form;
    return last_ == 3 && weak(radical(2)) && !weak(radical(3)) && !verb_.strong && (f == "1" || f == "4" || f == "7" || f == "8" || f == "10");
  }
  bool doubled() const {
    const std::string& f = verb_.form;
    return last_ == 3 && radical(2) == radical(3) && !weak(radical(2)) && f != "2" && f != "5" && f != "9";
  }
  bool last_doubled_pattern() const { return verb_.form == "9" || verb_.form == "q4"; }
  /// Jussive and imperative of these have two spellings (yamudd, yamdud).
  bool two_jussives() const { return doubled() || last_doubled_pattern(); }

 private:
  Sounds fill(const std::string& pattern, const std::string& person, Slot slot) const {
    Sounds s;
    char v1 = 'a', v2 = 'a';
    if (verb_.vowels.size() == 2) v1 = verb_.vowels[0], v2 = verb_.vowels[1];
    for (char c : pattern) {
      if (c >= '1' && c <= '4') s.push_back({radical(c - '0'), c - '0'});
      else if (c == '-') for (char p : person) s.push_back({p, 0});
      else if (c == 'V') s.push_back({slot == Slot::kPerfect ? v1 : v2, 0});
      else s.push_back({c, 0});
    }
    return s;
  }

  bool drops_first(Slot slot) const {
    if (verb_.form != "1" || radical(1) != 'w' || (slot != Slot::kImperfect && slot != Slot::kImperative) || verb_.keeps_w) return false;
    const std::string& v = verb_.vowels;
    return verb_.drops_w || v == "ai" || v == "ii" || v == "aa";
  }

  static void erase_radical(Sounds& s, int n) {
    for (size_t i = 0; i < s.size(); ++i)
      if (s[i].radical == n) { s.erase(s.begin() + static_cast<long>(i)); return; }
  }

  // Form 8: the infixed t takes on the first radical.
  void assimilate(Sounds& s) const {
    if (verb_.form != "8") return;
    for (size_t i = 0; i + 1 < s.size(); ++i) {
      if (s[i].radical != 1 || s[i + 1].c != 't') continue;
      switch (s[i].c) {
        case 'w': case 'y': s[i].c = 't'; break;
        case '\'': if (radical(2) == 'x' || radical(2) == 'j') s[i].c = 't'; break;
        case 'd': case 'z': s[i + 1].c = 'd'; break;
        case '*': s[i].c = s[i + 1].c = 'd'; break;
        case 'S': case 'D': case 'T': s[i + 1].c = 'T'; break;
        case 'Z': s[i + 1].c = 'Z'; break;
        case 'v': s[i + 1].c = 'v'; break;
        default: break;
      }
      return;
    }
  }

  // ra'aY loses its hamza in the imperfect and all of form 4.
  bool irregular_see(Sounds& s, Slot slot) const {
    if (verb_.root != "r'y" || (verb_.form != "1" && verb_.form != "4")) return false;
    if (verb_.form == "1" && slot != Slot::kImperfect && slot != Slot::kImperfectPassive && slot != Slot::kImperative) return false;
    erase_radical(s, 2);
    for (size_t i = 0; i + 1 < s.size(); ++i)
      if (s[i].radical == 1 && is_short(s[i + 1].c)) return true;
    return true;
  }
  void hollow_hamza(Sounds&) const {}

  void defective_ending(Sounds& s, const Stem& stem) const {
    size_t m = s.size();
    for (size_t i = 0; i < s.size(); ++i)
      if (s[i].radical == last_) m = i;
    if (m == s.size() || m == 0) return;
    const char v = s[m - 1].c;
    const bool keeps_w = verb_.form == "1" && radical(last_) == 'w' && stem.slot == Slot::kPerfect && v == 'a';
    const char glide = v == 'u' || keeps_w ? 'w' : 'y';
    s.resize(m - 1);
    const std::string& e = stem.ending;
    const auto add = [&](std::string_view t) { for (char c : t) s.push_back({c, 0}); };
    const bool to_u = !e.empty() && e[0] == 'U';
    const bool to_i = !e.empty() && e[0] == 'I';
    const bool to_a = !e.empty() && e[0] == 'A';
    const bool consonant = !e.empty() && !is_vowel(e[0]);
    const std::string g(1, glide), vs(1, v), lv(1, long_of(v));
    if (e.empty()) return add(vs);
    if (v == 'a') {
      if (e == "a" || e == "u") return add(keeps_w ? "A" : "Y");
      if (e.rfind("at", 0) == 0) return add(e);
      if (to_u) return add("aw" + e.substr(1));
      if (to_i) return add("ay" + e.substr(1));
      return add("a" + g + e);  // A.. and consonants
    }
    if (to_u || to_i) return add(v == 'u' && to_u ? e : e);
    if (e == "u") return add(lv);
    if (consonant) return add(lv + e);
    if (to_a || e == "a" || e.rfind("at", 0) == 0) return add(vs + g + e);
    add(lv + e);
  }

  // Nouns: iW -> I, aW -> Y, AW -> A', UW -> Uw / Iy (doubled), aWap -> Ap, uW -> I.
  void defective_noun(Sounds& s) const {
    size_t m = s.size();
    for (size_t i = 0; i < s.size(); ++i)
      if (s[i].radical == last_) m = i;
    if (m == s.size() || m == 0) return;
    const char v = s[m - 1].c;
    const bool end = m + 1 == s.size();
    if (v == 'A' && end) { s[m].c = '\''; return; }
    if (v == 'i') {
      if (end) { s[m - 1].c = 'I'; s.resize(m); }
      else s[m].c = 'y';
      return;
    }
    if (v == 'u' && end) { s[m - 1].c = 'I'; s.resize(m); return; }
    if (v == 'a' && end) { s[m - 1].c = 'Y'; s.resize(m); return; }
    if (v == 'a' && m + 1 < s.size() && s[m + 1].c == 'a') {  // muTArAp
      s[m - 1].c = 'A';
      s.erase(s.begin() + static_cast<long>(m), s.begin() + static_cast<long>(m) + 2);
      return;
    }
    if (v == 'U') {  // maf3Ul
      if (radical(last_) == 'w') { s[m - 1].c = 'u'; s[m].c = 'w'; s.push_back({'w', 0}); }
      else { s[m - 1].c = 'i'; s[m].c = 'y'; s.push_back({'y', 0}); }
    }
  }

  void hollow_middle(Sounds& s, const Stem& stem) const {
    size_t m = 0;
    for (size_t i = 0; i < s.size(); ++i)
      if (s[i].radical == 2) m = i;
    if (m == 0 || m + 1 >= s.size()) return;
    const char before = s[m - 1].c, after = s[m + 1].c;
    const auto at = [&](size_t i) { return s.begin() + static_cast<long>(i); };
    size_t vowel = m;
    if (before == 'A' && after == 'i') { s[m].c = '\''; return; }
    if (before == 'i' && after == 'A') { s[m].c = 'y'; return; }
    if (is_short(before) && is_short(after)) {
      s[m - 1] = {before == 'u' && after == 'i' ? 'I' : 'A', 0};
      s.erase(at(m), at(m + 2));
      vowel = m - 1;
    } else if (!is_vowel(before) && is_short(after)) {
      s[m] = {long_of(after), 0};
      s.erase(at(m + 1));
    } else if (!is_vowel(before) && after == 'U') {
      s[m] = {radical(2) == 'w' ? 'U' : 'I', 0};
      s.erase(at(m + 1));
      return;
    } else {
      return;
    }
    // A long vowel before a closed syllable is short.
    const size_t c1 = vowel + 1, c2 = vowel + 2;
    const bool closed = c1 < s.size() && !is_vowel(s[c1].c) && (c2 >= s.size() ? stem.slot != Slot::kNominal : !is_vowel(s[c2].c) && s[c2].c != 'p');
    if (!closed) return;
    char& v = s[vowel].c;
    if (v == 'A') v = verb_.form == "1" && stem.slot == Slot::kPerfect ? (verb_.vowels == "au" || verb_.vowels == "uu" ? 'u' : 'i') : 'a';
    else v = v == 'I' ? 'i' : 'u';
  }

  void doubled_end(Sounds& s, const Stem& stem, size_t join, bool open_double) const {
    size_t a = 0, b = 0;
    for (size_t i = 0; i < s.size(); ++i) {
      if (s[i].radical == 2) a = i;
      if (s[i].radical == 3) b = i;
    }
    if (a == 0 || b != a + 2 || !is_short(s[a + 1].c)) return;
    const bool vowel_follows = b + 1 < s.size() ? is_vowel(s[b + 1].c) : stem.slot == Slot::kNominal;
    const bool ends = b + 1 >= s.size() && stem.slot != Slot::kNominal;
    (void)join;
    if (!vowel_follows && !(ends && !open_double)) return;
    const char v = s[a + 1].c;
    const bool after_vowel = is_vowel(s[a - 1].c);
    s.erase(s.begin() + static_cast<long>(a) + 1);
    if (!after_vowel) s.insert(s.begin() + static_cast<long>(a), Sound{v, 0});
  }

  // Forms whose pattern doubles the last radical (9, q4): the double opens before a consonant.
  void doubled_pattern(Sounds& s, const Stem& stem, size_t join, bool open_double) const {
    if (stem.slot == Slot::kNominal || join < 2 || join > s.size()) return;
    const bool consonant = join < s.size() && !is_vowel(s[join].c);
    const bool ends = join == s.size() && open_double;
    if (!consonant && !ends) return;
    if (s[join - 1].c != s[join - 2].c) return;
    const char v = stem.slot == Slot::kPerfect ? 'a' : 'i';
    s.insert(s.begin() + static_cast<long>(join) - 1, Sound{v, 0});
  }

  const VerbPatterns& patterns_;
  const VerbSpec& verb_;
  int last_;
};

struct Person {
  const char* perfect;
  const char* prefix;      // imperfect
  const char* indicative;
  const char* subjunctive;
  const char* jussive;
  const char* imperative;  // nullptr: none
  uint32_t person, gender, number;
  int cost;
};

constexpr Person kPersons[] = {
    {"a", "y", "u", "a", "", nullptr, 3, 1, 1, 0},
    {"at", "t", "u", "a", "", nullptr, 3, 2, 1, 0},
    {"A", "y", "Ani", "A", "A", nullptr, 3, 1, 2, 6},
    {"atA", "t", "Ani", "A", "A", nullptr, 3, 2, 2, 8},
    {"UW", "y", "Una", "UW", "UW", nullptr, 3, 1, 3, 0},
    {"na", "y", "na", "na", "na", nullptr, 3, 2, 3, 14},
    {"ta", "t", "u", "a", "", "", 2, 1, 1, 26},
    {"ti", "t", "Ina", "I", "I", "I", 2, 2, 1, 32},
    {"tumA", "t", "Ani", "A", "A", "A", 2, 0, 2, 36},
    {"tum", "t", "Una", "UW", "UW", "UW", 2, 1, 3, 22},
    {"tunna", "t", "na", "na", "na", "na", 2, 2, 3, 36},
    {"tu", "'", "u", "a", "", nullptr, 1, 0, 1, 10},
    {"nA", "n", "u", "a", "", nullptr, 1, 0, 3, 6},
};

uint32_t person_feats(const Person& p) {
  uint32_t f = feat::set(0, feat::kPerson, p.person);
  f = feat::set(f, feat::kGender, p.gender);
  f = feat::set(f, feat::kNumber, p.number);
  return feat::set(f, feat::kVerbForm, 1);
}

uint32_t verb_feats(const Person& p, uint32_t aspect, uint32_t voice, uint32_t mood) {
  uint32_t f = feat::set(person_feats(p), feat::kAspect, aspect);
  f = feat::set(f, feat::kVoice, voice);
  return feat::set(f, feat::kMood, mood);
}

// Imperative from the imperfect stem: a helping alef where it begins with two consonants.
std::string imperative(const VerbSpec& verb, const std::string& stem) {
  if (verb.form == "4") return "'a" + stem;
  if (verb.form == "1" && (verb.root == "'kl" || verb.root == "'x*" || verb.root == "'mr")) return stem.substr(1);
  if (stem.size() > 1 && !is_vowel(stem[0]) && !is_vowel(stem[1])) {
    size_t i = 1;
    while (i < stem.size() && !is_vowel(stem[i])) ++i;
    const bool u = verb.form == "1" && i < stem.size() && (stem[i] == 'u' || stem[i] == 'U');
    return std::string(u ? "@u" : "@i") + stem;
  }
  return stem;
}

void conjugate_perfect(const VerbMaker& maker, const VerbPatterns& patterns, const VerbSpec& verb, bool passive, const VerbSink& sink) {
  const std::string& pattern = patterns.get(verb.form, passive ? "perfect_passive" : "perfect");
  if (pattern.empty()) return;
  const Slot slot = passive ? Slot::kPerfectPassive : Slot::kPerfect;
  for (const Person& p : kPersons) {
    if (passive && !verb.full_passive && &p != &kPersons[0]) break;
    sink({maker.make(pattern, "", {slot, p.perfect}), verb_feats(p, 1, passive ? 2 : 1, 0), p.cost});
  }
}

void conjugate_imperfect(const VerbMaker& maker, const VerbPatterns& patterns, const VerbSpec& verb, bool passive, const VerbSink& sink) {
  const std::string& pattern = patterns.get(verb.form, passive ? "imperfect_passive" : "imperfect");
  if (pattern.empty()) return;
  const Slot slot = passive ? Slot::kImperfectPassive : Slot::kImperfect;
  for (const Person& p : kPersons) {
    if (passive && !verb.full_passive && &p != &kPersons[0]) break;
    const uint32_t voice = passive ? 2 : 1;
    sink({maker.make(pattern, p.prefix, {slot, p.indicative}), verb_feats(p, 2, voice, 1), p.cost});
    sink({maker.make(pattern, p.prefix, {slot, p.subjunctive}), verb_feats(p, 2, voice, 2), p.cost});
    sink({maker.make(pattern, p.prefix, {slot, p.jussive}), verb_feats(p, 2, voice, 3), p.cost});
    if (p.jussive[0] == 0 && maker.two_jussives())
      sink({maker.make(pattern, p.prefix, {slot, p.jussive}, true), verb_feats(p, 2, voice, 3), p.cost + 4});
  }
}

void conjugate_imperative(const VerbMaker& maker, const VerbPatterns& patterns, const VerbSpec& verb, const VerbSink& sink) {
  std::string pattern = patterns.get(verb.form, "imperfect");
  if (pattern.size() < 3) return;
  pattern = pattern.substr(2);  // without person letter and its vowel
  for (const Person& p : kPersons) {
    if (!p.imperative) continue;
    uint32_t f = verb_feats(p, 3, 1, 0);
    sink({imperative(verb, maker.make(pattern, "", {Slot::kImperative, p.imperative})), f, p.cost + 10});
    if (p.imperative[0] == 0 && maker.two_jussives())
      sink({imperative(verb, maker.make(pattern, "", {Slot::kImperative, p.imperative}, true)), f, p.cost + 14});
  }
}

}  // namespace

const std::string& VerbPatterns::get(const std::string& form, const std::string& slot) const {
  static const std::string kEmpty;
  const auto it = patterns_.find({form, slot});
  return it == patterns_.end() ? kEmpty : it->second;
}

void conjugate(const VerbPatterns& patterns, const VerbSpec& verb, const VerbSink& sink) {
  const VerbMaker maker(patterns, verb);
  conjugate_perfect(maker, patterns, verb, false, sink);
  conjugate_imperfect(maker, patterns, verb, false, sink);
  conjugate_imperative(maker, patterns, verb, sink);
  if (!verb.passive) return;
  conjugate_perfect(maker, patterns, verb, true, sink);
  conjugate_imperfect(maker, patterns, verb, true, sink);
}

std::string derive(const VerbPatterns& patterns, const VerbSpec& verb, const std::string& slot) {
  const VerbMaker maker(patterns, verb);
  // Weak roots have verbal nouns of their own (tarbiya, 'iqAma): patterns "masdar.defective", "masdar.hollow".
  std::string name = slot;
  if (maker.defective() && !patterns.get(verb.form, slot + ".defective").empty()) name = slot + ".defective";
  else if (verb.root.back() == '\'' && !patterns.get(verb.form, slot + ".hamza").empty()) name = slot + ".hamza";
  else if (maker.hollow() && !patterns.get(verb.form, slot + ".hollow").empty()) name = slot + ".hollow";
  const std::string& pattern = patterns.get(verb.form, name);
  if (pattern.empty() || pattern == "-") return {};
  return maker.make(pattern, "", {Slot::kNominal, ""});
}

std::string citation(const VerbPatterns& patterns, const VerbSpec& verb) {
  const VerbMaker maker(patterns, verb);
  return maker.make(patterns.get(verb.form, "perfect"), "", {Slot::kPerfect, "a"});
}

}  // namespace biruni::arabic
