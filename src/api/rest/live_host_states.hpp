#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "fleet/live/host_result.hpp"
#include "fleet/store/campaign_store.hpp"

namespace fleet::api::rest {

/// What is known about every host that a live query was sent to, for clients that ask for details:
/// first all hosts in pieces, then only those that changed.
class LiveHostStates {
public:
    enum class State : std::uint8_t { offline, waiting, answered, failed };

    /// `names` sorted by id.
    LiveHostStates(std::vector<store::HostName> names, std::string now);

    std::vector<HostId> ids() const;
    /// Hosts that have not answered are waiting when online; in the order of ids().
    void set_online(const std::vector<bool>& online, const std::string& now);
    void set_result(const live::HostResult& result);
    /// Whether the host's answer was seen before. Hosts not in the list: never.
    bool has_result(HostId id) const;

    /// The `hosts` message with the next hosts the client has not heard of yet, if any.
    std::optional<std::string> next_chunk();
    /// The `hosts` message with hosts that changed since they were last told, if any.
    std::optional<std::string> next_changes();

private:
    struct Host {
        store::HostName name{};
        State state = State::offline;
        bool dirty = false;
        std::size_t rows = 0;
        std::string error{};
        std::string since{};
    };
    std::optional<std::size_t> index_of(HostId id) const;
    void touch(std::size_t index);
    std::string message(const std::vector<std::size_t>& indexes) const;

    std::vector<Host> hosts_{};
    std::size_t told_ = 0;  // hosts before this one have been told at least once
    std::deque<std::size_t> changed_{};
};

}  // namespace fleet::api::rest
