#include "morph/readings.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <climits>

#include "base/utf8.h"

namespace biruni {
namespace {

constexpr size_t kMaxCandidates = 40;  // a token; the costliest are dropped

Script script_of(std::string_view text) {
  size_t at = 0;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(utf8::next(text, at)), &status)) {
    case USCRIPT_ARABIC: return Script::kArabic;
    case USCRIPT_LATIN: return Script::kLatin;
    case USCRIPT_CYRILLIC: return Script::kCyrillic;
    default: return Script::kOther;
  }
}

}  // namespace

ReadingPool::Part ReadingPool::close(uint32_t begin, StrId key, bool wide) {
  const auto first = candidates.begin() + begin;
  if (!wide) {
    int cheapest = INT_MAX;
    for (auto c = first; c != candidates.end(); ++c) cheapest = std::min(cheapest, c->cost);
    candidates.erase(std::remove_if(first, candidates.end(), [&](const Candidate& c) { return c.cost > cheapest + kBeam; }), candidates.end());
    if (candidates.size() - begin > kMaxCandidates) {
      std::stable_sort(first, candidates.end(), [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
      candidates.resize(begin + kMaxCandidates);
    }
  }
  Part part;
  part.begin = begin;
  part.end = static_cast<uint32_t>(candidates.size());
  part.gate = static_cast<uint32_t>(gates.size());
  part.way = static_cast<uint32_t>(ways.size());
  part.key = key;
  for (uint32_t j = begin; j < part.end; ++j) {
    Candidate& c = candidates[j];
    const auto gender = static_cast<uint8_t>(feat::get(c.feats, feat::kNumber) == 3 ? 0 : feat::get(c.feats, feat::kGender));
    const uint8_t asked = c.tag == Tag::kAdj && c.chain == kNoChain ? gender : uint8_t(0), given = c.tag == Tag::kNoun ? gender : uint8_t(0);
    const auto gate = std::find_if(gates.begin() + part.gate, gates.end(), [&](const Gate& g) { return g.entry == c.entry && g.gender == asked; });
    c.gate = static_cast<uint8_t>(gate - gates.begin() - part.gate);
    if (gate == gates.end()) gates.push_back({c.entry, asked});
    const auto way = std::find_if(ways.begin() + part.way, ways.end(), [&](const Way& w) { return w.gate == c.gate && w.exit == c.exit && w.gender == given; });
    if (way == ways.end()) ways.push_back({c.cost, j, c.gate, c.exit, given});
    else if (c.cost < way->cost) way->cost = c.cost, way->candidate = j;
  }
  part.gates = static_cast<uint32_t>(gates.size()) - part.gate;
  part.ways = static_cast<uint32_t>(ways.size()) - part.way;
  return part;
}

ClosedWords::ClosedWords(const CandidateMaker& maker, const Pack& pack, const std::string& lang) {
  const auto words = pack.section<StrId>(lang + "/closed_words");
  const auto prefixes = pack.section<ClitRow>(lang + "/prefixes");
  size_t size = 16;
  while (size < words.size() * (prefixes.size() + 2) * 2) size *= 2;
  slots_.assign(size, 0);
  for (const StrId id : words) {
    std::string text(pack.str(id));
    if (text.empty()) continue;
    add(maker, text, 0);
    for (const ClitRow& p : prefixes)
      if (p.tag == Tag::kCconj) add(maker, std::string(pack.str(p.norm)) + text, 0);
    if (text[0] < 'a' || text[0] > 'z') continue;
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    add(maker, text, token_flag::kCapital | token_flag::kSentenceStart);
  }
}

void ClosedWords::add(const CandidateMaker& maker, const std::string& text, uint16_t flags) {
  TextLayer layer;
  Token token;
  token.script = script_of(text);
  token.flags = flags;
  const Fold::Folded folded = maker.fold().token(text, token.script == Script::kLatin, layer.norm);
  if (folded.width == 1) token.flags |= token_flag::kOneByte;
  if (folded.width == 2) token.flags |= token_flag::kTwoByte;
  token.norm = {0, folded.norm};
  token.key = {folded.norm, folded.norm + folded.key};
  const std::string_view norm = layer.norm_of(token);
  if (norm != text || find(token, norm)) return;
  longest_ = std::max(longest_, norm.size());
  const auto begin = static_cast<uint32_t>(pool_.candidates.size());
  TokenLetters letters;
  maker.make(text, layer, token, letters, pool_.candidates, false, kBeam);
  const uint64_t hash = hash_of(token, norm);
  rows_.push_back({hash, kind_of(token), static_cast<uint32_t>(norms_.size()), static_cast<uint32_t>(norm.size()), pool_.close(begin, letters.key_id, false)});
  norms_ += norm;
  size_t at = hash & (slots_.size() - 1);
  while (slots_[at]) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = static_cast<uint32_t>(rows_.size());
}

}  // namespace biruni
