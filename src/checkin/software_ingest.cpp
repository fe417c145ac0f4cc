#include "fleet/checkin/software_ingest.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <unordered_set>

#include "fleet/core/software_facts.hpp"
#include "fleet/core/utf8.hpp"
#include "fleet/store/software_catalog.hpp"
#include "software_rows.hpp"

namespace fleet::checkin {
namespace {

constexpr std::string_view kDistributionPrefix = "python3-";

bool is_main(std::string_view name) {
    return name == "software_macos" || name == "software_linux" || name == "software_windows" ||
           name == "software_chrome";
}

/// Collects rows into a report.
class Collector {
public:
    explicit Collector(const store::SoftwareCatalog& catalog) : catalog_{catalog} {}

    void add(const SoftwareRow& row) {
        const SoftwareView& s = row.software;
        // Shortcuts that a virtual machine leaves for each program of its guest.
        if (s.bundle_identifier.starts_with("com.parallels.winapp")) return;
        if (s.source == "deb_packages" || s.source == "rpm_packages") {
            has_packages_ = true;
            if (s.name.starts_with(kDistributionPrefix)) packaged_.emplace(s.name);
        }
        const ContentDigest digest = software_digest(s);
        report_->members.push_back(digest);
        if (!catalog_.knows(digest)) report_->news.emplace_back(digest, to_owned(s));
        if (!row.installed_path.empty()) {
            paths_.emplace_back(software_key(digest), row.installed_path);
        }
        if (row.last_opened > 0) opened_.emplace_back(software_key(digest), row.last_opened);
    }

    /// Where the distribution packages Python modules itself, the name is spelled as it does, and
    /// its own entry is the better one. After all others.
    void add_python(SoftwareRow row) {
        if (!has_packages_) return add(row);
        std::string name{kDistributionPrefix};
        for (const char c : row.software.name)
            name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (packaged_.contains(name)) return;
        name = clipped(name, 255);
        row.software.name = name;
        add(row);
    }

    std::shared_ptr<SoftwareReport> finish() {
        auto& members = report_->members;
        std::sort(members.begin(), members.end());
        members.erase(std::unique(members.begin(), members.end()), members.end());
        report_->digest = set_digest(members);
        report_->paths = pack_paths(std::move(paths_));
        report_->opened = pack_opened(std::move(opened_));
        return std::move(report_);
    }

private:
    const store::SoftwareCatalog& catalog_;
    std::shared_ptr<SoftwareReport> report_ = std::make_shared<SoftwareReport>();
    SoftwarePaths paths_{};
    SoftwareOpened opened_{};
    std::unordered_set<std::string> packaged_{};
    bool has_packages_ = false;
};

}  // namespace

bool is_software_query(std::string_view name) {
    return name.starts_with("software_");
}

void SoftwareAnswers::add(std::string_view name, std::string_view rows_json) {
    if (is_main(name)) {
        main_.push_back(rows_json);
    } else if (name.starts_with("software_python_packages")) {
        python_.push_back(rows_json);
    } else {
        extras_.push_back(rows_json);
    }
}

std::uint64_t SoftwareAnswers::text_hash() const {
    std::uint64_t hash = 0;
    for (const auto* answers : {&main_, &extras_, &python_}) {
        for (const std::string_view text : *answers)
            hash = XXH3_64bits_withSeed(text.data(), text.size(), hash + 1);
    }
    return hash == 0 ? 1 : hash;
}

std::shared_ptr<SoftwareReport> SoftwareAnswers::report(const store::SoftwareCatalog& catalog
) const {
    Collector collector{catalog};
    const auto add = [&](const SoftwareRow& row) { collector.add(row); };
    const auto add_python = [&](const SoftwareRow& row) { collector.add_python(row); };
    for (const std::string_view rows : main_) {
        if (!each_software_row(rows, add)) return nullptr;
    }
    for (const std::string_view rows : extras_) {
        if (!each_software_row(rows, add)) return nullptr;
    }
    for (const std::string_view rows : python_) {
        if (!each_software_row(rows, add_python)) return nullptr;
    }
    return collector.finish();
}

}  // namespace fleet::checkin
