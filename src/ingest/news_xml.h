// News in XML: RSS 0.9x-2.0 and RDF, Atom, NewsML-G2, NITF, PETRARCH's sentences and articles. The kind is told by the
// names of the elements, whatever their name-space prefix. Thread-safe.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ingest/fields.h"

namespace biruni {

/// Documents of a file, in its order; `id` where the file gives one. `xml` is UTF-8. False: `reason` says why not one
/// could be read; a file without items is no failure.
bool parse_news_xml(std::string_view xml, std::vector<InputFields>& out, std::string& reason);

}  // namespace biruni
