// Any text through the whole engine, in either language or with the language found. Fails on a crash, a hang, a record that
// is no JSON, or a span that is not inside its text. The pack is found by $BIRUNI_PACK.
#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "engine/engine.h"
#include "ingest/input.h"
#include "render/records.h"
#include "text/text_stage.h"

using namespace biruni;

namespace {

const Engine& engine() {
  static const auto opened = [] {
    auto e = Engine::open({});
    if (!e) {
      std::fprintf(stderr, "fuzz_text: %s\n", e.error().text().c_str());
      std::exit(1);
    }
    return std::move(*e);
  }();
  return *opened;
}

size_t code_points(const std::string& s) {
  size_t n = 0;
  for (const char c : s) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1 || size > 1 << 16) return 0;
  static const WorkspacePtr workspace = engine().new_workspace();
  static RecordWriter writer(engine());
  std::vector<Problem> problems;
  Document doc;
  doc.id = "f";
  doc.lang = data[0] % 3 == 0 ? "ar" : data[0] % 3 == 1 ? "en" : "";
  doc.date = {2022, 1, 9};
  const std::string text = decode_document({reinterpret_cast<const char*>(data + 1), size - 1}, problems);
  set_text(doc, {}, text);
  std::string out;
  writer.write(engine().analyze(doc, *workspace), {true, true, true, true}, out);
  const size_t length = code_points(text);
  for (size_t at = 0; at < out.size();) {
    const size_t end = out.find('\n', at);
    const auto record = nlohmann::json::parse(out.begin() + static_cast<long>(at), out.begin() + static_cast<long>(end), nullptr, false);
    if (record.is_discarded() || (record.contains("end") && record["end"].get<size_t>() > length)) std::abort();
    at = end + 1;
  }
  return 0;
}
