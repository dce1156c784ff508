// The documents of an archive, member by member; an archive inside an archive is not opened.
#include <algorithm>
#include <deque>
#include <map>

#include "ingest/archive.h"
#include "ingest/source.h"
#include "text/text_stage.h"

namespace biruni {
namespace {

class ArchiveSource final : public InputSource {
 public:
  ArchiveSource(std::string name, const InputOptions& options) : name_(std::move(name)), options_(options) {}
  bool next(InputItem& item) override {
    if (!archive_ && !done_) {
      std::string reason;
      archive_ = std::make_unique<Archive>();
      if (!read_metas(reason) || !archive_->open(name_, reason)) {
        done_ = true;
        fail(item, name_, reason);
        return true;
      }
    }
    for (;;) {
      if (!ready_.empty()) {
        item = std::move(ready_.front());
        ready_.pop_front();
        return true;
      }
      if (inner_) {
        if (inner_->next(item)) return true;
        inner_.reset();
      }
      if (done_) return false;
      std::string member, bytes, reason;
      const Archive::Read got = archive_->next(member, bytes, options_.max_bytes * 4, reason);
      const std::string name = name_ + "!" + member;
      if (got == Archive::Read::kEnd) {
        done_ = true;
      } else if (got == Archive::Read::kError) {
        done_ = true;
        fail(item, name_, reason);
        return true;
      } else if (member.ends_with(kMetaEnding)) {
        continue;
      } else if (got == Archive::Read::kTooLarge) {
        fail(item, name, too_large(options_.max_bytes));
        return true;
      } else {
        file(name, member, std::move(bytes));
      }
    }
  }
  uint64_t bytes() const override { return archive_ ? archive_->bytes() : 0; }

 private:
  void failed(const std::string& name, std::string reason) {
    ready_.emplace_back();
    fail(ready_.back(), name, std::move(reason));
  }

  void file(const std::string& name, const std::string& member, std::string bytes) {
    bool packed = false;
    InputFormat format = format_of_name(member, packed);
    std::string reason;
    if (packed && !unpack(bytes, options_.max_bytes * 4, reason)) return failed(name, reason);
    if (format == InputFormat::kArchive || format == InputFormat::kWarc) return failed(name, "an archive inside an archive is not opened; unpack it first");
    if (format == InputFormat::kText) format = format_of_bytes(bytes, format);
    if (format == InputFormat::kJsonLines || format == InputFormat::kCsv || format == InputFormat::kTsv) {
      auto stream = std::make_unique<ByteStream>();
      stream->open_memory(std::move(bytes));
      inner_ = format == InputFormat::kJsonLines ? line_source(name, std::move(stream), options_)
                                                 : table_source(name, std::move(stream), format == InputFormat::kTsv, options_);
      return;
    }
    if (format != InputFormat::kXml && bytes.size() > options_.max_bytes) return failed(name, too_large(options_.max_bytes));
    const auto meta = metas_.find(member.substr(0, member.rfind('.')));
    take(read_whole(std::move(bytes), name, format, {}, meta == metas_.end() ? InputFields{} : meta->second, options_));
  }

  void take(std::vector<InputItem> items) { std::move(items.begin(), items.end(), std::back_inserter(ready_)); }

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
  std::unique_ptr<InputSource> inner_;
  std::deque<InputItem> ready_;
  std::map<std::string, InputFields> metas_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<InputSource> archive_source(std::string path, const InputOptions& options) {
  return std::make_unique<ArchiveSource>(std::move(path), options);
}

}  // namespace biruni
