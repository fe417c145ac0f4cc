fleet_fuzz(NAME fuzz_live_results SOURCES live_results.cpp
    LIBS fleet_live nlohmann_json::nlohmann_json)
fleet_fuzz(NAME fuzz_live_messages SOURCES live_messages.cpp
    LIBS fleet_api fleet_service fleet_live fleet_http)
