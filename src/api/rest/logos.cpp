#include "fleet/api/rest/logos.hpp"

#include <algorithm>

#include "multipart.hpp"

namespace fleet::api::rest {

struct LogoParams {
    std::string mode{};
    static void fields(auto&& field) { field("mode", &LogoParams::mode, json::in_query); }
};

namespace {

/// More than the image may have, so that a slightly larger one is told the limit.
constexpr std::size_t kMostBody = 1 << 20;

}  // namespace

std::span<const Row<LogoApi>> LogoApi::rows() {
    constexpr RowOptions kUpload{.max_body = kMostBody, .body = http::BodyKind::any};
    static constexpr Row<LogoApi> kRows[] = {
        rest::get<&LogoApi::get>("/logo", Who::anyone, "get_logo"),
        row<&LogoApi::put>(http::Method::put, "/logo", Who::user, "upload_logo", kUpload),
        del<&LogoApi::remove>("/logo", Who::user, "delete_logo"),
    };
    return kRows;
}

Result<Raw> LogoApi::get(const Viewer&, const LogoParams& params) {
    FLEET_TRY(store::Logo logo, logos_.get(params.mode));
    Raw out;
    out.content_type = logo.content_type;
    out.headers.emplace_back("Cache-Control", "no-store");
    out.headers.emplace_back("X-Content-Type-Options", "nosniff");
    if (logo.content_type == "image/svg+xml") {
        // Opened by itself, an image must not become a page of this server.
        out.headers.emplace_back(
            "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        );
    }
    out.body = std::move(logo.image);
    return out;
}

Result<Empty> LogoApi::put(const Call& call, const LogoParams& params) {
    std::string image;
    Result<> form;
    if (const auto parts = parse_form(call.http.header("Content-Type"), call.http.body)) {
        const auto file = std::find_if(parts->begin(), parts->end(), [](const FormPart& part) {
            return part.name == "logo";
        });
        if (file != parts->end()) image = file->content;
    } else {
        form = fail(parts.error());
    }
    // Who may not is told so before what is wrong with the form.
    const auto done = logos_.put(call.viewer, params.mode, image);
    if (!done && done.error().kind == ErrorKind::forbidden) return fail(done.error());
    FLEET_CHECK(form);
    if (!done) return fail(done.error());
    return Empty{};
}

Result<Empty> LogoApi::remove(const Viewer& viewer, const LogoParams& params) {
    FLEET_CHECK(logos_.remove(viewer, params.mode));
    return Empty{};
}

}  // namespace fleet::api::rest
