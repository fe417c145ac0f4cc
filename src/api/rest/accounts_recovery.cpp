#include "fleet/api/rest/account_access.hpp"

namespace fleet::api::rest {

struct ForgotPasswordBody {
    std::string email{};
    static void fields(auto&& field) { field("email", &ForgotPasswordBody::email); }
};

struct ResetPasswordBody {
    std::string password_reset_token{};
    std::string new_password{};

    static void fields(auto&& field) {
        field("password_reset_token", &ResetPasswordBody::password_reset_token);
        field("new_password", &ResetPasswordBody::new_password);
    }
};

std::span<const Row<RecoveryApi>> RecoveryApi::rows() {
    static constexpr Row<RecoveryApi> kRows[] = {
        post<&RecoveryApi::forgot>(
            "/forgot_password", Who::anyone, "forgot_password", {.success = 202}
        ),
        post<&RecoveryApi::reset>("/reset_password", Who::anyone, "reset_password"),
    };
    return kRows;
}

Result<Empty> RecoveryApi::forgot(const Viewer&, const ForgotPasswordBody& body) {
    FLEET_CHECK(recovery_.forgot_password(body.email));
    return Empty{};
}

Result<Empty> RecoveryApi::reset(const Viewer&, const ResetPasswordBody& body) {
    FLEET_CHECK(recovery_.reset_password(body.password_reset_token, body.new_password));
    return Empty{};
}

}  // namespace fleet::api::rest
