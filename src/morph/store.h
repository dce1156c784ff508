// The lexicon of one language while the pack is compiled: lemmas, their forms and classes. Inflectors (lang_*) fill it,
// LexiconBuilder writes it.
//
//   LexiconStore store(out, std::move(fold));
//   uint32_t id = store.add_lemma({.lemma = "kitab", .tag = Tag::kNoun});
//   store.add_form({.spelling = "kutub", .lemma = id, .tag = Tag::kNoun, .feats = plural});
//
// Not thread-safe. Memory: about 40 bytes a form.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "morph/form.h"
#include "morph/lemma.h"
#include "pack/writer.h"
#include "text/fold.h"

namespace biruni {

struct LemmaSpec {
  std::string lemma;
  std::string root;
  std::string gloss;
  Tag tag = Tag::kX;
  uint32_t base = kNone;
  Derivation derivation = Derivation::kNone;
  uint32_t flags = 0;
  uint8_t verb_form = 0;
  uint8_t gender = 0;
  std::string alias = {};  // another name under which tables may call it (homographs: "man.who")
};

struct FormSpec {
  std::string_view spelling;
  uint32_t lemma = kNone;
  Tag tag = Tag::kX;
  uint32_t feats = 0;
  uint8_t flags = 0;
  int cost = 0;
  Marks marks = kMarksUnknown;
};

class LexiconStore {
 public:
  LexiconStore(PackWriter& out, std::unique_ptr<Fold> fold) : out_(out), fold_(std::move(fold)) {}

  uint32_t add_lemma(const LemmaSpec& spec);
  void add_form(const FormSpec& spec);
  ClassId add_class(uint32_t lemma, std::string_view name);

  /// Lemmas whose text is `text`: as written with its marks, else without marks, else folded. Tags compatible with `tag`.
  std::vector<uint32_t> find(std::string_view text, Tag tag) const;
  /// Exactly this text and tag; kNone if there is none.
  uint32_t find_exact(std::string_view text, Tag tag) const;
  /// Lemmas of which `text` is an inflected form.
  std::vector<uint32_t> find_form(std::string_view text, Tag tag) const;

  /// Has the lemma a name of its own among homographs (LemmaSpec::alias)?
  bool aliased(uint32_t lemma) const { return aliased_.count(lemma) > 0; }
  std::string norm_of(std::string_view text) const;
  std::string key_of(std::string_view text) const { return fold_->key_of(text); }
  const Fold& fold() const { return *fold_; }
  PackWriter& out() { return out_; }

  std::vector<LemmaRow> lemmas;
  std::vector<FormRow> forms;
  std::vector<StrId> form_keys;  // parallel to forms

  /// Adds `cost` to all later forms of a lemma (rarity), clamped to a byte.
  std::vector<uint8_t> lemma_cost;

  /// Writes lemmas, lemma_classes, class_names (forms are written by the builder, which knows the states).
  void write_lemmas(const std::string& lang);

 private:
  PackWriter& out_;
  std::unique_ptr<Fold> fold_;
  std::unordered_map<StrId, std::vector<uint32_t>> by_key_;
  std::unordered_map<StrId, uint32_t> last_form_;   // key -> last form
  std::vector<uint32_t> previous_form_;
  std::vector<std::vector<ClassId>> classes_;
  std::vector<StrId> class_names_;
  std::unordered_map<std::string, ClassId> class_ids_;
  std::unordered_map<std::string, std::vector<uint32_t>> aliases_;
  std::unordered_set<uint32_t> aliased_;
};

/// May a table cell that asks for `asked` mean a lemma of tag `have`?
bool tags_compatible(Tag asked, Tag have);

}  // namespace biruni
