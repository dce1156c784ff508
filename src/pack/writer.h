// Builds a pack file (see pack.h). Used by packc and by unit tests. Not thread-safe.
//
//   PackWriter out;
//   StrId id = out.intern("word");
//   out.add("ar/verbs", rows);            // any trivially copyable row type
//   Status done = out.write("build/biruni.pack");
//
// Same calls give the same bytes.
#pragma once
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "pack/pack.h"

namespace biruni {

class PackWriter {
 public:
  PackWriter();
  /// Id of a string, the same for equal strings. Id 0 is the empty string.
  StrId intern(std::string_view s);
  /// Id of a string already interned, or kNone.
  StrId lookup(std::string_view s) const;
  std::string_view str(StrId id) const { return strings_[id]; }
  uint32_t string_count() const { return static_cast<uint32_t>(strings_.size()); }
  template <class T>
  void add(const std::string& name, const std::vector<T>& rows) {
    static_assert(std::is_trivially_copyable_v<T>);
    std::string bytes(rows.size() * sizeof(T), '\0');
    if (!rows.empty()) std::memcpy(bytes.data(), rows.data(), bytes.size());
    add_bytes(name, std::move(bytes));
  }
  void add_bytes(const std::string& name, std::string bytes);
  Status write(const std::string& path) const;

 private:
  std::deque<std::string> strings_;
  std::unordered_map<std::string_view, StrId> ids_;
  std::vector<std::pair<std::string, std::string>> sections_;
};

}  // namespace biruni
