#include "service/account_activities.hpp"

#include <gtest/gtest.h>

namespace fleet::service {
namespace {

TEST(AccountActivity, DetailsAreObjectsWithTheWireNames) {
    User user;
    user.id = UserId{7};
    user.name = "Bo";
    user.email = "bo@corp.test";

    EXPECT_EQ(account_activity::login_details("192.0.2.1"), R"({"public_ip":"192.0.2.1"})");
    EXPECT_EQ(
        account_activity::failed_login_details("x\"y", "192.0.2.1"),
        R"({"email":"x\"y","public_ip":"192.0.2.1"})"
    );
    EXPECT_EQ(
        account_activity::user_details(user),
        R"({"user_id":7,"user_name":"Bo","user_email":"bo@corp.test"})"
    );
}

}  // namespace
}  // namespace fleet::service
