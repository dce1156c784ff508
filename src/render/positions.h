// Byte offsets of the document buffer -> code points of the text or the title, as records count them.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/analysis.h"

namespace biruni {

/// Built once a document; a look-up counts at most 64 bytes. Reusable.
class Positions {
 public:
  void build(const Document& doc);
  bool in_title(uint32_t byte) const { return byte < title_end_; }
  uint32_t code_point(uint32_t byte) const;  // relative to the title or to the text

 private:
  uint32_t count_to(uint32_t byte) const;
  std::string_view buffer_;
  std::vector<uint32_t> steps_;  // code points before each 64-byte step
  uint32_t title_end_ = 0, text_begin_ = 0, text_base_ = 0;
};

}  // namespace biruni
