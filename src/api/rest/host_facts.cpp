#include "fleet/api/rest/host_facts.hpp"

#include "host_json.hpp"
#include "host_params.hpp"

namespace fleet::api::rest {

struct HostFactsParams {
    HostId id{};
    static void fields(auto&& field) { field("id", &HostFactsParams::id, json::in_path); }
};

struct HostsFactsParams {
    std::optional<std::string> team_id{}, platform{};
    static void fields(auto&& field) {
        field("team_id", &HostsFactsParams::team_id, json::in_query);
        field("platform", &HostsFactsParams::platform, json::in_query);
    }
};

struct SetDeviceMappingRequest {
    HostId id{};
    std::string email{}, source{};
    static void fields(auto&& field) {
        field("id", &SetDeviceMappingRequest::id, json::in_path);
        field("email", &SetDeviceMappingRequest::email);
        field("source", &SetDeviceMappingRequest::source);
    }
};

namespace {

json::Value mapping_answer(HostId host, const std::vector<store::HostEmail>& emails) {
    return json::Value{
        {"host_id", raw(host)},
        {"device_mapping", emails.empty() ? json::Value(nullptr) : device_mapping_json(emails)}};
}

json::Value no_enrollments() {
    return json::Value{
        {"enrolled_manual_hosts_count", 0},
        {"enrolled_automated_hosts_count", 0},
        {"enrolled_personal_hosts_count", 0},
        {"pending_hosts_count", 0},
        {"unenrolled_hosts_count", 0},
        {"hosts_count", 0}};
}

/// Who may list the hosts may read the summary of them.
Result<> check_summary(
    service::HostService& hosts, const Viewer& viewer, const HostsFactsParams& params
) {
    service::HostSelection selection;
    FLEET_TRY(const auto team, uint_param("team_id", params.team_id));
    if (team) selection.filter.team = static_cast<TeamId>(*team);
    selection.filter.nothing = true;
    FLEET_CHECK(hosts.count(viewer, selection));
    return {};
}

}  // namespace

std::span<const Row<HostFactsApi>> HostFactsApi::rows() {
    using Api = HostFactsApi;
    constexpr RowOptions kNoContent{.success = 204};
    static constexpr Row<Api> kRows[] = {
        get<&Api::device_mapping>(
            "/hosts/{id:uint}/device_mapping", Who::user, "list_host_device_mapping"
        ),
        row<&Api::set_device_mapping>(
            http::Method::put,
            "/hosts/{id:uint}/device_mapping",
            Who::user,
            "set_host_device_mapping"
        ),
        del<&Api::remove_idp>(
            "/hosts/{id:uint}/device_mapping/idp", Who::user, "delete_host_idp_mapping", kNoContent
        ),
        get<&Api::mdm>("/hosts/{id:uint}/mdm", Who::user, "host_mdm"),
        get<&Api::mdm_summary>("/hosts/summary/mdm", Who::user, "hosts_mdm_summary"),
        get<&Api::macadmins>("/hosts/{id:uint}/macadmins", Who::user, "host_macadmins"),
        get<&Api::macadmins_summary>("/macadmins", Who::user, "macadmins"),
        get<&Api::encryption_key>(
            "/hosts/{id:uint}/encryption_key", Who::user, "host_encryption_key"
        ),
        get<&Api::encryption_key>(
            "/mdm/hosts/{id:uint}/encryption_key", Who::user, "mdm_host_encryption_key"
        ),
    };
    return kRows;
}

Result<json::Value> HostFactsApi::device_mapping(
    const Viewer& viewer, const HostFactsParams& params
) {
    FLEET_TRY(const auto emails, emails_.list(viewer, params.id));
    return mapping_answer(params.id, emails);
}

Result<json::Value> HostFactsApi::set_device_mapping(
    const Viewer& viewer, const SetDeviceMappingRequest& request
) {
    FLEET_TRY(const auto emails, emails_.set(viewer, request.id, request.email, request.source));
    return mapping_answer(request.id, emails);
}

Result<Empty> HostFactsApi::remove_idp(const Viewer& viewer, const HostFactsParams& params) {
    FLEET_CHECK(emails_.remove_idp(viewer, params.id));
    return Empty{};
}

Result<json::Value> HostFactsApi::mdm(const Viewer& viewer, const HostFactsParams& params) {
    FLEET_CHECK(hosts_.get_brief(viewer, params.id));
    return json::Value(nullptr);  // the whole body (13.18)
}

Result<json::Value> HostFactsApi::mdm_summary(
    const Viewer& viewer, const HostsFactsParams& params
) {
    FLEET_CHECK(check_summary(hosts_, viewer, params));
    json::Value out = json::Value::object();
    out["counts_updated_at"] = kZeroTime;  // nothing was ever counted
    out["mobile_device_management_enrollment_status"] = no_enrollments();
    out["mobile_device_management_solution"] = json::Value::array();
    return out;
}

Result<json::Value> HostFactsApi::macadmins(const Viewer& viewer, const HostFactsParams& params) {
    FLEET_CHECK(hosts_.get_brief(viewer, params.id));
    return json::Value{{"macadmins", nullptr}};
}

Result<json::Value> HostFactsApi::macadmins_summary(
    const Viewer& viewer, const HostsFactsParams& params
) {
    FLEET_CHECK(check_summary(hosts_, viewer, params));
    json::Value out = json::Value::object();
    out["counts_updated_at"] = kZeroTime;
    out["munki_versions"] = json::Value::array();
    out["munki_issues"] = json::Value::array();
    out["mobile_device_management_enrollment_status"] = no_enrollments();
    out["mobile_device_management_solution"] = json::Value::array();
    return json::Value{{"macadmins", std::move(out)}};
}

Result<json::Value> HostFactsApi::encryption_key(
    const Viewer& viewer, const HostFactsParams& params
) {
    FLEET_CHECK(hosts_.get_brief(viewer, params.id));
    return fail(Error::not_found("Disk encryption key of host", to_text(params.id)));
}

}  // namespace fleet::api::rest
