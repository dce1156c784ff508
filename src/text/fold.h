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

  /// What fold_token did: bytes of norm and key, and whether a vowel mark was removed.
  struct Folded {
    uint32_t norm = 0, key = 0;
    uint8_t width = 0;    // 1 or 2: norm and key have the same number of letters, each of so many bytes; 0: not so
    bool marks = false;
  };
  /// norm() and key() of one token at once, appended to `out` (norm, then key). `drop_dots`: periods are left out of the key.
  Folded token(std::string_view raw, bool drop_dots, std::string& out) const;

 private:
  /// Both levels of a code point of up to two bytes, as bytes (little end first): 0 removed, kSlow several code points.
  /// `width`: all of them, and the code point itself, have so many bytes; 0 otherwise.
  struct Short { uint16_t norm = 0, key = 0, final = 0, width = 0; };
  static constexpr uint16_t kSlow = 0xFFFF;
  Folded slow_token(std::string_view raw, bool drop_dots, std::string& out) const;
  void fill_short();
  explicit Fold(std::vector<FoldRow> rows);
  void put(char32_t from, uint32_t value, std::string& out) const;
  std::vector<FoldRow> rows_;
  // Per BMP code point: 0 = identity, 1 = removed, otherwise row index + 2.
  std::vector<uint16_t> norm_, key_, final_;
  std::vector<Short> short_;   // per code point below U+0800
};

}  // namespace biruni
