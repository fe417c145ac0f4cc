#pragma once

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
};

/// What agents show to enrol. Admins may read the texts back; enrolment looks up their digest.
class EnrollSecretStore {
public:
    explicit EnrollSecretStore(Database& db) : db_{db} {}

    /// Those of a team, or without one the global ones; oldest first.
    std::vector<EnrollSecret> list(std::optional<TeamId> team);
    /// Makes the list the team's (or the global) secrets; those that stay keep their age.
    /// conflict: a secret belongs to another team.
    Result<> replace(
        Session& session, std::optional<TeamId> team, std::span<const std::string> secrets, Time now
    );

private:
    Database& db_;
};

}  // namespace fleet::store
