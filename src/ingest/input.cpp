// One Source a path. A file's kind is told by its name, and by its first bytes where the name says nothing of it.
#include "ingest/input.h"

#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>

#include "ingest/encoding.h"
#include "ingest/line_forms.h"
#include "ingest/source.h"

namespace biruni {
namespace fs = std::filesystem;
namespace {

struct NamedFormat {
  InputFormat format;
  std::string_view name;
  std::vector<std::string_view> endings;
};

const std::vector<NamedFormat>& formats() {
  static const std::vector<NamedFormat> all{
      {InputFormat::kAuto, "auto", {}},
      {InputFormat::kText, "text", {".txt", ".text"}},
      {InputFormat::kJsonLines, "jsonl", {".jsonl", ".ndjson"}},
      {InputFormat::kCsv, "csv", {".csv"}},
      {InputFormat::kTsv, "tsv", {".tsv", ".tab"}},
      {InputFormat::kHtml, "html", {".html", ".htm", ".xhtml"}},
      {InputFormat::kXml, "xml", {".xml", ".rss", ".atom", ".rdf", ".nitf", ".newsml"}},
      {InputFormat::kPdf, "pdf", {".pdf"}},
      {InputFormat::kTabari, "tabari", {".tabari"}},
      {InputFormat::kEventus, "eventus", {}},
      {InputFormat::kArchive, "archive", {".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.zst", ".tar.bz2", ".7z"}},
      {InputFormat::kWarc, "warc", {".warc"}}};
  return all;
}

bool ending_of(std::string_view name, InputFormat& format) {
  for (const NamedFormat& f : formats())
    for (const std::string_view ending : f.endings)
      if (name.ends_with(ending)) {
        format = f.format;
        return true;
      }
  return false;
}

/// Whether a folder's file is read: by its ending, packed or not.
bool known_name(std::string_view name) {
  InputFormat format;
  if (ending_of(name, format)) return true;
  for (const std::string_view packed : {".gz", ".zst", ".xz", ".bz2"})
    if (name.ends_with(packed) && ending_of(name.substr(0, name.size() - packed.size()), format)) return true;
  return false;
}

/// JSON Lines begin with an object that has a text.
bool begins_like_lines(std::string_view head) {
  const size_t at = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (at == std::string_view::npos || head[at] != '{') return false;
  head.remove_prefix(at);
  const size_t quote = head.find_first_not_of(" \t", 1);
  return quote != std::string_view::npos && head[quote] == '"' && head.substr(0, head.find('\n')).find("\"text\"") != std::string_view::npos;
}


bool has_ascii(std::string_view text, std::string_view what) {  // without regard to case; `what` is lower case
  return std::search(text.begin(), text.end(), what.begin(), what.end(), [](unsigned char a, unsigned char b) { return tolower(a) == b; }) != text.end();
}

/// Documents of a file that is read at once.
class WholeSource final : public InputSource {
 public:
  WholeSource(std::string name, std::unique_ptr<ByteStream> stream, InputFormat format, const InputOptions& options)
      : name_(std::move(name)), stream_(std::move(stream)), format_(format), options_(options) {}
  bool next(InputItem& item) override {
    if (!read_) read();
    if (at_ == items_.size()) return false;
    item = std::move(items_[at_++]);
    return true;
  }
  uint64_t bytes() const override { return stream_->bytes(); }

 private:
  void read() {
    read_ = true;
    std::string bytes, reason;
    InputFields meta;
    bool found = false;
    const uint64_t limit = format_ == InputFormat::kXml ? options_.max_bytes * 4 : options_.max_bytes;  // a feed has many documents
    if (!stream_->read_all(bytes, limit, reason)) return failed(stream_->too_large() ? too_large(options_.max_bytes) : reason);
    if (name_ != "-" && !read_meta(name_, meta, found, reason)) return failed(std::move(reason));
    items_ = read_whole(std::move(bytes), name_, format_, {}, meta, options_);
  }
  void failed(std::string reason) {
    items_.resize(1);
    fail(items_[0], name_, std::move(reason));
  }

  std::string name_;
  std::unique_ptr<ByteStream> stream_;
  InputFormat format_;
  const InputOptions& options_;
  std::vector<InputItem> items_;
  size_t at_ = 0;
  bool read_ = false;
};

/// One thing to say and no document.
class SayingSource final : public InputSource {
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

std::unique_ptr<InputSource> open_path(const std::string& path, const InputOptions& options) {
  auto say = [&](std::string reason, bool note = false) { return std::make_unique<SayingSource>(path, std::move(reason), note); };
  std::string reason;
  bool packed = false;
  InputFormat format = options.format;
  if (path != "-") {
    struct stat st {};
    if (::stat(path.c_str(), &st) != 0) return say(errno == ENOENT ? "no such file" : std::strerror(errno));
    if (S_ISDIR(st.st_mode)) return say("is a folder ('biruni code' reads folders)");
    if (path.ends_with(kMetaEnding)) return say("metadata, read with the text beside it", true);
    const InputFormat by_name = format_of_name(path, packed);
    if (format == InputFormat::kAuto) format = by_name;
    if (format == InputFormat::kArchive) return archive_source(path, options);
  }
  auto stream = std::make_unique<ByteStream>();
  if (packed ? !stream->open_packed(path, reason) : !stream->open(path, reason)) return say(reason);
  if (options.format == InputFormat::kAuto && (format == InputFormat::kAuto || format == InputFormat::kText)) format = format_of_bytes(stream->peek(), format);
  if (format == InputFormat::kWarc) return warc_source(path, std::move(stream), options);
  if (format == InputFormat::kJsonLines) return line_source(path, std::move(stream), options);
  if (format == InputFormat::kCsv || format == InputFormat::kTsv) return table_source(path, std::move(stream), format == InputFormat::kTsv, options);
  return std::make_unique<WholeSource>(path, std::move(stream), format, options);
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
    if (known_name(name)) found.push_back(path);
  }
  std::sort(found.begin(), found.end());
  out.insert(out.end(), found.begin(), found.end());
}

/// "news/*.html" where the shell has not opened it; a path without a match stays as it is and is told as missing.
void match_glob(const std::string& pattern, std::vector<std::string>& out) {
  glob_t found{};
  if (::glob(pattern.c_str(), GLOB_TILDE, nullptr, &found) == 0) out.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  else out.assign(1, pattern);
  ::globfree(&found);
}

}  // namespace

InputFormat input_format(std::string_view name) {
  for (const NamedFormat& f : formats())
    if (f.name == name) return f.format;
  return InputFormat::kMeta;
}

std::vector<std::string> input_format_names() {
  std::vector<std::string> names;
  for (const NamedFormat& f : formats()) names.emplace_back(f.name);
  return names;
}

InputFormat format_of_name(std::string_view name, bool& packed) {
  packed = false;
  InputFormat format = InputFormat::kText;
  if (ending_of(name, format)) return format;
  for (const std::string_view ending : {".gz", ".zst", ".xz", ".bz2"}) {
    if (!name.ends_with(ending)) continue;
    packed = true;
    ending_of(name.substr(0, name.size() - ending.size()), format);
    return format;
  }
  return format;
}

InputFormat format_of_bytes(std::string_view head, InputFormat by_name) {
  if (head.starts_with("%PDF-")) return InputFormat::kPdf;
  if (begins_like_lines(head)) return by_name == InputFormat::kAuto ? InputFormat::kJsonLines : InputFormat::kText;
  const size_t at = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const std::string_view text = at == std::string_view::npos ? std::string_view() : head.substr(at, 4096);
  if (text.starts_with('<')) {
    const std::string_view start = text.substr(0, 1024);
    if (has_ascii(start, "<!doctype html") || has_ascii(start, "<html")) return InputFormat::kHtml;
    for (const std::string_view root : {"<rss", "<feed", "<rdf:rdf", "<nitf", "<newsmessage", "<newsitem", "<sentences", "<articles", "<?xml"})
      if (has_ascii(start, root)) return InputFormat::kXml;
  }
  if (looks_like_eventus(text)) return InputFormat::kEventus;
  return looks_like_tabari(text) ? InputFormat::kTabari : InputFormat::kText;
}

InputReader::InputReader(std::vector<std::string> paths, InputOptions options) : options_(std::move(options)) {
  for (auto& path : paths) {
    std::error_code ec;
    if (options_.folders && fs::is_directory(path, ec)) list_folder(path, options_.skip, paths_);
    else if (path.find_first_of("*?[") != std::string::npos && !fs::exists(path, ec)) {
      std::vector<std::string> matched;
      match_glob(path, matched);
      std::move(matched.begin(), matched.end(), std::back_inserter(paths_));
    } else paths_.push_back(std::move(path));
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
