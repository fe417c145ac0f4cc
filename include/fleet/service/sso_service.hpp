#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "fleet/core/result.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/auth_service.hpp"
#include "fleet/service/rate_limit.hpp"
#include "fleet/sso/provider_cache.hpp"
#include "fleet/sso/saml.hpp"
#include "fleet/store/app_config_store.hpp"
#include "fleet/store/sso_store.hpp"
#include "fleet/store/user_store.hpp"

namespace fleet::service {

struct SsoSettings;

/// What the login page shows.
struct SsoButton {
    bool enabled = false;
    std::string idp_name{}, idp_image_url{};
};

struct SsoStart {
    std::string url{};     // where the browser goes
    std::string cookie{};  // what it shows when it comes back
    std::chrono::seconds life{};
};

/// What the login page is told about a sign-on that failed (rest-api-a 3.11).
enum class SsoFailure { error, org_disabled, account_invalid };

struct SsoEnd {
    std::optional<SsoFailure> failure{};
    std::string token{};
    std::string relay_url{};
};

/// Single sign-on by SAML (rest-api-a 3.9 to 3.11).
class SsoService {
public:
    struct Deps {
        store::Database& db;
        store::AppConfigStore& configs;
        store::SsoStore& requests;
        store::UserStore& users;
        AuthService& auth;
        Activities& activities;
        RateLimit& start_limit;
        RateLimit& end_limit;
        const Clock& clock;
    };
    struct Settings {
        std::chrono::nanoseconds life = std::chrono::minutes{15};  // from start to end
        std::string url_prefix{};
    };

    SsoService(Deps deps, Settings settings) : deps_{deps}, settings_{std::move(settings)} {}

    SsoButton button();
    /// 400 when single sign-on is off, or the relay URL leads away from this server.
    Result<SsoStart> start(const std::string& relay_url);
    /// The provider's answer; `cookie` empty when the browser showed none.
    Result<SsoEnd> end(
        const std::string& answer_xml, const std::string& cookie, const std::string& public_ip
    );

private:
    std::string acs_url(const SsoSettings& settings) const;
    Result<sso::Provider> provider(const SsoSettings& settings);
    /// An answer is checked again when the provider turns out to have new keys.
    Result<sso::SignedOn> checked_answer(
        const SsoSettings& settings,
        const std::string& answer_xml,
        const sso::Expected& expected,
        sso::Provider& identity
    );
    Result<sso::SignedOn> check(
        const SsoSettings& settings,
        const std::string& answer_xml,
        const std::optional<store::SsoRequest>& request
    );
    /// Nothing when there is no account for whoever signed on, and none may be made.
    Result<std::optional<User>> account_of(const sso::SignedOn& who, bool may_make);
    Result<User> make_account(const sso::SignedOn& who, const std::string& email);
    Result<User> follow_roles(const sso::SignedOn& who, const User& user);

    Deps deps_;
    Settings settings_;
    sso::ProviderCache providers_{deps_.clock};
};

}  // namespace fleet::service
