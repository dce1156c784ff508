// One Source a path. A file's kind is told by its name (.jsonl, .ndjson; archives) and by its first bytes for standard
// input; all else is plain text.
#include "ingest/input.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>

#include "ingest/archive.h"
#include "ingest/fields.h"
#include "ingest/stream.h"
#include "text/text_stage.h"

namespace biruni {
namespace fs = std::filesystem;

class InputReader::Source {
 public:
  virtual ~Source() = default;
  virtual bool next(InputItem& item) = 0;
  virtual uint64_t bytes() const = 0;
};

bool parse_date(std::string_view text, CivilDate& out) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return false;
  if (text.size() > 10 && text[10] != 'T' && text[10] != ' ') return false;
  int part[3] = {};
  constexpr int from[] = {0, 5, 8}, to[] = {4, 7, 10};
  for (int p = 0; p < 3; ++p)
    for (int i = from[p]; i < to[p]; ++i) {
      if (text[i] < '0' || text[i] > '9') return false;
      part[p] = part[p] * 10 + (text[i] - '0');
    }
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const auto [y, m, d] = part;
  if (y < 1 || m < 1 || m > 12 || d < 1) return false;
  const bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
  if (d > days[m - 1] + (m == 2 && leap ? 1 : 0)) return false;
  out = {static_cast<int16_t>(y), static_cast<int8_t>(m), static_cast<int8_t>(d)};
  return true;
}

bool looks_binary(std::string_view bytes) {
  if (bytes.find('\0') != std::string_view::npos) return true;
  if (bytes.starts_with("%PDF-")) return true;
  const std::string_view head = bytes.substr(0, 1 << 16);
  size_t control = 0;
  for (const unsigned char c : head) control += (c < 0x20 && (c < 8 || c > 13) && c != 0x1B) || c == 0x7F;
  return control * 20 > head.size();  // more than one in twenty
}

void set_text(Document& doc, std::string title, std::string text) {
  if (title.empty()) {
    doc.title_end = doc.text_begin = 0;
    doc.buffer = std::move(text);
    return;
  }
  doc.title_end = static_cast<uint32_t>(title.size());
  doc.text_begin = doc.title_end + 2;
  doc.buffer = std::move(title);
  doc.buffer.reserve(doc.buffer.size() + 2 + text.size());
  doc.buffer += "\n\n";
  doc.buffer += text;
}

namespace {

constexpr std::string_view kMetaEnding = ".meta.json";

std::string size_text(uint64_t bytes) {
  return bytes % (1 << 20) ? fmt::format("{} bytes", bytes) : fmt::format("{} MB", bytes >> 20);
}
std::string too_large(uint64_t limit) {
  return fmt::format("too large: a document may have {} (split it, or give one document a line as .jsonl)", size_text(limit));
}

/// Fields -> document. `own`: the fields are of this very document and go before the options; else they stand beside it.
void apply(const InputFields& f, const InputOptions& options, bool own, InputItem& item) {
  Document& doc = item.doc;
  doc.author = f.author;
  doc.publisher = f.publisher;
  doc.url = f.url;
  const bool option_lang = !options.lang.empty(), option_date = options.date.year != 0;
  doc.lang = !f.lang.empty() && (own || !option_lang) ? f.lang : options.lang;
  doc.date = options.date;
  if (!f.date.empty() && (own || !option_date)) {
    CivilDate date;
    if (parse_date(f.date, date)) doc.date = date;
    else item.problems.push_back({"bad_date", "\"" + f.date + "\" is no date (YYYY-MM-DD); relative times have no anchor", {}});
  }
  for (const auto& key : f.odd) item.problems.push_back({"bad_field", "the value of \"" + key + "\" is not text; passed over", {}});
}

void fail(InputItem& item, std::string name, std::string reason) {
  item = InputItem{};
  item.failed = true;
  item.name = std::move(name);
  item.reason = std::move(reason);
}

bool read_meta(const std::string& path, InputFields& fields, bool& found, std::string& reason) {
  found = false;
  const fs::path meta = fs::path(path).replace_extension(".meta.json");
  std::error_code ec;
  if (fs::path(path).extension().empty() || !fs::exists(meta, ec)) return true;
  ByteStream stream;
  std::string bytes;
  if (!stream.open(meta.string(), reason) || !stream.read_all(bytes, 1 << 20, reason)) {
    reason = meta.string() + ": " + reason;
    return false;
  }
  std::vector<Problem> ignored;
  FieldParser parser;
  if (!parser.parse(decode_document(bytes, ignored), fields, reason)) {
    reason = meta.string() + " " + reason;
    return false;
  }
  found = true;
  return true;
}

/// One plain text.
void make_text(std::string_view bytes, const std::string& name, const InputFields& meta, const InputOptions& options, InputItem& item) {
  if (looks_binary(bytes)) return fail(item, name, "binary, no text");
  item.doc.id = meta.has_id ? meta.id : name;
  std::vector<Problem> problems;
  std::string text = decode_document(bytes, problems);
  set_text(item.doc, meta.title, std::move(text));
  for (Problem& p : problems) {
    p.raw.begin += item.doc.text_begin;
    p.raw.end += item.doc.text_begin;
    item.problems.push_back(std::move(p));
  }
  apply(meta, options, false, item);
}

class TextSource final : public InputReader::Source {
 public:
  TextSource(std::string name, std::unique_ptr<ByteStream> stream, const InputOptions& options)
      : name_(std::move(name)), stream_(std::move(stream)), options_(options) {}
  bool next(InputItem& item) override {
    if (done_) return false;
    done_ = true;
    std::string bytes, reason;
    InputFields meta;
    bool found = false;
    if (!stream_->read_all(bytes, options_.max_bytes, reason)) {
      fail(item, name_, stream_->too_large() ? too_large(options_.max_bytes) : reason);
      return true;
    }
    if (name_ != "-" && !read_meta(name_, meta, found, reason)) {
      fail(item, name_, reason);
      return true;
    }
    item = InputItem{};
    item.name = name_;
    make_text(bytes, name_, meta, options_, item);
    return true;
  }
  uint64_t bytes() const override { return stream_->bytes(); }

 private:
  std::string name_;
  std::unique_ptr<ByteStream> stream_;
  const InputOptions& options_;
  bool done_ = false;
};

class LineSource final : public InputReader::Source {
 public:
  LineSource(std::string name, std::unique_ptr<ByteStream> stream, const InputOptions& options)
      : name_(std::move(name)), stream_(std::move(stream)), options_(options) {}
  bool next(InputItem& item) override {
    for (;;) {
      const LineRead got = stream_->read_line(line_, options_.max_bytes * 2 + (1 << 16));
      if (got == LineRead::kEnd) return false;
      if (got == LineRead::kError) {
        fail(item, name_, stream_->error());
        return true;
      }
      ++number_;
      if (got == LineRead::kTooLong) {
        fail(item, where(), too_large(options_.max_bytes));
        return true;
      }
      std::string_view line = line_;
      if (number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
      if (line.find_first_not_of(" \t\r\f\v") == std::string_view::npos) continue;
      item = InputItem{};
      item.name = where();
      make(line, item);
      return true;
    }
  }
  uint64_t bytes() const override { return stream_->bytes(); }

 private:
  std::string where() const { return name_ + ":" + std::to_string(number_); }

  void make(std::string_view line, InputItem& item) {
    std::vector<Problem> problems;
    const std::string decoded = decode_document(line, problems);
    std::string reason;
    InputFields f;
    if (!parser_.parse(decoded, f, reason)) return fail(item, where(), "line " + reason);
    if (!f.has_text) return fail(item, where(), "line has no \"text\" (a string)");
    if (f.text.size() > options_.max_bytes) return fail(item, where(), too_large(options_.max_bytes));
    item.doc.id = f.has_id ? f.id : where();
    set_text(item.doc, std::move(f.title), std::move(f.text));
    if (!problems.empty()) {  // its place in the line says nothing; the first replacement in the document does
      const size_t at = item.doc.buffer.find("\xEF\xBF\xBD");
      problems[0].raw = {};
      if (at != std::string::npos) problems[0].raw = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + 3)};
      item.problems.push_back(problems[0]);
    }
    apply(f, options_, true, item);
  }

  std::string name_;
  std::unique_ptr<ByteStream> stream_;
  const InputOptions& options_;
  FieldParser parser_;
  std::string line_;
  uint64_t number_ = 0;
};

class ArchiveSource final : public InputReader::Source {
 public:
  ArchiveSource(std::string name, const InputOptions& options) : name_(std::move(name)), options_(options) {}
  bool next(InputItem& item) override {
    if (done_) return false;
    if (!archive_) {
      std::string reason;
      archive_ = std::make_unique<Archive>();
      if (!read_metas(reason) || !archive_->open(name_, reason)) {
        done_ = true;
        fail(item, name_, reason);
        return true;
      }
    }
    for (;;) {
      if (lines_) {
        if (lines_->next(item)) return true;
        lines_.reset();
      }
      std::string member, bytes, reason;
      const Archive::Read got = archive_->next(member, bytes, options_.max_bytes * 4, reason);
      const std::string name = name_ + "!" + member;
      if (got == Archive::Read::kEnd) return !(done_ = true);
      if (got == Archive::Read::kError) {
        done_ = true;
        fail(item, name_, reason);
        return true;
      }
      if (member.ends_with(kMetaEnding)) continue;
      if (got == Archive::Read::kTooLarge) {
        fail(item, name, too_large(options_.max_bytes));
        return true;
      }
      if (member.ends_with(".jsonl") || member.ends_with(".ndjson")) {
        auto stream = std::make_unique<ByteStream>();
        stream->open_memory(std::move(bytes));
        lines_ = std::make_unique<LineSource>(name, std::move(stream), options_);
        continue;
      }
      if (bytes.size() > options_.max_bytes) {
        fail(item, name, too_large(options_.max_bytes));
        return true;
      }
      const auto meta = metas_.find(member.substr(0, member.rfind('.')));
      item = InputItem{};
      item.name = name;
      make_text(bytes, name, meta == metas_.end() ? InputFields{} : meta->second, options_, item);
      return true;
    }
  }
  uint64_t bytes() const override { return archive_ ? archive_->bytes() : 0; }

 private:
  /// A first pass: metadata may stand before or behind its text.
  bool read_metas(std::string& reason) {
    Archive pass;
    if (!pass.open(name_, reason)) return false;
    FieldParser parser;
    for (std::string member, bytes, ignored;;) {
      const Archive::Read got = pass.next(member, bytes, 1 << 20, ignored, kMetaEnding);
      if (got == Archive::Read::kEnd || got == Archive::Read::kError) return true;  // damage is told by the second pass
      InputFields f;
      std::vector<Problem> none;
      if (got == Archive::Read::kMember && parser.parse(decode_document(bytes, none), f, ignored))
        metas_.emplace(member.substr(0, member.size() - kMetaEnding.size()), std::move(f));
    }
  }

  std::string name_;
  const InputOptions& options_;
  std::unique_ptr<Archive> archive_;
  std::unique_ptr<LineSource> lines_;
  std::map<std::string, InputFields> metas_;
  bool done_ = false;
};

/// One thing to say and no document.
class SayingSource final : public InputReader::Source {
 public:
  SayingSource(std::string name, std::string reason, bool note) : name_(std::move(name)), reason_(std::move(reason)), note_(note) {}
  bool next(InputItem& item) override {
    if (done_) return false;
    done_ = true;
    fail(item, name_, reason_);
    item.failed = !note_;
    item.note = note_;
    return true;
  }
  uint64_t bytes() const override { return 0; }

 private:
  std::string name_, reason_;
  bool note_, done_ = false;
};

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view e) { return name.ends_with(e); });
}
bool is_lines(std::string_view n) { return ends_with_any(n, {".jsonl", ".ndjson"}); }
bool is_archive(std::string_view n) { return ends_with_any(n, {".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.zst", ".tar.bz2", ".7z"}); }

/// Standard input is JSON Lines where it begins with an object that has a text.
bool begins_like_lines(std::string_view head) {
  const size_t at = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (at == std::string_view::npos || head[at] != '{') return false;
  head.remove_prefix(at);
  const size_t quote = head.find_first_not_of(" \t", 1);
  return quote != std::string_view::npos && head[quote] == '"' && head.substr(0, head.find('\n')).find("\"text\"") != std::string_view::npos;
}

std::unique_ptr<InputReader::Source> open_path(const std::string& path, const InputOptions& options) {
  auto say = [&](std::string reason, bool note = false) { return std::make_unique<SayingSource>(path, std::move(reason), note); };
  std::string reason;
  if (path != "-") {
    struct stat st {};
    if (::stat(path.c_str(), &st) != 0) return say(errno == ENOENT ? "no such file" : std::strerror(errno));
    if (S_ISDIR(st.st_mode)) return say("is a folder ('biruni code' reads folders)");
    if (path.ends_with(kMetaEnding)) return say("metadata, read with the text beside it", true);
    if (options.format == InputFormat::kAuto && is_archive(path)) return std::make_unique<ArchiveSource>(path, options);
  }
  auto stream = std::make_unique<ByteStream>();
  if (!stream->open(path, reason)) return say(reason);
  bool lines = options.format == InputFormat::kJsonLines;
  if (options.format == InputFormat::kAuto) lines = path == "-" ? begins_like_lines(stream->peek()) : is_lines(path);
  if (lines) return std::make_unique<LineSource>(path, std::move(stream), options);
  return std::make_unique<TextSource>(path, std::move(stream), options);
}

/// The files of a folder that can be read, with all below it, in the order of their names.
void list_folder(const std::string& folder, const std::string& skip, std::vector<std::string>& out) {
  std::error_code ec;
  std::vector<std::string> found;
  for (fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, ec), end; !ec && it != end; it.increment(ec)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with(".")) {
      if (it->is_directory(ec)) it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file(ec)) continue;
    const std::string path = it->path().string();
    if (!skip.empty() && fs::equivalent(path, skip, ec)) continue;
    if (name.ends_with(".txt") || is_lines(name) || is_archive(name)) found.push_back(path);
  }
  std::sort(found.begin(), found.end());
  out.insert(out.end(), found.begin(), found.end());
}

}  // namespace

InputReader::InputReader(std::vector<std::string> paths, InputOptions options) : options_(std::move(options)) {
  for (auto& path : paths) {
    std::error_code ec;
    if (options_.folders && fs::is_directory(path, ec)) list_folder(path, options_.skip, paths_);
    else paths_.push_back(std::move(path));
  }
}
InputReader::~InputReader() = default;
uint64_t InputReader::bytes_read() const { return bytes_ + (source_ ? source_->bytes() : 0); }

bool InputReader::next(InputItem& item) {
  for (;;) {
    if (!source_) {
      if (at_ == paths_.size()) return false;
      source_ = open_path(paths_[at_++], options_);
    }
    if (source_->next(item)) return true;
    bytes_ += source_->bytes();
    source_.reset();
  }
}

}  // namespace biruni
