// The search for hosts by a part of a name, against a real server.
#include "fleet/store/host_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fleet/store/host_store.hpp"
#include "store_fixture.hpp"

namespace fleet::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class HostNamesTest : public StoreTest {
protected:
    HostId make_host(const std::string& hostname, const std::string& serial = "") {
        static const Sql sql{
            "host",
            "INSERT INTO hosts (hostname, hardware_serial, primary_ip, identity_changed_at) "
            "VALUES (?, ?, '10.1.2.3', UTC_TIMESTAMP(6))"};
        return with_write(db, [&](Session& session) {
            return HostId{session.insert(sql, hostname, serial)};
        });
    }
    void rename(HostId host, const std::string& hostname) {
        static const Sql sql{
            "rename",
            "UPDATE hosts SET hostname = ?, identity_changed_at = UTC_TIMESTAMP(6) WHERE id = ?"};
        with_write(db, [&](Session& session) { return session.execute(sql, hostname, host); });
    }
    std::vector<HostId> found(const std::string& text) {
        return hosts.ids(HostFilter{.text = text}, Paging{}).value();
    }
    std::optional<std::vector<HostId>> candidates(std::string_view text, std::size_t most = 100) {
        return names.candidates(text, most);
    }

    HostStore hosts{db};
    HostNames names{db};
};

TEST_F(HostNamesTest, KnowsAPartOfEachColumnInAnyCase) {
    const HostId a = make_host("web-Alpha", "C02XK"), b = make_host("db-beta");

    EXPECT_THAT(*candidates("B-ALP"), ElementsAre(a));
    EXPECT_THAT(*candidates("02x"), ElementsAre(a));
    EXPECT_THAT(*candidates("10.1.2"), ElementsAre(a, b));
    EXPECT_THAT(*candidates("gamma"), IsEmpty());
    EXPECT_THAT(*candidates("alphac02"), IsEmpty()) << "across two columns";
}

TEST_F(HostNamesTest, SeesNewAndRenamedHostsAtOnce) {
    const HostId a = make_host("first");
    EXPECT_THAT(found("first"), ElementsAre(a));

    const HostId b = make_host("first-again");
    rename(a, "other");

    EXPECT_THAT(found("first"), ElementsAre(b));
    EXPECT_THAT(found("other"), ElementsAre(a));
    EXPECT_EQ(hosts.count(HostFilter{.text = "first"}), 1U);
}

TEST_F(HostNamesTest, ADeletedHostIsNotFound) {
    const HostId a = make_host("gone-soon"), b = make_host("gone-never");
    EXPECT_THAT(found("gone"), SizeIs(2));

    hosts.remove(std::vector{a}, Time{}, [](auto&&...) {});

    EXPECT_THAT(found("gone"), ElementsAre(b));
}

TEST_F(HostNamesTest, LeavesLettersWithAccentsToTheDatabase) {
    const HostId a = make_host("M\xC3\x9CLLER-PC");
    make_host("meyer-pc");

    EXPECT_THAT(*candidates("something"), ElementsAre(a))
        << "may have it, for all that memory knows";
    EXPECT_THAT(found("something"), IsEmpty());
    EXPECT_THAT(found("muller"), ElementsAre(a));
    EXPECT_THAT(found("m\xC3\xBCller"), ElementsAre(a));
    EXPECT_FALSE(candidates("m\xC3\xBCller"));
    EXPECT_FALSE(candidates("somebody@example.com"));
}

TEST_F(HostNamesTest, ManyCandidatesAreLeftToTheDatabaseToo) {
    const HostId a = make_host("many-1"), b = make_host("many-2"), c = make_host("many-3");

    EXPECT_FALSE(candidates("many", 2));
    EXPECT_THAT(*candidates("many", 3), UnorderedElementsAre(a, b, c));
    EXPECT_THAT(found("many"), UnorderedElementsAre(a, b, c));
}

}  // namespace
}  // namespace fleet::store
