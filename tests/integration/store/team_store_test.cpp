// Teams, moving hosts between them, and enrolling into them.
#include "fleet/store/team_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fleet/store/checkin_store.hpp"
#include "fleet/store/enroll_secret_store.hpp"
#include "fleet/store/host_store.hpp"
#include "fleet/store/schedule_store.hpp"
#include "store_fixture.hpp"

namespace fleet::store {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr Time kNow{std::chrono::seconds{1'772'698'530}};

class TeamTest : public StoreTest {
protected:
    TeamId make(const std::string& name, const std::string& config = "") {
        Team team;
        team.name = name;
        team.config = config;
        return with_write(db, [&](Session& s) { return teams.insert(s, team); }).value();
    }
    HostId make_host(std::optional<TeamId> team = {}, const std::string& name = "host") {
        return with_write(db, [&](Session& session) {
            return HostId{session.insert(
                Sql{"host", "INSERT INTO hosts (team_id, display_name) VALUES (?, ?)"}, team, name
            )};
        });
    }
    LabelId make_label(const std::string& name, std::optional<TeamId> team) {
        return with_write(db, [&](Session& session) {
            return LabelId{session.insert(
                Sql{"label", "INSERT INTO labels (name, query, team_id) VALUES (?, 'SELECT 1', ?)"},
                name,
                team
            )};
        });
    }
    QueryId make_query(std::optional<TeamId> team) {
        return with_write(db, [&](Session& session) {
            return QueryId{session.insert(
                Sql{"query",
                    "INSERT INTO queries (team_id, team_key, name, description, query) "
                    "VALUES (?, ?, 'q', '', 'SELECT 1')"},
                team,
                team ? raw(*team) : std::uint64_t{0}
            )};
        });
    }
    void join(LabelId label, HostId host) {
        db.write([&](Session& session) {
            session.execute(
                Sql{"join", "INSERT INTO label_membership (label_id, host_id) VALUES (?, ?)"},
                label,
                host
            );
            session.execute(
                Sql{"count", "UPDATE labels SET host_count = host_count + 1 WHERE id = ?"}, label
            );
        });
    }
    std::uint64_t number(const std::string& sql) {
        return with_read(db, [&](Session& session) {
            return session.one(
                              Sql{"number", sql}, [](const Row& r) { return r.u64(0); }
            ).value_or(0);
        });
    }
    std::vector<std::string> names(const TeamFilter& filter, const Paging& paging = {}) {
        std::vector<std::string> out;
        const std::vector<Team> found = teams.list(filter, paging).value();
        for (const Team& team : found)
            out.push_back(team.name);
        return out;
    }
    Result<> replace(std::optional<TeamId> team, const std::vector<WantedSecret>& list) {
        return with_write(db, [&](Session& session) {
            return secrets.replace(session, team, std::span<const WantedSecret>{list}, kNow);
        });
    }
    EnrollOutcome enroll(const std::string& secret, const std::string& identifier, Time at = kNow) {
        return enroll_all(secret, {identifier}, at).front();
    }
    std::vector<EnrollOutcome> enroll_all(
        const std::string& secret, const std::vector<std::string>& identifiers, Time at = kNow
    ) {
        std::vector<EnrollRequest> requests;
        for (const std::string& identifier : identifiers) {
            EnrollRequest& request = requests.emplace_back();
            request.secret = sha256(secret);
            request.identifier = identifier;
            request.node_key = sha256(identifier + std::to_string(++keys));
            request.at = at;
        }
        return checkins.enroll(requests);
    }

    int keys = 0;
    TeamStore teams{db};
    HostStore hosts{db};
    EnrollSecretStore secrets{db};
    CheckinStore checkins{db};
    ScheduleStore schedules{db};
};

TEST_F(TeamTest, IsStoredListedAndCounted) {
    const TeamId b = make("b", R"({"x":1})");
    const TeamId a = make("a");
    make_host(a);
    make_host(a);
    make_host();

    EXPECT_THAT(names({}), ElementsAre("a", "b"));
    EXPECT_THAT(names({.visible = std::vector{b}, .text = {}}), ElementsAre("b"));
    EXPECT_THAT(names({.visible = std::vector<TeamId>{}, .text = {}}), IsEmpty());
    EXPECT_THAT(names({.visible = {}, .text = "A"}), ElementsAre("a"));
    EXPECT_THAT(names({}, {.page = 1, .per_page = 1}), ElementsAre("b"));
    EXPECT_EQ(teams.find(a)->host_count, 2U);
    EXPECT_EQ(teams.find(b)->host_count, 0U);
    EXPECT_EQ(teams.find(b)->config, R"({"x":1})");
    EXPECT_FALSE(teams.find(TeamId{999'999}));
}

TEST_F(TeamTest, ANameIsTakenInAnyCase) {
    make("Laptops");
    Team again;
    again.name = "LAPTOPS";
    const auto second = with_write(db, [&](Session& s) { return teams.insert(s, again); });
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::conflict);
}

TEST_F(TeamTest, ChangesRaiseTheRevisionOfTheSchedule) {
    const auto before = schedules.revision();
    Team team = *teams.find(make("a"));
    const auto made = schedules.revision();
    EXPECT_GT(made, before);
    team.config = R"({"agent_options":{}})";
    ASSERT_TRUE(with_write(db, [&](Session& s) { return teams.update(s, team); }));
    EXPECT_GT(schedules.revision(), made);
    EXPECT_EQ(schedules.load().team_configs.at(0).second, team.config);
}

TEST_F(TeamTest, TransferMovesHostsAndLeavesTheLabelsOfTheOldTeam) {
    const TeamId from = make("from");
    const TeamId to = make("to");
    const HostId host = make_host(from, "lap");
    const LabelId own = make_label("own", from);
    const LabelId shared = make_label("shared", std::nullopt);
    join(own, host);
    join(shared, host);
    const QueryId old_query = make_query(from);
    const QueryId global_query = make_query(std::nullopt);
    for (const QueryId query : {old_query, global_query}) {
        const std::vector<ReportRow> rows{
            {.query = query, .host = host, .fetched = kNow, .rows_json = "[]"}};
        checkins.save_reports(rows);
    }
    std::vector<MovedHost> recorded;

    const std::vector<HostId> ids{host, HostId{999'999}};
    const auto moved =
        hosts.transfer(ids, to, kNow, [&](Session&, std::span<const MovedHost> list) {
            recorded.assign(list.begin(), list.end());
        });

    ASSERT_TRUE(moved);
    ASSERT_EQ(moved->size(), 1U);
    ASSERT_EQ(recorded.size(), 1U);
    EXPECT_EQ(recorded[0].display_name, "lap");
    EXPECT_EQ(hosts.find(host)->team_id, to);
    EXPECT_THAT(checkins.changed_since(kNow), ElementsAre(host)) << "other instances read this";
    EXPECT_EQ(number("SELECT COUNT(*) FROM label_membership WHERE label_id = " + to_text(own)), 0U);
    EXPECT_EQ(number("SELECT host_count FROM labels WHERE id = " + to_text(own)), 0U);
    EXPECT_EQ(number("SELECT host_count FROM labels WHERE id = " + to_text(shared)), 1U);
    EXPECT_EQ(number("SELECT COUNT(*) FROM query_results"), 1U) << "the old team's report is not";
    EXPECT_LT(checkins.load(std::vector{host}).at(0).label_updated, kNow - 1h) << "asked again";
}

TEST_F(TeamTest, TransferToATeamThatIsGoneMovesNothing) {
    const HostId host = make_host();
    const std::vector<HostId> ids{host};
    const auto moved =
        hosts.transfer(ids, TeamId{999'999}, kNow, [](Session&, std::span<const MovedHost>) {});
    ASSERT_FALSE(moved);
    EXPECT_EQ(moved.error().kind, ErrorKind::not_found);
    EXPECT_EQ(hosts.find(host)->team_id, std::nullopt);
}

TEST_F(TeamTest, RemovalTakesWhatBelongsToItAndFreesTheHosts) {
    const TeamId team = make("gone");
    const HostId host = make_host(team);
    const LabelId label = make_label("of-team", team);
    join(label, host);
    ASSERT_TRUE(replace(team, {{.secret = "s"}}));
    const QueryId query = make_query(team);
    db.write([&](Session& s) {
        s.execute(
            Sql{"scope", "INSERT INTO query_labels (query_id, label_id) VALUES (?, ?)"},
            query,
            label
        );
    });

    const auto freed =
        with_write(db, [&](Session& session) { return teams.remove(session, team, kNow); });

    EXPECT_THAT(freed, ElementsAre(host));
    EXPECT_EQ(hosts.find(host)->team_id, std::nullopt);
    EXPECT_FALSE(teams.find(team));
    EXPECT_THAT(secrets.list(team), IsEmpty());
    EXPECT_EQ(number("SELECT COUNT(*) FROM queries"), 0U);
    EXPECT_EQ(number("SELECT COUNT(*) FROM labels WHERE label_type = 0"), 0U);
    EXPECT_THAT(checkins.changed_since(kNow), ElementsAre(host));
}

TEST_F(TeamTest, SettingsOfNoTeamAreKept) {
    EXPECT_EQ(teams.no_team_config(), "");
    db.write([&](Session& s) { teams.save_no_team_config(s, R"({"a":1})"); });
    EXPECT_EQ(teams.no_team_config(), R"({"a":1})");
    db.write([&](Session& s) {
        EXPECT_EQ(teams.lock_no_team_config(s), R"({"a":1})");
        teams.save_no_team_config(s, R"({"a":2})");
    });
    EXPECT_EQ(teams.no_team_config(), R"({"a":2})");
}

TEST_F(TeamTest, ASecretKeepsWhatARequestDoesNotName) {
    WantedSecret wanted{.secret = "s"};
    wanted.name = "spring";
    wanted.expires_at = std::optional{kNow + 24h};
    wanted.use_limit = std::optional<std::uint32_t>{3};
    ASSERT_TRUE(replace({}, {wanted}));
    ASSERT_TRUE(replace({}, {{.secret = "s"}, {.secret = "t"}}));

    const auto kept = secrets.list({}).at(0);
    EXPECT_EQ(kept.name, "spring");
    EXPECT_EQ(kept.expires_at, kNow + 24h);
    EXPECT_EQ(kept.use_limit, 3U);

    WantedSecret open{.secret = "s"};
    open.expires_at = std::optional<Time>{};
    open.use_limit = std::optional<std::uint32_t>{};
    ASSERT_TRUE(replace({}, {open}));
    EXPECT_EQ(secrets.list({}).at(0).expires_at, std::nullopt);
    EXPECT_EQ(secrets.list({}).at(0).use_limit, std::nullopt);
    EXPECT_EQ(secrets.list({}).at(0).name, "spring");
}

TEST_F(TeamTest, SecretsOfSeveralTeamsComeTogether) {
    const TeamId a = make("a");
    const TeamId b = make("b");
    ASSERT_TRUE(replace(a, {{.secret = "1"}, {.secret = "2"}}));
    ASSERT_TRUE(replace({}, {{.secret = "global"}}));
    const std::vector both{a, b};
    const auto found = secrets.of_teams(both);
    EXPECT_EQ(found.at(a).size(), 2U);
    EXPECT_THAT(found.at(b), IsEmpty());
}

TEST_F(TeamTest, EnrollingWithItsSecretPutsTheHostIntoTheTeam) {
    const TeamId team = make("a");
    ASSERT_TRUE(replace(team, {{.secret = "team"}}));
    ASSERT_TRUE(replace({}, {{.secret = "global"}}));

    const auto first = enroll("team", "host");
    ASSERT_EQ(first.kind, EnrollOutcome::Kind::enrolled);
    EXPECT_EQ(hosts.find(first.host)->team_id, team);
    const LabelId own = make_label("own", team);
    join(own, first.host);

    const auto again = enroll("global", "host");
    EXPECT_EQ(again.host, first.host);
    EXPECT_EQ(hosts.find(first.host)->team_id, std::nullopt) << "also out of a team (F.23)";
    EXPECT_EQ(number("SELECT host_count FROM labels WHERE id = " + to_text(own)), 0U);
}

TEST_F(TeamTest, UsesAreCountedAndDated) {
    ASSERT_TRUE(replace({}, {{.secret = "s"}}));
    enroll_all("s", {"a", "b"});
    enroll("s", "a", kNow + 1h);
    const auto secret = secrets.list({}).at(0);
    EXPECT_EQ(secret.use_count, 3U);
    EXPECT_EQ(secret.last_used_at, kNow + 1h);
}

TEST_F(TeamTest, AnExpiredSecretOpensNothing) {
    WantedSecret wanted{.secret = "s"};
    wanted.name = "spring";
    wanted.expires_at = std::optional{kNow + 1h};
    ASSERT_TRUE(replace({}, {wanted}));
    EXPECT_EQ(enroll("s", "a", kNow + 59min).kind, EnrollOutcome::Kind::enrolled);
    const auto late = enroll("s", "b", kNow + 1h);
    EXPECT_EQ(late.kind, EnrollOutcome::Kind::expired_secret);
    EXPECT_EQ(late.secret_name, "spring");
    EXPECT_EQ(number("SELECT COUNT(*) FROM hosts"), 1U);
}

TEST_F(TeamTest, ALimitHoldsWithinABatchAndAcrossBatches) {
    WantedSecret wanted{.secret = "s"};
    wanted.use_limit = std::optional<std::uint32_t>{3};
    ASSERT_TRUE(replace({}, {wanted}));
    const auto kinds = [&](const std::vector<std::string>& identifiers) {
        std::vector<EnrollOutcome::Kind> out;
        for (const EnrollOutcome& outcome : enroll_all("s", identifiers))
            out.push_back(outcome.kind);
        return out;
    };
    using enum EnrollOutcome::Kind;
    EXPECT_THAT(kinds({"a", "b"}), ElementsAre(enrolled, enrolled));
    EXPECT_THAT(kinds({"c", "d", "e"}), ElementsAre(enrolled, used_up_secret, used_up_secret));
    EXPECT_EQ(secrets.list({}).at(0).use_count, 3U);
    EXPECT_EQ(number("SELECT COUNT(*) FROM hosts"), 3U);
}

}  // namespace
}  // namespace fleet::store
