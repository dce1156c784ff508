// Sets of single sentences: detection, spans, the surest event, marked pairs, parallel lines.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "eval/sets.h"
#include "ingest/input.h"

namespace biruni::eval {
namespace {

using Json = nlohmann::json;

std::vector<Json> lines_of(const std::string& bytes) {
  std::vector<Json> out;
  for (size_t at = 0; at < bytes.size();) {
    size_t end = bytes.find('\n', at);
    if (end == std::string::npos) end = bytes.size();
    if (end > at + 1) {
      Json j = Json::parse(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
      if (j.is_object()) out.push_back(std::move(j));
    }
    at = end + 1;
  }
  return out;
}

Document document(const Json& j) {
  Document d;
  d.id = j.value("id", "");
  d.lang = j.value("lang", "");
  if (j.contains("date") && j["date"].is_string()) parse_date(j["date"].get<std::string>(), d.date);
  set_text(d, "", j.value("text", ""));
  return d;
}
std::vector<Document> documents(const std::vector<Json>& rows) {
  std::vector<Document> out;
  for (const Json& j : rows) out.push_back(document(j));
  return out;
}

/// Types of older drafts and pairs that are taken as one.
bool type_right(const std::string& gold, const std::string& predicted) {
  static const std::map<std::string, std::set<std::string>> kTaken = {
      {"DEMAND", {"REQUEST"}}, {"DISAPPROVE", {"ACCUSE"}}, {"INVESTIGATE", {"ACCUSE"}}, {"FIGHT", {"ASSAULT"}},
      {"YIELD", {"CONCEDE", "RETREAT"}}, {"SANCTION", {"SANCTION", "COERCE"}}, {"COERCE", {"COERCE", "SANCTION"}}};
  const auto it = kTaken.find(gold);
  return it == kTaken.end() ? gold == predicted : it->second.count(predicted) > 0;
}

std::string describe(const PredictedEvent& e) {
  std::string out = e.type + " '" + e.trigger_text + "'";
  for (const auto& a : e.actors) out += " A:" + a.text;
  for (const auto& r : e.recipients) out += " R:" + r.text;
  if (!e.happened) out += " (" + e.factuality + ", not happened)";
  if (e.alleged) out += " (alleged)";
  for (const auto& r : e.rules) out += " [" + r + "]";
  return out;
}
std::string describe(const Prediction& p) {
  std::string out;
  for (const auto& e : p.events) out += (out.empty() ? "" : " | ") + describe(e);
  if (!out.empty()) return "coded: " + out;
  for (const auto& s : p.seen) out += (out.empty() ? "" : "; ") + s.text + (s.row.empty() ? "" : " [" + s.row + "]") + ": " + s.outcome;
  return out.empty() ? "nothing seen" : "seen: " + out;
}

}  // namespace

void score_detection(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out) {
  const auto rows = lines_of(bytes);
  const auto predictions = predictor.run(documents(rows));
  Counts counts, unfiltered;
  size_t coded = 0, kept = 0;  // sentences labelled yes with an event of any status; with one that happened
  std::map<std::string, std::pair<size_t, size_t>> disputed;  // label -> predicted yes, all
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string type = rows[i].value("event_type", ""), label = rows[i].value("label", "");
    bool happened = false, any = false;
    for (const auto& e : predictions[i].events) {
      if (!type_right(type, e.type)) continue;
      any = true;
      happened = happened || e.counts();
    }
    if (label != "yes" && label != "easy no") {
      auto& d = disputed[label];
      d.first += happened;
      ++d.second;
      continue;
    }
    const bool gold = label == "yes";
    auto add = [&](Counts& c, bool predicted) { (gold ? (predicted ? c.tp : c.fn) : (predicted ? c.fp : c.tp)) += gold || predicted; };
    add(counts, happened);
    add(unfiltered, any);
    coded += gold && any;
    kept += gold && happened;
    if (gold != happened)
      out.misses.push_back({file.set, rows[i].value("id", ""), gold ? "missed" : "spurious", type, rows[i].value("text", ""), describe(predictions[i])});
  }
  out.prf(file.set, "happened", counts);
  out.prf(file.set, "any status", unfiltered);
  if (coded) out.share(file.set, "yes kept as happened", kept, coded);
  for (const auto& [label, d] : disputed) out.shown(file.set, "said yes where " + label, d.second ? double(d.first) / double(d.second) : 0, d.second);
}

void score_spans(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out) {
  const auto rows = lines_of(bytes);
  const auto predictions = predictor.run(documents(rows));
  Counts source, target;
  size_t found = 0, with_verb = 0;
  auto bag = [](const std::string& text) {
    std::multiset<std::string> b;
    for (auto& t : tokens_of(text)) b.insert(t.text);
    return b;
  };
  for (size_t i = 0; i < rows.size(); ++i) {
    const Json& row = rows[i];
    const std::string type = row.value("event_type", ""), text = row.value("text", "");
    const auto tokens = tokens_of(text);
    const PredictedEvent* first = nullptr;
    std::set<std::string> triggers;
    for (const auto& e : predictions[i].events) {
      if (!type_right(type, e.type)) continue;
      if (!first) first = &e;
      for (const auto& t : tokens)
        if (t.at.overlaps(e.trigger)) triggers.insert(t.text);
    }
    std::set<std::string> verbs;
    for (const auto& t : tokens_of(row.value("verb_gold", ""))) verbs.insert(t.text);
    for (const Json& s : row.value("spans", Json::array()))
      for (const Json& v : s.value("verb", Json::array()))
        for (const auto& t : tokens_of(v.get<std::string>())) verbs.insert(t.text);
    if (!verbs.empty()) {
      ++with_verb;
      const bool hit = std::any_of(triggers.begin(), triggers.end(), [&](const std::string& t) { return verbs.count(t) > 0; });
      found += hit;
      if (!hit) {
        std::string want;
        for (const auto& v : verbs) want += (want.empty() ? "" : " ") + v;
        out.misses.push_back({file.set, row.value("id", ""), "trigger", want, text, describe(predictions[i])});
      }
    }
    auto compare = [&](const char* key, const std::vector<PredictedActor>* fillers, Counts& c) {
      auto gold = bag(row.value(key, ""));
      if (gold.empty()) return;
      std::set<uint32_t> taken;  // whole tokens of the text that the fillers touch
      if (fillers)
        for (const auto& f : *fillers)
          for (const auto& t : tokens)
            if (t.at.overlaps(f.at)) taken.insert(t.at.start);
      const size_t before = c.tp, gold_size = gold.size();
      size_t predicted = 0;
      for (const auto& t : tokens) {
        if (!taken.count(t.at.start)) continue;
        ++predicted;
        const auto it = gold.find(t.text);
        if (it == gold.end()) {
          ++c.fp;
        } else {
          ++c.tp;
          gold.erase(it);
        }
      }
      c.fn += gold.size();
      if (c.tp - before < gold_size || predicted > gold_size)
        out.misses.push_back({file.set, row.value("id", ""), key, row.value(key, ""), text, describe(predictions[i])});
    };
    compare("source_gold", first ? &first->actors : nullptr, source);
    compare("target_gold", first ? &first->recipients : nullptr, target);
  }
  out.prf(file.set, "source words", source);
  out.prf(file.set, "target words", target);
  out.share(file.set, "trigger found", found, with_verb);
}

void score_surest(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out) {
  const auto rows = lines_of(bytes);
  const auto predictions = predictor.run(documents(rows));
  Counts type, actors, recipients;
  auto countries = [](const Json& list) {
    static const std::map<std::string, std::string> kOlder = {{"JAP", "JPN"}, {"ITL", "ITA"}, {"VTN", "VNM"}};
    static const std::set<std::string> kNone = {"IGO", "NGO", "MNC", "IMG", "UIS"};
    std::set<std::string> codes;
    for (const Json& a : list) {
      std::string code = a.contains("code") && a["code"].is_string() ? a["code"].get<std::string>() : "";
      if (const auto it = kOlder.find(code); it != kOlder.end()) code = it->second;
      if (code.size() == 3 && !kNone.count(code)) codes.insert(code);
    }
    return codes;
  };
  for (size_t i = 0; i < rows.size(); ++i) {
    const Json& row = rows[i];
    const std::string gold = row.value("event", "");
    const PredictedEvent* surest = nullptr;
    for (const auto& e : predictions[i].events)
      if (!surest || e.confidence > surest->confidence) surest = &e;
    const bool right = surest && type_right(gold, surest->type);
    if (right) ++type.tp;
    else ++type.fn, type.fp += surest != nullptr;
    auto compare = [&](const char* key, const std::vector<PredictedActor>* fillers, Counts& c) {
      const auto want = countries(row.value(key, Json::array()));
      std::set<std::string> have;
      if (fillers)
        for (const auto& f : *fillers)
          if (!f.country.empty()) have.insert(f.country);
      for (const auto& w : want) (have.count(w) ? c.tp : c.fn) += 1;
      for (const auto& h : have) c.fp += !want.count(h);
      return have == want;
    };
    const bool a = compare("source", surest ? &surest->actors : nullptr, actors);
    const bool r = compare("target", surest ? &surest->recipients : nullptr, recipients);
    if (!right || !a || !r) {
      std::string want = gold + " A:";
      for (const auto& c : countries(row.value("source", Json::array()))) want += c + " ";
      want += "R:";
      for (const auto& c : countries(row.value("target", Json::array()))) want += c + " ";
      out.misses.push_back({file.set, row.value("id", ""), right ? "actors" : "type", want, row.value("text", ""), describe(predictions[i])});
    }
  }
  out.prf(file.set, "surest type", type);
  out.prf(file.set, "actor countries", actors);
  out.prf(file.set, "recipient countries", recipients);
}

void score_marked(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out) {
  static const std::set<std::string> kReciprocal = {"AGREE", "CONSULT", "COOPERATE"};
  const auto rows = lines_of(bytes);
  const auto predictions = predictor.run(documents(rows));
  size_t joined = 0, typed = 0, placed = 0, happened = 0;
  std::map<std::string, std::pair<size_t, size_t>> by_type;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Json& row = rows[i];
    const std::string gold = row.value("root", ""), marked = row.value("marked", "");
    // the marks moved out, their places kept
    std::string plain;
    size_t at[4] = {};
    static constexpr const char* kMarks[] = {"<s>", "</s>", "<t>", "</t>"};
    for (size_t p = 0; p < marked.size();) {
      bool mark = false;
      for (int m = 0; m < 4 && !mark; ++m) {
        const std::string_view text = kMarks[m];
        if (marked.compare(p, text.size(), text) != 0) continue;
        at[m] = plain.size();
        p += text.size();
        mark = true;
      }
      if (!mark) plain += marked[p++];
    }
    auto extent = [&](size_t from, size_t to) {
      const auto count = [](std::string_view s) { return static_cast<uint32_t>(std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; })); };
      const std::string_view s = plain;
      return Extent{count(s.substr(0, from)), count(s.substr(0, to)), false};
    };
    const Extent source = extent(at[0], at[1]), target = extent(at[2], at[3]);
    auto touches = [](const std::vector<PredictedActor>& list, const Extent& e) {
      return std::any_of(list.begin(), list.end(), [&](const PredictedActor& f) { return f.at.overlaps(e); });
    };
    bool whole = false, type = false, place = false;
    for (const auto& e : predictions[i].events) {
      happened += e.counts();
      const bool straight = touches(e.actors, source) && touches(e.recipients, target);
      const bool swapped = touches(e.actors, target) && (touches(e.recipients, source) || touches(e.actors, source));
      place = place || straight;
      if (!type_right(gold, e.type)) continue;
      type = true;
      whole = whole || straight || (kReciprocal.count(gold) && swapped);
    }
    joined += whole;
    typed += type;
    placed += place;
    auto& t = by_type[gold];
    t.first += whole;
    ++t.second;
    if (!whole) out.misses.push_back({file.set, row.value("id", ""), type ? "actors" : "type", gold, marked, describe(predictions[i])});
  }
  out.share(file.set, "joined", joined, rows.size());
  out.share(file.set, "type anywhere", typed, rows.size());
  out.share(file.set, "source and target, any type", placed, rows.size());
  for (const auto& [type, t] : by_type) out.share(file.set, "joined " + type, t.first, t.second);
  out.shown(file.set, "events that happened, a sentence", rows.empty() ? 0 : double(happened) / double(rows.size()), rows.size());
}

void score_parallel(const std::string& set, const std::vector<std::string>& first, const std::vector<std::string>& second,
                    const std::vector<std::string>& langs, const Predictor& predictor, Scores& out) {
  const size_t n = std::min(first.size(), second.size());
  auto predict = [&](const std::vector<std::string>& lines, const std::string& lang) {
    std::vector<Document> docs(n);
    for (size_t i = 0; i < n; ++i) {
      docs[i].id = std::to_string(i + 1);
      docs[i].lang = lang;
      set_text(docs[i], "", lines[i]);
    }
    return predictor.run(docs);
  };
  const auto a = predict(first, langs[0]), b = predict(second, langs[1]);
  size_t both = 0, in_a = 0, in_b = 0;
  std::map<std::string, Counts> by_type;
  for (size_t i = 0; i < n; ++i) {
    auto count = [](const Prediction& p) {
      std::map<std::string, int> c;
      for (const auto& e : p.events)
        if (e.counts()) ++c[e.type];
      return c;
    };
    auto ca = count(a[i]), cb = count(b[i]);
    bool differs = false;
    for (const auto& [t, k] : ca) {
      const int shared = std::min(k, cb[t]);
      both += shared;
      in_a += k;
      by_type[t].tp += shared;
      by_type[t].fp += k - shared;
      differs = differs || k != cb[t];
    }
    for (const auto& [t, k] : cb) {
      in_b += k;
      by_type[t].fn += k - std::min(k, ca[t]);
      differs = differs || k != ca[t];
    }
    if (differs)
      out.misses.push_back({set, "line " + std::to_string(i + 1), "differs", "", first[i] + "  ||  " + second[i],
                            langs[0] + " " + describe(a[i]) + "  ||  " + langs[1] + " " + describe(b[i])});
  }
  // which countries are spoken of by name or adjective; differences by line number alone
  Counts countries;
  for (size_t i = 0; i < n; ++i) {
    auto spoken = [](const Prediction& p) {
      std::set<std::string> c;
      for (const auto& m : p.mentions)
        if (!m.country.empty() && (m.form == "name" || m.form == "adjective")) c.insert(m.country);
      return c;
    };
    const auto ca = spoken(a[i]), cb = spoken(b[i]);
    std::string only;
    for (const auto& c : ca) {
      countries.tp += cb.count(c);
      if (!cb.count(c)) { ++countries.fp; only += " " + langs[0] + ":" + c; }
    }
    for (const auto& c : cb)
      if (!ca.count(c)) { ++countries.fn; only += " " + langs[1] + ":" + c; }
    if (!only.empty()) out.misses.push_back({set, "line " + std::to_string(i + 1), "countries", "only" + only, "", ""});
  }
  out.measures.push_back({set, "countries spoken of", false, false, 0, 0, countries.f1(), countries.tp + countries.fn + countries.fp});
  out.measures.push_back({set, "agreement", false, false, 0, 0, in_a + in_b ? 2.0 * double(both) / double(in_a + in_b) : 0, n});
  for (const auto& [t, c] : by_type) out.measures.push_back({set, "agreement " + t, false, true, 0, 0, c.f1(), c.tp + c.fn + c.fp});
  out.shown(set, "events that happened, " + langs[0], double(in_a), n);
  out.shown(set, "events that happened, " + langs[1], double(in_b), n);
}

}  // namespace biruni::eval
