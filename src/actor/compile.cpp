#include "actor/compile.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "actor/tables.h"
#include "base/utf8.h"
#include "pack/tsv.h"

namespace biruni {
namespace {

Error bad(const TsvRow& row, const std::string& what, const std::string& hint) {
  return Error{ErrorCode::kBadValue, what, row.where(), hint};
}

Tag tag_named(std::string_view t) {
  if (t == "NOUN") return Tag::kNoun;
  if (t == "VERB") return Tag::kVerb;
  if (t == "ADJ") return Tag::kAdj;
  if (t == "ADP") return Tag::kAdp;
  if (t == "DET") return Tag::kDet;
  if (t == "PROPN") return Tag::kPropn;
  if (t == "FORM") return Tag::kCount;  // this form alone, no lemma
  return Tag::kX;
}

class Compiler {
 public:
  Compiler(const std::string& dir, const std::string& lang, LexiconBuilder& lexicon, PackWriter& out)
      : dir_(dir), lang_(lang), lexicon_(lexicon), out_(out) {}
  Status run() {
    if (auto s = words(); !s) return s;
    if (auto s = names(); !s) return s;
    if (auto s = pronouns(); !s) return s;
    if (auto s = letters(); !s) return s;
    write("actor_keys", keys_);
    write("actor_lemmas", lemmas_);
    return Ok{};
  }

 private:
  void write(const char* section, const std::map<uint32_t, uint32_t>& map) {
    std::vector<ActorKeyRow> rows;
    for (auto [id, classes] : map) rows.push_back({id, classes});
    out_.add(lang_ + "/" + section, rows);
  }

  Status words() {
    auto table = read_tsv(dir_, lang_ + "/actors/words", {"class", "words", "origin"}, false);
    if (!table) return table.error();
    for (const TsvRow& row : (*table)->rows) {
      uint32_t bit = 0;
      for (int i = 0; i < kActorClasses; ++i)
        if (row["class"] == kActorClassNames[i]) bit = 1u << i;
      if (!bit) return bad(row, "unknown class '" + row["class"] + "'", "see docs/formats/actors.md");
      for (std::string_view item : split(row["words"], '|')) {
        Tag tag = Tag::kX;
        item = trim(item);
        if (const size_t slash = item.find('/'); slash != std::string_view::npos) {
          tag = tag_named(item.substr(slash + 1));
          if (tag == Tag::kX) return bad(row, "unknown tag in '" + std::string(item) + "'", "NOUN VERB ADJ ADP DET PROPN FORM");
          item = item.substr(0, slash);
        }
        if (item.empty()) continue;
        if (item.find(' ') != std::string_view::npos) return bad(row, "'" + std::string(item) + "' is more than one word", "one word an item");
        if (tag == Tag::kX || tag == Tag::kCount) keys_[out_.intern(lexicon_.key_of(item))] |= bit;
        if (tag == Tag::kCount) continue;
        for (uint32_t l : lexicon_.resolve(item, tag, false)) lemmas_[l] |= bit;
      }
    }
    return Ok{};
  }

  Status names() {
    auto table = read_tsv(dir_, lang_ + "/actors/names", {"kind", "names", "origin"}, false);
    if (!table) return table.error();
    for (const TsvRow& row : (*table)->rows) {
      const std::string& kind = row["kind"];
      uint32_t bit = 0;
      if (kind == "m") bit = actor_class::kGivenMale;
      else if (kind == "f") bit = actor_class::kGivenFemale;
      else if (kind == "mf") bit = actor_class::kGiven;
      else if (kind == "part") bit = actor_class::kNamePart;
      else return bad(row, "unknown kind '" + kind + "'", "m, f, mf or part");
      for (std::string_view item : split(row["names"], '|')) {
        item = trim(item);
        if (item.empty()) continue;
        keys_[out_.intern(lexicon_.key_of(item))] |= bit;
        // a name that is also an ordinary word keeps its reading in the dictionary
        if (kind != "part" && lexicon_.resolve(item, Tag::kX, false).empty()) lexicon_.add_name_word(item);
      }
    }
    return Ok{};
  }

  Status pronouns() {
    auto table = read_tsv(dir_, lang_ + "/actors/pronouns", {"form", "number", "gender", "human", "kind", "origin"}, false);
    if (!table) return table.error();
    std::vector<PronounRow> rows;
    for (const TsvRow& row : (*table)->rows) {
      PronounRow p;
      p.key = out_.intern(lexicon_.key_of(row["form"]));
      const std::string& n = row["number"];
      p.number = n == "sg" ? 1 : n == "du" ? 2 : n == "pl" ? 3 : 0;
      p.gender = row["gender"] == "m" ? 1 : row["gender"] == "f" ? 2 : 0;
      p.human = row["human"] == "yes" ? 1 : row["human"] == "no" ? 2 : 0;
      p.kind = row["kind"] == "personal" ? pronoun_kind::kPersonal : row["kind"] == "possessive" ? pronoun_kind::kPossessive
               : row["kind"] == "reflexive" ? pronoun_kind::kReflexive : 0;
      if (!p.kind) return bad(row, "unknown kind '" + row["kind"] + "'", "personal, possessive or reflexive");
      rows.push_back(p);
    }
    out_.add(lang_ + "/actor_pronouns", rows);
    return Ok{};
  }

  Status letters() {
    auto table = read_tsv(dir_, lang_ + "/actors/letters", {"letter", "latin", "origin"}, false);
    if (!table) return table.error();
    std::vector<LetterRow> rows;
    for (const TsvRow& row : (*table)->rows) {
      LetterRow l;
      size_t pos = 0;
      if (row["letter"].empty()) return bad(row, "no letter", "");
      l.letter = utf8::next(row["letter"], pos);
      std::string latin = row["latin"];
      if (latin == "-") latin.clear();
      if (latin.size() > 3 || pos != row["letter"].size()) return bad(row, "one letter, at most three Latin letters", "");
      std::memcpy(l.text, latin.data(), latin.size());
      rows.push_back(l);
    }
    std::sort(rows.begin(), rows.end(), [](const LetterRow& a, const LetterRow& b) { return a.letter < b.letter; });
    out_.add(lang_ + "/actor_letters", rows);
    return Ok{};
  }

  std::string dir_, lang_;
  LexiconBuilder& lexicon_;
  PackWriter& out_;
  std::map<uint32_t, uint32_t> keys_, lemmas_;
};

}  // namespace

Status compile_actors(const std::string& packs_dir, const std::string& lang, LexiconBuilder& lexicon, PackWriter& out) {
  return Compiler(packs_dir, lang, lexicon, out).run();
}

}  // namespace biruni
