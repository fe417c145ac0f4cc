#include "fleet/api/rest/hosts.hpp"

#include "fleet/api/rest/paging.hpp"
#include "host_filter_body.hpp"
#include "host_json.hpp"

namespace fleet::api::rest {

struct HostIdParams {
    HostId id{};
    static void fields(auto&& field) { field("id", &HostIdParams::id, json::in_path); }
};

struct HostDetailParams {
    HostId id{};
    bool exclude_software = false;
    static void fields(auto&& field) {
        field("id", &HostDetailParams::id, json::in_path);
        field("exclude_software", &HostDetailParams::exclude_software, json::in_query);
    }
};

struct HostIdentifierParams {
    std::string identifier{};
    bool exclude_software = false;
    static void fields(auto&& field) {
        field("identifier", &HostIdentifierParams::identifier, json::in_path);
        field("exclude_software", &HostIdentifierParams::exclude_software, json::in_query);
    }
};

struct CertificateParams : PageParams {
    HostId id{};
    static void fields(auto&& field) {
        field("id", &CertificateParams::id, json::in_path);
        page_fields<CertificateParams>(field);
    }
};

struct DeleteHostsRequest {
    std::optional<std::vector<HostId>> ids{};
    std::optional<json::Value> filters{};  // checked by hand: unknown keys are errors
    static void fields(auto&& field) {
        field("ids", &DeleteHostsRequest::ids);
        field("filters", &DeleteHostsRequest::filters);
    }
};

namespace {

struct NameDto {
    std::string country{}, organization{}, organizational_unit{}, common_name{};
    static void fields(auto&& field) {
        field("country", &NameDto::country);
        field("organization", &NameDto::organization);
        field("organizational_unit", &NameDto::organizational_unit);
        field("common_name", &NameDto::common_name);
    }
};

/// The parts of a distinguished name: "/C=NL/O=Corp/CN=Bo" or "CN=Bo, O=Corp".
NameDto to_name(const std::string& text) {
    NameDto out;
    const bool slashes = !text.empty() && text.front() == '/';
    const char separator = slashes ? '/' : ',';
    std::size_t at = slashes ? 1 : 0;
    while (at < text.size()) {
        std::size_t end = text.find(separator, at);
        if (end == std::string::npos) end = text.size();
        const std::size_t start = text.find_first_not_of(' ', at);
        const std::size_t equals = text.find('=', at);
        if (start < end && equals < end) {
            const std::string key = text.substr(start, equals - start);
            const std::string value = text.substr(equals + 1, end - equals - 1);
            if (key == "C") out.country = value;
            if (key == "O") out.organization = value;
            if (key == "OU") out.organizational_unit = value;
            if (key == "CN") out.common_name = value;
        }
        at = end + 1;
    }
    return out;
}

struct CertificateDto {
    std::uint64_t id = 0;
    std::optional<Time> not_valid_after{}, not_valid_before{};
    bool certificate_authority = false;
    std::string common_name{}, key_algorithm{};
    std::int64_t key_strength = 0;
    std::string key_usage{}, serial{}, signing_algorithm{};
    NameDto subject{}, issuer{};
    std::string source{}, username{};
    static void fields(auto&& field) {
        field("id", &CertificateDto::id);
        field("not_valid_after", &CertificateDto::not_valid_after);
        field("not_valid_before", &CertificateDto::not_valid_before);
        field("certificate_authority", &CertificateDto::certificate_authority);
        field("common_name", &CertificateDto::common_name);
        field("key_algorithm", &CertificateDto::key_algorithm);
        field("key_strength", &CertificateDto::key_strength);
        field("key_usage", &CertificateDto::key_usage);
        field("serial", &CertificateDto::serial);
        field("signing_algorithm", &CertificateDto::signing_algorithm);
        field("subject", &CertificateDto::subject);
        field("issuer", &CertificateDto::issuer);
        field("source", &CertificateDto::source);
        field("username", &CertificateDto::username);
    }
};

service::WithSoftware software_wish(bool exclude) {
    return exclude ? service::WithSoftware::no : service::WithSoftware::yes;
}

CertificateDto to_dto(const store::StoredCertificate& c) {
    return {
        .id = c.id,
        .not_valid_after = c.not_valid_after,
        .not_valid_before = c.not_valid_before,
        .certificate_authority = c.authority,
        .common_name = c.common_name,
        .key_algorithm = c.key_algorithm,
        .key_strength = c.key_strength,
        .key_usage = c.key_usage,
        .serial = c.serial,
        .signing_algorithm = c.signing_algorithm,
        .subject = to_name(c.subject),
        .issuer = to_name(c.issuer),
        .source = c.source,
        .username = c.username};
}

}  // namespace

std::span<const Row<HostApi>> HostApi::rows() {
    constexpr RowOptions kLargeBody{.max_body = 4 << 20};  // a hundred thousand ids
    static constexpr Row<HostApi> kRows[] = {
        rest::get<&HostApi::get>("/hosts/{id:uint}", Who::user, "get_host"),
        rest::get<&HostApi::get_by_identifier>(
            "/hosts/identifier/{identifier}", Who::user, "get_host_by_identifier"
        ),
        del<&HostApi::remove>("/hosts/{id:uint}", Who::user, "delete_host"),
        post<&HostApi::remove_many>("/hosts/delete", Who::user, "delete_hosts", kLargeBody),
        post<&HostApi::refetch>("/hosts/{id:uint}/refetch", Who::user, "refetch_host"),
        rest::get<&HostApi::health>("/hosts/{id:uint}/health", Who::user, "host_health"),
        rest::get<&HostApi::certificates>(
            "/hosts/{id:uint}/certificates", Who::user, "list_host_certificates"
        ),
    };
    return kRows;
}

Result<json::Value> HostApi::get(const Viewer& viewer, const HostDetailParams& params) {
    const auto software = software_wish(params.exclude_software);
    FLEET_TRY(const service::HostDetail detail, hosts_.get(viewer, params.id, software));
    return json::Value{{"host", host_detail_json(detail, software)}};
}

Result<json::Value> HostApi::get_by_identifier(
    const Viewer& viewer, const HostIdentifierParams& params
) {
    const auto software = software_wish(params.exclude_software);
    FLEET_TRY(
        const service::HostDetail detail,
        hosts_.get_by_identifier(viewer, params.identifier, software)
    );
    return json::Value{{"host", host_detail_json(detail, software)}};
}

Result<Empty> HostApi::remove(const Viewer& viewer, const HostIdParams& params) {
    FLEET_CHECK(hosts_.remove(viewer, params.id));
    return Empty{};
}

Result<Raw> HostApi::remove_many(const Viewer& viewer, const DeleteHostsRequest& request) {
    if (request.ids.has_value() == request.filters.has_value()) {
        return fail(Error::bad_request("Exactly one of ids and filters must be specified"));
    }
    auto deletion = service::Deletion::done;
    if (request.ids) {
        FLEET_TRY(deletion, hosts_.remove_ids(viewer, *request.ids));
    } else {
        FLEET_TRY(const service::HostSelection selection, to_selection(*request.filters));
        FLEET_TRY(deletion, hosts_.remove_matching(viewer, selection));
    }
    Raw out;
    out.status = deletion == service::Deletion::done ? 200 : 202;
    out.body = "{}\n";
    return out;
}

Result<Empty> HostApi::refetch(const Viewer& viewer, const HostIdParams& params) {
    FLEET_CHECK(hosts_.refetch(viewer, params.id));
    return Empty{};
}

Result<json::Value> HostApi::health(const Viewer& viewer, const HostIdParams& params) {
    FLEET_TRY(const service::HostView view, hosts_.get_with_policies(viewer, params.id));
    json::Value health = json::Value::object();
    health["updated_at"] = json::encode(view.host.updated_at);
    health["os_version"] = view.host.os_version;
    if (view.host.disk_encrypted) {
        health["disk_encryption_enabled"] = *view.host.disk_encrypted;
    }
    json::Value failing = json::Value::array();
    std::uint64_t critical = 0;
    for (const store::HostPolicy& one : view.policies) {
        if (one.answer != PolicyAnswer::fail) continue;
        const store::PolicyFields& fields = one.policy->fields;
        if (fields.critical) ++critical;
        failing.push_back(
            {{"id", raw(one.policy->id)},
             {"name", fields.name},
             {"critical", fields.critical},
             {"resolution", fields.resolution.value_or("")}}
        );
    }
    health["failing_policies_count"] = failing.size();
    health["failing_critical_policies_count"] = critical;
    health["failing_policies"] = std::move(failing);
    health["vulnerable_software"] = json::Value::array();
    return json::Value{{"host_id", raw(params.id)}, {"health", std::move(health)}};
}

Result<json::Value> HostApi::certificates(const Viewer& viewer, const CertificateParams& params) {
    FLEET_TRY(const Paging paging, to_paging(params));
    FLEET_TRY(const service::CertificatePage page, hosts_.certificates(viewer, params.id, paging));
    std::vector<CertificateDto> certificates;
    for (const store::StoredCertificate& certificate : page.certificates)
        certificates.push_back(to_dto(certificate));
    json::Value out = json::Value::object();
    out["certificates"] = json::encode(certificates);
    out["count"] = page.count;
    out["meta"] = json::encode(PageMeta{page.has_next, paging.page > 0});
    return out;
}

}  // namespace fleet::api::rest
