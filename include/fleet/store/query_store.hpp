#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/ids.hpp"
#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

struct LabelRef {
    LabelId id{};
    std::string name{};
};

/// A pack as the queries in it show it.
struct PackRef {
    PackId id{};
    std::string name{}, description{}, platform{};
    bool disabled = false;
    Time created_at{}, updated_at{};
};

/// What people can set of a saved query.
struct QueryFields {
    std::string name{}, description{}, sql{}, platform{}, min_osquery_version{};
    std::string logging = "snapshot";
    std::uint32_t interval = 0;
    bool automations_enabled = false;
    bool discard_data = false;
    bool observer_can_run = false;
    std::vector<LabelRef> labels_include_any{}, labels_include_all{}, labels_exclude_any{};
};

/// Over all hosts; absent until one has reported.
struct QueryStats {
    std::optional<double> system_time_p50{}, system_time_p95{};
    std::optional<double> user_time_p50{}, user_time_p95{};
    std::optional<double> total_executions{};
};

struct QueryAuthor {
    std::optional<UserId> id{};
    std::string name{}, email{};
};

struct Query {
    QueryId id{};
    std::optional<TeamId> team{};
    std::string team_name{};
    QueryFields fields{};
    QueryAuthor author{};
    bool saved = true;
    std::optional<Time> created_at{}, updated_at{};
    QueryStats stats{};
    std::vector<PackRef> packs{};  // the old kind, that use it
};

/// Which saved queries a list holds.
struct QueryFilter {
    std::optional<TeamId> team{};  // none: the global ones
    bool merge_inherited = false;  // with a team: global ones too
    std::string platform{};        // "darwin", "windows", "linux", "chrome"; empty: any
    std::string text{};            // in the name
    bool scheduled = false;        // only those with an interval
};

/// What a change does to what was collected before it.
enum class Discard { nothing, rows, rows_and_stats };

/// One entry of a batch of specs.
struct QueryUpsert {
    std::optional<QueryId> existing{};
    std::optional<TeamId> team{};
    QueryFields fields{};
    Discard discard = Discard::nothing;
};

/// Runs in the transaction of a change, to record it.
using InTransaction = std::function<void(Session&)>;

/// Saved queries. Every function blocks; changes raise the revision of the schedule.
class QueryStore {
public:
    explicit QueryStore(Database& db) : db_{db} {}

    Result<std::vector<Query>> list(const QueryFilter& filter, const Paging& paging);
    std::uint64_t count(const QueryFilter& filter);
    std::optional<Query> find(QueryId id);
    std::optional<Query> find(std::optional<TeamId> team, const std::string& name);
    /// Those that exist, by id.
    std::vector<Query> find_all(std::span<const QueryId> ids);

    /// Conflict: the name is taken in that team. `record` is told the new id.
    Result<QueryId> insert(
        std::optional<TeamId> team,
        const QueryFields& fields,
        const QueryAuthor& author,
        const std::function<void(Session&, QueryId)>& record
    );
    Result<> update(
        QueryId id, const QueryFields& fields, Discard discard, const InTransaction& record
    );
    /// All or none.
    Result<> upsert(
        std::span<const QueryUpsert> queries, const QueryAuthor& author, const InTransaction& record
    );
    void remove(std::span<const QueryId> ids, const InTransaction& record);

    /// Labels by name, those that exist.
    std::vector<LabelRef> labels_named(std::span<const std::string> names);
    std::optional<TeamId> team_named(const std::string& name);
    std::optional<std::string> team_name(TeamId id);

    /// Recomputes the percentiles over hosts. Queries without any statistics are left alone.
    void refresh_stats(std::span<const QueryId> ids);
    /// Queries that hosts have sent counters of.
    std::vector<QueryId> with_stats();

private:
    Database& db_;
};

}  // namespace fleet::store
