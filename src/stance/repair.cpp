// Where the tree cannot be right: clauses and objects hung on words that take none, sentences joined that are not. See
// docs/design/stance.md.
#include "stance/stage.h"

#include <algorithm>

#include "model/phrase.h"

namespace biruni::stance_detail {

using namespace stance_flag;

// A conjunction of several words ("until that") that only looks like one: its preposition is what the governing word asks for.
bool Stage::asked_for(const Context& c, uint32_t w, const Hit& h) const {
  const uint32_t head = c.in.clauses.deps[w].head;
  if (head == kNone || !c.range.contains(head) || head > h.first()) return false;
  const uint32_t lemma = word(c, h.first()).lemma;
  const StrId prep = lemma == kNone ? word(c, h.first()).key : lemmas_.row(lemma).key;
  bool asks = false;
  c.memory.cues.for_each(head, [&](const Hit& x) {
    const StanceRow& r = finder_.row(x);
    if (r.kind == CueKind::kReport && !x.has(h.first()))
      for (const FrameItem& f : finder_.frame(r)) asks |= f.role == 'C' && f.rel.rel == Rel::kObl && f.rel.prep == prep;
  });
  return asks;
}

// Clauses that hang on a word that takes none: a that-clause inside the subject of its verb ("a source who asked not to be
// named revealed that"), the complement of a participle that is a past form ("officials believe Kyiv carried out").
bool Stage::misplaced(Context& c, StanceState& st, uint32_t child, uint32_t parent) const {
  const ClauseLayer& cl = c.in.clauses;
  const Dep& d = cl.deps[child];
  const Clause* k = clause_of(c, child);
  uint32_t verb = kNone;
  bool asked = false;  // "pointed to that", read as "until"
  if (d.rel == Rel::kAdvcl && k && k->predicate == child && k->marker != kNone)
    c.memory.cues.for_each(k->marker, [&](const Hit& h) { asked |= h.count > 1 && asked_for(c, child, h); });
  if (asked) {
    verb = parent;
  } else if ((d.rel == Rel::kComp || d.rel == Rel::kAdvcl) && child > parent && k && k->predicate == child && k->marker != kNone && k->marker < child && complementizer(c, k->marker, std::min(k->marker + 2, child))) {
    verb = parent;
  } else if (d.rel == Rel::kAcl && word(c, child).get(feat::kVerbForm) == 4 && !passive(c, child) && cl.deps[parent].rel == Rel::kObj) {
    bool object = false;
    for (const uint32_t* p = cl.children_begin(child); p != cl.children_end(child); ++p) object |= cl.deps[*p].rel == Rel::kObj;
    if (!object) return false;
    verb = cl.deps[parent].head;
  } else if (d.case_word == kNone && !verbal(word(c, child)) && child > parent &&
             (d.rel == Rel::kGen ? word(c, parent).tag == Tag::kAdj || word(c, parent).get(feat::kDef) : d.rel == Rel::kObj && nominal(word(c, parent)) && !is_event(c, parent))) {
    // an adjective or a noun with its article governs no noun: behind the subject it is the object, "confirmed local sources the death"
    uint32_t up = parent;
    for (int i = 0; i < 4 && up != kNone && (cl.deps[up].rel == Rel::kGen || cl.deps[up].rel == Rel::kAdj || cl.deps[up].rel == Rel::kFlat); ++i) up = cl.deps[up].head;
    if (up == kNone || cl.deps[up].rel != Rel::kSubj || (up = cl.deps[up].head) == kNone || !c.range.contains(up) || up > parent) return false;
    bool taken = false;
    c.memory.cues.for_each(up, [&](const Hit& h) {
      const StanceRow& r = finder_.row(h);
      bool takes = false;
      for (const FrameItem& f : finder_.frame(r)) takes |= f.role == 'C' && f.rel.rel == Rel::kObj;
      if (taken || r.tag != Tag::kVerb || !takes || h.has(child) || seen(c, h)) return;
      taken = true;
      if (r.kind == CueKind::kReport) report(c, st, h, up);
      else st.cue(r, negated(c, up));
    });
    if (taken) c.moved = up;
    return taken;
  } else if (d.rel == Rel::kAcl && child > parent && word(c, child).get(feat::kAspect) != 0 && parent < c.in.mentions.of_word.size() && c.in.mentions.of_word[parent] != kNone &&
             c.in.mentions.rows[c.in.mentions.of_word[parent]].form == MentionForm::kName && complementizer(c, parent + 1, child)) {
    // no that-clause tells names apart: it is what the word before reports, "allegations by X that"
    const Hit* best = nullptr;
    for (const Hit& h : c.memory.cues.hits) {
      const StanceRow& r = finder_.row(h);
      bool takes = false;
      for (const FrameItem& f : finder_.frame(r)) takes |= f.role == 'C' && f.rel.rel == Rel::kComp;
      if (r.kind == CueKind::kReport && takes && h.last() < parent && h.last() + 8 > parent && (!best || best->first() < h.first())) best = &h;
    }
    if (!best || seen(c, *best)) return false;
    const uint32_t at = best->first();
    report(c, st, *best, at);
    c.moved = at;
    return true;
  }
  bool found = false;
  const uint32_t marker = k && k->predicate == child ? k->marker : kNone;
  const StrId marked = marker == kNone ? 0 : word(c, marker).lemma == kNone ? word(c, marker).key : lemmas_.row(word(c, marker).lemma).key;
  const auto climb = [&](bool reports) {
    uint32_t at = verb;
    for (int i = 0; i < 5 && at != kNone && c.range.contains(at) && at < child && !found; at = cl.deps[at].head, ++i) {
      if (!verbal(word(c, at))) continue;
      c.memory.cues.for_each(at, [&](const Hit& h) {
        const StanceRow& r = finder_.row(h);
        if (found || r.tag != Tag::kVerb || h.has(child) || reports != (r.kind == CueKind::kReport)) return;
        bool takes = false;
        for (const FrameItem& f : finder_.frame(r)) takes |= f.role == 'C' && (f.rel.rel == Rel::kComp || (f.rel.rel == Rel::kObl && f.rel.prep != 0 && (f.rel.prep == case_key(c.in, lemmas_, d) || f.rel.prep == marked)));
        if (!takes || seen(c, h)) return;
        found = true;
        if (reports) report(c, st, h, at);
        else st.cue(r, negated(c, at));
      });
    }
  };
  climb(true);  // one who says it before what else may govern it
  if (!found) climb(false);
  return found;
}

// A sentence whose only predicate is an infinitive: a headline ("Nepal, India to sign deal"), or a noun or verb before it that
// the tree took for its subject ("the junta plans to expel", "police foiled a plan to kill").
void Stage::bare_infinitive(Context& c, StanceState& st, uint32_t root) const {
  const ClauseLayer& cl = c.in.clauses;
  const uint32_t form = word(c, root).get(feat::kVerbForm);
  if (cl.deps[root].head != kNone || (form != 2 && form != 4) || !st.open || st.reported()) return;
  uint32_t mark = kNone;
  for (const uint32_t* p = cl.children_begin(root); p != cl.children_end(root); ++p) {
    if (cl.deps[*p].rel == Rel::kAux && (mark == kNone || *p < mark)) return;
    if (cl.deps[*p].rel == Rel::kMark && word(c, *p).tag == Tag::kPart) mark = *p;
  }
  if (mark == kNone || mark == c.range.first || mark > root) return;
  // "the army claims to have killed"
  const Hit* claim = nullptr;
  c.memory.cues.for_each(mark - 1, [&](const Hit& h) {
    const StanceRow& r = finder_.row(h);
    for (const FrameItem& f : finder_.frame(r))
      if (!claim && r.kind == CueKind::kReport && f.role == 'C' && f.rel.rel == Rel::kComp && !met(c, h)) claim = &h;
  });
  if (claim) {
    seen(c, *claim);
    if (form == 2) st.future = true;
    return report(c, st, *claim, claim->first());
  }
  if (form != 2) return;
  st.future = true;
  uint32_t first = mark;
  c.memory.cues.for_each(mark - 1, [&](const Hit& h) {
    const StanceRow& r = finder_.row(h);
    bool takes = false;
    for (const FrameItem& f : finder_.frame(r)) takes |= f.role == 'C' && f.rel.rel == Rel::kComp;
    if (r.kind == CueKind::kReport || !takes || first != mark || seen(c, h)) return;
    first = h.first();
    st.cue(r, false);
  });
  node(c, st, mark - 1, false);
  for (const Hit& h : c.memory.cues.hits) {
    const StanceRow& r = finder_.row(h);
    if ((r.kind != CueKind::kPrevent && r.kind != CueKind::kFail) || h.last() >= first || h.last() + 4 < first || seen(c, h)) continue;
    st.cue(r, false);
  }
}

// A finite clause with its own subject, hung by "and" or "but" on an infinitive or on a clause in the mood of what is not yet:
// it is joined to the sentence above. Gives the word it is joined to, kNone if it is joined where it stands.
uint32_t Stage::own_clause(const Context& c, uint32_t child, uint32_t parent) const {
  const ClauseLayer& cl = c.in.clauses;
  if (!verbal(word(c, child)) || !verbal(word(c, parent))) return kNone;
  const auto finite = [&](uint32_t w) {
    bool is = word(c, w).get(feat::kAspect) != 0 && word(c, w).get(feat::kVerbForm) <= 1;
    for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p) is |= cl.deps[*p].rel == Rel::kAux && word(c, *p).get(feat::kAspect) != 0;
    return is;
  };
  bool subject = false;
  for (const uint32_t* p = cl.children_begin(child); p != cl.children_end(child); ++p) subject |= cl.deps[*p].rel == Rel::kSubj;
  if (!finite(child)) return kNone;
  const Clause* k = clause_of(c, parent);
  const bool not_yet = k && k->predicate == parent && k->marker != kNone && word(c, parent).get(feat::kAspect) == 2 && word(c, child).get(feat::kAspect) == 1 &&
                       word(c, child).get(feat::kVerbForm) == 1;
  if (!not_yet && (!subject || finite(parent))) return kNone;
  const uint32_t up = cl.deps[parent].head;
  return up != kNone && c.range.contains(up) ? up : kNone;
}

// Two sentences joined by a semicolon say nothing of each other, wherever the tree hangs them.
bool Stage::parted(const Context& c, uint32_t child, uint32_t parent) const {
  if (!predicate(c, child) || child > parent) return false;
  bool semicolon = false;
  for (uint32_t w = child + 1; w < parent; ++w) {
    if (word(c, w).tag != Tag::kPunct) continue;
    const char32_t p = c.in.text.tokens[word(c, w).token].punct;
    if (p == '"' || p == 0xBB || p == 0x201D) return false;
    semicolon |= p == ';' || p == 0x061B;
  }
  return semicolon;
}

}  // namespace biruni::stance_detail
