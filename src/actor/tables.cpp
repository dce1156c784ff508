#include "actor/tables.h"

#include <algorithm>

#include "base/utf8.h"

namespace biruni {
namespace {

void spread(std::span<const ActorKeyRow> rows, std::vector<uint32_t>& out) {
  if (rows.empty()) return;
  out.assign(rows.back().id + 1, 0);
  for (const ActorKeyRow& r : rows) out[r.id] = r.classes;
}

}  // namespace

ActorTables::ActorTables(std::shared_ptr<const Pack> pack, const std::string& lang)
    : pack_(std::move(pack)),
      key_rows_(pack_->section<ActorKeyRow>(lang + "/actor_keys")),
      lemma_rows_(pack_->section<ActorKeyRow>(lang + "/actor_lemmas")),
      pronouns_(pack_->section<PronounRow>(lang + "/actor_pronouns")),
      letters_(pack_->section<LetterRow>(lang + "/actor_letters")) {
  spread(key_rows_, by_key_);
  spread(lemma_rows_, by_lemma_);
}

const PronounRow* ActorTables::pronoun(StrId key) const {
  for (const PronounRow& p : pronouns_)
    if (p.key == key) return &p;
  return nullptr;
}

const char* ActorTables::letter(char32_t c) const {
  const auto it = std::lower_bound(letters_.begin(), letters_.end(), c, [](const LetterRow& r, char32_t x) { return r.letter < x; });
  return it != letters_.end() && it->letter == c ? it->text : nullptr;
}

void append_slug(const ActorTables& tables, std::string_view text, std::string& out) {
  const size_t start = out.size();
  bool gap = false;
  for (size_t pos = 0; pos < text.size();) {
    const char32_t c = utf8::next(text, pos);
    if (c < 0x80) {
      const char a = static_cast<char>(c);
      const bool letter = (a >= 'a' && a <= 'z') || (a >= '0' && a <= '9');
      const bool upper = a >= 'A' && a <= 'Z';
      if (letter || upper) {
        if (gap && out.size() > start) out += '-';
        gap = false;
        out += upper ? static_cast<char>(a - 'A' + 'a') : a;
      } else if (a != '\'' && a != '.') {
        gap = true;
      }
      continue;
    }
    const char* latin = tables.letter(c);
    if (!latin) { if (c < 0x300 || c > 0x6FF) gap = true; continue; }  // marks have no row and leave no gap
    if (!*latin) continue;
    if (gap && out.size() > start) out += '-';
    gap = false;
    out += latin;
  }
}

}  // namespace biruni
