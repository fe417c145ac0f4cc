#pragma once

#include <chrono>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "perf/host_context.hpp"

namespace fleet::perf {

/// Who may run a query: conditions of a schedule entry or of its pack.
struct Applicability {
    std::string platform{};
    std::string version{};
    int shard{};  ///< percent; 0 is everybody

    bool covers(const Profile& profile, std::string_view osquery_version) const;
};

struct ScheduledQuery {
    std::string name{};  ///< as it stands in result lines
    std::string sql{};
    int interval{};
    bool snapshot{false};
    bool removed{true};
    Applicability only{};
    std::optional<std::size_t> pack{};
};

struct Pack {
    Applicability only{};
    std::vector<std::string> discovery{};  ///< all must return a row
};

/// Between the polls of a host.
struct Intervals {
    std::chrono::milliseconds distributed{10'000};
    std::chrono::milliseconds config{60'000};
    std::chrono::milliseconds logger{10'000};
};

/// A configuration as a host has taken it over. Shared by all hosts that received the same text.
struct AgentConfig {
    std::string hash{};  ///< osquery_info.config_hash; empty before the first configuration
    std::string etag{};  ///< as the server named this document, when it was asked for a name
    AgentSettings settings{};
    Intervals intervals{};
    std::vector<Pack> packs{};
    std::vector<ScheduledQuery> queries{};
    std::vector<std::string> decorators{};
    std::vector<std::string> warnings{};  ///< entries that osquery would refuse
};

/// What a host starts with.
struct ConfigBase {
    AgentSettings settings{};
    Intervals intervals{};
    bool obey{false};  ///< let the options of the document change the intervals
};

/// Reads the document of the config endpoint. Nothing when it is not a JSON object.
std::shared_ptr<const AgentConfig> read_config(std::string_view document, const ConfigBase& base);

/// osquery's comparison of dotted versions: is `have` at least `wanted`?
bool at_least(std::string_view have, std::string_view wanted);

}  // namespace fleet::perf
