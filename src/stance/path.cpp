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
