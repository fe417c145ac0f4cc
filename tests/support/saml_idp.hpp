#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "support/temp_dir.hpp"

namespace fleet::test {

/// A real identity provider with a key of its own, for one service provider.
class SamlIdp {
public:
    SamlIdp(std::string audience, std::string acs_url);

    /// Its metadata, with its certificate.
    [[nodiscard]] std::string metadata() const;

    /// A signed response as XML. `asked`: `email`; `url` (of our redirect) or `in_response_to`;
    /// `attributes`; `sign` ("assertion", "response", "both", "none"); `minutes` of life, negative
    /// for one that is over; `sha1`.
    [[nodiscard]] std::string answer(const nlohmann::json& asked) const;

    [[nodiscard]] const std::string& entity_id() const { return entity_id_; }
    void set_audience(std::string audience) { audience_ = std::move(audience); }
    void set_acs_url(std::string url) { acs_url_ = std::move(url); }
    void set_entity_id(std::string id) { entity_id_ = std::move(id); }

private:
    [[nodiscard]] std::string output(const std::string& command, const std::string& asked = "{}")
        const;

    TempDir dir_;
    std::string entity_id_ = "https://idp.example.test/metadata";
    std::string audience_;
    std::string acs_url_;
};

/// The body with which a browser posts a response.
std::string saml_form(const std::string& xml);

}  // namespace fleet::test
