// What a word of the path is: negated, passive, definite; whether a cue governs it.
#include "stance/stage.h"

#include <algorithm>

#include "model/phrase.h"

namespace biruni::stance_detail {

using namespace stance_flag;

// A negation governs the predicate w: the clause stage's word for it, unless the negative word is part of an expression
// that means something else ("not only"); or a negative word of the tables beside it.
bool Stage::negated(const Context& c, uint32_t w) const {
  const ClauseLayer& cl = c.in.clauses;
  const Clause* k = clause_of(c, w);
  bool particle = false, real = false, other = false;
  for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p) {
    // "vowed never to": the infinitive's
    if (*p > w && *p + 1 < c.range.last && verbal(word(c, w)) && cl.deps[*p + 1].rel == Rel::kMark && cl.deps[*p + 1].head != w && word(c, *p + 1).tag == Tag::kPart) continue;
    const bool neg = cl.deps[*p].rel == Rel::kNeg;
    bool hit_neg = false, hit_other = false;
    c.memory.cues.for_each(*p, [&](const Hit& h) {
      const StanceRow& r = finder_.row(h);
      if (r.kind == CueKind::kNeg && r.tag != Tag::kVerb && (r.scope & (stance_scope::kVerb | stance_scope::kClause)) && r.value != Factuality::kUu) hit_neg = true;
      else if (h.count > 1 || r.kind == CueKind::kLooksLike) hit_other = true;
    });
    if (neg) particle = true;
    if (hit_other) other = true;
    if (neg ? !hit_other : (hit_neg && cl.deps[*p].rel != Rel::kSubj && cl.deps[*p].rel != Rel::kObj)) real = true;
    // nobody, no one, no aid: a negative argument
    const Rel rel = cl.deps[*p].rel;
    if ((rel == Rel::kSubj || rel == Rel::kObj) && verbal(word(c, w))) {
      bool none = false;
      c.memory.cues.for_each(*p, [&](const Hit& h) {
        const StanceRow& r = finder_.row(h);
        none |= r.kind == CueKind::kNeg && h.has(*p) && (word(c, *p).tag == Tag::kPron || word(c, *p).tag == Tag::kDet || r.tag == Tag::kPron || (r.tag == Tag::kNoun && h.count == 1 && (r.scope & stance_scope::kVerb)));
      });
      for (const uint32_t* q = cl.children_begin(*p); q != cl.children_end(*p); ++q) {
        if (cl.deps[*q].rel != Rel::kDet && cl.deps[*q].rel != Rel::kNeg && cl.deps[*q].rel != Rel::kAdv && cl.deps[*q].rel != Rel::kNum) continue;
        c.memory.cues.for_each(*q, [&](const Hit& h) {
          const StanceRow& r = finder_.row(h);
          none |= r.kind == CueKind::kNeg && !met(c, h) && (word(c, *q).tag == Tag::kDet || word(c, *q).tag == Tag::kPron);
        });
      }
      real |= none;
    }
  }
  if (k && k->predicate == w && k->negated && !particle && !other) real = true;
  if (!real) return false;
  // exceptives: none other than, nothing but; did not ... until
  bool past = false;
  for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p) past |= cl.deps[*p].rel == Rel::kAux && word(c, *p).get(feat::kAspect) == 1;
  for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p) {
    bool except = false;
    const auto look = [&](uint32_t x) {
      c.memory.cues.for_each(x, [&](const Hit& h) {
        const StanceRow& r = finder_.row(h);
        except |= r.kind == CueKind::kExceptive && (r.flags & kWithNeg) && (past || !(r.flags & kPast));
      });
    };
    look(*p);
    for (const uint32_t* q = cl.children_begin(*p); q != cl.children_end(*p); ++q) {
      look(*q);
      if (cl.deps[*q].rel == Rel::kMark || cl.deps[*q].rel == Rel::kCase)  // "but after they had burnt"
        for (const uint32_t* m = cl.children_begin(*q); m != cl.children_end(*q); ++m) look(*m);
    }
    if (cl.deps[*p].case_word != kNone) look(cl.deps[*p].case_word);
    if (except) return false;
  }
  return true;
}

// A bare participle that reports ("the minister said his men ...") was a past form: nobody is passive there. A real passive
// has its auxiliary, or an agent.
bool Stage::passive(const Context& c, uint32_t w) const {
  if (!is_passive(c.in, w)) return false;
  if (word(c, w).get(feat::kVerbForm) != 4) return true;
  const ClauseLayer& cl = c.in.clauses;
  for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p)
    if (cl.deps[*p].rel == Rel::kAux || cl.deps[*p].rel == Rel::kAgent) return true;
  return false;
}

void Stage::arguments(const Context& c, uint32_t w, bool as_verb, std::vector<Argument>& out) const {
  collect_arguments(c.in, lemmas_, kNoClass, w, as_verb, true, out);
  if (!verbal(word(c, w))) return;
  const Dep& d = c.in.clauses.deps[w];
  if (!is_passive(c.in, w)) {
    // a finite verb hung on the noun before it: that is its subject
    bool subject = false;
    for (const Argument& a : out) subject |= a.rel == Rel::kSubj;
    for (const uint32_t* p = c.in.clauses.children_begin(w); p != c.in.clauses.children_end(w); ++p) subject |= *p < w && c.in.clauses.deps[*p].rel == Rel::kMark;
    if (!subject && d.rel == Rel::kAcl && d.head != kNone && d.head < w) out.push_back({Rel::kSubj, 0, d.head, true});
    return;
  }
  if (passive(c, w)) return;
  for (Argument& a : out)
    if (a.rel == Rel::kObj && (c.in.clauses.deps[a.word].rel == Rel::kSubj || a.understood)) a.rel = Rel::kSubj;
  // ", said the minister", and not ", who would not be named, said the minister had ..."
  bool inverted = w > c.range.first && word(c, w - 1).tag == Tag::kPunct;
  uint32_t before = kNone;
  for (uint32_t k = w - 1; inverted && k > c.range.first + 1 && before == kNone; --k)
    if (word(c, k).get(feat::kRelative) || word(c, k).get(feat::kWh))
      if (word(c, k - 1).tag == Tag::kPunct) before = k - 1;
  if (before != kNone)
    for (uint32_t k = before; k-- > c.range.first;) {
      if (word(c, k).tag != Tag::kNoun && word(c, k).tag != Tag::kPropn) continue;
      for (Argument& a : out)
        if (a.rel == Rel::kSubj) a.rel = Rel::kDep;
      out.push_back({Rel::kSubj, 0, k, true});
      return;
    }
  if (inverted)
    for (Argument& a : out)
      if (a.rel == Rel::kObj && a.word > w) { a.rel = Rel::kSubj; break; }
  bool subject = false;
  for (const Argument& a : out) subject |= a.rel == Rel::kSubj;
  if (subject || d.rel != Rel::kAcl || d.head == kNone) return;
  // ", the minister said": what stands between the comma and the verb
  uint32_t head = d.head;
  uint32_t comma = kNone;
  for (uint32_t k = w; k > head; --k)
    if (word(c, k).tag == Tag::kPunct) { comma = k; break; }
  if (comma != kNone)
    for (uint32_t k = comma + 1; k < w; ++k) {
      const Rel rel = c.in.clauses.deps[k].rel;
      if ((word(c, k).tag != Tag::kNoun && word(c, k).tag != Tag::kPropn) || rel == Rel::kNmod || rel == Rel::kGen || rel == Rel::kFlat) continue;
      head = k;
      break;
    }
  out.push_back({Rel::kSubj, 0, head, true});
}

bool Stage::definite(const Context& c, uint32_t w) const {
  const Word& x = word(c, w);
  if (x.get(feat::kDef) || x.get(feat::kPoss) || x.tag == Tag::kPropn) return true;
  const ClauseLayer& cl = c.in.clauses;
  for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p) {
    const Rel rel = cl.deps[*p].rel;
    if (rel == Rel::kDet && word(c, *p).get(feat::kDef)) return true;
    if (rel == Rel::kGen && cl.deps[*p].case_word == kNone && *p != w) return *p < w || definite(c, *p);
  }
  return false;
}

// Does the hit govern `child` through the edge child -> parent?
bool Stage::governs(const Context& c, const Hit& h, uint32_t child, uint32_t parent) const {
  const StanceRow& r = finder_.row(h);
  const Dep& d = c.in.clauses.deps[child];
  Argument arg{d.rel, case_key(c.in, lemmas_, d), child, false};
  const Word& head = word(c, parent);
  // a verb of passing on ("transmit ... from X") reports only where its source stands
  bool passes_on = false, source = false, asks_source = false;
  for (const FrameItem& f : finder_.frame(r)) {
    passes_on |= f.role == 'S';
    if (f.role != 'H' || f.rel.rel != Rel::kObl) continue;
    asks_source = true;
    for (const uint32_t* p = c.in.clauses.children_begin(parent); p != c.in.clauses.children_end(parent); ++p)
      source |= case_key(c.in, lemmas_, c.in.clauses.deps[*p]) == f.rel.prep;
  }
  if (passes_on && asks_source && !source) return false;
  if (passes_on && arg.rel == Rel::kAdvcl && word(c, child).get(feat::kVerbForm) == 5) return true;  // quoted him as saying
  const bool child_verbal = verbal(word(c, child)) || predicate(c, child);
  if (verbal(head) && passive(c, parent)) {
    if (arg.rel == Rel::kSubj) arg.rel = Rel::kObj;
    else if (arg.rel == Rel::kAgent) arg.rel = Rel::kSubj;
  }
  if (arg.rel == Rel::kSubj && verbal(head) && child > parent && is_event(c, child))
    // verb, name, event noun: the name is the subject, whatever the tree says
    for (const uint32_t* p = c.in.clauses.children_begin(parent); p != c.in.clauses.children_end(parent); ++p)
      if (*p > parent && *p < child && c.in.clauses.deps[*p].rel == Rel::kObj && c.in.mentions.of_word[*p] != kNone) arg.rel = Rel::kObj;
  if ((r.scope & stance_scope::kVerb) && child_verbal && (arg.rel == Rel::kComp || arg.rel == Rel::kObj || arg.rel == Rel::kAdvcl || arg.rel == Rel::kAux)) return true;
  if ((r.scope & stance_scope::kHead) && arg.rel == Rel::kSubj) return true;
  bool close = arg.rel == Rel::kParataxis && child > parent;
  for (uint32_t w = parent + 1; w < child && close; ++w) close = word(c, w).tag != Tag::kPunct;
  const bool that_clause = arg.rel == Rel::kAcl && r.tag == Tag::kNoun && complementizer(c, parent + 1, child);
  const bool joined = arg.rel == Rel::kComp || close || that_clause || ((arg.rel == Rel::kAdvcl || arg.rel == Rel::kParataxis || arg.rel == Rel::kDep || arg.rel == Rel::kAcl) &&
                      clause_of(c, child) && clause_of(c, child)->kind == ClauseKind::kComplement);
  for (const FrameItem& f : finder_.frame(r)) {
    if (f.role != 'C') continue;
    if (matches(f.rel, arg)) return true;
    switch (f.rel.rel) {
      case Rel::kComp:
        if (child_verbal && arg.rel == Rel::kAdvcl && (r.stance == StanceKind::kAsk || r.stance == StanceKind::kDoubt)) return true;  // whether
        if (child_verbal && (joined || arg.rel == Rel::kObj)) return true;
        if (child_verbal && arg.rel == Rel::kSubj && clause_of(c, child) && clause_of(c, child)->marker != kNone) return true;
        if (child_verbal && (arg.rel == Rel::kAcl || arg.rel == Rel::kAdvcl) && clause_of(c, child) &&
            clause_of(c, child)->kind == ClauseKind::kInfinitive) return true;
        break;
      case Rel::kObj:
        if (arg.rel == Rel::kGen && arg.prep == 0 && !verbal(head) && r.tag == Tag::kVerb) return true;   // masdar
        if (child_verbal && joined) return true;
        break;
      case Rel::kGen:
        if (arg.rel == Rel::kNmod) return true;
        break;
      case Rel::kObl:
        if (child_verbal && joined && !(word(c, child).get(feat::kVerbForm) == 5 && arg.prep == 0)) return true;  // a gerund shows its preposition
        break;
      default:
        break;
    }
  }
  return false;
}

}  // namespace biruni::stance_detail
