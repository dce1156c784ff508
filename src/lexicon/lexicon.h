// Names and fixed expressions: longest match over words, by one trie a language.
//
// A pattern's first token is matched by the stem key of a word (proclitics cut, article as a flag) or, for expressions
// and roles, also by its lemma; the following tokens by their whole key. So "wllwlAyAt AlmtHdp" matches the name
// "AlwlAyAt AlmtHdp", and plural "ministers of finance" the role "minister of finance". Immutable, thread-safe, no
// allocation once the output vectors are warm.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "model/analysis.h"
#include "morph/ask_table.h"
#include "morph/lemma.h"
#include "pack/pack.h"

namespace biruni {

/// Section LANG/expressions.
struct ExpressionRow {
  StrId text = 0;
  uint32_t lemma = kNone;
  uint32_t feats = 0;
  Tag tag = Tag::kX;
  uint8_t kind = 0;          // 0 particle, 1 role, 2 other table
  uint16_t pad = 0;
  uint32_t role = kNone;     // row of LANG/roles
};

namespace role_flag {
inline constexpr uint32_t kTitle = 1, kHead = 2, kArmed = 4, kPlural = 8;
inline constexpr uint32_t kOfficeShift = 8;  // above it the number of the office (office.cpp), 0 none
}

/// Section LANG/roles: a word that makes an actor.
struct RoleRow {
  StrId text = 0;
  uint32_t lemma = kNone;
  uint8_t type = 0;          // EntityType: kPerson, kGroup or kOrganization (body)
  uint8_t sector = 0;
  uint16_t flags = 0;        // role_flag
};

class Lexicon {
 public:
  static std::shared_ptr<const Lexicon> open(std::shared_ptr<const Pack> pack, const std::string& lang);
  virtual ~Lexicon() = default;
  /// Appends the matches of sentence `s` to `out` (name_at and expression_at are sized by the caller).
  virtual void run(const Analysis& in, uint32_t s, MatchLayer& out) const = 0;
  /// Words that may begin a match (ask::kName), and lemmas with a role or demonym, and their keys (ask::kRole).
  virtual void declare(AskTable& asks) const = 0;
  virtual const LemmaTable& lemmas() const = 0;
  virtual std::span<const ExpressionRow> expressions() const = 0;
  virtual std::span<const RoleRow> roles() const = 0;
  /// Role row of a lemma, kNone.
  virtual uint32_t role_of(uint32_t lemma) const = 0;
  /// Entity whose demonym the lemma is, kNone; `next` iterates over further ones (start with 0).
  virtual uint32_t demonym_of(uint32_t lemma) const = 0;
};

}  // namespace biruni
