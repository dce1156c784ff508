// Compiles packs/LANG/links (words, links) into LANG/link_* (pattern/tables.h). Used by packc.
#pragma once
#include <string>

#include "base/result.h"
#include "morph/builder.h"
#include "pack/writer.h"

namespace biruni {

Status compile_links(const std::string& packs_dir, const std::string& lang, LexiconBuilder& builder, PackWriter& out);

}  // namespace biruni
