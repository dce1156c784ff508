// Pack compiler of the clause stage: reads packs/LANG/grammar/{settings,words,subcat}.tsv and the frames of
// events/events.tsv and stance/reports.tsv, writes sections LANG/grammar_*. Used by packc and tests only.
#pragma once
#include <string>

#include "base/result.h"
#include "morph/builder.h"
#include "pack/writer.h"

namespace biruni {

Status compile_grammar(const std::string& packs_dir, const std::string& lang, LexiconBuilder& lexicon, PackWriter& out);

}  // namespace biruni
