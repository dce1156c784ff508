#include "morph/cut.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"

namespace biruni {
namespace {

uint32_t letter_of(std::string_view s) {
  uint32_t v = 0;
  __builtin_memcpy(&v, s.data(), std::min<size_t>(s.size(), 4));
  return v;
}

}  // namespace

CutTable::CutTable(const Pack& pack, const std::string& lang, std::span<const StateRow> states, std::span<const int16_t> transitions)
    : prefixes_(pack.section<ClitRow>(lang + "/prefixes")),
      suffixes_(pack.section<ClitRow>(lang + "/suffixes")),
      chains_(pack.section<ChainRow>(lang + "/chains")) {
  const auto transition = [&](uint8_t from, uint8_t to) { return transitions.empty() ? 0 : transitions[from * states.size() + to]; };
  for (const ChainRow& chain : chains_) {
    Chain info;
    CutFrame& f = info.frame;
    f.chain = static_cast<uint16_t>(&chain - chains_.data());
    f.begin = f.word_begin = chain.letters;
    f.article = chain.article;
    f.attach = chain.attach;
    f.forbidden = form_flag::kNoClitics | form_flag::kNeedsSuffix | (chain.article ? form_flag::kNoArticle : form_flag::kNeedsArticle);
    f.cost = chain.cost;
    if (f.article) f.feats = feat::set(f.feats, feat::kDef, 1);
    for (uint8_t i = 0; i < chain.count; ++i) {
      const ClitRow& p = prefixes_[chain.clitic[i]];
      f.feats |= p.stem_feats;
      f.verb_condition = f.verb_condition || p.verb_mask;
      if (p.flags & (clitic_flag::kArticle | clitic_flag::kFeature)) continue;
      if (f.led) f.cost += transition(f.before, p.state);
      else f.entry = p.state;
      f.before = p.state;
      f.led = true;
    }
    if (chain.article && chain.absorbed == 2) info.stem_letter = stem_letter(pack, chain);
    else if (chain.article) f.word_begin = static_cast<uint8_t>(chain.letters - prefixes_[chain.clitic[chain.count - 1]].letters + (chain.absorbed ? 1 : 0));
    frames_.push_back(info);
  }
  frames_.emplace_back();
  frames_.back().frame.forbidden = form_flag::kNeedsSuffix | form_flag::kNeedsArticle;
  build_tree(pack);
  for (size_t i = 0; i < suffixes_.size(); ++i) {
    const ClitRow& s = suffixes_[i];
    suffix_form_.push_back(pack.str(s.form));
    suffix_norm_.push_back(pack.str(s.norm));
    // An attached verb or genitive sign ('s, 'll) is a word of its own for the next one; a pronoun is not.
    suffix_after_.push_back(s.tag == Tag::kAux || (s.tag == Tag::kPart && (s.attach & tag_bit(Tag::kNoun))) ? s.state : uint8_t(0));
    if (!suffix_form_.back().empty()) suffixes_by_byte_[static_cast<uint8_t>(suffix_form_.back().back())].push_back(static_cast<uint8_t>(i));
  }
}

// The article is written with one letter less: the stem must begin with its last.
uint32_t CutTable::stem_letter(const Pack& pack, const ChainRow& chain) const {
  const std::string_view form = pack.str(prefixes_[chain.clitic[chain.count - 1]].form);
  size_t last = 0;
  for (size_t at = 0; at < form.size();) {
    last = at;
    utf8::next(form, at);
  }
  return letter_of(form.substr(last));
}

void CutTable::build_tree(const Pack& pack) {
  struct Growing { std::map<uint32_t, size_t> children; std::vector<uint16_t> chains; uint32_t letter = 0; };
  std::vector<Growing> tree(1);
  tree[0].chains.push_back(kNoChain);
  for (size_t i = 0; i < chains_.size(); ++i) {
    const std::string_view key = pack.str(chains_[i].key);
    size_t node = 0;
    for (size_t at = 0; at < key.size();) {
      const size_t begin = at;
      utf8::next(key, at);
      const uint32_t letter = letter_of(key.substr(begin, at - begin));
      const auto [it, fresh] = tree[node].children.try_emplace(letter, tree.size());
      node = it->second;
      if (fresh) {
        tree.emplace_back();
        tree.back().letter = letter;
      }
    }
    if (node) tree[node].chains.push_back(static_cast<uint16_t>(i));
  }
  std::vector<size_t> queue = {0};  // breadth first: children stand beside each other
  for (size_t q = 0; q < queue.size(); ++q) {
    const Growing& from = tree[queue[q]];
    Node n;
    n.letter = from.letter;
    n.first = static_cast<uint16_t>(order_.size());
    order_.insert(order_.end(), from.chains.begin(), from.chains.end());
    n.last = static_cast<uint16_t>(order_.size());
    n.child = static_cast<uint16_t>(queue.size());
    n.children = static_cast<uint16_t>(from.children.size());
    for (const auto& [letter, child] : from.children) queue.push_back(child);
    nodes_.push_back(n);
  }
}

void CutTable::find(const TokenLetters& l, Cuts& out) const {
  out.begin[0] = {0, nodes_[0].first, nodes_[0].last};
  out.begins = 1;
  const Node* node = &nodes_[0];
  for (uint8_t depth = 0; depth + 1u < l.count && node->children; ++depth) {
    const uint32_t letter = l.letter(depth);
    const Node *child = &nodes_[node->child], *const end = child + node->children;
    while (child < end && child->letter != letter) ++child;
    if (child == end) break;
    node = child;
    if (node->first < node->last && out.begins < Cuts::kBegins) out.begin[out.begins++] = {static_cast<uint8_t>(depth + 1), node->first, node->last};
  }
  out.end[0] = static_cast<uint8_t>(l.count);
  out.ends = 1;
  out.suffixes = 0;
  for (const uint8_t i : suffixes_by_byte_[static_cast<uint8_t>(l.key.back())]) {
    const uint32_t letters = suffixes_[i].letters;
    if (letters >= l.count) continue;
    const uint32_t end = l.count - letters;
    if (l.key_part(end, l.count) != suffix_form_[i]) continue;
    if (l.aligned && l.norm_part(end, l.count) != suffix_norm_[i]) continue;
    uint8_t row = 1;
    while (row < out.ends && out.end[row] != end) ++row;
    if (row == out.ends) {
      if (out.ends == Cuts::kEnds) continue;
      out.end[out.ends++] = static_cast<uint8_t>(end);
    }
    if (out.suffixes < out.suffix.size()) out.suffix[out.suffixes++] = {i, row};
  }
}

CutFrame CutTable::with_suffix(CutFrame f, uint8_t suffix, uint8_t end) const {
  const ClitRow& s = suffixes_[suffix];
  f.suffix = suffix;
  f.end = end;
  f.forbidden = static_cast<uint8_t>((f.forbidden & ~form_flag::kNeedsSuffix) | form_flag::kNoSuffix);
  f.attach = f.article ? 0 : f.attach & s.attach;
  f.verb_condition = f.verb_condition || s.verb_mask;
  f.feats = feat::set(f.feats, feat::kPoss, 1) | s.stem_feats;
  f.cost += s.cost;
  f.after = suffix_after_[suffix];
  return f;
}

}  // namespace biruni
