fleet_fuzz(NAME fuzz_sso_answer SOURCES sso_answer.cpp LIBS fleet_sso PkgConfig::LIBXML2)
