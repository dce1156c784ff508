// Export formats as tables of columns: name, type, what it holds, how it is written. One table serves the header, the rows
// and the data dictionary. Columns and their order are those of ../shared/FORMATS.md (docs/formats/exports.md says where from).
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "exporter/event_loader.h"

namespace biruni {

struct ExportColumn {
  const char* name;
  const char* type;  // text, integer, real, date (YYYY-MM-DD), list (joined by ';')
  const char* what;
  void (*put)(const ExportEvent& e, std::string& out);  // null: always empty, the program does not know it
};

enum class ExportUnit : uint8_t {
  kEvent,    // a row an event
  kPair,     // a row a pair of actor and recipient
  kGroup,    // a row a pair of the same day, code, parties and country
  kMention,  // a row an event record of such a group
  kStory,    // a row a document, date, source, target and code
};

struct ExportFormat {
  const char* name;
  const char* about;
  ExportUnit unit;
  bool status;     // its rows carry the status: all events are written
  bool header;
  char separator;
  std::span<const ExportColumn> columns;
};

/// csv, polecat, icews, gdelt, gdelt-mentions, phoenix, petrarch; null for another name (jsonl and geojson have no columns).
const ExportFormat* find_format(std::string_view name);

std::span<const ExportColumn> csv_columns();
std::span<const ExportColumn> polecat_columns();
std::span<const ExportColumn> icews_columns();
std::span<const ExportColumn> gdelt_columns();
std::span<const ExportColumn> gdelt_mention_columns();
std::span<const ExportColumn> phoenix_columns();
std::span<const ExportColumn> petrarch_columns();

}  // namespace biruni
