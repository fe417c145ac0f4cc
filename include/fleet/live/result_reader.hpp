#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/live/redis.hpp"

namespace fleet::live {

/// Reads the results of a campaign from the first to the newest, in pages that the owner asks for
/// when it has room. Announcements only say "there may be more": a slow owner misses nothing and
/// costs no memory. While a reader lives, the campaign counts as listened to.
/// Callbacks run on the event loop, possibly once more while the reader is being destroyed:
/// capture weakly.
class ResultReader {
public:
    struct Callbacks {
        std::function<void()> on_more{};               // read() may find something
        std::function<void()> on_ready{};              // subscribed; also after a reconnect
        std::function<void(bool up)> on_connection{};  // announcements lost / back
    };
    struct Page {
        std::vector<std::string> payloads{};
        bool failed = false;     // Redis did not answer; try again later
        bool restarted = false;  // the list had been lost: reading begins at its start again
    };

    ResultReader(Redis& redis, CampaignId id, Callbacks callbacks);
    ~ResultReader();
    ResultReader(const ResultReader&) = delete;
    ResultReader& operator=(const ResultReader&) = delete;

    /// Reads the next page; an empty page is the end for now. One call at a time.
    void read(std::function<void(Page)> done);

private:
    struct State;
    std::shared_ptr<State> state_;
    std::unique_ptr<Redis::Subscription> channel_;
    std::unique_ptr<Redis::Subscription> watch_;
};

}  // namespace fleet::live
