#include <algorithm>

#include "fleet/store/campaign_store.hpp"
#include "sql_list.hpp"

namespace fleet::store {
namespace {

constexpr const char* kAllHosts = "All Hosts";

const Sql kTeamOfHost{"live_team_of_host", "SELECT team_id FROM hosts WHERE id = ?"};

/// A condition with the values it binds.
struct Where {
    std::string text{};
    std::vector<Param> values{};

    void add(const std::string& condition, std::vector<Param> bound) {
        if (!text.empty()) text += " AND ";
        text += condition;
        for (auto& value : bound)
            values.push_back(std::move(value));
    }
    std::string sql() const { return text.empty() ? "1 = 1" : text; }
};

void add_visible(Where& where, const VisibleTeams& visible) {
    if (!visible) return;
    if (visible->empty()) return where.add("1 = 0", {});
    const auto values = id_params<TeamId>(*visible);
    where.add("h.team_id IN " + placeholders(values.size()), values);
}

void add_labels(Where& where, const std::vector<LabelId>& labels) {
    if (labels.empty()) return;
    const auto values = id_params<LabelId>(labels);
    where.add(
        "EXISTS (SELECT 1 FROM label_membership m WHERE m.host_id = h.id AND m.label_id IN " +
            placeholders(values.size()) + ")",
        values
    );
}

void add_teams(Where& where, const std::vector<TeamId>& teams) {
    if (teams.empty()) return;
    std::vector<TeamId> real;
    for (const auto team : teams) {
        if (team != TeamId{}) real.push_back(team);
    }
    std::string text;
    std::vector<Param> values;
    if (real.size() < teams.size()) text = "h.team_id IS NULL";
    if (!real.empty()) {
        values = id_params<TeamId>(real);
        if (!text.empty()) text += " OR ";
        text += "h.team_id IN " + placeholders(values.size());
    }
    where.add("(" + text + ")", std::move(values));
}

/// The picked labels by kind; unknown ids are left out.
struct LabelGroups {
    std::vector<LabelId> builtin{}, own{};
    bool all_hosts = false;
};

LabelGroups split_labels(Session& session, const std::vector<LabelId>& labels) {
    LabelGroups groups;
    if (labels.empty()) return groups;
    const auto values = id_params<LabelId>(labels);
    session.select(
        Sql{"live_label_kinds",
            "SELECT id, name, label_type FROM labels WHERE id IN " + placeholders(values.size())},
        values,
        [&](const Row& row) {
            const bool builtin = row.i64(2) == 1;
            (builtin ? groups.builtin : groups.own).push_back(row.id<LabelId>(0));
            groups.all_hosts = groups.all_hosts || (builtin && row.str(1) == kAllHosts);
        }
    );
    return groups;
}

std::string like_pattern(const std::string& text) {
    std::string out = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') out += '\\';
        out += c;
    }
    return out + "%";
}

template <class Id>
void add_excluded(Where& where, const char* column, const std::vector<Id>& excluded) {
    if (excluded.empty()) return;
    const std::span<const Id> some{excluded.data(), std::min(kMaxList, excluded.size())};
    const auto values = id_params(some);
    where.add(std::string{column} + " NOT IN " + placeholders(values.size()), values);
}

}  // namespace

std::vector<HostId> CampaignStore::resolve(
    const TargetSelection& selection, const VisibleTeams& visible
) {
    return with_read(db_, [&](Session& session) {
        std::vector<HostId> out;
        const auto collect = [&](const char* name, const Where& where) {
            session.select(
                Sql{name, "SELECT h.id FROM hosts h WHERE " + where.sql()},
                where.values,
                [&](const Row& row) { out.push_back(row.id<HostId>(0)); }
            );
        };
        const auto groups = split_labels(session, selection.labels);
        const bool any_group =
            !groups.builtin.empty() || !groups.own.empty() || !selection.teams.empty();
        // Labels that no longer exist must not widen the selection to everything.
        if (any_group) {
            Where where;
            add_visible(where, visible);
            if (!groups.all_hosts) {
                add_labels(where, groups.builtin);
                add_labels(where, groups.own);
                add_teams(where, selection.teams);
            }
            collect("live_resolve_groups", where);
        }
        for (std::size_t at = 0; at < selection.hosts.size(); at += kMaxList) {
            const std::span<const HostId> some{
                selection.hosts.data() + at, std::min(kMaxList, selection.hosts.size() - at)};
            const auto values = id_params(some);
            Where where;
            add_visible(where, visible);
            where.add("h.id IN " + placeholders(values.size()), values);
            collect("live_resolve_hosts", where);
        }
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    });
}

// Indexes hosts_hostname, hosts_uuid, hosts_serial: one statement each, so that each is used.
std::vector<HostId> CampaignStore::hosts_by_identifiers(const std::vector<std::string>& identifiers
) {
    return with_read(db_, [&](Session& session) {
        std::vector<HostId> out;
        for (std::size_t at = 0; at < identifiers.size(); at += kMaxList) {
            const auto end = std::min(at + kMaxList, identifiers.size());
            std::vector<Param> values;
            for (auto i = at; i < end; ++i) {
                if (!identifiers[i].empty()) values.emplace_back(identifiers[i]);
            }
            if (values.empty()) continue;
            for (const std::string column : {"hostname", "uuid", "hardware_serial"}) {
                session.select(
                    Sql{"live_hosts_by_" + column,
                        "SELECT id FROM hosts WHERE " + column + " IN " +
                            placeholders(values.size())},
                    values,
                    [&](const Row& row) { out.push_back(row.id<HostId>(0)); }
                );
            }
        }
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    });
}

std::optional<std::optional<TeamId>> CampaignStore::team_of_host(HostId host) {
    return with_read(db_, [&](Session& session) {
        return session.one(
            kTeamOfHost, [](const Row& row) { return row.opt_id<TeamId>(0); }, host
        );
    });
}

std::map<std::string, LabelId> CampaignStore::labels_by_names(const std::vector<std::string>& names
) {
    std::map<std::string, LabelId> out;
    if (names.empty()) return out;
    std::vector<Param> values;
    for (const auto& name : names)
        values.emplace_back(name);
    db_.read([&](Session& session) {
        session.select(
            Sql{"live_labels_by_names",
                "SELECT name, id FROM labels WHERE name IN " + placeholders(values.size())},
            values,
            [&](const Row& row) { out.emplace(row.str(0), row.id<LabelId>(1)); }
        );
    });
    return out;
}

std::vector<HostName> CampaignStore::host_names(const std::vector<HostId>& hosts) {
    std::vector<HostName> out;
    out.reserve(hosts.size());
    for (std::size_t at = 0; at < hosts.size(); at += kMaxList) {
        const std::span<const HostId> some{
            hosts.data() + at, std::min(kMaxList, hosts.size() - at)};
        const auto values = id_params(some);
        db_.read([&](Session& session) {
            session.select(
                Sql{"live_host_names",
                    "SELECT id, hostname, display_name FROM hosts WHERE id IN " +
                        placeholders(values.size()) + " ORDER BY id"},
                values,
                [&](const Row& row) {
                    out.push_back({row.id<HostId>(0), row.str(1), row.str(2)});
                }
            );
        });
    }
    return out;
}

std::uint64_t CampaignStore::count_created_since(const std::vector<HostId>& hosts, Time since) {
    // Index hosts_created: few hosts are new, so they are read and looked up in the list.
    std::uint64_t count = 0;
    db_.read([&](Session& session) {
        count = 0;
        session.select(
            Sql{"live_new_hosts", "SELECT id FROM hosts WHERE created_at > ?"},
            params(since),
            [&](const Row& row) {
                const auto id = row.id<HostId>(0);
                if (std::binary_search(hosts.begin(), hosts.end(), id)) ++count;
            }
        );
    });
    return count;
}

std::vector<HostId> CampaignStore::search_hosts(
    const std::string& text,
    const VisibleTeams& visible,
    const std::vector<HostId>& excluded,
    std::size_t limit
) {
    Where where;
    add_visible(where, visible);
    add_excluded(where, "h.id", excluded);
    std::string order = "h.id";
    std::vector<Param> values;
    if (!text.empty()) {
        const auto pattern = like_pattern(text);
        // As in lists of hosts: with @ also addresses of those who use them.
        std::string any =
            "(h.display_name LIKE ? OR h.hostname LIKE ? OR h.computer_name LIKE ? OR "
            "h.hardware_serial LIKE ? OR h.uuid LIKE ? OR h.primary_ip LIKE ?";
        auto patterns = params(pattern, pattern, pattern, pattern, pattern, pattern);
        if (text.find('@') != std::string::npos) {
            any += " OR h.id IN (SELECT e.host_id FROM host_emails e WHERE e.email LIKE ?)";
            patterns.emplace_back(pattern);
        }
        where.add(any + ")", std::move(patterns));
        order = "(h.display_name = ? OR h.hostname = ?) DESC, h.display_name, h.id";
    }
    values = where.values;
    if (!text.empty()) {
        for (auto&& value : params(text, text))
            values.push_back(std::move(value));
    }
    values.emplace_back(std::uint64_t{limit});
    std::vector<HostId> out;
    db_.read([&](Session& session) {
        out.clear();
        session.select(
            Sql{"live_search_hosts",
                "SELECT h.id FROM hosts h WHERE " + where.sql() + " ORDER BY " + order +
                    " LIMIT ?"},
            values,
            [&](const Row& row) { out.push_back(row.id<HostId>(0)); }
        );
    });
    return out;
}

std::vector<LabelBrief> CampaignStore::search_labels(
    const std::string& text,
    const VisibleTeams& visible,
    const std::vector<LabelId>& excluded,
    std::size_t limit
) {
    Where where;
    if (visible && visible->empty()) where.add("team_id IS NULL", {});
    if (visible && !visible->empty()) {
        const auto teams = id_params<TeamId>(*visible);
        where.add("(team_id IS NULL OR team_id IN " + placeholders(teams.size()) + ")", teams);
    }
    add_excluded(where, "id", excluded);
    if (!text.empty()) where.add("name LIKE ?", params(like_pattern(text)));
    auto values = where.values;
    values.emplace_back(std::uint64_t{limit});
    std::vector<LabelBrief> out;
    db_.read([&](Session& session) {
        out.clear();
        session.select(
            Sql{"live_search_labels",
                "SELECT id, name, description, query, platform, label_type, membership, "
                "host_count, created_at, updated_at FROM labels WHERE " +
                    where.sql() + " ORDER BY name LIMIT ?"},
            values,
            [&](const Row& row) {
                out.push_back(
                    {.id = row.id<LabelId>(0),
                     .name = row.str(1),
                     .description = row.str(2),
                     .query = row.str(3),
                     .platform = row.str(4),
                     .builtin = row.i64(5) == 1,
                     .membership = row.i64(6),
                     .hosts = row.u64(7),
                     .created_at = row.time(8),
                     .updated_at = row.time(9)}
                );
            }
        );
    });
    return out;
}

std::vector<TeamBrief> CampaignStore::search_teams(
    const std::string& text,
    const VisibleTeams& visible,
    const std::vector<TeamId>& excluded,
    std::size_t limit
) {
    Where where;
    add_excluded(where, "t.id", excluded);
    if (visible) {
        if (visible->empty()) return {};
        const auto ids = id_params<TeamId>(*visible);
        where.add("t.id IN " + placeholders(ids.size()), ids);
    }
    if (!text.empty()) where.add("t.name LIKE ?", params(like_pattern(text)));
    auto values = where.values;
    values.emplace_back(std::uint64_t{limit});
    std::vector<TeamBrief> out;
    db_.read([&](Session& session) {
        out.clear();
        session.select(
            Sql{"live_search_teams",
                "SELECT t.id, t.name, t.description, t.created_at, "
                "(SELECT COUNT(*) FROM hosts h WHERE h.team_id = t.id) FROM teams t WHERE " +
                    where.sql() + " ORDER BY t.name LIMIT ?"},
            values,
            [&](const Row& row) {
                out.push_back(
                    {.id = row.id<TeamId>(0),
                     .name = row.str(1),
                     .description = row.str(2),
                     .hosts = row.u64(4),
                     .created_at = row.time(3)}
                );
            }
        );
    });
    return out;
}

}  // namespace fleet::store
