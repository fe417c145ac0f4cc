#include "perf/tables/machine.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "perf/random.hpp"
#include "perf/text.hpp"

namespace fleet::perf::machine {
namespace {

namespace fs = std::filesystem;

/// /etc/machine-id written as a UUID, for machines without firmware tables.
std::string machine_uuid() {
    if (auto uuid = read_line("/sys/class/dmi/id/product_uuid"); uuid.size() == 36) return uuid;
    auto id = read_line("/etc/machine-id");
    if (id.size() != 32) {
        // No identity at all: make one of the host name, so that it stays the same.
        std::array<char, 256> name{};
        gethostname(name.data(), name.size() - 1);
        id = hex_digest("MD5", name.data());
    }
    for (const std::size_t at : {8U, 13U, 18U, 23U})
        id.insert(at, 1, '-');
    return id;
}

}  // namespace

Profile profile() {
    std::array<char, 256> name{};
    gethostname(name.data(), name.size() - 1);
    Profile result;
    result.family = Family::this_machine;
    result.flavor = Flavor::debian;
    result.hostname = name.data();
    result.uuid = machine_uuid();
    result.key = draw(0, result.uuid);
    result.instance_id =
        uuid_from(draw(result.key, "instance high"), draw(result.key, "instance low"));
    result.serial = read_line("/sys/class/dmi/id/product_serial");
    return result;
}

std::string read_file(const fs::path& path) {
    std::string text;
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return text;
    std::array<char, 16384> buffer{};
    for (ssize_t got = 0; (got = read(fd, buffer.data(), buffer.size())) > 0;) {
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    close(fd);
    return text;
}

std::string read_line(const fs::path& path) {
    return std::string{trim(read_file(path))};
}

std::vector<std::string_view> lines(std::string_view text) {
    std::vector<std::string_view> result;
    while (!text.empty()) {
        const auto end = text.find('\n');
        result.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text = text.substr(end + 1);
    }
    return result;
}

std::string link_target(const fs::path& path) {
    std::error_code error;
    return fs::read_symlink(path, error).string();
}

std::vector<std::string> entries(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error)) {
        names.push_back(at->path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::int64_t> process_ids() {
    std::vector<std::int64_t> ids;
    for (const auto& name : entries("/proc")) {
        if (const auto id = parse_int(name)) ids.push_back(*id);
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

std::string field(std::string_view text, std::string_view key, char separator) {
    for (const auto line : lines(text)) {
        const auto at = line.find(separator);
        if (at == std::string_view::npos || trim(line.substr(0, at)) != key) continue;
        auto value = trim(line.substr(at + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
            value = value.substr(1, value.size() - 2);
        }
        return std::string{value};
    }
    return {};
}

}  // namespace fleet::perf::machine
