// Formats of coded parties: GDELT 2.0 events and mentions, Phoenix, PETRARCH. Codes of parties are CAMEO's: country, then role.
#include <algorithm>

#include "exporter/formats.h"
#include "exporter/put.h"

namespace biruni {
namespace {

using E = EventField;
using P = Party;

void put_date(std::string_view day, size_t length, std::string& out) {  // "2022-01-09" -> the first `length` digits
  for (const char c : day)
    if (c != '-' && length) out += c, --length;
}
/// The roles that Phoenix keeps apart as agents; others go to source_others and target_others.
bool is_agent(std::string_view role) {
  constexpr std::string_view agents[] = {"GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL"};
  return std::find(std::begin(agents), std::end(agents), role) != std::end(agents);
}
bool is_root(std::string_view role) { return role == "IGO" || role == "NGO" || role == "IMG" || role == "MNC"; }
void put_root(const Party* p, std::string& out) {
  if (p) out += !p->country.empty() ? p->country : is_root(p->role) ? p->role : "";
}
void put_agent(const Party* p, std::string& out) {
  if (p && is_agent(p->role)) out += p->role;
}
void put_others(const Party* p, std::string& out) {
  if (p && !is_agent(p->role) && !(p->country.empty() && is_root(p->role))) out += p->role;
}
/// Codes of an international body: its role, and no country.
void put_country(const Party* p, std::string& out) {
  if (p) out += p->country;
}
void put_role(const Party* p, std::string& out) {
  if (p) out += p->role;
}
/// 1 a country, 4 a place within one, 0 none: as GDELT numbers them.
int geo_type(const ExportEvent& e) {
  const auto type = e.text(E::kPlaceType);
  return type == "country" ? 1 : e.known(E::kLat) || type == "place" ? 4 : e.known(E::kPlaceCountry) ? 1 : 0;
}
void put_geo_name(const ExportEvent& e, std::string& out) {
  const auto name = e.text(E::kPlaceName), country = e.text(E::kPlaceCountryName);
  out += name.empty() ? country : name;
  if (!name.empty() && !country.empty() && name != country) (out += ", ") += country;
}
void put_coded(const Party* p, std::string& out) {
  const std::string code = p ? p->code() : std::string();
  out += code.empty() ? "---" : code;
}
void put_document(const ExportEvent& e, std::string& out) { out += e.text(e.text(E::kUrl).empty() ? E::kDocument : E::kUrl); }

constexpr ExportColumn kGdelt[] = {
    {"GLOBALEVENTID", "integer", "number of the event times 100 and the number of its pair of parties; the first of its group", [](const ExportEvent& e, std::string& out) { out += std::to_string(e.id); }},
    {"SQLDATE", "integer", "YYYYMMDD, day of the event; empty where it is not known to the day", [](const ExportEvent& e, std::string& out) { put_date(e.text(E::kDay), 8, out); }},
    {"MonthYear", "integer", "YYYYMM; empty where the month is not known", [](const ExportEvent& e, std::string& out) { if (e.text(E::kFirstDay).substr(0, 7) == e.text(E::kLastDay).substr(0, 7)) put_date(e.text(E::kFirstDay), 6, out); }},
    {"Year", "integer", "YYYY; empty where the year is not known", [](const ExportEvent& e, std::string& out) { if (e.text(E::kFirstDay).substr(0, 4) == e.text(E::kLastDay).substr(0, 4)) put_date(e.text(E::kFirstDay), 4, out); }},
    {"FractionDate", "real", "year + (month * 30 + day) / 365, as GDELT computes it",
     [](const ExportEvent& e, std::string& out) {
       const auto d = e.text(E::kDay);
       if (d.size() != 10) return;
       auto number = [&](size_t at, size_t n) { return std::stoi(std::string(d.substr(at, n))); };
       fmt::format_to(std::back_inserter(out), "{:.4f}", number(0, 4) + (number(5, 2) * 30 + number(8, 2)) / 365.0);
     }},
    {"Actor1Code", "text", "CAMEO code of the actor: country, then role", [](const ExportEvent& e, std::string& out) { put::code(e.actor, out); }},
    {"Actor1Name", "text", "usual name, else as written", [](const ExportEvent& e, std::string& out) { put::name(e.actor, out); }},
    {"Actor1CountryCode", "text", "ISO 3166-1 alpha-3", [](const ExportEvent& e, std::string& out) { put_country(e.actor, out); }},
    {"Actor1KnownGroupCode", "text", "not known", nullptr},
    {"Actor1EthnicCode", "text", "not known", nullptr},
    {"Actor1Religion1Code", "text", "not known", nullptr},
    {"Actor1Religion2Code", "text", "not known", nullptr},
    {"Actor1Type1Code", "text", "CAMEO role", [](const ExportEvent& e, std::string& out) { put_role(e.actor, out); }},
    {"Actor1Type2Code", "text", "not known", nullptr},
    {"Actor1Type3Code", "text", "not known", nullptr},
    {"Actor2Code", "text", "CAMEO code of the recipient (target): country, then role", [](const ExportEvent& e, std::string& out) { put::code(e.recipient, out); }},
    {"Actor2Name", "text", "usual name, else as written", [](const ExportEvent& e, std::string& out) { put::name(e.recipient, out); }},
    {"Actor2CountryCode", "text", "ISO 3166-1 alpha-3", [](const ExportEvent& e, std::string& out) { put_country(e.recipient, out); }},
    {"Actor2KnownGroupCode", "text", "not known", nullptr},
    {"Actor2EthnicCode", "text", "not known", nullptr},
    {"Actor2Religion1Code", "text", "not known", nullptr},
    {"Actor2Religion2Code", "text", "not known", nullptr},
    {"Actor2Type1Code", "text", "CAMEO role", [](const ExportEvent& e, std::string& out) { put_role(e.recipient, out); }},
    {"Actor2Type2Code", "text", "not known", nullptr},
    {"Actor2Type3Code", "text", "not known", nullptr},
    {"IsRootEvent", "integer", "1: in the title or the first sentence, 0: further down", [](const ExportEvent& e, std::string& out) { out += e.integer(E::kSentence) == 0 ? '1' : '0'; }},
    {"EventCode", "text", "CAMEO code; keep it a text, it begins with 0", put::text<E::kCameo>},
    {"EventBaseCode", "text", "its first three digits", [](const ExportEvent& e, std::string& out) { out += e.text(E::kCameo).substr(0, 3); }},
    {"EventRootCode", "text", "its first two digits", [](const ExportEvent& e, std::string& out) { out += e.text(E::kCameo).substr(0, 2); }},
    {"QuadClass", "integer", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict", [](const ExportEvent& e, std::string& out) { if (e.integer(E::kCameoQuad) > 0) out += std::to_string(e.integer(E::kCameoQuad)); }},
    {"GoldsteinScale", "real", "Goldstein value of the CAMEO code", put::real<E::kGoldstein>},
    {"NumMentions", "integer", "event records of the group", [](const ExportEvent& e, std::string& out) { out += std::to_string(e.mentions); }},
    {"NumSources", "integer", "publishers of the group", [](const ExportEvent& e, std::string& out) { out += std::to_string(e.sources); }},
    {"NumArticles", "integer", "documents of the group", [](const ExportEvent& e, std::string& out) { out += std::to_string(e.articles); }},
    {"AvgTone", "real", "not computed", nullptr},
    {"Actor1Geo_Type", "integer", "0: the place of a party is not known", [](const ExportEvent& e, std::string& out) { (void)e, out += '0'; }},
    {"Actor1Geo_FullName", "text", "not known", nullptr},
    {"Actor1Geo_CountryCode", "text", "not known", nullptr},
    {"Actor1Geo_ADM1Code", "text", "not known", nullptr},
    {"Actor1Geo_ADM2Code", "text", "not known", nullptr},
    {"Actor1Geo_Lat", "real", "not known", nullptr},
    {"Actor1Geo_Long", "real", "not known", nullptr},
    {"Actor1Geo_FeatureID", "text", "not known", nullptr},
    {"Actor2Geo_Type", "integer", "0: the place of a party is not known", [](const ExportEvent& e, std::string& out) { (void)e, out += '0'; }},
    {"Actor2Geo_FullName", "text", "not known", nullptr},
    {"Actor2Geo_CountryCode", "text", "not known", nullptr},
    {"Actor2Geo_ADM1Code", "text", "not known", nullptr},
    {"Actor2Geo_ADM2Code", "text", "not known", nullptr},
    {"Actor2Geo_Lat", "real", "not known", nullptr},
    {"Actor2Geo_Long", "real", "not known", nullptr},
    {"Actor2Geo_FeatureID", "text", "not known", nullptr},
    {"ActionGeo_Type", "integer", "1 country, 4 place within a country, 0 none", [](const ExportEvent& e, std::string& out) { out += std::to_string(geo_type(e)); }},
    {"ActionGeo_FullName", "text", "place and country", put_geo_name},
    {"ActionGeo_CountryCode", "text", "country of the place, FIPS 10-4", put::text<E::kPlaceGec>},
    {"ActionGeo_ADM1Code", "text", "not known", nullptr},
    {"ActionGeo_ADM2Code", "text", "not known", nullptr},
    {"ActionGeo_Lat", "real", "degrees", put::real<E::kLat>},
    {"ActionGeo_Long", "real", "degrees", put::real<E::kLon>},
    {"ActionGeo_FeatureID", "text", "FIPS 10-4 code where the place is a country", [](const ExportEvent& e, std::string& out) { if (geo_type(e) == 1) out += e.text(E::kPlaceGec); }},
    {"DATEADDED", "integer", "YYYYMMDDHHMMSS, begin of the run that coded it",
     [](const ExportEvent& e, std::string& out) {
       for (const char c : e.started)
         if (c >= '0' && c <= '9') out += c;
     }},
    {"SOURCEURL", "text", "address of the document, else its id", put_document},
};

constexpr ExportColumn kMentions[] = {
    {"GLOBALEVENTID", "integer", "of the group of events, as in the events", [](const ExportEvent& e, std::string& out) { out += std::to_string(e.id); }},
    {"EventTimeDate", "integer", "YYYYMMDD000000, day of the event", [](const ExportEvent& e, std::string& out) { if (e.known(E::kDay)) put_date(e.text(E::kDay), 8, out), out += "000000"; }},
    {"MentionTimeDate", "integer", "YYYYMMDD000000, date of the document", [](const ExportEvent& e, std::string& out) { if (e.known(E::kPublished)) put_date(e.text(E::kPublished), 8, out), out += "000000"; }},
    {"MentionType", "integer", "1: the document has an address, 2: it has not", [](const ExportEvent& e, std::string& out) { out += e.text(E::kUrl).empty() ? '2' : '1'; }},
    {"MentionSourceName", "text", "publisher", put::text<E::kPublisher>},
    {"MentionIdentifier", "text", "address of the document, else its id", put_document},
    {"SentenceID", "integer", "from 1; empty: the title", [](const ExportEvent& e, std::string& out) { if (e.known(E::kSentence)) out += std::to_string(e.integer(E::kSentence) + 1); }},
    {"Actor1CharOffset", "integer", "code points before the actor; -1: none", [](const ExportEvent& e, std::string& out) { out += std::to_string(e.actor ? e.actor->start : -1); }},
    {"Actor2CharOffset", "integer", "code points before the recipient; -1: none", [](const ExportEvent& e, std::string& out) { out += std::to_string(e.recipient ? e.recipient->start : -1); }},
    {"ActionCharOffset", "integer", "code points before the trigger", put::integer<E::kTriggerStart>},
    {"InRawText", "integer", "1: found in the text as it stands", [](const ExportEvent& e, std::string& out) { (void)e, out += '1'; }},
    {"Confidence", "integer", "0 to 100", [](const ExportEvent& e, std::string& out) { fmt::format_to(std::back_inserter(out), "{:.0f}", e.real(E::kConfidence) * 100); }},
    {"MentionDocLen", "integer", "code points of the document", put::integer<E::kCharacters>},
    {"MentionDocTone", "real", "not computed", nullptr},
    {"MentionDocTranslationInfo", "text", "empty: nothing is translated", nullptr},
    {"Extras", "text", "empty", nullptr},
};

constexpr ExportColumn kPhoenix[] = {
    {"eventID", "text", "number of the event, `_`, number of its pair of parties", [](const ExportEvent& e, std::string& out) { fmt::format_to(std::back_inserter(out), "{}_{}", e.integer(E::kEvent), e.id % 100); }},
    {"date", "integer", "YYYYMMDD, day of the event; empty where it is not known to the day", [](const ExportEvent& e, std::string& out) { put_date(e.text(E::kDay), 8, out); }},
    {"year", "integer", "its year", [](const ExportEvent& e, std::string& out) { if (e.known(E::kDay)) out += e.text(E::kDay).substr(0, 4); }},
    {"month", "integer", "its month", [](const ExportEvent& e, std::string& out) { if (e.known(E::kDay)) out += e.text(E::kDay).substr(5, 2); }},
    {"day", "integer", "its day", [](const ExportEvent& e, std::string& out) { if (e.known(E::kDay)) out += e.text(E::kDay).substr(8, 2); }},
    {"source", "text", "CAMEO code of the actor: country, then role", [](const ExportEvent& e, std::string& out) { put::code(e.actor, out); }},
    {"source_root", "text", "country, or IGO, NGO, IMG, MNC", [](const ExportEvent& e, std::string& out) { put_root(e.actor, out); }},
    {"source_agent", "text", "role, of GOV MIL REB OPP PTY COP JUD SPY MED EDU BUS CRM CVL", [](const ExportEvent& e, std::string& out) { put_agent(e.actor, out); }},
    {"source_others", "list", "any other role", [](const ExportEvent& e, std::string& out) { put_others(e.actor, out); }},
    {"target", "text", "CAMEO code of the recipient: country, then role", [](const ExportEvent& e, std::string& out) { put::code(e.recipient, out); }},
    {"target_root", "text", "country, or IGO, NGO, IMG, MNC", [](const ExportEvent& e, std::string& out) { put_root(e.recipient, out); }},
    {"target_agent", "text", "role, of GOV MIL REB OPP PTY COP JUD SPY MED EDU BUS CRM CVL", [](const ExportEvent& e, std::string& out) { put_agent(e.recipient, out); }},
    {"target_others", "list", "any other role", [](const ExportEvent& e, std::string& out) { put_others(e.recipient, out); }},
    {"code", "text", "CAMEO code; keep it a text", put::text<E::kCameo>},
    {"root_code", "text", "its first two digits", [](const ExportEvent& e, std::string& out) { out += e.text(E::kCameo).substr(0, 2); }},
    {"quad_class", "integer", "0 neutral, 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict", put::integer<E::kCameoQuad>},
    {"goldstein", "real", "Goldstein value of the CAMEO code", put::real<E::kGoldstein>},
    {"issues", "list", "not coded (contexts are PLOVER's and no CAMEO issues)", nullptr},
    {"lat", "real", "degrees", put::real<E::kLat>},
    {"lon", "real", "degrees", put::real<E::kLon>},
    {"placeName", "text", "name of the place", put::text<E::kPlaceName>},
    {"stateName", "text", "not known", nullptr},
    {"countryName", "text", "country of the place, ISO 3166-1 alpha-3", put::text<E::kPlaceCountry>},
    {"ids", "list", "document number `_` sentence", put::story_sentence},
    {"urls", "list", "address of the document", put::text<E::kUrl>},
    {"sources", "list", "publisher", put::text<E::kPublisher>},
};

constexpr ExportColumn kPetrarch[] = {
    {"date", "integer", "YYYYMMDD, date of the story", put::compact_date<E::kPublished>},
    {"source", "text", "CAMEO code of the actor; --- where none is known", [](const ExportEvent& e, std::string& out) { put_coded(e.actor, out); }},
    {"target", "text", "CAMEO code of the recipient; --- where none is known", [](const ExportEvent& e, std::string& out) { put_coded(e.recipient, out); }},
    {"code", "text", "CAMEO code; keep it a text", put::text<E::kCameo>},
    {"issues", "list", "not coded", nullptr},
    {"ids", "list", "document number `_` sentence, all of the story with the same date, source, target and code", put::story_sentence},
    {"url", "text", "address of the document", put::text<E::kUrl>},
    {"StorySource", "text", "publisher", put::text<E::kPublisher>},
};

}  // namespace

std::span<const ExportColumn> gdelt_columns() { return kGdelt; }
std::span<const ExportColumn> gdelt_mention_columns() { return kMentions; }
std::span<const ExportColumn> phoenix_columns() { return kPhoenix; }
std::span<const ExportColumn> petrarch_columns() { return kPetrarch; }

}  // namespace biruni
