// What holds for a sentence as a whole, and what the tree has lost.
#include "stance/stage.h"

#include <algorithm>

#include "model/phrase.h"

namespace biruni::stance_detail {

using namespace stance_flag;

// The main clause, or the main clause joined to it, that a word is in.
uint32_t Stage::segment(const Context& c, uint32_t w) const {
  const ClauseLayer& cl = c.in.clauses;
  for (int step = 0; step < kMaxPath; ++step) {
    const Dep& d = cl.deps[w];
    if (d.head == kNone) return w;
    bool parted = d.rel == Rel::kConj;  // a second main clause behind no sign at all is the first one, taken apart by the tree
    if (d.rel == Rel::kParataxis)
      for (uint32_t k = std::min(w, d.head); k < std::max(w, d.head) && !parted; ++k) parted = word(c, k).tag == Tag::kPunct || word(c, k).tag == Tag::kCconj;
    if (parted && predicate(c, w) && predicate(c, d.head)) {
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
    const bool citing = r.tag == Tag::kVerb && (r.flags & kGerund) && r.stance == StanceKind::kQuote;
    if (r.kind != CueKind::kReport || (r.tag != Tag::kAdp && r.tag != Tag::kAdv && r.tag != Tag::kSconj && r.tag != Tag::kCconj && !citing)) continue;
    bool of_holder = false;
    for (const FrameItem& f : finder_.frame(r)) of_holder |= f.role == 'H' && (f.rel.rel == Rel::kGen || f.rel.rel == Rel::kSubj || f.rel.rel == Rel::kObl || (citing && f.rel.rel == Rel::kObj));
    for (const FrameItem& f : finder_.frame(r)) of_holder &= f.role != 'C';
    if (!of_holder) continue;
    // its holder: what stands under the preposition; or the subject of the report in "as X said"
    uint32_t head = kNone;
    for (uint32_t w = h.last() + 1; w < c.range.last && w <= h.last() + 8; ++w) {
      if (word(c, w).tag == Tag::kPunct && w > h.last() + 1) break;
      const uint32_t cw = c.in.clauses.deps[w].case_word;
      if (cw != kNone && h.has(cw)) { head = w; break; }
    }
    Holder holder, passed_on;
    bool found = citing && !met(c, h) && find_holder(c, h, holder), chained = false;
    uint32_t seat = h.first();
    // a verb of saying behind it
    for (uint32_t w = h.last() + 1; w < c.range.last && w <= h.last() + 3 && !found; ++w) {
      if (word(c, w).tag == Tag::kPunct) break;
      if (!verbal(word(c, w))) continue;
      c.memory.cues.for_each(w, [&](const Hit& v) {
        const StanceRow& x = finder_.row(v);
        if (x.kind == CueKind::kReport && x.tag == Tag::kVerb && !found) {
          found = find_holder(c, v, holder);
          chained = found && find_role(c, v, 'S', passed_on) && !(passed_on.words == holder.words);
          seat = w;
        }
      });
      if (!found && !(r.flags & kNeedReport)) {
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
          if (t == Tag::kNoun || t == Tag::kPropn || t == Tag::kPron || (t == Tag::kAdj && (word(c, w).get(feat::kDef) || word(c, w).get(feat::kVerbForm) == 3))) { head = w; break; }
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
    holder.stance = r.stance == StanceKind::kQuote ? StanceKind::kAssert : r.stance;
    holder.cue = h.first();
    if (r.flags & kAnonymous) holder.anonymous = true;
    const bool innermost = r.stance == StanceKind::kQuote && st.holders > 0 && (r.flags & kDistance) == 0;
    add_holder(st, r, holder);
    if (chained) {
      passed_on.stance = StanceKind::kQuote;
      passed_on.cue = h.first();
      add_holder(st, r, passed_on);
    }
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
    if (r.kind != CueKind::kReport || r.tag != Tag::kVerb || h.count > 3 || met(c, h) || (r.flags & (kAccuse | kBackground))) continue;
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
      content |= complementizer(c, at + 1, std::min(at + 4, c.range.last));
      for (uint32_t k = w; k < at; ++k) content |= word(c, k).get(feat::kRelative) || word(c, k).get(feat::kWh) || word(c, k).tag == Tag::kCconj || word(c, k).tag == Tag::kSconj || cl.deps[k].rel == Rel::kMark;
      uint32_t rest = 0;
      for (uint32_t k = at + 1; k < c.range.last && (k < at + 2 || word(c, k).tag != Tag::kPunct); ++k) { rest += word(c, k).tag != Tag::kPunct; content |= is_event(c, k); }
      content |= word(c, at).get(feat::kVerbForm) == 2;  // would say, to say
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
    if (st.holders && st.holder[st.holders - 1].words == outer.holder[i].words) continue;
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

// "Were Spain to recall its envoy, ...", "Had they signed, ...": both halves.
void Stage::inverted_condition(Context& c, StanceState& st) const {
  if (!st.open || st.reported() || c.in.text.sentences[c.sentence].question) return;
  c.memory.cues.for_each(c.range.first, [&](const Hit& h) {
    const StanceRow& r = finder_.row(h);
    if (!(r.flags & kInverted) || st.counterfactual) return;
    bool comma = false, verb = false;
    for (uint32_t w = h.last() + 1; w < c.range.last && !comma; ++w) {
      comma = word(c, w).tag == Tag::kPunct && c.in.text.tokens[word(c, w).token].punct == ',';
      verb |= !comma && word(c, w).tag == Tag::kVerb;
    }
    if (comma && verb) st.cue(r, false);
  });
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
  inverted_condition(c, st);
  if (!st.voice) nearby(c, st);
  quotation(c, st);
  headline(c, st);
  according(c, st);
}

}  // namespace biruni::stance_detail
