#include "account_settings.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace fleet::service {
namespace {

constexpr std::size_t kShortestEntityId = 5;

std::string text(const json::Value& config, const char* section, const char* key) {
    return config.at(section).at(key).get<std::string>();
}

bool flag(const json::Value& config, const char* section, const char* key) {
    return config.at(section).at(key).get<bool>();
}

bool is_one_of(const std::string& value, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool is_web_address(const std::string& url) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!url.starts_with(scheme)) continue;
        const char next = url.size() > scheme.size() ? url[scheme.size()] : '/';
        return next != '/' && next != '?' && next != '#' &&
               std::none_of(url.begin(), url.end(), [](char c) {
                   return static_cast<unsigned char>(c) <= 0x20;
               });
    }
    return false;
}

std::string host_of(const std::string& url) {
    const auto scheme = url.find("://");
    const auto start = scheme == std::string::npos ? 0 : scheme + 3;
    return url.substr(start, url.find_first_of(":/?#", start) - start);
}

std::string without_slash(std::string url) {
    while (!url.empty() && url.back() == '/')
        url.pop_back();
    return url;
}

mail::Authentication authentication_of(const json::Value& config) {
    const std::string type = text(config, "smtp_settings", "authentication_type");
    if (is_one_of(type, {"authtype_none", "none"})) return mail::Authentication::none;
    const std::string method = text(config, "smtp_settings", "authentication_method");
    if (method == "authmethod_login") return mail::Authentication::login;
    if (method == "authmethod_cram_md5") return mail::Authentication::cram_md5;
    return mail::Authentication::plain;
}

/// Both switches are on by default: `enable_ssl_tls` says that the connection must be protected,
/// `enable_start_tls` that it is so by an upgrade, as on every port but 465.
mail::Protection protection_of(const json::Value& config, int port) {
    constexpr int kTlsFromTheStart = 465;
    const bool tls = flag(config, "smtp_settings", "enable_ssl_tls");
    const bool start = flag(config, "smtp_settings", "enable_start_tls");
    if (tls) {
        return start && port != kTlsFromTheStart ? mail::Protection::start_tls
                                                 : mail::Protection::tls;
    }
    return start ? mail::Protection::start_tls_if_offered : mail::Protection::none;
}

Result<> check_smtp(const json::Value& config) {
    if (!flag(config, "smtp_settings", "enable_smtp")) return {};
    const auto port = config.at("smtp_settings").at("port").get<std::int64_t>();
    if (text(config, "smtp_settings", "sender_address").find('@') == std::string::npos) {
        return fail(Error::invalid("sender_address", "must be an e-mail address"));
    }
    if (text(config, "smtp_settings", "server").empty()) {
        return fail(Error::invalid("server", "SMTP server must be present"));
    }
    if (port < 1 || port > 65'535) return fail(Error::invalid("port", "must be 1 to 65535"));
    const std::string type = text(config, "smtp_settings", "authentication_type");
    if (!is_one_of(
            type,
            {"authtype_username_password",
             "authtype_username_and_password",
             "authtype_none",
             "none"}
        )) {
        return fail(Error::invalid(
            "authentication_type", "must be authtype_username_password or authtype_none"
        ));
    }
    if (!is_one_of(
            text(config, "smtp_settings", "authentication_method"),
            {"authmethod_plain", "authmethod_login", "authmethod_cram_md5"}
        )) {
        return fail(Error::invalid(
            "authentication_method",
            "must be authmethod_plain, authmethod_login or authmethod_cram_md5"
        ));
    }
    if (authentication_of(config) == mail::Authentication::none) return {};
    if (text(config, "smtp_settings", "user_name").empty()) {
        return fail(Error::invalid("user_name", "needed for this authentication"));
    }
    if (text(config, "smtp_settings", "password").empty()) {
        return fail(Error::invalid("password", "needed for this authentication"));
    }
    return {};
}

Result<> check_sso(const json::Value& config) {
    if (!flag(config, "sso_settings", "enable_sso")) return {};
    const std::string metadata = text(config, "sso_settings", "metadata");
    const std::string url = text(config, "sso_settings", "metadata_url");
    const std::string entity = text(config, "sso_settings", "entity_id");
    if (metadata.empty() && url.empty()) {
        return fail(Error::invalid("metadata", "either metadata or metadata_url must be defined"));
    }
    if (!url.empty() && !is_web_address(url)) {
        return fail(Error::invalid("metadata_url", "must be an http or https address"));
    }
    if (entity.size() < kShortestEntityId) {
        return fail(Error::invalid("entity_id", "must be 5 or more characters"));
    }
    if (text(config, "sso_settings", "idp_name").empty()) {
        return fail(Error::invalid("idp_name", "required"));
    }
    const std::string back = text(config, "sso_settings", "sso_server_url");
    if (!back.empty() && !is_web_address(back)) {
        return fail(Error::invalid("sso_server_url", "must be an http or https address"));
    }
    return {};
}

}  // namespace

bool sends_mail(const json::Value& config) {
    return flag(config, "smtp_settings", "enable_smtp") &&
           !text(config, "smtp_settings", "server").empty() &&
           !text(config, "smtp_settings", "sender_address").empty();
}

mail::SmtpSettings smtp_settings(const json::Value& config) {
    mail::SmtpSettings out;
    out.server = text(config, "smtp_settings", "server");
    out.port = config.at("smtp_settings").at("port").get<int>();
    out.sender = text(config, "smtp_settings", "sender_address");
    out.helo_domain = text(config, "smtp_settings", "domain");
    out.authentication = authentication_of(config);
    out.user = text(config, "smtp_settings", "user_name");
    out.password = text(config, "smtp_settings", "password");
    out.protection = protection_of(config, out.port);
    out.verify_certificate = flag(config, "smtp_settings", "verify_ssl_certs");
    return out;
}

SsoSettings sso_settings(const json::Value& config) {
    SsoSettings out;
    out.enabled = flag(config, "sso_settings", "enable_sso");
    out.idp_initiated = flag(config, "sso_settings", "enable_sso_idp_login");
    out.jit_provisioning = flag(config, "sso_settings", "enable_jit_provisioning");
    out.idp_name = text(config, "sso_settings", "idp_name");
    out.idp_image_url = text(config, "sso_settings", "idp_image_url");
    out.metadata = text(config, "sso_settings", "metadata");
    out.metadata_url = text(config, "sso_settings", "metadata_url");
    out.server_url = without_slash(text(config, "sso_settings", "sso_server_url"));
    if (out.server_url.empty()) out.server_url = server_url(config);
    out.entity_id = text(config, "sso_settings", "entity_id");
    if (out.entity_id.empty()) out.entity_id = host_of(server_url(config));
    return out;
}

std::string server_url(const json::Value& config) {
    return without_slash(text(config, "server_settings", "server_url"));
}

Result<> check_account_settings(const json::Value& config) {
    FLEET_CHECK(check_smtp(config));
    return check_sso(config);
}

}  // namespace fleet::service
