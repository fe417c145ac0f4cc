#include "support/smtp_sink.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "support/certificate.hpp"
#include "support/net.hpp"
#include "support/wait.hpp"

namespace fleet::test {
namespace {

using nlohmann::json;

const char* name_of(SmtpSinkOptions::Mode mode) {
    switch (mode) {
        case SmtpSinkOptions::Mode::start_tls:
            return "starttls";
        case SmtpSinkOptions::Mode::tls:
            return "tls";
        default:
            return "plain";
    }
}

}  // namespace

SmtpSink::SmtpSink(const SmtpSinkOptions& options) : port_{free_port()} {
    const Certificate certificate{dir_};
    ca_file_ = certificate.cert_file;
    std::filesystem::create_directory(dir_.path() / "mails");
    // Debian's own Python, which has Debian's aiosmtpd.
    std::vector<std::string> argv{
        "/usr/bin/python3",
        FLEET_TEST_SUPPORT_DIR "/smtp_sink.py",
        "--port=" + std::to_string(port_),
        "--dir=" + (dir_.path() / "mails").string(),
        std::string{"--mode="} + name_of(options.mode),
        "--cert=" + certificate.cert_file,
        "--key=" + certificate.key_file};
    if (!options.user.empty()) {
        argv.push_back("--user=" + options.user);
        argv.push_back("--password=" + options.password);
        argv.push_back("--mechanism=" + options.mechanism);
    }
    process_.start({.argv = argv, .log_file = dir_.file("smtp.log")});
    const bool up = eventually(
        [&] { return !process_.running() || port_answers(port_); }, std::chrono::minutes{1}
    );
    if (!up || !process_.running()) {
        throw std::runtime_error(
            "the mail server did not start:\n" + read_file(dir_.file("smtp.log"))
        );
    }
}

std::vector<json> SmtpSink::mails() const {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{dir_.path() / "mails"}) {
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<json> out;
    for (const auto& file : files) {
        auto mail = json::parse(read_file(file.string()));
        mail["file"] = file.string();
        out.push_back(std::move(mail));
    }
    return out;
}

json SmtpSink::next_to(const std::string& address) {
    json found;
    const bool came = eventually([&] {
        for (const auto& mail : mails()) {
            const std::string file = mail.at("file");
            const bool known =
                std::find(returned_.begin(), returned_.end(), file) != returned_.end();
            if (known || mail.at("to").at(0) != address) continue;
            returned_.push_back(file);
            found = mail;
            return true;
        }
        return false;
    });
    if (!came) throw std::runtime_error("no mail came to " + address);
    return found;
}

std::string SmtpSink::next_token(const std::string& address, const std::string& path) {
    const std::string text = next_to(address).at("text");
    const auto at = text.find(path);
    if (at == std::string::npos) throw std::runtime_error("no " + path + " in " + text);
    const auto start = at + path.size();
    return text.substr(start, text.find_first_of(" \r\n?", start) - start);
}

json smtp_settings_for(const SmtpSink& sink) {
    return {
        {"enable_smtp", true},
        {"sender_address", "fleet@example.test"},
        {"server", "127.0.0.1"},
        {"port", sink.port()},
        {"authentication_type", "authtype_none"},
        {"enable_ssl_tls", false},
        {"enable_start_tls", false}};
}

}  // namespace fleet::test
