// coverage: what a corpus says that no table knows, by frequency, in the form of a user's pack (--pack DIR).
#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "cli/options.h"
#include "engine/engine.h"
#include "ingest/input.h"
#include "render/json.h"
#include "render/terminal.h"

namespace biruni {
namespace {

constexpr size_t kSentences = 2;  // examples kept of each

struct Unknown {
  size_t count = 0;
  std::string name, type, country, lang;
  std::vector<std::string> sentences;
};
using Table = std::map<std::string, Unknown>;

void note(Unknown& u, const Analysis& a, uint32_t sentence) {
  ++u.count;
  if (u.sentences.size() >= kSentences) return;
  std::string s = one_line(a.raw(a.text.sentences[sentence].raw));
  if (std::find(u.sentences.begin(), u.sentences.end(), s) == u.sentences.end()) u.sentences.push_back(std::move(s));
}

void names(const Engine& engine, const Analysis& a, Table& out) {
  for (const Mention& m : a.mentions.rows) {
    if (!m.entity.valid() || !m.entity.local || m.form != MentionForm::kName) continue;
    const LocalEntity& e = a.mentions.locals[m.entity.index];
    const uint32_t sentence = a.text.tokens[a.words.words[m.head].token].sentence;
    Unknown& u = out[e.id];
    u.lang = engine.languages()[a.text.sentences[sentence].lang];
    u.name = e.name;
    const EntityType t = m.type;
    u.type = t == EntityType::kPerson ? "person" : t == EntityType::kPlace ? "place" : t == EntityType::kOrganization ? "organization" : "group";
    if (m.country != kNone) u.country = engine.world().id(m.country);
    note(u, a, sentence);
  }
}

// Verbs with an actor that are in no table of events, reports and cues.
void predicates(const Engine& engine, const Analysis& a, Table& out) {
  for (const Clause& c : a.clauses.clauses) {
    if (c.predicate == kNone || c.subject == kNone || c.predicate >= a.words.words.size()) continue;
    const Word& w = a.words.words[c.predicate];
    if (w.tag != Tag::kVerb || w.lemma == kNone || (w.asks & (ask::kEvent | ask::kCue))) continue;
    const uint32_t m = c.subject < a.mentions.of_word.size() ? a.mentions.of_word[c.subject] : kNone;
    if (m == kNone || !a.mentions.rows[m].actor) continue;
    const uint32_t sentence = a.text.tokens[w.token].sentence;
    const uint8_t lang = a.text.sentences[sentence].lang;
    Unknown& u = out[engine.languages()[lang] + " " + std::string(engine.lemmas(lang).text(w.lemma))];
    u.name = engine.lemmas(lang).text(w.lemma);
    u.lang = engine.languages()[lang];
    note(u, a, sentence);
  }
}

std::vector<const Table::value_type*> by_count(const Table& t, size_t least) {
  std::vector<const Table::value_type*> out;
  for (const auto& row : t)
    if (row.second.count >= least) out.push_back(&row);
  std::stable_sort(out.begin(), out.end(), [](auto* a, auto* b) { return a->second.count > b->second.count; });
  return out;
}

void print_json(const char* kind, const std::vector<const Table::value_type*>& rows, std::string& out) {
  JsonWriter j(out);
  for (const auto* row : rows) {
    const Unknown& u = row->second;
    j.open();
    j.field("kind", kind);
    j.field("id", row->first);
    j.field("name", u.name);
    j.field("lang", u.lang);
    if (!u.type.empty()) j.field("type", u.type);
    if (!u.country.empty()) j.field("country", u.country);
    j.number("count", static_cast<double>(u.count));
    j.key("sentences");
    j.open_list();
    for (const auto& s : u.sentences) j.value(s);
    j.close_list();
    j.close();
    j.line();
  }
}

void examples(const Unknown& u, std::string& out) {
  out += fmt::format("# {} {}:\n", u.count, u.count == 1 ? "time" : "times");
  for (const auto& s : u.sentences) out += "#   " + s + "\n";
}

}  // namespace

int run_coverage(const Options& o) {
  auto engine = Engine::open({o.pack});
  if (!engine) {
    fmt::print(stderr, "biruni: {}\n", engine.error().text());
    return kExitSomeFailed;
  }
  InputOptions input = o.input;
  input.folders = true;
  InputReader reader(o.paths, input);
  const WorkspacePtr ws = (*engine)->new_workspace();
  Table unknown_names, unknown_verbs;
  bool failed = false;
  size_t documents = 0;
  InputItem item;
  while (reader.next(item)) {
    if (item.failed) {
      fmt::print(stderr, "biruni: {}: {}\n", item.doc.id, item.reason);
      failed = true;
      continue;
    }
    ++documents;
    const Analysis& a = (*engine)->analyze(item.doc, *ws);
    names(**engine, a, unknown_names);
    predicates(**engine, a, unknown_verbs);
  }
  const auto rows = by_count(unknown_names, o.least), verbs = by_count(unknown_verbs, o.least);
  std::string out;
  if (o.json) {
    print_json("unknown_name", rows, out);
    print_json("unknown_predicate", verbs, out);
  } else {
    out += fmt::format("# {} documents. Take away the '# ' before a row, fill it in, and put it into the file named above it, in a folder\n"
                       "# that --pack is given (docs/guide/own_rows.md).\n", documents);
    out += "\n# world/entities.tsv\n#id\ttype\tsector\tcountry\tname\tfrom\tto\tside\torigin\n";
    for (const auto* row : rows) {
      if (row->second.type == "place") continue;
      examples(row->second, out);
      out += fmt::format("# {}\t{}\t\t{}\t{}\t\t\t\town\n", row->first, row->second.type, row->second.country, row->second.name);
    }
    out += "\n# world/names.tsv\n#id\tlang\tname\tkind\tfrom\tto\torigin\n";
    for (const auto* row : rows)
      if (row->second.type != "place") out += fmt::format("# {}\t{}\t{}\tname\t\t\town\n", row->first, row->second.lang, row->second.name);
    out += "\n# world/places.tsv\n#id\tname_en\tname_ar\tkind\tcountry\tlat\tlon\tpopulation\torigin\n";
    for (const auto* row : rows) {
      if (row->second.type != "place") continue;
      examples(row->second, out);
      const bool arabic = row->second.lang == "ar";
      out += fmt::format("# {}\t{}\t{}\ttown\t{}\t\t\t\town\n", row->first, arabic ? "" : row->second.name, arabic ? row->second.name : "", row->second.country);
    }
    for (const auto& lang : (*engine)->languages()) {
      out += fmt::format("\n# {}/events/events.tsv\n#id\tlemma\ttag\ttype\tmode\tcontexts\tcameo\tframe\tneed\tnot\tmagnitude\texample\tcounter\torigin\n", lang);
      size_t number = 0;
      for (const auto* row : verbs) {
        if (row->second.lang != lang) continue;
        examples(row->second, out);
        out += fmt::format("# {}.own.{}\t{}\tVERB\t\t\t\t\t\t\t\t\t\t\town\n", lang, ++number, row->second.name);
      }
    }
  }
  if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0) {
    fmt::print(stderr, "biruni: standard output cannot be written\n");
    return kExitSomeFailed;
  }
  return failed ? kExitSomeFailed : kExitDone;
}

}  // namespace biruni
