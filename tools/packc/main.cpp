// packc: compiles packs/ (text files) into one binary pack.
// Usage: packc build PACKS_DIR -o FILE [--langs ar,en] [--over DIR]   (--over: tables of a user laid over them)
#include <fmt/core.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "pack/tsv.h"
#include "packer/packer.h"

int main(int argc, char** argv) {
  using namespace biruni;
  std::string packs, over, out = "biruni.pack", langs = "ar,en";
  for (int i = 1; i < argc; ++i) {
    if (!std::strcmp(argv[i], "-o") && i + 1 < argc) out = argv[++i];
    else if (!std::strcmp(argv[i], "--langs") && i + 1 < argc) langs = argv[++i];
    else if (!std::strcmp(argv[i], "--over") && i + 1 < argc) over = argv[++i];
    else if (std::strcmp(argv[i], "build")) packs = argv[i];
  }
  if (packs.empty()) {
    fmt::print(stderr, "usage: packc build PACKS_DIR -o FILE [--langs ar,en] [--over DIR]\n");
    return 2;
  }
  std::vector<std::string> list, folders{packs};
  if (!over.empty()) folders.push_back(over);
  for (auto l : split(langs, ',')) list.emplace_back(l);
  const auto start = std::chrono::steady_clock::now();
  const auto report = build_pack(folders, list, out);
  if (!report) {
    fmt::print(stderr, "packc: {}\n", report.error().text());
    return 1;
  }
  for (const auto& [lang, lemmas] : report->lemmas) fmt::print("  {}: {} lemmas\n", lang, lemmas);
  fmt::print("  {} strings\n", report->strings);
  fmt::print("packc: {} ({} kB) in {:.1f} s\n", out, std::filesystem::file_size(out) / 1024,
             std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  return 0;
}
