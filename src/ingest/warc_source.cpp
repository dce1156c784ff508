// The documents of a WARC (ISO 28500), packed or not: the pages, feeds and texts among its responses, its resources, and
// the texts of its conversions. Read here and not by libarchive, whose reader (3.6) passes over all records whose address
// stands in angle brackets, as the standard's first version has them and wget writes them.
#include <charconv>
#include <deque>

#include "ingest/http.h"
#include "ingest/source.h"

namespace biruni {
namespace {

bool key_is(std::string_view line, std::string_view key) {
  if (line.size() <= key.size() || line[key.size()] != ':') return false;
  for (size_t i = 0; i < key.size(); ++i)
    if (tolower(static_cast<unsigned char>(line[i])) != key[i]) return false;
  return true;
}

std::string value_of(std::string_view line) {
  line.remove_prefix(line.find(':') + 1);
  const size_t from = line.find_first_not_of(" \t<"), to = line.find_last_not_of(" \t\r>");
  return from == std::string_view::npos || to < from ? std::string() : std::string(line.substr(from, to - from + 1));
}

class WarcSource final : public InputSource {
 public:
  WarcSource(std::string name, std::unique_ptr<ByteStream> stream, const InputOptions& options)
      : name_(std::move(name)), stream_(std::move(stream)), options_(options) {}
  bool next(InputItem& item) override {
    while (ready_.empty() && !done_) record();
    if (ready_.empty()) return false;
    item = std::move(ready_.front());
    ready_.pop_front();
    return true;
  }
  uint64_t bytes() const override { return stream_->bytes(); }

 private:
  void failed(const std::string& name, std::string reason) {
    ready_.emplace_back();
    fail(ready_.back(), name, std::move(reason));
  }
  void ends(std::string reason) {
    done_ = true;
    failed(name_, std::move(reason));
  }

  void record() {
    std::string line;
    LineRead got;
    do got = stream_->read_line(line, 1 << 16);
    while (got == LineRead::kLine && line.find_first_not_of(" \r") == std::string::npos);
    if (got == LineRead::kEnd) {
      done_ = true;
      return;
    }
    if (got == LineRead::kError) return ends(stream_->error());
    if (got != LineRead::kLine || !line.starts_with("WARC/")) return ends("the WARC is damaged: a record does not begin with WARC/ and its version");
    std::string type, uri, length;
    while ((got = stream_->read_line(line, 1 << 16)) == LineRead::kLine && line.find_first_not_of(" \r") != std::string::npos) {
      if (key_is(line, "warc-type")) type = value_of(line);
      else if (key_is(line, "warc-target-uri")) uri = value_of(line);
      else if (key_is(line, "content-length")) length = value_of(line);
    }
    uint64_t size = 0;
    if (std::from_chars(length.data(), length.data() + length.size(), size).ec != std::errc()) return ends("the WARC is damaged: a record without Content-Length");
    std::string bytes;
    const bool wanted = type == "response" || type == "resource" || type == "conversion";
    const uint64_t limit = wanted ? options_.max_bytes * 2 : 0;
    if (!stream_->read_bytes(bytes, size, limit)) return ends("the WARC is cut off inside a record");
    if (!wanted || uri.starts_with("metadata:")) return;  // a crawler's log of its own
    if (size > limit) return failed(name_ + "!" + uri, too_large(options_.max_bytes));
    response(uri, std::move(bytes));
  }

  /// Of what a crawler stored: pages, feeds and texts that the server gave whole; images, scripts and errors are no documents.
  void response(const std::string& uri, std::string bytes) {
    const std::string name = name_ + "!" + uri;
    HttpBody body;
    std::string reason;
    if (!read_http(std::move(bytes), options_.max_bytes, body, reason)) return failed(name, reason);
    if (body.status < 200 || body.status > 299 || body.bytes.empty()) return;
    InputFormat format;
    if (body.type == "text/html" || body.type == "application/xhtml+xml") format = InputFormat::kHtml;
    else if (body.type == "text/plain") format = InputFormat::kText;
    else if (body.type == "application/pdf") format = InputFormat::kPdf;
    else if (body.type.ends_with("xml")) format = InputFormat::kXml;
    else if (body.type.empty()) format = format_of_bytes(body.bytes, InputFormat::kText);
    else return;
    if (uri.ends_with("robots.txt")) return;
    std::vector<InputItem> items = read_whole(std::move(body.bytes), name, format, body.charset, {}, options_);
    for (InputItem& item : items)
      if (item.doc.url.empty()) item.doc.url = uri;
    // a page without text and XML of no news kind is the daily bread of a crawl and no failure
    if (items.size() == 1 && items[0].failed && format != InputFormat::kPdf) {
      items[0].failed = false;
      items[0].note = true;
    }
    take(std::move(items));
  }

  void take(std::vector<InputItem> items) { std::move(items.begin(), items.end(), std::back_inserter(ready_)); }

  std::string name_;
  std::unique_ptr<ByteStream> stream_;
  const InputOptions& options_;
  std::deque<InputItem> ready_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<InputSource> warc_source(std::string name, std::unique_ptr<ByteStream> stream, const InputOptions& options) {
  return std::make_unique<WarcSource>(std::move(name), std::move(stream), options);
}

}  // namespace biruni
