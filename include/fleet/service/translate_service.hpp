#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/store/host_store.hpp"
#include "fleet/store/label_store.hpp"
#include "fleet/store/user_store.hpp"

namespace fleet::service {

/// Something that a client knows by another name than its id.
struct NamedThing {
    std::string type{}, identifier{};
    std::uint64_t id = 0;
};

/// Ids for names (rest-api-a 18).
class TranslateService {
public:
    struct Deps {
        store::UserStore& users;
        store::LabelStore& labels;
        store::HostStore& hosts;
    };

    explicit TranslateService(Deps deps) : deps_{deps} {}

    /// 404 for the first that is unknown or that the viewer may not read.
    Result<std::vector<NamedThing>> translate(const Viewer& viewer, std::vector<NamedThing> things);

private:
    Result<std::uint64_t> id_of(const Viewer& viewer, const NamedThing& thing);

    Deps deps_;
};

}  // namespace fleet::service
