#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "fleet/core/crypto.hpp"
#include "fleet/sso/saml.hpp"

namespace fleet::sso {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr Time kNow{std::chrono::microseconds{1'772'698'530'500'000}};

std::string decoded(std::string text) {
    for (const auto& [from, to] :
         {std::pair{"%2B", "+"}, std::pair{"%2F", "/"}, std::pair{"%3D", "="}}) {
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from))
            text.replace(at, 3, to);
    }
    std::string packed = base64_decode(text).value_or("");
    std::string out(1 << 16, '\0');
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, -15), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

TEST(RedirectUrl, CarriesADeflatedRequest) {
    Provider provider;
    provider.sign_on_url = "https://idp.test/sso";
    const auto url = redirect_url(
        provider,
        {.id = "_1f",
         .acs_url = "https://fleet.test/acs?a=1&b=\"2\"",
         .issuer = "fleet <of> us",
         .issued_at = kNow}
    );
    constexpr std::string_view kStart = "https://idp.test/sso?SAMLRequest=";
    ASSERT_THAT(url, StartsWith(std::string{kStart}));
    const auto xml = decoded(url.substr(kStart.size()));
    EXPECT_THAT(xml, HasSubstr("ID=\"_1f\""));
    EXPECT_THAT(xml, HasSubstr("IssueInstant=\"2026-03-05T08:15:30Z\""));
    EXPECT_THAT(xml, HasSubstr("\"https://fleet.test/acs?a=1&amp;b=&quot;2&quot;\""));
    EXPECT_THAT(xml, HasSubstr("<saml:Issuer>fleet &lt;of&gt; us</saml:Issuer>"));
}

TEST(RedirectUrl, AddsToAQueryThatIsThere) {
    Provider provider;
    provider.sign_on_url = "https://idp.test/sso?tenant=1";
    EXPECT_THAT(
        redirect_url(provider, {}), StartsWith("https://idp.test/sso?tenant=1&SAMLRequest=")
    );
}

}  // namespace
}  // namespace fleet::sso
