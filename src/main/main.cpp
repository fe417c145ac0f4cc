// fleet-server: reads the command line and the configuration, then runs one command.

#include <exception>
#include <iostream>

#include "cli.hpp"
#include "database.hpp"
#include "fleet/config/load.hpp"
#include "fleet/core/build_info.hpp"
#include "fleet/core/log.hpp"
#include "serve.hpp"

extern char** environ;

namespace fleet::main {
namespace {

int print_version(bool full) {
    const BuildInfo build = build_info();
    std::cout << "fleet-server version " << build.version << "\n";
    if (full) {
        std::cout << "  branch:     " << build.branch << "\n"
                  << "  revision:   " << build.revision << "\n"
                  << "  build date: " << build.build_date << "\n"
                  << "  build user: " << build.build_user << "\n"
                  << "  compiler:   " << build.compiler << "\n";
    }
    return 0;
}

int refuse(const Error& error) {
    std::cerr << error.message << "\n";
    for (const Error::Field& field : error.fields) {
        std::cerr << "  " << field.name << ": " << field.reason << "\n";
    }
    return 1;
}

void configure_log(const config::Logging& logging) {
    log::configure(
        logging.debug ? log::Level::debug : log::Level::info,
        logging.json ? log::Format::json : log::Format::text
    );
}

int run_with_config(const Invocation& invocation) {
    const auto loaded = config::load(invocation.sources);
    if (!loaded) return refuse(loaded.error());
    configure_log(loaded->config.logging);
    for (const std::string& warning : loaded->warnings) {
        log::warn(warning);
    }
    const bool dumping = invocation.command == Command::config_dump;
    if (invocation.sources.file) {
        // A dump must stay a clean document.
        (dumping ? std::cerr : std::cout)
            << "Using config file:  " << *invocation.sources.file << std::endl;
    }
    if (dumping) {
        std::cout << config::dump(loaded->config.values);
        return 0;
    }
    if (invocation.command == Command::prepare_db) {
        return prepare_database(loaded->config, !invocation.no_prompt);
    }
    return run_server(loaded->config);
}

int run(int argc, const char* const* argv) {
    Invocation invocation = parse_command_line(argc, argv);
    if (invocation.exit_code) return *invocation.exit_code;
    if (invocation.command == Command::version) return print_version(invocation.full_version);
    if (invocation.command == Command::config_docs) {
        std::cout << config::document();
        return 0;
    }
    invocation.sources.environment = config::fleet_environment(environ);
    return run_with_config(invocation);
}

}  // namespace
}  // namespace fleet::main

int main(int argc, char** argv) {
    try {
        return fleet::main::run(argc, argv);
    } catch (const std::exception& e) {
        fleet::log::error("fleet-server stopped", {{"error", e.what()}});
        return 1;
    }
}
