#include "lang_ar/spell.h"

namespace biruni::arabic {
namespace {

constexpr char kNoVowel = '0';

// Sounds before spelling: contractions that hold everywhere in the language.
std::string smooth(std::string_view in) {
  std::string s(in);
  for (size_t i = 0; i + 2 < s.size(); ++i) {
    // hamza + short vowel + vowelless hamza: long vowel ('a'mana -> 'Amana).
    const bool followed = i + 3 < s.size() && !is_vowel(s[i + 3]);
    if (s[i] == '\'' && is_short(s[i + 1]) && s[i + 2] == '\'' && followed) {
      s[i + 1] = long_of(s[i + 1]);
      s.erase(i + 2, 1);
    }
  }
  for (size_t i = 0; i + 1 < s.size(); ++i) {
    const char next = i + 2 < s.size() ? s[i + 2] : 0;
    const bool closes = next == 0 || (!is_vowel(next) && next != s[i + 1]);
    if (next == 'p' || next == 'F') continue;
    if (!closes) continue;
    if (s[i] == 'u' && (s[i + 1] == 'w' || s[i + 1] == 'y')) {
      s[i] = 'U';
      s.erase(i + 1, 1);
    } else if (s[i] == 'i' && (s[i + 1] == 'w' || s[i + 1] == 'y')) {
      s[i] = 'I';
      s.erase(i + 1, 1);
    }
  }
  return s;
}

bool connects(char letter) {  // joins the letter after it
  return std::string_view("A><|&'dr*zwYp").find(letter) == std::string_view::npos;
}

// Seat of a hamza inside a word. before: vowel before or 0 for none; glide: the consonant before is a vowelless ya.
char seat(char before, bool glide, char after, bool loose) {
  if (after == 'i' || after == 'I' || before == 'i' || before == 'I' || glide) return '}';
  if (after == 'u' || after == 'U') {
    if (loose && after == 'U') return before == 'a' ? '>' : before == 'A' ? '\'' : '}';
    return '&';
  }
  if (before == 'u') return '&';
  if (before == 'U' || before == 'A') return '\'';
  return '>';
}

}  // namespace

bool is_short(char c) { return c == 'a' || c == 'i' || c == 'u'; }
bool is_vowel(char c) { return is_short(c) || c == 'A' || c == 'I' || c == 'U' || c == 'Y'; }
char long_of(char c) { return c == 'a' ? 'A' : c == 'i' ? 'I' : c == 'u' ? 'U' : c; }

Spelled spell(std::string_view sounds, bool connected, bool loose) {
  std::string s = smooth(sounds);
  if (!connected && s.size() > 1 && is_short(s.back())) s.pop_back();
  Spelled out;
  const auto put = [&](char letter, char vowel, char doubled = '0') {
    out.letters += letter;
    out.vowels += vowel;
    out.doubled += doubled;
  };
  const auto vowel_at = [&](size_t i) { return i < s.size() && is_vowel(s[i]) ? s[i] : char(0); };
  const auto short_of = [](char v) { return v == 'A' || v == 'Y' ? 'a' : v == 'I' ? 'i' : v == 'U' ? 'u' : v ? v : kNoVowel; };
  for (size_t i = 0; i < s.size(); ++i) {
    const char c = s[i];
    const char after = vowel_at(i + 1);
    switch (c) {
      case 'a': case 'i': case 'u': continue;
      case 'A': put('A', '?'); continue;
      case 'I': put('y', '?'); continue;
      case 'U': put('w', '?'); continue;
      case 'Y': put(connected || (!out.letters.empty() && out.letters.back() == 'y') ? 'A' : 'Y', '?'); continue;
      case '@': put('A', short_of(after)); continue;
      case 'p': put(connected ? 't' : 'p', '?'); continue;
      case 'W': if (!connected) put('A', '?'); continue;
      case 'F': {
        const char last = out.letters.empty() ? 0 : out.letters.back();
        const char second = out.letters.size() > 1 ? out.letters[out.letters.size() - 2] : 0;
        if (last == 'p' || last == 'Y' || last == '>' || (last == '\'' && second == 'A')) continue;
        if (last == '\'' && connects(second)) out.letters.back() = '}';
        put('A', '?');
        continue;
      }
      case '\'': break;
      default: {
        const bool twice = i + 1 < s.size() && s[i + 1] == c;
        if (twice) ++i;
        put(c, short_of(vowel_at(i + 1)), twice ? '1' : '0');
        continue;
      }
    }
    // hamza
    if (i == 0) {
      if (after == 'A') { put('|', 'a'); ++i; continue; }
      put(after == 'i' || after == 'I' ? '<' : '>', short_of(after));
      continue;
    }
    const bool twice = i + 1 < s.size() && s[i + 1] == '\'';
    if (twice) ++i;
    const char next = vowel_at(i + 1);
    const char before = vowel_at(i - (twice ? 2 : 1)) ? s[i - (twice ? 2 : 1)] : (s[i - 1] == '@' ? 'i' : char(0));
    const bool last = i + 1 >= s.size() || s[i + 1] == 'F';
    if (last && !connected) {
      const char letter = before == 'a' ? '>' : before == 'u' ? '&' : before == 'i' ? '}' : '\'';
      put(letter, kNoVowel, twice ? '1' : '0');
      continue;
    }
    const bool glide = !before && i > 0 && s[i - 1] == 'y';
    const char letter = (!before && s[i - 1] == 'w' && next == 'a') ? '\'' : seat(before, glide, next, loose);
    if (letter == '>' && next == 'A') {
      put('|', 'a', twice ? '1' : '0');
      ++i;
      continue;
    }
    put(letter, short_of(next), twice ? '1' : '0');
  }
  return out;
}

Marks marks_of(const Spelled& word) {
  Marks marks = 0;
  for (size_t i = 0; i < 3 && i < word.vowels.size(); ++i) {
    const char v = word.vowels[i];
    const unsigned code = v == 'a' ? 1 : v == 'u' ? 2 : v == 'i' ? 3 : v == kNoVowel ? 4 : 0;
    marks = static_cast<Marks>(marks | (code << (3 * i)));
  }
  size_t place = word.doubled.find('1');
  place = place == std::string::npos ? 0 : place + 1 > 14 ? 15 : place + 1;
  return static_cast<Marks>(marks | (place << 12));
}

}  // namespace biruni::arabic
