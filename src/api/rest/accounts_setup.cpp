#include "account_json.hpp"
#include "fleet/api/rest/accounts.hpp"

namespace fleet::api::rest {

struct SetupAdmin {
    std::string name{};
    std::string email{};
    std::string password{};

    static void fields(auto&& field) {
        field("name", &SetupAdmin::name);
        field("email", &SetupAdmin::email);
        field("password", &SetupAdmin::password);
    }
};

struct OrgInfo {
    std::string org_name{};
    std::string org_logo_url{};
    std::string contact_url{};

    static void fields(auto&& field) {
        field("org_name", &OrgInfo::org_name);
        field("org_logo_url", &OrgInfo::org_logo_url);
        field("contact_url", &OrgInfo::contact_url);
    }
};

struct SetupBody {
    SetupAdmin admin{};
    OrgInfo org_info{};
    std::string server_url{};
    std::string osquery_enroll_secret{};

    static void fields(auto&& field) {
        field("admin", &SetupBody::admin);
        field("org_info", &SetupBody::org_info);
        field("server_url", &SetupBody::server_url);
        field("osquery_enroll_secret", &SetupBody::osquery_enroll_secret);
    }
};

struct SetupAnswer {
    UserAnswer admin{};
    OrgInfo org_info{};
    std::string server_url{};
    std::optional<std::string> osquery_enroll_secret{};  // never echoed
    std::string token{};

    static void fields(auto&& field) {
        field("admin", &SetupAnswer::admin);
        field("org_info", &SetupAnswer::org_info);
        field("server_url", &SetupAnswer::server_url);
        field("osquery_enroll_secret", &SetupAnswer::osquery_enroll_secret);
        field("token", &SetupAnswer::token, json::omit_empty);
    }
};

std::span<const Row<SetupApi>> SetupApi::rows() {
    static constexpr Row<SetupApi> kRows[] = {
        post<&SetupApi::set_up>(
            "/api/v1/setup", Who::anyone, "setup", {.versions = Versions::literal}
        ),
        post<&SetupApi::set_up>(
            "/api/setup", Who::anyone, "setup", {.versions = Versions::literal}
        ),
    };
    return kRows;
}

Result<SetupAnswer> SetupApi::set_up(const Viewer&, const SetupBody& body) {
    service::SetupRequest in;
    in.admin_name = body.admin.name;
    in.admin_email = body.admin.email;
    in.admin_password = body.admin.password;
    in.org_name = body.org_info.org_name;
    in.org_logo_url = body.org_info.org_logo_url;
    in.server_url = body.server_url;
    in.enroll_secret = body.osquery_enroll_secret;
    FLEET_TRY(const service::LoggedIn done, setup_.set_up(in));

    SetupAnswer out;
    out.admin = to_answer(done.user);
    out.org_info = body.org_info;
    out.server_url = body.server_url;
    out.token = done.token;
    return out;
}

}  // namespace fleet::api::rest
