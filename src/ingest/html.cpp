#include "ingest/html.h"

#include <gumbo.h>

#include <algorithm>
#include <memory_resource>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <vector>

#include "ingest/dates.h"

namespace biruni {
namespace {

constexpr int kDeepest = 400;      // nesting of elements that is followed; a hostile page has more
constexpr int kDeepestPage = 3000;  // nesting above which a page is not parsed at all: the time would grow with its square

using Json = nlohmann::json;

bool is_element(const GumboNode* n) { return n->type == GUMBO_NODE_ELEMENT; }
bool is_text(const GumboNode* n) {
  return n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_WHITESPACE || n->type == GUMBO_NODE_CDATA;
}

/// A parsed page; its nodes die with it at once, since gumbo's own way to free them descends as deep as the page nests.
class Page {
 public:
  explicit Page(std::string_view page) {
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    options.userdata = &memory_;
    options.allocator = [](void* memory, size_t size) { return static_cast<std::pmr::monotonic_buffer_resource*>(memory)->allocate(size); };
    options.deallocator = [](void*, void*) {};
    root_ = gumbo_parse_with_options(&options, page.data(), page.size())->root;
  }
  const GumboNode* root() const { return root_; }

 private:
  std::pmr::monotonic_buffer_resource memory_{1 << 16};
  const GumboNode* root_;
};

/// Whether elements that must be closed (by standing in one another) nest deeper than any page made for people.
bool nests_too_deep(std::string_view page) {
  constexpr std::string_view kNesting[] = {"div", "span", "section", "table", "ul", "ol", "b", "i", "font", "a", "blockquote", "center", "em", "strong", "svg"};
  int depth = 0;
  for (size_t at = page.find('<'); at != std::string_view::npos; at = page.find('<', at + 1)) {
    const bool closes = at + 1 < page.size() && page[at + 1] == '/';
    size_t to = at + 1 + closes;
    std::string name;
    while (to < page.size() && name.size() < 11 && isalpha(static_cast<unsigned char>(page[to]))) name += static_cast<char>(tolower(page[to++]));
    if (std::find(std::begin(kNesting), std::end(kNesting), name) == std::end(kNesting)) continue;
    depth = closes ? std::max(0, depth - 1) : depth + 1;
    if (depth > kDeepestPage) return true;
  }
  return false;
}

std::string_view attribute(const GumboNode* n, const char* name) {
  const GumboAttribute* a = gumbo_get_attribute(&n->v.element.attributes, name);
  return a ? std::string_view(a->value) : std::string_view();
}

template <typename F>
void walk(const GumboNode* n, const F& f, int depth = 0) {
  if (!is_element(n) || depth > kDeepest || !f(n)) return;
  const GumboVector& children = n->v.element.children;
  for (unsigned i = 0; i < children.length; ++i) walk(static_cast<const GumboNode*>(children.data[i]), f, depth + 1);
}

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P: case GUMBO_TAG_DIV: case GUMBO_TAG_SECTION: case GUMBO_TAG_ARTICLE: case GUMBO_TAG_H1: case GUMBO_TAG_H2:
    case GUMBO_TAG_H3: case GUMBO_TAG_H4: case GUMBO_TAG_H5: case GUMBO_TAG_H6: case GUMBO_TAG_LI: case GUMBO_TAG_UL: case GUMBO_TAG_OL:
    case GUMBO_TAG_BLOCKQUOTE: case GUMBO_TAG_TABLE: case GUMBO_TAG_TR: case GUMBO_TAG_TD: case GUMBO_TAG_TH: case GUMBO_TAG_PRE:
    case GUMBO_TAG_DD: case GUMBO_TAG_DT: case GUMBO_TAG_MAIN: case GUMBO_TAG_CENTER: return true;
    default: return false;
  }
}

bool is_never_text(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT: case GUMBO_TAG_STYLE: case GUMBO_TAG_NOSCRIPT: case GUMBO_TAG_TEMPLATE: case GUMBO_TAG_IFRAME: case GUMBO_TAG_SVG:
    case GUMBO_TAG_BUTTON: case GUMBO_TAG_SELECT: case GUMBO_TAG_TEXTAREA: case GUMBO_TAG_HEAD: case GUMBO_TAG_OBJECT: return true;
    default: return false;
  }
}

bool is_furniture(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_NAV: case GUMBO_TAG_ASIDE: case GUMBO_TAG_FOOTER: case GUMBO_TAG_FORM: case GUMBO_TAG_FIGURE: case GUMBO_TAG_HEADER: return true;
    default: return false;
  }
}

/// What the makers of pages call the parts around an article, in class and id.
bool furniture_name(const GumboNode* n) {
  constexpr std::string_view kNames[] = {"comment", "sidebar", "footer", "related", "share",  "social",  "promo", "newsletter", "breadcrumb",
                                         "advert",  "menu",    "navbar", "popup",   "cookie", "caption", "byline", "tags"};
  std::string name(attribute(n, "class"));
  name += ' ';
  name += attribute(n, "id");
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(tolower(c)); });
  return std::any_of(std::begin(kNames), std::end(kNames), [&](std::string_view s) { return name.find(s) != std::string::npos; });
}

/// Text with white space folded; blocks parted by an empty line.
class Writer {
 public:
  std::string out;
  void text(std::string_view s) {
    for (const char c : s) {
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
        gap_ = true;
        continue;
      }
      if (broken_ && !out.empty()) out += "\n\n";
      else if (gap_ && !out.empty()) out += ' ';
      gap_ = broken_ = false;
      out += c;
    }
  }
  void block() { broken_ = true; }

 private:
  bool gap_ = false, broken_ = false;
};

void write(const GumboNode* n, bool all, Writer& to, int depth = 0) {
  if (is_text(n)) return to.text(n->v.text.text);
  if (!is_element(n) || depth > kDeepest) return;
  const GumboTag tag = n->v.element.tag;
  if (is_never_text(tag)) return;
  if (!all && depth > 0 && (is_furniture(tag) || (tag != GUMBO_TAG_P && furniture_name(n)))) return;
  const bool block = is_block(tag) || tag == GUMBO_TAG_BR;
  if (block) to.block();
  const GumboVector& children = n->v.element.children;
  for (unsigned i = 0; i < children.length; ++i) write(static_cast<const GumboNode*>(children.data[i]), all, to, depth + 1);
  if (block) to.block();
}

std::string text_of(const GumboNode* n, bool all) {
  Writer w;
  write(n, all, w);
  return std::move(w.out);
}

size_t link_letters(const GumboNode* n) {
  size_t letters = 0;
  walk(n, [&](const GumboNode* e) {
    if (e->v.element.tag != GUMBO_TAG_A) return true;
    letters += text_of(e, true).size();
    return false;
  });
  return letters;
}

struct Score {
  double points = 0;
  unsigned order = 0;
};

/// The element that holds the article: parents of paragraphs scored by their length and commas, less their links.
const GumboNode* find_article(const GumboNode* body) {
  std::unordered_map<const GumboNode*, Score> scores;
  unsigned order = 0;
  auto give = [&](const GumboNode* n, double points) {
    if (!n || !is_element(n)) return;
    auto [it, fresh] = scores.try_emplace(n);
    if (fresh) it->second.order = order++;
    it->second.points += points;
  };
  walk(body, [&](const GumboNode* n) {
    const GumboTag tag = n->v.element.tag;
    if (is_never_text(tag) || is_furniture(tag)) return false;
    if (tag != GUMBO_TAG_P && n != body && furniture_name(n)) return false;
    if (tag != GUMBO_TAG_P && tag != GUMBO_TAG_PRE && tag != GUMBO_TAG_BLOCKQUOTE) return true;
    const std::string text = text_of(n, false);
    if (text.size() < 25) return true;
    double points = 1 + std::min(3.0, static_cast<double>(text.size()) / 100);
    points += static_cast<double>(std::count(text.begin(), text.end(), ','));
    for (size_t at = text.find("\xD8\x8C"); at != std::string::npos; at = text.find("\xD8\x8C", at + 2)) points += 1;  // Arabic comma
    const double links = static_cast<double>(link_letters(n)) / static_cast<double>(text.size());
    points *= 1 - std::min(1.0, links);
    give(n->parent, points);
    if (n->parent) give(n->parent->parent, points / 2);
    return true;
  });
  const GumboNode* best = nullptr;
  Score top;
  for (const auto& [n, s] : scores) {
    Score here = s;
    if (n->v.element.tag == GUMBO_TAG_ARTICLE) here.points *= 1.25;
    if (!best || here.points > top.points || (here.points == top.points && here.order < top.order)) {
      best = n;
      top = here;
    }
  }
  return best;
}

/// A page may have several article elements (teasers); the first with text is as good as the score of its parent says.
std::string article_text(const GumboNode* body) {
  const GumboNode* best = find_article(body);
  return best ? text_of(best, false) : text_of(body, false);
}

std::string string_of(const Json& j) {
  if (j.is_string()) return j.get<std::string>();
  if (j.is_object()) return j.contains("name") ? string_of(j["name"]) : j.contains("@id") ? string_of(j["@id"]) : std::string();
  if (!j.is_array()) return {};
  std::string all;
  for (const Json& e : j) {
    const std::string one = string_of(e);
    if (one.empty()) continue;
    if (!all.empty()) all += ", ";
    all += one;
  }
  return all;
}

bool is_article_type(const Json& j) {
  if (j.is_array()) return std::any_of(j.begin(), j.end(), is_article_type);
  if (!j.is_string()) return false;
  const std::string& t = j.get_ref<const std::string&>();
  return t.ends_with("Article") || t == "BlogPosting" || t == "Report" || t == "LiveBlogPosting";
}

void read_linked(const Json& j, InputFields& out, std::string& body, int depth = 0) {
  if (depth > 8) return;
  if (j.is_array()) {
    for (const Json& e : j) read_linked(e, out, body, depth + 1);
    return;
  }
  if (!j.is_object()) return;
  if (j.contains("@graph")) read_linked(j["@graph"], out, body, depth + 1);
  if (!j.contains("@type") || !is_article_type(j["@type"])) return;
  auto take = [&](const char* key, std::string& to) {
    if (to.empty() && j.contains(key)) to = string_of(j[key]);
  };
  take("headline", out.title);
  take("author", out.author);
  take("publisher", out.publisher);
  take("url", out.url);
  take("inLanguage", out.lang);
  take("articleBody", body);
  if (out.date.empty() && j.contains("datePublished")) out.date = iso_day(string_of(j["datePublished"]));
}

struct Meta { std::string title, site, date, made, author, url; };  // made: when the file was

void read_meta_element(const GumboNode* n, Meta& m) {
  std::string key(attribute(n, "property"));
  if (key.empty()) key = attribute(n, "name");
  if (key.empty()) key = attribute(n, "itemprop");
  std::transform(key.begin(), key.end(), key.begin(), [](unsigned char c) { return static_cast<char>(tolower(c)); });
  const std::string value(attribute(n, "content"));
  if (value.empty()) return;
  auto first = [&](std::string& to) { if (to.empty()) to = value; };
  if (key == "og:title" || key == "twitter:title" || key == "headline") first(m.title);
  else if (key == "og:site_name" || key == "publisher" || key == "dc.publisher") first(m.site);
  else if (key == "author" || key == "article:author" || key == "dc.creator") { if (value.find("://") == std::string::npos) first(m.author); }
  else if (key == "og:url") first(m.url);
  else if (key == "article:published_time" || key == "date" || key == "pubdate" || key == "publishdate" || key == "dc.date" || key == "dcterms.date" ||
           key == "dc.date.issued" || key == "datepublished" || key == "og:published_time" || key == "parsely-pub-date")
    if (m.date.empty()) m.date = iso_day(value);
  if (key == "created" || key == "dcterms.created") m.made = iso_day(value);
}

std::string_view main_language(std::string_view tag) { return tag.substr(0, tag.find_first_of("-_")); }

}  // namespace

bool parse_page(std::string_view page, InputFields& out) {
  if (nests_too_deep(page)) return false;
  const Page tree(page);
  Meta meta;
  std::string linked_body, page_title, heading, time_element;
  const GumboNode* body = nullptr;
  out.lang = main_language(attribute(tree.root(), "lang"));
  walk(tree.root(), [&](const GumboNode* n) {
    switch (n->v.element.tag) {
      case GUMBO_TAG_BODY: body = n; break;
      case GUMBO_TAG_META: read_meta_element(n, meta); break;
      case GUMBO_TAG_TITLE: if (page_title.empty()) page_title = text_of(n, true); break;
      case GUMBO_TAG_H1: if (heading.empty()) heading = text_of(n, true); break;
      case GUMBO_TAG_TIME: if (time_element.empty()) time_element = iso_day(attribute(n, "datetime")); break;
      case GUMBO_TAG_LINK: if (attribute(n, "rel") == "canonical" && meta.url.empty()) meta.url = attribute(n, "href"); break;
      case GUMBO_TAG_SCRIPT:
        if (attribute(n, "type") == "application/ld+json" && n->v.element.children.length > 0) {
          const auto* child = static_cast<const GumboNode*>(n->v.element.children.data[0]);
          if (is_text(child))
            if (const Json j = Json::parse(child->v.text.text, nullptr, false); !j.is_discarded()) read_linked(j, out, linked_body);
        }
        return false;
      default: break;
    }
    return true;
  });
  auto fill = [](std::string& to, const std::string& from) { if (to.empty()) to = from; };
  fill(out.title, meta.title);
  fill(out.title, heading);
  fill(out.title, page_title);
  fill(out.date, meta.date);
  fill(out.date, time_element);
  fill(out.date, meta.made);
  fill(out.author, meta.author);
  fill(out.publisher, meta.site);
  fill(out.url, meta.url);
  if (out.lang.size() > 2) out.lang = main_language(out.lang);
  out.text = body ? article_text(body) : std::string();
  if (linked_body.size() > out.text.size() * 2) out.text = page_text(linked_body);
  if (!out.title.empty() && out.text.starts_with(out.title) && out.text.substr(out.title.size()).starts_with("\n\n"))
    out.text.erase(0, out.title.size() + 2);
  out.has_text = !out.text.empty();
  return out.has_text;
}

std::string page_text(std::string_view fragment) {
  if (nests_too_deep(fragment)) return {};
  const Page tree(fragment);
  return text_of(tree.root(), true);
}

}  // namespace biruni
