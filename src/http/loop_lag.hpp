#pragma once

#include <memory>

#include "fleet/core/load_meter.hpp"
#include "http/shard.hpp"

namespace fleet::http {

/// Lets the load meter tick with the event loop: a timer says every few milliseconds how late it
/// came. For the strand.
class LoopLag : public std::enable_shared_from_this<LoopLag> {
public:
    LoopLag(const Strand& strand, LoadMeter& load) : timer_{strand}, load_{load} {}

    void start();
    void stop();

private:
    void wait_until(SteadyClock::time_point planned);

    Timer timer_;
    LoadMeter& load_;
    bool stopped_ = false;
};

}  // namespace fleet::http
