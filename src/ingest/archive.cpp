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

}  // namespace biruni
