#include <gtest/gtest.h>

#include "fleet/service/audit_log.hpp"

namespace fleet::service {
namespace {

constexpr Time kNow{std::chrono::seconds{1'772'698'530}};

TEST(AuditLine, HasWhatOperatorsExpect) {
    Activity activity;
    activity.id = 7;
    activity.created_at = kNow;
    activity.type = "created_team";
    activity.actor = Actor{.id = UserId{3}, .name = "Bo", .email = "bo@x.test", .ip = "192.0.2.1"};
    activity.details = R"({"team_id":2,"team_name":"T"})";
    EXPECT_EQ(
        audit_line(activity),
        R"({"id":7,"created_at":"2026-03-05T08:15:30Z","type":"created_team","actor_id":3,)"
        R"("actor_full_name":"Bo","actor_email":"bo@x.test","actor_gravatar":"",)"
        R"("actor_api_only":false,"actor_ip":"192.0.2.1","fleet_initiated":false,)"
        R"("details":{"team_id":2,"team_name":"T","fleet_id":2,"fleet_name":"T"}})"
    );
}

TEST(AuditLine, LeavesOutAnActorThatIsNone) {
    Activity activity;
    activity.id = 8;
    activity.created_at = kNow;
    activity.type = "enabled_gitops_mode";
    activity.fleet_initiated = true;
    EXPECT_EQ(
        audit_line(activity),
        R"({"id":8,"created_at":"2026-03-05T08:15:30Z","type":"enabled_gitops_mode",)"
        R"("fleet_initiated":true,"details":null})"
    );
}

}  // namespace
}  // namespace fleet::service
