#include "morph/candidate.h"

#include <algorithm>
#include <climits>
#include <cstring>

#include "base/utf8.h"

namespace biruni {
namespace {

// Costs in tenths. 10 is about one order of magnitude in likelihood.
constexpr int kOtherSeat = 12;        // hamza, ya or ta marbuta written otherwise than the form has it
constexpr int kWrongSeat = 30;        // a hamza written above where the form has it below, or the other way round
constexpr int kBareAfterClitic = 5;   // hamza left out behind an attached particle, more than elsewhere
constexpr int kBareAlef = 3;          // hamza simply left out
constexpr int kMarkConflict = 40;
constexpr int kMarkAgrees = -8;
constexpr int kDoublingAgrees = -22;  // written to be read: nouns of unknown vowels must not win over it
constexpr int kGuessBase = 40;
constexpr int kGuessBesideReading = 62;  // whole-token guess although a reading with clitics exists
constexpr int kAlsoNounCost = 5;
constexpr char32_t kFatha = 0x64E, kDamma = 0x64F, kKasra = 0x650, kShadda = 0x651, kSukun = 0x652, kFathatan = 0x64B;
constexpr char32_t kAlef = 0x627;

// Borders of letters of one byte and of two.
constexpr auto kBorders = [] {
  std::array<std::array<uint16_t, kMaxLetters + 1>, 2> out{};
  for (uint16_t i = 0; i <= kMaxLetters; ++i) out[0][i] = i, out[1][i] = static_cast<uint16_t>(2 * i);
  return out;
}();

bool is_alef_hamza(char32_t c) { return c == 0x623 || c == 0x625 || c == 0x622; }

// Punctuation in Unicode, a symbol to grammarians: per cent and per mille.
bool is_sign(char32_t c) { return c == '%' || c == 0x066A || c == 0x2030; }

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

CandidateMaker::CandidateMaker(std::shared_ptr<const Pack> pack, const std::string& lang)
    : pack_(std::move(pack)),
      fold_(Fold::from_pack(*pack_, lang)),
      slots_(pack_->section<FormSlot>(lang + "/form_slots")),
      forms_(pack_->section<FormRow>(lang + "/forms")),
      splits_(pack_->section<SplitRow>(lang + "/splits")),
      guesses_(pack_->section<GuessRow>(lang + "/guesses")),
      stems_(pack_->section<StemRow>(lang + "/guess_stems")),
      states_(pack_->section<StateRow>(lang + "/states")),
      transitions_(pack_->section<int16_t>(lang + "/transitions")),
      filter_(pack_->section<uint64_t>(lang + "/form_filter")),
      cuts_(*pack_, lang, states_, transitions_),
      stem_filter_(pack_->section<uint64_t>(lang + "/guess_stem_filter")) {
  const size_t states = std::max<size_t>(states_.size(), 1);
  into_.assign(256 * states, 0);
  for (size_t from = 0; from < states_.size() && !transitions_.empty(); ++from)
    for (size_t to = 0; to < states_.size(); ++to) into_[to * states + from] = transitions_[from * states + to];
  for (size_t i = 1; i < states_.size(); ++i)
    if (!states_[i].lexical) states_of_tag_[static_cast<size_t>(states_[i].tag)].push_back(static_cast<uint8_t>(i));
  for (size_t i = 0; i < guesses_.size(); ++i) {
    least_guess_ = std::min<int>(least_guess_, guesses_[i].cost);
    guess_.push_back({pack_->str(guesses_[i].prefix), pack_->str(guesses_[i].suffix), state_of(guesses_[i].tag, guesses_[i].feats)});
    for (size_t b = 0; b < guesses_by_byte_.size(); ++b)
      if (guess_[i].suffix.empty() || static_cast<uint8_t>(guess_[i].suffix.back()) == b) (guesses_[i].stem ? stem_rows_by_byte_ : guesses_by_byte_)[b].push_back(static_cast<uint16_t>(i));
  }
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
  const uint32_t width = token.flags & token_flag::kTwoByte ? 2 : token.flags & token_flag::kOneByte ? 1 : 0;
  if (width && out.key.size() < kMaxLetters * width) {
    out.count = static_cast<uint32_t>(out.key.size()) / width;
    const auto& borders = kBorders[width - 1];
    out.key_at = out.norm_at = borders;
    out.aligned = true;
    if (token.flags & token_flag::kMarks) read_marks(raw.substr(token.raw.begin, token.raw.size()), out);
    return;
  }
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
  if ((token.flags & token_flag::kMarks) && out.aligned) read_marks(raw.substr(token.raw.begin, token.raw.size()), out);
}

void CandidateMaker::read_marks(std::string_view s, TokenLetters& out) {
  out.marked = true;
  std::fill_n(out.vowel.begin(), out.count, uint8_t(0));
  std::fill_n(out.doubled.begin(), out.count, false);
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

void CandidateMaker::make(std::string_view raw, const TextLayer& text, const Token& token, TokenLetters& l, std::vector<Candidate>& out, bool wide, int beam) const {
  letters(raw, text, token, l);
  if (token.kind == TokenKind::kWord && l.count > 0 && l.count < kMaxLetters) return make_word(token, l, out, wide, beam);
  const uint64_t hash = hash_bytes(l.key);
  const FormSlot* slot = slot_of(hash);
  l.key_id = id_of(l.key, hash, slot);
  switch (token.kind) {
    case TokenKind::kNumber: return single(Tag::kNum, WordSource::kNumber, l, slot, out);
    case TokenKind::kPunct: return single(is_sign(token.punct) ? Tag::kSym : Tag::kPunct, WordSource::kPunct, l, slot, out);
    case TokenKind::kSymbol:
    case TokenKind::kEmoji: return single(Tag::kSym, WordSource::kPunct, l, slot, out);
    case TokenKind::kUrl:
    case TokenKind::kWord: return single(Tag::kX, WordSource::kGuess, l, slot, out);
  }
}

void CandidateMaker::single(Tag tag, WordSource source, const TokenLetters& letters, const FormSlot* slot, std::vector<Candidate>& out) const {
  Candidate c;
  c.tag = tag;
  c.source = source;
  c.key = letters.key_id;
  c.stem_end = static_cast<uint8_t>(letters.count);
  c.entry = c.exit = state_of(tag, 0);
  // A number or sign may be a row of the lexicon too (%, $).
  for (const FormRow& form : forms_of(slot)) {
    if (form.tag != tag && !(source == WordSource::kPunct && form.tag == Tag::kCconj)) continue;  // & is a conjunction
    c.tag = form.tag;
    c.lemma = form.lemma;
    c.feats = form.feats;
    c.entry = c.exit = form.state;
    break;
  }
  out.push_back(c);
}

bool CandidateMaker::verb_fits(const CutFrame& cut, uint32_t feats) const {
  if (cut.suffix != kNoClitic) {
    const ClitRow& suffix = cuts_.suffixes()[cut.suffix];
    if (!open_match(feats, suffix.verb_mask, suffix.verb_value)) return false;
  }
  if (cut.chain == kNoChain) return true;
  const ChainRow& chain = cuts_.chains()[cut.chain];
  for (uint8_t i = 0; i < chain.count; ++i) {
    const ClitRow& p = cuts_.prefixes()[chain.clitic[i]];
    if (!open_match(feats, p.verb_mask, p.verb_value)) return false;
  }
  return true;
}

// States at the borders of the token and the cost of the transitions inside it. `row_state`: that of tag and features
// before the clitics add theirs.
void CandidateMaker::place(const CutFrame& cut, uint8_t row_state, Candidate& c) const {
  c.chain = cut.chain;
  c.suffix = cut.suffix;
  c.stem_begin = cut.word_begin;
  c.stem_end = cut.end;
  c.cost += cut.cost;
  uint8_t state = row_state;
  if (const uint32_t feats = c.feats | cut.feats; feats != c.feats) {
    c.feats = feats;
    if (state >= states_.size() || !states_[state].lexical) state = state_of(c.tag, feats);
  }
  c.entry = cut.led ? cut.entry : state;
  if (cut.led) c.cost += transition(cut.before, state);
  c.exit = state;
  if (cut.after) {
    c.inner = state;
    c.cost += transition(state, cut.after);
    c.exit = cut.after;
  }
}

// The key itself is the spelling of most forms.
int CandidateMaker::spelling_cost(StrId spelling, const FormSlot& slot, const TokenLetters& l, const CutFrame& cut) const {
  if (!l.aligned) return 0;
  const std::string_view have = l.norm_part(cut.begin, cut.end), want = spelling == slot.key ? l.key_part(cut.begin, cut.end) : pack_->str(spelling);
  if (have == want) return 0;
  int cost = 0;
  size_t a = 0, b = 0;
  while (a < have.size() && b < want.size()) {
    const char32_t x = utf8::next(have, a), y = utf8::next(want, b);
    if (x == y) continue;
    cost += x == kAlef ? kBareAlef : is_alef_hamza(x) && is_alef_hamza(y) ? kWrongSeat : kOtherSeat;
  }
  return a == have.size() && b == want.size() ? cost : kOtherSeat;
}

int CandidateMaker::marks_cost(const FormRow& form, const TokenLetters& l, const CutFrame& cut, uint32_t& feats) const {
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
    cost += place == i + 1 ? kDoublingAgrees : kMarkConflict;
    break;
  }
  const uint8_t end_vowel = l.vowel[l.count - 1];
  const uint8_t before_end = l.count > 1 ? l.vowel[l.count - 2] : uint8_t(0);
  const bool tanwin = end_vowel >= 5 || before_end == 5;
  if (tanwin && finite) cost += kMarkConflict;
  return cost;
}

const FormSlot* CandidateMaker::slot_of(uint64_t hash) const {
  if (slots_.empty() || !filter_.may_have(hash)) return nullptr;
  const size_t mask = slots_.size() - 1;
  for (size_t at = hash & mask; slots_[at].count; at = (at + 1) & mask)
    if (slots_[at].check == static_cast<uint32_t>(hash >> 32)) return &slots_[at];
  return nullptr;
}

void CandidateMaker::look_up(const Token& token, const TokenLetters& l, const CutFrame& cut, const FormSlot& slot, std::vector<Candidate>& out) const {
  if (!cut.attach) return;
  constexpr uint32_t kVerbs = tag_bit(Tag::kVerb) | tag_bit(Tag::kAux);
  const bool bare = cut.chain == kNoChain && cut.suffix == kNoClitic;
  const bool latin = token.script == Script::kLatin;
  StrId spelling = kNone;
  int written = 0;  // cost of the last spelling: the forms of a key have few
  for (const FormRow& form : forms_of(&slot)) {
    if ((form.flags & cut.forbidden) || !(cut.attach & tag_bit(form.tag))) continue;
    if (cut.verb_condition && (kVerbs & tag_bit(form.tag)) && !verb_fits(cut, form.feats)) continue;
    if (form.spelling != spelling) {
      spelling = form.spelling;
      written = spelling_cost(spelling, slot, l, cut);
    }
    Candidate& c = out.emplace_back();
    c.lemma = form.lemma;
    c.feats = form.feats;
    c.key = slot.key;
    c.tag = form.tag;
    c.source = form.tag == Tag::kPropn ? WordSource::kName : WordSource::kLexicon;
    c.cost = form.cost + written + (written && cut.chain != kNoChain && !cut.article ? kBareAfterClitic : 0);
    uint8_t state = form.state;
    if (l.marked) {
      c.cost += marks_cost(form, l, cut, c.feats);
      if (c.feats != form.feats && !bare && !(state < states_.size() && states_[state].lexical)) state = state_of(c.tag, c.feats);
    }
    if (latin) {
      const bool inside = (token.flags & token_flag::kCapital) && !(token.flags & token_flag::kSentenceStart);
      if (form.tag == Tag::kPropn) {
        if (!(token.flags & token_flag::kCapital)) c.cost += 30;
        else if (inside && (form.flags & form_flag::kCommonToo)) c.cost -= 10;
      } else if (inside && (form.tag == Tag::kNoun || form.tag == Tag::kVerb || form.tag == Tag::kAdj)) {
        c.cost += 8;
      }
    }
    const int cost = c.cost;
    place(cut, state, c);
    if (!(form.flags & form_flag::kAlsoNoun)) continue;
    Candidate n = c;
    n.tag = Tag::kNoun;
    n.cost = cost + kAlsoNounCost;
    n.feats = form.feats;
    place(cut, state_of(Tag::kNoun, n.feats), n);
    out.push_back(n);
  }
}

void CandidateMaker::guess(const Token& token, const TokenLetters& l, const CutFrame& cut, bool stems_only, std::vector<Candidate>& out) const {
  if (!cut.attach) return;
  constexpr uint32_t kVerbs = tag_bit(Tag::kVerb) | tag_bit(Tag::kAux);
  const uint32_t n = cut.end - cut.begin;
  const std::string_view stem = l.aligned ? l.norm_part(cut.begin, cut.end) : l.key_part(cut.begin, cut.end);
  uint8_t forbidden = token.flags & token_flag::kCapital ? guess_flag::kLower : guess_flag::kCapital;
  if (token.flags & token_flag::kSentenceStart) forbidden |= guess_flag::kNotStart;
  forbidden |= cut.suffix == kNoClitic ? guess_flag::kNeedsSuffix : guess_flag::kNoSuffix;
  forbidden |= cut.article ? guess_flag::kNoArticle : guess_flag::kArticle;
  if (token.script != Script::kLatin) forbidden |= guess_flag::kLatin;
  StrId key = kNone;
  bool key_known = false;
  int clitics = 0;
  if (cut.chain != kNoChain) {
    const ChainRow& chain = cuts_.chains()[cut.chain];
    for (uint8_t i = 0; i < chain.count; ++i) {
      const ClitRow& p = cuts_.prefixes()[chain.clitic[i]];
      if (p.flags & clitic_flag::kLexiconOnly) return;
      clitics += p.guess_cost;
    }
  }
  if (cut.suffix != kNoClitic) {
    if (cuts_.suffixes()[cut.suffix].flags & clitic_flag::kLexiconOnly) return;
    clitics += cuts_.suffixes()[cut.suffix].guess_cost;
  }
  const size_t first = out.size();
  const std::string_view stem_key = l.key_part(cut.begin, cut.end);
  const auto &plain = guesses_by_byte_[static_cast<uint8_t>(stem.back())], &stems = stem_rows_by_byte_[static_cast<uint8_t>(stem_key.back())];
  auto a = stems_only ? plain.end() : plain.begin();
  for (auto b = stems.begin(); a != plain.end() || b != stems.end();) {  // in the order of the table
    const uint16_t g = b == stems.end() || (a != plain.end() && *a < *b) ? *a++ : *b++;
    const GuessRow& row = guesses_[g];
    if ((row.flags & forbidden) || n < row.min_letters || n > row.max_letters || !(cut.attach & tag_bit(row.tag))) continue;
    if (!guess_[g].fits(row.stem ? stem_key : stem)) continue;
    if (cut.verb_condition && (kVerbs & tag_bit(row.tag)) && !verb_fits(cut, row.feats)) continue;
    Candidate c;
    c.feats = row.feats;
    c.tag = row.tag;
    if (!key_known) key = n == l.count ? l.key_id : pack_->find(l.key_part(cut.begin, cut.end)), key_known = true;
    c.key = key;
    c.cost = kGuessBase + row.cost + clitics;
    if (row.stem) {
      guess_stem(g, l, cut, c, out);
      continue;
    }
    place(cut, guess_[g].state, c);
    // One guess a tag and cut: the cheapest.
    bool better = true;
    for (size_t k = first; k < out.size(); ++k) {
      Candidate& o = out[k];
      if (o.tag != c.tag || o.feats != c.feats) continue;
      if (c.cost < o.cost) o = c;
      better = false;
      break;
    }
    if (better) out.push_back(c);
  }
}

// A verb that no table has, of a root that is known: its lemma is known, whether it exists is not.
void CandidateMaker::guess_stem(size_t guess, const TokenLetters& l, const CutFrame& cut, Candidate c, std::vector<Candidate>& out) const {
  const GuessRow& row = guesses_[guess];
  if (stems_.empty() || cut.end - cut.begin <= row.affix_letters) return;
  const std::string_view written = l.key_part(cut.begin, cut.end);
  const size_t before = guess_[guess].prefix.size(), after = guess_[guess].suffix.size();
  const uint64_t hash = hash_bytes(written.substr(before, written.size() - before - after));
  if (!stem_filter_.may_have(hash)) return;
  const auto from = std::lower_bound(stems_.begin(), stems_.end(), hash, [](const StemRow& r, uint64_t h) { return r.hash < h; });
  for (auto stem = from; stem != stems_.end() && stem->hash == hash; ++stem) {
    if (!(stem->rows >> (row.stem - 1) & 1)) continue;
    Candidate verb = c;
    verb.lemma = stem->lemma;
    place(cut, guess_[guess].state, verb);
    out.push_back(verb);
  }
}

void CandidateMaker::splits(const TokenLetters& l, std::vector<Candidate>& out) const {
  const StrId key = l.key_id;
  if (key == kNone) return;
  for (const SplitRow& row : splits_) {
    if (row.key != key || row.count != 2) continue;
    const FormSlot *a = slot_of(hash_bytes(pack_->str(row.part[0]))), *b = slot_of(hash_bytes(pack_->str(row.part[1])));
    for (const FormRow& x : forms_of(a)) {
      for (const FormRow& y : forms_of(b)) {
        Candidate c;
        c.is_split = true;
        c.source = WordSource::kLexicon;
        c.lemma = x.lemma, c.feats = x.feats, c.tag = x.tag, c.key = a->key;
        c.lemma2 = y.lemma, c.feats2 = y.feats, c.tag2 = y.tag, c.key2 = b->key;
        c.stem_end = row.letters[0];
        c.entry = x.state, c.exit = y.state;
        c.cost = x.cost + y.cost + transition(x.state, y.state);
        out.push_back(c);
      }
    }
  }
}

void CandidateMaker::make_word(const Token& token, TokenLetters& l, std::vector<Candidate>& out, bool wide, int beam) const {
  const size_t first = out.size();
  Cuts cuts;
  cuts_.find(l, cuts);
  // Slots first, then rows, then readings: the waits for memory overlap. Stretches that have no form are told by the filter.
  Stretches stretches;
  for (uint8_t b = 0; b < cuts.begins; ++b) {
    for (uint8_t e = 0; e < cuts.ends; ++e) {
      Stretch& s = stretches[b * Cuts::kEnds + e];
      s.slot = nullptr;
      if (cuts.begin[b].letters >= cuts.end[e]) continue;
      s.hash = hash_bytes(l.key_part(cuts.begin[b].letters, cuts.end[e]));
      if (!slots_.empty() && filter_.may_have(s.hash)) __builtin_prefetch(&slots_[s.hash & (slots_.size() - 1)]);
    }
  }
  for (uint8_t b = 0; b < cuts.begins; ++b) {
    for (uint8_t e = 0; e < cuts.ends; ++e) {
      Stretch& s = stretches[b * Cuts::kEnds + e];
      if (cuts.begin[b].letters < cuts.end[e]) s.slot = slot_of(s.hash);
      if (s.slot) __builtin_prefetch(&forms_[s.slot->begin]);
    }
  }
  l.key_id = id_of(l.key, stretches[0].hash, stretches[0].slot);
  if (!splits_.empty()) splits(l, out);
  cuts_.each(l, cuts, [&](const CutFrame& cut, uint8_t b, uint8_t e) {
    if (const FormSlot* slot = stretches[b * Cuts::kEnds + e].slot) look_up(token, l, cut, *slot, out);
  });
  // A clitic written apart stands for itself.
  for (const ClitRow& p : cuts_.prefixes()) {
    if (p.letters != l.count || p.form != l.key_id || (p.flags & (clitic_flag::kArticle | clitic_flag::kFeature))) continue;
    Candidate c;
    c.lemma = p.lemma, c.feats = p.feats, c.tag = p.tag, c.key = p.form, c.entry = c.exit = p.state;
    c.stem_end = static_cast<uint8_t>(l.count);
    c.source = WordSource::kLexicon;
    c.cost = 5;
    out.push_back(c);
  }
  bool direct = false;
  for (size_t i = first; i < out.size(); ++i) direct = direct || (out[i].suffix == kNoClitic && (out[i].chain == kNoChain || cuts_.chains()[out[i].chain].cost == 0));
  if (out.size() == first) {
    cuts_.each(l, cuts, [&](const CutFrame& cut, uint8_t, uint8_t) {
      if (cut.end - cut.begin >= 2) guess(token, l, cut, false, out);
    });
  } else if (!direct) {
    const size_t before = out.size();
    int cheapest = INT_MAX;
    for (size_t i = first; i < before; ++i) cheapest = std::min(cheapest, out[i].cost);
    if (wide || cheapest >= kGuessBesideReading + least_guess_ - beam) guess(token, l, cuts_.whole(l), false, out);
    for (size_t i = before; i < out.size(); ++i) out[i].cost += kGuessBesideReading - kGuessBase;
  }
  if (wide && out.size() > first) cuts_.each(l, cuts, [&](const CutFrame& cut, uint8_t, uint8_t) { guess(token, l, cut, true, out); });
  if (token.script == Script::kLatin && (token.flags & token_flag::kCapital) && direct) capital(token, l, first, out);
  if (out.size() == first) single(Tag::kX, WordSource::kGuess, l, stretches[0].slot, out);
}

// A capitalised word may be a name that no table has.
void CandidateMaker::capital(const Token& token, const TokenLetters& l, size_t first, std::vector<Candidate>& out) const {
  Candidate c;
  c.tag = Tag::kPropn;
  c.key = l.key_id;
  c.cost = token.flags & token_flag::kSentenceStart ? 45 : 18;
  c.name_too = true;
  uint32_t feats = 0;
  bool grammatical = false;
  constexpr uint32_t kGrammatical = tag_bit(Tag::kDet) | tag_bit(Tag::kAdp) | tag_bit(Tag::kPron) | tag_bit(Tag::kCconj) | tag_bit(Tag::kSconj) | tag_bit(Tag::kPart);
  for (size_t i = first; i < out.size(); ++i) {
    const Candidate& o = out[i];
    if (o.chain != kNoChain || o.suffix != kNoClitic || o.is_split) continue;
    grammatical = grammatical || (tag_bit(o.tag) & kGrammatical);
    // President, Ministry: in a name it is still the noun.
    if (o.tag != Tag::kNoun || c.lemma != kNone) continue;
    c.lemma = o.lemma;
    feats = o.feats;
  }
  if (grammatical) c.cost += 20;
  c.feats = feat::set(feats, feat::kProper, 1);
  place(cuts_.whole(l), state_of(Tag::kPropn, c.feats), c);
  out.push_back(c);
}

}  // namespace biruni
