#include "yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <set>

#include "fleet/config/values.hpp"

namespace fleet::config {
namespace {

constexpr int kMaxDepth = 32;

Error at_line(int line, std::string reason) {
    return Error::invalid("", "line " + std::to_string(line) + ": " + std::move(reason));
}

int line_of(const YAML::Node& node) {
    return node.Mark().line + 1;
}

std::string to_json(const YAML::Node& node) {
    YAML::Emitter out;
    out.SetMapFormat(YAML::Flow);
    out.SetSeqFormat(YAML::Flow);
    out.SetStringFormat(YAML::DoubleQuoted);
    out << node;
    return out.c_str();
}

class Flattener {
public:
    Result<> add(const YAML::Node& node, const std::string& name, int depth) {
        if (depth > kMaxDepth) return fail(at_line(line_of(node), "nested too deeply"));
        switch (node.Type()) {
            case YAML::NodeType::Map:
                return add_map(node, name, depth);
            case YAML::NodeType::Sequence:
                return add_leaf(node, name, to_json(node));
            case YAML::NodeType::Scalar:
                return add_leaf(node, name, node.Scalar());
            case YAML::NodeType::Null:
            case YAML::NodeType::Undefined:
                return {};
        }
        return {};
    }

    std::vector<Entry> entries{};

private:
    Result<> add_map(const YAML::Node& node, const std::string& name, int depth) {
        for (const auto& item : node) {
            if (!item.first.IsScalar()) {
                return fail(at_line(line_of(item.first), "a key must be a plain word"));
            }
            const std::string child =
                name.empty() ? item.first.Scalar() : name + "." + item.first.Scalar();
            FLEET_CHECK(add(item.second, child, depth + 1));
        }
        return {};
    }

    Result<> add_leaf(const YAML::Node& node, const std::string& name, std::string value) {
        if (name.empty()) {
            return fail(at_line(line_of(node), "the file must consist of sections with keys"));
        }
        if (!seen_.insert(name).second) {
            return fail(at_line(line_of(node), "\"" + name + "\" is set twice"));
        }
        entries.push_back({name, std::move(value), line_of(node)});
        return {};
    }

    std::set<std::string> seen_{};
};

Result<BodyLimit> read_body_limit(const YAML::Node& node) {
    const auto wrong = [](std::string reason) {
        return fail(Error::invalid("", std::move(reason)));
    };
    if (!node.IsMap()) return wrong("each entry must be {endpoint, max_request_size}");
    BodyLimit out;
    for (const auto& item : node) {
        const std::string name = item.first.IsScalar() ? item.first.Scalar() : "";
        if (!item.second.IsScalar()) return wrong("values must be plain");
        if (name == "endpoint") {
            out.endpoint = item.second.Scalar();
        } else if (name == "max_request_size") {
            FLEET_TRY(out.max_request_size, parse_bytes(item.second.Scalar()));
        } else {
            return wrong("unknown member \"" + name + "\"");
        }
    }
    if (out.endpoint.empty()) return wrong("an entry has no endpoint");
    return out;
}

}  // namespace

Result<std::vector<Entry>> read_yaml(const std::string& text) {
    try {
        Flattener flat;
        FLEET_CHECK(flat.add(YAML::Load(text), "", 0));
        return std::move(flat.entries);
    } catch (const YAML::Exception& e) {
        return fail(at_line(e.mark.line + 1, e.msg));
    }
}

Result<std::vector<BodyLimit>> read_body_limits(const std::string& json) {
    std::vector<BodyLimit> out;
    if (json.empty()) return out;
    try {
        // JSON is YAML in flow style.
        const YAML::Node list = YAML::Load(json);
        if (!list.IsSequence()) return fail(Error::invalid("", "must be a list"));
        std::set<std::string> seen;
        for (const YAML::Node& node : list) {
            FLEET_TRY(BodyLimit limit, read_body_limit(node));
            if (!seen.insert(limit.endpoint).second) {
                return fail(Error::invalid("", "\"" + limit.endpoint + "\" is listed twice"));
            }
            out.push_back(std::move(limit));
        }
    } catch (const YAML::Exception& e) {
        return fail(Error::invalid("", "is not a list in JSON: " + e.msg));
    }
    return out;
}

}  // namespace fleet::config
