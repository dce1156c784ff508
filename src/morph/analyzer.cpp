// One Viterbi pass a sentence over the candidates of its tokens. A candidate has the state in which it begins (its
// first clitic) and ends (its stem); transitions inside a token are part of its own cost.
#include "morph/analyzer.h"

#include <algorithm>
#include <climits>

#include "morph/candidate.h"

namespace biruni {

struct MorphScratch {
  /// A token of the sentence: its candidates and the place of their scores.
  struct Part { uint32_t begin = 0, end = 0, score = 0; StrId key = kNone; };
  /// A token of this document that was met before: the same letters and flags have the same candidates.
  struct Known { uint64_t hash = 0; uint32_t text = 0, size = 0, kind = 0; Part part; };

  TokenLetters letters;
  std::vector<Candidate> candidates;
  std::vector<Part> tokens;
  std::vector<int> score;        // per candidate of a token: best path to it
  std::vector<uint32_t> back;    // its predecessor, a row of score
  std::vector<uint32_t> chosen;  // per token, a row of score
  std::vector<Known> known;
  std::vector<uint32_t> slots;   // hash table over known, row + 1
  std::string texts;             // letters of the known

  void forget() {
    if (!known.empty()) std::fill(slots.begin(), slots.end(), 0u);
    known.clear();
    texts.clear();
    candidates.clear();
  }
  size_t slot_of(uint64_t hash) const { return hash & (slots.size() - 1); }
  const Candidate& candidate(uint32_t token, uint32_t row) const { return candidates[tokens[token].begin + row - tokens[token].score]; }
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
  void search(MorphScratch& scratch) const;
  uint8_t margin(const MorphScratch& scratch, size_t token) const;
  void emit(std::string_view raw, const TextLayer& text, uint32_t token, const Candidate& c, uint8_t margin, TokenLetters& letters, std::vector<Word>& out) const;
  int agreement(const Candidate& a, const Candidate& b) const;

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
        scores += same->part.end - same->part.begin;
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
    scratch.tokens.push_back({static_cast<uint32_t>(begin), end, scores, scratch.letters.key_id});
    scores += end - static_cast<uint32_t>(begin);
    if (!remember) continue;
    scratch.known.push_back({hash, static_cast<uint32_t>(scratch.texts.size()), static_cast<uint32_t>(norm.size()), kind, scratch.tokens.back()});
    scratch.texts += norm;
    scratch.slots[slot] = static_cast<uint32_t>(scratch.known.size());
  }
  scratch.score.assign(scores, INT_MAX / 2);
  scratch.back.assign(scores, kNone);
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
  const size_t tokens = scratch.tokens.size();
  scratch.chosen.assign(tokens, kNone);
  for (size_t t = 0; t < tokens; ++t) {
    const MorphScratch::Part part = scratch.tokens[t];
    const Candidate* c = &scratch.candidates[part.begin];
    const uint32_t count = part.end - part.begin;
    if (t == 0) {
      for (uint32_t j = 0; j < count; ++j) scratch.score[part.score + j] = c[j].cost + maker_.transition(0, c[j].entry);
      continue;
    }
    const MorphScratch::Part before = scratch.tokens[t - 1];
    const Candidate* p = &scratch.candidates[before.begin];
    const uint32_t before_count = before.end - before.begin;
    // candidates that begin in one state have one best predecessor, but for adjectives, which look at agreement
    uint32_t last_plain = kNone;
    for (uint32_t j = 0; j < count; ++j) {
      int best = INT_MAX / 2;
      uint32_t back = kNone;
      const bool agrees = c[j].tag == Tag::kAdj && c[j].chain == kNoChain;
      if (!agrees && last_plain != kNone && c[last_plain].entry == c[j].entry) {
        back = scratch.back[part.score + last_plain];
        best = scratch.score[part.score + last_plain] - c[last_plain].cost;
      } else {
        for (uint32_t i = 0; i < before_count; ++i) {
          int cost = scratch.score[before.score + i] + maker_.transition(p[i].exit, c[j].entry);
          if (agrees) cost += agreement(p[i], c[j]);
          if (cost < best) {
            best = cost;
            back = before.score + i;
          }
        }
        if (!agrees) last_plain = j;
      }
      scratch.back[part.score + j] = back;
      scratch.score[part.score + j] = best + c[j].cost;
    }
  }
  if (!tokens) return;
  const MorphScratch::Part part = scratch.tokens[tokens - 1];
  uint32_t at = part.score;
  int best = INT_MAX;
  for (uint32_t j = part.begin; j < part.end; ++j) {
    const int cost = scratch.score[part.score + j - part.begin] + maker_.transition(scratch.candidates[j].exit, 0);
    if (cost < best) best = cost, at = part.score + j - part.begin;
  }
  for (size_t t = tokens; t-- > 0; at = scratch.back[at]) scratch.chosen[t] = at;
}

// 255 = a tie with another tag or lemma on the way so far, 0 = none near.
uint8_t AnalyzerImpl::margin(const MorphScratch& scratch, size_t t) const {
  const MorphScratch::Part part = scratch.tokens[t];
  const Candidate& chosen = scratch.candidate(static_cast<uint32_t>(t), scratch.chosen[t]);
  const int score = scratch.score[scratch.chosen[t]];
  int distance = 255;
  for (uint32_t j = part.begin; j < part.end; ++j) {
    const Candidate& o = scratch.candidates[j];
    if (o.tag == chosen.tag && o.lemma == chosen.lemma) continue;
    distance = std::min(distance, std::max(0, scratch.score[part.score + j - part.begin] - score) * 4);
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
    emit(raw, text, t, scratch.candidate(static_cast<uint32_t>(i), scratch.chosen[i]), margin(scratch, i), scratch.letters, out.words);
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
