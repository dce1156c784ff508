// For each event the path from its trigger to the root of the sentence. At every word of the path its own particles are
// read (negation, modals, adjectives, prepositions, subordinators), at every edge the cue or report that governs it; each
// is an operator on StanceState. Arguments of plain verbs and relative clauses close the state: what is presupposed keeps
// its factuality but may still be reported. Then the sentence as a whole is asked: questions, "according to", quotations,
// headlines with a colon. See docs/design/stance.md.
#include "stance/stance_stage.h"

#include <algorithm>

#include "event/dependents.h"
#include "event/ontology.h"
#include "model/phrase.h"
#include "stance/walk.h"

namespace biruni {
namespace {

constexpr int kMaxPath = 40;            // words from a trigger to the root
constexpr int kMaxAntecedents = 6;
constexpr int kHistoricalDays = 330;    // "a year or more", with room for dates that name a year or a month only
constexpr uint32_t kHeadlineWords = 12; // before the colon of a headline
constexpr uint32_t kShortQuote = 4;     // words: a term in quotation marks, not a statement
constexpr uint32_t kParticleReach = 3;
constexpr uint32_t kMaxApplied = 24;

using namespace stance_flag;

long days(const CivilDate& d) {
  if (!d.year) return 0;
  const int y = d.year - (d.month && d.month <= 2), m = d.month ? d.month : 7, dd = d.day ? d.day : 1;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const unsigned yoe = static_cast<unsigned>(y - era * 400);
  const unsigned doy = static_cast<unsigned>((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + dd - 1);
  return era * 146097L + static_cast<long>(yoe * 365 + yoe / 4 - yoe / 100 + doy);
}

class Stage final : public StanceStage {
 public:
  Stage(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world, const Lexicon* lexicon)
      : pack_(pack),
        world_(std::move(world)),
        lexicon_(*lexicon),
        lemmas_(lexicon->lemmas()),
        ontology_(pack),
        finder_(pack, lang, lemmas_),
        reasons_(pack->section<StrId>(lang + "/stance_reasons")) {}

  void run(const Analysis& in, uint32_t s, StanceMemory& memory, StanceLayer& out) const override;
  void finish(const Analysis& in, const StanceMemory& memory, StanceLayer& out) const override;

 private:
  struct Context {
    const Analysis& in;
    uint32_t sentence;
    WordRange range;
    StanceMemory& memory;
    StanceLayer& out;
    uint32_t first_row = 0;
    uint32_t event = 0;                   // the event on its way
    uint32_t applied[kMaxApplied] = {};   // hits it has met
    uint32_t applied_count = 0;
    bool forked = false;
    StanceState fork;                     // what the inner holder of a denied claim says
  };

  // ---- small views of the tree -----------------------------------------------------------------------------------

  static const Word& word(const Context& c, uint32_t w) { return c.in.words.words[w]; }
  static bool verbal(const Word& w) { return w.tag == Tag::kVerb || w.tag == Tag::kAux; }
  static bool nominal(const Word& w) { return w.tag == Tag::kNoun || w.tag == Tag::kPropn || w.tag == Tag::kPron || w.tag == Tag::kNum || w.tag == Tag::kDet; }
  static bool predicate(const Context& c, uint32_t w) {
    const uint32_t k = c.in.clauses.deps[w].clause;
    return k != kNone && c.in.clauses.clauses[k].predicate == w;
  }
  static const Clause* clause_of(const Context& c, uint32_t w) {
    const uint32_t k = c.in.clauses.deps[w].clause;
    return k == kNone ? nullptr : &c.in.clauses.clauses[k];
  }
  bool seen(Context& c, const Hit& h) const {
    if (met(c, h)) return true;
    if (c.applied_count < kMaxApplied) c.applied[c.applied_count++] = static_cast<uint32_t>(&h - c.memory.cues.hits.data());
    return false;
  }
  static bool is_event(const Context& c, uint32_t w) {
    const auto& rows = c.in.events.rows;
    for (uint32_t i = c.memory.next_event; i < rows.size() && rows[i].sentence == c.sentence; ++i)
      if (rows[i].trigger == w || rows[i].carrier == w) return true;
    return false;
  }

  bool met(const Context& c, const Hit& h) const {
    const auto id = static_cast<uint32_t>(&h - c.memory.cues.hits.data());
    for (uint32_t i = 0; i < c.applied_count; ++i)
      if (c.applied[i] == id) return true;
    return false;
  }
  bool negated(const Context& c, uint32_t w) const;
  bool passive(const Context& c, uint32_t w) const;
  void arguments(const Context& c, uint32_t w, bool as_verb, std::vector<Argument>& out) const;
  void nearby(Context& c, StanceState& st) const;
  bool definite(const Context& c, uint32_t w) const;
  bool governs(const Context& c, const Hit& h, uint32_t child, uint32_t parent) const;
  // The first complementizer in [from, to), at most a few words away.
  bool complementizer(const Context& c, uint32_t from, uint32_t to) const {
    for (uint32_t w = from; w < to && w < from + 8 && w < c.range.last; ++w) {
      bool found = false;
      c.memory.cues.for_each(w, [&](const Hit& h) { found |= (finder_.row(h).flags & kComplementizer) != 0; });
      if (found) return true;
      if (verbal(word(c, w))) return false;
    }
    return false;
  }

  void walk(Context& c, StanceState& st) const;
  void node(Context& c, StanceState& st, uint32_t w, bool negation_used) const;
  bool edge(Context& c, StanceState& st, uint32_t child, uint32_t parent) const;
  void report(Context& c, StanceState& st, const Hit& h, uint32_t at) const;
  void add_holder(StanceState& st, const StanceRow& r, const Holder& h, bool outermost) const;
  void whole_sentence(Context& c, StanceState& st) const;
  void according(Context& c, StanceState& st) const;
  void quotation(Context& c, StanceState& st) const;
  void headline(Context& c, StanceState& st) const;
  void echoes(Context& c) const;
  void remember(Context& c) const;

  bool find_holder(Context& c, const Hit& h, Holder& out) const {
    return find_role(c, h, 'H', out) || find_role(c, h, 'S', out);
  }
  bool find_role(Context& c, const Hit& h, uint8_t role, Holder& out) const;
  bool holder_at(Context& c, uint32_t head, const Hit& h, Holder& out, int depth = 0) const;
  WordRange holder_span(const Context& c, uint32_t head, uint32_t cue) const;
  uint32_t segment(const Context& c, uint32_t w) const;
  Tense tense(Context& c, const StanceState& st) const;
  Tense verb_tense(const Context& c, uint32_t v, bool& fixed) const;
  bool long_ago(const Context& c, uint32_t event) const;
  void emit(Context& c, const StanceState& st) const;

  std::shared_ptr<const Pack> pack_;
  std::shared_ptr<const World> world_;
  const Lexicon& lexicon_;
  const LemmaTable& lemmas_;
  Ontology ontology_;
  CueFinder finder_;
  std::span<const StrId> reasons_;
};

// ---- predicates of words -----------------------------------------------------------------------------------------------

// A negation governs the predicate w: the clause stage's word for it, unless the negative word is part of an expression
// that means something else ("not only"); or a negative word of the tables beside it.
bool Stage::negated(const Context& c, uint32_t w) const {
  const ClauseLayer& cl = c.in.clauses;
  const Clause* k = clause_of(c, w);
  bool particle = false, real = false, other = false;
  for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p) {
    const bool neg = cl.deps[*p].rel == Rel::kNeg;
    bool hit_neg = false, hit_other = false;
    c.memory.cues.for_each(*p, [&](const Hit& h) {
      const StanceRow& r = finder_.row(h);
      if (r.kind == CueKind::kNeg && (r.scope & (stance_scope::kVerb | stance_scope::kClause)) && r.value != Factuality::kUu) hit_neg = true;
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
        none |= r.kind == CueKind::kNeg && h.has(*p) && (word(c, *p).tag == Tag::kPron || word(c, *p).tag == Tag::kDet);
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
  // exceptives: none other than, nothing but
  for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p) {
    bool except = false;
    const auto look = [&](uint32_t x) {
      c.memory.cues.for_each(x, [&](const Hit& h) { except |= finder_.row(h).kind == CueKind::kExceptive && (finder_.row(h).flags & kWithNeg); });
    };
    look(*p);
    for (const uint32_t* q = cl.children_begin(*p); q != cl.children_end(*p); ++q) look(*q);
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
  if (!verbal(word(c, w)) || !is_passive(c.in, w) || passive(c, w)) return;
  const Dep& d = c.in.clauses.deps[w];
  for (Argument& a : out)
    if (a.rel == Rel::kObj && (c.in.clauses.deps[a.word].rel == Rel::kSubj || a.understood)) a.rel = Rel::kSubj;
  const bool inverted = w > 0 && word(c, w - 1).tag == Tag::kPunct;
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
        if (child_verbal && joined) return true;
        break;
      default:
        break;
    }
  }
  return false;
}

// ---- the walk ------------------------------------------------------------------------------------------------------------

void Stage::node(Context& c, StanceState& st, uint32_t w, bool negation_used) const {
  const ClauseLayer& cl = c.in.clauses;
  const bool pred = predicate(c, w) || verbal(word(c, w));
  const bool neg = !negation_used && pred && negated(c, w);
  bool neg_used = false;
  const auto apply = [&](const Hit& h, bool with_neg) {
    if (seen(c, h)) return;
    const StanceRow& r = finder_.row(h);
    if (r.kind == CueKind::kReport) report(c, st, h, h.first());
    else st.cue(r, with_neg);
  };
  // its own particles, adjectives, adverbs; the negation first unless a modal swallows it
  const auto particles = [&](bool modals) {
    for (const uint32_t* p = cl.children_begin(w); p != cl.children_end(w); ++p) {
      const Rel rel = cl.deps[*p].rel;
      if (rel == Rel::kSubj || rel == Rel::kConj || rel == Rel::kComp || rel == Rel::kGen) continue;
      c.memory.cues.for_each(*p, [&](const Hit& h) {
        const StanceRow& r = finder_.row(h);
        if (h.has(w) && r.kind != CueKind::kLooksLike && r.tag == Tag::kVerb) return;
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
      if (r.kind == CueKind::kCond && !(r.flags & (kEvenIf | kConcessive))) {
        // "if X had ..., Y would have": not so
        for (const Hit& x : c.memory.cues.hits) {
          if (finder_.row(x).kind != CueKind::kCounterfactual || finder_.row(x).tag != Tag::kAux || met(c, h)) continue;
          seen(c, h);
          st.cue(finder_.row(x), false);
          return;
        }
      }
      apply(h, false);
    });
  };
  const Dep& d = cl.deps[w];
  if (!(d.head != kNone && c.in.events.rows[c.event].carrier == d.head && w == c.in.events.rows[c.event].trigger)) {
    bool governed = false;  // a preposition that the head's own frame asks for introduces nothing
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
        add_holder(st, r, passed_on, true);
        matched = true;
        return;
      }
    }
    if (h.has(child) || !governs(c, h, child, parent)) return;
    if (r.kind == CueKind::kReport && own && r.stance == StanceKind::kAssert && d.rel == Rel::kObj && !(r.flags & kPresuppose)) return;
    if (seen(c, h)) { matched = true; return; }
    if ((r.flags & kPerforms) && child == e.trigger && d.rel != Rel::kComp && !verbal(word(c, child)) &&
        (!definite(c, child) || (word(c, child).lemma != kNone && lemmas_.row(word(c, child).lemma).base == kNone))) { matched = true; return; }
    if ((r.flags & kNeedEvent) && child != e.trigger && child != e.carrier) return;
    matched = true;
    if (r.kind == CueKind::kReport) {
      if (child == e.trigger && r.stance == StanceKind::kDeny && (ontology_.flags(e.type) & type_flag::kAccuses)) return;  // denied the accusation
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
  if (own && st.open && !st.reported()) {
    const auto aspect = static_cast<Aspect>(e.carrier_aspect);
    if (aspect == Aspect::kPrevent) { if (!neg) st.factuality = flip(st.factuality); used |= neg; }
    else if (aspect == Aspect::kPlan) { st.factuality = under(st.factuality, Factuality::kUu); st.future = true; }
    else if ((aspect == Aspect::kEnd) && neg) used = true;
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

void Stage::add_holder(StanceState& st, const StanceRow& r, const Holder& h, bool outermost) const {
  if (st.holders >= StanceState::kMaxHolders) return;
  for (uint8_t i = 0; i < st.holders; ++i)
    if (st.holder[i].words == h.words && !h.words.empty()) return;
  (void)outermost;
  st.holder[st.holders] = h;
  st.author[st.holders] = r.author;
  ++st.holders;
  st.note(r.id);
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
  bool found = asks_holder && !(r.flags & kNoHolder) && find_holder(c, h, holder);
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
    if ((r.flags & (kFuture | kWant)) || r.stance == StanceKind::kFear || r.stance == StanceKind::kHope) st.future = true;
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
  }
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
      if (r.author == Factuality::kCtPlus && !(r.flags & (kDistance | kAnonymous))) {
        st.open = false;  // it emerged that, it is known that
        return;
      }
      st.voice = true;
      st.unsourced = true;
    }
    return;
  }
  Holder passed_on;
  const bool chained = find_role(c, h, 'S', passed_on) && !(passed_on.words == holder.words);
  if (st.holders == 0) st.noun_report = r.tag == Tag::kNoun && own.tag == Tag::kNoun;
  holder.stance = neg && r.stance == StanceKind::kDeny && value == Factuality::kPsPlus ? StanceKind::kDeduce : r.stance;
  holder.cue = h.first();
  if (r.flags & kAnonymous) holder.anonymous = true;
  add_holder(st, r, holder, true);
  if (chained) {
    passed_on.stance = StanceKind::kQuote;
    passed_on.cue = h.first();
    add_holder(st, r, passed_on, true);
  }
}

void Stage::walk(Context& c, StanceState& st) const {
  const Event& e = c.in.events.rows[c.event];
  const ClauseLayer& cl = c.in.clauses;
  uint32_t cur = e.trigger;
  node(c, st, cur, false);
  for (int step = 0; step < kMaxPath; ++step) {
    const Dep& d = cl.deps[cur];
    const uint32_t parent = d.head;
    if (parent == kNone || parent < c.range.first || parent >= c.range.last) break;
    if (d.rel == Rel::kConj) {
      // joined words stand under the same governor; only a shared auxiliary is shared
      const Clause* k = clause_of(c, cur);
      const bool own_marker = k && k->predicate == cur && k->kind == ClauseKind::kComplement;
      bool used = false;
      if (own_marker) used = edge(c, st, cur, parent);
      (void)used;
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
    const bool used = edge(c, st, cur, parent);
    if (d.rel != Rel::kParataxis || c.applied_count != met_before) node(c, st, parent, used);
    cur = parent;
  }
}

// ---- holders -------------------------------------------------------------------------------------------------------------

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
  return r;
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
    if (c.memory.has_last && c.memory.last_sentence != c.sentence) { out = c.memory.last; return true; }
    for (int i = 0; i < kMaxAntecedents && m != kNone; ++i) {
      const Mention& x = in.mentions.rows[m];
      if (x.form != MentionForm::kPronoun) {
        out = Holder{};
        out.mention = m;
        out.words = x.head < c.range.last && x.head >= c.range.first ? holder_span(c, x.head, h.first()) : x.words;
        out.anonymous = x.anonymous;
        return true;
      }
      m = x.antecedent;
    }
    if (c.memory.has_last) { out = c.memory.last; return true; }
    return false;
  }
  if (verbal(w) && !predicate(c, head)) return false;
  if (w.tag == Tag::kVerb || w.tag == Tag::kPunct || w.tag == Tag::kAdv) return false;
  out = Holder{};
  out.mention = m;
  out.words = holder_span(c, head, h.first());
  if (m != kNone) out.anonymous = in.mentions.rows[m].anonymous;
  // an unnamed source, witness, official
  bool unnamed = false;
  c.memory.cues.for_each(head, [&](const Hit& x) { unnamed |= (finder_.row(x).flags & kHolderSelf) && (finder_.row(x).flags & kAnonymous); });
  for (uint32_t k = head + 1; k < out.words.last && unnamed; ++k) unnamed = !(word(c, k).tag == Tag::kPropn && in.clauses.deps[k].head == head && in.clauses.deps[k].case_word == kNone && (in.clauses.deps[k].rel == Rel::kFlat || in.clauses.deps[k].rel == Rel::kAppos));
  if (unnamed) out.anonymous = true;
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
      if (f.rel.rel == Rel::kSubj && a.word > at && !verbal(word(c, a.word)) && is_event(c, a.word)) continue;
      if (f.rel.rel == Rel::kAdj && (a.word >= c.in.mentions.of_word.size() || c.in.mentions.of_word[a.word] == kNone)) continue;
      found = a.word;
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
    if (found != kNone && holder_at(c, found, h, out)) return true;
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
      arguments(c, p, false, args);
      for (const Argument& a : args)
        if (a.rel == Rel::kSubj) return holder_at(c, a.word, h, out);
      break;
    }
  }
  if (c.memory.has_last && verbal(w) && w.get(feat::kPerson) != 1) { out = c.memory.last; return true; }
  return false;
}

// ---- the sentence as a whole ---------------------------------------------------------------------------------------------

// The main clause, or the main clause joined to it, that a word is in.
uint32_t Stage::segment(const Context& c, uint32_t w) const {
  const ClauseLayer& cl = c.in.clauses;
  for (int step = 0; step < kMaxPath; ++step) {
    const Dep& d = cl.deps[w];
    if (d.head == kNone) return w;
    if ((d.rel == Rel::kConj || d.rel == Rel::kParataxis) && predicate(c, w) && predicate(c, d.head)) {
      // joined to a main predicate?
      uint32_t up = d.head;
      bool main = true;
      for (int i = 0; i < kMaxPath && cl.deps[up].head != kNone; ++i) {
        if (cl.deps[up].rel != Rel::kConj && cl.deps[up].rel != Rel::kParataxis) { main = false; break; }
        up = cl.deps[up].head;
      }
      if (main) return w;
    }
    w = d.head;
  }
  return w;
}

void Stage::according(Context& c, StanceState& st) const {
  const Event& e = c.in.events.rows[c.event];
  const uint32_t own = segment(c, e.trigger);
  for (const Hit& h : c.memory.cues.hits) {
    const StanceRow& r = finder_.row(h);
    if (r.kind != CueKind::kReport || (r.tag != Tag::kAdp && r.tag != Tag::kAdv && r.tag != Tag::kSconj)) continue;
    bool of_holder = false;
    for (const FrameItem& f : finder_.frame(r)) of_holder |= f.role == 'H' && (f.rel.rel == Rel::kGen || f.rel.rel == Rel::kSubj || f.rel.rel == Rel::kObl);
    for (const FrameItem& f : finder_.frame(r)) of_holder &= f.role != 'C';
    if (!of_holder) continue;
    // its holder: what stands under the preposition; or the subject of the report in "as X said"
    uint32_t head = kNone;
    for (uint32_t w = h.last() + 1; w < c.range.last && w <= h.last() + 8; ++w) {
      if (word(c, w).tag == Tag::kPunct && w > h.last() + 1) break;
      const uint32_t cw = c.in.clauses.deps[w].case_word;
      if (cw != kNone && h.has(cw)) { head = w; break; }
    }
    Holder holder;
    bool found = false;
    uint32_t seat = h.first();
    // a verb of saying behind it
    for (uint32_t w = h.last() + 1; w < c.range.last && w <= h.last() + 3 && !found; ++w) {
      if (word(c, w).tag == Tag::kPunct) break;
      if (!verbal(word(c, w))) continue;
      c.memory.cues.for_each(w, [&](const Hit& v) {
        const StanceRow& x = finder_.row(v);
        if (x.kind == CueKind::kReport && x.tag == Tag::kVerb && !found) { found = find_holder(c, v, holder); seat = w; }
      });
      if (!found) {
        c.memory.args.clear();
        arguments(c, w, false, c.memory.args);
        for (const Argument& a : c.memory.args)
          if (a.rel == Rel::kSubj && holder_at(c, a.word, h, holder)) { found = true; seat = w; break; }
      }
      break;
    }
    if (!found && (r.flags & (kNeedReport | kClause))) continue;
    if (!found) {
      if (head == kNone)
        for (uint32_t w = h.last() + 1; w < c.range.last && w <= h.last() + 4; ++w) {
          const Tag t = word(c, w).tag;
          if (t == Tag::kPunct && w > h.last() + 1) break;
          if (t == Tag::kNoun || t == Tag::kPropn || t == Tag::kPron) { head = w; break; }
        }
      if (head == kNone) continue;
      // the account of X: X
      c.memory.cues.for_each(head, [&](const Hit& v) {
        const StanceRow& x = finder_.row(v);
        if (x.kind == CueKind::kReport && x.tag == Tag::kNoun && x.stance == StanceKind::kClaim && !found) found = find_holder(c, v, holder);
      });
      if (!found) found = holder_at(c, head, h, holder);
    }
    if (!found) continue;
    if (holder.words.contains(e.trigger)) continue;
    bool inside = false;
    for (uint32_t w = e.trigger, i = 0; w != kNone && i < kMaxPath; w = c.in.clauses.deps[w].head, ++i) inside |= head != kNone && w == head;
    if (inside) continue;
    // its reach: the main clause it stands in; from the beginning of the sentence also those that follow
    const uint32_t at = segment(c, seat);
    uint32_t lead = c.range.first;
    while (lead < h.first() && (word(c, lead).tag == Tag::kCconj || word(c, lead).tag == Tag::kPunct)) ++lead;
    const bool initial = lead == h.first();
    if (at != own && !(initial && st.holders == 0 && e.trigger > h.last())) continue;
    if (initial && at != own) {
      bool contrast = false;
      for (uint32_t w = e.trigger; w > h.last() && !contrast; --w) contrast = word(c, w).tag == Tag::kPunct && c.in.text.tokens[word(c, w).token].punct == ';';
      if (contrast) continue;
    }
    if (seen(c, h)) continue;
    if (st.holders == 0 && !st.voice) {
      st.content = st.factuality;
      st.factuality = under(st.factuality, r.value);
    }
    st.voice = false;
    st.unsourced = false;
    if (r.stance == StanceKind::kClaim) st.alleged = true;
    // a denial without a holder of its own ("there is no truth to") takes this one
    holder.stance = r.stance == StanceKind::kQuote ? StanceKind::kQuote : r.stance;
    holder.cue = h.first();
    if (r.flags & kAnonymous) holder.anonymous = true;
    const bool innermost = r.stance == StanceKind::kQuote && st.holders > 0 && (r.flags & kDistance) == 0;
    add_holder(st, r, holder, true);
    if (innermost) std::rotate(st.holder, st.holder + st.holders - 1, st.holder + st.holders);
  }
}

// Where the tree fails: a reporting verb before the event with its complementizer behind it, or a bare one that can only be
// finite; or one at the end of the sentence after a comma, "..., the agency said".
void Stage::nearby(Context& c, StanceState& st) const {
  const Event& e = c.in.events.rows[c.event];
  const ClauseLayer& cl = c.in.clauses;
  const auto punct = [&](uint32_t w) { return word(c, w).tag == Tag::kPunct ? c.in.text.tokens[word(c, w).token].punct : 0; };
  const Hit* best = nullptr;
  for (const Hit& h : c.memory.cues.hits) {
    const StanceRow& r = finder_.row(h);
    if (r.kind != CueKind::kReport || r.tag != Tag::kVerb || h.count > 2 || met(c, h) || (r.flags & (kAccuse | kBackground))) continue;
    const uint32_t at = h.first();
    if (!verbal(word(c, at)) || at == e.trigger || at == e.carrier) continue;
    bool takes_clause = false;
    for (const FrameItem& f : finder_.frame(r)) takes_clause |= f.role == 'C' && f.rel.rel == Rel::kComp;
    if (!takes_clause) continue;
    const bool loose = word(c, at).get(feat::kVerbForm) == 4 || word(c, at).get(feat::kVerbForm) == 2;
    if (loose && passive(c, at)) continue;
    if (at < e.trigger) {
      bool broken = false, marker = false;
      for (uint32_t w = at + 1; w < e.trigger; ++w) {
        const char32_t p = punct(w);
        if (p == ';' || p == 0x061B || p == ':' || p == '"' || p == 0xBB || p == 0xAB) broken = true;
        if (p == ',' && w > at + 1 && w + 1 < c.range.last && word(c, w + 1).tag == Tag::kCconj) broken = true;
      }
      if (broken) continue;
      marker = complementizer(c, at + 1, e.trigger);
      bool complement = false;
      for (const uint32_t* p = cl.children_begin(at); p != cl.children_end(at); ++p)
        complement |= *p > at && (cl.deps[*p].rel == Rel::kComp || cl.deps[*p].rel == Rel::kAdvcl || is_event(c, *p));
      const Tag next = word(c, at + 1).tag;
      const bool bare = loose && cl.deps[at].rel == Rel::kAcl && next != Tag::kPunct && next != Tag::kAdp && at + 1 < e.trigger;
      const bool lost = !complement && verbal(word(c, e.trigger)) && next != Tag::kPunct && next != Tag::kAdp && at + 6 >= e.trigger;
      if (!marker && !bare && !lost) continue;
      if (!best || best->first() < at) best = &h;
    } else {
      // ", NP said." or ", said NP"
      uint32_t w = at;
      bool comma = false;
      for (uint32_t back = 0; back < 8 && w > e.trigger; ++back) {
        --w;
        const char32_t p = punct(w);
        if (p == ',' || p == 0x060C || p == '"' || p == 0xBB || p == 0x201D) { comma = true; break; }
        if (verbal(word(c, w))) break;
      }
      if (!comma) continue;
      bool content = false;
      for (const uint32_t* p = cl.children_begin(at); p != cl.children_end(at); ++p) content |= *p > at && cl.deps[*p].rel == Rel::kComp;
      for (uint32_t k = at + 1; k < c.range.last && k < at + 3; ++k) content |= cl.deps[k].rel == Rel::kMark;
      for (uint32_t k = w; k < at; ++k) content |= word(c, k).tag == Tag::kCconj || word(c, k).tag == Tag::kSconj || cl.deps[k].rel == Rel::kMark;
      uint32_t rest = 0;
      for (uint32_t k = at + 1; k < c.range.last && (k < at + 2 || word(c, k).tag != Tag::kPunct); ++k) { rest += word(c, k).tag != Tag::kPunct; content |= is_event(c, k); }
      if (content || rest > 8 || is_event(c, at) || (at + 1 < c.range.last && word(c, at + 1).tag == Tag::kSconj)) continue;
      if (!best) best = &h;
    }
  }
  if (!best) return;
  for (uint8_t i = 0; i < st.holders; ++i)
    if (st.holder[i].cue != kNone && (st.holder[i].cue >= best->first() || best->first() > e.trigger)) return;
  if (seen(c, *best)) return;
  // an inner report that the tree has lost: the outer ones are put around it again
  const StanceState outer = st;
  if (st.holders) {
    st.factuality = st.content;
    st.holders = 0;
    st.alleged = false;
  }
  report(c, st, *best, best->first());
  if (!outer.open) st.open = false;
  for (uint8_t i = 0; i < outer.holders && st.holders < StanceState::kMaxHolders; ++i) {
    st.author[st.holders] = outer.author[i];
    st.holder[st.holders++] = outer.holder[i];
  }
  st.alleged |= outer.alleged;
}

void Stage::quotation(Context& c, StanceState& st) const {
  const Event& e = c.in.events.rows[c.event];
  const uint32_t token = word(c, e.trigger).token;
  const Quote* quote = nullptr;
  for (const Quote& q : c.in.text.quotes)
    if (q.first_token <= token && token < q.last_token) { quote = &q; break; }
  if (!quote || quote->last_token - quote->first_token < kShortQuote) return;
  const auto in_quote = [&](uint32_t w) { return word(c, w).token >= quote->first_token && word(c, w).token < quote->last_token; };
  for (uint8_t i = 0; i < st.holders; ++i) {
    const uint32_t cue = st.holder[i].cue;
    if (cue != kNone && cue >= c.range.first && cue < c.range.last && !in_quote(cue)) return;
  }
  const Hit* best = nullptr;
  uint32_t best_cost = kNone;
  for (const Hit& h : c.memory.cues.hits) {
    const StanceRow& r = finder_.row(h);
    if (r.kind != CueKind::kReport || r.tag == Tag::kNoun || r.tag == Tag::kAdj || r.tag == Tag::kAdp || (r.flags & (kPresuppose | kAccuse))) continue;
    if (in_quote(h.first())) continue;
    const uint32_t t = word(c, h.first()).token;
    const uint32_t cost = t < quote->first_token ? quote->first_token - t + 1 : t - quote->last_token;
    if (cost < best_cost) { best_cost = cost; best = &h; }
  }
  Holder holder;
  const StanceRow* row = nullptr;
  if (best && find_holder(c, *best, holder)) {
    row = &finder_.row(*best);
    holder.cue = best->first();
    holder.stance = row->stance;
  } else {
    const Sentence& s = c.in.text.sentences[c.sentence];
    const bool whole = quote->first_token <= s.first_token + 1;
    if (!whole || !c.memory.has_last || c.memory.last_sentence == kNone || c.sentence - c.memory.last_sentence > 3) return;
    holder = c.memory.last;
    holder.stance = StanceKind::kQuote;
  }
  if (st.holders == 0 && !st.voice) {
    st.content = st.factuality;
    if (row && (row->stance == StanceKind::kAsk || row->stance == StanceKind::kDoubt)) st.factuality = under(st.factuality, row->value);
  }
  if (holder.stance == StanceKind::kClaim) st.alleged = true;
  if (st.holders < StanceState::kMaxHolders) {
    st.holder[st.holders] = holder;
    st.author[st.holders++] = row && row->author == Factuality::kCtPlus ? Factuality::kUu : row ? row->author : Factuality::kUu;
    if (row) st.note(row->id);
  }
}

// "Minister: troops will leave" and "Troops will leave: minister".
void Stage::headline(Context& c, StanceState& st) const {
  const Event& e = c.in.events.rows[c.event];
  uint32_t colon = kNone;
  for (uint32_t w = c.range.first; w < c.range.last && colon == kNone; ++w)
    if (word(c, w).tag == Tag::kPunct && c.in.text.tokens[word(c, w).token].punct == ':') colon = w;
  if (colon == kNone || colon == c.range.first || colon - c.range.first > kHeadlineWords || e.trigger < colon) return;
  for (uint8_t i = 0; i < st.holders; ++i)
    if (st.holder[i].words.first < colon) return;
  const Hit* said = nullptr;
  uint32_t head = kNone;
  for (uint32_t w = c.range.first; w < colon; ++w) {
    c.memory.cues.for_each(w, [&](const Hit& h) {
      const StanceRow& r = finder_.row(h);
      if (r.kind == CueKind::kReport && r.tag == Tag::kVerb && !(r.flags & (kPresuppose | kAccuse))) said = &h;
    });
    if (verbal(word(c, w)) && !said) return;
    if (head == kNone && (word(c, w).tag == Tag::kNoun || word(c, w).tag == Tag::kPropn || word(c, w).tag == Tag::kAdj)) {
      const uint32_t m = w < c.in.mentions.of_word.size() ? c.in.mentions.of_word[w] : kNone;
      if (m != kNone) head = w;
    }
  }
  Holder holder;
  if (said) {
    if (!find_holder(c, *said, holder)) return;
    holder.cue = said->first();
    holder.stance = finder_.row(*said).stance;
    if (st.holders == 0 && holder.stance == StanceKind::kAsk) st.factuality = Factuality::kUu;
  } else {
    if (head != kNone) {
      if (!holder_at(c, head, Hit{}, holder)) return;
    } else {
      uint32_t first = c.range.first, last = colon;
      while (first < last && word(c, first).tag == Tag::kPunct) ++first;
      while (last > first && word(c, last - 1).tag == Tag::kPunct) --last;
      if (first == last || last - first > 3) return;
      holder.words = {first, last};
    }
    holder.cue = colon;
    holder.stance = StanceKind::kAssert;
  }
  if (st.holders == 0) st.content = st.factuality;
  st.voice = st.unsourced = false;
  if (holder.stance == StanceKind::kClaim) st.alleged = true;
  if (st.holders < StanceState::kMaxHolders) {
    st.holder[st.holders] = holder;
    st.author[st.holders++] = Factuality::kUu;
  }
}

void Stage::whole_sentence(Context& c, StanceState& st) const {
  const Event& e = c.in.events.rows[c.event];
  const Sentence& s = c.in.text.sentences[c.sentence];
  if (s.question && st.open && !st.reported() && st.factuality != Factuality::kUu) {
    const uint32_t seg = segment(c, e.trigger);
    bool marked = false, here = false, presupposed = false;
    for (const Clause& k : c.in.clauses.clauses)
      if (k.predicate != kNone && k.question && c.range.contains(k.predicate)) { marked = true; here |= segment(c, k.predicate) == seg; }
    for (const Hit& h : c.memory.cues.hits) {
      const StanceRow& r = finder_.row(h);
      if (r.kind != CueKind::kQuestion || h.first() > e.trigger) continue;
      if (r.value == Factuality::kCtPlus) presupposed = true;
    }
    bool before = false, after = false;
    for (const Hit& h : c.memory.cues.hits)
      if (finder_.row(h).kind == CueKind::kQuestion) (h.first() < e.trigger ? before : after) = true;
    for (uint32_t w = e.trigger; w < c.range.last; ++w)
      after |= word(c, w).tag == Tag::kPunct && (c.in.text.tokens[word(c, w).token].punct == ';' || c.in.text.tokens[word(c, w).token].punct == 0x061B);
    if (after && !before) { marked = true; here = false; }
    const uint32_t last = segment(c, c.range.last - 1);
    if (!marked && last != seg && last > e.trigger) { marked = true; here = false; }
    if ((!marked || here) && !presupposed) { st.factuality = Factuality::kUu; st.modal = true; }
  }
  for (const Hit& h : c.memory.cues.hits) {
    const StanceRow& r = finder_.row(h);
    if (r.kind == CueKind::kAllegation && !st.reported()) { st.allegation = true; st.note(r.id); }
  }
  if (!st.voice) nearby(c, st);
  quotation(c, st);
  headline(c, st);
  according(c, st);
}

// ---- time ----------------------------------------------------------------------------------------------------------------

Tense Stage::verb_tense(const Context& c, uint32_t v, bool& fixed) const {
  const ClauseLayer& cl = c.in.clauses;
  const Word& w = word(c, v);
  fixed = false;
  if (w.get(feat::kFuture)) { fixed = true; return Tense::kFuture; }
  bool future = false, past = false, present = false, aux = false, modal = false, neg_past = false;
  const auto look = [&](uint32_t x) {
    c.memory.cues.for_each(x, [&](const Hit& h) {
      const StanceRow& r = finder_.row(h);
      if (h.has(v)) return;
      if ((r.scope & stance_scope::kVerb) == 0 && (r.scope & stance_scope::kClause) == 0) return;
      if (r.kind == CueKind::kReport) return;
      if ((r.flags & kFuture) && r.kind != CueKind::kPurpose) future = true;
      if ((r.flags & kPast) && r.kind == CueKind::kNeg) neg_past = true;
      if (r.kind == CueKind::kModal && r.value != Factuality::kCtPlus && r.value != Factuality::kUu) modal = true;
    });
  };
  bool perfect = false;
  for (const uint32_t* p = cl.children_begin(v); p != cl.children_end(v); ++p) {
    const Dep& d = cl.deps[*p];
    if (d.rel != Rel::kAux && d.rel != Rel::kNeg && d.rel != Rel::kMark && d.rel != Rel::kAdv) continue;
    look(*p);
    if (d.rel != Rel::kAux) continue;
    const Word& a = word(c, *p);
    aux = true;
    if (a.get(feat::kFuture)) future = true;
    if (a.get(feat::kAspect) == 1) past = true;
    else if (a.get(feat::kAspect) == 2) present = true;
    else if (a.get(feat::kVerbForm) == 2) perfect = true;  // "have" behind a modal
  }
  for (uint32_t back = 1; back <= 2 && v >= c.range.first + back; ++back) {
    const Word& before = word(c, v - back);
    if (before.tag == Tag::kPunct || before.tag == Tag::kNoun || before.tag == Tag::kVerb) break;
    look(v - back);
  }
  const uint32_t aspect = w.get(feat::kAspect), form = w.get(feat::kVerbForm);
  if (aspect == 1 && form != 4) { fixed = true; return Tense::kPast; }
  if (neg_past) { fixed = true; return Tense::kPast; }
  if (form == 4) {
    fixed = !future;
    if (future && !perfect) return Tense::kFuture;
    return Tense::kPast;
  }
  if (future) { fixed = true; return Tense::kFuture; }
  if (aspect == 2) {
    if (past) { fixed = true; return Tense::kPast; }
    return modal ? Tense::kFuture : Tense::kPresent;
  }
  if (aux) {
    if (past) { fixed = true; return Tense::kPast; }
    if (modal) return perfect ? Tense::kPast : Tense::kFuture;
    if (present) return Tense::kPresent;
  }
  return Tense::kPast;
}

bool Stage::long_ago(const Context& c, uint32_t event) const {
  const Event& e = c.in.events.rows[event];
  if (e.time == kNone || !c.in.doc->date.year) return false;
  const TimeExpression& t = c.in.times.rows[e.time];
  if (!t.resolved) return false;
  // only a date of its own
  uint32_t w = t.words.last - 1;
  for (uint32_t k = t.words.first; k < t.words.last; ++k)
    if (c.in.clauses.deps[k].head != kNone && !t.words.contains(c.in.clauses.deps[k].head)) { w = k; break; }
  for (int i = 0; i < 5 && w != kNone; ++i) {
    w = c.in.clauses.deps[w].head;
    if (w == e.trigger || (e.carrier != kNone && w == e.carrier)) break;
    if (w == kNone || is_event(c, w)) return false;
  }
  const CivilDate& at = t.end.year ? t.end : t.begin;
  if (t.grain >= Grain::kYear || !at.month) return at.year + 1 < c.in.doc->date.year || (at.year < c.in.doc->date.year && t.grain > Grain::kYear);
  return days(c.in.doc->date) - days(at) > kHistoricalDays;
}

Tense Stage::tense(Context& c, const StanceState& st) const {
  const Event& e = c.in.events.rows[c.event];
  const ClauseLayer& cl = c.in.clauses;
  bool fixed = false;
  Tense t = Tense::kPast;
  uint32_t v = kNone;
  if (verbal(word(c, e.trigger))) v = e.trigger;
  else if (e.carrier != kNone && verbal(word(c, e.carrier))) v = e.carrier;
  bool governed = false, subordinate = false;
  if (v != kNone) {
    t = verb_tense(c, v, fixed);
    const Word& w = word(c, v);
    if (w.get(feat::kAspect) == 0 && !fixed) {
      // infinitive or gerund: as what governs it has it
      bool aux = false;
      for (const uint32_t* p = cl.children_begin(v); p != cl.children_end(v); ++p) aux |= cl.deps[*p].rel == Rel::kAux;
      if (!aux) governed = true;
    }
    const Clause* k = clause_of(c, v);
    if (k && k->predicate == v && k->marker != kNone && k->marker + 1 == v && w.get(feat::kAspect) == 2 && !fixed) governed = subordinate = true;
  } else {
    governed = true;
  }
  if (governed && !st.future) {
    uint32_t p = v != kNone ? v : e.trigger;
    for (int i = 0; i < 4 && p != kNone; ++i) {
      p = cl.deps[p].head;
      if (p == kNone || !c.range.contains(p)) break;
      if (is_event(c, p)) break;
      if (!verbal(word(c, p))) continue;
      bool report = false;
      c.memory.cues.for_each(p, [&](const Hit& h) { report |= finder_.row(h).kind == CueKind::kReport; });
      if (report) break;
      bool ignored = false;
      const Tense up = verb_tense(c, p, ignored);
      if (st.open || up == Tense::kPast) t = up;
      if (up == Tense::kPast) fixed = false;
      break;
    }
  }
  if (st.past && t != Tense::kPast) t = Tense::kPast;
  else if (st.future && !(fixed && t == Tense::kPast)) t = Tense::kFuture;
  else if (st.modal && t == Tense::kPresent && st.factuality != Factuality::kCtPlus && st.factuality != Factuality::kPrPlus && st.factuality != Factuality::kCtMinus) t = Tense::kFuture;
  else if (st.modal && subordinate) t = Tense::kFuture;
  if (t == Tense::kPast && st.holders == 0 && (st.historical || long_ago(c, c.event))) t = Tense::kHistorical;
  return t;
}

// ---- rows ----------------------------------------------------------------------------------------------------------------

void Stage::emit(Context& c, const StanceState& st) const {
  EventStatus row;
  row.event = c.event;
  row.chain_begin = static_cast<uint32_t>(c.out.holders.size());
  Holder author;
  author.author = true;
  c.out.holders.push_back(author);
  for (uint8_t i = st.holders; i-- > 0;) c.out.holders.push_back(st.holder[i]);
  row.chain_end = static_cast<uint32_t>(c.out.holders.size());
  row.factuality = st.factuality;
  row.author = st.author_view();
  row.tense = tense(c, st);
  row.happened = (st.factuality == Factuality::kCtPlus || st.factuality == Factuality::kPrPlus) && row.tense != Tense::kFuture;
  row.alleged = st.alleged;
  row.unsourced = st.unsourced;
  for (uint8_t i = 0; i < st.rules; ++i) row.rules.push_back(st.rule[i]);
  if (st.allegation && st.holders == 0) { row.alleged = true; row.unsourced = true; ++c.memory.allegations; }
  ++c.memory.statements;
  if (st.holders) ++c.memory.attributed;
  c.out.rows.push_back(std::move(row));
}

// "..., which Ankara denied", "but Islamabad denied it": a second word on the event before.
void Stage::echoes(Context& c) const {
  const ClauseLayer& cl = c.in.clauses;
  const auto hits = c.memory.cues.hits.size();
  for (size_t i = 0; i < hits; ++i) {
    const Hit h = c.memory.cues.hits[i];
    const StanceRow& r = finder_.row(h);
    if (r.kind != CueKind::kReport || r.tag != Tag::kVerb || (r.flags & (kPresuppose | kAccuse))) continue;
    const uint32_t at = h.first();
    if (!verbal(word(c, at))) continue;
    bool pronoun = false, content = false;
    for (const uint32_t* p = cl.children_begin(at); p != cl.children_end(at); ++p) {
      const Dep& d = cl.deps[*p];
      const Word& w = word(c, *p);
      if (d.rel == Rel::kObj || (d.rel == Rel::kMark && w.get(feat::kRelative))) {
        if (w.tag == Tag::kPron || w.tag == Tag::kDet || w.get(feat::kRelative)) pronoun = true;
        else content = true;
      } else if (d.rel == Rel::kComp) {
        content = true;
      }
    }
    if (!pronoun && cl.deps[at].rel == Rel::kAcl && r.stance == StanceKind::kDeny) pronoun = true;
    if (!pronoun || content) continue;
    if (r.stance != StanceKind::kDeny && !(r.stance == StanceKind::kAssert && cl.deps[at].rel == Rel::kAcl)) continue;
    // the nearest event before it that has a row and is no accusation itself
    const EventStatus* found = nullptr;
    for (uint32_t k = c.first_row; k < c.out.rows.size(); ++k) {
      const EventStatus& row = c.out.rows[k];
      const Event& e = c.in.events.rows[row.event];
      if (e.trigger >= at || (ontology_.flags(e.type) & type_flag::kAccuses)) continue;
      if (!found || e.trigger >= c.in.events.rows[found->event].trigger) found = &row;
    }
    if (!found) continue;
    StanceState st;
    c.event = found->event;
    const Tense t = found->tense;
    Holder holder;
    if (!find_holder(c, h, holder) || holder.words.empty()) continue;
    bool same = false;
    for (uint32_t k = found->chain_begin; k < found->chain_end; ++k) same |= c.out.holders[k].words == holder.words;
    if (same) continue;
    holder.stance = r.stance;
    holder.cue = at;
    const bool neg = negated(c, at);
    const Factuality value = neg ? (r.has_negated ? r.negated : Factuality::kUu) : r.value;
    st.content = Factuality::kCtPlus;
    st.factuality = under(Factuality::kCtPlus, value);
    add_holder(st, r, holder, true);
    emit(c, st);
    c.out.rows.back().tense = t;
    c.out.rows.back().happened = positive(st.factuality) && st.factuality != Factuality::kPsPlus && t != Tense::kFuture;
    c.out.rows.back().author = Factuality::kUu;
  }
}

void Stage::remember(Context& c) const {
  const ClauseLayer& cl = c.in.clauses;
  uint32_t best_depth = kNone;
  Holder best;
  for (size_t i = 0; i < c.memory.cues.hits.size(); ++i) {
    const Hit h = c.memory.cues.hits[i];
    const StanceRow& r = finder_.row(h);
    if (r.kind != CueKind::kReport || (r.flags & (kPresuppose | kNoHolder))) continue;
    if (r.tag != Tag::kVerb || !verbal(word(c, h.first()))) continue;
    uint32_t depth = 0;
    for (uint32_t w = h.first(); w != kNone && depth < kMaxPath; w = cl.deps[w].head) ++depth;
    if (depth > best_depth) continue;
    Holder holder;
    if (!find_holder(c, h, holder) || holder.words.empty()) continue;
    best = holder;
    best_depth = depth;
  }
  if (best_depth != kNone) {
    c.memory.last = best;
    c.memory.has_last = true;
    c.memory.last_sentence = c.sentence;
  }
}

void Stage::run(const Analysis& in, uint32_t s, StanceMemory& memory, StanceLayer& out) const {
  const WordRange range = in.words.of_sentence(s);
  const auto& events = in.events.rows;
  while (memory.next_event < events.size() && events[memory.next_event].sentence < s) ++memory.next_event;
  if (range.empty()) return;
  finder_.run(in, range, memory.cues);
  finder_.evaluative(in, s, range, out.evaluative);
  Context c{in, s, range, memory, out};
  c.first_row = static_cast<uint32_t>(out.rows.size());
  for (uint32_t i = memory.next_event; i < events.size() && events[i].sentence == s; ++i) {
    c.event = i;
    c.applied_count = 0;
    c.forked = false;
    StanceState st;
    walk(c, st);
    StanceState fork = c.fork;
    whole_sentence(c, st);
    emit(c, st);
    if (c.forked) emit(c, fork);
  }
  if (out.rows.size() > c.first_row) {
    echoes(c);
    std::stable_sort(out.rows.begin() + c.first_row, out.rows.end(), [](const EventStatus& a, const EventStatus& b) { return a.event < b.event; });
  }
  remember(c);
  const Sentence& sentence = in.text.sentences[s];
  const auto quoted = [&](uint32_t w) {
    const uint32_t t = in.words.words[w].token;
    for (const Quote& q : in.text.quotes)
      if (q.first_token <= t && t < q.last_token) return true;
    return false;
  };
  bool first_person = false;
  for (uint32_t w = range.first; w < range.last && !first_person; ++w) first_person = in.words.words[w].get(feat::kPerson) == 1 && !quoted(w);
  if (first_person && !sentence.in_title) ++memory.first_person;
  if (sentence.question && !quoted(range.first)) ++memory.questions;
  for (const Hit& h : memory.cues.hits)
    if (finder_.row(h).kind == CueKind::kOpinion || finder_.row(h).kind == CueKind::kAllegation) { ++memory.opinions; break; }
}

// The genre by simple votes; each vote is a reason that the record shows.
void Stage::finish(const Analysis& in, const StanceMemory& memory, StanceLayer& out) const {
  const auto sentences = static_cast<uint32_t>(in.text.sentences.size());
  int opinion = 0, report = 0;
  const auto reason = [&](GenreReason r) {
    const auto i = static_cast<size_t>(r);
    if (i < reasons_.size()) out.genre_reasons.push_back(reasons_[i]);
  };
  out.genre_reasons.clear();
  if (memory.first_person * 8 >= sentences && memory.first_person >= 2) { opinion += 2; reason(GenreReason::kFirstPerson); }
  else if (memory.first_person >= 1 && memory.first_person * 12 >= sentences) { opinion += 1; reason(GenreReason::kFirstPerson); }
  if (memory.questions >= 2 || (memory.questions == 1 && sentences <= 12)) { opinion += 1; reason(GenreReason::kQuestions); }
  if (out.evaluative.size() * 5 >= sentences && out.evaluative.size() >= 2) { opinion += 2; reason(GenreReason::kEvaluative); }
  if (memory.allegations + memory.opinions >= 1) { opinion += 1; reason(GenreReason::kAllegations); }
  if (memory.statements >= 4 && memory.attributed * 5 <= memory.statements) { opinion += 1; reason(GenreReason::kFewSources); }
  if (memory.statements >= 2 && memory.attributed * 2 >= memory.statements) { report += 2; reason(GenreReason::kManySources); }
  out.genre_known = opinion + report >= 2 && opinion != report;
  out.opinion = opinion > report && opinion >= 2;
  if (out.genre_known && !out.opinion && opinion > report) out.genre_known = false;
}

}  // namespace

std::unique_ptr<StanceStage> StanceStage::open(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                                               const Lexicon* lexicon) {
  return std::make_unique<Stage>(std::move(pack), lang, std::move(world), lexicon);
}

}  // namespace biruni
