#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fleet/core/crypto.hpp"
#include "fleet/sso/saml.hpp"

namespace fleet::sso {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string key(const std::string& use, const std::string& der) {
    return "<m:KeyDescriptor" + (use.empty() ? "" : " use=\"" + use + "\"") +
           "><d:KeyInfo><d:X509Data><d:X509Certificate>\n " + base64_encode(der) +
           "\n</d:X509Certificate></d:X509Data></d:KeyInfo></m:KeyDescriptor>";
}

std::string service(const std::string& binding, const std::string& location) {
    return "<m:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:" + binding +
           "\" Location=\"" + location + "\"/>";
}

std::string metadata(const std::string& inside, const std::string& entity = "https://idp.test") {
    return "<m:EntityDescriptor xmlns:m=\"urn:oasis:names:tc:SAML:2.0:metadata\" "
           "xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\" entityID=\"" +
           entity + "\"><m:IDPSSODescriptor>" + inside +
           "</m:IDPSSODescriptor></m:EntityDescriptor>";
}

const std::string kGood = key("", "one") + service("HTTP-POST", "https://idp.test/post") +
                          service("HTTP-Redirect", "https://idp.test/sso?x=1");

TEST(Metadata, TellsIdAddressAndSigningCertificates) {
    const auto provider = parse_metadata(metadata(
        key("signing", "one") + key("encryption", "no") + key("", "two") +
        service("HTTP-POST", "https://idp.test/post") +
        service("HTTP-Redirect", "https://idp.test/sso")
    ));
    ASSERT_TRUE(provider);
    EXPECT_EQ(provider->entity_id, "https://idp.test");
    EXPECT_EQ(provider->sign_on_url, "https://idp.test/sso");
    EXPECT_THAT(provider->certificates, ElementsAre("one", "two"));
}

TEST(Metadata, MayListSeveralEntities) {
    const auto provider = parse_metadata(
        "<m:EntitiesDescriptor xmlns:m=\"urn:oasis:names:tc:SAML:2.0:metadata\">"
        "<m:EntityDescriptor entityID=\"sp\"><m:SPSSODescriptor/></m:EntityDescriptor>" +
        metadata(kGood) + "</m:EntitiesDescriptor>"
    );
    ASSERT_TRUE(provider);
    EXPECT_EQ(provider->entity_id, "https://idp.test");
}

struct Bad {
    const char* name;
    std::string xml;
    const char* reason;
};

class BadMetadata : public testing::TestWithParam<Bad> {};

TEST_P(BadMetadata, IsRefusedWithAReason) {
    const auto provider = parse_metadata(GetParam().xml);
    ASSERT_FALSE(provider);
    EXPECT_EQ(provider.error().kind, ErrorKind::bad_request);
    EXPECT_THAT(provider.error().fields.at(0).reason, HasSubstr(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Documents,
    BadMetadata,
    testing::Values(
        Bad{"nothing", "", "not an XML document"},
        Bad{"no_xml", "hello", "not an XML document"},
        Bad{"too_large", metadata(kGood + std::string(1 << 20, ' ')), "not an XML document"},
        Bad{"with_entities",
            "<!DOCTYPE m [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + metadata(kGood),
            "not an XML document"},
        Bad{"other_root", "<a/>", "describes no identity provider"},
        Bad{"no_id", metadata(kGood, ""), "no entityID"},
        Bad{"no_key", metadata(service("HTTP-Redirect", "https://idp.test/sso")), "no certificate"},
        Bad{"no_redirect",
            metadata(key("", "one") + service("HTTP-POST", "https://idp.test/sso")),
            "no sign-on service"},
        Bad{"script_address",
            metadata(key("", "one") + service("HTTP-Redirect", "javascript:alert(1)")),
            "no sign-on service"}
    ),
    [](const auto& test) { return test.param.name; }
);

}  // namespace
}  // namespace fleet::sso
