#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "perf/profile.hpp"

namespace fleet::perf::machine {

/// Who this machine is: names and ids from the kernel and /etc.
Profile profile();

/// The whole file, or empty when it cannot be read. /proc files have no size, so it reads on.
std::string read_file(const std::filesystem::path& path);

/// The file without surrounding blanks.
std::string read_line(const std::filesystem::path& path);

std::vector<std::string_view> lines(std::string_view text);
std::vector<std::string_view> lines(std::string&& text) = delete;  // the views would dangle

/// Where a symbolic link points, or empty.
std::string link_target(const std::filesystem::path& path);

/// Numeric entries of /proc.
std::vector<std::int64_t> process_ids();

/// Names in a folder, sorted; empty when it cannot be read.
std::vector<std::string> entries(const std::filesystem::path& folder);

/// Value of "Key: value" or "Key=value" in a text of such lines.
std::string field(std::string_view text, std::string_view key, char separator);

}  // namespace fleet::perf::machine
