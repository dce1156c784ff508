// The whole path, bytes to JSON Lines, beside ICU's word segmentation of the same bytes in the same run.
//
//   bench [--corpus FILE] [--lang ar|en] [--megabytes N] [--repeats N] [--examples DIR]
//
// One thread; processor seconds (CLOCK_PROCESS_CPUTIME_ID); best of the repeats. What is timed of biruni: analysis of a
// decoded document and its records. What is timed of ICU: BreakIterator (words) over UTF-16; the conversion to UTF-16 is
// done once, outside the clock, so the ratio is not in biruni's favour. Nothing is kept from one document to the next but
// the workspace, as in the program. The answer is checked: events, bytes of records and ICU's words must be the same at
// every repeat.
//
// Without --corpus, documents are made of the paragraphs of the examples, mixed, with other numbers and other countries, so
// that no two are alike. With it: a .jsonl file (one document a line), or a text whose documents are parted by empty lines.
#include <fmt/core.h>
#include <time.h>
#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "ingest/input.h"
#include "render/records.h"
#include "text/text_stage.h"

namespace {

using namespace biruni;
namespace fs = std::filesystem;

double processor_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return double(t.tv_sec) + double(t.tv_nsec) * 1e-9;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<Problem> problems;
  return decode_document(std::string(std::istreambuf_iterator<char>(in), {}), problems);
}

/// Documents of about 3 kB out of the examples' paragraphs.
class Maker {
 public:
  Maker(const Engine& engine, const std::string& lang, const std::string& folder) : lang_(lang) {
    std::vector<std::string> files;
    for (const auto& e : fs::directory_iterator(folder))
      if (e.path().extension() == ".txt" && e.path().filename().string().starts_with(lang)) files.push_back(e.path().string());
    std::sort(files.begin(), files.end());
    for (const auto& f : files) {
      const std::string text = read_file(f);
      for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find('\n', at), text.size());
        if (end > at + 40) paragraphs_.push_back(text.substr(at, end - at));
        at = end + 1;
      }
    }
    const World& world = engine.world();
    for (uint32_t i = 0; i < world.entities().size(); ++i) {
      if (world.entity(i).type != WorldType::kCountry) continue;
      const auto name = lang == "en" ? world.name(i) : world.name_in(i, lang);
      if (name.size() > 4) names_.emplace_back(name);
    }
    std::sort(names_.begin(), names_.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  }

  std::vector<Document> make(size_t bytes) {
    std::vector<Document> out;
    for (size_t have = 0; have < bytes && !paragraphs_.empty();) {
      Document d;
      d.id = fmt::format("{}-{}", lang_, out.size());
      d.lang = lang_;
      d.date = {static_cast<int16_t>(2000 + random_() % 24), static_cast<int8_t>(1 + random_() % 12), static_cast<int8_t>(1 + random_() % 28)};
      std::string text;
      while (text.size() < 3000) text += vary(paragraphs_[random_() % paragraphs_.size()]) + "\n";
      have += text.size();
      set_text(d, "", std::move(text));
      out.push_back(std::move(d));
    }
    return out;
  }

 private:
  /// Other digits, other countries.
  std::string vary(const std::string& text) {
    std::string out;
    for (size_t at = 0; at < text.size();) {
      const std::string* name = nullptr;
      if (at == 0 || text[at - 1] == ' ')
        for (const auto& n : names_)
          if (text.compare(at, n.size(), n) == 0) {
            name = &n;
            break;
          }
      if (name) {
        out += names_[random_() % names_.size()];
        at += name->size();
      } else if (text[at] >= '1' && text[at] <= '9' && random_() % 3 == 0) {
        out += static_cast<char>('1' + random_() % 9);
        ++at;
      } else {
        out += text[at++];
      }
    }
    return out;
  }
  std::string lang_;
  std::vector<std::string> paragraphs_, names_;
  std::mt19937 random_{20220109};
};

std::vector<Document> read_corpus(const std::string& path, const std::string& lang, size_t bytes) {
  std::vector<Document> out;
  size_t have = 0;
  if (path.ends_with(".jsonl")) {
    InputOptions options;
    options.lang = lang;
    InputReader reader({path}, options);
    for (InputItem item; have < bytes && reader.next(item);)
      if (!item.failed) {
        have += item.doc.buffer.size();
        out.push_back(std::move(item.doc));
      }
    return out;
  }
  const std::string text = read_file(path);
  for (size_t at = 0; at < text.size() && have < bytes;) {
    const size_t end = std::min(text.find("\n\n", at), text.size());
    if (end > at) {
      Document d;
      d.id = std::to_string(out.size());
      d.lang = lang;
      set_text(d, "", text.substr(at, end - at));
      have += end - at;
      out.push_back(std::move(d));
    }
    at = end + 2;
  }
  return out;
}

struct Answer {
  size_t events = 0, bytes = 0, words = 0;
  bool operator==(const Answer&) const = default;
};

int measure(const Engine& engine, const std::string& name, const std::vector<Document>& docs, int repeats) {
  size_t bytes = 0;
  for (const auto& d : docs) bytes += d.buffer.size();
  if (!bytes) {
    fmt::print(stderr, "bench: no documents for {}\n", name);
    return 1;
  }
  std::vector<icu::UnicodeString> wide;
  for (const auto& d : docs) wide.push_back(icu::UnicodeString::fromUTF8(d.buffer));
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) return 1;
  const WorkspacePtr ws = engine.new_workspace();
  RecordWriter writer(engine);
  double ours = 1e9, icu_best = 1e9;
  Answer first;
  std::string out;
  for (int r = 0; r < repeats; ++r) {
    Answer answer;
    double start = processor_seconds();
    for (const auto& d : docs) {
      out.clear();
      const Analysis& a = engine.analyze(d, *ws);
      writer.write(a, {}, out);
      answer.events += a.stance.rows.size();
      answer.bytes += out.size();
    }
    ours = std::min(ours, processor_seconds() - start);
    start = processor_seconds();
    for (const auto& w : wide) {
      words->setText(w);
      words->first();
      while (words->next() != icu::BreakIterator::DONE) answer.words += words->getRuleStatus() >= UBRK_WORD_NUMBER;
    }
    icu_best = std::min(icu_best, processor_seconds() - start);
    if (r == 0) first = answer;
    else if (!(answer == first)) {
      fmt::print(stderr, "bench: {}: another answer at repeat {} ({} events, {} words; before {}, {})\n", name, r, answer.events, answer.words, first.events, first.words);
      return 1;
    }
  }
  const double mb = double(bytes) / 1e6;
  fmt::print("{:<8} {:6} documents {:8.2f} MB  {:8} events {:9} words | biruni {:7.3f} s {:7.2f} MB/s | ICU {:7.3f} s {:7.2f} MB/s | ratio {:.2f}\n", name,
             docs.size(), mb, first.events, first.words, ours, mb / ours, icu_best, mb / icu_best, ours / icu_best);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::string corpus, lang, examples;
  double megabytes = 4;
  int repeats = 3;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string key = argv[i], value = argv[i + 1];
    if (key == "--corpus") corpus = value;
    else if (key == "--lang") lang = value;
    else if (key == "--megabytes") megabytes = std::stod(value);
    else if (key == "--repeats") repeats = std::stoi(value);
    else if (key == "--examples") examples = value;
    else {
      fmt::print(stderr, "usage: bench [--corpus FILE] [--lang ar|en] [--megabytes N] [--repeats N] [--examples DIR]\n");
      return 2;
    }
  }
  auto engine = Engine::open({});
  if (!engine) {
    fmt::print(stderr, "bench: {}\n", engine.error().text());
    return 1;
  }
  const auto bytes = static_cast<size_t>(megabytes * 1e6);
  if (!corpus.empty()) return measure(**engine, lang.empty() ? "corpus" : lang, read_corpus(corpus, lang, bytes), repeats);
  if (examples.empty()) {
    const fs::path self = fs::read_symlink("/proc/self/exe").parent_path();
    examples = (fs::exists(self / "../examples") ? self / "../examples" : fs::path("examples")).string();
  }
  int failed = 0;
  for (const auto& l : (*engine)->languages())
    if (lang.empty() || l == lang) failed += measure(**engine, l, Maker(**engine, l, examples).make(bytes), repeats);
  return failed ? 1 : 0;
}
