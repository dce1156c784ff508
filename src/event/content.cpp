#include "event/content.h"


namespace biruni {

bool ContentReader::descends(const Analysis& in, uint32_t child) const {
  const Dep& d = in.clauses.deps[child];
  switch (d.rel) {
    case Rel::kSubj: case Rel::kObj: case Rel::kObj2: case Rel::kAgent: case Rel::kGen: case Rel::kAdj: case Rel::kNmod:
    case Rel::kComp: case Rel::kConj: case Rel::kAppos:
      return true;
    case Rel::kObl:
      return d.case_word == kNone || aside_ == kNoClass || !lemmas_.has_class(in.lemma_at(d.case_word), aside_);
    default:
      return false;
  }
}

bool ContentReader::goes_to(const Analysis& in, uint32_t w) const {
  const Dep& d = in.clauses.deps[w];
  const Word& word = in.words.words[w];
  if (d.rel != Rel::kObl || d.case_word == kNone || toward_ == kNoClass || (word.tag != Tag::kNoun && word.tag != Tag::kPropn)) return false;
  return lemmas_.has_class(in.lemma_at(d.case_word), toward_);
}

bool ContentReader::self_announced(const Analysis& in, uint32_t w) const {
  const uint32_t c = in.clauses.deps[w].clause;
  if (announce_ == kNoClass || c == kNone) return false;
  const Clause& clause = in.clauses.clauses[c];
  if (clause.predicate != w || clause.parent == kNone || clause.kind != ClauseKind::kComplement || clause.subject == kNone) return false;
  const Clause& above = in.clauses.clauses[clause.parent];
  if (above.subject == kNone || above.predicate == kNone || !lemmas_.has_class(in.lemma_at(above.predicate), announce_)) return false;
  const auto mention = [&](uint32_t word) -> const Mention* {
    const uint32_t m = word < in.mentions.of_word.size() ? in.mentions.of_word[word] : kNone;
    return m == kNone ? nullptr : &in.mentions.rows[m];
  };
  const Mention* own = mention(clause.subject);
  const Mention* speaker = mention(above.subject);
  if (in.words.words[clause.subject].tag != Tag::kPron)  // an office for its state
    return own && speaker && own->actor && speaker->sector == own->sector && own->country != kNone && own->country == speaker->country;
  if (!own || !speaker) return own == nullptr;  // a pronoun that could not be resolved: the nearest subject is the speaker
  return own->entity.valid() ? own->entity == speaker->entity : own->country == speaker->country;
}

}  // namespace biruni
