#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace fleet::test {

/// A folder of its own that goes away with the object, unless FLEET_TEST_KEEP is set.
class TempDir {
public:
    TempDir();
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::string file(std::string_view name) const { return (path_ / name).string(); }

    /// Writes a file into the folder and returns its full path.
    std::string write(std::string_view name, std::string_view text) const;

private:
    std::filesystem::path path_;
};

/// The whole file, or "" when it does not exist.
std::string read_file(const std::filesystem::path& path);

}  // namespace fleet::test
