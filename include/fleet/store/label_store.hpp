#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

enum class LabelMembership { dynamic, manual, host_vitals };

struct Label {
    LabelId id{};
    std::string name{}, description{}, query{}, platform{};
    bool builtin = false;
    LabelMembership membership = LabelMembership::dynamic;
    std::optional<std::string> criteria{};  // JSON text
    std::optional<TeamId> team{};
    std::optional<std::string> team_name{};
    std::optional<UserId> author{};
    std::uint64_t host_count = 0;
    Time created_at{}, updated_at{};
};

/// Which labels a list holds.
struct LabelFilter {
    enum class Scope { all, global_only, team_and_global };
    Scope scope = Scope::all;
    TeamId team{};                                 // for team_and_global
    std::optional<std::vector<TeamId>> visible{};  // teams that the viewer may see; none: all
    std::string text{};
};

/// Hosts that may become members: those of the teams that the viewer may see (none given: all), and
/// only those of the label's own team when it has one.
struct MemberScope {
    std::optional<std::vector<TeamId>> visible{};
    std::optional<TeamId> team{};
};

/// What a label is to be, as one entry of a list that is applied.
struct LabelUpsert {
    std::optional<LabelId> existing{};
    Label label{};                               // id, author, counts and times are not looked at
    std::optional<std::vector<HostId>> hosts{};  // of a manual label: all its members
    bool changed = true;                         // other than in its members
    bool starts_over = false;                    // what made hosts members is no longer what it was
};

/// Labels. Counts change in the transaction that changes the members.
class LabelStore {
public:
    using InTransaction = std::function<void(Session&)>;
    using WithId = std::function<void(Session&, LabelId)>;

    explicit LabelStore(Database& db) : db_{db} {}

    Result<std::vector<Label>> list(const LabelFilter& filter, const Paging& paging);
    std::optional<Label> find(LabelId id);
    std::optional<Label> find(const std::string& name);
    std::vector<Label> find_named(std::span<const std::string> names);
    /// Members that belong to one of the teams; none given: all members.
    std::vector<HostId> host_ids(LabelId id, const std::optional<std::vector<TeamId>>& teams);
    /// One identifier a member, which leads back to it and to no other host.
    std::vector<std::pair<LabelId, std::string>> member_identifiers(
        std::span<const LabelId> ids, const std::optional<std::vector<TeamId>>& teams
    );

    std::optional<std::string> team_name(TeamId id);
    std::optional<TeamId> team_named(const std::string& name);
    /// Hosts by host name, UUID, serial, osquery identifier or node key; unknown ones are left out.
    std::vector<HostId> hosts_named(
        std::span<const std::string> identifiers, const MemberScope& scope
    );
    std::vector<HostId> hosts_with_ids(std::span<const HostId> ids, const MemberScope& scope);

    /// 409 when the name is taken. A label that looks at attributes still has to be filled.
    Result<LabelId> insert(
        const Label& label, std::span<const HostId> members, Time now, const WithId& record
    );
    /// Name, description and, when given, all members of a manual label. Returns who joined or
    /// left.
    Result<std::vector<HostId>> update(
        LabelId id,
        const std::string& name,
        const std::string& description,
        const std::optional<std::vector<HostId>>& members,
        const InTransaction& record
    );
    /// All or none; `record` is called for each, `changed` tells whether anything did, members
    /// included. 409 when a name is taken.
    Result<> upsert(
        std::span<const LabelUpsert> labels,
        std::optional<UserId> author,
        Time now,
        const std::function<void(Session&, const LabelUpsert&, LabelId, bool changed)>& record
    );
    /// 422 while a query or a policy is limited to the label.
    Result<> remove(const Label& label, const InTransaction& record);

    /// Enters the hosts that meet the criteria and takes out the others, some hosts at a time.
    void fill(LabelId id);
    /// Those that were not filled to the end, because the server stopped.
    std::vector<LabelId> unfilled();

    /// The team of a host; nothing when there is no such host.
    std::optional<std::optional<TeamId>> team_of_host(HostId host);
    /// One host joins and leaves manual labels. False: no such host.
    bool change_host(
        HostId host, std::span<const LabelId> joined, std::span<const LabelId> left, Time now
    );

private:
    Database& db_;
};

}  // namespace fleet::store
