// Compiles packs/LANG/text (fold table, abbreviations) and packs/LANG/pack.tsv into sections LANG/fold,
// LANG/abbreviations, LANG/profile. Used by packc.
#pragma once
#include <string>

#include "base/result.h"
#include "pack/writer.h"

namespace biruni {

/// Section LANG/profile, one row.
struct LangProfile {
  StrId code = 0, name = 0, version = 0;
  uint32_t script = 0;      // Script as number
  uint32_t right_to_left = 0;
  StrId article = 0;        // prefixed definite article, empty if the language has none
};

struct AbbreviationRow {
  StrId key = 0;            // key form, without the final period
  uint32_t ends = 0;        // 0 never ends a sentence, 1 may end one, 2 `number`: a month, dated "16. month. 2016"
};

Status compile_text(const std::string& packs_dir, const std::string& lang, PackWriter& out);

}  // namespace biruni
