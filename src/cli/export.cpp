// biruni export: a store in the formats of others.
#include <fmt/core.h>

#include "cli/options.h"
#include "cli/output.h"
#include "exporter/exporter.h"

namespace biruni {
namespace {

int fail(const Error& e) {
  fmt::print(stderr, "biruni: {}\n", e.text());
  return e.code == ErrorCode::kBadUsage ? kExitUsage : kExitSomeFailed;
}

std::string left_out(const ExportCounts& c) {
  std::string out;
  auto say = [&](uint64_t n, const char* why) {
    if (n) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", n, why);
  };
  say(c.not_happened, "that did not happen or are alleged (--all-statuses)");
  say(c.no_code, "without a CAMEO code");
  say(c.no_parties, "without actor and recipient");
  say(c.no_coordinates, "without coordinates");
  return out;
}

}  // namespace

int run_export(const Options& o) {
  if (!Exporter::knows(o.format)) return fail({ErrorCode::kBadUsage, fmt::format("'{}' is no format ({})", o.format, Exporter::format_list()), "--format", ""});
  if (o.dictionary && o.output == "-") return fail({ErrorCode::kBadUsage, "is written beside a file; name one with -o", "--dictionary", ""});
  auto store = StoreReader::open(o.store);
  if (!store) return fail(store.error());
  Output out;
  if (const Status s = out.open(o.output); !s) return fail(s.error());
  Exporter exporter(**store, {o.format, o.all_statuses});
  const Status done = exporter.run([&](std::string_view bytes) { return out.write(bytes); });
  if (!done && !done.error().message.empty()) return fail(done.error());
  if (const Status s = out.finish(); !s) return fail(s.error());
  if (o.dictionary) {
    Output file;
    const std::string text = Exporter::dictionary(o.format);
    if (text.empty()) return fail({ErrorCode::kBadUsage, "the fields of jsonl are those of the records (docs/formats/records.md)", "--dictionary", ""});
    if (const Status s = file.open(o.output + ".dictionary.csv"); !s) return fail(s.error());
    file.write(text);
    if (const Status s = file.finish(); !s) return fail(s.error());
  }
  if (!o.quiet) {
    const ExportCounts& c = exporter.counts();
    const std::string rest = left_out(c);
    fmt::print(stderr, "{} {}{}{}\n", c.rows, o.format == "jsonl" ? "documents" : "rows", c.events ? fmt::format(" of {} events", c.events) : "",
               rest.empty() ? "" : "; left out: " + rest);
  }
  return kExitDone;
}

}  // namespace biruni
