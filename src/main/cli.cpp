#include "cli.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <string_view>

namespace fleet::main {
namespace {

using config::Key;
using config::Type;

const Key* key_of_flag(std::string_view flag) {
    for (const Key& key : config::keys()) {
        if (config::flag_name(key) == flag) return &key;
    }
    return nullptr;
}

std::string help_of(const Key& key) {
    std::string out = key.help + " Env: " + config::env_name(key);
    if (!key.fallback.empty()) out += " (default " + key.fallback + ")";
    return out;
}

/// Commands, their own options and all help texts. The flags of keys are listed here for the help
/// only: take_key_flags() reads them, because CLI11 takes "--key=" for a key without a value.
class Parser {
public:
    Parser() {
        app_.name("fleet-server");
        app_.require_subcommand(0, 1);
        app_.allow_extras();
        formatter_->column_width(44);
        app_.formatter(formatter_);
        app_.add_option("-c,--config", file_, "Path of the configuration file (YAML)")
            ->option_text("FILE");
        for (const Key& key : config::keys()) {
            add_key_help(key);
        }
        serve_ = with_keys(app_.add_subcommand("serve", "Run the server"));
        prepare_ = app_.add_subcommand("prepare", "Prepare what the server needs");
        prepare_->require_subcommand(0, 1);
        prepare_->fallthrough();
        db_ = with_keys(prepare_->add_subcommand("db", "Bring the database up to date"));
        db_->add_flag("--no-prompt", no_prompt_, "Do not ask before changing a database in use");
        dump_ = with_keys(app_.add_subcommand("config_dump", "Print the configuration in force"));
        docs_ = app_.add_subcommand("config_docs", "Print the reference of all keys");
        docs_->group("");
        version_ = app_.add_subcommand("version", "Print the version");
        version_->fallthrough();
        version_->add_flag("--full", full_version_, "Print all that is known about the build");
    }

    Invocation parse(std::vector<std::string> words) {
        Invocation out;
        std::reverse(words.begin(), words.end());  // CLI11 reads from the back
        try {
            app_.parse(std::move(words));
        } catch (const CLI::ParseError& e) {
            out.exit_code = app_.exit(e) == 0 ? 0 : 1;
            return out;
        }
        if (const std::vector<std::string> extras = app_.remaining(true); !extras.empty()) {
            complain(extras.front());
            out.exit_code = 1;
            return out;
        }
        out.command = command();
        if (out.command == Command::none) {
            std::cout << (prepare_->parsed() ? prepare_ : &app_)->help();
            out.exit_code = prepare_->parsed() ? 1 : 0;
        }
        if (!file_.empty()) out.sources.file = file_;
        out.no_prompt = no_prompt_;
        out.full_version = full_version_;
        return out;
    }

private:
    void add_key_help(const Key& key) {
        const std::string flag = "--" + config::flag_name(key);
        CLI::Option* option = key.type == Type::boolean
                                  ? app_.add_flag_function(
                                        flag, [](auto) {}, help_of(key)
                                    )
                                  : app_.add_option(flag, ignored_, help_of(key));
        if (key.type != Type::boolean) {
            option->option_text(std::string{config::type_name(key.type)});
        }
        option->group(key.hidden() ? "" : std::string{key.section()});
    }

    /// Keys belong to the program and are valid after each command: show them there, too.
    CLI::App* with_keys(CLI::App* command) {
        command->fallthrough();
        command->footer([this] {
            return formatter_->make_groups(&app_, CLI::AppFormatMode::Normal);
        });
        return command;
    }

    Command command() const {
        if (serve_->parsed()) return Command::serve;
        if (db_->parsed()) return Command::prepare_db;
        if (dump_->parsed()) return Command::config_dump;
        if (docs_->parsed()) return Command::config_docs;
        if (version_->parsed()) return Command::version;
        return Command::none;
    }

    static void complain(const std::string& word) {
        if (word.starts_with("-")) {
            const std::string flag = word.substr(0, word.find('='));
            std::cerr << "Error: unknown flag: " << flag << config::suggest_flag(flag) << "\n";
        } else {
            std::cerr << "Error: unknown command \"" << word
                      << "\"; see fleet-server --help (a boolean is written --flag=false)\n";
        }
    }

    std::shared_ptr<CLI::Formatter> formatter_ = std::make_shared<CLI::Formatter>();
    CLI::App app_{"Device management on osquery"};
    CLI::App* serve_ = nullptr;
    CLI::App* prepare_ = nullptr;
    CLI::App* db_ = nullptr;
    CLI::App* dump_ = nullptr;
    CLI::App* docs_ = nullptr;
    CLI::App* version_ = nullptr;
    std::string file_{};
    std::string ignored_{};
    bool no_prompt_ = false;
    bool full_version_ = false;
};

}  // namespace

KeyFlags take_key_flags(int argc, const char* const* argv) {
    KeyFlags out;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word{argv[i]};
        const std::size_t equal = std::min(word.find('='), word.size());
        const Key* key = word.starts_with("--") ? key_of_flag(word.substr(2, equal - 2)) : nullptr;
        if (key == nullptr) {
            out.rest.emplace_back(word);
        } else if (equal < word.size()) {
            out.flags.emplace_back(key->name, word.substr(equal + 1));
        } else if (key->type == Type::boolean) {
            out.flags.emplace_back(key->name, "true");
        } else if (i + 1 < argc) {
            out.flags.emplace_back(key->name, argv[++i]);
        } else {
            out.complaint = "flag needs a value: " + std::string{word};
        }
    }
    return out;
}

Invocation parse_command_line(int argc, const char* const* argv) {
    KeyFlags taken = take_key_flags(argc, argv);
    if (!taken.complaint.empty()) {
        std::cerr << "Error: " << taken.complaint << "\n";
        return {.exit_code = 1};
    }
    Invocation out = Parser{}.parse(std::move(taken.rest));
    out.sources.flags = std::move(taken.flags);
    return out;
}

}  // namespace fleet::main
