// eval: scores against gold files, and the ratchet.
#include <fmt/core.h>

#include <algorithm>
#include <thread>

#include "cli/options.h"
#include "engine/engine.h"
#include "eval/evaluate.h"

namespace biruni {

int run_eval(const Options& o) {
  auto engine = Engine::open({o.pack});
  if (!engine) {
    fmt::print(stderr, "biruni: {}\n", engine.error().text());
    return kExitSomeFailed;
  }
  const unsigned jobs = o.jobs ? o.jobs : std::max(1u, std::thread::hardware_concurrency());
  eval::Scores scores = eval::evaluate(o.paths, o.text_path, **engine, jobs, o.half);
  bool failed = !scores.failed.empty();
  for (const auto& f : scores.failed) fmt::print(stderr, "biruni: {}\n", f);
  if (scores.measures.empty() && scores.failed.empty() && scores.notes.empty()) {
    fmt::print(stderr, "biruni: no gold files there (docs/formats/eval.md)\n");
    failed = true;
  }
  const std::string text = o.json ? eval::print_json(scores, o.misses) : eval::print(scores, o.misses);
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    fmt::print(stderr, "biruni: standard output cannot be written\n");
    return kExitSomeFailed;
  }
  if (!o.ratchet.empty()) {
    std::vector<std::string> fallen;
    if (const Status s = eval::ratchet(scores, o.ratchet, o.update, fallen); !s) {
      fmt::print(stderr, "biruni: {}\n", s.error().text());
      return kExitSomeFailed;
    }
    for (const auto& f : fallen) fmt::print(stderr, "biruni: {}\n", f);
    failed = failed || !fallen.empty();
  }
  return failed ? kExitSomeFailed : kExitDone;
}

}  // namespace biruni
