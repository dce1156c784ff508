// The corpus of single claims (eval/claims): one sentence, at most one claim, its verdict. A language at a time.
#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "eval/sets.h"

namespace biruni::eval {
namespace {

using Json = nlohmann::json;

std::string str(const Json& j, const char* key) {
  const auto it = j.find(key);
  return it != j.end() && it->is_string() ? it->get<std::string>() : std::string();
}

/// Properties of two equal parties: the text may name either first.
bool symmetric(const std::string& property) { return property == "borders" || property == "border_length" || property == "distance"; }

bool same_day(const std::string& gold, const std::string& have) {  // what both say: a year, a month, a day
  const size_t n = std::min(gold.size(), have.size());
  return n >= 4 && gold.compare(0, n, have, 0, n) == 0;
}

bool dated(const std::string& property) { return property == "founded" || property == "independence" || property == "date_of"; }

std::string number_text(const Json& v) { return v.is_number() ? std::to_string(v.get<long long>()) : v.get<std::string>(); }

bool same_value(const Json& gold, const PredictedClaim& c) {
  const auto it = gold.find("value");
  if (it == gold.end()) return true;
  if (it->is_array()) {
    std::set<std::string> want, have(c.list.begin(), c.list.end());
    for (const Json& v : *it) want.insert(v.get<std::string>());
    return want == have;
  }
  if (dated(c.property)) return same_day(number_text(*it), c.has_number ? std::to_string(static_cast<long long>(c.value)) : c.text_value);
  if (it->is_number()) return c.has_number && std::fabs(c.value - it->get<double>()) <= 0.01 * std::fabs(it->get<double>());
  return alike(it->get<std::string>(), c.text_value);
}

/// Subject, object and value; comparator, unit and direction are told apart.
bool same_claim(const Json& gold, const PredictedClaim& c) {
  const std::string property = str(gold, "property"), subject = str(gold, "subject"), object = str(gold, "object");
  if (property != c.property) return false;
  if (property == "weekday") return str(gold, "as_of") == c.as_of && same_value(gold, c);
  const std::string have = !c.object.empty() || object.empty() ? c.object : c.text_value;
  const bool straight = alike(subject, c.subject) && (object.empty() ? true : alike(object, have));
  const bool swapped = symmetric(property) && alike(subject, have) && alike(object, c.subject);
  // "A is larger than B" is "B is smaller than A"
  const bool compared = !object.empty() && !gold.contains("value") && alike(subject, have) && alike(object, c.subject) &&
                        ((str(gold, "comparator") == ">" && c.comparator == "<") || (str(gold, "comparator") == "<" && c.comparator == ">"));
  return (straight || swapped || compared) && same_value(gold, c);
}

/// "A, B and C are members": one claim with a list, or one claim each, is the same.
bool as_single_members(const Json& gold, const std::vector<PredictedClaim>& claims, std::set<size_t>& used) {
  if (str(gold, "property") != "members" || !gold.contains("value") || !gold["value"].is_array()) return false;
  for (const Json& v : gold["value"]) {
    size_t k = 0;
    while (k < claims.size() && !(claims[k].property == "member_of" && claims[k].subject == v && alike(str(gold, "subject"), claims[k].object))) ++k;
    if (k == claims.size()) return false;
    used.insert(k);
  }
  return true;
}

std::string show(const PredictedClaim& c) {
  std::string v = c.has_number ? std::to_string(c.value) : c.text_value;
  for (const auto& x : c.list) v += (v.empty() ? "" : " ") + x;
  return c.verdict + ": " + c.subject + " " + c.property + (c.object.empty() ? "" : " " + c.object) + " " + c.comparator + " " + v +
         (c.as_of.empty() ? "" : " as of " + c.as_of) + (c.negated ? " negated" : "") + (c.direction.empty() ? "" : " " + c.direction) + " | " + c.why;
}

struct Tally {
  Counts claims;
  size_t verdicts = 0, right = 0, items = 0, fields = 0, found = 0, true_items = 0, true_contradicted = 0;
  std::map<std::string, std::pair<size_t, size_t>> properties;
};

}  // namespace

void score_claims(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out) {
  std::vector<Json> rows;
  std::vector<Document> docs;
  read_rows(file, bytes, rows, docs);
  const auto predictions = predictor.run(docs);
  std::map<std::string, Tally> by_lang;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Json& row = rows[i];
    const auto& claims = predictions[i].claims;
    Tally& t = by_lang[str(row, "lang")];
    const std::string text = str(row, "text"), id = str(row, "id");
    const Json gold = row.value("claim", Json());
    auto miss = [&](const char* kind, const std::string& what) {
      std::string have;
      for (const auto& c : claims) have += (have.empty() ? "" : "; ") + show(c);
      out.misses.push_back({file.set, id, kind, what, text, have.empty() ? "no claim" : have});
    };
    ++t.items;
    std::set<size_t> used;
    bool right = true;
    if (gold.is_object()) {
      const std::string property = str(gold, "property"), verdict = str(row, "verdict");
      auto& p = t.properties[property];
      ++p.second;
      size_t best = claims.size();
      for (size_t k = 0; k < claims.size(); ++k)
        if (same_claim(gold, claims[k]) && (best == claims.size() || (claims[k].verdict == verdict && claims[best].verdict != verdict))) best = k;
      std::string have;
      if (best < claims.size()) {
        used.insert(best);
        have = claims[best].verdict;
      } else if (as_single_members(gold, claims, used)) {
        have = "supported";
        for (size_t k : used)
          if (claims[k].verdict != "supported") have = claims[k].verdict;
      }
      if (have.empty()) {
        ++t.claims.fn;
        // nothing in the reference and nothing claimed says the same to a user
        right = false;
        miss("missed", verdict + " " + gold.dump(-1, ' ', false, Json::error_handler_t::replace));
      } else {
        ++t.claims.tp;
        ++t.found;
        t.verdicts += have == verdict;
        right = have == verdict;
        if (!right) miss("verdict", "should be " + verdict + " (" + str(row, "why") + ")");
        if (best < claims.size()) {
          const PredictedClaim& c = claims[best];
          const bool fields = (!gold.contains("comparator") || (!c.object.empty() && !gold.contains("value")) || str(gold, "comparator") == c.comparator) &&
                              (!gold.contains("direction") || str(gold, "direction") == c.direction) && gold.value("negated", false) == c.negated;
          t.fields += fields;
          if (!fields) miss("fields", gold.dump(-1, ' ', false, Json::error_handler_t::replace));
        } else {
          ++t.fields;
        }
      }
      p.first += right;
      if (verdict == "supported") {
        ++t.true_items;
        const bool wrong = std::any_of(claims.begin(), claims.end(), [](const PredictedClaim& c) { return c.verdict == "contradicted"; });
        t.true_contradicted += wrong;
        if (wrong) miss("true claim contradicted", str(row, "why"));
      }
    }
    for (size_t k = 0; k < claims.size(); ++k) {
      if (used.count(k)) continue;
      ++t.claims.fp;
      if (gold.is_null()) right = false;
      miss("spurious", show(claims[k]));
    }
    t.right += right;
  }
  for (const auto& [lang, t] : by_lang) {
    const std::string set = file.set + " " + lang;
    out.share(set, "right", t.right, t.items);
    out.prf(set, "claims", t.claims);
    out.share(set, "verdict", t.verdicts, t.found);
    out.share(set, "comparator, direction, negation", t.fields, t.found);
    out.share(set, "true claims not contradicted", t.true_items - t.true_contradicted, t.true_items);
    for (const auto& [name, p] : t.properties) out.shown(set, "property " + name, p.second ? double(p.first) / double(p.second) : 0, p.second);
  }
}

}  // namespace biruni::eval
