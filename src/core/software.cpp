#include "fleet/core/software.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstring>

namespace fleet {
namespace {

/// Collects fields so that neighbouring ones cannot run into each other. The buffer is the
/// thread's: this runs for every package of every host.
class Fields {
public:
    Fields() { buffer().clear(); }
    Fields& add(std::string_view text) {
        const auto size = static_cast<std::uint32_t>(text.size());
        buffer().append(reinterpret_cast<const char*>(&size), sizeof size);
        buffer().append(text);
        return *this;
    }
    ContentDigest digest() const { return content_digest(buffer()); }

private:
    static std::string& buffer() {
        thread_local std::string instance;
        return instance;
    }
};

}  // namespace

ContentDigest content_digest(std::string_view bytes) {
    const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, hash);
    ContentDigest out;
    static_assert(sizeof canonical.digest == sizeof out);
    std::memcpy(out.data(), canonical.digest, out.size());
    return out;
}

std::size_t ContentDigestHash::operator()(const ContentDigest& digest) const noexcept {
    std::size_t out = 0;
    std::memcpy(&out, digest.data() + 8, sizeof out);
    return out;
}

Software to_owned(const SoftwareView& v) {
    return {
        .name = std::string{v.name},
        .version = std::string{v.version},
        .source = std::string{v.source},
        .bundle_identifier = std::string{v.bundle_identifier},
        .extension_id = std::string{v.extension_id},
        .extension_for = std::string{v.extension_for},
        .vendor = std::string{v.vendor},
        .release = std::string{v.release},
        .arch = std::string{v.arch},
        .upgrade_code = std::string{v.upgrade_code}};
}

ContentDigest software_digest(const SoftwareView& s) {
    Fields f;
    f.add(s.name).add(s.version).add(s.source).add(s.bundle_identifier).add(s.extension_id);
    f.add(s.extension_for).add(s.vendor).add(s.release).add(s.arch).add(s.upgrade_code);
    return f.digest();
}

ContentDigest title_digest(const SoftwareView& s) {
    const bool bundled = !s.bundle_identifier.empty();
    Fields f;
    f.add(bundled ? "bundle" : "name").add(bundled ? s.bundle_identifier : s.name);
    f.add(s.source).add(s.extension_for);
    return f.digest();
}

ContentDigest set_digest(const std::vector<ContentDigest>& members) {
    static_assert(sizeof(ContentDigest) == 16);
    const std::size_t bytes = members.size() * sizeof(ContentDigest);
    return content_digest({reinterpret_cast<const char*>(members.data()), bytes});
}

}  // namespace fleet
