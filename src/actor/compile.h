// Pack compiler of the actor stage: packs/LANG/actors/{words,names,pronouns,letters}.tsv -> sections LANG/actor_*.
// All tables are optional. Used by packc and tests.
#pragma once
#include <string>

#include "base/result.h"
#include "morph/builder.h"
#include "pack/writer.h"

namespace biruni {

Status compile_actors(const std::string& packs_dir, const std::string& lang, LexiconBuilder& lexicon, PackWriter& out);

}  // namespace biruni
