#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "fleet/core/result.hpp"

namespace fleet::logs {

/// Where result, status and audit lines go. write() returns only when the destination has taken
/// the lines: an agent is told 200 on the strength of it. Blocks; called from worker threads,
/// several at a time.
class Destination {
public:
    virtual ~Destination() = default;
    /// All lines or an error. Lines are single JSON values without a line end.
    virtual Result<> write(std::span<const std::string_view> lines) = 0;
    /// Writes out and closes; later writes fail.
    virtual void close() = 0;
};

struct FileOptions {
    std::string path{};
    bool rotate = false;
    bool compress = false;
    std::size_t max_size_mb = 500;
    int max_age_days = 28;
    int max_backups = 3;
};

/// Appends to a file (mode 0644), made anew if it vanished; rotates by size and on reopen().
std::unique_ptr<Destination> open_file(FileOptions options);
std::unique_ptr<Destination> open_stdout();

}  // namespace fleet::logs
