#include "render/positions.h"

#include "base/utf8.h"

namespace biruni {
namespace {
constexpr uint32_t kStep = 64;
}

void Positions::build(const Document& doc) {
  buffer_ = doc.buffer;
  title_end_ = doc.title_end;
  text_begin_ = doc.text_begin;
  steps_.clear();
  uint32_t count = 0;
  for (size_t at = 0; at < buffer_.size(); at += kStep) {
    steps_.push_back(count);
    count += static_cast<uint32_t>(utf8::length(buffer_.substr(at, kStep)));
  }
  if (steps_.empty()) steps_.push_back(0);
  text_base_ = count_to(text_begin_);
}

uint32_t Positions::count_to(uint32_t byte) const {
  uint32_t step = byte / kStep;
  if (step >= steps_.size()) step = static_cast<uint32_t>(steps_.size()) - 1;
  return steps_[step] + static_cast<uint32_t>(utf8::length(buffer_.substr(step * kStep, byte - step * kStep)));
}

uint32_t Positions::code_point(uint32_t byte) const {
  const uint32_t n = count_to(byte);
  return byte < title_end_ || (byte == title_end_ && title_end_ > 0 && byte < text_begin_) ? n : n - text_base_;
}

}  // namespace biruni
