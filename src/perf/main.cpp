#include <malloc.h>

#include <cstdio>
#include <exception>

#include "perf/options.hpp"
#include "perf/run/run.hpp"

int main(int argc, char** argv) {
    // Giving memory back and asking for it again would be a system call every few requests.
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
    try {
        int exit_code = 0;
        const auto options = fleet::perf::parse_options(argc, argv, exit_code);
        return options ? fleet::perf::run(*options) : exit_code;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "fleet-perf: %s\n", error.what());
        return 2;
    }
}
