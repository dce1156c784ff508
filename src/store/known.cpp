#include "store/known.h"

#include "base/hash.h"

namespace biruni {
namespace {
uint64_t id_hash(std::string_view id) { return fingerprint(id, 1) | 1; }
uint64_t content_hash(uint64_t content, uint64_t stamp) { return mix64(content ^ mix64(stamp)) & ~1ull; }
}  // namespace

KnownDocuments::Slot& KnownDocuments::find(uint64_t id) {
  size_t at = (id >> 1) & (slots_.size() - 1);
  while (slots_[at].id && slots_[at].id != id) at = (at + 1) & (slots_.size() - 1);
  return slots_[at];
}

void KnownDocuments::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& s : old)
    if (s.id) find(s.id) = s;
}

void KnownDocuments::load(std::string_view id, uint64_t content, uint64_t stamp) {
  Slot& s = find(id_hash(id));
  count_ += s.id == 0;
  s = {id_hash(id), content_hash(content, stamp)};
  if (count_ * 3 > slots_.size() * 2) grow();
}

KnownDocuments::Answer KnownDocuments::check(std::string_view id, uint64_t content, uint64_t stamp) {
  const uint64_t hash = content_hash(content, stamp);
  Slot& s = find(id_hash(id));
  const bool fresh = s.id == 0, same = (s.content & ~1ull) == hash, came = s.content & 1;
  if (!fresh && came) return same ? Answer::kRepeated : Answer::kClash;
  s = {id_hash(id), hash | 1};
  if (fresh && ++count_ * 3 > slots_.size() * 2) grow();
  return fresh ? Answer::kNew : same ? Answer::kUnchanged : Answer::kChanged;
}

}  // namespace biruni
