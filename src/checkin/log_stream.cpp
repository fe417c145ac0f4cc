#include "log_stream.hpp"

#include <utility>

#include "fleet/core/log.hpp"

namespace fleet::checkin {
namespace {

using namespace std::chrono_literals;

/// The server's own log may be on the disk that is full.
constexpr auto kReportEvery = 10s;

}  // namespace

LogStream::LogStream(logs::Destination& destination, std::string name, std::string refusal_text)
    : destination_{destination}, name_{std::move(name)}, refusal_text_{std::move(refusal_text)} {}

void LogStream::commit(std::vector<LineJob> batch) {
    std::vector<std::string_view> lines;
    for (const LineJob& job : batch)
        lines.insert(lines.end(), job.lines.begin(), job.lines.end());
    const auto outcome = destination_.write(lines);
    note(outcome, lines.size());
    for (LineJob& job : batch) {
        // 413 is what existing agents and proxies know here (operations D.1 "Failure behaviour").
        job.reply(
            outcome ? AgentReply{200, "{}", {}}
                    : refusal(413, refusal_text_ + outcome.error().message)
        );
    }
}

void LogStream::note(const Result<>& outcome, std::size_t lines) {
    if (outcome) {
        written_ += lines;
        if (!std::exchange(failing_, false)) return;
        fleet::log::info("log destination takes lines again", {{"log", name_}});
        return;
    }
    refused_ += lines;
    unreported_ += lines;
    const auto now = std::chrono::steady_clock::now();
    if (std::exchange(failing_, true) && now - last_report_ < kReportEvery) return;
    last_report_ = now;
    fleet::log::error(
        "log destination refused lines",
        {{"log", name_},
         {"detail", outcome.error().message},
         {"lines", std::exchange(unreported_, 0)}}
    );
}

}  // namespace fleet::checkin
