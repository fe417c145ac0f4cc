#include "enroll_secret_json.hpp"
#include "fleet/api/rest/accounts.hpp"

namespace fleet::api::rest {

struct EnrollSecretItems {
    std::optional<std::vector<EnrollSecretItem>> secrets{};
    static void fields(auto&& field) { field("secrets", &EnrollSecretItems::secrets); }
};

struct EnrollSecretSpec {
    std::optional<EnrollSecretItems> spec{};
    static void fields(auto&& field) { field("spec", &EnrollSecretSpec::spec); }
};

struct TeamSecretsParams {
    TeamId id{};
    static void fields(auto&& field) { field("id", &TeamSecretsParams::id, json::in_path); }
};

struct TeamSecretsBody : EnrollSecretItems {
    TeamId id{};
    static void fields(auto&& field) {
        EnrollSecretItems::fields(field);
        field("id", &TeamSecretsBody::id, json::in_path);
    }
};

std::span<const Row<EnrollSecretApi>> EnrollSecretApi::rows() {
    static constexpr Row<EnrollSecretApi> kRows[] = {
        rest::get<&EnrollSecretApi::get>(
            "/spec/enroll_secret", Who::user, "get_enroll_secret_spec"
        ),
        post<&EnrollSecretApi::replace>(
            "/spec/enroll_secret", Who::user, "apply_enroll_secret_spec"
        ),
        rest::get<&EnrollSecretApi::of_team>(
            "/fleets/{id:uint}/secrets", Who::user, "team_enroll_secrets"
        ),
        patch<&EnrollSecretApi::replace_of_team>(
            "/fleets/{id:uint}/secrets", Who::user, "modify_team_enroll_secrets"
        ),
    };
    return kRows;
}

Result<EnrollSecretSpec> EnrollSecretApi::get(const Viewer& viewer, const Nothing&) {
    FLEET_TRY(const auto secrets, secrets_.list(viewer));
    EnrollSecretSpec out;
    out.spec.emplace().secrets = to_items(secrets);
    return out;
}

Result<Empty> EnrollSecretApi::replace(const Viewer& viewer, const EnrollSecretSpec& body) {
    // An absent list would lock every new host out by mistake.
    if (!body.spec) return fail(Error::invalid("spec", "missing"));
    if (!body.spec->secrets) return fail(Error::invalid("spec.secrets", "missing"));
    FLEET_TRY(const auto wanted, to_wanted(*body.spec->secrets));
    FLEET_CHECK(secrets_.replace(viewer, wanted));
    return Empty{};
}

Result<EnrollSecretItems> EnrollSecretApi::of_team(
    const Viewer& viewer, const TeamSecretsParams& params
) {
    FLEET_TRY(const auto secrets, secrets_.list(viewer, params.id));
    return EnrollSecretItems{.secrets = to_items(secrets)};
}

Result<EnrollSecretItems> EnrollSecretApi::replace_of_team(
    const Viewer& viewer, const TeamSecretsBody& body
) {
    if (!body.secrets) return fail(Error::invalid("secrets", "missing required argument"));
    FLEET_TRY(const auto wanted, to_wanted(*body.secrets));
    FLEET_CHECK(secrets_.replace(viewer, body.id, wanted));
    // The request once more, without times and team; null when the list was cleared (11.4).
    EnrollSecretItems out;
    for (const store::WantedSecret& secret : wanted) {
        if (!out.secrets) out.secrets.emplace();
        EnrollSecretItem& item = out.secrets->emplace_back();
        item.secret = secret.secret;
        item.created_at = kZeroTime;
    }
    return out;
}

}  // namespace fleet::api::rest
