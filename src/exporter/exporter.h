// A store -> a file in a format that users of event data load. Streamed: one event or document at a time; GDELT's groups
// are sorted by SQLite, on disk where they are many. Not thread-safe.
//
//   Exporter exporter(**store, {"icews", false});
//   Status s = exporter.run([&](std::string_view bytes) { return out.write(bytes); });
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "exporter/formats.h"
#include "store/reader.h"

namespace biruni {

struct ExportOptions {
  std::string format;
  bool all_statuses = false;  // in formats without a status too: denied, planned, alleged events
};

struct ExportCounts {
  uint64_t rows = 0, events = 0;
  // Events that the format cannot hold:
  uint64_t not_happened = 0, no_code = 0, no_parties = 0, no_coordinates = 0;
};

class Exporter {
 public:
  using Write = std::function<bool(std::string_view)>;  // false: cannot be written, stop
  Exporter(StoreReader& store, ExportOptions options) : db_(store.database()), loader_(store), options_(std::move(options)) {}
  static bool knows(std::string_view format);
  static std::string format_list();  // for messages and help
  /// CSV: position, column, type, description; empty for jsonl, whose fields docs/formats/records.md tells.
  static std::string dictionary(std::string_view format);
  Status run(const Write& write);
  const ExportCounts& counts() const { return counts_; }

 private:
  Status records(const Write& write);
  Status geojson(const Write& write);
  Status rows(const ExportFormat& f, const Write& write);
  Status groups(const ExportFormat& f, const Write& write);
  bool fits(const ExportFormat& f, const ExportEvent& e);
  void row(const ExportFormat& f, const ExportEvent& e, std::string_view ids = {});
  bool spill(const Write& write, size_t from = 1 << 18);
  std::string event_filter(bool status) const;
  Database& db_;
  EventLoader loader_;
  ExportOptions options_;
  ExportCounts counts_;
  std::string out_, cell_;
};

}  // namespace biruni
