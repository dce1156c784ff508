// The command line: what the words mean, and nothing else. The commands are in commands.cpp, fact.cpp, eval.cpp.
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "packer/packer.h"
#include "cli/query_options.h"

namespace {

using namespace biruni;

constexpr const char* kAbout =
    "biruni reads Arabic and English news and opinion and writes down who did what to whom,\n"
    "when, where and on whose word, and checks the claims that can be checked. It works offline.";

constexpr const char* kMainExamples =
    "Examples:\n"
    "  biruni read article.txt                      what an article says, for a person\n"
    "  biruni read --json article.txt > out.jsonl   the same as records, one JSON object a line\n"
    "  cat article.txt | biruni read - --date 2022-01-09\n"
    "  biruni code news/ -o coded.jsonl             a folder of articles\n"
    "  biruni check article.txt                     only its claims, with the reference beside them\n"
    "  biruni fact KAZ area                         what the reference says\n"
    "  biruni explain article.txt                   why each event was coded\n"
    "'biruni COMMAND --help' tells more of a command.";

constexpr const char* kInputs =
    "Inputs:\n"
    "  NAME.txt     plain text, UTF-8; NAME.meta.json beside it is read too (id, lang, date, title,\n"
    "               author, publisher, url)\n"
    "  NAME.jsonl   one document a line: {\"id\": \"...\", \"text\": \"...\", \"lang\"?, \"date\"?, \"title\"?, ...}\n"
    "  tables, pages, feeds, NewsML-G2, NITF, PDF, WARC, TABARI's and PETRARCH's texts (docs/formats/inputs.md);\n"
    "               all may be packed (.gz .zst .xz .bz2)\n"
    "  archives     .zip .tar .tar.gz .tar.zst .7z with such files\n"
    "  -            standard input: a plain text, or JSON Lines (told by its first bytes)\n"
    "What a line of JSON Lines says of itself goes before --lang and --date, and these go before the\n"
    "metadata beside a text.\n"
    "Exit status: 0 all done, 1 some inputs failed (each is named with its reason), 2 wrong use.\n";

bool is_date(const std::string& s, CivilDate& out) { return s.size() == 10 && parse_date(s, out); }

struct Raw { std::string lang = "auto", date, layers, format = "auto", misses, half; std::vector<std::string> columns; int jobs = 0; QueryWords query; };

void shared_options(CLI::App& c, Options& o, Raw& raw) {
  c.add_option("--lang", raw.lang, "Language of the documents: auto, ar, en")->check(CLI::IsMember({"auto", "ar", "en"}))->capture_default_str();
  c.add_option("--date", raw.date, "Publication date YYYY-MM-DD, the anchor of 'yesterday' and the like")
      ->check([](const std::string& s) { CivilDate d; return is_date(s, d) ? std::string() : "'" + s + "' is no date (YYYY-MM-DD)"; }, "DATE");
  c.add_option("--jobs,-j", raw.jobs, "Documents read at the same time (default: one a processor)")->check(CLI::Range(1, 1024));
  c.add_option("--layers", raw.layers, "Records added to --json: sentences,tokens,times,quantities,mentions");
  c.add_option("--from", raw.format, "What the inputs are, where name and first bytes do not tell: " + fmt::format("{}", fmt::join(input_format_names(), ", ")))
      ->check(CLI::IsMember(input_format_names()))
      ->capture_default_str();
  c.add_option("--column", raw.columns, "Column of a CSV or TSV table: FIELD=NAME, such as text=body or date=pub_day; may be repeated");
  c.add_flag("--quiet,-q", o.quiet, "No progress and no notes; failed inputs are still named");
}

void filter_options(CLI::App& c, Options& o) {
  const std::string group = "Only the events that (any of the first four; --holder narrows)";
  c.add_flag("--happened", o.filter.happened, "took place and are not merely alleged")->group(group);
  c.add_flag("--alleged", o.filter.alleged, "stand only on a claiming, accusing or doubting word")->group(group);
  c.add_flag("--denied", o.filter.denied, "somebody denies: with him, and how sure")->group(group);
  c.add_flag("--unsourced", o.filter.unsourced, "no source is named for")->group(group);
  c.add_option("--holder", o.filter.holder, "stand on the word of NAME: a code, a name or part of it; 'author' for the author alone")->type_name("NAME")->group(group);
}

std::string set_shared(Options& o, const Raw& raw) {
  o.input.lang = raw.lang == "auto" ? "" : raw.lang;
  if (!raw.date.empty()) is_date(raw.date, o.input.date);
  o.input.format = input_format(raw.format);
  for (const std::string& column : raw.columns) {
    const size_t equal = column.find('=');
    constexpr std::string_view kFields[] = {"id", "text", "lang", "date", "title", "author", "publisher", "url"};
    if (equal == std::string::npos || std::find(std::begin(kFields), std::end(kFields), column.substr(0, equal)) == std::end(kFields))
      return fmt::format("--column: '{}' is not FIELD=NAME with FIELD one of id, text, lang, date, title, author, publisher, url", column);
    o.input.columns[column.substr(0, equal)] = column.substr(equal + 1);
  }
  o.jobs = static_cast<unsigned>(raw.jobs);
  std::string_view rest = raw.layers;
  while (!rest.empty()) {
    const size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view name = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (name == "sentences") o.layers.sentences = true;
    else if (name == "tokens") o.layers.tokens = true;
    else if (name == "times") o.layers.times = true;
    else if (name == "quantities") o.layers.quantities = true;
    else if (name == "mentions") o.layers.mentions = true;
    else if (!name.empty()) return fmt::format("--layers: '{}' is no layer (sentences, tokens, times, quantities, mentions)", name);
  }
  return {};
}

size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t corner = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1])});
      corner = above;
    }
  }
  return row[b.size()];
}

/// The name that is nearest to a mistyped one; empty if none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& names) {
  std::string best;
  size_t least = 1 + std::max<size_t>(2, word.size() / 3);
  for (const auto& name : names) {
    const size_t d = distance(word, name);
    if (d < least) {
      least = d;
      best = name;
    }
  }
  return best;
}

std::vector<std::string> option_names(const CLI::App& c) {
  std::vector<std::string> names;
  for (const CLI::Option* o : c.get_options())
    for (const auto& n : o->get_lnames()) names.push_back("--" + n);
  return names;
}
std::vector<std::string> command_names(CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* c : app.get_subcommands({})) names.push_back(c->get_name());
  return names;
}

int wrong_use(const std::string& message, const std::string& help_of) {
  fmt::print(stderr, "biruni: {}\nTry '{} --help'.\n", message, help_of);
  return kExitUsage;
}

int run(int argc, char** argv) {
  Options o;
  Raw raw;
  CLI::App app{kAbout, "biruni"};
  app.footer(kMainExamples);
  app.require_subcommand(0, 1);
  app.get_formatter()->column_width(34);
  bool version = false;
  app.add_flag("--version,-V", version, "Versions of the program and its language packs");
  app.add_option("--pack", o.pack, "Pack file, or a folder of your own tables laid over the built-in ones\n(default: $BIRUNI_PACK, or biruni.pack beside the program)");

  auto* read = app.add_subcommand("read", "What documents say: actors, events in time, who says so, claims, questions");
  read->add_option("FILE", o.paths, "Files; - is standard input")->required();
  read->add_flag("--json", o.json, "Records, one JSON object a line (docs/formats/records.md)");
  filter_options(*read, o);
  shared_options(*read, o, raw);
  read->footer(std::string(kInputs) +
               "Examples:\n"
               "  biruni read examples/en-kazakhstan-wire.txt\n"
               "  biruni read --json --layers sentences,tokens a.txt b.txt > records.jsonl\n"
               "  biruni read --lang ar --date 2022-01-09 - < column.txt\n"
               "  biruni read --denied column.txt              who denies what\n"
               "  biruni read --denied --holder Iran column.txt");

  auto* code = app.add_subcommand("code", "Codes a corpus (files, folders, archives, JSON Lines) into one output");
  code->add_option("PATH", o.paths, "Files, folders, archives; - is standard input")->required();
  code->add_option("-o,--output", o.output, "Where to: NAME.db (a store), NAME.jsonl (records), or - for standard output")->required();
  code->add_option("--problems", o.problems, "Where failed inputs and problems of documents are listed (default: OUT.problems, if there are any)");
  code->add_flag("!--no-text", o.store_text, "Leave the documents' texts out of the store");
  code->add_flag("!--no-search", o.search, "Build no full-text index over the store (a later run without it does)");
  code->add_flag("!--no-duplicates", o.duplicates, "Do not look for near-duplicates (wire copies)");
  filter_options(*code, o);
  shared_options(*code, o, raw);
  code->footer(std::string(kInputs) +
               "Examples:\n"
               "  biruni code news/ -o coded.jsonl\n"
               "  biruni code 2021.jsonl 2022.tar.gz -o coded.jsonl --jobs 8\n"
               "  biruni code news/ --happened -o happened.jsonl");

  auto* export_ = app.add_subcommand("export", "A store in the formats that event data are loaded in");
  export_->add_option("STORE", o.store, "A store made by 'biruni code -o NAME.db'")->required();
  export_->add_option("--format,-f", o.format, "jsonl, csv, geojson, polecat, icews, gdelt, gdelt-mentions, phoenix, petrarch")->required();
  export_->add_option("-o,--output", o.output, "Where to; - is standard output")->required();
  export_->add_flag("--all-statuses", o.all_statuses, "In formats without a status too: what was denied, planned, alleged");
  export_->add_flag("--dictionary", o.dictionary, "Write OUT.dictionary.csv: column, type, what it holds");
  export_->add_flag("--quiet,-q", o.quiet, "No notes");
  export_->footer("jsonl, csv and geojson carry the status of each event; the others get only what happened and is not\n"
                  "alleged (docs/formats/exports.md).\n"
                  "Exit status: 0 done, 1 failed, 2 wrong use.\n"
                  "Examples:\n"
                  "  biruni export news.db --format csv -o news.csv --dictionary\n"
                  "  biruni export news.db --format polecat -o polecat.txt");

  auto* query = add_query(app, o, raw.query);

  auto* check = app.add_subcommand("check", "The claims of documents that can be checked, with verdict and reference");
  check->add_option("FILE", o.paths, "Files; - is standard input")->required();
  check->add_flag("--json", o.json, "Claim records, one JSON object a line");
  shared_options(*check, o, raw);
  check->footer(std::string(kInputs) + "Examples:\n  biruni check examples/en-kazakhstan-wire.txt\n  biruni check --json column.txt");

  auto* fact = app.add_subcommand("fact", "What the reference says of a country, organization or person");
  fact->add_option("SUBJECT", o.subject, "A code (KAZ, CSTO) or a name in any of the languages")->required();
  fact->add_option("PROPERTY", o.property, "area, population, capital, borders, members, leader ... (default: all)");
  fact->add_flag("--json", o.json, "One JSON object a line");
  fact->add_option("--date", raw.date, "Members and leaders as of this day (YYYY-MM-DD)")
      ->check([](const std::string& s) { CivilDate d; return is_date(s, d) ? std::string() : "'" + s + "' is no date (YYYY-MM-DD)"; }, "DATE");
  fact->footer("Exit status: 0 found, 1 nothing found, 2 wrong use.\nExamples:\n  biruni fact KAZ\n  biruni fact Kazakhstan area\n  biruni fact CSTO members --date 2022-01-06");

  auto* coverage = app.add_subcommand("coverage", "Names and verbs of a corpus that no table knows, by frequency, ready to be filled in");
  coverage->add_option("PATH", o.paths, "Files, folders, archives; - is standard input")->required();
  coverage->add_option("--least", o.least, "How often a name or verb must occur")->check(CLI::Range(1, 1000000))->capture_default_str();
  coverage->add_flag("--json", o.json, "One JSON object a name or verb");
  shared_options(*coverage, o, raw);
  coverage->footer("The rows go into a folder of your own that --pack is given (docs/guide/own_rows.md).\n"
                   "Examples:\n  biruni coverage news/ --least 5 > unknown.tsv\n  biruni --pack mine coverage news/");

  auto* explain = app.add_subcommand("explain", "Why each event was coded, or not: rule, lexicon row, the words of each field");
  explain->add_option("FILE", o.paths, "Files; - is standard input")->required();
  explain->add_flag("--json", o.json, "One JSON object a sentence");
  shared_options(*explain, o, raw);
  explain->footer(std::string(kInputs) + "Examples:\n  biruni explain examples/en-court-arrest.txt\n  echo 'Troops left Kabul.' | biruni explain --lang en -");

  auto* eval = app.add_subcommand("eval", "Scores the program against gold files: precision, recall, F1");
  eval->add_option("GOLD", o.paths, "Gold files or folders of them (docs/formats/eval.md); each is known by its keys");
  eval->add_flag("--json", o.json, "One JSON object a measure");
  eval->add_option("--misses", raw.misses, "Show what was missed or wrong, N a set (no number: all)")->expected(0, 1)->type_name("[N]");
  eval->add_option("--half", raw.half, "Only the odd or even rows of corpora with numbered ids: odd, even")->check(CLI::IsMember({"odd", "even"}));
  eval->add_option("--text", o.text_path, "The text of the golden, where it does not lie beside it");
  eval->add_option("--ratchet", o.ratchet, "Stored figures: fail if one has fallen by more than its tolerance");
  eval->add_flag("--update", o.update, "Write higher figures into the ratchet file");
  eval->add_option("--jobs,-j", raw.jobs, "Documents read at the same time (default: one a processor)")->check(CLI::Range(1, 1024));
  eval->add_flag("--quiet,-q", o.quiet, "No notes");
  eval->footer("Exit status: 0 all scored, 1 a set failed or a figure fell, 2 wrong use.\n"
               "Examples:\n"
               "  biruni eval examples/gold\n"
               "  biruni eval examples/gold --ratchet eval/ratchet.json\n"
               "  biruni eval gold/ar_protest_detection.jsonl --misses 20");

  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& e) {
    return app.exit(e);
  } catch (const CLI::CallForAllHelp& e) {
    return app.exit(e);
  } catch (const CLI::ParseError& e) {
    const auto chosen = app.get_subcommands();
    const std::string help = chosen.empty() ? "biruni" : "biruni " + chosen[0]->get_name();
    const CLI::App& at = chosen.empty() ? app : *chosen[0];
    std::string odd;
    for (int i = 1; i < argc && odd.empty(); ++i) {
      const std::string_view word = argv[i];
      if (word == "--") break;
      const std::string name(word.substr(0, word.find('=')));
      const auto names = option_names(at);
      if (name.size() > 2 && name.starts_with("--") && std::find(names.begin(), names.end(), name) == names.end()) {
        const std::string near = nearest(name, names);
        odd = fmt::format("unknown option {}{}", name, near.empty() ? "" : fmt::format(" (did you mean {}?)", near));
      } else if (chosen.empty() && !word.starts_with("-")) {
        const std::string near = nearest(word, command_names(app));
        odd = fmt::format("unknown command '{}'{}", word, near.empty() ? "" : fmt::format(" (did you mean {}?)", near));
      }
    }
    return wrong_use(odd.empty() ? std::string(e.what()) : odd, help);
  }
  if (std::error_code ec; !o.pack.empty() && std::filesystem::is_directory(o.pack, ec)) {
    auto path = pack_over(o.pack);
    if (!path) {
      fmt::print(stderr, "biruni: {}\n", path.error().text());
      return kExitSomeFailed;
    }
    o.pack = *path;
  }
  if (version) {
    fmt::print("{}", version_text(o.pack));
    return kExitDone;
  }
  if (const std::string error = set_shared(o, raw); !error.empty()) return wrong_use(error, "biruni " + app.get_subcommands()[0]->get_name());
  if (*code) {
    o.input.folders = true;
    o.input.skip = o.output;
    return run_code(o);
  }
  if (*export_) return run_export(o);
  if (*query) {
    if (const std::string error = set_query(o, raw.query); !error.empty()) return wrong_use(error, "biruni query");
    return run_query(o);
  }
  if (*read) return run_read(o);
  if (*check) return run_check(o);
  if (*fact) return run_fact(o);
  if (*explain) return run_explain(o);
  if (*coverage) return run_coverage(o);
  if (*eval) {
    if (eval->count("--misses")) {
      const bool number = !raw.misses.empty() && raw.misses.size() < 9 && raw.misses.find_first_not_of("0123456789") == std::string::npos;
      o.misses = number ? std::stoi(raw.misses) : 0;
      if (!number && !raw.misses.empty()) o.paths.push_back(raw.misses);  // --misses GOLD
    }
    o.half = raw.half == "odd" ? 1 : raw.half == "even" ? 2 : 0;
    if (o.paths.empty()) return wrong_use("GOLD is required", "biruni eval");
    return run_eval(o);
  }
  fmt::print(stderr, "{}", app.help());
  return kExitUsage;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("biruni: not enough memory\n", stderr);
  } catch (const std::exception& e) {
    fmt::print(stderr, "biruni: {}\n", e.what());
  }
  return kExitSomeFailed;
}
