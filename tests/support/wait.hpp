#pragma once

#include <chrono>
#include <thread>

namespace fleet::test {

/// Polls a condition until it holds or the time is over; says whether it held.
template <class Condition>
bool eventually(Condition&& holds, std::chrono::milliseconds limit = std::chrono::seconds{20}) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!holds()) {
        if (std::chrono::steady_clock::now() >= deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return true;
}

}  // namespace fleet::test
