#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/result.hpp"

namespace fleet::logs {

/// Where result, status and audit lines go. write() returns only when the destination has taken
/// the lines: an agent is told 200 on the strength of it. Blocks; called from worker threads,
/// several at a time.
class Destination {
public:
    virtual ~Destination() = default;
    /// All lines or an error; after an error none of them is there. Lines are single JSON values;
    /// line ends inside them (legal between JSON tokens) become spaces.
    virtual Result<> write(std::span<const std::string_view> lines) = 0;
    /// The newest lines that are there for certain, oldest first; nothing when the destination
    /// cannot tell. So a writer that died finds out how far it had come.
    virtual std::optional<std::vector<std::string>> last_lines(std::size_t most) const {
        (void)most;
        return std::nullopt;
    }
    /// What SIGHUP asks for: rotate, or let go of a file that somebody else has moved.
    virtual void reopen() {}
    /// Writes out and closes; later writes fail.
    virtual void close() = 0;
};

struct FileOptions {
    std::string path{};
    bool rotate = false;
    bool compress = false;  // rotated files, with gzip
    std::size_t max_size_mb = 500;
    int max_age_days = 28;  // 0: rotated files of any age are kept
    int max_backups = 3;    // 0: any number of rotated files is kept
};

/// Appends to a file (mode 0644), made anew if it vanished; rotates by size and on reopen().
/// A line is taken when it is in the kernel's page cache: the death of this process loses nothing,
/// the death of the machine may lose the last seconds. Throws when the file cannot be opened.
std::unique_ptr<Destination> open_file(FileOptions options);
std::unique_ptr<Destination> open_stdout();

/// Opens the plugin configured for a stream ("status", "result" or "audit"); an empty plugin name
/// means filesystem. The error is the text for the operator.
Result<std::unique_ptr<Destination>> open_destination(
    std::string_view stream, std::string_view plugin, FileOptions file
);

}  // namespace fleet::logs
