// One Viterbi pass a sentence over the candidates of its tokens. A candidate has the state in which it begins (its
// first clitic) and ends (its stem); transitions inside a token are part of its own cost.
#include "morph/analyzer.h"

#include <algorithm>
#include <climits>

#include "morph/candidate.h"

namespace biruni {

struct MorphScratch {
  /// A token of the sentence: its candidates, its ways (see below), and the places of their scores.
  struct Part {
    uint32_t begin = 0, end = 0;            // candidates
    uint32_t way = 0, ways = 0;             // first way and number of them
    uint32_t gate = 0, gates = 0;           // first gate and number of them
    uint32_t score = 0;                     // first row of `gate_score` in this sentence
    StrId key = kNone;
  };
  /// How readings begin: what the cost of the way to them depends on.
  struct Gate { uint8_t entry = 0, gender = 0; };
  /// Readings of a token that begin and end alike: of these only the cheapest can be on the best path.
  struct Way { int cost = 0; uint32_t candidate = 0; uint8_t gate = 0, exit = 0, gender = 0; };
  /// A token of this document that was met before: the same letters and flags have the same candidates.
  struct Known { uint64_t hash = 0; uint32_t text = 0, size = 0, kind = 0; Part part; };

  TokenLetters letters;
  std::vector<Candidate> candidates;
  std::vector<Part> tokens;
  std::vector<Way> ways;
  std::vector<Gate> gates;
  std::vector<int> gate_score;     // per gate of the tokens of the sentence: best path to it
  std::vector<uint32_t> gate_back; // the candidate before it
  std::vector<int> way_score;      // of the ways of the token before
  std::vector<uint32_t> chosen;    // per token, a row of candidates
  std::vector<Known> known;
  std::vector<uint32_t> slots;   // hash table over known, row + 1
  std::string texts;             // letters of the known

  void forget() {
    if (!known.empty()) std::fill(slots.begin(), slots.end(), 0u);
    known.clear();
    texts.clear();
    candidates.clear();
    ways.clear();
    gates.clear();
  }
  size_t slot_of(uint64_t hash) const { return hash & (slots.size() - 1); }
};

void MorphScratchDeleter::operator()(MorphScratch* scratch) const { delete scratch; }

namespace {

constexpr int kBeam = 50;               // tenths; readings costlier than the token's best by more are dropped
constexpr size_t kMaxCandidates = 40;  // a token; the costliest are dropped
constexpr size_t kMaxKnown = 4096;     // tokens remembered
constexpr size_t kMaxHeld = 1 << 16;   // their candidates

class AnalyzerImpl : public Analyzer {
 public:
  AnalyzerImpl(std::shared_ptr<const Pack> pack, const std::string& lang) : maker_(pack, lang), lemmas_(pack, lang) {}

  MorphScratchPtr new_scratch() const override { return MorphScratchPtr(new MorphScratch); }
  const LemmaTable& lemmas() const override { return lemmas_; }
  void begin(MorphScratch& scratch) const override { scratch.forget(); }
  void analyze(std::string_view raw, const TextLayer& text, uint32_t s, MorphScratch& scratch, WordLayer& out) const override;
  std::vector<Reading> readings(std::string_view raw, const TextLayer& text, uint32_t token) const override;

 private:
  void collect(std::string_view raw, const TextLayer& text, uint32_t first, uint32_t last, MorphScratch& scratch, bool wide = false) const;
  static void group(MorphScratch& scratch, MorphScratch::Part& part);
  void search(MorphScratch& scratch) const;
  uint8_t margin(const MorphScratch& scratch, size_t token) const;
  void emit(std::string_view raw, const TextLayer& text, uint32_t token, const Candidate& c, uint8_t margin, TokenLetters& letters, std::vector<Word>& out) const;

  CandidateMaker maker_;
  LemmaTable lemmas_;
};

void AnalyzerImpl::collect(std::string_view raw, const TextLayer& text, uint32_t first, uint32_t last, MorphScratch& scratch, bool wide) const {
  if (scratch.known.empty() || scratch.known.size() >= kMaxKnown || scratch.candidates.size() >= kMaxHeld) scratch.forget();
  if (scratch.slots.empty()) scratch.slots.assign(kMaxKnown * 4, 0);
  scratch.tokens.clear();
  uint32_t scores = 0;
  for (uint32_t t = first; t < last; ++t) {
    const Token& token = text.tokens[t];
    constexpr uint16_t kFlags = token_flag::kCapital | token_flag::kAllCaps | token_flag::kSentenceStart | token_flag::kHasDigit;
    const uint32_t kind = static_cast<uint32_t>(token.kind) << 24 | static_cast<uint32_t>(token.script) << 16 | (token.flags & kFlags);
    const std::string_view norm = text.norm_of(token);
    const bool remember = !(token.flags & token_flag::kMarks) && scratch.known.size() < kMaxKnown * 2;
    const uint64_t hash = hash_bytes(norm) ^ (kind * 0x9E3779B97F4A7C15ull >> 7);
    size_t slot = 0;
    if (remember) {
      const MorphScratch::Known* same = nullptr;
      for (slot = scratch.slot_of(hash); scratch.slots[slot]; slot = (slot + 1) & (scratch.slots.size() - 1)) {
        const MorphScratch::Known& k = scratch.known[scratch.slots[slot] - 1];
        if (k.hash == hash && k.kind == kind && std::string_view(scratch.texts).substr(k.text, k.size) == norm) { same = &k; break; }
      }
      if (same) {
        scratch.tokens.push_back(same->part);
        scratch.tokens.back().score = scores;
        scores += same->part.gates;
        continue;
      }
    }
    const size_t begin = scratch.candidates.size();
    maker_.make(raw, text, text.tokens[t], scratch.letters, scratch.candidates, wide);
    int cheapest = INT_MAX;
    for (size_t i = begin; i < scratch.candidates.size(); ++i) cheapest = std::min(cheapest, scratch.candidates[i].cost);
    const auto hopeless = [&](const Candidate& c) { return !wide && c.cost > cheapest + kBeam; };
    scratch.candidates.erase(std::remove_if(scratch.candidates.begin() + static_cast<long>(begin), scratch.candidates.end(), hopeless), scratch.candidates.end());
    if (!wide && scratch.candidates.size() - begin > kMaxCandidates) {
      const auto from = scratch.candidates.begin() + static_cast<long>(begin);
      std::stable_sort(from, scratch.candidates.end(), [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
      scratch.candidates.resize(begin + kMaxCandidates);
    }
    const auto end = static_cast<uint32_t>(scratch.candidates.size());
    MorphScratch::Part part;
    part.begin = static_cast<uint32_t>(begin);
    part.end = end;
    part.score = scores;
    part.key = scratch.letters.key_id;
    group(scratch, part);
    scratch.tokens.push_back(part);
    scores += part.gates;
    if (!remember) continue;
    scratch.known.push_back({hash, static_cast<uint32_t>(scratch.texts.size()), static_cast<uint32_t>(norm.size()), kind, scratch.tokens.back()});
    scratch.texts += norm;
    scratch.slots[slot] = static_cast<uint32_t>(scratch.known.size());
  }
  if (scratch.gate_score.size() < scores) {
    scratch.gate_score.resize(scores);
    scratch.gate_back.resize(scores);
  }
}

// Gates and ways of a token. The path asks of a reading its state at either end, and, of a noun and an adjective after it,
// whether they agree in gender.
void AnalyzerImpl::group(MorphScratch& scratch, MorphScratch::Part& part) {
  part.gate = static_cast<uint32_t>(scratch.gates.size());
  part.way = static_cast<uint32_t>(scratch.ways.size());
  for (uint32_t j = part.begin; j < part.end; ++j) {
    Candidate& c = scratch.candidates[j];
    const auto gender = static_cast<uint8_t>(feat::get(c.feats, feat::kNumber) == 3 ? 0 : feat::get(c.feats, feat::kGender));
    const uint8_t asked = c.tag == Tag::kAdj && c.chain == kNoChain ? gender : uint8_t(0), given = c.tag == Tag::kNoun ? gender : uint8_t(0);
    uint32_t g = part.gate;
    while (g < scratch.gates.size() && (scratch.gates[g].entry != c.entry || scratch.gates[g].gender != asked)) ++g;
    if (g == scratch.gates.size()) scratch.gates.push_back({c.entry, asked});
    c.gate = static_cast<uint8_t>(g - part.gate);
    uint32_t w = part.way;
    while (w < scratch.ways.size() && (scratch.ways[w].gate != c.gate || scratch.ways[w].exit != c.exit || scratch.ways[w].gender != given)) ++w;
    if (w == scratch.ways.size()) scratch.ways.push_back({c.cost, j, c.gate, c.exit, given});
    else if (c.cost < scratch.ways[w].cost) scratch.ways[w].cost = c.cost, scratch.ways[w].candidate = j;
  }
  part.gates = static_cast<uint32_t>(scratch.gates.size()) - part.gate;
  part.ways = static_cast<uint32_t>(scratch.ways.size()) - part.way;
}

void AnalyzerImpl::search(MorphScratch& scratch) const {
  constexpr int kDisagree = 8;  // noun and following adjective differ in gender: less likely a pair
  const size_t tokens = scratch.tokens.size();
  scratch.chosen.resize(tokens);
  if (!tokens) return;
  const MorphScratch::Way* before = nullptr;  // of the token before
  uint32_t before_count = 0;
  for (size_t t = 0; t < tokens; ++t) {
    const MorphScratch::Part& part = scratch.tokens[t];
    for (uint32_t g = 0; g < part.gates; ++g) {
      const MorphScratch::Gate gate = scratch.gates[part.gate + g];
      int best = INT_MAX / 2;
      uint32_t back = kNone;
      if (t == 0) best = maker_.transition(0, gate.entry);
      for (uint32_t i = 0; i < before_count; ++i) {
        const MorphScratch::Way& w = before[i];
        int cost = scratch.way_score[i] + maker_.transition(w.exit, gate.entry);
        if (gate.gender && w.gender && gate.gender != w.gender) cost += kDisagree;
        if (cost < best || (cost == best && w.candidate < back)) {  // of equals the first reading
          best = cost;
          back = w.candidate;
        }
      }
      scratch.gate_score[part.score + g] = best;
      scratch.gate_back[part.score + g] = back;
    }
    before = &scratch.ways[part.way];
    before_count = part.ways;
    if (scratch.way_score.size() < before_count) scratch.way_score.resize(before_count);
    for (uint32_t i = 0; i < before_count; ++i) scratch.way_score[i] = scratch.gate_score[part.score + before[i].gate] + before[i].cost;
  }
  uint32_t at = kNone;
  int best = INT_MAX;
  for (uint32_t i = 0; i < before_count; ++i) {
    const int cost = scratch.way_score[i] + maker_.transition(before[i].exit, 0);
    if (cost < best || (cost == best && before[i].candidate < at)) best = cost, at = before[i].candidate;
  }
  for (size_t t = tokens; t-- > 0; at = scratch.gate_back[scratch.tokens[t].score + scratch.candidates[at].gate]) scratch.chosen[t] = at;
}

// 255 = a tie with another tag or lemma on the way so far, 0 = none near.
uint8_t AnalyzerImpl::margin(const MorphScratch& scratch, size_t t) const {
  const MorphScratch::Part& part = scratch.tokens[t];
  const int* gate_score = &scratch.gate_score[part.score];
  const Candidate& chosen = scratch.candidates[scratch.chosen[t]];
  const int score = gate_score[chosen.gate] + chosen.cost;
  int distance = 255;
  for (uint32_t j = part.begin; j < part.end; ++j) {
    const Candidate& o = scratch.candidates[j];
    if (o.tag == chosen.tag && o.lemma == chosen.lemma) continue;
    distance = std::min(distance, std::max(0, gate_score[o.gate] + o.cost - score) * 4);
  }
  return static_cast<uint8_t>(255 - distance);
}

void AnalyzerImpl::emit(std::string_view raw, const TextLayer& text, uint32_t t, const Candidate& c, uint8_t margin_value, TokenLetters& letters, std::vector<Word>& out) const {
  const Token& token = text.tokens[t];
  Word stem;
  stem.raw = token.raw;
  stem.token = t;
  stem.lemma = c.lemma;
  stem.key = c.key;
  stem.feats = c.feats;
  stem.tag = c.tag;
  stem.source = c.source;
  stem.margin = margin_value;
  if (c.chain == kNoChain && c.suffix == kNoClitic && !c.is_split) {
    out.push_back(stem);
    return;
  }
  maker_.letters(raw, text, token, letters);
  maker_.raw_borders(raw.substr(token.raw.begin, token.raw.size()), letters);
  const auto border = [&](uint32_t letter) { return token.raw.begin + letters.raw_at[letter]; };
  uint32_t at = 0;
  if (c.chain != kNoChain) {
    const ChainRow& chain = maker_.chain(c.chain);
    for (uint8_t i = 0; i < chain.count; ++i) {
      const ClitRow& p = maker_.prefix(chain.clitic[i]);
      if (p.flags & (clitic_flag::kArticle | clitic_flag::kFeature)) continue;
      Word w;
      w.raw = {border(at), border(at + p.letters)};
      w.token = t;
      w.lemma = p.lemma;
      w.key = p.form;
      w.feats = p.feats;
      w.tag = p.tag;
      w.source = WordSource::kLexicon;
      w.clitic = true;
      out.push_back(w);
      at += p.letters;
    }
  }
  stem.raw = {border(at), border(c.stem_end)};
  stem.clitic = false;
  out.push_back(stem);
  if (c.is_split) {
    Word w = stem;
    w.raw = {border(c.stem_end), token.raw.end};
    w.lemma = c.lemma2;
    w.key = c.key2;
    w.feats = c.feats2;
    w.tag = c.tag2;
    w.clitic = true;
    out.push_back(w);
  } else if (c.suffix != kNoClitic) {
    const ClitRow& s = maker_.suffix(c.suffix);
    Word w;
    w.raw = {border(c.stem_end), token.raw.end};
    w.token = t;
    w.lemma = s.lemma;
    w.key = s.form;
    w.feats = s.feats;
    w.tag = s.tag;
    w.source = WordSource::kLexicon;
    w.clitic = true;
    out.push_back(w);
  }
}

void AnalyzerImpl::analyze(std::string_view raw, const TextLayer& text, uint32_t s, MorphScratch& scratch, WordLayer& out) const {
  const Sentence& sentence = text.sentences[s];
  collect(raw, text, sentence.first_token, sentence.last_token, scratch);
  search(scratch);
  if (out.token_keys.size() < text.tokens.size()) out.token_keys.resize(text.tokens.size(), kNone);
  for (uint32_t t = sentence.first_token; t < sentence.last_token; ++t) {
    const size_t i = t - sentence.first_token;
    out.token_keys[t] = scratch.tokens[i].key;
    emit(raw, text, t, scratch.candidates[scratch.chosen[i]], margin(scratch, i), scratch.letters, out.words);
  }
}

std::vector<Reading> AnalyzerImpl::readings(std::string_view raw, const TextLayer& text, uint32_t token) const {
  MorphScratch scratch;
  collect(raw, text, token, token + 1, scratch, true);
  std::stable_sort(scratch.candidates.begin(), scratch.candidates.end(), [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
  std::vector<Reading> out;
  for (const Candidate& c : scratch.candidates) {
    Reading reading;
    reading.cost = c.cost;
    emit(raw, text, token, c, 0, scratch.letters, reading.words);
    out.push_back(std::move(reading));
  }
  return out;
}

}  // namespace

std::unique_ptr<Analyzer> Analyzer::open(std::shared_ptr<const Pack> pack, const std::string& lang) { return std::make_unique<AnalyzerImpl>(std::move(pack), lang); }

}  // namespace biruni
