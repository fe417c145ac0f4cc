#include "support/clock_step.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace fleet::test {

ClockStep::ClockStep() : file_{dir_.write("clock_step", std::string(sizeof(std::int64_t), '\0'))} {
    const int fd = ::open(file_.c_str(), O_RDWR | O_CLOEXEC);
    void* memory = ::mmap(nullptr, sizeof(std::int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    ::close(fd);
    if (memory == MAP_FAILED) throw std::runtime_error("cannot share the clock's step");
    shared_ = static_cast<volatile std::int64_t*>(memory);
}

ClockStep::~ClockStep() {
    // The server may have it mapped, too; that mapping is its own.
    ::munmap(const_cast<std::int64_t*>(shared_), sizeof(std::int64_t));
}

std::map<std::string, std::string> ClockStep::env() const {
    const char* asan = std::getenv("ASAN_OPTIONS");
    return {
        {"LD_PRELOAD", FLEET_TEST_CLOCK_STEP_LIB},
        {"CLOCK_STEP_FILE", file_},
        // The sanitizer wants to be loaded first, but does not need to.
        {"ASAN_OPTIONS", std::string{asan == nullptr ? "" : asan} + ":verify_asan_link_order=0"},
    };
}

void ClockStep::set(std::chrono::seconds difference) {
    *shared_ = difference.count();
}

}  // namespace fleet::test
