#include "fleet/store/host_email_store.hpp"

#include "sql_list.hpp"

namespace fleet::store {

std::vector<std::pair<HostId, HostEmail>> HostEmailStore::of_hosts(std::span<const HostId> hosts) {
    std::vector<std::pair<HostId, HostEmail>> out;
    for (std::size_t at = 0; at < hosts.size(); at += kMaxList) {
        const std::vector<Param> values =
            id_params(hosts.subspan(at, std::min(kMaxList, hosts.size() - at)));
        const Sql sql{
            "host_emails",
            "SELECT host_id, email, source FROM host_emails WHERE host_id IN " +
                placeholders(values.size()) + " ORDER BY host_id, id"};
        const std::size_t before = out.size();
        db_.read([&](Session& session) {
            out.resize(before);
            session.select(sql, values, [&](const Row& row) {
                out.emplace_back(row.id<HostId>(0), HostEmail{row.str(1), row.str(2)});
            });
        });
    }
    return out;
}

bool HostEmailStore::set(
    HostId host,
    const std::string& source,
    const std::optional<std::string>& email,
    const InTransaction& record
) {
    static const Sql lock{"lock_host_for_email", "SELECT id FROM hosts WHERE id = ? FOR UPDATE"};
    static const Sql remove{
        "delete_host_email", "DELETE FROM host_emails WHERE host_id = ? AND source = ?"};
    static const Sql insert{
        "insert_host_email", "INSERT INTO host_emails (host_id, email, source) VALUES (?, ?, ?)"};
    return with_write(db_, [&](Session& session) {
        if (!session.one(
                lock, [](const Row& row) { return row.u64(0); }, host
            ))
            return false;
        session.execute(remove, host, source);
        if (email) session.execute(insert, host, *email, source);
        record(session);
        return true;
    });
}

}  // namespace fleet::store
