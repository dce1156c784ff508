// Compiles a table of token patterns of one language. Used by packc (claim, link).
//   words.tsv   #class  words  origin                 classes that patterns name with @
//   terms.tsv   #kind  id  names  reference  origin   things with an English id (minerals, languages ...)
//   TABLE.tsv   #id  KIND  pattern  flags  example  counter  origin
// The pattern language: docs/formats/claims.md.
#pragma once
#include <string>

#include "base/result.h"
#include "morph/builder.h"
#include "pack/writer.h"

namespace biruni {

struct PatternTable {
  std::string folder;       // "claims": packs/LANG/claims
  std::string table;        // "claims": claims.tsv
  std::string kind_column;  // "property"
  std::string section;      // "claim": LANG/claim_patterns ...
};

Status compile_patterns(const std::string& packs_dir, const std::string& lang, const PatternTable& table, LexiconBuilder& builder,
                        PackWriter& out);

}  // namespace biruni
