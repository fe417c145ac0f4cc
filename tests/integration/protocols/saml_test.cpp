// Answers of a real identity provider, as they are and spoilt in every way that matters.
#include "fleet/sso/saml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>

#include "support/child_process.hpp"
#include "support/net.hpp"
#include "support/saml_idp.hpp"
#include "support/temp_dir.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto kAcs = "https://fleet.example.test/api/v1/fleet/sso/callback";
constexpr auto kAudience = "fleet.example.test";

void replace(std::string& text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
}

/// "<ns1:Assertion ...>...</ns1:Assertion>" of the answer.
std::string assertion_of(const std::string& xml) {
    const auto from = xml.find("<ns1:Assertion ");
    const std::string end = "</ns1:Assertion>";
    return xml.substr(from, xml.find(end) + end.size() - from);
}

class Saml : public testing::Test {
protected:
    static void SetUpTestSuite() {
        idp = new SamlIdp{kAudience, kAcs};
        provider = new sso::Provider{sso::parse_metadata(idp->metadata()).value()};
    }
    static void TearDownTestSuite() {
        delete idp;
        delete provider;
    }

    static std::string answer(const json& changes = json::object()) {
        json asked{
            {"email", "bo@example.test"},
            {"in_response_to", "_request"},
            {"attributes",
             {{"displayName", {"Bo"}}, {"FLEET_JIT_USER_ROLE_GLOBAL", {"maintainer"}}}}};
        asked.merge_patch(changes);
        return idp->answer(asked);
    }
    static sso::Expected expected() {
        sso::Expected out;
        out.acs_url = kAcs;
        out.audience = kAudience;
        out.in_response_to = "_request";
        out.now =
            std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()
            );
        return out;
    }
    static std::string refusal(const std::string& xml, const sso::Expected& wanted = expected()) {
        const auto who = sso::check_answer(xml, *provider, wanted);
        if (who) return "";
        EXPECT_EQ(who.error().kind, ErrorKind::unauthenticated);
        EXPECT_EQ(who.error().message, "Authentication failed") << "the reason is for the log";
        return who.error().detail;
    }

    static SamlIdp* idp;
    static sso::Provider* provider;
};

SamlIdp* Saml::idp = nullptr;
sso::Provider* Saml::provider = nullptr;

TEST_F(Saml, AnAnswerIsTakenWhicheverPartIsSigned) {
    for (const auto* sign : {"assertion", "response", "both"}) {
        const auto who = sso::check_answer(answer({{"sign", sign}}), *provider, expected());
        ASSERT_TRUE(who) << sign << ": " << who.error().detail;
        EXPECT_EQ(who->name_id, "bo@example.test");
        EXPECT_THAT(who->attributes.at("FLEET_JIT_USER_ROLE_GLOBAL"), ElementsAre("maintainer"));
        EXPECT_FALSE(who->assertion_id.empty());
        EXPECT_GT(who->expires_at, expected().now);
    }
}

TEST_F(Saml, WithoutASignatureItIsNothing) {
    EXPECT_THAT(refusal(answer({{"sign", "none"}})), HasSubstr("signature"));
}

TEST_F(Saml, AnotherKeyIsNotTheProviders) {
    SamlIdp other{kAudience, kAcs};
    other.set_entity_id(idp->entity_id());
    const auto xml = other.answer({{"email", "bo@example.test"}, {"in_response_to", "_request"}});
    EXPECT_THAT(refusal(xml), HasSubstr("signature")) << "its certificate is inside, to no avail";
}

TEST_F(Saml, Sha1IsTooWeak) {
    EXPECT_THAT(refusal(answer({{"sha1", true}})), HasSubstr("signature"));
}

TEST_F(Saml, AChangedTextBreaksTheSignature) {
    for (const auto* sign : {"assertion", "response"}) {
        auto xml = answer({{"sign", sign}});
        replace(xml, ">bo@example.test<", ">ada@example.test<");
        EXPECT_THAT(refusal(xml), HasSubstr("signature"));
    }
}

TEST_F(Saml, ASecondAssertionIsNotRead) {
    const auto good = answer();
    auto evil = assertion_of(good);
    replace(evil, ">bo@example.test<", ">ada@example.test<");
    // Before and after the signed one, with the same and another id.
    auto other_id = evil;
    const auto at = other_id.find(" ID=\"") + 5;
    other_id.replace(at, other_id.find('"', at) - at, "id-other");
    for (const auto& second : {evil, other_id}) {
        auto before = good;
        replace(before, "<ns1:Assertion ", second + "<ns1:Assertion ");
        EXPECT_NE(refusal(before), "");
        auto after = good;
        replace(after, "</ns1:Assertion>", "</ns1:Assertion>" + second);
        EXPECT_NE(refusal(after), "");
    }
}

TEST_F(Saml, ASignatureThatWrapsTheSignedPartIsNotTaken) {
    // The signed assertion hides inside of the signature of a forged one.
    const auto good = answer();
    const auto signed_part = assertion_of(good);
    auto forged = signed_part;
    replace(forged, ">bo@example.test<", ">ada@example.test<");
    const auto id = forged.find(" ID=\"") + 5;
    forged.replace(id, forged.find('"', id) - id, "id-forged");
    replace(
        forged, "</ns2:Signature>", "<ns2:Object>" + signed_part + "</ns2:Object></ns2:Signature>"
    );
    auto xml = good;
    replace(xml, signed_part, forged);
    EXPECT_THAT(refusal(xml), HasSubstr("signature"));
}

TEST_F(Saml, ACommentDoesNotCutTheName) {
    auto xml = answer();
    replace(xml, ">bo@example.test<", ">bo@example.test<!-- x -->.evil<");
    EXPECT_THAT(refusal(xml), HasSubstr("signature"));
}

struct Meant {
    const char* name;
    std::function<void(sso::Expected&)> otherwise;
    const char* reason;
};

class SamlMeantForOthers : public Saml, public testing::WithParamInterface<Meant> {};

TEST_P(SamlMeantForOthers, IsRefused) {
    static const auto xml = answer();
    ASSERT_EQ(refusal(xml), "");
    auto wanted = expected();
    GetParam().otherwise(wanted);
    EXPECT_THAT(refusal(xml, wanted), HasSubstr(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Answers,
    SamlMeantForOthers,
    testing::Values(
        Meant{"audience", [](auto& w) { w.audience = "other.example.test"; }, "audience"},
        Meant{"receiver", [](auto& w) { w.acs_url = "https://other.test/acs"; }, "sent to"},
        Meant{"request", [](auto& w) { w.in_response_to = "_other"; }, "another request"},
        Meant{"unasked", [](auto& w) { w.in_response_to.reset(); }, "another request"},
        Meant{"too_late", [](auto& w) { w.now += 10min; }, "expired"},
        Meant{"too_early", [](auto& w) { w.now -= 10min; }, "not good yet"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST_F(Saml, ClocksMayDifferByAMinute) {
    auto wanted = expected();
    wanted.now += 5min + 30s;
    EXPECT_EQ(refusal(answer(), wanted), "");
}

TEST_F(Saml, AnAnswerNobodyAskedForNamesNoRequest) {
    auto wanted = expected();
    wanted.in_response_to.reset();
    EXPECT_EQ(refusal(answer({{"in_response_to", nullptr}}), wanted), "");
    EXPECT_THAT(refusal(answer({{"in_response_to", nullptr}})), HasSubstr("another request"));
}

TEST_F(Saml, OnlyTheProviderMayIssue) {
    auto other = *provider;
    other.entity_id = "https://other-idp.example.test";
    const auto who = sso::check_answer(answer(), other, expected());
    ASSERT_FALSE(who);
    EXPECT_THAT(who.error().detail, HasSubstr("issued by"));
}

TEST_F(Saml, OtherDocumentsAreRefused) {
    EXPECT_THAT(refusal(""), HasSubstr("not a SAML response"));
    EXPECT_THAT(refusal("<a/>"), HasSubstr("not a SAML response"));
    EXPECT_THAT(refusal(idp->metadata()), HasSubstr("not a SAML response"));
    auto with_entity = answer();
    replace(
        with_entity,
        "<ns0:Response",
        "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><ns0:Response"
    );
    EXPECT_THAT(refusal(with_entity), HasSubstr("not a SAML response"));
}

TEST_F(Saml, MetadataIsFetchedWithinBounds) {
    TempDir dir;
    dir.write("metadata.xml", idp->metadata());
    dir.write("large.xml", std::string(2 << 20, 'x'));
    const auto port = free_port();
    ChildProcess server;
    server.start(
        {.argv =
             {"/usr/bin/python3",
              "-m",
              "http.server",
              std::to_string(port),
              "--bind=127.0.0.1",
              "--directory=" + dir.path().string()}}
    );
    ASSERT_TRUE(eventually([&] { return port_answers(port); }));
    const auto root = "http://127.0.0.1:" + std::to_string(port);
    const auto xml = sso::fetch_metadata(root + "/metadata.xml");
    ASSERT_TRUE(xml);
    const auto fetched = sso::parse_metadata(*xml);
    ASSERT_TRUE(fetched);
    EXPECT_EQ(fetched->entity_id, idp->entity_id());
    for (const auto& url :
         {root + "/missing.xml", root + "/large.xml", std::string{"file:///etc/passwd"}}) {
        const auto refused = sso::fetch_metadata(url);
        ASSERT_FALSE(refused) << url;
        EXPECT_EQ(refused.error().kind, ErrorKind::internal);
    }
}

TEST_F(Saml, AFailureOfTheProviderIsNoLogin) {
    auto xml = answer();
    replace(xml, "status:Success", "status:Requester");
    EXPECT_THAT(refusal(xml), HasSubstr("the provider says"));
}

}  // namespace
}  // namespace fleet::test
