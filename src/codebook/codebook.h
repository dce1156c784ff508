// The code book: what types, modes, CAMEO codes, sectors and countries stand for in other lists, with scores. A view over
// sections codebook/* of the pack, compiled from packs/common/{ontology,cameo,sector_codes,country_codes,search_prefixes}.tsv. Immutable,
// thread-safe.
#pragma once
#include <span>

#include "base/result.h"
#include "pack/pack.h"
#include "pack/writer.h"

namespace biruni {

/// quad: 0 neutral, 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
struct TypeCode { StrId type = 0, mode = 0, score = 0; uint32_t quad = 0; };
/// Numbers stay the texts of the table; goldstein may be empty. Contexts are joined by '|'.
struct CameoCode { StrId cameo = 0, type = 0, mode = 0, contexts = 0, goldstein = 0, label = 0; uint32_t quad = 0; };
struct SectorCode { StrId sector = 0, cameo = 0; };
/// Codes that are not known are empty.
struct CountryCode { StrId country = 0, iso2 = 0, gec = 0, cow = 0; };

inline std::span<const TypeCode> type_codes(const Pack& pack) { return pack.section<TypeCode>("codebook/types"); }
inline std::span<const CameoCode> cameo_codes(const Pack& pack) { return pack.section<CameoCode>("codebook/cameo"); }
inline std::span<const SectorCode> sector_codes(const Pack& pack) { return pack.section<SectorCode>("codebook/sectors"); }
inline std::span<const CountryCode> country_codes(const Pack& pack) { return pack.section<CountryCode>("codebook/countries"); }

/// Prefixes of words that full-text search looks behind.
inline std::span<const StrId> search_prefixes(const Pack& pack) { return pack.section<StrId>("codebook/search_prefixes"); }

Status compile_codebook(const std::string& packs_dir, PackWriter& out);

}  // namespace biruni
