#include "fleet/core/policy.hpp"

namespace fleet {

namespace {

/// Where the policy is, or would be. Below it all answers are lower, whatever they say.
auto place(auto& packed, PolicyId policy, unsigned answer_bits) {
    return std::lower_bound(packed.begin(), packed.end(), raw(policy) << answer_bits);
}

}  // namespace

std::optional<PolicyAnswer> PolicyAnswers::find(PolicyId policy) const {
    const auto at = place(packed_, policy, kAnswerBits);
    if (at == packed_.end() || policy_of(*at) != policy) return std::nullopt;
    return answer_of(*at);
}

void PolicyAnswers::set(PolicyId policy, PolicyAnswer answer) {
    if (raw(policy) > kMostId) return;
    const auto one =
        static_cast<std::uint32_t>(raw(policy) << kAnswerBits) | static_cast<std::uint32_t>(answer);
    const auto at = place(packed_, policy, kAnswerBits);
    if (at != packed_.end() && policy_of(*at) == policy) {
        *at = one;
    } else {
        packed_.insert(at, one);
    }
}

void PolicyAnswers::erase(PolicyId policy) {
    const auto at = place(packed_, policy, kAnswerBits);
    if (at != packed_.end() && policy_of(*at) == policy) packed_.erase(at);
}

bool PolicyAnswers::cover(std::span<const PolicyId> policies) const {
    return std::equal(
        packed_.begin(),
        packed_.end(),
        policies.begin(),
        policies.end(),
        [](std::uint32_t one, PolicyId policy) { return policy_of(one) == policy; }
    );
}

}  // namespace fleet
