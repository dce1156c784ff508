#include "pattern/compile.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "pack/tsv.h"
#include "pattern/tables.h"

namespace biruni {
namespace {

Error bad(const TsvRow& row, const std::string& what, const std::string& hint = "") {
  return Error{ErrorCode::kBadValue, what, row.where(), hint};
}

class Compiler {
 public:
  Compiler(std::string lang, const PatternTable& table, LexiconBuilder& builder, PackWriter& out)
      : lang_(std::move(lang)), table_(table), builder_(builder), out_(out) {}
  Status run(const std::string& dir);

 private:
  uint32_t atom(std::string_view text);
  uint32_t alternative(std::string_view text);
  std::vector<uint32_t> alternatives(std::string_view text);
  Status element(const TsvRow& row, std::string_view text, PatternElementRow& e);
  Status slot(const TsvRow& row, std::string_view text, PatternElementRow& e);
  Status pattern(const TsvRow& row);
  void write() const;

  std::string lang_;
  const PatternTable& table_;
  LexiconBuilder& builder_;
  PackWriter& out_;
  std::map<std::string, uint32_t, std::less<>> atoms_;
  std::vector<AtomEntry> keys_, lemmas_;
  std::vector<uint32_t> atom_list_;
  std::vector<AlternativeRow> alternatives_;
  std::map<std::string, std::vector<uint32_t>, std::less<>> class_words_;
  std::vector<ClassRow> classes_, term_kinds_;
  std::vector<TermRow> terms_;
  std::vector<PatternElementRow> elements_;
  std::vector<PatternRow> patterns_;
};

// A word of a pattern: its form, and unless marked with ' any form of its lemma.
uint32_t Compiler::atom(std::string_view text) {
  const auto it = atoms_.find(text);
  if (it != atoms_.end()) return it->second;
  const uint32_t id = static_cast<uint32_t>(atoms_.size());
  atoms_.emplace(std::string(text), id);
  if (text == "," || text == ":") {  // any pause: prepare() of the matcher knows it
    keys_.push_back({out_.intern(","), id});
    return id;
  }
  const bool form_only = text.starts_with('\'');
  if (form_only) text.remove_prefix(1);
  keys_.push_back({out_.intern(builder_.key_of(text)), id});
  if (!form_only)
    for (uint32_t lemma : builder_.resolve(text, Tag::kX, false)) lemmas_.push_back({lemma, id});
  return id;
}

uint32_t Compiler::alternative(std::string_view text) {
  AlternativeRow row;
  row.begin = static_cast<uint32_t>(atom_list_.size());
  std::vector<uint32_t> list;
  for (auto token : split(text, ' ')) {
    if (token.empty()) continue;
    for (auto part : split(token, '+')) if (!part.empty()) list.push_back(atom(part));
  }
  atom_list_.insert(atom_list_.end(), list.begin(), list.end());
  row.end = static_cast<uint32_t>(atom_list_.size());
  alternatives_.push_back(row);
  return static_cast<uint32_t>(alternatives_.size() - 1);
}

// "b+hdf" also stands for the token that the analyser left in one piece.
std::vector<uint32_t> Compiler::alternatives(std::string_view text) {
  std::vector<uint32_t> out{alternative(text)};
  if (text.find('+') != std::string_view::npos) {
    std::string joined;
    for (char c : text) if (c != '+') joined += c;
    out.push_back(alternative(joined));
  }
  return out;
}

Status Compiler::slot(const TsvRow& row, std::string_view text, PatternElementRow& e) {
  if (text.size() < 5 || text.back() != '}' || text[2] != ':') return bad(row, "'" + std::string(text) + "' is no slot", "{LETTER:KIND} or {LETTER:KIND:ARGUMENT}");
  e.kind = ElementKind::kSlot;
  e.slot = static_cast<uint8_t>(text[1]);
  const auto parts = split(text.substr(3, text.size() - 4), ':');
  bool known = false;
  for (int k = 0; k < static_cast<int>(SlotKind::kCount); ++k)
    if (parts[0] == kSlotNames[k]) { e.slot_kind = static_cast<SlotKind>(k); known = true; }
  if (!known) return bad(row, "unknown kind of slot '" + std::string(parts[0]) + "'");
  if (parts.size() > 1) {
    if (e.slot_kind == SlotKind::kList) e.arg = static_cast<uint32_t>(std::atoi(std::string(parts[1]).c_str()));
    else e.arg = out_.intern(parts[1]);
  }
  return Ok{};
}

Status Compiler::element(const TsvRow& row, std::string_view text, PatternElementRow& e) {
  if (text.ends_with('?') && text.size() > 1) { e.optional = 1; text.remove_suffix(1); }
  if (text.starts_with('{')) return slot(row, text, e);
  if (text == "^") { e.kind = ElementKind::kStart; return Ok{}; }
  if (text == ",") { e.kind = ElementKind::kPause; return Ok{}; }
  if (text == "$") { e.kind = ElementKind::kEnd; return Ok{}; }
  if (text.starts_with("..") || text.starts_with(",,")) {
    e.kind = text[0] == '.' ? ElementKind::kGap : ElementKind::kWideGap;
    e.arg = static_cast<uint32_t>(std::atoi(std::string(text.substr(2)).c_str()));
    if (e.arg == 0 || e.arg > 24) return bad(row, "a gap needs its longest length, 1 to 24: ..4");
    return Ok{};
  }
  if (text.starts_with('!')) { e.kind = ElementKind::kNot; text.remove_prefix(1); }
  e.begin = static_cast<uint32_t>(alternatives_.size());
  for (auto part : split(text, '|')) {
    if (part.starts_with('@')) {
      const auto it = class_words_.find(part.substr(1));
      if (it == class_words_.end()) return bad(row, "unknown class '" + std::string(part) + "'", "add it to words.tsv");
      for (uint32_t a : it->second) { const AlternativeRow copy = alternatives_[a]; alternatives_.push_back(copy); }
    } else {
      std::string words(part);
      std::replace(words.begin(), words.end(), '_', ' ');
      alternatives(words);
    }
  }
  e.end = static_cast<uint32_t>(alternatives_.size());
  return Ok{};
}

Status Compiler::pattern(const TsvRow& row) {
  PatternRow p;
  p.id = out_.intern(row["id"]);
  p.kind = out_.intern(row[table_.kind_column]);
  p.flags = out_.intern(row["flags"]);
  p.begin = static_cast<uint32_t>(elements_.size());
  uint32_t best = 0;
  p.anchor = kNone;
  for (auto text : split(row["pattern"], ' ')) {
    if (text.empty()) continue;
    PatternElementRow e;
    if (auto s = element(row, text, e); !s) return s;
    if (e.kind == ElementKind::kWords && !e.optional) {
      ++p.words;
      // the element with the fewest alternatives of the longest words is the rarest: a good enough guess
      const uint32_t rarity = static_cast<uint32_t>(std::min<size_t>(text.size(), 12)) + (text.starts_with('@') ? 8 : 0);
      if (p.anchor == kNone || rarity > best) { best = rarity; p.anchor = static_cast<uint32_t>(elements_.size()) - p.begin; }
    }
    elements_.push_back(e);
  }
  p.end = static_cast<uint32_t>(elements_.size());
  for (uint32_t i = p.begin; i < p.end && p.anchor == kNone; ++i)
    if (elements_[i].kind == ElementKind::kSlot && elements_[i].slot_kind == SlotKind::kTerm && !elements_[i].optional) p.anchor = i - p.begin;
  // a pattern of slots alone is tried at the beginning of each sentence, nowhere else
  if (p.anchor == kNone && (p.begin == p.end || elements_[p.begin].kind != ElementKind::kStart))
    return bad(row, "a pattern needs at least one word or term that must be there, or ^ at its beginning");
  patterns_.push_back(p);
  return Ok{};
}

Status Compiler::run(const std::string& dir) {
  const std::string folder = lang_ + "/" + table_.folder;
  auto words = read_tsv(dir, folder + "/words", {"class", "words", "origin"}, false);
  if (!words) return words.error();
  for (const TsvRow& row : (*words)->rows)
    for (auto text : split(row["words"], '|'))
      for (uint32_t a : alternatives(trim(text))) class_words_[row["class"]].push_back(a);
  for (const auto& [name, list] : class_words_) {
    ClassRow c;
    c.name = out_.intern(name);
    c.begin = static_cast<uint32_t>(alternatives_.size());
    for (uint32_t a : list) { const AlternativeRow copy = alternatives_[a]; alternatives_.push_back(copy); }
    c.end = static_cast<uint32_t>(alternatives_.size());
    classes_.push_back(c);
  }
  auto terms = read_tsv(dir, folder + "/terms", {"kind", "id", "names", "reference", "origin"}, false);
  if (!terms) return terms.error();
  std::map<std::string, std::vector<TermRow>> by_kind;
  for (const TsvRow& row : (*terms)->rows) {
    // one-word names become known to the language
    if (row["kind"] == "mineral" || row["kind"] == "currency")
      for (auto text : split(row["names"], '|'))
        if (text.find_first_of(" '+") == std::string_view::npos) (void)builder_.resolve(trim(text), Tag::kNoun, true);
    for (auto text : split(row["names"], '|'))
      for (uint32_t a : alternatives(trim(text)))
        by_kind[row["kind"]].push_back({out_.intern(row["id"]), out_.intern(row["reference"].empty() ? row["id"] : row["reference"]), a});
  }
  for (const auto& [kind, list] : by_kind) {
    ClassRow c;
    c.name = out_.intern(kind);
    c.begin = static_cast<uint32_t>(terms_.size());
    terms_.insert(terms_.end(), list.begin(), list.end());
    c.end = static_cast<uint32_t>(terms_.size());
    term_kinds_.push_back(c);
  }
  auto table = read_tsv(dir, folder + "/" + table_.table, {"id", table_.kind_column, "pattern", "flags", "example", "counter", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows)
    if (auto s = pattern(row); !s) return s;
  write();
  return Ok{};
}

void Compiler::write() const {
  auto sorted = [](std::vector<AtomEntry> v) {
    std::sort(v.begin(), v.end(), [](AtomEntry a, AtomEntry b) { return a.id != b.id ? a.id < b.id : a.atom < b.atom; });
    return v;
  };
  const std::string s = lang_ + "/" + table_.section + "_";
  out_.add(s + "patterns", patterns_);
  out_.add(s + "elements", elements_);
  out_.add(s + "alternatives", alternatives_);
  out_.add(s + "atoms", atom_list_);
  out_.add(s + "keys", sorted(keys_));
  out_.add(s + "lemmas", sorted(lemmas_));
  out_.add(s + "classes", classes_);
  out_.add(s + "terms", terms_);
  out_.add(s + "term_kinds", term_kinds_);
}

}  // namespace

Status compile_patterns(const std::string& packs_dir, const std::string& lang, const PatternTable& table, LexiconBuilder& builder,
                        PackWriter& out) {
  return Compiler(lang, table, builder, out).run(packs_dir);
}

}  // namespace biruni
