#include "janitor.hpp"

#include <unistd.h>

#include "fleet/core/log.hpp"
#include "fleet/core/time.hpp"
#include "gzip_file.hpp"
#include "rotation.hpp"

namespace fleet::logs {

Janitor::Janitor(FileOptions options) : options_{std::move(options)}, thread_{[this] { run(); }} {}

Janitor::~Janitor() {
    stop();
}

void Janitor::wake() {
    {
        const std::lock_guard lock{mutex_};
        work_ = true;
    }
    changed_.notify_one();
}

void Janitor::stop() {
    {
        const std::lock_guard lock{mutex_};
        stop_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Janitor::run() {
    while (true) {
        {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, [this] { return work_ || stop_; });
            if (stop_) return;
            work_ = false;
        }
        tidy();
    }
}

void Janitor::tidy() {
    const Time now = SystemClock{}.now();
    for (const Backup& backup : surplus(find_backups(options_.path), options_, now)) {
        ::unlink(backup.path.c_str());
    }
    if (!options_.compress) return;
    for (const Backup& backup : find_backups(options_.path)) {
        if (backup.compressed || stop_) continue;
        const auto done = gzip_file(backup.path, stop_);
        if (!done && !stop_) {
            log::warn("rotated log stays uncompressed", {{"error", done.error().message}});
        }
    }
}

}  // namespace fleet::logs
