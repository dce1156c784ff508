// Goldens of whole articles (the seed's and the examples'): events by place and type, then field by field; claims, links,
// questions, unsourced allegations; precision over what was coded besides.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "eval/sets.h"

namespace biruni::eval {
namespace {

using Json = nlohmann::json;

std::vector<std::string> list(const Json& item, const char* key) {
  std::vector<std::string> out;
  const auto it = item.find(key);
  if (it == item.end()) return out;
  if (it->is_string()) out.push_back(it->get<std::string>());
  else if (it->is_array())
    for (const Json& v : *it)
      if (v.is_string()) out.push_back(v.get<std::string>());
  return out;
}
bool holds(const std::vector<std::string>& v, const std::string& s) { return std::find(v.begin(), v.end(), s) != v.end(); }

/// Every id of gold is there as country or entity, and no actor of another country.
bool same_ids(const std::vector<std::string>& gold, const std::vector<PredictedActor>& have, const std::vector<PredictedActor>* also) {
  auto named = [&](const std::vector<PredictedActor>& v, const std::string& id) {
    return std::any_of(v.begin(), v.end(), [&](const PredictedActor& a) { return a.country == id || a.entity == id; });
  };
  for (const auto& id : gold)
    if (!named(have, id) && !(also && named(*also, id))) return false;
  return std::all_of(have.begin(), have.end(), [&](const PredictedActor& a) {
    return (a.country.empty() && a.entity.empty()) || holds(gold, a.country) || holds(gold, a.entity) ||
           (a.country.empty() && !a.entity.empty());
  });
}

struct Field { std::string name; bool right; std::string have; };

std::string ids_text(const std::vector<PredictedActor>& v) {
  std::string out;
  for (const auto& a : v) out += (out.empty() ? "" : ",") + (a.country.empty() ? (a.entity.empty() ? a.text : a.entity) : a.country);
  return out.empty() ? "none" : out;
}

/// The fields that gold states, each right or wrong.
std::vector<Field> compare(const Json& g, const PredictedEvent& e) {
  std::vector<Field> out;
  auto add = [&](const char* name, bool right, std::string have) { out.push_back({name, right, std::move(have)}); };
  auto one_of = [&](const char* key, const std::string& have) {
    if (g.contains(key)) add(key, holds(list(g, key), have), have);
  };
  auto any_actor = [&](const char* key, const std::vector<PredictedActor>& v, auto same) {
    if (!g.contains(key)) return;
    const auto want = list(g, key);
    add(key, std::any_of(v.begin(), v.end(), [&](const PredictedActor& a) {
          return std::any_of(want.begin(), want.end(), [&](const std::string& w) { return same(w, a); });
        }), ids_text(v));
  };
  const auto sector = [](const std::string& w, const PredictedActor& a) { return a.sector == w; };
  const auto person = [](const std::string& w, const PredictedActor& a) { return same_person(w, a) || a.entity == w; };
  one_of("mode", e.mode);
  if (g.contains("actors")) add("actors", same_ids(list(g, "actors"), e.actors, g.contains("recipients") ? nullptr : &e.recipients), ids_text(e.actors));
  if (g.contains("recipients")) add("recipients", same_ids(list(g, "recipients"), e.recipients, nullptr), ids_text(e.recipients));
  any_actor("actor_sector", e.actors, sector);
  any_actor("recipient_sector", e.recipients, sector);
  for (const char* key : {"actor_person", "actor_group", "actor_org"}) any_actor(key, e.actors, person);
  for (const char* key : {"recipient_person", "recipient_group"}) any_actor(key, e.recipients, person);
  std::string chain;
  for (const auto& h : e.chain) chain += (chain.empty() ? "" : " > ") + h.holder;
  if (g.contains("chain")) {
    const auto want = list(g, "chain");
    bool right = want.size() == e.chain.size();
    for (size_t i = 0; right && i < want.size(); ++i) right = same_name(want[i], e.chain[i]);
    add("chain", right, chain);
  } else if (g.contains("holder")) {
    const std::string want = g["holder"].get<std::string>();
    add("holder", want == "author" ? e.chain.size() == 1 : !e.chain.empty() && same_name(want, e.chain.back()), chain);
  }
  auto boolean = [&](const char* key, bool have) {
    if (g.contains(key) && g[key].is_boolean()) add(key, g[key].get<bool>() == have, have ? "true" : "false");
  };
  boolean("happened", e.happened);
  boolean("alleged", e.alleged);
  boolean("unsourced", e.unsourced);
  one_of("factuality", e.factuality);
  one_of("tense", e.tense);
  one_of("date", e.time);
  one_of("end_date", e.time_end);
  if (g.contains("place")) add("place", holds(list(g, "place"), e.place) || holds(list(g, "place"), e.place_entity), e.place);
  if (g.contains("place_any")) add("place", holds(list(g, "place_any"), e.place), e.place);
  if (g.contains("magnitudes")) {
    bool right = true;
    for (const Json& m : g["magnitudes"])
      right = right && std::any_of(e.magnitudes.begin(), e.magnitudes.end(), [&](const PredictedMagnitude& p) {
        return p.what == m.value("what", "") && std::fabs(p.value - m.value("value", 0.0)) < 1e-6 * std::max(1.0, p.value);
      });
    std::string have;
    for (const auto& m : e.magnitudes) have += fmt::format("{} {} ", m.what, m.value);
    add("magnitudes", right, have);
  }
  return out;
}

size_t right_of(const std::vector<Field>& fields) {
  return static_cast<size_t>(std::count_if(fields.begin(), fields.end(), [](const Field& f) { return f.right; }));
}

struct Tally {
  Counts events, events_optional_too;
  size_t located = 0, items = 0, fields_right = 0, fields = 0;
  std::map<std::string, std::pair<size_t, size_t>> by_field;
  Counts coded;           // precision of what was coded as having happened
  Counts coded_all;       // and of all
  size_t none_kept = 0, none = 0;
  Counts claims;
  size_t verdicts = 0, verdicts_right = 0;
  Counts links;
  size_t links_text = 0;
  Counts questions;
  size_t allegations = 0, allegations_found = 0;
  size_t genres = 0, genres_right = 0;
};

class Scorer {
 public:
  Scorer(const std::string& set, const Golden& golden, const Prediction& p, Tally& t, Scores& out)
      : set_(set), gold_(Json::parse(golden.bytes, nullptr, false)), p_(p), t_(t), out_(out) {
    text_ = std::string_view(golden.doc.buffer).substr(golden.doc.text_begin);
    name_ = golden.doc.id;
  }

  void run() {
    if (gold_.contains("document") && gold_["document"].contains("genre")) {
      ++t_.genres;
      t_.genres_right += gold_["document"]["genre"] == p_.genre;
    }
    events();
    coded();
    claims();
    links();
    passages();
  }

 private:
  Extent near(const std::string& piece) const { return find_piece(text_, piece); }
  void miss(const std::string& id, const std::string& kind, const std::string& what, const std::string& text, const std::string& why) {
    out_.misses.push_back({set_, name_ + "#" + id, kind, what, text, why});
  }

  void events() {
    const Json items = gold_.value("events", Json::array());
    struct Pair { size_t item, event; double score; std::vector<Field> fields; };
    std::vector<Pair> pairs;
    std::vector<Extent> places;
    for (size_t i = 0; i < items.size(); ++i) {
      const Json& g = items[i];
      places.push_back(near(g.value("near", "")));
      const auto types = list(g, "any");
      for (size_t k = 0; k < p_.events.size(); ++k) {
        const PredictedEvent& e = p_.events[k];
        const bool on = e.trigger.overlaps(places[i]);
        if (!holds(types, e.type) || (!on && !e.extent.overlaps(places[i]))) continue;
        auto fields = compare(g, e);
        const double share = fields.empty() ? 1 : double(right_of(fields)) / double(fields.size());
        pairs.push_back({i, k, share + (on ? 2 : 0), std::move(fields)});
      }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.score > b.score; });
    event_of_.assign(items.size(), kNone);
    item_of_.assign(p_.events.size(), kNone);
    optional_.assign(items.size(), false);
    std::vector<const Pair*> chosen(items.size(), nullptr);
    for (const Pair& p : pairs) {
      if (event_of_[p.item] != kNone || item_of_[p.event] != kNone) continue;
      event_of_[p.item] = static_cast<uint32_t>(p.event);
      item_of_[p.event] = static_cast<uint32_t>(p.item);
      chosen[p.item] = &p;
    }
    for (size_t i = 0; i < items.size(); ++i) {
      const Json& g = items[i];
      const bool optional = g.value("optional", false);
      optional_[i] = optional;
      ids_[g.value("id", "")] = i;
      bool found = false;
      if (chosen[i]) {
        const auto& fields = chosen[i]->fields;
        found = 4 * right_of(fields) >= 3 * fields.size();
        if (!optional) {
          ++t_.located;
          t_.fields += fields.size();
          t_.fields_right += right_of(fields);
          std::string wrong;
          for (const Field& f : fields) {
            auto& b = t_.by_field[f.name];
            b.first += f.right;
            ++b.second;
            if (!f.right) wrong += fmt::format("{}{} is {}", wrong.empty() ? "" : "; ", f.name, f.have.empty() ? "none" : f.have);
          }
          if (!wrong.empty()) {
            const PredictedEvent& e = p_.events[event_of_[i]];
            std::string rules;
            for (const auto& r : e.rules) rules += " [" + r + "]";
            miss(g.value("id", ""), found ? "field" : "fields", wrong, g.value("near", ""), e.id + " " + e.type + " '" + e.trigger_text + "'" + rules);
          }
        }
      } else if (!optional) {
        std::string types;
        for (const auto& x : list(g, "any")) types += (types.empty() ? "" : "|") + x;
        std::string there;
        for (const auto& e : p_.events)
          if (e.trigger.overlaps(places[i])) there += " coded: " + e.type + " '" + e.trigger_text + "'";
        miss(g.value("id", ""), "missed", types, g.value("near", ""), why(p_, places[i]) + there);
      }
      if (optional) continue;
      ++t_.items;
      (found ? t_.events.tp : t_.events.fn) += 1;
    }
  }

  void coded() {
    std::vector<Extent> none;
    for (const Json& n : gold_.value("none", Json::array())) none.push_back(near(n.get<std::string>()));
    t_.none += none.size();
    std::set<size_t> broken;
    for (size_t k = 0; k < p_.events.size(); ++k) {
      const PredictedEvent& e = p_.events[k];
      bool in_none = false;
      for (size_t n = 0; n < none.size(); ++n)
        if (e.trigger.overlaps(none[n]) && e.counts()) {
          in_none = true;
          broken.insert(n);
        }
      const bool matched = item_of_[k] != kNone;
      if (matched && optional_[item_of_[k]] && !in_none) continue;
      if (matched && !in_none) {
        ++t_.coded_all.tp;
        t_.coded.tp += e.counts();
      } else {
        ++t_.coded_all.fp;
        t_.coded.fp += e.counts();
        if (e.counts()) {
          std::string rules;
          for (const auto& r : e.rules) rules += " [" + r + "]";
          miss(e.id, in_none ? "coded where nothing happened" : "spurious", e.type + " '" + e.trigger_text + "'", passage(e.extent), rules);
        }
      }
    }
    t_.none_kept += none.size() - broken.size();
  }

  void claims() {
    std::set<size_t> used;
    for (const Json& g : gold_.value("claims", Json::array())) {
      const Extent place = near(g.value("near", ""));
      const std::string property = g.value("property", ""), subject = g.value("subject", "");
      size_t best = p_.claims.size();
      for (size_t k = 0; k < p_.claims.size(); ++k) {
        const PredictedClaim& c = p_.claims[k];
        const bool either_end = (property == "members" || property == "member_of") && (c.property == "members" || c.property == "member_of");
        if (!c.at.overlaps(place) || (c.property != property && !either_end) || used.count(k)) continue;
        if (!subject.empty() && c.subject != subject && !either_end && c.object != subject) continue;
        best = k;
        break;
      }
      const bool optional = g.value("optional", false);
      if (best < p_.claims.size()) used.insert(best);
      if (optional) continue;
      if (best == p_.claims.size()) {
        ++t_.claims.fn;
        miss(g.value("id", ""), "claim missed", property + " of " + subject, g.value("near", ""), "");
        continue;
      }
      ++t_.claims.tp;
      ++t_.verdicts;
      const bool right = p_.claims[best].verdict == g.value("verdict", "");
      t_.verdicts_right += right;
      if (!right) miss(g.value("id", ""), "verdict", "is " + p_.claims[best].verdict + ", should be " + g.value("verdict", ""), g.value("near", ""), "");
    }
    for (size_t k = 0; k < p_.claims.size(); ++k) {
      if (used.count(k)) continue;
      ++t_.claims.fp;
      miss("claim", "claim spurious", p_.claims[k].property + " of " + p_.claims[k].subject + " " + p_.claims[k].verdict, p_.claims[k].text, "");
    }
  }

  void links() {
    std::set<size_t> used;
    auto event_id = [&](const Json& g, const char* key) -> std::string {
      const auto it = ids_.find(g.value(key, ""));
      return it == ids_.end() || event_of_[it->second] == kNone ? std::string() : p_.events[event_of_[it->second]].id;
    };
    for (const Json& g : gold_.value("links", Json::array())) {
      const std::string type = g.value("type", "");
      const Extent place = g.contains("text") ? near(g["text"].get<std::string>()) : Extent{};
      const std::string event = event_id(g, "event"), from = event_id(g, "from"), to = event_id(g, "to"), of = event_id(g, "of");
      const auto cases = list(g, "cases");
      size_t best = p_.links.size();
      for (size_t k = 0; k < p_.links.size() && best == p_.links.size(); ++k) {
        const PredictedLink& l = p_.links[k];
        if (l.type != type || used.count(k)) continue;
        const bool by_text = !place.empty() && l.at.overlaps(place);
        const bool by_ends = !from.empty() && !to.empty() && ((l.from == from && l.to == to) || (type == "same_event" && l.from == to && l.to == from));
        const bool by_event = (!event.empty() && (l.from == event || l.to == event)) && place.empty();
        const bool by_of = !of.empty() && (l.from == of || l.to == of) && place.empty();
        size_t shared = 0;
        for (const auto& c : cases) shared += holds(l.cases, c);
        if (by_text || by_ends || by_event || by_of || (!cases.empty() && 2 * shared >= cases.size())) best = k;
      }
      if (best < p_.links.size()) used.insert(best);
      if (g.value("optional", false)) continue;
      if (best < p_.links.size()) ++t_.links.tp;
      else {
        ++t_.links.fn;
        miss(g.value("event", "link"), "link missed", type, g.value("text", g.value("from", "") + " " + g.value("to", "")), "");
      }
    }
    t_.links.fp += p_.links.size() - used.size();
  }

  void passages() {
    std::set<size_t> used;
    for (const Json& q : gold_.value("questions", Json::array())) {
      const Extent place = near(q.get<std::string>());
      bool found = false;
      for (size_t k = 0; k < p_.questions.size(); ++k)
        if (p_.questions[k].overlaps(place)) {
          found = true;
          used.insert(k);
        }
      (found ? t_.questions.tp : t_.questions.fn) += 1;
      if (!found) miss("question", "question missed", "", q.get<std::string>(), "");
    }
    t_.questions.fp += p_.questions.size() - used.size();
    for (const Json& q : gold_.value("unsourced_allegations", Json::array())) {
      const Extent place = near(q.get<std::string>());
      const bool found = std::any_of(p_.events.begin(), p_.events.end(), [&](const PredictedEvent& e) {
        return e.unsourced && (e.trigger.overlaps(place) || e.extent.overlaps(place));
      });
      ++t_.allegations;
      t_.allegations_found += found;
      if (!found) miss("allegation", "unsourced allegation missed", "", q.get<std::string>(), why(p_, place));
    }
  }

  std::string passage(Extent e) const {
    std::string out;
    uint32_t at = 0;
    for (const char c : text_) {
      const bool start = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      if (start) ++at;
      if (at > e.start && at <= e.end) out += c;
    }
    return out;
  }

  const std::string& set_;
  const Json gold_;
  const Prediction& p_;
  Tally& t_;
  Scores& out_;
  std::string_view text_;
  std::string name_;
  std::vector<uint32_t> event_of_, item_of_;
  std::vector<bool> optional_;
  std::map<std::string, size_t> ids_;
};

}  // namespace

void score_goldens(const std::string& set, const std::vector<Golden>& goldens, const Predictor& predictor, Scores& out) {
  std::vector<Document> docs;
  for (const Golden& g : goldens) docs.push_back(g.doc);
  const auto predictions = predictor.run(docs);
  Tally t;
  for (size_t i = 0; i < goldens.size(); ++i) {
    Scorer scorer(set, goldens[i], predictions[i], t, out);
    scorer.run();
  }
  t.events.fp = t.coded.fp;
  out.share(set, "events located (type and place)", t.located, t.items);
  out.prf(set, "events found (3/4 of fields)", t.events);
  out.share(set, "fields right", t.fields_right, t.fields);
  for (const auto& [field, b] : t.by_field) out.share(set, "field " + field, b.first, b.second);
  out.share(set, "precision, happened", t.coded.tp, t.coded.tp + t.coded.fp);
  out.share(set, "precision, all", t.coded_all.tp, t.coded_all.tp + t.coded_all.fp);
  out.share(set, "passages without events kept", t.none_kept, t.none);
  out.prf(set, "claims", t.claims);
  out.share(set, "verdicts", t.verdicts_right, t.verdicts);
  out.prf(set, "links", t.links);
  out.prf(set, "questions", t.questions);
  out.share(set, "unsourced allegations", t.allegations_found, t.allegations);
  out.share(set, "genre", t.genres_right, t.genres);
}

}  // namespace biruni::eval
