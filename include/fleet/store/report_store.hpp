#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// Why a host's rows are missing from a report.
enum class LeftOut { no, too_large, report_full };

/// One host's part of a report, without its rows.
struct ReportHost {
    HostId host{};
    std::string host_name{};
    Time last_fetched{};
    std::uint64_t row_count = 0;
    LeftOut left_out = LeftOut::no;
};

struct ReportFilter {
    QueryId query{};
    std::optional<std::vector<TeamId>> visible{};  // teams that the viewer may see; none: all
    std::optional<TeamId> team{};                  // 0: hosts of no team
    std::string text{};                            // in the host's name
};

/// A query as one host knows it.
struct HostReport {
    QueryId query{};
    std::string name{}, description{}, sql{}, logging{};
    bool discard_data = false;
    std::uint64_t row_count = 0;
    std::optional<Time> last_fetched{};
    std::string first_row_json{};  // empty: none
};

struct HostReportFilter {
    HostId host{};
    std::optional<TeamId> team{};  // the host's
    std::string platform{};        // the host's family
    std::string text{};
    bool only_storing = false;
};

/// Stored answers to scheduled queries. Reads only: check-ins write them.
class ReportStore {
public:
    explicit ReportStore(Database& db) : db_{db} {}

    /// Hosts of a report, those last heard from first unless `paging` names an order. The page
    /// is the caller's matter: it counts rows, not hosts.
    Result<std::vector<ReportHost>> hosts(const ReportFilter& filter, const Paging& paging);
    /// Row arrays as JSON text, of those hosts that have one.
    std::vector<std::pair<HostId, std::string>> rows(QueryId query, std::span<const HostId> hosts);
    std::optional<ReportHost> find(QueryId query, HostId host);

    Result<std::vector<HostReport>> of_host(const HostReportFilter& filter, const Paging& paging);
    std::uint64_t count_of_host(const HostReportFilter& filter);

private:
    Database& db_;
};

}  // namespace fleet::store
