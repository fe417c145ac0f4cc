#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fleet/store/checkin_store.hpp"
#include "fleet/store/host_store.hpp"
#include "fleet/store/policy_store.hpp"
#include "fleet/store/policy_upkeep.hpp"
#include "fleet/store/schedule_store.hpp"
#include "store_fixture.hpp"

namespace fleet::store {

inline constexpr Time kNow{std::chrono::seconds{1'772'698'530}};

/// Hosts and policies on the real schema.
class PolicyTest : public StoreTest {
protected:
    HostId make_host(std::optional<TeamId> team = {}, const std::string& platform = "linux") {
        return with_write(db, [&](Session& session) {
            return HostId{session.insert(
                Sql{"host", "INSERT INTO hosts (team_id, generic_platform) VALUES (?, ?)"},
                team,
                platform
            )};
        });
    }
    TeamId make_team(const std::string& name) {
        return with_write(db, [&](Session& session) {
            return TeamId{session.insert(Sql{"team", "INSERT INTO teams (name) VALUES (?)"}, name)};
        });
    }
    LabelRef make_label(const std::string& name) {
        return with_write(db, [&](Session& session) {
            return LabelRef{
                LabelId{session.insert(
                    Sql{"label", "INSERT INTO labels (name, query) VALUES (?, '')"}, name
                )},
                name};
        });
    }
    void join(HostId host, const LabelRef& label) {
        run("INSERT INTO label_membership (host_id, label_id) VALUES (?, ?)", host, label.id);
    }
    static PolicyFields fields(const std::string& name) {
        PolicyFields out;
        out.name = name;
        out.sql = "SELECT 1";
        return out;
    }
    PolicyId make_policy(const PolicyFields& in, std::optional<TeamId> team = {}) {
        return policies.insert(team, in, {}, [](Session&, PolicyId) {}).value();
    }
    PolicyId make_policy(const std::string& name, std::optional<TeamId> team = {}) {
        return make_policy(fields(name), team);
    }
    void change(PolicyId id, const PolicyFields& in, PolicyChange what) {
        ASSERT_TRUE(policies.update(id, in, what, [](Session&) {}));
        upkeep.clean([] { return true; });
    }

    using Answers = std::vector<std::pair<PolicyId, PolicyAnswer>>;
    /// A report as check-ins make it: of all that the host is asked.
    HostUpdate report(HostId host, const Answers& answers, std::vector<PolicyId> asked = {}) {
        PolicyReport out;
        for (const auto& [policy, answer] : answers) {
            out.answers.set(policy, answer);
            if (std::find(asked.begin(), asked.end(), policy) == asked.end())
                asked.push_back(policy);
        }
        std::sort(asked.begin(), asked.end());
        auto list = std::make_shared<PolicyList>();
        list->ids = std::move(asked);
        list->automated = automated;
        out.applicable = std::move(list);
        out.revision = schedules.revision();
        out.version = memory[host].version;
        out.answers.each([&](PolicyId policy, PolicyAnswer answer) {
            out.changed = out.changed || memory[host].answers.find(policy) != answer;
        });
        memory[host].answers.each([&](PolicyId policy, PolicyAnswer) {
            const auto& ids = out.applicable->ids;
            out.changed = out.changed || !std::binary_search(ids.begin(), ids.end(), policy);
        });
        HostUpdate update;
        update.host = host;
        update.at = now;
        update.policies_fetched = true;
        update.policies = std::make_shared<const PolicyReport>(std::move(out));
        return update;
    }
    std::vector<PolicyStanding> apply(const std::vector<HostUpdate>& updates) {
        auto standings = checkins.apply(updates).policies;
        for (const PolicyStanding& one : standings)
            memory[one.host] = one;
        return standings;
    }
    std::vector<PolicyStanding> answer(
        HostId host, const Answers& answers, std::vector<PolicyId> asked = {}
    ) {
        return apply({report(host, answers, std::move(asked))});
    }

    template <class... Args>
    std::uint64_t run(const std::string& text, const Args&... args) {
        return with_write(db, [&](Session& session) {
            return session.execute(Sql{"test", text}, args...);
        });
    }
    template <class... Args>
    std::uint64_t number(const std::string& text, const Args&... args) {
        return with_read(db, [&](Session& session) {
            return session
                .one(
                    Sql{"test", text}, [](const Row& row) { return row.u64(0); }, args...
                )
                .value_or(0);
        });
    }
    /// By the whole server, since it was started.
    std::uint64_t rows_updated() {
        return with_read(db, [&](Session& session) {
            return session
                .one(
                    Sql{"test_rows_updated", "SHOW GLOBAL STATUS LIKE 'Handler_update'"},
                    [](const Row& row) { return row.u64(1); }
                )
                .value();
        });
    }
    /// "passing/failing"
    std::string counts(PolicyId policy, std::optional<TeamId> of = {}) {
        const auto found = policies.find(policy, of);
        if (!found) return "gone";
        return std::to_string(found->passing) + "/" + std::to_string(found->failing);
    }
    std::uint64_t failing(HostId host) {
        return number("SELECT failing FROM host_policy_state WHERE host_id = ?", host);
    }
    void remove(HostId host) {
        hosts.remove(std::vector{host}, now, [](Session&, std::span<const DeletedHost>) {});
        memory.erase(host);
    }
    void transfer(const std::vector<HostId>& moved, std::optional<TeamId> to) {
        db.write([&](Session& session) {
            policies_follow_hosts(session, moved, to);
            for (const HostId host : moved)
                session.execute(Sql{"move", "UPDATE hosts SET team_id = ? WHERE id = ?"}, to, host);
        });
    }

    Time now = kNow;
    std::vector<AutomatedPolicy> automated{};
    std::map<HostId, PolicyStanding> memory{};  // as check-ins hold it
    PolicyStore policies{db};
    PolicyUpkeep upkeep{db};
    CheckinStore checkins{db};
    HostStore hosts{db};
    ScheduleStore schedules{db};
};

inline constexpr auto kPass = PolicyAnswer::pass;
inline constexpr auto kFail = PolicyAnswer::fail;
inline constexpr auto kNone = PolicyAnswer::none;

}  // namespace fleet::store
