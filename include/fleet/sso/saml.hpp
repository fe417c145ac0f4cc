#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/core/result.hpp"
#include "fleet/core/time.hpp"

/// The service provider's side of SAML 2.0 web sign-on: redirect binding out, POST binding back.
namespace fleet::sso {

/// What an identity provider's metadata says about it.
struct Provider {
    std::string entity_id{};
    std::string sign_on_url{};                // for the redirect binding
    std::vector<std::string> certificates{};  // DER; any of them may have signed
};

/// 400 with what is wrong with the document.
Result<Provider> parse_metadata(std::string_view xml);

/// Fetches a metadata document; 500 when it does not come in time or is too large.
Result<std::string> fetch_metadata(const std::string& url);

struct SignOnRequest {
    std::string id{};
    std::string acs_url{};  // where the provider shall send the browser
    std::string issuer{};   // our entity id
    Time issued_at{};
};

/// Where to send the browser so that the provider signs it on.
std::string redirect_url(const Provider& provider, const SignOnRequest& request);

/// What an answer must say to be meant for us, now.
struct Expected {
    std::string acs_url{};
    std::string audience{};
    std::optional<std::string> in_response_to{};  // none: not asked for by us
    Time now{};
};

/// Who signed on, as the provider vouches.
struct SignedOn {
    std::string assertion_id{};
    std::string name_id{};
    std::map<std::string, std::vector<std::string>> attributes{};
    Time expires_at{};  // an answer of that id cannot be good after this
};

/// Checks signature, issuer, audience, receiver, times and which request it answers; 401 with the
/// reason as detail. Whether it was used before is the caller's to know.
Result<SignedOn> check_answer(
    std::string_view xml, const Provider& provider, const Expected& expected
);
/// Whether an answer was refused because no key of the provider made a signature that covers it.
bool is_unknown_signature(const Error& refusal);

}  // namespace fleet::sso
