#include "event/compile.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "event/ontology.h"

namespace biruni {
namespace {

const std::map<std::string_view, Rel> kRels = {
    {"subj", Rel::kSubj}, {"obj", Rel::kObj}, {"obj2", Rel::kObj2}, {"agent", Rel::kAgent}, {"gen", Rel::kGen}, {"adj", Rel::kAdj},
    {"nmod", Rel::kNmod}, {"comp", Rel::kComp}, {"appos", Rel::kAppos}, {"advcl", Rel::kAdvcl}, {"acl", Rel::kAcl}, {"prt", Rel::kPrt}};

const std::map<std::string_view, CondKind> kBuiltins = {
    {"@actor", CondKind::kActor}, {"@country", CondKind::kCountry}, {"@person", CondKind::kPerson}, {"@org", CondKind::kOrg},
    {"@armed", CondKind::kArmed}, {"@place", CondKind::kPlace}, {"@number", CondKind::kNumber}, {"@event", CondKind::kEvent},
    {"@clause", CondKind::kClause}, {"@infinitive", CondKind::kInfinitive}, {"@duty", CondKind::kDuty}, {"@official", CondKind::kOfficial}, {"@negated", CondKind::kNegated}};

const std::vector<std::string_view> kMagnitudes = {"", "killed", "wounded", "arrested", "participants", "troops", "money"};

struct Names {
  std::map<std::string, uint8_t> types, modes;
  std::map<std::string, size_t> contexts;
};

Result<Names> read_names(const std::string& dir) {
  Names names;
  auto table = read_tsv(dir, "common/ontology", {"type", "mode", "quad", "score", "flags"});
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    if (row["mode"].empty()) {
      const auto next = static_cast<uint8_t>(names.types.size() + 1);
      names.types.emplace(row["type"], next);
    } else if (!names.modes.count(row["mode"])) {
      const auto next = static_cast<uint8_t>(names.modes.size() + 1);
      names.modes.emplace(row["mode"], next);
    }
  }
  auto contexts = read_tsv(dir, "common/contexts", {"context"});
  if (!contexts) return contexts.error();
  for (const TsvRow& row : (*contexts)->rows) {
    const size_t next = names.contexts.size();
    names.contexts.emplace(row["context"], next);
  }
  return names;
}

Error bad(const TsvRow& row, const std::string& what, const std::string& hint = "") {
  return Error{ErrorCode::kBadValue, what, row.where(), hint};
}

class Compiler {
 public:
  Compiler(const std::string& dir, const std::string& lang, LexiconBuilder& builder, PackWriter& out)
      : dir_(dir), lang_(lang), builder_(builder), out_(out) {}
  Status run();

 private:
  Status events();
  Status light();
  Status conditions(const TsvRow& row, std::string_view text, uint32_t& begin, uint32_t& end);
  Status frame(const TsvRow& row, std::string_view text, uint32_t& begin, uint32_t& end, uint8_t* swallow);
  // Head lemma(s) of a table cell and the keys of its other words.
  std::vector<uint32_t> head(const TsvRow& row, Tag tag, uint32_t& idiom_begin, uint32_t& idiom_end);
  std::vector<IndexRange> index(const std::vector<std::vector<uint32_t>>& of, const char* section);

  std::string dir_, lang_;
  LexiconBuilder& builder_;
  PackWriter& out_;
  Names names_;
  std::vector<EventRow> rows_;
  std::vector<LightRow> light_;
  std::vector<FrameItem> frames_;
  std::vector<Condition> conditions_;
  std::vector<ConditionValue> values_;
  std::vector<StrId> keys_;
  std::vector<MagnitudeSpec> magnitudes_;
  std::map<uint32_t, std::vector<uint32_t>> events_of_, light_of_;
};

Status Compiler::conditions(const TsvRow& row, std::string_view text, uint32_t& begin, uint32_t& end) {
  begin = static_cast<uint32_t>(conditions_.size());
  for (std::string_view item : split(text, ' ')) {
    item = trim(item);
    if (item.empty()) continue;
    Condition c;
    bool negated = false;
    if (item[0] == '!') {
      negated = true;
      item.remove_prefix(1);
    }
    const size_t tilde = item.find('~');
    const std::string_view rel = item.substr(0, tilde);
    if (rel == "ctx") c.rel.context = 1;
    else c.rel = parse_rel(rel, builder_, out_);
    c.rel.negated = negated;
    c.values_begin = static_cast<uint32_t>(values_.size());
    if (tilde != std::string_view::npos) {
      for (std::string_view v : split(item.substr(tilde + 1), ',')) {
        ConditionValue value;
        if (v.empty()) continue;
        if (v.starts_with("=@")) return bad(row, "'" + std::string(v) + "' mixes a lemma and a built-in", "write @country or =lemma");
        if (v[0] == '=') {
          value.kind = CondKind::kLemma;
          std::string word(v.substr(1));
          for (char& ch : word)
            if (ch == '_') ch = ' ';
          value.value = out_.intern(builder_.key_of(word.substr(0, word.find(' '))));
        } else if (v[0] == '@') {
          const size_t colon = v.find(':');
          const auto builtin = kBuiltins.find(v.substr(0, colon));
          if (builtin == kBuiltins.end()) return bad(row, "unknown condition '" + std::string(v) + "'", "see docs/formats/packs.md");
          value.kind = builtin->second;
          if (colon != std::string_view::npos) {
            const auto type = names_.types.find(std::string(v.substr(colon + 1)));
            if (type == names_.types.end()) return bad(row, "unknown type in '" + std::string(v) + "'");
            value.value = type->second;
          }
        } else {
          value.kind = CondKind::kClass;
          // A class nobody is in is created empty, so that its id is valid.
          value.value = builder_.add_class(kNone, v);
        }
        values_.push_back(value);
      }
    }
    c.values_end = static_cast<uint32_t>(values_.size());
    conditions_.push_back(c);
  }
  end = static_cast<uint32_t>(conditions_.size());
  return Ok{};
}

Status Compiler::frame(const TsvRow& row, std::string_view text, uint32_t& begin, uint32_t& end, uint8_t* swallow) {
  bool swallows = false;
  auto items = parse_frame(row, text, builder_, out_, swallows);
  if (!items) return items.error();
  if (swallow) *swallow = swallows;
  begin = static_cast<uint32_t>(frames_.size());
  frames_.insert(frames_.end(), items->begin(), items->end());
  end = static_cast<uint32_t>(frames_.size());
  return Ok{};
}

std::vector<uint32_t> Compiler::head(const TsvRow& row, Tag tag, uint32_t& idiom_begin, uint32_t& idiom_end) {
  const auto words = split(row["lemma"], ' ');
  idiom_begin = static_cast<uint32_t>(keys_.size());
  for (size_t i = 1; i < words.size(); ++i) keys_.push_back(out_.intern(builder_.key_of(words[i])));
  idiom_end = static_cast<uint32_t>(keys_.size());
  auto lemmas = builder_.resolve(words[0], tag, true);
  // a noun that is a participle in form may be read as one
  if (tag == Tag::kNoun)
    for (uint32_t l : builder_.resolve(words[0], Tag::kAdj, false))
      if (builder_.row(l).derivation != Derivation::kNone && std::find(lemmas.begin(), lemmas.end(), l) == lemmas.end()) lemmas.push_back(l);
  return lemmas;
}

Status Compiler::events() {
  auto table = read_tsv(dir_, lang_ + "/events/events", {"id", "lemma", "tag", "type", "mode", "contexts", "cameo", "frame", "need", "not",
                                                         "magnitude", "example", "counter", "origin"});
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    EventRow e;
    e.id = out_.intern(row["id"]);
    e.cameo = out_.intern(row["cameo"]);
    e.origin = out_.intern(row.where());
    e.tag = parse_tag(row["tag"]);
    if (e.tag == Tag::kX) return bad(row, "unknown tag '" + row["tag"] + "'", "VERB, NOUN or ADJ");
    if (row["type"] == "-") {
      e.look_alike = out_.intern(row["mode"].empty() ? "none" : row["mode"]);
    } else {
      const auto type = names_.types.find(row["type"]);
      if (type == names_.types.end()) return bad(row, "unknown type '" + row["type"] + "'", "see packs/common/ontology.tsv");
      e.type = type->second;
      if (!row["mode"].empty()) {
        const auto mode = names_.modes.find(row["mode"]);
        if (mode == names_.modes.end()) return bad(row, "unknown mode '" + row["mode"] + "'", "see packs/common/ontology.tsv");
        e.mode = mode->second;
      }
      for (std::string_view c : split(row["contexts"], '|')) {
        const auto context = names_.contexts.find(std::string(trim(c)));
        if (context == names_.contexts.end()) return bad(row, "unknown context '" + std::string(c) + "'", "see packs/common/contexts.tsv");
        e.contexts |= uint64_t{1} << context->second;
      }
    }
    std::string_view frame_text = row["frame"];
    if (frame_text.empty()) frame_text = e.tag == Tag::kVerb ? "A=subj R=obj" : "A=adj|nmod|agent|gen";
    if (auto s = frame(row, frame_text, e.frame_begin, e.frame_end, &e.swallow); !s) return s;
    if (auto s = conditions(row, row["need"], e.need_begin, e.need_end); !s) return s;
    if (auto s = conditions(row, row["not"], e.not_begin, e.not_end); !s) return s;
    e.magnitude_begin = static_cast<uint32_t>(magnitudes_.size());
    for (std::string_view item : split(row["magnitude"], ' ')) {
      const size_t eq = item.find('=');
      if (item.empty() || eq == std::string_view::npos) continue;
      MagnitudeSpec m;
      for (size_t i = 1; i < kMagnitudes.size(); ++i)
        if (kMagnitudes[i] == item.substr(0, eq)) m.what = static_cast<uint8_t>(i);
      if (!m.what) return bad(row, "unknown magnitude '" + std::string(item) + "'");
      for (std::string_view rel : split(item.substr(eq + 1), '|')) {
        m.rel = parse_rel(rel, builder_, out_);
        magnitudes_.push_back(m);
      }
    }
    e.magnitude_end = static_cast<uint32_t>(magnitudes_.size());
    const auto lemmas = head(row, e.tag, e.idiom_begin, e.idiom_end);
    if (lemmas.empty()) return bad(row, "no lemma '" + row["lemma"] + "'");
    for (uint32_t l : lemmas) events_of_[l].push_back(static_cast<uint32_t>(rows_.size()));
    rows_.push_back(e);
  }
  return Ok{};
}

Status Compiler::light() {
  static const std::map<std::string_view, Aspect> kAspects = {
      {"", Aspect::kNone}, {"begin", Aspect::kBegin}, {"continue", Aspect::kContinue}, {"end", Aspect::kEnd}, {"prevent", Aspect::kPrevent},
      {"plan", Aspect::kPlan}, {"cause", Aspect::kCause}, {"repeat", Aspect::kRepeat}, {"resume", Aspect::kResume}};
  auto table = read_tsv(dir_, lang_ + "/events/light", {"id", "lemma", "tag", "event", "roles", "aspect", "example", "origin"}, false);
  if (!table) return table.error();
  for (const TsvRow& row : (*table)->rows) {
    const auto aspect = kAspects.find(row["aspect"]);
    if (aspect == kAspects.end()) return bad(row, "unknown aspect '" + row["aspect"] + "'");
    for (std::string_view rel : split(row["event"], '|')) {
      LightRow l;
      l.id = out_.intern(row["id"]);
      l.tag = parse_tag(row["tag"]);
      l.aspect = aspect->second;
      l.event = parse_rel(rel, builder_, out_);
      if (auto s = frame(row, row["roles"], l.frame_begin, l.frame_end, nullptr); !s) return s;
      for (uint32_t lemma : head(row, l.tag, l.idiom_begin, l.idiom_end)) light_of_[lemma].push_back(static_cast<uint32_t>(light_.size()));
      light_.push_back(l);
    }
  }
  return Ok{};
}

Status Compiler::run() {
  auto names = read_names(dir_);
  if (!names) return names.error();
  names_ = *names;
  if (auto s = events(); !s) return s;
  if (auto s = light(); !s) return s;
  out_.add(lang_ + "/event_rows", rows_);
  out_.add(lang_ + "/event_light", light_);
  out_.add(lang_ + "/event_frames", frames_);
  out_.add(lang_ + "/event_conditions", conditions_);
  out_.add(lang_ + "/event_values", values_);
  out_.add(lang_ + "/event_keys", keys_);
  out_.add(lang_ + "/event_magnitudes", magnitudes_);
  for (const auto& [section, of] : {std::pair{"/events_of", &events_of_}, std::pair{"/light_of", &light_of_}}) {
    uint32_t top = 0;
    for (const auto& [lemma, list] : *of) top = std::max(top, lemma + 1);
    std::vector<IndexRange> ranges(top);
    std::vector<uint32_t> list_all;
    for (const auto& [lemma, list] : *of) {
      ranges[lemma] = {static_cast<uint32_t>(list_all.size()), static_cast<uint32_t>(list_all.size() + list.size())};
      list_all.insert(list_all.end(), list.begin(), list.end());
    }
    out_.add(lang_ + section, ranges);
    out_.add(lang_ + section + "_list", list_all);
  }
  return Ok{};
}

}  // namespace

Tag parse_tag(std::string_view name) {
  static const std::map<std::string_view, Tag> kTags = {
      {"VERB", Tag::kVerb}, {"NOUN", Tag::kNoun}, {"ADJ", Tag::kAdj}, {"ADP", Tag::kAdp}, {"ADV", Tag::kAdv}, {"PART", Tag::kPart},
      {"SCONJ", Tag::kSconj}, {"CCONJ", Tag::kCconj}, {"AUX", Tag::kAux}, {"DET", Tag::kDet}, {"PRON", Tag::kPron}, {"INTJ", Tag::kIntj},
      {"PROPN", Tag::kPropn}, {"NUM", Tag::kNum}};
  const auto it = kTags.find(name);
  return it == kTags.end() ? Tag::kX : it->second;
}

RelSpec parse_rel(std::string_view name, LexiconBuilder& builder, PackWriter& out) {
  RelSpec spec;
  name = trim(name);
  const auto it = kRels.find(name);
  if (it != kRels.end()) {
    spec.rel = it->second;
  } else {
    spec.rel = Rel::kObl;
    std::string text(name);
    for (char& c : text)
      if (c == '_') c = ' ';
    spec.prep = out.intern(builder.key_of(text));
  }
  return spec;
}

Result<std::vector<FrameItem>> parse_frame(const TsvRow& row, std::string_view text, LexiconBuilder& builder, PackWriter& out, bool& swallow) {
  std::vector<FrameItem> items;
  swallow = false;
  for (std::string_view part : split(text, ' ')) {
    part = trim(part);
    if (part.empty()) continue;
    if (part == "C!") { swallow = true; continue; }
    const size_t eq = part.find('=');
    if (eq == std::string_view::npos || eq == 0 || eq > 2) return bad(row, "'" + std::string(part) + "' is no frame item", "write A=subj or R=obj|on");
    if (part.substr(0, eq) == "C!") swallow = true;
    for (std::string_view rel : split(part.substr(eq + 1), '|')) {
      if (rel.empty()) continue;
      FrameItem item;
      item.role = static_cast<uint8_t>(part[0]);
      item.rel = parse_rel(rel, builder, out);
      items.push_back(item);
    }
  }
  return items;
}

Status compile_ontology(const std::string& packs_dir, PackWriter& out) {
  static const std::map<std::string_view, uint32_t> kFlags = {
      {"swallows", type_flag::kSwallowsContent}, {"cooperative", type_flag::kCooperative}, {"promise", type_flag::kPromise},
      {"recipient", type_flag::kNeedsRecipient}, {"accuses", type_flag::kAccuses}, {"yields", type_flag::kYields},
      {"refusal", type_flag::kRefusal}, {"threat", type_flag::kThreat}, {"hostile", type_flag::kHostile}, {"grounded", type_flag::kGrounded}};
  auto table = read_tsv(packs_dir, "common/ontology", {"type", "mode", "quad", "score", "flags"});
  if (!table) return table.error();
  std::vector<OntologyRow> types(1), modes(1);
  std::map<std::string, int> seen;
  for (const TsvRow& row : (*table)->rows) {
    OntologyRow o;
    o.quad = out.intern(row["quad"]);
    o.score = std::strtof(row["score"].c_str(), nullptr);
    if (row["mode"].empty()) {
      o.name = out.intern(row["type"]);
      if (row["quad"] == "material_conflict") o.flags |= type_flag::kMaterial;
      if (row["quad"] == "verbal_conflict") o.flags |= type_flag::kAgainst;
      for (std::string_view f : split(row["flags"], '|')) {
        const auto flag = kFlags.find(trim(f));
        if (flag == kFlags.end()) return bad(row, "unknown flag '" + std::string(f) + "'", "swallows, cooperative, promise, recipient, accuses, yields, refusal, threat, hostile, grounded");
        o.flags |= flag->second;
      }
      types.push_back(o);
    } else if (!seen[row["mode"]]++) {
      o.name = out.intern(row["mode"]);
      modes.push_back(o);
    }
  }
  auto contexts = read_tsv(packs_dir, "common/contexts", {"context"});
  if (!contexts) return contexts.error();
  std::vector<StrId> context_ids, magnitudes;
  for (const TsvRow& row : (*contexts)->rows) context_ids.push_back(out.intern(row["context"]));
  if (context_ids.size() > 64) return Error{ErrorCode::kTooLarge, "more than 64 contexts", "packs/common/contexts.tsv", ""};
  for (auto m : kMagnitudes) magnitudes.push_back(out.intern(m));
  out.add("event/types", types);
  out.add("event/modes", modes);
  out.add("event/contexts", context_ids);
  out.add("event/magnitudes", magnitudes);
  return Ok{};
}

Status compile_events(const std::string& packs_dir, const std::string& lang, LexiconBuilder& builder, PackWriter& out) {
  return Compiler(packs_dir, lang, builder, out).run();
}

}  // namespace biruni
