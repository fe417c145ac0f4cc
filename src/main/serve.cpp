#include "serve.hpp"

#include <csignal>

#include "application.hpp"
#include "fleet/core/build_info.hpp"
#include "fleet/core/log.hpp"

namespace fleet::main {
namespace {

/// Blocks the signals in this thread and, by inheritance, in all that start later, so that only
/// wait_for_signal() sees them.
sigset_t blocked_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&set, signal);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    // A peer that went away, or a file at its limit, is an error code to us, not the end.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    return set;
}

}  // namespace

int run_server(const config::Config& config) {
    const sigset_t signals = blocked_signals();
    log::info("starting", {{"version", build_info().version}});
    try {
        Application application{config};
        application.start();
        for (;;) {
            int signal = 0;
            sigwait(&signals, &signal);
            if (signal == SIGHUP) {
                application.reload();
                continue;
            }
            log::info("stopping", {{"signal", signal}});
            break;
        }
        application.stop();
    } catch (const std::exception& error) {
        log::error("server cannot start", {{"detail", error.what()}});
        log::flush();
        return 1;
    }
    log::info("stopped");
    log::flush();
    return 0;
}

}  // namespace fleet::main
