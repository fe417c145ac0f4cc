#pragma once

#include <libxml/tree.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A small, safe view of libxml2.
namespace fleet::sso {

inline constexpr const char* kProtocol = "urn:oasis:names:tc:SAML:2.0:protocol";
inline constexpr const char* kAssertion = "urn:oasis:names:tc:SAML:2.0:assertion";
inline constexpr const char* kMetadata = "urn:oasis:names:tc:SAML:2.0:metadata";
inline constexpr const char* kSignature = "http://www.w3.org/2000/09/xmldsig#";

struct FreeDoc {
    void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
};
using Document = std::unique_ptr<xmlDoc, FreeDoc>;

/// Parses text from outside: at most 1 MiB of UTF-8 without a document type, so that there are no
/// entities to expand or to fetch. Null when it is anything else.
Document parse_xml(std::string_view text);

bool is_element(const xmlNode* node, const char* ns, const char* name);
/// Direct children of that name.
std::vector<xmlNode*> children(const xmlNode* parent, const char* ns, const char* name);
/// The direct child of that name when there is exactly one.
xmlNode* only_child(const xmlNode* parent, const char* ns, const char* name);
/// The first one in the whole tree, document order.
xmlNode* first_below(xmlNode* parent, const char* ns, const char* name);

/// All text inside, without surrounding white space; comments do not cut it.
std::string text_of(const xmlNode* node);
/// The attribute without namespace; nothing when absent.
std::optional<std::string> attribute(const xmlNode* node, const char* name);

}  // namespace fleet::sso
