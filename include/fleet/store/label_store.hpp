#pragma once

#include <cstdint>
#include <optional>
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

/// Labels, reading only.
class LabelStore {
public:
    explicit LabelStore(Database& db) : db_{db} {}

    Result<std::vector<Label>> list(const LabelFilter& filter, const Paging& paging);
    std::optional<Label> find(LabelId id);
    /// Members that belong to one of the teams; none given: all members.
    std::vector<HostId> host_ids(LabelId id, const std::optional<std::vector<TeamId>>& teams);

private:
    Database& db_;
};

}  // namespace fleet::store
