#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "support/temp_dir.hpp"

namespace fleet::test {

/// A wall clock of its own for a server that is started with env(); set it as an operator, a wrong
/// NTP server or a resumed virtual machine would.
class ClockStep {
public:
    ClockStep();
    ~ClockStep();
    ClockStep(const ClockStep&) = delete;
    ClockStep& operator=(const ClockStep&) = delete;

    [[nodiscard]] std::map<std::string, std::string> env() const;

    /// From now on the server's clock differs from the real one by this.
    void set(std::chrono::seconds difference);

private:
    TempDir dir_;
    std::string file_;
    volatile std::int64_t* shared_ = nullptr;
};

}  // namespace fleet::test
