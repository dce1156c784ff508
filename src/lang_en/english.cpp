// English inflection: endings with the usual spelling rules; irregular forms come from the lexicon tables.
#include "lang_en/english.h"

#include <cstdlib>
#include <string>
#include <unordered_map>

#include "morph/features.h"
#include "pack/tsv.h"

namespace biruni {
namespace {

constexpr uint32_t with(uint32_t f, feat::Field field, uint32_t v) { return feat::set(f, field, v); }

bool vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }
bool ends(std::string_view s, std::string_view tail) { return s.ends_with(tail); }
std::string cut(std::string_view s, size_t n) { return std::string(s.substr(0, s.size() - n)); }

std::string add_s(std::string_view w) {
  const size_t n = w.size();
  if (n > 1 && w[n - 1] == 'y' && !vowel(w[n - 2])) return cut(w, 1) + "ies";
  if (ends(w, "s") || ends(w, "x") || ends(w, "z") || ends(w, "ch") || ends(w, "sh") || (n > 1 && w[n - 1] == 'o' && !vowel(w[n - 2]))) return std::string(w) + "es";
  return std::string(w) + "s";
}

// One syllable, consonant + vowel + consonant: the last letter is doubled (stop, stopped).
bool doubles(std::string_view w) {
  const size_t n = w.size();
  if (n < 3 || vowel(w[n - 1]) || std::string_view("wxyh").find(w[n - 1]) != std::string_view::npos || !vowel(w[n - 2])) return false;
  if (vowel(w[n - 3]) && !(w[n - 3] == 'u' && n > 3 && w[n - 4] == 'q')) return false;
  int groups = 0;
  for (size_t i = 0; i < n; ++i) groups += (vowel(w[i]) || (w[i] == 'y' && i)) && (i == 0 || !vowel(w[i - 1]));
  return groups == 1;
}

std::string add_vowel_ending(std::string_view w, std::string_view ending, bool doubled) {
  const size_t n = w.size();
  const bool ed = ending[0] == 'e';
  if (doubled) return std::string(w) + w[n - 1] + std::string(ending);
  if (ends(w, "ie") && !ed) return cut(w, 2) + "y" + std::string(ending);
  if (w[n - 1] == 'e' && (ed || !(ends(w, "ee") || ends(w, "oe") || ends(w, "ye")))) return cut(w, 1) + std::string(ending);
  if (w[n - 1] == 'y' && n > 1 && !vowel(w[n - 2]) && ed) return cut(w, 1) + "i" + std::string(ending);
  if (w[n - 1] == 'c') return std::string(w) + "k" + std::string(ending);
  return std::string(w) + std::string(ending);
}

class EnglishInflector : public Inflector {
 public:
  Status read(const std::string& packs_dir, const std::string& lang, LexiconStore& store) override;
  uint32_t create(std::string_view text, Tag tag, LexiconStore& store) override;

 private:
  struct VerbForms { std::string past, participle; bool doubled = false, both = false; };  // both: traveled and travelled
  uint32_t add_verb(const std::string& lemma, const VerbForms& forms, const std::string& gloss, uint32_t flags, LexiconStore& store);
  uint32_t add_noun(const std::string& lemma, const std::string& plural, uint32_t flags, const std::string& gloss, LexiconStore& store);
  uint32_t add_adjective(const std::string& lemma, const std::string& comparative, const std::string& superlative, const std::string& gloss, LexiconStore& store);
  Status read_verbs(const std::string& dir, LexiconStore& store);
  Status read_nominals(const std::string& dir, LexiconStore& store);
  Status read_function(const std::string& dir, LexiconStore& store);
  Status read_demonyms(const std::string& packs_dir, const std::string& lang, LexiconStore& store);
  int rarity(const std::string& lemma, Tag tag) const;

  std::string packs_dir_;
  std::unordered_map<std::string, int> rarity_;
  int default_rarity_ = 0;
};

int EnglishInflector::rarity(const std::string& lemma, Tag tag) const {
  const auto it = rarity_.find(std::string(tag_name(tag)) + " " + lemma);
  return it == rarity_.end() ? default_rarity_ : it->second;
}

uint32_t EnglishInflector::add_verb(const std::string& lemma, const VerbForms& forms, const std::string& gloss, uint32_t flags, LexiconStore& store) {
  const uint32_t id = store.add_lemma({.lemma = lemma, .root = {}, .gloss = gloss, .tag = Tag::kVerb, .flags = flags});
  const int cost = rarity(lemma, Tag::kVerb);
  const bool doubled = forms.doubled || (forms.past.empty() && doubles(lemma));
  const uint32_t finite = with(0, feat::kVerbForm, 1);
  const auto put = [&](const std::string& form, uint32_t feats, int more = 0) {
    store.add_form({.spelling = form, .lemma = id, .tag = Tag::kVerb, .feats = feats, .cost = cost + more});
  };
  put(lemma, with(finite, feat::kAspect, 2), 2);
  put(lemma, with(0, feat::kVerbForm, 2));
  put(add_s(lemma), with(with(with(finite, feat::kAspect, 2), feat::kPerson, 3), feat::kNumber, 1));
  const std::string regular = add_vowel_ending(lemma, "ed", doubled);
  const auto each = [&](const std::string& cell, uint32_t feats) {
    if (cell.empty() && forms.both) put(add_vowel_ending(lemma, "ed", true), feats);
    if (cell.empty()) return put(regular, feats);
    for (const auto form : split(cell, '|')) put(std::string(form), feats);
  };
  each(forms.past, with(finite, feat::kAspect, 1));
  each(forms.participle.empty() ? forms.past : forms.participle, with(with(0, feat::kVerbForm, 4), feat::kVoice, 0));
  const std::string ing = add_vowel_ending(lemma, "ing", doubled || (!forms.past.empty() && doubles(lemma)));
  put(ing, with(0, feat::kVerbForm, 5));
  if (forms.both) put(add_vowel_ending(lemma, "ing", true), with(0, feat::kVerbForm, 5));
  const uint32_t gerund = store.add_lemma({.lemma = ing, .root = {}, .gloss = gloss, .tag = Tag::kNoun, .base = id, .derivation = Derivation::kGerund});
  store.add_form({.spelling = ing, .lemma = gerund, .tag = Tag::kNoun, .feats = with(with(0, feat::kNumber, 1), feat::kVerbForm, 5), .cost = cost + 8});
  store.add_form({.spelling = ing + "s", .lemma = gerund, .tag = Tag::kNoun, .feats = with(with(0, feat::kNumber, 3), feat::kVerbForm, 5), .cost = cost + 4});
  return id;
}

uint32_t EnglishInflector::add_noun(const std::string& lemma, const std::string& plural, uint32_t flags, const std::string& gloss, LexiconStore& store) {
  // A gerund with a life of its own (bombing) keeps its verb.
  uint32_t id = store.find_exact(lemma, Tag::kNoun);
  if (id == kNone) id = store.add_lemma({.lemma = lemma, .root = {}, .gloss = gloss, .tag = Tag::kNoun, .flags = flags});
  else store.lemmas[id].flags |= flags;
  const int cost = rarity(lemma, Tag::kNoun);
  const uint32_t human = flags & lemma_flag::kHuman ? with(0, feat::kHuman, 1) : 0;
  store.add_form({.spelling = lemma, .lemma = id, .tag = Tag::kNoun, .feats = with(human, feat::kNumber, 1), .cost = cost});
  if (plural == "-") return id;
  if (plural.empty() && (flags & lemma_flag::kMass)) return id;
  const std::string plurals = plural.empty() ? add_s(lemma) : plural;  // must outlive the views of split()
  for (const auto form : split(plurals, '|'))
    store.add_form({.spelling = form, .lemma = id, .tag = Tag::kNoun, .feats = with(human, feat::kNumber, 3), .cost = cost});
  return id;
}

uint32_t EnglishInflector::add_adjective(const std::string& lemma, const std::string& comparative, const std::string& superlative, const std::string& gloss, LexiconStore& store) {
  const uint32_t id = store.add_lemma({.lemma = lemma, .root = {}, .gloss = gloss, .tag = Tag::kAdj});
  const int cost = rarity(lemma, Tag::kAdj);
  store.add_form({.spelling = lemma, .lemma = id, .tag = Tag::kAdj, .cost = cost});
  const bool is_short = lemma.size() <= 5 || (lemma.size() <= 7 && lemma.back() == 'y');
  const std::string er = comparative.empty() && is_short ? add_vowel_ending(lemma, "er", doubles(lemma)) : comparative;
  const std::string est = superlative.empty() && is_short ? add_vowel_ending(lemma, "est", doubles(lemma)) : superlative;
  if (!er.empty() && er != "-") store.add_form({.spelling = er, .lemma = id, .tag = Tag::kAdj, .feats = with(0, feat::kDegree, 1), .cost = cost + 2});
  if (!est.empty() && est != "-") store.add_form({.spelling = est, .lemma = id, .tag = Tag::kAdj, .feats = with(0, feat::kDegree, 2), .cost = cost + 2});
  return id;
}

Status EnglishInflector::read_verbs(const std::string& dir, LexiconStore& store) {
  auto table = read_tsv(packs_dir_, dir + "/verbs", {"lemma", "past", "participle", "flags", "gloss", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    const std::string& lemma = row["lemma"];
    if (lemma.size() < 2 || lemma.find(' ') != std::string::npos || store.find_exact(lemma, Tag::kVerb) != kNone) continue;
    uint32_t flags = 0;
    bool doubled = false, both = false;
    for (const auto list : split(row["flags"], '|'))
      for (const auto flag : split(list, ' ')) {
        if (flag == "t" || flag == "ti" || flag == "it") flags |= lemma_flag::kTransitive;
        if (flag == "i" || flag == "ti" || flag == "it") flags |= lemma_flag::kIntransitive;
        if (flag == "d") doubled = true;
        if (flag == "b") both = true;
      }
    add_verb(lemma, {row["past"], row["participle"], doubled, both}, row["gloss"], flags, store);
  }
  return Ok{};
}

Status EnglishInflector::read_nominals(const std::string& dir, LexiconStore& store) {
  auto nouns = read_tsv(packs_dir_, dir + "/nouns", {"lemma", "plural", "flags", "gloss", "origin"}, false);
  if (!nouns) return nouns.error();
  for (const TsvRow& row : (*nouns)->rows) {
    const std::string& lemma = row["lemma"];
    if (lemma.empty() || lemma.find(' ') != std::string::npos) continue;
    uint32_t flags = 0;
    bool plural_only = false;
    for (const auto list : split(row["flags"], '|'))
      for (const auto flag : split(list, ' ')) {
        if (flag == "h") flags |= lemma_flag::kHuman;
        if (flag == "place") flags |= lemma_flag::kPlaceNoun;
        if (flag == "time") flags |= lemma_flag::kTimeNoun;
        if (flag == "mass") flags |= lemma_flag::kMass;
        if (flag == "group") flags |= lemma_flag::kGroup;
        if (flag == "pl") plural_only = true;
      }
    if (plural_only) {
      const uint32_t id = store.add_lemma({.lemma = lemma, .root = {}, .gloss = row["gloss"], .tag = Tag::kNoun, .flags = flags});
      store.add_form({.spelling = lemma, .lemma = id, .tag = Tag::kNoun, .feats = with(0, feat::kNumber, 3), .cost = rarity(lemma, Tag::kNoun)});
    } else {
      add_noun(lemma, row["plural"], flags, row["gloss"], store);
    }
  }
  auto adjectives = read_tsv(packs_dir_, dir + "/adjectives", {"lemma", "comparative", "superlative", "flags", "gloss", "origin"}, false);
  if (!adjectives) return adjectives.error();
  for (const TsvRow& row : (*adjectives)->rows) {
    if (row["lemma"].find(' ') != std::string::npos || store.find_exact(row["lemma"], Tag::kAdj) != kNone) continue;
    add_adjective(row["lemma"], row["comparative"], row["superlative"], row["gloss"], store);
  }
  auto adverbs = read_tsv(packs_dir_, dir + "/adverbs", {"lemma", "flags", "gloss", "origin"}, false);
  if (!adverbs) return adverbs.error();
  for (const TsvRow& row : (*adverbs)->rows) {
    const std::string& lemma = row["lemma"];
    if (lemma.find(' ') != std::string::npos || store.find_exact(lemma, Tag::kAdv) != kNone) continue;
    const uint32_t id = store.add_lemma({.lemma = lemma, .root = {}, .gloss = row["gloss"], .tag = Tag::kAdv});
    store.add_form({.spelling = lemma, .lemma = id, .tag = Tag::kAdv, .cost = rarity(lemma, Tag::kAdv)});
  }
  return Ok{};
}

Status EnglishInflector::read_function(const std::string& dir, LexiconStore& store) {
  auto table = read_tsv(packs_dir_, dir + "/function", {"form", "lemma", "tag", "features", "origin"}, false);
  if (!table) return table.error();
  std::unordered_map<uint32_t, std::string> names;
  for (const TsvRow& row : (*table)->rows) {
    if (row["form"].empty() || row["form"].find(' ') != std::string::npos) continue;
    Tag tag;
    uint32_t feats = 0;
    std::string unknown;
    if (!parse_tag(row["tag"], tag)) return Error{ErrorCode::kBadValue, "unknown tag " + row["tag"], row.where(), "use a UD part of speech"};
    parse_features(row["features"], feats, unknown);
    const std::string name = row["lemma"].empty() ? row["form"] : row["lemma"];
    const size_t dot = name.find('.');
    const std::string shown = dot == std::string::npos || dot == 0 || dot + 1 == name.size() ? name : name.substr(0, dot);
    uint32_t lemma = kNone;
    for (const uint32_t id : store.find(name, tag))
      if (store.lemmas[id].tag == tag && (names.count(id) ? names[id] == name : name == shown)) lemma = id;
    if (lemma == kNone) lemma = store.add_lemma({.lemma = shown, .root = {}, .gloss = {}, .tag = tag, .alias = name == shown ? "" : name});
    names[lemma] = name;
    store.add_form({.spelling = row["form"], .lemma = lemma, .tag = tag, .feats = feats, .cost = rarity(row["form"], tag)});
  }
  return Ok{};
}

Status EnglishInflector::read_demonyms(const std::string& packs_dir, const std::string& lang, LexiconStore& store) {
  auto table = read_tsv(packs_dir, "world/demonyms", {"id", "lang", "adjective", "noun_pl", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    const std::string& adjective = row["adjective"];
    if (row["lang"] != lang || adjective.empty() || adjective.find(' ') != std::string::npos) continue;
    uint32_t id = store.find_exact(adjective, Tag::kAdj);
    if (id == kNone) {
      id = store.add_lemma({.lemma = adjective, .root = {}, .gloss = row["id"], .tag = Tag::kAdj, .derivation = Derivation::kNisba, .flags = lemma_flag::kHuman});
      store.add_form({.spelling = adjective, .lemma = id, .tag = Tag::kAdj, .feats = with(0, feat::kNisba, 1)});
    }
    if (store.find_exact(adjective, Tag::kNoun) != kNone) continue;
    const uint32_t noun = store.add_lemma({.lemma = adjective, .root = {}, .gloss = row["id"], .tag = Tag::kNoun, .derivation = Derivation::kNisba, .flags = lemma_flag::kHuman});
    const uint32_t human = with(with(0, feat::kHuman, 1), feat::kNisba, 1);
    store.add_form({.spelling = adjective, .lemma = noun, .tag = Tag::kNoun, .feats = with(human, feat::kNumber, 1), .cost = 6});
    const std::string regular = ends(adjective, "ese") || ends(adjective, "ish") || ends(adjective, "ch") || ends(adjective, "ss") ? adjective : add_s(adjective);
    const std::string plurals = row["noun_pl"].empty() ? regular : row["noun_pl"];
    for (const auto plural : split(plurals, '|'))
      store.add_form({.spelling = plural, .lemma = noun, .tag = Tag::kNoun, .feats = with(human, feat::kNumber, 3), .cost = plural == adjective ? 8 : 0});
  }
  return Ok{};
}

Status EnglishInflector::read(const std::string& packs_dir, const std::string& lang, LexiconStore& store) {
  packs_dir_ = packs_dir;
  auto frequency = read_tsv(packs_dir, lang + "/morph/frequency", {"lemma", "tag", "cost", "origin"}, false);
  if (!frequency) return frequency.error();
  for (const TsvRow& row : (*frequency)->rows) {
    if (row["lemma"] == "*") default_rarity_ = std::atoi(row["cost"].c_str());
    else rarity_[row["tag"] + " " + row["lemma"]] = std::atoi(row["cost"].c_str());
  }
  const std::string dir = lang + "/lexicon";
  if (Status s = read_function(dir, store); !s) return s;
  if (Status s = read_verbs(dir, store); !s) return s;
  if (Status s = read_nominals(dir, store); !s) return s;
  return read_demonyms(packs_dir, lang, store);
}

uint32_t EnglishInflector::create(std::string_view text, Tag tag, LexiconStore& store) {
  const std::string lemma(text);
  if (lemma.size() < 2) return kNone;
  switch (tag) {
    case Tag::kVerb: return add_verb(lemma, {}, "", lemma_flag::kAuto | lemma_flag::kTransitive, store);
    case Tag::kAdj: return add_adjective(lemma, "-", "-", "", store);
    case Tag::kNoun:
    case Tag::kX: return add_noun(lemma, "", lemma_flag::kAuto, "", store);
    default: break;
  }
  const uint32_t id = store.add_lemma({.lemma = lemma, .root = {}, .gloss = {}, .tag = tag, .flags = lemma_flag::kAuto});
  store.add_form({.spelling = lemma, .lemma = id, .tag = tag});
  return id;
}

}  // namespace

std::unique_ptr<Inflector> make_english_inflector() { return std::make_unique<EnglishInflector>(); }

}  // namespace biruni
