#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "fleet/store/checkin_store.hpp"

namespace fleet::store {

/// The secrets that a batch of enrolments shows: read once, their uses written once.
class EnrollSecrets {
public:
    struct Entry {
        std::uint64_t id = 0;
        std::optional<TeamId> team{};
        std::string name{};
        std::optional<Time> expires_at{};
        std::optional<std::uint64_t> use_limit{};
        std::uint64_t use_count = 0;  // before this batch
        std::uint64_t uses = 0;       // by this batch
        Time last_used{};

        /// `enrolled`, or why the secret does not open the door.
        EnrollOutcome::Kind state_at(Time now) const;
    };

    /// Secrets with a limit stay locked until the transaction ends, so that it is never exceeded.
    EnrollSecrets(Session& session, std::span<const EnrollRequest> requests);

    /// Nothing when there is no such secret.
    Entry* find(const Digest& digest);
    /// At the end of the transaction: these rows are shared by everybody who enrols.
    void save(Session& session) const;

private:
    std::map<Digest, std::optional<Entry>> entries_{};
};

}  // namespace fleet::store
