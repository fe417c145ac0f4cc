#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

namespace fleet::checkin {

/// The slow lane of the event loop: of the work in it at most `width` pieces are done in each round
/// of the loop, so that short requests which came later overtake it. Thread-safe.
class Lane {
public:
    using Job = std::function<void()>;

    /// `post` runs a function on the loop, behind what is there already. More than `capacity` jobs
    /// do not wait here.
    Lane(std::function<void(Job)> post, std::size_t width, std::size_t capacity);

    /// Does the job when its turn comes; at once when the lane is full.
    void run(Job job);

private:
    void next();

    const std::function<void(Job)> post_;
    const std::size_t width_;
    const std::size_t capacity_;
    std::mutex mutex_{};
    std::deque<Job> waiting_{};
    std::size_t runners_ = 0;
};

}  // namespace fleet::checkin
