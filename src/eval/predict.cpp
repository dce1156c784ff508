#include "eval/predict.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/utf8.h"
#include "render/positions.h"
#include "render/records.h"

namespace biruni::eval {
namespace {

using Json = nlohmann::json;

std::string str(const Json& j, const char* key) {
  const auto it = j.find(key);
  return it != j.end() && it->is_string() ? it->get<std::string>() : std::string();
}
bool flag(const Json& j, const char* key) {
  const auto it = j.find(key);
  return it != j.end() && it->is_boolean() && it->get<bool>();
}
Extent extent(const Json& j) {
  if (!j.contains("start")) return {};
  return {j["start"].get<uint32_t>(), j["end"].get<uint32_t>(), str(j, "in") == "title"};
}
void widen(Extent& e, const Extent& with) {
  if (with.empty() || with.title != e.title) return;
  e.start = std::min(e.start, with.start);
  e.end = std::max(e.end, with.end);
}

void read_fillers(const Json& list, std::vector<PredictedActor>& out) {
  for (const Json& f : list) out.push_back({extent(f), str(f, "text"), str(f, "entity"), str(f, "name"), str(f, "country"), str(f, "sector")});
}

PredictedEvent read_event(const Json& j) {
  PredictedEvent e;
  e.id = str(j, "id");
  e.type = str(j, "type");
  e.mode = str(j, "mode");
  e.trigger = extent(j["trigger"]);
  e.trigger_text = str(j["trigger"], "text");
  read_fillers(j["actors"], e.actors);
  read_fillers(j["recipients"], e.recipients);
  e.extent = e.trigger;
  for (const auto& f : e.actors) widen(e.extent, f.at);
  for (const auto& f : e.recipients) widen(e.extent, f.at);
  if (j.contains("place")) {
    e.place = str(j["place"], "country");
    e.place_entity = str(j["place"], "entity");
  }
  if (j.contains("time")) {
    e.time = str(j["time"], "value");
    e.time_end = str(j["time"], "end_value");
  }
  const Json& s = j["status"];
  e.factuality = str(s, "factuality");
  e.author = str(s, "author");
  e.tense = str(s, "tense");
  e.happened = flag(s, "happened");
  e.alleged = flag(s, "alleged");
  e.unsourced = flag(j, "unsourced");
  for (const Json& h : j["attribution"])
    e.chain.push_back({extent(h), str(h, "holder"), str(h, "entity"), str(h, "text"), str(h, "cue"), str(h, "stance"), flag(h, "anonymous")});
  if (j.contains("magnitudes"))
    for (const Json& m : j["magnitudes"]) e.magnitudes.push_back({str(m, "what"), m.value("value", 0.0)});
  for (const Json& r : j["rules"]) e.rules.push_back(r.get<std::string>());
  e.confidence = j.value("confidence", 0.0);
  return e;
}

PredictedClaim read_claim(const Json& j) {
  PredictedClaim c{extent(j), str(j, "subject"), str(j, "property"), str(j, "object"), str(j, "verdict"), str(j, "text")};
  c.comparator = str(j, "comparator");
  c.unit = str(j, "unit");
  c.direction = str(j, "direction");
  c.as_of = str(j, "as_of");
  c.why = str(j, "why");
  c.negated = flag(j, "negated");
  if (const auto v = j.find("value"); v != j.end()) {
    if (v->is_number()) {
      c.has_number = true;
      c.value = v->get<double>();
    } else if (v->is_array()) {
      c.list = v->get<std::vector<std::string>>();
    } else {
      c.text_value = str(j, "value");
    }
  }
  return c;
}

Prediction read_records(const std::string& lines) {
  Prediction p;
  for (size_t at = 0; at < lines.size();) {
    const size_t end = lines.find('\n', at);
    const Json j = Json::parse(lines.begin() + static_cast<std::ptrdiff_t>(at), lines.begin() + static_cast<std::ptrdiff_t>(end));
    at = end + 1;
    const std::string kind = str(j, "kind");
    if (kind == "document") {
      p.lang = str(j, "lang");
      p.genre = str(j, "genre");
    } else if (kind == "event") {
      p.events.push_back(read_event(j));
    } else if (kind == "claim") {
      p.claims.push_back(read_claim(j));
    } else if (kind == "mention") {
      p.mentions.push_back({extent(j), str(j, "text"), str(j, "entity"), str(j, "name"), str(j, "country"), str(j, "sector"), str(j, "form")});
    } else if (kind == "link") {
      PredictedLink l{extent(j), str(j, "type"), str(j, "from"), str(j, "to"), {}, j.value("order", 0u)};
      if (j.contains("cases")) l.cases = j["cases"].get<std::vector<std::string>>();
      p.links.push_back(std::move(l));
    } else if (kind == "question") {
      p.questions.push_back(extent(j));
    }
  }
  return p;
}

}  // namespace

std::vector<Prediction> Predictor::run(const std::vector<Document>& documents) const {
  std::vector<Prediction> out(documents.size());
  std::atomic<size_t> next{0};
  auto work = [&] {
    const WorkspacePtr ws = engine_.new_workspace();
    RecordWriter writer(engine_);
    Positions positions;
    std::string lines;
    Layers layers;
    layers.mentions = true;
    for (size_t i; (i = next++) < documents.size();) {
      Trace trace;
      lines.clear();
      const Analysis& a = engine_.analyze(documents[i], *ws, &trace);
      writer.write(a, layers, lines);
      out[i] = read_records(lines);
      positions.build(documents[i]);
      for (const EventTrace& t : trace.events) {
        if (t.word >= a.words.words.size()) continue;
        const Span s = a.words.words[t.word].raw;
        out[i].seen.push_back({{positions.code_point(s.begin), positions.code_point(s.end), positions.in_title(s.begin)},
                               std::string(a.raw(s)), t.row ? std::string(engine_.pack().str(t.row)) : "", t.outcome});
      }
    }
  };
  std::vector<std::thread> threads;
  for (unsigned t = 1; t < jobs_; ++t) threads.emplace_back(work);
  work();
  for (auto& t : threads) t.join();
  return out;
}

Extent find_piece(std::string_view text, std::string_view piece, unsigned occurrence) {
  size_t at = 0;
  for (unsigned n = 0; n < occurrence; ++n) {
    at = text.find(piece, n ? at + 1 : 0);
    if (at == std::string_view::npos || piece.empty()) return {};
  }
  auto count = [](std::string_view s) {
    return static_cast<uint32_t>(std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  };
  const uint32_t start = count(text.substr(0, at));
  return {start, start + count(piece), false};
}

std::vector<TextToken> tokens_of(std::string_view text) {
  std::vector<TextToken> out;
  TextToken token;
  std::u32string letters;
  uint32_t position = 0;
  auto finish = [&] {
    if (letters.empty()) return;
    token.at.end = position;
    size_t first = 0, last = letters.size();
    auto bare = [&](char32_t c) { return u_ispunct(static_cast<UChar32>(c)) || u_charType(static_cast<UChar32>(c)) == U_MATH_SYMBOL; };
    while (first < last && bare(letters[first])) ++first;
    while (last > first && bare(letters[last - 1])) --last;
    token.text.clear();
    for (size_t i = first; i < last; ++i) utf8::append(token.text, letters[i]);
    if (!token.text.empty()) out.push_back(token);
    letters.clear();
  };
  for (size_t at = 0; at < text.size(); ++position) {
    const char32_t c = utf8::next(text, at);
    if (u_isUWhiteSpace(static_cast<UChar32>(c))) {
      finish();
      continue;
    }
    if (letters.empty()) token.at.start = position;
    letters += c;
  }
  finish();
  return out;
}

std::string why(const Prediction& p, Extent near) {
  std::string out;
  for (const Seen& s : p.seen) {
    if (!s.at.overlaps(near)) continue;
    if (!out.empty()) out += "; ";
    out += s.text + (s.row.empty() ? "" : " [" + s.row + "]") + ": " + s.outcome;
  }
  return out.empty() ? "no word there is in the event tables" : out;
}

}  // namespace biruni::eval
