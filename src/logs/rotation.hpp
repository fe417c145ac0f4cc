#pragma once

#include <string>
#include <vector>

#include "fleet/core/time.hpp"
#include "fleet/logs/destination.hpp"

namespace fleet::logs {

/// A rotated file and the moment in its name.
struct Backup {
    std::string path{};
    Time rotated_at{};
    bool compressed = false;
};

/// "/var/log/result.log" -> "/var/log/result-2006-01-02T15-04-05.000.log" (UTC).
std::string backup_path(const std::string& path, Time now);

/// Rotated files of a log, newest first. Other files of the folder are never touched.
std::vector<Backup> find_backups(const std::string& path);

/// Those that the limits do not allow to stay.
std::vector<Backup> surplus(
    const std::vector<Backup>& backups, const FileOptions& options, Time now
);

/// Renames the log aside under a name that is not yet taken. The errno, 0 when done.
int move_aside(const std::string& path, Time now);

}  // namespace fleet::logs
