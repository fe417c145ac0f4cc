#include "software_rows.hpp"

#include <simdjson.h>

#include <array>
#include <charconv>
#include <deque>
#include <string>

#include "fleet/core/utf8.hpp"

namespace fleet::checkin {
namespace {

namespace od = simdjson::ondemand;

/// Text of a scalar; empty for anything else. Lives as long as the document.
std::string_view text_of(od::value value) {
    od::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return {};
    std::string_view text;
    if (type == od::json_type::string) {
        if (value.get_string().get(text) != simdjson::SUCCESS) return {};
        return text;
    }
    if (type != od::json_type::number) return {};
    text = value.raw_json_token();
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n'))
        text.remove_suffix(1);
    return text;
}

struct Column {
    std::string_view name;
    std::string_view SoftwareView::*field;
    std::size_t width;  // of the column it is stored in
};
constexpr std::array kColumns{
    Column{"name", &SoftwareView::name, 255},
    Column{"version", &SoftwareView::version, 255},
    Column{"source", &SoftwareView::source, 64},
    Column{"arch", &SoftwareView::arch, 64},
    Column{"vendor", &SoftwareView::vendor, 255},
    Column{"release", &SoftwareView::release, 255},
    Column{"bundle_identifier", &SoftwareView::bundle_identifier, 255},
    Column{"extension_id", &SoftwareView::extension_id, 255},
    Column{"extension_for", &SoftwareView::extension_for, 255},
    Column{"browser", &SoftwareView::extension_for, 255},  // what replaced queries may still say
    Column{"upgrade_code", &SoftwareView::upgrade_code, 64},
};

/// Turns one row into text that fits its columns.
class RowReader {
public:
    SoftwareRow read(od::object object) {
        SoftwareRow row;
        kept_.clear();
        for (auto member : object) {
            std::string_view name;
            od::value value;
            if (member.unescaped_key().get(name) != simdjson::SUCCESS) break;
            if (member.value().get(value) != simdjson::SUCCESS) break;
            take(row, name, value);
        }
        return row;
    }

private:
    void take(SoftwareRow& row, std::string_view name, od::value value) {
        if (name == "installed_path") {
            row.installed_path = fitting(text_of(value), 1'024);
        } else if (name == "last_opened_at") {
            const std::string_view text = text_of(value);
            // Seconds, perhaps with a fraction; negative when never.
            std::from_chars(text.data(), text.data() + text.size(), row.last_opened);
            constexpr std::int64_t kYear9999 = 253'402'300'799;
            if (row.last_opened < 0 || row.last_opened > kYear9999) row.last_opened = 0;
        } else {
            for (const Column& column : kColumns) {
                if (name != column.name) continue;
                const std::string_view text = fitting(text_of(value), column.width);
                if (!text.empty()) row.software.*column.field = text;
                return;
            }
        }
    }

    std::string_view fitting(std::string_view text, std::size_t width) {
        const bool fits = text.size() <= width && text.find('\0') == std::string_view::npos;
        return fits ? text : std::string_view{kept_.emplace_back(clipped(text, width))};
    }

    std::deque<std::string> kept_{};  // what had to be cut; addresses stay
};

}  // namespace

bool each_software_row(
    std::string_view rows_json, const std::function<void(const SoftwareRow&)>& visit
) {
    thread_local od::parser parser;
    const simdjson::padded_string padded{rows_json};
    od::document document;
    od::array array;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return false;
    if (document.get_array().get(array) != simdjson::SUCCESS) return false;
    RowReader reader;
    for (auto element : array) {
        od::value value;
        od::object object;
        if (element.get(value) != simdjson::SUCCESS) return false;
        od::json_type type{};
        if (value.type().get(type) != simdjson::SUCCESS) return false;
        if (type != od::json_type::object) continue;
        if (value.get_object().get(object) != simdjson::SUCCESS) return false;
        const SoftwareRow row = reader.read(object);
        if (!row.software.name.empty()) visit(row);
    }
    return true;
}

}  // namespace fleet::checkin
