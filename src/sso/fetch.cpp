#include <curl/curl.h>

#include <cstdlib>
#include <memory>

#include "fleet/sso/saml.hpp"

namespace fleet::sso {
namespace {

constexpr std::size_t kMostBytes = 1 << 20;
constexpr long kConnectSeconds = 5;
constexpr long kSeconds = 15;
constexpr long kRedirects = 3;

struct FreeHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};

std::size_t append(char* data, std::size_t size, std::size_t count, void* user) {
    auto& body = *static_cast<std::string*>(user);
    const std::size_t bytes = size * count;
    if (body.size() + bytes > kMostBytes) return 0;  // which ends the transfer
    body.append(data, bytes);
    return bytes;
}

Error not_fetched(const std::string& reason) {
    Error error = Error::internal("the metadata of the identity provider cannot be fetched");
    error.fields.front().reason += ": " + reason;
    return error;
}

}  // namespace

Result<std::string> fetch_metadata(const std::string& url) {
    const std::unique_ptr<CURL, FreeHandle> handle{curl_easy_init()};
    if (!handle) return fail(not_fetched("out of memory"));
    CURL* const curl = handle.get();
    std::string body;
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, kRedirects);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, kSeconds);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &append);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    // Where OpenSSL's own programs look for more authorities; libcurl does not.
    if (const char* file = std::getenv("SSL_CERT_FILE")) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, file);
    }
    const CURLcode code = curl_easy_perform(curl);
    if (code != CURLE_OK) return fail(not_fetched(curl_easy_strerror(code)));
    return body;
}

}  // namespace fleet::sso
