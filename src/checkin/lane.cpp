#include "fleet/checkin/lane.hpp"

#include <utility>

namespace fleet::checkin {

Lane::Lane(std::function<void(Job)> post, std::size_t width, std::size_t capacity)
    : post_{std::move(post)}, width_{width}, capacity_{capacity} {}

void Lane::run(Job job) {
    {
        const std::lock_guard lock{mutex_};
        if (waiting_.size() < capacity_) {
            waiting_.push_back(std::exchange(job, {}));
            if (runners_ == width_) return;
            ++runners_;
        }
    }
    if (job) return job();
    post_([this] { next(); });
}

void Lane::next() {
    Job job;
    {
        const std::lock_guard lock{mutex_};
        if (waiting_.empty()) {
            --runners_;
            return;
        }
        job = std::move(waiting_.front());
        waiting_.pop_front();
    }
    // Before the job, which may throw; posted, it is behind what the loop finds meanwhile.
    post_([this] { next(); });
    job();
}

}  // namespace fleet::checkin
