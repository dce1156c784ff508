// One pass over the words of a sentence. For each word with rows in the event table: rows whose idiom and conditions
// hold are ranked by how much they asked for; the winner's frame turns arguments into actors and recipients. A second
// pass over the coded events drops contents of embedding acts and turns promised cooperation into agreement.
#include "event/event_stage.h"

#include <algorithm>
#include <cmath>

#include "event/content.h"
#include "event/dependents.h"
#include "event/ontology.h"
#include "event/share.h"
#include "event/tables.h"
#include "model/phrase.h"

namespace biruni {
namespace {

constexpr uint32_t kIdiomWindow = 8;     // words after the head within which an idiom's other words must stand
constexpr uint32_t kMaxFillers = 12;     // actors or recipients of one event
constexpr uint32_t kMaxConjuncts = 12;

struct Candidate {
  uint32_t row = kNone;
  int score = -1;
  bool as_verb = false;   // the word is derived from the row's verb
};

class Stage final : public EventStage {
 public:
  Stage(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world, std::shared_ptr<const Lexicon> lexicon)
      : pack_(pack),
        world_(std::move(world)),
        lexicon_ptr_(std::move(lexicon)),
        lexicon_(*lexicon_ptr_),
        lemmas_(lexicon_.lemmas()),
        content_(lemmas_),
        ontology_(pack),
        rows_(pack->section<EventRow>(lang + "/event_rows")),
        light_(pack->section<LightRow>(lang + "/event_light")),
        frames_(pack->section<FrameItem>(lang + "/event_frames")),
        conditions_(pack->section<Condition>(lang + "/event_conditions")),
        values_(pack->section<ConditionValue>(lang + "/event_values")),
        keys_(pack->section<StrId>(lang + "/event_keys")),
        magnitudes_(pack->section<MagnitudeSpec>(lang + "/event_magnitudes")),
        events_of_(pack->section<IndexRange>(lang + "/events_of")),
        events_list_(pack->section<uint32_t>(lang + "/events_of_list")),
        light_of_(pack->section<IndexRange>(lang + "/light_of")),
        light_list_(pack->section<uint32_t>(lang + "/light_of_list")),
        future_(lemmas_.class_id("future")),
        to_come_(lemmas_.class_id("to_come")),
        locative_(lemmas_.class_id("locative")),
        agentive_(lemmas_.class_id("agentive")),
        means_(lemmas_.class_id("means")),
        duty_(lemmas_.class_id("duty")),
        partitive_(lemmas_.class_id("partitive")) {
    for (const EventRow& row : rows_)
      object_frames_.push_back(std::any_of(frames_.begin() + row.frame_begin, frames_.begin() + row.frame_end, [](const FrameItem& f) { return f.rel.rel == Rel::kObj; }));
    for (size_t i = 1; i < world_->sectors().size(); ++i)
      sector_class_.push_back(lemmas_.class_id("sector:" + std::string(world_->sector(static_cast<uint8_t>(i)))));
    rule_promise_ = pack_->find("event.promise");
    rule_shared_ = pack_->find("event.shared");
    rule_refusal_ = pack_->find("event.refusal");
    rule_threat_ = pack_->find("event.threat");
    promise_ = ontology_.first_with(type_flag::kPromise);
    refusal_ = ontology_.first_with(type_flag::kRefusal);
    threat_ = ontology_.first_with(type_flag::kThreat);
  }

  void declare(AskTable& asks) const override {
    asks.own(ask::kEvent);
    for (uint32_t i = 0; i < events_of_.size(); ++i)
      if (events_of_[i].begin != events_of_[i].end) asks.lemma(i, ask::kEvent);
  }

  void run(const Analysis& in, uint32_t s, EventLayer& out, std::vector<EventTrace>* trace) const override {
    const WordRange range = in.words.of_sentence(s);
    if (range.empty()) return;
    State st{in, s, range, out, trace, {}, {}, {}, {}, {}, {}};
    st.first_event = static_cast<uint32_t>(out.rows.size());
    bool any = false;
    for (uint32_t w = range.first; w < range.last && !any; ++w) any = has_rows(in.words.words[w]);
    if (!any) return;
    collect_classes(st);
    for (uint32_t w = range.first; w < range.last; ++w) {
      const Word& word = in.words.words[w];
      if (word.lemma == kNone || !has_rows(word) || inside_name(in, w) || inside_compound(in, w)) continue;
      code_word(st, w);
    }
    settle(st);
  }

 private:
  struct State {
    const Analysis& in;
    uint32_t sentence;
    WordRange range;
    EventLayer& out;
    std::vector<EventTrace>* trace;
    std::vector<uint8_t> classes;        // classes present in the sentence
    std::vector<Argument> args;
    std::vector<Argument> carrier_args;
    std::vector<Filler> actors, recipients;  // of the event being coded
    std::vector<uint8_t> from_content;       // by event: its recipients were read from its content
    uint32_t first_event = 0;
  };

  static IndexRange at(std::span<const IndexRange> ranges, uint32_t lemma) { return lemma < ranges.size() ? ranges[lemma] : IndexRange{}; }

  bool has_rows(const Word& word) const {
    if (!(word.asks & ask::kEvent) || word.lemma == kNone) return false;
    const IndexRange own = at(events_of_, word.lemma);
    if (own.begin != own.end) return true;
    const uint32_t base = lemmas_.row(word.lemma).base;
    if (base == kNone) return false;
    const IndexRange of_base = at(events_of_, base);
    return of_base.begin != of_base.end;
  }

  // A word of a name or of a fixed expression is no event, but the head of a role expression may be none either.
  static bool inside_name(const Analysis& in, uint32_t w) {
    if (w < in.matches.name_at.size() && in.matches.name_at[w] != kNone) return true;
    return w < in.matches.expression_at.size() && in.matches.expression_at[w] != kNone;
  }

  // "a rebel-held town", "the US-backed force": a participle joined to the word before it describes and reports nothing.
  static bool inside_compound(const Analysis& in, uint32_t w) {
    const Word& word = in.words.words[w];
    if (word.tag == Tag::kNoun || word.tag == Tag::kPropn || w < 2) return false;
    const Token& dash = in.text.tokens[in.words.words[w - 1].token];
    if (dash.kind != TokenKind::kPunct || dash.punct != U'-' || (dash.flags & token_flag::kSpaceBefore)) return false;
    return !(in.text.tokens[word.token].flags & token_flag::kSpaceBefore) && in.clauses.deps[w].rel == Rel::kAdj;
  }

  void collect_classes(State& st) const {
    for (uint32_t w = st.range.first; w < st.range.last; ++w) {
      const uint32_t lemma = st.in.lemma_at(w);
      if (lemma != kNone) mark_classes(lemma, st.classes);
    }
  }

  void mark_classes(uint32_t lemma, std::vector<uint8_t>& classes) const {
    lemmas_.for_each_class(lemma, [&](ClassId c) {
      if (classes.size() <= c) classes.resize(c + 1, 0);
      classes[c] = 1;
    });
  }

  // ---- conditions -----------------------------------------------------------------------------------------------

  const Mention* mention_at(const Analysis& in, uint32_t w) const {
    if (w >= in.mentions.of_word.size()) return nullptr;
    const uint32_t m = in.mentions.of_word[w];
    return m == kNone ? nullptr : &in.mentions.rows[m];
  }

  // The party a phrase speaks of: the head's own mention, else that of a name or adjective beside it ("the APEC forum").
  const Mention* party_at(const Analysis& in, uint32_t w) const {
    if (const Mention* m = mention_at(in, w)) return m;
    for (const uint32_t* it = in.clauses.children_begin(w); it != in.clauses.children_end(w); ++it) {
      const Rel r = in.clauses.deps[*it].rel;
      if (r != Rel::kNmod && r != Rel::kAdj && r != Rel::kAppos && r != Rel::kFlat) continue;
      const Mention* m = mention_at(in, *it);
      if (m && m->actor) return m;
    }
    return nullptr;
  }

  bool armed(const Analysis& in, uint32_t w) const {
    const Mention* m = party_at(in, w);
    if (!m) return false;
    if (m->role != kNone && (lexicon_.roles()[m->role].flags & role_flag::kArmed)) return true;
    if (m->type == EntityType::kArmedGroup) return true;
    const auto code = world_->sector(m->sector);
    return code == "MIL" || code == "REB" || code == "UAF" || code == "PRM" || code == "IMG" || code == "COP";
  }

  // Somebody who speaks or acts for a state or a body: an office, or a person known to hold one.
  bool official(const Analysis& in, uint32_t w) const {
    const Mention* m = party_at(in, w);
    if (!m || !m->actor || m->type == EntityType::kCountry) return false;
    if (m->role != kNone && (lexicon_.roles()[m->role].flags & role_flag::kHead)) return true;
    const auto code = world_->sector(m->sector);
    return code == "GOV" || code == "LEG" || code == "JUD" || code == "IGO" || code == "MIL" || code == "PTY" || code == "OPP" || code == "ELI";
  }

  bool value_holds(const State& st, const ConditionValue& v, uint32_t w) const {
    const Analysis& in = st.in;
    const Word& word = in.words.words[w];
    switch (v.kind) {
      case CondKind::kPresent: return true;
      case CondKind::kClass: {
        const uint32_t lemma = in.lemma_at(w);
        if (lemmas_.has_class(lemma, static_cast<ClassId>(v.value))) return true;
        return lemma != kNone && lemmas_.row(lemma).base != kNone && lemmas_.has_class(lemmas_.row(lemma).base, static_cast<ClassId>(v.value));
      }
      case CondKind::kLemma: return word.key == v.value || (word.lemma != kNone && lemmas_.row(word.lemma).key == v.value);
      case CondKind::kActor: { const Mention* m = party_at(in, w); return m && m->actor; }
      case CondKind::kCountry: { const Mention* m = party_at(in, w); return m && m->type == EntityType::kCountry; }
      case CondKind::kPerson: {
        const Mention* m = mention_at(in, w);
        return (m && (m->type == EntityType::kPerson || m->type == EntityType::kGroup)) || word.get(feat::kHuman) != 0 || word.tag == Tag::kPron;
      }
      case CondKind::kOrg: { const Mention* m = party_at(in, w); return m && (m->type == EntityType::kOrganization || m->type == EntityType::kArmedGroup); }
      case CondKind::kArmed: return armed(in, w);
      case CondKind::kPlace: {
        const Mention* m = mention_at(in, w);
        return (m && m->place) || (word.lemma != kNone && (lemmas_.row(word.lemma).flags & lemma_flag::kPlaceNoun));
      }
      case CondKind::kNumber: return word.tag == Tag::kNum || quantity_in(in, w) != kNone;
      case CondKind::kEvent: return is_event_word(word, static_cast<uint8_t>(v.value));
      case CondKind::kClause: return word.tag == Tag::kVerb || word.tag == Tag::kAux;
      case CondKind::kInfinitive: {
        const uint32_t c = in.clauses.deps[w].clause;
        return c != kNone && in.clauses.clauses[c].predicate == w && in.clauses.clauses[c].kind == ClauseKind::kInfinitive;
      }
      case CondKind::kDuty: {
        const uint32_t c = in.clauses.deps[w].clause;
        const Mention* m = c != kNone && in.clauses.clauses[c].subject != kNone ? mention_at(in, in.clauses.clauses[c].subject) : nullptr;
        return m && m->actor && has_child_of(in, w, duty_);
      }
      case CondKind::kOfficial: return official(in, w);
      case CondKind::kNegated: {
        const uint32_t c = in.clauses.deps[w].clause;
        return c != kNone && in.clauses.clauses[c].negated;
      }
    }
    return false;
  }

  bool is_event_word(const Word& word, uint8_t type) const {
    if (word.lemma == kNone) return false;
    for (uint32_t lemma : {word.lemma, lemmas_.row(word.lemma).base}) {
      if (lemma == kNone) continue;
      const IndexRange r = at(events_of_, lemma);
      for (uint32_t i = r.begin; i < r.end; ++i) {
        const EventRow& row = rows_[events_list_[i]];
        if (row.type && (type == 0 || row.type == type) && row.idiom_begin == row.idiom_end) return true;
      }
    }
    return false;
  }

  bool condition_holds(const State& st, const Condition& c, const std::vector<Argument>& args) const {
    bool found = false;
    if (c.rel.context) {
      for (uint32_t i = c.values_begin; i < c.values_end && !found; ++i) {
        const ConditionValue& v = values_[i];
        if (v.kind == CondKind::kClass) found = v.value < st.classes.size() && st.classes[v.value];
        else
          for (uint32_t w = st.range.first; w < st.range.last && !found; ++w) found = value_holds(st, v, w);
      }
    } else {
      for (const Argument& a : args) {
        if (!matches(c.rel, a)) continue;
        if (c.values_begin == c.values_end) { found = true; break; }
        for_each_conjunct(st.in.clauses, a.word, [&](uint32_t w) {
          for (uint32_t i = c.values_begin; i < c.values_end && !found; ++i) found = value_holds(st, values_[i], w);
        });
        // "dozens of rebels": the counted noun decides
        if (!found) {
          const uint32_t counted = counted_word(st.in, a.word);
          if (counted != a.word)
            for (uint32_t i = c.values_begin; i < c.values_end && !found; ++i) found = value_holds(st, values_[i], counted);
        }
        if (found) break;
      }
    }
    return found != (c.rel.negated != 0);
  }

  bool names(uint32_t frame_begin, uint32_t frame_end, StrId prep) const {
    for (uint32_t i = frame_begin; i < frame_end; ++i)
      if (frames_[i].rel.rel == Rel::kObl && frames_[i].rel.prep == prep) return true;
    return false;
  }

  // "gave evidence in court" is not "give in": a preposition away from the words of the idiom must be one that its frame
  // names and hang on one of them.
  static bool governs_other(const Analysis& in, uint32_t k, uint32_t w, uint32_t from, bool named) {
    const Dep& dep = in.clauses.deps[k];
    if (dep.rel != Rel::kCase || dep.head == kNone) return false;
    const uint32_t governor = in.clauses.deps[dep.head].head;
    return !named || governor == kNone || governor < w || governor >= from;
  }

  bool idiom_holds(const State& st, uint32_t begin, uint32_t end, uint32_t frame_begin, uint32_t frame_end, uint32_t w, uint32_t limit_words) const {
    uint32_t from = w + 1;
    const uint32_t limit = std::min(st.range.last, w + 1 + limit_words);
    for (uint32_t i = begin; i < end; ++i) {
      bool found = false;
      for (uint32_t k = from; k < limit; ++k) {
        const Word& word = st.in.words.words[k];
        if (word.tag == Tag::kPunct) break;
        if (word.tag == Tag::kAdp && k > from && governs_other(st.in, k, w, from, names(frame_begin, frame_end, keys_[i]))) continue;
        if (word.key == keys_[i] || (word.lemma != kNone && lemmas_.row(word.lemma).key == keys_[i])) {
          from = k + 1;
          found = true;
          break;
        }
        if (word.token < st.in.words.token_keys.size() ? st.in.words.token_keys[word.token] == keys_[i]
                                                       : st.in.text.key_of(st.in.text.tokens[word.token]) == pack_->str(keys_[i])) {
          from = k + 1;
          found = true;
          break;
        }
      }
      if (!found) return false;
    }
    return true;
  }

  // ---- choosing the sense ----------------------------------------------------------------------------------------

  static bool tag_fits(const Word& word, const EventRow& row, bool own, Derivation d) {
    if (own) {
      if (row.tag == Tag::kVerb) return word.tag == Tag::kVerb || word.tag == Tag::kAux || word.tag == Tag::kNoun || word.tag == Tag::kAdj;
      if (row.tag == Tag::kNoun) return word.tag == Tag::kNoun || word.tag == Tag::kPropn;
      return row.tag == word.tag;
    }
    return row.tag == Tag::kVerb && d != Derivation::kNone && d != Derivation::kNisba;
  }

  Candidate choose(State& st, uint32_t w) const {
    const Word& word = st.in.words.words[w];
    const LemmaRow& lemma = lemmas_.row(word.lemma);
    Candidate best;
    auto consider = [&](uint32_t id, bool own) {
      const IndexRange r = at(events_of_, id);
      bool collected = false;
      bool collected_transitive = false;
      for (uint32_t i = r.begin; i < r.end; ++i) {
        const EventRow& row = rows_[events_list_[i]];
        if (!tag_fits(word, row, own, lemma.derivation)) continue;
        if (row.idiom_end > row.idiom_begin && !idiom_holds(st, row.idiom_begin, row.idiom_end, row.frame_begin, row.frame_end, w, kIdiomWindow)) continue;
        const bool as_verb = row.tag == Tag::kVerb && word.tag != Tag::kVerb && word.tag != Tag::kAux;
        const bool transitive = frame_has_object(row);
        if (!collected || (as_verb && transitive != collected_transitive)) {
          collect_arguments(st.in, lemmas_, agentive_, w, as_verb, transitive, st.args);
          collected = true;
          collected_transitive = transitive;
        }
        bool ok = true;
        for (uint32_t c = row.need_begin; c < row.need_end && ok; ++c) ok = condition_holds(st, conditions_[c], st.args);
        for (uint32_t c = row.not_begin; c < row.not_end && ok; ++c) ok = !condition_holds(st, conditions_[c], st.args);
        if (!ok) continue;
        // more fulfilled conditions win; relations tell more than context; an event wins a tie against a look-alike
        int score = 16 * static_cast<int>(row.idiom_end - row.idiom_begin) + (row.type ? 1 : 0);
        for (uint32_t c = row.need_begin; c < row.need_end; ++c) score += conditions_[c].rel.context ? 6 : 8;
        if (score > best.score) best = {events_list_[i], score, as_verb};
      }
    };
    consider(word.lemma, true);
    if (lemma.base != kNone && best.row == kNone) consider(lemma.base, false);
    return best;
  }

  bool frame_has_object(const EventRow& row) const { return object_frames_[static_cast<size_t>(&row - rows_.data())]; }

  // A participle is an event only where it is used as a verb: with an object, an agent or a prepositional argument of
  // its frame ("the groups financed by X"), not as a plain noun or adjective ("demonstrators", "armed").
  bool participle_is_event(const State& st, const EventRow& row, uint32_t w, Derivation d) const {
    const Word& word = st.in.words.words[w];
    if (d != Derivation::kActiveParticiple && d != Derivation::kPassiveParticiple) return true;
    bool argument = false;
    for (const Argument& a : st.args) {
      const Rel written = st.in.clauses.deps[a.word].rel;  // "supporters of the plan": a genitive makes it a noun
      if (a.understood || written == Rel::kGen || written == Rel::kAdj) continue;
      if (d == Derivation::kPassiveParticiple && a.rel == Rel::kSubj && a.prep == 0 && a.word != st.in.clauses.deps[w].head) continue;
      for (uint32_t i = row.frame_begin; i < row.frame_end; ++i) argument |= matches(frames_[i].rel, a);
      argument |= a.rel == Rel::kAgent;
    }
    if (argument) return true;
    return word.get(feat::kTanwin) && lexicon_.role_of(word.lemma) == kNone && st.in.clauses.deps[w].rel == Rel::kAdvcl;
  }

  // ---- filling roles ------------------------------------------------------------------------------------------------

  void code_word(State& st, uint32_t w) const {
    const Analysis& in = st.in;
    const Word& word = in.words.words[w];
    const Candidate best = choose(st, w);
    if (best.row == kNone) {
      note(st, w, 0, "no row of the tables fits here");
      return;
    }
    const EventRow& row = rows_[best.row];
    if (row.type == 0) {
      note(st, w, row.id, "looks like an event only: " + std::string(pack_->str(row.look_alike)));
      return;
    }
    collect_arguments(in, lemmas_, agentive_, w, best.as_verb, frame_has_object(row), st.args);
    if (best.as_verb) genitive_subject(st, row);
    unmarked_passive(st, row, w);
    idiom_arguments(st, row, w);
    const LemmaRow& lemma = lemmas_.row(word.lemma);
    if (best.as_verb && !participle_is_event(st, row, w, lemma.derivation)) {
      note(st, w, row.id, "a participle used as noun or adjective, without arguments of its own");
      return;
    }
    Event e;
    e.trigger = w;
    e.sentence = st.sentence;
    e.clause = in.clauses.deps[w].clause;
    e.row = best.row;
    e.type = row.type;
    e.mode = row.mode;
    e.cameo = row.cameo;
    e.contexts = row.contexts;
    e.rules.push_back(row.id);
    std::vector<Filler>& actors = st.actors;
    std::vector<Filler>& recipients = st.recipients;
    actors.clear();
    recipients.clear();
    uint32_t place = kNone;
    fill(st, e, row.frame_begin, row.frame_end, st.args, actors, recipients, place);
    carry(st, e, w, actors, recipients, place);
    if (generic(st, e, actors, recipients, place)) {
      note(st, w, row.id, "a noun that names the act in general: no party, place, time or number stands with it");
      return;
    }
    if (recipients.empty())
      for (uint32_t i = row.frame_begin; i < row.frame_end; ++i)
        for (const Argument& a : st.args)
          if (frames_[i].role == 'N' && recipients.empty() && matches(frames_[i].rel, a)) party_inside(st, e, a.word, actors, recipients);
    const bool from_content = recipients.empty() && e.content != kNone;
    if (from_content) party_of_content(st, e, actors, recipients);
    commit(st, e, row, actors, recipients, place);
    st.from_content.push_back(from_content);
    note(st, w, row.id, "coded");
  }

  // What hangs on the other words of an idiom belongs to the act: "opened fire on the crowd".
  void idiom_arguments(State& st, const EventRow& row, uint32_t w) const {
    const Analysis& in = st.in;
    for (uint32_t i = row.idiom_begin; i < row.idiom_end; ++i) {
      for (uint32_t k = w + 1; k < std::min(st.range.last, w + 1 + kIdiomWindow); ++k) {
        const Word& word = in.words.words[k];
        if (word.tag != Tag::kNoun || (word.key != keys_[i] && (word.lemma == kNone || lemmas_.row(word.lemma).key != keys_[i]))) continue;
        for (const uint32_t* it = in.clauses.children_begin(k); it != in.clauses.children_end(k); ++it)
          if (in.clauses.deps[*it].rel == Rel::kObl) st.args.push_back({Rel::kObl, case_key(in, lemmas_, in.clauses.deps[*it]), *it, true});
        break;
      }
    }
  }

  // A masdar whose object is no party (what is demanded, decided) takes an actor in the genitive as its subject:
  // "the president's request".
  void genitive_subject(State& st, const EventRow& row) const {
    bool party = false;
    for (uint32_t i = row.frame_begin; i < row.frame_end; ++i)
      party |= frames_[i].rel.rel == Rel::kObj && (frames_[i].role == 'R' || frames_[i].role == 'A');
    if (party) return;
    for (Argument& a : st.args) {
      if (a.rel != Rel::kObj || st.in.clauses.deps[a.word].rel != Rel::kGen) continue;
      const Mention* m = mention_at(st.in, a.word);
      if (m && m->actor) a.rel = Rel::kSubj;
    }
  }

  bool agent_word(const Analysis& in, uint32_t w) const {
    const uint32_t by = in.clauses.deps[w].case_word;
    return by != kNone && lemmas_.has_class(in.lemma_at(by), agentive_);
  }

  // Where writing does not show the passive ("qtl": killed or was killed), an act that must have an object, has none and
  // nothing else that its frame asks for, happened to its subject. Only acts that count victims, of a number of them or of a person.
  void unmarked_passive(State& st, const EventRow& row, uint32_t w) const {
    const Word& word = st.in.words.words[w];
    if (agentive_ == kNoClass || word.tag != Tag::kVerb || word.get(feat::kVoice) != 0 || is_passive(st.in, w)) return;
    const uint32_t flags = lemmas_.row(word.lemma).flags;
    if (!(flags & lemma_flag::kTransitive) || (flags & lemma_flag::kIntransitive)) return;
    bool suffers = false, counts = false;
    for (uint32_t i = row.frame_begin; i < row.frame_end; ++i) suffers |= frames_[i].rel.rel == Rel::kObj && frames_[i].role == 'R';
    for (uint32_t i = row.magnitude_begin; i < row.magnitude_end; ++i) counts |= magnitudes_[i].rel.rel == Rel::kObj;
    if (!suffers) return;
    uint32_t subject = kNone;
    for (const Argument& a : st.args) {
      if (a.rel == Rel::kObj || a.rel == Rel::kObj2 || a.rel == Rel::kComp) return;
      if (a.rel == Rel::kSubj) { subject = a.word; continue; }
      for (uint32_t i = row.frame_begin; i < row.frame_end; ++i)
        if (frames_[i].role != 'I' && frames_[i].role != 'P' && frames_[i].role != 'A' && matches(frames_[i].rel, a)) return;
    }
    if (subject == kNone) return;
    const Mention* m = party_at(st.in, subject);
    const bool numbered = quantity_in(st.in, subject) != kNone;
    const bool person = m && m->type == EntityType::kPerson && !armed(st.in, subject);
    if (!counts || (!numbered && !person)) return;
    for (Argument& a : st.args) {
      if (a.rel == Rel::kSubj) a.rel = Rel::kObj;
      else if (a.rel == Rel::kAgent || (a.rel == Rel::kObl && agent_word(st.in, a.word))) a.rel = Rel::kSubj;
    }
  }

  void note(State& st, uint32_t w, StrId row, std::string outcome) const {
    if (st.trace) st.trace->push_back({w, row, std::move(outcome)});
  }

  bool used(const std::vector<Filler>& list, const WordRange& words, uint32_t mention) const {
    for (const Filler& f : list)
      if ((mention != kNone && f.mention == mention) || (f.words == words && !words.empty())) return true;
    return false;
  }

  void fill(State& st, Event& e, uint32_t begin, uint32_t end, const std::vector<Argument>& args, std::vector<Filler>& actors,
            std::vector<Filler>& recipients, uint32_t& place) const {
    // recipients by preposition are the surest, then objects, then actors: a word fills one role only
    for (int pass = 0; pass < 2; ++pass) {
      for (uint32_t i = begin; i < end; ++i) {
        const FrameItem& item = frames_[i];
        const bool recipient = item.role == 'R';
        if (pass == 0 ? !recipient : recipient) continue;
        for (const Argument& a : args) {
          if (!matches(item.rel, a)) continue;
          if (item.rel.rel == Rel::kGen && both_roles(begin, end, Rel::kGen)) {
            // "the shelling of X" or "by X": forces do it, others suffer it; a second party decides
            const bool doer = armed(st.in, a.word);
            if (recipient && doer && recipients.empty()) continue;
            if (item.role == 'A' && !doer && (recipients.empty() || !actors.empty())) continue;
          }
          if (item.role == 'A' || item.role == 'R') add_fillers(st, e, a, item, item.role == 'A' ? actors : recipients, item.role == 'A' ? recipients : actors);
          else if (item.role == 'P') { if (place == kNone) place = place_at(st.in, a.word); }
          else if (item.role == 'C' && e.content == kNone) e.content = a.word;
          else if (item.role == 'V' && e.content == kNone) e.content = a.word;
        }
      }
    }
  }

  bool both_roles(uint32_t begin, uint32_t end, Rel rel) const {
    bool actor = false, recipient = false;
    for (uint32_t i = begin; i < end; ++i) {
      if (frames_[i].rel.rel != rel) continue;
      actor |= frames_[i].role == 'A';
      recipient |= frames_[i].role == 'R';
    }
    return actor && recipient;
  }

  // Sector that an adjective names ("popular", "governmental"), 0 if none.
  uint8_t adjective_sector(const Analysis& in, uint32_t w) const {
    const uint32_t lemma = in.words.words[w].lemma;
    if (lemma == kNone || in.words.words[w].tag != Tag::kAdj) return 0;
    for (size_t i = 0; i < sector_class_.size(); ++i)
      if (sector_class_[i] != kNoClass && lemmas_.has_class(lemma, sector_class_[i])) return static_cast<uint8_t>(i + 1);
    return 0;
  }

  // "Violence is no answer", "a policy of assassinations": a noun with nobody and nothing around it, in the singular or
  // plural without a verb that carries it, names a kind of act and reports none.
  bool generic(const State& st, const Event& e, const std::vector<Filler>& actors, const std::vector<Filler>& recipients, uint32_t place) const {
    const Analysis& in = st.in;
    if (in.words.words[e.trigger].tag == Tag::kVerb || e.carrier != kNone || place != kNone || !actors.empty() || !recipients.empty()) return false;
    const Dep& dep = in.clauses.deps[e.trigger];
    if (dep.rel != Rel::kGen && dep.rel != Rel::kConj && dep.rel != Rel::kNmod && dep.rel != Rel::kAdj) return false;
    for (const uint32_t* it = in.clauses.children_begin(e.trigger); it != in.clauses.children_end(e.trigger); ++it) {
      const Rel r = in.clauses.deps[*it].rel;
      if (r == Rel::kTime || r == Rel::kNum || r == Rel::kAcl || r == Rel::kObl || r == Rel::kDet) return false;
    }
    return true;
  }

  // Who is meant where the frame names only what is demanded, refused, granted: the party inside it ("rejected the
  // president's proposal", "agreed to allow UN workers in"), else the thing itself.
  void party_of_content(State& st, const Event& e, const std::vector<Filler>& actors, std::vector<Filler>& recipients) const {
    const Analysis& in = st.in;
    const ContentParty party = content_.party(in, e.content, e.trigger, [&](uint32_t m) {
      return used(actors, in.mentions.rows[m].words, m) || same_party(in, actors, in.mentions.rows[m]);
    });
    Filler f;
    f.why = rows_[e.row].id;
    for (const ContentWord& found : {party.party, party.place}) {
      if (found.mention != kNone) {
        const uint32_t m = named_by(in, found.mention);
        f.mention = m;
        f.words = in.mentions.rows[m].words;
        f.country = in.mentions.rows[m].country;
        f.sector = in.mentions.rows[m].sector;
      } else if (found.word != kNone) {
        f.mention = kNone;
        f.words = noun_phrase(in, found.word);
        inherit_country(in, f);
      } else {
        continue;
      }
      if (!used(actors, f.words, f.mention) && !used(recipients, f.words, f.mention)) recipients.push_back(f);
    }
    if (!recipients.empty()) return;
    for_each_conjunct(in.clauses, e.content, [&](uint32_t h) {
      const Word& word = in.words.words[h];
      if ((word.tag != Tag::kNoun && word.tag != Tag::kPropn) || recipients.size() >= kMaxFillers) return;
      f.words = noun_phrase(in, h);
      if (!used(actors, f.words, kNone)) recipients.push_back(f);
    });
  }

  // The first party in what stands under a word: signs against X, shouts hostile to X, the refusal of X.
  void party_inside(State& st, const Event& e, uint32_t top, const std::vector<Filler>& actors, std::vector<Filler>& recipients) const {
    const Analysis& in = st.in;
    uint32_t queue[32];
    uint32_t head = 0, tail = 0;
    for_each_conjunct(in.clauses, top, [&](uint32_t h) { if (tail < 8) queue[tail++] = h; });
    while (head < tail) {
      const uint32_t w = queue[head++];
      const Mention* m = mention_at(in, w);
      if (m && m->actor && w != e.trigger) {
        Filler f;
        f.mention = in.mentions.of_word[w];
        f.words = m->words;
        f.country = m->country;
        f.sector = m->sector;
        f.why = rows_[e.row].id;
        if (!used(actors, f.words, f.mention) && !same_party(in, actors, *m)) {
          recipients.push_back(f);
          return;
        }
      }
      for (const uint32_t* it = in.clauses.children_begin(w); it != in.clauses.children_end(w) && tail < 32; ++it) {
        const Rel r = in.clauses.deps[*it].rel;
        if (r == Rel::kSubj || r == Rel::kObj || r == Rel::kObj2 || r == Rel::kAgent || r == Rel::kGen || r == Rel::kAdj || r == Rel::kNmod ||
            r == Rel::kComp || r == Rel::kObl || r == Rel::kConj || r == Rel::kAppos || r == Rel::kAcl) queue[tail++] = *it;
      }
    }
  }

  // The actor himself, his country or his own body is no recipient of his act.
  bool same_party(const Analysis& in, const std::vector<Filler>& actors, const Mention& m) const {
    for (const Filler& f : actors) {
      if (f.mention == kNone) continue;
      const Mention& a = in.mentions.rows[f.mention];
      if (a.entity.valid() && a.entity == m.entity) return true;
      if (m.form == MentionForm::kPronoun && a.country == m.country) return true;
    }
    return false;
  }

  uint32_t place_at(const Analysis& in, uint32_t w) const {
    uint32_t found = kNone;
    for_each_conjunct(in.clauses, w, [&](uint32_t h) {
      const Mention* m = mention_at(in, h);
      if (found == kNone && m && m->place) found = in.mentions.of_word[h];
    });
    if (found != kNone) return found;
    // the city of X, X's outskirts: a name inside the phrase
    const WordRange r = noun_phrase(in, w);
    for (uint32_t k = r.first; k < r.last; ++k) {
      const Mention* m = mention_at(in, k);
      if (m && m->place) return in.mentions.of_word[k];
    }
    return kNone;
  }

  void add_fillers(State& st, const Event& e, const Argument& a, const FrameItem& item, std::vector<Filler>& list, const std::vector<Filler>& other) const {
    const Analysis& in = st.in;
    const bool modifier = item.rel.rel == Rel::kAdj || item.rel.rel == Rel::kNmod || (a.rel == Rel::kSubj && in.clauses.deps[a.word].rel == Rel::kAdj);
    uint32_t count = 0;
    for_each_conjunct(in.clauses, a.word, [&](uint32_t h) {
      if (++count > kMaxConjuncts || list.size() >= kMaxFillers || h == e.trigger) return;
      const Word& word = in.words.words[h];
      uint32_t m = h < in.mentions.of_word.size() ? in.mentions.of_word[h] : kNone;
      const uint32_t counted = counted_word(in, h);
      if ((m == kNone || lemmas_.has_class(word.lemma, partitive_)) && counted != h && counted < in.mentions.of_word.size() && in.mentions.of_word[counted] != kNone) m = in.mentions.of_word[counted];
      if ((word.tag == Tag::kVerb && m == kNone) || word.tag == Tag::kPunct) return;
      Filler f;
      f.why = pack_->str(rows_[e.row].id).empty() ? kNone : rows_[e.row].id;
      if (m != kNone) {
        if (modifier && !in.mentions.rows[m].actor) return;
        m = named_by(in, m);
        const Mention& mention = in.mentions.rows[m];
        f.mention = m;
        f.words = without_quantity(in, mention.words, mention.head);
        f.country = mention.country;
        f.sector = mention.sector;
      } else if (const uint8_t sector = modifier ? adjective_sector(in, h) : 0; sector) {
        f.words = {h, h + 1};
        f.sector = sector;
      } else {
        const bool genitive_of_noun = item.rel.rel == Rel::kGen && item.role == 'A' && in.clauses.deps[a.word].rel == Rel::kGen;
        if (genitive_of_noun && !word.get(feat::kHuman)) return;  // "guarantees of non-interference": no party
        if (modifier || word.tag == Tag::kPron || (word.tag == Tag::kNum && counted == h) || word.tag == Tag::kAdv) return;
        if (time_at(in, h)) return;
        f.words = without_quantity(in, noun_phrase(in, counted), counted);
        inherit_country(in, f);
      }
      if (used(list, f.words, f.mention) || used(other, f.words, f.mention)) return;
      list.push_back(f);
    });
  }

  // A name of the same sentence tells more than the pronoun that stands for it.
  static uint32_t named_by(const Analysis& in, uint32_t m) {
    const Mention& own = in.mentions.rows[m];
    if (own.form != MentionForm::kPronoun || own.antecedent == kNone) return m;
    const auto sentence = [&](const Mention& x) { return in.text.tokens[in.words.words[x.head].token].sentence; };
    for (uint32_t k = m; k-- > 0;) {
      const Mention& other = in.mentions.rows[k];
      if (sentence(other) != sentence(own)) break;
      if (k == own.antecedent) return k;
      if (own.entity.valid() && other.entity == own.entity && other.form != MentionForm::kPronoun && other.form != MentionForm::kAdjective) return k;
    }
    return m;
  }

  // A plain noun phrase takes the country of a name inside it: "a village near X" does not, "the embassy of X" does.
  void inherit_country(const Analysis& in, Filler& f) const {
    for (uint32_t k = f.words.first; k < f.words.last; ++k) {
      const Mention* m = mention_at(in, k);
      if (!m || !m->actor) continue;
      if (m->country != kNone || m->type == EntityType::kOrganization) {
        f.country = m->country;
        if (m->type == EntityType::kOrganization && !f.sector) f.sector = m->sector;
        return;
      }
    }
  }

  // The event noun may be carried by a light verb: launched an attack, an attack took place, came under attack.
  void carry(State& st, Event& e, uint32_t w, std::vector<Filler>& actors, std::vector<Filler>& recipients, uint32_t& place) const {
    const Analysis& in = st.in;
    if (in.words.words[w].tag == Tag::kVerb) return;
    uint32_t noun = w;
    for (int depth = 0; depth < 3; ++depth) {
      const Dep& dep = in.clauses.deps[noun];
      if (dep.rel == Rel::kConj && dep.head != kNone) { noun = dep.head; continue; }
      break;
    }
    const Dep& dep = in.clauses.deps[noun];
    if (dep.head == kNone) return;
    const uint32_t verb = dep.head;
    const Word& head = in.words.words[verb];
    if (head.lemma == kNone) return;
    Argument own{dep.rel, case_key(in, lemmas_, dep), noun, false};
    const bool passive = (head.tag == Tag::kVerb || head.tag == Tag::kAux) && is_passive(in, verb);
    if (passive && own.rel == Rel::kSubj) own.rel = Rel::kObj;
    const LemmaRow& lemma = lemmas_.row(head.lemma);
    const LightRow* best = nullptr;
    for (uint32_t id : {head.lemma, lemma.base}) {
      if (id == kNone || best) continue;
      const IndexRange r = at(light_of_, id);
      for (uint32_t i = r.begin; i < r.end; ++i) {
        const LightRow& row = light_[light_list_[i]];
        if (id == lemma.base && row.tag != Tag::kVerb) continue;
        Argument probe = own;
        // a masdar of a light verb holds its event noun in the genitive: "the launching of an attack"
        if (id == lemma.base && probe.rel == Rel::kGen && (row.event.rel == Rel::kObj || row.event.rel == Rel::kSubj)) probe.rel = row.event.rel;
        if (!matches(row.event, probe)) continue;
        if (row.idiom_end > row.idiom_begin && !idiom_holds(st, row.idiom_begin, row.idiom_end, row.frame_begin, row.frame_end, verb, kIdiomWindow)) continue;
        if (!best || row.idiom_end - row.idiom_begin > best->idiom_end - best->idiom_begin) best = &row;
      }
    }
    if (!best) return;
    e.carrier = verb;
    e.carrier_aspect = static_cast<uint8_t>(best->aspect);
    e.rules.push_back(best->id);
    const bool nominal = head.tag != Tag::kVerb && head.tag != Tag::kAux && best->tag == Tag::kVerb;
    collect_arguments(in, lemmas_, agentive_, verb, nominal, false, st.carrier_args);
    std::erase_if(st.carrier_args, [&](const Argument& a) { return a.word == noun; });
    fill(st, e, best->frame_begin, best->frame_end, st.carrier_args, actors, recipients, place);
    // what the noun's own frame names may hang on the verb: launched an attack ... against X
    const EventRow& row = rows_[e.row];
    for (uint32_t i = row.frame_begin; i < row.frame_end; ++i) {
      const FrameItem& item = frames_[i];
      if (item.rel.rel != Rel::kObl) continue;
      for (const Argument& a : st.carrier_args) {
        if (!matches(item.rel, a)) continue;
        if (item.role == 'R') add_fillers(st, e, a, item, recipients, actors);
        else if (item.role == 'A') add_fillers(st, e, a, item, actors, recipients);
        else if (item.role == 'C' && e.content == kNone) e.content = a.word;
      }
    }
  }

  // ---- time, place, numbers ------------------------------------------------------------------------------------------

  // What a number or a quantity noun counts: "dozens of rebels", "a group of rebels", "eleven of the prisoners".
  uint32_t counted_word(const Analysis& in, uint32_t w) const {
    const uint32_t q = quantity_in(in, w);
    if (q != kNone && in.quantities.rows[q].counted != kNone && in.quantities.rows[q].counted != w) return in.quantities.rows[q].counted;
    const Word& word = in.words.words[w];
    if (partitive_ == kNoClass || (word.tag != Tag::kNum && !lemmas_.has_class(word.lemma, partitive_))) return w;
    for (const uint32_t* it = in.clauses.children_begin(w); it != in.clauses.children_end(w); ++it) {
      const Dep& d = in.clauses.deps[*it];
      if (*it < w || in.words.words[*it].tag == Tag::kPron) continue;
      if (d.rel == Rel::kGen || (d.rel == Rel::kObl && d.case_word != kNone && lemmas_.has_class(in.lemma_at(d.case_word), partitive_))) return *it;
    }
    return w;
  }
  // A party is named without its number: "seven soldiers" are the soldiers.
  WordRange without_quantity(const Analysis& in, WordRange r, uint32_t head) const {
    if (partitive_ == kNoClass) return r;
    while (r.first < head) {
      const Word& word = in.words.words[r.first];
      const Rel rel = in.clauses.deps[r.first].rel;
      if (word.tag != Tag::kNum && rel != Rel::kNum && !lemmas_.has_class(word.lemma, partitive_)) break;
      ++r.first;
    }
    return r;
  }
  static uint32_t quantity_in(const Analysis& in, uint32_t w) {
    const auto& rows = in.quantities.rows;
    auto it = std::partition_point(rows.begin(), rows.end(), [&](const Quantity& q) { return q.words.last <= w; });
    if (it != rows.end() && it->words.contains(w)) return static_cast<uint32_t>(it - rows.begin());
    for (int back = 0; back < 3 && it != rows.begin(); ++back) {
      --it;
      if (it->counted == w) return static_cast<uint32_t>(it - rows.begin());
    }
    return kNone;
  }

  // First time expression that ends after word `w`.
  static uint32_t first_time(const Analysis& in, uint32_t w) {
    const auto& rows = in.times.rows;
    return static_cast<uint32_t>(std::partition_point(rows.begin(), rows.end(), [&](const TimeExpression& t) { return t.words.last <= w; }) - rows.begin());
  }
  static bool time_at(const Analysis& in, uint32_t w) {
    const uint32_t i = first_time(in, w);
    return i < in.times.rows.size() && in.times.rows[i].words.contains(w);
  }

  static uint32_t distance(uint32_t a, uint32_t b) { return a > b ? a - b : b - a; }

  // Is `w` under `top` in the tree, within a few steps and without crossing into another clause's predicate?
  bool governed_by(const Analysis& in, uint32_t w, uint32_t top) const {
    for (int depth = 0; depth < 6 && w != kNone; ++depth) {
      if (w == top) return true;
      w = in.clauses.deps[w].head;
    }
    return false;
  }

  uint32_t find_time(const State& st, const Event& e) const {
    const Analysis& in = st.in;
    uint32_t best = kNone;
    uint32_t best_cost = kNone;
    for (uint32_t i = first_time(in, st.range.first); i < in.times.rows.size(); ++i) {
      const TimeExpression& t = in.times.rows[i];
      if (t.words.first >= st.range.last) break;
      if (t.kind == TimeKind::kDuration || t.kind == TimeKind::kSet || t.kind == TimeKind::kTimeOfDay) continue;
      uint32_t cost = distance(t.words.first, e.trigger);
      const uint32_t clause = in.clauses.deps[t.words.first].clause;
      if (governed_by(in, t.words.first, e.trigger) || (e.carrier != kNone && governed_by(in, t.words.first, e.carrier) && clause == in.clauses.deps[e.carrier].clause)) cost /= 4;
      else if (clause != e.clause) cost += 40;
      if (!t.resolved) cost += 30;
      if (cost < best_cost && cost < 60) { best = i; best_cost = cost; }
    }
    return best;
  }

  uint32_t find_place(const State& st, const Event& e) const {
    const Analysis& in = st.in;
    uint32_t best = kNone, best_cost = kNone;
    for (uint32_t w = st.range.first; w < st.range.last; ++w) {
      const Dep& dep = in.clauses.deps[w];
      if (dep.case_word == kNone) continue;
      const uint32_t lemma = in.lemma_at(dep.case_word);
      if (!lemmas_.has_class(lemma, locative_)) continue;
      const uint32_t place = place_at(in, w);
      if (place == kNone) continue;
      uint32_t cost = distance(w, e.trigger);
      if (governed_by(in, w, e.trigger) || (e.carrier != kNone && dep.head == e.carrier)) cost /= 4;
      else if (dep.clause != e.clause) cost += 30;
      if (cost < best_cost && cost < 35) { best = place; best_cost = cost; }
    }
    return best;
  }

  void magnitudes(State& st, Event& e, const EventRow& row) const {
    const Analysis& in = st.in;
    e.magnitudes_begin = static_cast<uint32_t>(st.out.magnitudes.size());
    for (uint32_t i = row.magnitude_begin; i < row.magnitude_end; ++i) {
      const MagnitudeSpec& spec = magnitudes_[i];
      for (const Argument& a : st.args) {
        if (!matches(spec.rel, a)) continue;
        for_each_conjunct(in.clauses, a.word, [&](uint32_t h) {
          const uint32_t q = quantity_in(in, h);
          if (q == kNone) return;
          const Quantity& quantity = in.quantities.rows[q];
          if (quantity.kind != QuantityKind::kNumber) return;
          for (uint32_t k = e.magnitudes_begin; k < st.out.magnitudes.size(); ++k)
            if (st.out.magnitudes[k].words == quantity.number_words) return;
          st.out.magnitudes.push_back({spec.what, quantity.value, quantity.low, quantity.high, quantity.unit, quantity.number_words});
        });
      }
    }
    e.magnitudes_end = static_cast<uint32_t>(st.out.magnitudes.size());
  }

  // Where a text speaks of one country, an act on the ground without a place or a foreign recipient is there: the last
  // mention of that country before the trigger stands for it.
  uint32_t understood_place(const State& st, const Event& e, const std::vector<Filler>& recipients) const {
    const Analysis& in = st.in;
    const uint32_t main = in.mentions.main_country;
    if (main == kNone) return kNone;
    for (const Filler& f : recipients)
      if (f.country != kNone && f.country != main) return kNone;
    const auto& rows = in.mentions.rows;
    auto it = std::partition_point(rows.begin(), rows.end(), [&](const Mention& m) { return m.head < e.trigger; });
    for (int back = 0; back < 60 && it != rows.begin(); ++back) {
      --it;
      if (it->place && it->type == EntityType::kCountry && it->form == MentionForm::kName && it->country == main)
        return static_cast<uint32_t>(it - rows.begin());
    }
    return kNone;
  }

  // People without a country of their own are those of the place, else of the country the text is about.
  void give_country(const Analysis& in, const Event& e, std::vector<Filler>& list) const {
    uint32_t country = e.place != kNone ? in.mentions.rows[e.place].country : kNone;
    if (country == kNone) country = in.mentions.main_country;
    if (country == kNone) return;
    for (Filler& f : list) {
      if (f.country != kNone || !f.sector) continue;
      const auto code = world_->sector(f.sector);
      if (f.mention == kNone || (code == "CVL" || code == "LAB" || code == "EDU" || code == "SOC" || code == "OPP" || code == "REL" || code == "AGR"))
        if (f.mention == kNone || !in.mentions.rows[f.mention].entity.valid()) f.country = country;
    }
  }

  // "Troops were deployed in the port": where nobody is named, the place stands for those whom the act concerns.
  void place_as_recipient(const State& st, const Event& e, const std::vector<Filler>& actors, std::vector<Filler>& recipients) const {
    const Mention& m = st.in.mentions.rows[e.place];
    if (in_clause(st.in, m.head) != e.clause || used(actors, m.words, e.place)) return;
    Filler f;
    f.mention = e.place;
    f.words = m.words;
    f.country = m.country;
    f.sector = m.sector;
    f.why = rows_[e.row].id;
    recipients.push_back(f);
  }
  static uint32_t in_clause(const Analysis& in, uint32_t w) { return in.clauses.deps[w].clause; }

  void commit(State& st, Event& e, const EventRow& row, std::vector<Filler>& actors, std::vector<Filler>& recipients, uint32_t place) const {
    e.place = place != kNone ? place : find_place(st, e);
    if (recipients.empty() && e.place != kNone && (ontology_.flags(e.type) & type_flag::kGrounded)) place_as_recipient(st, e, actors, recipients);
    if (e.place == kNone && (ontology_.flags(e.type) & type_flag::kMaterial)) e.place = understood_place(st, e, recipients);
    give_country(st.in, e, actors);
    give_country(st.in, e, recipients);
    e.actors_begin = static_cast<uint32_t>(st.out.fillers.size());
    st.out.fillers.insert(st.out.fillers.end(), actors.begin(), actors.end());
    e.actors_end = e.recipients_begin = static_cast<uint32_t>(st.out.fillers.size());
    st.out.fillers.insert(st.out.fillers.end(), recipients.begin(), recipients.end());
    e.recipients_end = static_cast<uint32_t>(st.out.fillers.size());
    e.time = find_time(st, e);
    magnitudes(st, e, row);
    e.confidence = confidence(st, e, row, actors, recipients);
    st.out.rows.push_back(std::move(e));
  }

  // Steps from a word to the root of its sentence; coordination and complements of saying cost nothing.
  static int depth(const Analysis& in, uint32_t w) {
    int steps = 0;
    for (int guard = 0; guard < 40; ++guard) {
      const Dep& d = in.clauses.deps[w];
      if (d.head == kNone) break;
      if (d.rel != Rel::kConj && d.rel != Rel::kComp && d.rel != Rel::kParataxis) ++steps;
      w = d.head;
    }
    return std::min(steps, 5);
  }

  // Logistic over what was found; weights set by hand until `biruni eval --calibrate` learns them.
  float confidence(const State& st, const Event& e, const EventRow& row, const std::vector<Filler>& actors, const std::vector<Filler>& recipients) const {
    double z = 0.2;
    const Word& word = st.in.words.words[e.trigger];
    z += 0.35 * std::min<double>(3, (row.need_end - row.need_begin) + 2.0 * (row.idiom_end - row.idiom_begin));
    bool actor = false, recipient = false;
    for (const Filler& f : actors) actor |= f.mention != kNone;
    for (const Filler& f : recipients) recipient |= f.mention != kNone;
    z += actor ? 0.9 : -0.4;
    z += recipient ? 0.5 : 0;
    z += word.tag == Tag::kVerb ? 0.4 : 0;
    z += 0.5 - 0.35 * depth(st.in, e.carrier != kNone ? e.carrier : e.trigger);
    z += e.carrier != kNone ? 0.4 : 0;
    z -= word.margin / 255.0;
    return static_cast<float>(1 / (1 + std::exp(-z)));
  }

  // ---- second pass ---------------------------------------------------------------------------------------------------

  bool future(const Analysis& in, uint32_t w) const {
    if (in.words.words[w].get(feat::kFuture)) return true;
    return has_child_of(in, w, future_);
  }
  // Also the future as seen from the past: said he would.
  bool to_come(const Analysis& in, uint32_t w) const { return has_child_of(in, w, to_come_); }

  bool has_child_of(const Analysis& in, uint32_t w, ClassId what) const {
    for (const uint32_t* it = in.clauses.children_begin(w); it != in.clauses.children_end(w); ++it) {
      if ((what == future_ && in.words.words[*it].get(feat::kFuture)) || (what != kNoClass && lemmas_.has_class(in.lemma_at(*it), what))) return true;
    }
    return false;
  }

  // An act to come that is cooperative, or that its doer announces, is a promise, a refusal or a threat.
  void commit_oneself(const Analysis& in, Event& e) const {
    const uint32_t verb = in.words.words[e.trigger].tag == Tag::kVerb ? e.trigger : e.carrier;
    if (verb == kNone) return;
    const uint32_t flags = ontology_.flags(e.type);
    const bool certain = future(in, verb);
    const bool announced = (certain || to_come(in, verb)) && content_.self_announced(in, verb);
    uint8_t type = 0;
    StrId rule = kNone;
    const uint32_t c = in.clauses.deps[verb].clause;
    const bool negated = c != kNone && in.clauses.clauses[c].negated;
    if ((flags & type_flag::kCooperative) && certain && !negated) { type = promise_; rule = rule_promise_; }
    else if (announced && (flags & (type_flag::kCooperative | type_flag::kYields))) {
      type = negated ? refusal_ : promise_;
      rule = negated ? rule_refusal_ : rule_promise_;
    } else if (announced && !negated && (flags & type_flag::kHostile)) { type = threat_; rule = rule_threat_; }
    if (!type) return;
    e.type = type;
    e.mode = 0;
    if (rule != kNone) e.rules.push_back(rule);
  }

  // Whom an act agreed to, asked for or refused concerns: its doer where that is another party ("demanded that X resign",
  // "refused a request from X"), else those it would be done to.
  void take_recipients(State& st, Event& outer, const Event& inner) const {
    auto& fillers = st.out.fillers;
    const uint32_t begin = static_cast<uint32_t>(fillers.size());
    const auto take = [&](uint32_t first, uint32_t last) {
      for (uint32_t i = first; i < last; ++i) {
        const Filler f = fillers[i];
        if (!same_side(st.in, outer, fillers, f) && (f.mention != kNone || outer.recipients_begin == outer.recipients_end)) fillers.push_back(f);
      }
    };
    take(inner.actors_begin, inner.actors_end);
    if (fillers.size() == begin) take(inner.recipients_begin, inner.recipients_end);
    if (fillers.size() == begin) return;
    outer.recipients_begin = begin;
    outer.recipients_end = static_cast<uint32_t>(fillers.size());
  }
  static bool same_side(const Analysis& in, const Event& e, const std::vector<Filler>& fillers, const Filler& f) {
    for (uint32_t a = e.actors_begin; a < e.actors_end; ++a) {
      if (f.mention == kNone ? fillers[a].words == f.words : fillers[a].mention == f.mention) return true;
      if (f.mention == kNone || fillers[a].mention == kNone) continue;
      const Mention& own = in.mentions.rows[fillers[a].mention];
      const Mention& other = in.mentions.rows[f.mention];
      if ((own.entity.valid() && own.entity == other.entity) || (other.form == MentionForm::kPronoun && own.country == other.country)) return true;
    }
    return false;
  }

  // "held talks" coded at the verb and at the noun it carries is one event, the noun's; "acts of riot" the head's.
  void merge_carried(State& st, std::vector<uint8_t>& dropped) const {
    auto& rows = st.out.rows;
    for (uint32_t i = st.first_event; i < rows.size(); ++i) {
      if (rows[i].carrier == kNone || dropped[i - st.first_event]) continue;
      for (uint32_t k = st.first_event; k < rows.size(); ++k) {
        if (k == i || dropped[k - st.first_event] || rows[k].trigger != rows[i].carrier || rows[k].type != rows[i].type) continue;
        if (rows_[rows[k].row].idiom_begin == rows_[rows[k].row].idiom_end) continue;
        const bool verb = st.in.words.words[rows[k].trigger].tag == Tag::kVerb;
        Event& kept = rows[verb ? i : k];
        const Event& other = rows[verb ? k : i];
        if (kept.actors_begin == kept.actors_end) { kept.actors_begin = other.actors_begin; kept.actors_end = other.actors_end; }
        if (kept.recipients_begin == kept.recipients_end) { kept.recipients_begin = other.recipients_begin; kept.recipients_end = other.recipients_end; }
        kept.confidence = std::max(kept.confidence, other.confidence);
        if (kept.time == kNone) kept.time = other.time;
        if (kept.place == kNone) kept.place = other.place;
        dropped[(verb ? k : i) - st.first_event] = 1;
        note(st, other.trigger, rows_[other.row].id, "one event with the word that carries it or that it carries");
        if (!verb) break;
      }
    }
  }

  void settle(State& st) const {
    auto& rows = st.out.rows;
    const Analysis& in = st.in;
    // contents of embedding acts are no events of their own
    std::vector<uint8_t> dropped(rows.size() - st.first_event, 0);
    for (uint32_t i = st.first_event; i < rows.size(); ++i) {
      const Event& outer = rows[i];
      const uint32_t flags = ontology_.flags(outer.type);
      if (outer.content == kNone || (!(flags & type_flag::kSwallowsContent) && !rows_[outer.row].swallow) || (flags & type_flag::kAccuses)) continue;
      for (uint32_t k = st.first_event; k < rows.size(); ++k) {
        if (k == i || dropped[k - st.first_event]) continue;
        const Event& inner = rows[k];
        bool content = false;
        for_each_conjunct(in.clauses, outer.content, [&](uint32_t h) {
          content |= inner.trigger == h || (inner.carrier == h && inner.carrier != kNone);
        });
        if (content && inner.trigger != outer.trigger) {
          dropped[k - st.first_event] = 1;
          if (st.from_content[i - st.first_event]) take_recipients(st, rows[i], inner);
          note(st, inner.trigger, rows_[inner.row].id, "content of an embedding act: " + std::string(pack_->str(rows_[outer.row].id)));
        }
      }
    }
    // a preposition made of an event noun ("in protest at") adds no second event of the type that it stands with
    for (uint32_t i = st.first_event; i < rows.size(); ++i) {
      if (in.clauses.deps[rows[i].trigger].rel != Rel::kCase) continue;
      for (uint32_t k = st.first_event; k < rows.size(); ++k)
        if (k != i && rows[k].type == rows[i].type && !dropped[k - st.first_event]) {
          dropped[i - st.first_event] = 1;
          note(st, rows[i].trigger, rows_[rows[i].row].id, "says why of another event of its type");
          break;
        }
    }
    merge_carried(st, dropped);
    uint32_t kept = st.first_event;
    for (uint32_t i = st.first_event; i < rows.size(); ++i) {
      if (dropped[i - st.first_event]) continue;
      if (kept != i) rows[kept] = std::move(rows[i]);
      Event& e = rows[kept++];
      commit_oneself(in, e);
    }
    rows.resize(kept);
    share_parties(in, lemmas_, ontology_, means_, rule_shared_, st.first_event, st.out);
  }

  std::shared_ptr<const Pack> pack_;
  std::shared_ptr<const World> world_;
  std::shared_ptr<const Lexicon> lexicon_ptr_;
  const Lexicon& lexicon_;
  const LemmaTable& lemmas_;
  ContentReader content_;
  Ontology ontology_;
  std::span<const EventRow> rows_;
  std::span<const LightRow> light_;
  std::span<const FrameItem> frames_;
  std::span<const Condition> conditions_;
  std::span<const ConditionValue> values_;
  std::span<const StrId> keys_;
  std::span<const MagnitudeSpec> magnitudes_;
  std::span<const IndexRange> events_of_;
  std::span<const uint32_t> events_list_;
  std::span<const IndexRange> light_of_;
  std::span<const uint32_t> light_list_;
  std::vector<uint8_t> object_frames_;  // per row: its frame has an object
  ClassId future_, to_come_, locative_, agentive_, means_, duty_, partitive_;
  std::vector<ClassId> sector_class_;  // class of adjectives that name a sector ("popular"), by sector - 1
  StrId rule_promise_ = kNone, rule_refusal_ = kNone, rule_threat_ = kNone, rule_shared_ = kNone;
  uint8_t promise_ = 0, refusal_ = 0, threat_ = 0;
};

}  // namespace

std::unique_ptr<EventStage> EventStage::open(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                                             std::shared_ptr<const Lexicon> lexicon) {
  return std::make_unique<Stage>(std::move(pack), lang, std::move(world), std::move(lexicon));
}

}  // namespace biruni
