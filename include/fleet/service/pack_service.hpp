#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/service/apply_plan.hpp"
#include "fleet/service/events.hpp"
#include "fleet/store/pack_store.hpp"
#include "fleet/store/query_store.hpp"

namespace fleet::service {

/// What a client sends of a pack; absent members keep their value, or have the default.
struct PackChanges {
    std::optional<std::string> name{}, description{}, platform{};
    std::optional<bool> disabled{};
    std::optional<std::vector<LabelId>> labels{};
    std::optional<std::vector<HostId>> hosts{};
    std::optional<std::vector<TeamId>> teams{};
};

/// One query of a spec; `query` is the name of a global saved query.
struct PackSpecQuery {
    std::string query{};
    store::PackQueryFields fields{};  // its `query` is not looked at
};

/// One entry of `fleetctl apply`; what is left out is reset.
struct PackSpec {
    std::optional<PackId> id{};  // in answers
    std::string name{}, description{}, platform{};
    bool disabled = false;
    std::vector<std::string> labels{}, teams{};
    std::vector<PackSpecQuery> queries{};
};

/// Changes of one query of a pack; for what may be null the outer level says "was sent".
struct PackQueryChanges {
    std::optional<QueryId> query{};
    std::optional<std::string> name{}, description{};
    std::optional<std::uint32_t> interval{};
    std::optional<std::optional<bool>> snapshot{}, removed{}, denylist{};
    std::optional<std::optional<std::uint32_t>> shard{};
    std::optional<std::optional<std::string>> platform{}, version{};
};

/// Packs of the old kind and their queries (rest-api-a 17.1 to 17.4).
class PackService {
public:
    struct Deps {
        store::PackStore& packs;
        store::QueryStore& queries;
        Activities& activities;
        ScheduleEvents& events;
    };

    explicit PackService(Deps deps) : deps_{deps} {}

    Result<std::vector<store::Pack>> list(const Viewer& viewer, const Paging& paging);
    Result<store::Pack> get(const Viewer& viewer, PackId id);
    Result<store::Pack> create(const Viewer& viewer, const PackChanges& in);
    /// Of packs that belong to the server only the platform and the switch change.
    Result<store::Pack> modify(const Viewer& viewer, PackId id, const PackChanges& in);
    Result<> remove(const Viewer& viewer, PackId id);
    Result<> remove_named(const Viewer& viewer, const std::string& name);

    Result<std::vector<PackSpec>> specs(const Viewer& viewer);
    Result<PackSpec> spec(const Viewer& viewer, const std::string& name);
    /// Upsert by name, all or none; packs that belong to the server are left alone.
    Result<ApplyPlan> apply(
        const Viewer& viewer, std::span<const PackSpec> specs, DryRun dry_run = DryRun::no
    );

    Result<std::vector<store::PackQuery>> queries(
        const Viewer& viewer, PackId pack, const Paging& paging
    );
    Result<store::PackQuery> query(const Viewer& viewer, PackQueryId id);
    /// 422 without pack, query, interval and snapshot.
    Result<store::PackQuery> add_query(
        const Viewer& viewer, std::optional<PackId> pack, const PackQueryChanges& in
    );
    Result<store::PackQuery> modify_query(
        const Viewer& viewer, PackQueryId id, const PackQueryChanges& in
    );
    Result<> remove_query(const Viewer& viewer, PackQueryId id);

private:
    Result<store::Pack> own(PackId id);
    Result<PackSpec> to_spec(const store::Pack& pack);
    Result<store::PackUpsert> to_upsert(const PackSpec& spec);
    Result<std::string> free_name(PackId pack, const std::string& wish);
    store::InTransaction record_edit(const Viewer& viewer, const store::Pack& pack);

    Deps deps_;
};

/// 400 "pack payload verification: ...".
Result<> check_pack(const store::PackFields& fields);
/// 422 on the field.
Result<> check_pack_query(const store::PackQueryFields& fields);

}  // namespace fleet::service
