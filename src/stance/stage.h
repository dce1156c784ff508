// The stance stage from inside: one class, its parts in words.cpp (what a word and an edge are), path.cpp (the walk), report.cpp
// (a reporting word), repair.cpp (where the tree is wrong),
// holders.cpp (who says it), sentence.cpp (quotations, headlines, "according to", questions), tense.cpp, stance_stage.cpp
// (rows, memory, genre). Not for use outside this folder.
#pragma once
#include "event/ontology.h"
#include "stance/stance_stage.h"
#include "stance/walk.h"

namespace biruni::stance_detail {

inline constexpr int kMaxPath = 40;            // words from a trigger to the root
inline constexpr int kMaxAntecedents = 6;
inline constexpr int kHistoricalDays = 330;    // "a year or more", with room for dates that name a year or a month only
inline constexpr uint32_t kHeadlineWords = 12; // before the colon of a headline
inline constexpr uint32_t kShortQuote = 4;     // words: a term in quotation marks, not a statement
inline constexpr uint32_t kParticleReach = 3;
inline constexpr uint32_t kMaxApplied = 24;

class Stage final : public StanceStage {
 public:
  Stage(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world, const Lexicon* lexicon)
      : pack_(pack),
        world_(std::move(world)),
        lexicon_(*lexicon),
        lemmas_(lexicon->lemmas()),
        ontology_(pack),
        finder_(pack, lang, lemmas_),
        reasons_(pack->section<StrId>(lang + "/stance_reasons")),
        covert_(lemmas_.class_id("covert")),
        press_(world_->sector_index("JRN")) {}

  void declare(AskTable& asks) const override { finder_.declare(asks); }
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
    uint32_t moved = kNone;               // where the walk goes on, if the tree hung a clause on the wrong word
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
  static bool is_trigger(const Context& c, uint32_t w) {
    const auto& rows = c.in.events.rows;
    for (uint32_t i = c.memory.next_event; i < rows.size() && rows[i].sentence == c.sentence; ++i)
      if (rows[i].trigger == w) return true;
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
      c.memory.cues.for_each(w, [&](const Hit& h) { found |= (finder_.row(h).flags & stance_flag::kComplementizer) != 0; });
      if (found) return true;
      if (verbal(word(c, w))) return false;
    }
    return false;
  }

  void walk(Context& c, StanceState& st) const;
  void accuse_without_source(const Analysis& in, StanceLayer& out) const;
  bool fills_role(const Context& c, uint32_t w, uint32_t head) const;
  void node(Context& c, StanceState& st, uint32_t w, bool negation_used) const;
  bool edge(Context& c, StanceState& st, uint32_t child, uint32_t parent) const;
  bool asked_for(const Context& c, uint32_t w, const Hit& h) const;
  bool misplaced(Context& c, StanceState& st, uint32_t child, uint32_t parent) const;
  uint32_t own_clause(const Context& c, uint32_t child, uint32_t parent) const;
  void bare_infinitive(Context& c, StanceState& st, uint32_t root) const;
  bool parted(const Context& c, uint32_t child, uint32_t parent) const;
  void report(Context& c, StanceState& st, const Hit& h, uint32_t at) const;
  void add_holder(StanceState& st, const StanceRow& r, const Holder& h) const;
  void whole_sentence(Context& c, StanceState& st) const;
  void according(Context& c, StanceState& st) const;
  void quotation(Context& c, StanceState& st) const;
  void headline(Context& c, StanceState& st) const;
  void inverted_condition(Context& c, StanceState& st) const;
  void echoes(Context& c) const;
  void remember(Context& c) const;

  bool acts(const Context& c, uint32_t verb) const;
  bool quoted_source(Context& c, uint32_t noun, Holder& out) const;
  bool find_holder(Context& c, const Hit& h, Holder& out) const {
    return find_role(c, h, 'H', out) || find_role(c, h, 'S', out);
  }
  bool find_role(Context& c, const Hit& h, uint8_t role, Holder& out) const;
  bool holder_at(Context& c, uint32_t head, const Hit& h, Holder& out, int depth = 0) const;
  static bool quoted_apart(const Context& c, uint32_t w, uint32_t outside);
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
  ClassId covert_;               // plotting, funding, arming: what opinion charges others with
  uint8_t press_;                // sector of journalists: those who are told
};

}  // namespace biruni::stance_detail
