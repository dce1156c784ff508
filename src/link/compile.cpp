#include "link/compile.h"

#include "pattern/compile.h"

namespace biruni {

Status compile_links(const std::string& packs_dir, const std::string& lang, LexiconBuilder& builder, PackWriter& out) {
  out.intern("link.same_event");
  return compile_patterns(packs_dir, lang, {"links", "links", "type", "link"}, builder, out);
}

}  // namespace biruni
