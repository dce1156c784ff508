#include "morph/store.h"

#include <algorithm>

namespace biruni {

bool tags_compatible(Tag asked, Tag have) {
  if (asked == Tag::kX || asked == have) return true;
  const auto pair = [&](Tag a, Tag b) { return (asked == a && have == b) || (asked == b && have == a); };
  return pair(Tag::kNoun, Tag::kPropn) || pair(Tag::kVerb, Tag::kAux) || pair(Tag::kDet, Tag::kPron) ||
         pair(Tag::kAdp, Tag::kSconj) || pair(Tag::kPart, Tag::kAdv) || pair(Tag::kSconj, Tag::kPart) ||
         pair(Tag::kAdp, Tag::kAdv) || pair(Tag::kCconj, Tag::kSconj) || pair(Tag::kNoun, Tag::kAdj) || pair(Tag::kAdv, Tag::kNoun) ||
         pair(Tag::kPron, Tag::kAdv) || pair(Tag::kAdv, Tag::kSconj);
}

uint32_t LexiconStore::add_lemma(const LemmaSpec& spec) {
  LemmaRow row;
  row.lemma = out_.intern(spec.lemma);
  row.key = out_.intern(key_of(spec.lemma));
  row.root = out_.intern(spec.root);
  row.gloss = out_.intern(spec.gloss);
  row.base = spec.base;
  row.flags = spec.flags;
  row.tag = spec.tag;
  row.derivation = spec.derivation;
  row.verb_form = spec.verb_form;
  row.gender = spec.gender;
  const auto id = static_cast<uint32_t>(lemmas.size());
  lemmas.push_back(row);
  lemma_cost.push_back(0);
  classes_.emplace_back();
  by_key_[row.key].push_back(id);
  if (!spec.alias.empty()) {
    aliases_[spec.alias].push_back(id);
    aliased_.insert(id);
  }
  return id;
}

std::string LexiconStore::norm_of(std::string_view text) const {
  std::string norm;
  bool marks = false;
  fold_->norm(text, norm, marks);
  return norm;
}

void LexiconStore::add_form(const FormSpec& spec) {
  const std::string norm = norm_of(spec.spelling);
  if (norm.empty()) return;
  std::string key;
  fold_->key(norm, key);
  FormRow row;
  row.spelling = out_.intern(norm);
  row.lemma = spec.lemma;
  row.feats = spec.feats;
  row.marks = spec.marks;
  row.tag = spec.tag;
  row.flags = spec.flags;
  row.cost = static_cast<int16_t>(std::clamp(spec.cost, -200, 255));
  const StrId id = out_.intern(key);
  forms.push_back(row);
  form_keys.push_back(id);
  const auto index = static_cast<uint32_t>(forms.size() - 1);
  const auto [it, fresh] = last_form_.try_emplace(id, index);
  previous_form_.push_back(fresh ? kNone : it->second);
  it->second = index;
}

ClassId LexiconStore::add_class(uint32_t lemma, std::string_view name) {
  const auto [it, fresh] = class_ids_.try_emplace(std::string(name), static_cast<ClassId>(class_names_.size()));
  if (fresh) class_names_.push_back(out_.intern(name));
  if (lemma != kNone) {
    auto& list = classes_[lemma];
    const auto at = std::lower_bound(list.begin(), list.end(), it->second);
    if (at == list.end() || *at != it->second) list.insert(at, it->second);
  }
  return it->second;
}

std::vector<uint32_t> LexiconStore::find(std::string_view text, Tag tag) const {
  std::vector<uint32_t> same_tag, any;
  if (const auto alias = aliases_.find(std::string(text)); alias != aliases_.end()) {
    for (const uint32_t id : alias->second)
      if (tags_compatible(tag, lemmas[id].tag)) any.push_back(id);
    if (!any.empty()) return any;
  }
  const StrId key = out_.lookup(key_of(text));
  if (key == kNone) return any;
  const auto it = by_key_.find(key);
  if (it == by_key_.end()) return any;
  const std::string norm = norm_of(text);
  for (int level = 0; level < 3; ++level) {
    for (const uint32_t id : it->second) {
      const LemmaRow& row = lemmas[id];
      if (!tags_compatible(tag, row.tag)) continue;
      if (level == 0 && out_.str(row.lemma) != text) continue;
      if (level == 1 && norm_of(out_.str(row.lemma)) != norm) continue;
      any.push_back(id);
      if (row.tag == tag) same_tag.push_back(id);
    }
    if (!same_tag.empty()) return same_tag;
    if (!any.empty()) return any;
  }
  return any;
}

uint32_t LexiconStore::find_exact(std::string_view text, Tag tag) const {
  const StrId key = out_.lookup(key_of(text));
  const auto it = by_key_.find(key);
  if (key == kNone || it == by_key_.end()) return kNone;
  for (const uint32_t id : it->second)
    if (lemmas[id].tag == tag && out_.str(lemmas[id].lemma) == text) return id;
  return kNone;
}

std::vector<uint32_t> LexiconStore::find_form(std::string_view text, Tag tag) const {
  std::vector<uint32_t> exact, folded;
  const std::string norm = norm_of(text);
  std::string key;
  fold_->key(norm, key);
  const StrId id = out_.lookup(key);
  const auto it = last_form_.find(id);
  if (id == kNone || it == last_form_.end()) return exact;
  const StrId spelling = out_.lookup(norm);
  for (uint32_t i = it->second; i != kNone; i = previous_form_[i]) {
    const FormRow& form = forms[i];
    if (!tags_compatible(tag, form.tag) || (form.flags & form_flag::kNeedsSuffix)) continue;
    auto& list = form.spelling == spelling ? exact : folded;
    if (std::find(list.begin(), list.end(), form.lemma) == list.end()) list.push_back(form.lemma);
  }
  auto& list = exact.empty() ? folded : exact;
  std::sort(list.begin(), list.end());
  return list;
}

void LexiconStore::write_lemmas(const std::string& lang) {
  std::vector<ClassId> flat;
  for (size_t i = 0; i < lemmas.size(); ++i) {
    lemmas[i].classes_begin = static_cast<uint32_t>(flat.size());
    flat.insert(flat.end(), classes_[i].begin(), classes_[i].end());
    lemmas[i].classes_end = static_cast<uint32_t>(flat.size());
  }
  out_.add(lang + "/lemmas", lemmas);
  out_.add(lang + "/lemma_classes", flat);
  out_.add(lang + "/class_names", class_names_);
}

}  // namespace biruni
