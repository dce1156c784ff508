// A LexiconBuilder without a lexicon: lemmas are what a gold file says. For dev tools and unit tests of stages that
// come after morphology.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "morph/builder.h"

namespace biruni {

class GoldLexicon final : public LexiconBuilder {
 public:
  explicit GoldLexicon(PackWriter& out) : out_(out) {}
  /// Id of (text, tag), made if new.
  uint32_t add(std::string_view text, Tag tag) {
    const std::string key = key_of(text) + "/" + std::to_string(static_cast<int>(tag));
    const auto [it, fresh] = ids_.try_emplace(key, static_cast<uint32_t>(rows_.size()));
    if (fresh) {
      LemmaRow r;
      r.lemma = out_.intern(std::string(text));
      r.key = out_.intern(key_of(text));
      r.tag = tag;
      rows_.push_back(r);
      const uint32_t id = it->second;
      const auto known = known_.find(key);
      if (known != known_.end()) {
        rows_[id].flags = known->second.flags;
        rows_[id].derivation = known->second.derivation;
        if (!known->second.base.empty()) { const uint32_t base = add(known->second.base, Tag::kVerb); rows_[id].base = base; }
      }
      return id;
    }
    return it->second;
  }
  /// Takes transitivity and derivation from the lemmas of a compiled pack, for lemmas added later.
  void know(const Pack& pack, const std::string& lang) {
    const auto rows = pack.section<LemmaRow>(lang + "/lemmas");
    for (const LemmaRow& r : rows) {
      const std::string key = key_of(pack.str(r.lemma)) + "/" + std::to_string(static_cast<int>(r.tag));
      Known& k = known_[key];
      k.flags |= r.flags;
      if (r.base != kNone && r.base < rows.size() && rows[r.base].tag == Tag::kVerb) { k.derivation = r.derivation; k.base = std::string(pack.str(rows[r.base].lemma)); }
    }
  }
  std::vector<uint32_t> resolve(std::string_view text, Tag tag, bool create) override {
    if (tag == Tag::kX) return {};
    const auto it = ids_.find(key_of(text) + "/" + std::to_string(static_cast<int>(tag)));
    if (it != ids_.end()) return {it->second};
    if (create) return {add(text, tag)};
    return {};
  }
  void add_name_word(std::string_view, bool, bool) override {}
  ClassId add_class(uint32_t, std::string_view) override { return 0; }
  std::string key_of(std::string_view text) const override { return fold(text); }
  const LemmaRow& row(uint32_t lemma) const override { return rows_[lemma]; }
  uint32_t size() const override { return static_cast<uint32_t>(rows_.size()); }
  Status finish() override { out_.add("gold/lemmas", rows_); return Ok{}; }

  /// Lower case (ASCII); Arabic vowel marks, tatweel and hamza seats folded away, final ya and ta marbuta unified.
  static std::string fold(std::string_view s) {
    std::string r;
    for (size_t i = 0; i < s.size();) {
      const unsigned char c = static_cast<unsigned char>(s[i]);
      if (c < 0x80) { if (c != '`') r += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); ++i; continue; }
      if (i + 1 < s.size() && (c == 0xD8 || c == 0xD9)) {
        const unsigned char d = static_cast<unsigned char>(s[i + 1]);
        const unsigned p = (static_cast<unsigned>(c & 0x1F) << 6) | (d & 0x3F);
        i += 2;
        if ((p >= 0x64B && p <= 0x652) || p == 0x670 || p == 0x640) continue;
        unsigned q = p;
        if (p == 0x622 || p == 0x623 || p == 0x625 || p == 0x671) q = 0x627;
        if (p == 0x649) q = 0x64A;
        if (p == 0x629) q = 0x647;
        r += static_cast<char>(0xC0 | (q >> 6));
        r += static_cast<char>(0x80 | (q & 0x3F));
        continue;
      }
      if (i + 1 < s.size() && c == 0xD9 && static_cast<unsigned char>(s[i + 1]) == 0xB1) { i += 2; continue; }
      r += s[i++];
    }
    return r;
  }

 private:
  struct Known { uint32_t flags = 0; Derivation derivation = Derivation::kNone; std::string base; };
  std::map<std::string, Known> known_;
  PackWriter& out_;
  std::vector<LemmaRow> rows_;
  std::map<std::string, uint32_t> ids_;
};

}  // namespace biruni
