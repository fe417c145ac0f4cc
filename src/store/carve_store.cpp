#include "fleet/store/carve_store.hpp"

#include <array>

#include "sql_where.hpp"

namespace fleet::store {
namespace {

using Kind = SortKey::Kind;

constexpr std::array kSortKeys{
    SortKey{"id", "id", Kind::number},
    SortKey{"created_at", "created_at", Kind::time},
    SortKey{"name", "name"},
    SortKey{"host_id", "host_id", Kind::number},
    SortKey{"carve_size", "carve_size", Kind::number},
    SortKey{"block_count", "block_count", Kind::number},
};

constexpr const char* kSelect =
    "SELECT id, host_id, created_at, name, carve_id, request_id, session_id, block_count, "
    "block_size, carve_size, max_block, expired, error FROM carves";

Carve to_carve(const Row& row) {
    return {
        .id = row.id<CarveId>(0),
        .host = row.id<HostId>(1),
        .created_at = row.time(2),
        .name = row.str(3),
        .carve_id = row.str(4),
        .request_id = row.str(5),
        .session_id = row.str(6),
        .block_count = row.i64(7),
        .block_size = row.i64(8),
        .carve_size = row.i64(9),
        .max_block = row.i64(10),
        .expired = row.boolean(11),
        .error = row.str(12)};
}

}  // namespace

Result<std::vector<Carve>> CarveStore::list(ExpiredCarves expired, const Paging& paging) {
    FLEET_TRY(const SortKey key, sort_key(kSortKeys, paging.order_key));
    Where where;
    if (expired == ExpiredCarves::hide) where.add("expired = 0");
    FLEET_CHECK(add_cursor(where, key, paging));
    const std::string page = page_text(where, key, "id", paging);
    const Sql sql{"list_carves", kSelect + where.text() + page};
    return with_read(db_, [&](Session& session) {
        std::vector<Carve> out;
        session.select(sql, where.values(), [&](const Row& row) { out.push_back(to_carve(row)); });
        return out;
    });
}

std::optional<Carve> CarveStore::find(CarveId id) {
    static const Sql sql{"find_carve", std::string{kSelect} + " WHERE id = ?"};
    return with_read(db_, [&](Session& session) { return session.one(sql, to_carve, id); });
}

std::optional<std::string> CarveStore::block(CarveId id, std::int64_t block_id) {
    static const Sql sql{
        "carve_block", "SELECT data FROM carve_blocks WHERE carve_id = ? AND block_id = ?"};
    return with_read(db_, [&](Session& session) {
        return session.one(
            sql, [](const Row& row) { return row.str(0); }, id, block_id
        );
    });
}

}  // namespace fleet::store
