// One Viterbi pass a sentence over the candidates of its tokens. A candidate has the state in which it begins (its
// first clitic) and ends (its stem); transitions inside a token are part of its own cost.
#include "morph/analyzer.h"

#include <algorithm>
#include <climits>

#include "morph/candidate.h"

namespace biruni {

struct MorphScratch {
  TokenLetters letters;
  std::vector<Candidate> candidates;
  std::vector<uint32_t> first;   // per token, + end
  std::vector<int> score;        // per candidate: best path to it
  std::vector<uint32_t> back;    // per candidate: its predecessor
  std::vector<uint32_t> chosen;  // per token
};

void MorphScratchDeleter::operator()(MorphScratch* scratch) const { delete scratch; }

namespace {

constexpr int kBeam = 50;               // tenths; readings costlier than the token's best by more are dropped
constexpr size_t kMaxCandidates = 40;  // a token; the costliest are dropped

class AnalyzerImpl : public Analyzer {
 public:
  AnalyzerImpl(std::shared_ptr<const Pack> pack, const std::string& lang) : maker_(pack, lang), lemmas_(pack, lang) {}

  MorphScratchPtr new_scratch() const override { return MorphScratchPtr(new MorphScratch); }
  const LemmaTable& lemmas() const override { return lemmas_; }
  void analyze(std::string_view raw, const TextLayer& text, uint32_t s, MorphScratch& scratch, WordLayer& out) const override;
  std::vector<Reading> readings(std::string_view raw, const TextLayer& text, uint32_t token) const override;

 private:
  void collect(std::string_view raw, const TextLayer& text, uint32_t first, uint32_t last, MorphScratch& scratch) const;
  void search(MorphScratch& scratch) const;
  uint8_t margin(const MorphScratch& scratch, size_t token) const;
  void emit(std::string_view raw, const TextLayer& text, uint32_t token, const Candidate& c, uint8_t margin, TokenLetters& letters, std::vector<Word>& out) const;
  int agreement(const Candidate& a, const Candidate& b) const;

  CandidateMaker maker_;
  LemmaTable lemmas_;
};

void AnalyzerImpl::collect(std::string_view raw, const TextLayer& text, uint32_t first, uint32_t last, MorphScratch& scratch) const {
  scratch.candidates.clear();
  scratch.first.clear();
  for (uint32_t t = first; t < last; ++t) {
    const size_t begin = scratch.candidates.size();
    scratch.first.push_back(static_cast<uint32_t>(begin));
    maker_.make(raw, text, text.tokens[t], scratch.letters, scratch.candidates);
    int cheapest = INT_MAX;
    for (size_t i = begin; i < scratch.candidates.size(); ++i) cheapest = std::min(cheapest, scratch.candidates[i].cost);
    const auto hopeless = [&](const Candidate& c) { return c.cost > cheapest + kBeam; };
    scratch.candidates.erase(std::remove_if(scratch.candidates.begin() + static_cast<long>(begin), scratch.candidates.end(), hopeless), scratch.candidates.end());
    if (scratch.candidates.size() - begin > kMaxCandidates) {
      const auto from = scratch.candidates.begin() + static_cast<long>(begin);
      std::stable_sort(from, scratch.candidates.end(), [](const Candidate& a, const Candidate& b) { return a.cost < b.cost; });
      scratch.candidates.resize(begin + kMaxCandidates);
    }
  }
  scratch.first.push_back(static_cast<uint32_t>(scratch.candidates.size()));
}

// Noun and following adjective differ in gender or article: less likely a pair.
int AnalyzerImpl::agreement(const Candidate& a, const Candidate& b) const {
  if (b.tag != Tag::kAdj || a.tag != Tag::kNoun || b.chain != kNoChain) return 0;
  const uint32_t ga = feat::get(a.feats, feat::kGender), gb = feat::get(b.feats, feat::kGender);
  const uint32_t na = feat::get(a.feats, feat::kNumber), nb = feat::get(b.feats, feat::kNumber);
  if (na == 3 || !ga || !gb || nb == 3) return 0;
  return ga == gb ? 0 : 8;
}

void AnalyzerImpl::search(MorphScratch& scratch) const {
  const auto& c = scratch.candidates;
  const size_t tokens = scratch.first.size() - 1;
  scratch.score.assign(c.size(), INT_MAX / 2);
  scratch.back.assign(c.size(), kNone);
  scratch.chosen.assign(tokens, kNone);
  for (size_t t = 0; t < tokens; ++t) {
    for (uint32_t j = scratch.first[t]; j < scratch.first[t + 1]; ++j) {
      if (t == 0) {
        scratch.score[j] = c[j].cost + maker_.transition(0, c[j].entry);
        continue;
      }
      int best = INT_MAX / 2;
      for (uint32_t i = scratch.first[t - 1]; i < scratch.first[t]; ++i) {
        const int cost = scratch.score[i] + maker_.transition(c[i].exit, c[j].entry) + agreement(c[i], c[j]);
        if (cost < best) {
          best = cost;
          scratch.back[j] = i;
        }
      }
      scratch.score[j] = best + c[j].cost;
    }
  }
  if (!tokens) return;
  uint32_t at = scratch.first[tokens - 1];
  int best = INT_MAX;
  for (uint32_t j = scratch.first[tokens - 1]; j < scratch.first[tokens]; ++j) {
    const int cost = scratch.score[j] + maker_.transition(c[j].exit, 0);
    if (cost < best) best = cost, at = j;
  }
  for (size_t t = tokens; t-- > 0; at = scratch.back[at]) scratch.chosen[t] = at;
}

// 255 = a tie with another tag or lemma on the way so far, 0 = none near.
uint8_t AnalyzerImpl::margin(const MorphScratch& scratch, size_t t) const {
  const Candidate& chosen = scratch.candidates[scratch.chosen[t]];
  const int score = scratch.score[scratch.chosen[t]];
  int distance = 255;
  for (uint32_t j = scratch.first[t]; j < scratch.first[t + 1]; ++j) {
    const Candidate& o = scratch.candidates[j];
    if (o.tag == chosen.tag && o.lemma == chosen.lemma) continue;
    distance = std::min(distance, std::max(0, scratch.score[j] - score) * 4);
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
  for (uint32_t t = sentence.first_token; t < sentence.last_token; ++t) {
    const size_t i = t - sentence.first_token;
    emit(raw, text, t, scratch.candidates[scratch.chosen[i]], margin(scratch, i), scratch.letters, out.words);
  }
}

std::vector<Reading> AnalyzerImpl::readings(std::string_view raw, const TextLayer& text, uint32_t token) const {
  MorphScratch scratch;
  collect(raw, text, token, token + 1, scratch);
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
