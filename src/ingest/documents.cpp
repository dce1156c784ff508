// Fields and bytes -> documents.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "ingest/dates.h"
#include "ingest/encoding.h"
#include "ingest/html.h"
#include "ingest/line_forms.h"
#include "ingest/news_xml.h"
#include "ingest/pdf.h"
#include "ingest/source.h"
#include "text/text_stage.h"

namespace biruni {
namespace fs = std::filesystem;

bool parse_date(std::string_view text, CivilDate& out) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return false;
  if (text.size() > 10 && text[10] != 'T' && text[10] != ' ') return false;
  int part[3] = {};
  constexpr int from[] = {0, 5, 8}, to[] = {4, 7, 10};
  for (int p = 0; p < 3; ++p)
    for (int i = from[p]; i < to[p]; ++i) {
      if (text[i] < '0' || text[i] > '9') return false;
      part[p] = part[p] * 10 + (text[i] - '0');
    }
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const auto [y, m, d] = part;
  if (y < 1 || m < 1 || m > 12 || d < 1) return false;
  const bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
  if (d > days[m - 1] + (m == 2 && leap ? 1 : 0)) return false;
  out = {static_cast<int16_t>(y), static_cast<int8_t>(m), static_cast<int8_t>(d)};
  return true;
}

bool looks_binary(std::string_view bytes) {
  if (bytes.find('\0') != std::string_view::npos) return true;
  if (bytes.starts_with("%PDF-")) return true;
  const std::string_view head = bytes.substr(0, 1 << 16);
  size_t control = 0, at = 0;
  const auto count = [&](unsigned char c) { control += (c < 0x20 && (c < 8 || c > 13) && c != 0x1B) || c == 0x7F; };
  constexpr uint64_t kEach = 0x0101010101010101ull, kHigh = 0x80 * kEach;
  for (; at + 8 <= head.size(); at += 8) {  // eight bytes at a time: most have none below 0x20 and no 0x7F
    uint64_t w;
    std::memcpy(&w, head.data() + at, 8);
    const uint64_t d = w ^ (0x7F * kEach);
    if ((((w - 0x20 * kEach) & ~w) | ((d - kEach) & ~d)) & kHigh)
      for (size_t i = at; i < at + 8; ++i) count(static_cast<unsigned char>(head[i]));
  }
  for (; at < head.size(); ++at) count(static_cast<unsigned char>(head[at]));
  return control * 20 > head.size();  // more than one in twenty
}

void set_text(Document& doc, std::string title, std::string text) {
  if (title.empty()) {
    doc.title_end = doc.text_begin = 0;
    doc.buffer = std::move(text);
    return;
  }
  doc.title_end = static_cast<uint32_t>(title.size());
  doc.text_begin = doc.title_end + 2;
  doc.buffer = std::move(title);
  doc.buffer.reserve(doc.buffer.size() + 2 + text.size());
  doc.buffer += "\n\n";
  doc.buffer += text;
}

namespace {

std::string size_text(uint64_t bytes) {
  return bytes % (1 << 20) ? fmt::format("{} bytes", bytes) : fmt::format("{} MB", bytes >> 20);
}
}  // namespace

std::string too_large(uint64_t limit) {
  return fmt::format("too large: a document may have {} (split it, or give one document a line as .jsonl)", size_text(limit));
}


/// Fields -> document. `own`: the fields are of this very document and go before the options; else they stand beside it.
void apply(const InputFields& f, const InputOptions& options, bool own, InputItem& item) {
  Document& doc = item.doc;
  doc.author = f.author;
  doc.publisher = f.publisher;
  doc.url = f.url;
  const bool option_lang = !options.lang.empty(), option_date = options.date.year != 0;
  doc.lang = !f.lang.empty() && (own || !option_lang) ? f.lang : options.lang;
  doc.date = options.date;
  if (!f.date.empty() && (own || !option_date)) {
    CivilDate date;
    if (parse_date(f.date, date)) doc.date = date;
    else item.problems.push_back({"bad_date", "\"" + f.date + "\" is no date (YYYY-MM-DD); relative times have no anchor", {}});
  }
  for (const auto& key : f.odd) item.problems.push_back({"bad_field", "the value of \"" + key + "\" is not text; passed over", {}});
}

void fail(InputItem& item, std::string name, std::string reason) {
  item = InputItem{};
  item.failed = true;
  item.name = std::move(name);
  item.reason = std::move(reason);
}

bool read_meta(const std::string& path, InputFields& fields, bool& found, std::string& reason) {
  found = false;
  const fs::path meta = fs::path(path).replace_extension(".meta.json");
  std::error_code ec;
  if (fs::path(path).extension().empty() || !fs::exists(meta, ec)) return true;
  ByteStream stream;
  std::string bytes;
  if (!stream.open(meta.string(), reason) || !stream.read_all(bytes, 1 << 20, reason)) {
    reason = meta.string() + ": " + reason;
    return false;
  }
  std::vector<Problem> ignored;
  FieldParser parser;
  if (!parser.parse(decode_document(bytes, ignored), fields, reason)) {
    reason = meta.string() + " " + reason;
    return false;
  }
  found = true;
  return true;
}

void make_document(InputFields f, const std::string& id, const InputOptions& options, InputItem& item) {
  item.doc.id = f.has_id ? f.id : id;
  set_text(item.doc, std::move(f.title), std::move(f.text));
  apply(f, options, true, item);
}

namespace {

/// One plain text.
void make_text(std::string_view bytes, const std::string& name, std::string_view label, const InputFields& meta, const InputOptions& options,
               InputItem& item) {
  if (!has_wide_mark(bytes) && looks_binary(bytes)) return fail(item, name, "binary, no text");
  item.doc.id = meta.has_id ? meta.id : name;
  std::vector<Problem> problems;
  std::string text = to_utf8(bytes, label, problems);
  set_text(item.doc, meta.title, std::move(text));
  for (Problem& p : problems) {
    p.raw.begin += item.doc.text_begin;
    p.raw.end += item.doc.text_begin;
    item.problems.push_back(std::move(p));
  }
  apply(meta, options, false, item);
}

/// What stands beside a page (NAME.meta.json) goes before what the page says of itself.
void prefer(const InputFields& meta, InputFields& f) {
  auto over = [](const std::string& from, std::string& to) { if (!from.empty()) to = from; };
  over(meta.title, f.title);
  over(meta.date, f.date);
  over(meta.lang, f.lang);
  over(meta.author, f.author);
  over(meta.publisher, f.publisher);
  over(meta.url, f.url);
  if (meta.has_id) f.id = meta.id;
  f.has_id = f.has_id || meta.has_id;
}

}  // namespace

std::vector<InputItem> read_whole(std::string bytes, const std::string& name, InputFormat format, std::string_view label,
                                  const InputFields& meta, const InputOptions& options) {
  std::vector<InputItem> items(1);
  items[0].name = name;
  auto failed = [&](std::string reason) {
    fail(items[0], name, std::move(reason));
    return std::move(items);
  };
  if (format == InputFormat::kText || format == InputFormat::kAuto) format = format_of_bytes(bytes, InputFormat::kText);
  std::string reason;
  if (format == InputFormat::kText) {
    make_text(bytes, name, label, meta, options, items[0]);
    return items;
  }
  std::vector<Problem> problems;
  std::vector<InputFields> found;
  if (format == InputFormat::kPdf) {
    found.resize(1);
    if (!pdf_text(bytes, options.max_bytes, found[0].text, reason)) return failed(std::move(reason));
    found[0].text = join_lines(decode_document(found[0].text, problems));
  } else {
    if (!has_wide_mark(bytes) && looks_binary(bytes)) return failed("binary, no text");
    const std::string named = label.empty() && (format == InputFormat::kHtml || format == InputFormat::kXml) ? named_charset(bytes) : std::string(label);
    const std::string text = to_utf8(bytes, named, problems);
    if (format == InputFormat::kHtml) {
      found.resize(1);
      if (!parse_page(text, found[0])) return failed("a page without text");
    } else if (format == InputFormat::kXml) {
      if (!parse_news_xml(text, found, reason)) return failed(std::move(reason));
    } else if (format == InputFormat::kTabari) {
      found = parse_tabari(text);
    } else {
      found = parse_eventus(text);
    }
  }
  for (Problem& p : problems) p.raw = {};  // a place in the file says nothing of the text taken from it
  const bool one = format == InputFormat::kHtml || format == InputFormat::kPdf;
  items.resize(found.size());
  for (size_t i = 0; i < found.size(); ++i) {
    const std::string id = one ? name : fmt::format("{}#{}", name, i + 1);
    if (one) prefer(meta, found[i]);
    items[i].name = id;
    if (found[i].text.size() + found[i].title.size() > options.max_bytes) fail(items[i], id, too_large(options.max_bytes));
    else make_document(std::move(found[i]), id, options, items[i]);
    if (i == 0) items[i].problems.insert(items[i].problems.begin(), problems.begin(), problems.end());
  }
  return items;
}

}  // namespace biruni
