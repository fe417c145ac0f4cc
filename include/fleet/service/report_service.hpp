#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/store/host_store.hpp"
#include "fleet/store/query_store.hpp"
#include "fleet/store/report_store.hpp"

namespace fleet::service {

/// Some rows of one host: `skip` rows of its array come before them.
struct ReportRows {
    store::ReportHost host{};
    std::string rows_json{};  // the host's whole array
    std::uint64_t skip = 0, take = 0;
};

/// Hands out a report some hosts at a time: the rows of a large fleet never sit in memory.
class ReportCursor {
public:
    ReportCursor(store::ReportStore& reports, QueryId query, std::vector<ReportRows> plan)
        : reports_{reports}, query_{query}, plan_{std::move(plan)} {}

    bool done() const { return at_ >= plan_.size(); }
    std::uint64_t rows() const;
    std::vector<ReportRows> next(std::size_t hosts);

private:
    store::ReportStore& reports_;
    QueryId query_;
    std::vector<ReportRows> plan_;
    std::size_t at_ = 0;
};

struct Report {
    std::uint64_t count = 0;  // rows without paging
    bool has_next = false;
    std::vector<store::ReportHost> left_out{};
    ReportCursor cursor;
};

struct HostReports {
    std::vector<store::HostReport> reports{};
    std::uint64_t count = 0;
    bool has_next = false;
};

struct OneHostReport {
    store::HostRecord host{};
    std::optional<store::ReportHost> stored{};
    std::string rows_json{};  // empty: none
};

enum class Reports { all, only_storing };

/// What scheduled queries have brought (rest-api-b 2, reports).
class ReportService {
public:
    struct Deps {
        store::ReportStore& reports;
        store::QueryStore& queries;
        store::HostStore& hosts;
    };

    explicit ReportService(Deps deps) : deps_{deps} {}

    Result<Report> report(
        const Viewer& viewer, QueryId id, std::optional<TeamId> team, const Paging& paging
    );
    Result<HostReports> of_host(
        const Viewer& viewer, HostId id, Reports which, const Paging& paging
    );
    Result<OneHostReport> of_host(const Viewer& viewer, HostId id, QueryId query);

private:
    Result<store::HostRecord> readable_host(const Viewer& viewer, HostId id);

    Deps deps_;
};

}  // namespace fleet::service
