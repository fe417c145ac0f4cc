#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "perf/host_context.hpp"
#include "perf/sql/engine.hpp"
#include "perf/tables/machine.hpp"
#include "perf/tables/sets.hpp"

namespace fleet::perf::testing {

/// One host with its tables, at a fixed moment.
class VirtualHost {
public:
    explicit VirtualHost(Flavor flavor, std::uint32_t index = 7)
        : VirtualHost{make_profile(1, index, flavor)} {}

    static VirtualHost this_machine() { return VirtualHost{machine::profile()}; }

    QueryOutcome run(std::string_view sql, MemberOrder order = MemberOrder::selected) {
        Engine::Batch batch{engine, context};
        return batch.run(sql, order);
    }

    /// Rows of a query that must succeed.
    std::vector<nlohmann::ordered_json> rows(std::string_view sql) {
        const auto outcome = run(sql);
        if (!outcome.ok()) throw std::runtime_error(std::string{sql} + ": " + outcome.message);
        std::vector<nlohmann::ordered_json> result;
        for (const auto& row : outcome.rows)
            result.push_back(nlohmann::ordered_json::parse(row));
        return result;
    }

    /// The only value of the only row.
    std::string value(std::string_view sql) {
        const auto all = rows(sql);
        if (all.size() != 1) throw std::runtime_error(std::string{sql} + ": not one row");
        return all.front().begin().value().get<std::string>();
    }

    Profile profile;
    AgentSettings settings{};
    std::vector<CarveOrder> carves{};
    HostContext context{
        profile, settings, "5.23.1", "abc", 1'700'000'000, 1'699'990'000, {}, {}, &carves};
    Engine engine;

private:
    explicit VirtualHost(Profile who)
        : profile{std::move(who)}, engine{make_tables(profile.family), std::chrono::seconds{20}} {}
};

}  // namespace fleet::perf::testing
