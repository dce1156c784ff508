// The normalised text that full-text search works on: fold tables of all languages, one after the other, so that spelling
// variants, marks and case fall together, in the index and in the question alike. Immutable, thread-safe.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pack/pack.h"
#include "text/fold.h"

namespace biruni {

class SearchText {
 public:
  SearchText(const Pack& pack, const std::vector<std::string>& langs);
  /// Appends the words of `text`, folded, parted by blanks.
  void append(std::string_view text, std::string& out) const;
  /// A question as people write it -> one of FTS5: words must all occur; "words in quotes" stand together; -word must not
  /// occur; word* begins so. A word is also found behind the prefixes of packs/common/search_prefixes.tsv.
  std::string query(std::string_view question) const;

 private:
  std::string folded(std::string_view word) const;
  std::vector<std::unique_ptr<Fold>> folds_;
  std::vector<std::string> prefixes_;  // folded, longest first
};

}  // namespace biruni
