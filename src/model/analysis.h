// Everything that is known about one document: the document and one layer a stage. A stage reads finished layers and
// writes exactly its own. Not thread-safe: one Analysis belongs to one workspace.
#pragma once
#include <string>
#include <vector>

#include "model/clause.h"
#include "model/event.h"
#include "model/match.h"
#include "model/mention.h"
#include "model/quantity.h"
#include "model/text.h"
#include "model/word.h"

namespace biruni {

/// A document as received by the engine. `buffer` = title + "\n\n" + text when there is a title, valid UTF-8, no BOM.
struct Document {
  std::string id;
  std::string buffer;
  uint32_t text_begin = 0;   // byte where the text proper begins (after title and its separator)
  uint32_t title_end = 0;    // bytes of the title (0 = no title)
  std::string lang;          // declared: "ar", "en" or empty/"auto"
  CivilDate date;            // publication date, year 0 = unknown
  std::string author, publisher, url;
  std::string title() const { return buffer.substr(0, title_end); }
};

struct Analysis {
  const Document* doc = nullptr;
  uint8_t lang = 0;          // main language: index of the pack in the engine
  TextLayer text;
  WordLayer words;
  MatchLayer matches;
  QuantityLayer quantities;
  TimeLayer times;
  ClauseLayer clauses;
  MentionLayer mentions;
  EventLayer events;
  StanceLayer stance;
  ClaimLayer claims;
  LinkLayer links;
  std::vector<Problem> problems;
  std::string_view raw(Span s) const { return std::string_view(doc->buffer).substr(s.begin, s.size()); }
  Span span_of(WordRange r) const {
    return r.empty() ? Span{} : Span{words.words[r.first].raw.begin, words.words[r.last - 1].raw.end};
  }
  /// Lemma of word w, or of the fixed expression that begins at it.
  uint32_t lemma_at(uint32_t w) const {
    if (w < matches.expression_at.size()) {
      const uint32_t e = matches.expression_at[w];
      if (e != kNone && matches.expressions[e].words.first == w) return matches.expressions[e].lemma;
    }
    return words.words[w].lemma;
  }
  void clear() {
    text.clear(); words.clear(); matches.clear(); quantities.clear(); times.clear(); clauses.clear();
    mentions.clear(); events.clear(); stance.clear(); claims.clear(); links.clear(); problems.clear();
  }
};

}  // namespace biruni
