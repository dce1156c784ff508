// JSON Lines and tables: a document a line or a row, streamed.
#include <fmt/format.h>

#include "ingest/encoding.h"
#include "ingest/source.h"
#include "text/text_stage.h"

namespace biruni {
namespace {

class LineSource final : public InputSource {
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
    make_document(std::move(f), where(), options_, item);
    if (!problems.empty()) {  // its place in the line says nothing; the first replacement in the document does
      const size_t at = item.doc.buffer.find("\xEF\xBF\xBD");
      problems[0].raw = {};
      if (at != std::string::npos) problems[0].raw = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + 3)};
      item.problems.push_back(problems[0]);
    }
  }

  std::string name_;
  std::unique_ptr<ByteStream> stream_;
  const InputOptions& options_;
  FieldParser parser_;
  std::string line_;
  uint64_t number_ = 0;
};

class TableSource final : public InputSource {
 public:
  TableSource(std::string name, std::unique_ptr<ByteStream> stream, bool tabs, const InputOptions& options)
      : name_(std::move(name)),
        stream_(std::move(stream)),
        label_(charset_of_head()),
        options_(options),
        table_(*stream_, tabs, options.columns, options.max_bytes * 2 + (1 << 16)) {}
  bool next(InputItem& item) override {
    if (done_) return false;
    InputFields f;
    std::string reason;
    switch (table_.next(f, reason)) {
      case TableReader::Row::kEnd: done_ = true; return false;
      case TableReader::Row::kError:
        done_ = true;
        fail(item, name_, reason);
        return true;
      case TableReader::Row::kBad: fail(item, where(), "row " + reason); return true;
      case TableReader::Row::kRow: break;
    }
    item = InputItem{};
    item.name = where();
    std::vector<Problem> problems;
    for (std::string InputFields::*field : {&InputFields::title, &InputFields::author, &InputFields::publisher, &InputFields::text}) {
      problems.clear();
      f.*field = to_utf8(f.*field, label_, problems);
    }
    if (f.text.size() > options_.max_bytes) {
      fail(item, where(), too_large(options_.max_bytes));
      return true;
    }
    make_document(std::move(f), where(), options_, item);
    for (Problem& p : problems) {
      p.raw = {};
      item.problems.push_back(std::move(p));
    }
    return true;
  }
  uint64_t bytes() const override { return stream_->bytes(); }

 private:
  std::string where() const { return name_ + ":" + std::to_string(table_.line()); }
  /// Single fields are short: what encoding they are in is told by the first rows together.
  std::string charset_of_head() const {
    std::vector<Problem> problems;
    to_utf8(stream_->peek(), {}, problems);
    for (const Problem& p : problems)
      if (p.code == "encoding") return p.message.substr(8, p.message.find(' ', 8) - 8);  // "read as NAME (...)"
    return {};
  }

  std::string name_;
  std::unique_ptr<ByteStream> stream_;
  std::string label_;
  const InputOptions& options_;
  TableReader table_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<InputSource> line_source(std::string name, std::unique_ptr<ByteStream> stream, const InputOptions& options) {
  return std::make_unique<LineSource>(std::move(name), std::move(stream), options);
}
std::unique_ptr<InputSource> table_source(std::string name, std::unique_ptr<ByteStream> stream, bool tabs, const InputOptions& options) {
  return std::make_unique<TableSource>(std::move(name), std::move(stream), tabs, options);
}

}  // namespace biruni
