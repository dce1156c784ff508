#include "ingest/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "ingest/dates.h"

namespace biruni {
namespace {

struct Column {
  std::string_view field;
  std::string InputFields::*to;
  std::vector<std::string_view> names;  // what such columns are called in tables about, the field's own name first
};

const std::vector<Column>& known_columns() {
  static const std::vector<Column> columns{
      {"text", &InputFields::text, {"text", "content", "body", "article", "event_text", "story", "fulltext", "full_text", "maintext"}},
      {"id", &InputFields::id, {"id", "doc_id", "docid", "story_id", "article_id", "uuid"}},
      {"lang", &InputFields::lang, {"lang", "language"}},
      {"date", &InputFields::date, {"date", "pub_date", "published", "publication_date", "date_publish", "pubdate", "created_at"}},
      {"title", &InputFields::title, {"title", "headline"}},
      {"author", &InputFields::author, {"author", "authors", "byline"}},
      {"publisher", &InputFields::publisher, {"publisher", "source", "outlet", "domain", "publication", "newspaper"}},
      {"url", &InputFields::url, {"url", "link"}}};
  return columns;
}

std::string lower(std::string_view s) {
  std::string out(s);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(c < 128 ? tolower(c) : c); });
  return out;
}

}  // namespace

TableReader::TableReader(ByteStream& stream, bool tabs, ColumnNames columns, uint64_t limit)
    : stream_(stream), columns_(std::move(columns)), limit_(limit), tabs_(tabs), delimiter_(tabs ? '\t' : ',') {}

LineRead TableReader::record(std::string& reason) {
  fields_.assign(1, {});
  std::string line;
  bool quoted = false;
  size_t size = 0;
  for (bool first = true;; first = false) {
    const LineRead got = stream_.read_line(line, limit_);
    if (got == LineRead::kEnd && !first) {
      reason = fmt::format("a quotation mark opened in the row of line {} is never closed", first_line_);
      return LineRead::kTooLong;
    }
    if (got != LineRead::kLine) {
      if (got == LineRead::kTooLong) ++line_, reason = "the row is too large";
      if (got == LineRead::kError) reason = stream_.error();
      return got;
    }
    ++line_;
    if (first) {
      first_line_ = line_;
      if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
      if (line_ == 1 && !tabs_ && std::count(line.begin(), line.end(), ';') > std::count(line.begin(), line.end(), ',')) delimiter_ = ';';
    } else {
      fields_.back() += '\n';
    }
    size += line.size();
    if (size > limit_) {
      reason = "the row is too large";
      return LineRead::kTooLong;
    }
    std::string_view rest = line;
    if (rest.ends_with('\r')) rest.remove_suffix(1);
    for (bool begin = first;;) {
      if (quoted) {
        const size_t quote = rest.find('"');
        fields_.back() += rest.substr(0, quote);
        if (quote == std::string_view::npos) break;  // goes on in the next line
        rest.remove_prefix(quote + 1);
        if (rest.starts_with('"')) {
          fields_.back() += '"';
          rest.remove_prefix(1);
          continue;
        }
        quoted = false;
        begin = false;
      }
      if (begin && rest.starts_with('"') && (!tabs_ || rest.find('"', 1) != std::string_view::npos)) {
        quoted = true;
        rest.remove_prefix(1);
        continue;
      }
      const size_t stop = rest.find(delimiter_);
      fields_.back() += rest.substr(0, stop);
      if (stop == std::string_view::npos) return LineRead::kLine;
      rest.remove_prefix(stop + 1);
      fields_.emplace_back();
      begin = true;
    }
    if (!quoted) return LineRead::kLine;
  }
}

bool TableReader::read_header(std::string& reason) {
  if (record(reason) != LineRead::kLine) {
    if (reason.empty()) reason = "is an empty table: the first line has to name the columns";
    return false;
  }
  width_ = fields_.size();
  to_.assign(width_, nullptr);
  for (const Column& c : known_columns()) {
    std::vector<std::string> names(c.names.begin(), c.names.end());
    if (const auto it = columns_.find(std::string(c.field)); it != columns_.end()) names = {lower(it->second)};
    for (const auto& name : names) {
      const auto at = std::find_if(fields_.begin(), fields_.end(), [&](const std::string& f) { return lower(f) == name; });
      if (at == fields_.end()) continue;
      to_[static_cast<size_t>(at - fields_.begin())] = c.to;
      break;
    }
  }
  if (std::find(to_.begin(), to_.end(), &InputFields::text) != to_.end()) return true;
  reason = fmt::format("no column of texts among \"{}\" (name it: --column text=NAME)", fmt::join(fields_, "\", \""));
  return false;
}

TableReader::Row TableReader::next(InputFields& out, std::string& reason) {
  if (!started_) {
    started_ = true;
    if (!read_header(reason)) return Row::kError;
  }
  for (;;) {
    const LineRead got = record(reason);
    if (got == LineRead::kEnd) return Row::kEnd;
    if (got == LineRead::kError) return Row::kError;
    if (got == LineRead::kTooLong) return Row::kBad;
    if (fields_.size() == 1 && fields_[0].find_first_not_of(" \t") == std::string::npos) continue;  // an empty line
    if (fields_.size() != width_) {
      reason = fmt::format("has {} fields where the header names {}", fields_.size(), width_);
      return Row::kBad;
    }
    out = InputFields{};
    for (size_t i = 0; i < width_; ++i)
      if (to_[i]) out.*to_[i] = std::move(fields_[i]);
    if (const std::string day = iso_day(out.date); !day.empty()) out.date = day;
    out.has_id = !out.id.empty();
    out.has_text = true;
    return Row::kRow;
  }
}

}  // namespace biruni
