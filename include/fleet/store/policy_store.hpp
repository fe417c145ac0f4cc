#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/paging.hpp"
#include "fleet/core/policy.hpp"
#include "fleet/core/policy_scope.hpp"
#include "fleet/core/result.hpp"
#include "fleet/store/db.hpp"
#include "fleet/store/query_store.hpp"

namespace fleet::store {

/// Labels that a policy names, by what they do.
struct PolicyLabels {
    std::vector<LabelRef> include_any{}, include_all{}, exclude_any{}, exclude_all{};
};

/// What people can set of a policy.
struct PolicyFields {
    std::string name{}, description{}, sql{}, platform{};
    std::optional<std::string> resolution{};
    bool critical = false;
    bool calendar_events = false;
    bool conditional_access = false;
    bool continuous_automations = false;
    std::optional<std::uint64_t> software_title{}, software_installer{}, script{};
    PolicyLabels labels{};
};

struct Policy {
    PolicyId id{};
    std::optional<TeamId> team{};  // none: for all hosts; 0: for hosts of no team
    std::string team_name{};
    PolicyFields fields{};
    QueryAuthor author{};
    Time created_at{}, updated_at{};
    std::uint64_t passing = 0, failing = 0;
    bool counted = false;  // at least one host has answered

    PolicyScope scope() const;
};

/// Which automation a policy has. `other`: a webhook or tickets.
enum class PolicyAutomation { software, scripts, calendar, conditional_access, other };

/// Which policies a list holds.
struct PolicyFilter {
    std::optional<TeamId> team{};        // none: those for all hosts
    bool merge_inherited = false;        // with a team: those for all hosts, too
    std::optional<TeamId> counted_in{};  // counts of this team's hosts only; 0: of no team
    std::string platform{};              // "darwin", "windows", "linux", "chrome"; empty: any
    std::string text{};                  // in the name
    std::optional<PolicyAutomation> automation{};
    std::vector<PolicyId> with_webhook{};  // what PolicyAutomation::other means
};

/// What a change does to the answers that are there.
enum class PolicyChange {
    keeps_answers,
    other_hosts,    // platform or labels: hosts that it is not for any more lose theirs
    drops_answers,  // the question is another
};

/// One entry of a batch of specs.
struct PolicyUpsert {
    std::optional<PolicyId> existing{};
    std::optional<TeamId> team{};
    PolicyFields fields{};
    PolicyChange change = PolicyChange::keeps_answers;
};

/// A policy that is for a host, and what the host says.
struct HostPolicy {
    std::shared_ptr<const Policy> policy{};
    PolicyAnswer answer = PolicyAnswer::none;
};

/// Policies for people and scripts. Every function blocks; changes raise the revision of the
/// schedule, so that agents are asked.
class PolicyStore {
public:
    explicit PolicyStore(Database& db) : db_{db} {}

    Result<std::vector<Policy>> list(const PolicyFilter& filter, const Paging& paging);
    std::uint64_t count(const PolicyFilter& filter);
    /// With counts of one team's hosts when `counted_in` is given.
    std::optional<Policy> find(PolicyId id, std::optional<TeamId> counted_in = {});
    std::optional<Policy> find(std::optional<TeamId> team, const std::string& name);
    /// Those that exist, by id.
    std::vector<Policy> find_all(std::span<const PolicyId> ids);

    /// Conflict: the name is taken in that team. `record` is told the new id.
    Result<PolicyId> insert(
        std::optional<TeamId> team,
        const PolicyFields& fields,
        const QueryAuthor& author,
        const std::function<void(Session&, PolicyId)>& record
    );
    Result<> update(
        PolicyId id, const PolicyFields& fields, PolicyChange change, const InTransaction& record
    );
    /// All or none.
    Result<> upsert(
        std::span<const PolicyUpsert> policies,
        const QueryAuthor& author,
        const InTransaction& record
    );
    void remove(std::span<const PolicyId> ids, const InTransaction& record);
    /// Forgets all answers, as if the policy were new.
    void reset(PolicyId id);
    /// Notes every failing host of the policies as one that newly fails.
    void fail_again(std::span<const PolicyId> ids, Time now);

    /// Policies for each of the hosts: failing ones first, then those without an answer.
    std::vector<std::pair<HostId, std::vector<HostPolicy>>> of_hosts(std::span<const HostId> hosts);
    /// How many policies the hosts fail; those that fail none may be left out.
    std::vector<std::pair<HostId, std::uint64_t>> failing(std::span<const HostId> hosts);

private:
    std::vector<Policy> all();

    Database& db_;
};

}  // namespace fleet::store
