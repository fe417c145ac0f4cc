# The parser alone: the rest of the API would bring the database client with it.
fleet_fuzz(NAME fuzz_api_form
    SOURCES api_form.cpp ${PROJECT_SOURCE_DIR}/src/api/rest/multipart.cpp LIBS fleet_core)
