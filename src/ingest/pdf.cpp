#include "ingest/pdf.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

extern char** environ;

namespace biruni {

bool pdf_text(const std::string& bytes, uint64_t limit, std::string& out, std::string& reason) {
  // The program wants a file it can seek in: one in memory, handed over by its descriptor.
  const int file = ::memfd_create("biruni-pdf", 0);
  int pipe_ends[2];
  if (file < 0 || ::pipe2(pipe_ends, O_CLOEXEC) != 0) {
    reason = std::string("cannot be handed to pdftotext: ") + std::strerror(errno);
    if (file >= 0) ::close(file);
    return false;
  }
  for (size_t at = 0; at < bytes.size();) {
    const ssize_t n = ::write(file, bytes.data() + at, bytes.size() - at);
    if (n <= 0) break;
    at += static_cast<size_t>(n);
  }
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  std::string program = "pdftotext", quiet = "-q", encoding = "-enc", utf8 = "UTF-8", pages = "-nopgbrk", input = path, output = "-";
  char* arguments[] = {program.data(), quiet.data(), encoding.data(), utf8.data(), pages.data(), input.data(), output.data(), nullptr};
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, "pdftotext", &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe_ends[1]);
  ::close(file);
  if (error != 0) {
    ::close(pipe_ends[0]);
    reason = error == ENOENT ? "is a PDF; reading it needs the program pdftotext (Debian: apt-get install poppler-utils)"
                             : std::string("pdftotext cannot be started: ") + std::strerror(error);
    return false;
  }
  out.clear();
  char block[1 << 16];
  for (;;) {
    const ssize_t n = ::read(pipe_ends[0], block, sizeof block);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    out.append(block, static_cast<size_t>(n));
    if (out.size() > limit) break;
  }
  ::close(pipe_ends[0]);  // a writer that has not ended meets a closed pipe and ends
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  if (out.size() > limit) {
    reason = "the text of the PDF is too large";
    return false;
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
  reason = "is a PDF that pdftotext cannot read (damaged or locked)";
  return false;
}

std::string join_lines(std::string_view text) {
  // U+202A-202E and U+2066-2069 are E2 80 AA-AE and E2 81 A6-A9
  auto is_mark = [](std::string_view s) {
    return s.size() >= 3 && s[0] == '\xE2' && ((s[1] == '\x80' && s[2] >= '\xAA' && s[2] <= '\xAE') || (s[1] == '\x81' && s[2] >= '\xA6' && s[2] <= '\xA9'));
  };
  std::vector<std::string> lines(1);
  size_t longest = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (is_mark(text.substr(i, 3))) {
      i += 2;
    } else if (text[i] == '\n' || text[i] == '\f') {
      longest = std::max(longest, lines.back().size());
      lines.emplace_back();
    } else if (text[i] != '\r') {
      lines.back() += text[i];
    }
  }
  std::string out;
  for (size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    while (line.ends_with(' ')) line.remove_suffix(1);
    while (line.starts_with(' ')) line.remove_prefix(1);
    out += line;
    if (i + 1 == lines.size()) break;
    const bool ends = line.empty() || line.ends_with('.') || line.ends_with('!') || line.ends_with('?') || line.ends_with(':') || line.ends_with("\xD8\x9F");
    out += !ends && line.size() * 4 >= longest * 3 && !lines[i + 1].empty() ? " " : "\n\n";
  }
  return out;
}

}  // namespace biruni
