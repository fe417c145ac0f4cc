#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "fleet/core/ids.hpp"

namespace fleet {

/// What a host says of a policy. `none`: asked, but its query failed on the host.
enum class PolicyAnswer : std::uint8_t { none, fail, pass };

/// The answers of one host, sorted by policy: four bytes each, for memory holds them for all hosts.
class PolicyAnswers {
public:
    /// Nothing: the host has not been asked.
    std::optional<PolicyAnswer> find(PolicyId policy) const;
    /// Ids that no policy can have are ignored.
    void set(PolicyId policy, PolicyAnswer answer);
    void erase(PolicyId policy);
    /// `keep(policy)`
    template <class F>
    void keep_if(F&& keep) {
        std::erase_if(packed_, [&](std::uint32_t one) { return !keep(policy_of(one)); });
    }
    /// `visit(policy, answer)` in the order of the policies.
    template <class F>
    void each(F&& visit) const {
        for (const std::uint32_t one : packed_)
            visit(policy_of(one), answer_of(one));
    }
    /// Whether these are answers to exactly those policies (sorted).
    bool cover(std::span<const PolicyId> policies) const;

    bool empty() const { return packed_.empty(); }
    std::size_t size() const { return packed_.size(); }
    bool operator==(const PolicyAnswers&) const = default;

private:
    // The id above two bits of answer; a billion policies are enough.
    static constexpr unsigned kAnswerBits = 2;
    static constexpr std::uint32_t kAnswerMask = (1U << kAnswerBits) - 1;
    static constexpr std::uint64_t kMostId = UINT32_MAX >> kAnswerBits;
    static PolicyId policy_of(std::uint32_t one) { return PolicyId{one >> kAnswerBits}; }
    static PolicyAnswer answer_of(std::uint32_t one) {
        return static_cast<PolicyAnswer>(one & kAnswerMask);
    }
    std::vector<std::uint32_t> packed_{};
};

/// A policy whose failures somebody wants to hear about.
struct AutomatedPolicy {
    PolicyId policy{};
    bool continuous = false;  // of every failing answer, not only of the first
};

/// The policies that a host is asked for, and those of them with automations; both sorted.
struct PolicyList {
    std::vector<PolicyId> ids{};
    std::vector<AutomatedPolicy> automated{};
};

/// What one distributed write says about a host's policies.
struct PolicyReport {
    PolicyAnswers answers{};
    std::shared_ptr<const PolicyList> applicable{};  // with the labels that the write brings
    std::shared_ptr<const PolicyList> handed_out{};  // what the host was asked
    std::uint64_t revision = 0;                      // of the schedule that the questions came from
    std::uint64_t version = 0;  // of the stored answers that `changed` was found against
    bool changed = false;
};

/// A host's stored answers after a write.
struct PolicyStanding {
    HostId host{};
    std::uint64_t version = 0;   // rises with each change
    std::uint64_t revision = 0;  // schedule up to which dropped answers are left out
    PolicyAnswers answers{};
};

}  // namespace fleet
