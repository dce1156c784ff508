// Words by form become key rows (matched against Word::key), words marked `lemma` become lemma rows; several words are
// a phrase. Frames of event and report rows become one Subcat a lemma.
#include "clause/compile.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "clause/grammar.h"
#include "pack/tsv.h"

namespace biruni {
namespace {

constexpr const char* kTagNames[] = {"X", "NOUN", "PROPN", "ADJ", "VERB", "AUX", "ADV", "PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART", "NUM", "PUNCT", "SYM", "INTJ"};

Error bad(const TsvRow& row, std::string what) { return Error{ErrorCode::kBadValue, std::move(what), row.where(), "see docs/formats/grammar.md"}; }

int tag_index(std::string_view name) {
  for (int i = 0; i < static_cast<int>(Tag::kCount); ++i) {
    if (name == kTagNames[i]) return i;
  }
  return -1;
}

struct Compiler {
  const std::string& dir;
  std::string lang;
  LexiconBuilder& lexicon;
  PackWriter& out;
  std::vector<WordEntry> entries;
  std::vector<KeyRow> keys;
  std::vector<LemmaEntryRow> lemma_rows;
  std::vector<KeyRow> expressions;  // by text of the expression
  std::vector<GrammarPhraseRow> phrases;
  std::vector<StrId> phrase_words;
  std::map<std::string, int> prep_index;  // folded form -> index
  std::map<uint32_t, Subcat> subcats;

  Status settings();
  Status words();
  Status subcat_table();
  Status frames(const std::string& table, bool reports);
  void write();
  int prep(const std::string& form);
  void add_frame(uint32_t lemma, std::string_view frame);
};

int Compiler::prep(const std::string& form) {
  const std::string key = lexicon.key_of(form);
  const auto it = prep_index.find(key);
  if (it != prep_index.end()) return it->second;
  if (prep_index.size() >= 64) return -1;
  const int id = static_cast<int>(prep_index.size());
  prep_index[key] = id;
  return id;
}

Status Compiler::settings() {
  GrammarSettings s;
  std::vector<StrId> endings;
  auto table = read_tsv(dir, lang + "/grammar/settings", {"key", "value", "note", "origin"}, false);
  if (!table) return table.error();
  const std::map<std::string, uint8_t GrammarSettings::*> fields = {
      {"noun_first", &GrammarSettings::noun_first},         {"verb_first", &GrammarSettings::verb_first},
      {"agreement", &GrammarSettings::agreement},           {"pro_drop", &GrammarSettings::pro_drop},
      {"bare_relative", &GrammarSettings::bare_relative},   {"nominal_clause", &GrammarSettings::nominal_clause},
      {"genitive_bare", &GrammarSettings::genitive_bare},   {"plural_feminine", &GrammarSettings::plural_feminine},
      {"particle_verbs", &GrammarSettings::particle_verbs}, {"complement_bare", &GrammarSettings::complement_bare}};
  for (const TsvRow& row : (*table)->rows) {
    if (row["key"] == "no_construct_endings") {
      for (auto e : split(row["value"], '|')) endings.push_back(out.intern(lexicon.key_of(std::string(e))));
      continue;
    }
    const auto it = fields.find(row["key"]);
    if (it == fields.end()) return bad(row, "unknown setting '" + row["key"] + "'");
    s.*(it->second) = static_cast<uint8_t>(std::atoi(row["value"].c_str()));
  }
  out.add(lang + "/grammar_settings", std::vector<GrammarSettings>{s});
  out.add(lang + "/grammar_endings", endings);
  return Ok{};
}

Status Compiler::words() {
  auto table = read_tsv(dir, lang + "/grammar/words", {"form", "tags", "classes", "options", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    uint32_t tags = 0;
    for (auto t : split(row["tags"], '|')) {
      if (t == "*") { tags = 0xFFFFFFFFu; continue; }
      const int i = tag_index(t);
      if (i < 0) return bad(row, "unknown tag '" + std::string(t) + "'");
      tags |= 1u << i;
    }
    WordEntry e;
    for (auto c : split(row["classes"], '|')) {
      bool found = false;
      for (size_t i = 0; i < std::size(word_class::kNames); ++i) {
        if (c == word_class::kNames[i]) { e.classes |= 1ull << i; found = true; }
      }
      if (!found) return bad(row, "unknown word class '" + std::string(c) + "'");
    }
    bool by_lemma = false;
    std::string same;
    for (auto o : split(row["options"], ' ')) {
      if (o == "lemma") by_lemma = true;
      else if (o.starts_with("noun=")) e.noun = static_cast<int8_t>(std::atoi(std::string(o.substr(5)).c_str()));
      else if (o.starts_with("verb=")) e.verb = static_cast<int8_t>(std::atoi(std::string(o.substr(5)).c_str()));
      else if (o.starts_with("same=")) same = std::string(o.substr(5));
      else return bad(row, "unknown option '" + std::string(o) + "', expected lemma, noun=N, verb=N, same=FORM");
    }
    for (auto form : split(row["form"], '|')) {
      WordEntry entry = e;
      const std::string text(trim(form));
      if (e.classes & word_class::kPreposition) entry.prep = static_cast<int8_t>(prep(same.empty() ? text : same));
      const uint32_t id = static_cast<uint32_t>(entries.size());
      entries.push_back(entry);
      const auto parts = split(text, ' ');
      if (parts.size() > 1 && !by_lemma) {
        GrammarPhraseRow p{out.intern(lexicon.key_of(std::string(parts[0]))), static_cast<uint32_t>(phrase_words.size()),
                    static_cast<uint32_t>(parts.size()), id, 0};
        for (uint32_t i = 0; i < 17; ++i) if (tags == (1u << i)) p.tag = i;
        for (auto w : parts) phrase_words.push_back(out.intern(lexicon.key_of(std::string(w))));
        phrases.push_back(p);
      } else if (by_lemma && parts.size() > 1) {
        expressions.push_back({out.intern(text), tags, id});
      } else if (by_lemma) {
        for (uint32_t i = 0; i < 17; ++i) {
          if (!(tags & (1u << i))) continue;
          for (uint32_t lemma : lexicon.resolve(text, static_cast<Tag>(i), false)) lemma_rows.push_back({lemma, tags, id});
        }
      } else {
        keys.push_back({out.intern(lexicon.key_of(text)), tags, id});
      }
    }
  }
  return Ok{};
}

// One frame `A=subj R=obj|on C=comp|to`.
void Compiler::add_frame(uint32_t lemma, std::string_view frame) {
  Subcat& s = subcats[lemma];
  bool object = false, other = false;  // slots that are only an object, only prepositions
  for (auto slot : split(frame, ' ')) {
    const size_t eq = slot.find('=');
    const bool content = eq != std::string_view::npos && (slot[0] == 'C');
    const std::string_view values = eq == std::string_view::npos ? slot : slot.substr(eq + 1);
    int relations = 0;
    object = object || values == "obj";
    bool preps = eq != std::string_view::npos && slot[0] != 'A';
    for (auto v : split(values, '|')) {
      ++relations;
      preps = preps && prep_index.contains(lexicon.key_of(std::string(v)));
      if (v == "obj") s.flags |= subcat_flag::kObject;
      else if (v == "obj2") s.flags |= subcat_flag::kObject2;
      else if (v == "comp") s.flags |= subcat_flag::kClause;
      else if (v == "inf") s.flags |= subcat_flag::kInfinitive;
      else if (v == "gerund") s.flags |= subcat_flag::kGerund;
      else if (v == "pred") s.flags |= subcat_flag::kPredicative;
      else if (v == "none") s.flags |= subcat_flag::kNoObject;
      else if (v == "subj" || v == "agent" || v == "gen" || v == "adj" || v == "nmod" || v == "appos") continue;
      else {
        const auto it = prep_index.find(lexicon.key_of(std::string(v)));
        if (it != prep_index.end()) s.preps |= 1ull << it->second;
      }
    }
    if (relations > 1 && slot.starts_with("A=subj|obj")) s.flags |= subcat_flag::kReciprocal;
    other = other || preps;
    if (content) s.flags |= subcat_flag::kClause;
  }
  if (object && other) s.flags |= subcat_flag::kObjectAndPrep;
}

Status Compiler::subcat_table() {
  auto table = read_tsv(dir, lang + "/grammar/subcat", {"lemmas", "tag", "frame", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    const int tag = tag_index(row["tag"]);
    if (tag < 0) return bad(row, "unknown tag '" + row["tag"] + "'");
    for (auto word : split(row["lemmas"], '|')) {
      auto lemmas = lexicon.resolve(trim(word), static_cast<Tag>(tag), false);
      // a participle that serves as a noun has its lemma among the adjectives
      if (lemmas.empty() && tag == static_cast<int>(Tag::kNoun)) lemmas = lexicon.resolve(trim(word), Tag::kAdj, false);
      for (uint32_t lemma : lemmas) {
        add_frame(lemma, row["frame"]);
        if (tag == static_cast<int>(Tag::kNoun) && row["frame"].find("obj") != std::string::npos) subcats[lemma].flags |= subcat_flag::kEvent;
        if (row["frame"].find("say") != std::string::npos) subcats[lemma].flags |= subcat_flag::kSay | subcat_flag::kClause;
      }
    }
  }
  return Ok{};
}

Status Compiler::frames(const std::string& name, bool reports) {
  Result<std::shared_ptr<const TsvTable>> table =
      reports ? read_tsv(dir, lang + name, {"id", "lemma", "tag", "stance", "commit", "author", "frame", "flags", "example", "origin"}, false)
              : read_tsv(dir, lang + name, {"id", "lemma", "tag", "type", "mode", "contexts", "cameo", "frame", "need", "not", "magnitude", "example", "counter", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    const int tag = tag_index(row["tag"]);
    if (tag < 0) continue;  // the table's own compiler reports it
    const auto words = split(row["lemma"], ' ');
    if (words.empty()) continue;
    for (uint32_t lemma : lexicon.resolve(words[0], static_cast<Tag>(tag), false)) {
      const std::string frame = row["frame"].empty() && tag == static_cast<int>(Tag::kVerb) ? "A=subj R=obj" : row["frame"];
      add_frame(lemma, frame);
      if (tag == static_cast<int>(Tag::kNoun)) subcats[lemma].flags |= subcat_flag::kEvent;
      if (reports && (tag == static_cast<int>(Tag::kVerb))) {
        const std::string& st = row["stance"];
        if (frame.find("comp") != std::string::npos && (st == "assert" || st == "claim" || st == "deny" || st == "quote")) subcats[lemma].flags |= subcat_flag::kSay;
      }
    }
  }
  return Ok{};
}

void Compiler::write() {
  // What the lexicon says of transitivity.
  for (uint32_t lemma = 0; lemma < lexicon.size(); ++lemma) {
    const LemmaRow& row = lexicon.row(lemma);
    if (row.tag != Tag::kVerb || row.derivation != Derivation::kNone) continue;
    if (row.flags & lemma_flag::kTransitive) subcats[lemma].flags |= subcat_flag::kObject;
    else if ((row.flags & lemma_flag::kIntransitive) && !(subcats[lemma].flags & subcat_flag::kObject)) subcats[lemma].flags |= subcat_flag::kNoObject;
  }
  // A masdar, participle or gerund governs what its verb governs.
  for (uint32_t lemma = 0; lemma < lexicon.size(); ++lemma) {
    const LemmaRow& row = lexicon.row(lemma);
    if (row.base == kNone || row.derivation == Derivation::kNisba || row.derivation == Derivation::kNone) continue;
    const auto base = subcats.find(row.base);
    Subcat add = base == subcats.end() ? Subcat{} : base->second;
    if (row.derivation == Derivation::kMasdar || row.derivation == Derivation::kGerund) add.flags |= subcat_flag::kEvent;
    add.flags &= ~subcat_flag::kSay;
    if (!add.flags && !add.preps) continue;
    Subcat& s = subcats[lemma];
    s.preps |= add.preps;
    s.flags |= add.flags;
  }
  // Who acts is no act, although events.tsv may name him (demonstrator).
  for (auto& [lemma, s] : subcats) {
    if (lexicon.row(lemma).flags & lemma_flag::kHuman) s.flags &= ~subcat_flag::kEvent;
  }
  std::stable_sort(keys.begin(), keys.end(), [](const KeyRow& a, const KeyRow& b) { return a.key < b.key; });
  std::stable_sort(expressions.begin(), expressions.end(), [](const KeyRow& a, const KeyRow& b) { return a.key < b.key; });
  std::stable_sort(lemma_rows.begin(), lemma_rows.end(), [](const LemmaEntryRow& a, const LemmaEntryRow& b) { return a.lemma < b.lemma; });
  std::stable_sort(phrases.begin(), phrases.end(), [](const GrammarPhraseRow& a, const GrammarPhraseRow& b) {
    return a.first != b.first ? a.first < b.first : a.count > b.count;
  });
  std::vector<SubcatRow> rows;
  for (const auto& [lemma, s] : subcats) rows.push_back({lemma, 0, s});
  out.add(lang + "/grammar_entries", entries);
  out.add(lang + "/grammar_keys", keys);
  out.add(lang + "/grammar_expressions", expressions);
  out.add(lang + "/grammar_lemmas", lemma_rows);
  out.add(lang + "/grammar_phrases", phrases);
  out.add(lang + "/grammar_phrase_words", phrase_words);
  out.add(lang + "/grammar_subcat", rows);
}

}  // namespace

Status compile_grammar(const std::string& packs_dir, const std::string& lang, LexiconBuilder& lexicon, PackWriter& out) {
  Compiler c{packs_dir, lang, lexicon, out, {}, {}, {}, {}, {}, {}, {}, {}};
  if (auto s = c.settings(); !s) return s;
  if (auto s = c.words(); !s) return s;
  if (auto s = c.subcat_table(); !s) return s;
  if (auto s = c.frames("/events/events", false); !s) return s;
  if (auto s = c.frames("/stance/reports", true); !s) return s;
  c.write();
  return Ok{};
}

}  // namespace biruni
