#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "fleet/core/software.hpp"

namespace fleet::store {
class SoftwareCatalog;
}

namespace fleet::checkin {

/// True for detail queries that list software, by name without prefix.
bool is_software_query(std::string_view name);

/// The software answers of one distributed write, merged as agent-api B.8.4 says.
class SoftwareAnswers {
public:
    /// An answer that succeeded; `rows_json` must outlive this.
    void add(std::string_view name, std::string_view rows_json);
    /// Without the platform's main query the others say nothing: its failure must not look like a
    /// machine without software.
    bool complete() const { return !main_.empty(); }

    /// Hash of the answers as they came; never 0. Equal: nothing has changed.
    std::uint64_t text_hash() const;
    /// Text is kept only of what `catalog` does not know. Null when the rows are no JSON.
    std::shared_ptr<SoftwareReport> report(const store::SoftwareCatalog& catalog) const;

private:
    std::vector<std::string_view> main_{}, extras_{}, python_{};
};

}  // namespace fleet::checkin
