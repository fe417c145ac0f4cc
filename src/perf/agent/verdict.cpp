#include "perf/agent/verdict.hpp"

namespace fleet::perf {

Answer judge(std::string_view body) {
    Answer answer;
    if (body.empty()) {
        answer.document = nlohmann::json::object();
        return answer;
    }
    answer.document = nlohmann::json::parse(body, nullptr, false);
    if (answer.document.is_discarded()) {
        answer.verdict = Verdict::not_json;
        return answer;
    }
    if (!answer.document.is_object()) return answer;
    const auto error = answer.document.find("error");
    if (error != answer.document.end()) {
        answer.verdict = Verdict::error;
        answer.text = error->is_string() ? error->get<std::string>() : error->dump();
    }
    const auto invalid = answer.document.find("node_invalid");
    if (invalid != answer.document.end() && invalid->is_boolean() && invalid->get<bool>()) {
        answer.verdict = Verdict::node_invalid;
    }
    return answer;
}

}  // namespace fleet::perf
