#include "engine/tail.h"

#include "check/check.h"

namespace biruni {
namespace {
class TailImpl final : public Tail {
 public:
  TailImpl(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world, std::shared_ptr<const Lexicon> lexicon)
      : claim_(ClaimStage::open(pack, lang, world, lexicon)), link_(LinkStage::open(pack, lang, world, lexicon)), world_(world) {}
  std::unique_ptr<ClaimStage> claim_;
  std::unique_ptr<LinkStage> link_;
  std::shared_ptr<const World> world_;
};
const TailImpl& of(const Tail* t) { return static_cast<const TailImpl&>(*t); }
}  // namespace

std::unique_ptr<Tail> Tail::open(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world,
                                 std::shared_ptr<const Lexicon> lexicon) {
  return std::make_unique<TailImpl>(std::move(pack), lang, std::move(world), std::move(lexicon));
}

void Tail::run(const Stages& stages, Analysis& a, TailState& state) {
  for (uint32_t i = 0; i < a.events.rows.size(); ++i) {
    EventStatus s;
    s.event = i;
    a.stance.rows.push_back(s);
  }
  state.claims.clear();
  const uint32_t sentences = static_cast<uint32_t>(a.text.sentences.size());
  for (uint32_t s = 0; s < sentences; ++s) of(stages[a.text.sentences[s].lang]).claim_->run(a, s, state.claims, a.claims);
  of(stages[a.lang]).claim_->finish(a, state.claims, a.claims);
  check_claims(*of(stages[a.lang]).world_, a.doc->date, a.claims);
  state.links.clear();
  for (uint32_t s = 0; s < sentences; ++s) of(stages[a.text.sentences[s].lang]).link_->run(a, s, state.links, a.links);
  link_same_events(a, a.links);
}

}  // namespace biruni
