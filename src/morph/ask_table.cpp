#include "morph/ask_table.h"

namespace biruni {

AskTable::AskTable(std::shared_ptr<const Pack> pack, const std::string& lang)
    : pack_(std::move(pack)), table_(pack_, lang), keys_(pack_->string_count(), 0), lemmas_(table_.size(), 0) {}

void AskTable::close() {
  std::vector<uint32_t> own = lemmas_;
  for (uint32_t i = 0; i < own.size(); ++i)
    if (const StrId key = table_.row(i).key; key < keys_.size()) own[i] |= keys_[key];
  for (uint32_t i = 0; i < own.size(); ++i) {
    const uint32_t base = table_.row(i).base;
    lemmas_[i] = own[i] | (base < own.size() ? own[base] : 0);
  }
}

void AskTable::fill(WordLayer& words, uint32_t first) const {
  for (size_t i = first; i < words.words.size(); ++i) {
    Word& w = words.words[i];
    w.asks = of(w, w.token < words.token_keys.size() ? words.token_keys[w.token] : kNone);
  }
}

}  // namespace biruni
