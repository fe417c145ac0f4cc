#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/time.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/apply_plan.hpp"
#include "fleet/service/events.hpp"
#include "fleet/sql/linter.hpp"
#include "fleet/store/query_store.hpp"

namespace fleet::service {

/// What a client sends of a query; absent members keep their value, or have the default.
struct QueryChanges {
    std::optional<std::string> name{}, description{}, sql{}, platform{}, min_osquery_version{};
    std::optional<std::string> logging{};
    std::optional<std::uint32_t> interval{};
    std::optional<bool> automations_enabled{}, discard_data{}, observer_can_run{};
    std::optional<std::vector<std::string>> labels_include_any{}, labels_include_all{};
    std::optional<std::vector<std::string>> labels_exclude_any{};
};

/// One entry of `fleetctl apply`; what is left out is reset.
struct QuerySpec {
    QueryChanges fields{};
    std::string team_name{};  // empty: for everybody
};

struct QueryPage {
    std::vector<store::Query> queries{};
    std::uint64_t count = 0;      // without paging
    std::uint64_t inherited = 0;  // of these, global ones in a team's list
    bool has_next = false;
};

/// Saved queries (rest-api-b 2).
class QueryService {
public:
    struct Deps {
        store::QueryStore& queries;
        Activities& activities;
        ScheduleEvents& events;
        const sql::Linter& linter;
        const Clock& clock;
    };

    explicit QueryService(Deps deps) : deps_{deps} {}

    Result<QueryPage> list(
        const Viewer& viewer, const store::QueryFilter& filter, const Paging& paging
    );
    Result<store::Query> get(const Viewer& viewer, QueryId id);
    Result<store::Query> get_named(
        const Viewer& viewer, std::optional<TeamId> team, const std::string& name
    );

    /// The answer has no times yet, as clients know it.
    Result<store::Query> create(
        const Viewer& viewer, std::optional<TeamId> team, const QueryChanges& in
    );
    Result<store::Query> modify(const Viewer& viewer, QueryId id, const QueryChanges& in);
    Result<> remove(const Viewer& viewer, QueryId id);
    Result<> remove_named(
        const Viewer& viewer, std::optional<TeamId> team, const std::string& name
    );
    /// All or none. Returns how many.
    Result<std::size_t> remove_many(const Viewer& viewer, std::span<const QueryId> ids);
    /// Upsert by team and name, all or none.
    Result<ApplyPlan> apply(
        const Viewer& viewer, std::span<const QuerySpec> specs, DryRun dry_run = DryRun::no
    );
    /// A copy of a query of that team (or of everybody's) under a name of its own, with a schedule:
    /// how clients of old put a query on a schedule (rest-api-a 17.5).
    /// 422 without query and interval.
    Result<store::Query> schedule_copy(
        const Viewer& viewer,
        std::optional<TeamId> team,
        std::optional<QueryId> id,
        const QueryChanges& schedule
    );

    /// What the author may want to know: sentences, never reasons to refuse.
    std::vector<std::string> warnings(const store::QueryFields& fields) const;

private:
    Result<store::QueryFields> merge(store::QueryFields fields, const QueryChanges& in);
    Result<> set_labels(store::QueryFields& fields, const QueryChanges& in);
    Result<std::vector<store::LabelRef>> labels(const std::vector<std::string>& names);

    Deps deps_;
};

/// What was collected before a change and no longer fits after it (rest-api-b 2, PATCH).
store::Discard what_to_discard(const store::QueryFields& before, const store::QueryFields& after);

/// 400 "query payload verification: ...".
Result<> check_query(const store::QueryFields& fields);

}  // namespace fleet::service
