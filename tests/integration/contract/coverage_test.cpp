// docs/api-coverage.md: which endpoints of the wire contract are there. To write it anew:
//     FLEET_WRITE_COVERAGE=1 build/dev/bin/api_contract_tests --gtest_filter='Coverage.*'
#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "integration/contract/document.hpp"
#include "integration/contract/wire_contract.hpp"

namespace fleet::test {
namespace {

struct Topic {
    const char* prefix;
    const char* issue;
};

// The longest prefix that fits says under which heading an endpoint will come.
constexpr std::array kTopics{
    Topic{"/sso", "single sign-on"},
    Topic{"/api/v1/fleet/sso", "single sign-on"},
    Topic{"/forgot_password", "accounts"},
    Topic{"/reset_password", "accounts"},
    Topic{"/users", "accounts"},
    Topic{"/invites", "accounts"},
    Topic{"/hosts", "hosts"},
    Topic{"/macadmins", "device management"},
    Topic{"/hosts/summary/mdm", "device management"},
    Topic{"/hosts/{id}/encryption_key", "device management"},
    Topic{"/hosts/{id}/lock", "device management"},
    Topic{"/hosts/{id}/unlock", "device management"},
    Topic{"/hosts/{id}/wipe", "device management"},
    Topic{"/hosts/{id}/activities/upcoming", "scripts and software installers"},
    Topic{"/hosts/{id}/scripts", "scripts"},
    Topic{"/hosts/{host_id}/software", "software installers"},
    Topic{"/hosts/transfer", "teams"},
    Topic{"/hosts/{id}/labels", "labels"},
    Topic{"/labels", "labels"},
    Topic{"/spec/labels", "labels"},
    Topic{"/fleets", "teams"},
    Topic{"/spec/fleets", "teams"},
    Topic{"/fleets/{fleet_id}/policies", "policies"},
    Topic{"/policies", "policies"},
    Topic{"/global/policies", "policies"},
    Topic{"/spec/policies", "policies"},
    Topic{"/automations", "policies"},
    Topic{"/packs", "packs and schedules"},
    Topic{"/spec/packs", "packs and schedules"},
    Topic{"/schedule", "packs and schedules"},
    Topic{"/scripts", "scripts"},
    Topic{"/software", "software installers"},
    Topic{"/os_versions", "vulnerabilities"},
    Topic{"/vulnerabilities", "vulnerabilities"},
    Topic{"/commands", "device management"},
    Topic{"/configuration_profiles", "device management"},
    Topic{"/disk_encryption", "device management"},
    Topic{"/spec/secret_variables", "scripts"},
};

std::string topic_of(const std::string& path) {
    const Topic* best = nullptr;
    for (const Topic& topic : kTopics) {
        const std::string prefix = topic.prefix;
        if (!path.starts_with(prefix)) continue;
        if (best == nullptr || prefix.size() > std::string{best->prefix}.size()) best = &topic;
    }
    return best == nullptr ? "the rest of the API" : best->issue;
}

/// Method and skeleton of all that is served.
std::set<std::string> served_endpoints() {
    std::set<std::string> out;
    for (const Operation& operation : operations())
        out.insert(operation.method + " " + skeleton(operation.path));
    return out;
}

bool is_present(const ContractRow& row, const std::set<std::string>& served) {
    if (row.in_root) {
        HttpClient http{contract_stack().server().endpoint()};
        return http.send({.method = row.method, .target = row.path}).status != 404;
    }
    const std::string path = skeleton(row.path);
    if (row.method != "*") return served.contains(row.method + " " + path);
    return std::any_of(served.begin(), served.end(), [&](const std::string& one) {
        return one.substr(one.find(' ') + 1).starts_with(path);
    });
}

std::string make_table(const std::vector<ContractRow>& rows) {
    const auto served = served_endpoints();
    std::map<std::string, std::pair<int, int>> totals;
    std::ostringstream table;
    for (const ContractRow& row : rows) {
        const bool present = is_present(row, served);
        ++totals[row.priority].second;
        if (present) ++totals[row.priority].first;
        table << "| " << (row.method == "*" ? "any" : row.method) << " | `" << row.path << "` | "
              << row.priority << " | " << (present ? "present" : "later: " + topic_of(row.path))
              << " |\n";
    }
    std::ostringstream out;
    out << "# Coverage of the REST API\n\n"
           "Endpoints that clients of Fleet use daily (P0) or expect (P1), in the newer words; "
           "paths are\n"
           "below `/api/{version}/fleet` unless they are full. `/api/docs` of a running server "
           "describes\n"
           "what is present. This file is generated:\n\n"
           "```sh\nFLEET_WRITE_COVERAGE=1 build/dev/bin/api_contract_tests "
           "--gtest_filter='Coverage.*'\n```\n\n";
    for (const auto& [priority, counts] : totals)
        out << "- " << priority << ": " << counts.first << " of " << counts.second << "\n";
    out << "\n| method | path | priority | |\n| --- | --- | --- | --- |\n" << table.str();
    return out.str();
}

TEST(Coverage, TheTableInTheDocsIsThatOfThisServer) {
    const auto rows = read_wire_contract();
    if (!rows) GTEST_SKIP() << "the wire contract is not here: set FLEET_SPEC_DIR";
    ASSERT_GT(rows->size(), 150U) << "the summary tables could not be read";
    const std::string table = make_table(*rows);
    const std::string file = FLEET_TEST_SOURCE_DIR "/docs/api-coverage.md";
    if (std::getenv("FLEET_WRITE_COVERAGE") != nullptr) {
        std::ofstream{file} << table;
        return;
    }
    std::ifstream in{file};
    const std::string committed{std::istreambuf_iterator<char>{in}, {}};
    EXPECT_TRUE(table == committed)
        << "docs/api-coverage.md is stale; write it anew with\n  FLEET_WRITE_COVERAGE=1 "
           "build/dev/bin/api_contract_tests --gtest_filter='Coverage.*'";
}

}  // namespace
}  // namespace fleet::test
