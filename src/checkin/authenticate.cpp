#include "checkins_impl.hpp"
#include "fleet/core/log.hpp"
#include "fleet/core/worker_pool.hpp"

namespace fleet::checkin {

bool Checkins::Impl::on_worker(const Reply& reply, std::function<void()> job) {
    const auto guarded = [reply, job = std::move(job)] {
        try {
            job();
        } catch (const store::DbError& error) {
            fleet::log::error("agent request failed", {{"detail", error.what()}});
            reply(refusal(500, kStoreDown));
        } catch (const std::exception& error) {
            fleet::log::error("agent request failed", {{"detail", error.what()}});
            reply(refusal(500, "internal error, try again later"));
        }
    };
    if (deps.workers.submit(guarded)) return true;
    reply(refusal(503, kBusy));
    return false;
}

/// Memory first; a key that memory does not know may belong to a host that enrolled through
/// another instance, so only the database's word makes it invalid (agent-api B.1).
void Checkins::Impl::with_host(
    std::string body_key, std::string header_key, Reply reply, WithHost next
) {
    std::vector<Digest> keys;
    if (!header_key.empty()) keys.push_back(sha256(header_key));
    if (options.body_key_allowed && !body_key.empty() && body_key != header_key) {
        keys.push_back(sha256(body_key));
    }
    if (keys.empty()) {
        return reply(refusal(401, "authentication error: missing node key", NodeInvalid::yes));
    }
    const Time now = deps.clock.now();
    for (const Digest& key : keys) {
        if (HostRef entry = hosts.find(key)) {
            entry->mark_seen(now);
            return next(std::move(entry), std::move(reply));
        }
    }
    const auto invalid = [] {
        return refusal(401, "authentication error: invalid node key", NodeInvalid::yes);
    };
    std::erase_if(keys, [&](const Digest& key) { return lookups.known_bad(key); });
    if (keys.empty()) return reply(invalid());
    on_worker(reply, [this, keys = std::move(keys), reply, next = std::move(next), invalid] {
        for (const Digest& key : keys) {
            auto facts = deps.store.find_by_key(key);
            if (!facts) {
                lookups.remember_bad(key);
                continue;
            }
            HostRef entry = put_host(std::move(*facts));
            entry->mark_seen(deps.clock.now());
            return next(std::move(entry), reply);
        }
        reply(invalid());
    });
}

}  // namespace fleet::checkin
