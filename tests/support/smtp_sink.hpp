#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "support/child_process.hpp"
#include "support/temp_dir.hpp"

namespace fleet::test {

struct SmtpSinkOptions {
    enum class Mode { plain, start_tls, tls } mode = Mode::plain;
    std::string user{};  // empty: no login is asked for
    std::string password{};
    std::string mechanism = "PLAIN";  // the only one offered
};

/// A real SMTP server on a free port of loopback that keeps what it is sent. It refuses receivers
/// whose address contains "refused", and the first time those with "later".
class SmtpSink {
public:
    explicit SmtpSink(const SmtpSinkOptions& options = {});

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// The certificate it shows, as the authority to trust.
    [[nodiscard]] const std::string& ca_file() const { return ca_file_; }

    /// Every mail so far, oldest first.
    [[nodiscard]] std::vector<nlohmann::json> mails() const;
    /// The next mail to that address that was not returned yet; throws when none comes.
    nlohmann::json next_to(const std::string& address);
    /// The part of its text after "<path>", up to white space: the token of a link.
    std::string next_token(const std::string& address, const std::string& path);

private:
    std::uint16_t port_;
    TempDir dir_;
    std::string ca_file_{};
    ChildProcess process_;
    std::vector<std::string> returned_{};
};

/// smtp_settings for PATCH /config that send to this sink, without TLS or login.
nlohmann::json smtp_settings_for(const SmtpSink& sink);

}  // namespace fleet::test
