#pragma once

#include <optional>
#include <string>

#include "fleet/core/json.hpp"
#include "fleet/core/result.hpp"
#include "fleet/mail/outbox.hpp"
#include "fleet/store/app_config_store.hpp"

namespace fleet::service {

/// A mail as a service words it; the mailer adds the frame and makes the link complete.
struct Letter {
    std::string to{};
    std::string subject{};
    std::string intro{};
    std::string action{};  // what the link does; empty: no link
    std::string path{};    // of the link, below the server's address
    std::string note{};
};

/// Sends mail by the relay of the configuration (rest-api-a 10.4, smtp_settings).
class Mailer {
public:
    struct Deps {
        store::AppConfigStore& configs;
        mail::Outbox& outbox;
        std::string url_prefix{};
    };

    explicit Mailer(Deps deps) : deps_{std::move(deps)} {}

    bool is_configured();
    /// Sends it and waits; 502 when the relay does not take it, 500 when none is configured.
    Result<> send(const Letter& letter);
    /// Sends it soon, and again for a while when it fails; what fails in the end is logged.
    Result<> send_later(const Letter& letter);
    /// Whether settings that are not stored yet work: sends a mail by them.
    Result<> send_test(const json::Value& config, const std::string& to);

private:
    struct Ready;
    Ready compose(const json::Value& config, const Letter& letter) const;
    Result<Ready> compose_by_stored(const Letter& letter);

    Deps deps_;
};

}  // namespace fleet::service
