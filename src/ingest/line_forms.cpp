#include "ingest/line_forms.h"

#include <fmt/format.h>

#include "ingest/dates.h"

namespace biruni {
namespace {

bool digits(std::string_view s) { return !s.empty() && s.find_first_not_of("0123456789") == std::string_view::npos; }

std::string_view trim(std::string_view s) {
  const size_t from = s.find_first_not_of(" \t\r");
  return from == std::string_view::npos ? std::string_view() : s.substr(from, s.find_last_not_of(" \t\r") - from + 1);
}

std::string_view take_line(std::string_view& text) {
  const size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// "950101 DEMO-01" -> day and id.
bool header(std::string_view line, std::string& day, std::string& id) {
  const size_t space = line.find(' ');
  if (space == std::string_view::npos || (space != 6 && space != 8) || !digits(line.substr(0, space))) return false;
  const std::string_view name = trim(line.substr(space));
  if (name.empty() || name.size() > 31) return false;
  const int two = (line[0] - '0') * 10 + (line[1] - '0');
  day = iso_day(space == 8 ? std::string(line.substr(0, 8)) : fmt::format("{}{}", full_year(two), line.substr(2, 4)));
  id = name;
  return !day.empty();
}

bool eventus(std::string_view line, std::string& day, std::string& id, std::string_view& text) {
  if (line.size() < 12 || line[8] != '\t' || !digits(line.substr(0, 8))) return false;
  const size_t bar = line.find('|');
  if (bar == std::string_view::npos || bar > 100) return false;
  day = iso_day(line.substr(0, 8));
  id = trim(line.substr(9, bar - 9));
  text = trim(line.substr(bar + 1));
  return !day.empty();
}

InputFields made(std::string id, std::string day, std::string text) {
  InputFields f;
  f.id = std::move(id);
  f.has_id = !f.id.empty();
  f.date = std::move(day);
  f.text = std::move(text);
  f.has_text = true;
  return f;
}

}  // namespace

bool looks_like_tabari(std::string_view text) {
  std::string day, id;
  const std::string_view first = take_line(text), second = take_line(text);
  return header(first, day, id) && id.find(' ') == std::string::npos && !trim(second).empty() && !digits(second.substr(0, 1));
}

bool looks_like_eventus(std::string_view text) {
  std::string day, id;
  std::string_view body;
  return eventus(take_line(text), day, id, body);
}

std::vector<InputFields> parse_tabari(std::string_view text) {
  std::vector<InputFields> out;
  while (!text.empty()) {
    const std::string_view first = take_line(text);
    if (trim(first).empty()) continue;
    std::string day, id, body;
    const bool record = header(first, day, id);
    while (!text.empty()) {
      const std::string_view line = trim(take_line(text));
      if (line.empty()) break;
      if (!body.empty()) body += ' ';
      body += line;
    }
    if (record && !body.empty()) out.push_back(made(std::move(id), std::move(day), std::move(body)));
  }
  return out;
}

std::vector<InputFields> parse_eventus(std::string_view text) {
  std::vector<InputFields> out;
  while (!text.empty()) {
    std::string day, id;
    std::string_view body;
    if (eventus(take_line(text), day, id, body) && !body.empty()) out.push_back(made(std::move(id), std::move(day), std::string(body)));
  }
  return out;
}

}  // namespace biruni
