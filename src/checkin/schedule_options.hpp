#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fleet/checkin/default_options.hpp"
#include "fleet/checkin/schedule.hpp"
#include "fleet/core/json.hpp"

namespace fleet::checkin {

/// The settings that shape what agents get, read from the stored configuration documents.
struct Schedule::Options {
    explicit Options(const store::ScheduleData& data);

    /// The agent options of a host: its team's, or else the global ones; an override for its raw
    /// platform replaces the whole of `config` (agent-api B.3).
    json::Value config_for(std::optional<TeamId> team, const std::string& raw_platform) const;

    json::Value global = json::Value::object();
    std::map<std::uint64_t, json::Value> teams{};
    /// agent_options.distributed_hold of teams (0: the global one), where set.
    std::map<std::uint64_t, std::chrono::milliseconds> holds{};
    bool reports_disabled = false;

    /// What a host of the team is asked about itself: by its team's features, or the global ones.
    const DetailSettings& details_of(std::optional<TeamId> team) const;

private:
    DetailSettings details_{};
    std::map<std::uint64_t, DetailSettings> team_details_{};
    json::Value chosen_config(std::optional<TeamId> team, const std::string& raw_platform) const;
};

/// Reads options.distributed_interval, logger_tls_period and config_refresh: numbers, or numbers
/// written as text.
void read_intervals(const json::Value& document, ConfigDocument& out);

}  // namespace fleet::checkin
