#pragma once

#include <atomic>
#include <string>

#include "fleet/core/result.hpp"

namespace fleet::logs {

/// Replaces `path` by `path`.gz. Works on a temporary file, so that a crash leaves either the old
/// file or the whole new one. Gives up early, leaving the old file, when `stop` becomes true.
Result<> gzip_file(const std::string& path, const std::atomic<bool>& stop);

}  // namespace fleet::logs
