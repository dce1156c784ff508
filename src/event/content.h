// Who is meant by an act that names only its content ("agreed to send aid to the villages"), and whether a speaker commits
// himself to an act to come ("said it would withdraw"): both read the tree below or above a word. Immutable, thread-safe.
#pragma once
#include "lexicon/lexicon.h"
#include "model/analysis.h"
#include "model/phrase.h"

namespace biruni {

/// A mention, or the head of a plain noun phrase; both kNone if there is none.
struct ContentWord {
  uint32_t mention = kNone;
  uint32_t word = kNone;
};
/// Who is meant inside a content. `place` is given only where the party tells no country.
struct ContentParty {
  ContentWord party, place;
};

class ContentReader {
 public:
  explicit ContentReader(const LemmaTable& lemmas)
      : lemmas_(lemmas), aside_(lemmas.class_id("aside")), toward_(lemmas.class_id("toward")), announce_(lemmas.class_id("announce")) {}

  /// `known(mention)`: a party that the event already has. Best first: a named actor, whom the act goes to, any actor.
  template <class Known>
  ContentParty party(const Analysis& in, uint32_t content, uint32_t trigger, Known known) const {
    uint32_t queue[kMaxQueue];
    uint32_t head = 0, tail = 0;
    for_each_conjunct(in.clauses, content, [&](uint32_t h) { if (tail < kMaxQueue / 4) queue[tail++] = h; });
    ContentWord named, goal, plain, place;
    while (head < tail) {
      const uint32_t w = queue[head++];
      const uint32_t m = w < in.mentions.of_word.size() ? in.mentions.of_word[w] : kNone;
      if (m != kNone && w != trigger && !known(m)) {
        const Mention& mention = in.mentions.rows[m];
        ContentWord& slot = !mention.actor ? place : mention.entity.valid() || mention.country != kNone ? named : plain;
        if (slot.mention == kNone && (mention.actor || mention.place)) slot = {m, w};
      }
      if (goal.word == kNone && w != trigger && goes_to(in, w)) goal = {m, w};
      for (const uint32_t* it = in.clauses.children_begin(w); it != in.clauses.children_end(w) && tail < kMaxQueue; ++it)
        if (descends(in, *it)) queue[tail++] = *it;
    }
    if (named.mention != kNone) return {named, {}};
    return {goal.word != kNone ? goal : plain, place};
  }

  /// Is the act at verb `w` announced by the one who is to do it ("X said it would ...")?
  bool self_announced(const Analysis& in, uint32_t w) const;

 private:
  static constexpr uint32_t kMaxQueue = 32;
  bool descends(const Analysis& in, uint32_t child) const;
  bool goes_to(const Analysis& in, uint32_t w) const;

  const LemmaTable& lemmas_;
  ClassId aside_, toward_, announce_;  // prepositions of what is beside the matter; of whom it goes to; verbs of announcing
};

}  // namespace biruni
