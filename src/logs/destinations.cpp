#include <unistd.h>

#include <atomic>
#include <mutex>
#include <stdexcept>

#include "file_io.hpp"
#include "fleet/core/log.hpp"
#include "fleet/logs/destination.hpp"

namespace fleet::logs {
namespace {

/// Standard output is one for all streams, so all of them share one lock: a batch stays together.
class StdoutDestination final : public Destination {
public:
    Result<> write(std::span<const std::string_view> lines) override {
        if (lines.empty()) return {};
        const std::string text = join_lines(lines);
        static std::mutex mutex;
        const std::lock_guard lock{mutex};
        if (closed_) return fail(Error::unavailable("standard output is closed"));
        const Written written = write_all(STDOUT_FILENO, text);
        if (written.error != 0) {
            return fail(
                Error::unavailable("cannot write to standard output: " + error_text(written.error))
            );
        }
        return {};
    }

    void close() override { closed_ = true; }

private:
    std::atomic<bool> closed_ = false;
};

}  // namespace

std::unique_ptr<Destination> open_stdout() {
    return std::make_unique<StdoutDestination>();
}

Result<std::unique_ptr<Destination>> open_destination(
    std::string_view stream, std::string_view plugin, FileOptions file
) {
    if (plugin == "stdout") return open_stdout();
    if (plugin.empty()) {
        log::info("no log plugin is set, lines go to a file", {{"stream", stream}});
    } else if (plugin != "filesystem") {
        return fail(Error::invalid(
            std::string{stream},
            "unknown " + std::string{stream} + " log plugin: " + std::string{plugin}
        ));
    }
    try {
        return open_file(std::move(file));
    } catch (const std::runtime_error& e) {
        return fail(Error::invalid(std::string{stream}, e.what()));
    }
}

}  // namespace fleet::logs
