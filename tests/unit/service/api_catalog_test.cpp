#include "fleet/service/api_catalog.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fleet::service {
namespace {

using testing::HasSubstr;

const ApiCatalog kCatalog{
    {.endpoint = {.method = "GET", .path = "/api/v1/fleet/hosts"}, .display_name = "List hosts"},
    {.endpoint = {.method = "GET", .path = "/api/v1/fleet/reports/:id"}, .display_name = "Report"},
    {.endpoint = {.method = "POST", .path = "/api/v1/fleet/fleets"}, .display_name = "Fleet"}};

TEST(CheckEndpoints, TakesEveryVersionAndGenerationOfNames) {
    const auto checked = check_endpoints(
        {{.method = "get", .path = "/api/latest/fleet/hosts"},
         {.method = "GET", .path = "/api/_version_/fleet/queries/:id"},
         {.method = "POST", .path = "/api/2022-04/fleet/teams"}},
        kCatalog
    );
    ASSERT_TRUE(checked);
    for (std::size_t i = 0; i < kCatalog.size(); ++i)
        EXPECT_EQ(checked->at(i), kCatalog[i].endpoint);
}

TEST(CheckEndpoints, RefusesNoneTwoOfOneUnknownAndTooMany) {
    const ApiEndpoint hosts{.method = "GET", .path = "/api/v1/fleet/hosts"};
    const auto reason = [](const std::vector<ApiEndpoint>& wanted) {
        const auto checked = check_endpoints(wanted, kCatalog);
        return checked ? std::string{} : checked.error().fields.at(0).reason;
    };
    EXPECT_THAT(reason({}), HasSubstr("at least one"));
    EXPECT_THAT(reason({hosts, hosts}), HasSubstr("twice"));
    EXPECT_THAT(reason({{.method = "PUT", .path = hosts.path}}), HasSubstr("there is no"));
    EXPECT_THAT(reason({hosts, hosts, hosts, hosts}), HasSubstr("more API endpoints"));
}

}  // namespace
}  // namespace fleet::service
