// Which documents a store holds, by hash of id and of content: asked for each input in input order. 16 bytes a document,
// in a table that is at most two thirds full (24 to 48 bytes a document). Not thread-safe (one lock outside).
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace biruni {

class KnownDocuments {
 public:
  enum class Answer : uint8_t {
    kNew,
    kChanged,    // the store has it with another content, or coded by another program, pack or options
    kUnchanged,  // the store has just this
    kRepeated,   // this very document came earlier in this run
    kClash,      // another content came under this id earlier in this run
  };
  KnownDocuments() : slots_(1 << 10) {}
  /// Of the store, at its opening.
  void load(std::string_view id, uint64_t content, uint64_t stamp);
  /// What is to be done with a document that comes in; it counts as come.
  Answer check(std::string_view id, uint64_t content, uint64_t stamp);
  size_t size() const { return count_; }

 private:
  struct Slot { uint64_t id = 0, content = 0; };  // id 0: empty; lowest bit of content: came in this run
  Slot& find(uint64_t id);
  void grow();
  std::vector<Slot> slots_;
  size_t count_ = 0;
};

}  // namespace biruni
