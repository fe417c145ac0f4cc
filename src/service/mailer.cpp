#include "fleet/service/mailer.hpp"

#include "account_settings.hpp"
#include "app_config_document.hpp"
#include "fleet/core/markup.hpp"

namespace fleet::service {
namespace {

std::string plain_text(const Letter& letter, const std::string& link, const std::string& org) {
    std::string out = letter.intro + "\n\n";
    if (!link.empty()) out += letter.action + ":\n" + link + "\n\n";
    if (!letter.note.empty()) out += letter.note + "\n\n";
    return out + "-- \nFleet" + (org.empty() ? "" : " of " + org) + '\n';
}

std::string html_text(const Letter& letter, const std::string& link, const std::string& org) {
    std::string out =
        "<!doctype html><html><body style=\"font-family:sans-serif;color:#192147\">"
        "<p>" +
        escape_markup(letter.intro) + "</p>";
    if (!link.empty()) {
        out += "<p><a href=\"" + escape_markup(link) + "\">" + escape_markup(letter.action) +
               "</a></p>";
    }
    if (!letter.note.empty()) out += "<p>" + escape_markup(letter.note) + "</p>";
    return out + "<p style=\"color:#6a67fe\">Fleet" +
           (org.empty() ? "" : " of " + escape_markup(org)) + "</p></body></html>\n";
}

Error no_relay() {
    return Error::internal("no mail server is configured");
}

}  // namespace

/// A message and the relay for it.
struct Mailer::Ready {
    mail::SmtpSettings settings{};
    mail::Message message{};
};

Mailer::Ready Mailer::compose(const json::Value& config, const Letter& letter) const {
    const auto org = config.at("org_info").at("org_name").get<std::string>();
    const std::string link =
        letter.path.empty() ? "" : server_url(config) + deps_.url_prefix + letter.path;
    return {
        .settings = smtp_settings(config),
        .message = {
            .to = letter.to,
            .subject = letter.subject,
            .text = plain_text(letter, link, org),
            .html = html_text(letter, link, org),
        }};
}

Result<Mailer::Ready> Mailer::compose_by_stored(const Letter& letter) {
    const json::Value config = full_config(deps_.configs.load().json);
    if (!sends_mail(config)) return fail(no_relay());
    return compose(config, letter);
}

bool Mailer::is_configured() {
    return sends_mail(full_config(deps_.configs.load().json));
}

Result<> Mailer::send(const Letter& letter) {
    FLEET_TRY(const Ready ready, compose_by_stored(letter));
    return deps_.outbox.send_now(ready.settings, ready.message);
}

Result<> Mailer::send_later(const Letter& letter) {
    FLEET_TRY(Ready ready, compose_by_stored(letter));
    if (deps_.outbox.post(std::move(ready.settings), std::move(ready.message))) return {};
    return fail(Error::unavailable("too many mails wait to be sent"));
}

Result<> Mailer::send_test(const json::Value& config, const std::string& to) {
    const Ready ready = compose(
        config,
        {.to = to,
         .subject = "Test mail from Fleet",
         .intro = "Fleet can send mail by this server now.",
         .action = "Open Fleet",
         .path = "/",
         .note = {}}
    );
    return deps_.outbox.send_now(ready.settings, ready.message);
}

}  // namespace fleet::service
