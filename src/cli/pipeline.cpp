#include "cli/pipeline.h"

#include <fmt/core.h>

#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

namespace biruni {
namespace {

/// A ring of pieces: workers put by number, the writer takes in order.
class Ring {
 public:
  explicit Ring(unsigned jobs) : slots_(jobs * 32ull), workers_(jobs) {}

  /// Waits for room. False: the writer has stopped.
  bool put(uint64_t number, Piece& piece) {
    std::unique_lock lock(mutex_);
    space_.wait(lock, [&] { return stopped_ || (number < next_ + slots_.size() && (held_ < kMaxHeld || number == next_)); });
    if (stopped_) return false;
    held_ += piece.text.size();
    Slot& slot = slots_[number % slots_.size()];
    std::swap(slot.piece, piece);  // the buffers of written pieces go round
    slot.full = true;
    if (number == next_) ready_.notify_one();
    return true;
  }

  enum class Got : uint8_t { kPiece, kNothing, kEnd };
  Got get(Piece& piece) {
    std::unique_lock lock(mutex_);
    Slot& slot = slots_[next_ % slots_.size()];
    ready_.wait_for(lock, std::chrono::milliseconds(200), [&] { return slot.full || workers_ == 0; });
    if (!slot.full) return workers_ == 0 ? Got::kEnd : Got::kNothing;
    std::swap(piece, slot.piece);
    slot.full = false;
    ++next_;
    held_ -= piece.text.size();
    lock.unlock();
    space_.notify_all();
    return Got::kPiece;
  }
  void worker_done() {
    std::lock_guard lock(mutex_);
    --workers_;
    ready_.notify_one();
  }
  void stop() {
    std::lock_guard lock(mutex_);
    stopped_ = true;
    space_.notify_all();
  }

 private:
  static constexpr size_t kMaxHeld = 64u << 20;
  struct Slot { Piece piece; bool full = false; };
  std::mutex mutex_;
  std::condition_variable space_, ready_;
  std::vector<Slot> slots_;
  unsigned workers_;
  uint64_t next_ = 0;
  size_t held_ = 0;
  bool stopped_ = false;
};

}  // namespace

void Pipeline::run(const std::atomic<bool>* stop) {
  Ring ring(jobs_);
  std::mutex reader_lock;
  uint64_t numbers = 0;
  auto work = [&] {
    const WorkspacePtr ws = engine_.new_workspace();
    const std::unique_ptr<Worker> worker = make_worker_();
    InputItem item;
    Trace trace;
    Piece piece;
    for (;;) {
      uint64_t number = 0;
      bool wanted = false;
      piece.text.clear();
      piece.message.clear();
      piece.more.reset();
      piece.failed = piece.document = false;
      {
        std::lock_guard lock(reader_lock);
        if ((stop && stop->load(std::memory_order_relaxed)) || !reader_.next(item)) break;
        number = numbers++;
        wanted = !item.failed && !item.note && worker->wanted(item);
        piece.input_bytes = reader_.bytes_read();
      }
      try {
        trace.events.clear();
        const Analysis* a = wanted ? &engine_.analyze(item.doc, *ws, worker->wants_trace() ? &trace : nullptr) : nullptr;
        piece.failed = item.failed;
        piece.document = !item.failed && !item.note;
        worker->work(a, item, trace, piece);
      } catch (const std::bad_alloc&) {
        const uint64_t bytes = piece.input_bytes;
        piece = Piece{};
        piece.failed = true;
        piece.input_bytes = bytes;
        piece.message = fmt::format("biruni: {}: not enough memory\n", item.name);
      }
      if (!ring.put(number, piece)) break;
    }
    ring.worker_done();
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < jobs_; ++i) threads.emplace_back(work);
  Piece piece;
  std::exception_ptr thrown;
  for (bool go = true;;) {
    const Ring::Got got = ring.get(piece);
    if (got == Ring::Got::kEnd) break;
    if (!go) continue;
    try {
      go = got == Ring::Got::kPiece ? sink_.take(piece) : sink_.idle();
    } catch (...) {
      thrown = std::current_exception();
      go = false;
    }
    if (!go) ring.stop();
  }
  for (auto& t : threads) t.join();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace biruni
