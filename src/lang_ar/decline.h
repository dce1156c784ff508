// Arabic nouns and adjectives: all written forms from a citation form (letter codes of spell.h, no vowels).
//
//   decline_noun({.letters = "mdrsp", .gender = 2, .plurals = {"mdArs"}}, [](const NounForm& f) { ... });
//
// Thread-safe: pure. Build time only.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "morph/form.h"

namespace biruni::arabic {

struct NounForm {
  std::string letters;
  uint32_t feats = 0;
  uint8_t flags = 0;  // form_flag
  int cost = 0;
  bool same_stem = true;  // marks of the citation form hold
};
using NounSink = std::function<void(const NounForm&)>;

struct NounSpec {
  std::string letters;
  uint32_t gender = 1;
  bool defective = false;   // final y is dropped without article (qAD, qADy)
  bool dual = true;
  bool plural_only = false; // the citation form is a plural or collective
  std::vector<std::string> plurals;  // "+At", "+wn" or letters
};

void decline_noun(const NounSpec& noun, const NounSink& sink);

struct AdjectiveSpec {
  std::string letters;
  bool defective = false;
  std::string feminine;              // empty: regular
  std::vector<std::string> plurals;  // broken ones; empty: sound
  uint32_t feats = 0;                // given to all forms
};

void decline_adjective(const AdjectiveSpec& adjective, const NounSink& sink);

/// A stem before an attached pronoun (several where hamza shows the case). Same as the stem if nothing changes.
std::vector<std::string> connected_stems(const std::string& letters);
std::string add_dual(const std::string& letters, const std::string& ending);
std::string add_feminine_plural(const std::string& letters);
std::string add_tanwin(const std::string& letters);

}  // namespace biruni::arabic
