// Enroll secrets: rest-api-a 11.
#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

class EnrollSecret : public ApiTest {
protected:
    ~EnrollSecret() override { admin.set_enroll_secrets({kEnrollSecret}); }

    Response replace(const json& secrets) {
        return admin.post("/spec/enroll_secret", {{"spec", {{"secrets", secrets}}}});
    }
    json secrets() { return admin.get("/spec/enroll_secret").json()["spec"]["secrets"]; }
};

TEST_F(EnrollSecret, TheWholeListIsReplaced) {
    ASSERT_EQ(replace({{{"secret", "one"}}, {{"secret", "two"}}}).status, 200);
    ASSERT_EQ(secrets().size(), 2U);
    EXPECT_FALSE(secrets()[0].contains("team_id"));
    EXPECT_TRUE(secrets()[0]["created_at"].is_string());
    ASSERT_EQ(replace({{{"secret", "three"}}}).status, 200);
    ASSERT_EQ(secrets().size(), 1U);
    EXPECT_EQ(secrets()[0]["secret"], "three");
}

TEST_F(EnrollSecret, AnEmptyListLetsNobodyIn) {
    ASSERT_EQ(replace(json::array()).status, 200);
    auto agent = stack.agent("nobody");
    EXPECT_TRUE(eventually([&] { return agent.enroll().status == 401; }, seconds{5}));
}

TEST_F(EnrollSecret, BadListsChangeNothing) {
    json many = json::array();
    for (int i = 0; i < 51; ++i)
        many.push_back({{"secret", "s" + std::to_string(i)}});
    EXPECT_EQ(replace(many).status, 422);
    EXPECT_EQ(replace({{{"secret", ""}}}).status, 422);
    EXPECT_GE(replace("text").status, 400);
    EXPECT_GE(replace({{{"secret", 7}}}).status, 400);
    EXPECT_EQ(secrets()[0]["secret"], kEnrollSecret);
}

TEST_F(EnrollSecret, CompareExactly) {
    ASSERT_EQ(replace({{{"secret", "Case \xC3\xA4"}}}).status, 200);
    for (const auto& [secret, accepted] : std::vector<std::pair<std::string, bool>>{
             {"Case \xC3\xA4", true},
             {"case \xC3\xA4", false},
             {"Case a", false},
             {"Case \xC3\xA4 ", false}}) {
        auto agent = stack.agent("exact");
        agent.set_secret(secret);
        if (accepted) {
            EXPECT_TRUE(eventually([&] { return agent.enroll().status == 200; }, seconds{5}));
        } else {
            EXPECT_EQ(agent.enroll().status, 401) << secret;
        }
    }
}

}  // namespace
}  // namespace fleet::test
