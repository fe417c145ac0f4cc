#include "http/compression.hpp"

#include <gmock/gmock.h>

#include "support/gzip.hpp"

namespace fleet::http {
namespace {

using testing::Contains;
using testing::Not;
using testing::Pair;

std::string long_text() {
    std::string out;
    for (int i = 0; i < 500; ++i)
        out += "{\"id\": " + std::to_string(i) + "}\n";
    return out;
}

Request asking(const std::string& encodings) {
    return {.headers = {{"Accept-Encoding", encodings}}};
}

TEST(Compress, ALongTextForWhoTakesGzip) {
    Response answer{.body = long_text()};
    compress(asking("gzip, deflate, br"), answer);

    EXPECT_LT(answer.body.size(), long_text().size() / 3);
    EXPECT_EQ(test::gunzip(answer.body), long_text());
    EXPECT_THAT(answer.headers, Contains(Pair("Content-Encoding", "gzip")));
    EXPECT_THAT(answer.headers, Contains(Pair("Vary", "Accept-Encoding")));
}

TEST(Compress, NothingForOthersButCachesAreTold) {
    for (const char* encodings : {"", "br", "gzip;q=0"}) {
        Response answer{.body = long_text()};
        compress(asking(encodings), answer);

        EXPECT_EQ(answer.body, long_text()) << encodings;
        EXPECT_THAT(answer.headers, Not(Contains(Pair("Content-Encoding", "gzip"))));
        EXPECT_THAT(answer.headers, Contains(Pair("Vary", "Accept-Encoding")));
    }
}

TEST(Compress, NotWhatIsShortOrNoTextOrDecided) {
    const Response answers[] = {
        {.body = "{}"},
        {.content_type = "application/octet-stream", .body = long_text()},
        {.headers = {{"ETag", "\"a\""}}, .body = long_text()},
        {.headers = {{"Content-Encoding", "identity"}}, .body = long_text()},
        {.shared_body = std::make_shared<const std::string>(long_text())},
        {.stream = [](std::string&) { return false; }},
    };
    for (Response answer : answers) {
        const Response before = answer;
        compress(asking("gzip"), answer);
        EXPECT_EQ(answer.body, before.body);
        EXPECT_EQ(answer.headers, before.headers);
    }
}

TEST(Compress, NotWhatWouldGrow) {
    std::string noise;
    for (unsigned i = 0, x = 1; i < 4'000; ++i) {
        x = x * 1'664'525u + 1'013'904'223u;
        noise += static_cast<char>(x >> 24);
    }
    Response answer{.content_type = "text/plain", .body = noise};
    compress(asking("gzip"), answer);
    EXPECT_EQ(answer.body, noise);
    EXPECT_THAT(answer.headers, Not(Contains(Pair("Content-Encoding", "gzip"))));
}

}  // namespace
}  // namespace fleet::http
