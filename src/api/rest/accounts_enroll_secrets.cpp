#include "fleet/api/rest/accounts.hpp"

namespace fleet::api::rest {

struct EnrollSecretItem {
    std::string secret{};
    std::string created_at{};  // ignored in a request
    std::optional<TeamId> team_id{};

    static void fields(auto&& field) {
        field("secret", &EnrollSecretItem::secret);
        field("created_at", &EnrollSecretItem::created_at, json::omit_empty);
        field("team_id", &EnrollSecretItem::team_id, json::omit_empty);
    }
};

struct EnrollSecretItems {
    std::optional<std::vector<EnrollSecretItem>> secrets{};
    static void fields(auto&& field) { field("secrets", &EnrollSecretItems::secrets); }
};

struct EnrollSecretSpec {
    std::optional<EnrollSecretItems> spec{};
    static void fields(auto&& field) { field("spec", &EnrollSecretSpec::spec); }
};

std::span<const Row<EnrollSecretApi>> EnrollSecretApi::rows() {
    static constexpr Row<EnrollSecretApi> kRows[] = {
        rest::get<&EnrollSecretApi::get>(
            "/spec/enroll_secret", Who::user, "get_enroll_secret_spec"
        ),
        post<&EnrollSecretApi::replace>(
            "/spec/enroll_secret", Who::user, "apply_enroll_secret_spec"
        ),
    };
    return kRows;
}

Result<EnrollSecretSpec> EnrollSecretApi::get(const Viewer& viewer, const Nothing&) {
    FLEET_TRY(const auto secrets, secrets_.list(viewer));
    EnrollSecretSpec out;
    auto& items = out.spec.emplace().secrets.emplace();
    for (const store::EnrollSecret& secret : secrets) {
        items.push_back({
            .secret = secret.secret,
            .created_at = to_rfc3339(secret.created_at),
            .team_id = secret.team,
        });
    }
    return out;
}

Result<Empty> EnrollSecretApi::replace(const Viewer& viewer, const EnrollSecretSpec& body) {
    // An absent list would lock every new host out by mistake.
    if (!body.spec) return fail(Error::invalid("spec", "missing"));
    if (!body.spec->secrets) return fail(Error::invalid("spec.secrets", "missing"));
    std::vector<std::string> secrets;
    for (const EnrollSecretItem& item : *body.spec->secrets)
        secrets.push_back(item.secret);
    FLEET_CHECK(secrets_.replace(viewer, secrets));
    return Empty{};
}

}  // namespace fleet::api::rest
