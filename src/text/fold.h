// Fold tables: code point -> replacement, at two levels. `norm` (packs/common/text/norm.tsv, all languages): marks and
// tatweel removed, digits to ASCII, presentation and Persian letters to plain ones. `key` (packs/LANG/text/fold.tsv, on
// top of norm): what look-ups ignore (hamza seats, final ya, ta marbuta, case).
//
// The same table serves the pack compiler (from_tsv) and the run time (from_pack). Immutable after loading, thread-safe.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/pack.h"
#include "pack/writer.h"

namespace biruni {

struct FoldRow {
  uint32_t from = 0;
  uint32_t level = 0;   // 0 norm, 1 key, 2 key at the end of a word only
  uint32_t to[3] = {};  // replacement code points
  uint32_t count = 0;   // 0 = removed
};

class Fold {
 public:
  static Result<std::unique_ptr<Fold>> from_tsv(const std::string& packs_dir, const std::string& lang);
  static std::unique_ptr<Fold> from_pack(const Pack& pack, const std::string& lang);
  void write(PackWriter& out, const std::string& lang) const;

  /// Appends the norm form of `raw` to `out`; `marks` is set if a vowel mark was removed.
  void norm(std::string_view raw, std::string& out, bool& marks) const;
  /// Appends the key form of a norm form to `out`.
  void key(std::string_view norm, std::string& out) const;
  std::string key_of(std::string_view raw) const;

 private:
  explicit Fold(std::vector<FoldRow> rows);
  void put(char32_t from, uint32_t value, std::string& out) const;
  std::vector<FoldRow> rows_;
  // Per BMP code point: 0 = identity, 1 = removed, otherwise row index + 2.
  std::vector<uint16_t> norm_, key_, final_;
};

}  // namespace biruni
