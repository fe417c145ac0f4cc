#pragma once

#include <string>

namespace fleet::test {

class TempDir;

/// A self-signed ECDSA P-256 certificate for localhost and 127.0.0.1, as two PEM files.
struct Certificate {
    explicit Certificate(const TempDir& dir);

    std::string cert_file;
    std::string key_file;
};

}  // namespace fleet::test
