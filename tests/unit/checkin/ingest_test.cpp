#include "fleet/checkin/ingest.hpp"

#include <gtest/gtest.h>

namespace fleet::checkin {
namespace {

const ResolveQuery kNoQueries = [](std::string_view) -> std::optional<QueryId> {
    return std::nullopt;
};

HostUpdate ingested(std::string_view name, const char* rows) {
    HostUpdate update;
    ingest_detail(name, parse_rows(rows), kNoQueries, update);
    return update;
}

struct OsCase {
    const char* name;
    const char* row;
    const char* text;
};

class OsVersion : public testing::TestWithParam<OsCase> {};

TEST_P(OsVersion, TextFollowsThePlatformsRule) {
    const HostUpdate update = ingested("os_version", GetParam().row);

    EXPECT_EQ(update.vitals.os_version, GetParam().text);
    EXPECT_TRUE(update.details_fetched);
}

INSTANTIATE_TEST_SUITE_P(
    Platforms,
    OsVersion,
    testing::Values(
        OsCase{
            "ubuntu",
            R"j([{"name":"Ubuntu","platform":"ubuntu","version":"24.04.1 LTS (Noble Numbat)",)j"
            R"j("major":"24","minor":"4","patch":"0"}])j",
            "Ubuntu 24.04.1 LTS"},
        OsCase{
            "debian",
            R"j([{"name":"Debian GNU/Linux","platform":"debian","version":"12 (bookworm)",)j"
            R"j("major":"12","minor":"0","patch":"0"}])j",
            "Debian GNU/Linux 12.0.0"},
        OsCase{
            "arch_has_only_a_build",
            R"j([{"name":"Arch Linux","platform":"arch","major":"0","minor":"0","patch":"0",)j"
            R"j("build":"rolling"}])j",
            "Arch Linux rolling"},
        OsCase{
            "macos_rapid_response",
            R"j([{"name":"macOS","platform":"darwin","major":"13","minor":"4","patch":"1",)j"
            R"j("extra":"(a)"}])j",
            "macOS 13.4.1 (a)"}
    ),
    [](const auto& one) { return std::string{one.param.name}; }
);

TEST(Ingest, WindowsVersionNamesReleaseAndRevision) {
    const HostUpdate update = ingested(
        "os_version_windows",
        R"j([{"name":"Microsoft Windows 11 Pro","display_version":"23H2",)j"
        R"j("kernel_version":"10.0.22631","ubr":"3007","installation_type":"Client"}])j"
    );

    EXPECT_EQ(update.vitals.os_version, "Windows 11 Pro 23H2 10.0.22631.3007");
    EXPECT_EQ(update.vitals.platform, "windows");
}

TEST(Ingest, NulCharactersAndFillerSerialsAreDropped) {
    const HostUpdate update = ingested(
        "system_info",
        R"j([{"hostname":"vm","cpu_brand":"Xeon\u0000\u0000","hardware_serial":"Default string",)j"
        R"j("physical_memory":"25276514304"}])j"
    );

    EXPECT_EQ(update.vitals.cpu_brand, "Xeon");
    EXPECT_EQ(update.vitals.hardware_serial, "");
    EXPECT_EQ(update.vitals.memory, 25'276'514'304);
}

TEST(Ingest, AnEmptyHostnameKeepsTheOldOne) {
    const HostUpdate update = ingested("system_info", R"j([{"hostname":"","uuid":""}])j");

    EXPECT_FALSE(update.vitals.hostname);
    EXPECT_FALSE(update.vitals.uuid);
}

TEST(Ingest, TheFlagsAliasWinsOverConfigRefresh) {
    const HostUpdate both = ingested(
        "osquery_flags",
        R"j([{"name":"config_refresh","value":"60"},{"name":"config_tls_refresh","value":"30"},)j"
        R"j({"name":"distributed_interval","value":"10"}])j"
    );
    const HostUpdate one = ingested(
        "osquery_flags",
        R"j([{"name":"config_refresh","value":"60"},{"name":"config_tls_refresh","value":"0"}])j"
    );

    EXPECT_EQ(both.vitals.config_tls_refresh, 30);
    EXPECT_EQ(both.vitals.distributed_interval, 10);
    EXPECT_EQ(one.vitals.config_tls_refresh, 60);
}

TEST(Ingest, BatteryHealthFollowsCapacityAndCycles) {
    const HostUpdate update = ingested(
        "battery",
        R"j([{"serial_number":"a","cycle_count":"10","designed_capacity":"100","max_capacity":"79"},)j"
        R"j({"serial_number":"b","cycle_count":"10","designed_capacity":"100","max_capacity":"80"},)j"
        R"j({"serial_number":"c","cycle_count":"1000","designed_capacity":"100","max_capacity":"99"},)j"
        R"j({"serial_number":"d","cycle_count":"1","designed_capacity":"0","max_capacity":"0"}])j"
    );

    ASSERT_TRUE(update.batteries);
    EXPECT_EQ(update.batteries->at(0).health, "Service recommended");
    EXPECT_EQ(update.batteries->at(1).health, "Normal");
    EXPECT_EQ(update.batteries->at(2).health, "Service recommended");
    EXPECT_EQ(update.batteries->at(3).health, "Unknown");
    EXPECT_FALSE(update.details_fetched) << "not a host-column query";
}

TEST(DropUnchanged, TheSameAnswerIsNotWrittenAgain) {
    HostUpdate first = ingested("users", R"j([{"uid":"0","username":"root","shell":"/bin/sh"}])j");
    HostDigests known{};
    drop_unchanged(first, known);
    ASSERT_TRUE(first.users);
    for (const auto& [kind, digest] : first.digests)
        known[static_cast<std::size_t>(kind)] = digest;

    HostUpdate same = ingested("users", R"j([{"shell":"/bin/sh","uid":"0","username":"root"}])j");
    drop_unchanged(same, known);
    HostUpdate other = ingested("users", R"j([{"uid":"0","username":"root","shell":"/bin/zsh"}])j");
    drop_unchanged(other, known);

    EXPECT_FALSE(same.users);
    EXPECT_TRUE(same.digests.empty());
    EXPECT_TRUE(other.users);
}

TEST(DropUnchanged, FreeSpaceAndUptimeGoThroughWhenTheRestIsTheSame) {
    HostUpdate update;
    update.vitals.hostname = "h";
    update.vitals.os_version = "o";
    update.vitals.uptime_ns = 5;
    HostDigests known{};
    known[static_cast<std::size_t>(DigestKind::vitals)] = vitals_digest(update.vitals);

    drop_unchanged(update, known);

    EXPECT_FALSE(update.vitals.hostname);
    EXPECT_EQ(update.vitals.uptime_ns, 5);
}

}  // namespace
}  // namespace fleet::checkin
