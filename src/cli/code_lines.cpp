// 'biruni code -o NAME.jsonl'. Records go to NAME.jsonl.part, which gets its name when all is done. Beside it NAME.jsonl.resume
// says how far the part is whole: a first line with the stamp of program, packs and options, then after each write a line
//
//   INPUTS BYTES PROBLEM_BYTES HASH     inputs taken, sizes of the part and of the problems file, hash over these inputs
//
// A run that finds them cuts the part there, reads the same inputs past without analysing them, compares the hash, and
// goes on; where anything differs it begins anew. Lines are written after what they speak of, so that a process may be
// killed at any moment. The bytes of the result do not depend on whether it was.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cinttypes>
#include <cstring>
#include <deque>
#include <optional>

#include "base/hash.h"
#include "cli/code_target.h"
#include "render/copy_mark.h"

namespace biruni {
namespace {

/// A file descriptor that appends.
class AppendFile {
 public:
  ~AppendFile() { close(); }
  Status open(const std::string& path, int flags) {
    path_ = path;
    fd_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0666);
    return fd_ < 0 ? failure() : Status(Ok{});
  }
  Status write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return failure();
      bytes.remove_prefix(static_cast<size_t>(n));
      size_ += static_cast<uint64_t>(n);
    }
    return Ok{};
  }
  Status cut(uint64_t size) {
    if (::ftruncate(fd_, static_cast<off_t>(size)) != 0 || ::lseek(fd_, 0, SEEK_END) < 0) return failure();
    size_ = size;
    return Ok{};
  }
  bool lock() { return ::flock(fd_, LOCK_EX | LOCK_NB) == 0; }
  bool is_open() const { return fd_ >= 0; }
  uint64_t size() const { return size_; }
  Status sync() { return ::fsync(fd_) != 0 && errno != EINVAL && errno != EROFS ? failure() : Status(Ok{}); }
  void close() {
    if (fd_ > 2) ::close(fd_);
    fd_ = -1;
  }
  void use(int fd, const std::string& name) {
    fd_ = fd;
    path_ = name;
  }
  Status failure() const { return Error{ErrorCode::kIo, std::string("cannot be written: ") + std::strerror(errno), path_, ""}; }
  const std::string& path() const { return path_; }

 private:
  int fd_ = -1;
  uint64_t size_ = 0;
  std::string path_;
};

uint64_t size_of(const std::string& path) {
  struct stat st {};
  return ::stat(path.c_str(), &st) == 0 ? static_cast<uint64_t>(st.st_size) : 0;
}

struct ResumePoint { uint64_t inputs = 0, bytes = 0, problem_bytes = 0, hash = 0; };

class LinesTarget final : public CodeTarget {
 public:
  LinesTarget(const Engine& engine, const Options& o) : engine_(engine), o_(o) {}

  Status open(std::unique_ptr<InputReader>& reader, std::string& note) override {
    struct stat st {};
    if (o_.output == "-") {
      part_.use(1, "standard output");
      return Ok{};
    }
    if (::stat(o_.output.c_str(), &st) == 0 && !S_ISREG(st.st_mode)) return part_.open(o_.output, 0);  // a device or a pipe
    named_ = true;
    if (Status s = part_.open(o_.output + ".part", 0); !s) return s;
    if (!part_.lock()) return Error{ErrorCode::kIo, "another run is writing it", part_.path(), "wait for it to end, or write to another file"};
    ResumePoint from;
    bool again = read_point(from);
    if (again) again = pass_over(*reader, from);
    if (again) note = fmt::format("going on behind {} inputs of {}", from.inputs, part_.path());
    else if (from.inputs) {
      for (const auto& p : o_.paths)
        if (p == "-") return Error{ErrorCode::kBadValue, "was made from other inputs", part_.path(), "remove it to begin anew"};
      note = fmt::format("{} was made from other inputs: beginning anew", part_.path());
      reader = std::make_unique<InputReader>(o_.paths, o_.input);
      from = {};
      totals_ = committed_ = {};
      hash_ = 0;
      taken_ = 0;
      copies_ = {};
      originals_.clear();
    }
    if (Status s = part_.cut(from.bytes); !s) return s;
    if (Status s = problems_open(from.problem_bytes); !s) return s;
    if (Status s = state_.open(state_path(), O_TRUNC); !s) return s;
    return state_.write(fmt::format("biruni {:016x}\n", run_stamp(engine_, o_)) + (from.inputs ? line_of(from) : ""));
  }

  std::unique_ptr<CodeWorker> new_worker() override { return std::make_unique<CodeWorker>(engine_, o_, sketcher()); }

  Status take(Piece& p, Coded& c) override {
    if (!p.document && !p.failed) return Ok{};
    ++taken_;
    hash_ = input_hash(c.id, c.content, hash_);
    if (c.analyzed || p.failed) count(engine_, c, p, totals_);
    if (const Copy copy = find_copy(c); copy.original) {
      ++totals_.copies;
      mark_copy(originals_[static_cast<size_t>(copy.original - 1)], copy.similarity, p.text);
    }
    held_ += p.text;
    held_problems_ += c.problem_lines;
    return held_.size() >= kWriteAt ? flush() : idle();
  }
  Status idle() override {
    if (held_.empty() && held_problems_.empty()) return Ok{};
    return std::chrono::steady_clock::now() - last_ > std::chrono::milliseconds(500) ? flush() : Status(Ok{});
  }
  const CodeTotals& committed() const override { return committed_; }

  Status finish(bool whole) override {
    if (Status s = flush(); !s) return s;
    if (!named_ || !whole) return Ok{};
    if (Status s = part_.sync(); !s) return s;
    if (std::rename(part_.path().c_str(), o_.output.c_str()) != 0) return part_.failure();
    if (problems_.is_open() && problems_.size() == 0) ::unlink(problems_.path().c_str());
    ::unlink(state_path().c_str());
    return Ok{};
  }

 private:
  static constexpr size_t kWriteAt = 1 << 20;
  std::string state_path() const { return o_.output + ".resume"; }
  static uint64_t input_hash(const std::string& id, uint64_t content, uint64_t before) { return mix64(fingerprint(id, before) ^ content); }
  static std::string line_of(const ResumePoint& p) { return fmt::format("{} {} {} {:016x}\n", p.inputs, p.bytes, p.problem_bytes, p.hash); }

  /// The last whole line of the state file, if the files are as it says.
  bool read_point(ResumePoint& p) const {
    std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(state_path().c_str(), "rb"), std::fclose);
    uint64_t stamp = 0;
    if (!file || std::fscanf(file.get(), "biruni %" SCNx64, &stamp) != 1 || stamp != run_stamp(engine_, o_)) return false;
    ResumePoint line;
    char end = 0;
    while (std::fscanf(file.get(), "%" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNx64 "%c", &line.inputs, &line.bytes, &line.problem_bytes, &line.hash, &end) == 5)
      if (end == '\n') p = line;
    return p.inputs && size_of(part_.path()) >= p.bytes && size_of(problems_path()) >= p.problem_bytes;
  }

  /// Reads the inputs that are done; false if they are others. Failed ones are named again.
  bool pass_over(InputReader& reader, const ResumePoint& p) {
    CodeWorker worker(engine_, o_, sketcher());
    InputItem item;
    while (taken_ < p.inputs) {
      if (!reader.next(item)) return false;
      Piece piece;
      piece.failed = item.failed;
      piece.document = !item.failed && !item.note;
      worker.work(nullptr, item, {}, piece);
      const Coded& c = *static_cast<Coded*>(piece.more.get());
      if (!piece.document && !piece.failed) continue;
      ++taken_;
      hash_ = input_hash(c.id, c.content, hash_);
      if (piece.failed) std::fputs(piece.message.c_str(), stderr);
      if (piece.failed) count(engine_, c, piece, totals_);
      else {
        ++totals_.unchanged;
        find_copy(c);
      }
    }
    committed_ = totals_;
    return hash_ == p.hash;
  }

  const Sketcher* sketcher() const { return o_.duplicates ? &sketcher_ : nullptr; }
  Copy find_copy(const Coded& c) {
    if (!c.has_sketch) return {};
    const Copy copy = copies_.find_or_add(static_cast<int64_t>(originals_.size()) + 1, c.day, c.sketch);
    if (!copy.original) originals_.push_back(c.id);
    return copy;
  }

  std::string problems_path() const { return o_.problems.empty() ? o_.output + ".problems" : o_.problems; }
  Status problems_open(uint64_t size) {
    if (Status s = problems_.open(problems_path(), 0); !s) return s;
    return problems_.cut(size);
  }

  Status flush() {
    if (broken_) return *broken_;  // the part may end in the middle of a record: the state file knows where it is whole
    Status s = write_out();
    if (!s) broken_ = s.error();
    return s;
  }
  Status write_out() {
    last_ = std::chrono::steady_clock::now();
    if (Status s = part_.write(held_); !s) return s;
    held_.clear();
    if (problems_.is_open())
      if (Status s = problems_.write(held_problems_); !s) return s;
    held_problems_.clear();
    if (named_ && taken_)
      if (Status s = state_.write(line_of({taken_, part_.size(), problems_.size(), hash_})); !s) return s;
    committed_ = totals_;
    return Ok{};
  }

  const Engine& engine_;
  const Options& o_;
  const Sketcher sketcher_;
  CopyIndex copies_;
  std::deque<std::string> originals_;  // ids, by their number in copies_ less one
  AppendFile part_, state_, problems_;
  bool named_ = false;
  std::string held_, held_problems_;
  uint64_t taken_ = 0, hash_ = 0;
  CodeTotals totals_, committed_;
  std::optional<Error> broken_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace

std::unique_ptr<CodeTarget> lines_target(const Engine& engine, const Options& o) { return std::make_unique<LinesTarget>(engine, o); }

}  // namespace biruni
