// What the readers of one path share. Internal to ingest.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "ingest/fields.h"
#include "ingest/input.h"
#include "ingest/stream.h"

namespace biruni {

/// The documents of one path, one after the other.
class InputSource {
 public:
  virtual ~InputSource() = default;
  virtual bool next(InputItem& item) = 0;
  virtual uint64_t bytes() const = 0;
};

inline constexpr std::string_view kMetaEnding = ".meta.json";

/// The reason given for a document above the limit.
std::string too_large(uint64_t limit);

void fail(InputItem& item, std::string name, std::string reason);

/// Fields -> document. `own`: the fields are of this very document and go before the options; else they stand beside it.
void apply(const InputFields& f, const InputOptions& options, bool own, InputItem& item);

/// A document of its own fields, its text in them. `id` where they have none.
void make_document(InputFields f, const std::string& id, const InputOptions& options, InputItem& item);

bool read_meta(const std::string& path, InputFields& fields, bool& found, std::string& reason);

/// kArchive, kWarc, kJsonLines ... by the ending of a name, kText for all others; `packed`: of a name like x.jsonl.gz.
InputFormat format_of_name(std::string_view name, bool& packed);

/// What bytes of an unknown or general name are, by how they begin.
InputFormat format_of_bytes(std::string_view head, InputFormat by_name);

/// Bytes of one file or member -> its items, in order; of a text, one. `label`: charset that its carrier gives.
std::vector<InputItem> read_whole(std::string bytes, const std::string& name, InputFormat format, std::string_view label,
                                  const InputFields& meta, const InputOptions& options);

std::unique_ptr<InputSource> line_source(std::string name, std::unique_ptr<ByteStream> stream, const InputOptions& options);
std::unique_ptr<InputSource> table_source(std::string name, std::unique_ptr<ByteStream> stream, bool tabs, const InputOptions& options);
std::unique_ptr<InputSource> archive_source(std::string path, const InputOptions& options);
std::unique_ptr<InputSource> warc_source(std::string name, std::unique_ptr<ByteStream> stream, const InputOptions& options);

}  // namespace biruni
