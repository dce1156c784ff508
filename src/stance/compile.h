// Compiles packs/LANG/stance/*.tsv -> sections LANG/stance_*. Used by packc.
#pragma once
#include <string>

#include "base/result.h"
#include "morph/builder.h"
#include "pack/writer.h"

namespace biruni {

Status compile_stance(const std::string& packs_dir, const std::string& lang, LexiconBuilder& builder, PackWriter& out);

}  // namespace biruni
