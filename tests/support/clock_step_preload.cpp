// Loaded into a server by the tests (LD_PRELOAD): the wall clock says what it would after somebody
// set it. How far it was set is a number in a file that the test changes; time that only passes
// (CLOCK_MONOTONIC) is left alone, as it is on a real machine.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

/// Seconds that the clock is off; none without a file.
std::int64_t step() {
    static const auto* const shared = []() -> const volatile std::int64_t* {
        const char* path = std::getenv("CLOCK_STEP_FILE");
        const int fd = path == nullptr ? -1 : ::open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0) return nullptr;
        void* memory = ::mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, fd, 0);
        ::close(fd);
        return memory == MAP_FAILED ? nullptr : static_cast<const volatile std::int64_t*>(memory);
    }
    ();
    return shared == nullptr ? 0 : *shared;
}

}  // namespace

extern "C" {

// The library's own would be found by name again and be this one.
__attribute__((visibility("default"))) int clock_gettime(clockid_t clock, timespec* out) noexcept {
    const auto failed = ::syscall(SYS_clock_gettime, clock, out);
    if (failed == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        out->tv_sec += step();
    }
    return static_cast<int>(failed);
}

__attribute__((visibility("default"))) int gettimeofday(timeval* out, void* /*zone*/) noexcept {
    timespec now{};
    const int failed = clock_gettime(CLOCK_REALTIME, &now);
    *out = {.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1'000};
    return failed;
}

__attribute__((visibility("default"))) time_t time(time_t* out) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (out != nullptr) *out = now.tv_sec;
    return now.tv_sec;
}
}
