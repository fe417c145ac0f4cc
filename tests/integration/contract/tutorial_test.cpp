// docs/tutorial-rest.md does what it says: its own commands, in one shell.
#include <fstream>
#include <sstream>

#include "integration/contract/document.hpp"
#include "support/child_process.hpp"
#include "support/temp_dir.hpp"

namespace fleet::test {
namespace {

/// The ```sh blocks of a page, one after the other; those that start a preview are left out.
std::string commands_of(const std::string& file) {
    std::ifstream in{file};
    std::string out, block;
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
        if (!inside && line == "```sh") {
            inside = true;
            block.clear();
        } else if (inside && line == "```") {
            inside = false;
            if (block.find("docker/preview.sh") == std::string::npos) out += block;
        } else if (inside) {
            block += line + "\n";
        }
    }
    return out;
}

TEST(RestTutorial, ItsCommandsWork) {
    Stack& stack = contract_stack();
    AdminClient admin = stack.admin();
    for (const auto* path : {"/fleets/1", "/labels/id/1", "/policies/1"}) {
        const auto response = admin.send(
            {.method = std::string{path} == "/labels/id/1" ? "DELETE" : "GET",
             .target = std::string{"/api/latest/fleet"} + path}
        );
        // An endpoint that is there says which team, label or policy it does not know.
        if (response.status == 404 &&
            response.text().find("nothing is served") != std::string::npos) {
            GTEST_SKIP() << "teams, labels and policies are not all there yet: " << path;
        }
    }
    for (const auto* program : {"bash", "curl", "jq", "openssl"}) {
        if (find_program(program).empty()) GTEST_SKIP() << program << " is not installed";
    }
    const TempDir dir;
    const std::string script = commands_of(FLEET_TEST_SOURCE_DIR "/docs/tutorial-rest.md");
    ASSERT_THAT(script, HasSubstr("check_in"));
    dir.write("tour.sh", "set -euo pipefail\nPS4='+ line $LINENO: '\nset -x\n" + script);
    const int code = run(
        {.argv = {find_program("bash"), dir.file("tour.sh")},
         .env =
             {{"FLEET_URL", "https://" + admin.endpoint().authority()},
              {"FLEET_CA_FILE", admin.endpoint().ca_file},
              {"FLEET_API_TOKEN", admin.token()}},
         .log_file = dir.file("tour.log")}
    );
    std::ifstream log{dir.file("tour.log")};
    const std::string said{std::istreambuf_iterator<char>{log}, {}};
    EXPECT_EQ(code, 0) << said.substr(said.size() > 6'000 ? said.size() - 6'000 : 0);
}

}  // namespace
}  // namespace fleet::test
