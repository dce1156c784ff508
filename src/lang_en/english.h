// English inflection for the pack compiler: regular endings and the irregular forms of the lexicon tables.
// Build time only, not thread-safe.
#pragma once
#include <memory>

#include "morph/inflector.h"

namespace biruni {
std::unique_ptr<Inflector> make_english_inflector();
}  // namespace biruni
