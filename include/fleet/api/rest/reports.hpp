#pragma once

#include <span>

#include "fleet/api/rest/endpoint.hpp"
#include "fleet/service/report_service.hpp"

namespace fleet::api::rest {

struct ReportParams;
struct HostReportsParams;
struct HostReportParams;

/// Rows that scheduled queries have brought (rest-api-b 2).
class ReportApi {
public:
    explicit ReportApi(service::ReportService& reports) : reports_{reports} {}

    static std::span<const Row<ReportApi>> rows();

    Result<Raw> report(const Viewer& viewer, const ReportParams& params);
    Result<json::Value> host_reports(const Viewer& viewer, const HostReportsParams& params);
    Result<json::Value> host_report(const Viewer& viewer, const HostReportParams& params);

private:
    service::ReportService& reports_;
};

}  // namespace fleet::api::rest
