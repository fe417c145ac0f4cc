#include <gmock/gmock.h>
#include <openssl/ssl.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "server_fixture.hpp"
#include "support/gzip.hpp"
#include "support/wait.hpp"

namespace fleet::http {
namespace {

using testing::Contains;
using testing::HasSubstr;

using Server_ = ServerTest;

TEST_F(Server_, AnswersManyRequestsOnOneConnection) {
    echo("/echo");
    start();
    test::HttpClient client{endpoint};

    for (int i = 0; i < 20; ++i) {
        const auto text = "message " + std::to_string(i);
        const auto answer = client.send({.method = "POST", .target = "/echo", .body = text});
        ASSERT_EQ(answer.status, 200);
        ASSERT_EQ(answer.body, text);
    }

    EXPECT_EQ(server->stats().accepted, 1u);
}

TEST_F(Server_, SpeaksTls12And13) {
    echo("/echo");
    start();
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        test::HttpClient client{
            endpoint,
            test::HttpClient::Connections::kept,
            {.max_version = version, .min_version = version}};
        EXPECT_EQ(client.send({.method = "POST", .target = "/echo", .body = "x"}).body, "x");
    }
}

TEST_F(Server_, ModernMeansTls13Only) {
    options.tls_modern = true;
    start();

    EXPECT_THROW(test::TlsStream(endpoint, {.max_version = TLS1_2_VERSION}), test::NetworkError);
    EXPECT_EQ(test::TlsStream{endpoint}.protocol(), "TLSv1.3");
    EXPECT_TRUE(test::eventually([&] { return server->stats().tls_failures == 1; }));
}

TEST_F(Server_, HandlersSeeTheRequest) {
    Request seen;
    on(Method::get, "/hosts/{id:uint}/{what}", [&](const Request& request) {
        seen = request;
        return Response{};
    });
    start();

    const auto answer =
        send({.target = "/hosts/12/a%20b/?q=x%26y", .headers = {{"X-Request-Id", "my-id"}}});

    EXPECT_EQ(seen.path, "/hosts/12/a%20b");
    EXPECT_EQ(seen.path_param("id"), "12");
    EXPECT_EQ(seen.path_param("what"), "a b");
    EXPECT_EQ(seen.query_param("q"), "x&y");
    EXPECT_EQ(seen.client_ip, "127.0.0.1");
    EXPECT_EQ(answer.header("X-Request-Id"), "my-id");
    EXPECT_EQ(seen.request_id, "my-id");
    EXPECT_TRUE(test::eventually([&] { return records().size() == 1; }));
    EXPECT_THAT(records(), Contains("GET /hosts/{id:uint}/{what} 200"));
}

TEST_F(Server_, HeadHasTheLengthButNoBody) {
    on(Method::get, "/page", [](const Request&) { return Response{.body = "12345"}; });
    start();
    test::HttpClient client{endpoint};

    const auto head = client.send({.method = "HEAD", .target = "/page"});
    const auto get = client.get("/page");

    EXPECT_EQ(head.header("Content-Length"), "5");
    EXPECT_EQ(head.body, "");
    EXPECT_EQ(get.body, "12345");
}

TEST_F(Server_, AnswersPipelinedRequestsInOrder) {
    echo("/echo");
    start();
    test::TlsStream stream{endpoint};
    std::string requests;
    for (const char* text : {"one", "two", "three"}) {
        requests += test::to_bytes({.method = "POST", .target = "/echo", .body = text}, endpoint);
    }

    stream.write(requests);

    std::string rest;
    for (const char* text : {"one", "two", "three"}) {
        EXPECT_EQ(test::read_response(stream, rest, "POST").body, text);
    }
}

TEST_F(Server_, TakesChunkedBodies) {
    echo("/echo");
    start();
    test::TlsStream stream{endpoint};

    stream.write("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
    stream.write("lo\r\n6;ext=1\r\n world\r");
    stream.write("\n0\r\nTrailer: x\r\n\r\n");

    EXPECT_EQ(test::read_response(stream, "POST").body, "hello world");
}

TEST_F(Server_, TakesAChunkedBodyByteByByte) {
    echo("/echo");
    start();
    test::TlsStream stream{endpoint};

    stream.write("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (const char byte : std::string_view{"3\r\nabc\r\n0\r\nA: b\r\n\r\n"}) {
        stream.write({&byte, 1});
    }

    EXPECT_EQ(test::read_response(stream, "POST").body, "abc");
}

TEST_F(Server_, SendsContinueOnlyWhenTheBodyIsWanted) {
    echo("/echo").max_body = 10;
    start();
    test::TlsStream wanted{endpoint};
    test::TlsStream unwanted{endpoint};

    wanted.write(
        "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    );
    EXPECT_EQ(wanted.read_some(), "HTTP/1.1 100 Continue\r\n\r\n");
    wanted.write("ok");
    EXPECT_EQ(test::read_response(wanted, "POST").body, "ok");

    unwanted.write(
        "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 99\r\n\r\n"
    );
    EXPECT_EQ(test::read_response(unwanted, "POST").status, 413);
}

TEST_F(Server_, InflatesGzipBodies) {
    echo("/echo");
    start();
    const std::string text(50'000, 'z');

    const auto answer = send(
        {.method = "POST",
         .target = "/echo",
         .headers = {{"Content-Encoding", "gzip"}},
         .body = test::gzip(text)}
    );

    EXPECT_EQ(answer.body, text);
}

TEST_F(Server_, UnknownApiPathsGetFleetsErrorBodyAndOthersTheFallback) {
    echo("/api/v1/thing");
    fallback = [](const Request& request) {
        return Response{.content_type = "text/html", .body = "page " + request.path};
    };
    start();

    const auto unknown = send({.target = "/api/v1/nothing"});
    const auto wrong = send({.target = "/api/v1/thing"});
    const auto page = send({.target = "/hosts/manage/"});
    const auto posted = send({.method = "POST", .target = "/hosts/manage"});

    EXPECT_EQ(unknown.status, 404);
    EXPECT_EQ(unknown.json().at("message"), "Resource Not Found");
    EXPECT_FALSE(unknown.json().at("uuid").get<std::string>().empty());
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.header("Allow"), "POST");
    EXPECT_EQ(page.body, "page /hosts/manage");
    EXPECT_EQ(posted.status, 404);
    // An osqueryd with a wrong path must not take this for success (agent-api A.2.1).
    EXPECT_TRUE(posted.json().contains("error"));
}

TEST_F(Server_, OptionsNamesTheMethods) {
    echo("/api/v1/thing");
    start();

    const auto answer = send({.method = "OPTIONS", .target = "/api/v1/thing"});

    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.header("Allow"), "POST");
}

TEST_F(Server_, UrlPrefixIsStrippedAndRequired) {
    options.url_prefix = "/fleet";
    on(Method::get, "/api/x", [](const Request& request) {
        return Response{.body = "\"" + request.path + "\""};
    });
    start();

    EXPECT_EQ(send({.target = "/fleet/api/x"}).body, "\"/api/x\"");
    EXPECT_EQ(send({.target = "/api/x"}).status, 404);
    EXPECT_EQ(send({.target = "/fleeting/api/x"}).status, 404);
}

TEST_F(Server_, LongAnswersAreCompressedWhenThatIsSwitchedOn) {
    const std::string text = '"' + std::string(10'000, 'a') + '"';
    options.gzip_responses = true;
    on(Method::get, "/long", [&](const Request&) { return Response{.body = text}; });
    start();

    const auto packed = send({.target = "/long", .headers = {{"Accept-Encoding", "gzip"}}});
    EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
    EXPECT_LT(packed.body.size(), 1'000U);
    EXPECT_EQ(test::gunzip(packed.body), text);
    EXPECT_EQ(send({.target = "/long"}).body, text);
}

TEST_F(Server_, AnswersAreNotCompressedByDefault) {
    on(Method::get, "/long", [](const Request&) {
        return Response{.body = std::string(10'000, 'a')};
    });
    start();

    const auto answer = send({.target = "/long", .headers = {{"Accept-Encoding", "gzip"}}});
    EXPECT_EQ(answer.body.size(), 10'000U);
}

TEST_F(Server_, CrossSiteFormsAreRefused) {
    echo("/api/x");
    start();

    const auto answer = send(
        {.method = "POST",
         .target = "/api/x",
         .headers = {{"Origin", "https://evil"}, {"Content-Type", "text/plain"}},
         .body = "{}"}
    );

    EXPECT_EQ(answer.status, 415);
    EXPECT_THAT(answer.body, HasSubstr("Expected Content-Type"));
}

TEST_F(Server_, AHandlerThatThrowsCostsOneAnswerAndTellsNothing) {
    on(Method::get, "/work", [](const Request&) -> Response {
        throw std::runtime_error{"secret detail"};
    });
    on_loop(Method::get, "/loop", [](const Request&, Responder) {
        throw std::runtime_error{"secret detail"};
    }).errors = ErrorStyle::osquery;
    on_loop(Method::get, "/drop", [](const Request&, Responder) {});
    start();
    test::HttpClient client{endpoint};

    for (const char* path : {"/work", "/loop", "/drop"}) {
        const auto answer = client.get(path);
        EXPECT_EQ(answer.status, 500) << path;
        EXPECT_EQ(answer.body.find("secret"), std::string::npos);
        EXPECT_FALSE(answer.json().at("uuid").get<std::string>().empty());
    }
    EXPECT_TRUE(client.get("/loop").json().contains("error"));
    EXPECT_EQ(server->stats().accepted, 1u);
}

TEST_F(Server_, AnEmptyRefusalOnAnAgentRouteIsFilledIn) {
    on_loop(Method::post, "/log", [](const Request&, Responder respond) {
        respond(Response{.status = 503});
    }).errors = ErrorStyle::osquery;
    start();

    const auto answer = send({.method = "POST", .target = "/log", .body = "{}"});

    EXPECT_FALSE(answer.json().at("error").get<std::string>().empty());
    EXPECT_EQ(answer.header("Date"), "");
}

TEST_F(Server_, AParkedRequestIsAnsweredFromAnotherThread) {
    std::thread later;
    on_loop(Method::get, "/parked", [&](const Request&, Responder respond) {
        later = std::thread{[parked = std::make_shared<Responder>(std::move(respond))] {
            (*parked)(Response{.body = "late"});
        }};
    });
    start();

    EXPECT_EQ(send({.target = "/parked"}).body, "late");
    later.join();
}

TEST_F(Server_, SharedBodiesAreSentWhole) {
    const auto shared = std::make_shared<const std::string>(3'000'000, 's');
    on_loop(Method::get, "/big", [&](const Request&, Responder respond) {
        respond(Response{.shared_body = shared});
    });
    start();

    EXPECT_EQ(send({.target = "/big"}).body, *shared);
}

TEST_F(Server_, PlainHttpOnTheTlsPortGetsAHint) {
    start();
    const int socket = test::connect_tcp("127.0.0.1", endpoint.port, std::chrono::seconds{5});
    const std::string_view text = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    ASSERT_EQ(::write(socket, text.data(), text.size()), static_cast<ssize_t>(text.size()));

    ASSERT_TRUE(test::wait_readable(socket, std::chrono::seconds{5}));
    char answer[256] = {};
    EXPECT_GT(::read(socket, answer, sizeof answer - 1), 0);
    EXPECT_THAT(answer, HasSubstr("HTTPS"));
    ::close(socket);
}

TEST_F(Server_, PlainHttpIsServedWhenTlsIsOff) {
    options.tls = false;
    options.cert_file = options.key_file = "";
    echo("/echo");
    start();
    const int socket = test::connect_tcp("127.0.0.1", endpoint.port, std::chrono::seconds{5});
    std::string got;

    for (const char* text : {"one", "two"}) {
        const auto request =
            test::to_bytes({.method = "POST", .target = "/echo", .body = text}, endpoint);
        ASSERT_EQ(::write(socket, request.data(), request.size()), std::ssize(request));
        ASSERT_TRUE(test::wait_readable(socket, std::chrono::seconds{5}));
        char answer[1024] = {};
        ASSERT_GT(::read(socket, answer, sizeof answer - 1), 0);
        got += answer;
    }

    EXPECT_THAT(got, HasSubstr("\r\n\r\none"));
    EXPECT_THAT(got, HasSubstr("\r\n\r\ntwo"));
    ::close(socket);
}

TEST_F(Server_, ReloadedCertificateIsUsedForNewConnections) {
    start();
    const test::TempDir other_dir;
    const test::Certificate other{other_dir};
    EXPECT_NO_THROW(test::TlsStream{endpoint});

    std::ofstream{options.cert_file} << test::read_file(other.cert_file);
    std::ofstream{options.key_file} << test::read_file(other.key_file);
    server->reload_certificate();
    endpoint.ca_file = other.cert_file;
    EXPECT_NO_THROW(test::TlsStream{endpoint});

    std::ofstream{options.cert_file} << "nonsense";
    EXPECT_THROW(server->reload_certificate(), std::runtime_error);
    EXPECT_NO_THROW(test::TlsStream{endpoint});
}

TEST_F(Server_, StartSaysWhatIsWrong) {
    const auto failure = [&] {
        try {
            start();
        } catch (const std::runtime_error& error) {
            return std::string{error.what()};
        }
        return std::string{};
    };
    options.cert_file = dir.file("missing.pem");
    EXPECT_THAT(failure(), HasSubstr("missing.pem"));
    options.cert_file = certificate.cert_file;
    options.address = "nonsense";
    EXPECT_THAT(failure(), HasSubstr("server.address"));
}

}  // namespace
}  // namespace fleet::http
