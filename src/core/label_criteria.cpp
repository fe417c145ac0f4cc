#include "fleet/core/label_criteria.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "fleet/core/json.hpp"

namespace fleet {
namespace {

using Kind = HostVital::Kind;
using Operator = LabelCriteria::Operator;

// The first three are the contract's own; the rest are columns of the host.
constexpr std::array kVitals{
    HostVital{"end_user_idp_group", Kind::unknown_to_us},
    HostVital{"end_user_idp_department", Kind::unknown_to_us},
    HostVital{"custom_host_vital", Kind::unknown_to_us},
    HostVital{"hostname", Kind::text},
    HostVital{"computer_name", Kind::text},
    HostVital{"display_name", Kind::text},
    HostVital{"uuid", Kind::text},
    HostVital{"platform", Kind::text},
    HostVital{"platform_like", Kind::text},
    HostVital{"os_version", Kind::text},
    HostVital{"build", Kind::text},
    HostVital{"osquery_version", Kind::text},
    HostVital{"cpu_type", Kind::text},
    HostVital{"cpu_brand", Kind::text},
    HostVital{"hardware_vendor", Kind::text},
    HostVital{"hardware_model", Kind::text},
    HostVital{"hardware_version", Kind::text},
    HostVital{"hardware_serial", Kind::text},
    HostVital{"primary_ip", Kind::text},
    HostVital{"public_ip", Kind::text},
    HostVital{"memory", Kind::number},
    HostVital{"cpu_physical_cores", Kind::number},
    HostVital{"cpu_logical_cores", Kind::number},
    HostVital{"gigs_disk_space_available", Kind::number},
    HostVital{"percent_disk_space_available", Kind::number},
    HostVital{"gigs_total_disk_space", Kind::number},
};

constexpr int kDeepest = 8;
constexpr std::size_t kMostParts = 50;
constexpr std::size_t kLongestValue = 1'023;

Error bad(const std::string& reason) {
    return Error::invalid("criteria", reason);
}

std::optional<Operator> parse_operator(const std::string& text) {
    if (text == "=") return Operator::equal;
    if (text == "!=") return Operator::unequal;
    if (text == ">") return Operator::greater;
    if (text == "<") return Operator::less;
    if (text == "LIKE" || text == "like") return Operator::like;
    return std::nullopt;
}

Result<std::string> text_of(const json::Value& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null()) return std::string{};
    if (found->is_string()) return found->get<std::string>();
    if (found->is_number()) return found->dump();
    return fail(bad(std::string{name} + " must be text"));
}

Result<LabelCriteria> compare(const json::Value& in) {
    LabelCriteria out;
    FLEET_TRY(const std::string vital, text_of(in, "vital"));
    const auto known = std::find_if(kVitals.begin(), kVitals.end(), [&](const HostVital& v) {
        return v.name == vital;
    });
    if (vital.empty()) return fail(bad("vital is missing"));
    if (known == kVitals.end()) return fail(bad("unknown vital \"" + vital + "\""));
    out.vital = *known;
    if (vital == "custom_host_vital" && !in.contains("custom_host_vital_id")) {
        return fail(bad("custom_host_vital_id is missing"));
    }
    FLEET_TRY(const std::string op, text_of(in, "operator"));
    const auto parsed = parse_operator(op.empty() ? "=" : op);
    if (!parsed) return fail(bad("unknown operator \"" + op + "\": use =, !=, >, < or LIKE"));
    out.op = *parsed;
    FLEET_TRY(out.value, text_of(in, "value"));
    if (out.value.empty()) return fail(bad("value is missing"));
    if (out.value.size() > kLongestValue) return fail(bad("value is too long"));
    const bool orders = out.op == Operator::greater || out.op == Operator::less;
    if (out.vital.kind == Kind::text && orders) {
        return fail(bad("\"" + vital + "\" is text: use =, != or LIKE"));
    }
    if (out.vital.kind == Kind::number) {
        if (out.op == Operator::like) return fail(bad("\"" + vital + "\" is a number, not text"));
        const char* end = out.value.data() + out.value.size();
        const auto [stop, error] = std::from_chars(out.value.data(), end, out.number);
        if (error != std::errc{} || stop != end) {
            return fail(
                bad("\"" + vital + "\" is compared with numbers, not with \"" + out.value + "\"")
            );
        }
    }
    return out;
}

Result<LabelCriteria> parse(const json::Value& in, int depth, std::size_t& count) {
    if (!in.is_object()) return fail(bad("must be an object"));
    if (depth > kDeepest || ++count > kMostParts) return fail(bad("too many conditions"));
    const bool all = in.contains("and");
    const bool any = in.contains("or");
    if (!all && !any) return compare(in);
    if (all == any || in.contains("vital")) {
        return fail(bad("use one of vital, and, or at each level"));
    }
    const json::Value& parts = in[all ? "and" : "or"];
    if (!parts.is_array() || parts.empty()) return fail(bad("and, or take a list of conditions"));
    LabelCriteria out;
    out.kind = all ? LabelCriteria::Kind::all : LabelCriteria::Kind::any;
    for (const json::Value& part : parts) {
        FLEET_TRY(LabelCriteria one, parse(part, depth + 1, count));
        out.parts.push_back(std::move(one));
    }
    return out;
}

}  // namespace

std::span<const HostVital> host_vitals() {
    return kVitals;
}

Result<LabelCriteria> parse_label_criteria(std::string_view json_text) {
    const json::Value value = json::Value::parse(json_text, nullptr, /*allow_exceptions=*/false);
    std::size_t count = 0;
    return parse(value, 0, count);
}

}  // namespace fleet
