#pragma once

#include <optional>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/viewer.hpp"
#include "fleet/store/label_store.hpp"

namespace fleet::service {

struct LabelWithHosts {
    store::Label label{};
    std::vector<HostId> hosts{};  // those that the viewer may see
};

/// Labels, reading only (rest-api-a 14.5 to 14.7).
class LabelService {
public:
    explicit LabelService(store::LabelStore& labels) : labels_{labels} {}

    Result<std::vector<store::Label>> list(
        const Viewer& viewer, store::LabelFilter filter, const Paging& paging
    );
    Result<LabelWithHosts> get(const Viewer& viewer, LabelId id);

private:
    store::LabelStore& labels_;
};

}  // namespace fleet::service
