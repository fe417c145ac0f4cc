#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "http/arrivals.hpp"
#include "http/hub.hpp"
#include "http/loop_lag.hpp"
#include "http/shard.hpp"

namespace fleet::http {

/// The listening socket: takes connections in and spreads them over the shards. A member of the
/// first shard, on whose strand everything but the constructor happens.
class Listener final : public Shard::Member, public std::enable_shared_from_this<Listener> {
public:
    /// Binds and listens; throws with a clear text when the address cannot be used.
    Listener(HubPtr hub, std::vector<std::shared_ptr<Shard>> shards, const std::string& address);
    ~Listener() override;

    std::uint16_t port() const { return port_; }
    /// From any thread.
    void start();
    void stop();

    void on_ready(std::uint32_t events) override;
    void on_deadline() override;

private:
    void look_up();
    void pause();
    void on_failure(int error);
    bool make_room();
    bool came_too_late(int socket);
    void admit(int socket, std::string peer_ip);
    Shard& next_shard();
    void close();

    HubPtr hub_;
    std::vector<std::shared_ptr<Shard>> shards_;
    std::shared_ptr<LoopLag> lag_;
    Arrivals arrivals_;
    std::size_t max_connections_ = 0;
    std::size_t turn_ = 0;
    int socket_ = -1;
    std::uint16_t port_ = 0;
    bool waits_for_loop_ = false;
    SteadyClock::time_point look_again_{};
};

}  // namespace fleet::http
