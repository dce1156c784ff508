// Who says it: the noun phrase behind a reporting word, its antecedent, its extent.
#include "stance/stage.h"

#include <algorithm>

#include "model/phrase.h"

namespace biruni::stance_detail {

using namespace stance_flag;

WordRange Stage::holder_span(const Context& c, uint32_t head, uint32_t cue) const {
  WordRange r = noun_phrase(c.in, head);
  if (head < c.in.mentions.of_word.size() && c.in.mentions.of_word[head] != kNone) {
    const WordRange m = c.in.mentions.rows[c.in.mentions.of_word[head]].words;
    if (m.contains(head)) { r.first = std::min(r.first, m.first); r.last = std::max(r.last, m.last); }
  }
  // what follows with a preposition belongs to it: a spokesman for the mayor, officials in the capital
  const ClauseLayer& cl = c.in.clauses;
  const bool before_cue = head < cue;
  const bool loose = before_cue || !definite(c, head);
  // "speaking in the name of X": the name stands under the last word of a fixed expression
  if (r.last < c.range.last && cl.deps[r.last].rel == Rel::kGen && cl.deps[r.last].head != kNone && r.contains(cl.deps[r.last].head) && !is_event(c, r.last))
    r.last = std::max(r.last, noun_phrase(c.in, r.last).last);
  for (int guard = 0; guard < 4; ++guard) {
    bool grown = false;
    for (uint32_t w = r.last; w < c.range.last && w <= r.last + 3; ++w) {
      const Dep& d = cl.deps[w];
      if (word(c, w).tag == Tag::kPunct) break;
      if (d.case_word == kNone || d.case_word != r.last || d.head == kNone) continue;
      const bool inside = r.contains(d.head);
      const uint32_t m = w < c.in.mentions.of_word.size() ? c.in.mentions.of_word[w] : kNone;
      const bool place = m != kNone && c.in.mentions.rows[m].place;
      if (!inside && !((loose || place) && d.head == cue)) continue;
      if (before_cue && w > cue) break;
      if (verbal(word(c, w)) || is_event(c, w)) break;
      if (!before_cue && !place && m != kNone && press_ && c.in.mentions.rows[m].sector == press_) break;  // whom they told
      bool marked = false;
      for (uint32_t k = d.case_word + 1; k < w; ++k) marked |= cl.deps[k].rel == Rel::kMark;
      if (marked) break;
      bool time = false;
      for (const TimeExpression& t : c.in.times.rows) time |= t.words.contains(w);
      if (time) break;
      WordRange sub = noun_phrase(c.in, w);
      if (sub.last > r.last) { r.last = sub.last; grown = true; }
      break;
    }
    if (!grown) break;
  }
  if (before_cue && r.last > cue) r.last = cue;
  // nor does he reach into "according to", or into what no grammar gives him
  for (uint32_t k = head + 1; k < r.last; ++k) {
    bool cut = cl.deps[k].rel == Rel::kGen && cl.deps[k].case_word == kNone && cl.deps[k].head != kNone && cl.deps[k].head > head && cl.deps[k].head < k &&
               word(c, k).tag != Tag::kPron && word(c, cl.deps[k].head).tag == Tag::kAdj && word(c, k).get(feat::kDef) && !word(c, cl.deps[k].head).get(feat::kDef);
    if (cue < head) c.memory.cues.for_each(k, [&](const Hit& x) { cut |= finder_.row(x).kind == CueKind::kReport && finder_.row(x).tag == Tag::kAdp && x.first() == k && x.count > 1; });
    if (cut) r.last = k;
  }
  // nobody is named by what he tells
  const Event* e = c.event < c.in.events.rows.size() ? &c.in.events.rows[c.event] : nullptr;
  if (e && e->sentence == c.sentence && e->trigger > head && r.contains(e->trigger)) r.last = e->trigger;
  return r;
}

// Does `w` stand in a quotation that `outside` does not stand in?
bool Stage::quoted_apart(const Context& c, uint32_t w, uint32_t outside) {
  const uint32_t token = c.in.words.words[w].token, other = word(c, outside).token;
  for (const Quote& q : c.in.text.quotes)
    if (q.first_token <= token && token < q.last_token && !(q.first_token <= other && other < q.last_token)) return true;
  return false;
}

bool Stage::holder_at(Context& c, uint32_t head, const Hit& h, Holder& out, int depth) const {
  const Analysis& in = c.in;
  if (head == kNone || depth > 2) return false;
  uint32_t m = head < in.mentions.of_word.size() ? in.mentions.of_word[head] : kNone;
  const Word& w = word(c, head);
  if (w.tag == Tag::kPron || w.get(feat::kRelative)) {
    if (w.get(feat::kRelative) || in.clauses.deps[head].rel == Rel::kMark) {
      const Clause* k = clause_of(c, h.first());
      if (k && k->predicate != kNone && in.clauses.deps[k->predicate].rel == Rel::kAcl) return holder_at(c, in.clauses.deps[k->predicate].head, h, out, depth + 1);
    }
    if (w.get(feat::kPerson) == 1) return false;
    // "the sister said she hoped": the one who says so
    uint32_t verb = in.clauses.deps[head].head;
    for (int i = 0; i < 4 && verb != kNone && c.range.contains(verb); ++i) {
      const Rel rel = in.clauses.deps[verb].rel;
      verb = in.clauses.deps[verb].head;
      if (verb == kNone || rel != Rel::kComp || !c.range.contains(verb) || verb > head) break;
      for (const uint32_t* p = in.clauses.children_begin(verb); p != in.clauses.children_end(verb); ++p) {
        const Word& s = word(c, *p);
        if (in.clauses.deps[*p].rel != Rel::kSubj || (s.tag != Tag::kNoun && s.tag != Tag::kPropn)) continue;
        if (s.get(feat::kNumber) && w.get(feat::kNumber) && s.get(feat::kNumber) != w.get(feat::kNumber)) continue;
        return holder_at(c, *p, h, out, depth + 1);
      }
    }
    if (c.memory.has_last && c.memory.last_sentence != c.sentence) { out = c.memory.last; return true; }
    for (int i = 0; i < kMaxAntecedents && m != kNone; ++i) {
      const Mention& x = in.mentions.rows[m];
      if (x.form != MentionForm::kPronoun && !quoted_apart(c, x.head, head)) {
        out = Holder{};
        out.mention = m;
        out.words = x.head < c.range.last && x.head >= c.range.first ? holder_span(c, x.head, h.first()) : x.words;
        out.anonymous = x.anonymous;
        return true;
      }
      m = x.antecedent;
    }
    if (c.memory.has_last) { out = c.memory.last; return true; }
    if (w.tag != Tag::kPron || w.get(feat::kPerson) != 3) return false;
    out = Holder{};  // nobody known: "she said"
    out.words = {head, head + 1};
    return true;
  }
  const bool named = m != kNone && in.mentions.rows[m].form == MentionForm::kName;  // whatever tag its first word was given
  if (!named && verbal(w) && !predicate(c, head)) return false;
  if ((w.tag == Tag::kVerb && !named) || w.tag == Tag::kPunct || w.tag == Tag::kAdv) return false;
  out = Holder{};
  out.mention = m;
  out.words = holder_span(c, head, h.first());
  if (m != kNone) out.anonymous = in.mentions.rows[m].anonymous;
  // an unnamed source, witness, official
  bool unnamed = false;
  c.memory.cues.for_each(head, [&](const Hit& x) { unnamed |= (finder_.row(x).flags & kHolderSelf) && (finder_.row(x).flags & kAnonymous); });
  for (uint32_t k = head + 1; k < out.words.last && unnamed; ++k) unnamed = !(word(c, k).tag == Tag::kPropn && in.clauses.deps[k].head == head && in.clauses.deps[k].case_word == kNone && (in.clauses.deps[k].rel == Rel::kFlat || in.clauses.deps[k].rel == Rel::kAppos));
  if (unnamed) out.anonymous = true;
  // "who would not be named", "on condition of anonymity"
  if (m == kNone || in.mentions.rows[m].form != MentionForm::kName)
    for (const Hit& x : c.memory.cues.hits) out.anonymous |= x.first() > head && finder_.row(x).kind == CueKind::kLooksLike && (finder_.row(x).flags & kAnonymous);
  return true;
}

bool Stage::find_role(Context& c, const Hit& h, uint8_t role, Holder& out) const {
  const StanceRow& r = finder_.row(h);
  uint32_t at = h.first();
  for (uint8_t i = 0; i < h.count; ++i) {
    const Tag t = word(c, h.words[i]).tag;
    if (t == r.tag) { at = h.words[i]; break; }
  }
  if (r.flags & kHolderSelf) return role == 'H' && holder_at(c, at, h, out);
  const Word& w = word(c, at);
  const bool as_verb = r.tag == Tag::kVerb && !verbal(w);
  bool asks_subject = false;
  auto& args = c.memory.args;
  arguments(c, at, as_verb, args);
  for (const FrameItem& f : finder_.frame(r)) {
    if (f.role != role) continue;
    asks_subject |= f.rel.rel == Rel::kSubj;
    uint32_t found = kNone;
    for (const Argument& a : args) {
      const bool fits = matches(f.rel, a) || (as_verb && f.rel.rel == Rel::kSubj && a.rel == Rel::kObj && a.word < at && !is_event(c, a.word));
      if (!fits || a.word == at || h.has(a.word)) continue;
      if (f.rel.rel == Rel::kSubj && a.word > at && !verbal(word(c, a.word)) && is_trigger(c, a.word) && !(at > c.range.first && word(c, at - 1).tag == Tag::kPunct)) continue;
      if (f.rel.rel == Rel::kAdj && (a.word >= c.in.mentions.of_word.size() || c.in.mentions.of_word[a.word] == kNone)) continue;
      found = a.word;
      if (f.rel.rel == Rel::kSubj && word(c, found).tag == Tag::kPron) {
        // "neither confirmed nor denied": the pronoun joins the verbs; who does it stands before
        bool joins = false;
        c.memory.cues.for_each(found, [&](const Hit& x) { joins |= finder_.row(x).kind == CueKind::kNeg && finder_.row(x).tag == Tag::kCconj; });
        uint32_t before = found;
        while (joins && before > c.range.first && !nominal(word(c, before - 1))) --before;
        if (joins && before > c.range.first) {
          --before;
          while (c.in.clauses.deps[before].head != kNone && c.in.clauses.deps[before].head < before && nominal(word(c, c.in.clauses.deps[before].head))) before = c.in.clauses.deps[before].head;
          found = before;
        }
      }
      break;
    }
    // a possessive pronoun or a genitive of a masdar
    if (found == kNone && as_verb && f.rel.rel == Rel::kSubj) {
      for (const Argument& a : args)
        if ((a.rel == Rel::kGen || a.rel == Rel::kObj) && !is_event(c, a.word)) { found = a.word; break; }
    }
    if (found == kNone && f.rel.rel == Rel::kSubj && verbal(w) && !passive(c, at))
      for (const Argument& a : args)
        if (a.rel == Rel::kObj && !a.understood && c.in.mentions.of_word[a.word] != kNone && !is_event(c, a.word) && word(c, a.word).tag != Tag::kPron && a.word > at) {
          bool swapped = false;
          for (const Argument& b : args) swapped |= b.rel == Rel::kSubj && b.word > a.word && is_event(c, b.word);
          if (swapped) { found = a.word; break; }
        }
    // "allegations by X that": what the tree has hung on the verb
    if (found == kNone && r.tag == Tag::kNoun && (f.rel.rel == Rel::kAgent || f.rel.rel == Rel::kObl || f.rel.rel == Rel::kGen))
      for (uint32_t k = at + 2; k < c.range.last && k < at + 6 && found == kNone; ++k) {
        const Dep& kd = c.in.clauses.deps[k];
        const StrId key = case_key(c.in, lemmas_, kd);
        if (kd.case_word == at + 1 && (matches(f.rel, {Rel::kAgent, key, k, false}) || matches(f.rel, {Rel::kObl, key, k, false}))) found = k;
      }
    // "official quoting-from the observatory": the source hung on who passes it on
    if (found == kNone && f.rel.rel == Rel::kObl && f.rel.prep != 0)
      for (const Argument& a : args) {
        if (a.rel != Rel::kSubj) continue;
        for (const uint32_t* p = c.in.clauses.children_begin(a.word); p != c.in.clauses.children_end(a.word); ++p)
          if (found == kNone && case_key(c.in, lemmas_, c.in.clauses.deps[*p]) == f.rel.prep) found = *p;
      }
    if (found == kNone || !holder_at(c, found, h, out)) continue;
    if (role == 'S')
      for (const FrameItem& source : finder_.frame(r)) {
        if (source.role != 'H' || source.rel.prep == 0) continue;
        for (uint32_t k = found + 1; k < out.words.last; ++k)
          if (c.in.clauses.deps[k].case_word != kNone && c.in.clauses.deps[k].case_word > found && case_key(c.in, lemmas_, c.in.clauses.deps[k]) == source.rel.prep)
            out.words.last = std::min(out.words.last, c.in.clauses.deps[k].case_word);
      }
    return true;
  }
  if (!asks_subject) return false;
  if (verbal(w) && passive(c, at)) return false;
  const Dep& d = c.in.clauses.deps[at];
  if (d.clause != kNone && d.clause < c.in.mentions.of_clause.size() && c.in.mentions.of_clause[d.clause] != kNone) {
    const Mention& m = c.in.mentions.rows[c.in.mentions.of_clause[d.clause]];
    if (m.form != MentionForm::kPronoun) {
      out = Holder{};
      out.mention = c.in.mentions.of_clause[d.clause];
      out.words = m.head >= c.range.first && m.head < c.range.last ? holder_span(c, m.head, h.first()) : m.words;
      out.anonymous = m.anonymous;
      return true;
    }
  }
  // an infinitive or participle: the subject of what governs it
  if (!verbal(w) || w.get(feat::kAspect) == 0) {
    for (uint32_t p = d.head, i = 0; p != kNone && i < 3; p = c.in.clauses.deps[p].head, ++i) {
      if (!verbal(word(c, p))) continue;
      bool quoted = false;  // "quoted him as saying"
      c.memory.cues.for_each(p, [&](const Hit& x) {
        bool passes_on = false;
        for (const FrameItem& f : finder_.frame(finder_.row(x))) passes_on |= f.role == 'S';
        if (!quoted && passes_on && finder_.row(x).kind == CueKind::kReport) quoted = find_role(c, x, 'H', out);
      });
      if (quoted) return true;
      arguments(c, p, false, args);
      for (const Argument& a : args)
        if (a.rel == Rel::kSubj) return holder_at(c, a.word, h, out);
      break;
    }
  }
  const bool colon = at + 1 < c.range.last && c.in.text.tokens[word(c, at + 1).token].punct == ':';
  if (c.memory.has_last && (verbal(w) || (r.tag == Tag::kVerb && colon)) && w.get(feat::kPerson) != 1) { out = c.memory.last; return true; }
  return false;
}

}  // namespace biruni::stance_detail
