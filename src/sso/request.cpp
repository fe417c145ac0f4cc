#include <zlib.h>

#include <stdexcept>

#include "fleet/core/crypto.hpp"
#include "fleet/core/markup.hpp"
#include "fleet/sso/saml.hpp"
#include "xml.hpp"

namespace fleet::sso {
namespace {

/// Without the header of zlib, as the redirect binding wants it.
std::string deflated(const std::string& text) {
    constexpr int kRawWindow = -15;
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kRawWindow, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        throw std::runtime_error{"zlib does not start"};
    }
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    std::string in = text;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int code = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (code != Z_STREAM_END) throw std::runtime_error{"zlib did not finish"};
    return out;
}

/// Base64 in a query string.
std::string url_encoded(const std::string& base64) {
    std::string out;
    for (const char c : base64) {
        if (c == '+') {
            out += "%2B";
        } else if (c == '/') {
            out += "%2F";
        } else if (c == '=') {
            out += "%3D";
        } else {
            out += c;
        }
    }
    return out;
}

std::string request_xml(const Provider& provider, const SignOnRequest& request) {
    const Time second = std::chrono::floor<std::chrono::seconds>(request.issued_at);
    return "<samlp:AuthnRequest xmlns:samlp=\"" + std::string{kProtocol} + "\" xmlns:saml=\"" +
           kAssertion + "\" ID=\"" + escape_markup(request.id) +
           "\" Version=\"2.0\" IssueInstant=\"" + to_rfc3339(second) + "\" Destination=\"" +
           escape_markup(provider.sign_on_url) + "\" AssertionConsumerServiceURL=\"" +
           escape_markup(request.acs_url) +
           "\" ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\">"
           "<saml:Issuer>" +
           escape_markup(request.issuer) +
           "</saml:Issuer><samlp:NameIDPolicy "
           "Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\" "
           "AllowCreate=\"true\"/></samlp:AuthnRequest>";
}

}  // namespace

std::string redirect_url(const Provider& provider, const SignOnRequest& request) {
    const std::string packed = base64_encode(deflated(request_xml(provider, request)));
    const char joint = provider.sign_on_url.find('?') == std::string::npos ? '?' : '&';
    return provider.sign_on_url + joint + "SAMLRequest=" + url_encoded(packed);
}

}  // namespace fleet::sso
