#include "fleet/service/pack_service.hpp"

#include <algorithm>

#include "fleet/core/json.hpp"
#include "fleet/core/roles.hpp"

namespace fleet::service {
namespace {

using store::Pack;
using store::PackQuery;

Error no_pack(const std::string& key) {
    return Error::not_found("Pack", key);
}

std::string pack_details(PackId id, const std::string& name) {
    return json::dump({{"pack_id", raw(id)}, {"pack_name", name}});
}

void merge(store::PackFields& fields, const PackChanges& in) {
    const auto set = [](auto& target, const auto& value) {
        if (value) target = *value;
    };
    set(fields.name, in.name);
    set(fields.description, in.description);
    set(fields.platform, in.platform);
    set(fields.disabled, in.disabled);
    set(fields.targets.labels, in.labels);
    set(fields.targets.hosts, in.hosts);
    set(fields.targets.teams, in.teams);
}

void merge(store::PackQueryFields& fields, const PackQueryChanges& in) {
    const auto set = [](auto& target, const auto& value) {
        if (value) target = *value;
    };
    set(fields.query, in.query);
    set(fields.name, in.name);
    set(fields.description, in.description);
    set(fields.interval, in.interval);
    set(fields.snapshot, in.snapshot);
    set(fields.removed, in.removed);
    set(fields.denylist, in.denylist);
    set(fields.shard, in.shard);
    set(fields.platform, in.platform);
    set(fields.version, in.version);
}

}  // namespace

Result<Pack> PackService::own(PackId id) {
    auto pack = deps_.packs.find(id);
    if (!pack) return fail(no_pack(to_text(id)));
    return std::move(*pack);
}

store::InTransaction PackService::record_edit(const Viewer& viewer, const Pack& pack) {
    return
        [this, &viewer, details = pack_details(pack.id, pack.fields.name)](store::Session& session
        ) { deps_.activities.record(session, viewer, "edited_pack", details); };
}

Result<std::vector<Pack>> PackService::list(const Viewer& viewer, const Paging& paging) {
    FLEET_CHECK(authorize(viewer, Action::read_packs, Object::global()));
    return deps_.packs.list(paging);
}

Result<Pack> PackService::get(const Viewer& viewer, PackId id) {
    FLEET_CHECK(authorize(viewer, Action::read_packs, Object::global()));
    return own(id);
}

Result<Pack> PackService::create(const Viewer& viewer, const PackChanges& in) {
    FLEET_CHECK(authorize(viewer, Action::write_packs, Object::global()));
    store::PackFields fields;
    merge(fields, in);
    FLEET_CHECK(check_pack(fields));
    FLEET_TRY(
        const PackId id,
        deps_.packs.insert(
            fields,
            [&](store::Session& session, PackId made) {
                deps_.activities.record(
                    session, viewer, "created_pack", pack_details(made, fields.name)
                );
            }
        )
    );
    deps_.events.schedule_changed();
    return own(id);
}

Result<Pack> PackService::modify(const Viewer& viewer, PackId id, const PackChanges& in) {
    FLEET_CHECK(authorize(viewer, Action::write_packs, Object::global()));
    FLEET_TRY(Pack pack, own(id));
    if (pack.type) {
        merge(pack.fields, {.platform = in.platform, .disabled = in.disabled});
    } else {
        merge(pack.fields, in);
        FLEET_CHECK(check_pack(pack.fields));
    }
    FLEET_CHECK(deps_.packs.update(id, pack.fields, record_edit(viewer, pack)));
    deps_.events.schedule_changed();
    return own(id);
}

Result<> PackService::remove(const Viewer& viewer, PackId id) {
    FLEET_CHECK(authorize(viewer, Action::write_packs, Object::global()));
    FLEET_TRY(const Pack pack, own(id));
    if (pack.type) return fail(Error::internal("cannot delete pack_type " + *pack.type));
    deps_.packs.remove(id, [&](store::Session& session) {
        deps_.activities.record(
            session, viewer, "deleted_pack", json::dump({{"pack_name", pack.fields.name}})
        );
    });
    deps_.events.schedule_changed();
    return {};
}

Result<> PackService::remove_named(const Viewer& viewer, const std::string& name) {
    FLEET_CHECK(authorize(viewer, Action::write_packs, Object::global()));
    const auto pack = deps_.packs.find(name);
    if (!pack) return fail(no_pack(name));
    return remove(viewer, pack->id);
}

Result<std::vector<PackQuery>> PackService::queries(
    const Viewer& viewer, PackId pack, const Paging& paging
) {
    FLEET_CHECK(authorize(viewer, Action::read_packs, Object::global()));
    FLEET_CHECK(own(pack));
    return deps_.packs.queries(pack, paging);
}

Result<PackQuery> PackService::query(const Viewer& viewer, PackQueryId id) {
    FLEET_CHECK(authorize(viewer, Action::read_packs, Object::global()));
    auto found = deps_.packs.query(id);
    if (!found) return fail(Error::not_found("ScheduledQuery", to_text(id)));
    return std::move(*found);
}

/// The name, or the next one with a number when the pack has it already.
Result<std::string> PackService::free_name(PackId pack, const std::string& wish) {
    FLEET_TRY(const auto there, deps_.packs.queries(pack, {}));
    const auto taken = [&](const std::string& name) {
        return std::any_of(there.begin(), there.end(), [&](const PackQuery& query) {
            return query.fields.name == name;
        });
    };
    std::string name = wish;
    for (std::size_t i = 1; taken(name); ++i)
        name = wish + "-" + std::to_string(i);
    return name;
}

Result<PackQuery> PackService::add_query(
    const Viewer& viewer, std::optional<PackId> pack_id, const PackQueryChanges& in
) {
    FLEET_CHECK(authorize(viewer, Action::write_packs, Object::global()));
    if (!pack_id) return fail(Error::invalid("pack_id", "is required"));
    if (!in.query) return fail(Error::invalid("query_id", "is required"));
    if (!in.interval) return fail(Error::invalid("interval", "is required"));
    if (!in.snapshot) return fail(Error::invalid("snapshot", "is required"));
    FLEET_TRY(const Pack pack, own(*pack_id));
    store::PackQueryFields fields;
    merge(fields, in);
    const auto query = deps_.queries.find(fields.query);
    if (!query || !query->saved) return fail(Error::not_found("Query", to_text(fields.query)));
    if (fields.name.empty()) {
        FLEET_TRY(fields.name, free_name(*pack_id, query->fields.name));
    }
    FLEET_CHECK(check_pack_query(fields));
    FLEET_TRY(
        const PackQueryId id, deps_.packs.insert_query(*pack_id, fields, record_edit(viewer, pack))
    );
    deps_.events.schedule_changed();
    return this->query(viewer, id);
}

Result<PackQuery> PackService::modify_query(
    const Viewer& viewer, PackQueryId id, const PackQueryChanges& in
) {
    FLEET_CHECK(authorize(viewer, Action::write_packs, Object::global()));
    FLEET_TRY(PackQuery found, query(viewer, id));
    FLEET_TRY(const Pack pack, own(found.pack));
    merge(found.fields, in);
    if (in.query) {
        const auto saved = deps_.queries.find(*in.query);
        if (!saved || !saved->saved) return fail(Error::not_found("Query", to_text(*in.query)));
    }
    FLEET_CHECK(check_pack_query(found.fields));
    FLEET_CHECK(deps_.packs.update_query(id, found.fields, record_edit(viewer, pack)));
    deps_.events.schedule_changed();
    return query(viewer, id);
}

Result<> PackService::remove_query(const Viewer& viewer, PackQueryId id) {
    FLEET_CHECK(authorize(viewer, Action::write_packs, Object::global()));
    FLEET_TRY(const PackQuery found, query(viewer, id));
    FLEET_TRY(const Pack pack, own(found.pack));
    deps_.packs.remove_query(id, record_edit(viewer, pack));
    deps_.events.schedule_changed();
    return {};
}

}  // namespace fleet::service
