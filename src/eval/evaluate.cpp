// Which kind a gold file is, is told by its keys; a folder is gone through for all that are known. Locked files are scored
// only where they are named themselves.
#include "eval/evaluate.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "eval/sets.h"
#include "eval/time_number.h"
#include "eval/treebank.h"
#include "ingest/fields.h"
#include "ingest/input.h"
#include "quantity/quantity_stage.h"

namespace biruni::eval {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

enum class Kind { kUnknown, kDetection, kSpans, kSurest, kMarked, kStance, kGolden, kTimeNumber, kTreebank, kClaims, kActors };

bool read_file(const std::string& path, std::string& out) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return false;
  out.assign(std::istreambuf_iterator<char>(in), {});
  return !in.bad();
}

Kind kind_of(const std::string& path, const std::string& bytes) {
  if (path.ends_with(".conllu")) return Kind::kTreebank;
  const size_t start = bytes.find_first_not_of(" \t\r\n");
  if (start == std::string::npos) return Kind::kUnknown;
  if (bytes[start] == '[') {
    const std::string head = bytes.substr(start, 4000);
    return head.find("\"Input\"") != std::string::npos ? Kind::kTimeNumber : Kind::kUnknown;
  }
  if (bytes[start] != '{') return Kind::kUnknown;
  Json j;
  if (path.ends_with(".jsonl")) {
    const size_t end = std::min(bytes.find('\n'), bytes.size());
    j = Json::parse(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
  } else {
    j = Json::parse(bytes, nullptr, false);
  }
  if (!j.is_object()) return Kind::kUnknown;
  if (j.contains("event_type") && j.contains("label")) return Kind::kDetection;
  if (j.contains("event_type") && j.contains("spans")) return Kind::kSpans;
  if (j.contains("marked") && j.contains("root")) return Kind::kMarked;
  if (j.contains("event") && j.contains("event_text")) return Kind::kSurest;
  if (j.contains("phenomenon") && j.contains("events")) return Kind::kStance;
  if (j.contains("claim") && j.contains("text")) return Kind::kClaims;
  if (j.contains("phrase") && j.contains("text")) return Kind::kActors;
  if (j.contains("events") && j.contains("document")) return Kind::kGolden;
  return Kind::kUnknown;
}

std::vector<std::string> text_lines(const std::string& bytes) {
  std::vector<std::string> out;
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size());
    out.push_back(bytes.substr(at, end - at));
    if (!out.back().empty() && out.back().back() == '\r') out.back().pop_back();
    at = end + 1;
  }
  return out;
}

bool in_half(const std::string& id, int half) {
  if (!half || id.empty() || id.back() < '0' || id.back() > '9') return true;
  return ((id.back() - '0') % 2 == 1) == (half == 1);
}

class Run {
 public:
  Run(const std::string& text_path, const Engine& engine, unsigned jobs, int half)
      : text_path_(text_path), engine_(engine), predictor_(engine, jobs), half_(half) {}

  void add(const std::string& path, bool named) {
    std::error_code ec;
    if (fs::is_directory(path, ec)) {
      std::vector<std::string> inside;
      for (fs::directory_iterator it(path, ec), end; !ec && it != end; it.increment(ec)) inside.push_back(it->path().string());
      std::sort(inside.begin(), inside.end());
      if (parallel_folder(path)) return;
      for (const auto& p : inside) add(p, false);
      return;
    }
    const std::string file = fs::path(path).filename().string();
    if (!named && file.starts_with("locked")) return;
    if (file.ends_with(".txt")) {
      if (parallel_folder(fs::path(path).parent_path().string())) return;
      if (named) out_.failed.push_back(path + ": is no gold file (docs/formats/eval.md)");
      return;
    }
    if (!file.ends_with(".jsonl") && !file.ends_with(".json") && !file.ends_with(".conllu")) {
      if (named) out_.failed.push_back(path + ": is no gold file (docs/formats/eval.md)");
      return;
    }
    std::string bytes;
    if (!read_file(path, bytes)) {
      out_.failed.push_back(path + ": cannot be read");
      return;
    }
    const GoldFile gold{fs::path(path).stem().string(), path, half_};
    switch (kind_of(path, bytes)) {
      case Kind::kDetection: return score_detection(gold, bytes, predictor_, out_);
      case Kind::kSpans: return score_spans(gold, bytes, predictor_, out_);
      case Kind::kSurest: return score_surest(gold, bytes, predictor_, out_);
      case Kind::kMarked: return score_marked(gold, bytes, predictor_, out_);
      case Kind::kStance: return score_stance(gold, bytes, predictor_, out_);
      case Kind::kClaims: return score_claims(gold, bytes, predictor_, out_);
      case Kind::kActors: return score_actors(gold, bytes, predictor_, out_);
      case Kind::kGolden: return golden(gold, std::move(bytes));
      case Kind::kTimeNumber: time_number_.push_back(path); return;
      case Kind::kTreebank: return score_treebank(path, engine_, gold.set, out_);
      case Kind::kUnknown: break;
    }
    if (named) out_.failed.push_back(path + ": is no gold file that is known (docs/formats/eval.md)");
  }

  Scores finish() {
    for (const auto& [set, goldens] : goldens_) score_goldens(set, goldens, predictor_, out_);
    if (!time_number_.empty()) time_number();
    return std::move(out_);
  }

 private:
  /// Parallel lines: XX.txt and YY.txt, named by two languages of the program.
  bool parallel_folder(const std::string& folder) {
    std::vector<std::string> langs, bytes;
    for (const auto& lang : engine_.languages()) {
      std::string b;
      if (!read_file((fs::path(folder) / (lang + ".txt")).string(), b)) continue;
      langs.push_back(lang);
      bytes.push_back(std::move(b));
    }
    if (langs.size() != 2) return false;
    if (std::find(parallel_.begin(), parallel_.end(), folder) != parallel_.end()) return true;
    parallel_.push_back(folder);
    score_parallel(fs::path(folder).filename().string(), text_lines(bytes[0]), text_lines(bytes[1]), langs, predictor_, out_);
    return true;
  }

  /// The text of a golden: given; GOLD/../NAME.txt; NAME.txt beside it; the only text beside it.
  void golden(const GoldFile& gold, std::string bytes) {
    const fs::path path(gold.path), folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    std::string text = text_path_;
    std::error_code ec;
    if (text.empty())
      for (const fs::path& p : {folder / (gold.set + ".txt"), folder / ".." / (gold.set + ".txt")})
        if (text.empty() && fs::exists(p, ec)) text = p.string();
    if (text.empty()) {
      std::vector<std::string> beside;
      for (const auto& e : fs::directory_iterator(folder, ec))
        if (e.path().extension() == ".txt") beside.push_back(e.path().string());
      if (beside.size() == 1) text = beside[0];
    }
    if (text.empty()) {
      out_.failed.push_back(gold.path + ": its text is not beside it (--text names it)");
      return;
    }
    InputReader reader({text}, {});
    InputItem item;
    if (!reader.next(item) || item.failed) {
      out_.failed.push_back(text + ": " + item.reason);
      return;
    }
    const Json j = Json::parse(bytes, nullptr, false);
    const Json document = j.value("document", Json::object());
    if (!item.doc.date.year) parse_date(document.value("date", ""), item.doc.date);
    if (item.doc.lang.empty()) item.doc.lang = document.value("lang", "");
    item.doc.id = gold.set;
    const std::string set = fs::absolute(text, ec).lexically_normal().parent_path().filename().string();
    goldens_[set].push_back({gold, std::move(bytes), std::move(item.doc)});
  }

  void time_number() {
    const WorkspacePtr ws = engine_.new_workspace();
    const std::string lang = "ar";
    // These sets ask for relative ordinals (last, next), and for numbers inside times too.
    const auto numbers = QuantityStage::open(engine_.pack_ptr(), lang, true);
    Document doc;
    auto report = score_time_number(time_number_, [&](const std::string& text, CivilDate date, Analysis& out) {
      doc = Document{};
      doc.lang = lang;
      doc.date = date;
      set_text(doc, "", text);
      out = engine_.analyze(doc, *ws);
      out.quantities.clear();
      for (uint32_t s = 0; s < out.text.sentences.size(); ++s) numbers->run(out, s, out.quantities);
    });
    if (!report) {
      out_.failed.push_back(report.error().text());
      return;
    }
    const std::string set = "time_number";
    for (const auto& f : report->files) {
      const std::string name = fs::path(f.name).stem().string();
      if (f.value_cases) out_.share(set, name + " value", static_cast<size_t>(f.value_right), static_cast<size_t>(f.value_cases));
      if (f.span_cases) out_.share(set, name + " span", static_cast<size_t>(f.span_core), static_cast<size_t>(f.span_cases));
      auto misses = [&](const std::vector<int>& cases, const char* kind) {
        for (int c : cases) out_.misses.push_back({set, name + "#" + std::to_string(c), kind, "", "", ""});
      };
      misses(f.value_wrong, "value");
      misses(f.span_wrong, "span");
    }
    out_.share(set, "value", static_cast<size_t>(report->value_right()), static_cast<size_t>(report->value_cases()));
    out_.share(set, "span", static_cast<size_t>(report->span_core()), static_cast<size_t>(report->span_cases()));
    out_.share(set, "span, exact", static_cast<size_t>(report->span_exact()), static_cast<size_t>(report->span_cases()));
  }

  const std::string& text_path_;
  const Engine& engine_;
  Predictor predictor_;
  int half_;
  Scores out_;
  std::map<std::string, std::vector<Golden>> goldens_;  // by the folder of their texts
  std::vector<std::string> time_number_, parallel_;
};

}  // namespace

void read_rows(const GoldFile& file, const std::string& bytes, std::vector<Json>& rows, std::vector<Document>& docs) {
  for (const std::string& line : text_lines(bytes)) {
    Json j = Json::parse(line, nullptr, false);
    if (!j.is_object() || !in_half(j.value("id", ""), file.half)) continue;
    Document d;
    d.id = j.value("id", "");
    d.lang = j.value("lang", "");
    parse_date(j.value("date", ""), d.date);
    set_text(d, "", j.value("text", ""));
    docs.push_back(std::move(d));
    rows.push_back(std::move(j));
  }
}

Scores evaluate(const std::vector<std::string>& paths, const std::string& text_path, const Engine& engine, unsigned jobs, int half) {
  Run run(text_path, engine, jobs, half);
  Scores failed;
  for (const auto& path : paths) {
    std::error_code ec;
    if (!fs::exists(path, ec)) failed.failed.push_back(path + ": no such file");
    else run.add(path, true);
  }
  Scores out = run.finish();
  out.failed.insert(out.failed.end(), failed.failed.begin(), failed.failed.end());
  return out;
}

}  // namespace biruni::eval
