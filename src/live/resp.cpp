#include "live/resp.hpp"

#include <hiredis/hiredis.h>
#include <hiredis/read.h>

#include <charconv>
#include <new>
#include <stdexcept>

namespace fleet::live {
namespace {

// No exception may pass through hiredis, so absurd lengths end the stream instead.
constexpr int kMaxElements = 16'000'000;

// hiredis asks these to build its reply objects; ours are built in place, so nothing is copied
// twice. A child's slot lies in its parent, which outlives it.
Reply* slot(const redisReadTask* task) {
    if (task->parent == nullptr) return new (std::nothrow) Reply{};
    auto* parent = static_cast<Reply*>(task->parent->obj);
    return &parent->list[static_cast<std::size_t>(task->idx)];
}

void* make_string(const redisReadTask* task, char* text, std::size_t length) {
    Reply* reply = slot(task);
    if (reply == nullptr) return nullptr;
    reply->type = task->type == REDIS_REPLY_ERROR ? Reply::Type::error : Reply::Type::text;
    reply->text.assign(text, length);
    return reply;
}

void* make_array(const redisReadTask* task, int elements) {
    if (elements > kMaxElements) return nullptr;
    Reply* reply = slot(task);
    if (reply == nullptr) return nullptr;
    reply->type = Reply::Type::list;
    if (elements > 0) reply->list.resize(static_cast<std::size_t>(elements));
    return reply;
}

void* make_integer(const redisReadTask* task, long long value) {
    Reply* reply = slot(task);
    if (reply == nullptr) return nullptr;
    reply->type = Reply::Type::integer;
    reply->integer = value;
    return reply;
}

void* make_nil(const redisReadTask* task) {
    return slot(task);
}

void free_root(void* root) {
    delete static_cast<Reply*>(root);
}

redisReplyObjectFunctions functions{make_string, make_array, make_integer, make_nil, free_root};

void append_length(std::string& out, char mark, std::size_t value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out += mark;
    out.append(digits, end);
    out += "\r\n";
}

}  // namespace

void append_command(std::string& out, const Command& command) {
    append_length(out, '*', command.size());
    for (const auto& word : command) {
        append_length(out, '$', word.size());
        out += word;
        out += "\r\n";
    }
}

void RespReader::Free::operator()(redisReader* reader) const {
    redisReaderFree(reader);
}

RespReader::RespReader() : reader_{redisReaderCreateWithFunctions(&functions)} {
    if (!reader_) throw std::bad_alloc{};
}

bool RespReader::feed(std::string_view bytes) {
    if (!broken_) broken_ = redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK;
    return !broken_;
}

std::optional<Reply> RespReader::next() {
    if (broken_) return std::nullopt;
    void* root = nullptr;
    if (redisReaderGetReply(reader_.get(), &root) != REDIS_OK) {
        broken_ = true;
        return std::nullopt;
    }
    if (root == nullptr) return std::nullopt;
    const std::unique_ptr<Reply> reply{static_cast<Reply*>(root)};
    return std::move(*reply);
}

}  // namespace fleet::live
