#include "live_host_states.hpp"

#include <algorithm>

#include "fleet/core/json.hpp"

namespace fleet::api::rest {
namespace {

constexpr std::size_t kHostsPerChunk = 500;
constexpr std::size_t kChangesPerMessage = 2'000;

const char* to_text(LiveHostStates::State state) {
    switch (state) {
        case LiveHostStates::State::offline:
            return "offline";
        case LiveHostStates::State::waiting:
            return "waiting";
        case LiveHostStates::State::answered:
            return "answered";
        case LiveHostStates::State::failed:
            return "failed";
    }
    return "";
}

}  // namespace

LiveHostStates::LiveHostStates(std::vector<store::HostName> names, std::string now) {
    hosts_.reserve(names.size());
    for (auto& name : names)
        hosts_.push_back({.name = std::move(name), .since = now});
}

std::vector<HostId> LiveHostStates::ids() const {
    std::vector<HostId> out;
    out.reserve(hosts_.size());
    for (const auto& host : hosts_)
        out.push_back(host.name.id);
    return out;
}

std::optional<std::size_t> LiveHostStates::index_of(HostId id) const {
    const auto found =
        std::lower_bound(hosts_.begin(), hosts_.end(), id, [](const Host& host, HostId wanted) {
            return host.name.id < wanted;
        });
    if (found == hosts_.end() || found->name.id != id) return std::nullopt;
    return static_cast<std::size_t>(found - hosts_.begin());
}

void LiveHostStates::touch(std::size_t index) {
    // Hosts not told yet go out with their chunk.
    if (index >= told_ || std::exchange(hosts_[index].dirty, true)) return;
    changed_.push_back(index);
}

void LiveHostStates::set_online(const std::vector<bool>& online, const std::string& now) {
    for (std::size_t i = 0; i < hosts_.size() && i < online.size(); ++i) {
        auto& host = hosts_[i];
        if (host.state == State::answered || host.state == State::failed) continue;
        const auto state = online[i] ? State::waiting : State::offline;
        if (host.state == state) continue;
        host.state = state;
        host.since = now;
        touch(i);
    }
}

void LiveHostStates::set_result(const live::HostResult& result) {
    const auto index = index_of(result.host);
    if (!index) return;
    auto& host = hosts_[*index];
    host.state = result.error.empty() ? State::answered : State::failed;
    host.rows = result.row_count;
    host.error = result.error;
    if (!result.answered_at.empty()) host.since = result.answered_at;
    touch(*index);
}

bool LiveHostStates::has_result(HostId id) const {
    const auto index = index_of(id);
    if (!index) return false;
    const auto state = hosts_[*index].state;
    return state == State::answered || state == State::failed;
}

std::string LiveHostStates::message(const std::vector<std::size_t>& indexes) const {
    auto data = json::Value::array();
    for (const auto index : indexes) {
        const auto& host = hosts_[index];
        json::Value item = {
            {"id", raw(host.name.id)},
            {"hostname", host.name.hostname},
            {"display_name", host.name.display_name},
            {"state", to_text(host.state)},
            {"rows", host.rows},
        };
        if (!host.error.empty()) item["error"] = host.error;
        item["since"] = host.since;
        data.push_back(std::move(item));
    }
    return json::dump({{"type", "hosts"}, {"data", std::move(data)}});
}

std::optional<std::string> LiveHostStates::next_chunk() {
    if (told_ >= hosts_.size()) return std::nullopt;
    std::vector<std::size_t> indexes;
    while (told_ < hosts_.size() && indexes.size() < kHostsPerChunk)
        indexes.push_back(told_++);
    return message(indexes);
}

std::optional<std::string> LiveHostStates::next_changes() {
    if (changed_.empty()) return std::nullopt;
    std::vector<std::size_t> indexes;
    while (!changed_.empty() && indexes.size() < kChangesPerMessage) {
        indexes.push_back(changed_.front());
        hosts_[changed_.front()].dirty = false;
        changed_.pop_front();
    }
    return message(indexes);
}

}  // namespace fleet::api::rest
