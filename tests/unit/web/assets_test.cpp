#include "fleet/web/assets.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <string>

namespace fleet::web {
namespace {

std::string text_of(std::span<const std::byte> bytes) {
    std::string out(bytes.size(), '\0');
    std::ranges::transform(bytes, out.begin(), [](std::byte b) { return static_cast<char>(b); });
    return out;
}

std::string gunzip(std::span<const std::byte> packed, std::size_t size) {
    std::string in = text_of(packed);
    std::string out(size + 1, '\0');
    z_stream stream{};
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    EXPECT_EQ(inflateInit2(&stream, kGzipOnly), Z_OK);
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

TEST(WebAssets, IndexHoldsThePlaceholderAndIsNotCompressed) {
    const auto* index = find("/index.html");

    ASSERT_NE(index, nullptr);
    EXPECT_NE(text_of(index->identity).find(kPrefixPlaceholder), std::string::npos);
    EXPECT_TRUE(index->gzip.empty());
    EXPECT_TRUE(index->brotli.empty());
    EXPECT_FALSE(index->immutable);
    EXPECT_EQ(index->content_type, "text/html; charset=utf-8");
}

TEST(WebAssets, UnknownPathIsNotFound) {
    EXPECT_EQ(find("/nothing.js"), nullptr);
    EXPECT_EQ(find(""), nullptr);
    EXPECT_EQ(find("index.html"), nullptr);
}

TEST(WebAssets, EveryFileIsFoundByItsPath) {
    for (const auto& asset : assets()) {
        EXPECT_EQ(find(asset.path), &asset) << asset.path;
        EXPECT_TRUE(asset.path.starts_with('/')) << asset.path;
        EXPECT_TRUE(asset.etag.starts_with('"') && asset.etag.ends_with('"')) << asset.path;
        EXPECT_FALSE(asset.identity.empty()) << asset.path;
        EXPECT_EQ(asset.immutable, asset.path.starts_with("/assets/")) << asset.path;
    }
}

TEST(WebAssets, CompressedVersionsHoldTheSameContentAndAreSmaller) {
    for (const auto& asset : assets()) {
        if (asset.gzip.empty()) continue;
        EXPECT_LT(asset.gzip.size(), asset.identity.size()) << asset.path;
        EXPECT_LT(asset.brotli.size(), asset.identity.size()) << asset.path;
        EXPECT_EQ(gunzip(asset.gzip, asset.identity.size()), text_of(asset.identity)) << asset.path;
    }
}

}  // namespace
}  // namespace fleet::web
