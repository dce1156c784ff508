#include "cli/query_options.h"

#include <fmt/core.h>

#include <cctype>

namespace biruni {

CLI::App* add_query(CLI::App& app, Options& o, QueryWords& words) {
  auto* c = app.add_subcommand("query", "Questions to a store: events that fit, or counts of them");
  Query& q = o.query;
  c->add_option("STORE", o.store, "A store made by 'biruni code -o NAME.db'")->required();
  auto values = [&](const char* name, Values& v, const char* what) { return c->add_option(name, v, what)->delimiter(',')->type_name("A,B,..."); };
  const auto in_case = [](int (*f)(int)) {  // names of the ontology in either case
    return [f](std::string s) {
      for (char& ch : s) ch = static_cast<char>(f(static_cast<unsigned char>(ch)));
      return s;
    };
  };
  values("--type", q.types, "PLOVER types")->transform(in_case(std::toupper));
  values("--mode", q.modes, "PLOVER modes")->transform(in_case(std::tolower));
  values("--context", q.contexts, "PLOVER contexts (all of them)");
  values("--cameo", q.cameo, "CAMEO codes, and all that begin so");
  values("--actor", q.actors, "Actors: id or name in any language");
  values("--recipient", q.recipients, "Recipients");
  values("--party", q.parties, "Actors or recipients");
  values("--country", q.countries, "Countries of actors or recipients: code or name");
  values("--actor-country", q.actor_countries, "Countries of actors");
  values("--recipient-country", q.recipient_countries, "Countries of recipients");
  values("--sector", q.sectors, "PLOVER sectors of actors or recipients")->transform(in_case(std::toupper));
  values("--dyad", q.dyads, "ACTOR:RECIPIENT, countries or entities (USA:IRN)");
  values("--place", q.places, "Places: id or name");
  values("--place-country", q.place_countries, "Countries of places");
  values("--holder", q.holders, "Last holders: author, an entity, or words");
  values("--factuality", q.factualities, "CT+ PR+ PS+ CT- PR- PS- Uu; whether it happened is then not asked");
  values("--language", q.languages, "Languages of documents");
  values("--publisher", q.publishers, "Publishers of documents");
  c->add_option("--from", q.from, "First day of the event's time, YYYY-MM-DD");
  c->add_option("--to", q.to, "Last day");
  c->add_option("--happened", words.happened, "yes (default), no, any")->check(CLI::IsMember({"yes", "no", "any"}));
  c->add_option("--alleged", words.alleged, "no (default), yes, any")->check(CLI::IsMember({"yes", "no", "any"}));
  c->add_flag("--all-statuses", words.all_statuses, "--happened any --alleged any");
  c->add_option("--confidence", q.confidence, "At least so sure, 0 to 1")->check(CLI::Range(0.0, 1.0));
  c->add_flag("--originals", q.originals, "Without near-duplicates");
  c->add_option("--text", o.search_words, "Documents with these words; \"...\" together, -without, begin*");
  c->add_option("--count-by", q.count_by, "Count by these dimensions (listed below)")->delimiter(',')->type_name("A,B,...");
  c->add_flag("--zeros", q.zeros, "With --count-by of a time: also where nothing was counted");
  c->add_flag("--one-a-day", q.one_a_day, "The same day, type, mode, pair and country count once");
  c->add_option("--limit", q.limit, "So many rows (default: 100 events in a table, else all)")->check(CLI::Range(1, 1000000000));
  c->add_option("--format,-f", o.format, "table, csv, json")->check(CLI::IsMember({"table", "csv", "json"}));
  c->add_option("-o,--output", o.output, "Where to (default: standard output)");
  c->add_flag("--quiet,-q", o.quiet, "No notes");
  std::string about = "Dimensions: ";
  size_t width = about.size();
  for (size_t i = 0; i < dimensions().size(); ++i) {
    const std::string name = std::string(dimensions()[i].name) + (i + 1 < dimensions().size() ? ", " : ".\n");
    if (width + name.size() > 96) {
      about += "\n  ";
      width = 2;
    }
    about += name;
    width += name.size();
  }
  c->footer(about +
            "Counts come with 'documents' (that have such events) and 'published' (documents of the store in that time).\n"
            "Exit status: 0 done, 1 failed, 2 wrong use.\n"
            "Examples:\n"
            "  biruni query news.db --type PROTEST --country KAZ --from 2022-01-01\n"
            "  biruni query news.db --count-by dyad,month --zeros --format csv -o dyads.csv\n"
            "  biruni query news.db --factuality CT- --holder author --count-by type");
  return c;
}

std::string set_query(Options& o, const QueryWords& words) {
  Query& q = o.query;
  auto tri = [](const std::string& s, Tri otherwise) { return s.empty() ? otherwise : s == "yes" ? Tri::kYes : s == "no" ? Tri::kNo : Tri::kAny; };
  const bool any = words.all_statuses || !q.factualities.empty();
  q.happened = tri(words.happened, any ? Tri::kAny : Tri::kYes);
  q.alleged = tri(words.alleged, any || !words.happened.empty() ? Tri::kAny : Tri::kNo);
  for (const auto& [name, day] : {std::pair{"--from", &q.from}, std::pair{"--to", &q.to}}) {
    CivilDate d;
    if (!day->empty() && (day->size() != 10 || !parse_date(*day, d))) return fmt::format("{}: '{}' is no date (YYYY-MM-DD)", name, *day);
  }
  if (q.zeros && q.count_by.empty()) return "--zeros goes with --count-by";
  return {};
}

}  // namespace biruni
