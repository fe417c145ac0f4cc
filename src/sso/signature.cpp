#include "signature.hpp"

#include <libxml/parser.h>
#include <xmlsec/xmlsec.h>
// After xmlsec.h, which it needs.
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmltree.h>

#include <memory>
#include <stdexcept>

#include "xml.hpp"

namespace fleet::sso {
namespace {

struct FreeContext {
    void operator()(xmlSecDSigCtx* context) const { xmlSecDSigCtxDestroy(context); }
};
using Context = std::unique_ptr<xmlSecDSigCtx, FreeContext>;

/// Once a process; throws when the library is not what we were built with.
void start_library() {
    static const bool started = [] {
        xmlInitParser();
        const bool ok = xmlSecInit() >= 0 && xmlSecCheckVersion() == 1 &&
                        xmlSecCryptoAppInit(nullptr) >= 0 && xmlSecCryptoInit() >= 0;
        // What is wrong with somebody's answer goes into our own log, by our own words.
        xmlSecErrorsSetCallback(
            [](const char*, int, const char*, const char*, const char*, int, const char*) {}
        );
        return ok;
    }();
    if (!started) throw std::runtime_error{"the XML signature library does not start"};
}

bool allow_algorithms(xmlSecDSigCtx& context) {
    const xmlSecTransformId forms[] = {
        xmlSecTransformInclC14NId,
        xmlSecTransformExclC14NId,
        xmlSecTransformExclC14NWithCommentsId};
    const xmlSecTransformId digests[] = {
        xmlSecTransformSha256Id, xmlSecTransformSha384Id, xmlSecTransformSha512Id};
    const xmlSecTransformId signatures[] = {
        xmlSecTransformRsaSha256Id,
        xmlSecTransformRsaSha384Id,
        xmlSecTransformRsaSha512Id,
        xmlSecTransformEcdsaSha256Id,
        xmlSecTransformEcdsaSha384Id,
        xmlSecTransformEcdsaSha512Id};
    bool ok = true;
    for (const auto id : forms) {
        ok = ok && xmlSecDSigCtxEnableReferenceTransform(&context, id) >= 0 &&
             xmlSecDSigCtxEnableSignatureTransform(&context, id) >= 0;
    }
    ok = ok && xmlSecDSigCtxEnableReferenceTransform(&context, xmlSecTransformEnvelopedId) >= 0;
    for (const auto id : digests)
        ok = ok && xmlSecDSigCtxEnableReferenceTransform(&context, id) >= 0;
    for (const auto id : signatures)
        ok = ok && xmlSecDSigCtxEnableSignatureTransform(&context, id) >= 0;
    context.enabledReferenceUris = xmlSecTransformUriTypeSameDocument;
    context.flags |= XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS;
    return ok;
}

bool verifies(xmlNode* signature, const std::string& certificate) {
    const Context context{xmlSecDSigCtxCreate(nullptr)};
    if (!context || !allow_algorithms(*context)) return false;
    // With a key given, what the document says about keys is not read.
    context->signKey = xmlSecCryptoAppKeyLoadMemory(
        reinterpret_cast<const xmlSecByte*>(certificate.data()),
        static_cast<xmlSecSize>(certificate.size()),
        xmlSecKeyDataFormatCertDer,
        nullptr,
        nullptr,
        nullptr
    );
    return context->signKey != nullptr && xmlSecDSigCtxVerify(context.get(), signature) >= 0 &&
           context->status == xmlSecDSigStatusSucceeded;
}

/// Whether it says that it signs that element, and nothing else.
bool refers_to(const xmlNode* signature, const std::string& id) {
    const xmlNode* info = only_child(signature, kSignature, "SignedInfo");
    const xmlNode* reference = only_child(info, kSignature, "Reference");
    return reference != nullptr && attribute(reference, "URI") == '#' + id;
}

}  // namespace

bool is_signed_by(xmlNode* element, const std::vector<std::string>& certificates) {
    start_library();
    xmlNode* const signature = only_child(element, kSignature, "Signature");
    const auto id = attribute(element, "ID");
    if (signature == nullptr || !id || id->empty() || !refers_to(signature, *id)) return false;

    // The only id that the reference can find: the one of the element itself.
    xmlAttr* const attr = xmlHasProp(element, reinterpret_cast<const xmlChar*>("ID"));
    const auto* const name = reinterpret_cast<const xmlChar*>(id->c_str());
    if (attr == nullptr || xmlGetID(element->doc, name) != nullptr ||
        xmlAddID(nullptr, element->doc, name, attr) == nullptr) {
        return false;
    }
    for (const std::string& certificate : certificates) {
        if (verifies(signature, certificate)) return true;
    }
    return false;
}

}  // namespace fleet::sso
