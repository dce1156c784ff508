// Learns the costs of the chooser from a treebank under an open licence (averaged structured perceptron) and writes
// packs/LANG/morph/transitions.ud.tsv, bias.ud.tsv (costs added to lemmas, attached particles and guesses) and
// context.ud.tsv (costs of context features, src/morph/context.h).
//
//   morph_train ar PACK FILE.conllu OUT_DIR ORIGIN [--half 0|1] [--rounds N] [--exact-aux] [--also TAGGED]
//
// --also: sentences of the project's own (word/TAG), learnt with those of the treebank.
// --exact-aux: the tags AUX and VERB of one word are told apart as the treebank has them (else AUX is right for both).
//
// The pack must be compiled without these two files (tools/dev/train_morph.sh does that). --half trains on every second
// sentence, so that the other half can be measured (ud_morph --half).
#include <algorithm>
#include <climits>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <map>
#include <numeric>
#include <string>
#include <unordered_map>

#include "eval/conllu.h"
#include "morph/candidate.h"
#include "morph/context.h"
#include "morph/features.h"
#include "morph/lemma.h"
#include "text/text_stage.h"

using namespace biruni;
using namespace biruni::eval;

namespace {

constexpr double kStep = 3.0;   // tenths of an order of magnitude
constexpr double kMargin = 20;  // tenths
constexpr int kMinUpdates = 3;  // biases seen less often are not written

struct Item {                   // a candidate with its features
  double base = 0;
  uint8_t entry = 0, exit = 0;
  std::vector<uint32_t> features;  // transitions inside (from * n + to), then biases
  bool allowed = false;
  uint8_t state = 0;               // of the stem
};
struct Sentence_ { std::vector<std::vector<Item>> tokens; };

struct Model {
  size_t states = 0;
  std::vector<double> weight, total;
  std::vector<long> last;
  std::vector<int> updates;
  std::unordered_map<std::string, uint32_t> ids;
  std::vector<std::string> names;
  long clock = 0;
  uint32_t id(const std::string& name) {
    const auto [it, fresh] = ids.try_emplace(name, static_cast<uint32_t>(weight.size()));
    if (fresh) { grow(0); names.push_back(name); }
    return it->second;
  }
  void grow(double w) { weight.push_back(w); total.push_back(0); last.push_back(0); updates.push_back(0); }
  void add(uint32_t f, double d) {
    total[f] += weight[f] * static_cast<double>(clock - last[f]);
    last[f] = clock;
    weight[f] += d;
    ++updates[f];
  }
  double average(uint32_t f) const { return (total[f] + weight[f] * static_cast<double>(clock - last[f])) / static_cast<double>(std::max(1l, clock)); }
};

class Trainer {
 public:
  Trainer(std::shared_ptr<const Pack> pack, const std::string& lang, bool exact_aux) : exact_aux_(exact_aux), pack_(pack), maker_(pack, lang), lemmas_(pack, lang), stage_(TextStage::open(pack, {lang})), fold_(Fold::from_pack(*pack, lang)) {
    while (maker_.has_state(static_cast<uint8_t>(model_.states))) ++model_.states;
    for (size_t i = 0; i < model_.states * model_.states; ++i) {
      model_.grow(maker_.transition(static_cast<uint8_t>(i / model_.states), static_cast<uint8_t>(i % model_.states)));
      model_.names.emplace_back();
    }
    context_ = static_cast<uint32_t>(model_.weight.size());
    for (size_t i = 0; i < kContextSize; ++i) {
      model_.grow(0);
      model_.names.emplace_back();
    }
  }

  void add(const GoldSentence& gold);
  void train(int rounds, size_t until);
  void write(const std::string& dir, const std::string& origin) const;
  long wrong_tokens(size_t from) const;
  size_t sentences() const { return sentences_.size(); }
  bool context_used_ = true;
  void report() const { std::printf("tokens %ld, of which without a right reading %ld\n", tokens_, hopeless_); }

 private:
  uint32_t transition(uint8_t a, uint8_t b) const { return static_cast<uint32_t>(a * model_.states + b); }
  Item item(const Candidate& c);
  void mark(const GoldSentence& gold, const Token& token, const TokenLetters& letters, const std::vector<Candidate>& candidates, std::vector<Item>& items);
  Tag shown(uint32_t lemma) const { Word w; w.lemma = lemma; w.tag = lemmas_.row(lemma).tag; return lemmas_.shown_tag(w, false); }
  std::vector<uint32_t> decode(const Sentence_& s, bool allowed_only, double margin = 0) const;
  void update(const Sentence_& s, const std::vector<uint32_t>& path, double step);

  uint32_t context_ = 0;  // first of the context features
  bool exact_aux_;  // have, do as VERB where the treebank has VERB
  std::shared_ptr<const Pack> pack_;
  CandidateMaker maker_;
  LemmaTable lemmas_;
  std::unique_ptr<TextStage> stage_;
  std::unique_ptr<Fold> fold_;
  Model model_;
  std::vector<Sentence_> sentences_;
  long tokens_ = 0, hopeless_ = 0;
};

Item Trainer::item(const Candidate& c) {
  Item out;
  out.entry = c.entry;
  out.exit = c.exit;
  out.state = c.inner ? c.inner : c.exit;
  out.base = c.cost;
  const auto inside = [&](uint8_t a, uint8_t b) {
    out.features.push_back(transition(a, b));
    out.base -= maker_.transition(a, b);
  };
  if (c.chain != kNoChain) {
    const ChainRow& chain = maker_.chain(c.chain);
    uint8_t before = 0;
    bool first = true;
    for (uint8_t i = 0; i < chain.count; ++i) {
      const ClitRow& p = maker_.prefix(chain.clitic[i]);
      out.features.push_back(model_.id("prefix " + std::string(pack_->str(p.norm)) + "/" + tag_name(p.tag) + (c.source == WordSource::kGuess ? " ?" : "")));
      if (p.flags & (clitic_flag::kArticle | clitic_flag::kFeature)) continue;
      if (!first) inside(before, p.state);
      before = p.state;
      first = false;
    }
    if (!first) inside(before, c.inner ? c.inner : c.exit);
  }
  if (c.suffix != kNoClitic) {
    const ClitRow& s = maker_.suffix(c.suffix);
    out.features.push_back(model_.id("suffix " + std::string(pack_->str(s.norm)) + "/" + tag_name(s.tag) + (c.source == WordSource::kGuess ? " ?" : "")));
  }
  if (c.inner) inside(c.inner, c.exit);
  if (c.name_too) return out;
  if (c.lemma != kNone) out.features.push_back(model_.id("lemma " + std::string(lemmas_.text(c.lemma)) + "\t" + tag_name(c.tag)));
  else if (c.source == WordSource::kGuess) out.features.push_back(model_.id(std::string("guess ") + tag_name(c.tag)));
  return out;
}

void Trainer::mark(const GoldSentence& gold, const Token& token, const TokenLetters& letters, const std::vector<Candidate>& candidates, std::vector<Item>& items) {
  std::vector<const GoldWord*> words;
  for (const GoldWord& w : gold.words)
    if (w.begin >= token.raw.begin && w.end <= token.raw.end) words.push_back(&w);
  ++tokens_;
  for (int level = 0; level < 3; ++level) {
    bool any = false, verb_lemma = false;
    std::vector<bool> lemma_right(items.size());
    for (size_t i = 0; i < items.size(); ++i) {
      const Candidate& c = candidates[i];
      std::vector<std::pair<uint32_t, Tag>> ours;
      uint32_t at = 0;
      if (c.chain != kNoChain) {
        const ChainRow& chain = maker_.chain(c.chain);
        for (uint8_t k = 0; k < chain.count; ++k) {
          const ClitRow& p = maker_.prefix(chain.clitic[k]);
          if (p.flags & (clitic_flag::kArticle | clitic_flag::kFeature)) continue;
          ours.push_back({at, p.tag});
          at += p.letters;
        }
      }
      ours.push_back({at, c.tag});
      if (c.is_split) ours.push_back({c.stem_end, c.tag2});
      else if (c.suffix != kNoClitic) ours.push_back({c.stem_end, maker_.suffix(c.suffix).tag});
      if (ours.size() != words.size()) continue;
      bool fits = true;
      for (size_t k = 0; k < ours.size(); ++k) {
        fits = fits && token.raw.begin + letters.raw_at[ours[k].first] == words[k]->begin;
        const bool stem = ours[k].second == c.tag && !c.is_split && c.lemma != kNone && lemmas_.row(c.lemma).tag == c.tag;
        const std::string mine = tag_name(stem ? shown(c.lemma) : ours[k].second);
        if (level < 2) fits = fits && tag_class(mine, level > 0) == tag_class(words[k]->tag, level > 0);
        const bool verbal = ours[k].second == Tag::kVerb || ours[k].second == Tag::kAux;
        if (fits && (words[k]->tag == "VERB" || words[k]->tag == "AUX") && c.lemma != kNone && verbal)
          lemma_right[i] = fold_->key_of(lemmas_.text(c.lemma)) == fold_->key_of(words[k]->lemma);
      }
      items[i].allowed = fits;
      any = any || fits;
      verb_lemma = verb_lemma || (fits && lemma_right[i]);
    }
    if (!any) continue;
    for (size_t i = 0; verb_lemma && i < items.size(); ++i) items[i].allowed = items[i].allowed && lemma_right[i];
    // Among the fitting ones the exact tag, where there is one.
    bool exact = false;
    const auto same = [&](size_t i) { return words.size() == 1 && (words[0]->tag == tag_name(candidates[i].lemma != kNone && lemmas_.row(candidates[i].lemma).tag == candidates[i].tag ? shown(candidates[i].lemma) : candidates[i].tag) || (!exact_aux_ && words[0]->tag == "VERB" && candidates[i].tag == Tag::kAux)); };
    for (size_t i = 0; i < items.size(); ++i) exact = exact || (items[i].allowed && same(i));
    for (size_t i = 0; exact && i < items.size(); ++i) items[i].allowed = items[i].allowed && same(i);
    return;
  }
  ++hopeless_;
  for (Item& i : items) i.allowed = true;
}

void Trainer::add(const GoldSentence& gold) {
  Document doc;
  doc.buffer = gold.text;
  Analysis a;
  stage_->run(doc, 0, a);
  TokenLetters letters;
  std::vector<Candidate> candidates;
  for (const Sentence& s : a.text.sentences) {
    Sentence_ out;
    std::vector<ContextToken> contexts;
    for (uint32_t t = s.first_token; t < s.last_token; ++t) {
      const Token& token = a.text.tokens[t];
      candidates.clear();
      maker_.make(doc.buffer, a.text, token, letters, candidates);
      maker_.raw_borders(std::string_view(doc.buffer).substr(token.raw.begin, token.raw.size()), letters);
      std::vector<Item> items;
      for (const Candidate& c : candidates) items.push_back(item(c));
      mark(gold, token, letters, candidates, items);
      out.tokens.push_back(std::move(items));
      const std::string_view norm = a.text.norm_of(token);
      contexts.push_back(context_token(token, norm, hash_bytes(norm)));
      for (const Candidate& c : candidates) contexts.back().tags |= 1u << static_cast<unsigned>(c.tag) | (c.source == WordSource::kGuess ? 1u << 31 : 0u);
    }
    for (size_t i = 0; i < contexts.size() && context_used_; ++i) {
      uint32_t values[kContextTemplates];
      context_values(i ? contexts[i - 1] : ContextToken{}, contexts[i], i + 1 < contexts.size() ? contexts[i + 1] : ContextToken{}, values);
      if (out.tokens[i].size() < 2) continue;
      for (Item& item : out.tokens[i])
        for (const uint32_t v : values) item.features.push_back(context_ + context_index(v, item.state));
    }
    if (!out.tokens.empty()) sentences_.push_back(std::move(out));
  }
}

// `margin`: wrong readings are made cheaper by it, so that right ones learn to win by as much.
std::vector<uint32_t> Trainer::decode(const Sentence_& s, bool allowed_only, double margin) const {
  std::vector<std::vector<double>> score(s.tokens.size());
  std::vector<std::vector<uint32_t>> back(s.tokens.size());
  for (size_t t = 0; t < s.tokens.size(); ++t) {
    score[t].assign(s.tokens[t].size(), 1e9);
    back[t].assign(s.tokens[t].size(), 0);
    for (size_t j = 0; j < s.tokens[t].size(); ++j) {
      const Item& x = s.tokens[t][j];
      if (allowed_only && !x.allowed) continue;
      double own = x.base - (x.allowed ? 0 : margin);
      for (const uint32_t f : x.features) own += model_.weight[f];
      double best = 1e9;
      if (t == 0) best = model_.weight[transition(0, x.entry)];
      else
        for (size_t i = 0; i < s.tokens[t - 1].size(); ++i) {
          const double c = score[t - 1][i] + model_.weight[transition(s.tokens[t - 1][i].exit, x.entry)];
          if (c < best) best = c, back[t][j] = static_cast<uint32_t>(i);
        }
      score[t][j] = best + own;
    }
  }
  const size_t n = s.tokens.size();
  std::vector<uint32_t> path(n, 0);
  double best = 1e18;
  for (size_t j = 0; j < s.tokens[n - 1].size(); ++j) {
    const double c = score[n - 1][j] + model_.weight[transition(s.tokens[n - 1][j].exit, 0)];
    if (c < best) best = c, path[n - 1] = static_cast<uint32_t>(j);
  }
  for (size_t t = n - 1; t > 0; --t) path[t - 1] = back[t][path[t]];
  return path;
}

void Trainer::update(const Sentence_& s, const std::vector<uint32_t>& path, double step) {
  uint8_t before = 0;
  for (size_t t = 0; t < path.size(); ++t) {
    const Item& x = s.tokens[t][path[t]];
    model_.add(transition(before, x.entry), step);
    for (const uint32_t f : x.features) model_.add(f, step);
    before = x.exit;
  }
  model_.add(transition(before, 0), step);
}

// With the averaged, rounded weights.
long Trainer::wrong_tokens(size_t from) const {
  Trainer* self = const_cast<Trainer*>(this);
  std::vector<double> kept = model_.weight;
  for (uint32_t f = 0; f < model_.weight.size(); ++f) self->model_.weight[f] = std::lround(model_.average(f)) * ((model_.updates[f] >= kMinUpdates || f < context_) ? 1.0 : 0.0);
  long wrong = 0;
  for (size_t i = from; i < sentences_.size(); ++i) {
    const auto ours = decode(sentences_[i], false);
    for (size_t t = 0; t < ours.size(); ++t) wrong += !sentences_[i].tokens[t][ours[t]].allowed;
  }
  self->model_.weight = kept;
  return wrong;
}

void Trainer::train(int rounds, size_t until) {
  uint64_t seed = 1;
  std::vector<size_t> order(until);
  std::iota(order.begin(), order.end(), size_t(0));
  for (int round = 0; round < rounds; ++round) {
    long wrong = 0;
    // another order each round, the same in every run
    for (size_t k = until; k-- > 1;) {
      seed = seed * 6364136223846793005ull + 1442695040888963407ull;
      std::swap(order[k], order[(seed >> 33) % (k + 1)]);
    }
    for (size_t k = 0; k < until; ++k) {
      const Sentence_& s = sentences_[order[k]];
      ++model_.clock;
      const auto ours = decode(s, false, kMargin), gold = decode(s, true);
      bool same = true;
      for (size_t t = 0; t < ours.size(); ++t) same = same && (ours[t] == gold[t] || s.tokens[t][ours[t]].allowed);
      if (same) continue;
      for (size_t t = 0; t < ours.size(); ++t) wrong += !s.tokens[t][ours[t]].allowed;
      update(s, ours, kStep);
      update(s, gold, -kStep);
    }
    if (until < sentences_.size()) std::printf("round %d: %ld wrong tokens; held out %ld\n", round + 1, wrong, wrong_tokens(until));
    else std::printf("round %d: %ld wrong tokens\n", round + 1, wrong);
  }
}

void Trainer::write(const std::string& dir, const std::string& origin) const {
  std::FILE* out = std::fopen((dir + "/transitions.ud.tsv").c_str(), "w");
  std::fprintf(out, "#from\tto\tcost\torigin\n# Learnt by tools/dev/morph_train.cpp; do not edit.\n");
  for (size_t i = 0; i < model_.states * model_.states; ++i) {
    const auto a = static_cast<uint8_t>(i / model_.states), b = static_cast<uint8_t>(i % model_.states);
    const int w = static_cast<int>(std::lround(model_.average(static_cast<uint32_t>(i))));
    if (w == maker_.transition(a, b)) continue;
    std::fprintf(out, "%s\t%s\t%d\t%s\n", std::string(maker_.state_name(a)).c_str(), std::string(maker_.state_name(b)).c_str(), w, origin.c_str());
  }
  std::fclose(out);
  out = std::fopen((dir + "/bias.ud.tsv").c_str(), "w");
  std::fprintf(out, "#kind\tname\ttag\tcost\torigin\n# Learnt by tools/dev/morph_train.cpp; do not edit. Costs added to lemmas, attached particles and guesses.\n");
  std::map<std::string, int> rows;
  for (uint32_t f = context_ + static_cast<uint32_t>(kContextSize); f < model_.weight.size(); ++f) {
    const int w = static_cast<int>(std::lround(model_.average(f)));
    if (w && model_.updates[f] >= kMinUpdates) rows[model_.names[f]] = w;
  }
  for (const auto& [name, w] : rows) {
    const size_t blank = name.find(' ');
    std::string rest = name.substr(blank + 1);
    std::string tag;
    if (const size_t tab = rest.find('\t'); tab != std::string::npos) tag = rest.substr(tab + 1), rest = rest.substr(0, tab);
    std::fprintf(out, "%s\t%s\t%s\t%d\t%s\n", name.substr(0, blank).c_str(), rest.c_str(), tag.c_str(), w, origin.c_str());
  }
  std::fclose(out);
  out = std::fopen((dir + "/context.ud.tsv").c_str(), "w");
  std::fprintf(out, "#row\tcosts\torigin\n# Learnt by tools/dev/morph_train.cpp; do not edit. Costs of context features (src/morph/context.h), 64 a row.\n");
  for (size_t row = 0; row < kContextSize / 64; ++row) {
    std::string costs;
    bool any = false;
    for (size_t i = 0; i < 64; ++i) {
      const auto f = static_cast<uint32_t>(context_ + row * 64 + i);
      const long w = model_.updates[f] >= kMinUpdates ? std::clamp(std::lround(model_.average(f)), -127l, 127l) : 0;
      any = any || w;
      costs += (i ? " " : "") + std::to_string(w);
    }
    if (any) std::fprintf(out, "%zu\t%s\t%s\n", row, costs.c_str(), origin.c_str());
  }
  std::fclose(out);
}

}  // namespace

/// Sentences of word/TAG or word/TAG/lemma, a cut word as parts joined by + with as many tags (w+qtl/CCONJ+VERB). '#' begins a comment.
std::vector<GoldSentence> read_tagged(const std::string& path) {
  std::vector<GoldSentence> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    GoldSentence s;
    for (const auto item : split(line, ' ')) {
      const auto fields = split(item, '/');
      if (fields.size() < 2) continue;
      const auto parts = split(fields[0], '+'), tags = split(fields[1], '+');
      const std::string lemma(fields.size() > 2 ? fields[2] : "");
      if (!s.text.empty()) s.text += ' ';
      for (size_t i = 0; i < parts.size(); ++i) {
        const auto begin = static_cast<uint32_t>(s.text.size());
        s.text += parts[i];
        s.words.push_back({std::string(parts[i]), i + 1 == parts.size() ? lemma : "", std::string(i < tags.size() ? tags[i] : tags.back()), begin, static_cast<uint32_t>(s.text.size())});
      }
    }
    out.push_back(std::move(s));
  }
  return out;
}

int main(int argc, char** argv) {
  if (argc < 6) return std::fprintf(stderr, "usage: morph_train LANG PACK FILE.conllu OUT_DIR ORIGIN [--half 0|1] [--rounds N] [--exact-aux]\n"), 2;
  int half = -1, rounds = 8;
  for (int i = 6; i + 1 < argc; ++i) {
    if (!std::strcmp(argv[i], "--half")) half = std::atoi(argv[i + 1]);
    if (!std::strcmp(argv[i], "--rounds")) rounds = std::atoi(argv[i + 1]);
  }
  auto pack = Pack::open(argv[2]);
  if (!pack) return std::fprintf(stderr, "%s\n", pack.error().text().c_str()), 1;
  bool exact_aux = false, watch = false, context = true;
  for (int i = 6; i < argc; ++i) watch = watch || !std::strcmp(argv[i], "--watch"), context = context && std::strcmp(argv[i], "--no-context");
  for (int i = 6; i < argc; ++i) exact_aux = exact_aux || !std::strcmp(argv[i], "--exact-aux");
  Trainer trainer(*pack, argv[1], exact_aux);
  trainer.context_used_ = context;
  const auto gold = read_conllu(argv[3]);
  for (size_t i = 0; i < gold.size(); ++i)
    if (half < 0 || static_cast<int>(i % 2) == half) trainer.add(gold[i]);
  for (int i = 6; i + 1 < argc; ++i)
    if (!std::strcmp(argv[i], "--also"))
      for (const GoldSentence& own : read_tagged(argv[i + 1])) trainer.add(own);
  const size_t until = trainer.sentences();
  for (size_t i = 0; i < gold.size() && watch; ++i)
    if (half >= 0 && static_cast<int>(i % 2) != half) trainer.add(gold[i]);
  trainer.report();
  trainer.train(rounds, until);
  trainer.write(argv[4], argv[5]);
  return 0;
}
