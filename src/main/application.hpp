#pragma once

#include <memory>

#include "fleet/config/config.hpp"

namespace fleet::main {

/// Every object of a running server, built in the order in which they need each other and
/// destroyed in reverse.
class Application {
public:
    /// Throws, with a text for the operator, when something the server needs is missing.
    explicit Application(const config::Config& config);
    ~Application();

    /// Starts the event loop and the listener.
    void start();
    /// Finishes what runs, writes what is queued, stops everything. Blocks up to
    /// server.shutdown_timeout and a little more.
    void stop();
    /// SIGHUP: log files are opened again, the certificate is read again.
    void reload();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace fleet::main
