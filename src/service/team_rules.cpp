#include "team_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>

#include "fleet/core/utf8.hpp"

namespace fleet::service {
namespace {

// In characters.
constexpr std::size_t kMaxName = 255;
constexpr std::size_t kMaxDescription = 1023;

// In lower case; the newer words are as taken as the older ones.
constexpr std::array<std::string_view, 4> kReserved{
    "no team", "all teams", "unassigned", "all fleets"};

constexpr std::string_view kBlank = " \t\r\n\v\f";

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

/// The next character of UTF-8 text, which is valid.
char32_t take_character(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t out = size == 1 ? first : first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size && i < text.size(); ++i) {
        out = (out << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    }
    text.remove_prefix(std::min(size, text.size()));
    return out;
}

/// What the eye reads, for comparison with the reserved names: letters in lower case, wide forms
/// as plain ones, every run of blanks as one, nothing invisible. Other letters become '?'.
std::string folded(std::string_view name) {
    const std::string text = valid_utf8(std::string{name});
    std::string_view rest = text;
    std::string out;
    while (!rest.empty()) {
        char32_t c = take_character(rest);
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full width
        const bool invisible = c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 ||
                               c == 0xFEFF || (c >= 0x300 && c <= 0x36F);
        if (invisible) continue;
        const bool blank = c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
                           c == 0x202F || c == 0x205F || c == 0x3000 ||
                           (c < 0x80 && kBlank.find(static_cast<char>(c)) != kBlank.npos);
        if (blank) {
            if (!out.empty() && out.back() != ' ') out += ' ';
        } else if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c - 'A' + 'a');
        } else {
            out += c < 0x80 ? static_cast<char>(c) : '?';
        }
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

const json::Value& at(const json::Value& config, std::initializer_list<const char*> path) {
    static const json::Value kNull;
    const json::Value* value = &config;
    for (const char* key : path) {
        if (!value->is_object()) return kNull;
        const auto found = value->find(key);
        if (found == value->end()) return kNull;
        value = &*found;
    }
    return *value;
}

std::string text_of(const json::Value& value) {
    return value.is_string() ? value.get<std::string>() : std::string{};
}

bool is_on(const json::Value& value) {
    return value.is_boolean() && value.get<bool>();
}

std::int64_t number_of(const json::Value& value) {
    return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

/// x, x.y or x.y.z of digits.
bool is_version(std::string_view text) {
    int parts = 0;
    while (true) {
        const std::string_view part = text.substr(0, text.find('.'));
        const bool digits = !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
            return c >= '0' && c <= '9';
        });
        if (!digits || ++parts > 3) return false;
        if (part.size() == text.size()) return true;
        text.remove_prefix(part.size() + 1);
    }
}

/// YYYY-MM-DD, a day that exists.
bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto number = [&](std::size_t from, std::size_t size) {
        int out = -1;
        const char* end = text.data() + from + size;
        const auto [stopped, error] = std::from_chars(text.data() + from, end, out);
        return error == std::errc{} && stopped == end ? out : -1;
    };
    const int day = number(8, 2);
    const int month = number(5, 2);
    if (day < 0 || month < 0 || number(0, 4) < 0) return false;
    return std::chrono::year_month_day{
        std::chrono::year{number(0, 4)},
        std::chrono::month{static_cast<unsigned>(month)},
        std::chrono::day{static_cast<unsigned>(day)}}
        .ok();
}

Result<> check_apple_updates(const json::Value& config, const char* name) {
    const std::string version = text_of(at(config, {"mdm", name, "minimum_version"}));
    const std::string deadline = text_of(at(config, {"mdm", name, "deadline"}));
    if (version.empty() && deadline.empty()) return {};
    if (version.empty()) {
        return fail(Error::invalid(name, "minimum_version is required when deadline is provided"));
    }
    if (deadline.empty()) {
        return fail(Error::invalid(name, "deadline is required when minimum_version is provided"));
    }
    if (!is_version(version)) {
        return fail(
            Error::invalid(name, "minimum_version accepts version numbers only, such as 13 or 13.1")
        );
    }
    if (!is_date(deadline)) {
        return fail(Error::invalid(name, "deadline accepts YYYY-MM-DD format only"));
    }
    return {};
}

Result<> check_windows_updates(const json::Value& config) {
    const json::Value& deadline = at(config, {"mdm", "windows_updates", "deadline_days"});
    const json::Value& grace = at(config, {"mdm", "windows_updates", "grace_period_days"});
    if (deadline.is_null() && grace.is_null()) return {};
    constexpr const char* kName = "windows_updates";
    if (grace.is_null()) {
        return fail(
            Error::invalid(kName, "grace_period_days is required when deadline_days is provided")
        );
    }
    if (deadline.is_null()) {
        return fail(
            Error::invalid(kName, "deadline_days is required when grace_period_days is provided")
        );
    }
    if (number_of(deadline) < 0 || number_of(deadline) > 30) {
        return fail(Error::invalid(kName, "deadline_days must be an integer between 0 and 30"));
    }
    if (number_of(grace) < 0 || number_of(grace) > 7) {
        return fail(Error::invalid(kName, "grace_period_days must be an integer between 0 and 7"));
    }
    return {};
}

Result<> check_webhook(const json::Value& webhook, const char* name, const char* enabled) {
    if (!is_on(at(webhook, {enabled}))) return {};
    const std::string url = text_of(at(webhook, {"destination_url"}));
    if (url.starts_with("https://") || url.starts_with("http://")) return {};
    return fail(Error::invalid(
        std::string{name} + ".destination_url", "must start with https:// or http:// when enabled"
    ));
}

/// Every entry names one that the organisation has, by address and `key`, once.
Result<> check_tickets(
    const json::Value& config, const json::Value& app_config, const char* kind, const char* key
) {
    const json::Value& known = at(app_config, {"integrations", kind});
    std::vector<const json::Value*> seen;
    for (const json::Value& entry : at(config, {"integrations", kind})) {
        const auto same = [&](const json::Value& other) {
            return at(other, {"url"}) == at(entry, {"url"}) && at(other, {key}) == at(entry, {key});
        };
        if (!known.is_array() || std::none_of(known.begin(), known.end(), same)) {
            return fail(Error::invalid(
                kind, "the organisation has no integration of this url and " + std::string{key}
            ));
        }
        const auto repeated = [&](const json::Value* other) { return same(*other); };
        if (std::any_of(seen.begin(), seen.end(), repeated)) {
            return fail(Error::invalid(kind, "an integration may be named once only"));
        }
        seen.push_back(&entry);
    }
    return {};
}

/// One way to tell about failing policies, not several (rest-api-a 10.4).
Result<> check_one_automation(const json::Value& config) {
    int ways = 0;
    for (const char* kind : {"jira", "zendesk"}) {
        for (const json::Value& entry : at(config, {"integrations", kind})) {
            if (is_on(at(entry, {"enable_failing_policies"}))) ++ways;
        }
    }
    const json::Value& webhook = at(config, {"webhook_settings", "failing_policies_webhook"});
    if (is_on(at(webhook, {"enable_failing_policies_webhook"}))) ++ways;
    if (ways <= 1) return {};
    return fail(Error::invalid(
        "failing_policies_webhook", "only one automation for failing policies may be enabled"
    ));
}

}  // namespace

Result<std::string> check_team_name(std::string_view name) {
    const auto first = name.find_first_not_of(kBlank);
    if (first == name.npos) return fail(Error::invalid("name", "may not be empty"));
    const std::string out{name.substr(first, name.find_last_not_of(kBlank) - first + 1)};
    const std::string read = folded(out);
    if (read.empty()) return fail(Error::invalid("name", "may not be empty"));
    if (std::find(kReserved.begin(), kReserved.end(), read) != kReserved.end()) {
        return fail(Error::invalid("name", "\"" + out + "\" is a reserved name"));
    }
    if (characters(out) > kMaxName) {
        return fail(Error::invalid("name", "may not be longer than 255 characters"));
    }
    return out;
}

Result<> check_description(std::string_view description) {
    if (characters(description) <= kMaxDescription) return {};
    return fail(Error::invalid("description", "may not be longer than 1023 characters"));
}

Result<> check_team_config(const json::Value& config, const json::Value& app_config) {
    const json::Value& expiry = at(config, {"host_expiry_settings"});
    if (is_on(at(expiry, {"host_expiry_enabled"})) &&
        number_of(at(expiry, {"host_expiry_window"})) < 1) {
        return fail(Error::invalid(
            "host_expiry_settings.host_expiry_window", "must be greater than 0 when enabled"
        ));
    }
    for (const char* platform : {"macos_updates", "ios_updates", "ipados_updates"})
        FLEET_CHECK(check_apple_updates(config, platform));
    FLEET_CHECK(check_windows_updates(config));
    const json::Value& webhooks = at(config, {"webhook_settings"});
    FLEET_CHECK(check_webhook(
        at(webhooks, {"failing_policies_webhook"}),
        "failing_policies_webhook",
        "enable_failing_policies_webhook"
    ));
    FLEET_CHECK(check_webhook(
        at(webhooks, {"host_status_webhook"}), "host_status_webhook", "enable_host_status_webhook"
    ));
    FLEET_CHECK(check_tickets(config, app_config, "jira", "project_key"));
    FLEET_CHECK(check_tickets(config, app_config, "zendesk", "group_id"));
    return check_one_automation(config);
}

}  // namespace fleet::service
