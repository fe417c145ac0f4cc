#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "perf/profile.hpp"

namespace fleet::perf {

/// osqueryd's current settings, as its own tables show them.
struct AgentSettings {
    int distributed_interval{10};
    int config_refresh{60};
    int logger_period{10};
    int logger_max_lines{1024};
    int logger_backoff_max{3600};
    int distributed_attempts{3};
    int schedule_splay_percent{10};
    bool logger_compress{false};
    bool logger_event_type{true};
    bool snapshot_event_type{false};
    std::string pack_delimiter{"_"};
};

/// One line of osquery_schedule.
struct ScheduleRow {
    std::string name{};
    std::string query{};
    int interval{};
    std::int64_t executions{};
    std::int64_t last_executed{};
    std::int64_t output_size{};
    std::int64_t wall_ms{};
};

/// One carve that SQL has asked for.
struct CarveOrder {
    std::string guid{};
    std::string request_id{};
    std::string path{};
    std::int64_t time{};
};

/// What is installed, apart from which host it is.
struct SoftwareHabits {
    std::uint32_t mac_apps{500};
    bool churn{false};  ///< one percent of the versions changes in a day
};

/// The host a statement is answered for.
struct HostContext {
    const Profile& profile;
    const AgentSettings& settings;
    std::string_view osquery_version{"5.23.1"};
    std::string_view config_hash{};
    std::int64_t now{};         ///< unix seconds
    std::int64_t started_at{};  ///< unix seconds
    std::function<std::vector<ScheduleRow>()> schedule{};
    SoftwareHabits software{};
    std::vector<CarveOrder>* carves{};  ///< where the carves table leaves new orders
};

}  // namespace fleet::perf
