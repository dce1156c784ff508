// The corpus of actor phrases (eval/actors): a phrase in a sentence with a date, and whom it means. A language at a time.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "eval/sets.h"

namespace biruni::eval {
namespace {

using Json = nlohmann::json;

std::string str(const Json& j, const char* key) {
  const auto it = j.find(key);
  return it != j.end() && it->is_string() ? it->get<std::string>() : std::string();
}

bool one_of(const Json& row, const char* key, const char* any, const std::string& have) {
  if (row.contains(any))
    for (const Json& v : row[any])
      if (v == have) return true;
  return str(row, key) == have;
}

struct Judged { bool entity = true, country = true, sector = true, name = true; bool all() const { return entity && country && sector && name; } };

Judged judge(const Json& row, const PredictedMention& m) {
  Judged j;
  if (row.contains("entity")) j.entity = alike(str(row, "entity"), m.entity) || (str(row, "entity").size() != 3 && alike(str(row, "entity"), m.name));
  if (row.contains("country")) j.country = one_of(row, "country", "country_any", m.country);
  if (row.contains("sector")) j.sector = one_of(row, "sector", "sector_any", m.sector);
  if (row.contains("name")) j.name = alike(str(row, "name"), m.name) || alike(str(row, "name"), m.entity);
  if (!row.contains("entity") && !row.contains("country") && !row.contains("sector")) j.country = m.country.empty();  // a region
  return j;
}

double overlap(const Extent& a, const Extent& b) {
  const uint32_t first = std::max(a.start, b.start), last = std::min(a.end, b.end);
  return last > first && a.title == b.title ? double(last - first) / double(std::max(a.end, b.end) - std::min(a.start, b.start)) : 0;
}

struct Tally { std::map<std::string, std::pair<size_t, size_t>> fields; size_t right = 0, items = 0, found = 0; };

}  // namespace

void score_actors(const GoldFile& file, const std::string& bytes, const Predictor& predictor, Scores& out) {
  std::vector<Json> rows;
  std::vector<Document> docs;
  read_rows(file, bytes, rows, docs);
  const auto predictions = predictor.run(docs);
  std::map<std::string, Tally> by_lang;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Json& row = rows[i];
    Tally& t = by_lang[str(row, "lang")];
    const Extent at{row.value("start", 0u), row.value("end", 0u), false};
    // the mention that covers the phrase best; of several of one phrase the one that is right
    const PredictedMention* best = nullptr;
    double best_overlap = 0;
    for (const PredictedMention& m : predictions[i].mentions) {
      const double o = overlap(m.at, at);
      if (o <= 0) continue;
      if (!best || o > best_overlap + 1e-9 || (o > best_overlap - 1e-9 && judge(row, m).all())) { best = &m; best_overlap = o; }
    }
    ++t.items;
    const bool region = !row.contains("entity") && !row.contains("country") && !row.contains("sector");
    const Judged j = best ? judge(row, *best) : Judged{false, false, false, false};
    t.found += best != nullptr;
    const bool right = best ? j.all() : region;
    t.right += right;
    std::string wrong;
    auto field = [&](const char* name, bool asked, bool ok) {
      if (!asked) return;
      auto& f = t.fields[name];
      f.first += ok;
      ++f.second;
      if (!ok) wrong += (wrong.empty() ? "" : ", ") + std::string(name);
    };
    field("entity", row.contains("entity"), j.entity);
    field("country", row.contains("country"), j.country);
    field("sector", row.contains("sector"), j.sector);
    field("name", row.contains("name"), j.name);
    field("region without a country", region, right);
    if (right) continue;
    std::string have = best ? "'" + best->text + "' entity " + best->entity + " country " + best->country + " sector " + best->sector + " name " + best->name : "no mention there";
    std::string gold;
    for (const char* key : {"entity", "country", "sector", "name"})
      if (row.contains(key)) gold += std::string(" ") + key + " " + str(row, key);
    out.misses.push_back({file.set, str(row, "id"), best ? "wrong" : "missed", wrong + " of '" + str(row, "phrase") + "' (" + str(row, "date") + "); gold" + gold, str(row, "text"), have});
  }
  for (const auto& [lang, t] : by_lang) {
    const std::string set = file.set + " " + lang;
    out.share(set, "right", t.right, t.items);
    out.share(set, "phrase found", t.found, t.items);
    for (const auto& [name, f] : t.fields) out.share(set, name, f.first, f.second);
  }
}

}  // namespace biruni::eval
