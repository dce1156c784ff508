// Runs the sentence parser over one sentence and writes its tree and clauses; child lists of the whole document.
#include "clause/clause_stage.h"

#include <algorithm>

#include "clause/parser.h"

namespace biruni {

int SentenceParser::understood(int v) const {
  int subject = v_[v].subj;
  const bool relative_subject = subject >= 0 && v_[subject].is(word_class::kRelative) && v_[v].rel == Rel::kAcl;
  for (int k = v, steps = 0; (subject < 0 || relative_subject) && v_[k].head >= 0 && steps < 8; ++steps) {
    const Node& n = v_[k];
    const Node& h = v_[n.head];
    if (n.rel == Rel::kAcl && !h.predicate) { subject = n.head; break; }
    const bool shares = n.rel == Rel::kConj || ((n.rel == Rel::kComp || n.rel == Rel::kAdvcl) && (!n.finite || set_.pro_drop));
    if (!shares || !h.predicate) break;
    if (n.rel == Rel::kComp && !n.finite && h.obj >= 0 && h.obj != k) { subject = h.obj; break; }
    if (h.subj >= 0) { subject = h.subj; break; }
    k = n.head;
  }
  return subject;
}

void SentenceParser::write(ClauseLayer& out) const {
  int16_t clause_of[kMaxNodes];
  int16_t low[kMaxNodes], high[kMaxNodes];
  const uint32_t first_clause = static_cast<uint32_t>(out.clauses.size());
  int clauses = 0;
  for (int i = 0; i < n_; ++i) {
    const bool heads = v_[i].predicate || i == root_;
    clause_of[i] = static_cast<int16_t>(heads ? clauses++ : -1);
    low[i] = high[i] = static_cast<int16_t>(i);
  }
  for (int k = 0; k < n_; ++k) {  // extents: children first
    const int i = order_[k], h = v_[i].head;
    if (h < 0) continue;
    low[h] = std::min(low[h], low[i]);
    high[h] = std::max(high[h], high[i]);
  }
  for (int k = n_ - 1; k >= 0; --k) {  // heads first
    const int i = order_[k];
    if (clause_of[i] < 0) clause_of[i] = clause_of[v_[i].head];
  }
  const auto word = [&](int i) { return i < 0 ? kNone : base_ + static_cast<uint32_t>(i); };
  for (int i = 0; i < n_; ++i) {
    Dep& d = out.deps[base_ + i];
    d.head = word(v_[i].head);
    d.rel = v_[i].rel;
    d.case_word = word(v_[i].case_node);
    d.clause = first_clause + static_cast<uint32_t>(clause_of[i]);
  }
  const bool asks = n_ > 0 && in_.text.sentences[in_.text.tokens[in_.words.words[base_].token].sentence].question;
  for (int i = 0; i < n_; ++i) {
    const Node& x = v_[i];
    if (!x.predicate && i != root_) continue;
    Clause c;
    c.predicate = word(i);
    c.parent = x.head < 0 ? kNone : first_clause + static_cast<uint32_t>(clause_of[x.head]);
    c.marker = word(x.marker);
    c.words = {base_ + static_cast<uint32_t>(low[i]), base_ + static_cast<uint32_t>(high[i]) + 1};
    c.kind = x.kind;
    c.negated = x.negated;
    c.passive = x.passive;
    c.coordinated = x.rel == Rel::kConj;
    c.question = x.question || (asks && i == root_);
    c.subject = word(understood(i));
    out.clauses.push_back(c);
  }
}

namespace {

class TableClauseStage final : public ClauseStage {
 public:
  TableClauseStage(std::shared_ptr<const Pack> pack, const std::string& lang) : grammar_(std::move(pack), lang) {}

  void declare(AskTable& asks) const override { grammar_.declare(asks); }

  void run(const Analysis& in, uint32_t s, ClauseLayer& out) const override {
    const WordRange range = in.words.of_sentence(s);
    if (out.deps.size() < in.words.words.size()) out.deps.resize(in.words.words.size());
    for (uint32_t first = range.first; first < range.last; first += kMaxNodes) {
      const int count = static_cast<int>(std::min<uint32_t>(range.last - first, kMaxNodes));
      SentenceParser parser(grammar_, in, first, count);
      parser.run();
      parser.write(out);
    }
  }

 private:
  GrammarTables grammar_;
};

}  // namespace

std::unique_ptr<ClauseStage> ClauseStage::open(std::shared_ptr<const Pack> pack, const std::string& lang) {
  return std::make_unique<TableClauseStage>(std::move(pack), lang);
}

void ClauseStage::finish(const WordLayer& words, ClauseLayer& out) {
  const size_t n = words.words.size();
  out.deps.resize(n);
  out.child_begin.assign(n + 1, 0);
  for (const Dep& d : out.deps) {
    if (d.head != kNone) ++out.child_begin[d.head + 1];
  }
  for (size_t i = 0; i < n; ++i) out.child_begin[i + 1] += out.child_begin[i];
  out.child_list.resize(out.child_begin[n]);
  // fill in word order, using child_begin as cursors, then shift back
  for (uint32_t i = 0; i < n; ++i) {
    const uint32_t h = out.deps[i].head;
    if (h != kNone) out.child_list[out.child_begin[h]++] = i;
  }
  for (size_t i = n; i > 0; --i) out.child_begin[i] = out.child_begin[i - 1];
  out.child_begin[0] = 0;
}

}  // namespace biruni
