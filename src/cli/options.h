// What the command line says. Filled by main.cpp, read by the commands.
#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "ingest/input.h"
#include "query/query.h"
#include "render/event_filter.h"
#include "render/records.h"

namespace biruni {

/// Exit status of the program.
inline constexpr int kExitDone = 0, kExitSomeFailed = 1, kExitUsage = 2, kExitStopped = 130;

struct Options {
  std::vector<std::string> paths;
  InputOptions input;
  Layers layers;
  EventFilter filter;       // read, code
  unsigned jobs = 0;        // 0: one a processor
  bool quiet = false;
  bool json = false;
  std::string output;       // -o
  std::string problems;     // --problems
  bool store_text = true;   // --no-text
  bool duplicates = true;   // --no-duplicates
  bool search = true;       // --no-search
  std::string pack;         // --pack
  unsigned job_count() const { return jobs ? jobs : std::max(1u, std::thread::hardware_concurrency()); }
  // export, query
  std::string store, format = "table";
  Query query;
  std::string search_words;  // --text
  bool all_statuses = false, dictionary = false;
  // eval
  int misses = -1;          // -1 none, 0 all, N so many a set
  int half = 0;             // 0 all, 1 odd, 2 even rows of numbered corpora
  std::string text_path;    // the text of a golden, where it cannot be found by itself
  std::string ratchet;
  bool update = false;
  unsigned least = 2;       // coverage: how often something must occur
  // fact
  std::string subject, property;
};

int run_read(const Options& o);
int run_check(const Options& o);
int run_explain(const Options& o);
int run_code(const Options& o);
int run_export(const Options& o);
int run_query(const Options& o);
int run_fact(const Options& o);
int run_coverage(const Options& o);
int run_eval(const Options& o);
std::string version_text(const std::string& pack);

}  // namespace biruni
