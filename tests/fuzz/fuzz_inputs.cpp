// Any bytes as any kind of input: pages, feeds, tables, other coders' texts, packed and stored responses, JSON Lines.
// The first byte chooses the kind. Fails on a crash, a hang, or a document that is no valid UTF-8.
#include <unicode/utf8.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "ingest/archive.h"
#include "ingest/http.h"
#include "ingest/source.h"

using namespace biruni;

namespace {

void check(const InputItem& item) {
  const std::string& text = item.doc.buffer;
  for (int32_t i = 0; i < static_cast<int32_t>(text.size());) {
    UChar32 c;
    U8_NEXT(text.data(), i, static_cast<int32_t>(text.size()), c);
    if (c < 0) std::abort();
  }
  if (item.doc.title_end > item.doc.text_begin || item.doc.text_begin > text.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  InputOptions options;
  options.max_bytes = 1 << 20;
  std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1), reason;
  auto all = [&](InputSource& source) {
    for (InputItem item; source.next(item);) check(item);
  };
  auto stream = [&] {
    auto s = std::make_unique<ByteStream>();
    s->open_memory(bytes);
    return s;
  };
  switch (data[0] % 12) {
    case 0: all(*line_source("f", stream(), options)); break;
    case 1: all(*table_source("f", stream(), false, options)); break;
    case 2: all(*table_source("f", stream(), true, options)); break;
    case 3: all(*warc_source("f", stream(), options)); break;
    case 4: unpack(bytes, options.max_bytes, reason); break;
    case 5: {
      HttpBody body;
      read_http(bytes, options.max_bytes, body, reason);
      break;
    }
    default: {
      constexpr InputFormat kKinds[] = {InputFormat::kText, InputFormat::kHtml, InputFormat::kXml, InputFormat::kTabari, InputFormat::kEventus, InputFormat::kHtml};
      for (const InputItem& item : read_whole(bytes, "f", kKinds[data[0] % 12 - 6], {}, {}, options)) check(item);
    }
  }
  return 0;
}
