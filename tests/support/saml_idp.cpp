#include "support/saml_idp.hpp"

#include <openssl/evp.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "support/child_process.hpp"

namespace fleet::test {

SamlIdp::SamlIdp(std::string audience, std::string acs_url)
    : audience_{std::move(audience)}, acs_url_{std::move(acs_url)} {
    const int code = run({
        .argv =
            {"openssl",
             "req",
             "-x509",
             "-newkey",
             "rsa:2048",
             "-nodes",
             "-subj",
             "/CN=idp",
             "-days",
             "2",
             "-keyout",
             dir_.file("idp.key"),
             "-out",
             dir_.file("idp.crt")},
        .log_file = dir_.file("openssl.log"),
    });
    if (code != 0) throw std::runtime_error("openssl: " + read_file(dir_.file("openssl.log")));
}

std::string SamlIdp::output(const std::string& command, const std::string& asked) const {
    const auto log = dir_.file(command + ".out");
    std::filesystem::remove(log);  // output is added to what is there
    // Debian's own Python, which has Debian's pysaml2.
    const int code = run({
        .argv =
            {"/usr/bin/python3",
             "-W",
             "ignore",
             FLEET_TEST_SUPPORT_DIR "/saml_idp.py",
             command,
             "--entity-id=" + entity_id_,
             "--cert=" + dir_.file("idp.crt"),
             "--key=" + dir_.file("idp.key"),
             "--audience=" + audience_,
             "--acs-url=" + acs_url_,
             "--asked=" + asked},
        .log_file = log,
    });
    auto text = read_file(log);
    if (code != 0) throw std::runtime_error("saml_idp.py " + command + ":\n" + text);
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

std::string SamlIdp::metadata() const {
    return output("metadata");
}

std::string SamlIdp::answer(const nlohmann::json& asked) const {
    return output("answer", asked.dump());
}

std::string saml_form(const std::string& xml) {
    std::string base64(4 * (xml.size() / 3 + 1) + 1, '\0');
    const int size = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(base64.data()),
        reinterpret_cast<const unsigned char*>(xml.data()),
        static_cast<int>(xml.size())
    );
    base64.resize(static_cast<std::size_t>(size));
    std::string out = "SAMLResponse=";
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

}  // namespace fleet::test
