#include "support/stack.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace fleet::test {

namespace {

std::unique_ptr<Stack>& shared_holder() {
    static std::unique_ptr<Stack> stack;
    return stack;
}

/// Stops the shared stack while gtest can still report that it went wrong.
class SharedStackEnd : public testing::Environment {
public:
    void TearDown() override {
        auto& stack = shared_holder();
        if (!stack) return;
        EXPECT_TRUE(stack->server().running()) << "the server died during the tests:\n"
                                               << stack->server().log_tail();
        EXPECT_EQ(stack->server().terminate(), 0) << "SIGTERM must end in exit code 0";
        stack.reset();
    }
};

[[maybe_unused]] const auto* const kEnd = testing::AddGlobalTestEnvironment(new SharedStackEnd);

}  // namespace

Stack::Stack(StackOptions options)
    : mariadb_{options.mariadb == nullptr ? shared_mariadb() : *options.mariadb},
      redis_{options.redis},
      certificate_{dir_},
      schema_{mariadb_.create_schema()} {
    if (!server_is_built()) throw std::runtime_error("build it first: " + server_binary());
    const auto& db = mariadb_.address();
    flags_ = {
        "--mysql_address=" + db.host + ":" + std::to_string(db.port),
        "--mysql_username=" + db.user,
        "--mysql_password=" + db.password,
        "--mysql_database=" + schema_,
        "--redis_address=" + redis_.address(),
        "--auth_login_rate_limit=0",
        // Most tests want to see at once that there is nothing to do.
        "--osquery_distributed_hold=0s",
    };
    if (!options.redis.user.empty()) {
        flags_.push_back("--redis_username=" + options.redis.user);
        flags_.push_back("--redis_password=" + options.redis.user_password);
    } else if (!options.redis.password.empty()) {
        flags_.push_back("--redis_password=" + options.redis.password);
    }
    flags_.insert(flags_.end(), options.flags.begin(), options.flags.end());
    for (int i = 0; i < options.servers; ++i)
        add_server({}, options.env);
    if (options.setup == StackOptions::Setup::pending) return;

    AdminClient admin{server().endpoint()};
    if (const auto response = admin.set_up(); response.status != 200) {
        throw std::runtime_error("setup failed: " + response.text());
    }
    token_ = admin.token();
    admin.set_enroll_secrets({kEnrollSecret});
}

Stack::~Stack() {
    for (const auto& server : servers_) {
        const auto log = server->log();
        for (const auto* word : {"Sanitizer:", "runtime error:"}) {
            const auto at = log.find(word);
            if (at == std::string::npos) continue;
            ADD_FAILURE() << log.substr(log.rfind('\n', at) + 1, 4000);
        }
    }
}

ServerProcess& Stack::add_server(
    const std::vector<std::string>& flags, const std::map<std::string, std::string>& env
) {
    auto all = flags_;
    all.insert(all.end(), flags.begin(), flags.end());
    auto server = std::make_unique<ServerProcess>(ServerOptions{
        .flags = std::move(all),
        .env = env,
        .cert_file = certificate_.cert_file,
        .key_file = certificate_.key_file,
    });
    if (servers_.empty()) server->prepare_db();
    server->start();
    return *servers_.emplace_back(std::move(server));
}

AdminClient Stack::admin(std::size_t server_index) const {
    return AdminClient{servers_.at(server_index)->endpoint(), token_};
}

FakeAgent Stack::agent(
    const std::string& name, const std::string& platform, std::size_t server_index
) const {
    return {
        servers_.at(server_index)->endpoint(),
        make_machine(unique_name(name), platform),
        kEnrollSecret};
}

FakeAgent Stack::enrolled(
    const std::string& name, const std::string& platform, std::size_t server_index
) const {
    return enrolled_at(servers_.at(server_index)->endpoint(), name, platform);
}

FakeAgent Stack::enrolled_at(
    const Endpoint& endpoint, const std::string& name, const std::string& platform
) const {
    FakeAgent agent{endpoint, make_machine(unique_name(name), platform), kEnrollSecret};
    if (const auto response = agent.enroll(); agent.node_key().empty()) {
        throw std::runtime_error("enrol failed: " + response.text());
    }
    agent.check_in();
    return agent;
}

Endpoint Stack::endpoint_at(std::uint16_t port) const {
    auto endpoint = servers_.front()->endpoint();
    endpoint.port = port;
    return endpoint;
}

Stack& shared_stack() {
    // A stack that cannot start will not start for the next test either.
    static std::string failure;
    if (!failure.empty()) throw std::runtime_error(failure);
    auto& stack = shared_holder();
    try {
        if (!stack) stack = std::make_unique<Stack>();
    } catch (const std::exception& error) {
        failure = error.what();
        throw;
    }
    return *stack;
}

std::string unique_name(const std::string& stem) {
    static std::atomic<int> counter{0};
    return stem + "-" + std::to_string(++counter);
}

}  // namespace fleet::test
