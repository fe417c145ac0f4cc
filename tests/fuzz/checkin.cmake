fleet_fuzz(NAME fuzz_checkin_bodies SOURCES checkin_bodies.cpp
    LIBS fleet_checkin nlohmann_json::nlohmann_json)
