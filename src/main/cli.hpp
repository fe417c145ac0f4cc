#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fleet/config/load.hpp"

namespace fleet::main {

enum class Command { none, serve, prepare_db, config_dump, config_docs, version };

/// What the command line asks for.
struct Invocation {
    Command command = Command::none;
    config::Sources sources{};
    bool no_prompt = false;
    bool full_version = false;
    /// Set when there is nothing to run: help was printed, or the line is wrong.
    std::optional<int> exit_code{};
};

/// Reads the command line; prints help or complaints itself.
Invocation parse_command_line(int argc, const char* const* argv);

/// The command line, parted into flags of configuration keys and everything else.
struct KeyFlags {
    std::vector<std::pair<std::string, std::string>> flags{};  // key name and value
    std::vector<std::string> rest{};
    std::string complaint{};
};

/// "--key=value", "--key value", and "--key" alone for booleans, wherever on the line.
KeyFlags take_key_flags(int argc, const char* const* argv);

}  // namespace fleet::main
