// Compiles the ontology (once) and the event tables of one language. Used by packc.
#pragma once
#include <string>

#include "base/result.h"
#include "event/tables.h"
#include "morph/builder.h"
#include "pack/tsv.h"
#include "pack/writer.h"

namespace biruni {

/// packs/common/ontology.tsv, contexts.tsv -> sections event/*.
Status compile_ontology(const std::string& packs_dir, PackWriter& out);
/// packs/LANG/events -> sections LANG/event_*, LANG/light_*.
Status compile_events(const std::string& packs_dir, const std::string& lang, LexiconBuilder& builder, PackWriter& out);

/// Parses "A=subj R=obj|PREP C!" into frame items; used by other tables with frames (stance).
Result<std::vector<FrameItem>> parse_frame(const TsvRow& row, std::string_view text, LexiconBuilder& builder, PackWriter& out, bool& swallow);
RelSpec parse_rel(std::string_view name, LexiconBuilder& builder, PackWriter& out);
Tag parse_tag(std::string_view name);

}  // namespace biruni
