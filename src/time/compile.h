// Pack compiler of the time stage: packs/LANG/time/{settings,words,rules}.tsv -> LANG/time_*. Used by packc and tests.
// Unknown classes and makers are errors with file and line. Format: docs/formats/number_time.md.
#pragma once
#include <string>

#include "base/result.h"
#include "morph/builder.h"
#include "pack/writer.h"

namespace biruni {

Status compile_time(const std::string& packs_dir, const std::string& lang, LexiconBuilder& lexicon, PackWriter& out);

}  // namespace biruni
