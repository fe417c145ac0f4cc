#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleet/core/paging.hpp"
#include "fleet/core/result.hpp"
#include "fleet/store/software_store.hpp"

namespace fleet::store {

/// Over which hosts software is counted, and which software.
struct SoftwareFilter {
    std::optional<std::vector<TeamId>> teams{};  // 0: hosts of no team; none: every host
    std::string text{};                          // in the name or version
    bool nothing = false;                        // asks for facts that no software has yet
};

struct CountedSoftware : SoftwareRecord {
    std::uint64_t hosts_count = 0;
};

struct TitleVersion {
    std::uint64_t id = 0;
    std::string version{};
    std::uint64_t hosts_count = 0;
};

struct SoftwareTitle {
    std::uint64_t id = 0;
    std::string name{}, source{}, extension_for{}, bundle_identifier{};
    std::uint64_t hosts_count = 0;
    std::vector<TitleVersion> versions{};  // the most common first
};

/// Versions and titles with the hosts that have them, as of the last count (SoftwareUpkeep).
/// Software of no host is not listed. Every function blocks.
class SoftwareListStore {
public:
    explicit SoftwareListStore(Database& db) : db_{db} {}

    Result<std::vector<CountedSoftware>> versions(
        const SoftwareFilter& filter, const Paging& paging
    );
    std::uint64_t count_versions(const SoftwareFilter& filter);
    std::optional<CountedSoftware> version(std::uint64_t id, const SoftwareFilter& filter);

    Result<std::vector<SoftwareTitle>> titles(const SoftwareFilter& filter, const Paging& paging);
    std::uint64_t count_titles(const SoftwareFilter& filter);
    std::optional<SoftwareTitle> title(std::uint64_t id, const SoftwareFilter& filter);

    /// When hosts were counted last.
    std::optional<Time> counted_at();

private:
    void add_versions(std::vector<SoftwareTitle>& titles, const SoftwareFilter& filter);

    Database& db_;
};

}  // namespace fleet::store
