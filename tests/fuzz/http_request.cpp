// Whole requests through the parser, header and body, fed in pieces of the size the first byte
// says. The body never passes its limit, and what was taken from the budget is given back.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "http/body_budget.hpp"
#include "http/parser.hpp"

namespace {

using namespace fleet::http;
constexpr std::size_t kMaxBody = 4096;

void feed(RequestParser& parser, BodyCharge& charge, std::string_view input, std::size_t piece) {
    std::string waiting;
    bool accepted = false;
    while (!input.empty()) {
        const auto count = std::min(piece, input.size());
        waiting.append(input.substr(0, count));
        input.remove_prefix(count);
        while (!waiting.empty()) {
            beast::error_code error;
            waiting.erase(0, parser.feed(waiting, error));
            if (error == beast::http::error::need_more) break;
            if (error || parser.is_done()) return;
            if (parser.is_header_done() && !accepted) {
                accepted = true;
                const auto& request = parser.request();
                parser.accept_body(kMaxBody, charge, request.header("Content-Encoding") == "gzip");
            }
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    BodyBudget budget{1 << 20};
    {
        BodyCharge charge{budget};
        RequestParser parser{8192};
        const std::string_view input{reinterpret_cast<const char*>(data) + 1, size - 1};
        feed(parser, charge, input, data[0] + 1u);
        if (parser.request().body.size() > kMaxBody) std::abort();
        if (budget.used() != parser.request().body.size()) std::abort();
    }
    if (budget.used() != 0) std::abort();
    return 0;
}
