#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/result.hpp"
#include "fleet/core/time.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

struct EnrollSecret {
    std::string secret{};
    std::optional<TeamId> team{};
    Time created_at{};
    std::string name{};
    std::optional<Time> expires_at{};
    std::optional<std::uint32_t> use_limit{};
    std::uint32_t use_count = 0;
    std::optional<Time> last_used_at{};
};

/// One entry of a list that replaces another. What is not set stays as it is stored; the inner
/// optional says "none".
struct WantedSecret {
    std::string secret{};
    std::optional<std::string> name{};
    std::optional<std::optional<Time>> expires_at{};
    std::optional<std::optional<std::uint32_t>> use_limit{};
};

/// What agents show to enrol. Admins may read the texts back; enrolment looks up their digest.
class EnrollSecretStore {
public:
    explicit EnrollSecretStore(Database& db) : db_{db} {}

    /// Those of a team, or without one the global ones; oldest first.
    std::vector<EnrollSecret> list(std::optional<TeamId> team);
    std::vector<EnrollSecret> list(Session& session, std::optional<TeamId> team);
    /// Those of several teams.
    std::map<TeamId, std::vector<EnrollSecret>> of_teams(std::span<const TeamId> teams);
    /// Makes the list the team's (or the global) secrets; those that stay keep their age and use.
    /// conflict: a secret belongs to another team.
    Result<> replace(
        Session& session,
        std::optional<TeamId> team,
        std::span<const WantedSecret> secrets,
        Time now
    );
    Result<> replace(
        Session& session, std::optional<TeamId> team, std::span<const std::string> secrets, Time now
    );

private:
    Database& db_;
};

}  // namespace fleet::store
