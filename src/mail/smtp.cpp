#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "fleet/mail/mail.hpp"
#include "mime.hpp"

namespace fleet::mail {
namespace {

struct FreeHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, FreeHandle>;
using List = std::unique_ptr<curl_slist, FreeList>;

Error not_sent(std::string reason) {
    Error error;
    error.kind = ErrorKind::upstream;
    error.message = "Bad gateway";
    error.fields.push_back({"base", "the mail could not be sent: " + std::move(reason)});
    return error;
}

/// The rest of a message that curl has not fetched yet.
struct Upload {
    std::string_view rest{};
};

std::size_t read_some(char* buffer, std::size_t size, std::size_t count, void* user) {
    auto& upload = *static_cast<Upload*>(user);
    const std::size_t length = std::min(size * count, upload.rest.size());
    std::copy_n(upload.rest.data(), length, buffer);
    upload.rest.remove_prefix(length);
    return length;
}

/// What the relay refused with, for the administrator who set it up: curl keeps only the code.
std::size_t keep_refusal(char* data, std::size_t size, std::size_t count, void* user) {
    constexpr std::size_t kLongest = 300;
    auto& refusal = *static_cast<std::string*>(user);
    const std::string_view line{data, size * count};
    if (line.starts_with('4') || line.starts_with('5')) {
        refusal = line.substr(0, std::min(line.find_first_of("\r\n"), kLongest));
    }
    return size * count;
}

/// Only what a host name or an address is made of: the text becomes part of a URL.
bool is_host(const std::string& text) {
    return !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
    });
}

/// Nothing that could end the address in the dialogue with the relay.
bool is_mailbox(const std::string& text) {
    return text.find('@') != std::string::npos &&
           std::none_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) <= 0x20 || c == '<' || c == '>' || c == 0x7f;
           });
}

const char* login_option(Authentication authentication) {
    switch (authentication) {
        case Authentication::login:
            return "AUTH=LOGIN";
        case Authentication::cram_md5:
            return "AUTH=CRAM-MD5";
        default:
            return "AUTH=PLAIN";
    }
}

long protection_option(const SmtpSettings& settings) {
    switch (settings.protection) {
        case Protection::none:
            return CURLUSESSL_NONE;
        case Protection::start_tls_if_offered:
            return settings.authentication == Authentication::none ? CURLUSESSL_TRY
                                                                   : CURLUSESSL_ALL;
        default:
            return CURLUSESSL_ALL;
    }
}

std::string url_of(const SmtpSettings& settings) {
    std::string host = settings.server;
    if (host.find(':') != std::string::npos && host.front() != '[') host = '[' + host + ']';
    std::string url = settings.protection == Protection::tls ? "smtps://" : "smtp://";
    url += host + ':' + std::to_string(settings.port);
    if (!settings.helo_domain.empty()) url += '/' + settings.helo_domain;
    return url;
}

void set_connection(CURL* curl, const SmtpSettings& settings) {
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_URL, url_of(settings).c_str());
    curl_easy_setopt(curl, CURLOPT_USE_SSL, protection_option(settings));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, settings.verify_certificate ? 1L : 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, settings.verify_certificate ? 2L : 0L);
    // Where OpenSSL's own programs look for more authorities; libcurl does not.
    if (const char* file = std::getenv("SSL_CERT_FILE")) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, file);
    }
    curl_easy_setopt(
        curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout.count())
    );
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(settings.timeout.count()));
    if (settings.authentication == Authentication::none) return;
    curl_easy_setopt(curl, CURLOPT_USERNAME, settings.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, settings.password.c_str());
    curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, login_option(settings.authentication));
}

Result<> check(const SmtpSettings& settings, const Message& message) {
    if (!is_host(settings.server)) return fail(not_sent("no server is set"));
    if (!settings.helo_domain.empty() && !is_host(settings.helo_domain)) {
        return fail(not_sent("the domain is not a host name"));
    }
    if (!is_mailbox(settings.sender)) return fail(not_sent("the sender is not an address"));
    if (!is_mailbox(message.to)) return fail(not_sent("the receiver is not an address"));
    return {};
}

/// Whether the relay's last word was that trying again is of no use (RFC 5321, 4.2.1).
bool is_permanent(CURL* curl) {
    long code = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    return code / 100 == 5;
}

}  // namespace

std::string masked_address(std::string_view address) {
    const std::size_t at = std::min(address.rfind('@'), address.size());
    return std::string{address.substr(0, at > 1 ? 1 : 0)} + "***" + std::string{address.substr(at)};
}

Attempt attempt(const SmtpSettings& settings, const Message& message, Time now) {
    if (auto ok = check(settings, message); !ok) return {.sent = std::move(ok)};
    const Handle handle{curl_easy_init()};
    if (!handle) return {.sent = fail(not_sent("out of memory")), .may_work_later = true};
    CURL* const curl = handle.get();
    set_connection(curl, settings);

    const std::string text = mime_text(message, settings.sender, now);
    Upload upload{text};
    const List to{curl_slist_append(nullptr, ('<' + message.to + '>').c_str())};
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ('<' + settings.sender + '>').c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, &read_some);
    curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
    std::string refusal;
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &keep_refusal);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &refusal);
    std::array<char, CURL_ERROR_SIZE> reason{};
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason.data());

    const CURLcode code = curl_easy_perform(curl);
    if (code == CURLE_OK) return {};
    std::string told = reason[0] != '\0' ? reason.data() : curl_easy_strerror(code);
    if (!refusal.empty()) told += " (" + refusal + ')';
    return {.sent = fail(not_sent(std::move(told))), .may_work_later = !is_permanent(curl)};
}

}  // namespace fleet::mail
