#include "fleet/sso/provider_cache.hpp"

#include <gtest/gtest.h>

#include "fleet/core/crypto.hpp"

namespace fleet::sso {
namespace {

using namespace std::chrono_literals;

/// An address that describes a provider, whose key may change, and counts who asks.
class ProviderCacheTest : public testing::Test {
protected:
    Result<std::string> answer(const std::string& url) {
        ++fetched;
        if (away) return fail(Error::internal("away"));
        return "<m:EntityDescriptor xmlns:m=\"urn:oasis:names:tc:SAML:2.0:metadata\" "
               "xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\" entityID=\"" +
               url +
               "\"><m:IDPSSODescriptor><m:KeyDescriptor><d:KeyInfo><d:X509Data>"
               "<d:X509Certificate>" +
               base64_encode(key) +
               "</d:X509Certificate></d:X509Data></d:KeyInfo></m:KeyDescriptor>"
               "<m:SingleSignOnService "
               "Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" "
               "Location=\"https://idp.test/sso\"/></m:IDPSSODescriptor></m:EntityDescriptor>";
    }
    std::string key_now(const std::string& url = "https://one.test") {
        const auto provider = cache.get(url);
        return provider ? provider->certificates.at(0) : "";
    }

    std::string key = "first";
    bool away = false;
    int fetched = 0;
    ManualClock clock{from_unix_seconds(1'800'000'000)};
    ProviderCache cache{clock, [this](const std::string& url) { return answer(url); }};
};

TEST_F(ProviderCacheTest, IsFetchedOnceInTenMinutes) {
    EXPECT_EQ(key_now(), "first");
    clock.advance(9min);
    away = true;
    EXPECT_EQ(key_now(), "first");
    EXPECT_EQ(fetched, 1);

    clock.advance(1min);
    EXPECT_EQ(key_now(), "") << "not for ever";
    away = false;
    key = "second";
    EXPECT_EQ(key_now(), "second");
}

TEST_F(ProviderCacheTest, AnotherAddressIsAnotherProvider) {
    EXPECT_EQ(cache.get("https://one.test")->entity_id, "https://one.test");
    EXPECT_EQ(cache.get("https://two.test")->entity_id, "https://two.test");
    EXPECT_EQ(fetched, 2);
}

TEST_F(ProviderCacheTest, ANewKeyIsFetchedAtOnceButNotForEveryStrangeAnswer) {
    EXPECT_EQ(key_now(), "first");
    key = "second";
    const auto renewed = cache.renewed("https://one.test");
    ASSERT_TRUE(renewed);
    EXPECT_EQ(renewed->certificates.at(0), "second");
    EXPECT_EQ(key_now(), "second");
    EXPECT_EQ(fetched, 2);

    clock.advance(59s);
    EXPECT_FALSE(cache.renewed("https://one.test"));
    EXPECT_EQ(fetched, 2);
    clock.advance(1s);
    EXPECT_TRUE(cache.renewed("https://one.test"));
}

TEST_F(ProviderCacheTest, WhatCannotBeRenewedStays) {
    EXPECT_EQ(key_now(), "first");
    away = true;
    EXPECT_FALSE(cache.renewed("https://one.test"));
    EXPECT_EQ(key_now(), "first");
}

TEST_F(ProviderCacheTest, AClockThatIsSetBackMakesItOld) {
    EXPECT_EQ(key_now(), "first");
    clock.advance(-1h);
    EXPECT_EQ(key_now(), "first");
    EXPECT_EQ(fetched, 2);
}

}  // namespace
}  // namespace fleet::sso
