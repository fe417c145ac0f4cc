#include "fleet/api/rest/reports.hpp"

#include <memory>

#include "compact_json.hpp"
#include "fleet/api/rest/paging.hpp"
#include "fleet/core/log.hpp"
#include "report_rows.hpp"

namespace fleet::api::rest {

struct ReportParams : PageParams {
    QueryId id{};
    std::optional<std::uint64_t> team_id{};
    static void fields(auto&& field) {
        field("id", &ReportParams::id, json::in_path);
        page_fields<ReportParams>(field);
        field("team_id", &ReportParams::team_id, json::in_query);
    }
};

struct HostReportsParams : PageParams {
    HostId id{};
    bool exclude_no_results = false;
    static void fields(auto&& field) {
        field("id", &HostReportsParams::id, json::in_path);
        page_fields<HostReportsParams>(field);
        field("exclude_no_results", &HostReportsParams::exclude_no_results, json::in_query);
    }
};

struct HostReportParams {
    HostId id{};
    QueryId report_id{};
    static void fields(auto&& field) {
        field("id", &HostReportParams::id, json::in_path);
        field("report_id", &HostReportParams::report_id, json::in_path);
    }
};

namespace {

/// Hosts whose rows go into one piece; each may hold half a megabyte.
constexpr std::size_t kHostsPerPiece = 16;
/// Pages up to this many rows are sent in one go.
constexpr std::uint64_t kSmall = 1'000;

struct LeftOutDto {
    HostId host_id{};
    std::string host_name{}, reason{};
    static void fields(auto&& field) {
        field("host_id", &LeftOutDto::host_id);
        field("host_name", &LeftOutDto::host_name);
        field("reason", &LeftOutDto::reason);
    }
};

std::string reason(store::LeftOut left_out) {
    return left_out == store::LeftOut::too_large
               ? "The answer of this host is too large to be kept. Select fewer rows or columns."
               : "The report is full. Select fewer rows or columns, or limit the query to fewer "
                 "hosts.";
}

std::vector<LeftOutDto> to_dtos(const std::vector<store::ReportHost>& hosts) {
    std::vector<LeftOutDto> out;
    for (const store::ReportHost& host : hosts)
        out.push_back({host.host, host.host_name, reason(host.left_out)});
    return out;
}

/// Everything before the rows.
std::string head(const ReportParams& params, const service::Report& report, const Paging& paging) {
    std::string out{"{\"query_id\":"};
    append_json(out, params.id);
    out += ",\"report_id\":";
    append_json(out, params.id);
    out += ",\"report_clipped\":";
    append_json(out, !report.left_out.empty());
    out += ",\"left_out_hosts\":";
    append_json(out, to_dtos(report.left_out));
    out += ",\"count\":";
    append_json(out, report.count);
    out += ",\"meta\":";
    append_json(out, PageMeta{report.has_next, paging.page > 0});
    return out + ",\"results\":[";
}

class ReportWriter {
public:
    ReportWriter(std::string head_text, service::ReportCursor cursor)
        : head_{std::move(head_text)}, cursor_{std::move(cursor)} {}

    bool operator()(std::string& piece) {
        if (ended_) return false;
        piece = std::exchange(head_, {});
        try {
            // A host may have no rows left, but an empty piece would end the answer.
            do {
                for (const service::ReportRows& rows : cursor_.next(kHostsPerPiece))
                    add_rows(rows, piece);
            } while (piece.empty() && !cursor_.done());
        } catch (const std::exception& failure) {
            log::error("report cut short", {{"error", failure.what()}});
            piece += R"(],"error":"The report is incomplete: the database failed. Try again."})";
            ended_ = true;
            return true;
        }
        if (cursor_.done()) {
            piece += "]}\n";
            ended_ = true;
        }
        return true;
    }

private:
    void add_rows(const service::ReportRows& rows, std::string& piece) {
        std::string start{"{\"host_id\":"};
        append_json(start, rows.host.host);
        start += ",\"host_name\":";
        append_json(start, rows.host.host_name);
        start += ",\"last_fetched\":";
        append_json(start, rows.host.last_fetched);
        start += ",\"columns\":";
        std::uint64_t at = 0;
        for (const json::Value& row : report_rows(rows.rows_json)) {
            const std::uint64_t index = at++;
            if (index < rows.skip || index >= rows.skip + rows.take) continue;
            if (any_) piece += ',';
            any_ = true;
            piece += start;
            piece += json::dump(row);
            piece += '}';
        }
    }

    std::string head_;
    service::ReportCursor cursor_;
    bool any_ = false, ended_ = false;
};

}  // namespace

std::span<const Row<ReportApi>> ReportApi::rows() {
    static constexpr Row<ReportApi> kRows[] = {
        get<&ReportApi::report>("/reports/{id:uint}/report", Who::user, "get_query_report"),
        get<&ReportApi::host_reports>("/hosts/{id:uint}/reports", Who::user, "list_host_reports"),
        get<&ReportApi::host_report>(
            "/hosts/{id:uint}/reports/{report_id:uint}", Who::user, "get_host_report"
        ),
    };
    return kRows;
}

Result<Raw> ReportApi::report(const Viewer& viewer, const ReportParams& params) {
    FLEET_TRY(const Paging paging, to_paging(params));
    std::optional<TeamId> team;
    if (params.team_id) team = static_cast<TeamId>(*params.team_id);
    FLEET_TRY(service::Report report, reports_.report(viewer, params.id, team, paging));
    std::string start = head(params, report, paging);
    const bool is_small = report.cursor.rows() <= kSmall;
    auto writer = std::make_shared<ReportWriter>(std::move(start), std::move(report.cursor));
    Raw out;
    if (!is_small) {
        out.stream = [writer](std::string& piece) { return (*writer)(piece); };
        return out;
    }
    std::string piece;
    while ((*writer)(piece))
        out.body += piece;
    return out;
}

Result<json::Value> ReportApi::host_reports(const Viewer& viewer, const HostReportsParams& params) {
    FLEET_TRY(const Paging paging, to_paging(params));
    const auto which =
        params.exclude_no_results ? service::Reports::only_storing : service::Reports::all;
    FLEET_TRY(const service::HostReports page, reports_.of_host(viewer, params.id, which, paging));
    json::Value out = json::Value::object();
    out["reports"] = json::Value::array();
    for (const store::HostReport& report : page.reports) {
        const auto first =
            json::Value::parse(report.first_row_json, nullptr, /*allow_exceptions=*/false);
        json::Value entry = json::Value::object();
        entry["id"] = raw(report.query);
        entry["name"] = report.name;
        entry["description"] = report.description;
        entry["query"] = report.sql;
        entry["logging"] = report.logging;
        entry["discard_data"] = report.discard_data;
        entry["total_results_count"] = report.row_count;
        entry["last_fetched"] = json::encode(report.last_fetched);
        entry["first_result_columns"] = first.is_object() ? report_row(first) : json::Value{};
        out["reports"].push_back(std::move(entry));
    }
    out["count"] = page.count;
    out["meta"] = json::encode(PageMeta{page.has_next, paging.page > 0});
    return out;
}

Result<json::Value> ReportApi::host_report(const Viewer& viewer, const HostReportParams& params) {
    FLEET_TRY(
        const service::OneHostReport report, reports_.of_host(viewer, params.id, params.report_id)
    );
    json::Value out = json::Value::object();
    out["query_id"] = raw(params.report_id);
    out["host_id"] = raw(params.id);
    out["host_name"] = report.host.display_name;
    out["last_fetched"] = nullptr;
    if (report.stored) out["last_fetched"] = to_rfc3339(report.stored->last_fetched);
    const bool left_out = report.stored && report.stored->left_out != store::LeftOut::no;
    out["report_clipped"] = left_out;
    if (left_out) out["reason"] = reason(report.stored->left_out);
    out["results"] = json::Value::array();
    for (json::Value& row : report_rows(report.rows_json))
        out["results"].push_back({{"columns", std::move(row)}});
    return out;
}

}  // namespace fleet::api::rest
