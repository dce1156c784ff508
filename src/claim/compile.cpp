#include "claim/compile.h"

#include <algorithm>
#include <string_view>

#include "model/event.h"
#include "pack/tsv.h"
#include "pattern/compile.h"

namespace biruni {
namespace {

uint8_t stance_of(std::string_view name) {
  static constexpr std::string_view kNames[] = {"", "assert", "claim", "deny", "doubt", "deduce", "fear", "hope", "quote", "ask", "threaten", "promise"};
  for (uint8_t i = 1; i < std::size(kNames); ++i) if (name == kNames[i]) return i;
  return 0;
}

}  // namespace

Status compile_claims(const std::string& packs_dir, const std::string& lang, LexiconBuilder& builder, PackWriter& out) {
  if (auto s = compile_patterns(packs_dir, lang, {"claims", "claims", "property", "claim"}, builder, out); !s) return s;
  out.intern("time.weekday");
  out.intern("claim.described");
  auto reports = read_tsv(packs_dir, lang + "/stance/reports", {"id", "lemma", "tag", "stance", "commit", "author", "frame", "flags", "example", "origin"}, false);
  if (!reports) return reports.error();
  std::vector<ReportWord> rows;
  for (const TsvRow& row : (*reports)->rows) {
    const bool adposition = row["tag"] == "ADP";
    if (!adposition && row["tag"] != "VERB") continue;
    if (row["flags"].find("need_report") != std::string::npos) continue;  // no report by itself
    ReportWord r;
    r.stance = stance_of(row["stance"]);
    r.adposition = adposition;
    if (!r.stance) continue;
    for (uint32_t lemma : builder.resolve(row["lemma"], adposition ? Tag::kX : Tag::kVerb, false)) {
      r.lemma = lemma;
      rows.push_back(r);
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const ReportWord& a, const ReportWord& b) { return a.lemma < b.lemma; });
  out.add(lang + "/claim_reports", rows);
  return Ok{};
}

Status compile_claim_groups(const std::string& packs_dir, PackWriter& out) {
  auto table = read_tsv(packs_dir, "common/claims/groups", {"group", "members", "origin"}, false);
  if (!table) return table.error();
  std::vector<GroupRow> rows;
  for (const TsvRow& row : (*table)->rows)
    for (auto member : split(row["members"], '|')) rows.push_back({out.intern(row["group"]), out.intern(trim(member))});
  out.add("claim/groups", rows);
  return Ok{};
}

}  // namespace biruni
