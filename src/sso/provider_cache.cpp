#include "fleet/sso/provider_cache.hpp"

#include <chrono>

namespace fleet::sso {
namespace {

constexpr std::chrono::minutes kFresh{10};
constexpr std::chrono::minutes kBetweenRenewals{1};

/// Whether it is less than so long ago; a clock that was set back makes everything old.
bool is_within(Time now, Time then, std::chrono::minutes span) {
    return now >= then && now - then < span;
}

}  // namespace

Result<Provider> ProviderCache::get(const std::string& url) {
    {
        const std::scoped_lock lock{mutex_};
        const bool known = provider_ && url_ == url;
        if (known && is_within(clock_.now(), fetched_, kFresh)) return *provider_;
    }
    return fetch(url);
}

std::optional<Provider> ProviderCache::renewed(const std::string& url) {
    {
        const std::scoped_lock lock{mutex_};
        const Time now = clock_.now();
        if (renewed_ && is_within(now, *renewed_, kBetweenRenewals)) return std::nullopt;
        renewed_ = now;
    }
    auto provider = fetch(url);
    return provider ? std::optional{*std::move(provider)} : std::nullopt;
}

/// Without the lock: whoever comes meanwhile is not held up.
Result<Provider> ProviderCache::fetch(const std::string& url) {
    const Time now = clock_.now();
    FLEET_TRY(const std::string xml, fetch_(url));
    FLEET_TRY(Provider provider, parse_metadata(xml));
    const std::scoped_lock lock{mutex_};
    url_ = url;
    provider_ = provider;
    fetched_ = now;
    return provider;
}

}  // namespace fleet::sso
