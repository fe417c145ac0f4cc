#include "support/temp_dir.hpp"

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace fleet::test {

namespace {

/// Memory when there is plenty: a dozen databases at once would wait for a slow disk all the time.
std::filesystem::path base_folder() {
    constexpr std::uintmax_t kPlenty = std::uintmax_t{4} << 30;
    std::error_code error;
    const auto memory = std::filesystem::space("/dev/shm", error);
    if (!error && memory.available >= kPlenty) return "/dev/shm";
    return std::filesystem::temp_directory_path();
}

}  // namespace

TempDir::TempDir() {
    auto pattern = (base_folder() / "fleet-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
    path_ = pattern;
}

TempDir::~TempDir() {
    if (std::getenv("FLEET_TEST_KEEP") != nullptr) return;
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string TempDir::write(std::string_view name, std::string_view text) const {
    const auto path = file(name);
    std::ofstream out{path, std::ios::binary};
    out << text;
    if (!out.flush()) throw std::runtime_error("cannot write " + path);
    return path;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

}  // namespace fleet::test
