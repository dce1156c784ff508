// How columns write their values. A value that is not known is written as nothing.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "exporter/event_loader.h"

namespace biruni::put {

template <EventField F>
void text(const ExportEvent& e, std::string& out) { out += e.text(F); }

template <EventField F>
void upper(const ExportEvent& e, std::string& out) {
  for (const char c : e.text(F)) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

template <EventField F>
void integer(const ExportEvent& e, std::string& out) {
  if (e.known(F)) fmt::format_to(std::back_inserter(out), "{}", e.integer(F));
}

/// Shortest decimal that reads back the same: 0.91, 5.5, 48.
template <EventField F>
void real(const ExportEvent& e, std::string& out) {
  if (e.known(F)) fmt::format_to(std::back_inserter(out), "{}", e.real(F) == 0 ? 0.0 : e.real(F));
}

/// "2022-01-09" -> "20220109"
template <EventField F>
void compact_date(const ExportEvent& e, std::string& out) {
  for (const char c : e.text(F))
    if (c != '-') out += c;
}

using PartyText = std::string Party::*;

/// One field of all parties, joined by ';', each value once; nothing where no party has it.
inline void list(const std::vector<Party>& parties, PartyText field, std::string& out) {
  std::vector<std::string_view> had;
  for (const Party& p : parties) {
    const std::string& v = p.*field;
    if (v.empty() || std::find(had.begin(), had.end(), v) != had.end()) continue;
    if (!had.empty()) out += ';';
    out += v;
    had.push_back(v);
  }
}
template <PartyText F>
void actors(const ExportEvent& e, std::string& out) { list(e.actors, F, out); }
template <PartyText F>
void recipients(const ExportEvent& e, std::string& out) { list(e.recipients, F, out); }

template <PartyText F>
void actor(const ExportEvent& e, std::string& out) {
  if (e.actor) out += e.actor->*F;
}
template <PartyText F>
void recipient(const ExportEvent& e, std::string& out) {
  if (e.recipient) out += e.recipient->*F;
}

/// The usual name, else the words of the text.
inline void name(const Party* p, std::string& out) {
  if (p) out += p->name.empty() ? p->text : p->name;
}
inline void code(const Party* p, std::string& out) {
  if (p) out += p->code();
}

/// Document number and sentence as Phoenix and PETRARCH name them, sentences from 1; 0 is the title.
inline void story_sentence(const ExportEvent& e, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{}_{}", e.integer(EventField::kDoc), e.known(EventField::kSentence) ? e.integer(EventField::kSentence) + 1 : 0);
}

}  // namespace biruni::put
