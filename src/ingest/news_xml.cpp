#include "ingest/news_xml.h"

#include <fmt/format.h>

#include <cstring>
#include <functional>
#include <pugixml.hpp>

#include "ingest/dates.h"
#include "ingest/html.h"

namespace biruni {
namespace {

using Node = pugi::xml_node;

std::string_view local(const Node& n) {
  const std::string_view name = n.name();
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

Node child(const Node& n, std::string_view name) {
  for (Node c = n.first_child(); c; c = c.next_sibling())
    if (local(c) == name) return c;
  return {};
}

Node path(Node n, std::initializer_list<std::string_view> names) {
  for (const auto name : names) n = child(n, name);
  return n;
}

/// Depth-first, without recursion: hostile files nest deep.
Node descendant(const Node& root, std::string_view name) {
  for (Node n = root.first_child(); n;) {
    if (local(n) == name) return n;
    if (n.first_child()) {
      n = n.first_child();
      continue;
    }
    while (n && n != root && !n.next_sibling()) n = n.parent();
    if (!n || n == root) return {};
    n = n.next_sibling();
  }
  return {};
}

std::string trimmed(std::string_view s) {
  const size_t from = s.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return std::string(s.substr(from, s.find_last_not_of(" \t\r\n") - from + 1));
}

/// All text below a node, white space folded. `block(name)`: elements that are paragraphs of their own.
std::string all_text(const Node& root, const std::function<bool(std::string_view)>& block = nullptr) {
  std::string out;
  bool gap = false, broken = false;
  auto put = [&](std::string_view s) {
    for (const char c : s) {
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        gap = true;
        continue;
      }
      if (!out.empty()) out += broken ? "\n\n" : gap ? " " : "";
      gap = broken = false;
      out += c;
    }
  };
  for (Node n = root.first_child(); n;) {
    if (n.type() == pugi::node_pcdata || n.type() == pugi::node_cdata) put(n.value());
    if (block && n.type() == pugi::node_element && block(local(n))) broken = true;
    if (n.first_child()) {
      n = n.first_child();
      continue;
    }
    while (n && n != root && !n.next_sibling()) {
      n = n.parent();
      if (block && n && n != root && block(local(n))) broken = true;
    }
    if (!n || n == root) break;
    n = n.next_sibling();
  }
  return out;
}

bool is_paragraph(std::string_view name) {
  for (const std::string_view p : {"p", "hl1", "hl2", "h1", "h2", "h3", "li", "tr", "block", "div", "br", "table", "blockquote", "pre", "dd", "dt"})
    if (name == p) return true;
  return false;
}

std::string text_at(const Node& n, std::initializer_list<std::string_view> names) { return all_text(path(n, names)); }

std::string main_language(std::string_view tag) { return std::string(tag.substr(0, tag.find_first_of("-_"))); }

void finish(InputFields& f, std::vector<InputFields>& out) {
  f.has_id = !f.id.empty();
  f.has_text = true;
  out.push_back(std::move(f));
}

/// What a feed gives as content may be markup in CDATA, escaped markup, or plain text.
std::string content_text(const std::string& content) {
  return content.find('<') != std::string::npos || content.find('&') != std::string::npos ? page_text(content) : trimmed(content);
}

std::string raw_text(const Node& n) {
  std::string all;
  for (Node c = n.first_child(); c; c = c.next_sibling())
    if (c.type() == pugi::node_pcdata || c.type() == pugi::node_cdata) all += c.value();
  return all;
}

void read_rss(const Node& root, std::vector<InputFields>& out) {
  const Node channel = child(root, "channel");
  const std::string publisher = text_at(channel, {"title"}), lang = main_language(text_at(channel, {"language"}));
  auto read_item = [&](const Node& item) {
    InputFields f;
    f.title = content_text(raw_text(child(item, "title")));
    Node body = child(item, "encoded");  // content:encoded, the whole article where a feed carries it
    if (!body) body = child(item, "description");
    f.text = content_text(raw_text(body));
    f.date = iso_day(all_text(child(item, "pubDate") ? child(item, "pubDate") : child(item, "date")));
    f.author = all_text(child(item, "creator") ? child(item, "creator") : child(item, "author"));
    f.url = text_at(item, {"link"});
    f.id = text_at(item, {"guid"});
    if (f.id.empty()) f.id = f.url;
    f.publisher = publisher;
    f.lang = lang;
    if (!f.text.empty() || !f.title.empty()) finish(f, out);
  };
  for (const Node& holder : {channel, root})  // RSS 1.0 has its items beside the channel
    for (Node item = holder.first_child(); item; item = item.next_sibling())
      if (local(item) == "item") read_item(item);
}

void read_atom(const Node& root, std::vector<InputFields>& out) {
  const std::string publisher = text_at(root, {"title"});
  auto content = [](const Node& n) {
    const std::string_view type = n.attribute("type").value();
    if (type == "xhtml") return all_text(n, is_paragraph);
    return type == "html" ? page_text(raw_text(n)) : trimmed(raw_text(n));
  };
  auto read_entry = [&](const Node& entry) {
    InputFields f;
    f.title = content(child(entry, "title"));
    f.text = content(child(entry, "content") ? child(entry, "content") : child(entry, "summary"));
    f.date = iso_day(all_text(child(entry, "published") ? child(entry, "published") : child(entry, "updated")));
    f.author = text_at(entry, {"author", "name"});
    for (Node link = entry.first_child(); link && f.url.empty(); link = link.next_sibling())
      if (local(link) == "link" && (!link.attribute("rel") || !std::strcmp(link.attribute("rel").value(), "alternate"))) f.url = link.attribute("href").value();
    f.id = text_at(entry, {"id"});
    f.publisher = publisher;
    f.lang = main_language(entry.attribute("xml:lang") ? entry.attribute("xml:lang").value() : root.attribute("xml:lang").value());
    if (!f.text.empty() || !f.title.empty()) finish(f, out);
  };
  if (local(root) == "entry") return read_entry(root);
  for (Node entry = root.first_child(); entry; entry = entry.next_sibling())
    if (local(entry) == "entry") read_entry(entry);
}

InputFields nitf_fields(const Node& nitf) {
  InputFields f;
  const Node head = child(nitf, "head"), body = child(nitf, "body"), docdata = child(head, "docdata");
  f.title = text_at(body, {"body.head", "hedline", "hl1"});
  if (f.title.empty()) f.title = text_at(head, {"title"});
  f.author = text_at(body, {"body.head", "byline"});
  f.date = iso_day(child(docdata, "date.issue").attribute("norm").value());
  if (f.date.empty()) f.date = iso_day(path(body, {"body.head", "dateline", "story.date"}).attribute("norm").value());
  if (f.date.empty()) f.date = iso_day(child(docdata, "date.release").attribute("norm").value());
  f.id = child(docdata, "doc-id").attribute("id-string").value();
  f.publisher = path(head, {"pubdata"}).attribute("name").value();
  if (f.publisher.empty()) f.publisher = text_at(body, {"body.head", "distributor"});
  f.url = path(head, {"pubdata"}).attribute("ex-ref").value();
  f.lang = main_language(nitf.attribute("xml:lang").value());
  f.text = all_text(child(body, "body.content"), is_paragraph);
  return f;
}

void read_news_item(const Node& item, std::vector<InputFields>& out) {
  InputFields f;
  const Node meta = child(item, "contentMeta"), set = child(item, "contentSet");
  const Node inline_xml = child(set, "inlineXML");
  if (const Node nitf = descendant(inline_xml, "nitf")) f = nitf_fields(nitf);
  else if (const Node body = descendant(inline_xml, "body")) f.text = all_text(body, is_paragraph);
  else if (const Node data = child(set, "inlineData")) f.text = trimmed(raw_text(data));
  const std::string headline = text_at(meta, {"headline"});
  if (!headline.empty()) f.title = headline;
  if (f.title.empty()) f.title = text_at(descendant(inline_xml, "head"), {"title"});
  if (const std::string guid = item.attribute("guid").value(); !guid.empty()) f.id = guid;
  std::string date = iso_day(text_at(meta, {"contentCreated"}));
  if (date.empty()) date = iso_day(text_at(item, {"itemMeta", "firstCreated"}));
  if (date.empty()) date = iso_day(text_at(item, {"itemMeta", "versionCreated"}));
  if (!date.empty()) f.date = date;
  const Node creator = child(meta, "creator");
  if (f.author.empty()) f.author = text_at(meta, {"by"});
  if (f.author.empty()) f.author = text_at(creator, {"name"});
  const Node provider = path(item, {"itemMeta", "provider"});
  if (f.publisher.empty()) f.publisher = text_at(provider, {"name"});
  if (f.publisher.empty()) f.publisher = provider.attribute("literal").value();
  if (f.lang.empty()) f.lang = main_language(child(meta, "language").attribute("tag").value());
  if (f.lang.empty()) f.lang = main_language(item.attribute("xml:lang").value());
  if (!f.text.empty() || !f.title.empty()) finish(f, out);
}

void read_newsml(const Node& root, std::vector<InputFields>& out) {
  if (local(root) == "newsItem") return read_news_item(root, out);
  const Node set = child(root, "itemSet");
  for (Node item = set.first_child(); item; item = item.next_sibling())
    if (local(item) == "newsItem") read_news_item(item, out);
}

/// <Sentences><Sentence date id="story_n" source><Text>: the sentences of a story make one document.
void read_petrarch(const Node& root, std::vector<InputFields>& out) {
  const bool articles = local(root) == "Articles";
  for (Node s = root.first_child(); s; s = s.next_sibling()) {
    if (local(s) != "Sentence" && local(s) != "Article") continue;
    std::string id = s.attribute("id").value();
    if (!articles)
      if (const size_t line = id.rfind('_'); line != std::string::npos) id.erase(line);
    const std::string text = text_at(s, {"Text"}), date = iso_day(s.attribute("date").value()), source = s.attribute("source").value();
    if (text.empty()) continue;
    if (!articles && !out.empty() && out.back().id == id && out.back().date == date && out.back().publisher == source) {
      out.back().text += "\n\n" + text;
      continue;
    }
    InputFields f;
    f.id = id;
    f.date = date;
    f.publisher = source;
    f.text = text;
    finish(f, out);
  }
}

}  // namespace

bool parse_news_xml(std::string_view xml, std::vector<InputFields>& out, std::string& reason) {
  pugi::xml_document doc;
  const pugi::xml_parse_result result = doc.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  const Node root = doc.document_element();
  if (!result && !root) {
    reason = fmt::format("is no XML: {} at byte {}", result.description(), result.offset);
    return false;
  }
  const std::string_view name = local(root);
  if (name == "rss" || name == "RDF") read_rss(root, out);
  else if (name == "feed" || name == "entry") read_atom(root, out);
  else if (name == "newsMessage" || name == "newsItem" || name == "packageItem") read_newsml(root, out);
  else if (name == "nitf") {
    InputFields f = nitf_fields(root);
    if (!f.text.empty() || !f.title.empty()) finish(f, out);
  } else if (name == "Sentences" || name == "Articles") read_petrarch(root, out);
  else {
    reason = fmt::format("XML of a kind that is not read (<{}>): RSS, Atom, NewsML-G2, NITF and PETRARCH's are", std::string_view(root.name()).substr(0, 40));
    return false;
  }
  if (!result && out.empty()) {
    reason = fmt::format("damaged XML: {} at byte {}", result.description(), result.offset);
    return false;
  }
  return true;
}

}  // namespace biruni
