// packc: compiles packs/ (text files) into one binary pack. Usage: packc build PACKS_DIR -o FILE [--langs ar,en]
#include <fmt/core.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "clause/compile.h"
#include "codebook/codebook.h"
#include "lexicon/compile.h"
#include "morph/builder.h"
#include "pack/tsv.h"
#include "pack/writer.h"
#include "stages.h"
#include "text/compile.h"
#include "world/compile.h"

namespace {

using namespace biruni;

Status build(const std::string& packs, const std::vector<std::string>& langs, const std::string& out_path) {
  PackWriter out;
  auto world = compile_world(packs, langs, out);
  if (!world) return world.error();
  if (auto s = compile_ontology(packs, out); !s) return s;
  if (auto s = compile_codebook(packs, out); !s) return s;
  if (auto s = compile_units(packs, out); !s) return s;
  if (auto s = compile_claim_groups(packs, out); !s) return s;
  out.intern("event.promise");
  out.intern("event.shared");
  for (const auto& lang : langs) {
    if (auto s = compile_text(packs, lang, out); !s) return s;
    auto builder = LexiconBuilder::read(packs, lang, out);
    if (!builder) return builder.error();
    if (auto s = compile_stages(packs, lang, *world, **builder, out); !s) return s;
    if (auto s = compile_lexicon(packs, lang, *world, **builder, out); !s) return s;
    if (auto s = (*builder)->finish(); !s) return s;
    fmt::print("  {}: {} lemmas\n", lang, (*builder)->size());
  }
  std::vector<StrId> order;
  for (const auto& lang : langs) order.push_back(out.intern(lang));
  out.add("langs", order);
  fmt::print("  {} strings\n", out.string_count());
  return out.write(out_path);
}

}  // namespace

int main(int argc, char** argv) {
  std::string packs, out = "biruni.pack", langs = "ar,en";
  for (int i = 1; i < argc; ++i) {
    if (!std::strcmp(argv[i], "-o") && i + 1 < argc) out = argv[++i];
    else if (!std::strcmp(argv[i], "--langs") && i + 1 < argc) langs = argv[++i];
    else if (std::strcmp(argv[i], "build")) packs = argv[i];
  }
  if (packs.empty()) {
    fmt::print(stderr, "usage: packc build PACKS_DIR -o FILE [--langs ar,en]\n");
    return 2;
  }
  std::vector<std::string> list;
  for (auto l : split(langs, ',')) list.emplace_back(l);
  const auto start = std::chrono::steady_clock::now();
  if (auto s = build(packs, list, out); !s) {
    fmt::print(stderr, "packc: {}\n", s.error().text());
    return 1;
  }
  fmt::print("packc: {} ({} kB) in {:.1f} s\n", out, std::filesystem::file_size(out) / 1024,
             std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  return 0;
}
