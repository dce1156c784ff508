// One Viterbi pass a sentence over the candidates of its tokens. A candidate has the state in which it begins (its
// first clitic) and ends (its stem); transitions inside a token are part of its own cost.
#include "morph/analyzer.h"

#include <algorithm>
#include <climits>

#include "morph/readings.h"

namespace biruni {

struct MorphScratch {
  /// A token of the sentence.
  struct Slot {
    ReadingPool::Part part;
    const ReadingPool* pool = nullptr;  // function words: that of the analyser, else `pool`
    uint32_t score = 0;                 // first row of gate_score
  };
  TokenLetters letters;
  ReadingPool pool;                 // of the sentence
  std::vector<Slot> tokens;
  std::vector<int> gate_score;      // per gate of the tokens: best path to it
  std::vector<uint32_t> gate_back;  // the candidate before it
  std::vector<int> way_score;       // of the ways of the token before
  std::vector<uint32_t> chosen;     // per token, a row of its pool's candidates
  const Candidate& candidate(size_t t) const { return tokens[t].pool->candidates[chosen[t]]; }
};

void MorphScratchDeleter::operator()(MorphScratch* scratch) const { delete scratch; }

namespace {

class AnalyzerImpl : public Analyzer {
 public:
  AnalyzerImpl(std::shared_ptr<const Pack> pack, const std::string& lang) : maker_(pack, lang), closed_(maker_, *pack, lang), lemmas_(pack, lang) {}

  MorphScratchPtr new_scratch() const override { return MorphScratchPtr(new MorphScratch); }
  const LemmaTable& lemmas() const override { return lemmas_; }
  void analyze(std::string_view raw, const TextLayer& text, uint32_t s, MorphScratch& scratch, WordLayer& out) const override;
  std::vector<Reading> readings(std::string_view raw, const TextLayer& text, uint32_t token) const override;

 private:
  void collect(std::string_view raw, const TextLayer& text, uint32_t first, uint32_t last, MorphScratch& scratch, bool wide = false) const;
  void search(MorphScratch& scratch) const;
  uint8_t margin(const MorphScratch& scratch, size_t token) const;
  void emit(std::string_view raw, const TextLayer& text, uint32_t token, const Candidate& c, uint8_t margin, TokenLetters& letters, std::vector<Word>& out) const;

  CandidateMaker maker_;
  ClosedWords closed_;
  LemmaTable lemmas_;
};

void AnalyzerImpl::collect(std::string_view raw, const TextLayer& text, uint32_t first, uint32_t last, MorphScratch& scratch, bool wide) const {
  scratch.pool.clear();
  scratch.tokens.clear();
  uint32_t scores = 0;
  for (uint32_t t = first; t < last; ++t) {
    const Token& token = text.tokens[t];
    const ReadingPool::Part* closed = wide || (token.flags & token_flag::kMarks) ? nullptr : closed_.find(token, text.norm_of(token));
    MorphScratch::Slot& slot = scratch.tokens.emplace_back();
    slot.score = scores;
    if (closed) {
      slot.part = *closed;
      slot.pool = &closed_.pool();
    } else {
      const auto begin = static_cast<uint32_t>(scratch.pool.candidates.size());
      maker_.make(raw, text, token, scratch.letters, scratch.pool.candidates, wide, kBeam);
      slot.part = scratch.pool.close(begin, scratch.letters.key_id, wide);
      slot.pool = &scratch.pool;
    }
    scores += slot.part.gates;
  }
  if (scratch.gate_score.size() < scores) {
    scratch.gate_score.resize(scores);
    scratch.gate_back.resize(scores);
  }
}

void AnalyzerImpl::search(MorphScratch& scratch) const {
  constexpr int kDisagree = 8;  // noun and following adjective differ in gender: less likely a pair
  const size_t tokens = scratch.tokens.size();
  scratch.chosen.resize(tokens);
  if (!tokens) return;
  const ReadingPool::Way* before = nullptr;  // of the token before
  uint32_t before_count = 0;
  for (size_t t = 0; t < tokens; ++t) {
    const MorphScratch::Slot& slot = scratch.tokens[t];
    int* const gate_score = &scratch.gate_score[slot.score];
    for (uint32_t g = 0; g < slot.part.gates; ++g) {
      const ReadingPool::Gate gate = slot.pool->gates[slot.part.gate + g];
      const int16_t* const into = maker_.transitions_to(gate.entry);
      int best = INT_MAX / 2;
      uint32_t back = kNone;
      if (t == 0) best = into[0];
      for (uint32_t i = 0; i < before_count; ++i) {
        const ReadingPool::Way& w = before[i];
        int cost = scratch.way_score[i] + into[w.exit];
        if (gate.gender && w.gender && gate.gender != w.gender) cost += kDisagree;
        if (cost < best || (cost == best && w.candidate < back)) {  // of equals the first reading
          best = cost;
          back = w.candidate;
        }
      }
      gate_score[g] = best;
      scratch.gate_back[slot.score + g] = back;
    }
    before = &slot.pool->ways[slot.part.way];
    before_count = slot.part.ways;
    if (scratch.way_score.size() < before_count) scratch.way_score.resize(before_count);
    for (uint32_t i = 0; i < before_count; ++i) scratch.way_score[i] = gate_score[before[i].gate] + before[i].cost;
  }
  uint32_t at = kNone;
  int best = INT_MAX;
  for (uint32_t i = 0; i < before_count; ++i) {
    const int cost = scratch.way_score[i] + maker_.transition(before[i].exit, 0);
    if (cost < best || (cost == best && before[i].candidate < at)) best = cost, at = before[i].candidate;
  }
  for (size_t t = tokens; t-- > 0;) {
    scratch.chosen[t] = at;
    at = scratch.gate_back[scratch.tokens[t].score + scratch.candidate(t).gate];
  }
}

// 255 = a tie with another tag or lemma on the way so far, 0 = none near.
uint8_t AnalyzerImpl::margin(const MorphScratch& scratch, size_t t) const {
  const MorphScratch::Slot& slot = scratch.tokens[t];
  const int* gate_score = &scratch.gate_score[slot.score];
  const Candidate& chosen = scratch.candidate(t);
  const int score = gate_score[chosen.gate] + chosen.cost;
  int distance = 255;
  for (uint32_t j = slot.part.begin; j < slot.part.end; ++j) {
    const Candidate& o = slot.pool->candidates[j];
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
    out.token_keys[t] = scratch.tokens[i].part.key;
    emit(raw, text, t, scratch.candidate(i), margin(scratch, i), scratch.letters, out.words);
  }
}

std::vector<Reading> AnalyzerImpl::readings(std::string_view raw, const TextLayer& text, uint32_t token) const {
  MorphScratch scratch;
  collect(raw, text, token, token + 1, scratch, true);
  std::stable_sort(scratch.pool.candidates.begin(), scratch.pool.candidates.end(), [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
  std::vector<Reading> out;
  for (const Candidate& c : scratch.pool.candidates) {
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
