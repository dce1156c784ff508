#include "lexicon/compile.h"

#include <algorithm>
#include <map>

#include "lexicon/lexicon.h"
#include "pack/tsv.h"
#include "text/fold.h"

namespace biruni {
namespace {

Tag tag_of(std::string_view name) {
  static const std::map<std::string_view, Tag> kTags = {
      {"NOUN", Tag::kNoun}, {"PROPN", Tag::kPropn}, {"ADJ", Tag::kAdj}, {"VERB", Tag::kVerb}, {"AUX", Tag::kAux}, {"ADV", Tag::kAdv},
      {"PRON", Tag::kPron}, {"DET", Tag::kDet}, {"ADP", Tag::kAdp}, {"CCONJ", Tag::kCconj}, {"SCONJ", Tag::kSconj},
      {"PART", Tag::kPart}, {"NUM", Tag::kNum}, {"INTJ", Tag::kIntj}};
  const auto it = kTags.find(name);
  return it == kTags.end() ? Tag::kX : it->second;
}

class Compiler {
 public:
  Compiler(const std::string& dir, const std::string& lang, const WorldTables& world, LexiconBuilder& builder, PackWriter& out)
      : dir_(dir), lang_(lang), world_(world), builder_(builder), out_(out) {}
  Status run();

 private:
  struct Token { std::string norm, key; };
  std::vector<Token> tokens(std::string_view text) const;
  void add(std::string_view text, TriePayload payload, bool strong = false);
  uint32_t node(uint32_t parent, std::string_view key);
  void add_expression(std::string_view text, Tag tag, int kind, uint32_t role);
  Status classes();
  Status particles(const std::string& table);
  Status roles();
  Status names();
  Status demonyms();
  void write();

  std::string dir_, lang_, article_;
  const WorldTables& world_;
  LexiconBuilder& builder_;
  PackWriter& out_;
  std::unique_ptr<Fold> fold_;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> edges_;
  std::vector<std::vector<TriePayload>> payload_{1};
  std::vector<ExpressionRow> expressions_;
  std::map<std::string, uint32_t> expression_of_;
  std::vector<RoleRow> roles_;
  std::vector<std::pair<uint32_t, uint32_t>> role_of_;
  std::vector<DemonymRow> demonyms_;
};

// Splits a pattern as the tokenizer splits text: at blanks and punctuation; apostrophes and inner periods stay.
std::vector<Compiler::Token> Compiler::tokens(std::string_view text) const {
  std::vector<Token> out;
  std::string now;
  auto flush = [&] {
    if (now.empty()) return;
    Token t;
    bool marks = false;
    fold_->norm(now, t.norm, marks);
    std::string plain;
    for (char c : t.norm)
      if (c != '.') plain += c;  // U.S. -> US, as the text stage does
    fold_->key(plain, t.key);
    out.push_back(std::move(t));
    now.clear();
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool cut = c == ' ' || c == '-' || c == ',' || c == '(' || c == ')' || c == '"' || c == '/' || c == '&' || c == ':' || c == '+';
    if (cut) flush();
    else now += c;
  }
  flush();
  return out;
}

uint32_t Compiler::node(uint32_t parent, std::string_view key) {
  const StrId id = out_.intern(key);
  auto [it, fresh] = edges_.try_emplace({parent, id}, static_cast<uint32_t>(payload_.size()));
  if (fresh) payload_.emplace_back();
  return it->second;
}

void Compiler::add(std::string_view text, TriePayload payload, bool strong) {
  const auto parts = tokens(text);
  if (parts.empty()) return;
  auto insert = [&](std::string_view first, uint8_t definite) {
    uint32_t at = node(0, first);
    for (size_t i = 1; i < parts.size(); ++i) at = node(at, parts[i].key);
    payload.definite = definite;
    for (const TriePayload& p : payload_[at])
      if (p.index == payload.index && p.is_name == payload.is_name && p.definite == definite) return;
    payload_[at].push_back(payload);
  };
  const bool article = !article_.empty() && parts[0].norm.size() > article_.size() + 2 && parts[0].norm.starts_with(article_);
  insert(parts[0].key, article ? 2 : 0);
  if (article) {
    std::string stem;
    fold_->key(std::string_view(parts[0].norm).substr(article_.size()), stem);
    insert(stem, 1);
  }
  for (size_t i = 0; i < parts.size(); ++i) {
    // the possessive of a longer name is no word of its own
    const bool possessive = parts[i].norm.size() > 2 && parts[i].norm.substr(parts[i].norm.size() - 2) == "'s";
    if (payload.is_name && !possessive) builder_.add_name_word(parts[i].norm, i > 0, strong && parts.size() == 1);
  }
}

void Compiler::add_expression(std::string_view text, Tag tag, int kind, uint32_t role) {
  const std::string id = std::string(text) + "/" + std::to_string(static_cast<int>(tag));
  if (expression_of_.count(id)) {
    if (role != kNone) expressions_[expression_of_[id]].role = role;
    return;
  }
  ExpressionRow row;
  row.text = out_.intern(text);
  row.tag = tag;
  row.kind = static_cast<uint8_t>(kind);
  row.role = role;
  const auto lemma = builder_.resolve(text, tag, true);
  if (!lemma.empty()) row.lemma = lemma[0];
  expression_of_[id] = static_cast<uint32_t>(expressions_.size());
  TriePayload p;
  p.index = static_cast<uint32_t>(expressions_.size());
  p.by_lemma = kind == 1;
  expressions_.push_back(row);
  add(text, p);
}

Status Compiler::classes() {
  auto table = read_tsv(dir_, lang_ + "/lexicon/classes", {"class", "lemmas", "note", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    for (std::string_view item : split(row["lemmas"], '|')) {
      item = trim(item);
      Tag tag = Tag::kX;
      if (const size_t slash = item.find('/'); slash != std::string_view::npos) {
        tag = tag_of(item.substr(slash + 1));
        item = item.substr(0, slash);
      }
      if (item.empty()) continue;
      if (item.find(' ') != std::string_view::npos) {
        add_expression(item, tag == Tag::kX ? Tag::kNoun : tag, 2, kNone);
      }
      auto lemmas = builder_.resolve(item, tag, tag != Tag::kX);
      if (lemmas.empty()) lemmas = builder_.resolve(item, Tag::kNoun, true);
      for (uint32_t l : lemmas) builder_.add_class(l, row["class"]);
    }
  }
  return Ok{};
}

Status Compiler::particles(const std::string& name) {
  auto table = read_tsv(dir_, lang_ + "/lexicon/" + name, {"form", "lemma", "tag", "features", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    if (row["form"].find(' ') == std::string::npos) continue;  // single words belong to morphology
    const Tag tag = tag_of(row["tag"]);
    if (tag == Tag::kX) return Error{ErrorCode::kBadValue, "unknown tag '" + row["tag"] + "'", row.where(), ""};
    add_expression(row["form"], tag, 0, kNone);
  }
  return Ok{};
}

Status Compiler::roles() {
  auto table = read_tsv(dir_, lang_ + "/lexicon/roles", {"lemma", "type", "sector", "number", "flags", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    RoleRow role;
    role.text = out_.intern(row["lemma"]);
    const std::string& type = row["type"];
    if (type == "person") role.type = static_cast<uint8_t>(EntityType::kPerson);
    else if (type == "group") role.type = static_cast<uint8_t>(EntityType::kGroup);
    else if (type == "body") role.type = static_cast<uint8_t>(EntityType::kOrganization);
    else return Error{ErrorCode::kBadValue, "unknown role type '" + type + "'", row.where(), "person, group or body"};
    role.sector = world_.sector(row["sector"]);
    if (!role.sector && !row["sector"].empty()) return Error{ErrorCode::kBadValue, "unknown sector '" + row["sector"] + "'", row.where(), ""};
    for (std::string_view flag : split(row["flags"], '|')) {
      flag = trim(flag);
      if (flag.starts_with("office=")) {
        static constexpr std::string_view kOffices[] = {"", "president", "monarch", "premier", "foreign", "defence", "secretary_general", "crown_prince", "supreme_leader"};
        uint16_t office = 0;
        for (uint16_t k = 1; k < std::size(kOffices); ++k) if (flag.substr(7) == kOffices[k]) office = k;
        if (!office) return Error{ErrorCode::kBadValue, "unknown office '" + std::string(flag.substr(7)) + "'", row.where(), "president, monarch, premier, foreign, defence, secretary_general, crown_prince, supreme_leader"};
        role.flags |= static_cast<uint16_t>(office << role_flag::kOfficeShift);
        continue;
      }
      role.flags |= flag == "title" ? role_flag::kTitle : flag == "head" ? role_flag::kHead : flag == "armed" ? role_flag::kArmed : 0;
    }
    if (row["number"] == "pl") role.flags |= role_flag::kPlural;
    const uint32_t index = static_cast<uint32_t>(roles_.size());
    if (row["lemma"].find(' ') == std::string::npos) {
      auto lemmas = builder_.resolve(row["lemma"], Tag::kNoun, true);
      for (uint32_t l : lemmas) role_of_.push_back({l, index});
      if (!lemmas.empty()) role.lemma = lemmas[0];
      // participles and adjectives that serve as nouns (mutaZAhir, maHtajj) are found under their own lemma
      for (Tag tag : {Tag::kAdj, Tag::kVerb}) {
        for (uint32_t l : builder_.resolve(row["lemma"], tag, false)) {
          const LemmaRow& r = builder_.row(l);
          if (tag == Tag::kAdj || r.derivation != Derivation::kNone) role_of_.push_back({l, index});
        }
      }
    } else {
      roles_.push_back(role);
      add_expression(row["lemma"], Tag::kNoun, 1, index);
      roles_[index].lemma = expressions_[expression_of_[std::string(row["lemma"]) + "/" + std::to_string(static_cast<int>(Tag::kNoun))]].lemma;
      continue;
    }
    roles_.push_back(role);
  }
  return Ok{};
}

Status Compiler::names() {
  const auto lang = std::find(world_.langs.begin(), world_.langs.end(), lang_) - world_.langs.begin();
  for (uint32_t i = 0; i < world_.names.size(); ++i) {
    const NameRow& n = world_.names[i];
    if (n.lang != lang) continue;
    TriePayload p;
    p.index = i;
    p.is_name = 1;
    const WorldType type = world_.entities[n.entity].type;
    add(std::string(out_.str(n.text)), p, type == WorldType::kCountry && (n.kind == NameKind::kName || n.kind == NameKind::kShort));
  }
  return Ok{};
}

Status Compiler::demonyms() {
  for (const auto& d : world_.demonyms) {
    if (d.lang != lang_) continue;
    for (const std::string* text : {&d.adjective, &d.noun_plural}) {
      if (text->empty()) continue;
      if (text->find(' ') != std::string::npos) {
        add_expression(*text, Tag::kAdj, 2, kNone);
        const auto& row = expressions_[expression_of_[*text + "/" + std::to_string(static_cast<int>(Tag::kAdj))]];
        if (row.lemma != kNone) demonyms_.push_back({row.lemma, d.entity});
        if (text == &d.adjective && d.noun_plural.empty()) {  // South Koreans
          add_expression(*text + "s", Tag::kNoun, 2, kNone);
          const auto& plural = expressions_[expression_of_[*text + "s/" + std::to_string(static_cast<int>(Tag::kNoun))]];
          if (plural.lemma != kNone) demonyms_.push_back({plural.lemma, d.entity});
        }
        continue;
      }
      for (uint32_t l : builder_.resolve(*text, text == &d.adjective ? Tag::kAdj : Tag::kNoun, true)) demonyms_.push_back({l, d.entity});
    }
  }
  return Ok{};
}

void Compiler::write() {
  std::vector<TrieNode> nodes;
  std::vector<TriePayload> payload;
  for (auto& list : payload_) {
    // expressions before names, names in table order
    std::stable_sort(list.begin(), list.end(), [](const TriePayload& a, const TriePayload& b) { return a.is_name < b.is_name; });
    nodes.push_back({static_cast<uint32_t>(payload.size()), static_cast<uint32_t>(payload.size() + list.size())});
    payload.insert(payload.end(), list.begin(), list.end());
  }
  size_t capacity = 64;
  while (capacity < edges_.size() * 2) capacity *= 2;
  std::vector<TrieEdge> slots(capacity);
  for (const auto& [at, child] : edges_) {
    size_t i = trie_hash(at.first, at.second) & (capacity - 1);
    while (slots[i].child) i = (i + 1) & (capacity - 1);
    slots[i] = {at.first, at.second, child};
  }
  out_.add(lang_ + "/trie_edges", slots);
  out_.add(lang_ + "/trie_nodes", nodes);
  out_.add(lang_ + "/trie_payload", payload);
  out_.add(lang_ + "/expressions", expressions_);
  out_.add(lang_ + "/roles", roles_);
  std::vector<uint32_t> role_of(builder_.size(), kNone), demonym_of(builder_.size(), kNone);
  for (auto [lemma, role] : role_of_)
    if (role_of[lemma] == kNone) role_of[lemma] = role;
  for (const auto& e : expressions_)
    if (e.role != kNone && e.lemma != kNone && role_of[e.lemma] == kNone) role_of[e.lemma] = e.role;
  for (const auto& d : demonyms_)
    if (demonym_of[d.lemma] == kNone) demonym_of[d.lemma] = d.entity;
  out_.add(lang_ + "/role_of", role_of);
  out_.add(lang_ + "/demonym_of", demonym_of);
}

Status Compiler::run() {
  auto fold = Fold::from_tsv(dir_, lang_);
  if (!fold) return fold.error();
  fold_ = std::move(*fold);
  auto profile = read_tsv(dir_, lang_ + "/pack", {"key", "value", "note"});
  if (!profile) return profile.error();
  for (const TsvRow& row : (*profile)->rows)
    if (row["key"] == "article") article_ = row["value"];
  if (auto s = demonyms(); !s) return s;
  if (auto s = roles(); !s) return s;
  if (auto s = particles("particles"); !s) return s;
  if (auto s = particles("function"); !s) return s;
  if (auto s = classes(); !s) return s;
  if (auto s = names(); !s) return s;
  write();
  return Ok{};
}

}  // namespace

Status compile_lexicon(const std::string& packs_dir, const std::string& lang, const WorldTables& world, LexiconBuilder& builder,
                       PackWriter& out) {
  return Compiler(packs_dir, lang, world, builder, out).run();
}

}  // namespace biruni
