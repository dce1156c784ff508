// Pack compiler of the quantity stage: packs/common/{units,currencies}.tsv -> common/units (once a pack), and
// packs/LANG/number/{settings,words,units,currencies,bounds}.tsv -> LANG/number_*. Used by packc and tests only.
// Formats: docs/formats/number_time.md.
#pragma once
#include <string>

#include "base/result.h"
#include "morph/builder.h"
#include "pack/writer.h"

namespace biruni {

/// Once a pack, before compile_quantity of any language.
Status compile_units(const std::string& packs_dir, PackWriter& out);
Status compile_quantity(const std::string& packs_dir, const std::string& lang, LexiconBuilder& lexicon, PackWriter& out);

}  // namespace biruni
