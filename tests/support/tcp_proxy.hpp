#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "support/net.hpp"

namespace fleet::test {

/// Plain TCP between a client and one or more servers on loopback, in the hands of the test: a
/// balancer (each connection goes to the next server that takes it), a long line, a broken one.
class TcpProxy {
public:
    explicit TcpProxy(std::vector<std::uint16_t> backends);
    ~TcpProxy();
    TcpProxy(const TcpProxy&) = delete;
    TcpProxy& operator=(const TcpProxy&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }

    /// What clients send reaches the server this much later: every question costs that long.
    void delay(std::chrono::milliseconds time);
    /// Resets all connections, and new ones as soon as they come.
    void cut();
    /// Passes nothing on and says nothing, as a dead network does.
    void freeze();
    /// Passes everything on again, also what was held back by freeze().
    void heal();

    /// Connections that each server has taken so far, in the order of `backends`.
    [[nodiscard]] std::vector<int> taken() const;

private:
    enum class State { passing, cut, frozen };
    struct Pipe;

    void run();
    void accept_one();
    bool pass_on(Pipe& pipe, std::chrono::steady_clock::time_point now);
    int connect_to_next(std::size_t& chosen);
    void set(State state);
    void wake() const;

    const std::vector<std::uint16_t> backends_;
    std::uint16_t port_;
    int listener_ = -1;
    int wake_read_ = -1;
    int wake_write_ = -1;
    std::atomic<State> state_ = State::passing;
    std::atomic<std::int64_t> delay_ms_ = 0;
    std::atomic<bool> stop_ = false;
    std::vector<std::unique_ptr<std::atomic<int>>> taken_{};
    std::size_t next_ = 0;
    std::vector<std::unique_ptr<Pipe>> pipes_{};
    std::thread thread_{};
};

}  // namespace fleet::test
