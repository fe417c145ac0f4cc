#pragma once

#include <optional>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/store/host_store.hpp"
#include "fleet/store/software_list_store.hpp"

namespace fleet::service {

/// Which software a list shows; the viewer's own limits are added by the service.
struct SoftwareRequest {
    std::optional<TeamId> team{};  // 0: hosts of no team
    bool nothing = false;          // asks for facts that no software has yet
    Paging paging{};
};

template <class Item>
struct SoftwarePage {
    std::vector<Item> items{};
    std::uint64_t count = 0;
    bool has_next = false;
    std::optional<Time> counted_at{};
};

template <class Item>
struct CountedItem {
    Item item{};
    std::optional<Time> counted_at{};
};

/// A title on one host, with the versions that it has there.
struct HostTitle {
    std::uint64_t id = 0;
    std::vector<store::InstalledSoftware> versions{};  // at least one
};

/// Installed software, reading only (rest-api-b 6, rest-api-a 13.23).
class SoftwareService {
public:
    struct Deps {
        store::SoftwareListStore& lists;
        store::SoftwareStore& installed;
        store::HostStore& hosts;
    };

    explicit SoftwareService(Deps deps) : deps_{deps} {}

    Result<SoftwarePage<store::CountedSoftware>> versions(
        const Viewer& viewer, const SoftwareRequest& request
    );
    Result<std::uint64_t> count_versions(const Viewer& viewer, const SoftwareRequest& request);
    Result<CountedItem<store::CountedSoftware>> version(
        const Viewer& viewer, std::uint64_t id, std::optional<TeamId> team
    );
    Result<SoftwarePage<store::SoftwareTitle>> titles(
        const Viewer& viewer, const SoftwareRequest& request
    );
    Result<CountedItem<store::SoftwareTitle>> title(
        const Viewer& viewer, std::uint64_t id, std::optional<TeamId> team
    );
    Result<SoftwarePage<HostTitle>> of_host(
        const Viewer& viewer, HostId host, const SoftwareRequest& request
    );

private:
    Deps deps_;
};

}  // namespace fleet::service
