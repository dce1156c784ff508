// The project's own flat format: one row an event, with its status.
#include "exporter/formats.h"
#include "exporter/put.h"

namespace biruni {
namespace {

using E = EventField;
using P = Party;

constexpr ExportColumn kCsv[] = {
    {"event", "integer", "number of the event, unique in the store", put::integer<E::kEvent>},
    {"document", "text", "id of the document", put::text<E::kDocument>},
    {"event_id", "text", "id of the event in the document, as in the records",
     [](const ExportEvent& e, std::string& out) { fmt::format_to(std::back_inserter(out), "e{}", e.integer(E::kEvent) % 1000000); }},
    {"published", "date", "date of the document", put::text<E::kPublished>},
    {"publisher", "text", "publisher of the document", put::text<E::kPublisher>},
    {"lang", "text", "language of the document", put::text<E::kLang>},
    {"duplicate_of", "text", "id of the document that this one is a near-duplicate of", put::text<E::kDuplicateOf>},
    {"sentence", "integer", "sentence, from 0; empty: the title", put::integer<E::kSentence>},
    {"day", "date", "day of the event, where it is one day", put::text<E::kDay>},
    {"day_from", "text", "text: the text gives the day; document: it is the document's date", put::text<E::kDayFrom>},
    {"first_day", "date", "first day of the time known", put::text<E::kFirstDay>},
    {"last_day", "date", "last day of the time known", put::text<E::kLastDay>},
    {"time_value", "text", "time as resolved: a day, month, year or week", put::text<E::kTimeValue>},
    {"time_text", "text", "time as written", put::text<E::kTime>},
    {"type", "text", "PLOVER type", put::text<E::kType>},
    {"mode", "text", "PLOVER mode", put::text<E::kMode>},
    {"contexts", "list", "PLOVER contexts", put::text<E::kContexts>},
    {"cameo", "text", "closest CAMEO code; keep it a text, it begins with 0", put::text<E::kCameo>},
    {"quad", "integer", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict", put::integer<E::kQuad>},
    {"score", "real", "PLOVER score of type and mode", put::real<E::kScore>},
    {"goldstein", "real", "Goldstein value of the CAMEO code", put::real<E::kGoldstein>},
    {"trigger", "text", "word that carries the act", put::text<E::kTrigger>},
    {"actors", "list", "entities of the actors", put::actors<&P::entity>},
    {"actor_texts", "list", "actors as written", put::actors<&P::text>},
    {"actor_countries", "list", "their countries, ISO 3166-1 alpha-3", put::actors<&P::country>},
    {"actor_sectors", "list", "their PLOVER sectors", put::actors<&P::sector>},
    {"recipients", "list", "entities of the recipients", put::recipients<&P::entity>},
    {"recipient_texts", "list", "recipients as written", put::recipients<&P::text>},
    {"recipient_countries", "list", "their countries", put::recipients<&P::country>},
    {"recipient_sectors", "list", "their sectors", put::recipients<&P::sector>},
    {"place", "text", "name of the place", put::text<E::kPlaceName>},
    {"place_text", "text", "place as written", put::text<E::kPlace>},
    {"place_country", "text", "country of the place", put::text<E::kPlaceCountry>},
    {"lat", "real", "latitude", put::real<E::kLat>},
    {"lon", "real", "longitude", put::real<E::kLon>},
    {"factuality", "text", "FactBank value as the last holder puts it: CT+ PR+ PS+ CT- PR- PS- Uu", put::text<E::kFactuality>},
    {"happened", "integer", "1: put forward as having taken place", put::integer<E::kHappened>},
    {"alleged", "integer", "1: stands only on a claiming, accusing or doubting word", put::integer<E::kAlleged>},
    {"author_factuality", "text", "the author's own commitment", put::text<E::kAuthorFactuality>},
    {"tense", "text", "past, present, future, historical", put::text<E::kTense>},
    {"holder", "text", "the last holder: on whose word it stands", put::text<E::kHolder>},
    {"holder_entity", "text", "entity of the last holder", put::text<E::kHolderEntity>},
    {"stance", "text", "stance of the last holder's word", put::text<E::kStance>},
    {"unsourced", "integer", "1: an accusation without a source", put::integer<E::kUnsourced>},
    {"evaluative", "integer", "loaded words in the sentence", put::integer<E::kEvaluative>},
    {"confidence", "real", "0 to 1", put::real<E::kConfidence>},
};

constexpr ExportColumn kPolecat[] = {
    {"Event ID", "integer", "number of the event, unique in the store", put::integer<E::kEvent>},
    {"Event Date", "date", "day of the event; empty where it is not known to the day", put::text<E::kDay>},
    {"Event Type", "text", "PLOVER type", put::text<E::kType>},
    {"Event Mode", "text", "PLOVER mode", put::text<E::kMode>},
    {"Intensity", "real", "PLOVER score of type and mode, -10 to 10", put::real<E::kScore>},
    {"Quad Code", "text", "VERBAL COOPERATION, MATERIAL COOPERATION, VERBAL CONFLICT, MATERIAL CONFLICT",
     [](const ExportEvent& e, std::string& out) {
       constexpr const char* names[] = {"", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"};
       if (const auto q = e.integer(E::kQuad); q > 0 && q < 5) out += names[q];
     }},
    {"Contexts", "list", "PLOVER contexts", put::text<E::kContexts>},
    {"Actor Name", "list", "usual names of the actors", put::actors<&P::name>},
    {"Actor Country", "list", "ISO 3166-1 alpha-3", put::actors<&P::country>},
    {"Actor COW", "list", "Correlates of War numbers", put::actors<&P::cow>},
    {"Primary Actor Sector", "text", "PLOVER sector of the first actor",
     [](const ExportEvent& e, std::string& out) { if (!e.actors.empty()) out += e.actors[0].sector; }},
    {"Actor Sectors", "list", "PLOVER sectors", put::actors<&P::sector>},
    {"Actor Title", "text", "not told apart from the name as written", nullptr},
    {"Actor Name Raw", "list", "actors as written, with their titles", put::actors<&P::text>},
    {"Wikipedia Actor ID", "text", "not known", nullptr},
    {"Recipient Name", "list", "usual names of the recipients", put::recipients<&P::name>},
    {"Recipient Country", "list", "ISO 3166-1 alpha-3", put::recipients<&P::country>},
    {"Recipient COW", "list", "Correlates of War numbers", put::recipients<&P::cow>},
    {"Primary Recipient Sector", "text", "PLOVER sector of the first recipient",
     [](const ExportEvent& e, std::string& out) { if (!e.recipients.empty()) out += e.recipients[0].sector; }},
    {"Recipient Sectors", "list", "PLOVER sectors", put::recipients<&P::sector>},
    {"Recipient Title", "text", "not told apart from the name as written", nullptr},
    {"Recipient Name Raw", "list", "recipients as written, with their titles", put::recipients<&P::text>},
    {"Wikipedia Recipient ID", "text", "not known", nullptr},
    {"Placename", "text", "name of the place", put::text<E::kPlaceName>},
    {"City", "text", "name of the place where it is a place within a country",
     [](const ExportEvent& e, std::string& out) { if (e.text(E::kPlaceType) == "place") out += e.text(E::kPlaceName); }},
    {"District", "text", "not known", nullptr},
    {"Province", "text", "not known", nullptr},
    {"Country", "text", "country of the place, ISO 3166-1 alpha-3", put::text<E::kPlaceCountry>},
    {"Latitude", "real", "degrees", put::real<E::kLat>},
    {"Longitude", "real", "degrees", put::real<E::kLon>},
    {"GeoNames ID", "integer", "not known", nullptr},
    {"Raw Placename", "text", "place as written", put::text<E::kPlace>},
    {"Feature Type", "text", "not known", nullptr},
    {"Source", "text", "publisher", put::text<E::kPublisher>},
    {"Publication Date", "date", "date of the document", put::text<E::kPublished>},
    {"Story People", "list", "persons named in the document", [](const ExportEvent& e, std::string& out) { out += e.people; }},
    {"Story Organizations", "list", "organisations and groups named in the document", [](const ExportEvent& e, std::string& out) { out += e.organizations; }},
    {"Story Locations", "list", "countries and places named in the document", [](const ExportEvent& e, std::string& out) { out += e.places; }},
    {"Language", "text", "language of the document, ISO 639-1", put::text<E::kLang>},
    {"Version", "text", "program and packs", [](const ExportEvent& e, std::string& out) { out += e.program; }},
};

constexpr ExportColumn kIcews[] = {
    {"Event ID", "integer", "number of the event; a row a pair of parties, so that it comes again where there are several", put::integer<E::kEvent>},
    {"Event Date", "date", "day of the event; empty where it is not known to the day", put::text<E::kDay>},
    {"Source Name", "text", "usual name of the actor, else as written", [](const ExportEvent& e, std::string& out) { put::name(e.actor, out); }},
    {"Source Sectors", "list", "PLOVER sector of the actor", put::actor<&P::sector>},
    {"Source Country", "text", "English name of its country", put::actor<&P::country_name>},
    {"Event Text", "text", "what the CAMEO code stands for", put::text<E::kCameoLabel>},
    {"CAMEO Code", "text", "keep it a text, it begins with 0", put::text<E::kCameo>},
    {"Intensity", "real", "Goldstein value of the CAMEO code", put::real<E::kGoldstein>},
    {"Target Name", "text", "usual name of the recipient, else as written", [](const ExportEvent& e, std::string& out) { put::name(e.recipient, out); }},
    {"Target Sectors", "list", "PLOVER sector of the recipient", put::recipient<&P::sector>},
    {"Target Country", "text", "English name of its country", put::recipient<&P::country_name>},
    {"Story ID", "integer", "number of the document in the store", put::integer<E::kDoc>},
    {"Sentence Number", "integer", "from 1; empty: the title",
     [](const ExportEvent& e, std::string& out) { if (e.known(E::kSentence)) out += std::to_string(e.integer(E::kSentence) + 1); }},
    {"Publisher", "text", "publisher", put::text<E::kPublisher>},
    {"City", "text", "name of the place where it is a place within a country",
     [](const ExportEvent& e, std::string& out) { if (e.text(E::kPlaceType) == "place") out += e.text(E::kPlaceName); }},
    {"District", "text", "not known", nullptr},
    {"Province", "text", "not known", nullptr},
    {"Country", "text", "English name of the country of the place", put::text<E::kPlaceCountryName>},
    {"Latitude", "real", "degrees", put::real<E::kLat>},
    {"Longitude", "real", "degrees", put::real<E::kLon>},
};

}  // namespace

std::span<const ExportColumn> csv_columns() { return kCsv; }
std::span<const ExportColumn> polecat_columns() { return kPolecat; }
std::span<const ExportColumn> icews_columns() { return kIcews; }

}  // namespace biruni
