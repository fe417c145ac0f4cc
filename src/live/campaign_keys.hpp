#pragma once

#include <string>

#include "fleet/core/ids.hpp"

/// Names in Redis. The first group is shared with genuine Fleet servers (rest-api-b 3.6); the
/// second is ours. Braces keep the keys of one campaign on one node of a cluster.
namespace fleet::live::keys {

inline constexpr const char* kActive = "livequery:active";
inline constexpr const char* kActiveReverse = "livequery:active:reverse";
inline constexpr const char* kDuplicateChannel = "LQDuplicate";
inline constexpr const char* kTargetTtl = "604800";  // seven days

inline std::string sql(CampaignId id) {
    return "sql:livequery:{" + to_text(id) + "}";
}
inline std::string bits(CampaignId id) {
    return "livequery:{" + to_text(id) + "}";
}
inline std::string host(HostId id) {
    return "livequery:host:{" + to_text(id) + "}";
}
inline std::string channel(CampaignId id) {
    return "results_" + to_text(id);
}

/// Messages between instances: "start <id>", "stop <id>", and "hello" from a new one.
inline constexpr const char* kNews = "fleet:campaigns";
/// Present as long as Redis has not lost its data.
inline constexpr const char* kSentinel = "fleet:campaigns:known";

/// Hosts that have not answered, in the per-host model.
inline std::string pending(CampaignId id) {
    return "fleet:campaign:{" + to_text(id) + "}:pending";
}
/// All hosts it was started on (pack_hosts).
inline std::string targets(CampaignId id) {
    return "fleet:campaign:{" + to_text(id) + "}:targets";
}
/// Results in order of arrival, and the bytes they take.
inline std::string results(CampaignId id) {
    return "fleet:campaign:{" + to_text(id) + "}:results";
}
inline std::string bytes(CampaignId id) {
    return "fleet:campaign:{" + to_text(id) + "}:bytes";
}
/// Counters for the statistics of saved queries; exists only when wanted.
inline std::string stats(CampaignId id) {
    return "fleet:campaign:{" + to_text(id) + "}:stats";
}

}  // namespace fleet::live::keys
