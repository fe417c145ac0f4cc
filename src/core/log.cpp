#include "fleet/core/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <memory>

#include "fleet/core/log_line.hpp"
#include "fleet/core/time.hpp"
#include "log_errors.hpp"

namespace fleet::log {
namespace {

/// The one piece of process-wide state of this program: where its log goes. Made on first use so
/// that a message before configure() is not lost.
struct Sink {
    std::atomic<Level> level{Level::info};
    std::atomic<Format> format{Format::text};
    spdlog::logger logger{"fleet", std::make_shared<spdlog::sinks::stderr_sink_mt>()};

    Sink() {
        logger.set_pattern("%v");
        logger.set_level(spdlog::level::trace);
        logger.flush_on(spdlog::level::trace);
        logger.set_error_handler([](const std::string&) {});  // a full stderr must not stop us
    }
};

Sink& sink() {
    // Leaked: threads may log while static objects are destroyed.
    static Sink* const instance = new Sink;
    return *instance;
}

}  // namespace

void configure(Level level, Format format) {
    sink().level.store(level, std::memory_order_relaxed);
    sink().format.store(format, std::memory_order_relaxed);
}

bool enabled(Level level) noexcept {
    return level >= sink().level.load(std::memory_order_relaxed);
}

void write(Level level, std::string_view message, Fields fields) {
    if (!enabled(level)) return;
    try {
        const Format format = sink().format.load(std::memory_order_relaxed);
        const std::string at = to_rfc3339(SystemClock{}.now());
        if (level == Level::error) remember_error(at, message, fields);
        const std::string line = format_line(format, at, level, message, fields);
        sink().logger.log(spdlog::level::info, spdlog::string_view_t{line.data(), line.size()});
    } catch (const std::exception&) {
        // Out of memory while logging: losing the line is the lesser harm.
        return;
    }
}

void flush() {
    sink().logger.flush();
}

}  // namespace fleet::log
