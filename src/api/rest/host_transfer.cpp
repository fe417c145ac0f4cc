#include "fleet/api/rest/teams.hpp"
#include "host_filter_body.hpp"

namespace fleet::api::rest {

struct TransferBody {
    std::optional<TeamId> team_id{};
    std::optional<std::vector<HostId>> hosts{};
    static void fields(auto&& field) {
        field("team_id", &TransferBody::team_id);
        field("hosts", &TransferBody::hosts);
    }
};

struct TransferFilterBody {
    std::optional<TeamId> team_id{};
    std::optional<json::Value> filters{};  // checked by hand: unknown keys are errors
    static void fields(auto&& field) {
        field("team_id", &TransferFilterBody::team_id);
        field("filters", &TransferFilterBody::filters);
    }
};

namespace {

/// null, absent and 0 all mean "no team" (rest-api-a 13.9).
std::optional<TeamId> to_team(std::optional<TeamId> id) {
    return id == kNoTeam ? std::nullopt : id;
}

}  // namespace

std::span<const Row<HostTransferApi>> HostTransferApi::rows() {
    constexpr RowOptions kLargeBody{.max_body = 4 << 20};  // a hundred thousand ids
    static constexpr Row<HostTransferApi> kRows[] = {
        post<&HostTransferApi::by_id>("/hosts/transfer", Who::user, "transfer_hosts", kLargeBody),
        post<&HostTransferApi::by_filter>(
            "/hosts/transfer/filter", Who::user, "transfer_hosts_by_filter"
        ),
    };
    return kRows;
}

Result<Empty> HostTransferApi::by_id(const Viewer& viewer, const TransferBody& body) {
    if (!body.hosts) return fail(Error::bad_request("hosts must be specified"));
    FLEET_CHECK(hosts_.transfer_ids(viewer, to_team(body.team_id), *body.hosts));
    return Empty{};
}

Result<Empty> HostTransferApi::by_filter(const Viewer& viewer, const TransferFilterBody& body) {
    if (!body.filters) return fail(Error::bad_request("filters must be specified"));
    FLEET_TRY(const service::HostSelection selection, to_selection(*body.filters));
    FLEET_CHECK(hosts_.transfer_matching(viewer, to_team(body.team_id), selection));
    return Empty{};
}

}  // namespace fleet::api::rest
