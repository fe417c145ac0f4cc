fleet_fuzz(NAME fuzz_live_results SOURCES live_results.cpp
    LIBS fleet_live nlohmann_json::nlohmann_json)
fleet_fuzz(NAME fuzz_live_messages
    SOURCES live_messages.cpp ${PROJECT_SOURCE_DIR}/src/api/rest/live_socket_messages.cpp
    LIBS fleet_core nlohmann_json::nlohmann_json)
