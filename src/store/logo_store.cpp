#include "fleet/store/logo_store.hpp"

namespace fleet::store {
namespace {

const Sql kFind{"find_logo", "SELECT content_type, image FROM org_logos WHERE mode = ?"};
const Sql kSave{
    "save_logo",
    "INSERT INTO org_logos (mode, content_type, image) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE "
    "content_type = VALUES(content_type), image = VALUES(image)"};
const Sql kRemove{"delete_logo", "DELETE FROM org_logos WHERE mode = ?"};

}  // namespace

std::optional<Logo> LogoStore::find(const std::string& mode) {
    return with_read(db_, [&](Session& session) {
        return session.one(
            kFind,
            [](const Row& row) {
                return Logo{row.str(0), row.str(1)};
            },
            mode
        );
    });
}

void LogoStore::save(Session& session, const std::string& mode, const Logo& logo) {
    session.execute(kSave, mode, logo.content_type, logo.image);
}

bool LogoStore::remove(Session& session, const std::string& mode) {
    return session.execute(kRemove, mode) > 0;
}

}  // namespace fleet::store
