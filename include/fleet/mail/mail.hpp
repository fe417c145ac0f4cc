#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "fleet/core/result.hpp"
#include "fleet/core/time.hpp"

namespace fleet::mail {

/// One mail to one person, as plain text and as HTML.
struct Message {
    std::string to{};
    std::string subject{};
    std::string text{};
    std::string html{};
};

enum class Authentication { none, plain, login, cram_md5 };

/// How far the connection is protected.
enum class Protection {
    none,
    start_tls_if_offered,  // never with credentials: those want TLS
    start_tls,
    tls,  // from the first byte
};

/// A relay and how to talk to it (rest-api-a 10.4, smtp_settings).
struct SmtpSettings {
    std::string server{};
    int port = 587;
    std::string sender{};
    std::string helo_domain{};  // empty: this machine's name
    Authentication authentication = Authentication::none;
    std::string user{};
    std::string password{};
    Protection protection = Protection::start_tls;
    bool verify_certificate = true;
    std::chrono::milliseconds connect_timeout{10'000};
    std::chrono::milliseconds timeout{30'000};
};

/// What became of handing a message to the relay: `upstream` with what the relay or the network
/// said when it did not take it.
struct Attempt {
    Result<> sent{};
    /// It failed for a reason that may pass: not one that the relay calls permanent (5yz).
    bool may_work_later = false;
};

/// Hands a message to the relay and waits until it took it.
Attempt attempt(const SmtpSettings& settings, const Message& message, Time now);
inline Result<> send(const SmtpSettings& settings, const Message& message, Time now) {
    return attempt(settings, message, now).sent;
}

/// "b***@example.test": enough for whoever knows the address, of no use to others.
std::string masked_address(std::string_view address);

}  // namespace fleet::mail
