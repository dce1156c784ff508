// Inputs -> documents, one after the other in the order given: text files with NAME.meta.json beside them, JSON Lines,
// tables, pages, feeds and news in XML, PDF, other coders' texts, standard input, folders, packed files and archives
// (docs/formats/inputs.md). A bad input is an item that says why; the rest goes on.
//
//   InputReader reader({"a.txt", "b.jsonl", "-"}, {});
//   for (InputItem item; reader.next(item);) ...
//
// Memory: one document at a time; JSON Lines and archives are streamed. Not thread-safe (one reader, one lock outside).
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/table.h"
#include "model/analysis.h"

namespace biruni {

/// A document above this size is refused with a message that names the limit: one document is analysed in memory.
inline constexpr uint64_t kMaxDocumentBytes = 32ull << 20;

enum class InputFormat : uint8_t { kAuto, kText, kJsonLines, kCsv, kTsv, kHtml, kXml, kPdf, kTabari, kEventus, kArchive, kWarc, kMeta };

/// The name of a format as --from takes it and the other way round; kMeta for an unknown one.
InputFormat input_format(std::string_view name);
std::vector<std::string> input_format_names();

struct InputOptions {
  std::string lang;              // --lang, empty: automatic
  CivilDate date;                // --date
  InputFormat format = InputFormat::kAuto;
  ColumnNames columns;           // of tables, --column
  bool folders = false;          // whether a folder is read (with all below it) or is an error
  std::string skip;              // a path not to read in folders: the output
  uint64_t max_bytes = kMaxDocumentBytes;
};

/// A document, or the reason why there is none.
struct InputItem {
  Document doc;
  std::vector<Problem> problems;  // spans are bytes of doc.buffer
  bool failed = false;
  bool note = false;              // nothing failed: `reason` is to be said and no more
  std::string name;               // path, path:line, archive!member
  std::string reason;
};

/// "2022-01-09" (a time behind it is passed over); false where it is no date.
bool parse_date(std::string_view text, CivilDate& out);

/// Whether bytes are no text, by NUL bytes, control characters and known signatures.
bool looks_binary(std::string_view bytes);

/// Puts title and text together as Document says.
void set_text(Document& doc, std::string title, std::string text);

class InputSource;  // the documents of one path

class InputReader {
 public:
  InputReader(std::vector<std::string> paths, InputOptions options);
  ~InputReader();
  bool next(InputItem& item);
  uint64_t bytes_read() const;

 private:
  std::vector<std::string> paths_;
  InputOptions options_;
  size_t at_ = 0;
  std::unique_ptr<InputSource> source_;
  uint64_t bytes_ = 0;
};

}  // namespace biruni
