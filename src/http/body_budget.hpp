#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace fleet::http {

/// Upper bound of the bytes of all request bodies that are in memory at once.
class BodyBudget {
public:
    explicit BodyBudget(std::size_t limit) : limit_{limit} {}

    bool take(std::size_t bytes) {
        if (used_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= limit_) return true;
        give_back(bytes);
        return false;
    }
    void give_back(std::size_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }
    std::size_t used() const { return used_.load(std::memory_order_relaxed); }

private:
    const std::size_t limit_;
    std::atomic<std::size_t> used_{0};
};

/// What one request has taken from the budget; given back when it is answered.
class BodyCharge {
public:
    explicit BodyCharge(BodyBudget& budget) : budget_{&budget} {}
    ~BodyCharge() { release(); }
    BodyCharge(const BodyCharge&) = delete;
    BodyCharge& operator=(const BodyCharge&) = delete;

    bool add(std::size_t bytes) {
        if (bytes == 0) return true;
        if (!budget_->take(bytes)) return false;
        bytes_ += bytes;
        return true;
    }
    void release() {
        if (bytes_ > 0) budget_->give_back(std::exchange(bytes_, 0));
    }

private:
    BodyBudget* budget_;
    std::size_t bytes_ = 0;
};

}  // namespace fleet::http
