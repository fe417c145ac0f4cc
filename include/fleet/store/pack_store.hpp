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
#include "fleet/store/query_store.hpp"

namespace fleet::store {

/// Who gets a pack: hosts of any of these.
struct PackTargets {
    std::vector<LabelId> labels{};
    std::vector<HostId> hosts{};
    std::vector<TeamId> teams{};
};

struct PackFields {
    std::string name{}, description{}, platform{};
    bool disabled = false;
    PackTargets targets{};
};

struct Pack {
    PackId id{};
    PackFields fields{};
    std::optional<std::string> type{};  // set: it belongs to the server
    Time created_at{}, updated_at{};
    std::uint64_t query_count = 0;
    std::uint64_t host_count = 0;
};

/// One query of a pack; what is absent is left to osquery.
struct PackQueryFields {
    QueryId query{};
    std::string name{}, description{};
    std::uint32_t interval = 0;
    std::optional<bool> snapshot{}, removed{}, denylist{};
    std::optional<std::uint32_t> shard{};
    std::optional<std::string> platform{}, version{};

    bool operator==(const PackQueryFields&) const = default;
};

struct PackQuery {
    PackQueryId id{};
    PackId pack{};
    PackQueryFields fields{};
    std::string query_name{}, sql{};
    QueryStats stats{};
    Time created_at{}, updated_at{};
};

/// One entry of a batch of specs: targets and queries are replaced.
struct PackUpsert {
    std::optional<PackId> existing{};
    PackFields fields{};
    std::vector<PackQueryFields> queries{};
};

/// Names of what a pack is for.
struct PackTargetNames {
    std::vector<std::string> labels{}, teams{};
};

/// Packs of the old kind. Every function blocks; changes raise the revision of the schedule.
class PackStore {
public:
    explicit PackStore(Database& db) : db_{db} {}

    /// Those made by people. `paging.query` searches the name.
    Result<std::vector<Pack>> list(const Paging& paging);
    std::optional<Pack> find(PackId id);
    std::optional<Pack> find(const std::string& name);
    PackTargetNames target_names(PackId id);

    /// Conflict: the name is taken. `record` is told the id.
    Result<PackId> insert(
        const PackFields& fields, const std::function<void(Session&, PackId)>& record
    );
    Result<> update(PackId id, const PackFields& fields, const InTransaction& record);
    void remove(PackId id, const InTransaction& record);
    /// All or none.
    Result<> apply(std::span<const PackUpsert> packs, const InTransaction& record);

    Result<std::vector<PackQuery>> queries(PackId pack, const Paging& paging);
    std::optional<PackQuery> query(PackQueryId id);
    Result<PackQueryId> insert_query(
        PackId pack, const PackQueryFields& fields, const InTransaction& record
    );
    Result<> update_query(
        PackQueryId id, const PackQueryFields& fields, const InTransaction& record
    );
    void remove_query(PackQueryId id, const InTransaction& record);

private:
    Database& db_;
};

}  // namespace fleet::store
