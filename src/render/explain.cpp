#include "render/explain.h"
namespace biruni {
void Explain::write(const Analysis&, const Trace&, std::string&) {}
void Explain::write_json(const Analysis&, const Trace&, std::string&) {}
}
