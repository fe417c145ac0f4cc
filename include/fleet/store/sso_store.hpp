#pragma once

#include <optional>
#include <string>

#include "fleet/core/crypto.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// A sign-on that was started here.
struct SsoRequest {
    std::string id{};  // the answer must name it
    std::string relay_url{};
    Time expires_at{};
};

/// Single sign-ons under way, and the answers that were taken.
class SsoStore {
public:
    explicit SsoStore(Database& db) : db_{db} {}

    void insert(const Digest& cookie, const SsoRequest& request);
    /// Found once only, expired ones, too.
    std::optional<SsoRequest> take(const Digest& cookie);
    /// False when that answer was taken before.
    bool note_assertion(const Digest& id, Time expires_at);
    /// At most a thousand of each; true when there may be more.
    bool delete_expired(Time now);

private:
    Database& db_;
};

}  // namespace fleet::store
