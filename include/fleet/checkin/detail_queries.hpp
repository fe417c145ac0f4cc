#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fleet/core/host.hpp"

namespace fleet::checkin {

/// Names of queries on the wire say what their answers are for (agent-api B.7).
inline constexpr std::string_view kDetailPrefix = "fleet_detail_query_";
inline constexpr std::string_view kAdditionalPrefix = "fleet_additional_query_";
inline constexpr std::string_view kLabelPrefix = "fleet_label_query_";
inline constexpr std::string_view kPolicyPrefix = "fleet_policy_query_";
inline constexpr std::string_view kLivePrefix = "fleet_distributed_query_";
inline constexpr std::string_view kPolicyWildcard = "fleet_no_policies_wildcard";

/// One question about a host's vitals (agent-api B.8).
struct DetailQuery {
    std::string_view name;
    unsigned platforms;            // bit of Platform; kEveryPlatform also covers unknown ones
    std::string_view needs_table;  // handed out behind a discovery query when not empty
    bool host_column;              // counts as "details fetched"
    std::string_view sql;
};

constexpr unsigned platform_bit(Platform platform) {
    return 1U << static_cast<unsigned>(platform);
}
inline constexpr unsigned kEveryPlatform = ~0U;

std::span<const DetailQuery> detail_queries();
const DetailQuery* find_detail_query(std::string_view name);

/// What the settings change about them: SQL that replaces a query ("" removes it), and questions
/// of the operator's own.
struct DetailSettings {
    std::map<std::string, std::string> overrides{};
    std::vector<std::pair<std::string, std::string>> additional{};  // name, SQL
    bool software = true;  // features.enable_software_inventory
};

/// `"<prefix><name>":"<sql>"` members of the detail queries for a platform, and the matching
/// discovery members; both without braces.
struct DetailText {
    std::string queries{};
    std::string discovery{};
};
DetailText detail_text(Platform platform, const DetailSettings& settings);

/// Appends `"name":"sql"` with JSON escaping, preceded by a comma unless `out` is empty.
void append_member(std::string& out, std::string_view name, std::string_view text);

}  // namespace fleet::checkin
