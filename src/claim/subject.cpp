#include "claim/subject.h"

#include <algorithm>

namespace biruni {
namespace {
constexpr uint32_t kLookBackWords = 40;
constexpr uint32_t kTopicSentences = 8;
}  // namespace

bool SubjectFinder::usable(const Mention& m, Need need) const {
  if (m.form == MentionForm::kCommon) {
    // "the country", never "a country" or "ninth largest country"
    const uint32_t first = m.words.first;
    bool definite = in_.words.words[m.head].get(feat::kDef) != 0;
    for (uint32_t w = first > range_.first ? first - 1 : first; w <= m.head && !definite; ++w)
      definite = in_.words.words[w].tag == Tag::kDet && in_.words.words[w].get(feat::kDef);
    if (!definite) return false;
  }
  return m.form != MentionForm::kAdjective && m.form != MentionForm::kPronoun && m.form != MentionForm::kRole && !m.metonym &&
         meets(world_, in_, m.entity, need);
}

// Governed by a preposition or by another noun, itself or the first of the things it is joined to.
bool SubjectFinder::oblique(const Mention& m) const {
  uint32_t w = first_conjunct(in_.clauses, m.head);
  const Rel rel = in_.clauses.deps[w].rel;
  if (rel == Rel::kObl || rel == Rel::kAgent || rel == Rel::kGen || rel == Rel::kObj || rel == Rel::kNmod) return true;
  const uint32_t first = m.words.first;
  return first > range_.first && in_.words.words[first - 1].tag == Tag::kAdp;
}

Found SubjectFinder::before(uint32_t w, Need need, bool with_oblique, uint32_t from) const {
  const auto& rows = in_.mentions.rows;
  auto it = std::lower_bound(rows.begin(), rows.end(), w, [](const Mention& m, uint32_t word) { return m.head < word; });
  while (it != rows.begin()) {
    --it;
    if (it->head < from) break;
    if (it->words.last > w || !usable(*it, need)) continue;
    if (!with_oblique && oblique(*it)) continue;
    Found found{it->entity, it->words, it->form == MentionForm::kCommon};
    return need == Need::kCountry ? found : by_name(w, need, std::max(from, it->words.last), found);
  }
  return need == Need::kCountry ? Found{} : by_name(w, need, from, {});
}

// A name of several bodies is no mention as long as nothing tells which one is meant: the claim itself may tell.
Found SubjectFinder::by_name(uint32_t w, Need need, uint32_t from, Found otherwise) const {
  for (uint32_t k = w; k-- > from;) {
    const uint32_t n = k < in_.matches.name_at.size() ? in_.matches.name_at[k] : kNone;
    if (n == kNone || in_.matches.names[n].words.last > w) continue;
    const EntityRef ref{world_.names()[in_.matches.names[n].name].entity, false};
    if (meets(world_, in_, ref, need)) return {ref, in_.matches.names[n].words, false};
    k = in_.matches.names[n].words.first;
  }
  return otherwise;
}

Found SubjectFinder::country_near(uint32_t w) const {
  const auto& rows = in_.mentions.rows;
  auto it = std::lower_bound(rows.begin(), rows.end(), w, [](const Mention& m, uint32_t word) { return m.head < word; });
  while (it != rows.begin()) {
    --it;
    if (it->head < range_.first) break;
    if (it->form == MentionForm::kPronoun || it->form == MentionForm::kCommon || it->country == kNone) continue;
    if (it->words.last > w) continue;
    return {EntityRef{it->country, false}, it->words, false};
  }
  return {};
}

// "..., which was founded in 2002": the nearest thing before the relative that can have been founded.
Found SubjectFinder::relative(WordRange match, Need need) const {
  const uint32_t stop = match.first > range_.first + 4 ? match.first - 4 : range_.first;
  for (uint32_t w = std::min(match.first + 2, match.last); w-- > stop;) {
    const Word& word = in_.words.words[w];
    if (w < match.first && (word.tag == Tag::kPunct || word.tag == Tag::kNoun || word.tag == Tag::kPropn)) break;
    if (!word.get(feat::kRelative)) continue;
    return before(w, need, true, std::max(range_.first, w > kLookBackWords ? w - kLookBackWords : 0));
  }
  return {};
}

Found SubjectFinder::clause_subject(WordRange match, Need need) const {
  for (uint32_t w = match.first; w < match.last; ++w) {
    uint32_t c = in_.clauses.deps[w].clause;
    for (int steps = 0; steps < 3 && c != kNone && c < in_.clauses.clauses.size(); ++steps) {
      const Clause& clause = in_.clauses.clauses[c];
      uint32_t m = kNone;
      if (clause.subject != kNone && clause.subject < in_.mentions.of_word.size() && range_.contains(clause.subject)) m = in_.mentions.of_word[clause.subject];
      if (m != kNone && in_.mentions.rows[m].form != MentionForm::kPronoun && usable(in_.mentions.rows[m], need) &&
          in_.mentions.rows[m].words.last <= match.first)
        return {in_.mentions.rows[m].entity, in_.mentions.rows[m].words, in_.mentions.rows[m].form == MentionForm::kCommon, true};
      if (!clause.coordinated) break;
      c = clause.parent;
    }
  }
  return {};
}

Found SubjectFinder::find(WordRange match, Need need, bool nearest) const {
  if (nearest) return need == Need::kCountry ? country_near(match.first) : before(match.first, need, true, range_.first);
  if (Found f = relative(match, need); f.entity.valid()) return f;
  const ClaimMemory::Topic& topic = need == Need::kCountry ? memory_.country : memory_.body;
  const bool topic_here = topic.entity.valid() && topic.sentence == sentence_ && meets(world_, in_, topic.entity, need);
  if (Found f = clause_subject(match, need); f.entity.valid() && (!topic_here || f.words.first >= topic.word)) return f;
  if (topic_here) {
    // a new name that stands free since the last claim takes over
    if (Found f = before(match.first, need, false, topic.word); f.entity.valid()) return f;
    return {topic.entity, topic.words, topic.common};
  }
  if (Found f = before(match.first, need, false, range_.first); f.entity.valid()) return f;
  bool pronoun = false;
  for (uint32_t w = match.first > range_.first + 2 ? match.first - 2 : range_.first; w < match.last; ++w)
    pronoun = pronoun || (in_.words.words[w].tag == Tag::kPron && !in_.words.words[w].get(feat::kRelative));
  // "the national currency": of the country that the document is about, unless a claim has just spoken of another
  if (need == Need::kCountry && !pronoun && !topic.of_claim && memory_.main_country != kNone) return {{memory_.main_country, false}, {}, false};
  if (topic.entity.valid() && topic.sentence + kTopicSentences >= sentence_ && meets(world_, in_, topic.entity, need))
    return {topic.entity, topic.words, topic.common};
  // what the sentence, or the one before, names at all
  if (Found f = before(match.first, need, true, range_.first); f.entity.valid()) return f;
  if (sentence_ > 0) return before(range_.first, need, true, in_.words.first[sentence_ - 1]);
  return {};
}

}  // namespace biruni
