// Packs, logos, the audit log's marks, silent hosts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "fleet/store/activity_store.hpp"
#include "fleet/store/job_store.hpp"
#include "fleet/store/logo_store.hpp"
#include "fleet/store/pack_store.hpp"
#include "fleet/store/schedule_store.hpp"
#include "store_fixture.hpp"

namespace fleet::store {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Time kNow{std::chrono::seconds{1'772'698'530}};
const auto kNoRecord = [](Session&) {};
const auto kNoPackRecord = [](Session&, PackId) {};

class SettingsStoreTest : public StoreTest {
protected:
    HostId make_host(const std::string& name, std::optional<TeamId> team = {}) {
        return with_write(db, [&](Session& session) {
            return HostId{session.insert(
                Sql{"host",
                    "INSERT INTO hosts (osquery_host_id, hostname, team_id, created_at) "
                    "VALUES (?, ?, ?, ?)"},
                name,
                name,
                team,
                kNow - std::chrono::hours{24 * 100}
            )};
        });
    }
    TeamId make_team(const std::string& name, const std::string& config = "{}") {
        return with_write(db, [&](Session& session) {
            return TeamId{session.insert(
                Sql{"team", "INSERT INTO teams (name, config) VALUES (?, ?)"}, name, config
            )};
        });
    }
    void saw(HostId host, Time when) {
        db.write([&](Session& session) {
            session.execute(
                Sql{"seen", "INSERT INTO host_seen (host_id, seen_at) VALUES (?, ?)"}, host, when
            );
        });
    }
    QueryId make_query(const std::string& name) {
        return queries.insert(
                          {}, {.name = name, .sql = "SELECT 1"}, {}, [](Session&, QueryId) {}
        ).value();
    }
    std::uint64_t add_activity(const std::string& type, std::vector<HostId> hosts = {}) {
        return with_write(db, [&](Session& session) {
            return activities.insert(
                session,
                {.created_at = kNow,
                 .actor =
                     Actor{
                         .id = UserId{7},
                         .name = "Bo",
                         .email = "bo@x.test",
                         .ip = "192.0.2.1",
                         .api_only = true},
                 .type = type,
                 .hosts = std::move(hosts)}
            );
        });
    }

    ActivityStore activities{db};
    AuditStore audit{db};
    ExpiryStore expiry{db};
    LogoStore logos{db};
    PackStore packs{db};
    QueryStore queries{db};
    ScheduleStore schedule{db};
};

TEST_F(SettingsStoreTest, APackComesBackWithItsTargetsAndEachHostCountsOnce) {
    const auto team = make_team("T");
    const auto one = make_host("one", team);
    make_host("two", team);
    const auto three = make_host("three");
    const auto id = packs.insert(
        {.name = "ir",
         .description = "d",
         .platform = "linux",
         .disabled = true,
         .targets = {.labels = {}, .hosts = {three, one, one}, .teams = {team}}},
        kNoPackRecord
    );
    ASSERT_TRUE(id);
    const auto pack = packs.find(*id).value();
    EXPECT_EQ(pack.fields.name, "ir");
    EXPECT_TRUE(pack.fields.disabled);
    EXPECT_THAT(pack.fields.targets.hosts, ElementsAre(one, three));
    EXPECT_THAT(pack.fields.targets.teams, ElementsAre(team));
    EXPECT_EQ(pack.host_count, 3U);
    EXPECT_EQ(packs.find("ir")->id, *id);
    EXPECT_THAT(packs.target_names(*id).teams, ElementsAre("T"));
    EXPECT_EQ(packs.list({})->size(), 1U);
    EXPECT_EQ(packs.list({.query = "x"})->size(), 0U);
}

TEST_F(SettingsStoreTest, ATakenNameAndTargetsThatAreGoneLeaveNothingBehind) {
    ASSERT_TRUE(packs.insert({.name = "ir"}, kNoPackRecord));
    EXPECT_EQ(packs.insert({.name = "IR"}, kNoPackRecord).error().kind, ErrorKind::conflict);
    const auto bad =
        packs.insert({.name = "x", .targets = {.labels = {LabelId{999'999}}}}, kNoPackRecord);
    EXPECT_EQ(bad.error().kind, ErrorKind::bad_request);
    EXPECT_FALSE(packs.find("x"));
}

TEST_F(SettingsStoreTest, AppliesAllPacksOrNone) {
    const auto query = make_query("q");
    const std::vector<PackUpsert> good{
        {.fields = {.name = "a"}, .queries = {{.query = query, .name = "q", .interval = 60}}}};
    ASSERT_TRUE(packs.apply(good, kNoRecord));
    const auto id = packs.find("a")->id;
    const std::vector<PackUpsert> bad{
        {.existing = id, .fields = {.name = "a", .description = "changed"}},
        {.fields = {.name = "b"},
         .queries = {{.query = QueryId{999'999}, .name = "q", .interval = 60}}}};
    EXPECT_FALSE(packs.apply(bad, kNoRecord));
    EXPECT_FALSE(packs.find("b"));
    EXPECT_EQ(packs.find("a")->fields.description, "");
    EXPECT_EQ(packs.find("a")->query_count, 1U);
}

TEST_F(SettingsStoreTest, TheScheduleHasPacksThatAreOnAndHaveQueries) {
    const auto query = make_query("q");
    const auto host = make_host("h");
    const auto before = schedule.revision();
    const auto on =
        packs.insert({.name = "on", .targets = {.hosts = {host}}}, kNoPackRecord).value();
    packs.insert({.name = "empty", .targets = {.hosts = {host}}}, kNoPackRecord).value();
    const auto off =
        packs.insert({.name = "off", .disabled = true, .targets = {.hosts = {host}}}, kNoPackRecord)
            .value();
    for (const PackId pack : {on, off}) {
        ASSERT_TRUE(packs.insert_query(
            pack, {.query = query, .name = "n", .interval = 60, .snapshot = true}, kNoRecord
        ));
    }
    EXPECT_GT(schedule.revision(), before);
    const auto data = schedule.load();
    ASSERT_EQ(data.packs.size(), 1U);
    EXPECT_EQ(data.packs[0].name, "on");
    EXPECT_THAT(data.packs[0].hosts, ElementsAre(host));
    ASSERT_EQ(data.packs[0].queries.size(), 1U);
    EXPECT_EQ(data.packs[0].queries[0].snapshot, true);
    EXPECT_EQ(data.packs[0].queries[0].removed, std::nullopt);
    EXPECT_EQ(queries.find(query)->packs.size(), 2U);

    queries.remove(std::array{query}, kNoRecord);
    EXPECT_THAT(schedule.load().packs, IsEmpty()) << "queries go with what they are made from";
}

TEST_F(SettingsStoreTest, AnActivityKeepsItsActorAndShowsInTheFeedsOfItsHosts) {
    const auto host = make_host("h");
    add_activity("created_pack");
    const auto id = add_activity("locked_host", {host, host});
    const auto all = activities.list({}, {});
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].actor->ip, "192.0.2.1");
    EXPECT_TRUE(all[0].actor->api_only);
    const auto feed = activities.list({}, {.host = host});
    ASSERT_EQ(feed.size(), 1U);
    EXPECT_EQ(feed[0].id, id);
}

TEST_F(SettingsStoreTest, TheAuditLogTakesEachOnceUnlessGivenBack) {
    const std::vector<std::uint64_t> ids{add_activity("a"), add_activity("b"), add_activity("c")};
    const auto first = audit.take(2);
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(first[0].id, ids[0]);
    EXPECT_THAT(audit.on_their_way(), ElementsAre(ids[0], ids[1]));
    audit.mark_written(std::array{ids[0]});
    audit.give_back(std::array{ids[1]});
    const auto second = audit.take(10);
    ASSERT_EQ(second.size(), 2U);
    EXPECT_EQ(second[0].id, ids[1]);
    audit.mark_written(std::array{ids[1], ids[2]});
    EXPECT_THAT(audit.on_their_way(), IsEmpty());
    EXPECT_THAT(audit.take(10), IsEmpty());
}

TEST_F(SettingsStoreTest, OldActivitiesGoOnceTheyAreInTheAuditLog) {
    const auto old = add_activity("a");
    EXPECT_FALSE(activities.delete_before(kNow + 1s, true));
    EXPECT_EQ(activities.list({}, {}).size(), 1U);
    audit.mark_written(std::array{old});
    activities.delete_before(kNow, true);
    EXPECT_EQ(activities.list({}, {}).size(), 1U) << "not older than the limit";
    activities.delete_before(kNow + 1s, true);
    EXPECT_THAT(activities.list({}, {}), IsEmpty());
}

TEST_F(SettingsStoreTest, SilentHostsAreFoundByTeam) {
    const auto team = make_team("T", R"({"host_expiry_settings":{}})");
    const auto silent = make_host("silent");
    const auto of_team = make_host("of team", team);
    const auto talks = make_host("talks");
    saw(silent, kNow - std::chrono::hours{24 * 40});
    saw(of_team, kNow - std::chrono::hours{24 * 40});
    saw(talks, kNow);
    const auto limit = kNow - std::chrono::hours{24 * 30};
    EXPECT_THAT(expiry.silent_hosts({}, limit, 10), ElementsAre(silent, of_team));
    EXPECT_THAT(expiry.silent_hosts({.except = {team}}, limit, 10), ElementsAre(silent));
    EXPECT_THAT(expiry.silent_hosts({.team = team}, limit, 10), ElementsAre(of_team));
    EXPECT_EQ(expiry.team_configs().size(), 1U);
    const auto never = make_host("never");
    EXPECT_THAT(
        expiry.silent_hosts({}, kNow - std::chrono::hours{24 * 50}, 10), ElementsAre(never)
    );
}

TEST_F(SettingsStoreTest, ALogoIsReplacedAndRemoved) {
    EXPECT_FALSE(logos.find("dark"));
    const std::string bytes{"\0\xFF\n", 3};
    db.write([&](Session& s) { logos.save(s, "dark", {"image/png", "old"}); });
    db.write([&](Session& s) { logos.save(s, "dark", {"image/webp", bytes}); });
    EXPECT_EQ(logos.find("dark")->content_type, "image/webp");
    EXPECT_EQ(logos.find("dark")->image, bytes);
    EXPECT_TRUE(with_write(db, [&](Session& s) { return logos.remove(s, "dark"); }));
    EXPECT_FALSE(with_write(db, [&](Session& s) { return logos.remove(s, "dark"); }));
}

}  // namespace
}  // namespace fleet::store
