#include "text/compile.h"

#include "model/text.h"
#include "pack/tsv.h"
#include "text/fold.h"

namespace biruni {

Status compile_text(const std::string& packs_dir, const std::string& lang, PackWriter& out) {
  auto fold = Fold::from_tsv(packs_dir, lang);
  if (!fold) return fold.error();
  (*fold)->write(out, lang);

  auto profile_table = read_tsv(packs_dir, lang + "/pack", {"key", "value", "note"});
  if (!profile_table) return profile_table.error();
  LangProfile profile;
  for (const TsvRow& row : (*profile_table)->rows) {
    const std::string& key = row["key"];
    const std::string& value = row["value"];
    if (key == "lang") profile.code = out.intern(value);
    else if (key == "name") profile.name = out.intern(value);
    else if (key == "version") profile.version = out.intern(value);
    else if (key == "article") profile.article = out.intern(value);
    else if (key == "direction") profile.right_to_left = value == "rtl";
    else if (key == "script") {
      profile.script = static_cast<uint32_t>(value == "arabic" ? Script::kArabic : value == "latin" ? Script::kLatin
                                             : value == "cyrillic" ? Script::kCyrillic : Script::kOther);
    } else {
      return Error{ErrorCode::kBadValue, "unknown key '" + key + "'", row.where(), "lang, name, version, script, direction"};
    }
  }
  out.add(lang + "/profile", std::vector<LangProfile>{profile});

  auto table = read_tsv(packs_dir, lang + "/text/abbreviations", {"form", "ends", "origin"});
  if (!table) return table.error();
  std::vector<AbbreviationRow> rows;
  for (const TsvRow& row : (*table)->rows) {
    rows.push_back({out.intern((*fold)->key_of(row["form"])), row["ends"] == "yes" ? 1u : row["ends"] == "number" ? 2u : 0u});
  }
  out.add(lang + "/abbreviations", rows);
  return Ok{};
}

}  // namespace biruni
