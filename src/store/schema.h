// The tables of a store (docs/formats/store.md) as SQL. Thread-safe: constants.
#pragma once
#include <cstdint>

namespace biruni {

inline constexpr int kStoreVersion = 1;                  // PRAGMA user_version
inline constexpr int64_t kStoreApplication = 0x42495255; // PRAGMA application_id, "BIRU"
inline constexpr int64_t kEventsPerDocument = 1000000;   // event = doc * kEventsPerDocument + number in the document

/// Tables that rows of a document go to; the columns of each stand in the order of the schema.
enum class StoreTable : uint8_t { kEntity, kEntityName, kDocumentEntity, kEvent, kActor, kHolder, kMagnitude, kClaim, kLink, kQuestion, kProblem, kCount };

extern const char* const kCreateTables;
extern const char* const kCreateViews;
extern const char* const kCreateIndexes;    // after the first load; if they are not there yet
extern const char* const kCreateSearch;     // if it is not there yet
extern const char* const kDocumentIdIndex;  // as soon as documents may be replaced
extern const char* const kInsertInto[static_cast<int>(StoreTable::kCount)];
/// What is deleted before a document is written anew: ?1 = doc, ?2 = its first event, ?3 = the first of the next document.
extern const char* const kDeleteDocument[];

}  // namespace biruni
