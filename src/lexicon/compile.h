// Compiles names, expressions, roles, demonyms and meaning classes of one language: sections LANG/trie_*, LANG/expressions,
// LANG/roles, LANG/role_of, LANG/demonyms. Used by packc, after LexiconBuilder::read and compile_world.
#pragma once
#include <string>

#include "base/result.h"
#include "morph/builder.h"
#include "world/compile.h"

namespace biruni {

/// Section LANG/trie_edges: open addressing over hash(node, key); child 0 = empty slot.
struct TrieEdge { uint32_t node = 0, key = 0, child = 0; };
/// Section LANG/trie_nodes: payload range.
struct TrieNode { uint32_t begin = 0, end = 0; };
/// Section LANG/trie_payload.
struct TriePayload {
  uint32_t index = 0;        // name row or expression row
  uint8_t is_name = 0;
  uint8_t definite = 0;      // first token must carry the article (1) or must not (0), 2 = does not matter
  uint16_t by_lemma = 0;     // first token may be matched by lemma
};
inline uint64_t trie_hash(uint32_t node, uint32_t key) {
  uint64_t h = (static_cast<uint64_t>(node) << 32 | key) * 0x9E3779B97F4A7C15ull;
  return h ^ (h >> 29);
}

Status compile_lexicon(const std::string& packs_dir, const std::string& lang, const WorldTables& world, LexiconBuilder& builder,
                       PackWriter& out);

}  // namespace biruni
