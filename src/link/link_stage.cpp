#include "link/link_stage.h"

#include <algorithm>
#include <cstdlib>

#include "model/phrase.h"
#include "pack/tsv.h"

namespace biruni {
namespace {

constexpr uint32_t kPhaseReach = 6;   // sentences from one phase to the next

struct Rule {
  bool known = false;
  LinkType type = LinkType::kCause;
  uint32_t order = 0;        // phase: its number; purpose: its place in the list
  bool next = false;         // phase: one more than the last
  bool announce = false;     // phases are announced, none is told yet
  bool needs_phases = false; // an ordinal alone counts only after phases were announced or told
  bool needs_event = false;  // the span must hold an event
  bool with_cue = false;     // the span printed includes the cue
  bool definite = false;     // the first word of the cue must have the article
  bool last_word = false;    // the span begins with the last word of the cue ("to protect the airport")
  bool reversed = false;     // "before X": X is the later one
};

bool pause_mark(char32_t p) {
  switch (p) {
    case ',': case ';': case ':': case '.': case '!': case '?': case ')': case '(': case 0x60C: case 0x61B: case 0x61F: case 0x2013: case 0x2014: return true;
    default: return false;
  }
}

class Stage final : public LinkStage {
 public:
  Stage(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world)
      : pack_(pack), world_(world), matcher_(pack, lang, "link", world, ask::kLink) {
    static constexpr const char* kTypes[] = {"cause", "purpose", "motive", "phase", "before", "analogy", "part_of"};
    for (const PatternRow& p : matcher_.patterns()) {
      Rule r;
      for (int t = 0; t < 7; ++t)
        if (pack->str(p.kind) == kTypes[t]) { r.known = true; r.type = static_cast<LinkType>(t); }
      for (auto flag : split(pack->str(p.flags), ' ')) {
        if (flag.starts_with("order=")) r.order = static_cast<uint32_t>(std::atoi(std::string(flag.substr(6)).c_str()));
        else if (flag == "next") r.next = true;
        else if (flag == "announce") r.announce = true;
        else if (flag == "after_phases") r.needs_phases = true;
        else if (flag == "event") r.needs_event = true;
        else if (flag == "with_cue") r.with_cue = true;
        else if (flag == "definite") r.definite = true;
        else if (flag == "last_word") r.last_word = true;
        else if (flag == "reversed") r.reversed = true;
      }
      rules_.push_back(r);
    }
    and_ = matcher_.word_class("and");
    ask_ = matcher_.word_class("ask");
    item_ = matcher_.word_class("item");
  }
  void declare(AskTable& asks) const override { matcher_.declare(asks); }
  void run(const Analysis& in, uint32_t sentence, LinkMemory& memory, LinkLayer& out) const override;

 private:
  WordRange span_after(const Analysis& in, uint32_t w, const LinkMemory& memory) const;
  uint32_t event_in(const Analysis& in, uint32_t first, uint32_t last) const;      // first event
  uint32_t event_before(const Analysis& in, uint32_t first, uint32_t before, bool governing = false) const;
  void make(const Analysis& in, uint32_t sentence, const PatternMatch& m, LinkMemory& memory, LinkLayer& out) const;
  void items(const Analysis& in, const Link& base, LinkMemory& memory, LinkLayer& out) const;
  void analogy(const Analysis& in, uint32_t sentence, const PatternMatch& m, LinkMemory& memory, LinkLayer& out) const;
  void questions(const Analysis& in, uint32_t sentence, LinkMemory& memory, LinkLayer& out) const;
  void entities(const Analysis& in, WordRange words, std::vector<std::string>& out) const;
  uint32_t row(uint32_t event, const LinkMemory& memory) const { return event == kNone || event >= memory.row_of.size() ? kNone : memory.row_of[event]; }

  std::shared_ptr<const Pack> pack_;
  std::shared_ptr<const World> world_;
  PatternMatcher matcher_;
  std::vector<Rule> rules_;
  ClassRow and_, ask_, item_;
};

// Rows of the sentence that holds word `w`: events stand in order of sentences.
std::pair<uint32_t, uint32_t> events_at(const Analysis& in, uint32_t w) {
  if (w >= in.words.words.size()) return {0, 0};
  const uint32_t s = in.text.tokens[in.words.words[w].token].sentence;
  const auto& rows = in.events.rows;
  const auto first = std::lower_bound(rows.begin(), rows.end(), s, [](const Event& e, uint32_t v) { return e.sentence < v; });
  const auto last = std::upper_bound(first, rows.end(), s, [](uint32_t v, const Event& e) { return v < e.sentence; });
  return {static_cast<uint32_t>(first - rows.begin()), static_cast<uint32_t>(last - rows.begin())};
}

uint32_t Stage::event_in(const Analysis& in, uint32_t first, uint32_t last) const {
  uint32_t best = kNone;
  const auto [begin, end] = events_at(in, first);
  for (uint32_t e = begin; e < end; ++e) {
    const uint32_t t = in.events.rows[e].trigger;
    if (t >= first && t < last && (best == kNone || t < in.events.rows[best].trigger)) best = e;
  }
  return best;
}

// The event that a cue hangs on: the nearest before it, but in the clause that governs the cue rather than beside it.
uint32_t Stage::event_before(const Analysis& in, uint32_t first, uint32_t before, bool governing) const {
  uint32_t w = before < in.clauses.deps.size() ? before : kNone;
  const auto [begin, end] = events_at(in, first);
  for (int steps = 0; steps < 8 && w != kNone && w >= first; ++steps) {
    for (uint32_t e = begin; e < end; ++e) {
      const Event& row = in.events.rows[e];
      if ((row.trigger == w || row.carrier == w) && row.trigger < before && row.trigger >= first) return e;
    }
    w = in.clauses.deps[w].head;
  }
  if (governing) return kNone;
  uint32_t best = kNone;
  for (uint32_t e = begin; e < end; ++e) {
    const uint32_t t = in.events.rows[e].trigger;
    if (t >= first && t < before && (best == kNone || t > in.events.rows[best].trigger)) best = e;
  }
  return best;
}

// From `w` to the next pause.
WordRange Stage::span_after(const Analysis& in, uint32_t w, const LinkMemory& memory) const {
  const uint32_t last = memory.scratch.range.last;
  uint32_t end = w;
  while (end < last && !(in.words.words[end].tag == Tag::kPunct && pause_mark(in.text.tokens[in.words.words[end].token].punct))) ++end;
  return {w, end};
}

// "for two purposes, first A, and secondly B": one link each, in their order.
void Stage::items(const Analysis& in, const Link& base, LinkMemory& memory, LinkLayer& out) const {
  const uint32_t last = memory.scratch.range.last;
  uint32_t order = 0;
  for (uint32_t w = base.words.first; w < last; ++w) {
    const uint32_t n = matcher_.at(item_, w, memory.scratch);
    if (!n) continue;
    WordRange span = span_after(in, w + n, memory);
    if (span.empty() && w + n + 1 < last) span = span_after(in, w + n + 1, memory);
    if (span.empty()) continue;
    // one item ends where the next begins
    for (uint32_t k = span.first; k < span.last; ++k)
      if (matcher_.at(item_, k, memory.scratch)) { span.last = k; break; }
    if (span.last > span.first + 1 && matcher_.at(and_, span.last - 1, memory.scratch)) --span.last;
    Link l = base;
    l.words = span;
    l.order = ++order;
    l.to = row(event_in(in, span.first, span.last), memory);
    out.links.push_back(l);
    w = span.last > w ? span.last - 1 : w;
  }
}

void Stage::analogy(const Analysis& in, uint32_t sentence, const PatternMatch& m, LinkMemory& memory, LinkLayer& out) const {
  const uint32_t last = memory.scratch.range.last;
  WordRange span{m.words.first, m.words.last};
  std::vector<std::string> cases;
  // the countries named from the cue to a pause that no further case follows
  uint32_t w = m.words.first;
  uint32_t end = m.words.last;
  while (end < last) {
    const Word& word = in.words.words[end];
    if (word.tag == Tag::kPunct && pause_mark(in.text.tokens[word.token].punct) && !(end + 1 < last && matcher_.at(and_, end + 1, memory.scratch))) break;
    ++end;
  }
  span.last = end;
  for (; w < end; ++w) {
    const uint32_t k = w < in.mentions.of_word.size() ? in.mentions.of_word[w] : kNone;
    if (k == kNone) continue;
    const Mention& row = in.mentions.rows[k];
    if (row.form == MentionForm::kPronoun || row.form == MentionForm::kCommon || row.country == kNone) continue;
    std::string id(world_->id(row.country));
    if (std::find(cases.begin(), cases.end(), id) == cases.end()) cases.push_back(std::move(id));
  }
  if (cases.empty()) return;
  // two cues beside each other are one comparison
  for (Link& l : out.links) {
    if (l.type != LinkType::kAnalogy || l.words.last <= memory.scratch.range.first || l.words.first >= last) continue;
    for (auto& id : cases)
      if (std::find(l.cases.begin(), l.cases.end(), id) == l.cases.end()) l.cases.push_back(id);
    l.words.last = std::max(l.words.last, span.last);
    return;
  }
  Link l;
  l.type = LinkType::kAnalogy;
  l.words = span;
  l.cases = std::move(cases);
  l.rule = matcher_.pattern(m.pattern).id;
  l.from = row(event_before(in, memory.scratch.range.first, m.words.first), memory);
  if (l.from == kNone && sentence > 0) {
    const WordRange before = in.words.of_sentence(sentence - 1);
    l.from = row(event_before(in, before.first, before.last), memory);
  }
  out.links.push_back(std::move(l));
}

void Stage::make(const Analysis& in, uint32_t sentence, const PatternMatch& m, LinkMemory& memory, LinkLayer& out) const {
  const Rule& r = rules_[m.pattern];
  const WordRange range = memory.scratch.range;
  if (r.type == LinkType::kAnalogy) { analogy(in, sentence, m, memory, out); return; }
  if (r.definite && !in.words.words[m.words.first].get(feat::kDef)) return;
  const bool phases = memory.phases_at != kNone && memory.phases_at + kPhaseReach >= sentence;
  if (r.announce) { memory.phases_at = sentence; memory.phase = 0; return; }
  if (r.needs_phases && !phases) return;
  Link l;
  l.type = r.type;
  l.rule = matcher_.pattern(m.pattern).id;
  const SlotValue* n = m.get('N');
  if (r.type == LinkType::kPhase) {
    l.order = r.next ? memory.phase + 1 : r.order ? r.order : n && n->quantity != kNone ? static_cast<uint32_t>(in.quantities.rows[n->quantity].value) : 0;
    if (l.order == 0 || l.order > 20) return;
    WordRange rest = span_after(in, m.words.last, memory);
    if (rest.empty() && m.words.last < range.last) rest = span_after(in, m.words.last + 1, memory);
    l.words = {m.words.first, std::max(rest.last, m.words.last)};
    // its event: in the phrase, else later in the sentence, else in the next one
    l.from = row(event_in(in, m.words.last, range.last), memory);
    if (l.from == kNone && sentence + 1 < in.text.sentences.size()) {
      const WordRange next = in.words.of_sentence(sentence + 1);
      l.from = row(event_in(in, next.first, next.last), memory);
    }
    for (const Link& k : out.links)
      if (k.type == LinkType::kPhase && k.order == l.order && k.words.first < range.last && k.words.last > range.first) return;
    memory.phases_at = sentence;
    memory.phase = l.order;
    out.links.push_back(std::move(l));
    return;
  }
  WordRange rest = span_after(in, m.words.last, memory);
  if (r.last_word) rest.first = m.words.last - 1;
  if (rest.empty() && !r.with_cue) {
    // "for two purposes: first ...": the items follow the pause
    if (r.type != LinkType::kPurpose) return;
  }
  l.words = r.with_cue ? WordRange{m.words.first, std::max(rest.last, m.words.last)} : rest;
  const uint32_t inside = event_in(in, r.last_word ? rest.first : m.words.last, l.words.last);
  uint32_t host = event_before(in, range.first, m.words.first, r.last_word);
  if (r.last_word) {
    if (host == kNone) host = event_before(in, range.first, m.words.last - 1, true);
    if (host == kNone) return;
  }
  if (host == kNone) host = event_in(in, l.words.last, range.last);  // the cue stands first in the sentence
  switch (r.type) {
    case LinkType::kPurpose: case LinkType::kMotive: case LinkType::kPartOf:
      l.from = row(host, memory);
      l.to = row(inside, memory);
      break;
    case LinkType::kCause:
      l.from = row(r.reversed ? host : inside, memory);
      l.to = row(r.reversed ? inside : host, memory);
      break;
    default:  // before: the earlier one first
      l.from = row(r.reversed ? host : inside, memory);
      l.to = row(r.reversed ? inside : host, memory);
  }
  if (r.type == LinkType::kPurpose) {
    const size_t known = out.links.size();
    l.words = {m.words.last, m.words.last};
    items(in, l, memory, out);
    if (out.links.size() > known) return;
    l.words = rest;
    if (rest.empty()) return;
  }
  if (r.type == LinkType::kBefore) {
    if (l.from == kNone || l.to == kNone || l.from == l.to) return;
    if (in.events.rows[inside].trigger > m.words.last + 2) return;  // the cue governs the event itself
  }
  // "agreed to protect": the content of the act, no purpose of it
  if (r.last_word && host != kNone && in.events.rows[host].content != kNone && rest.contains(in.events.rows[host].content)) return;
  if (r.needs_event && inside == kNone) return;
  // without any event there is nothing to link
  if (l.from == kNone && l.to == kNone) return;
  for (const Link& k : out.links) if (k.type == l.type && k.words.first < l.words.last && l.words.first < k.words.last) return;
  out.links.push_back(std::move(l));
}

void Stage::entities(const Analysis& in, WordRange words, std::vector<std::string>& out) const {
  auto m = std::lower_bound(in.mentions.rows.begin(), in.mentions.rows.end(), words.first, [](const Mention& row, uint32_t w) { return row.head < w; });
  for (; m != in.mentions.rows.end() && m->head < words.last; ++m) {
    if (!m->entity.valid()) continue;
    std::string id = m->entity.local ? in.mentions.locals[m->entity.index].id : std::string(world_->id(m->entity.index));
    if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(std::move(id));
  }
}

// One question for each question mark; it begins with its question word if a pause stands before that.
void Stage::questions(const Analysis& in, uint32_t sentence, LinkMemory& memory, LinkLayer& out) const {
  const WordRange range = memory.scratch.range;
  uint32_t first = range.first;
  bool any = false;
  for (uint32_t w = range.first; w < range.last; ++w) {
    const char32_t p = in.words.words[w].tag == Tag::kPunct ? in.text.tokens[in.words.words[w].token].punct : 0;
    if (p == '.' || p == '!') { first = w + 1; continue; }
    if (p != '?' && p != 0x61F) continue;
    WordRange part{first, w};
    first = w + 1;
    while (!part.empty() && in.words.words[part.first].tag == Tag::kPunct) ++part.first;
    uint32_t content = 0;
    for (uint32_t k = part.first; k < part.last; ++k) content += in.words.words[k].tag != Tag::kPunct;
    if (content == 0) continue;
    // after a pause: the question proper, unless what stands before asks too or gives its condition
    if (!matcher_.at(ask_, part.first, memory.scratch) && !matcher_.at(ask_, std::min(part.first + 1, part.last), memory.scratch)) {
      for (uint32_t k = part.first + 1; k < part.last; ++k) {
        const char32_t before = in.words.words[k - 1].tag == Tag::kPunct ? in.text.tokens[in.words.words[k - 1].token].punct : 0;
        if ((before == ',' || before == 0x60C || before == ':' || before == '"' || before == 0x201C || before == 0xAB) &&
            (matcher_.at(ask_, k, memory.scratch) || (k + 1 < part.last && in.words.words[k].token == in.words.words[k + 1].token && matcher_.at(ask_, k + 1, memory.scratch)))) {
          part.first = k;
          break;
        }
      }
    }
    Question q;
    q.sentence = sentence;
    q.words = part;
    entities(in, part, q.about);
    if (q.about.empty()) entities(in, range, q.about);
    if (q.about.empty()) q.about = memory.last_entities;
    out.questions.push_back(std::move(q));
    any = true;
  }
  (void)any;
  std::vector<std::string> here;
  entities(in, range, here);
  if (!here.empty()) memory.last_entities = std::move(here);
}

void Stage::run(const Analysis& in, uint32_t sentence, LinkMemory& memory, LinkLayer& out) const {
  if (memory.row_of.size() != in.events.rows.size()) {
    memory.row_of.assign(in.events.rows.size(), kNone);
    for (uint32_t i = static_cast<uint32_t>(in.stance.rows.size()); i-- > 0;) memory.row_of[in.stance.rows[i].event] = i;
  }
  matcher_.scan(in, sentence, memory.scratch);
  auto& list = memory.scratch.matches;
  if (!in.text.sentences[sentence].in_title) {
    // the longer cue of two that overlap
    std::stable_sort(list.begin(), list.end(), [](const PatternMatch& a, const PatternMatch& b) { return a.words.size() > b.words.size(); });
    std::vector<PatternMatch> kept;
    for (const PatternMatch& m : list) {
      if (!rules_[m.pattern].known) continue;
      bool clash = false;
      for (const PatternMatch& k : kept) clash = clash || (m.words.first < k.words.last && k.words.first < m.words.last);
      if (!clash) kept.push_back(m);
    }
    std::sort(kept.begin(), kept.end(), [](const PatternMatch& a, const PatternMatch& b) { return a.words.first < b.words.first; });
    for (const PatternMatch& m : kept) make(in, sentence, m, memory, out);
  }
  questions(in, sentence, memory, out);
}

bool negative(Factuality f) { return f == Factuality::kCtMinus || f == Factuality::kPrMinus || f == Factuality::kPsMinus; }

}  // namespace

void finish_links(const Analysis& in, LinkLayer& out) {
  // one phase alone is the stage of some project, not a course of events told in phases
  const auto phase = [](const Link& l) { return l.type == LinkType::kPhase; };
  if (std::count_if(out.links.begin(), out.links.end(), phase) == 1)
    out.links.erase(std::remove_if(out.links.begin(), out.links.end(), phase), out.links.end());
  const auto& rows = in.stance.rows;
  for (uint32_t i = 0; i < rows.size(); ++i) {
    for (uint32_t k = i + 1; k < rows.size() && rows[k].event == rows[i].event; ++k) {
      Link l;
      l.type = LinkType::kSameEvent;
      const bool first_denies = negative(rows[i].factuality) && !negative(rows[k].factuality);
      l.from = first_denies ? i : k;
      l.to = first_denies ? k : i;
      const EventStatus& later = rows[l.from];
      if (later.chain_end > later.chain_begin) {
        const Holder& h = in.stance.holders[later.chain_end - 1];
        if (!h.author && !h.words.empty()) {
          l.words = h.words;
          if (h.cue != kNone && h.cue + 12 > h.words.first && h.cue < h.words.last + 12)
            l.words = {std::min(l.words.first, h.cue), std::max(l.words.last, h.cue + 1)};
        }
      }
      out.links.push_back(std::move(l));
    }
  }
}

std::unique_ptr<LinkStage> LinkStage::open(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                                           std::shared_ptr<const Lexicon>) {
  return std::make_unique<Stage>(std::move(pack), lang, std::move(world));
}

}  // namespace biruni
