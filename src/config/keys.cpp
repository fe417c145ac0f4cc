#include "fleet/config/keys.hpp"

#include <map>
#include <vector>

#include "key_rows.hpp"

namespace fleet::config {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::vector<Key> make_keys() {
    std::vector<Key> out;
    add_server_keys(out);
    add_osquery_keys(out);
    add_destination_keys(out);
    add_feature_keys(out);
    add_mdm_keys(out);
    return out;
}

std::map<std::string_view, const Key*> make_index() {
    std::map<std::string_view, const Key*> out;
    for (const Key& key : keys()) {
        out.emplace(key.name, &key);
    }
    return out;
}

}  // namespace

std::span<const Key> keys() {
    static const std::vector<Key> all = make_keys();
    return all;
}

const Key* find_key(std::string_view name) {
    static const std::map<std::string_view, const Key*> index = make_index();
    std::string wanted{name};
    for (char& c : wanted) {
        c = lower(c);
    }
    const auto found = index.find(wanted);
    return found == index.end() ? nullptr : found->second;
}

std::string env_name(const Key& key) {
    std::string out = "FLEET_";
    for (const char c : key.name) {
        out += c == '.' ? '_' : upper(c);
    }
    return out;
}

std::string flag_name(const Key& key) {
    std::string out = key.name;
    for (char& c : out) {
        if (c == '.') c = '_';
    }
    return out;
}

std::string_view type_name(Type type) {
    switch (type) {
        case Type::text:
            return "string";
        case Type::integer:
            return "int";
        case Type::boolean:
            return "bool";
        case Type::duration:
            return "duration";
        case Type::bytes:
            return "byte size";
        case Type::json:
            return "list";
    }
    return "string";
}

}  // namespace fleet::config
