#pragma once

#include <optional>
#include <string>

#include "fleet/store/db.hpp"

namespace fleet::store {

struct Logo {
    std::string content_type{};
    std::string image{};
};

/// The organisation's own logos, one for each mode ("light", "dark").
class LogoStore {
public:
    explicit LogoStore(Database& db) : db_{db} {}

    std::optional<Logo> find(const std::string& mode);
    void save(Session& session, const std::string& mode, const Logo& logo);
    /// False when there was none.
    bool remove(Session& session, const std::string& mode);

private:
    Database& db_;
};

}  // namespace fleet::store
