#pragma once

#include "integration/api/api_test.hpp"
#include "support/smtp_sink.hpp"

namespace fleet::test {

/// Accounts of a server that sends its mail to a real SMTP server of ours.
class AccountTest : public ApiTest {
protected:
    static SmtpSink& sink() {
        static SmtpSink one;
        return one;
    }

    void SetUp() override {
        static bool done = false;
        if (done) return;
        const auto response =
            admin.patch("/config", {{"smtp_settings", smtp_settings_for(sink())}});
        ASSERT_EQ(response.status, 200) << response.text();
        sink().next_to(kAdminEmail);
        done = true;
    }

    AdminClient nobody() const { return AdminClient{admin.endpoint()}; }
    AdminClient with_token(const std::string& token) const {
        return AdminClient{admin.endpoint(), token};
    }
    static std::string address(const std::string& stem) {
        return unique_name(stem) + "@example.test";
    }
    static std::uint64_t id_of(AdminClient& user) { return user.get("/me").json()["user"]["id"]; }
    static std::string path_of(AdminClient& user) {
        return "/users/" + std::to_string(id_of(user));
    }

    std::uint64_t new_team(const std::string& name) {
        auto sql = stack.sql();
        sql.execute("INSERT INTO teams (name) VALUES ('" + name + "')");
        return std::stoull(sql.value("SELECT id FROM teams WHERE name = '" + name + "'"));
    }
    /// Moves what a mailed link, an invite or a token lives by into the past.
    void age(const std::string& table, const std::string& column) {
        stack.sql().execute(
            "UPDATE " + table + " SET " + column + " = " + column + " - INTERVAL 30 DAY"
        );
    }
    /// Activities of that type, newest first.
    json activities(const std::string& type) {
        return admin
            .get("/activities?per_page=20&order_key=id&order_direction=desc&activity_type=" + type)
            .json()
            .at("activities");
    }
};

}  // namespace fleet::test
