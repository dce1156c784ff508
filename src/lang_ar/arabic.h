// Arabic inflection for the pack compiler: verbs from root and form, derived nouns, nouns and adjectives.
// See conjugate.h (verbs), decline.h (nouns), spell.h (writing rules). Build time only, not thread-safe.
#pragma once
#include <memory>

#include "morph/inflector.h"

namespace biruni {
std::unique_ptr<Inflector> make_arabic_inflector();
}  // namespace biruni
