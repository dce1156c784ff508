#include "cli/pipeline.h"

#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <map>
#include <mutex>
#include <new>
#include <thread>

namespace biruni {
namespace {

struct Piece {
  std::string text;     // for the output
  std::string message;  // for the error output
  bool failed = false, document = false;
};

/// Puts pieces into input order and writes them.
class Order {
 public:
  Order(Output& out, unsigned jobs, bool progress, RunTotals& totals) : out_(out), totals_(totals), ahead_(jobs * 32ull), progress_(progress) {}

  void put(uint64_t number, Piece piece) {
    std::unique_lock lock(mutex_);
    space_.wait(lock, [&] { return number < next_ + ahead_ && (held_ < kMaxHeld || number == next_); });
    held_ += piece.text.size();
    waiting_.emplace(number, std::move(piece));
    while (!waiting_.empty() && waiting_.begin()->first == next_) {
      const Piece& p = waiting_.begin()->second;
      if (!p.message.empty()) {
        clear_progress();
        std::fputs(p.message.c_str(), stderr);
      }
      totals_.failed += p.failed;
      totals_.documents += p.document;
      if (!p.text.empty() && !out_.write(p.text)) totals_.written = false;
      held_ -= p.text.size();
      waiting_.erase(waiting_.begin());
      ++next_;
    }
    show_progress();
    space_.notify_all();
  }
  bool stopped() {
    std::lock_guard lock(mutex_);
    return !totals_.written;
  }
  void clear_progress() {
    if (progress_ && shown_) std::fputs("\r\033[K", stderr);
    shown_ = false;
  }

 private:
  static constexpr size_t kMaxHeld = 64u << 20;
  void show_progress() {
    if (!progress_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::milliseconds(200)) return;
    last_ = now;
    shown_ = true;
    fmt::print(stderr, "\r\033[K{} documents{}", totals_.documents, totals_.failed ? fmt::format(", {} failed", totals_.failed) : "");
    std::fflush(stderr);
  }
  std::mutex mutex_;
  std::condition_variable space_;
  std::map<uint64_t, Piece> waiting_;
  Output& out_;
  RunTotals& totals_;
  uint64_t next_ = 0, ahead_;
  size_t held_ = 0;
  bool progress_, shown_ = false;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace

RunTotals Pipeline::run(InputReader& reader) {
  RunTotals totals;
  Order order(out_, jobs_, progress_, totals);
  std::mutex reader_lock;
  uint64_t numbers = 0;
  auto work = [&] {
    const WorkspacePtr ws = engine_.new_workspace();
    const std::unique_ptr<DocumentView> view = make_view_();
    InputItem item;
    Trace trace;
    for (;;) {
      uint64_t number = 0;
      {
        std::lock_guard lock(reader_lock);
        if (order.stopped() || !reader.next(item)) return;
        number = numbers++;
      }
      Piece piece;
      if (item.failed || item.note) {
        piece.failed = item.failed;
        if (item.failed || !quiet_) piece.message = fmt::format("biruni: {}: {}\n", item.name, item.reason);
      } else {
        try {
          trace.events.clear();
          const Analysis& a = engine_.analyze(item.doc, *ws, view->wants_trace() ? &trace : nullptr);
          view->show(a, item, trace, piece.text);
          piece.document = true;
        } catch (const std::bad_alloc&) {
          piece = Piece{};
          piece.failed = true;
          piece.message = fmt::format("biruni: {}: not enough memory\n", item.name);
        }
      }
      order.put(number, std::move(piece));
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < jobs_; ++i) threads.emplace_back(work);
  work();
  for (auto& t : threads) t.join();
  order.clear_progress();
  return totals;
}

}  // namespace biruni
