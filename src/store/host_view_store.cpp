#include "fleet/store/host_view_store.hpp"

namespace fleet::store {
namespace {

constexpr const char* kSelect =
    "SELECT v.id, v.user_id, u.name, v.name, v.filters, v.shared, v.created_at, v.updated_at "
    "FROM host_views v JOIN users u ON u.id = v.user_id";

HostListView to_view(const Row& row) {
    HostListView out;
    out.id = row.id<HostViewId>(0);
    out.owner = row.id<UserId>(1);
    out.owner_name = row.str(2);
    out.name = row.str(3);
    out.filters = row.str(4);
    out.shared = row.boolean(5);
    out.created_at = row.time(6);
    out.updated_at = row.time(7);
    return out;
}

template <class Body>
auto write_view(Database& db, Body&& body) -> std::invoke_result_t<Body, Session&> {
    try {
        return with_write(db, std::forward<Body>(body));
    } catch (const DbError& error) {
        if (error.fault == DbFault::duplicate) return fail(Error::conflict("View", "name"));
        throw;
    }
}

}  // namespace

std::vector<HostListView> HostViewStore::list(UserId user) {
    // Indexes host_views_name and host_views_shared.
    static const Sql sql{
        "list_host_views",
        std::string{kSelect} + " WHERE v.user_id = ? OR v.shared = 1 ORDER BY v.name, v.id"};
    return with_read(db_, [&](Session& session) { return session.rows(sql, to_view, user); });
}

std::optional<HostListView> HostViewStore::find(HostViewId id) {
    static const Sql sql{"find_host_view", std::string{kSelect} + " WHERE v.id = ?"};
    return with_read(db_, [&](Session& session) { return session.one(sql, to_view, id); });
}

std::uint64_t HostViewStore::count_of(UserId user) {
    static const Sql sql{"count_host_views", "SELECT COUNT(*) FROM host_views WHERE user_id = ?"};
    return with_read(db_, [&](Session& session) {
        return session
            .one(
                sql, [](const Row& row) { return row.u64(0); }, user
            )
            .value_or(0);
    });
}

Result<HostViewId> HostViewStore::insert(const HostListView& view) {
    static const Sql sql{
        "insert_host_view",
        "INSERT INTO host_views (user_id, name, filters, shared) VALUES (?, ?, ?, ?)"};
    return write_view(db_, [&](Session& session) -> Result<HostViewId> {
        return HostViewId{session.insert(sql, view.owner, view.name, view.filters, view.shared)};
    });
}

Result<> HostViewStore::update(const HostListView& view) {
    static const Sql sql{
        "update_host_view", "UPDATE host_views SET name = ?, filters = ?, shared = ? WHERE id = ?"};
    return write_view(db_, [&](Session& session) -> Result<> {
        session.execute(sql, view.name, view.filters, view.shared, view.id);
        return {};
    });
}

void HostViewStore::remove(HostViewId id) {
    static const Sql sql{"delete_host_view", "DELETE FROM host_views WHERE id = ?"};
    db_.write([&](Session& session) { session.execute(sql, id); });
}

}  // namespace fleet::store
