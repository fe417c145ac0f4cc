#include "perf/run/rate_plan.hpp"

#include <algorithm>
#include <charconv>

#include "perf/options.hpp"

namespace fleet::perf {

std::optional<RatePlan> RatePlan::parse(std::string_view text) {
    RatePlan plan;
    std::chrono::milliseconds at{};
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const auto step = text.substr(0, comma);
        text = text.substr(std::min(comma + 1, text.size()));
        const auto colon = step.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        const auto length = parse_duration(step.substr(0, colon));
        const auto number = step.substr(colon + 1);
        double factor = 0;
        const auto [end, error] =
            std::from_chars(number.data(), number.data() + number.size(), factor);
        const bool whole = error == std::errc{} && end == number.data() + number.size();
        if (!length || !whole || factor < 0.01 || factor > 1000) return std::nullopt;
        at += *length;
        plan.steps_.push_back({at, factor});
    }
    return plan;
}

double RatePlan::factor_at(std::chrono::milliseconds since_start) const {
    for (const auto& step : steps_) {
        if (since_start < step.until) return step.factor;
    }
    return 1;
}

}  // namespace fleet::perf
