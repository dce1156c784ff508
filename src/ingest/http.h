// A stored HTTP response (a WARC record's block) -> its body as the server meant it. Thread-safe.
#pragma once
#include <cstdint>
#include <string>

namespace biruni {

struct HttpBody {
  int status = 200;
  std::string type;     // "text/html", lower case
  std::string charset;  // of the Content-Type
  std::string bytes;
};

/// Header parsed, chunks joined, gzip and the like undone. Bytes that begin with no HTTP header are the body as they are.
bool read_http(std::string block, uint64_t limit, HttpBody& out, std::string& reason);

}  // namespace biruni
