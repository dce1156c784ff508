#include "ingest/archive.h"

#include <archive.h>
#include <archive_entry.h>

namespace biruni {

Archive::~Archive() {
  if (archive_) archive_read_free(archive_);
}

bool Archive::open(const std::string& path, std::string& reason) {
  archive_ = archive_read_new();
  archive_read_support_filter_all(archive_);
  archive_read_support_format_tar(archive_);
  archive_read_support_format_gnutar(archive_);
  archive_read_support_format_zip(archive_);
  archive_read_support_format_7zip(archive_);
  if (archive_read_open_filename(archive_, path.c_str(), 1 << 16) == ARCHIVE_OK) return true;
  const char* text = archive_error_string(archive_);
  reason = std::string("is no archive that can be read: ") + (text ? text : "unknown format");
  return false;
}

Archive::Read Archive::next(std::string& member, std::string& bytes, uint64_t limit, std::string& reason, std::string_view ending) {
  struct archive_entry* entry = nullptr;
  for (;;) {
    const int status = archive_read_next_header(archive_, &entry);
    if (status == ARCHIVE_EOF) return Read::kEnd;
    if (status < ARCHIVE_WARN) {
      const char* text = archive_error_string(archive_);
      reason = std::string("the archive is damaged: ") + (text ? text : "unknown reason");
      return Read::kError;
    }
    if (archive_entry_filetype(entry) != AE_IFREG) continue;
    const char* name = archive_entry_pathname_utf8(entry);
    if (!name) name = archive_entry_pathname(entry);
    member = name ? name : "(no name)";
    if (ending.empty() || member.ends_with(ending)) break;
  }
  bytes.clear();
  bool large = false;
  for (;;) {
    const void* block = nullptr;
    size_t size = 0;
    la_int64_t offset = 0;
    const int status = archive_read_data_block(archive_, &block, &size, &offset);
    if (status == ARCHIVE_EOF) break;
    if (status < ARCHIVE_WARN) {
      const char* text = archive_error_string(archive_);
      reason = member + " is damaged: " + (text ? text : "unknown reason");
      return Read::kError;
    }
    if (bytes.size() + size > limit) large = true;
    if (large) {
      std::string().swap(bytes);
      break;
    }
    bytes.append(static_cast<const char*>(block), size);
  }
  bytes_ += bytes.size();
  return large ? Read::kTooLarge : Read::kMember;
}

namespace {

struct archive* raw_reader() {
  struct archive* a = archive_read_new();
  archive_read_support_filter_all(a);
  archive_read_support_format_raw(a);
  archive_read_support_format_empty(a);
  return a;
}

std::string damage(struct archive* a) {
  const char* text = archive_error_string(a);
  return std::string("cannot be unpacked: ") + (text ? text : "unknown reason");
}

}  // namespace

Unpacked::~Unpacked() {
  if (archive_) archive_read_free(archive_);
}

bool Unpacked::open(const std::string& path, std::string& reason) {
  archive_ = raw_reader();
  struct archive_entry* entry = nullptr;
  const bool opened = archive_read_open_filename(archive_, path.c_str(), 1 << 16) == ARCHIVE_OK;
  const int status = opened ? archive_read_next_header(archive_, &entry) : ARCHIVE_FATAL;
  if (status == ARCHIVE_OK || status == ARCHIVE_WARN || status == ARCHIVE_EOF) return true;
  reason = damage(archive_);
  return false;
}

long Unpacked::read(char* to, size_t size, std::string& reason) {
  const la_ssize_t n = archive_read_data(archive_, to, size);
  if (n < 0) reason = damage(archive_);
  return n;
}

bool unpack(std::string& bytes, uint64_t limit, std::string& reason) {
  struct archive* a = raw_reader();
  struct archive_entry* entry = nullptr;
  std::string out;
  bool good = archive_read_open_memory(a, bytes.data(), bytes.size()) == ARCHIVE_OK;
  const int status = good ? archive_read_next_header(a, &entry) : ARCHIVE_FATAL;
  good = status == ARCHIVE_OK || status == ARCHIVE_WARN;
  char block[1 << 14];
  while (good) {
    const la_ssize_t n = archive_read_data(a, block, sizeof block);
    if (n == 0) break;
    good = n > 0 && out.size() + static_cast<size_t>(n) <= limit;
    if (good) out.append(block, static_cast<size_t>(n));
    else reason = n < 0 ? damage(a) : "is too large when unpacked";
  }
  if (!good && reason.empty() && status != ARCHIVE_EOF) reason = damage(a);
  archive_read_free(a);
  if (status == ARCHIVE_EOF) return true;
  if (good) bytes = std::move(out);
  return good;
}

}  // namespace biruni
