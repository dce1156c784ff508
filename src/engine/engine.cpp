#include "engine/engine.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "actor/actor_stage.h"
#include "clause/clause_stage.h"
#include "engine/tail.h"
#include "morph/analyzer.h"
#include "morph/ask_table.h"
#include "text/compile.h"
#include "text/text_stage.h"

namespace biruni {

struct Workspace {
  Analysis analysis;
  std::vector<MorphScratchPtr> morph;  // one a language
  TimeContext time;
  ActorState actors;
  TailState tail;
  std::vector<RejectedEvent> rejected;  // filled for a trace only
};
void WorkspaceDeleter::operator()(Workspace* ws) const { delete ws; }

namespace {

class EngineImpl final : public Engine {
 public:
  explicit EngineImpl(std::shared_ptr<const Pack> pack, bool rank)
      : rank_(rank), pack_(pack), world_(std::make_shared<World>(pack)), ontology_(pack), units_(pack) {
    for (StrId id : pack_->section<StrId>("langs")) codes_.emplace_back(pack_->str(id));
    text_ = TextStage::open(pack_, codes_);
    for (const auto& code : codes_) {
      Language l;
      const auto profile = pack_->section<LangProfile>(code + "/profile");
      l.right_to_left = !profile.empty() && profile[0].right_to_left;
      l.morph = Analyzer::open(pack_, code);
      l.lexicon = Lexicon::open(pack_, code);
      l.quantity = QuantityStage::open(pack_, code);
      l.time = TimeStage::open(pack_, code);
      l.clause = ClauseStage::open(pack_, code);
      l.actor = ActorStage::open(pack_, code, world_, l.lexicon);
      l.event = EventStage::open(pack_, code, world_, l.lexicon);
      l.tail = Tail::open(pack_, code, world_, l.lexicon);
      l.asks = AskTable(pack_, code);
      l.lexicon->declare(l.asks);
      l.quantity->declare(l.asks);
      l.time->declare(l.asks);
      l.clause->declare(l.asks);
      l.actor->declare(l.asks);
      l.event->declare(l.asks);
      l.tail->declare(l.asks);
      l.asks.close();
      langs_.push_back(std::move(l));
    }
  }

  WorkspacePtr new_workspace() const override {
    WorkspacePtr ws(new Workspace);
    for (const Language& l : langs_) ws->morph.push_back(l.morph->new_scratch());
    return ws;
  }

  const Analysis& analyze(const Document& doc, Workspace& ws, Trace* trace) const override {
    Analysis& a = ws.analysis;
    a.clear();
    a.doc = &doc;
    uint32_t declared = kNone;
    for (uint32_t i = 0; i < codes_.size(); ++i)
      if (codes_[i] == doc.lang) declared = i;
    text_->run(doc, declared, a);

    const uint32_t sentences = static_cast<uint32_t>(a.text.sentences.size());
    a.words.first.reserve(sentences + 1);
    for (uint32_t s = 0; s < sentences; ++s) {
      const auto first = static_cast<uint32_t>(a.words.words.size());
      a.words.first.push_back(first);
      const uint8_t lang = a.text.sentences[s].lang;
      langs_[lang].morph->analyze(doc.buffer, a.text, s, *ws.morph[lang], a.words);
      langs_[lang].asks.fill(a.words, first);
    }
    const uint32_t words = static_cast<uint32_t>(a.words.words.size());
    a.words.first.push_back(words);
    a.matches.name_at.assign(words, kNone);
    a.matches.expression_at.assign(words, kNone);
    a.clauses.deps.assign(words, Dep{});
    ws.time = TimeContext{};
    for (uint32_t s = 0; s < sentences; ++s) {
      const Language& l = langs_[a.text.sentences[s].lang];
      const size_t first_name = a.matches.names.size();
      l.lexicon->run(a, s, a.matches);
      read_names_as_names(a, first_name);
      const size_t first_quantity = a.quantities.rows.size(), first_time = a.times.rows.size();
      l.quantity->run(a, s, a.quantities);
      l.time->run(a, s, doc.date, ws.time, a.times);
      drop_quantities_in_times(a.times, first_time, a.quantities, first_quantity);
      l.clause->run(a, s, a.clauses);
    }
    ClauseStage::finish(a.words, a.clauses);
    if (langs_.empty()) return a;
    langs_[a.lang].actor->begin(a, doc.date, ws.actors, a.mentions);
    for (uint32_t s = 0; s < sentences; ++s) langs_[a.text.sentences[s].lang].actor->run(a, s, ws.actors, a.mentions);
    for (uint32_t s = 0; s < sentences; ++s)
      langs_[a.text.sentences[s].lang].event->run(a, s, a.events, trace ? &trace->events : nullptr);
    Tail::Stages stages;
    for (const Language& l : langs_) stages.push_back(l.tail.get());
    ws.rejected.clear();
    Tail::run(stages, a, ws.tail, rank_, trace ? &ws.rejected : nullptr);
    for (const RejectedEvent& r : ws.rejected) note_rejected(r, trace->events);
    return a;
  }

  const Pack& pack() const override { return *pack_; }
  std::shared_ptr<const Pack> pack_ptr() const override { return pack_; }
  const World& world() const override { return *world_; }
  std::shared_ptr<const World> world_ptr() const override { return world_; }
  const Ontology& ontology() const override { return ontology_; }
  const std::vector<std::string>& languages() const override { return codes_; }
  bool right_to_left(uint8_t lang) const override { return langs_[lang].right_to_left; }
  const LemmaTable& lemmas(uint8_t lang) const override { return langs_[lang].morph->lemmas(); }
  const Lexicon& lexicon(uint8_t lang) const override { return *langs_[lang].lexicon; }
  const UnitTable& units() const override { return units_; }
  std::string value_of(const TimeExpression& t) const override { return biruni::value_of(t); }

  static void note_rejected(const RejectedEvent& r, std::vector<EventTrace>& trace) {
    for (EventTrace& t : trace)
      if (t.word == r.word && t.row == r.row) t.outcome = fmt::format("rejected as unlikely ({:.2f}): {}", r.confidence, r.reasons);
  }

  // The first word of a matched name is a proper noun, whatever reading the words alone suggested.
  static void read_names_as_names(Analysis& a, size_t first) {
    for (size_t i = first; i < a.matches.names.size(); ++i) {
      const WordRange r = a.matches.names[i].words;
      Word& head = a.words.words[r.first];
      if (r.size() == 1 && head.tag != Tag::kNoun) head.tag = Tag::kPropn;
    }
  }

 private:
  struct Language {
    bool right_to_left = false;
    std::unique_ptr<Analyzer> morph;
    std::shared_ptr<const Lexicon> lexicon;
    std::unique_ptr<QuantityStage> quantity;
    std::unique_ptr<TimeStage> time;
    std::unique_ptr<ClauseStage> clause;
    std::unique_ptr<ActorStage> actor;
    std::unique_ptr<EventStage> event;
    std::unique_ptr<Tail> tail;
    AskTable asks;
  };
  bool rank_;
  std::shared_ptr<const Pack> pack_;
  std::shared_ptr<const World> world_;
  Ontology ontology_;
  UnitTable units_;
  std::vector<std::string> codes_;
  std::unique_ptr<TextStage> text_;
  std::vector<Language> langs_;
};

}  // namespace

std::string find_pack(const std::string& given) {
  namespace fs = std::filesystem;
  if (!given.empty()) return given;
  if (const char* env = std::getenv("BIRUNI_PACK")) return env;
  std::error_code ec;
  const fs::path self = fs::read_symlink("/proc/self/exe", ec);
  const fs::path beside = self.parent_path() / "biruni.pack";
  if (fs::exists(beside, ec)) return beside.string();
  const fs::path shared = self.parent_path() / ".." / "share" / "biruni" / "biruni.pack";
  if (fs::exists(shared, ec)) return shared.string();
  return beside.string();
}

Result<std::unique_ptr<Engine>> Engine::open(const EngineOptions& options) {
  auto pack = Pack::open(find_pack(options.pack_path));
  if (!pack) return pack.error();
  return std::unique_ptr<Engine>(std::make_unique<EngineImpl>(*pack, options.rank));
}

}  // namespace biruni
