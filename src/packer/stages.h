// The list of stage compilers, in the order in which they run. A new stage adds its line here.
#pragma once
#include <string>

#include "actor/compile.h"
#include "claim/compile.h"
#include "clause/compile.h"
#include "event/compile.h"
#include "link/compile.h"
#include "morph/builder.h"
#include "pack/writer.h"
#include "quantity/compile.h"
#include "rank/compile.h"
#include "stance/compile.h"
#include "time/compile.h"
#include "world/compile.h"

namespace biruni {

inline Status compile_stages(const std::string& packs, const std::string& lang, const WorldTables& world, LexiconBuilder& builder,
                             PackWriter& out) {
  (void)world;
  if (auto s = compile_quantity(packs, lang, builder, out); !s) return s;
  if (auto s = compile_time(packs, lang, builder, out); !s) return s;
  if (auto s = compile_actors(packs, lang, builder, out); !s) return s;
  if (auto s = compile_events(packs, lang, builder, out); !s) return s;
  if (auto s = compile_grammar(packs, lang, builder, out); !s) return s;
  if (auto s = compile_stance(packs, lang, builder, out); !s) return s;
  if (auto s = compile_rank(packs, lang, builder, out); !s) return s;
  if (auto s = compile_links(packs, lang, builder, out); !s) return s;
  if (auto s = compile_claims(packs, lang, builder, out); !s) return s;
  return Ok{};
}

}  // namespace biruni
