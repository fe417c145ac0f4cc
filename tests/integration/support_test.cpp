// The harness itself: what it starts runs, what it says about failures is true.
#include <gtest/gtest.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "support/certificate.hpp"
#include "support/gzip.hpp"
#include "support/host_rows.hpp"
#include "support/private_mariadb.hpp"
#include "support/private_redis.hpp"
#include "support/tls_stream.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using std::chrono::seconds;

TEST(ChildProcess, ReportsExitCodesAndSignals) {
    EXPECT_EQ(run({.argv = {"sh", "-c", "exit 3"}}), 3);

    ChildProcess sleeper;
    sleeper.start({.argv = {"sleep", "60"}});
    EXPECT_TRUE(sleeper.running());
    EXPECT_GT(sleeper.rss_kib(), 0U);
    EXPECT_GT(sleeper.open_files(), 0U);
    EXPECT_EQ(sleeper.terminate(seconds{5}), 128 + SIGTERM);
}

TEST(ChildProcess, PassesEnvironmentAndLogs) {
    const TempDir dir;
    run(
        {.argv = {"sh", "-c", "echo $WORD"},
         .env = {{"WORD", "hello"}},
         .log_file = dir.file("log")}
    );
    EXPECT_EQ(read_file(dir.file("log")), "hello\n");
}

TEST(PrivateMariaDb, GivesEmptySchemas) {
    const auto schema = shared_mariadb().create_schema();
    auto sql = shared_mariadb().client(schema);

    sql.execute("CREATE TABLE t (id INT PRIMARY KEY, name TEXT)");
    sql.execute("INSERT INTO t VALUES (1, 'one'), (2, NULL)");

    const std::vector<SqlClient::Row> expected = {{"1", "one"}, {"2", "NULL"}};
    EXPECT_EQ(sql.query("SELECT * FROM t ORDER BY id"), expected);
    EXPECT_NE(shared_mariadb().create_schema(), schema);
}

TEST(PrivateMariaDb, KeepsCommittedRowsOverACrash) {
    if (shared_mariadb().is_external()) GTEST_SKIP() << "not our server to kill";
    PrivateMariaDb database{PrivateMariaDb::Durability::full};
    const auto schema = database.create_schema();
    {
        auto sql = database.client(schema);
        sql.execute("CREATE TABLE t (id INT PRIMARY KEY)");
        sql.execute("INSERT INTO t VALUES (7)");
    }

    database.kill9();
    EXPECT_ANY_THROW(database.client(schema));
    database.start();

    EXPECT_EQ(database.client(schema).value("SELECT id FROM t"), "7");
}

TEST(PrivateRedis, AsksForPasswordsAndComesBack) {
    PrivateRedis redis{{.password = "secret", .user = "worker", .user_password = "pw"}};
    EXPECT_TRUE(redis.command("PING").starts_with("-NOAUTH"));
    EXPECT_EQ(redis.command("AUTH worker pw"), "+OK\r\n");

    redis.stop();
    EXPECT_EQ(redis.command("PING"), "");
    redis.start();
    EXPECT_EQ(redis.command("AUTH secret"), "+OK\r\n");
}

/// `openssl s_server -rev` answers each line reversed.
class TlsStreamTest : public testing::Test {
protected:
    void SetUp() override {
        endpoint.port = free_port();
        endpoint.ca_file = certificate.cert_file;
        peer.start({
            .argv =
                {"openssl",
                 "s_server",
                 "-rev",
                 "-quiet",
                 "-accept",
                 "127.0.0.1:" + std::to_string(endpoint.port),
                 "-cert",
                 certificate.cert_file,
                 "-key",
                 certificate.key_file},
            .log_file = dir.file("peer.log"),
        });
        ASSERT_TRUE(eventually([&] { return port_answers(endpoint.port); }));
    }

    TempDir dir;
    Certificate certificate{dir};
    Endpoint endpoint;
    ChildProcess peer;
};

TEST_F(TlsStreamTest, VerifiesAndEchoes) {
    TlsStream stream{endpoint};
    EXPECT_EQ(stream.protocol(), "TLSv1.3");

    stream.write("abc\n");

    EXPECT_EQ(stream.read_some(seconds{5}).substr(0, 3), "cba");
}

TEST_F(TlsStreamTest, RefusesAForeignCertificate) {
    const TempDir other;
    endpoint.ca_file = Certificate{other}.cert_file;
    EXPECT_THROW(TlsStream{endpoint}, NetworkError);
}

TEST_F(TlsStreamTest, TimesOutWhenThePeerIsSilent) {
    TlsStream stream{endpoint};
    EXPECT_THROW(stream.read_some(std::chrono::milliseconds{50}), NetworkError);
}

TEST(Gzip, RoundTripsAndBombs) {
    EXPECT_EQ(gunzip(gzip("hello")), "hello");
    const auto bomb = gzip_bomb(std::size_t{20} << 20);
    EXPECT_LT(bomb.size(), std::size_t{64} << 10);
    EXPECT_EQ(gunzip(bomb).size(), std::size_t{20} << 20);
    EXPECT_EQ(base64("hello!!"), "aGVsbG8hIQ==");
}

TEST(HostRows, MachinesDiffer) {
    const auto one = make_machine("a");
    const auto two = make_machine("b", "darwin");
    EXPECT_NE(one.uuid, two.uuid);
    EXPECT_EQ(one.uuid.size(), 36U);
    EXPECT_EQ(host_details(two)["os_version"]["platform"], "darwin");
    EXPECT_EQ(detail_rows(one, "system_info")[0]["hostname"], "a");
}

}  // namespace
}  // namespace fleet::test
