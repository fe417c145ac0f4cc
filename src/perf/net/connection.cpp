#include "perf/net/connection.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fleet::perf {

Connection::Connection(int fd, std::uint32_t owner, TlsClient::Session session, ReadDesk& desk)
    : fd_{fd}, owner_{owner}, session_{std::move(session)}, desk_{desk} {}

Connection::~Connection() {
    close();
}

void Connection::start(Request request, Clock::time_point deadline) {
    request_ = std::move(request);
    written_ = 0;
    response_.reset();
    reply_ = {};
    deadline_ = deadline;
    if (state_ == State::idle) state_ = State::writing;
}

Request Connection::take_request() {
    Request request = std::move(*request_);
    request_.reset();
    response_.reset();
    return request;
}

void Connection::fail(Failure failure, std::string reason) {
    reply_.failure = failure;
    reason_ = std::move(reason);
    reply_.reason = reason_;
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
        state_ = request_ ? State::writing : State::idle;
        return request_ ? write() : Event::ready;
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
    const auto& message = request_->message;
    const bool at_once = written_ == 0;
    while (written_ < message.size()) {
        std::size_t sent = 0;
        const int result = SSL_write_ex(
            session_.get(), message.data() + written_, message.size() - written_, &sent
        );
        if (result != 1) {
            if (waiting(result)) return Event::none;
            // The server may have answered before it closed; that answer is the better news.
            break;
        }
        written_ += sent;
        bytes_out_ += sent;
    }
    const bool complete = written_ == message.size();
    state_ = State::reading;
    if (at_once && complete) return Event::none;
    // Nothing comes in before all is out, unless that took a while: an event may be gone by now.
    ERR_clear_error();
    return read();
}

Connection::Event Connection::read() {
    auto& buffer = desk_.buffer;
    while (true) {
        std::size_t got = 0;
        const int result = SSL_read_ex(session_.get(), buffer.data(), buffer.size(), &got);
        if (result == 1) {
            bytes_in_ += got;
            const std::string_view bytes{buffer.data(), got};
            auto& whole = desk_.known.at(static_cast<std::size_t>(request_->endpoint));
            if (!response_.started() && whole.read(bytes))
                return answered(whole.status(), whole.keep_alive(), whole.body());
            const auto state = response_.feed(bytes);
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
    return answered(response_.status(), response_.keep_alive(), response_.body());
}

Connection::Event Connection::answered(int status, bool keep_alive, std::string_view body) {
    reply_.status = status;
    reply_.body = body;
    state_ = keep_alive ? State::idle : State::closed;
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
