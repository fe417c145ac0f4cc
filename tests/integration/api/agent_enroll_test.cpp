// Enrolment: agent-api A.3, B.2, G.1.
#include <thread>

#include "integration/api/api_test.hpp"

namespace fleet::test {
namespace {

using AgentEnroll = ApiTest;

TEST_F(AgentEnroll, RightSecretShowsTheHostAtOnce) {
    auto agent = stack.agent("enroll-now");

    const auto response = agent.enroll();

    expect_agent_ok(response);
    EXPECT_EQ(agent.node_key().size(), 32U) << "24 bytes as base64";
    const auto host = admin.host(agent.machine().uuid);
    ASSERT_FALSE(host.is_null());
    EXPECT_EQ(host["hostname"], agent.machine().hostname);
    EXPECT_EQ(host["platform"], "ubuntu");
    EXPECT_EQ(host["osquery_version"], "5.23.1");
    EXPECT_EQ(host["os_version"], "Ubuntu 22.04.4 LTS");
    EXPECT_EQ(host["hardware_serial"], agent.machine().serial);
    EXPECT_EQ(host["memory"], 16777216000);
    EXPECT_EQ(host["status"], "online");
    EXPECT_TRUE(host["refetch_requested"]);
}

TEST_F(AgentEnroll, KeepsNulCharactersOut) {
    auto agent = stack.agent("nul");
    agent.enroll();
    const auto brand = admin.host(agent.machine().uuid).at("cpu_brand").get<std::string>();
    EXPECT_THAT(brand, StartsWith("Intel(R) Xeon(R)"));
    EXPECT_EQ(brand.find('\0'), std::string::npos);
}

TEST_F(AgentEnroll, JoinsTheBuiltInLabels) {
    auto agent = stack.agent("labels");
    agent.enroll();
    const auto host = admin.host(agent.machine().uuid);
    std::vector<std::string> names;
    for (const auto& label : host.at("labels"))
        names.push_back(label.at("name"));
    EXPECT_THAT(names, testing::IsSupersetOf({"All Hosts", "All Linux", "Ubuntu Linux"}));
    EXPECT_THAT(names, Not(Contains("macOS")));
}

TEST_F(AgentEnroll, WrongSecretsAreRefused) {
    for (const std::string secret : {"wrong", "", "TEST-ENROLL-SECRET", "test-enroll-secret\n"}) {
        SCOPED_TRACE(secret);
        auto agent = stack.agent("refused");
        agent.set_secret(secret);
        expect_node_invalid(agent.enroll(), "enroll failed: ");
        EXPECT_TRUE(admin.host(agent.machine().uuid).is_null());
    }
}

TEST_F(AgentEnroll, MissingSecretIsRefused) {
    auto agent = stack.agent("no-secret");
    auto body = agent.enroll_body();
    body.erase("enroll_secret");
    expect_node_invalid(agent.enroll(body), "enroll failed: ");
}

TEST_F(AgentEnroll, EmptyIdentifierIsRefused) {
    auto agent = stack.agent("no-identifier");
    auto body = agent.enroll_body();
    body["host_identifier"] = "";
    expect_node_invalid(agent.enroll(body));
}

TEST_F(AgentEnroll, HostDetailsAreOptional) {
    for (const json& details : {json{}, json::object(), json{{"system_info", json::object()}}}) {
        auto agent = stack.agent("bare");
        auto body = agent.enroll_body();
        body["host_details"] = details;
        if (details.is_null()) body.erase("host_details");
        expect_agent_ok(agent.enroll(body));
    }
}

TEST_F(AgentEnroll, SameIdentifierIsTheSameHostWithANewKey) {
    auto agent = stack.agent("twice");
    agent.enroll();
    const auto first_key = agent.node_key();
    const auto first_id = admin.host_id(agent.machine().uuid);

    agent.enroll();

    EXPECT_NE(agent.node_key(), first_key);
    EXPECT_EQ(admin.host_id(agent.machine().uuid), first_id);
    expect_agent_ok(agent.config());
    auto old = agent.node_key();
    agent.set_node_key(first_key);
    expect_node_invalid(agent.config(), "authentication error: invalid node key");
}

TEST_F(AgentEnroll, TwoCopiesAtOnceLeaveOneLivingHost) {
    // osqueryd repeats a request when its connection broke: agent-api F.6.
    auto one = stack.agent("racing");
    FakeAgent two{one.http().endpoint(), one.machine(), kEnrollSecret};
    std::thread other{[&] { two.enroll(); }};
    one.enroll();
    other.join();

    ASSERT_FALSE(one.node_key().empty());
    ASSERT_FALSE(two.node_key().empty());
    const bool one_lives = one.config().status == 200;
    const bool two_lives = two.config().status == 200;
    EXPECT_NE(one_lives, two_lives);
    EXPECT_EQ(admin.get("/hosts/count?query=" + one.machine().uuid).json()["count"], 1);
}

TEST_F(AgentEnroll, SecretsRotateWithoutDisturbingHosts) {
    auto before = stack.agent("rotate");
    admin.set_enroll_secrets({kEnrollSecret, "second-secret"});
    before.set_secret("second-secret");
    expect_agent_ok(before.enroll());

    admin.set_enroll_secrets({kEnrollSecret});

    expect_agent_ok(before.config());
    auto after = stack.agent("rotated");
    after.set_secret("second-secret");
    EXPECT_TRUE(eventually([&] { return after.enroll().status == 401; }, seconds{5}));
}

TEST_F(AgentEnroll, TwoMachinesUnderOneIdentityAreNoticed) {
    auto one = stack.agent("clone-a");
    auto two = stack.agent("clone-b");
    two.machine().uuid = one.machine().uuid;
    const auto with_instance = [](FakeAgent& agent, const std::string& instance) {
        auto body = agent.enroll_body();
        body["host_details"]["osquery_info"]["instance_id"] = instance;
        return body;
    };

    for (int round = 0; round < 2; ++round) {
        one.enroll(with_instance(one, "instance-one"));
        two.enroll(with_instance(two, "instance-two"));
    }

    auto sql = stack.sql();
    EXPECT_EQ(
        sql.value(
            "SELECT MAX(duplicate_identity) FROM hosts WHERE uuid = '" + one.machine().uuid + "'"
        ),
        "1"
    );
}

/// Servers with other options, on the same stores.
class AgentEnrollOptions : public ApiTest {
protected:
    FakeAgent agent_of(ServerProcess& server) {
        return {server.endpoint(), make_machine(unique_name("option")), kEnrollSecret};
    }
};

TEST_F(AgentEnrollOptions, CooldownRefusesAQuickSecondEnrolment) {
    auto& server = stack.add_server({"--osquery_enroll_cooldown=1h"});
    auto agent = agent_of(server);
    expect_agent_ok(agent.enroll());
    const auto key = agent.node_key();

    expect_node_invalid(agent.enroll());

    agent.set_node_key(key);
    expect_agent_ok(agent.config());
    server.terminate();
}

struct IdentifierRule {
    std::string option;
    std::string expected;  // which text becomes the identifier
};

class AgentIdentifier : public AgentEnrollOptions,
                        public testing::WithParamInterface<IdentifierRule> {};

TEST_P(AgentIdentifier, ComesFromTheChosenSource) {
    auto& server = stack.add_server({"--osquery_host_identifier=" + GetParam().option});
    auto agent = agent_of(server);
    auto body = agent.enroll_body();
    const auto marker = unique_name("ident");
    body["host_identifier"] = marker + "-provided";
    body["host_details"]["osquery_info"]["instance_id"] = marker + "-instance";
    body["host_details"]["osquery_info"]["uuid"] = marker + "-uuid";
    body["host_details"]["system_info"]["hostname"] = marker + "-hostname";

    expect_agent_ok(agent.enroll(body));

    auto sql = stack.sql();
    EXPECT_EQ(
        sql.value("SELECT osquery_host_id FROM hosts WHERE osquery_host_id LIKE '" + marker + "%'"),
        marker + GetParam().expected
    );
    server.terminate();
}

INSTANTIATE_TEST_SUITE_P(
    Options,
    AgentIdentifier,
    testing::Values(
        IdentifierRule{"provided", "-provided"},
        IdentifierRule{"instance", "-instance"},
        IdentifierRule{"uuid", "-uuid"},
        IdentifierRule{"hostname", "-hostname"}
    ),
    [](const auto& test) { return test.param.option; }
);

TEST_F(AgentEnrollOptions, AMissingSourceFallsBackToTheProvidedIdentifier) {
    auto& server = stack.add_server({"--osquery_host_identifier=instance"});
    auto agent = agent_of(server);
    auto body = agent.enroll_body();
    body["host_details"].erase("osquery_info");

    expect_agent_ok(agent.enroll(body));

    auto sql = stack.sql();
    EXPECT_EQ(
        sql.value(
            "SELECT COUNT(*) FROM hosts WHERE osquery_host_id = '" + agent.machine().uuid + "'"
        ),
        "1"
    );
    server.terminate();
}

}  // namespace
}  // namespace fleet::test
