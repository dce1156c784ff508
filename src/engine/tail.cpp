#include "engine/tail.h"

namespace biruni {
namespace {
class TailImpl final : public Tail {};
}  // namespace

std::unique_ptr<Tail> Tail::open(std::shared_ptr<const Pack>, const std::string&, std::shared_ptr<const World>, std::shared_ptr<const Lexicon>) {
  return std::make_unique<TailImpl>();
}

void Tail::run(const Stages&, Analysis& a, TailState&) {
  for (uint32_t i = 0; i < a.events.rows.size(); ++i) {
    EventStatus s;
    s.event = i;
    a.stance.rows.push_back(s);
  }
}

}  // namespace biruni
