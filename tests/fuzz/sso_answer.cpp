// What a browser posts to us in the name of an identity provider, and the provider's metadata.
// Nothing that a fuzzer makes carries the provider's signature, so nobody may ever be signed on.

#include <cstdint>
#include <string_view>

#include "fleet/sso/saml.hpp"
#include "sso/xml.hpp"

namespace {

void require(bool condition) {
    if (!condition) __builtin_trap();
}

/// Reads every name, text and attribute, as the checks behind a good signature do.
void walk(const xmlNode* node, int depth) {
    if (depth > 300) return;
    for (const xmlNode* at = node; at != nullptr; at = at->next) {
        fleet::sso::text_of(at);
        if (at->type == XML_ELEMENT_NODE) {
            fleet::sso::attribute(at, "ID");
            fleet::sso::children(at, fleet::sso::kAssertion, "Assertion");
            walk(at->children, depth + 1);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view xml{static_cast<const char*>(static_cast<const void*>(data)), size};

    static const fleet::sso::Provider provider{"https://idp", "https://idp/sso", {"not a key"}};
    static const fleet::sso::Expected expected{"https://sp/acs", "sp", "id1", fleet::Time{}};
    require(!fleet::sso::check_answer(xml, provider, expected));

    if (const auto found = fleet::sso::parse_metadata(xml)) require(!found->sign_on_url.empty());
    if (const auto doc = fleet::sso::parse_xml(xml)) walk(xmlDocGetRootElement(doc.get()), 0);
    return 0;
}
