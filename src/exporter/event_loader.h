// Events of a store, one at a time with all that export formats ask of them. Not thread-safe.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/reader.h"

namespace biruni {

/// Columns of an event as loaded; the order is that of the query in event_loader.cpp.
enum class EventField : int {
  kEvent, kDoc, kSentence, kType, kMode, kCameo, kContexts, kTrigger, kTriggerStart, kTriggerEnd, kDay, kDayFrom, kFirstDay, kLastDay, kTime,
  kTimeValue, kTimeEnd, kGranularity, kPlace, kPlaceEntity, kPlaceName, kPlaceCountry, kLat, kLon, kFactuality, kHappened, kAlleged,
  kAuthorFactuality, kTense, kHolder, kHolderEntity, kStance, kAnonymous, kUnsourced, kEvaluative, kConfidence,
  kDocument, kPublished, kPublisher, kLang, kTitle, kAuthor, kUrl, kDuplicateOf, kCharacters,
  kQuad, kScore, kGoldstein, kCameoLabel, kCameoQuad, kPlaceCountryName, kPlaceGec, kPlaceType, kCount,
};

struct Party {
  std::string text, entity, name, country, country_name, sector, cow, role;  // role: the sector in CAMEO's codes
  int64_t start = -1;
  /// Country and role (CAMEO actor code), empty if neither is known.
  std::string code() const { return country + role; }
};

/// What rows of all formats are made of. For formats of pairs `actor` and `recipient` are the pair's, null where none is known.
struct ExportEvent {
  Statement* row = nullptr;
  std::vector<Party> actors, recipients;
  const Party* actor = nullptr;
  const Party* recipient = nullptr;
  std::string people, organizations, places;  // of the document, joined by ';'
  std::string program, started;               // of the run that coded it
  int64_t id = 0, mentions = 1, sources = 0, articles = 1;  // of a group of events

  std::string_view text(EventField f) const { return row->text(static_cast<int>(f)); }
  int64_t integer(EventField f) const { return row->integer(static_cast<int>(f)); }
  double real(EventField f) const { return row->real(static_cast<int>(f)); }
  bool known(EventField f) const { return !row->null(static_cast<int>(f)); }
};

class EventLoader {
 public:
  explicit EventLoader(StoreReader& store) : db_(store.database()) {}
  Status open();
  /// Valid until the next call. False: no such event.
  Result<bool> load(int64_t event);
  const ExportEvent& event() const { return event_; }
  ExportEvent& event() { return event_; }

 private:
  Status load_document(int64_t doc);
  Database& db_;
  Statement main_, parties_, entities_, run_;
  ExportEvent event_;
  int64_t doc_ = 0;
};

}  // namespace biruni
