// One pass over the code points makes tokens paragraph by paragraph; then each paragraph gets its language (by script),
// its tokens their key forms, and its sentences. Character classes come from ICU once, at open().
#include "text/text_stage.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "text/compile.h"
#include "text/fold.h"

namespace biruni {
namespace {

constexpr uint32_t kMaxSentenceTokens = 400;  // a longer "sentence" is cut; keeps later stages linear

enum Class : uint8_t { kOtherChar, kSpace, kNewline, kLetter, kMark, kDigit, kPunctChar, kSymbolChar };

/// Of a code point of the BMP: class, script (3 bits up) and whether it is a capital.
struct CharTable {
  static constexpr uint8_t kScriptShift = 3, kUpper = 32;
  std::vector<uint8_t> info = std::vector<uint8_t>(65536, kOtherChar);
  CharTable() {
    for (UChar32 c = 0; c < 65536; ++c) {
      const auto type = u_charType(c);
      uint8_t k = kOtherChar;
      if (c == '\n' || c == 0x2029 || c == 0x0B || c == 0x0C) k = kNewline;
      else if (u_isUWhiteSpace(c) || c == '\r' || type == U_CONTROL_CHAR) k = kSpace;
      else if (u_isalpha(c)) k = kLetter;
      else if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || type == U_FORMAT_CHAR || c == 0x0640) k = kMark;
      else if (u_isdigit(c)) k = kDigit;
      else if (u_ispunct(c)) k = kPunctChar;
      else k = kSymbolChar;
      UErrorCode status = U_ZERO_ERROR;
      const auto s = uscript_getScript(c, &status);
      const Script script = s == USCRIPT_ARABIC ? Script::kArabic : s == USCRIPT_LATIN ? Script::kLatin : s == USCRIPT_CYRILLIC ? Script::kCyrillic : Script::kOther;
      info[c] = static_cast<uint8_t>(k | static_cast<unsigned>(script) << kScriptShift | (u_isUUppercase(c) ? kUpper : 0u));
    }
  }
  uint8_t of(char32_t c) const {
    if (c < 65536) return info[c] & 7;
    return u_isalpha(static_cast<UChar32>(c)) ? kLetter : kSymbolChar;
  }
  static uint8_t script(uint8_t i) { return i >> kScriptShift & 3; }
  /// The run of small letters of one script (as `plain` describes them) from `at` on: its end; adds their number to `count`.
  size_t run(std::string_view text, size_t at, size_t end, uint8_t plain, uint32_t& count) const {
    const auto* p = reinterpret_cast<const unsigned char*>(text.data());
    while (at < end) {
      const uint32_t c = p[at];
      if (c < 0x80) {
        if (info[c] != plain) break;
        at += 1;
      } else {
        if (c >= 0xE0 || info[(c & 0x1F) << 6 | (p[at + 1] & 0x3Fu)] != plain) break;
        at += 2;
      }
      ++count;
    }
    return at;
  }
};

bool is_open_quote(char32_t c) { return c == 0x00AB || c == 0x201C || c == 0x201E || c == 0x2039; }
bool is_close_quote(char32_t c) { return c == 0x00BB || c == 0x201D || c == 0x203A; }
bool is_quote(char32_t c) { return is_open_quote(c) || is_close_quote(c) || c == '"' || c == 0x201F; }
bool is_closer(char32_t c) { return is_close_quote(c) || c == '"' || c == ')' || c == ']' || c == 0xFD3F; }
bool is_question(char32_t c) { return c == '?' || c == 0x061F; }
bool is_terminal(char32_t c) { return c == '.' || c == '!' || is_question(c) || c == 0x06D4 || c == 0x2026; }

class Stage final : public TextStage {
 public:
  Stage(const std::shared_ptr<const Pack>& pack, const std::vector<std::string>& langs) {
    for (const auto& lang : langs) {
      Lang l;
      l.fold = Fold::from_pack(*pack, lang);
      const auto profile = pack->section<LangProfile>(lang + "/profile");
      if (!profile.empty()) l.script = static_cast<Script>(profile[0].script);
      for (const auto& a : pack->section<AbbreviationRow>(lang + "/abbreviations"))
        (a.ends == 2 ? l.dated : a.ends ? l.soft : l.hard).insert(std::string(pack->str(a.key)));
      langs_.push_back(std::move(l));
    }
  }

  void run(const Document& doc, uint32_t declared, Analysis& out) const override {
    out.text.clear();
    const std::string_view text = doc.buffer;
    out.text.norm.reserve(text.size() + text.size() / 8);
    uint32_t letters[8] = {};
    if (doc.title_end) paragraphs(text, 0, doc.title_end, true, declared, out.text, letters);
    paragraphs(text, doc.text_begin, static_cast<uint32_t>(text.size()), false, declared, out.text, letters);
    mark_quotes(out.text);
    if (declared != kNone) {
      out.lang = static_cast<uint8_t>(declared);
    } else {
      out.lang = static_cast<uint8_t>(language(letters));
    }
  }

 private:
  struct Lang {
    std::unique_ptr<Fold> fold;
    Script script = Script::kLatin;
    std::set<std::string, std::less<>> hard, soft;  // abbreviations that never / may end a sentence
    std::set<std::string, std::less<>> dated;       // names of months: "16. month. 2016" is one date
  };

  uint32_t language(const uint32_t* letters) const {
    uint32_t best = 0, count = 0;
    for (uint32_t i = 0; i < langs_.size(); ++i) {
      const uint32_t n = letters[static_cast<int>(langs_[i].script)];
      if (n > count) { best = i; count = n; }
    }
    return best;
  }

  // Text broken into short lines by a typewriter or a wire: most lines end in mid-sentence at a similar width.
  static bool hard_wrapped(std::string_view text) {
    const std::string_view sample = text.substr(0, 65536);
    uint32_t lines = 0, middle = 0, longest = 0;
    size_t at = 0;
    while (at < sample.size()) {
      size_t end = sample.find('\n', at);
      if (end == std::string_view::npos) break;
      std::string_view line = sample.substr(at, end - at);
      while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
      const auto width = static_cast<uint32_t>(utf8::length(line));
      if (width) {
        ++lines;
        longest = std::max(longest, width);
        const char c = line.back();
        middle += width >= 40 && c != '.' && c != '!' && c != '?' && c != ':' && c != '"';
      }
      at = end + 1;
    }
    return lines >= 4 && longest <= 120 && middle * 10 >= lines * 6;
  }

  void paragraphs(std::string_view text, uint32_t begin, uint32_t end, bool title, uint32_t declared, TextLayer& out,
                  uint32_t* doc_letters) const {
    const bool wrapped = !title && hard_wrapped(text.substr(begin, end - begin));
    uint32_t at = begin;
    while (at < end) {
      // A paragraph ends at a line end, or in wrapped text at an empty line.
      uint32_t stop = at;
      while (stop < end) {
        const size_t nl = text.find('\n', stop);
        if (nl == std::string_view::npos || nl >= end) { stop = end; break; }
        stop = static_cast<uint32_t>(nl) + 1;
        if (!wrapped) break;
        uint32_t next = stop;
        while (next < end && (text[next] == ' ' || text[next] == '\t' || text[next] == '\r')) ++next;
        if (next >= end || text[next] == '\n') break;
      }
      paragraph(text, at, stop, title, declared, out, doc_letters);
      at = stop;
    }
  }

  void paragraph(std::string_view text, uint32_t begin, uint32_t end, bool title, uint32_t declared, TextLayer& out,
                 uint32_t* doc_letters) const {
    const uint32_t first = static_cast<uint32_t>(out.tokens.size());
    uint32_t letters[8] = {};
    tokenize(text, begin, end, out, letters);
    const uint32_t last = static_cast<uint32_t>(out.tokens.size());
    if (first == last) return;
    for (int i = 0; i < 8; ++i) doc_letters[i] += letters[i];
    uint32_t lang = declared;
    if (declared == kNone || letters[static_cast<int>(langs_[declared].script)] == 0) lang = language(letters);
    make_keys(text, lang, first, last, out);
    split_sentences(lang, first, last, title, out);
  }

  void tokenize(std::string_view text, uint32_t begin, uint32_t end, TextLayer& out, uint32_t* letters) const {
    const CharTable& t = table_;
    uint16_t pending = token_flag::kSpaceBefore | token_flag::kLineBefore;
    size_t at = begin;
    while (at < end) {
      const size_t start = at;
      const char32_t c = utf8::next(text, at);
      const uint8_t k = t.of(c);
      if (k == kSpace) { pending |= token_flag::kSpaceBefore; continue; }
      if (k == kNewline) { pending |= token_flag::kSpaceBefore | token_flag::kLineBefore; continue; }
      if (k == kMark) continue;  // a stray mark or direction character belongs to no token
      Token token;
      token.flags = pending;
      pending = 0;
      if (k == kLetter) {
        at = word(text, start, end, token, letters);
      } else if (k == kDigit) {
        at = number(text, start, end, token);
      } else {
        token.punct = c;
        token.kind = k == kPunctChar ? TokenKind::kPunct : TokenKind::kSymbol;
        // repeated marks (..., !!, --) are one token
        while (at < end && k == kPunctChar && (c == '.' || c == '!' || c == '-' || is_question(c))) {
          size_t next = at;
          const char32_t d = utf8::next(text, next);
          if (d == c || (is_question(c) && is_question(d)) || ((c == '!' || is_question(c)) && (d == '!' || is_question(d)))) at = next;
          else break;
        }
      }
      token.raw = {static_cast<uint32_t>(start), static_cast<uint32_t>(at)};
      out.tokens.push_back(token);
    }
  }

  // Letters, marks, digits after letters, inner apostrophes, and periods of acronyms (U.S., a.m.).
  size_t word(std::string_view text, size_t start, size_t end, Token& token, uint32_t* letters) const {
    const CharTable& t = table_;
    size_t at = start;
    uint32_t upper = 0, count = 0, run = 0;
    bool dotted = false;
    Script script = Script::kOther;
    while (at < end) {
      size_t next = at;
      const char32_t c = utf8::next(text, next);
      const uint8_t k = t.of(c);
      if (k == kLetter) {
        if (c < 65536) {
          const uint8_t info = t.info[c], s = CharTable::script(info);
          if (count == 0) script = static_cast<Script>(s);
          ++letters[s];
          if (info & CharTable::kUpper) { ++upper; if (count == 0) token.flags |= token_flag::kCapital; }
          uint32_t more = 0;
          next = t.run(text, next, end, info & static_cast<uint8_t>(~CharTable::kUpper), more);
          letters[s] += more;
          count += more;
          run += more;
        }
        ++count;
        ++run;
      } else if (k == kDigit) {
        if (script == Script::kArabic) break;  // a clitic or month name written against a number
        token.flags |= token_flag::kHasDigit;
      } else if (k == kMark) {
      } else if (c == '\'' || c == 0x2019 || c == 0x02BC) {
        if (next >= end) break;
        size_t peek = next;
        if (t.of(utf8::next(text, peek)) != kLetter) break;
        run = 9;
      } else if (c == '.' && script == Script::kLatin && run == 1 && (dotted || next < end)) {
        // one letter, period: acronym if another single letter with a period follows or we are inside one
        if (!dotted) {
          size_t p = next;
          if (p >= end || t.of(utf8::next(text, p)) != kLetter || p >= end) break;
          size_t q = p;
          if (utf8::next(text, q) != '.') break;
          dotted = true;
        }
        run = 0;
      } else {
        break;
      }
      at = next;
    }
    token.kind = TokenKind::kWord;
    token.script = script;
    if (upper >= 2 && upper == count) token.flags |= token_flag::kAllCaps;
    if (script == Script::kLatin && looks_like_url(text, start, at, end)) {
      while (at < end) {
        size_t next = at;
        const char32_t c = utf8::next(text, next);
        const uint8_t k = t.of(c);
        if (k == kSpace || k == kNewline || c == '"' || c == '<' || c == '>' || c >= 0x600) break;
        at = next;
      }
      while (at > start && (text[at - 1] == '.' || text[at - 1] == ',' || text[at - 1] == ')')) --at;
      token.kind = TokenKind::kUrl;
    }
    return at;
  }

  static bool looks_like_url(std::string_view text, size_t start, size_t at, size_t end) {
    const std::string_view head = text.substr(start, at - start);
    if ((head == "http" || head == "https") && text.substr(at, 3) == "://") return true;
    if (head == "www" && at < end && text[at] == '.') return true;
    return at < end && text[at] == '@' && at + 1 < end && ((text[at + 1] | 32) >= 'a' && (text[at + 1] | 32) <= 'z');
  }

  // Digits with inner separators: 1,460  2.5  2.5 with the Arabic decimal mark ; followed by letters (3rd, 20th) they make one token.
  size_t number(std::string_view text, size_t start, size_t end, Token& token) const {
    const CharTable& t = table_;
    size_t at = start;
    token.kind = TokenKind::kNumber;
    token.flags |= token_flag::kHasDigit;
    while (at < end) {
      size_t next = at;
      const char32_t c = utf8::next(text, next);
      const uint8_t k = t.of(c);
      if (k == kDigit || k == kMark) {
        at = next;
      } else if (c == '.' || c == ',' || c == 0x066B || c == 0x066C) {
        if (next >= end) break;
        size_t peek = next;
        if (t.of(utf8::next(text, peek)) != kDigit) break;
        at = next;
      } else if (k == kLetter && c < 0x250) {  // Latin suffix
        token.kind = TokenKind::kWord;
        token.script = Script::kLatin;
        at = next;
      } else {
        break;
      }
    }
    return at;
  }

  void make_keys(std::string_view text, uint32_t lang, uint32_t first, uint32_t last, TextLayer& out) const {
    const Fold& fold = *langs_[lang].fold;
    for (uint32_t i = first; i < last; ++i) {
      Token& token = out.tokens[i];
      const bool drop_dots = token.kind == TokenKind::kWord && token.script == Script::kLatin;  // U.S. -> us
      const auto begin = static_cast<uint32_t>(out.norm.size());
      const Fold::Folded folded = fold.token(text.substr(token.raw.begin, token.raw.size()), drop_dots, out.norm);
      if (folded.marks) token.flags |= token_flag::kMarks;
      if (folded.width == 1) token.flags |= token_flag::kOneByte;
      if (folded.width == 2) token.flags |= token_flag::kTwoByte;
      token.norm = {begin, begin + folded.norm};
      token.key = {token.norm.end, token.norm.end + folded.key};
    }
  }

  void split_sentences(uint32_t lang, uint32_t first, uint32_t last, bool title, TextLayer& out) const {
    const Lang& l = langs_[lang];
    uint32_t begin = first;
    const uint32_t paragraph = out.sentences.empty() ? 0 : out.sentences.back().paragraph + 1;
    auto close = [&](uint32_t end) {
      if (end <= begin) return;
      Sentence s;
      s.first_token = begin;
      s.last_token = end;
      s.raw = {out.tokens[begin].raw.begin, out.tokens[end - 1].raw.end};
      s.paragraph = paragraph;
      s.lang = static_cast<uint8_t>(lang);
      s.in_title = title;
      const uint32_t index = static_cast<uint32_t>(out.sentences.size());
      bool started = false;
      for (uint32_t i = begin; i < end; ++i) {
        Token& token = out.tokens[i];
        token.sentence = index;
        if (!started && token.kind == TokenKind::kWord) { token.flags |= token_flag::kSentenceStart; started = true; }
        if (is_question(token.punct)) s.question = true;
      }
      out.sentences.push_back(s);
      begin = end;
    };
    uint32_t last_comma = kNone;
    for (uint32_t i = first; i < last; ++i) {
      const Token& token = out.tokens[i];
      const char32_t c = token.punct;
      if (c == ',' || c == ';' || c == 0x060C || c == 0x061B) last_comma = i;
      if (i + 1 - begin >= kMaxSentenceTokens) {
        const bool at_comma = last_comma != kNone && last_comma > begin;
        close(at_comma ? last_comma + 1 : i + 1);
        last_comma = kNone;
        continue;
      }
      if (token.kind != TokenKind::kPunct || !is_terminal(c)) continue;
      uint32_t end = i + 1;
      while (end < last && out.tokens[end].kind == TokenKind::kPunct && is_closer(out.tokens[end].punct) &&
             !(out.tokens[end].flags & token_flag::kSpaceBefore)) ++end;
      if (end < last && !(out.tokens[end].flags & token_flag::kSpaceBefore)) continue;
      if (end < last && !may_end(l, i, end, out)) continue;
      close(end);
      i = end - 1;
    }
    close(last);
  }

  bool may_end(const Lang& l, uint32_t stop, uint32_t next, const TextLayer& out) const {
    const Token& mark = out.tokens[stop];
    const Token& after = out.tokens[next];
    const bool lower = after.script == Script::kLatin && after.kind == TokenKind::kWord && !(after.flags & token_flag::kCapital);
    if (mark.punct == 0x2026 || (mark.punct == '.' && mark.raw.size() > 1)) {  // dots of ellipsis
      return after.script == Script::kLatin && (after.flags & token_flag::kCapital);
    }
    if (mark.punct != '.') return !lower;  // "Stop!" he said
    if (stop == 0) return true;
    const Token& before = out.tokens[stop - 1];
    if (before.kind == TokenKind::kNumber && after.kind == TokenKind::kWord && before.raw.size() <= 4 && !l.dated.empty() && l.dated.contains(out.key_of(after))) return false;
    if (after.kind == TokenKind::kNumber && stop >= 3 && out.tokens[stop - 2].punct == '.' && out.tokens[stop - 3].kind == TokenKind::kNumber && l.dated.contains(out.key_of(before))) return false;
    if (before.kind == TokenKind::kWord && !(mark.flags & token_flag::kSpaceBefore)) {
      const std::string_view key = out.key_of(before);
      if (l.hard.contains(key)) return false;
      if (l.soft.contains(key)) return (after.flags & token_flag::kCapital) != 0;
      // an initial: J. Smith
      if (before.script == Script::kLatin && before.raw.size() == 1 && (before.flags & token_flag::kCapital)) return false;
    }
    return !lower;
  }

  static void mark_quotes(TextLayer& out) {
    uint32_t open = kNone;
    char32_t opener = 0;
    for (uint32_t i = 0; i < out.tokens.size(); ++i) {
      const char32_t c = out.tokens[i].punct;
      if (!c || !is_quote(c)) continue;
      const bool plain = c == '"' || c == 0x201F;
      if (open == kNone) {
        if (is_close_quote(c) && !plain) continue;
        open = i + 1;
        opener = c;
      } else if ((plain && opener == '"') || is_close_quote(c) || plain) {
        if (i > open) out.quotes.push_back({open, i, true});
        open = kNone;
      }
      // a quotation never runs over more than a few paragraphs
      if (open != kNone && i > open + 3000) open = kNone;
    }
  }

  std::vector<Lang> langs_;
  CharTable table_;
};

}  // namespace

std::unique_ptr<TextStage> TextStage::open(std::shared_ptr<const Pack> pack, const std::vector<std::string>& langs) {
  return std::make_unique<Stage>(pack, langs);
}

}  // namespace biruni
