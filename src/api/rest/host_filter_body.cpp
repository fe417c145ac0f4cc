#include "host_filter_body.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

namespace fleet::api::rest {
namespace {

// What a list shows and how it is paged says nothing about which hosts it holds.
constexpr std::array<std::string_view, 16> kNoFilters{
    "page",
    "per_page",
    "order_key",
    "order_direction",
    "after",
    "populate_users",
    "populate_labels",
    "populate_policies",
    "populate_software",
    "disable_issues",
    "disable_failing_policies",
    "device_mapping",
    "include_device_status",
    "additional_info_filters",
    "format",
    "id"};
constexpr std::array<std::string_view, 3> kOrder{"order_key", "order_direction", "columns"};

constexpr std::array<std::string_view, 4> kNumbersByName{
    "low_disk_space", "min_cvss_score", "max_cvss_score", "page"};

template <std::size_t Size>
bool has(const std::array<std::string_view, Size>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_number(std::string_view name) {
    return (name.ends_with("_id") && name != "script_batch_execution_id") ||
           has(kNumbersByName, name);
}

/// The text that the query string would have.
Result<std::string> to_text(const std::string& name, const json::Value& value) {
    const std::string path = "filters." + name;
    if (is_number(name)) {
        std::uint64_t number = 0;
        FLEET_CHECK(json::decode(value, number, path));
        return std::to_string(number);
    }
    if (value.is_boolean()) return std::string{value.get<bool>() ? "true" : "false"};
    std::string text;
    FLEET_CHECK(json::decode(value, text, path));
    return text;
}

enum class OrderKeys : bool { refused, allowed };

Result<HostParams> to_params(const json::Value& filters, OrderKeys order_keys) {
    if (!filters.is_object()) return fail(json::type_error("filters", "object", filters));
    HostParams out;
    for (const auto& [key, value] : filters.items()) {
        const std::string name{json::canonical_name(key)};
        const bool orders = has(kOrder, name);
        const bool usable = orders ? order_keys == OrderKeys::allowed : !has(kNoFilters, name);
        bool known = false;
        Result<> result;
        HostParams::fields([&, &value = value](const char* field, auto member, json::FieldOptions) {
            using Member = std::remove_reference_t<decltype(out.*member)>;
            if constexpr (!std::is_enum_v<Member>) {
                if (!usable || known || name != field) return;
                known = true;
                if (value.is_null()) return;
                auto text = to_text(name, value);
                if (!text) {
                    result = fail(std::move(text).error());
                } else if (!text->empty()) {
                    out.*member = std::move(*text);
                }
            }
        });
        FLEET_CHECK(result);
        if (!known) {
            return fail(Error::bad_request("unsupported key provided: \"" + key + "\""));
        }
    }
    return out;
}

}  // namespace

Result<service::HostSelection> to_selection(const json::Value& filters) {
    FLEET_TRY(const HostParams params, to_params(filters, OrderKeys::refused));
    FLEET_TRY(HostListRequest request, to_host_list(params));
    return std::move(request.selection);
}

Result<> check_view_filters(const json::Value& filters) {
    FLEET_TRY(const HostParams params, to_params(filters, OrderKeys::allowed));
    FLEET_CHECK(to_host_list(params));
    return {};
}

}  // namespace fleet::api::rest
