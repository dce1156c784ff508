#include "stance/compile.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "event/compile.h"
#include "pack/tsv.h"
#include "stance/tables.h"

namespace biruni {
namespace {

using namespace stance_flag;

const std::map<std::string_view, uint64_t> kFlagNames = {
    {"distance", kDistance}, {"accuse", kAccuse}, {"anonymous", kAnonymous}, {"presuppose", kPresuppose}, {"want", kWant},
    {"future", kFuture}, {"passive", kPassive}, {"clause", kClause}, {"need_report", kNeedReport}, {"need_quote", kNeedQuote},
    {"background", kBackground}, {"perfect", kPerfect}, {"imperfect", kImperfect}, {"subjunctive", kSubjunctive}, {"jussive", kJussive},
    {"need_event", kNeedEvent}, {"with_neg", kWithNeg}, {"past", kPast}, {"historical", kHistorical}, {"present", kPresent},
    {"noun", kNoun}, {"permit", kPermit}, {"even_if", kEvenIf}, {"concessive", kConcessive}, {"unsourced", kUnsourced},
    {"need_agree", kNeedAgree}, {"need_ask", kNeedAsk}, {"need_cond", kNeedCond}, {"inverted", kInverted}, {"attempt", kAttempt}, {"masdar", kMasdar}, {"no_holder", kNoHolder},
    {"postpone", kPostpone}, {"deny", kDeny}, {"infinitive", kInfinitive}, {"gerund", kGerund}, {"active", kActive}, {"clitic", kClitic}, {"performs", kPerforms}, {"complementizer", kComplementizer}};

const std::map<std::string_view, CueKind> kKinds = {
    {"neg", CueKind::kNeg}, {"modal", CueKind::kModal}, {"cond", CueKind::kCond}, {"counterfactual", CueKind::kCounterfactual},
    {"purpose", CueKind::kPurpose}, {"plan", CueKind::kPlan}, {"wish", CueKind::kWish}, {"duty", CueKind::kDuty}, {"ask", CueKind::kAsk},
    {"question", CueKind::kQuestion}, {"begin", CueKind::kBegin}, {"continue", CueKind::kContinue}, {"end", CueKind::kEnd},
    {"almost", CueKind::kAlmost}, {"exceptive", CueKind::kExceptive}, {"presuppose", CueKind::kPresuppose}, {"prevent", CueKind::kPrevent},
    {"fail", CueKind::kFail}, {"succeed", CueKind::kSucceed}, {"looks_like", CueKind::kLooksLike}, {"allegation", CueKind::kAllegation},
    {"opinion", CueKind::kOpinion}};

const std::map<std::string_view, StanceKind> kStances = {
    {"assert", StanceKind::kAssert}, {"claim", StanceKind::kClaim}, {"deny", StanceKind::kDeny}, {"doubt", StanceKind::kDoubt},
    {"deduce", StanceKind::kDeduce}, {"fear", StanceKind::kFear}, {"hope", StanceKind::kHope}, {"quote", StanceKind::kQuote},
    {"ask", StanceKind::kAsk}, {"threaten", StanceKind::kThreaten}, {"promise", StanceKind::kPromise}};

const std::map<std::string_view, Factuality> kValues = {
    {"CT+", Factuality::kCtPlus}, {"PR+", Factuality::kPrPlus}, {"PS+", Factuality::kPsPlus}, {"CT-", Factuality::kCtMinus},
    {"PR-", Factuality::kPrMinus}, {"PS-", Factuality::kPsMinus}, {"Uu", Factuality::kUu}, {"-", Factuality::kCtPlus}};

const std::map<std::string_view, uint8_t> kScopes = {
    {"verb", stance_scope::kVerb}, {"head", stance_scope::kHead}, {"clause", stance_scope::kClause}, {"consequence", stance_scope::kConsequence}};

constexpr const char* kReasons[] = {
    "first person outside quotations", "questions outside quotations", "evaluative words", "few statements are attributed to a source",
    "most statements are attributed to a source", "dateline of a news agency", "accusations without a source"};

Error bad(const TsvRow& row, const std::string& what, const std::string& hint = "") {
  return Error{ErrorCode::kBadValue, what, row.where(), hint};
}

class Compiler {
 public:
  Compiler(const std::string& dir, const std::string& lang, LexiconBuilder& builder, PackWriter& out)
      : dir_(dir), lang_(lang), builder_(builder), out_(out) {}

  Status run() {
    if (auto s = reports(); !s) return s;
    if (auto s = cues(); !s) return s;
    if (auto s = evaluative(); !s) return s;
    std::vector<IndexRange> ranges(of_lemma_.empty() ? 0 : of_lemma_.rbegin()->first + 1);
    std::vector<uint32_t> list;
    for (const auto& [lemma, rows] : of_lemma_) {
      ranges[lemma] = {static_cast<uint32_t>(list.size()), static_cast<uint32_t>(list.size() + rows.size())};
      list.insert(list.end(), rows.begin(), rows.end());
    }
    std::stable_sort(by_key_.begin(), by_key_.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    std::stable_sort(evaluative_.begin(), evaluative_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    out_.add(lang_ + "/stance_rows", rows_);
    out_.add(lang_ + "/stance_frames", frames_);
    out_.add(lang_ + "/stance_keys", keys_);
    out_.add(lang_ + "/stance_spellings", spellings_);
    out_.add(lang_ + "/stance_of", ranges);
    out_.add(lang_ + "/stance_of_list", list);
    out_.add(lang_ + "/stance_by_key", by_key_);
    out_.add(lang_ + "/stance_evaluative", evaluative_);
    std::vector<StrId> reasons;
    for (const char* r : kReasons) reasons.push_back(out_.intern(r));
    out_.add(lang_ + "/stance_reasons", reasons);
    return Ok{};
  }

 private:
  Status flags(const TsvRow& row, StanceRow& r) {
    for (std::string_view f : split(row["flags"], ' ')) {
      f = trim(f);
      if (f.empty()) continue;
      if (f.substr(0, 4) == "neg=") {
        const auto v = kValues.find(f.substr(4));
        if (v == kValues.end()) return bad(row, "unknown value '" + std::string(f) + "'");
        r.negated = v->second;
        r.has_negated = 1;
        continue;
      }
      // Words that only tell a reader why the row is there are kept in the table and mean nothing here.
      if (const auto it = kFlagNames.find(f); it != kFlagNames.end()) r.flags |= it->second;
    }
    return Ok{};
  }

  // "C=head H=self": what the general frame syntax does not know.
  Status frame(const TsvRow& row, std::string_view text, StanceRow& r) {
    std::string rest;
    for (std::string_view part : split(text, ' ')) {
      if (part.empty()) continue;
      if (part == "H=self") { r.flags |= kHolderSelf; continue; }
      std::string kept;
      const size_t eq = part.find('=');
      if (eq == std::string_view::npos) return bad(row, "'" + std::string(part) + "' is no frame item", "write H=subj C=comp|of");
      for (std::string_view rel : split(part.substr(eq + 1), '|')) {
        const auto scope = kScopes.find(rel);
        if (scope != kScopes.end()) { r.scope |= scope->second; continue; }
        kept += (kept.empty() ? "" : "|") + std::string(rel);
      }
      if (!kept.empty()) rest += (rest.empty() ? "" : " ") + std::string(part.substr(0, eq + 1)) + kept;
    }
    bool swallow = false;
    auto items = parse_frame(row, rest, builder_, out_, swallow);
    if (!items) return items.error();
    r.frame_begin = static_cast<uint32_t>(frames_.size());
    frames_.insert(frames_.end(), items->begin(), items->end());
    r.frame_end = static_cast<uint32_t>(frames_.size());
    return Ok{};
  }

  Status words(const TsvRow& row, StanceRow& r) {
    const auto parts = split(row["lemma"], ' ');
    if (parts.empty()) return bad(row, "no lemma");
    r.keys_begin = static_cast<uint32_t>(keys_.size());
    for (auto p : parts) { keys_.push_back(out_.intern(builder_.key_of(p))); spellings_.push_back(out_.intern(p)); }
    r.keys_end = static_cast<uint32_t>(keys_.size());
    const auto index = static_cast<uint32_t>(rows_.size());
    const bool content = r.tag == Tag::kVerb || r.tag == Tag::kNoun || r.tag == Tag::kAdj;
    std::vector<uint32_t> lemmas;
    if (parts.size() == 1) lemmas = builder_.resolve(parts[0], r.tag, content);
    for (uint32_t l : lemmas) of_lemma_[l].push_back(index);
    by_key_.push_back({keys_[r.keys_begin], index, lemmas.empty() ? 0u : 1u});
    // A first word that is written together with a preposition or particle: the tokenizer may have cut it off.
    if (r.tag != Tag::kVerb && r.tag != Tag::kNoun) {
      const std::string first = builder_.key_of(parts[0]);
      size_t pos = 0;
      if (!first.empty()) utf8::next(first, pos);
      if (pos < first.size() && static_cast<unsigned char>(first[0]) >= 0x80) by_key_.push_back({out_.intern(first.substr(0, pos)), index, 0});
    }
    rows_.push_back(r);
    return Ok{};
  }

  Status reports() {
    auto table = read_tsv(dir_, lang_ + "/stance/reports", {"id", "lemma", "tag", "stance", "commit", "author", "frame", "flags", "example", "origin"}, false);
    if (!table) return table.error();
    for (const TsvRow& row : (*table)->rows) {
      StanceRow r;
      r.id = out_.intern(row["id"]);
      r.tag = parse_tag(row["tag"]);
      const auto stance = kStances.find(row["stance"]);
      if (stance == kStances.end()) return bad(row, "unknown stance '" + row["stance"] + "'");
      r.stance = stance->second;
      const auto commit = kValues.find(row["commit"]);
      const auto author = kValues.find(row["author"]);
      if (commit == kValues.end() || author == kValues.end()) return bad(row, "unknown commitment '" + row["commit"] + "' or '" + row["author"] + "'");
      r.value = commit->second;
      r.author = author->second;
      if (auto s = flags(row, r); !s) return s;
      if (auto s = frame(row, row["frame"], r); !s) return s;
      if (auto s = words(row, r); !s) return s;
    }
    return Ok{};
  }

  Status cues() {
    auto table = read_tsv(dir_, lang_ + "/stance/cues", {"id", "lemma", "tag", "kind", "value", "scope", "flags", "example", "origin"}, false);
    if (!table) return table.error();
    for (const TsvRow& row : (*table)->rows) {
      StanceRow r;
      r.id = out_.intern(row["id"]);
      r.tag = parse_tag(row["tag"]);
      const auto kind = kKinds.find(row["kind"]);
      if (kind == kKinds.end()) return bad(row, "unknown kind '" + row["kind"] + "'");
      r.kind = kind->second;
      const auto value = kValues.find(row["value"]);
      if (value == kValues.end()) return bad(row, "unknown value '" + row["value"] + "'");
      r.value = value->second;
      if (auto s = flags(row, r); !s) return s;
      if (!row["scope"].empty())
        if (auto s = frame(row, "C=" + row["scope"], r); !s) return s;
      if (auto s = words(row, r); !s) return s;
    }
    return Ok{};
  }

  Status evaluative() {
    auto table = read_tsv(dir_, lang_ + "/stance/evaluative", {"phrase", "kind", "note", "origin"}, false);
    if (!table) return table.error();
    for (const TsvRow& row : (*table)->rows) {
      EvaluativeRow e;
      e.kind = out_.intern(row["kind"]);
      e.keys_begin = static_cast<uint32_t>(keys_.size());
      for (auto p : split(row["phrase"], ' ')) { keys_.push_back(out_.intern(builder_.key_of(p))); spellings_.push_back(out_.intern(p)); }
      e.keys_end = static_cast<uint32_t>(keys_.size());
      if (e.keys_begin == e.keys_end) return bad(row, "no phrase");
      e.first = keys_[e.keys_begin];
      evaluative_.push_back(e);
    }
    return Ok{};
  }

  std::string dir_, lang_;
  LexiconBuilder& builder_;
  PackWriter& out_;
  std::vector<StanceRow> rows_;
  std::vector<FrameItem> frames_;
  std::vector<StrId> keys_, spellings_;
  std::map<uint32_t, std::vector<uint32_t>> of_lemma_;
  std::vector<StanceKeyRow> by_key_;
  std::vector<EvaluativeRow> evaluative_;
};

}  // namespace

Status compile_stance(const std::string& packs_dir, const std::string& lang, LexiconBuilder& builder, PackWriter& out) {
  return Compiler(packs_dir, lang, builder, out).run();
}

}  // namespace biruni
