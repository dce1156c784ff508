// The code book: what types, modes and CAMEO codes stand for, with scores. A view over sections codebook/* of the pack,
// compiled from packs/common/ontology.tsv and cameo.tsv. Immutable, thread-safe.
#pragma once
#include <span>

#include "base/result.h"
#include "pack/pack.h"
#include "pack/writer.h"

namespace biruni {

/// quad: 0 neutral, 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
struct TypeCode { StrId type = 0, mode = 0; float score = 0; uint32_t quad = 0; };
/// goldstein is NaN where the table has none.
struct CameoCode { StrId cameo = 0, type = 0, mode = 0, context = 0; float goldstein = 0; uint32_t quad = 0; };

inline std::span<const TypeCode> type_codes(const Pack& pack) { return pack.section<TypeCode>("codebook/types"); }
inline std::span<const CameoCode> cameo_codes(const Pack& pack) { return pack.section<CameoCode>("codebook/cameo"); }

Status compile_codebook(const std::string& packs_dir, PackWriter& out);

}  // namespace biruni
