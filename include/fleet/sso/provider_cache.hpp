#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "fleet/core/result.hpp"
#include "fleet/core/time.hpp"
#include "fleet/sso/saml.hpp"

namespace fleet::sso {

/// The identity provider that an address describes, fetched every ten minutes at most: a sign-on
/// neither waits for it twice nor depends on it each time. Thread-safe.
class ProviderCache {
public:
    using Fetch = std::function<Result<std::string>(const std::string& url)>;

    explicit ProviderCache(const Clock& clock, Fetch fetch = fetch_metadata)
        : clock_{clock}, fetch_{std::move(fetch)} {}

    /// As fetched lately, or else now.
    Result<Provider> get(const std::string& url);
    /// Fetched now, because the provider seems to have a new key. Nothing when that fails, or was
    /// tried less than a minute ago: anybody may send an answer with a strange signature.
    std::optional<Provider> renewed(const std::string& url);

private:
    Result<Provider> fetch(const std::string& url);

    const Clock& clock_;
    const Fetch fetch_;
    std::mutex mutex_{};
    std::string url_{};  // of what is remembered: one, as there is one in the configuration
    std::optional<Provider> provider_{};
    Time fetched_{};
    std::optional<Time> renewed_{};
};

}  // namespace fleet::sso
