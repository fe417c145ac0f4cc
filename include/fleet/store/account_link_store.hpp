#pragma once

#include <optional>
#include <string>

#include "fleet/core/crypto.hpp"
#include "fleet/core/ids.hpp"
#include "fleet/store/db.hpp"

namespace fleet::store {

/// What a mailed link is good for.
enum class LinkKind { password_reset, sign_in, email_change };

struct AccountLink {
    UserId user{};
    std::string email{};  // the new address, of an email_change
    Time expires_at{};
};

/// Links that were mailed to users, looked up by the digest of their token.
class AccountLinkStore {
public:
    explicit AccountLinkStore(Database& db) : db_{db} {}

    /// Expired ones, too.
    std::optional<AccountLink> find(LinkKind kind, const Digest& token);
    /// A user has one link of a kind: an older one ends.
    void replace(Session& session, LinkKind kind, const Digest& token, const AccountLink& link);
    /// True for one caller only, however many try at once.
    bool take(Session& session, LinkKind kind, const Digest& token);
    void remove_all(Session& session, UserId user, LinkKind kind);
    /// At most a thousand; true when there may be more.
    bool delete_expired(Time now);

private:
    Database& db_;
};

}  // namespace fleet::store
