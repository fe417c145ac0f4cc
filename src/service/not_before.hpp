#pragma once

#include <chrono>
#include <thread>

namespace fleet::service {

/// Holds its owner back until a moment, however the scope is left: what took how long tells nobody
/// whether an account exists.
class NotBefore {
public:
    explicit NotBefore(std::chrono::milliseconds delay)
        : until_{std::chrono::steady_clock::now() + delay} {}
    ~NotBefore() {
        if (armed_) std::this_thread::sleep_until(until_);
    }
    NotBefore(const NotBefore&) = delete;
    NotBefore& operator=(const NotBefore&) = delete;
    void release() { armed_ = false; }

private:
    std::chrono::steady_clock::time_point until_;
    bool armed_ = true;
};

}  // namespace fleet::service
