#include "cli.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fleet::main {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

/// What a command line led to, with what it printed.
struct Outcome {
    Invocation invocation{};
    std::string out{};
    std::string err{};
};

Outcome run(std::vector<const char*> words) {
    words.insert(words.begin(), "fleet-server");
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    Outcome result;
    result.invocation = parse_command_line(static_cast<int>(words.size()), words.data());
    result.out = testing::internal::GetCapturedStdout();
    result.err = testing::internal::GetCapturedStderr();
    return result;
}

TEST(CommandLine, FlagsOfKeysMayStandAnywhere) {
    const auto result = run(
        {"--mysql_address=db:1",
         "serve",
         "--redis_address",
         "r:1",
         "--server_tls=false",
         "--logging_json"}
    );
    EXPECT_EQ(result.invocation.command, Command::serve);
    EXPECT_FALSE(result.invocation.exit_code);
    EXPECT_THAT(
        result.invocation.sources.flags,
        ElementsAre(
            Pair("mysql.address", "db:1"),
            Pair("redis.address", "r:1"),
            Pair("server.tls", "false"),
            Pair("logging.json", "true")
        )
    );
}

TEST(CommandLine, AnEmptyOrOddValueIsAValue) {
    const auto result =
        run({"serve", "--server_url_prefix=", "--mysql_password", "--x=y", "--mysql_database=a=b"});
    EXPECT_THAT(
        result.invocation.sources.flags,
        ElementsAre(
            Pair("server.url_prefix", ""),
            Pair("mysql.password", "--x=y"),
            Pair("mysql.database", "a=b")
        )
    );
}

TEST(CommandLine, ConfigFileBeforeOrAfterTheCommand) {
    EXPECT_EQ(run({"-c", "a.yml", "serve"}).invocation.sources.file, "a.yml");
    EXPECT_EQ(run({"config_dump", "--config", "b.yml"}).invocation.sources.file, "b.yml");
    EXPECT_EQ(run({"config_dump", "--config=c.yml"}).invocation.sources.file, "c.yml");
    EXPECT_EQ(run({"serve"}).invocation.sources.file, std::nullopt);
}

TEST(CommandLine, CommandsAndTheirOptions) {
    EXPECT_EQ(run({"prepare", "db"}).invocation.command, Command::prepare_db);
    EXPECT_FALSE(run({"prepare", "db"}).invocation.no_prompt);
    EXPECT_TRUE(run({"prepare", "db", "--no-prompt"}).invocation.no_prompt);
    EXPECT_EQ(run({"config_docs"}).invocation.command, Command::config_docs);
    EXPECT_FALSE(run({"version"}).invocation.full_version);
    EXPECT_TRUE(run({"version", "--full"}).invocation.full_version);
}

TEST(CommandLine, HelpOnEveryCommandEndsWell) {
    for (const std::vector<const char*>& words : std::vector<std::vector<const char*>>{
             {"--help"},
             {"-h"},
             {"serve", "--help"},
             {"prepare", "--help"},
             {"prepare", "db", "--help"},
             {"config_dump", "--help"},
             {"version", "--help"},
             {},
         }) {
        const auto result = run(words);
        EXPECT_EQ(result.invocation.exit_code, 0);
        EXPECT_THAT(result.out, HasSubstr("Usage: "));
        EXPECT_THAT(result.err, IsEmpty());
    }
}

TEST(CommandLine, HelpShowsTheVariableOfEachFlag) {
    const std::string help = run({"serve", "--help"}).out;
    EXPECT_THAT(help, HasSubstr("--mysql_address"));
    EXPECT_THAT(help, HasSubstr("Env: FLEET_MYSQL_ADDRESS"));
    EXPECT_THAT(help, testing::Not(HasSubstr("sandbox_enabled")));
}

struct Wrong {
    std::vector<const char*> words;
    const char* complaint;
};
class WrongLine : public testing::TestWithParam<Wrong> {};
TEST_P(WrongLine, IsRefusedWithAHint) {
    const auto result = run(GetParam().words);
    EXPECT_EQ(result.invocation.exit_code, 1);
    EXPECT_THAT(result.out + result.err, HasSubstr(GetParam().complaint));
}
INSTANTIATE_TEST_SUITE_P(
    Table,
    WrongLine,
    testing::Values(
        Wrong{
            {"serve", "--mysql_adress", "x"},
            "unknown flag: --mysql_adress; did you mean --mysql_address?"},
        Wrong{{"serve", "--zzzzzzzz=1"}, "unknown flag: --zzzzzzzz\n"},
        Wrong{{"serve", "--mysql_address"}, "flag needs a value: --mysql_address"},
        Wrong{{"serv"}, "unknown command \"serv\""},
        Wrong{{"serve", "--server_tls", "false"}, "--flag=false"},
        Wrong{{"prepare"}, "Usage: "},
        Wrong{{"prepare", "tables"}, "unknown command \"tables\""},
        Wrong{{"serve", "-x"}, "unknown flag: -x"}
    )
);

}  // namespace
}  // namespace fleet::main
