// Compiles packs/LANG/claims (patterns, words, terms), the groups of countries of packs/common/claims, and the reporting
// words of packs/LANG/stance that claims need for their holders. Used by packc.
//   LANG/claim_*  pattern/tables.h | LANG/claim_reports ReportWord | claim/groups GroupRow
#pragma once
#include <string>

#include "base/result.h"
#include "morph/builder.h"
#include "pack/writer.h"

namespace biruni {

/// A word that puts what depends on it on somebody's word.
struct ReportWord {
  uint32_t lemma = 0;
  uint8_t stance = 0;       // StanceKind
  uint8_t adposition = 0;   // 1: "according to": what it governs is the holder
  uint16_t pad = 0;
};

/// A country of a named group: "landlocked", "Africa".
struct GroupRow { StrId group = 0, member = 0; };

Status compile_claims(const std::string& packs_dir, const std::string& lang, LexiconBuilder& builder, PackWriter& out);
/// packs/common/claims/groups.tsv, once.
Status compile_claim_groups(const std::string& packs_dir, PackWriter& out);

}  // namespace biruni
