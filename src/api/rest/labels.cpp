#include "fleet/api/rest/labels.hpp"

#include <charconv>

#include "fleet/api/rest/paging.hpp"

namespace fleet::api::rest {

struct LabelListParams : PageParams {
    std::string team_id{};
    std::optional<std::string> include_host_counts{};
    static void fields(auto&& field) {
        page_fields<LabelListParams>(field);
        field("team_id", &LabelListParams::team_id, json::in_query);
        field("include_host_counts", &LabelListParams::include_host_counts, json::in_query);
    }
};

struct LabelIdParams {
    LabelId id{};
    static void fields(auto&& field) { field("id", &LabelIdParams::id, json::in_path); }
};

namespace {

/// "global" and 0: those of everybody; a team: its own, too; anything else is no filter (14.6).
store::LabelFilter to_filter(const std::string& team) {
    store::LabelFilter out;
    std::uint64_t id = 0;
    const auto [end, error] = std::from_chars(team.data(), team.data() + team.size(), id);
    const bool is_number =
        !team.empty() && error == std::errc{} && end == team.data() + team.size();
    if (team == "global" || (is_number && id == 0)) {
        out.scope = store::LabelFilter::Scope::global_only;
    } else if (is_number) {
        out.scope = store::LabelFilter::Scope::team_and_global;
        out.team = static_cast<TeamId>(id);
    }
    return out;
}

enum class Counts { shown, hidden };

json::Value to_json(const store::Label& label, Counts counts) {
    constexpr const char* kMemberships[] = {"dynamic", "manual", "host_vitals"};
    json::Value out = json::Value::object();
    out["created_at"] = to_rfc3339(label.created_at);
    out["updated_at"] = to_rfc3339(label.updated_at);
    out["id"] = raw(label.id);
    out["name"] = label.name;
    out["description"] = label.description;
    out["query"] = label.query;
    out["platform"] = label.platform;
    out["label_type"] = label.builtin ? "builtin" : "regular";
    out["label_membership_type"] = kMemberships[static_cast<std::size_t>(label.membership)];
    out["author_id"] = json::encode(label.author);
    out["team_id"] = json::encode(label.team);
    const std::uint64_t count = counts == Counts::shown ? label.host_count : 0;
    if (count > 0) out["host_count"] = count;
    out["display_text"] = label.name;
    out["count"] = count;
    return out;
}

}  // namespace

std::span<const Row<LabelApi>> LabelApi::rows() {
    static constexpr Row<LabelApi> kRows[] = {
        rest::get<&LabelApi::list>("/labels", Who::user, "list_labels"),
        rest::get<&LabelApi::summary>("/labels/summary", Who::user, "labels_summary"),
        rest::get<&LabelApi::get>("/labels/{id:uint}", Who::user, "get_label"),
    };
    return kRows;
}

Result<json::Value> LabelApi::list(const Viewer& viewer, const LabelListParams& params) {
    FLEET_TRY(const Paging paging, to_paging(params));
    FLEET_TRY(const auto labels, labels_.list(viewer, to_filter(params.team_id), paging));
    const auto& wish = params.include_host_counts;
    const auto counts = !wish || *wish == "1" || *wish == "true" ? Counts::shown : Counts::hidden;
    json::Value out = nullptr;  // not [] when there is none (14.6)
    for (const store::Label& label : labels)
        out.push_back(to_json(label, counts));
    return json::Value{{"labels", std::move(out)}};
}

Result<json::Value> LabelApi::summary(const Viewer& viewer, const LabelListParams& params) {
    FLEET_TRY(const auto labels, labels_.list(viewer, to_filter(params.team_id), {}));
    json::Value out = json::Value::array();
    for (const store::Label& label : labels) {
        out.push_back(
            {{"id", raw(label.id)},
             {"name", label.name},
             {"description", label.description},
             {"label_type", label.builtin ? "builtin" : "regular"},
             {"team_id", json::encode(label.team)}}
        );
    }
    return json::Value{{"labels", std::move(out)}};
}

Result<json::Value> LabelApi::get(const Viewer& viewer, const LabelIdParams& params) {
    FLEET_TRY(const service::LabelWithHosts found, labels_.get(viewer, params.id));
    json::Value label = to_json(found.label, Counts::shown);
    label["team_name"] = json::encode(found.label.team_name);
    if (!found.hosts.empty()) label["host_ids"] = json::encode(found.hosts);
    return json::Value{{"label", std::move(label)}};
}

}  // namespace fleet::api::rest
