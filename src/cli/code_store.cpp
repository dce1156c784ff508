// 'biruni code -o NAME.db': documents go into a store, many to a transaction. A commit comes every kCommitEvery documents,
// bytes or milliseconds, whichever is first; only what is committed counts as done.
#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "base/hash.h"
#include "cli/code_target.h"
#include "cli/search_text.h"
#include "codebook/codebook.h"
#include "dedup/copy_index.h"
#include "store/writer.h"

namespace biruni {
namespace {

constexpr uint64_t kCommitDocuments = 2000, kCommitBytes = 16u << 20;
constexpr auto kCommitAfter = std::chrono::milliseconds(1000);

struct StoreCoded : Coded {
  DocumentRows rows;
  Document document;
  bool changed = false;
};

/// Shared by the workers; asked under the reader's lock.
struct Gate {
  KnownDocuments known;
  uint64_t stamp = 0;
};

class StoreWorker final : public CodeWorker {
 public:
  StoreWorker(const Engine& engine, const Options& o, Gate& gate, const Sketcher* sketcher)
      : CodeWorker(engine, o, sketcher), gate_(gate) {}

  bool wanted(InputItem& item) override {
    using Answer = KnownDocuments::Answer;
    const uint64_t content = content_fingerprint(item);
    note_.clear();
    const std::string id = item.doc.id;
    Answer answer = gate_.known.check(id, content, gate_.stamp);
    for (int n = 2; answer == Answer::kClash; ++n) {  // another text of this id came before: both are kept
      item.doc.id = fmt::format("{}#{}", id, n);
      answer = gate_.known.check(item.doc.id, content, gate_.stamp);
      note_ = fmt::format("biruni: {}: the id {} came before with another text; kept as {}\n", item.name, id, item.doc.id);
    }
    changed_ = answer == Answer::kChanged;
    return answer == Answer::kNew || changed_;
  }

 protected:
  std::shared_ptr<Coded> make() override { return std::make_shared<StoreCoded>(); }
  void finish(InputItem& item, Piece& out, Coded& coded) override {
    if (!coded.analyzed) return;
    auto& c = static_cast<StoreCoded&>(coded);
    out.message += note_;
    c.changed = changed_;
    out.text.reserve(out.text.size() + kRowPadding);
    maker_.make(out.text, c.rows);
    c.document = std::move(item.doc);
    out.text.clear();
  }

 private:
  Gate& gate_;
  RowMaker maker_;
  bool changed_ = false;
  std::string note_;
};

class StoreTarget final : public CodeTarget {
 public:
  StoreTarget(const Engine& engine, const Options& o) : engine_(engine), o_(o), search_(engine.pack(), engine.languages()) {}

  Status open(std::unique_ptr<InputReader>&, std::string& note) override {
    auto w = StoreWriter::open(o_.output);
    if (!w) return w.error();
    writer_ = std::move(*w);
    writer_->set_normaliser([this](std::string_view text, std::string& out) { search_.append(text, out); });
    gate_.stamp = run_stamp(engine_, o_);
    Status s = writer_->for_known([&](std::string_view id, uint64_t content, uint64_t stamp, int64_t doc, std::string_view date, std::string_view sketch) {
      gate_.known.load(id, content, stamp);
      if (o_.duplicates && sketch.size() == kSketchBytes) {
        Sketch bytes;
        std::copy(sketch.begin(), sketch.end(), bytes.begin());
        CivilDate d;
        copies_.add(doc, parse_date(date, d) ? day_number(d.year, unsigned(d.month), unsigned(d.day)) : 0, bytes);
      }
    });
    if (!s) return s;
    if (gate_.known.size()) note = fmt::format("{}: {} documents are there; what is new or changed is coded", o_.output, gate_.known.size());
    return begin_run();
  }

  std::unique_ptr<CodeWorker> new_worker() override { return std::make_unique<StoreWorker>(engine_, o_, gate_, o_.duplicates ? &sketcher_ : nullptr); }

  Status take(Piece& p, Coded& coded) override {
    auto& c = static_cast<StoreCoded&>(coded);
    if (p.failed) {
      count(engine_, c, p, totals_);
      if (Status s = writer_->put_failure(c.source, c.reason); !s) return s;
      return commit_in_time();
    }
    if (!p.document) return Ok{};
    if (!c.analyzed) {
      ++totals_.unchanged;
      return commit_in_time();
    }
    if (Status s = put(c); !s) return s;
    count(engine_, c, p, totals_);
    pending_bytes_ += c.rows.record_bytes / 4;
    return commit_in_time();
  }

  Status idle() override { return commit_in_time(); }
  const CodeTotals& committed() const override { return committed_; }

  Status finish(bool whole) override {
    if (broken_) return *broken_;
    if (Status s = commit(); !s) return s;
    if (whole)
      if (Status s = keep(writer_->build_indexes()); !s) return s;
    if (whole && o_.store_text && o_.search)
      if (Status s = keep(writer_->build_search()); !s) return s;
    return keep(writer_->finish(whole ? "done" : "stopped"));
  }

 private:
  Status begin_run() {
    const Pack& pack = engine_.pack();
    const World& world = engine_.world();
    auto text = [&](StrId id) { return std::string(pack.str(id)); };
    auto joined = [&](StrId id) {
      std::string s = text(id);
      std::replace(s.begin(), s.end(), '|', ';');
      return s;
    };
    std::vector<CodeTable> book{{"event_type", {}}, {"cameo", {}}, {"sector", {}}, {"country", {}}};
    for (const TypeCode& t : type_codes(pack)) book[0].rows.push_back({text(t.type), text(t.mode), std::to_string(t.quad), text(t.score)});
    for (const CameoCode& c : cameo_codes(pack))
      book[1].rows.push_back({text(c.cameo), text(c.type), text(c.mode), joined(c.contexts), text(c.goldstein), std::to_string(c.quad), text(c.label)});
    for (const SectorCode& s : sector_codes(pack)) book[2].rows.push_back({text(s.sector), text(s.cameo)});
    for (const CountryCode& c : country_codes(pack)) {
      const uint32_t entity = world.find(pack.str(c.country));
      if (entity != kNone) book[3].rows.push_back({text(c.country), std::string(world.name(entity)), text(c.iso2), text(c.gec), text(c.cow)});
    }
    RunInfo run;
    run.program = BIRUNI_VERSION;
    run.pack = pack.version();
    run.stamp = gate_.stamp;
    run.options = o_.store_text ? "" : "--no-text ";
    if (!o_.duplicates) run.options += "--no-duplicates ";
    if (!o_.input.lang.empty()) run.options += "--lang " + o_.input.lang;
    for (const auto& path : o_.paths) run.inputs += (run.inputs.empty() ? "" : "\n") + path;
    return keep(writer_->begin_run(run, book));
  }

  Status put(StoreCoded& c) {
    StoredDocument d;
    const std::string_view buffer = c.document.buffer;
    d.rows = &c.rows;
    d.id = c.document.id;
    d.source = c.source;
    d.title = buffer.substr(0, c.document.title_end);
    d.text = buffer.substr(c.document.text_begin);
    d.keep_text = o_.store_text;
    d.content = c.content;
    const int64_t before = c.changed ? writer_->doc_of(d.id) : 0;
    d.changed = before != 0;
    d.doc = before ? before : writer_->new_doc();
    if (d.changed) copies_.forget(d.doc);
    if (c.has_sketch) {
      const Copy copy = copies_.find_or_add(d.doc, c.day, c.sketch);
      d.duplicate_of = copy.original;
      d.similarity = copy.similarity;
      d.sketch = {reinterpret_cast<const char*>(c.sketch.data()), c.sketch.size()};
    }
    if (Status s = keep(writer_->put(d)); !s) return s;
    totals_.changed += d.changed;
    totals_.copies += d.duplicate_of != 0;
    ++pending_;
    return Ok{};
  }

  Status commit_in_time() {
    if (broken_) return *broken_;
    if (pending_ < kCommitDocuments && pending_bytes_ < kCommitBytes && std::chrono::steady_clock::now() - last_ < kCommitAfter) return Ok{};
    return commit();
  }
  Status commit() {
    writer_->set_counts(totals_.documents, totals_.unchanged, totals_.failed);
    if (Status s = keep(writer_->commit()); !s) return s;
    committed_ = totals_;
    last_ = std::chrono::steady_clock::now();
    pending_ = pending_bytes_ = 0;
    return Ok{};
  }
  Status keep(Status s) {
    if (!s) broken_ = s.error();
    return s;
  }

  const Engine& engine_;
  const Options& o_;
  const SearchText search_;
  const Sketcher sketcher_;
  Gate gate_;
  CopyIndex copies_;
  std::unique_ptr<StoreWriter> writer_;
  CodeTotals totals_, committed_;
  uint64_t pending_ = 0, pending_bytes_ = 0;
  std::optional<Error> broken_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace

std::unique_ptr<CodeTarget> store_target(const Engine& engine, const Options& o) { return std::make_unique<StoreTarget>(engine, o); }

}  // namespace biruni
