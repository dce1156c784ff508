// biruni code: inputs -> one output, that can be stopped, killed and gone on with.
#include <fmt/core.h>
#include <link.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "base/hash.h"
#include "cli/code_target.h"
#include "cli/progress.h"

namespace biruni {
namespace {

std::atomic<bool> g_stop{false};  // set by a signal

void on_signal(int) { g_stop.store(true, std::memory_order_relaxed); }

/// The first signal ends the run in order, the second at once.
void catch_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (const int s : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(s, &action, nullptr);
  ::signal(SIGXFSZ, SIG_IGN);  // a limit on file size is an error of write(), as a full disk is
}

/// The build id that the linker writes into the program.
uint64_t build_id() {
  uint64_t id = 0;
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, size_t, void* out) {
        for (int i = 0; i < info->dlpi_phnum; ++i) {
          const ElfW(Phdr)& header = info->dlpi_phdr[i];
          if (header.p_type != PT_NOTE) continue;
          const char* at = reinterpret_cast<const char*>(info->dlpi_addr + header.p_vaddr);
          const char* end = at + header.p_memsz;
          while (at + sizeof(ElfW(Nhdr)) <= end) {
            const auto* note = reinterpret_cast<const ElfW(Nhdr)*>(at);
            const char* name = at + sizeof(ElfW(Nhdr));
            const char* bytes = name + (note->n_namesz + 3) / 4 * 4;
            if (note->n_type == NT_GNU_BUILD_ID) *static_cast<uint64_t*>(out) = fingerprint({bytes, note->n_descsz});
            at = bytes + (note->n_descsz + 3) / 4 * 4;
          }
        }
        return 1;  // the program itself comes first; libraries are not asked
      },
      &id);
  return id;
}

/// Reasons of failures as kinds: what stands before the particulars.
std::string failure_kind(const std::string& reason) {
  std::string kind = reason.substr(0, reason.find_first_of(":(\""));
  while (!kind.empty() && kind.back() == ' ') kind.pop_back();
  return kind.empty() ? "unreadable" : kind;
}

class CodeSink final : public Sink {
 public:
  CodeSink(CodeTarget& target, Progress& progress) : target_(target), progress_(progress) {}
  bool take(Piece& p) override {
    if (!p.message.empty()) {
      progress_.clear();
      std::fputs(p.message.c_str(), stderr);
    }
    ++taken_;
    bytes_ = p.input_bytes;
    failed_ |= p.failed;
    if (p.more) keep(target_.take(p, *static_cast<Coded*>(p.more.get())));
    progress();
    return status_.has_value();
  }
  bool idle() override {
    if (status_) keep(target_.idle());
    progress();
    return status_.has_value();
  }
  bool failed() const { return failed_; }
  const Status& status() const { return status_; }

 private:
  void keep(Status s) {
    if (!s) status_ = s;
  }
  void progress() {
    const CodeTotals& t = target_.committed();
    progress_.show(t.documents + t.unchanged, t.failed, bytes_);
  }
  CodeTarget& target_;
  Progress& progress_;
  Status status_ = Ok{};
  uint64_t taken_ = 0, bytes_ = 0;
  bool failed_ = false;
};

std::string list_counts(const std::map<std::string, uint64_t>& counts) {
  std::vector<std::pair<std::string, uint64_t>> rows(counts.begin(), counts.end());
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string out;
  for (const auto& [name, n] : rows) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", name, n);
  return out;
}

void print_summary(const CodeTotals& t, double seconds) {
  std::string line = fmt::format("{} documents coded", t.documents);
  if (t.changed) line += fmt::format(" ({} of them changed)", t.changed);
  if (t.unchanged) line += fmt::format(", {} done before", t.unchanged);
  if (t.copies) line += fmt::format(", {} near-duplicates", t.copies);
  if (t.failed) line += fmt::format(", {} failed", t.failed);
  fmt::print(stderr, "{}; {:.1f} MB in {}\n", line, double(t.bytes) / 1e6, clock_text(seconds));
  uint64_t events = 0;
  for (const auto& [name, n] : t.events) events += n;
  fmt::print(stderr, "{} events{}{}\n", events, events ? ": " : "", list_counts(t.events));
  if (!t.problems.empty()) fmt::print(stderr, "problems: {}\n", list_counts(t.problems));
}

}  // namespace

std::string run_version(const Engine& engine) { return std::string(BIRUNI_VERSION) + "+" + engine.pack().version(); }

uint64_t run_stamp(const Engine& engine, const Options& o) {
  const uint64_t layers = o.layers.sentences + 2 * o.layers.tokens + 4 * o.layers.times + 8 * o.layers.quantities;
  const EventFilter& f = o.filter;
  const std::string asked = f.any() ? fmt::format("{}{}{}{} {}", f.happened, f.alleged, f.denied, f.unsourced, f.holder) : "";
  return fingerprint(run_version(engine) + asked, mix64(build_id()) + layers * 2 + 1);
}

void count(const Engine& engine, const Coded& coded, const Piece& piece, CodeTotals& totals) {
  if (piece.failed) {
    ++totals.failed;
    ++totals.problems[failure_kind(coded.reason)];
  }
  if (!coded.analyzed) return;
  ++totals.documents;
  totals.bytes += coded.text_bytes;
  for (size_t i = 0; i < coded.events.size(); ++i)
    if (coded.events[i]) totals.events[std::string(engine.ontology().type(static_cast<uint8_t>(i)))] += coded.events[i];
  for (const auto& code : coded.problems) ++totals.problems[code];
}

int run_code(const Options& o) {
  auto fail = [](const Error& e) {
    fmt::print(stderr, "biruni: {}\n", e.text());
    return e.code == ErrorCode::kBadUsage ? kExitUsage : kExitSomeFailed;
  };
  const bool lines = o.output == "-" || o.output.ends_with(".jsonl") || o.output.ends_with(".ndjson") || o.output.starts_with("/dev/");
  const bool store = o.output.ends_with(".db") || o.output.ends_with(".sqlite");
  if (!lines && !store) return fail({ErrorCode::kBadUsage, "the output is named by its ending: .jsonl for records, .db for a store", o.output, ""});
  auto engine = Engine::open({o.pack});
  if (!engine) return fail(engine.error());
  catch_signals();
  auto target = store ? store_target(**engine, o) : lines_target(**engine, o);
  auto reader = std::make_unique<InputReader>(o.paths, o.input);
  std::string note;
  if (const Status s = target->open(reader, note); !s) return fail(s.error());
  if (!note.empty() && !o.quiet) fmt::print(stderr, "{}\n", note);
  const bool bar = !o.quiet && ::isatty(2);
  Progress progress(bar, bar ? input_size(o.paths) : 0);
  CodeSink sink(*target, progress);
  Pipeline pipeline(**engine, o.job_count(), *reader, [&] { return target->new_worker(); }, sink);
  pipeline.run(&g_stop);
  Status status = sink.status();
  const bool stopped = g_stop.load();
  const Status finished = target->finish(status && !stopped);
  if (status && !finished) status = finished;
  progress.clear();
  const CodeTotals& totals = target->committed();
  if (!o.quiet) print_summary(totals, progress.seconds());
  if (!status) return fail(status.error());
  if (stopped) {
    fmt::print(stderr, "biruni: stopped; what is counted above is kept. The same command goes on from there.\n");
    return kExitStopped;
  }
  return sink.failed() || totals.failed ? kExitSomeFailed : kExitDone;
}

}  // namespace biruni
