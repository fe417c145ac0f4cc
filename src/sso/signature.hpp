#pragma once

#include <libxml/tree.h>

#include <string>
#include <vector>

namespace fleet::sso {

/// Whether the signature that is a direct child of `element` covers exactly this element and was
/// made with the key of one of the certificates (DER). Keys and certificates inside the document
/// are ignored, and of algorithms only those with RSA or ECDSA and SHA-2 are taken.
bool is_signed_by(xmlNode* element, const std::vector<std::string>& certificates);

}  // namespace fleet::sso
