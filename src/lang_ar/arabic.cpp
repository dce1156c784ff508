// Reads packs/ar/lexicon and makes lemmas with all forms. The linguistic work is in conjugate, decline and spell.
#include "lang_ar/arabic.h"

#include <array>
#include <set>
#include <string>
#include <unordered_map>

#include "base/utf8.h"
#include "lang_ar/conjugate.h"
#include "lang_ar/decline.h"
#include "lang_ar/spell.h"
#include "morph/features.h"
#include "pack/tsv.h"

namespace biruni {
namespace {

using namespace arabic;

constexpr char kShadda = '~';
constexpr int kParticleCost = 30;   // rarity of a particle that the frequency table does not have, at most

struct Irregular {
  std::string root, form, what, value;
};

class ArabicInflector : public Inflector {
 public:
  Status read(const std::string& packs_dir, const std::string& lang, LexiconStore& store) override;
  uint32_t create(std::string_view text, Tag tag, LexiconStore& store) override;
  std::string bare(std::string_view text, bool& definite) const override;
  void possible(LexiconStore& store, const PossibleForm& sink) override;

 private:
  // letters.tsv
  Status read_letters(const std::string& packs_dir, const std::string& lang);
  Status read_patterns(const std::string& packs_dir, const std::string& lang);
  std::string to_text(std::string_view letters) const;
  /// Letter codes of a text; unknown characters make it empty. Vowel marks are skipped, shadda too unless `keep`.
  std::string to_letters(std::string_view text, bool keep_shadda = false) const;

  // tables
  Status read_verbs(const std::string& packs_dir, const std::string& lang, LexiconStore& store);
  Status read_roots(const std::string& packs_dir, const std::string& lang, LexiconStore& store);
  Status read_nouns(const std::string& packs_dir, const std::string& lang, LexiconStore& store);
  Status read_adjectives(const std::string& packs_dir, const std::string& lang, LexiconStore& store);
  Status read_demonyms(const std::string& packs_dir, const std::string& lang, LexiconStore& store);
  Status read_particles(const std::string& packs_dir, const std::string& lang, LexiconStore& store);
  void read_frequency(const std::string& packs_dir, const std::string& lang);

  // lemmas
  uint32_t add_verb(const VerbSpec& spec, const std::string& masdars, const std::string& gloss, uint32_t flags, LexiconStore& store, Tag tag = Tag::kVerb);
  void add_derived(const VerbSpec& spec, uint32_t verb, const std::string& masdars, LexiconStore& store);
  void add_masdar(const std::string& text, const std::string& plural, Marks marks, uint32_t verb, int cost, bool countable, LexiconStore& store);
  void add_participle(const std::string& sounds, bool active, uint32_t verb, LexiconStore& store);
  uint32_t add_noun(const NounSpec& noun, const LemmaSpec& lemma, Marks marks, int cost, uint8_t flags, LexiconStore& store);
  uint32_t add_adjective(const AdjectiveSpec& adjective, const LemmaSpec& lemma, Marks marks, int cost, LexiconStore& store);
  void put(const NounForm& form, uint32_t lemma, Tag tag, Marks marks, int cost, uint32_t more_feats, uint8_t more_flags, LexiconStore& store);
  int rarity(const std::string& text, Tag tag) const;


  std::unordered_map<char32_t, char> code_of_;
  std::array<char32_t, 128> letter_of_{};
  VerbPatterns patterns_;
  std::vector<Irregular> irregular_;
  std::set<std::string> roots_;                  // of verbs.tsv and roots.tsv
  std::unordered_map<std::string, int> rarity_;  // "TAG text" -> tenths
  int default_rarity_ = 0;
};

std::string ArabicInflector::to_text(std::string_view letters) const {
  std::string out;
  for (char c : letters)
    if (letter_of_[static_cast<unsigned char>(c)]) utf8::append(out, letter_of_[static_cast<unsigned char>(c)]);
  return out;
}

std::string ArabicInflector::to_letters(std::string_view text, bool keep_shadda) const {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    if ((c >= 0x64B && c <= 0x652 && c != 0x651) || c == 0x640 || c == 0x670) continue;
    const auto it = code_of_.find(c);
    if (it == code_of_.end()) return {};
    if (it->second == kShadda && !keep_shadda) continue;
    out += it->second;
  }
  return out;
}

Status ArabicInflector::read_letters(const std::string& packs_dir, const std::string& lang) {
  auto table = read_tsv(packs_dir, lang + "/morph/letters", {"code", "letter", "origin"});
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    size_t at = 0;
    if (row["code"].size() != 1 || row["letter"].empty()) return Error{ErrorCode::kBadValue, "code is one ASCII character", row.where(), ""};
    const char32_t letter = utf8::next(row["letter"], at);
    code_of_[letter] = row["code"][0];
    letter_of_[static_cast<unsigned char>(row["code"][0])] = letter;
  }
  return Ok{};
}

Status ArabicInflector::read_patterns(const std::string& packs_dir, const std::string& lang) {
  auto table = read_tsv(packs_dir, lang + "/morph/patterns", {"form", "slot", "pattern", "origin"});
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) patterns_.add(row["form"], row["slot"], row["pattern"]);
  auto irregular = read_tsv(packs_dir, lang + "/morph/irregular", {"root", "form", "what", "value", "origin"}, false);
  if (!irregular) return irregular.error();
  for (const TsvRow& row : (*irregular)->rows) irregular_.push_back({to_letters(row["root"]), row["form"], row["what"], row["value"]});
  return Ok{};
}

void ArabicInflector::read_frequency(const std::string& packs_dir, const std::string& lang) {
  auto table = read_tsv(packs_dir, lang + "/morph/frequency", {"lemma", "tag", "cost", "origin"}, false);
  if (!table) return;
  for (const TsvRow& row : (*table)->rows) {
    if (row["lemma"] == "*") default_rarity_ = std::atoi(row["cost"].c_str());
    else rarity_.try_emplace(row["tag"] + " " + row["lemma"], std::atoi(row["cost"].c_str()));  // frequency.own.tsv comes first
  }
}

int ArabicInflector::rarity(const std::string& text, Tag tag) const {
  const auto it = rarity_.find(std::string(tag_name(tag)) + " " + text);
  return it == rarity_.end() ? default_rarity_ : it->second;
}

void ArabicInflector::put(const NounForm& form, uint32_t lemma, Tag tag, Marks marks, int cost, uint32_t more_feats, uint8_t more_flags, LexiconStore& store) {
  store.add_form({.spelling = to_text(form.letters), .lemma = lemma, .tag = tag, .feats = form.feats | more_feats,
                  .flags = static_cast<uint8_t>(form.flags | more_flags), .cost = form.cost + cost,
                  .marks = form.same_stem ? marks : kMarksUnknown});
}

uint32_t ArabicInflector::add_noun(const NounSpec& noun, const LemmaSpec& spec, Marks marks, int cost, uint8_t flags, LexiconStore& store) {
  const uint32_t id = store.add_lemma(spec);
  const uint32_t human = spec.flags & lemma_flag::kHuman ? feat::set(0, feat::kHuman, 1) : 0;
  const uint32_t form = spec.derivation == Derivation::kMasdar ? feat::set(0, feat::kVerbForm, 2) : 0;
  cost += rarity(spec.lemma, Tag::kNoun);
  decline_noun(noun, [&](const NounForm& f) { put(f, id, spec.tag, marks, cost, human | form, flags, store); });
  return id;
}

uint32_t ArabicInflector::add_adjective(const AdjectiveSpec& adjective, const LemmaSpec& spec, Marks marks, int cost, LexiconStore& store) {
  const uint32_t id = store.add_lemma(spec);
  cost += rarity(spec.lemma, Tag::kAdj);
  decline_adjective(adjective, [&](const NounForm& f) { put(f, id, Tag::kAdj, marks, cost, 0, form_flag::kAlsoNoun, store); });
  return id;
}

void ArabicInflector::add_masdar(const std::string& text, const std::string& plural, Marks marks, uint32_t verb, int cost, bool countable, LexiconStore& store) {
  NounSpec noun;
  noun.letters = to_letters(text);
  if (noun.letters.empty()) return;
  noun.gender = noun.letters.back() == 'p' ? 2 : 1;
  noun.dual = countable;
  noun.defective = noun.letters.back() == 'y' && noun.letters.front() == 't' && (store.lemmas[verb].verb_form == 5 || store.lemmas[verb].verb_form == 6);
  if (!plural.empty()) noun.plurals.push_back(to_letters(plural));
  else if (countable) noun.plurals.push_back("+At");
  LemmaSpec spec{.lemma = text, .root = std::string(store.out().str(store.lemmas[verb].root)), .gloss = std::string(store.out().str(store.lemmas[verb].gloss)),
                 .tag = Tag::kNoun, .base = verb, .derivation = Derivation::kMasdar, .gender = static_cast<uint8_t>(noun.gender)};
  add_noun(noun, spec, marks, cost, 0, store);
}

void ArabicInflector::add_participle(const std::string& sounds, bool active, uint32_t verb, LexiconStore& store) {
  if (sounds.empty()) return;
  const Spelled word = spell(sounds, false);
  AdjectiveSpec adjective;
  adjective.letters = word.letters;
  adjective.defective = sounds.back() == 'I';
  adjective.feats = feat::set(0, feat::kVerbForm, active ? 3 : 4);
  LemmaSpec spec{.lemma = to_text(word.letters), .root = std::string(store.out().str(store.lemmas[verb].root)), .gloss = std::string(store.out().str(store.lemmas[verb].gloss)),
                 .tag = Tag::kAdj, .base = verb, .derivation = active ? Derivation::kActiveParticiple : Derivation::kPassiveParticiple, .gender = 1};
  add_adjective(adjective, spec, marks_of(word), 2, store);
}

void ArabicInflector::add_derived(const VerbSpec& spec, uint32_t verb, const std::string& masdars, LexiconStore& store) {
  bool given = false;
  for (const std::string_view piece : split(masdars, '|')) {
    const auto parts = split(trim(piece), ':');
    if (parts.empty() || parts[0].empty()) continue;
    const std::string text(parts[0]);
    const std::string letters = to_letters(text, true);
    if (letters.empty()) continue;
    const size_t doubled = letters.find(kShadda);
    const Marks marks = doubled == std::string::npos ? Marks(0) : static_cast<Marks>((doubled & 15u) << 12);
    add_masdar(text, parts.size() > 1 ? std::string(parts[1]) : "", marks, verb, 0, spec.form != "1" || letters.back() == 'p', store);
    given = given || spec.form == "1";
  }
  if (!given) {
    for (const char* slot : {"masdar", "masdar2"}) {
      const std::string sounds = derive(patterns_, spec, slot);
      if (sounds.empty()) continue;
      const Spelled word = spell(sounds, false);
      const std::string text = to_text(word.letters);
      if (store.find_exact(text, Tag::kNoun) != kNone && store.lemmas[store.find_exact(text, Tag::kNoun)].base == verb) continue;
      const bool second = std::string_view(slot) == "masdar2";
      add_masdar(text, "", marks_of(word), verb, second ? 8 : 0, !second, store);
    }
  }
  add_participle(derive(patterns_, spec, "active"), true, verb, store);
  add_participle(derive(patterns_, spec, "passive"), false, verb, store);
}

uint32_t ArabicInflector::add_verb(const VerbSpec& spec, const std::string& masdars, const std::string& gloss, uint32_t flags, LexiconStore& store, Tag tag) {
  const Spelled name = spell(citation(patterns_, spec), false);
  std::string text;
  for (size_t i = 0; i < name.letters.size(); ++i) {
    text += to_text(name.letters.substr(i, 1));
    if (name.doubled[i] == '1') text += to_text(std::string(1, kShadda));
  }
  const uint8_t number = spec.form == "q1" ? 11 : spec.form == "q2" ? 12 : spec.form == "q4" ? 14 : static_cast<uint8_t>(std::atoi(spec.form.c_str()));
  const uint32_t id = store.add_lemma({.lemma = text, .root = to_text(spec.root), .gloss = gloss, .tag = tag, .flags = flags, .verb_form = number});
  store.lemma_cost[id] = static_cast<uint8_t>(rarity(text, tag));
  const int rare = store.lemma_cost[id];
  conjugate(patterns_, spec, [&](const VerbForm& form) {
    const Spelled word = spell(form.sounds, false);
    const int cost = form.cost + rare + (feat::get(form.feats, feat::kVoice) == 2 ? 4 : 0);
    const bool imperative = feat::get(form.feats, feat::kAspect) == 3;
    const Spelled joined = spell(form.sounds == "" ? "" : (form.sounds.ends_with("tum") ? form.sounds + "U" : form.sounds), true);
    const bool same = joined.letters == word.letters;
    const auto emit = [&](const Spelled& w, uint8_t f, int more) {
      store.add_form({.spelling = to_text(w.letters), .lemma = id, .tag = tag, .feats = form.feats, .flags = f, .cost = cost + more, .marks = marks_of(w)});
    };
    emit(word, same ? uint8_t(0) : form_flag::kNoSuffix, 0);
    if (!same) emit(joined, form_flag::kNeedsSuffix, 0);
    (void)imperative;
    const Spelled loose = spell(form.sounds, false, true);
    if (loose.letters != word.letters) emit(loose, form_flag::kNoSuffix, 3);
  });
  add_derived(spec, id, masdars, store);
  return id;
}

uint32_t verb_flags(const std::string& flags) {
  uint32_t f = 0;
  if (flags.find('t') != std::string::npos) f |= lemma_flag::kTransitive;
  if (flags.find('i') != std::string::npos) f |= lemma_flag::kIntransitive;
  return f;
}

Status ArabicInflector::read_verbs(const std::string& packs_dir, const std::string& lang, LexiconStore& store) {
  static const std::set<std::string> kForms = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "q1", "q2", "q4"};
  auto table = read_tsv(packs_dir, lang + "/lexicon/verbs", {"root", "form", "vowels", "masdar", "flags", "gloss", "origin"}, false);
  if (!table) return table.error();
  std::set<std::string> seen;
  for (const TsvRow& row : (*table)->rows) {
    VerbSpec spec;
    spec.root = to_letters(row["root"]);
    spec.form = row["form"];
    spec.vowels = row["vowels"].substr(0, 2);
    const size_t radicals = spec.form[0] == 'q' ? 4 : 3;
    if (spec.root.size() != radicals) return Error{ErrorCode::kBadValue, "root " + row["root"] + " has not " + std::to_string(radicals) + " letters", row.where(), ""};
    if (!kForms.count(spec.form)) return Error{ErrorCode::kBadValue, "unknown verb form " + spec.form, row.where(), "1-10, q1, q2, q4"};
    if (spec.form == "1" && spec.vowels.size() != 2) return Error{ErrorCode::kBadValue, "form 1 needs its two vowels", row.where(), "au ai aa ia ii uu"};
    if (!seen.insert(spec.root + spec.form + spec.vowels).second) continue;
    roots_.insert(spec.root);
    const std::string& flags = row["flags"];
    spec.passive = flags.find('p') == std::string::npos;
    spec.full_passive = flags.find('t') != std::string::npos;
    for (const Irregular& rule : irregular_) {
      if (rule.root != spec.root || rule.form != spec.form) continue;
      if (rule.what == "strong") spec.strong = true;
      if (rule.what == "keeps_w") spec.keeps_w = true;
      if (rule.what == "drops_w") spec.drops_w = true;
    }
    Tag tag = Tag::kVerb;
    for (const Irregular& rule : irregular_)
      if (rule.root == spec.root && rule.form == spec.form && rule.what == "aux") tag = Tag::kAux;
    const uint32_t id = add_verb(spec, row["masdar"], row["gloss"], verb_flags(flags), store, tag);
    for (const Irregular& rule : irregular_) {
      if (rule.root != spec.root || rule.form != spec.form || !rule.what.starts_with("form:")) continue;
      uint32_t feats = 0;
      std::string unknown;
      parse_features(std::string_view(rule.what).substr(5), feats, unknown);
      store.add_form({.spelling = rule.value, .lemma = id, .tag = Tag::kVerb, .feats = feats});
    }
  }
  return Ok{};
}

// #root: roots of verbs that verbs.tsv does not have; see possible().
Status ArabicInflector::read_roots(const std::string& packs_dir, const std::string& lang, LexiconStore&) {
  auto table = read_tsv(packs_dir, lang + "/lexicon/roots", {"roots", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    for (const auto text : split(row["roots"], ' ')) {
      const std::string root = to_letters(text);
      if (root.size() != 3 && root.size() != 4) return Error{ErrorCode::kBadValue, "a root has three or four letters: " + std::string(text), row.where(), ""};
      roots_.insert(root);
    }
  }
  return Ok{};
}

Status ArabicInflector::read_nouns(const std::string& packs_dir, const std::string& lang, LexiconStore& store) {
  auto table = read_tsv(packs_dir, lang + "/lexicon/nouns", {"lemma", "root", "gender", "plural", "flags", "gloss", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    const std::string& text = row["lemma"];
    if (text.find(' ') != std::string::npos) continue;  // multi-word entries: lexicon/
    NounSpec noun;
    noun.letters = to_letters(text);
    if (noun.letters.empty()) return Error{ErrorCode::kBadValue, "letters that are not Arabic in " + text, row.where(), ""};
    noun.gender = row["gender"].starts_with("f") ? 2 : 1;
    const std::string root = to_letters(row["root"]);
    noun.defective = noun.letters.size() >= 4 && noun.letters.back() == 'y' && noun.letters[1] == 'A' && root.size() == 3 && (root[2] == 'y' || root[2] == 'w');
    const std::string& flags = row["flags"];
    const auto has = [&](std::string_view flag) {
      for (auto f : split(flags, '|')) for (auto g : split(f, ' ')) if (g == flag) return true;
      return false;
    };
    noun.plural_only = has("pl");
    noun.dual = !has("mass") && !noun.plural_only;
    for (const auto plural : split(row["plural"], '|')) {
      const std::string p(trim(plural));
      if (p.empty()) continue;
      if (p[0] == '+') noun.plurals.push_back("+" + to_letters(std::string_view(p).substr(1)));
      else noun.plurals.push_back(to_letters(p));
    }
    uint32_t lemma_flags = 0;
    if (has("h")) lemma_flags |= lemma_flag::kHuman;
    if (has("place")) lemma_flags |= lemma_flag::kPlaceNoun;
    if (has("time")) lemma_flags |= lemma_flag::kTimeNoun;
    if (has("mass")) lemma_flags |= lemma_flag::kMass;
    if (has("group")) lemma_flags |= lemma_flag::kGroup;
    // A masdar or participle with a life of its own keeps its verb.
    LemmaSpec spec{.lemma = text, .root = row["root"], .gloss = row["gloss"], .tag = Tag::kNoun, .flags = lemma_flags, .gender = static_cast<uint8_t>(noun.gender)};
    const uint32_t same = store.find_exact(text, Tag::kNoun);
    if (same != kNone) {
      LemmaRow& old = store.lemmas[same];
      old.flags |= lemma_flags;
      old.gender = spec.gender;
      const uint32_t human = lemma_flags & lemma_flag::kHuman ? feat::set(0, feat::kHuman, 1) : 0;
      const uint32_t vnoun = old.derivation == Derivation::kMasdar ? feat::set(0, feat::kVerbForm, 2) : 0;
      const int cost = rarity(text, Tag::kNoun);
      decline_noun(noun, [&](const NounForm& f) { put(f, same, Tag::kNoun, kMarksUnknown, cost, human | vnoun, 0, store); });
      continue;
    }
    const uint32_t participle = store.find_exact(text, Tag::kAdj);
    if (participle != kNone && store.lemmas[participle].base != kNone) {
      spec.base = store.lemmas[participle].base;
      spec.derivation = store.lemmas[participle].derivation;
    }
    add_noun(noun, spec, kMarksUnknown, 0, 0, store);
  }
  return Ok{};
}

Status ArabicInflector::read_adjectives(const std::string& packs_dir, const std::string& lang, LexiconStore& store) {
  auto table = read_tsv(packs_dir, lang + "/lexicon/adjectives", {"lemma", "root", "plural", "feminine", "elative", "flags", "gloss", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    const std::string& text = row["lemma"];
    if (text.find(' ') != std::string::npos) continue;
    AdjectiveSpec adjective;
    adjective.letters = to_letters(text);
    if (adjective.letters.empty()) return Error{ErrorCode::kBadValue, "letters that are not Arabic in " + text, row.where(), ""};
    if (row["feminine"] == "-") adjective.feminine = "-";
    else adjective.feminine = to_letters(row["feminine"]);
    for (const auto plural : split(row["plural"], '|'))
      if (!plural.empty() && plural[0] != '+') adjective.plurals.push_back(to_letters(trim(plural)));
    const std::string root = to_letters(row["root"]);
    const bool weak_root = root.size() == 3 && (root[2] == 'y' || root[2] == 'w');
    const std::string& l = adjective.letters;
    adjective.defective = l.size() >= 4 && l.back() == 'y' && weak_root && (l[1] == 'A' || l[0] == 'm');
    if (l.back() == 'y' && !adjective.defective && !weak_root) adjective.feats = feat::set(0, feat::kNisba, 1);
    uint32_t id = store.find_exact(text, Tag::kAdj);
    if (id == kNone) {
      id = add_adjective(adjective, {.lemma = text, .root = row["root"], .gloss = row["gloss"], .tag = Tag::kAdj, .gender = 1}, kMarksUnknown, 0, store);
    } else {
      const uint32_t old = store.lemmas[id].derivation == Derivation::kActiveParticiple ? feat::set(0, feat::kVerbForm, 3)
                           : store.lemmas[id].derivation == Derivation::kPassiveParticiple ? feat::set(0, feat::kVerbForm, 4) : 0;
      const int cost = rarity(text, Tag::kAdj);
      const uint32_t same = id;
      decline_adjective(adjective, [&](const NounForm& f) { put(f, same, Tag::kAdj, kMarksUnknown, cost, old, form_flag::kAlsoNoun, store); });
    }
    const auto elative = split(row["elative"], ':');
    for (size_t i = 0; i < elative.size() && i < 2; ++i) {
      NounSpec noun;
      noun.letters = to_letters(elative[i]);
      noun.gender = i == 0 ? 0 : 2;
      noun.dual = i == 1;
      if (noun.letters.empty()) continue;
      const std::string elative_text(elative[0]);
      uint32_t lemma = store.find_exact(elative_text, Tag::kAdj);
      if (lemma == kNone) lemma = store.add_lemma({.lemma = elative_text, .root = row["root"], .gloss = row["gloss"], .tag = Tag::kAdj, .base = id, .gender = 1});
      const int rare = rarity(elative_text, Tag::kAdj);
      decline_noun(noun, [&](const NounForm& f) {
        if (feat::get(f.feats, feat::kTanwin)) return;
        put(f, lemma, Tag::kAdj, kMarksUnknown, rare, feat::set(0, feat::kDegree, 1), form_flag::kAlsoNoun, store);
      });
    }
  }
  return Ok{};
}

Status ArabicInflector::read_demonyms(const std::string& packs_dir, const std::string& lang, LexiconStore& store) {
  auto table = read_tsv(packs_dir, "world/demonyms", {"id", "lang", "adjective", "noun_pl", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    if (row["lang"] != lang) continue;
    AdjectiveSpec adjective;
    adjective.letters = to_letters(row["adjective"]);
    if (adjective.letters.empty()) continue;  // two words
    adjective.feats = feat::set(0, feat::kNisba, 1);
    for (const auto plural : split(row["noun_pl"], '|'))
      if (!plural.empty()) adjective.plurals.push_back(to_letters(trim(plural)));
    if (store.find_exact(row["adjective"], Tag::kAdj) != kNone) continue;
    add_adjective(adjective, {.lemma = row["adjective"], .root = {}, .gloss = row["id"], .tag = Tag::kAdj, .derivation = Derivation::kNisba, .flags = lemma_flag::kHuman, .gender = 1},
                  kMarksUnknown, 0, store);
  }
  return Ok{};
}

Status ArabicInflector::read_particles(const std::string& packs_dir, const std::string& lang, LexiconStore& store) {
  auto table = read_tsv(packs_dir, lang + "/lexicon/particles", {"form", "lemma", "tag", "features", "origin"}, false);
  if (!table) return table.error();
  std::unordered_map<uint32_t, std::string> names;
  std::set<std::string> uncut, prefixes;
  auto kept = read_tsv(packs_dir, lang + "/morph/uncut", {"form", "origin"}, false);
  if (!kept) return kept.error();
  for (const TsvRow& row : (*kept)->rows) uncut.insert(row["form"]);
  auto clitics = read_tsv(packs_dir, lang + "/morph/clitics",
                          {"form", "kind", "group", "lemma", "tag", "features", "attach", "verb", "stem", "cost", "flags", "origin"}, false);
  if (!clitics) return clitics.error();
  for (const TsvRow& row : (*clitics)->rows)
    if (row["kind"] == "prefix") prefixes.insert(to_letters(row["form"]));
  std::set<std::string> forms;
  for (const TsvRow& row : (*table)->rows) forms.insert(to_letters(row["form"]));
  // bi-sabab: cut at run time, if what follows the attached particle is a word.
  const auto composed = [&](const std::string& form, Tag tag, const std::string& letters) {
    if (tag == Tag::kIntj || tag == Tag::kPart || tag == Tag::kDet || tag == Tag::kAux || tag == Tag::kNum) return false;
    if (letters.size() < 3 || uncut.count(form) || !prefixes.count(letters.substr(0, 1))) return false;
    std::string rest = letters.substr(1);
    if (rest.starts_with("Al") && rest.size() > 4) rest = rest.substr(2);
    return forms.count(rest) > 0 || (letters.size() >= 4 && !store.find_form(to_text(rest), Tag::kNoun).empty());
  };
  for (const TsvRow& row : (*table)->rows) {
    if (row["form"].find(' ') != std::string::npos) continue;
    Tag tag;
    uint32_t feats = 0;
    std::string unknown;
    if (!parse_tag(row["tag"], tag)) return Error{ErrorCode::kBadValue, "unknown tag " + row["tag"], row.where(), "use a UD part of speech"};
    parse_features(row["features"], feats, unknown);
    const std::string& name = row["lemma"].empty() ? row["form"] : row["lemma"];
    if (name.find(' ') != std::string::npos && row["features"].find("Split=No") == std::string::npos) continue;  // clitic + word: cut at run time
    const std::string shown = store.norm_of(name.substr(0, name.find('.')));
    uint32_t lemma = kNone;
    for (const uint32_t id : store.find(name, tag))
      if (store.lemmas[id].tag == tag && (name == shown || names[id] == name)) lemma = id;
    if (lemma == kNone) lemma = store.add_lemma({.lemma = shown, .root = {}, .gloss = {}, .tag = tag, .alias = name == shown ? "" : name});
    names[lemma] = name;
    if (row["features"].find("Attach=") != std::string::npos) continue;  // morph/clitics.tsv
    const std::string letters = to_letters(row["form"]);
    if (composed(row["form"], tag, letters)) continue;
    uint8_t flags = form_flag::kNoArticle;
    std::vector<std::string> stems;
    if (tag == Tag::kAdp && !letters.empty() && letters.back() == 'Y') {
      stems = {letters.substr(0, letters.size() - 1) + "y"};  // EalaY: Ealayhi
    } else if (tag == Tag::kNum || tag == Tag::kDet || tag == Tag::kNoun || tag == Tag::kAdp) {
      stems = connected_stems(letters);
      if (stems.size() == 1 && stems[0] == letters) stems.clear();
      if (tag == Tag::kNum || tag == Tag::kNoun || tag == Tag::kDet) flags = 0;
    } else if (tag == Tag::kPron || tag == Tag::kCconj) {
      flags |= form_flag::kNoSuffix;
    }
    if (!stems.empty()) flags |= form_flag::kNoSuffix;
    const int cost = std::min(rarity(shown, tag), kParticleCost);
    store.add_form({.spelling = row["form"], .lemma = lemma, .tag = tag, .feats = feats, .flags = flags, .cost = cost});
    for (const auto& stem : stems)
      store.add_form({.spelling = to_text(stem), .lemma = lemma, .tag = tag, .feats = feats, .flags = form_flag::kNeedsSuffix, .cost = cost});
  }
  return Ok{};
}

Status ArabicInflector::read(const std::string& packs_dir, const std::string& lang, LexiconStore& store) {
  using Reader = Status (ArabicInflector::*)(const std::string&, const std::string&, LexiconStore&);
  if (Status s = read_letters(packs_dir, lang); !s) return s;
  if (Status s = read_patterns(packs_dir, lang); !s) return s;
  read_frequency(packs_dir, lang);
  for (Reader reader : {&ArabicInflector::read_verbs, &ArabicInflector::read_roots, &ArabicInflector::read_nouns, &ArabicInflector::read_adjectives,
                        &ArabicInflector::read_demonyms, &ArabicInflector::read_particles}) {
    if (Status s = (this->*reader)(packs_dir, lang, store); !s) return s;
  }
  return Ok{};
}

// Verbs of the ten forms and of four radicals that no table has, of all known roots.
void ArabicInflector::possible(LexiconStore& store, const PossibleForm& sink) {
  const auto weak = [](char c) { return c == 'w' || c == 'y'; };
  for (const std::string& root : roots_) {
    const bool four = root.size() == 4;
    const std::vector<const char*> forms = four ? std::vector<const char*>{"q1", "q2"} : std::vector<const char*>{"1", "2", "3", "4", "5", "6", "7", "8", "10"};
    for (const std::string form : forms) {
      if (form == "7" && (weak(root[0]) || root[0] == '\'' || root[0] == 'r' || root[0] == 'l' || root[0] == 'n')) continue;
      VerbSpec spec;
      spec.root = root;
      spec.form = form;
      // the vowels that such roots mostly have; without marks only weak roots show them
      if (form == "1") spec.vowels = root[2] == 'y' || root[1] == 'y' || root[0] == 'w' ? "ai" : "au";
      const Spelled name = spell(citation(patterns_, spec), false);
      std::string text;
      for (size_t i = 0; i < name.letters.size(); ++i) {
        text += to_text(name.letters.substr(i, 1));
        if (name.doubled[i] == '1') text += to_text(std::string(1, kShadda));
      }
      if (text.empty() || store.find_exact(text, Tag::kVerb) != kNone || store.find_exact(text, Tag::kAux) != kNone) continue;
      const uint8_t number = four ? static_cast<uint8_t>(10 + (form[1] - '0')) : static_cast<uint8_t>(std::atoi(form.c_str()));
      const uint32_t id = store.add_lemma({.lemma = text, .root = to_text(root), .gloss = {}, .tag = Tag::kVerb, .flags = lemma_flag::kAuto | lemma_flag::kTransitive | lemma_flag::kIntransitive, .verb_form = number});
      conjugate(patterns_, spec, [&](const VerbForm& f) {
        const std::string letters = spell(f.sounds, false).letters, joined = spell(f.sounds, true).letters;
        sink(id, to_text(letters), Tag::kVerb, f.feats);
        if (joined != letters) sink(id, to_text(joined), Tag::kVerb, f.feats);
      });
    }
  }
}

std::string ArabicInflector::bare(std::string_view text, bool& definite) const {
  definite = false;
  const std::string letters = to_letters(text, true);
  if (letters.size() < 4 || letters[0] != 'A' || letters[1] != 'l') return std::string(text);
  definite = true;
  return to_text(letters.substr(2));
}

// Root and form of a verb from its written citation form, for words no table has.
uint32_t ArabicInflector::create(std::string_view text, Tag tag, LexiconStore& store) {
  bool definite = false;
  const std::string bare_text = bare(text, definite);
  const std::string letters = to_letters(bare_text);
  if (letters.size() < 2) return kNone;
  const std::string lemma(tag == Tag::kVerb ? std::string(text) : bare_text);
  if (tag == Tag::kAdj) {
    AdjectiveSpec adjective;
    adjective.letters = letters;
    if (letters.back() == 'y') adjective.feats = feat::set(0, feat::kNisba, 1);
    return add_adjective(adjective, {.lemma = lemma, .root = {}, .gloss = {}, .tag = Tag::kAdj, .flags = lemma_flag::kAuto, .gender = 1}, kMarksUnknown, 0, store);
  }
  if (tag == Tag::kVerb) {
    VerbSpec spec;
    const std::string doubled = to_letters(text, true);
    const std::string& l = letters;
    const size_t n = l.size();
    const auto radical = [](char c) { return c == '>' || c == '<' || c == '&' || c == '}' ? '\'' : c == 'A' || c == 'Y' ? 'y' : c; };
    std::string stem;
    if (n >= 6 && l.starts_with("Ast")) { spec.form = "10"; stem = l.substr(3); }
    else if (n == 5 && l.starts_with("An")) { spec.form = "7"; stem = l.substr(2); }
    else if (n == 5 && l[0] == 'A' && l[2] == 't') { spec.form = "8"; stem = l.substr(1, 1) + l.substr(3); }
    else if (n == 5 && l[0] == 't' && l[2] == 'A') { spec.form = "6"; stem = l.substr(1, 1) + l.substr(3); }
    else if (n == 4 && l[0] == 't') { spec.form = "5"; stem = l.substr(1); }
    else if (n == 4 && l[0] == '>') { spec.form = "4"; stem = l.substr(1); }
    else if (n == 4 && l[1] == 'A') { spec.form = "3"; stem = l.substr(0, 1) + l.substr(2); }
    else if (n == 4) { spec.form = "q1"; stem = l; }
    else if (n == 3 && doubled.find(kShadda) == 2) { spec.form = "2"; stem = l; }
    else if (n == 3) { spec.form = "1"; spec.vowels = "ai"; stem = l; }
    else if (n == 2) { spec.form = "1"; spec.vowels = "au"; stem = l + l.back(); }
    for (char& c : stem) c = radical(c);
    if (stem.size() == 3 || (stem.size() == 4 && spec.form == "q1")) {
      spec.root = stem;
      return add_verb(spec, "", "", lemma_flag::kAuto | lemma_flag::kTransitive, store);
    }
    const uint32_t id = store.add_lemma({.lemma = lemma, .root = {}, .gloss = {}, .tag = tag, .flags = lemma_flag::kAuto});
    store.add_form({.spelling = lemma, .lemma = id, .tag = tag, .feats = feat::set(feat::set(0, feat::kVerbForm, 1), feat::kAspect, 1)});
    return id;
  }
  if (tag == Tag::kNoun || tag == Tag::kX) {
    NounSpec noun;
    noun.letters = letters;
    noun.gender = letters.back() == 'p' ? 2 : 1;
    noun.plurals.push_back("+At");
    return add_noun(noun, {.lemma = lemma, .root = {}, .gloss = {}, .tag = Tag::kNoun, .flags = lemma_flag::kAuto, .gender = static_cast<uint8_t>(noun.gender)}, kMarksUnknown, 0, 0, store);
  }
  const uint32_t id = store.add_lemma({.lemma = std::string(text), .root = {}, .gloss = {}, .tag = tag, .flags = lemma_flag::kAuto});
  store.add_form({.spelling = text, .lemma = id, .tag = tag, .flags = tag == Tag::kPropn ? form_flag::kNoSuffix : uint8_t(0)});
  return id;
}

}  // namespace

std::unique_ptr<Inflector> make_arabic_inflector() { return std::make_unique<ArabicInflector>(); }

}  // namespace biruni
