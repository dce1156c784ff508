#include "morph/candidate.h"

#include <algorithm>
#include <cstring>

#include "base/utf8.h"

namespace biruni {
namespace {

// Costs in tenths. 10 is about one order of magnitude in likelihood.
constexpr int kOtherSeat = 12;        // hamza, ya or ta marbuta written otherwise than the form has it
constexpr int kBareAlef = 3;          // hamza simply left out
constexpr int kMarkConflict = 40;
constexpr int kMarkAgrees = -8;
constexpr int kGuessBase = 40;
constexpr int kGuessBesideReading = 62;  // whole-token guess although a reading with clitics exists
constexpr int kAlsoNounCost = 5;
constexpr size_t kMaxAsks = 16;       // look-ups under way at the same time
constexpr char32_t kFatha = 0x64E, kDamma = 0x64F, kKasra = 0x650, kShadda = 0x651, kSukun = 0x652, kFathatan = 0x64B;
constexpr char32_t kAlef = 0x627;

constexpr uint32_t bit(Tag t) { return 1u << static_cast<unsigned>(t); }

uint8_t last_byte_of_first_letter(std::string_view s) {
  size_t at = 0;
  utf8::next(s, at);
  return static_cast<uint8_t>(s[at - 1]);
}

// Fields of `mask` that the form leaves open fit anything.
bool open_match(uint32_t feats, uint32_t mask, uint32_t value) {
  if (!mask || (feats & mask) == value) return true;
  for (const feat::Field f : {feat::kAspect, feat::kMood, feat::kVerbForm, feat::kPerson, feat::kNumber, feat::kVoice}) {
    if (!feat::get(mask, f)) continue;
    const uint32_t have = feat::get(feats, f);
    if (have && have != feat::get(value, f)) return false;
    mask = feat::set(mask, f, 0);
  }
  return (feats & mask) == (value & mask);
}

}  // namespace

/// One way to cut a token: prefix chain, stem letters, suffix.
struct CandidateMaker::Cut {
  uint16_t chain = kNoChain;
  uint8_t suffix = kNoClitic;
  uint32_t begin = 0, end = 0;  // stem without article
  uint32_t word_begin = 0;      // stem with article
  bool article = false;
};

CandidateMaker::CandidateMaker(std::shared_ptr<const Pack> pack, const std::string& lang)
    : pack_(std::move(pack)),
      fold_(Fold::from_pack(*pack_, lang)),
      slots_(pack_->section<FormSlot>(lang + "/form_slots")),
      forms_(pack_->section<FormRow>(lang + "/forms")),
      prefixes_(pack_->section<ClitRow>(lang + "/prefixes")),
      suffixes_(pack_->section<ClitRow>(lang + "/suffixes")),
      chains_(pack_->section<ChainRow>(lang + "/chains")),
      splits_(pack_->section<SplitRow>(lang + "/splits")),
      guesses_(pack_->section<GuessRow>(lang + "/guesses")),
      stems_(pack_->section<StemRow>(lang + "/guess_stems")),
      states_(pack_->section<StateRow>(lang + "/states")),
      transitions_(pack_->section<int16_t>(lang + "/transitions")) {
  filter_.assign((size_t(1) << kFilterBits) / 64, 0);
  for (const FormSlot& slot : slots_)
    if (slot.count) filter_[slot.check >> (32 - kFilterBits) >> 6] |= uint64_t(1) << (slot.check >> (32 - kFilterBits) & 63);
  for (size_t i = 0; i < chains_.size(); ++i) chains_by_byte_[last_byte_of_first_letter(pack_->str(chains_[i].key))].push_back(static_cast<uint16_t>(i));
  for (size_t i = 0; i < suffixes_.size(); ++i) suffixes_by_byte_[static_cast<uint8_t>(pack_->str(suffixes_[i].form).back())].push_back(static_cast<uint8_t>(i));
  for (size_t i = 1; i < states_.size(); ++i)
    if (!states_[i].lexical) states_of_tag_[static_cast<size_t>(states_[i].tag)].push_back(static_cast<uint8_t>(i));
}

uint8_t CandidateMaker::state_of(Tag tag, uint32_t feats) const {
  for (const uint8_t i : states_of_tag_[static_cast<size_t>(tag)])
    if ((feats & states_[i].mask) == states_[i].value) return i;
  return 0;
}

void CandidateMaker::letters(std::string_view raw, const TextLayer& text, const Token& token, TokenLetters& out) const {
  out.key = text.key_of(token);
  out.norm = text.norm_of(token);
  out.count = 0;
  out.marked = false;
  for (size_t at = 0; at < out.key.size() && out.count < kMaxLetters;) {
    out.key_at[out.count++] = static_cast<uint16_t>(at);
    utf8::next(out.key, at);
  }
  out.key_at[out.count] = static_cast<uint16_t>(out.key.size());
  uint32_t n = 0;
  for (size_t at = 0; at < out.norm.size() && n < kMaxLetters; ++n) {
    out.norm_at[n] = static_cast<uint16_t>(at);
    utf8::next(out.norm, at);
  }
  out.norm_at[n] = static_cast<uint16_t>(out.norm.size());
  out.aligned = n == out.count;
  if (!(token.flags & token_flag::kMarks) || !out.aligned) return;
  out.marked = true;
  std::fill_n(out.vowel.begin(), out.count, uint8_t(0));
  std::fill_n(out.doubled.begin(), out.count, false);
  const std::string_view s = raw.substr(token.raw.begin, token.raw.size());
  uint32_t letter = 0;
  bool any = false;
  for (size_t at = 0; at < s.size();) {
    const char32_t c = utf8::next(s, at);
    const bool mark = (c >= kFathatan && c <= kSukun) || c == 0x670;
    if (!mark) {
      if (c != 0x640 && any) ++letter;
      any = any || c != 0x640;
      continue;
    }
    if (letter >= out.count) break;
    if (c == kShadda) out.doubled[letter] = true;
    else if (c == kSukun) out.vowel[letter] = 4;
    else if (c == kFatha || c == kDamma || c == kKasra) out.vowel[letter] = static_cast<uint8_t>(c - kFatha + 1);
    else if (c < kFatha) out.vowel[letter] = static_cast<uint8_t>(c - kFathatan + 5);
  }
}

void CandidateMaker::raw_borders(std::string_view raw_token, TokenLetters& out) const {
  if (raw_token.size() == out.norm.size() && std::memcmp(raw_token.data(), out.norm.data(), raw_token.size()) == 0 && out.aligned) {
    std::copy_n(out.norm_at.begin(), out.count + 1, out.raw_at.begin());
    return;
  }
  // Letter by letter: a code point that the fold removes belongs to the letter before it.
  std::string piece;
  bool marks = false;
  uint32_t letter = 0;
  for (size_t at = 0; at < raw_token.size() && letter < out.count;) {
    const size_t begin = at;
    utf8::next(raw_token, at);
    piece.clear();
    fold_->norm(raw_token.substr(begin, at - begin), piece, marks);
    const size_t made = utf8::length(piece);
    for (size_t i = 0; i < made && letter < out.count; ++i) out.raw_at[letter++] = static_cast<uint16_t>(begin);
  }
  while (letter <= out.count) out.raw_at[letter++] = static_cast<uint16_t>(raw_token.size());
  if (out.count) out.raw_at[0] = 0;
}

void CandidateMaker::make(std::string_view raw, const TextLayer& text, const Token& token, TokenLetters& letter_borders, std::vector<Candidate>& out, bool wide) const {
  letters(raw, text, token, letter_borders);
  letter_borders.key_id = kNone;
  if (forms_of(letter_borders.key, letter_borders.key_id).empty()) letter_borders.key_id = pack_->find(letter_borders.key);
  switch (token.kind) {
    case TokenKind::kNumber: return single(Tag::kNum, WordSource::kNumber, letter_borders, out);
    case TokenKind::kPunct: return single(Tag::kPunct, WordSource::kPunct, letter_borders, out);
    case TokenKind::kSymbol:
    case TokenKind::kEmoji: return single(Tag::kSym, WordSource::kPunct, letter_borders, out);
    case TokenKind::kUrl: return single(Tag::kX, WordSource::kGuess, letter_borders, out);
    case TokenKind::kWord: break;
  }
  make_word(token, letter_borders, out, wide);
}

void CandidateMaker::single(Tag tag, WordSource source, const TokenLetters& letters, std::vector<Candidate>& out) const {
  Candidate c;
  c.tag = tag;
  c.source = source;
  c.key = letters.key_id;
  c.stem_end = static_cast<uint8_t>(letters.count);
  c.entry = c.exit = state_of(tag, 0);
  // A number or sign may be a row of the lexicon too (%, $).
  StrId id = kNone;
  for (const FormRow& form : forms_of(letters.key, id)) {
    if (form.tag != tag && !(source == WordSource::kPunct && form.tag == Tag::kCconj)) continue;  // & is a conjunction
    c.tag = form.tag;
    c.lemma = form.lemma;
    c.feats = form.feats;
    c.entry = c.exit = form.state;
    break;
  }
  out.push_back(c);
}

template <class Fn>
void CandidateMaker::each_cut(const TokenLetters& l, Fn fn) const {
  const auto with_suffixes = [&](Cut cut) {
    cut.end = l.count;
    if (cut.end > cut.begin) fn(cut);
    for (const uint8_t i : suffixes_by_byte_[static_cast<uint8_t>(l.key.back())]) {
      const ClitRow& suffix = suffixes_[i];
      if (suffix.letters + cut.begin >= l.count) continue;
      cut.end = l.count - suffix.letters;
      if (l.key_part(cut.end, l.count) != pack_->str(suffix.form)) continue;
      if (l.aligned && l.norm_part(cut.end, l.count) != pack_->str(suffix.norm)) continue;
      cut.suffix = i;
      fn(cut);
    }
  };
  with_suffixes({});
  for (const uint16_t i : chains_by_byte_[last_byte_of_first_letter(l.key)]) {
    const ChainRow& chain = chains_[i];
    if (chain.letters >= l.count || l.key_part(0, chain.letters) != pack_->str(chain.key)) continue;
    Cut cut;
    cut.chain = i;
    cut.begin = cut.word_begin = chain.letters;
    cut.article = chain.article;
    if (chain.article) {
      const ClitRow& article = prefixes_[chain.clitic[chain.count - 1]];
      if (chain.absorbed == 2) {  // the stem must begin with the article's last letter
        const std::string_view form = pack_->str(article.form);
        size_t last = 0, at = 0;
        while (at < form.size()) { last = at; utf8::next(form, at); }
        if (l.key_part(cut.begin, cut.begin + 1) != form.substr(last)) continue;
      } else {
        cut.word_begin = chain.letters - article.letters + (chain.absorbed ? 1u : 0u);
      }
    }
    with_suffixes(cut);
  }
}

bool CandidateMaker::fits(const Cut& cut, Tag tag, uint32_t feats, uint8_t form_flags) const {
  const uint32_t tag_bit = bit(tag);
  const bool verb = tag == Tag::kVerb || tag == Tag::kAux;
  if (cut.suffix == kNoClitic) {
    if (form_flags & form_flag::kNeedsSuffix) return false;
  } else {
    if (form_flags & form_flag::kNoSuffix || cut.article) return false;
    const ClitRow& suffix = suffixes_[cut.suffix];
    if (!(suffix.attach & tag_bit)) return false;
    if (verb && !open_match(feats, suffix.verb_mask, suffix.verb_value)) return false;
  }
  if (cut.article ? (form_flags & form_flag::kNoArticle) : (form_flags & form_flag::kNeedsArticle)) return false;
  if (cut.chain == kNoChain) return true;
  if (form_flags & form_flag::kNoClitics) return false;
  const ChainRow& chain = chains_[cut.chain];
  if (!(chain.attach & tag_bit)) return false;
  if (verb) {
    for (uint8_t i = 0; i < chain.count; ++i) {
      const ClitRow& p = prefixes_[chain.clitic[i]];
      if (!open_match(feats, p.verb_mask, p.verb_value)) return false;
    }
  }
  return true;
}

// States at the borders of the token and the cost of the transitions inside it.
void CandidateMaker::finish(const Cut& cut, const TokenLetters& letters, uint8_t row_state, Candidate& c) const {
  c.chain = cut.chain;
  c.suffix = cut.suffix;
  c.stem_begin = static_cast<uint8_t>(cut.word_begin);
  c.stem_end = static_cast<uint8_t>(cut.end);
  (void)letters;
  uint8_t state = row_state;
  if (cut.article) c.feats = feat::set(c.feats, feat::kDef, 1);
  if (cut.suffix != kNoClitic) {
    c.feats = feat::set(c.feats, feat::kPoss, 1) | suffixes_[cut.suffix].stem_feats;
    c.cost += suffixes_[cut.suffix].cost;
  }
  uint8_t before = 0;
  bool first = true;
  if (cut.chain != kNoChain) {
    const ChainRow& chain = chains_[cut.chain];
    c.cost += chain.cost;
    for (uint8_t i = 0; i < chain.count; ++i) {
      const ClitRow& p = prefixes_[chain.clitic[i]];
      c.feats |= p.stem_feats;
      if (p.flags & (clitic_flag::kArticle | clitic_flag::kFeature)) continue;
      if (first) c.entry = p.state;
      else c.cost += transition(before, p.state);
      before = p.state;
      first = false;
    }
  }
  if ((cut.article || cut.suffix != kNoClitic || cut.chain != kNoChain) && !(state < states_.size() && states_[state].lexical)) state = state_of(c.tag, c.feats);
  if (first) c.entry = state;
  else c.cost += transition(before, state);
  c.exit = state;
  if (const uint8_t after = exit_state(cut.suffix); after) {
    c.inner = state;
    c.cost += transition(state, after);
    c.exit = after;
  }
}

// An attached verb or genitive sign ('s, 'll) is a word of its own for the next one; a pronoun is not.
uint8_t CandidateMaker::exit_state(uint8_t suffix) const {
  if (suffix == kNoClitic) return 0;
  const ClitRow& s = suffixes_[suffix];
  return s.tag == Tag::kAux || (s.tag == Tag::kPart && (s.attach & bit(Tag::kNoun))) ? s.state : uint8_t(0);
}

// `key`: the string of the letters from..to of the key, which is the spelling of most forms.
int CandidateMaker::spelling_cost(const FormRow& form, StrId key, const TokenLetters& l, uint32_t from, uint32_t to) const {
  if (!l.aligned) return 0;
  const std::string_view have = l.norm_part(from, to), want = form.spelling == key ? l.key_part(from, to) : pack_->str(form.spelling);
  if (have == want) return 0;
  int cost = 0;
  size_t a = 0, b = 0;
  while (a < have.size() && b < want.size()) {
    const char32_t x = utf8::next(have, a), y = utf8::next(want, b);
    if (x == y) continue;
    cost += x == kAlef ? kBareAlef : kOtherSeat;
  }
  return a == have.size() && b == want.size() ? cost : kOtherSeat;
}

int CandidateMaker::marks_cost(const FormRow& form, const TokenLetters& l, const Cut& cut, uint32_t& feats) const {
  int cost = 0;
  const bool finite = feat::get(feats, feat::kVerbForm) == 1;
  const uint32_t voice = feat::get(feats, feat::kVoice);
  for (uint32_t i = 0; i < 3 && cut.begin + i < cut.end; ++i) {
    const uint32_t have = l.vowel[cut.begin + i], want = (form.marks >> (3 * i)) & 7u;
    if (!have || !want || have > 4 || (i && cut.begin + i + 1 == l.count)) continue;  // the last vowel is that of case and mood
    if (have == want) {
      cost += kMarkAgrees;
      if (finite && i == 0 && voice == 0 && have == 1) feats = feat::set(feats, feat::kVoice, 1);
    } else if (finite && i == 0 && voice == 0 && have == 2 && want == 1) {
      feats = feat::set(feats, feat::kVoice, 2);
      cost += kMarkAgrees;
      break;  // the other vowels are those of the active
    } else {
      cost += kMarkConflict;
    }
  }
  const uint32_t place = form.marks >> 12;
  const uint32_t skip = cut.article ? 1 : 0;  // sun letter after the article
  for (uint32_t i = skip; place != 15 && cut.begin + i + 1 < cut.end; ++i) {
    if (!l.doubled[cut.begin + i]) continue;
    cost += place == i + 1 ? kMarkAgrees : kMarkConflict;
    break;
  }
  const uint8_t end_vowel = l.vowel[l.count - 1];
  const uint8_t before_end = l.count > 1 ? l.vowel[l.count - 2] : uint8_t(0);
  const bool tanwin = end_vowel >= 5 || before_end == 5;
  if (tanwin && finite) cost += kMarkConflict;
  return cost;
}

std::span<const FormRow> CandidateMaker::forms_of(std::string_view text, StrId& key) const {
  if (slots_.empty()) return {};
  const uint64_t hash = hash_bytes(text);
  const FormSlot* slot = may_have_forms(hash) ? slot_of(hash) : nullptr;
  if (!slot) return {};
  key = slot->key;
  return forms_.subspan(slot->begin, slot->count);
}

const FormSlot* CandidateMaker::slot_of(uint64_t hash) const {
  const size_t mask = slots_.size() - 1;
  for (size_t at = hash & mask; slots_[at].count; at = (at + 1) & mask)
    if (slots_[at].check == static_cast<uint32_t>(hash >> 32)) return &slots_[at];
  return nullptr;
}

void CandidateMaker::look_up(const Token& token, const TokenLetters& l, const Cut& cut, const FormSlot& slot, std::vector<Candidate>& out) const {
  const StrId key = slot.key;
  StrId spelling = kNone;
  int written = 0;  // cost of the last spelling: the forms of a key have few
  for (const FormRow& form : forms_.subspan(slot.begin, slot.count)) {
    if (!fits(cut, form.tag, form.feats, form.flags)) continue;
    Candidate c;
    c.lemma = form.lemma;
    c.feats = form.feats;
    c.key = key;
    c.tag = form.tag;
    c.source = form.tag == Tag::kPropn ? WordSource::kName : WordSource::kLexicon;
    if (form.spelling != spelling) {
      spelling = form.spelling;
      written = spelling_cost(form, key, l, cut.begin, cut.end);
    }
    c.cost = form.cost + written;
    if (l.marked) c.cost += marks_cost(form, l, cut, c.feats);
    if (form.tag == Tag::kPropn && token.script == Script::kLatin) {
      if (token.flags & token_flag::kCapital) { if (!(token.flags & token_flag::kSentenceStart) && (form.flags & form_flag::kCommonToo)) c.cost -= 10; }
      else c.cost += 30;
    } else if (token.script == Script::kLatin && (token.flags & token_flag::kCapital) && !(token.flags & token_flag::kSentenceStart)) {
      if (form.tag == Tag::kNoun || form.tag == Tag::kVerb || form.tag == Tag::kAdj) c.cost += 8;
    }
    const int cost = c.cost;
    finish(cut, l, form.state, c);
    out.push_back(c);
    if (!(form.flags & form_flag::kAlsoNoun)) continue;
    Candidate n = c;
    n.tag = Tag::kNoun;
    n.cost = cost + kAlsoNounCost;
    n.feats = form.feats;
    finish(cut, l, state_of(Tag::kNoun, n.feats), n);
    out.push_back(n);
  }
}

void CandidateMaker::guess(const Token& token, const TokenLetters& l, const Cut& cut, size_t first, bool stems_only, std::vector<Candidate>& out) const {
  const uint32_t n = cut.end - cut.begin;
  const std::string_view stem = l.aligned ? l.norm_part(cut.begin, cut.end) : l.key_part(cut.begin, cut.end);
  const bool capital = token.flags & token_flag::kCapital;
  StrId key = kNone;
  bool key_known = false;
  int clitics = 0;
  if (cut.chain != kNoChain) {
    const ChainRow& chain = chains_[cut.chain];
    for (uint8_t i = 0; i < chain.count; ++i) {
      const ClitRow& p = prefixes_[chain.clitic[i]];
      if (p.flags & clitic_flag::kLexiconOnly) return;
      clitics += p.guess_cost;
    }
  }
  if (cut.suffix != kNoClitic) {
    if (suffixes_[cut.suffix].flags & clitic_flag::kLexiconOnly) return;
    clitics += suffixes_[cut.suffix].guess_cost;
  }
  for (const GuessRow& row : guesses_) {
    if (n < row.min_letters || n > row.max_letters || (stems_only && !row.stem)) continue;
    if ((row.flags & guess_flag::kCapital) && !capital) continue;
    if ((row.flags & guess_flag::kLower) && capital) continue;
    if ((row.flags & guess_flag::kNotStart) && (token.flags & token_flag::kSentenceStart)) continue;
    if ((row.flags & guess_flag::kNeedsSuffix) && cut.suffix == kNoClitic) continue;
    if ((row.flags & guess_flag::kNoSuffix) && cut.suffix != kNoClitic) continue;
    if ((row.flags & guess_flag::kArticle) && !cut.article) continue;
    if ((row.flags & guess_flag::kNoArticle) && cut.article) continue;
    if ((row.flags & guess_flag::kLatin) && token.script != Script::kLatin) continue;
    const std::string_view written = row.stem ? l.key_part(cut.begin, cut.end) : stem;
    if (!written.starts_with(pack_->str(row.prefix)) || !written.ends_with(pack_->str(row.suffix))) continue;
    if (!fits(cut, row.tag, row.feats, 0)) continue;
    Candidate c;
    c.feats = row.feats;
    c.tag = row.tag;
    if (!key_known) key = n == l.count ? l.key_id : pack_->find(l.key_part(cut.begin, cut.end)), key_known = true;
    c.key = key;
    c.cost = kGuessBase + row.cost + clitics;
    if (row.stem) {
      guess_stem(row, l, cut, c, out);
      continue;
    }
    finish(cut, l, state_of(row.tag, row.feats), c);
    // One guess a tag and cut: the cheapest.
    bool better = true;
    for (size_t k = first; k < out.size(); ++k) {
      Candidate& o = out[k];
      if (o.source != WordSource::kGuess || o.tag != c.tag || o.chain != c.chain || o.suffix != c.suffix || o.is_split || o.feats != c.feats) continue;
      if (c.cost < o.cost) o = c;
      better = false;
      break;
    }
    if (better) out.push_back(c);
  }
}

// A verb that no table has, of a root that is known: its lemma is known, whether it exists is not.
void CandidateMaker::guess_stem(const GuessRow& row, const TokenLetters& l, const Cut& cut, Candidate c, std::vector<Candidate>& out) const {
  if (stems_.empty() || cut.end - cut.begin <= row.affix_letters) return;
  const std::string_view written = l.key_part(cut.begin, cut.end);
  const size_t before = pack_->str(row.prefix).size(), after = pack_->str(row.suffix).size();
  const uint64_t hash = hash_bytes(written.substr(before, written.size() - before - after));
  const auto from = std::lower_bound(stems_.begin(), stems_.end(), hash, [](const StemRow& r, uint64_t h) { return r.hash < h; });
  for (auto stem = from; stem != stems_.end() && stem->hash == hash; ++stem) {
    if (!(stem->rows >> (row.stem - 1) & 1)) continue;
    Candidate verb = c;
    verb.lemma = stem->lemma;
    finish(cut, l, state_of(row.tag, row.feats), verb);
    out.push_back(verb);
  }
}

void CandidateMaker::splits(const TokenLetters& l, std::vector<Candidate>& out) const {
  const StrId key = l.key_id;
  if (key == kNone) return;
  for (const SplitRow& row : splits_) {
    if (row.key != key || row.count != 2) continue;
    StrId a = kNone, b = kNone;
    const auto firsts = forms_of(pack_->str(row.part[0]), a), seconds = forms_of(pack_->str(row.part[1]), b);
    for (const FormRow& x : firsts) {
      for (const FormRow& y : seconds) {
        Candidate c;
        c.is_split = true;
        c.source = WordSource::kLexicon;
        c.lemma = x.lemma, c.feats = x.feats, c.tag = x.tag, c.key = a;
        c.lemma2 = y.lemma, c.feats2 = y.feats, c.tag2 = y.tag, c.key2 = b;
        c.stem_end = row.letters[0];
        c.entry = x.state, c.exit = y.state;
        c.cost = x.cost + y.cost + transition(x.state, y.state);
        out.push_back(c);
      }
    }
  }
}

void CandidateMaker::make_word(const Token& token, const TokenLetters& l, std::vector<Candidate>& out, bool wide) const {
  if (l.count == 0 || l.count >= kMaxLetters) return single(Tag::kX, WordSource::kGuess, l, out);
  const size_t first = out.size();
  if (!splits_.empty()) splits(l, out);
  // Slots first, then rows, then readings: the waits for memory overlap.
  struct Ask { Cut cut; uint64_t hash; const FormSlot* slot; };
  Ask asks[kMaxAsks];
  size_t count = 0;
  const auto answer = [&] {
    for (size_t i = 0; i < count; ++i) {
      asks[i].slot = slot_of(asks[i].hash);
      if (asks[i].slot) __builtin_prefetch(&forms_[asks[i].slot->begin]);
    }
    for (size_t i = 0; i < count; ++i)
      if (asks[i].slot) look_up(token, l, asks[i].cut, *asks[i].slot, out);
    count = 0;
  };
  if (!slots_.empty()) {
    each_cut(l, [&](const Cut& cut) {
      const uint64_t hash = hash_bytes(l.key_part(cut.begin, cut.end));
      if (!may_have_forms(hash)) return;
      if (count == kMaxAsks) answer();
      __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
      asks[count++] = {cut, hash, nullptr};
    });
    answer();
  }
  // A clitic written apart stands for itself.
  for (const ClitRow& p : prefixes_) {
    if (p.letters != l.count || pack_->str(p.form) != l.key || (p.flags & (clitic_flag::kArticle | clitic_flag::kFeature))) continue;
    Candidate c;
    c.lemma = p.lemma, c.feats = p.feats, c.tag = p.tag, c.key = p.form, c.entry = c.exit = p.state;
    c.stem_end = static_cast<uint8_t>(l.count);
    c.source = WordSource::kLexicon;
    c.cost = 5;
    out.push_back(c);
  }
  bool direct = false;
  for (size_t i = first; i < out.size(); ++i) direct = direct || (out[i].suffix == kNoClitic && (out[i].chain == kNoChain || chains_[out[i].chain].cost == 0));
  if (out.size() == first) {
    each_cut(l, [&](const Cut& cut) {
      if (cut.end - cut.begin >= 2) guess(token, l, cut, first, false, out);
    });
  } else if (!direct) {
    const size_t before = out.size();
    Cut whole;
    whole.end = l.count;
    guess(token, l, whole, first, false, out);
    for (size_t i = before; i < out.size(); ++i) out[i].cost += kGuessBesideReading - kGuessBase;
  }
  if (wide && out.size() > first) each_cut(l, [&](const Cut& cut) { guess(token, l, cut, out.size(), true, out); });
  if (token.script == Script::kLatin && (token.flags & token_flag::kCapital) && direct) {
    // A capitalised word may be a name that no table has.
    const bool start = token.flags & token_flag::kSentenceStart;
    Candidate c;
    c.tag = Tag::kPropn;
    c.key = l.key_id;
    c.cost = start ? 45 : 18;
    c.name_too = true;
    uint32_t feats = 0;
    bool grammatical = false;
    for (size_t i = first; i < out.size(); ++i) {
      const Candidate& o = out[i];
      if (o.chain != kNoChain || o.suffix != kNoClitic || o.is_split) continue;
      grammatical = grammatical || (bit(o.tag) & (bit(Tag::kDet) | bit(Tag::kAdp) | bit(Tag::kPron) | bit(Tag::kCconj) | bit(Tag::kSconj) | bit(Tag::kPart)));
      // President, Ministry: in a name it is still the noun.
      if (o.tag != Tag::kNoun || c.lemma != kNone) continue;
      c.lemma = o.lemma;
      feats = o.feats;
    }
    if (grammatical) c.cost += 20;
    Cut whole;
    whole.end = l.count;
    c.feats = feat::set(feats, feat::kProper, 1);
    finish(whole, l, state_of(Tag::kPropn, c.feats), c);
    out.push_back(c);
  }
  if (out.size() == first) single(Tag::kX, WordSource::kGuess, l, out);
}

}  // namespace biruni
