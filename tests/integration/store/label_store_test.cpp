// Members of labels and their counts against a real server: counts are exact after every change.
#include "fleet/store/label_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "fleet/store/checkin_store.hpp"
#include "fleet/store/host_store.hpp"
#include "store_fixture.hpp"

namespace fleet::store {
namespace {

constexpr Time kNow{std::chrono::seconds{1'772'698'530}};

const auto kNoRecord = [](auto&&...) {};

class LabelStoreTest : public StoreTest {
protected:
    HostId make_host(
        const std::string& hostname,
        const std::string& platform = "ubuntu",
        std::optional<TeamId> team = {}
    ) {
        static const Sql sql{
            "host", "INSERT INTO hosts (hostname, uuid, platform, team_id) VALUES (?, ?, ?, ?)"};
        return with_write(db, [&](Session& session) {
            return HostId{session.insert(sql, hostname, "uuid-of-" + hostname, platform, team)};
        });
    }
    TeamId make_team(const std::string& name) {
        return with_write(db, [&](Session& session) {
            return TeamId{session.insert(Sql{"team", "INSERT INTO teams (name) VALUES (?)"}, name)};
        });
    }
    Label label(const std::string& name, LabelMembership membership = LabelMembership::manual) {
        Label out;
        out.name = name;
        out.membership = membership;
        if (membership == LabelMembership::dynamic) out.query = "SELECT 1";
        return out;
    }
    LabelId make_label(const Label& in, const std::vector<HostId>& members = {}) {
        const auto id = labels.insert(in, members, kNow, kNoRecord);
        EXPECT_TRUE(id);
        if (in.membership == LabelMembership::host_vitals) labels.fill(*id);
        return *id;
    }
    LabelId make_criteria(const std::string& name, const std::string& criteria) {
        Label in = label(name, LabelMembership::host_vitals);
        in.criteria = criteria;
        return make_label(in);
    }
    static HostUpdate details(HostId host, const std::string& hostname) {
        HostUpdate out;
        out.host = host;
        out.at = kNow;
        out.details_fetched = true;
        out.vitals.hostname = hostname;
        return out;
    }
    void apply(std::vector<HostUpdate> updates) { checkins.apply(updates); }
    std::uint64_t counted(LabelId id) { return labels.find(id)->host_count; }
    std::vector<HostId> members(LabelId id) { return labels.host_ids(id, std::nullopt); }

    /// Labels whose count is not the number of their members.
    std::uint64_t wrong_counts() {
        return with_read(db, [](Session& session) {
            return session
                .one(
                    Sql{"wrong",
                        "SELECT COUNT(*) FROM labels l WHERE l.host_count <> (SELECT COUNT(*) "
                        "FROM label_membership m WHERE m.label_id = l.id)"},
                    [](const Row& row) { return row.u64(0); }
                )
                .value_or(0);
        });
    }

    LabelStore labels{db};
    HostStore hosts{db};
    CheckinStore checkins{db};
};

TEST_F(LabelStoreTest, ANameIsTakenOnce) {
    make_label(label("twice"));
    const auto again = labels.insert(label("twice"), {}, kNow, kNoRecord);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::conflict);
}

TEST_F(LabelStoreTest, MembersAreReplacedAndCounted) {
    const auto a = make_host("a");
    const auto b = make_host("b");
    const auto c = make_host("c");
    const auto id = make_label(label("manual"), {a, b});
    EXPECT_EQ(counted(id), 2U);

    const auto touched = labels.update(id, "manual", "now others", std::vector{b, c}, kNoRecord);

    ASSERT_TRUE(touched);
    EXPECT_THAT(*touched, testing::UnorderedElementsAre(a, c));
    EXPECT_THAT(members(id), testing::ElementsAre(b, c));
    EXPECT_EQ(counted(id), 2U);
    ASSERT_TRUE(labels.update(id, "renamed", "", std::nullopt, kNoRecord));
    EXPECT_EQ(labels.find(id)->name, "renamed");
    EXPECT_EQ(counted(id), 2U) << "absent members stay";
    ASSERT_TRUE(labels.update(id, "renamed", "", std::vector<HostId>{}, kNoRecord));
    EXPECT_EQ(counted(id), 0U);
}

TEST_F(LabelStoreTest, CriteriaJudgeHostsThatAreThere) {
    const auto mac = make_host("lap-1", "darwin");
    make_host("srv-1", "ubuntu");
    const auto id = make_criteria("macs", R"({"vital":"platform","value":"darwin"})");
    EXPECT_THAT(members(id), testing::ElementsAre(mac));
    EXPECT_EQ(counted(id), 1U);
    EXPECT_TRUE(labels.unfilled().empty());
}

TEST_F(LabelStoreTest, CriteriaFollowTheHostsAttributes) {
    const auto host = make_host("srv-1");
    const auto id =
        make_criteria("laptops", R"({"vital":"hostname","operator":"LIKE","value":"lap-%"})");
    EXPECT_EQ(counted(id), 0U);

    apply({details(host, "lap-1")});
    EXPECT_THAT(members(id), testing::ElementsAre(host));
    EXPECT_EQ(counted(id), 1U);

    apply({details(host, "srv-2")});
    EXPECT_EQ(counted(id), 0U);
    EXPECT_EQ(wrong_counts(), 0U);
}

TEST_F(LabelStoreTest, VerdictsNameEveryCriteriaLabel) {
    const auto host = make_host("x");
    const auto yes = make_criteria("yes", R"({"vital":"hostname","value":"y"})");
    const auto no = make_criteria("no", R"({"vital":"hostname","value":"z"})");
    const std::vector<HostUpdate> updates{details(host, "y")};
    const auto applied = checkins.apply(updates);
    std::map<LabelId, bool> verdicts;
    for (const CriteriaVerdict& verdict : applied.labels)
        verdicts[verdict.label] = verdict.member;
    EXPECT_EQ(verdicts, (std::map<LabelId, bool>{{yes, true}, {no, false}}));
}

TEST_F(LabelStoreTest, NumbersAndNestedConditionsAreJudged) {
    const auto big = make_host("big");
    const auto small = make_host("small");
    HostUpdate update = details(big, "big");
    update.vitals.memory = 64'000'000'000;
    HostUpdate other = details(small, "small");
    other.vitals.memory = 2'000'000'000;
    apply({update, other});
    const auto id = make_criteria(
        "big ubuntu",
        R"({"and":[{"vital":"memory","operator":">","value":8000000000},
            {"or":[{"vital":"platform","value":"ubuntu"},{"vital":"platform","value":"debian"}]}]})"
    );
    EXPECT_THAT(members(id), testing::ElementsAre(big));
    EXPECT_TRUE(
        members(make_criteria("idp", R"({"vital":"end_user_idp_group","value":"x"})")).empty()
    );
}

TEST_F(LabelStoreTest, ALabelOfATeamTakesOnlyItsHosts) {
    const auto team = make_team("one");
    const auto inside = make_host("in", "ubuntu", team);
    make_host("out");
    Label in = label("team label", LabelMembership::host_vitals);
    in.criteria = R"({"vital":"platform","value":"ubuntu"})";
    in.team = team;
    const auto id = make_label(in);
    EXPECT_THAT(members(id), testing::ElementsAre(inside));
}

TEST_F(LabelStoreTest, HostsThatMoveLeaveTheLabelsOfTheirOldTeam) {
    const auto one = make_team("one");
    const auto two = make_team("two");
    const auto host = make_host("mover", "ubuntu", one);
    Label manual = label("manual of one");
    manual.team = one;
    const auto left = make_label(manual, {host});
    const auto stays = make_label(label("for all"), {host});
    Label criteria = label("criteria of two", LabelMembership::host_vitals);
    criteria.criteria = R"({"vital":"platform","value":"ubuntu"})";
    criteria.team = two;
    const auto joined = make_label(criteria);
    EXPECT_EQ(counted(joined), 0U);

    const auto touched = with_write(db, [&](Session& session) {
        session.execute(Sql{"move", "UPDATE hosts SET team_id = ? WHERE id = ?"}, two, host);
        return reconcile_labels_of_moved(session, std::vector{host});
    });

    EXPECT_THAT(touched, testing::ElementsAre(host));
    EXPECT_EQ(counted(left), 0U);
    EXPECT_EQ(counted(stays), 1U);
    EXPECT_EQ(counted(joined), 1U);
    EXPECT_EQ(wrong_counts(), 0U);
}

TEST_F(LabelStoreTest, AnotherQueryClearsTheMembers) {
    const auto host = make_host("h");
    const auto id = make_label(label("dynamic", LabelMembership::dynamic));
    HostUpdate update;
    update.host = host;
    update.at = kNow;
    update.joined = {id};
    apply({update});
    EXPECT_EQ(counted(id), 1U);

    LabelUpsert upsert;
    upsert.existing = id;
    upsert.label = label("dynamic", LabelMembership::dynamic);
    upsert.label.query = "SELECT 2";
    upsert.starts_over = true;
    ASSERT_TRUE(labels.upsert(std::vector{upsert}, std::nullopt, kNow, kNoRecord));

    EXPECT_EQ(counted(id), 0U);
    EXPECT_TRUE(members(id).empty());
}

TEST_F(LabelStoreTest, UpsertIsAllOrNone) {
    make_label(label("taken"));
    LabelUpsert good;
    good.label = label("fresh");
    LabelUpsert bad;
    bad.label = label("taken");
    const auto done = labels.upsert(std::vector{good, bad}, std::nullopt, kNow, kNoRecord);
    ASSERT_FALSE(done);
    EXPECT_FALSE(labels.find(std::string{"fresh"}));
}

TEST_F(LabelStoreTest, ALabelThatLimitsAQueryStays) {
    const auto id = make_label(label("used"));
    with_write(db, [&](Session& session) {
        const auto query = session.insert(Sql{
            "query", "INSERT INTO queries (name, description, query) VALUES ('q', '', 'x')"});
        session.execute(
            Sql{"limit", "INSERT INTO query_labels (query_id, label_id, exclude) VALUES (?, ?, 1)"},
            query,
            id
        );
        return 0;
    });
    const auto gone = labels.remove(*labels.find(id), kNoRecord);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().kind, ErrorKind::invalid);
    EXPECT_THAT(gone.error().fields.front().reason, testing::HasSubstr("in use"));
    EXPECT_TRUE(labels.find(id));
}

TEST_F(LabelStoreTest, IdentifiersLeadBackToTheMembers) {
    const auto a = make_host("unique");
    const auto b = make_host("same");
    make_host("same");
    const auto id = make_label(label("manual"), {a, b});
    with_write(db, [&](Session& session) {
        return session.execute(Sql{"uuid", "UPDATE hosts SET uuid = 'its-own' WHERE id = ?"}, b);
    });
    std::vector<std::string> names;
    for (const auto& [label, name] : labels.member_identifiers(std::vector{id}, std::nullopt))
        names.push_back(name);
    EXPECT_THAT(names, testing::UnorderedElementsAre("unique", "its-own"));
    EXPECT_THAT(labels.hosts_named(names, {}), testing::UnorderedElementsAre(a, b));
}

TEST_F(LabelStoreTest, ExpressionsAgreeWithSetArithmetic) {
    std::vector<HostId> all;
    for (int i = 0; i < 16; ++i)
        all.push_back(make_host("h" + std::to_string(i)));
    std::vector<LabelId> ids;
    for (int bit = 0; bit < 4; ++bit) {
        std::vector<HostId> in;
        for (int i = 0; i < 16; ++i) {
            if ((i >> bit) & 1) in.push_back(all[static_cast<std::size_t>(i)]);
        }
        ids.push_back(make_label(label("bit" + std::to_string(bit)), in));
    }
    const auto a = to_text(ids[0]);
    const auto b = to_text(ids[1]);
    const auto c = to_text(ids[2]);
    const auto d = to_text(ids[3]);
    const auto count = [&](const std::string& text) {
        HostFilter filter;
        filter.labels = *parse_label_expression(text);
        return hosts.count(filter);
    };
    EXPECT_EQ(count(a), 8U);
    EXPECT_EQ(count("not " + a), 8U);
    EXPECT_EQ(count(a + " and " + b), 4U);
    EXPECT_EQ(count(a + " or " + b), 12U);
    EXPECT_EQ(count(a + " and not " + b), 4U);
    EXPECT_EQ(count("not (" + a + " or " + b + " or " + c + " or " + d + ")"), 1U);
    EXPECT_EQ(count("(" + a + " and " + b + ") or (" + c + " and " + d + ")"), 7U);
    EXPECT_EQ(count(a + " or (" + b + " and not (" + c + " or " + d + "))"), 9U);
}

/// What the labels should hold, kept in memory beside the database.
class LabelOracle : public LabelStoreTest, public testing::WithParamInterface<unsigned> {
protected:
    void SetUp() override {
        manual = make_label(label("manual"));
        dynamic = make_label(label("dynamic", LabelMembership::dynamic));
        even = make_criteria("even", R"({"vital":"hostname","operator":"LIKE","value":"%even%"})");
    }
    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>{0, limit - 1}(random);
    }
    HostId any() { return std::next(alive.begin(), static_cast<long>(below(alive.size())))->first; }
    std::string name() { return (below(2) == 0 ? "even-" : "odd-") + std::to_string(++names); }

    void add_host() {
        const auto host_name = name();
        const auto host = make_host(host_name);
        alive[host] = host_name;
        apply({details(host, host_name)});
    }
    void rename_host() {
        const auto host = any();
        alive[host] = name();
        apply({details(host, alive[host])});
    }
    void delete_host() {
        const std::vector gone{any()};
        hosts.remove(gone, kNow, [](auto&&...) {});
        alive.erase(gone.front());
        for (auto* set : {&in_manual, &in_dynamic})
            set->erase(gone.front());
    }
    void replace_manual() {
        in_manual.clear();
        for (const auto& [host, text] : alive) {
            if (below(2) == 0) in_manual.insert(host);
        }
        const std::vector<HostId> wanted{in_manual.begin(), in_manual.end()};
        ASSERT_TRUE(labels.update(manual, "manual", "", wanted, kNoRecord));
    }
    void change_one_host() {
        const auto host = any();
        const std::vector one{manual};
        const std::vector<LabelId> none;
        const bool joins = below(2) == 0;
        labels.change_host(host, joins ? one : none, joins ? none : one, kNow);
        joins ? (void)in_manual.insert(host) : (void)in_manual.erase(host);
    }
    void answer_dynamic() {
        std::vector<HostUpdate> updates;
        for (const auto& [host, text] : alive) {
            if (below(3) != 0) continue;
            HostUpdate update;
            update.host = host;
            update.at = kNow;
            // Also what is so already, as two instances may report it.
            const bool joins = below(2) == 0;
            (joins ? update.joined : update.left) = {dynamic};
            joins ? (void)in_dynamic.insert(host) : (void)in_dynamic.erase(host);
            updates.push_back(update);
        }
        apply(updates);
    }
    void clear_dynamic() {
        LabelUpsert upsert;
        upsert.existing = dynamic;
        upsert.label = label("dynamic", LabelMembership::dynamic);
        upsert.starts_over = true;
        ASSERT_TRUE(labels.upsert(std::vector{upsert}, std::nullopt, kNow, kNoRecord));
        in_dynamic.clear();
    }
    void compare() {
        std::set<HostId> in_even;
        for (const auto& [host, text] : alive) {
            if (text.starts_with("even")) in_even.insert(host);
        }
        const std::pair<LabelId, std::set<HostId>*> expected[] = {
            {manual, &in_manual}, {dynamic, &in_dynamic}, {even, &in_even}};
        for (const auto& [id, set] : expected) {
            EXPECT_EQ(members(id), (std::vector<HostId>{set->begin(), set->end()}));
            EXPECT_EQ(counted(id), set->size());
        }
    }

    std::mt19937 random{GetParam()};
    std::map<HostId, std::string> alive;
    std::set<HostId> in_manual, in_dynamic;
    LabelId manual{}, dynamic{}, even{};
    int names = 0;
};

TEST_P(LabelOracle, CountsAndMembersAreExactAfterEveryStep) {
    for (int i = 0; i < 5; ++i)
        add_host();
    for (int step = 0; step < 120; ++step) {
        switch (alive.size() < 3 ? 0 : below(7)) {
            case 0:
                add_host();
                break;
            case 1:
                rename_host();
                break;
            case 2:
                delete_host();
                break;
            case 3:
                replace_manual();
                break;
            case 4:
                change_one_host();
                break;
            case 5:
                answer_dynamic();
                break;
            default:
                clear_dynamic();
        }
        compare();
        if (HasFailure()) FAIL() << "seed " << GetParam() << ", step " << step;
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, LabelOracle, testing::Values(1U, 2U, 3U));

TEST_F(LabelStoreTest, CountsStayExactWhenManyWriteAtOnce) {
    std::vector<HostId> all;
    for (int i = 0; i < 40; ++i)
        all.push_back(make_host("start-" + std::to_string(i)));
    const auto manual = make_label(label("manual"));
    const auto dynamic = make_label(label("dynamic", LabelMembership::dynamic));
    const auto criteria =
        make_criteria("even", R"({"vital":"hostname","operator":"LIKE","value":"even%"})");

    const auto worker = [&](unsigned seed) {
        std::mt19937 random{seed};
        for (int step = 0; step < 40; ++step) {
            std::vector<HostId> some;
            for (const HostId host : all) {
                if (random() % 4 == 0) some.push_back(host);
            }
            switch (random() % 4) {
                case 0:
                    (void)labels.update(manual, "manual", "", some, kNoRecord);
                    break;
                case 1: {
                    std::vector<HostUpdate> updates;
                    for (const HostId host : some) {
                        auto update = details(host, random() % 2 == 0 ? "even" : "odd");
                        (random() % 2 == 0 ? update.joined : update.left) = {dynamic};
                        updates.push_back(update);
                    }
                    checkins.apply(updates);
                    break;
                }
                case 2:
                    labels.fill(criteria);
                    break;
                default: {
                    const std::vector one{all[random() % all.size()]};
                    if (random() % 8 == 0) hosts.remove(one, kNow, [](auto&&...) {});
                    labels.change_host(one.front(), std::vector{manual}, {}, kNow);
                }
            }
        }
    };
    std::vector<std::thread> threads;
    for (unsigned seed = 1; seed <= 4; ++seed)
        threads.emplace_back(worker, seed);
    for (std::thread& thread : threads)
        thread.join();

    EXPECT_EQ(wrong_counts(), 0U);
    labels.fill(criteria);
    HostFilter filter;
    filter.label = criteria;
    std::uint64_t even = 0;
    for (const HostId host : members(criteria)) {
        if (hosts.find(host)->hostname == "even") ++even;
    }
    EXPECT_EQ(even, counted(criteria));
}

}  // namespace
}  // namespace fleet::store
