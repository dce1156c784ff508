#include "lexicon/lexicon.h"

#include "lexicon/compile.h"
#include "world/world.h"

namespace biruni {
namespace {

class Matcher final : public Lexicon {
 public:
  Matcher(std::shared_ptr<const Pack> pack, const std::string& lang)
      : pack_(pack),
        lemmas_(pack, lang),
        edges_(pack->section<TrieEdge>(lang + "/trie_edges")),
        nodes_(pack->section<TrieNode>(lang + "/trie_nodes")),
        payload_(pack->section<TriePayload>(lang + "/trie_payload")),
        expressions_(pack->section<ExpressionRow>(lang + "/expressions")),
        roles_(pack->section<RoleRow>(lang + "/roles")),
        role_of_(pack->section<uint32_t>(lang + "/role_of")),
        demonym_of_(pack->section<uint32_t>(lang + "/demonym_of")),
        names_(pack->section<NameRow>("world/names")) {
    begins_.assign(pack_->string_count() / 64 + 1, 0);
    for (const TrieEdge& e : edges_)
      if (e.child && e.node == 0 && e.key < pack_->string_count()) begins_[e.key / 64] |= uint64_t(1) << (e.key % 64);
  }

  void declare(AskTable& asks) const override {
    asks.own(ask::kName | ask::kRole);
    for (const TrieEdge& e : edges_)
      if (e.child && e.node == 0) asks.key(e.key, ask::kName);
    for (uint32_t i = 0; i < lemmas_.size(); ++i)
      if (role_of(i) != kNone || demonym_of(i) != kNone) {
        asks.lemma(i, ask::kRole);
        asks.key(lemmas_.row(i).key, ask::kRole);
      }
  }

  const LemmaTable& lemmas() const override { return lemmas_; }
  std::span<const ExpressionRow> expressions() const override { return expressions_; }
  std::span<const RoleRow> roles() const override { return roles_; }
  uint32_t role_of(uint32_t lemma) const override { return lemma < role_of_.size() ? role_of_[lemma] : kNone; }
  uint32_t demonym_of(uint32_t lemma) const override { return lemma < demonym_of_.size() ? demonym_of_[lemma] : kNone; }

  void run(const Analysis& in, uint32_t s, MatchLayer& out) const override {
    if (edges_.empty()) return;
    const WordRange range = in.words.of_sentence(s);
    uint32_t w = range.first;
    while (w < range.last) {
      if (!(in.words.words[w].asks & ask::kName)) { ++w; continue; }
      Found best = match_at(in, w, range.last);
      if (best.last == 0) { ++w; continue; }
      // "The World Health Organization": a name that begins after the article and reaches further than one that has it
      if (best.is_name && best.last > w + 1 && in.words.words[w].tag == Tag::kDet && (in.words.words[w + 1].asks & ask::kName) &&
          match_at(in, w + 1, range.last).last > best.last) { ++w; continue; }
      if (best.is_name) {
        const uint32_t first_row = static_cast<uint32_t>(out.names.size());
        uint16_t count = 0;
        for (uint32_t i = best.begin; i < best.end; ++i) {
          if (!accept(in, w, best, payload_[i]) || !payload_[i].is_name) continue;
          out.names.push_back({{w, best.last}, payload_[i].index, 0});
          ++count;
        }
        for (uint32_t i = 0; i < count; ++i) out.names[first_row + i].candidates = static_cast<uint16_t>(count - i);
        for (uint32_t i = w; i < best.last; ++i) out.name_at[i] = first_row;
      } else {
        const uint32_t row = static_cast<uint32_t>(out.expressions.size());
        out.expressions.push_back({{w, best.last}, best.index, expressions_[best.index].lemma});
        for (uint32_t i = w; i < best.last; ++i) out.expression_at[i] = row;
      }
      w = best.last;
    }
  }

 private:
  struct Found {
    uint32_t last = 0;        // one past the last word, 0 = nothing
    uint32_t begin = 0, end = 0;  // payload range
    uint32_t index = 0;
    bool is_name = false;
    bool by_lemma = false;
    bool whole_key = false;
  };

  uint32_t child(uint32_t node, uint32_t key) const {
    if (key == kNone) return 0;
    if (node == 0 && !(begins_[key / 64] >> (key % 64) & 1)) return 0;
    const size_t mask = edges_.size() - 1;
    for (size_t i = trie_hash(node, key) & mask;; i = (i + 1) & mask) {
      const TrieEdge& e = edges_[i];
      if (e.child == 0) return 0;
      if (e.node == node && e.key == key) return e.child;
    }
  }

  uint32_t key_of_token(const Analysis& in, uint32_t token) const {
    return token < in.words.token_keys.size() ? in.words.token_keys[token] : pack_->find(in.text.key_of(in.text.tokens[token]));
  }

  bool accept(const Analysis& in, uint32_t w, const Found& found, const TriePayload& p) const {
    const Word& word = in.words.words[w];
    if (found.by_lemma && !p.by_lemma) return false;
    if (!p.by_lemma && !found.whole_key && p.definite != 2 && (p.definite == 1) != (word.get(feat::kDef) != 0)) return false;
    if (found.whole_key && p.definite == 1) return false;
    if (p.is_name) {
      const NameRow& n = names_[p.index];
      const Token& token = in.text.tokens[word.token];
      if (token.script == Script::kLatin) {
        if (n.capital == 2 && !(token.flags & token_flag::kAllCaps)) return false;
        if (n.capital == 1 && !(token.flags & (token_flag::kCapital | token_flag::kAllCaps))) return false;
      } else if (found.last == w + 1) {
        // a single word that the sentence reads as a verb or a particle is no name
        if (word.tag == Tag::kVerb || word.tag == Tag::kAdp || word.tag == Tag::kCconj || word.tag == Tag::kSconj ||
            word.tag == Tag::kPart || word.tag == Tag::kPron || word.tag == Tag::kAux) return false;
      }
    }
    return true;
  }

  Found match_at(const Analysis& in, uint32_t w, uint32_t end) const {
    Found best;
    const Word& word = in.words.words[w];
    if (word.tag == Tag::kPunct) return best;
    try_root(in, w, end, child(0, word.key), false, false, best);
    const Token& token = in.text.tokens[word.token];
    if (word.raw.begin == token.raw.begin && word.get(feat::kDef)) {
      try_root(in, w, end, child(0, key_of_token(in, word.token)), false, true, best);
    }
    if (word.lemma != kNone && (word.tag == Tag::kNoun || word.tag == Tag::kAdj)) {
      const StrId key = lemmas_.row(word.lemma).key;
      if (key != word.key) try_root(in, w, end, child(0, key), true, false, best);
    }
    return best;
  }

  void try_root(const Analysis& in, uint32_t w, uint32_t end, uint32_t node, bool by_lemma, bool whole, Found& best) const {
    if (!node) return;
    uint32_t last = w + 1;
    consider(in, w, last, node, by_lemma, whole, best);
    while (last < end) {
      // the next token: skip clitics of this one and a hyphen
      uint32_t next = last;
      const uint32_t token_index = in.words.words[last - 1].token;
      while (next < end && in.words.words[next].token == token_index) {
        if (in.words.words[next].tag == Tag::kPron) return;  // a pronoun is attached: the pattern ends here
        ++next;
      }
      if (next < end && in.text.tokens[in.words.words[next].token].punct == '-') ++next;
      if (next >= end) return;
      const uint32_t t = in.words.words[next].token;
      uint32_t after = next + 1;
      while (after < end && in.words.words[after].token == t) ++after;
      uint32_t child_node = child(node, key_of_token(in, t));
      if (!child_node && after > next + 1 && in.words.words[next].key != kNone) {
        // Kazakhstan's: the stem alone
        child_node = child(node, in.words.words[next].key);
        after = next + 1;
      }
      if (!child_node) return;
      node = child_node;
      last = after;
      consider(in, w, last, node, by_lemma, whole, best);
    }
  }

  void consider(const Analysis& in, uint32_t w, uint32_t last, uint32_t node, bool by_lemma, bool whole, Found& best) const {
    const TrieNode& n = nodes_[node];
    if (n.begin == n.end || last < best.last) return;
    Found found;
    found.last = last;
    found.begin = n.begin;
    found.end = n.end;
    found.by_lemma = by_lemma;
    found.whole_key = whole;
    bool single = last == w + 1;
    for (uint32_t i = n.begin; i < n.end; ++i) {
      const TriePayload& p = payload_[i];
      if (!accept(in, w, found, p)) continue;
      if (!p.is_name && single) continue;  // one-word expressions are ordinary lemmas
      if (last == best.last && best.is_name) continue;
      found.is_name = p.is_name;
      found.index = p.index;
      best = found;
      if (p.is_name) return;
    }
  }

  std::shared_ptr<const Pack> pack_;
  LemmaTable lemmas_;
  std::span<const TrieEdge> edges_;
  std::span<const TrieNode> nodes_;
  std::span<const TriePayload> payload_;
  std::span<const ExpressionRow> expressions_;
  std::span<const RoleRow> roles_;
  std::span<const uint32_t> role_of_, demonym_of_;
  std::span<const NameRow> names_;
  std::vector<uint64_t> begins_;  // one bit a string: a pattern begins with it
};

}  // namespace

std::shared_ptr<const Lexicon> Lexicon::open(std::shared_ptr<const Pack> pack, const std::string& lang) {
  return std::make_shared<Matcher>(std::move(pack), lang);
}

}  // namespace biruni
