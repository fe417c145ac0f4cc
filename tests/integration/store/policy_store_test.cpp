// Answers to policies and their counts, against a real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "policy_fixture.hpp"

namespace fleet::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(PolicyTest, CountsFollowTheAnswersAtOnce) {
    const PolicyId policy = make_policy("p");
    const HostId a = make_host(), b = make_host();
    EXPECT_FALSE(policies.find(policy)->counted);
    answer(a, {{policy, kFail}});
    answer(b, {{policy, kPass}});
    EXPECT_EQ(counts(policy), "1/1");
    EXPECT_TRUE(policies.find(policy)->counted);
    EXPECT_EQ(failing(a), 1U);
    answer(a, {{policy, kPass}});
    EXPECT_EQ(counts(policy), "2/0");
    EXPECT_EQ(failing(a), 0U);
    answer(a, {{policy, kNone}});
    EXPECT_EQ(counts(policy), "1/0") << "a query that failed says nothing";
}

TEST_F(PolicyTest, AnUnchangedAnswerWritesNothing) {
    const PolicyId p = make_policy("p"), q = make_policy("q"), r = make_policy("r");
    const HostId host = make_host();
    const Answers answers{{p, kFail}, {q, kPass}, {r, kNone}};
    answer(host, answers);
    const auto version = memory[host].version;
    const std::string since = "SELECT UNIX_TIMESTAMP(MAX(since)) FROM policy_membership";
    const auto written = number(since);
    now += std::chrono::hours{1};
    const auto before = rows_updated();

    EXPECT_THAT(answer(host, answers), IsEmpty());

    EXPECT_LE(rows_updated() - before, 1U) << "the host's own row with its times";
    EXPECT_EQ(number(since), written);
    EXPECT_EQ(number("SELECT version FROM host_policy_state WHERE host_id = ?", host), version);
}

TEST_F(PolicyTest, OnlyWhatChangedIsWritten) {
    const PolicyId p = make_policy("p"), q = make_policy("q");
    const HostId host = make_host();
    answer(host, {{p, kFail}, {q, kPass}});
    now += std::chrono::hours{1};
    answer(host, {{p, kFail}, {q, kFail}});
    EXPECT_EQ(number("SELECT COUNT(*) FROM policy_membership WHERE since > ?", kNow), 1U);
    EXPECT_EQ(failing(host), 2U);
}

TEST_F(PolicyTest, MemoryThatIsNotCurrentIsComparedWithTheDatabase) {
    const PolicyId policy = make_policy("p");
    const HostId host = make_host();
    answer(host, {{policy, kPass}});
    const PolicyStanding old = memory[host];
    answer(host, {{policy, kFail}});  // by way of another instance
    memory[host] = old;
    const auto standings = answer(host, {{policy, kPass}});
    ASSERT_THAT(standings, SizeIs(1)) << "looked at although memory says nothing is new";
    EXPECT_EQ(counts(policy), "1/0");
    EXPECT_EQ(standings[0].answers.find(policy), kPass);
}

TEST_F(PolicyTest, AnswersToAnEarlierQuestionDoNotCount) {
    const PolicyId policy = make_policy("p");
    const HostId host = make_host(), late = make_host();
    answer(host, {{policy, kFail}});
    const HostUpdate stale = report(late, {{policy, kFail}});
    PolicyFields other = fields("p");
    other.sql = "SELECT 2";
    change(policy, other, PolicyChange::drops_answers);
    EXPECT_EQ(counts(policy), "0/0");
    EXPECT_FALSE(policies.find(policy)->counted);
    EXPECT_EQ(failing(host), 0U);
    apply({stale});
    EXPECT_EQ(counts(policy), "0/0");
    answer(late, {{policy, kPass}});
    EXPECT_EQ(counts(policy), "1/0");
}

TEST_F(PolicyTest, CountsAreZeroBeforeTheOldAnswersAreCollected) {
    const PolicyId policy = make_policy("p");
    const HostId host = make_host();
    answer(host, {{policy, kFail}});
    policies.reset(policy);
    EXPECT_EQ(counts(policy), "0/0");
    EXPECT_EQ(policies.of_hosts(std::vector{host})[0].second[0].answer, kNone);
    answer(host, {{policy, kPass}});  // replaces the row that counts no more
    EXPECT_EQ(counts(policy), "1/0");
    EXPECT_EQ(failing(host), 0U);
    EXPECT_TRUE(upkeep.clean([] { return true; }));
    EXPECT_EQ(counts(policy), "1/0");
    EXPECT_EQ(number("SELECT COUNT(*) FROM policy_cleanups"), 0U);
}

TEST_F(PolicyTest, HostsOutOfScopeLoseTheirAnswersAndOthersKeepThem) {
    const LabelRef label = make_label("kiosks");
    const PolicyId policy = make_policy("p");
    const HostId mac = make_host({}, "darwin"), linux = make_host(), kiosk = make_host();
    join(kiosk, label);
    for (const HostId host : {mac, linux, kiosk})
        answer(host, {{policy, kFail}});
    PolicyFields narrow = fields("p");
    narrow.platform = "linux";
    change(policy, narrow, PolicyChange::other_hosts);
    EXPECT_EQ(counts(policy), "0/2");
    EXPECT_EQ(failing(mac), 0U);
    narrow.labels.exclude_any = {label};
    change(policy, narrow, PolicyChange::other_hosts);
    EXPECT_EQ(counts(policy), "0/1");
    EXPECT_EQ(failing(linux), 1U);
}

TEST_F(PolicyTest, DeletedPoliciesLeaveNothingBehind) {
    const PolicyId policy = make_policy("p");
    const HostId host = make_host();
    answer(host, {{policy, kFail}});
    policies.remove(std::vector{policy}, [](Session&) {});
    EXPECT_TRUE(upkeep.clean([] { return true; }));
    EXPECT_EQ(failing(host), 0U);
    for (const char* table : {"policy_membership", "policy_counts", "policy_cleanups"})
        EXPECT_EQ(number(std::string{"SELECT COUNT(*) FROM "} + table), 0U) << table;
    // A late answer is no error.
    answer(host, {{policy, kFail}});
    EXPECT_EQ(number("SELECT COUNT(*) FROM policy_membership"), 0U);
}

TEST_F(PolicyTest, DeletedAndReenrolledHostsLeaveTheCounts) {
    const PolicyId policy = make_policy("p");
    const HostId a = make_host(), b = make_host();
    answer(a, {{policy, kFail}});
    answer(b, {{policy, kPass}});
    remove(a);
    EXPECT_EQ(counts(policy), "1/0");
    remove(b);
    EXPECT_EQ(counts(policy), "0/0");
}

TEST_F(PolicyTest, CountsFollowAHostToItsNewTeam) {
    const TeamId one = make_team("one"), two = make_team("two");
    const PolicyId global = make_policy("g"), own = make_policy("o", one);
    const HostId host = make_host(one);
    answer(host, {{global, kFail}, {own, kFail}});
    EXPECT_EQ(counts(global, one), "0/1");
    transfer({host}, two);
    EXPECT_EQ(counts(global, one), "0/0");
    EXPECT_EQ(counts(global, two), "0/1");
    EXPECT_EQ(counts(global), "0/1");
    EXPECT_EQ(counts(own), "0/0") << "answers to the old team's policies go";
    EXPECT_EQ(failing(host), 1U);
    transfer({host}, std::nullopt);
    EXPECT_EQ(counts(global, TeamId{0}), "0/1");
}

TEST_F(PolicyTest, ADeletedTeamHandsItsCountsOver) {
    const TeamId team = make_team("team");
    const PolicyId global = make_policy("g"), own = make_policy("o", team);
    const HostId host = make_host(team), other = make_host();
    answer(host, {{global, kFail}, {own, kFail}});
    answer(other, {{global, kPass}});
    db.write([&](Session& session) {
        session.execute(Sql{"leave", "UPDATE hosts SET team_id = NULL WHERE team_id = ?"}, team);
        policies_leave_team(session, team);
        session.execute(Sql{"delete", "DELETE FROM teams WHERE id = ?"}, team);
    });
    upkeep.clean([] { return true; });
    EXPECT_EQ(counts(global), "1/1");
    EXPECT_EQ(counts(global, TeamId{0}), "1/1");
    EXPECT_EQ(counts(own), "gone");
    EXPECT_EQ(failing(host), 1U);
}

TEST_F(PolicyTest, OrphansAreFoundWithoutANote) {
    const TeamId team = make_team("team");
    const HostId host = make_host(team);
    answer(host, {{make_policy("o", team), kFail}});
    run("DELETE FROM teams WHERE id = ?", team);
    upkeep.find_orphans();
    upkeep.clean([] { return true; });
    EXPECT_EQ(number("SELECT COUNT(*) FROM policy_membership"), 0U);
    EXPECT_EQ(failing(host), 0U);
}

TEST_F(PolicyTest, FailuresAreNotedOncePerTurn) {
    const PolicyId p = make_policy("p"), q = make_policy("q"), quiet = make_policy("quiet");
    automated = {{p, false}, {q, true}};
    const HostId host = make_host();
    const auto events = [&] { return number("SELECT COUNT(*) FROM policy_automation_events"); };
    const auto drained = [&] { return run("DELETE FROM policy_automation_events"); };
    answer(host, {{p, kFail}, {q, kPass}, {quiet, kFail}});
    EXPECT_EQ(drained(), 1U) << "a first answer that fails counts";
    answer(host, {{p, kFail}, {q, kPass}, {quiet, kFail}});
    EXPECT_EQ(events(), 0U) << "it failed before";
    answer(host, {{p, kNone}, {q, kFail}, {quiet, kFail}});
    EXPECT_EQ(drained(), 1U);
    answer(host, {{p, kFail}, {q, kFail}, {quiet, kFail}});
    EXPECT_EQ(drained(), 2U) << "from no answer to fail; and q tells every failure";
    policies.fail_again(std::vector{p, quiet}, now);
    EXPECT_EQ(events(), 2U);
}

TEST_F(PolicyTest, HostsComeWithTheirPoliciesFailingFirst) {
    const TeamId team = make_team("team");
    const PolicyId a = make_policy("a"), b = make_policy("b"), c = make_policy("c", team);
    make_policy("not for it", TeamId{0});
    PolicyFields mac = fields("d");
    mac.platform = "darwin";
    make_policy(mac);
    const HostId host = make_host(team);
    answer(host, {{a, kPass}, {c, kFail}});
    const auto found = policies.of_hosts(std::vector{host});
    ASSERT_THAT(found, SizeIs(1));
    std::vector<PolicyId> order;
    for (const HostPolicy& one : found[0].second)
        order.push_back(one.policy->id);
    EXPECT_THAT(order, ElementsAre(c, b, a));
    EXPECT_THAT(policies.failing(std::vector{host}), ElementsAre(std::pair{host, 1U}));
}

TEST_F(PolicyTest, ADayIsRecordedForAllAndForEachTeam) {
    const TeamId team = make_team("team");
    const LabelRef label = make_label("kiosks");
    PolicyFields scoped = fields("scoped");
    scoped.labels.include_any = {label};
    const PolicyId global = make_policy("g"), of_label = make_policy(scoped);
    const HostId a = make_host(team), b = make_host(), c = make_host();
    join(c, label);
    answer(a, {{global, kFail}});
    answer(b, {{global, kPass}});
    upkeep.record_day(now);
    upkeep.record_day(now + std::chrono::seconds{5});
    answer(b, {{global, kFail}});
    upkeep.record_day(now + std::chrono::hours{24});

    const auto days = upkeep.history(global, {}, now);
    ASSERT_THAT(days, SizeIs(2));
    EXPECT_EQ(days[0].day, "2026-03-05");
    EXPECT_EQ(days[0].passing, 1U);
    EXPECT_EQ(days[0].failing, 1U);
    EXPECT_EQ(days[0].no_answer, 1U);
    EXPECT_EQ(days[1].failing, 2U);
    EXPECT_EQ(upkeep.history(global, team, now)[0].failing, 1U);
    EXPECT_EQ(upkeep.history(global, TeamId{0}, now)[0].no_answer, 1U);
    EXPECT_EQ(upkeep.history(of_label, {}, now)[0].no_answer, 1U);
    EXPECT_EQ(upkeep.hosts_in_scope(global, {}), 3U);
    EXPECT_EQ(upkeep.hosts_in_scope(global, team), 1U);
    EXPECT_EQ(upkeep.hosts_in_scope(of_label, {}), 1U);
    EXPECT_THAT(upkeep.history(global, {}, now + std::chrono::hours{24}), SizeIs(1));
}

TEST_F(PolicyTest, LoadedHostsKnowTheirAnswers) {
    const PolicyId p = make_policy("p"), q = make_policy("q"), r = make_policy("r");
    const HostId host = make_host();
    answer(host, {{p, kFail}, {q, kNone}, {r, kPass}});
    policies.reset(r);
    const auto facts = checkins.load(std::vector{host});
    ASSERT_THAT(facts, SizeIs(1));
    EXPECT_EQ(facts[0].policies.find(p), kFail);
    EXPECT_EQ(facts[0].policies.find(q), kNone);
    EXPECT_EQ(facts[0].policies.find(r), std::nullopt);
    EXPECT_EQ(facts[0].policies_version, memory[host].version);
    EXPECT_EQ(facts[0].policies_revision, schedules.revision());
}

TEST_F(PolicyTest, WritersAtTheSameTimeCountExactly) {
    constexpr int kWriters = 4;
    constexpr int kRounds = 25;
    std::vector<PolicyId> ids;
    for (int i = 0; i < 5; ++i)
        ids.push_back(make_policy("p" + std::to_string(i)));
    std::vector<HostId> all;
    for (int i = 0; i < 20; ++i)
        all.push_back(make_host());
    std::vector<std::thread> writers;
    for (int writer = 0; writer < kWriters; ++writer) {
        writers.emplace_back([&, writer] {
            CheckinStore own{db};
            std::mt19937 random(static_cast<unsigned>(writer));
            for (int round = 0; round < kRounds; ++round) {
                std::vector<HostUpdate> updates;
                for (const HostId host : all) {
                    if (random() % 2 == 0) continue;
                    PolicyReport out;
                    auto list = std::make_shared<PolicyList>();
                    list->ids = ids;
                    out.applicable = list;
                    out.revision = UINT64_MAX;
                    out.changed = true;
                    for (const PolicyId policy : ids)
                        out.answers.set(policy, static_cast<PolicyAnswer>(random() % 3));
                    HostUpdate& update = updates.emplace_back();
                    update.host = host;
                    update.at = kNow;
                    update.policies = std::make_shared<const PolicyReport>(std::move(out));
                }
                own.apply(updates);
            }
        });
    }
    for (std::thread& writer : writers)
        writer.join();
    for (const PolicyId policy : ids) {
        const auto rows = [&](int passes) {
            return std::to_string(number(
                "SELECT COUNT(*) FROM policy_membership WHERE policy_id = ? AND passes = ?",
                policy,
                passes
            ));
        };
        EXPECT_EQ(counts(policy), rows(1) + "/" + rows(0));
    }
    EXPECT_EQ(
        number("SELECT SUM(failing) FROM host_policy_state"),
        number("SELECT COUNT(*) FROM policy_membership WHERE passes = 0")
    );
}

}  // namespace
}  // namespace fleet::store
