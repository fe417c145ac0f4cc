#pragma once

#include <string>

#include "fleet/core/json.hpp"
#include "fleet/core/result.hpp"
#include "fleet/mail/mail.hpp"

/// The sections of the configuration that accounts live by, as typed values, and their rules.
namespace fleet::service {

/// Whether mail can be sent by this configuration (a full one, as all below).
bool sends_mail(const json::Value& config);
mail::SmtpSettings smtp_settings(const json::Value& config);

struct SsoSettings {
    bool enabled = false;
    bool idp_initiated = false;
    bool jit_provisioning = false;
    std::string entity_id{};  // ours; the server's host name when none is set
    std::string idp_name{}, idp_image_url{};
    std::string metadata{}, metadata_url{};
    std::string server_url{};  // where the provider sends browsers back to
};
SsoSettings sso_settings(const json::Value& config);

std::string server_url(const json::Value& config);

/// 422 by the rules of rest-api-a 10.7 for smtp_settings and sso_settings.
Result<> check_account_settings(const json::Value& config);

}  // namespace fleet::service
