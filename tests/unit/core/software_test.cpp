#include "fleet/core/software.hpp"

#include <gtest/gtest.h>

#include <set>

#include "fleet/core/packed.hpp"
#include "fleet/core/software_facts.hpp"

namespace fleet {
namespace {

SoftwareView package(std::string_view name, std::string_view version = "1") {
    return {.name = name, .version = version, .source = "deb_packages"};
}

TEST(SoftwareDigest, EveryFieldCounts) {
    const SoftwareView base = package("a");
    std::set<ContentDigest> digests{software_digest(base)};
    for (const auto field :
         {&SoftwareView::name,
          &SoftwareView::version,
          &SoftwareView::source,
          &SoftwareView::bundle_identifier,
          &SoftwareView::extension_id,
          &SoftwareView::extension_for,
          &SoftwareView::vendor,
          &SoftwareView::release,
          &SoftwareView::arch,
          &SoftwareView::upgrade_code}) {
        SoftwareView other = base;
        other.*field = "x";
        EXPECT_TRUE(digests.insert(software_digest(other)).second);
    }
}

TEST(SoftwareDigest, NeighbouringFieldsDoNotRunTogether) {
    EXPECT_NE(software_digest(package("ab", "c")), software_digest(package("a", "bc")));
}

TEST(TitleDigest, VersionsAreOneTitle) {
    EXPECT_EQ(title_digest(package("a", "1")), title_digest(package("a", "2")));
    EXPECT_NE(title_digest(package("a")), title_digest(package("b")));
}

TEST(TitleDigest, ABundleIsKnownByItsIdentifier) {
    SoftwareView one = package("Zed.app");
    SoftwareView two = package("Zed Preview.app");
    one.bundle_identifier = two.bundle_identifier = "dev.zed";
    EXPECT_EQ(title_digest(one), title_digest(two));
    EXPECT_NE(title_digest(one), title_digest(package("dev.zed"))) << "a name is no identifier";
}

TEST(PackAscending, ComesBackAsItWent) {
    const std::vector<std::uint64_t> ids{0, 1, 127, 128, 70'000, UINT64_MAX};
    EXPECT_EQ(unpack_ascending(pack_ascending(ids)), ids);
    EXPECT_TRUE(unpack_ascending("").empty());
}

TEST(PackAscending, NeighboursTakeAByte) {
    std::vector<std::uint64_t> ids;
    for (std::uint64_t i = 1'000'000; i < 1'001'000; ++i)
        ids.push_back(i);
    EXPECT_LE(pack_ascending(ids).size(), 1'002U);
}

TEST(PackAscending, DamagedTextEndsTheList) {
    EXPECT_EQ(unpack_ascending("\x05\xFF"), std::vector<std::uint64_t>{5});
    EXPECT_TRUE(unpack_ascending(std::string(12, '\xFF')).empty());
}

TEST(PackPaths, AreSortedAndDistinct) {
    const SoftwarePaths paths{{9, "/b"}, {2, ""}, {9, "/a"}, {9, "/b"}};
    const SoftwarePaths expected{{2, ""}, {9, "/a"}, {9, "/b"}};
    EXPECT_EQ(unpack_paths(pack_paths(paths)), expected);
    EXPECT_EQ(pack_paths(paths), pack_paths(expected));
}

TEST(PackPaths, DamagedTextEndsTheList) {
    std::string packed = pack_paths({{1, "/a"}, {2, "/bbbb"}});
    packed.pop_back();
    EXPECT_EQ(unpack_paths(packed), (SoftwarePaths{{1, "/a"}}));
    EXPECT_TRUE(unpack_paths("short").empty());
}

TEST(PackOpened, TheNewestTimeOfEachIsKept) {
    const SoftwareOpened expected{{1, 5}, {2, 70}};
    EXPECT_EQ(unpack_opened(pack_opened({{2, 60}, {1, 5}, {2, 70}})), expected);
}

TEST(AboutEqual, ComparesTimesOfTheSameSoftware) {
    EXPECT_TRUE(about_equal({{1, 100}, {2, 0}}, {{1, 220}, {2, 0}}, 120));
    EXPECT_FALSE(about_equal({{1, 100}}, {{1, 221}}, 120));
    EXPECT_FALSE(about_equal({{1, 221}}, {{1, 100}}, 120));
    EXPECT_FALSE(about_equal({{1, 100}}, {{2, 100}}, 120));
    EXPECT_FALSE(about_equal({{1, 100}}, {{1, 100}, {2, 100}}, 120));
}

}  // namespace
}  // namespace fleet
