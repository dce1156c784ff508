#include "cli/search_text.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "base/utf8.h"
#include "codebook/codebook.h"

namespace biruni {
namespace {

bool in_word(char32_t c) { return u_isalnum(static_cast<UChar32>(c)) || u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK; }

/// Calls `each` for the words of a text.
template <class Each>
void for_words(std::string_view text, Each&& each) {
  size_t begin = 0;
  bool inside = false;
  for (size_t at = 0; at < text.size();) {
    const size_t from = at;
    const bool word = in_word(utf8::next(text, at));
    if (word && !inside) begin = from;
    if (!word && inside) each(text.substr(begin, from - begin));
    inside = word;
  }
  if (inside) each(text.substr(begin));
}

UScriptCode script_of(std::string_view word) {
  size_t at = 0;
  UErrorCode ignored = U_ZERO_ERROR;
  return word.empty() ? USCRIPT_UNKNOWN : uscript_getScript(static_cast<UChar32>(utf8::next(word, at)), &ignored);
}

void quote(std::string_view word, std::string& out) {
  out += '"';
  out += word;  // letters and digits only
  out += '"';
}

}  // namespace

SearchText::SearchText(const Pack& pack, const std::vector<std::string>& langs) {
  for (const auto& lang : langs) folds_.push_back(Fold::from_pack(pack, lang));
  for (const StrId id : search_prefixes(pack)) prefixes_.push_back(folded(pack.str(id)));
  std::sort(prefixes_.begin(), prefixes_.end(), [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
}

std::string SearchText::folded(std::string_view word) const {
  std::string out, next;
  bool marks = false;
  folds_.front()->norm(word, out, marks);
  for (const auto& f : folds_) {
    next.clear();
    f->key(out, next);
    out.swap(next);
  }
  return out;
}

void SearchText::append(std::string_view text, std::string& out) const {
  std::string a, b;
  for_words(text, [&](std::string_view word) {
    bool marks = false;
    a.clear();
    folds_.front()->norm(word, a, marks);
    for (const auto& f : folds_) {
      b.clear();
      f->key(a, b);
      a.swap(b);
    }
    if (!out.empty() && out.back() != ' ') out += ' ';
    out += a;
  });
}

std::string SearchText::query(std::string_view question) const {
  std::string wanted, unwanted;
  for (size_t at = 0; at < question.size();) {
    if (question[at] == ' ') {
      ++at;
      continue;
    }
    const bool minus = question[at] == '-';
    at += minus;
    const bool phrase = at < question.size() && question[at] == '"';
    const size_t end = std::min(question.find(phrase ? '"' : ' ', at + phrase), question.size());
    const std::string_view part = question.substr(at + phrase, end - at - phrase);
    at = std::min(end + phrase, question.size());
    std::string one;
    if (phrase) {
      std::string words;
      append(part, words);
      if (!words.empty()) quote(words, one);
    } else {
      for_words(part, [&](std::string_view word) {
        const std::string w = folded(word);
        if (!one.empty()) one += " AND ";
        if (part.ends_with('*')) {
          quote(w, one);
          one += '*';
          return;
        }
        std::vector<std::string> forms{w};
        std::string base = w;
        for (const auto& p : prefixes_)  // a prefix of several letters may be cut; one letter may be the word's own
          if (p.size() > 2 && w.size() > p.size() + 3 && w.starts_with(p)) {
            base = w.substr(p.size());
            forms.push_back(base);
            break;
          }
        for (const auto& p : prefixes_)
          if (script_of(p) == script_of(base)) forms.push_back(p + base);
        std::string any;
        for (const auto& f : forms) {
          if (!any.empty()) any += " OR ";
          quote(f, any);
        }
        one += forms.size() > 1 ? "(" + any + ")" : any;
      });
    }
    if (one.empty()) continue;
    std::string& list = minus ? unwanted : wanted;
    if (!list.empty()) list += minus ? " OR " : " AND ";
    list += one;
  }
  if (wanted.empty()) return {};
  return unwanted.empty() ? wanted : "(" + wanted + ") NOT (" + unwanted + ")";
}

}  // namespace biruni
