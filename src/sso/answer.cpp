#include <algorithm>

#include "fleet/sso/saml.hpp"
#include "signature.hpp"
#include "xml.hpp"

namespace fleet::sso {
namespace {

constexpr std::chrono::seconds kClocksDiffer{60};
constexpr const char* kSuccess = "urn:oasis:names:tc:SAML:2.0:status:Success";
constexpr const char* kNoSignature = "no valid signature of the provider";
constexpr const char* kBearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

Error refused(std::string reason) {
    Error error = Error::unauthenticated("Authentication failed");
    error.detail = std::move(reason);
    return error;
}

/// A time that must not have come yet; absent is fine unless it is needed.
enum class Needed { no, yes };
Result<> check_not_over(const xmlNode* node, const char* name, Time now, Needed needed) {
    const auto text = attribute(node, name);
    if (!text) {
        if (needed == Needed::no) return {};
        return fail(refused(std::string{"no "} + name));
    }
    const auto until = parse_rfc3339(*text);
    if (!until) return fail(refused(std::string{name} + " is not a time"));
    if (now - kClocksDiffer < *until) return {};
    return fail(refused("expired: " + std::string{name} + " is " + *text));
}

Result<> check_begun(const xmlNode* node, Time now) {
    const auto text = attribute(node, "NotBefore");
    if (!text) return {};
    const auto from = parse_rfc3339(*text);
    if (from && *from <= now + kClocksDiffer) return {};
    return fail(refused("not good yet: NotBefore is " + *text));
}

Result<> check_issuer(const xmlNode* parent, const Provider& provider, Needed needed) {
    const xmlNode* issuer = only_child(parent, kAssertion, "Issuer");
    if (issuer == nullptr && needed == Needed::no) return {};
    if (issuer != nullptr && text_of(issuer) == provider.entity_id) return {};
    return fail(refused("issued by \"" + text_of(issuer) + '"'));
}

/// The envelope around the assertion, which need not be signed.
Result<> check_envelope(
    const xmlNode* response, const Provider& provider, const Expected& expected
) {
    const xmlNode* status = only_child(response, kProtocol, "Status");
    const auto code = attribute(only_child(status, kProtocol, "StatusCode"), "Value");
    if (code != kSuccess) return fail(refused("the provider says " + code.value_or("nothing")));
    const auto destination = attribute(response, "Destination");
    if (destination && *destination != expected.acs_url) {
        return fail(refused("sent to " + *destination));
    }
    return check_issuer(response, provider, Needed::no);
}

Result<> check_conditions(const xmlNode* assertion, const Expected& expected) {
    const xmlNode* conditions = only_child(assertion, kAssertion, "Conditions");
    if (conditions == nullptr) return fail(refused("no conditions"));
    FLEET_CHECK(check_begun(conditions, expected.now));
    FLEET_CHECK(check_not_over(conditions, "NotOnOrAfter", expected.now, Needed::no));
    const auto restrictions = children(conditions, kAssertion, "AudienceRestriction");
    if (restrictions.empty()) return fail(refused("no audience"));
    for (const xmlNode* restriction : restrictions) {
        const auto audiences = children(restriction, kAssertion, "Audience");
        const bool ours = std::any_of(audiences.begin(), audiences.end(), [&](const xmlNode* one) {
            return text_of(one) == expected.audience;
        });
        if (!ours) return fail(refused("meant for another audience"));
    }
    return {};
}

/// Whether the bearer may be taken for the subject, here and now.
Result<> check_confirmation(const xmlNode* confirmation, const Expected& expected) {
    if (attribute(confirmation, "Method") != kBearer) return fail(refused("not for the bearer"));
    const xmlNode* data = only_child(confirmation, kAssertion, "SubjectConfirmationData");
    if (data == nullptr) return fail(refused("no confirmation data"));
    if (attribute(data, "Recipient") != expected.acs_url) {
        return fail(refused("meant for the receiver " + attribute(data, "Recipient").value_or("")));
    }
    FLEET_CHECK(check_begun(data, expected.now));
    FLEET_CHECK(check_not_over(data, "NotOnOrAfter", expected.now, Needed::yes));
    if (attribute(data, "InResponseTo") != expected.in_response_to) {
        return fail(refused("answers another request"));
    }
    return {};
}

Result<Time> confirmed_until(const xmlNode* subject, const Expected& expected) {
    Error last = refused("no subject confirmation");
    for (const xmlNode* one : children(subject, kAssertion, "SubjectConfirmation")) {
        const auto ok = check_confirmation(one, expected);
        if (!ok) {
            last = ok.error();
            continue;
        }
        const xmlNode* data = only_child(one, kAssertion, "SubjectConfirmationData");
        return *parse_rfc3339(*attribute(data, "NotOnOrAfter")) + kClocksDiffer;
    }
    return fail(std::move(last));
}

Result<> check_session(const xmlNode* assertion, const Expected& expected) {
    const auto statements = children(assertion, kAssertion, "AuthnStatement");
    if (statements.empty()) return fail(refused("nobody was authenticated"));
    for (const xmlNode* statement : statements) {
        FLEET_CHECK(check_not_over(statement, "SessionNotOnOrAfter", expected.now, Needed::no));
    }
    return {};
}

std::map<std::string, std::vector<std::string>> attributes_of(const xmlNode* assertion) {
    std::map<std::string, std::vector<std::string>> out;
    for (const xmlNode* statement : children(assertion, kAssertion, "AttributeStatement")) {
        for (const xmlNode* one : children(statement, kAssertion, "Attribute")) {
            auto& values = out[attribute(one, "Name").value_or("")];
            for (const xmlNode* value : children(one, kAssertion, "AttributeValue"))
                values.push_back(text_of(value));
        }
    }
    return out;
}

/// The assertion, when the provider's signature covers it.
Result<xmlNode*> signed_assertion(xmlNode* response, const Provider& provider) {
    if (!children(response, kAssertion, "EncryptedAssertion").empty()) {
        return fail(refused("the assertion is encrypted, which is not supported"));
    }
    xmlNode* const assertion = only_child(response, kAssertion, "Assertion");
    if (assertion == nullptr) return fail(refused("not exactly one assertion"));
    const bool whole = !children(response, kSignature, "Signature").empty();
    if (is_signed_by(whole ? response : assertion, provider.certificates)) return assertion;
    return fail(refused(kNoSignature));
}

}  // namespace

bool is_unknown_signature(const Error& refusal) {
    return refusal.detail == kNoSignature;
}

Result<SignedOn> check_answer(
    std::string_view xml, const Provider& provider, const Expected& expected
) {
    const Document doc = parse_xml(xml);
    xmlNode* const response = doc ? xmlDocGetRootElement(doc.get()) : nullptr;
    if (!is_element(response, kProtocol, "Response")) return fail(refused("not a SAML response"));
    FLEET_TRY(const xmlNode* assertion, signed_assertion(response, provider));
    FLEET_CHECK(check_envelope(response, provider, expected));
    FLEET_CHECK(check_issuer(assertion, provider, Needed::yes));
    FLEET_CHECK(check_conditions(assertion, expected));
    FLEET_CHECK(check_session(assertion, expected));

    const xmlNode* subject = only_child(assertion, kAssertion, "Subject");
    SignedOn out;
    FLEET_TRY(out.expires_at, confirmed_until(subject, expected));
    out.assertion_id = attribute(assertion, "ID").value_or("");
    out.name_id = text_of(only_child(subject, kAssertion, "NameID"));
    out.attributes = attributes_of(assertion);
    if (out.name_id.empty()) return fail(refused("no name of the subject"));
    if (out.assertion_id.empty()) return fail(refused("the assertion has no id"));
    return out;
}

}  // namespace fleet::sso
