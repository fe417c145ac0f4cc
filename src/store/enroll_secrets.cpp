#include "enroll_secrets.hpp"

#include <algorithm>
#include <vector>

namespace fleet::store {
namespace {

constexpr const char* kSelect =
    "SELECT id, team_id, name, expires_at, use_limit, use_count FROM enroll_secrets ";

const Sql kFind{"find_enroll_secret", std::string{kSelect} + "WHERE secret_digest = ?"};
const Sql kLock{"lock_enroll_secret", std::string{kSelect} + "WHERE id = ? FOR UPDATE"};
const Sql kUse{
    "use_enroll_secret",
    "UPDATE enroll_secrets SET use_count = use_count + ?, "
    "last_used_at = GREATEST(COALESCE(last_used_at, ?), ?) WHERE id = ?"};

EnrollSecrets::Entry to_entry(const Row& row) {
    EnrollSecrets::Entry out;
    out.id = row.u64(0);
    out.team = row.opt_id<TeamId>(1);
    out.name = row.str(2);
    out.expires_at = row.opt_time(3);
    out.use_limit = row.opt_u64(4);
    out.use_count = row.u64(5);
    return out;
}

}  // namespace

EnrollOutcome::Kind EnrollSecrets::Entry::state_at(Time now) const {
    if (expires_at && *expires_at <= now) return EnrollOutcome::Kind::expired_secret;
    if (use_limit && use_count + uses >= *use_limit) return EnrollOutcome::Kind::used_up_secret;
    return EnrollOutcome::Kind::enrolled;
}

EnrollSecrets::EnrollSecrets(Session& session, std::span<const EnrollRequest> requests) {
    std::vector<std::optional<Entry>*> limited;
    for (const EnrollRequest& request : requests) {
        const auto [at, is_new] = entries_.try_emplace(request.secret);
        if (!is_new) continue;
        at->second = session.one(kFind, to_entry, request.secret);
        if (at->second && at->second->use_limit) limited.push_back(&at->second);
    }
    // In id order, as every writer of several rows does.
    std::sort(limited.begin(), limited.end(), [](const auto* a, const auto* b) {
        return (*a)->id < (*b)->id;
    });
    for (std::optional<Entry>* entry : limited)
        *entry = session.one(kLock, to_entry, (*entry)->id);
}

EnrollSecrets::Entry* EnrollSecrets::find(const Digest& digest) {
    const auto found = entries_.find(digest);
    return found == entries_.end() || !found->second ? nullptr : &*found->second;
}

void EnrollSecrets::save(Session& session) const {
    std::vector<const Entry*> used;
    for (const auto& [digest, entry] : entries_) {
        if (entry && entry->uses > 0) used.push_back(&*entry);
    }
    std::sort(used.begin(), used.end(), [](const Entry* a, const Entry* b) {
        return a->id < b->id;
    });
    for (const Entry* entry : used)
        session.execute(kUse, entry->uses, entry->last_used, entry->last_used, entry->id);
}

}  // namespace fleet::store
