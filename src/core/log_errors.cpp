#include "log_errors.hpp"

#include <algorithm>
#include <mutex>

namespace fleet::log {
namespace {

/// Messages are texts of this program, so there are few; more than this is no help to anybody.
constexpr std::size_t kMost = 200;
constexpr std::size_t kLongestValue = 1'000;

struct Errors {
    std::mutex mutex{};
    std::vector<LoggedError> all{};
};

Errors& errors() {
    // Leaked: threads may log while static objects are destroyed.
    static Errors* const instance = new Errors;
    return *instance;
}

std::string to_text(const Field& field) {
    return std::visit(
        [](const auto& value) -> std::string {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::string_view>) {
                return std::string{value.substr(0, kLongestValue)};
            } else if constexpr (std::is_same_v<T, bool>) {
                return value ? "true" : "false";
            } else {
                return std::to_string(value);
            }
        },
        field.value
    );
}

}  // namespace

void remember_error(std::string_view at, std::string_view message, Fields fields) {
    Errors& known = errors();
    const std::scoped_lock lock{known.mutex};
    auto found = std::find_if(known.all.begin(), known.all.end(), [&](const LoggedError& error) {
        return error.message == message;
    });
    if (found == known.all.end()) {
        if (known.all.size() == kMost) return;
        known.all.push_back({.message = std::string{message}});
        found = std::prev(known.all.end());
    }
    ++found->count;
    found->last_at = at;
    found->fields.clear();
    for (const Field& field : fields)
        found->fields.emplace_back(field.key, to_text(field));
}

std::vector<LoggedError> logged_errors() {
    Errors& known = errors();
    const std::scoped_lock lock{known.mutex};
    return known.all;
}

void clear_logged_errors() {
    Errors& known = errors();
    const std::scoped_lock lock{known.mutex};
    known.all.clear();
}

}  // namespace fleet::log
