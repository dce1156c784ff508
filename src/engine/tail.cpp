#include "engine/tail.h"

#include "check/check.h"

namespace biruni {
namespace {
class TailImpl final : public Tail {
 public:
  TailImpl(std::shared_ptr<const Pack> pack, const std::string& lang, std::shared_ptr<const World> world, std::shared_ptr<const Lexicon> lexicon)
      : lexicon_(lexicon), stance_(StanceStage::open(pack, lang, world, lexicon_.get())), rank_(RankStage::open(pack, lang)), claim_(ClaimStage::open(pack, lang, world, lexicon)), link_(LinkStage::open(pack, lang, world, lexicon)), world_(world) {}
  void declare(AskTable& asks) const override {
    stance_->declare(asks);
    claim_->declare(asks);
    link_->declare(asks);
  }
  std::shared_ptr<const Lexicon> lexicon_;
  std::unique_ptr<StanceStage> stance_;
  std::unique_ptr<RankStage> rank_;
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

void Tail::run(const Stages& stages, Analysis& a, TailState& state, bool rank, std::vector<RejectedEvent>* rejected) {
  const uint32_t sentences = static_cast<uint32_t>(a.text.sentences.size());
  state.stance.clear();
  for (uint32_t s = 0; s < sentences; ++s) of(stages[a.text.sentences[s].lang]).stance_->run(a, s, state.stance, a.stance);
  of(stages[a.lang]).stance_->finish(a, state.stance, a.stance);
  if (rank) {
    state.rank.clear();
    for (uint32_t s = 0; s < sentences; ++s) of(stages[a.text.sentences[s].lang]).rank_->run(a, s, state.rank, rejected);
    RankStage::drop_rejected(a, state.rank);
  }
  state.claims.clear();
  for (uint32_t s = 0; s < sentences; ++s) of(stages[a.text.sentences[s].lang]).claim_->run(a, s, state.claims, a.claims);
  of(stages[a.lang]).claim_->finish(a, state.claims, a.claims);
  check_claims(*of(stages[a.lang]).world_, a.doc->date, a.claims);
  state.links.clear();
  for (uint32_t s = 0; s < sentences; ++s) of(stages[a.text.sentences[s].lang]).link_->run(a, s, state.links, a.links);
  finish_links(a, a.links);
}

}  // namespace biruni
