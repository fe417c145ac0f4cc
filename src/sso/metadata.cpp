#include <algorithm>

#include "fleet/core/crypto.hpp"
#include "fleet/sso/saml.hpp"
#include "xml.hpp"

namespace fleet::sso {
namespace {

constexpr const char* kRedirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

Error bad_metadata(std::string reason) {
    return Error::bad_request("the metadata of the identity provider " + std::move(reason));
}

std::string without_white_space(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    return text;
}

/// The certificates that signatures may be checked with.
std::vector<std::string> signing_certificates(const xmlNode* descriptor) {
    std::vector<std::string> out;
    for (xmlNode* key : children(descriptor, kMetadata, "KeyDescriptor")) {
        if (attribute(key, "use").value_or("signing") != "signing") continue;
        for (xmlNode* info : children(key, kSignature, "KeyInfo")) {
            for (xmlNode* data : children(info, kSignature, "X509Data")) {
                for (xmlNode* cert : children(data, kSignature, "X509Certificate")) {
                    auto der = base64_decode(without_white_space(text_of(cert)));
                    if (der && !der->empty()) out.push_back(*std::move(der));
                }
            }
        }
    }
    return out;
}

/// The first provider in a document that may list several.
xmlNode* find_entity(xmlNode* root) {
    for (xmlNode* entity = first_below(root, kMetadata, "EntityDescriptor"); entity != nullptr;
         entity = first_below(entity->next, kMetadata, "EntityDescriptor")) {
        if (!children(entity, kMetadata, "IDPSSODescriptor").empty()) return entity;
    }
    return nullptr;
}

}  // namespace

Result<Provider> parse_metadata(std::string_view xml) {
    const Document doc = parse_xml(xml);
    if (!doc) return fail(bad_metadata("is not an XML document that can be read"));
    const xmlNode* entity = find_entity(xmlDocGetRootElement(doc.get()));
    if (entity == nullptr) return fail(bad_metadata("describes no identity provider"));
    const xmlNode* descriptor = children(entity, kMetadata, "IDPSSODescriptor").front();

    Provider out;
    out.entity_id = attribute(entity, "entityID").value_or("");
    out.certificates = signing_certificates(descriptor);
    for (xmlNode* service : children(descriptor, kMetadata, "SingleSignOnService")) {
        if (!out.sign_on_url.empty() || attribute(service, "Binding") != kRedirect) continue;
        out.sign_on_url = attribute(service, "Location").value_or("");
    }
    if (out.entity_id.empty()) return fail(bad_metadata("has no entityID"));
    if (out.certificates.empty()) return fail(bad_metadata("has no certificate for signatures"));
    if (!out.sign_on_url.starts_with("https://") && !out.sign_on_url.starts_with("http://")) {
        return fail(bad_metadata("has no sign-on service for the HTTP-Redirect binding"));
    }
    return out;
}

}  // namespace fleet::sso
