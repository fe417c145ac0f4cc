#include "fleet/api/rest/software.hpp"

#include "fleet/api/rest/paging.hpp"
#include "host_params.hpp"
#include "software_list_json.hpp"

namespace fleet::api::rest {

struct SoftwareParams : PageParams {
    HostId id{};  // of /hosts/{id}/software
    std::optional<std::string> team_id{}, vulnerable{}, exploit{}, min_cvss_score{};
    std::optional<std::string> max_cvss_score{}, without_vulnerability_details{};
    std::optional<std::string> available_for_install{}, self_service{}, packages_only{};
    std::optional<std::string> hash_sha256{}, package_name{};
    static void fields(auto&& field) {
        page_fields<SoftwareParams>(field);
        field("id", &SoftwareParams::id, json::in_path);
        field("team_id", &SoftwareParams::team_id, json::in_query);
        field("vulnerable", &SoftwareParams::vulnerable, json::in_query);
        field("exploit", &SoftwareParams::exploit, json::in_query);
        field("min_cvss_score", &SoftwareParams::min_cvss_score, json::in_query);
        field("max_cvss_score", &SoftwareParams::max_cvss_score, json::in_query);
        field(
            "without_vulnerability_details",
            &SoftwareParams::without_vulnerability_details,
            json::in_query
        );
        field("available_for_install", &SoftwareParams::available_for_install, json::in_query);
        field("self_service", &SoftwareParams::self_service, json::in_query);
        field("packages_only", &SoftwareParams::packages_only, json::in_query);
        field("hash_sha256", &SoftwareParams::hash_sha256, json::in_query);
        field("package_name", &SoftwareParams::package_name, json::in_query);
    }
};

struct SoftwareIdParams {
    std::uint64_t id = 0;
    std::optional<std::string> team_id{};
    static void fields(auto&& field) {
        field("id", &SoftwareIdParams::id, json::in_path);
        field("team_id", &SoftwareIdParams::team_id, json::in_query);
    }
};

namespace {

Result<std::optional<TeamId>> team_of(const std::optional<std::string>& text) {
    FLEET_TRY(const auto id, uint_param("team_id", text));
    if (!id) return std::nullopt;
    return static_cast<TeamId>(*id);
}

/// No vulnerability, installer or package is known yet: who asks for those gets none.
Result<service::SoftwareRequest> to_request(const SoftwareParams& p) {
    service::SoftwareRequest out;
    FLEET_TRY(out.paging, to_paging(p));
    FLEET_TRY(out.team, team_of(p.team_id));
    FLEET_TRY(const bool vulnerable, go_bool("vulnerable", p.vulnerable));
    FLEET_TRY(const bool exploit, go_bool("exploit", p.exploit));
    FLEET_CHECK(go_bool("without_vulnerability_details", p.without_vulnerability_details));
    FLEET_TRY(const bool installers, go_bool("available_for_install", p.available_for_install));
    FLEET_TRY(const bool self_service, go_bool("self_service", p.self_service));
    FLEET_CHECK(go_bool("packages_only", p.packages_only));
    const bool by_score = p.min_cvss_score || p.max_cvss_score || exploit;
    if (by_score && !vulnerable) {
        return fail(Error::invalid("vulnerable", "must be true with a score or exploit filter"));
    }
    out.nothing = vulnerable || installers || self_service || p.hash_sha256 || p.package_name;
    return out;
}

json::Value time_json(const std::optional<Time>& time) {
    return json::encode(time);
}

json::Value meta_json(bool has_next, const Paging& paging) {
    return json::encode(PageMeta{has_next, paging.page > 0});
}

template <class Item>
json::Value items_json(const std::vector<Item>& items) {
    json::Value out = json::Value::array();
    for (const Item& item : items)
        out.push_back(to_json(item));
    return out;
}

}  // namespace

std::span<const Row<SoftwareApi>> SoftwareApi::rows() {
    static constexpr Row<SoftwareApi> kRows[] = {
        get<&SoftwareApi::versions>("/software/versions", Who::user, "list_software_versions"),
        get<&SoftwareApi::version>(
            "/software/versions/{id:uint}", Who::user, "get_software_version"
        ),
        get<&SoftwareApi::list>("/software", Who::user, "list_software"),
        get<&SoftwareApi::version>("/software/{id:uint}", Who::user, "get_software"),
        get<&SoftwareApi::count>("/software/count", Who::user, "count_software"),
        get<&SoftwareApi::titles>("/software/titles", Who::user, "list_software_titles"),
        get<&SoftwareApi::title>("/software/titles/{id:uint}", Who::user, "get_software_title"),
        get<&SoftwareApi::of_host>("/hosts/{id:uint}/software", Who::user, "list_host_software"),
    };
    return kRows;
}

Result<json::Value> SoftwareApi::versions(const Viewer& viewer, const SoftwareParams& params) {
    FLEET_TRY(const service::SoftwareRequest request, to_request(params));
    FLEET_TRY(const auto page, software_.versions(viewer, request));
    json::Value out = json::Value::object();
    out["counts_updated_at"] = time_json(page.counted_at);
    out["count"] = page.count;
    out["software"] = items_json(page.items);
    out["meta"] = meta_json(page.has_next, request.paging);
    return out;
}

Result<json::Value> SoftwareApi::list(const Viewer& viewer, const SoftwareParams& params) {
    FLEET_TRY(const service::SoftwareRequest request, to_request(params));
    FLEET_TRY(const auto page, software_.versions(viewer, request));
    json::Value out = json::Value::object();
    out["counts_updated_at"] = time_json(page.counted_at);
    out["software"] = items_json(page.items);
    return out;
}

Result<json::Value> SoftwareApi::count(const Viewer& viewer, const SoftwareParams& params) {
    FLEET_TRY(const service::SoftwareRequest request, to_request(params));
    FLEET_TRY(const std::uint64_t count, software_.count_versions(viewer, request));
    return json::Value{{"count", count}};
}

Result<json::Value> SoftwareApi::version(const Viewer& viewer, const SoftwareIdParams& params) {
    FLEET_TRY(const auto team, team_of(params.team_id));
    FLEET_TRY(const auto found, software_.version(viewer, params.id, team));
    return json::Value{{"software", to_json(found.item)}};
}

Result<json::Value> SoftwareApi::titles(const Viewer& viewer, const SoftwareParams& params) {
    FLEET_TRY(const service::SoftwareRequest request, to_request(params));
    FLEET_TRY(const auto page, software_.titles(viewer, request));
    json::Value out = json::Value::object();
    out["counts_updated_at"] = time_json(page.counted_at);
    out["count"] = page.count;
    out["software_titles"] = items_json(page.items);
    out["meta"] = meta_json(page.has_next, request.paging);
    return out;
}

Result<json::Value> SoftwareApi::title(const Viewer& viewer, const SoftwareIdParams& params) {
    FLEET_TRY(const auto team, team_of(params.team_id));
    FLEET_TRY(const auto found, software_.title(viewer, params.id, team));
    json::Value title = to_json(found.item);
    for (std::size_t i = 0; i < found.item.versions.size(); ++i)
        title["versions"][i]["hosts_count"] = found.item.versions[i].hosts_count;
    title["counts_updated_at"] = time_json(found.counted_at);
    return json::Value{{"software_title", std::move(title)}};
}

Result<json::Value> SoftwareApi::of_host(const Viewer& viewer, const SoftwareParams& params) {
    FLEET_TRY(const service::SoftwareRequest request, to_request(params));
    FLEET_TRY(const auto page, software_.of_host(viewer, params.id, request));
    json::Value out = json::Value::object();
    out["count"] = page.count;
    out["software"] = items_json(page.items);
    out["meta"] = meta_json(page.has_next, request.paging);
    return out;
}

}  // namespace fleet::api::rest
