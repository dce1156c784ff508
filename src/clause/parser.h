// One sentence being parsed: the state of the clause parser. Used by clause_stage.cpp only.
//
// Idea: read left to right and keep the right edge of the tree built so far (the frontier). A new word attaches to the
// best frontier word (scores from the grammar tables) or waits: words before their predicate wait in `pending` of the
// innermost open level (sentence, clause after a marker, parenthesis), until the predicate takes them all.
// Cost: linear in the sentence, each look-back bounded. Memory: fixed arrays on the stack of the caller.
#pragma once
#include <algorithm>
#include <cstdint>

#include "clause/grammar.h"
#include "model/analysis.h"

namespace biruni {

inline constexpr int kMaxNodes = 512;   // longer sentences are parsed in pieces of this many words
inline constexpr int kMaxLevels = 48;
inline constexpr int kMaxDateline = 16;  // words of a dateline
inline constexpr int kLookBack = 10;    // frontier words that a new word may look at

enum class Cat : uint8_t { kSkip, kNominal, kAdjective, kVerb, kAux, kPrep, kMarker, kRelative, kCc, kPunct, kAdverb, kParticle, kDet, kNumber, kPossessive };
enum class LevelKind : uint8_t { kRoot, kMarked, kRelative, kParen, kCoordinate, kBare, kParataxis, kHeading };

struct Node {
  uint64_t cls = 0;
  uint64_t gov = 0;          // governed prepositions not met yet
  uint32_t sub = 0;          // subcat_flag
  uint32_t feats = 0;
  int16_t head = -1;
  int16_t case_node = -1;
  int16_t end = 0;           // one past the unit this node heads
  int16_t unit_first = 0;    // first word of its unit
  int16_t subj = -1, obj = -1, pred = -1;  // of a predicate; pred: non-verbal or main-verb complement of an auxiliary
  int16_t marker = -1;
  int16_t counted = -1;      // a number: the noun it counts
  int16_t gen = -1;          // genitive of a noun
  Rel rel = Rel::kNone;
  Tag tag = Tag::kX;
  Cat cat = Cat::kSkip;
  int8_t prep = -1, noun_score = 0, verb_score = 0;
  ClauseKind kind = ClauseKind::kMain;
  bool predicate = false, passive = false, negated = false, comma_before = false, time = false, name = false, inner = false,
       definite = false, closed = false, shared = false, finite = false, question = false, has_rel = false, expletive = false, resumptive = false,
       numbered = false;   // a number before it governs its case
  uint32_t get(feat::Field f) const { return feat::get(feats, f); }
  bool is(uint64_t c) const { return (cls & c) != 0; }
};

struct Level {
  LevelKind kind = LevelKind::kRoot;
  int16_t marker = -1;   // complementizer, relative pronoun, opening bracket
  int16_t prep = -1;     // preposition before the marker
  int16_t cc = -1;
  int16_t frontier = 0;  // its part of the frontier begins here
  int16_t pending = 0;   // and of the pending words here
  int16_t noun = -1;     // antecedent; word before a bracket
  int16_t list = -1;     // after a colon: the noun that a list would spell out
};

class SentenceParser {
 public:
  SentenceParser(const GrammarTables& g, const Analysis& in, uint32_t first_word, int count)
      : g_(g), set_(g.settings()), in_(in), base_(first_word), n_(count) {}
  void run();
  void write(ClauseLayer& out) const;  // deps and clauses of these words

 private:
  // units.cpp: words -> nodes
  void load();
  void fold_phrases();
  void fold_expressions();
  void fold_matches();
  void mend_categories();
  int dateline() const;        // one past the dash of "CAIRO (Agency) - ", 0 if there is none
  void make_unit(int first, int last, int head, Rel inner);
  Cat category(int i) const;
  bool nominal_like(int i) const { return v_[i].cat == Cat::kNominal || v_[i].cat == Cat::kNumber || v_[i].cat == Cat::kDet; }
  int next(int i) const { return i >= n_ ? n_ : v_[i].end; }

  // parser.cpp: main loop, punctuation, small words
  void step(int i);
  void punctuation(int i);
  void preposition(int i);
  void adverb(int i);
  void particle(int i);
  void auxiliary(int i);
  int chunk(int i);            // prenominal noun phrase; returns its head, sets cursor_
  bool finite_ahead(int from, bool nominal = false) const;
  bool list_ahead(int from) const;
  int finite_count(int from) const;
  bool looks_past(int i) const;  // a participle that may as well be a finite past
  bool looks_reduced(int i) const;  // a past that may as well be a participle, its own verb coming later
  bool subject_waits() const;
  int verb_after_aux(int i) const;

  // nominal.cpp
  void nominal(int h);
  void prepositional(int h);
  void bare(int h);
  void bare_head_first(int h);
  void bare_head_last(int h);
  bool argument(int h, int p);
  bool wants_object(int p) const;
  bool counted(int noun) const { return v_[noun].numbered || v_[noun].unit_first < noun; }
  bool coordinate_nominal(int h);
  void adjective(int a);
  bool circumstance(int a);
  int agrees(int adjective, int noun) const;  // points, below 0: no
  bool subject_agrees(int noun, int verb) const;
  bool definite(int noun) const;
  bool order_nodes();
  void break_cycles();
  int understood(int v) const;  // subject of predicate v, taken from the clauses above it if it has none of its own
  bool same_preposition_ahead(int prep) const;
  bool can_construct(int noun) const;

  // clausal.cpp
  void verb(int i);
  void nonfinite(int i);
  void fill(int v);
  void extra(int v);
  bool coordinate_verb(int v);
  bool take_headline(int v);
  void marker(int i);
  void relative(int i);
  void open_level(LevelKind kind, int marker, int noun);
  bool resolve_nominal();      // gives the innermost open level a non-verbal predicate
  void close_level(int v, const Level& level);
  void take_pending(int v, int from);
  void finish_sentence();
  void swap_copulas();

  // small things
  void attach(int child, int head, Rel rel) {
    if (child < 0 || child == head) return;
    v_[child].head = static_cast<int16_t>(head);
    v_[child].rel = rel;
  }
  bool open() const { return levels_ > 1 || root_ < 0; }
  Level& level() { return level_[levels_ - 1]; }
  int floor() const { return open() ? level_[levels_ - 1].frontier : 0; }
  int top() const { return f_ > floor() ? frontier_[f_ - 1] : -1; }
  void push(int node) { if (f_ < kMaxNodes) frontier_[f_++] = static_cast<int16_t>(node); }
  void pend(int node) { if (p_ < kMaxNodes) pending_[p_++] = static_cast<int16_t>(node); }
  int current_predicate() const {
    const int low = std::max(floor(), f_ - 2 * kLookBack);
    for (int k = f_ - 1; k >= low; --k) if (v_[frontier_[k]].predicate) return frontier_[k];
    return -1;
  }
  int position(int node) const { for (int k = f_ - 1; k >= 0; --k) if (frontier_[k] == node) return k; return -1; }
  void cut_after(int node) { const int k = position(node); if (k >= floor()) f_ = k + 1; }
  void flush_waiting(int head, bool nominal);
  int take_cc(int child);

  const GrammarTables& g_;
  const GrammarSettings& set_;
  const Analysis& in_;
  uint32_t base_;
  int n_;
  int cursor_ = 0;
  int f_ = 0, p_ = 0, levels_ = 0, waiting_ = 0, auxes_ = 0;
  int root_ = -1;
  int cc_ = -1;          // coordinator waiting for its conjunct
  int prep_ = -1;        // preposition waiting for its complement
  bool comma_ = false;
  bool comma_before_cc_ = false;
  union { Node v_[kMaxNodes]; };  // made by load(), as many as there are words
  int16_t frontier_[kMaxNodes];
  int16_t pending_[kMaxNodes];
  int16_t waiting_list_[kMaxNodes];  // determiners, prepositions, negations before their word
  int16_t aux_list_[kMaxNodes];
  int16_t order_[kMaxNodes];         // each node after its children, made by finish_sentence()
  union { Level level_[kMaxLevels]; };  // made when opened
};

}  // namespace biruni
