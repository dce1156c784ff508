// Writes the run-time tables: forms sorted by key with an index over all strings, clitic chains, guesses, and the
// states and transition costs of the chooser. Forms of one lemma that are spelled the same and differ only in voice,
// mood or case become one row that leaves these open.
#include "morph/builder.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "base/utf8.h"
#include "morph/context.h"
#include "morph/features.h"
#include "morph/inflector.h"
#include "morph/store.h"
#include "pack/tsv.h"

namespace biruni {
namespace {

constexpr uint32_t field_mask(feat::Field f) { return ((1u << f.bits) - 1u) << f.shift; }
constexpr int kNameCost = 25;
constexpr int kStrongNameCost = 4;
constexpr int kNameIsFunctionCost = 80;
constexpr int kNameIsWordCost = 14;  // tenths: a name word that is also an ordinary word

uint8_t letters_of(std::string_view s) { return static_cast<uint8_t>(utf8::length(s)); }

class Builder : public LexiconBuilder {
 public:
  Builder(std::string packs_dir, std::string lang, PackWriter& out, std::unique_ptr<Fold> fold)
      : packs_dir_(std::move(packs_dir)), lang_(std::move(lang)), out_(out), store_(out, std::move(fold)), inflector_(make_inflector(lang_)) {}

  Status load() {
    if (Status s = inflector_->read(packs_dir_, lang_, store_); !s) return s;
    return read_clitics();
  }

  std::vector<uint32_t> resolve(std::string_view text, Tag tag, bool create) override;
  void add_name_word(std::string_view text, bool inner, bool strong) override;
  ClassId add_class(uint32_t lemma, std::string_view name) override { return store_.add_class(lemma, name); }
  std::string key_of(std::string_view text) const override { return store_.key_of(text); }
  const LemmaRow& row(uint32_t lemma) const override { return store_.lemmas[lemma]; }
  uint32_t size() const override { return static_cast<uint32_t>(store_.lemmas.size()); }
  Status finish() override;

 private:
  Status read_clitics();
  Status read_clitic(const TsvRow& row);
  void add_chains();
  Status read_guesses();
  Status read_biases();
  Status read_states();
  Status read_transitions();
  uint8_t state_of(Tag tag, uint32_t feats, uint32_t lemma, StrId key) const;
  void merge_forms();
  void price_names();
  void write_forms();
  void write_stems();
  Status read_shown();
  Status read_context();
  /// Lemmas of this name and tag; a name without a dot does not mean the homographs that have one.
  std::vector<uint32_t> lemmas_named(std::string_view name, Tag tag) const;

  std::string packs_dir_, lang_;
  PackWriter& out_;
  LexiconStore store_;
  std::unique_ptr<Inflector> inflector_;
  std::vector<ClitRow> prefixes_, suffixes_;
  std::vector<ChainRow> chains_;
  std::vector<SplitRow> splits_;
  std::vector<GuessRow> guesses_;
  std::vector<StateRow> states_;
  std::vector<std::set<uint32_t>> state_lemmas_;
  std::vector<std::set<StrId>> state_keys_;
  bool composed(std::string_view norm);
  std::set<std::string> names_;
  std::set<std::string, std::less<>> inner_;  // words within names, added when all others are known
  std::set<std::string> strong_;
};

std::vector<uint32_t> Builder::resolve(std::string_view text, Tag tag, bool create) {
  text = trim(text);
  if (text.empty() || text.find(' ') != std::string_view::npos) return {};
  auto found = store_.find(text, tag);
  if (!found.empty()) return found;
  bool definite = false;
  const std::string bare = inflector_->bare(text, definite);
  if (definite) found = store_.find(bare, tag);
  if (found.empty()) found = store_.find_form(text, tag);
  if (found.empty() && definite) found = store_.find_form(bare, tag);
  if (found.empty() && create) {
    const uint32_t lemma = inflector_->create(text, tag, store_);
    if (lemma != kNone) found.push_back(lemma);
  }
  return found;
}

// "for oil" inside a long name is the word with its particle, and no name.
bool Builder::composed(std::string_view norm) {
  const auto known = [&](const std::string& rest) { return names_.count(rest) || !resolve(rest, Tag::kX, false).empty(); };
  for (const ClitRow& p : prefixes_) {
    const auto form = out_.str(p.norm);
    if (form.empty() || (p.flags & (clitic_flag::kArticle | clitic_flag::kFeature)) || !norm.starts_with(form)) continue;
    const std::string rest(norm.substr(form.size()));
    if (rest.size() < 4) continue;
    if (known(rest)) return true;
    // the article after it has lost its first letter
    if ((p.flags & clitic_flag::kAbsorbs) && rest.starts_with(form) && rest.size() > form.size() + 3 && known(rest.substr(form.size()))) return true;
  }
  return false;
}

void Builder::add_name_word(std::string_view text, bool inner, bool strong) {
  text = trim(text);
  if (text.empty() || text.find(' ') != std::string_view::npos) return;
  if (inner) { inner_.emplace(text); return; }
  bool definite = false;
  const std::string bare = inflector_->bare(text, definite);
  if (strong) strong_.insert(store_.key_of(bare));
  if (!names_.insert(store_.norm_of(bare)).second) return;
  const uint32_t lemma = store_.add_lemma({.lemma = bare, .root = {}, .gloss = {}, .tag = Tag::kPropn, .flags = lemma_flag::kNameWord});
  store_.add_form({.spelling = bare, .lemma = lemma, .tag = Tag::kPropn, .feats = feat::set(0, feat::kProper, 1), .flags = form_flag::kNoSuffix, .cost = kNameCost});
}

// #form kind group lemma tag features attach verb stem cost flags
Status Builder::read_clitic(const TsvRow& row) {
  ClitRow clitic;
  std::string unknown;
  if (!parse_tag(row["tag"], clitic.tag)) return Error{ErrorCode::kBadValue, "unknown tag " + row["tag"], row.where(), ""};
  if (!parse_features(row["features"], clitic.feats, unknown)) return Error{ErrorCode::kBadValue, "unknown feature " + unknown, row.where(), ""};
  if (!parse_features(row["stem"], clitic.stem_feats, unknown)) return Error{ErrorCode::kBadValue, "unknown feature " + unknown, row.where(), ""};
  if (!parse_condition(row["verb"], clitic.verb_mask, clitic.verb_value, unknown)) return Error{ErrorCode::kBadValue, "unknown condition " + unknown, row.where(), ""};
  for (const auto name : split(row["attach"], '|')) {
    Tag tag;
    if (!parse_tag(name, tag)) return Error{ErrorCode::kBadValue, "unknown tag " + std::string(name), row.where(), ""};
    clitic.attach |= 1u << static_cast<unsigned>(tag);
  }
  if (row["attach"].empty()) clitic.attach = ~0u;
  const std::string norm = store_.norm_of(row["form"]);
  const std::string key = store_.key_of(row["form"]);
  clitic.form = out_.intern(key);
  clitic.norm = out_.intern(norm);
  clitic.letters = letters_of(key);
  clitic.cost = static_cast<int16_t>(std::atoi(row["cost"].c_str()));
  if (const size_t slash = row["cost"].find('/'); slash != std::string::npos)
    clitic.guess_cost = static_cast<int16_t>(std::atoi(row["cost"].c_str() + slash + 1));
  clitic.group = static_cast<uint8_t>(std::atoi(row["group"].c_str()));
  const std::string& flags = row["flags"];
  if (flags.find("article") != std::string::npos) clitic.flags |= clitic_flag::kArticle;
  if (flags.find("absorbs") != std::string::npos) clitic.flags |= clitic_flag::kAbsorbs;
  if (flags.find("feature") != std::string::npos) clitic.flags |= clitic_flag::kFeature;
  if (flags.find("lexicon") != std::string::npos) clitic.flags |= clitic_flag::kLexiconOnly;
  if (!(clitic.flags & (clitic_flag::kArticle | clitic_flag::kFeature))) {
    for (const uint32_t id : store_.find(row["lemma"], clitic.tag))
      if (store_.lemmas[id].tag == clitic.tag) { clitic.lemma = id; break; }
    if (clitic.lemma == kNone) clitic.lemma = store_.add_lemma({.lemma = row["lemma"], .root = {}, .gloss = {}, .tag = clitic.tag});
  }
  if (flags.find("stem") != std::string::npos)
    store_.add_form({.spelling = norm, .lemma = clitic.lemma, .tag = clitic.tag, .feats = clitic.feats, .flags = form_flag::kNeedsSuffix | form_flag::kNoArticle});
  (row["kind"] == "suffix" ? suffixes_ : prefixes_).push_back(clitic);
  return Ok{};
}

Status Builder::read_clitics() {
  auto table = read_tsv(packs_dir_, lang_ + "/morph/clitics",
                        {"form", "kind", "group", "lemma", "tag", "features", "attach", "verb", "stem", "cost", "flags", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    if (row["kind"] == "split") {
      SplitRow split_row;
      split_row.key = out_.intern(store_.key_of(row["form"]));
      for (const auto part : split(row["lemma"], '|')) {
        const auto pieces = split(part, '=');  // written part = form it stands for
        if (split_row.count == 3 || pieces.empty()) break;
        split_row.letters[split_row.count] = letters_of(store_.key_of(pieces[0]));
        split_row.part[split_row.count++] = out_.intern(store_.key_of(pieces.back()));
      }
      splits_.push_back(split_row);
    } else if (row["kind"] == "prefix" || row["kind"] == "suffix") {
      if (Status s = read_clitic(row); !s) return s;
    } else {
      return Error{ErrorCode::kBadValue, "kind is prefix, suffix or split", row.where(), ""};
    }
  }
  return Ok{};
}

// All ascending chains of prefixes, with the spelling rule of the absorbed article.
void Builder::add_chains() {
  const auto visit = [&](auto&& self, ChainRow chain, const std::string& key, int group) -> void {
    for (size_t i = 0; i < prefixes_.size(); ++i) {
      const ClitRow& clitic = prefixes_[i];
      if (clitic.group <= group || chain.count == 4) continue;
      ChainRow next = chain;
      next.clitic[next.count++] = static_cast<uint8_t>(i);
      next.attach &= clitic.attach;
      next.cost = static_cast<int16_t>(next.cost + clitic.cost);
      if (!next.attach) continue;
      std::string form(out_.str(clitic.form));
      const bool article = clitic.flags & clitic_flag::kArticle;
      const bool absorbed = article && chain.count && (prefixes_[chain.clitic[chain.count - 1]].flags & clitic_flag::kAbsorbs);
      next.article = article;
      if (absorbed) {
        size_t first = 0;
        utf8::next(form, first);
        form = form.substr(first);
        next.absorbed = 1;
        ChainRow whole = next;  // stem begins with the article's last letter: only one is written
        whole.absorbed = 2;
        whole.key = out_.intern(key);
        whole.letters = letters_of(key);
        chains_.push_back(whole);
      }
      next.key = out_.intern(key + form);
      next.letters = letters_of(key + form);
      chains_.push_back(next);
      self(self, next, key + form, clitic.group);
    }
  };
  ChainRow empty;
  empty.attach = ~0u;
  visit(visit, empty, "", 0);
  std::stable_sort(chains_.begin(), chains_.end(), [](const ChainRow& a, const ChainRow& b) { return a.letters < b.letters; });
}

Status Builder::read_guesses() {
  auto table = read_tsv(packs_dir_, lang_ + "/morph/guess", {"prefix", "suffix", "min", "max", "tag", "features", "cost", "flags", "origin"}, false);
  if (!table) return table.error();
  uint8_t stems = 0;
  for (const TsvRow& row : (*table)->rows) {
    GuessRow guess;
    std::string unknown;
    if (!parse_tag(row["tag"], guess.tag)) return Error{ErrorCode::kBadValue, "unknown tag " + row["tag"], row.where(), ""};
    if (!parse_features(row["features"], guess.feats, unknown)) return Error{ErrorCode::kBadValue, "unknown feature " + unknown, row.where(), ""};
    std::string prefix, suffix;
    bool marks = false;
    store_.fold().norm(row["prefix"], prefix, marks);
    store_.fold().norm(row["suffix"], suffix, marks);
    if (row["flags"].find("stem") != std::string::npos) {
      prefix = store_.key_of(row["prefix"]);
      suffix = store_.key_of(row["suffix"]);
      guess.stem = ++stems;
      guess.affix_letters = static_cast<uint8_t>(letters_of(prefix) + letters_of(suffix));
      if (stems > kMaxStemRows) return Error{ErrorCode::kTooLarge, "more than 32 rows with the flag stem", row.where(), ""};
    }
    guess.prefix = out_.intern(prefix);
    guess.suffix = out_.intern(suffix);
    guess.min_letters = static_cast<uint8_t>(std::atoi(row["min"].c_str()));
    guess.max_letters = row["max"].empty() ? 255 : static_cast<uint8_t>(std::atoi(row["max"].c_str()));
    guess.cost = static_cast<int16_t>(std::atoi(row["cost"].c_str()));
    const std::pair<const char*, uint8_t> kFlags[] = {
        {"capital", guess_flag::kCapital}, {"lower", guess_flag::kLower}, {"needs-suffix", guess_flag::kNeedsSuffix}, {"no-suffix", guess_flag::kNoSuffix},
        {"article", guess_flag::kArticle}, {"no-article", guess_flag::kNoArticle}, {"foreign", guess_flag::kLatin}, {"inside", guess_flag::kNotStart}};
    for (const auto flag : split(row["flags"], '|'))
      for (const auto& [name, bit] : kFlags)
        if (flag == name) guess.flags |= bit;
    guesses_.push_back(guess);
  }
  return Ok{};
}

// #kind name tag cost    Costs added to lemmas (kind lemma), clitics (prefix, suffix; name FORM/TAG, ` ?` before or
// after guessed stems) and guesses (name: tag).
Status Builder::read_biases() {
  auto table = read_tsv(packs_dir_, lang_ + "/morph/bias", {"kind", "name", "tag", "cost", "origin"}, false);
  if (!table) return table.error();
  std::map<std::pair<std::string, std::string>, int> lemma_bias;
  for (const TsvRow& row : (*table)->rows) {
    const int cost = std::atoi(row["cost"].c_str());
    const std::string& name = row["name"];
    if (row["kind"] == "lemma") {
      lemma_bias[{name, row["tag"]}] += cost;
    } else if (row["kind"] == "guess") {
      for (GuessRow& g : guesses_)
        if (name == tag_name(g.tag)) g.cost = static_cast<int16_t>(g.cost + cost);
    } else {
      const bool guess = name.ends_with(" ?");
      const std::string bare = guess ? name.substr(0, name.size() - 2) : name;
      for (ClitRow& c : row["kind"] == "prefix" ? prefixes_ : suffixes_) {
        if (std::string(out_.str(c.norm)) + "/" + tag_name(c.tag) != bare) continue;
        // A clitic's own cost holds for guessed stems too.
        if (guess) c.guess_cost = static_cast<int16_t>(c.guess_cost + cost);
        else c.cost = static_cast<int16_t>(c.cost + cost), c.guess_cost = static_cast<int16_t>(c.guess_cost - cost);
      }
    }
  }
  if (lemma_bias.empty()) return Ok{};
  for (FormRow& form : store_.forms) {
    const auto it = lemma_bias.find({std::string(out_.str(store_.lemmas[form.lemma].lemma)), tag_name(form.tag)});
    if (it != lemma_bias.end()) form.cost = static_cast<int16_t>(form.cost + it->second);
  }
  return Ok{};
}

std::vector<uint32_t> Builder::lemmas_named(std::string_view name, Tag tag) const {
  std::vector<uint32_t> all, plain;
  for (const uint32_t id : store_.find(name, tag)) {
    if (store_.lemmas[id].tag != tag) continue;
    all.push_back(id);
    if (!store_.aliased(id)) plain.push_back(id);
  }
  return plain.empty() ? all : plain;
}

// #state tag features lemmas (or =written forms)    The first fitting row wins; rows with lemmas are asked first.
Status Builder::read_states() {
  states_.push_back({});  // 0: start and end of a sentence
  states_[0].name = out_.intern("<s>");
  state_lemmas_.emplace_back();
  state_keys_.emplace_back();
  auto table = read_tsv(packs_dir_, lang_ + "/morph/states", {"state", "tag", "features", "lemmas", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    StateRow state;
    std::string unknown;
    state.name = out_.intern(row["state"]);
    if (!parse_tag(row["tag"], state.tag)) return Error{ErrorCode::kBadValue, "unknown tag " + row["tag"], row.where(), ""};
    if (!parse_condition(row["features"], state.mask, state.value, unknown)) return Error{ErrorCode::kBadValue, "unknown condition " + unknown, row.where(), ""};
    std::set<uint32_t> lemmas;
    std::set<StrId> spellings;
    for (const auto text : split(row["lemmas"], '|')) {
      if (text.starts_with("=")) {  // =form: as written, in keys
        spellings.insert(out_.intern(store_.key_of(text.substr(1))));
        continue;
      }
      for (const uint32_t id : store_.find(text, state.tag))
        if (store_.lemmas[id].tag == state.tag) lemmas.insert(id);
    }
    state.lexical = !row["lemmas"].empty();
    states_.push_back(state);
    state_lemmas_.push_back(std::move(lemmas));
    state_keys_.push_back(std::move(spellings));
  }
  if (states_.size() > 250) return Error{ErrorCode::kTooLarge, "more than 250 states", lang_ + "/morph/states.tsv", ""};
  return Ok{};
}

uint8_t Builder::state_of(Tag tag, uint32_t feats, uint32_t lemma, StrId key) const {
  for (size_t i = 1; i < states_.size(); ++i) {
    const StateRow& s = states_[i];
    if (s.tag != tag || (feats & s.mask) != s.value) continue;
    if (s.lexical && !state_lemmas_[i].count(lemma) && !state_keys_[i].count(key)) continue;
    return static_cast<uint8_t>(i);
  }
  return 0;
}

// #from to cost      names of states, a tag (all its states) or *; later rows replace earlier ones.
Status Builder::read_transitions() {
  auto table = read_tsv(packs_dir_, lang_ + "/morph/transitions", {"from", "to", "cost", "origin"}, false);
  if (!table) return table.error();
  const size_t n = states_.size();
  std::vector<int16_t> cost(n * n, 0);
  const auto matching = [&](std::string_view name) {
    std::vector<size_t> out;
    Tag tag = Tag::kX;
    const bool is_tag = name != "X" && parse_tag(name, tag) && !name.empty();
    for (size_t i = 0; i < n; ++i) {
      const std::string_view have = out_.str(states_[i].name);
      if (name == "*" || have == name || (is_tag && i && states_[i].tag == tag)) out.push_back(i);
    }
    return out;
  };
  for (const TsvRow& row : (*table)->rows) {
    std::vector<size_t> from, to;
    for (const auto name : split(row["from"], '|')) for (const size_t i : matching(name)) from.push_back(i);
    for (const auto name : split(row["to"], '|')) for (const size_t i : matching(name)) to.push_back(i);
    if (from.empty() || to.empty()) return Error{ErrorCode::kBadValue, "unknown state in " + row["from"] + " " + row["to"], row.where(), "see states.tsv"};
    for (const size_t i : from)
      for (const size_t j : to) cost[i * n + j] = static_cast<int16_t>(std::atoi(row["cost"].c_str()));
  }
  out_.add(lang_ + "/transitions", cost);
  return Ok{};
}

// Rows of one lemma with one spelling: voice, mood and case are left open where they differ.
void Builder::merge_forms() {
  const uint32_t open = field_mask(feat::kVoice) | field_mask(feat::kMood) | field_mask(feat::kCase);
  std::vector<uint32_t> order(store_.forms.size());
  std::iota(order.begin(), order.end(), 0u);
  const auto rank = [&](uint32_t i) {
    const FormRow& f = store_.forms[i];
    return std::make_tuple(store_.form_keys[i], f.lemma, f.spelling, f.tag, f.feats & ~open);
  };
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return rank(a) < rank(b); });
  std::vector<FormRow> forms;
  std::vector<StrId> keys;
  constexpr uint8_t kAttach = form_flag::kNeedsSuffix | form_flag::kNoSuffix;
  for (const uint32_t i : order) {
    const FormRow& f = store_.forms[i];
    if (!forms.empty() && keys.back() == store_.form_keys[i]) {
      FormRow& last = forms.back();
      if (last.lemma == f.lemma && last.spelling == f.spelling && last.tag == f.tag && (last.feats & ~open) == (f.feats & ~open)) {
        for (const feat::Field field : {feat::kVoice, feat::kMood, feat::kCase})
          if (feat::get(last.feats, field) != feat::get(f.feats, field)) last.feats = feat::set(last.feats, field, 0);
        if (last.marks != f.marks && f.cost < last.cost) last.marks = f.marks;
        last.cost = std::min(last.cost, f.cost);
        const uint8_t both = last.flags & f.flags;
        const bool opposite = ((last.flags ^ f.flags) & kAttach) != 0;
        last.flags = opposite ? static_cast<uint8_t>((both & ~kAttach)) : both;
        continue;
      }
    }
    forms.push_back(f);
    keys.push_back(store_.form_keys[i]);
  }
  store_.forms = std::move(forms);
  store_.form_keys = std::move(keys);
}

void Builder::price_names() {
  // A name that is spelled like a word with its article is an ordinary word too.
  std::set<std::string> words;
  for (size_t i = 0; i < store_.forms.size(); ++i)
    if (store_.forms[i].tag == Tag::kNoun || store_.forms[i].tag == Tag::kAdj) words.insert(std::string(out_.str(store_.form_keys[i])));
  const auto with_article = [&](std::string_view key) {
    for (const ClitRow& c : prefixes_) {
      const std::string_view article = out_.str(c.form);
      if ((c.flags & clitic_flag::kArticle) && key.starts_with(article) && words.count(std::string(key.substr(article.size())))) return true;
    }
    return false;
  };
  for (size_t begin = 0; begin < store_.forms.size();) {
    size_t end = begin;
    bool common = false, closed = false, weak = false;
    while (end < store_.forms.size() && store_.form_keys[end] == store_.form_keys[begin]) {
      common = common || (store_.forms[end].tag != Tag::kPropn && !(store_.forms[end].flags & form_flag::kNeedsSuffix));
      constexpr uint32_t kClosed = 1u << unsigned(Tag::kAdp) | 1u << unsigned(Tag::kPron) | 1u << unsigned(Tag::kCconj) | 1u << unsigned(Tag::kSconj) |
                                   1u << unsigned(Tag::kPart) | 1u << unsigned(Tag::kDet) | 1u << unsigned(Tag::kAux);
      weak = weak || (store_.forms[end].tag == Tag::kAdj && store_.lemmas[store_.forms[end].lemma].derivation != Derivation::kActiveParticiple &&
                      store_.lemmas[store_.forms[end].lemma].derivation != Derivation::kPassiveParticiple);
      closed = closed || (kClosed >> unsigned(store_.forms[end].tag) & 1u);
      ++end;
    }
    if (!closed && !weak && strong_.count(std::string(out_.str(store_.form_keys[begin])))) {
      for (size_t i = begin; i < end; ++i)
        if (store_.forms[i].tag == Tag::kPropn && (store_.lemmas[store_.forms[i].lemma].flags & lemma_flag::kNameWord)) {
          store_.forms[i].cost = kStrongNameCost;
          if (common) store_.forms[i].flags |= form_flag::kCommonToo;
        }
      begin = end;
      continue;
    }
    common = common || with_article(out_.str(store_.form_keys[begin]));
    for (size_t i = begin; common && i < end; ++i) {
      FormRow& f = store_.forms[i];
      if (f.tag != Tag::kPropn || !(store_.lemmas[f.lemma].flags & lemma_flag::kNameWord)) continue;
      f.flags |= form_flag::kCommonToo;
      f.cost = static_cast<int16_t>(std::min(255, f.cost + (closed ? kNameIsFunctionCost : kNameIsWordCost)));
    }
    begin = end;
  }
}

void Builder::write_forms() {
  size_t keys = 0;
  for (size_t i = 0; i < store_.form_keys.size(); ++i) keys += i == 0 || store_.form_keys[i] != store_.form_keys[i - 1];
  size_t capacity = 16;
  while (capacity * 3 < keys * 4) capacity *= 2;
  std::vector<FormSlot> slots(capacity);
  std::vector<uint64_t> hashes;
  for (size_t begin = 0; begin < store_.form_keys.size();) {
    size_t end = begin;
    while (end < store_.form_keys.size() && store_.form_keys[end] == store_.form_keys[begin]) ++end;
    const uint64_t hash = hash_bytes(out_.str(store_.form_keys[begin]));
    hashes.push_back(hash);
    size_t at = hash & (capacity - 1);
    while (slots[at].count) at = (at + 1) & (capacity - 1);
    slots[at] = {static_cast<uint32_t>(hash >> 32), store_.form_keys[begin], static_cast<uint32_t>(begin), static_cast<uint32_t>(end - begin)};
    begin = end;
  }
  for (size_t i = 0; i < store_.forms.size(); ++i) {
    FormRow& form = store_.forms[i];
    form.state = state_of(form.tag, form.feats, form.lemma, store_.form_keys[i]);
  }
  out_.add(lang_ + "/form_slots", slots);
  out_.add(lang_ + "/form_filter", HashFilter::make(hashes));
  out_.add(lang_ + "/forms", store_.forms);
  constexpr uint32_t kClosed = 1u << unsigned(Tag::kAdp) | 1u << unsigned(Tag::kPron) | 1u << unsigned(Tag::kCconj) | 1u << unsigned(Tag::kSconj) |
                               1u << unsigned(Tag::kPart) | 1u << unsigned(Tag::kDet) | 1u << unsigned(Tag::kAux);
  std::set<StrId> closed;  // spellings of function words
  for (const FormRow& form : store_.forms)
    if ((kClosed >> unsigned(form.tag) & 1u) && !(form.flags & form_flag::kNeedsSuffix)) closed.insert(form.spelling);
  out_.add(lang_ + "/closed_words", std::vector<StrId>(closed.begin(), closed.end()));
}

// Possible forms without the prefix and suffix of each guess row that they fit, sorted by hash.
void Builder::write_stems() {
  struct Affixes { std::string_view prefix, suffix; const GuessRow* row; };
  std::vector<Affixes> affixes;
  for (const GuessRow& row : guesses_)
    if (row.stem) affixes.push_back({out_.str(row.prefix), out_.str(row.suffix), &row});
  std::vector<StemRow> rows;
  inflector_->possible(store_, [&](uint32_t lemma, const std::string& spelling, Tag tag, uint32_t feats) {
    const std::string key = store_.key_of(spelling);
    for (const Affixes& a : affixes) {
      if (a.row->tag != tag || key.size() <= a.prefix.size() + a.suffix.size() || !key.starts_with(a.prefix) || !key.ends_with(a.suffix)) continue;
      bool fits = true;
      for (const feat::Field f : {feat::kAspect, feat::kPerson, feat::kNumber, feat::kGender, feat::kVerbForm})
        fits = fits && (!feat::get(a.row->feats, f) || feat::get(a.row->feats, f) == feat::get(feats, f));
      if (fits) rows.push_back({hash_bytes(std::string_view(key).substr(a.prefix.size(), key.size() - a.prefix.size() - a.suffix.size())), lemma, 1u << (a.row->stem - 1)});
    }
  });
  std::sort(rows.begin(), rows.end(), [](const StemRow& a, const StemRow& b) { return std::tie(a.hash, a.lemma) < std::tie(b.hash, b.lemma); });
  size_t kept = 0;
  for (const StemRow& row : rows) {
    if (kept && rows[kept - 1].hash == row.hash && rows[kept - 1].lemma == row.lemma) rows[kept - 1].rows |= row.rows;
    else rows[kept++] = row;
  }
  rows.resize(kept);
  out_.add(lang_ + "/guess_stems", rows);
  std::vector<uint64_t> hashes;
  for (const StemRow& row : rows) hashes.push_back(row.hash);
  out_.add(lang_ + "/guess_stem_filter", HashFilter::make(hashes));
}

// #lemma tag place shown    How records name a lemma; place `first`: as the first word of a sentence.
Status Builder::read_shown() {
  auto table = read_tsv(packs_dir_, lang_ + "/morph/shown", {"lemma", "tag", "place", "shown", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    Tag tag, shown;
    if (!parse_tag(row["tag"], tag)) return Error{ErrorCode::kBadValue, "unknown tag " + row["tag"], row.where(), ""};
    if (!parse_tag(row["shown"], shown)) return Error{ErrorCode::kBadValue, "unknown tag " + row["shown"], row.where(), ""};
    const int shift = row["place"] == "first" ? kShownFirstShift : kShownShift;
    for (const auto name : split(row["lemma"], '|'))
      for (const uint32_t id : lemmas_named(name, tag)) store_.lemmas[id].flags = (store_.lemmas[id].flags & ~(kShownMask << shift)) | static_cast<uint32_t>(shown) << shift;
  }
  return Ok{};
}

// #row costs    Learnt costs of the context features (context.h), 64 a row, from index row * 64 on. Optional; not read by
// the chooser at present (docs/formats/morph.md).
Status Builder::read_context() {
  auto table = read_tsv(packs_dir_, lang_ + "/morph/context", {"row", "costs", "origin"}, false);
  if (!table) return table.error();
  std::vector<int8_t> costs((*table)->rows.empty() ? 0 : kContextSize, 0);
  for (const TsvRow& row : (*table)->rows) {
    size_t at = static_cast<size_t>(std::atoi(row["row"].c_str())) * 64;
    for (const auto cost : split(row["costs"], ' ')) {
      if (at >= kContextSize) return Error{ErrorCode::kBadValue, "row beyond the table of context costs", row.where(), "learn it anew: tools/dev/train_morph.sh"};
      costs[at++] = static_cast<int8_t>(std::clamp(std::atoi(std::string(cost).c_str()), -127, 127));
    }
  }
  out_.add(lang_ + "/context", costs);
  return Ok{};
}

Status Builder::finish() {
  for (const std::string& word : inner_)
    if (!composed(store_.norm_of(word))) add_name_word(word, false, false);
  if (Status s = read_guesses(); !s) return s;
  if (Status s = read_biases(); !s) return s;
  add_chains();
  if (Status s = read_states(); !s) return s;
  if (Status s = read_transitions(); !s) return s;
  if (Status s = read_context(); !s) return s;
  for (auto* list : {&prefixes_, &suffixes_})
    for (ClitRow& c : *list)
      if (!(c.flags & (clitic_flag::kArticle | clitic_flag::kFeature))) c.state = state_of(c.tag, c.feats, c.lemma, c.form);
  merge_forms();
  price_names();
  write_forms();
  if (Status s = read_shown(); !s) return s;
  write_stems();
  store_.write_lemmas(lang_);
  out_.add(lang_ + "/prefixes", prefixes_);
  out_.add(lang_ + "/suffixes", suffixes_);
  out_.add(lang_ + "/chains", chains_);
  out_.add(lang_ + "/splits", splits_);
  out_.add(lang_ + "/guesses", guesses_);
  out_.add(lang_ + "/states", states_);
  return Ok{};
}

}  // namespace

Result<std::unique_ptr<LexiconBuilder>> LexiconBuilder::read(const std::string& packs_dir, const std::string& lang, PackWriter& out) {
  auto fold = Fold::from_tsv(packs_dir, lang);
  if (!fold) return fold.error();
  auto builder = std::make_unique<Builder>(packs_dir, lang, out, std::move(*fold));
  if (Status s = builder->load(); !s) return s.error();
  return std::unique_ptr<LexiconBuilder>(std::move(builder));
}

}  // namespace biruni
