#include "perf/net/connection.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fleet::perf {

Connection::Connection(int fd, std::uint32_t owner, TlsClient::Session session)
    : fd_{fd}, owner_{owner}, session_{std::move(session)} {}

Connection::~Connection() {
    close();
}

void Connection::start(Request request, std::string message, Clock::time_point deadline) {
    request_ = std::move(request);
    message_ = std::move(message);
    written_ = 0;
    response_ = {};
    reply_ = {};
    deadline_ = deadline;
    if (state_ == State::idle) state_ = State::writing;
}

Request Connection::take_request() {
    Request request = std::move(*request_);
    request_.reset();
    return request;
}

void Connection::fail(Failure failure, std::string reason) {
    reply_.failure = failure;
    reply_.reason = std::move(reason);
    state_ = State::closed;
}

void Connection::close() {
    if (fd_ < 0) return;
    if (state_ == State::idle || state_ == State::writing || state_ == State::reading) {
        SSL_shutdown(session_.get());
        ERR_clear_error();
    }
    session_.reset();
    ::close(fd_);
    fd_ = -1;
    state_ = State::closed;
}

Connection::Event Connection::progress() {
    switch (state_) {
        case State::connecting:
            return connect();
        case State::handshaking:
            return handshake();
        case State::writing:
            return write();
        case State::reading:
            return read();
        case State::idle:
            return idle();
        case State::closed:
            break;
    }
    return Event::none;
}

bool Connection::waiting(int result) {
    const int error = SSL_get_error(session_.get(), result);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

Connection::Event Connection::broken(Failure failure, std::string reason) {
    ERR_clear_error();
    fail(failure, std::move(reason));
    return request_ ? Event::failed : Event::ended;
}

Connection::Event Connection::connect() {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error == 0) {
        sockaddr_storage peer{};
        socklen_t length = sizeof peer;
        // No error and no peer: the connect is still on its way.
        if (getpeername(fd_, reinterpret_cast<sockaddr*>(&peer), &length) != 0) {
            if (errno == ENOTCONN) return Event::none;
            error = errno;
        }
    }
    if (error != 0) return broken(Failure::connect, std::strerror(error));
    state_ = State::handshaking;
    return handshake();
}

Connection::Event Connection::handshake() {
    const int result = SSL_do_handshake(session_.get());
    if (result == 1) {
        state_ = State::writing;
        return write();
    }
    if (waiting(result)) return Event::none;
    const int saved = errno;
    const bool refused = ERR_peek_error() != 0;
    return broken(
        Failure::tls,
        refused ? tls_error() : (saved != 0 ? std::strerror(saved) : "closed during the handshake")
    );
}

Connection::Event Connection::write() {
    const bool at_once = written_ == 0;
    while (written_ < message_.size()) {
        std::size_t sent = 0;
        const int result = SSL_write_ex(
            session_.get(), message_.data() + written_, message_.size() - written_, &sent
        );
        if (result != 1) {
            if (waiting(result)) return Event::none;
            // The server may have answered before it closed; that answer is the better news.
            break;
        }
        written_ += sent;
        bytes_out_ += sent;
    }
    const bool complete = written_ == message_.size();
    ERR_clear_error();
    state_ = State::reading;
    message_.clear();
    message_.shrink_to_fit();
    // Nothing can have come yet, and the socket will say when it has. After a wait it may have said
    // so already.
    return at_once && complete ? Event::none : read();
}

Connection::Event Connection::read() {
    std::array<char, 16384> buffer;  // not initialised: it is a hot path
    while (true) {
        std::size_t got = 0;
        const int result = SSL_read_ex(session_.get(), buffer.data(), buffer.size(), &got);
        if (result == 1) {
            bytes_in_ += got;
            const auto state = response_.feed({buffer.data(), got});
            if (state == ResponseParser::State::broken)
                return broken(Failure::malformed, "not an HTTP response");
            if (state == ResponseParser::State::done) break;
            continue;
        }
        if (waiting(result)) return Event::none;
        const bool began = response_.started();
        if (response_.finish() == ResponseParser::State::done) break;
        return broken(
            Failure::closed, began ? "closed in the middle of an answer" : "closed before an answer"
        );
    }
    ERR_clear_error();
    reply_.status = response_.status();
    reply_.body = response_.take_body();
    state_ = response_.keep_alive() ? State::idle : State::closed;
    return Event::answered;
}

Connection::Event Connection::idle() {
    char byte = 0;
    std::size_t got = 0;
    const int result = SSL_read_ex(session_.get(), &byte, 1, &got);
    if (result != 1 && waiting(result)) return Event::none;
    return broken(Failure::closed, "closed while idle");
}

}  // namespace fleet::perf
