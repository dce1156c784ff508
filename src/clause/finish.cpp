// The end of a sentence: clauses without a verb get their predicate, copulas step down from their complements, every
// word gets a head.
#include "clause/parser.h"

namespace biruni {
using namespace word_class;

// Gives the innermost open level a predicate without a verb. Returns false if there is nothing to take.
bool SentenceParser::resolve_nominal() {
  if (!open()) return false;
  const Level l = level();
  const int from = l.pending;
  int subject = -1, predicate = -1, first_bare = -1, any = -1, clause = -1;
  for (int k = from; k < p_; ++k) {
    const int c = pending_[k];
    const Node& n = v_[c];
    if (n.head >= 0) continue;
    if (n.predicate) { if (clause < 0) clause = c; continue; }
    if (any < 0 || (v_[any].cat != Cat::kNominal && n.cat == Cat::kNominal)) any = c;
    const bool nominal = n.cat == Cat::kNominal || n.cat == Cat::kNumber || n.cat == Cat::kDet || n.cat == Cat::kAdjective;
    if (!nominal || n.time) continue;
    if (n.case_node >= 0) {
      if (subject >= 0 && predicate < 0) predicate = c;
      continue;
    }
    if (first_bare < 0) first_bare = c;
    if (subject < 0) { subject = c; continue; }
    if (n.tag == Tag::kPron && !in_.words.words[base_ + c].clitic) continue;
    if (predicate < 0 || v_[predicate].case_node >= 0) predicate = c;
  }
  int v = -1;
  if (set_.nominal_clause && subject >= 0 && predicate >= 0 && v_[subject].definite) v = predicate;
  else if (first_bare >= 0) v = first_bare;
  else if (any >= 0) v = any;
  else if (clause >= 0) v = clause;
  if (v < 0) {
    if (levels_ > 1) {
      --levels_;
      f_ = l.frontier;
      const int to = top() >= 0 ? top() : root_;
      if (l.marker >= 0 && to >= 0 && v_[l.marker].head < 0) attach(l.marker, to, l.kind == LevelKind::kParen ? Rel::kPunct : Rel::kMark);
      if (l.prep >= 0 && to >= 0) attach(l.prep, to, Rel::kDep);
      if (l.cc >= 0 && to >= 0) attach(l.cc, to, Rel::kCc);
      return true;
    }
    return false;
  }
  v_[v].predicate = true;
  if (v_[v].kind != ClauseKind::kMain && l.kind == LevelKind::kRoot) v_[v].kind = ClauseKind::kMain;
  fill(v);
  return true;
}

void SentenceParser::swap_copulas() {
  for (int p = 0; p < n_; ++p) {
    Node& k = v_[p];
    if (!k.predicate || !k.is(kCopula)) continue;
    if (k.pred < 0) {
      bool expletive = k.expletive;
      int obl = -1;
      for (int c = 0; c < n_; ++c) {
        if (v_[c].head != p) continue;
        if (v_[c].is(kExistential)) expletive = true;
        if (!set_.noun_first && c > p && obl < 0 && (v_[c].rel == Rel::kObl) && v_[c].case_node >= 0) obl = c;
      }
      if (!expletive && obl >= 0 && k.subj >= 0) k.pred = static_cast<int16_t>(obl);
    }
    const int c = k.pred;
    if (c < 0 || v_[c].head != p) continue;
    Node& x = v_[c];
    x.head = k.head;
    x.rel = k.rel;
    x.predicate = true;
    x.kind = k.kind;
    x.marker = k.marker >= 0 ? k.marker : x.marker;
    if (k.case_node >= 0) x.case_node = k.case_node;
    x.negated = x.negated || k.negated;
    x.has_rel = x.has_rel || k.has_rel;
    x.finite = true;
    x.question = x.question || k.question;
    if (x.subj < 0) x.subj = k.subj;
    k.predicate = false;
    for (int m = 0; m < n_; ++m) if (v_[m].head == p && m != c && !v_[m].inner) v_[m].head = static_cast<int16_t>(c);
    attach(p, c, Rel::kAux);
    if (root_ == p) root_ = c;
  }
}

void SentenceParser::finish_sentence() {
  while (open() && resolve_nominal()) {}
  if (root_ < 0) {
    for (int i = 0; i < n_ && root_ < 0; ++i) if (!v_[i].inner && v_[i].cat != Cat::kPunct && v_[i].head < 0) root_ = i;
    if (root_ < 0) root_ = 0;
    v_[root_].head = -1;
    v_[root_].rel = Rel::kRoot;
  }
  if (prep_ >= 0 && v_[prep_].head < 0) attach(prep_, root_, Rel::kDep);
  if (cc_ >= 0 && v_[cc_].head < 0) attach(cc_, root_, Rel::kCc);
  swap_copulas();
  for (int i = 0; i < n_; ++i) {
    if (i == root_ || v_[i].head >= 0) continue;
    const Cat c = v_[i].cat;
    attach(i, root_, c == Cat::kPunct ? Rel::kPunct : c == Cat::kCc ? Rel::kCc : c == Cat::kAdverb ? Rel::kAdv : Rel::kDep);
  }
  v_[root_].head = -1;
  v_[root_].rel = Rel::kRoot;
  if (order_nodes()) return;
  break_cycles();
  order_nodes();
}

// False if some nodes are in a cycle.
bool SentenceParser::order_nodes() {
  int16_t open_children[kMaxNodes];
  std::fill_n(open_children, n_, int16_t{0});
  for (int i = 0; i < n_; ++i) if (v_[i].head >= 0) ++open_children[v_[i].head];
  int ready = 0;
  for (int i = 0; i < n_; ++i) if (open_children[i] == 0) order_[ready++] = static_cast<int16_t>(i);
  for (int done = 0; done < ready; ++done) {
    const int h = v_[order_[done]].head;
    if (h >= 0 && --open_children[h] == 0) order_[ready++] = static_cast<int16_t>(h);
  }
  return ready == n_;
}

// Whatever does not reach the root hangs on it.
void SentenceParser::break_cycles() {
  int8_t state[kMaxNodes] = {};
  state[root_] = 2;
  for (int i = 0; i < n_; ++i) {
    int k = i;
    while (state[k] == 0) { state[k] = 1; k = v_[k].head; }
    if (state[k] == 1) attach(k, root_, Rel::kDep);
    for (int m = i; state[m] == 1;) { state[m] = 2; m = v_[m].head; }
  }
}

}  // namespace biruni
