#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "fleet/core/load_meter.hpp"
#include "http/shard.hpp"

namespace fleet::http {

/// Lets the load meter tick with the event loop: every few milliseconds a signal joins the queue of
/// what is ready on a shard, and says how long after its time its turn came. A timer alone waits
/// for one round of that queue only, however long it is. For the strand.
class LoopLag final : public Shard::Member, public std::enable_shared_from_this<LoopLag> {
public:
    /// `ticked` is called after each reading. Throws std::system_error when the process has no
    /// descriptor left.
    LoopLag(std::shared_ptr<Shard> shard, LoadMeter& load, std::function<void()> ticked);
    ~LoopLag() override;

    void start();
    void stop();

    void on_ready(std::uint32_t events) override;
    void on_deadline() override {}

private:
    void wait_until(SteadyClock::time_point planned);

    std::shared_ptr<Shard> shard_;
    LoadMeter& load_;
    std::function<void()> ticked_;
    Timer timer_;
    SteadyClock::time_point planned_{};
    int signal_ = -1;
    bool stopped_ = false;
};

}  // namespace fleet::http
