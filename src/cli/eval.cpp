#include "cli/options.h"
namespace biruni { int run_eval(const Options&) { return kExitUsage; } }
