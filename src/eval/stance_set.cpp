// The corpus of attribution and factuality (eval/stance): event by event, field by field, a language at a time.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "eval/sets.h"

namespace biruni::eval {
namespace {

using Json = nlohmann::json;

bool one_of(const Json& e, const char* key, const char* any, const std::string& have) {
  if (e.contains(any))
    for (const Json& v : e[any])
      if (v == have) return true;
  return e.contains(key) && e[key] == have;
}

struct Judged { std::map<std::string, bool> fields; };

Judged judge(const Json& g, const PredictedEvent& e) {
  Judged j;
  auto& f = j.fields;
  f["type"] = one_of(g, "type", "any", e.type);
  const Json chain = g.value("chain", Json::array());
  bool names = chain.size() == e.chain.size();
  for (size_t i = 0; names && i < chain.size(); ++i) names = same_name(chain[i].get<std::string>(), e.chain[i]);
  f["chain"] = names;
  f["holder"] = !chain.empty() && !e.chain.empty() && same_name(chain.back().get<std::string>(), e.chain.back());
  if (g.contains("stance")) f["stance"] = !e.chain.empty() && one_of(g, "stance", "stance_any", e.chain.back().stance);
  f["factuality"] = one_of(g, "factuality", "factuality_any", e.factuality);
  if (g.contains("author")) f["author"] = one_of(g, "author", "author_any", e.author);
  if (g.contains("happened")) f["happened"] = g["happened"] == e.happened;
  if (g.contains("alleged")) f["alleged"] = g["alleged"] == e.alleged;
  if (g.contains("tense")) f["tense"] = one_of(g, "tense", "tense_any", e.tense);
  if (g.contains("anonymous")) f["anonymous"] = !e.chain.empty() && g["anonymous"] == e.chain.back().anonymous;
  if (g.contains("unsourced") || e.unsourced) f["unsourced"] = g.value("unsourced", false) == e.unsourced;
  return j;
}

struct Tally {
  Counts events;
  std::map<std::string, std::pair<size_t, size_t>> fields;
  std::map<std::string, std::pair<size_t, size_t>> phenomena;  // whole events right
  size_t whole = 0, items = 0, pairs = 0, pairs_right = 0;
};

}  // namespace

void score_stance(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out) {
  std::vector<Json> rows;
  std::vector<Document> docs;
  read_rows(file, bytes, rows, docs);
  const auto predictions = predictor.run(docs);
  std::map<std::string, Tally> by_lang;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Json& row = rows[i];
    const Prediction& p = predictions[i];
    const std::string text = row.value("text", ""), id = row.value("id", ""), phenomenon = row.value("phenomenon", "");
    Tally& t = by_lang[row.value("lang", "")];
    const Json events = row.value("events", Json::array());
    struct Pair { size_t item, event; size_t score; };
    std::vector<Pair> pairs;
    std::vector<std::vector<Extent>> places(events.size());
    for (size_t g = 0; g < events.size(); ++g) {
      places[g].push_back(find_piece(text, events[g].value("near", ""), events[g].value("occurrence", 1u)));
      for (const Json& n : events[g].value("near_any", Json::array())) places[g].push_back(find_piece(text, n.get<std::string>()));
      for (size_t k = 0; k < p.events.size(); ++k) {
        if (std::none_of(places[g].begin(), places[g].end(), [&](const Extent& e) { return p.events[k].trigger.overlaps(e); })) continue;
        const Judged j = judge(events[g], p.events[k]);
        size_t right = 0;
        for (const auto& [name, ok] : j.fields) right += ok ? (name == "type" ? 20 : name == "holder" ? 3 : 1) : 0;
        pairs.push_back({g, k, right});
      }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.score > b.score; });
    std::vector<size_t> event_of(events.size(), p.events.size()), item_of(p.events.size(), events.size());
    for (const Pair& x : pairs) {
      if (event_of[x.item] < p.events.size() || item_of[x.event] < events.size()) continue;
      event_of[x.item] = x.event;
      item_of[x.event] = x.item;
    }
    size_t pair_right = 0;
    for (size_t g = 0; g < events.size(); ++g) {
      const Json& gold = events[g];
      if (gold.value("optional", false)) continue;
      ++t.items;
      auto& ph = t.phenomena[phenomenon];
      ++ph.second;
      if (event_of[g] == p.events.size()) {
        ++t.events.fn;
        out.misses.push_back({file.set, id, "missed (" + phenomenon + ")", gold.value("type", "") + " '" + gold.value("near", "") + "'", text, why(p, places[g][0])});
        continue;
      }
      ++t.events.tp;
      const PredictedEvent& e = p.events[event_of[g]];
      std::string wrong;
      bool whole = true;
      for (const auto& [name, ok] : judge(gold, e).fields) {
        auto& f = t.fields[name];
        f.first += ok;
        ++f.second;
        if (ok) continue;
        if (name != "type" && name != "tense" && name != "anonymous") whole = false;
        wrong += (wrong.empty() ? "" : ", ") + name;
      }
      t.whole += whole;
      ph.first += whole;
      pair_right += whole;
      if (!wrong.empty()) {
        std::string have = e.type + " " + e.factuality + " author " + e.author + (e.happened ? " happened" : "") + (e.alleged ? " alleged" : "") + (e.unsourced ? " unsourced" : "") + " " + e.tense;
        for (const auto& h : e.chain) have += " > " + h.holder + (h.stance.empty() ? "" : "/" + h.stance);
        for (const auto& r : e.rules) have += " [" + r + "]";
        out.misses.push_back({file.set, id, "fields (" + phenomenon + ")", wrong + " of '" + gold.value("near", "") + "'; gold " + gold.dump(-1, ' ', false, Json::error_handler_t::replace), text, have});
      }
    }
    for (size_t k = 0; k < p.events.size(); ++k)
      if (item_of[k] == events.size()) {
        ++t.events.fp;
        const PredictedEvent& e = p.events[k];
        std::string rules;
        for (const auto& r : e.rules) rules += " [" + r + "]";
        out.misses.push_back({file.set, id, "spurious (" + phenomenon + ")", e.type + " '" + e.trigger_text + "' " + e.factuality, text, rules});
      }
    if (row.value("pair", false)) {
      ++t.pairs;
      t.pairs_right += pair_right == 2;
    }
  }
  for (const auto& [lang, t] : by_lang) {
    const std::string set = file.set + " " + lang;
    out.prf(set, "events", t.events);
    for (const auto& [name, f] : t.fields) out.share(set, name, f.first, f.second);
    out.share(set, "all but type, tense, anonymous", t.whole, t.items);
    if (t.pairs) out.share(set, "pairs, both right", t.pairs_right, t.pairs);
    for (const auto& [name, f] : t.phenomena) out.shown(set, "phenomenon " + name, f.second ? double(f.first) / double(f.second) : 0, f.second);
  }
}

}  // namespace biruni::eval
