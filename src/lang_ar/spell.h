// Arabic writing rules: a word as sounds -> its letters, with the seat of hamza, long vowels, doubling, final ya, silent
// alef. Sounds and letters are ASCII codes (packs/ar/morph/letters.tsv gives the Arabic letter of each letter code).
//
//   spell("muqAtilUna", false).letters == "mqAtlwn"
//
// Sounds: consonants ' b t v j H x d * r z s $ S D T Z E g f q k l m n h w y; vowels a i u, long A I U; @ alef that is
// only written at the start; Y final long a written as ya; p feminine ending; W silent alef after plural u; F accusative
// -an. Letters: the consonants and A > < | & } ' Y p. A doubled consonant without vowel between is written once.
//
// Thread-safe: pure. Build time only.
#pragma once
#include <string>
#include <string_view>

#include "morph/form.h"

namespace biruni::arabic {

struct Spelled {
  std::string letters;
  std::string vowels;   // one a letter: a i u, '0' none, '?' unknown
  std::string doubled;  // one a letter: '1' or '0'
};

/// `connected`: a pronoun follows. `loose`: the less careful spelling of hamza, if there is another.
Spelled spell(std::string_view sounds, bool connected, bool loose = false);

/// Marks of a spelled word, as FormRow keeps them.
Marks marks_of(const Spelled& word);

bool is_vowel(char c);        // a i u A I U Y
bool is_short(char c);        // a i u
char long_of(char short_vowel);

}  // namespace biruni::arabic
