// The options of 'biruni query'. Not thread-safe.
#pragma once
#include <CLI/CLI.hpp>

#include <string>

#include "cli/options.h"

namespace biruni {

/// As the command line has them; set_query() makes a Query of them.
struct QueryWords { std::string happened, alleged, count_by; bool all_statuses = false; };

CLI::App* add_query(CLI::App& app, Options& o, QueryWords& words);
/// What is wrong with them; empty: nothing.
std::string set_query(Options& o, const QueryWords& words);

}  // namespace biruni
