// Text stage: decoded document -> tokens, sentences, quotes. Language data (fold table, sentence marks, abbreviations)
// comes from the pack (packs/LANG/text/). Immutable, thread-safe. Total for any bytes.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/analysis.h"
#include "pack/pack.h"

namespace biruni {

/// Makes raw bytes valid UTF-8 as CONTRACT says: BOM removed, each bad byte one U+FFFD. `problems` gets one row with
/// the first bad place (offset in the result) and the count. Returns the decoded text.
std::string decode_document(std::string_view bytes, std::vector<Problem>& problems);

/// Fold table of one language as the run time and the pack compiler share it.
struct FoldTable;

class TextStage {
 public:
  /// `langs`: language packs in engine order.
  static std::unique_ptr<TextStage> open(std::shared_ptr<const Pack> pack, const std::vector<std::string>& langs);
  virtual ~TextStage() = default;
  /// Fills out.text, sets out.lang; `declared` is an index into langs or kNone for automatic choice by script.
  virtual void run(const Document& doc, uint32_t declared, Analysis& out) const = 0;
};

}  // namespace biruni
