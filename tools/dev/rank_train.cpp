// Learns the weights of the ranker (src/rank) from openly licensed gold and writes packs/LANG/events/rank.tsv.
//
//   rank_train LANG PACK OUT.tsv GOLD...        GOLD: detection sets and span sets (ar_*_detection, *_spans .jsonl), eval/stance
//                                               corpora (.jsonl), goldens of articles (.json with NAME.txt one folder up)
//   --folds K      cross-validation (default 5); --halves: each half judged by the model of the other, limits and all
//   --l2 X --l2-type X --min N    strength of regularisation (generic, by type), least count of a feature
//   --curve        prints the calibration of held-out confidences
//
//   --repeats N    cross-validates N times with other folds; --table figures at each limit; --misses LIMIT what goes wrong there
//
// A detection label speaks of a whole sentence, which is `yes` if any of its events that count is one: the likeliest event
// answers for its sentence (multiple instances; Andrews, Tsochantaridis, Hofmann 2003). Other gold labels single events.
// Weights are a generic part for all types and a part for each type that has detection sets (Daume 2007). Batch gradient
// steps (Adam), fixed order: same input, same file. A sentence that stands in several sets never is in two folds.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "engine/engine.h"
#include "eval/predict.h"
#include "ingest/input.h"
#include "rank/features.h"
#include "render/positions.h"

using namespace biruni;
using Json = nlohmann::json;

namespace {

struct Options {
  int folds = 5, repeats = 1, min_count = 5, steps = 400;
  double l2 = 3.0, l2_type = 3.0, own = 1.0, disputed = 0.3, spans = 0.5;
  bool curve = false, halves = false, table = false;
  double misses = 0;
};

struct Instance { std::vector<uint32_t> features; uint8_t type = 0; };
/// A bag: its probability is that of any of its instances.
struct Bag { std::vector<uint32_t> instances; double label = 0, weight = 1; uint32_t group = 0; uint8_t type = 0; int set = 0; bool counts = true; std::string text; };
enum Set { kDetection, kSpans, kOwn, kDisputed };

class Trainer {
 public:
  Trainer(std::unique_ptr<Engine> engine, const std::string& lang, Options o)
      : engine_(std::move(engine)), lang_(lang), o_(o), maker_(engine_->pack_ptr(), lang), ws_(engine_->new_workspace()) {}

  void read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (bytes.empty()) { fmt::print(stderr, "{}: empty or missing\n", path); std::exit(1); }
    origins_.insert(std::filesystem::path(path).filename().string());
    if (path.ends_with(".json")) return golden(path, Json::parse(bytes));
    for (size_t at = 0; at < bytes.size();) {
      const size_t end = std::min(bytes.find('\n', at), bytes.size());
      if (end > at + 1) row(Json::parse(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin() + static_cast<std::ptrdiff_t>(end)));
      at = end + 1;
    }
  }

  void run(const std::string& out) {
    prune();
    fmt::print("{} documents, {} bags, {} events, {} features\n", groups_, bags_.size(), instances_.size(), names_.size());
    if (o_.halves) halves();
    Scores held_out;
    for (int r = 0; r < o_.repeats; ++r)
      for (const auto& s : cross_validate(all_groups(), o_.folds, 7 + static_cast<uint32_t>(r))) held_out.push_back(s);
    const auto limits = choose_limits(held_out);
    report("cross-validated, limits chosen on it", held_out, limits);
    if (o_.curve) curve(held_out);
    if (o_.table) table(held_out);
    if (o_.misses > 0)
      for (const auto& [b, p] : held_out) {
        const Bag& bag = bags_[b];
        if (!typed_.count(bag.type) || bag.set == kSpans || bag.instances.empty() || !bag.counts || (bag.label > 0.5) == (p >= o_.misses)) continue;
        fmt::print("{} {} {} {:.2f} {}\n", bag.set == kOwn ? "own" : "set", engine_->ontology().type(bag.type), bag.label > 0.5 ? "lost" : "kept", p, bag.text);
      }
    const auto model = train([](const Bag&) { return true; });
    write(out, model, limits);
  }

 private:
  using Model = std::vector<double>;                 // weights: [feature] generic, then [typed] by type
  using Scores = std::vector<std::pair<uint32_t, double>>;  // bag, probability; held out
  using Limits = std::map<uint8_t, double>;

  uint32_t id(const std::string& name) {
    const auto [it, fresh] = ids_.try_emplace(name, static_cast<uint32_t>(names_.size()));
    if (fresh) { names_.push_back(name); count_.push_back(0); }
    return it->second;
  }

  std::string feature_text(const RankFeature& f) const {
    std::string value;
    switch (rank_value(f.name)) {
      case RankValue::kNumber: value = std::to_string(f.value); break;
      case RankValue::kString: value = engine_->pack().str(f.value); break;
      case RankValue::kClass: value = maker_.lemmas().class_name(static_cast<ClassId>(f.value)); break;
    }
    return std::string(rank_template_name(f.name)) + "\t" + value;
  }

  const Analysis& analyze(const Json& j, const std::string& text) {
    doc_ = Document{};
    doc_.lang = lang_;
    if (j.contains("date") && j["date"].is_string()) parse_date(j["date"].get<std::string>(), doc_.date);
    set_text(doc_, "", text);
    const Analysis& a = engine_->analyze(doc_, *ws_);
    positions_.build(doc_);
    first_ = static_cast<uint32_t>(instances_.size());
    uint32_t sentence = kNone, last = 0;
    for (uint32_t e = 0; e < a.events.rows.size(); ++e) {
      if (a.events.rows[e].sentence != sentence) {
        sentence = a.events.rows[e].sentence;
        last = e;
        while (last < a.events.rows.size() && a.events.rows[last].sentence == sentence) ++last;
        maker_.sentence(a, sentence, e, last, scratch_);
      }
      uint32_t from = kNone, to = 0;
      for (uint32_t i = 0; i < a.stance.rows.size(); ++i)
        if (a.stance.rows[i].event == e) { from = std::min(from, i); to = i + 1; }
      if (from == kNone) from = to = 0;
      maker_.event(a, e, from, to, scratch_);
      Instance x;
      x.type = a.events.rows[e].type;
      const std::string type(engine_->ontology().type(x.type));
      auto add = [&](const std::string& name) {
        const uint32_t f = id(name);
        x.features.push_back(f);
      };
      for (const RankFeature& f : scratch_.features) {
        add("*\t" + feature_text(f));
        if (typed_.count(x.type)) add(type + "\t" + feature_text(f));
      }
      if (typed_.count(x.type))
        for (const RankFeature& f : scratch_.words) add(type + "\t" + feature_text(f));
      std::sort(x.features.begin(), x.features.end());
      x.features.erase(std::unique(x.features.begin(), x.features.end()), x.features.end());
      for (uint32_t f : x.features) ++count_[f];
      instances_.push_back(std::move(x));
    }
    return a;
  }

  static bool counts(const Analysis& a, uint32_t e) {
    for (const EventStatus& s : a.stance.rows)
      if (s.event == e && s.happened && !s.alleged) return true;
    return false;
  }

  eval::Extent extent(const Analysis& a, uint32_t e) const {
    const Span s = a.words.words[a.events.rows[e].trigger].raw;
    return {positions_.code_point(s.begin), positions_.code_point(s.end), false};
  }

  void row(const Json& j) {
    const std::string text = j.value("text", ""), label = j.value("label", "");
    if (j.value("lang", lang_) != lang_) return;
    // one sentence may stand in several sets: its rows stay together
    const auto [seen, fresh] = group_of_.try_emplace(text, groups_);
    groups_ += fresh;
    const uint32_t group = seen->second;
    if (!label.empty()) {
      const bool sure = label == "yes" || label == "easy no";
      if (!sure && o_.disputed == 0) return;
      const Analysis& a = analyze(j, text);
      Bag b;
      b.type = engine_->ontology().type_index(j.value("event_type", ""));
      b.group = group;
      b.set = sure ? kDetection : kDisputed;
      b.label = sure ? (label == "yes") : j.value("accept", 0.0) / std::max(1.0, j.value("accept", 0.0) + j.value("reject", 0.0));
      b.weight = sure ? 1 : o_.disputed;
      for (uint32_t e = 0; e < a.events.rows.size(); ++e)
        if (a.events.rows[e].type == b.type && counts(a, e)) b.instances.push_back(first_ + e);
      b.text = text;
      bags_.push_back(std::move(b));
    } else if (j.contains("events")) {
      label_events(analyze(j, text), text, j["events"], group);
    } else if (j.contains("spans")) {
      const Analysis& a = analyze(j, text);
      std::set<std::string> verbs;
      for (const Json& s : j["spans"])
        for (const Json& v : s.value("verb", Json::array()))
          for (const auto& t : eval::tokens_of(v.get<std::string>())) verbs.insert(t.text);
      const uint8_t type = engine_->ontology().type_index(j.value("event_type", ""));
      const auto tokens = eval::tokens_of(text);
      for (uint32_t e = 0; e < a.events.rows.size(); ++e) {
        if (a.events.rows[e].type != type) continue;
        for (const auto& t : tokens)
          if (t.at.overlaps(extent(a, e)) && verbs.count(t.text)) { bags_.push_back({{first_ + e}, 1, o_.spans, group, type, kSpans, counts(a, e), text}); break; }
      }
    }
  }

  void golden(const std::string& path, const Json& gold) {
    namespace fs = std::filesystem;
    const fs::path p(path);
    std::ifstream in(p.parent_path().parent_path() / (p.stem().string() + ".txt"), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const Json document = gold.value("document", Json::object());
    if (document.value("lang", lang_) != lang_) return;
    label_events(analyze(document, text), text, gold.value("events", Json::array()), groups_++);
  }

  // Every event that stands on a gold event of its type is right, every other wrong.
  void label_events(const Analysis& a, const std::string& text, const Json& events, uint32_t group) {
    for (uint32_t e = 0; e < a.events.rows.size(); ++e) {
      const std::string type(engine_->ontology().type(a.events.rows[e].type));
      const eval::Extent at = extent(a, e);
      bool right = false, optional = false;
      for (const Json& g : events) {
        bool on = at.overlaps(eval::find_piece(text, g.value("near", ""), g.value("occurrence", 1u)));
        for (const Json& n : g.value("near_any", Json::array())) on = on || at.overlaps(eval::find_piece(text, n.get<std::string>()));
        if (!on) continue;
        optional = optional || g.value("optional", false);
        bool same = g.value("type", "") == type;
        for (const Json& t : g.value("any", Json::array())) same = same || t == type;
        right = right || same;
      }
      if (optional && !right) continue;
      bags_.push_back({{first_ + e}, right ? 1.0 : 0.0, o_.own * (optional ? 0.5 : 1.0), group, a.events.rows[e].type, kOwn, counts(a, e), std::string(a.raw(a.words.words[a.events.rows[e].trigger].raw)) + " | " + text.substr(a.text.sentences[a.events.rows[e].sentence].raw.begin, a.text.sentences[a.events.rows[e].sentence].raw.size())});
    }
  }

  void prune() {
    std::vector<uint32_t> to(names_.size(), kNone);
    std::vector<std::string> kept;
    for (uint32_t f = 0; f < names_.size(); ++f)
      if (count_[f] >= o_.min_count) { to[f] = static_cast<uint32_t>(kept.size()); kept.push_back(names_[f]); }
    for (Instance& x : instances_) {
      std::vector<uint32_t> list;
      for (uint32_t f : x.features)
        if (to[f] != kNone) list.push_back(to[f]);
      x.features = std::move(list);
    }
    names_ = std::move(kept);
    ids_.clear();
    penalty_.assign(names_.size(), 0);
    for (uint32_t f = 0; f < names_.size(); ++f) {
      penalty_[f] = names_[f][0] == '*' ? o_.l2 : o_.l2_type;
      if (names_[f].find("\tbias\t") != std::string::npos) penalty_[f] *= 0.1;
    }
  }

  double probability(const Model& m, const Instance& x) const {
    double z = 0;
    for (uint32_t f : x.features) z += m[f];
    return 1 / (1 + std::exp(-std::clamp(z, -30.0, 30.0)));
  }
  double best(const Model& m, const Bag& b) const {
    double p = 0;
    for (uint32_t i : b.instances) p = std::max(p, probability(m, instances_[i]));
    return p;
  }

  template <class Use>
  Model train(Use use) const {
    Model w(names_.size(), 0), g(names_.size()), m1(names_.size(), 0), m2(names_.size(), 0);
    std::vector<const Bag*> bags;
    for (const Bag& b : bags_)
      if (!b.instances.empty() && use(b)) bags.push_back(&b);
    for (int step = 1; step <= o_.steps; ++step) {
      for (size_t f = 0; f < g.size(); ++f) g[f] = penalty_[f] * w[f];
      for (const Bag* b : bags) {
        // the likeliest instance answers for its bag
        const uint32_t* top = nullptr;
        double p = -1;
        for (const uint32_t& i : b->instances)
          if (const double q = probability(w, instances_[i]); q > p) { p = q; top = &i; }
        for (uint32_t f : instances_[*top].features) g[f] += b->weight * (p - b->label);
      }
      const double rate = 0.05 / (1 + 3.0 * step / o_.steps);
      const double c1 = 1 - std::pow(0.9, step), c2 = 1 - std::pow(0.999, step);
      for (size_t f = 0; f < w.size(); ++f) {
        m1[f] = 0.9 * m1[f] + 0.1 * g[f];
        m2[f] = 0.999 * m2[f] + 0.001 * g[f] * g[f];
        w[f] -= rate * (m1[f] / c1) / (std::sqrt(m2[f] / c2) + 1e-8);
      }
    }
    return w;
  }

  std::vector<uint32_t> all_groups() const {
    std::vector<uint32_t> g(groups_);
    for (uint32_t i = 0; i < groups_; ++i) g[i] = i;
    return g;
  }
  static uint32_t mix(uint32_t group, uint32_t seed) { return static_cast<uint32_t>((uint64_t{group + 1} * 2654435761u + seed * 40503u) >> 7) & 0xFFFFFF; }

  Scores cross_validate(const std::vector<uint32_t>& groups, int folds, uint32_t seed) const {
    std::vector<int> fold(groups_, -1);
    for (uint32_t g : groups) fold[g] = static_cast<int>(mix(g, seed) % static_cast<uint32_t>(folds));
    Scores out;
    for (int k = 0; k < folds; ++k) {
      const Model m = train([&](const Bag& b) { return fold[b.group] >= 0 && fold[b.group] != k; });
      for (uint32_t b = 0; b < bags_.size(); ++b)
        if (fold[bags_[b].group] == k) out.emplace_back(b, best(m, bags_[b]));
    }
    return out;
  }

  struct Figures { double p = 0, r = 0, f1 = 0; size_t yes = 0; };
  template <class Which>
  Figures figures(const Scores& s, double limit, Which which) const {
    double tp = 0, fp = 0, fn = 0;
    size_t yes = 0;
    for (const auto& [b, p] : s) {
      if (!which(bags_[b])) continue;
      const bool gold = bags_[b].label > 0.5, said = (p >= limit || !bags_[b].counts) && !bags_[b].instances.empty();
      yes += gold;
      tp += gold && said;
      fp += !gold && said;
      fn += gold && !said;
    }
    const double pr = tp + fp > 0 ? tp / (tp + fp) : 0, re = tp + fn > 0 ? tp / (tp + fn) : 0;
    return {pr, re, pr + re > 0 ? 2 * pr * re / (pr + re) : 0, yes};
  }
  auto of_type(uint8_t t) const { return [t](const Bag& b) { return b.set == kDetection && b.type == t; }; }
  auto own_of(uint8_t t) const { return [t](const Bag& b) { return b.set == kOwn && b.type == t; }; }
  auto spans_of(uint8_t t) const { return [t](const Bag& b) { return b.set == kSpans && b.type == t; }; }
  auto own_rest() const { return [this](const Bag& b) { return b.set == kOwn && !typed_.count(b.type); }; }

  // The limit of a type with detection sets gives the best sum of the F1 on them (twice), the F1 on the other gold,
  // where references count as events, and the share of marked triggers kept (half); each averaged with its neighbours so that it is no
  // accident. The other types share one, which keeps 98 of 100 right events.
  Limits choose_limits(const Scores& s) const {
    Limits out;
    auto top = [&](auto which, auto also, auto spans) {
      double best_f1 = -1, best_limit = 0.3;
      for (double limit = 0.05; limit < 0.9; limit += 0.01) {
        double f1 = 0;
        for (double d : {-0.04, -0.02, 0.0, 0.02, 0.04}) f1 += (2 * figures(s, limit + d, which).f1 + figures(s, limit + d, also).f1 + 0.5 * figures(s, limit + d, spans).r) / 5;
        if (f1 > best_f1 + 1e-9) { best_f1 = f1; best_limit = limit; }
      }
      return best_limit;
    };
    for (uint8_t t : typed_) out[t] = top(of_type(t), own_of(t), spans_of(t));
    for (double limit = 0.05; limit < 0.9 && figures(s, limit, own_rest()).r >= 0.98; limit += 0.01) out[0] = limit;
    return out;
  }

  void report(const char* title, const Scores& s, const Limits& limits) const {
    fmt::print("{}\n", title);
    for (uint8_t t : typed_) {
      const Figures f = figures(s, limits.at(t), of_type(t)), before = figures(s, 0, of_type(t));
      const Figures own = figures(s, limits.at(t), own_of(t)), own_before = figures(s, 0, own_of(t));
      fmt::print("  {:10} limit {:.2f}  P {:.3f} R {:.3f} F1 {:.3f} n {} (all kept: F1 {:.3f}); own gold P {:.3f} R {:.3f} n {} (all kept: P {:.3f})\n",
                 engine_->ontology().type(t), limits.at(t), f.p, f.r, f.f1, f.yes, before.f1, own.p, own.r, own.yes, own_before.p);
    }
    for (uint8_t t : typed_) {
      const Figures f = figures(s, limits.at(t), spans_of(t));
      fmt::print("  {:10} triggers of span sets kept {:.3f} n {}\n", engine_->ontology().type(t), f.r, f.yes);
    }
    const Figures f = figures(s, limits.at(0), own_rest()), before = figures(s, 0, own_rest());
    fmt::print("  {:10} limit {:.2f}  own gold P {:.3f} R {:.3f} F1 {:.3f} n {} (all kept: P {:.3f} F1 {:.3f})\n", "the rest", limits.at(0), f.p, f.r, f.f1, f.yes, before.p, before.f1);
  }

  // Each half of the documents judged by what the other half gave, its limits too.
  void halves() const {
    std::map<uint8_t, std::vector<double>> f1;
    for (uint32_t seed : {1u, 2u, 3u}) {
      for (uint32_t side : {0u, 1u}) {
        std::vector<uint32_t> mine;
        std::vector<uint8_t> is_mine(groups_, 0);
        for (uint32_t g = 0; g < groups_; ++g)
          if (mix(g, seed * 77) % 2 == side) { mine.push_back(g); is_mine[g] = 1; }
        const Limits limits = choose_limits(cross_validate(mine, o_.folds, seed));
        const Model m = train([&](const Bag& b) { return is_mine[b.group] != 0; });
        Scores s;
        for (uint32_t b = 0; b < bags_.size(); ++b)
          if (!is_mine[bags_[b].group]) s.emplace_back(b, best(m, bags_[b]));
        for (uint8_t t : typed_) f1[t].push_back(figures(s, limits.at(t), of_type(t)).f1);
      }
    }
    for (const auto& [t, list] : f1) {
      double sum = 0;
      std::string each;
      for (double v : list) { sum += v; each += fmt::format(" {:.3f}", v); }
      fmt::print("other half: {:10} F1 {:.3f} ({} )\n", engine_->ontology().type(t), sum / static_cast<double>(list.size()), each);
    }
  }

  void table(const Scores& s) const {
    for (uint8_t t : typed_)
      for (double limit = 0.05; limit < 0.9; limit += 0.05) {
        const Figures f = figures(s, limit, of_type(t)), own = figures(s, limit, own_of(t)), spans = figures(s, limit, spans_of(t));
        fmt::print("{} {:.2f}  P {:.3f} R {:.3f} F1 {:.3f}   own P {:.3f} R {:.3f} F1 {:.3f}   spans {:.3f}\n", engine_->ontology().type(t), limit, f.p, f.r, f.f1, own.p, own.r, own.f1, spans.r);
      }
  }

  void curve(const Scores& s) const {
    fmt::print("confidence   events  right   mean\n");
    for (int k = 0; k < 10; ++k) {
      double n = 0, right = 0, sum = 0;
      for (const auto& [b, p] : s)
        if (bags_[b].set != kDisputed && bags_[b].set != kSpans && !bags_[b].instances.empty() && std::min(9, static_cast<int>(p * 10)) == k) { ++n; right += bags_[b].label; sum += p; }
      if (n > 0) fmt::print("{:.1f}-{:.1f}  {:9.0f}  {:.3f}  {:.3f}\n", k / 10.0, (k + 1) / 10.0, n, right / n, sum / n);
    }
  }

  void write(const std::string& path, const Model& m, const Limits& limits) const {
    std::string origin;
    for (const auto& o : origins_) origin += (origin.empty() ? "" : "+") + o;
    std::ofstream out(path, std::ios::binary);
    out << "#type\tfeature\tvalue\tweight\torigin\n";
    for (const auto& [t, limit] : limits) out << fmt::format("{}\tlimit\t\t{:.2f}\trank_train\n", t ? std::string(engine_->ontology().type(t)) : "*", limit);
    std::vector<std::string> lines;
    for (uint32_t f = 0; f < names_.size(); ++f)
      if (std::fabs(m[f]) >= 0.05) lines.push_back(fmt::format("{}\t{:.2f}\trank_train\n", names_[f], m[f]));
    std::sort(lines.begin(), lines.end());
    for (const auto& l : lines) out << l;
    fmt::print("{}: {} weights of {}\n", path, lines.size(), names_.size());
  }

 public:
  std::set<uint8_t> typed_;   // types with detection sets

 private:
  std::unique_ptr<Engine> engine_;
  std::string lang_;
  Options o_;
  FeatureMaker maker_;
  WorkspacePtr ws_;
  RankScratch scratch_;
  Document doc_;
  Positions positions_;
  std::unordered_map<std::string, uint32_t> ids_;
  std::vector<std::string> names_;
  std::vector<int> count_;
  std::vector<double> penalty_;
  std::vector<Instance> instances_;
  std::vector<Bag> bags_;
  std::unordered_map<std::string, uint32_t> group_of_;
  std::set<std::string> origins_;
  uint32_t groups_ = 0, first_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  Options o;
  std::vector<std::string> args;
  std::string typed = "ASSAULT,PROTEST";
  for (int i = 1; i < argc; ++i) {
    auto value = [&] { return i + 1 < argc ? std::atof(argv[++i]) : 0.0; };
    if (!std::strcmp(argv[i], "--folds")) o.folds = static_cast<int>(value());
    else if (!std::strcmp(argv[i], "--repeats")) o.repeats = static_cast<int>(value());
    else if (!std::strcmp(argv[i], "--min")) o.min_count = static_cast<int>(value());
    else if (!std::strcmp(argv[i], "--l2")) o.l2 = value();
    else if (!std::strcmp(argv[i], "--l2-type")) o.l2_type = value();
    else if (!std::strcmp(argv[i], "--own")) o.own = value();
    else if (!std::strcmp(argv[i], "--spans")) o.spans = value();
    else if (!std::strcmp(argv[i], "--disputed")) o.disputed = value();
    else if (!std::strcmp(argv[i], "--curve")) o.curve = true;
    else if (!std::strcmp(argv[i], "--halves")) o.halves = true;
    else if (!std::strcmp(argv[i], "--misses")) o.misses = value();
    else if (!std::strcmp(argv[i], "--table")) o.table = true;
    else if (!std::strcmp(argv[i], "--typed") && i + 1 < argc) typed = argv[++i];
    else args.emplace_back(argv[i]);
  }
  if (args.size() < 4) {
    fmt::print(stderr, "usage: rank_train LANG PACK OUT.tsv GOLD... [--folds K] [--halves] [--curve] [--l2 X] [--l2-type X] [--min N]\n");
    return 2;
  }
  EngineOptions options;
  options.pack_path = args[1];
  options.rank = false;
  auto engine = Engine::open(options);
  if (!engine) {
    fmt::print(stderr, "{}\n", engine.error().text());
    return 1;
  }
  std::set<uint8_t> types;
  for (size_t at = 0; at < typed.size();) {
    const size_t end = std::min(typed.find(',', at), typed.size());
    if (const uint8_t t = (*engine)->ontology().type_index(typed.substr(at, end - at))) types.insert(t);
    at = end + 1;
  }
  Trainer trainer(std::move(*engine), args[0], o);
  trainer.typed_ = types;
  for (size_t i = 3; i < args.size(); ++i) trainer.read(args[i]);
  trainer.run(args[2]);
  return 0;
}
