// The lemma table of a language and how other tables of the pack refer to it.
//
// Runtime: LemmaTable is a view over the mapped pack. Build time: LexiconBuilder (morph/builder.h).
// Thread-safe: immutable view.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "model/word.h"
#include "pack/pack.h"

namespace biruni {

/// How a lemma comes from its base lemma (a verb, or the name of a place for nisbas).
enum class Derivation : uint8_t { kNone, kMasdar, kActiveParticiple, kPassiveParticiple, kNisba, kGerund };

struct LemmaRow {
  StrId lemma = 0;         // as shown: newspaper spelling, shadda where it tells lemmas apart
  StrId key = 0;           // folded
  StrId root = 0;          // empty if none
  StrId gloss = 0;
  uint32_t base = kNone;   // LemmaId of the verb (masdar, participle) or kNone
  uint32_t classes_begin = 0, classes_end = 0;  // into section LANG/lemma_classes (ClassIds, sorted)
  uint32_t flags = 0;      // lemma_flag
  Tag tag = Tag::kX;
  Derivation derivation = Derivation::kNone;
  uint8_t verb_form = 0;   // 1..10, 11 q1, 12 q2, 14 q4
  uint8_t gender = 0;      // nouns: 1 masculine 2 feminine
};

namespace lemma_flag {
inline constexpr uint32_t kTransitive = 1, kIntransitive = 2, kHuman = 4, kPlaceNoun = 8, kTimeNoun = 16, kMass = 32, kGroup = 64, kNameWord = 128, kAuto = 256;
}

/// How records name the part of speech of a lemma where its treebank names it otherwise (LANG/morph/shown.tsv): bits of
/// LemmaRow::flags, 0 = as it is; the second for the first word of a sentence.
inline constexpr int kShownShift = 16, kShownFirstShift = 21;
inline constexpr uint32_t kShownMask = 31;

using ClassId = uint16_t;
inline constexpr ClassId kNoClass = 0xFFFF;

/// Lemmas and meaning classes of one language.
class LemmaTable {
 public:
  LemmaTable() = default;
  LemmaTable(std::shared_ptr<const Pack> pack, const std::string& lang)
      : pack_(std::move(pack)),
        rows_(pack_->section<LemmaRow>(lang + "/lemmas")),
        classes_(pack_->section<ClassId>(lang + "/lemma_classes")),
        class_names_(pack_->section<StrId>(lang + "/class_names")) {}
  const LemmaRow& row(uint32_t lemma) const { return rows_[lemma]; }
  uint32_t size() const { return static_cast<uint32_t>(rows_.size()); }
  std::string_view text(uint32_t lemma) const { return lemma == kNone ? std::string_view{} : pack_->str(rows_[lemma].lemma); }
  /// The part of speech of a word as records and treebanks name it. `first`: first word of its sentence.
  Tag shown_tag(const Word& w, bool first) const {
    if (w.lemma == kNone) return w.tag;
    const LemmaRow& r = rows_[w.lemma];
    if (r.tag != w.tag) return w.tag;
    if (first && (r.flags >> kShownFirstShift & kShownMask)) return static_cast<Tag>(r.flags >> kShownFirstShift & kShownMask);
    const uint32_t shown = r.flags >> kShownShift & kShownMask;
    return shown ? static_cast<Tag>(shown) : w.tag;
  }
  /// Class id by name, kNoClass if the pack has none of that name. Not for hot paths: look up once.
  ClassId class_id(std::string_view name) const {
    for (size_t i = 0; i < class_names_.size(); ++i)
      if (pack_->str(class_names_[i]) == name) return static_cast<ClassId>(i);
    return kNoClass;
  }
  std::string_view class_name(ClassId c) const { return pack_->str(class_names_[c]); }
  bool has_class(uint32_t lemma, ClassId c) const {
    if (lemma == kNone || c == kNoClass) return false;
    const LemmaRow& r = rows_[lemma];
    for (uint32_t i = r.classes_begin; i < r.classes_end; ++i)
      if (classes_[i] == c) return true;
    return false;
  }
  template <class Fn>
  void for_each_class(uint32_t lemma, Fn fn) const {
    const LemmaRow& r = rows_[lemma];
    for (uint32_t i = r.classes_begin; i < r.classes_end; ++i) fn(classes_[i]);
  }
  const Pack& pack() const { return *pack_; }

 private:
  std::shared_ptr<const Pack> pack_;
  std::span<const LemmaRow> rows_;
  std::span<const ClassId> classes_;
  std::span<const StrId> class_names_;
};

}  // namespace biruni
