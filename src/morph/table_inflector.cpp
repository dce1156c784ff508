#include "morph/features.h"
#include "morph/inflector.h"
#include "pack/tsv.h"

namespace biruni {
namespace {

class TableInflector : public Inflector {
 public:
  Status read(const std::string& packs_dir, const std::string& lang, LexiconStore& store) override {
    auto table = read_tsv(packs_dir, lang + "/lexicon/forms", {"form", "lemma", "tag", "features", "origin"}, false);
    if (!table) return table.error();
    for (const TsvRow& row : (*table)->rows) {
      Tag tag;
      uint32_t feats = 0;
      std::string unknown;
      if (!parse_tag(row["tag"], tag)) return Error{ErrorCode::kBadValue, "unknown tag " + row["tag"], row.where(), "use a UD part of speech"};
      if (!parse_features(row["features"], feats, unknown)) return Error{ErrorCode::kBadValue, "unknown feature " + unknown, row.where(), ""};
      uint32_t lemma = store.find_exact(row["lemma"], tag);
      if (lemma == kNone) lemma = store.add_lemma({.lemma = row["lemma"], .root = {}, .gloss = {}, .tag = tag});
      store.add_form({.spelling = row["form"], .lemma = lemma, .tag = tag, .feats = feats});
    }
    return Ok{};
  }

  uint32_t create(std::string_view text, Tag tag, LexiconStore& store) override {
    const uint32_t lemma = store.add_lemma({.lemma = std::string(text), .root = {}, .gloss = {}, .tag = tag, .flags = lemma_flag::kAuto});
    store.add_form({.spelling = text, .lemma = lemma, .tag = tag});
    return lemma;
  }
};

}  // namespace

std::unique_ptr<Inflector> make_table_inflector() { return std::make_unique<TableInflector>(); }

}  // namespace biruni
