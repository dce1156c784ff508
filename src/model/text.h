// The text layer: tokens, sentences, paragraphs, quotations. Written by text/, read by all.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace biruni {

enum class TokenKind : uint8_t { kWord, kNumber, kPunct, kSymbol, kUrl, kEmoji };
enum class Script : uint8_t { kOther, kLatin, kArabic, kCyrillic };

namespace token_flag {
inline constexpr uint16_t kSpaceBefore = 1;    // white space (or start of text) before it
inline constexpr uint16_t kLineBefore = 2;     // first token of a line
inline constexpr uint16_t kCapital = 4;        // begins with a capital letter
inline constexpr uint16_t kAllCaps = 8;        // two or more letters, all capital
inline constexpr uint16_t kMarks = 16;         // vowel marks were removed in `norm`
inline constexpr uint16_t kSentenceStart = 32; // first word token of its sentence
inline constexpr uint16_t kHasDigit = 64;
inline constexpr uint16_t kOneByte = 128;      // norm and key have as many letters, each of one byte
inline constexpr uint16_t kTwoByte = 256;      // the same, each of two bytes
}  // namespace token_flag

/// One token. `raw` is its place in the document buffer; `norm` and `key` are byte ranges in TextLayer::norm.
/// norm: marks and tatweel removed, digits folded to ASCII, otherwise as written. key: also folded by the language's
/// fold table (hamza seats, final ya ...; lower case), the form that lexicon look-ups use.
struct Token {
  Span raw;
  Span norm;
  Span key;
  TokenKind kind = TokenKind::kWord;
  Script script = Script::kOther;
  uint16_t flags = 0;
  uint32_t sentence = 0;
  char32_t punct = 0;  // for kPunct/kSymbol: its (first) code point
};

struct Sentence {
  Span raw;                  // trimmed
  uint32_t first_token = 0;  // [first_token, last_token)
  uint32_t last_token = 0;
  uint32_t paragraph = 0;
  uint8_t lang = 0;          // index of the language pack in the engine
  bool in_title = false;
  bool question = false;     // ends in a question mark
};

/// A quotation: tokens between (not including) the marks. May span sentences.
struct Quote {
  uint32_t first_token = 0;
  uint32_t last_token = 0;
  bool closed = true;
};

struct TextLayer {
  std::string norm;  // arena of norm and key strings
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::vector<Quote> quotes;
  std::string_view norm_of(const Token& t) const { return std::string_view(norm).substr(t.norm.begin, t.norm.size()); }
  std::string_view key_of(const Token& t) const { return std::string_view(norm).substr(t.key.begin, t.key.size()); }
  void clear() { norm.clear(); tokens.clear(); sentences.clear(); quotes.clear(); }
};

}  // namespace biruni
