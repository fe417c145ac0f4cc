#include "perf/agent/habits.hpp"

#include <array>

namespace fleet::perf {
namespace {

constexpr std::string_view kPolicyPrefix = "fleet_policy_query_";
constexpr std::string_view kDetailPrefix = "fleet_detail_query_";

/// What the published load tests let fail half of the time.
constexpr std::array<std::string_view, 4> kOftenFailing{
    "software_", "battery", "disk_encryption_", "munki_info"};

bool often_fails(std::string_view query) {
    if (!query.starts_with(kDetailPrefix)) return false;
    query.remove_prefix(kDetailPrefix.size());
    for (const auto start : kOftenFailing) {
        if (query.starts_with(start)) return true;
    }
    return false;
}

QueryOutcome failure() {
    QueryOutcome outcome;
    outcome.status = 1;
    outcome.message = "failed on purpose (profile compat)";
    return outcome;
}

QueryOutcome policy_answer(bool passes) {
    QueryOutcome outcome;
    if (passes) outcome.rows.emplace_back(R"({"1":"1"})");
    return outcome;
}

}  // namespace

bool passes_policy(std::uint64_t key, std::string_view policy, std::int64_t now) {
    constexpr std::uint64_t kFlipsIn = 200;  // hours
    const auto bits = draw(key, policy);
    // A moment of its own within 200 hours; a flip then, and another 200 hours later.
    const auto hours = static_cast<std::uint64_t>(now / 3600);
    const bool flipped = (hours + bits % kFlipsIn) / kFlipsIn % 2 == 1;
    return (mix(bits) % 5 != 0) != flipped;
}

std::optional<QueryOutcome> Habits::instead(
    std::string_view query, std::uint64_t key, std::int64_t now
) const {
    if (profile_ == AnswerProfile::tables) return std::nullopt;
    const bool policy = query.starts_with(kPolicyPrefix);
    if (profile_ == AnswerProfile::honest) {
        if (policy) return policy_answer(passes_policy(key, query, now));
        return std::nullopt;
    }
    if (policy) return policy_answer(jitter_.fraction() < 0.5);
    if (often_fails(query) && jitter_.fraction() < 0.5) return failure();
    return std::nullopt;
}

}  // namespace fleet::perf
