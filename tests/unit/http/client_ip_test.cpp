#include "http/client_ip.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace fleet::http {
namespace {

struct Case {
    std::string name;
    std::string rule;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string peer;
    std::string expected;
};

class ClientIp : public testing::TestWithParam<Case> {};

TEST_P(ClientIp, IsFound) {
    const auto& c = GetParam();
    const ClientIpRule rule{c.rule};

    EXPECT_EQ(rule.find(Request{.headers = c.headers}, c.peer), c.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rules,
    ClientIp,
    testing::Values(
        Case{"LegacyPeer", "", {}, "10.0.0.9", "10.0.0.9"},
        Case{
            "LegacyTrueClientIpFirst",
            "",
            {{"X-Real-IP", "1.1.1.2"}, {"True-Client-IP", "1.1.1.1"}},
            "10.0.0.9",
            "1.1.1.1"},
        Case{"LegacyRealIp", "", {{"X-Real-IP", "1.1.1.2"}}, "10.0.0.9", "1.1.1.2"},
        Case{
            "LegacyLeftMostForwarded",
            "",
            {{"X-Forwarded-For", "1.1.1.3, 2.2.2.2"}},
            "10.0.0.9",
            "1.1.1.3"},
        Case{"LegacyGarbageIsSkipped", "", {{"X-Real-IP", "<script>"}}, "10.0.0.9", "10.0.0.9"},
        Case{"NoneIgnoresHeaders", "none", {{"X-Real-IP", "1.1.1.2"}}, "10.0.0.9", "10.0.0.9"},
        Case{
            "HeaderByName",
            "CF-Connecting-IP",
            {{"cf-connecting-ip", "2001:db8::1"}},
            "10.0.0.9",
            "2001:db8::1"},
        Case{"HeaderWithPort", "X-Client", {{"X-Client", "1.2.3.4:567"}}, "10.0.0.9", "1.2.3.4"},
        Case{"OneHop", "1", {{"X-Forwarded-For", "6.6.6.6, 1.1.1.1"}}, "10.0.0.9", "1.1.1.1"},
        Case{
            "TwoHopsOverTwoHeaders",
            "2",
            {{"X-Forwarded-For", "6.6.6.6, 1.1.1.1"}, {"X-Forwarded-For", "10.0.0.2"}},
            "10.0.0.9",
            "1.1.1.1"},
        Case{"TooFewHops", "3", {{"X-Forwarded-For", "1.1.1.1"}}, "10.0.0.9", "10.0.0.9"},
        Case{
            "NetworksSkipTrusted",
            "10.0.0.0/8, 192.168.1.1",
            {{"X-Forwarded-For", "6.6.6.6, 1.1.1.1, 192.168.1.1, 10.3.3.3"}},
            "10.0.0.9",
            "1.1.1.1"},
        Case{
            "NetworksStrangerIsBelievedNothing",
            "10.0.0.0/8",
            {{"X-Forwarded-For", "1.1.1.1"}},
            "8.8.8.8",
            "8.8.8.8"},
        Case{
            "NetworksOfVersion6",
            "fd00::/8",
            {{"X-Forwarded-For", "2001:db8::5"}},
            "fd12::1",
            "2001:db8::5"}
    ),
    [](const auto& test) { return test.param.name; }
);

TEST(ClientIpRule, RefusesWhatItDoesNotUnderstand) {
    for (const char* text : {"0", "10.0.0.0/33", "10.0.0.1,nonsense", "a b", "::1/129"}) {
        EXPECT_THROW(ClientIpRule{text}, std::invalid_argument) << text;
    }
}

}  // namespace
}  // namespace fleet::http
