// For each event the path from its trigger to the root of the sentence. At every word of the path its own particles are
// read (negation, modals, adjectives, prepositions, subordinators), at every edge the cue or report that governs it; each
// is an operator on StanceState. Arguments of plain verbs and relative clauses close the state: what is presupposed keeps
// its factuality but may still be reported. Then the sentence as a whole is asked: questions, "according to", quotations,
// headlines with a colon. See docs/design/stance.md.
#include "stance/stage.h"

#include <algorithm>

#include "model/phrase.h"

namespace biruni::stance_detail {

using namespace stance_flag;

void Stage::node(Context& c, StanceState& st, uint32_t w, bool negation_used) const {
  const ClauseLayer& cl = c.in.clauses;
  const bool pred = predicate(c, w) || verbal(word(c, w));
  const bool neg = !negation_used && pred && negated(c, w);
  bool neg_used = false;
  const auto apply = [&](const Hit& h, bool with_neg) {
    if (seen(c, h)) return;
    const StanceRow& r = finder_.row(h);
    if (r.kind == CueKind::kReport) return report(c, st, h, h.first());
    if (r.kind == CueKind::kCond && r.tag == Tag::kSconj && !(r.flags & (kEvenIf | kConcessive)))
      for (const Hit& x : c.memory.cues.hits)  // "if X had ..., Y would have": not so
        if (finder_.row(x).kind == CueKind::kCounterfactual && finder_.row(x).tag == Tag::kAux) return st.cue(finder_.row(x), false);
    st.cue(r, with_neg);
  };
  // its own particles, adjectives, adverbs; the negation first unless a modal swallows it
  const auto particles = [&](bool modals) {
    for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p) {
      const Rel rel = cl.deps[*p].rel;
      if (rel == Rel::kSubj || rel == Rel::kConj || rel == Rel::kComp || rel == Rel::kGen) continue;
      c.memory.cues.for_each(*p, [&](const Hit& h) {
        const StanceRow& r = finder_.row(h);
        if (h.has(w) && r.kind != CueKind::kLooksLike && r.tag == Tag::kVerb) return;
        if (h.count > 1 && asked_for(c, w, h)) return;
        if (r.kind == CueKind::kReport) {
          const bool voice = (r.scope & (stance_scope::kHead | stance_scope::kClause)) && finder_.frame(r).empty();
          if (modals && voice && (!(r.scope & stance_scope::kHead) || rel == Rel::kAdj || r.tag == Tag::kAdv)) apply(h, false);
          return;
        }
        const bool clausal = (r.scope & (stance_scope::kVerb | stance_scope::kClause)) && pred;
        const bool heads = (r.scope & stance_scope::kHead) && (rel == Rel::kAdj || rel == Rel::kNmod || rel == Rel::kAcl || rel == Rel::kDet);
        if (!clausal && !heads) return;
        if (r.kind == CueKind::kNeg) {
          if (heads && !clausal && modals) apply(h, false);
          return;
        }
        if (clausal && (rel == Rel::kAdvcl || rel == Rel::kAcl)) return;
        if (r.kind == CueKind::kCond && r.tag == Tag::kAdv && h.first() > c.in.events.rows[c.event].trigger) return;  // otherwise: what follows
        if (modals == (r.kind == CueKind::kModal || r.kind == CueKind::kDuty)) {
          const bool swallow = neg && !neg_used && r.has_negated;
          apply(h, swallow);
          if (swallow) neg_used = true;
        } else if (modals && heads) {
          apply(h, false);
        }
      });
    }
  };
  particles(false);
  bool swallows = false;
  if (neg)
    for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p)
      c.memory.cues.for_each(*p, [&](const Hit& h) {
        const StanceRow& r = finder_.row(h);
        swallows |= r.kind == CueKind::kModal && r.has_negated && (r.scope & (stance_scope::kVerb | stance_scope::kClause)) && cl.deps[*p].rel == Rel::kAux;
      });
  if (neg && !swallows) { st.negate(); neg_used = true; }
  particles(true);
  // particles that stand before a verb, wherever they hang
  if (verbal(word(c, w))) {
    for (uint32_t back = 1; back <= kParticleReach && w >= c.range.first + back; ++back) {
      const uint32_t x = w - back;
      const Word& before = word(c, x);
      if (before.tag == Tag::kPunct || before.tag == Tag::kVerb || before.tag == Tag::kNoun || before.tag == Tag::kAdj) break;
      c.memory.cues.for_each(x, [&](const Hit& h) {
        const StanceRow& r = finder_.row(h);
        if (h.has(w) || r.kind == CueKind::kReport || r.kind == CueKind::kNeg || !(r.scope & stance_scope::kVerb)) return;
        if (r.tag == Tag::kVerb) return;
        apply(h, false);
      });
    }
  }
  // an adverb of the clause that hangs on another word of it
  if (pred && verbal(word(c, w))) {
    for (const Hit& h : c.memory.cues.hits) {
      const StanceRow& r = finder_.row(h);
      if (!(r.scope & stance_scope::kClause) || (r.tag != Tag::kAdv && r.tag != Tag::kPart) || h.has(w) || met(c, h)) continue;
      if (r.kind != CueKind::kModal && !(r.kind == CueKind::kReport && finder_.frame(r).empty())) continue;
      const Dep& hd = cl.deps[h.first()];
      if (hd.clause != cl.deps[w].clause || hd.head == kNone) continue;
      const Word& on = word(c, hd.head);
      if (nominal(on) && h.first() < w && !is_event(c, hd.head)) apply(h, false);
    }
  }
  // the preposition or subordinator that introduces it
  const auto introduced = [&](uint32_t marker) {
    if (marker == kNone || marker < c.range.first || marker >= c.range.last) return;
    c.memory.cues.for_each(marker, [&](const Hit& h) {
      const StanceRow& r = finder_.row(h);
      if (r.tag == Tag::kVerb || h.has(w)) return;
      if (h.count > 1 && asked_for(c, w, h)) return;
      if (r.kind == CueKind::kReport) {
        for (const FrameItem& f : finder_.frame(r))
          if (f.role == 'C' && (f.rel.rel == Rel::kGen || f.rel.rel == Rel::kComp)) { apply(h, false); return; }
        return;
      }
      if (r.kind == CueKind::kNeg && (r.scope & stance_scope::kVerb)) return;
      if ((r.flags & kMasdar) && verbal(word(c, w))) return;
      bool of_noun = false, of_clause = (r.scope & (stance_scope::kVerb | stance_scope::kClause | stance_scope::kConsequence)) != 0;
      for (const FrameItem& f : finder_.frame(r)) {
        of_noun |= f.role == 'C' && f.rel.rel == Rel::kGen;
        of_clause |= f.role == 'C' && (f.rel.rel == Rel::kComp || f.rel.rel == Rel::kGen);
      }
      if (r.flags & kClause) return;
      if (pred ? !of_clause : !(of_noun || (r.scope & stance_scope::kConsequence))) return;
      if (r.scope & stance_scope::kConsequence) { st.open = false; return; }
      const uint32_t over = cl.deps[w].head;
      if (r.kind == CueKind::kPurpose && r.value == Factuality::kUu && over != kNone && c.range.contains(over) && verbal(word(c, over)) && st.open && !st.reported() && negated(c, over)) {
        st.factuality = Factuality::kCtMinus;  // "did not step in to stop": nor did they stop it
        st.past = true;
        st.open = false;
        st.note(r.id);
        return;
      }
      apply(h, false);
    });
  };
  const Dep& d = cl.deps[w];
  if (!(d.head != kNone && c.in.events.rows[c.event].carrier == d.head)) {
    bool governed = d.head != kNone && fills_role(c, w, d.head);  // a preposition that the head's own frame asks for introduces nothing
    if (d.head != kNone && d.case_word != kNone)
      c.memory.cues.for_each(d.head, [&](const Hit& h) { governed |= governs(c, h, w, d.head); });
    if (!governed) introduced(d.case_word);
  }
  const Clause* k = clause_of(c, w);
  if (!pred)
    for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w) && *p < w; ++p)
      if (cl.deps[*p].rel == Rel::kMark || cl.deps[*p].rel == Rel::kNeg || cl.deps[*p].rel == Rel::kDet) introduced(*p);
  if (k && k->predicate == w) {
    introduced(k->marker);
    if (k->marker != kNone && k->marker > c.range.first) {
      // a cue right before the complementizer: "it is likely that"
      c.memory.cues.for_each(k->marker - 1, [&](const Hit& h) {
        const StanceRow& r = finder_.row(h);
        if (h.last() + 1 != k->marker || h.count < 2) return;
        for (const FrameItem& f : finder_.frame(r))
          if (f.role == 'C' && f.rel.rel == Rel::kComp) { apply(h, false); return; }
      });
    }
    for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p)
      if (cl.deps[*p].rel == Rel::kMark || cl.deps[*p].rel == Rel::kCase) introduced(*p);
    if (k->kind == ClauseKind::kQuestion && k->marker != kNone && st.open && !st.reported()) {
      bool known = false;
      c.memory.cues.for_each(k->marker, [&](const Hit& h) { known |= finder_.row(h).kind == CueKind::kQuestion; });
      if (!known && !word(c, k->marker).get(feat::kWh)) st.factuality = Factuality::kUu;
    }
    if (k->kind == ClauseKind::kPurpose && st.open && !st.reported()) { st.factuality = under(st.factuality, Factuality::kUu); st.future = true; }
    if (k->kind == ClauseKind::kConditional && st.open && !st.reported()) {
      bool known = false;
      const auto look = [&](uint32_t m) { if (m != kNone) c.memory.cues.for_each(m, [&](const Hit& h) { known |= finder_.row(h).kind == CueKind::kCond || finder_.row(h).kind == CueKind::kCounterfactual; }); };
      look(k->marker);
      if (!known) { st.factuality = Factuality::kUu; st.modal = true; }
    }
    // the other half of a condition
    bool promises = false;
    if (word(c, w).get(feat::kAspect) == 1 || word(c, w).get(feat::kVerbForm) == 4) {
      c.memory.cues.for_each(w, [&](const Hit& h) { promises |= finder_.row(h).kind == CueKind::kReport && finder_.row(h).tag == Tag::kVerb; });
      for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p) promises &= cl.deps[*p].rel != Rel::kAux || word(c, *p).get(feat::kAspect) == 1;
    }
    if (st.open && !st.reported()) {
      for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p) {
        if (cl.deps[*p].rel != Rel::kAdvcl && cl.deps[*p].rel != Rel::kObl && cl.deps[*p].rel != Rel::kMark) continue;
        const Clause* sub = clause_of(c, *p);
        const auto condition = [&](uint32_t m) {
          if (m == kNone) return false;
          bool found = false;
          c.memory.cues.for_each(m, [&](const Hit& h) {
            const StanceRow& r = finder_.row(h);
            if ((r.flags & (kEvenIf | kConcessive)) || ((r.scope & stance_scope::kConsequence) && w < m)) return;
            if (promises && w < m) return;  // threatened to do so if: the threat was made
            if (r.kind == CueKind::kCounterfactual) { found = true; st.cue(r, false); }
            else if (r.kind == CueKind::kCond) { found = true; st.cue(r, false); }
          });
          return found;
        };
        bool done = false;
        if (sub && sub->predicate == *p && sub->marker != kNone) done = condition(sub->marker);
        if (!done && cl.deps[*p].case_word != kNone) done = condition(cl.deps[*p].case_word);
        if (done) break;
      }
    }
  }
}

// What the edge does. Returns true if it has used the negation of the parent.
bool Stage::edge(Context& c, StanceState& st, uint32_t child, uint32_t parent) const {
  const Event& e = c.in.events.rows[c.event];
  const Dep& d = c.in.clauses.deps[child];
  bool matched = false, used = false;
  const bool neg = negated(c, parent);
  const bool own = e.carrier == parent && child == e.trigger;
  if (d.rel == Rel::kComp && nominal(word(c, parent)) && c.in.clauses.deps[parent].rel == Rel::kSubj) {
    // "the report said that": the clause hangs on the subject of its verb
    const uint32_t verb = c.in.clauses.deps[parent].head;
    if (verb != kNone && verb < parent)
      c.memory.cues.for_each(verb, [&](const Hit& h) {
        const StanceRow& r = finder_.row(h);
        if (matched || r.kind != CueKind::kReport || r.tag != Tag::kVerb) return;
        bool takes = false;
        for (const FrameItem& f : finder_.frame(r)) takes |= f.role == 'C' && (f.rel.rel == Rel::kComp || (f.rel.rel == Rel::kObl && f.rel.prep == case_key(c.in, lemmas_, d)));
        if (!takes || seen(c, h)) return;
        matched = true;
        report(c, st, h, verb);
      });
    if (matched) return false;
  }
  c.memory.cues.for_each(parent, [&](const Hit& h) {
    const StanceRow& r = finder_.row(h);
    if (r.kind == CueKind::kReport && st.holders && st.holder[st.holders - 1].words.contains(child)) {
      // the clause hangs on the quoted source itself
      const Argument source{d.rel, case_key(c.in, lemmas_, d), child, false};
      for (const FrameItem& f : finder_.frame(r)) {
        Holder passed_on;
        if (f.role != 'H' || !matches(f.rel, source) || met(c, h) || !find_role(c, h, 'S', passed_on)) continue;
        seen(c, h);
        passed_on.stance = StanceKind::kQuote;
        passed_on.cue = h.first();
        add_holder(st, r, passed_on);
        matched = true;
        return;
      }
    }
    if (h.has(child) || !governs(c, h, child, parent)) return;
    if (d.rel == Rel::kComp && nominal(word(c, parent)) && c.in.clauses.deps[parent].case_word != kNone) {
      bool cited = false;  // "quoting reports": what follows is said by who quotes them
      c.memory.cues.for_each(c.in.clauses.deps[parent].case_word, [&](const Hit& x) { cited |= x.count > 1 && finder_.row(x).kind == CueKind::kReport && finder_.row(x).tag == Tag::kAdp && finder_.row(x).stance == StanceKind::kQuote; });
      if (cited) return;
    }
    if (r.kind == CueKind::kReport && own && r.stance == StanceKind::kAssert && d.rel == Rel::kObj && (r.flags & kPerforms) && acts(c, parent)) return;
    if (seen(c, h)) { matched = true; return; }
    if ((r.flags & kPerforms) && child == e.trigger && acts(c, parent) && d.rel != Rel::kComp && !verbal(word(c, child)) &&
        (!definite(c, child) || (word(c, child).lemma != kNone && lemmas_.row(word(c, child).lemma).base == kNone))) { matched = true; return; }
    if ((r.flags & kNeedEvent) && child != e.trigger && child != e.carrier) return;
    matched = true;
    if (r.kind == CueKind::kReport) {
      if (child == e.trigger && !verbal(word(c, child)) && r.stance == StanceKind::kDeny && (ontology_.flags(e.type) & type_flag::kAccuses)) return;  // denied the accusation
      report(c, st, h, parent);
      used = true;
    } else if (own && e.carrier_aspect) {
      // the light verb's aspect says it already
    } else {
      st.cue(r, neg);
      used |= neg && (r.has_negated || r.kind == CueKind::kEnd || r.kind == CueKind::kPrevent || r.kind == CueKind::kFail || r.kind == CueKind::kSucceed ||
                      r.kind == CueKind::kBegin || r.kind == CueKind::kContinue || r.kind == CueKind::kModal || r.kind == CueKind::kPlan ||
                      r.kind == CueKind::kWish || r.kind == CueKind::kDuty || r.kind == CueKind::kPresuppose);
    }
  });
  if (!matched && nominal(word(c, parent)) && d.case_word != kNone) {
    // "accused X of arming": the content hung on the one addressed
    const Dep& up = c.in.clauses.deps[parent];
    if (up.head != kNone && up.head < parent)
      c.memory.cues.for_each(up.head, [&](const Hit& h) {
        const StanceRow& r = finder_.row(h);
        if (r.kind != CueKind::kReport || matched) return;
        bool addressed = false, content = false;
        const StrId prep = case_key(c.in, lemmas_, d);
        for (const FrameItem& f : finder_.frame(r)) {
          addressed |= (f.role == 'T' && f.rel.rel == Rel::kObj && (up.rel == Rel::kObj || up.rel == Rel::kSubj)) || (f.role == 'H' && f.rel.rel == up.rel && r.tag == Tag::kNoun);
          content |= f.role == 'C' && f.rel.rel == Rel::kObl && f.rel.prep == prep;
        }
        if (!addressed || !content || seen(c, h)) return;
        matched = true;
        report(c, st, h, up.head);
      });
  }
  if (!matched && !own) matched = misplaced(c, st, child, parent);
  if (own && st.open && !st.reported()) {
    const auto aspect = static_cast<Aspect>(e.carrier_aspect);
    if (aspect == Aspect::kPrevent) { if (!neg) st.factuality = flip(st.factuality); used |= neg; }
    else if (aspect == Aspect::kPlan) { st.factuality = under(st.factuality, neg ? Factuality::kCtMinus : Factuality::kUu); st.future = true; used |= neg; }
    else if (aspect == Aspect::kEnd) { st.open = false; used |= neg; }  // what ends, or does not, has taken place
  }
  if (matched || own) return used;
  const Word& head = word(c, parent);
  switch (d.rel) {
    case Rel::kConj: case Rel::kParataxis:
      break;
    case Rel::kAcl:
      if (clause_of(c, child) && clause_of(c, child)->kind == ClauseKind::kInfinitive) {
        if (st.open && !st.reported()) { st.factuality = under(st.factuality, Factuality::kUu); st.future = true; }
      } else if (!st.voice) {
        st.open = false;
      }
      break;
    case Rel::kAdvcl:
      if (clause_of(c, child) && clause_of(c, child)->kind == ClauseKind::kInfinitive && verbal(head) && st.open && !st.reported()) {
        st.factuality = under(st.factuality, Factuality::kUu);
        st.future = true;
      }
      st.open = false;
      break;
    case Rel::kObl: case Rel::kTime:
      if (verbal(head)) st.open = false;
      else if (is_event(c, parent) || c.in.mentions.of_word[parent] != kNone) st.open = false;
      break;
    case Rel::kGen: case Rel::kAdj: case Rel::kNmod: case Rel::kAppos:
      if (is_event(c, parent) || (parent < c.in.mentions.of_word.size() && c.in.mentions.of_word[parent] != kNone)) st.open = false;
      break;
    case Rel::kSubj: case Rel::kObj: case Rel::kObj2: case Rel::kAgent:
      if (verbal(head) && !verbal(word(c, child)) && definite(c, child)) st.open = false;
      else if (is_event(c, parent) && child != e.trigger) st.open = false;
      break;
    default:
      break;
  }
  return used;
}

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

void Stage::add_holder(StanceState& st, const StanceRow& r, const Holder& h) const {
  if (st.holders >= StanceState::kMaxHolders) return;
  for (uint8_t i = 0; i < st.holders; ++i)
    if (st.holder[i].words == h.words && !h.words.empty()) return;
  st.holder[st.holders] = h;
  if (st.denied && st.holders == 0 && (h.stance == StanceKind::kAssert || h.stance == StanceKind::kQuote)) st.holder[0].stance = StanceKind::kDeny;
  st.author[st.holders] = r.author;
  ++st.holders;
  st.note(r.id);
}

// Is the subject of the verb an actor of the event? Then saying it may be doing it ("announced a ceasefire").
bool Stage::acts(const Context& c, uint32_t verb) const {
  const Event& e = c.in.events.rows[c.event];
  if (e.actors_begin == e.actors_end && e.recipients_begin == e.recipients_end) return true;  // a curfew: whose but his
  for (const uint32_t* p = c.in.clauses.children_begin(verb); p != c.in.clauses.children_end(verb); ++p)
    if (c.in.clauses.deps[*p].rel == Rel::kSubj)
      for (uint32_t i = e.actors_begin; i < e.actors_end; ++i)
        if (c.in.events.fillers[i].words.contains(*p)) return true;
  return false;
}

// "the paper quoted an officer, his saying that ...": whose word it is, the verb of passing on says.
bool Stage::quoted_source(Context& c, uint32_t noun, Holder& out) const {
  if (verbal(word(c, noun))) return false;
  bool found = false;
  for (uint32_t p = c.in.clauses.deps[noun].head, i = 0; p != kNone && i < 4 && !found; p = c.in.clauses.deps[p].head, ++i) {
    if (!verbal(word(c, p))) continue;
    c.memory.cues.for_each(p, [&](const Hit& h) {
      const StanceRow& r = finder_.row(h);
      bool passes_on = false;
      for (const FrameItem& f : finder_.frame(r)) passes_on |= f.role == 'S';
      if (!found && r.kind == CueKind::kReport && passes_on) found = find_role(c, h, 'H', out);
    });
    break;
  }
  if (found && out.words.contains(noun) && noun > out.words.first) out.words.last = noun;
  return found;
}

void Stage::report(Context& c, StanceState& st, const Hit& h, uint32_t at) const {
  const StanceRow& r = finder_.row(h);
  const bool neg = (verbal(word(c, at)) || predicate(c, at)) && negated(c, at);
  if (((r.flags & kPresuppose) && st.factuality != Factuality::kUu) || (neg && r.has_negated && r.negated == Factuality::kCtPlus && r.author == Factuality::kCtPlus)) {
    st.open = false;
    st.note(r.id);
    return;
  }
  Factuality value = r.value;
  if (neg) value = r.has_negated ? r.negated : r.author == Factuality::kCtPlus ? r.value : Factuality::kUu;
  const bool committed = value == Factuality::kCtPlus || value == Factuality::kPrPlus;
  if (!st.open && !(committed && (r.stance == StanceKind::kAssert || r.stance == StanceKind::kClaim || r.stance == StanceKind::kQuote))) return;
  if ((r.flags & kBackground)) return;
  const Word& own = word(c, h.first());
  bool asks_holder = (r.flags & kHolderSelf) != 0;
  for (const FrameItem& f : finder_.frame(r)) asks_holder |= f.role == 'H' || f.role == 'S';
  Holder holder;
  bool found = asks_holder && !(r.flags & kNoHolder) && (quoted_source(c, at, holder) || find_holder(c, h, holder));
  if (found && holder.mention == kNone)
    for (uint32_t k = holder.words.first; k < holder.words.last && k < holder.words.first + 4 && found; ++k)
      c.memory.cues.for_each(k, [&](const Hit& x) {
        // rumours and news say nothing themselves
        const StanceRow& n = finder_.row(x);
        if (n.kind != CueKind::kReport || n.tag != Tag::kNoun || word(c, k).tag != Tag::kNoun || (n.flags & kHolderSelf)) return;
        bool of_somebody = false;
        for (const FrameItem& f : finder_.frame(n)) of_somebody |= f.role == 'H' && f.rel.rel == Rel::kGen;
        if (!of_somebody) found = false;
      });
  if (!found && !st.reported() && !(r.flags & kAnonymous) && (r.stance == StanceKind::kDeduce || r.stance == StanceKind::kFear || r.stance == StanceKind::kAsk || r.stance == StanceKind::kHope || (r.stance == StanceKind::kAssert && r.author != Factuality::kUu && r.value != Factuality::kCtPlus))) {
    // nobody else's guess: the author's own
    if (st.open) st.factuality = under(st.factuality, value);
    st.modal = true;
    if (r.flags & kPast) st.past = true;
    else if ((r.flags & (kFuture | kWant)) || r.stance == StanceKind::kFear || r.stance == StanceKind::kHope) st.future = true;
    st.note(r.id);
    return;
  }
  const bool denies = r.stance == StanceKind::kDeny || r.stance == StanceKind::kDoubt;
  if (denies && st.holders == 1 && st.noun_report && found) {
    // the claim by X that ..., which Y denies: both have their row
    if (!c.forked) { c.fork = st; c.forked = true; }
    st.factuality = st.content;
    st.holders = 0;
    st.alleged = false;
  } else if (st.voice && st.holders == 0 && found) {
    st.voice = st.unsourced = false;
    if (denies || !committed) { st.factuality = st.content; st.alleged = false; }
  } else if (st.voice && st.holders == 0 && denies && st.open) {
    st.factuality = under(st.content, value);
    st.alleged = false;
  }
  if (!found && r.stance == StanceKind::kDeny && !neg) st.denied = true;
  if (neg && (r.flags & kAccuse)) {
    if (st.open) st.factuality = Factuality::kUu;
    st.voice = true;
    st.note(r.id);
    return;
  }
  if (st.holders == 0 && !st.voice) {
    st.content = st.factuality;
    if (st.open) st.factuality = under(st.factuality, value);
    if (value == Factuality::kPsPlus || value == Factuality::kUu || (r.flags & (kFuture | kWant)) || r.stance == StanceKind::kFear || r.stance == StanceKind::kHope) {
      if (r.flags & (kFuture | kWant)) st.future = true;
      else if (r.stance == StanceKind::kFear || r.stance == StanceKind::kHope) st.future = true;
    }
    if (r.stance == StanceKind::kDeduce || r.stance == StanceKind::kDeny) st.modal = true;
  }
  if (r.stance == StanceKind::kClaim || r.stance == StanceKind::kDoubt) st.alleged = true;
  if (r.stance == StanceKind::kAsk || r.stance == StanceKind::kDoubt) st.conditional = false;  // the if of whether
  // an adverb beside the report that calls it false
  for (const uint32_t* p = c.in.clauses.children_begin(at); p != c.in.clauses.children_end(at); ++p)
    c.memory.cues.for_each(*p, [&](const Hit& x) {
      const StanceRow& cue = finder_.row(x);
      if (cue.kind == CueKind::kNeg && (cue.flags & kDeny) && cue.tag == Tag::kAdv) st.false_claim = true;
    });
  st.report = &r;
  st.report_word = at;
  if (!found) {
    st.note(r.id);
    if (st.holders == 0) {
      const bool somebody = asks_holder && verbal(word(c, at)) && !passive(c, at);  // one who is not named here
      if (r.author == Factuality::kCtPlus && !(r.flags & (kDistance | kAnonymous))) {
        st.open = false;  // it emerged that, it is known that
        return;
      }
      st.voice = true;
      st.unsourced = !somebody || (r.flags & kAnonymous) != 0;
    }
    return;
  }
  Holder passed_on;
  const bool chained = find_role(c, h, 'S', passed_on) && !(passed_on.words == holder.words);
  if (st.holders == 0) st.noun_report = r.tag == Tag::kNoun && own.tag == Tag::kNoun;
  holder.stance = neg && r.stance == StanceKind::kDeny && value == Factuality::kPsPlus ? StanceKind::kDeduce : r.stance;
  if (chained && holder.stance == StanceKind::kQuote) holder.stance = StanceKind::kAssert;  // who is quoted says it
  holder.cue = h.first();
  if (r.flags & kAnonymous) holder.anonymous = true;
  add_holder(st, r, holder);
  if (chained) {
    passed_on.stance = StanceKind::kQuote;
    passed_on.cue = h.first();
    add_holder(st, r, passed_on);
  }
}

// Is word `w` a participant or the content of the event whose trigger is `head`? Then its preposition is that event's own.
bool Stage::fills_role(const Context& c, uint32_t w, uint32_t head) const {
  const auto& events = c.in.events;
  const uint32_t sentence = events.rows[c.event].sentence;
  const auto check = [&](const Event& e) {
    if (e.trigger != head) return false;
    if (e.content == w) return true;
    for (uint32_t i = e.actors_begin; i < e.recipients_end; ++i)
      if (events.fillers[i].words.contains(w)) return true;
    return false;
  };
  for (uint32_t i = c.event; i < events.rows.size() && events.rows[i].sentence == sentence; ++i)
    if (check(events.rows[i])) return true;
  for (uint32_t i = c.event; i-- > 0 && events.rows[i].sentence == sentence;)
    if (check(events.rows[i])) return true;
  return false;
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

void Stage::walk(Context& c, StanceState& st) const {
  const Event& e = c.in.events.rows[c.event];
  const ClauseLayer& cl = c.in.clauses;
  uint32_t cur = e.trigger;
  node(c, st, cur, false);
  for (int step = 0; step < kMaxPath; ++step) {
    const Dep& d = cl.deps[cur];
    const uint32_t parent = d.head;
    if (parent == kNone || parent < c.range.first || parent >= c.range.last || parted(c, cur, parent)) break;
    if (d.rel == Rel::kConj) {
      // joined words stand under the same governor; only a shared auxiliary is shared
      const Clause* k = clause_of(c, cur);
      const uint32_t outside = own_clause(c, cur, parent);
      if (outside != kNone) {
        cur = outside;
        continue;
      }
      const bool own_marker = k && k->predicate == cur && k->kind == ClauseKind::kComplement;
      if (own_marker) edge(c, st, cur, parent);
      const Word& w = word(c, cur);
      const bool bare = verbal(w) && w.get(feat::kAspect) == 0 && w.get(feat::kVerbForm) == 2;
      bool has_aux = false;
      for (const uint32_t* p = cl.children_begin(cur); p != cl.children_end(cur); ++p) has_aux |= cl.deps[*p].rel == Rel::kAux || cl.deps[*p].rel == Rel::kMark;
      if ((bare && !has_aux) || (!verbal(w) && !predicate(c, cur))) {
        if (!verbal(word(c, parent))) {
          // "the arrest and torture": the adjectives and negations of the first hold for both only as determiners do
          bool det = false;
          for (const uint32_t* p = cl.children_begin(parent); p != cl.children_end(parent); ++p) det |= cl.deps[*p].rel == Rel::kDet || cl.deps[*p].rel == Rel::kCase;
          if (det) node(c, st, parent, false);
        } else {
          node(c, st, parent, false);
        }
      } else if (verbal(w) && word(c, parent).get(feat::kFuture) && w.get(feat::kAspect) == 2) {
        st.future = true;
      }
      cur = parent;
      continue;
    }
    const uint32_t met_before = c.applied_count;
    c.moved = kNone;
    const bool used = edge(c, st, cur, parent);
    cur = c.moved == kNone ? parent : c.moved;
    if (d.rel != Rel::kParataxis || c.applied_count != met_before) node(c, st, cur, used);
  }
  bare_infinitive(c, st, cur);
}

}  // namespace biruni::stance_detail
