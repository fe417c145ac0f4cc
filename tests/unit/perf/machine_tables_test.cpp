#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "virtual_host.hpp"

namespace fleet::perf {
namespace {

using ::testing::Contains;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class MachineTablesTest : public ::testing::Test {
protected:
    testing::VirtualHost host = testing::VirtualHost::this_machine();
};

TEST_F(MachineTablesTest, EveryTableCanBeRead) {
    for (const auto& table : host.engine.tables()) {
        for (const auto& row : host.rows("SELECT * FROM " + table.name)) {
            ASSERT_LE(row.size(), table.columns.size()) << table.name;
        }
    }
}

TEST_F(MachineTablesTest, SystemInfoNamesThisHost) {
    std::array<char, 256> name{};
    gethostname(name.data(), name.size() - 1);

    const auto row = host.rows("SELECT * FROM system_info").at(0);

    EXPECT_EQ(row["hostname"], name.data());
    EXPECT_EQ(row["cpu_logical_cores"], std::to_string(sysconf(_SC_NPROCESSORS_CONF)));
    EXPECT_EQ(
        row["physical_memory"], std::to_string(sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE))
    );
    EXPECT_EQ(row["uuid"].get<std::string>().size(), 36U);
}

TEST_F(MachineTablesTest, OsVersionFollowsOsRelease) {
    const auto row = host.rows("SELECT * FROM os_version").at(0);
    const auto release = machine::read_file("/etc/os-release");

    EXPECT_EQ(row["name"], machine::field(release, "NAME", '='));
    EXPECT_EQ(row["platform"], machine::field(release, "ID", '='));
    EXPECT_THAT(
        machine::field(release, "VERSION_ID", '='),
        ::testing::StartsWith(row["major"].get<std::string>())
    );
}

TEST_F(MachineTablesTest, KernelVersionIsUname) {
    utsname kernel{};
    uname(&kernel);

    EXPECT_EQ(host.value("SELECT version FROM kernel_info"), kernel.release);
}

TEST_F(MachineTablesTest, UptimeIsThatOfProc) {
    double expected = 0;
    std::ifstream{"/proc/uptime"} >> expected;

    const auto seconds =
        std::strtod(host.value("SELECT total_seconds FROM uptime").c_str(), nullptr);

    EXPECT_NEAR(seconds, expected, 3);
}

TEST_F(MachineTablesTest, MemoryIsThatOfProc) {
    const auto total = host.value("SELECT memory_total FROM memory_info");

    EXPECT_NEAR(
        std::strtod(total.c_str(), nullptr),
        static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE)),
        1e6
    );
}

TEST_F(MachineTablesTest, UsersHaveRoot) {
    const auto row = host.rows("SELECT * FROM users WHERE uid = 0").at(0);

    EXPECT_EQ(row["username"], "root");
    EXPECT_EQ(row["directory"], getpwuid(0)->pw_dir);
    EXPECT_THAT(host.rows("SELECT 1 FROM user_groups WHERE uid = 0"), Not(IsEmpty()));
    EXPECT_EQ(host.value("SELECT groupname FROM groups WHERE gid = 0"), "root");
}

TEST_F(MachineTablesTest, ThisProcessIsListed) {
    const auto row =
        host.rows("SELECT * FROM processes WHERE pid = " + std::to_string(getpid())).at(0);

    EXPECT_EQ(row["path"], machine::link_target("/proc/self/exe"));
    EXPECT_EQ(row["parent"], std::to_string(getppid()));
    EXPECT_EQ(row["uid"], std::to_string(getuid()));
    EXPECT_GT(std::stoll(row["resident_size"].get<std::string>()), 1'000'000);
}

TEST_F(MachineTablesTest, AListeningSocketShowsWithItsProcess) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(listen(fd, 1), 0);
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    const auto port = std::to_string(ntohs(address.sin_port));

    const auto rows = host.rows(
        "SELECT * FROM listening_ports WHERE protocol = 6 AND family = 2 AND port = " + port
    );
    const auto open = host.rows(
        "SELECT state FROM process_open_sockets WHERE family = 2 AND local_port = " + port
    );
    close(fd);

    ASSERT_THAT(rows, SizeIs(1));
    EXPECT_EQ(rows[0]["pid"], std::to_string(getpid()));
    EXPECT_EQ(rows[0]["fd"], std::to_string(fd));
    EXPECT_EQ(rows[0]["address"], "127.0.0.1");
    EXPECT_EQ(open.at(0)["state"], "LISTEN");
}

TEST_F(MachineTablesTest, LoopbackHasItsAddressAndDetails) {
    EXPECT_EQ(
        host.value(
            "SELECT mask FROM interface_addresses WHERE interface = 'lo' AND address = '127.0.0.1'"
        ),
        "255.0.0.0"
    );
    EXPECT_EQ(
        host.value("SELECT mac FROM interface_details WHERE interface = 'lo'"), "00:00:00:00:00:00"
    );
}

TEST_F(MachineTablesTest, RootIsMountedWithASize) {
    const auto row = host.rows("SELECT * FROM mounts WHERE path = '/' ORDER BY blocks DESC").at(0);

    EXPECT_GT(std::stoll(row["blocks"].get<std::string>()), 0);
    EXPECT_GT(std::stoll(row["blocks_size"].get<std::string>()), 0);
}

TEST_F(MachineTablesTest, PackagesAreThoseOfDpkg) {
    std::ifstream status{"/var/lib/dpkg/status"};
    if (!status) GTEST_SKIP() << "no dpkg on this machine";
    std::size_t expected = 0;
    for (std::string line; std::getline(status, line);)
        expected += line.starts_with("Package: ") ? 1 : 0;

    const auto rows = host.rows("SELECT name, version, status, arch FROM deb_packages");

    EXPECT_EQ(rows.size(), expected);
    EXPECT_THAT(
        host.rows("SELECT 1 FROM deb_packages WHERE name = 'dpkg' AND version <> ''"), SizeIs(1)
    );
}

TEST_F(MachineTablesTest, FilesAreFoundByPathPatternAndDirectory) {
    const auto row = host.rows("SELECT * FROM file WHERE path = '/etc/passwd'").at(0);
    EXPECT_EQ(row["directory"], "/etc");
    EXPECT_EQ(row["filename"], "passwd");
    EXPECT_EQ(row["type"], "regular");
    EXPECT_EQ(host.value("SELECT filename FROM file WHERE path LIKE '/etc/pass%d'"), "passwd");
    EXPECT_THAT(host.rows("SELECT path FROM file WHERE directory = '/etc'"), SizeIs(Ge(5)));
    EXPECT_THAT(host.rows("SELECT path FROM file WHERE path = '/no/such/file'"), IsEmpty());
    EXPECT_EQ(host.value("SELECT length(sha256) FROM hash WHERE path = '/etc/passwd'"), "64");
}

TEST_F(MachineTablesTest, HostsFileIsRead) {
    EXPECT_THAT(
        host.rows("SELECT hostnames FROM etc_hosts WHERE address = '127.0.0.1'"), Not(IsEmpty())
    );
}

TEST_F(MachineTablesTest, LoadAverageHasThreePeriods) {
    EXPECT_THAT(host.rows("SELECT * FROM load_average"), SizeIs(3));
}

}  // namespace
}  // namespace fleet::perf
