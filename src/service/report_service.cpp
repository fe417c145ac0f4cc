#include "fleet/service/report_service.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "fleet/core/host.hpp"
#include "fleet/core/roles.hpp"

namespace fleet::service {
namespace {

/// Which rows of which hosts make up the page; all of them without one.
std::vector<ReportRows> plan_of(const std::vector<store::ReportHost>& hosts, const Paging& paging) {
    std::vector<ReportRows> out;
    const std::uint64_t from = paging.offset();
    const std::uint64_t until =
        paging.per_page ? from + *paging.per_page : std::numeric_limits<std::uint64_t>::max();
    std::uint64_t at = 0;
    for (const store::ReportHost& host : hosts) {
        const std::uint64_t first = std::max(at, from);
        const std::uint64_t last = std::min(at + host.row_count, until);
        if (first < last) out.push_back({host, {}, first - at, last - first});
        at += host.row_count;
    }
    return out;
}

}  // namespace

std::uint64_t ReportCursor::rows() const {
    std::uint64_t out = 0;
    for (const ReportRows& rows : plan_)
        out += rows.take;
    return out;
}

std::vector<ReportRows> ReportCursor::next(std::size_t hosts) {
    const std::size_t count = std::min(hosts, plan_.size() - at_);
    std::vector<HostId> ids;
    for (std::size_t i = 0; i < count; ++i)
        ids.push_back(plan_[at_ + i].host.host);
    std::unordered_map<HostId, std::string> found;
    for (auto& [id, text] : reports_.rows(query_, ids))
        found.emplace(id, std::move(text));
    std::vector<ReportRows> out;
    for (std::size_t i = 0; i < count; ++i) {
        ReportRows rows = plan_[at_ + i];
        const auto hit = found.find(rows.host.host);
        if (hit == found.end()) continue;  // deleted meanwhile
        rows.rows_json = std::move(hit->second);
        out.push_back(std::move(rows));
    }
    at_ += count;
    return out;
}

Result<Report> ReportService::report(
    const Viewer& viewer, QueryId id, std::optional<TeamId> team, const Paging& paging
) {
    FLEET_CHECK(authorize(viewer, Action::read_query_results, Object::anywhere()));
    const auto query = deps_.queries.find(id);
    if (!query) return fail(Error::not_found("Query", to_text(id)));
    FLEET_CHECK(authorize(viewer, Action::read_query_results, Object::of_shared(query->team)));

    const store::ReportFilter filter{
        .query = id,
        .visible = teams_for(viewer, Action::read_query_results),
        .team = team,
        .text = paging.query};
    FLEET_TRY(std::vector<store::ReportHost> hosts, deps_.reports.hosts(filter, paging));
    std::vector<store::ReportHost> left_out;
    std::vector<store::ReportHost> kept;
    std::uint64_t count = 0;
    for (store::ReportHost& host : hosts) {
        const bool is_kept = host.left_out == store::LeftOut::no;
        if (is_kept) count += host.row_count;
        (is_kept ? kept : left_out).push_back(std::move(host));
    }
    Report out{
        .count = count,
        .has_next = paging.per_page && paging.offset() + *paging.per_page < count,
        .left_out = std::move(left_out),
        .cursor = {deps_.reports, id, plan_of(kept, paging)}};
    return out;
}

Result<store::HostRecord> ReportService::readable_host(const Viewer& viewer, HostId id) {
    auto host = deps_.hosts.find(id);
    if (!host) return fail(Error::not_found("Host", to_text(id)));
    FLEET_CHECK(authorize(viewer, Action::read_host, Object::of_host_team(host->team_id)));
    return std::move(*host);
}

Result<HostReports> ReportService::of_host(
    const Viewer& viewer, HostId id, Reports which, const Paging& paging
) {
    FLEET_CHECK(authorize(viewer, Action::read_host, Object::anywhere()));
    FLEET_TRY(const store::HostRecord host, readable_host(viewer, id));
    const store::HostReportFilter filter{
        .host = id,
        .team = host.team_id,
        .platform = std::string{to_text(generic_platform(host.platform, host.platform_like))},
        .text = paging.query,
        .only_storing = which == Reports::only_storing};
    HostReports out;
    out.count = deps_.reports.count_of_host(filter);
    FLEET_TRY(out.reports, deps_.reports.of_host(filter, paging));
    out.has_next = paging.per_page && paging.offset() + out.reports.size() < out.count;
    return out;
}

Result<OneHostReport> ReportService::of_host(const Viewer& viewer, HostId id, QueryId query) {
    FLEET_CHECK(authorize(viewer, Action::read_host, Object::anywhere()));
    OneHostReport out;
    FLEET_TRY(out.host, readable_host(viewer, id));
    const auto found = deps_.queries.find(query);
    if (!found) return fail(Error::not_found("Query", to_text(query)));
    FLEET_CHECK(authorize(viewer, Action::read_query_results, Object::of_shared(found->team)));
    out.stored = deps_.reports.find(query, id);
    for (auto& [host, text] : deps_.reports.rows(query, std::array{id}))
        out.rows_json = std::move(text);
    return out;
}

}  // namespace fleet::service
