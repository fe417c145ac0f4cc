// Random histories of hosts and policies against a model that recounts everything.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "policy_fixture.hpp"

namespace fleet::store {
namespace {

struct ModelPolicy {
    std::optional<TeamId> team{};
    std::string platform{};
    std::optional<LabelRef> exclude{};
};
struct ModelHost {
    std::optional<TeamId> team{};
    std::string platform{};
    bool labelled = false;
    std::map<PolicyId, PolicyAnswer> answers{};
};

class PolicyOracle : public PolicyTest, public testing::WithParamInterface<unsigned> {
protected:
    bool covers(const ModelPolicy& policy, const ModelHost& host) const {
        if (policy.team && *policy.team != host.team.value_or(TeamId{0})) return false;
        if (!policy.platform.empty() && policy.platform != host.platform) return false;
        return !(policy.exclude && host.labelled);
    }
    std::vector<PolicyId> asked(const ModelHost& host) const {
        std::vector<PolicyId> out;
        for (const auto& [id, policy] : model_policies) {
            if (covers(policy, host)) out.push_back(id);
        }
        return out;
    }
    std::optional<TeamId> any_team() {
        const auto pick = random() % 3;
        return pick == 0 ? std::nullopt : std::optional{teams[pick - 1]};
    }
    std::string any_platform() { return random() % 2 == 0 ? "linux" : "darwin"; }
    template <class Map>
    auto any(Map& map) {
        return std::next(map.begin(), static_cast<std::ptrdiff_t>(random() % map.size()));
    }
    PolicyFields as_fields(const std::string& name, const ModelPolicy& policy) {
        PolicyFields out = fields(name);
        out.sql = "SELECT " + std::to_string(random() % 1'000'000);
        out.platform = policy.platform;
        if (policy.exclude) out.labels.exclude_any = {*policy.exclude};
        return out;
    }

    void add_host() {
        ModelHost host{any_team(), any_platform(), random() % 3 == 0, {}};
        const HostId id = make_host(host.team, host.platform);
        if (host.labelled) join(id, label);
        model_hosts[id] = host;
    }
    void add_policy() {
        ModelPolicy policy;
        const auto pick = random() % 5;
        if (pick == 1) policy.team = TeamId{0};
        if (pick == 2) policy.team = teams[0];
        if (random() % 3 == 0) policy.platform = any_platform();
        if (random() % 3 == 0) policy.exclude = label;
        const std::string name = "p" + std::to_string(++made);
        model_policies[make_policy(as_fields(name, policy), policy.team)] = policy;
    }
    void report_some() {
        std::vector<HostUpdate> updates;
        for (auto& [id, host] : model_hosts) {
            if (random() % 3 != 0) continue;
            Answers answers;
            const std::vector<PolicyId> wanted = asked(host);
            for (const PolicyId policy : wanted) {
                if (random() % 8 == 0) continue;  // not answered this time
                const auto answer = static_cast<PolicyAnswer>(random() % 3);
                answers.emplace_back(policy, answer);
                host.answers[policy] = answer;
            }
            std::erase_if(host.answers, [&](const auto& one) {
                return std::find(wanted.begin(), wanted.end(), one.first) == wanted.end();
            });
            // Memory may be of another time.
            if (random() % 5 == 0) memory.erase(id);
            updates.push_back(report(id, answers, wanted));
        }
        apply(updates);
    }
    void edit_policy() {
        auto [id, policy] = *any(model_policies);
        ModelPolicy& kept = model_policies[id];
        const bool drops = random() % 2 == 0;
        if (!drops) {
            kept.platform = random() % 2 == 0 ? "" : any_platform();
            kept.exclude = random() % 2 == 0 ? std::optional{label} : std::nullopt;
        }
        const std::string name = policies.find(id)->fields.name;
        change(
            id,
            as_fields(name, kept),
            drops ? PolicyChange::drops_answers : PolicyChange::other_hosts
        );
        for (auto& [host_id, host] : model_hosts) {
            if (drops || !covers(kept, host)) host.answers.erase(id);
            // Check-ins leave out of memory what was dropped.
            if (drops) memory[host_id].answers.erase(id);
        }
    }
    void delete_policy() {
        const PolicyId id = any(model_policies)->first;
        policies.remove(std::vector{id}, [](Session&) {});
        upkeep.clean([] { return true; });
        model_policies.erase(id);
        for (auto& [host_id, host] : model_hosts) {
            host.answers.erase(id);
            memory[host_id].answers.erase(id);
        }
    }
    void move_hosts() {
        const auto to = any_team();
        std::vector<HostId> moved;
        for (auto& [id, host] : model_hosts) {
            if (random() % 4 != 0) continue;
            moved.push_back(id);
            if (host.team != to) {
                std::erase_if(host.answers, [&](const auto& one) {
                    return model_policies.at(one.first).team.has_value();
                });
            }
            host.team = to;
        }
        transfer(moved, to);
    }
    void delete_host() {
        const HostId id = any(model_hosts)->first;
        model_hosts.erase(id);
        remove(id);
    }

    void expect_exact() {
        for (const auto& [id, policy] : model_policies) {
            for (const std::optional<TeamId> of :
                 {std::optional<TeamId>{},
                  std::optional{TeamId{0}},
                  std::optional{teams[0]},
                  std::optional{teams[1]}}) {
                int passing = 0, failing = 0;
                for (const auto& [host_id, host] : model_hosts) {
                    if (of && host.team.value_or(TeamId{0}) != *of) continue;
                    const auto answer = host.answers.find(id);
                    if (answer == host.answers.end()) continue;
                    passing += answer->second == kPass ? 1 : 0;
                    failing += answer->second == kFail ? 1 : 0;
                }
                ASSERT_EQ(counts(id, of), std::to_string(passing) + "/" + std::to_string(failing))
                    << "policy " << raw(id) << " team " << (of ? raw(*of) : 999);
            }
        }
        for (const auto& [id, host] : model_hosts) {
            const auto fails =
                std::count_if(host.answers.begin(), host.answers.end(), [](const auto& one) {
                    return one.second == kFail;
                });
            ASSERT_EQ(failing(id), static_cast<std::uint64_t>(fails)) << "host " << raw(id);
        }
    }

    std::mt19937 random{GetParam()};
    std::vector<TeamId> teams{make_team("one"), make_team("two")};
    LabelRef label = make_label("kiosks");
    std::map<HostId, ModelHost> model_hosts{};
    std::map<PolicyId, ModelPolicy> model_policies{};
    int made = 0;
};

TEST_P(PolicyOracle, CountsStayExact) {
    for (int i = 0; i < 12; ++i)
        add_host();
    for (int i = 0; i < 6; ++i)
        add_policy();
    for (int step = 0; step < 80; ++step) {
        switch (random() % 12) {
            case 0:
                add_host();
                break;
            case 1:
                add_policy();
                break;
            case 2:
                if (model_policies.size() > 2) delete_policy();
                break;
            case 3:
                if (model_hosts.size() > 4) delete_host();
                break;
            case 4:
                move_hosts();
                break;
            case 5:
            case 6:
                edit_policy();
                break;
            default:
                report_some();
        }
        expect_exact();
        if (HasFatalFailure()) FAIL() << "at step " << step;
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PolicyOracle, testing::Range(1U, 9U));

}  // namespace
}  // namespace fleet::store
