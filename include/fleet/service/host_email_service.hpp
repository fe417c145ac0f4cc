#pragma once

#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/roles.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/service/activities.hpp"
#include "fleet/store/host_email_store.hpp"
#include "fleet/store/host_store.hpp"

namespace fleet::service {

/// Who uses a host (rest-api-a 13.14 to 13.16).
class HostEmailService {
public:
    struct Deps {
        store::HostEmailStore& emails;
        store::HostStore& hosts;
        Activities& activities;
    };

    explicit HostEmailService(Deps deps) : deps_{deps} {}

    Result<std::vector<store::HostEmail>> list(const Viewer& viewer, HostId host);
    /// `source`: "custom" (also when empty) or "idp". Returns the whole list.
    Result<std::vector<store::HostEmail>> set(
        const Viewer& viewer, HostId host, const std::string& email, const std::string& source
    );
    Result<> remove_idp(const Viewer& viewer, HostId host);

private:
    Result<store::HostRecord> find(const Viewer& viewer, HostId host, Action action);
    std::vector<store::HostEmail> of(HostId host);

    Deps deps_;
};

}  // namespace fleet::service
