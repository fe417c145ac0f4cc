#include "perf/run/shared.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "perf/run/config_shelf.hpp"

namespace fleet::perf {
namespace {

class KeyStoreTest : public ::testing::Test {
protected:
    ~KeyStoreTest() override { std::filesystem::remove(file); }

    std::string content() const {
        std::ifstream in{file};
        return {std::istreambuf_iterator<char>{in}, {}};
    }

    std::string file{
        (std::filesystem::temp_directory_path() / ("keys" + std::to_string(getpid()))).string()};
};

TEST_F(KeyStoreTest, KeysComeBackAndTheLastOneCounts) {
    KeyStore first{file};
    first.put("a", "1");
    first.put("b", "2");
    first.save();
    first.put("a", "3");
    first.save();

    const KeyStore second{file};

    EXPECT_EQ(second.find("a"), "3");
    EXPECT_EQ(second.find("b"), "2");
    EXPECT_EQ(second.find("c"), "");
    // Reading has also tidied up.
    EXPECT_EQ(content().size(), std::string{"a 3\nb 2\n"}.size());
}

TEST_F(KeyStoreTest, ATornLineIsDropped) {
    std::ofstream{file} << "a 1\nb 2";

    KeyStore store{file};
    store.put("c", "3");
    store.save();

    EXPECT_EQ(store.find("b"), "");
    EXPECT_EQ(content(), "a 1\nc 3\n");
}

TEST_F(KeyStoreTest, OnlyTheOwnerMayReadTheFile) {
    KeyStore store{file};
    store.put("a", "1");
    store.save();

    const auto mode = std::filesystem::status(file).permissions();
    EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(ConfigShelfTest, ATextIsKeptOnceAndForAsLongAsSomebodyHoldsIt) {
    const auto config = std::make_shared<const AgentConfig>();
    ConfigShelf shelf{config};
    ConfigShelf::Id a = ConfigShelf::kInitial;
    ConfigShelf::Id b = ConfigShelf::kInitial;
    const auto id = shelf.put("{}", config);
    ASSERT_TRUE(id);
    shelf.exchange(a, *id);
    shelf.exchange(b, *id);
    EXPECT_TRUE(shelf.is(a, "{}"));
    EXPECT_EQ(shelf.find("{}"), id);

    shelf.exchange(a, ConfigShelf::kInitial);
    EXPECT_TRUE(shelf.find("{}"));
    shelf.exchange(b, ConfigShelf::kInitial);

    EXPECT_FALSE(shelf.find("{}"));
    EXPECT_EQ(shelf.put("{\"x\":1}", config), id);
}

}  // namespace
}  // namespace fleet::perf
