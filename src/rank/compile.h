// Compiles packs/LANG/events/rank.tsv. Used by packc.
#pragma once
#include <string>

#include "base/result.h"
#include "morph/builder.h"
#include "pack/writer.h"

namespace biruni {

/// Sections LANG/rank_weights, LANG/rank_limits (by type; 0 entries if the language has no weights). A row whose class or
/// type the pack does not know is an error; a word nobody knows is harmless.
Status compile_rank(const std::string& packs_dir, const std::string& lang, LexiconBuilder& builder, PackWriter& out);

}  // namespace biruni
