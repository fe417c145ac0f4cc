#include <algorithm>
#include <array>

#include "enroll_secrets.hpp"
#include "fleet/core/utf8.hpp"
#include "fleet/store/checkin_store.hpp"
#include "host_columns.hpp"
#include "policy_answers.hpp"
#include "sql_list.hpp"
#include "team_moves.hpp"

namespace fleet::store {
namespace {

using namespace std::chrono_literals;

/// A host that spoke this recently is taken to be alive when another claims its identity.
constexpr auto kAlive = 10min;

const Sql kFindInstance{
    "find_host_instance",
    "SELECT host_id, enrolled_at FROM host_identities WHERE identifier = ? AND instance_id = ?"};
const Sql kFindHost{
    "find_host_identity",
    "SELECT h.id, h.hostname, h.hardware_serial, h.last_enrolled_at, s.seen_at, h.team_id "
    "FROM hosts h LEFT JOIN host_seen s ON s.host_id = h.id WHERE h.osquery_host_id = ? FOR "
    "UPDATE"};
const Sql kOtherInstances{
    "other_host_instances",
    "SELECT COUNT(*) FROM host_identities WHERE host_id = ? AND instance_id <> ? AND "
    "enrolled_at > ?"};
const Sql kInsertHost{
    "insert_host",
    "INSERT INTO hosts (osquery_host_id, node_key_digest, team_id, created_at, updated_at, "
    "identity_changed_at, last_enrolled_at, duplicate_identity) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
const Sql kReenroll{
    "reenroll_host",
    "UPDATE hosts SET node_key_digest = ?, team_id = ?, last_enrolled_at = ?, "
    "identity_changed_at = ?, updated_at = ? WHERE id = ?"};
// Other teams have other labels.
const Sql kAskLabels{
    "ask_labels_again", "UPDATE hosts SET label_updated_at = '1970-01-02 00:00:00' WHERE id = ?"};
// The first rows that come with an enrolment may be poorer than the stored vitals, so the next
// full answer must not be taken for "unchanged".
const Sql kForgetVitals{
    "forget_vitals_digest", "DELETE FROM host_digests WHERE host_id = ? AND kind = 'vitals'"};
const Sql kMarkDuplicate{
    "mark_duplicate", "UPDATE hosts SET duplicate_identity = 1, updated_at = ? WHERE id = ?"};
const Sql kSaveInstance{
    "save_host_instance",
    "INSERT INTO host_identities (identifier, instance_id, host_id, enrolled_at) "
    "VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE host_id = VALUES(host_id), "
    "enrolled_at = VALUES(enrolled_at)"};
const Sql kSaveSeen{
    "enroll_seen",
    "INSERT INTO host_seen (host_id, seen_at) VALUES (?, ?) "
    "ON DUPLICATE KEY UPDATE seen_at = GREATEST(seen_at, VALUES(seen_at))"};

struct Known {
    HostId id{};
    std::string hostname{}, serial{};
    Time last_enrolled{};
    std::optional<Time> seen{};
    std::optional<TeamId> team{};
};

std::optional<Known> find_host(Session& session, const std::string& identifier) {
    return session.one(
        kFindHost,
        [](const Row& row) {
            return Known{
                row.id<HostId>(0),
                row.str(1),
                row.str(2),
                row.time(3),
                row.opt_time(4),
                row.opt_id<TeamId>(5)};
        },
        identifier
    );
}

/// Two machines are told apart by what a reinstalled agent on one machine would not change.
bool looks_different(const Known& known, const EnrollRequest& request) {
    const auto differs = [](const std::string& stored, const std::optional<std::string>& sent) {
        return !stored.empty() && sent && !sent->empty() && stored != *sent;
    };
    return differs(known.hostname, request.vitals.hostname) ||
           differs(known.serial, request.vitals.hardware_serial);
}

/// Which row an enrolment belongs to (agent-api B.2 step 5), extended so that two machines under
/// one identifier each get a row: the second becomes "<identifier>+<instance>".
struct Match {
    std::string identifier{};
    std::optional<Known> known{};
    std::optional<HostId> clone_of{};
};

Match match(Session& session, const EnrollRequest& request) {
    const std::string own = clipped(request.identifier + "+" + request.instance_id, 512);
    if (!request.instance_id.empty()) {
        if (auto clone = find_host(session, own)) return {own, std::move(clone), {}};
    }
    auto known = find_host(session, request.identifier);
    if (!known || request.instance_id.empty()) return {request.identifier, std::move(known), {}};

    const auto instance = session.one(
        kFindInstance,
        [](const Row& row) {
            return std::pair{row.id<HostId>(0), row.time(1)};
        },
        clipped(request.identifier, 400),
        clipped(request.instance_id, 128)
    );
    const Time last_sign_of_life = std::max(known->last_enrolled, known->seen.value_or(Time{}));
    const bool alive = last_sign_of_life + kAlive > request.at;
    if (instance) {
        // This installation had the row before. If another one took it since and is alive, they
        // alternate: two machines.
        const bool taken = session
                               .one(
                                   kOtherInstances,
                                   [](const Row& row) { return row.u64(0); },
                                   known->id,
                                   request.instance_id,
                                   instance->second
                               )
                               .value_or(0) > 0;
        if (!taken || !alive) return {request.identifier, std::move(known), {}};
        const HostId original = known->id;
        return {own, std::nullopt, original};
    }
    if (alive && looks_different(*known, request)) {
        const HostId original = known->id;
        return {own, std::nullopt, original};
    }
    return {request.identifier, std::move(known), {}};
}

LabelChanges builtin_changes(
    const std::vector<BuiltinLabel>& labels, HostId host, std::string_view platform, Platform family
) {
    LabelChanges out;
    for (const BuiltinLabel& label : labels) {
        const bool all = label.platform.empty();
        const bool member = all || label.platform == platform || label.platform == to_text(family);
        if (member) out[label.id].joined.push_back(host);
    }
    return out;
}

EnrollOutcome enroll_one(
    Session& session,
    const EnrollRequest& request,
    EnrollSecrets& secrets,
    const std::vector<BuiltinLabel>& labels,
    LabelChanges& label_changes,
    PolicyCountChanges& policy_counts
) {
    EnrollSecrets::Entry* secret = secrets.find(request.secret);
    EnrollOutcome out;
    if (secret == nullptr) return out;
    out.secret_name = secret->name;
    out.kind = secret->state_at(request.at);
    if (out.kind != EnrollOutcome::Kind::enrolled) return out;
    const std::optional<TeamId> team = secret->team;

    Match found = match(session, request);
    const bool duplicate = found.clone_of.has_value();
    HostId host{};
    const bool created = !found.known;
    if (found.known) {
        host = found.known->id;
        const bool cooling = request.cooldown.count() > 0 &&
                             found.known->last_enrolled + request.cooldown > request.at;
        if (cooling) {
            out.kind = EnrollOutcome::Kind::too_soon;
            out.host = host;
            return out;
        }
        if (found.known->team != team) {
            const std::array moved{host};
            leave_other_teams(session, moved, team, label_changes);
            session.execute(kAskLabels, host);
        }
        // agent-api B.2 step 7: it answers its policies anew.
        forget_policy_answers(
            session, {{host, found.known->team.value_or(TeamId{0})}}, Rows::go, policy_counts
        );
        session.execute(
            kReenroll, request.node_key, team, request.at, request.at, request.at, host
        );
        session.execute(kForgetVitals, host);
    } else {
        host = HostId{session.insert(
            kInsertHost,
            found.identifier,
            request.node_key,
            team,
            request.at,
            request.at,
            request.at,
            request.at,
            duplicate
        )};
    }
    if (duplicate) session.execute(kMarkDuplicate, request.at, *found.clone_of);
    if (!request.instance_id.empty()) {
        session.execute(
            kSaveInstance,
            clipped(request.identifier, 400),
            clipped(request.instance_id, 128),
            host,
            request.at
        );
    }
    session.execute(kSaveSeen, host, request.at);
    update_vitals(session, host, request.vitals, request.at);
    if (created) {
        const std::string platform = request.vitals.platform.value_or("");
        const Platform family = generic_platform(
            platform, request.vitals.platform_like.value_or(""), request.platform_mask
        );
        session.execute(
            Sql{"set_platform_family", "UPDATE hosts SET generic_platform = ? WHERE id = ?"},
            to_text(family),
            host
        );
        for (auto& [label, change] : builtin_changes(labels, host, platform, family)) {
            auto& all = label_changes[label].joined;
            all.insert(all.end(), change.joined.begin(), change.joined.end());
        }
    }
    secret->uses += 1;
    secret->last_used = request.at;
    out.host = host;
    out.created = created;
    out.duplicate_identity = duplicate;
    return out;
}

}  // namespace

std::vector<EnrollOutcome> CheckinStore::enroll(std::span<const EnrollRequest> requests) {
    const std::vector<BuiltinLabel> labels = builtin_labels();
    return with_write(db_, [&](Session& session) {
        std::vector<EnrollOutcome> out;
        LabelChanges label_changes;
        PolicyCountChanges policy_counts;
        EnrollSecrets secrets{session, requests};
        for (const EnrollRequest& request : requests) {
            out.push_back(
                enroll_one(session, request, secrets, labels, label_changes, policy_counts)
            );
        }
        write_label_changes(session, label_changes);
        std::vector<HostId> enrolled;
        for (const EnrollOutcome& outcome : out) {
            if (outcome.kind == EnrollOutcome::Kind::enrolled) enrolled.push_back(outcome.host);
        }
        // Their attributes are new, and the secret may have moved them to another team.
        if (!enrolled.empty()) reconcile_labels_of_moved(session, enrolled);
        write_policy_counts(session, policy_counts);
        secrets.save(session);
        return out;
    });
}

}  // namespace fleet::store
