// The one table of languages that need code to inflect their words. Others list their forms (TableInflector).
#include "lang_ar/arabic.h"
#include "lang_en/english.h"
#include "morph/inflector.h"

namespace biruni {

std::unique_ptr<Inflector> make_inflector(const std::string& lang) {
  if (lang == "ar") return make_arabic_inflector();
  if (lang == "en") return make_english_inflector();
  return make_table_inflector();
}

}  // namespace biruni
