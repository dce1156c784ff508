// biruni: thin command line until src/cli grows its commands (read --json).
#include <fmt/core.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>

#include "engine/engine.h"
#include "render/records.h"
#include "text/text_stage.h"

int main(int argc, char** argv) {
  using namespace biruni;
  auto engine = Engine::open({});
  if (!engine) {
    fmt::print(stderr, "biruni: {}\n", engine.error().text());
    return 1;
  }
  auto ws = (*engine)->new_workspace();
  RecordWriter writer(**engine);
  CivilDate date;
  Layers layers;
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    if (arg == "--date") { std::sscanf(argv[++i], "%hd-%hhd-%hhd", &date.year, &date.month, &date.day); continue; }
    if (arg == "--layers") { layers = {true, true, true, true}; continue; }
    if (arg.starts_with("--") || arg == "read") continue;
    std::ifstream in(arg, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), {});
    std::vector<Problem> problems;
    Document doc;
    doc.id = arg;
    doc.buffer = decode_document(bytes, problems);
    doc.date = date;
    const Analysis& a = (*engine)->analyze(doc, *ws);
    std::string out;
    writer.write(a, layers, out);
    fmt::print("{}", out);
  }
  return 0;
}
