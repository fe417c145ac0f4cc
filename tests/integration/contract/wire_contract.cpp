#include "integration/contract/wire_contract.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace fleet::test {

namespace {

namespace fs = std::filesystem;

std::string trim(const std::string& text) {
    const auto first = text.find_first_not_of(" \t`");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t`") - first + 1);
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> out;
    std::istringstream in{text};
    for (std::string part; std::getline(in, part, separator);)
        out.push_back(trim(part));
    return out;
}

std::optional<fs::path> find_folder() {
    if (const char* told = std::getenv("FLEET_SPEC_DIR")) return fs::path{told};
    for (fs::path at = fs::path{FLEET_TEST_SOURCE_DIR}; at != at.root_path();
         at = at.parent_path()) {
        const fs::path spec = at.parent_path() / "shared" / "spec";
        if (fs::exists(spec / "rest-api-a.md")) return spec;
    }
    return std::nullopt;
}

bool is_method(const std::string& word) {
    static const std::set<std::string> kMethods = {"GET", "POST", "PUT", "PATCH", "DELETE", "*"};
    return kMethods.contains(word);
}

/// Collects rows; the same endpoint of both tables counts once.
struct Collector {
    std::vector<ContractRow> rows{};
    std::set<std::string> seen{};

    void add(
        const std::string& method, std::string path, const std::string& priority, bool in_root
    ) {
        if (priority != "P0" && priority != "P1") return;
        // "/labels[/:name]" is two paths.
        if (const auto open = path.find('['); open != std::string::npos) {
            const auto close = path.find(']', open);
            const std::string before = path.substr(0, open);
            const std::string tail = path.substr(close + 1);
            add(method, before + tail, priority, in_root);
            if (method == "GET") {
                add(method,
                    before + path.substr(open + 1, close - open - 1) + tail,
                    priority,
                    in_root);
            }
            return;
        }
        for (const char* word : {" (v1)", " (latest)", "..."}) {
            if (const auto at = path.find(word); at != std::string::npos) path.erase(at);
        }
        if (path.find("**") != std::string::npos) return;  // SockJS is below the WebSocket's path
        std::string text;                                  // ":id" -> "{id}"
        for (std::size_t i = 0; i < path.size(); ++i) {
            if (path[i] != ':') {
                text += path[i];
                continue;
            }
            const auto end = std::min(path.find('/', i), path.size());
            text += "{" + path.substr(i + 1, end - i - 1) + "}";
            i = end - 1;
        }
        if (!seen.insert(method + skeleton(text)).second) return;
        rows.push_back({method, text, priority, in_root});
    }
};

/// "POST, GET /spec/packs, GET /spec/packs/{name}": methods wait for their path; a path alone takes
/// the methods before it.
void read_a_row(const std::vector<std::string>& cells, Collector& out) {
    if (cells.size() < 6) return;
    const bool in_root = cells[2] == "root path";
    std::vector<std::string> pending, last;
    for (const std::string& token : split(cells[1], ',')) {
        const auto space = token.find(' ');
        const std::string first = token.substr(0, space);
        std::string path = space == std::string::npos ? token : trim(token.substr(space));
        if (is_method(first)) {
            pending.push_back(first);
            if (space == std::string::npos) continue;
            last = std::exchange(pending, {});
        }
        if (!path.starts_with('/')) continue;
        for (const std::string& method : last)
            out.add(method, path, cells[4], in_root);
    }
}

/// "| GET POST | `/a, /b` | alias | P0 |".
void read_b_row(const std::vector<std::string>& cells, Collector& out) {
    if (cells.size() < 5) return;
    std::string base;
    for (std::string path : split(cells[2], ',')) {
        if (!path.starts_with('/')) continue;
        // "/hosts/:id/lock, /unlock, /wipe" share all but the last part.
        if (!base.empty() && std::count(path.begin(), path.end(), '/') == 1 &&
            std::count(base.begin(), base.end(), '/') > 1) {
            path = base.substr(0, base.rfind('/')) + path;
        } else {
            base = path;
        }
        for (const std::string& method : split(cells[1], ' ')) {
            if (is_method(method)) out.add(method, path, cells[4], false);
        }
    }
}

template <class ReadRow>
void read_tables(const fs::path& file, const char* from, const char* to, ReadRow read_row) {
    std::ifstream in{file};
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(from)) inside = true;
        if (inside && line.starts_with(to)) return;
        if (inside && line.starts_with("| ")) read_row(split(line, '|'));
    }
}

}  // namespace

std::string skeleton(const std::string& path) {
    std::string out;
    for (std::size_t i = 0; i < path.size(); ++i) {
        out += path[i];
        if (path[i] != '{') continue;
        i = path.find('}', i);
        out += '}';
    }
    return out;
}

std::optional<std::vector<ContractRow>> read_wire_contract() {
    const auto folder = find_folder();
    if (!folder) return std::nullopt;
    Collector out;
    read_tables(*folder / "rest-api-a.md", "# 0. Endpoint summary", "# 1.", [&](const auto& cells) {
        read_a_row(cells, out);
    });
    read_tables(
        *folder / "rest-api-b.md",
        "## 0. Summary of all endpoints",
        "## 1.",
        [&](const auto& cells) { read_b_row(cells, out); }
    );
    return out.rows;
}

}  // namespace fleet::test
