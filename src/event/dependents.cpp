#include "event/dependents.h"

namespace biruni {

StrId case_key(const Analysis& in, const LemmaTable& lemmas, const Dep& dep) {
  if (dep.case_word == kNone) return 0;
  const uint32_t lemma = in.lemma_at(dep.case_word);
  if (lemma != kNone) return lemmas.row(lemma).key;
  const uint32_t key = in.words.words[dep.case_word].key;
  return key == kNone ? 0 : key;
}

bool is_passive(const Analysis& in, uint32_t w) {
  const Dep& dep = in.clauses.deps[w];
  if (dep.clause != kNone && in.clauses.clauses[dep.clause].predicate == w) return in.clauses.clauses[dep.clause].passive;
  const Word& word = in.words.words[w];
  return word.get(feat::kVoice) == 2;
}

namespace {

bool has(const std::vector<Argument>& args, Rel rel) {
  for (const Argument& a : args)
    if (a.rel == rel) return true;
  return false;
}

void add_children(const Analysis& in, const LemmaTable& lemmas, uint32_t w, bool understood, std::vector<Argument>& out) {
  const ClauseLayer& c = in.clauses;
  for (const uint32_t* it = c.children_begin(w); it != c.children_end(w); ++it) {
    const Dep& d = c.deps[*it];
    switch (d.rel) {
      case Rel::kSubj: case Rel::kObj: case Rel::kObj2: case Rel::kAgent: case Rel::kGen: case Rel::kAdj: case Rel::kNmod:
      case Rel::kComp: case Rel::kObl: case Rel::kAppos: case Rel::kAdvcl: case Rel::kAcl: case Rel::kPrt:
        out.push_back({d.rel, case_key(in, lemmas, d), *it, understood});
        break;
      default:
        break;
    }
  }
}

}  // namespace

void collect_arguments(const Analysis& in, const LemmaTable& lemmas, ClassId agentive, uint32_t w, bool as_verb, bool transitive,
                       std::vector<Argument>& out) {
  out.clear();
  const ClauseLayer& c = in.clauses;
  const Dep& dep = c.deps[w];
  const Word& word = in.words.words[w];
  add_children(in, lemmas, w, false, out);

  const bool predicate = dep.clause != kNone && c.clauses[dep.clause].predicate == w;
  const bool verbal = word.tag == Tag::kVerb || word.tag == Tag::kAux;
  if (predicate) {
    const Clause& clause = c.clauses[dep.clause];
    if (!has(out, Rel::kSubj) && clause.subject != kNone && clause.subject != w) out.push_back({Rel::kSubj, 0, clause.subject, true});
    // an object gap: the village that rebels attacked
    if (clause.kind == ClauseKind::kRelative && dep.head != kNone && !has(out, Rel::kObj) && has(out, Rel::kSubj)) {
      bool head_is_subject = false;
      for (const Argument& a : out) head_is_subject |= a.rel == Rel::kSubj && a.word == dep.head;
      if (!head_is_subject && !clause.passive) out.push_back({Rel::kObj, 0, dep.head, true});
    }
  }
  // participles as modifiers: their noun is subject (active) or object (passive)
  const bool participle = word.get(feat::kVerbForm) == 3 || word.get(feat::kVerbForm) == 4;
  if (participle && (dep.rel == Rel::kAdj || dep.rel == Rel::kAcl) && dep.head != kNone && !has(out, Rel::kSubj)) {
    out.push_back({Rel::kSubj, 0, dep.head, true});
  }
  // A participle whose active and passive are written alike is passive when an agent stands beside it and no object.
  bool passive = (verbal || participle) && is_passive(in, w);
  auto is_agent = [&](const Argument& a) {
    if (a.rel == Rel::kAgent) return true;
    return a.rel == Rel::kObl && c.deps[a.word].case_word != kNone && lemmas.has_class(in.lemma_at(c.deps[a.word].case_word), agentive);
  };
  if (participle && !passive && !has(out, Rel::kObj))
    for (const Argument& a : out) passive |= is_agent(a);
  if (passive) {
    for (Argument& a : out) {
      if (a.rel == Rel::kSubj) a.rel = Rel::kObj;
      else if (is_agent(a)) a.rel = Rel::kSubj;
    }
  }
  if (!verbal) {
    // coordinated event nouns share what only one of them has: "the invasion and bombing of X"
    auto share = [&](uint32_t other) {
      std::vector<Argument> more;
      add_children(in, lemmas, other, true, more);
      for (const Argument& a : more)
        if (in.words.words[a.word].tag != Tag::kPron && (a.rel == Rel::kGen || a.rel == Rel::kObl || a.rel == Rel::kAgent || a.rel == Rel::kAdj) && !has(out, a.rel)) out.push_back(a);
    };
    if (dep.rel == Rel::kConj && dep.head != kNone) share(dep.head);
    for (const uint32_t* it = c.children_begin(w); it != c.children_end(w); ++it)
      if (c.deps[*it].rel == Rel::kConj) share(*it);
  }
  if (as_verb && !verbal) {
    // masdar: the genitive is the object of a transitive act unless another object is there; what stands before the
    // noun (possessives) is its subject
    const bool has_object = has(out, Rel::kObj);
    const bool has_agent = has(out, Rel::kAgent);
    for (Argument& a : out) {
      if (a.rel == Rel::kGen) a.rel = (a.word < w || (!transitive) || has_object) ? Rel::kSubj : Rel::kObj;
      else if (a.rel == Rel::kAgent) a.rel = Rel::kSubj;
      else if (a.rel == Rel::kAdj && !has_agent) a.rel = Rel::kSubj;  // only country adjectives resolve to actors
    }
  }
}

}  // namespace biruni
