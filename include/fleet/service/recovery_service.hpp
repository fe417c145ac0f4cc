#pragma once

#include <chrono>
#include <string>

#include "fleet/core/result.hpp"
#include "fleet/service/mailer.hpp"
#include "fleet/service/rate_limit.hpp"
#include "fleet/store/account_link_store.hpp"
#include "fleet/store/session_store.hpp"
#include "fleet/store/user_store.hpp"

namespace fleet::service {

/// Forgotten passwords (rest-api-a 3.4 and 3.5).
class RecoveryService {
public:
    struct Deps {
        store::Database& db;
        store::UserStore& users;
        store::SessionStore& sessions;
        store::AccountLinkStore& links;
        Mailer& mailer;
        RateLimit& limit;
        const Clock& clock;
    };
    struct Settings {
        std::size_t token_bytes = 24;
        std::chrono::nanoseconds link_life = std::chrono::hours{24};
        /// Every answer takes at least this long, whoever asks for whom.
        std::chrono::milliseconds delay{1'000};
    };

    RecoveryService(Deps deps, Settings settings) : deps_{deps}, settings_{settings} {}

    /// Mails a link when there is such an account; says the same when there is none.
    Result<> forgot_password(const std::string& email);
    /// Ends all sessions of the link's user. 401 when the token is unknown, used or too old.
    Result<> reset_password(const std::string& token, const std::string& new_password);

private:
    void mail_link(const User& user);

    Deps deps_;
    Settings settings_;
};

}  // namespace fleet::service
