#include "fleet/api/rest/host_lists.hpp"

#include <algorithm>
#include <memory>

#include "fleet/core/log.hpp"
#include "host_csv.hpp"
#include "host_json.hpp"
#include "host_params.hpp"
#include "software_list_json.hpp"

namespace fleet::api::rest {

struct HostCountDto {
    std::uint64_t count = 0;
    static void fields(auto&& field) { field("count", &HostCountDto::count); }
};

struct SummaryParams {
    std::optional<std::string> team_id{}, platform{}, low_disk_space{};
    static void fields(auto&& field) {
        field("team_id", &SummaryParams::team_id, json::in_query);
        field("platform", &SummaryParams::platform, json::in_query);
        field("low_disk_space", &SummaryParams::low_disk_space, json::in_query);
    }
};

namespace {

/// Hosts that go into one piece of a streamed answer.
constexpr std::size_t kPiece = 250;
/// The same when each brings its software, which may be two thousand entries.
constexpr std::size_t kPieceWithSoftware = 10;

std::size_t piece_size(const service::HostExtras& extras) {
    return extras.software ? kPieceWithSoftware : kPiece;
}

/// Writes a list piece by piece. What fails after the first byte ends the JSON with "error"
/// (rest-api-a 13.2).
class ListWriter {
public:
    /// `head`: members of the answer that come before the hosts.
    ListWriter(service::HostCursor cursor, const HostListRequest& request, const json::Value& head)
        : cursor_{std::move(cursor)},
          head_{head.empty() ? "{" : json::dump(head)},
          extras_{request.extras} {}

    bool operator()(std::string& piece) {
        if (ended_) return false;
        if (!started_) {
            if (head_.back() == '}') head_.back() = ',';
            piece = head_ + R"("hosts":[)";
        }
        started_ = true;
        try {
            add_hosts(piece);
        } catch (const std::exception& failure) {
            log::error("list of hosts cut short", {{"error", failure.what()}});
            piece += R"(],"error":"The list is incomplete: the database failed. Try again."})";
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
    void add_hosts(std::string& piece) {
        for (const service::HostView& view : cursor_.next(piece_size(extras_))) {
            if (any_) piece += ',';
            any_ = true;
            piece += host_text(view, extras_);
        }
    }

    service::HostCursor cursor_;
    std::string head_;
    service::HostExtras extras_;
    bool started_ = false, any_ = false, ended_ = false;
};

Raw to_answer(
    service::HostCursor cursor,
    const HostListRequest& request,
    const json::Value& head = json::Value::object()
) {
    Raw out;
    out.content_type = "application/json";
    const bool is_short = cursor.size() <= piece_size(request.extras);
    auto writer = std::make_shared<ListWriter>(std::move(cursor), request, head);
    if (is_short) {
        (*writer)(out.body);
    } else {
        out.stream = [writer](std::string& piece) { return (*writer)(piece); };
    }
    return out;
}

}  // namespace

std::span<const Row<HostListApi>> HostListApi::rows() {
    static constexpr Row<HostListApi> kRows[] = {
        get<&HostListApi::list>("/hosts", Who::user, "list_hosts"),
        get<&HostListApi::count>("/hosts/count", Who::user, "count_hosts"),
        get<&HostListApi::summary>("/host_summary", Who::user, "host_summary"),
        get<&HostListApi::csv>("/hosts/report", Who::user, "hosts_report"),
        get<&HostListApi::list_in_label>(
            "/labels/{id:uint}/hosts", Who::user, "list_hosts_in_label"
        ),
    };
    return kRows;
}

Result<Raw> HostListApi::list(const Viewer& viewer, const HostParams& params) {
    FLEET_TRY(HostListRequest request, to_host_list(params));
    request.selection.filter.label.reset();  // not a filter here (13.2)
    FLEET_TRY(
        service::HostCursor cursor,
        hosts_.list(viewer, request.selection, request.paging, request.extras)
    );
    return to_answer(std::move(cursor), request, software_of(viewer, request.selection));
}

/// What the hosts were chosen by, when there is such software (13.2).
json::Value HostListApi::software_of(
    const Viewer& viewer, const service::HostSelection& selection
) {
    json::Value out = json::Value::object();
    if (selection.software_version) {
        const auto found =
            software_.version(viewer, *selection.software_version, selection.filter.team);
        if (found) out["software"] = to_json(found->item);
    } else if (selection.software_title) {
        const auto found =
            software_.title(viewer, *selection.software_title, selection.filter.team);
        if (found) out["software_title"] = to_json(found->item);
    }
    return out;
}

Result<Raw> HostListApi::list_in_label(const Viewer& viewer, const HostParams& params) {
    FLEET_TRY(HostListRequest request, to_host_list(params));
    request.selection.filter.label = params.id;
    FLEET_TRY(
        service::HostCursor cursor,
        hosts_.list_in_label(viewer, request.selection, request.paging, request.extras)
    );
    return to_answer(std::move(cursor), request);
}

Result<HostCountDto> HostListApi::count(const Viewer& viewer, const HostParams& params) {
    FLEET_TRY(const HostListRequest request, to_host_list(params));
    FLEET_TRY(const std::uint64_t count, hosts_.count(viewer, request.selection));
    return HostCountDto{count};
}

Result<json::Value> HostListApi::summary(const Viewer& viewer, const SummaryParams& params) {
    service::SummaryRequest request;
    FLEET_TRY(const auto team, uint_param("team_id", params.team_id));
    if (team) request.team = static_cast<TeamId>(*team);
    request.platform = params.platform.value_or("");
    const auto low_disk = uint_param("low_disk_space", params.low_disk_space, 1, 100);
    if (!low_disk) {
        return fail(Error::bad_request(
            "invalid low_disk_space threshold, must be between 1 and 100: " + *params.low_disk_space
        ));
    }
    if (*low_disk) request.low_disk_gigs = static_cast<std::int64_t>(**low_disk);

    FLEET_TRY(const service::HostSummary summary, hosts_.summary(viewer, request));

    json::Value out = json::Value::object();
    if (team) out["team_id"] = *team;
    out["totals_hosts_count"] = summary.total;
    out["online_count"] = summary.online;
    out["offline_count"] = summary.offline;
    out["mia_count"] = summary.missing;
    out["missing_30_days_count"] = summary.missing;
    out["new_count"] = summary.fresh;
    out["all_linux_count"] = summary.all_linux;
    if (summary.low_disk_space) out["low_disk_space_count"] = *summary.low_disk_space;
    out["builtin_labels"] = json::Value::array();
    for (const store::Label& label : summary.builtin_labels) {
        out["builtin_labels"].push_back(
            {{"id", raw(label.id)},
             {"name", label.name},
             {"description", label.description},
             {"label_type", "builtin"}}
        );
    }
    out["platforms"] = json::Value::array();
    for (const PlatformCount& platform : summary.platforms) {
        out["platforms"].push_back(
            {{"platform", platform.platform}, {"hosts_count", platform.hosts}}
        );
    }
    return out;
}

Result<Raw> HostListApi::csv(const Viewer& viewer, const HostParams& params) {
    if (params.format != "csv") {
        return fail(Error::invalid("format", "unsupported or unspecified report format, use csv"));
    }
    FLEET_TRY(HostListRequest request, to_host_list(params));
    const auto columns = csv_columns(params.columns.value_or(""));
    if (!columns) {
        Raw refused;
        refused.status = 400;
        refused.body = json::dump({{"error", columns.error()}}) + "\n";
        return refused;
    }
    request.paging.page = 0;  // never paged (13.13)
    request.paging.per_page.reset();
    service::HostExtras extras;
    extras.issues = request.extras.issues;
    extras.emails = std::any_of(columns->begin(), columns->end(), [](const CsvColumn* column) {
        return column->name == "device_mapping";
    });
    FLEET_TRY(
        service::HostCursor cursor, hosts_.list(viewer, request.selection, request.paging, extras)
    );
    return csv_answer(std::move(cursor), *columns, clock_.now());
}

}  // namespace fleet::api::rest
