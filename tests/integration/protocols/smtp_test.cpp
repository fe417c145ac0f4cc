// Mail by a real SMTP server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>

#include "fleet/core/log.hpp"
#include "fleet/core/worker_pool.hpp"
#include "fleet/mail/mail.hpp"
#include "fleet/mail/outbox.hpp"
#include "support/net.hpp"
#include "support/smtp_sink.hpp"

namespace fleet::test {
namespace {

using mail::Authentication;
using mail::Protection;
using testing::HasSubstr;
using Mode = SmtpSinkOptions::Mode;

constexpr Time kNow{std::chrono::seconds{1'772'698'530}};
const mail::Message kMessage{
    .to = "bo@example.test", .subject = "Grüße", .text = "in text\n", .html = "<p>in html</p>"};

mail::SmtpSettings settings_for(const SmtpSink& sink, Protection protection = Protection::none) {
    mail::SmtpSettings out;
    out.server = "127.0.0.1";
    out.port = sink.port();
    out.sender = "fleet@example.test";
    out.protection = protection;
    out.timeout = std::chrono::seconds{20};
    return out;
}

std::string reason_of(const Result<>& result) {
    if (result) return "";
    EXPECT_EQ(result.error().kind, ErrorKind::upstream);
    return result.error().fields.at(0).reason;
}

/// Trusts an authority as long as it lives.
class Trusting {
public:
    explicit Trusting(const SmtpSink& sink) { setenv("SSL_CERT_FILE", sink.ca_file().c_str(), 1); }
    ~Trusting() { unsetenv("SSL_CERT_FILE"); }
};

TEST(Smtp, DeliversBothPartsOfAMail) {
    SmtpSink sink;
    auto settings = settings_for(sink);
    settings.helo_domain = "fleet.example.test";
    EXPECT_EQ(reason_of(mail::send(settings, kMessage, kNow)), "");

    const auto got = sink.next_to("bo@example.test");
    EXPECT_EQ(got["from"], "fleet@example.test");
    EXPECT_EQ(got["subject"], "Grüße");
    EXPECT_EQ(got["text"], "in text\n");
    EXPECT_EQ(got["html"], "<p>in html</p>");
    EXPECT_EQ(got["helo"], "fleet.example.test");
    EXPECT_EQ(got["tls"], false);
}

struct Secured {
    const char* name;
    Mode mode;
    Protection protection;
    const char* mechanism;
    Authentication authentication;
};

class SecuredSmtp : public testing::TestWithParam<Secured> {};

TEST_P(SecuredSmtp, DeliversWithTlsAndLogin) {
    const auto& with = GetParam();
    SmtpSink sink{
        {.mode = with.mode, .user = "relay", .password = "s3cret", .mechanism = with.mechanism}};
    const Trusting trusting{sink};
    auto settings = settings_for(sink, with.protection);
    settings.server = "localhost";
    settings.authentication = with.authentication;
    settings.user = "relay";
    settings.password = "s3cret";
    EXPECT_EQ(reason_of(mail::send(settings, kMessage, kNow)), "");
    const auto got = sink.next_to("bo@example.test");
    EXPECT_EQ(got["tls"], true);
    EXPECT_EQ(got["login"], with.mechanism);

    settings.password = "wrong";
    EXPECT_THAT(reason_of(mail::send(settings, kMessage, kNow)), HasSubstr("535"));
}

INSTANTIATE_TEST_SUITE_P(
    Ways,
    SecuredSmtp,
    testing::Values(
        Secured{
            "starttls_plain",
            Mode::start_tls,
            Protection::start_tls,
            "PLAIN",
            Authentication::plain},
        Secured{
            "starttls_login",
            Mode::start_tls,
            Protection::start_tls,
            "LOGIN",
            Authentication::login},
        Secured{
            "offered_cram_md5",
            Mode::start_tls,
            Protection::start_tls_if_offered,
            "CRAM-MD5",
            Authentication::cram_md5},
        Secured{"tls_plain", Mode::tls, Protection::tls, "PLAIN", Authentication::plain}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST(Smtp, AnUnknownCertificateIsRefusedUnlessTheCheckIsOff) {
    for (const auto& [mode, protection] :
         {std::pair{Mode::start_tls, Protection::start_tls},
          std::pair{Mode::tls, Protection::tls}}) {
        SmtpSink sink{{.mode = mode}};
        auto settings = settings_for(sink, protection);
        EXPECT_THAT(reason_of(mail::send(settings, kMessage, kNow)), HasSubstr("certificate"));
        EXPECT_TRUE(sink.mails().empty());
        settings.verify_certificate = false;
        EXPECT_EQ(reason_of(mail::send(settings, kMessage, kNow)), "");
        EXPECT_EQ(sink.next_to("bo@example.test")["tls"], true);
    }
}

TEST(Smtp, TlsThatIsWantedIsNotDoneWithout) {
    SmtpSink sink;
    EXPECT_NE(reason_of(mail::send(settings_for(sink, Protection::start_tls), kMessage, kNow)), "");
    auto with_login = settings_for(sink, Protection::start_tls_if_offered);
    with_login.authentication = Authentication::plain;
    with_login.user = "relay";
    with_login.password = "s3cret";
    EXPECT_NE(reason_of(mail::send(with_login, kMessage, kNow)), "") << "never in the clear";
    EXPECT_TRUE(sink.mails().empty());

    EXPECT_EQ(
        reason_of(mail::send(settings_for(sink, Protection::start_tls_if_offered), kMessage, kNow)),
        ""
    );
}

TEST(Smtp, TellsWhatTheRelaySaid) {
    SmtpSink sink;
    auto message = kMessage;
    message.to = "refused@example.test";
    EXPECT_THAT(
        reason_of(mail::send(settings_for(sink), message, kNow)), HasSubstr("no such mailbox here")
    );
}

TEST(Smtp, ARelayThatIsNotThereFailsAtOnce) {
    mail::SmtpSettings settings;
    settings.server = "127.0.0.1";
    settings.port = free_port();
    settings.sender = "fleet@example.test";
    EXPECT_THAT(reason_of(mail::send(settings, kMessage, kNow)), HasSubstr("could not be sent"));
}

TEST(Smtp, ARelayThatSaysNothingIsGivenUp) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(listener, 4), 0);
    socklen_t size = sizeof address;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    mail::SmtpSettings settings;
    settings.server = "127.0.0.1";
    settings.port = ntohs(address.sin_port);
    settings.sender = "fleet@example.test";
    settings.timeout = std::chrono::milliseconds{300};
    const auto started = std::chrono::steady_clock::now();
    EXPECT_NE(reason_of(mail::send(settings, kMessage, kNow)), "");
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds{10});
    ::close(listener);
}

TEST(Smtp, OddSettingsAndAddressesAreRefusedBeforeConnecting) {
    SmtpSink sink;
    const auto send = [&](const std::function<void(mail::SmtpSettings&, mail::Message&)>& spoil) {
        auto settings = settings_for(sink);
        auto message = kMessage;
        spoil(settings, message);
        return reason_of(mail::send(settings, message, kNow));
    };
    EXPECT_THAT(send([](auto& s, auto&) { s.server = ""; }), HasSubstr("no server"));
    EXPECT_THAT(send([](auto& s, auto&) { s.server = "a/b@c"; }), HasSubstr("no server"));
    EXPECT_THAT(send([](auto& s, auto&) { s.helo_domain = "a b"; }), HasSubstr("host name"));
    EXPECT_THAT(send([](auto& s, auto&) { s.sender = "nobody"; }), HasSubstr("sender"));
    EXPECT_THAT(
        send([](auto&, auto& m) { m.to = "a@b.test>\r\nRCPT TO:<c@d.test"; }), HasSubstr("receiver")
    );
    EXPECT_TRUE(sink.mails().empty());
}

TEST(Smtp, WhatARelayPutsOffIsSentLaterAndWhatItRefusesIsNot) {
    SmtpSink sink;
    SystemClock clock;
    WorkerPool workers{2, 10};
    log::clear_logged_errors();
    {
        mail::Outbox outbox{
            {.workers = workers, .clock = clock}, {.first_pause = std::chrono::milliseconds{10}}};
        auto message = kMessage;
        message.to = "come-later@example.test";
        EXPECT_TRUE(outbox.post(settings_for(sink), message));
        message.to = "refused@example.test";
        EXPECT_TRUE(outbox.post(settings_for(sink), message));
        EXPECT_EQ(sink.next_to("come-later@example.test")["text"], "in text\n");
    }
    workers.stop();
    const auto errors = log::logged_errors();
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].count, 1U) << "550 is not asked about again";
    for (const auto& [key, value] : errors[0].fields) {
        EXPECT_THAT(value, testing::Not(HasSubstr("refused@example.test"))) << key;
        if (key == "reason") {
            EXPECT_THAT(value, HasSubstr("r***@example.test"));
        }
    }
}

TEST(Smtp, ARelayThatIsAwayIsTriedAgain) {
    SmtpSink sink;
    auto settings = settings_for(sink);
    settings.port = free_port();
    const auto attempt = mail::attempt(settings, kMessage, kNow);
    EXPECT_FALSE(attempt.sent);
    EXPECT_TRUE(attempt.may_work_later);
}

}  // namespace
}  // namespace fleet::test
