#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "perf/options.hpp"
#include "perf/random.hpp"
#include "perf/sql/engine.hpp"

namespace fleet::perf {

/// Answers that a profile gives in place of what the tables say, by the name of the query.
class Habits {
public:
    Habits(AnswerProfile profile, Jitter& jitter) : profile_{profile}, jitter_{jitter} {}

    /// `key` is the host's (see Profile), `now` in unix seconds. Nothing: the tables may answer.
    std::optional<QueryOutcome> instead(std::string_view query, std::uint64_t key, std::int64_t now)
        const;

private:
    AnswerProfile profile_;
    Jitter& jitter_;
};

/// Whether a host passes a policy in the honest profile: four in five do, and a policy of a host
/// changes its mind with a probability of half a percent an hour.
bool passes_policy(std::uint64_t key, std::string_view policy, std::int64_t now);

}  // namespace fleet::perf
